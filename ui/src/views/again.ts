// The assessment whose concerns are scored again, as the screens need it.
import { dayOf } from "../features/hna/words";
import type { HnaId, Overview } from "../ipc/bindings";

/** The assessment and its day; null where none is scored again. */
export function scoredAgain({ hnas }: Overview, again: HnaId | null): { hna: HnaId; date: string } | null {
  const line = hnas.find((one) => one.id === again);
  return line ? { hna: line.id, date: dayOf(line) } : null;
}
