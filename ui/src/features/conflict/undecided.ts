// What was chosen of conflicts that were left for later: kept while the desk is open, and only for as long as both versions say the same.
import type { ConflictView, SendingId, Side } from "../../ipc/bindings";

/** The name of the choice of a record as a whole. */
export const WHOLE = "whole";

export class Undecided {
  readonly #kept = new Map<SendingId, Map<string, { side: Side; about: string }>>();

  /** What was chosen of this one, by the part; nothing of a part of which a version says something else by now. */
  of(view: ConflictView): Record<string, Side> {
    const kept = [...(this.#kept.get(view.sending) ?? [])];
    return Object.fromEntries(kept.filter(([item, { about }]) => about === aboutOf(view, item)).map(([item, { side }]) => [item, side]));
  }

  keep(view: ConflictView, item: string, side: Side): void {
    const about = aboutOf(view, item);
    if (about === null) return;
    const kept = this.#kept.get(view.sending) ?? new Map<string, { side: Side; about: string }>();
    this.#kept.set(view.sending, kept.set(item, { side, about }));
  }

  /** It was decided. */
  forget(sending: SendingId): void {
    this.#kept.delete(sending);
  }

  /** The desk was locked. */
  clear(): void {
    this.#kept.clear();
  }
}

/** What was chosen between; null for a part that is none of it. */
function aboutOf({ clashes, removed, when_ours, when_theirs }: ConflictView, item: string): string | null {
  if (item === WHOLE) return JSON.stringify([removed, when_ours.ms, when_theirs?.ms]);
  const clash = clashes.find((one) => one.item === item);
  return clash ? JSON.stringify([clash.ours, clash.theirs]) : null;
}
