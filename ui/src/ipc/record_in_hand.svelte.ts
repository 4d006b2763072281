// One open record: sends each change the moment it is made, in order, and knows what is really saved.
import { SvelteMap } from "svelte/reactivity";
import { tick } from "svelte";
import type { Problem } from "./bindings";
import { call, type Every } from "./call";

/** The commands that answer with the whole of a record. */
export type Answering<View> = keyof Every & { [C in keyof Every]: Every[C][1] extends View ? C : never }[keyof Every];

/** What a command is asked with. Inferred, because the compiler takes more than a minute to see for a type variable that each command has a first member. */
type Asked<C extends keyof Every> = Every[C] extends [infer Request, unknown] ? Request : never;

/** What a control shows while its save is under way. */
export type Pending = { control: string; value: unknown };

/** `Ending` are the commands that end or sign the record: refused, they leave every change as saved as it was. */
export class RecordInHand<View, Ending extends Answering<View> = never> {
  view: View;
  problem = $state<Problem | null>(null);
  /** Acts that were not answered yet. */
  saving = $state(0);

  /** Refused acts by control, until that control is saved or the nurse has seen them and goes on. */
  #failed = new SvelteMap<string, Problem>();
  #seen = false;
  #pending = new SvelteMap<string, { value: unknown; turn: number }>();
  #turn = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(view: View) {
    this.view = $state(view);
  }

  /** True when it was saved. Of several acts on one control only the newest is sent, the others are false; a refused one leaves what was saved. */
  act<C extends Exclude<Answering<View>, Ending>>(command: C, request: Asked<C>, pending?: Pending): Promise<boolean> {
    this.#turn += 1;
    const turn = this.#turn;
    if (pending) this.#pending.set(pending.control, { value: pending.value, turn });
    this.saving += 1;
    const done = this.#last.then(() => this.#send(command, request, turn, pending?.control));
    this.#last = done;
    return done;
  }

  /** Ends or signs the record after every act under way. Null when that was done, else why not: no change is lost by it. */
  end<C extends Ending>(command: C, request: Asked<C>): Promise<Problem | null> {
    this.saving += 1;
    const done = this.#last.then(async () => {
      const reply = await this.#call(command, request);
      if (reply.ok) this.view = reply.value;
      this.saving -= 1;
      return reply.ok ? null : reply.problem;
    });
    this.#last = done;
    return done;
  }

  /** Waits for every act under way. False once for each new refusal, so that nobody leaves without having seen it. */
  async mayLeave(): Promise<boolean> {
    await this.#last;
    if (this.#failed.size === 0) return true;
    if (!this.#seen) {
      this.#seen = true;
      return false;
    }
    this.#failed.clear();
    this.problem = null;
    return true;
  }

  /** What a control shows: what is under way, else what is saved. */
  shown<T>(control: string, saved: T): T {
    const pending = this.#pending.get(control);
    return pending ? (pending.value as T) : saved;
  }

  /** Why the last act on a control was refused, or null. */
  refusedAt(control: string): Problem | null {
    return this.#failed.get(control) ?? null;
  }

  /** Saves what is typed at a control; true when nothing of it is left unsaved. What was refused there and is typed back to what is saved is no longer refused. */
  async settle(control: string, typed: { save: () => Promise<boolean>; readonly unsaved: boolean }): Promise<boolean> {
    const saved = await typed.save();
    if (!typed.unsaved) this.giveUp(control);
    return saved;
  }

  /** Takes back what was refused at a control that is no longer there, or whose words were given up. */
  giveUp(control: string): void {
    this.#failed.delete(control);
    this.problem = [...this.#failed.values()].at(-1) ?? null;
  }

  async #send<C extends Answering<View>>(command: C, request: Asked<C>, turn: number, control: string | undefined): Promise<boolean> {
    const superseded = control !== undefined && this.#pending.get(control)?.turn !== turn;
    if (superseded) {
      this.saving -= 1;
      return false;
    }
    const reply = await this.#call(command, request);
    // The control has shown the new value once before it may fall back: otherwise the box keeps a tick that is not saved.
    await tick();
    if (reply.ok) {
      this.view = reply.value;
      this.#failed.delete(control ?? command);
    } else {
      this.#failed.set(control ?? command, reply.problem);
      this.#seen = false;
    }
    // A later answer that was saved does not make an earlier refusal untrue.
    this.problem = [...this.#failed.values()].at(-1) ?? null;
    if (control !== undefined && this.#pending.get(control)?.turn === turn) this.#pending.delete(control);
    this.saving -= 1;
    return reply.ok;
  }

  /** The compiler cannot follow from the name of a command to what it answers; the type of `Answering` has checked it. */
  #call(command: Answering<View>, request: unknown): Promise<{ ok: true; value: View } | { ok: false; problem: Problem }> {
    return (call as (command: keyof Every, request: unknown) => Promise<{ ok: true; value: unknown } | { ok: false; problem: Problem }>)(command, request) as Promise<{ ok: true; value: View } | { ok: false; problem: Problem }>;
  }
}
