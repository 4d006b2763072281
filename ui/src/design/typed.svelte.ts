// Something typed: saved after a pause and when its control is left, and known to be unsaved until then.

const PAUSE_MS = 1_000;

/**
 * `send` answers whether it was saved; refused, what was typed stays as typed. `asSaved` is how it reads once saved, where that is
 * another form than it was typed: taken over unless somebody has typed on meanwhile.
 */
export class Typed<T> {
  value: T;
  #saved: string;
  #send: (value: T) => Promise<boolean>;
  #asSaved: () => T | null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #under: { text: string; way: Promise<boolean> } | null = null;

  constructor(saved: T, send: (value: T) => Promise<boolean>, asSaved: () => T | null = () => null) {
    this.value = $state(saved);
    this.#saved = $state(JSON.stringify(saved));
    this.#send = send;
    this.#asSaved = asSaved;
  }

  get unsaved(): boolean {
    return JSON.stringify(this.value) !== this.#saved;
  }

  /** Saves what is typed, at once; true when nothing is left unsaved. What is under way already is not sent twice. */
  async save(): Promise<boolean> {
    this.stop();
    if (!this.unsaved) return true;
    const text = JSON.stringify(this.value);
    if (this.#under && this.#under.text !== text) {
      await this.#under.way;
      return this.save();
    }
    const under = (this.#under ??= { text, way: this.#send(JSON.parse(text) as T) });
    const saved = await under.way;
    if (this.#under === under) this.#under = null;
    if (!saved) return false;
    this.#saved = text;
    this.#adopt(this.#asSaved());
    return this.save();
  }

  /** A key was pressed. Steady typing is saved too: the pause is not started anew by each key. */
  typed(): void {
    this.#timer ??= setTimeout(() => void this.save(), PAUSE_MS);
  }

  /** Waits no longer: the control is going away. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #adopt(saved: T | null): void {
    if (saved === null || this.unsaved) return;
    // A space at the end is not taken away: the next word may follow.
    if (typeof this.value === "string" && this.value.trim() === saved) return;
    this.value = saved;
    this.#saved = JSON.stringify(saved);
  }
}
