// One open assessment: sends each answer the moment it is given, in order, and knows what is really saved.
import { SvelteMap } from "svelte/reactivity";
import { tick } from "svelte";
import type { Commands, HnaView, Problem } from "../../ipc/bindings";
import { call } from "../../ipc/call";

/** The commands that change or read an assessment and answer with the whole of it. */
type Act = Exclude<{ [C in keyof Commands]: Commands[C][1] extends HnaView ? C : never }[keyof Commands], Ending>;

/** The commands that end it. Refused, they leave every answer as saved as it was. */
type Ending = "complete_hna" | "discard_hna";

/** What a control shows while its save is under way. */
type Pending = { control: string; value: unknown };

export class HnaRecord {
  view: HnaView;
  problem = $state<Problem | null>(null);
  /** Acts that were not answered yet. */
  saving = $state(0);

  /** Refused answers by control, until that control is answered or the nurse has seen them and goes on. */
  #failed = new SvelteMap<string, Problem>();
  #seen = false;
  #pending = new SvelteMap<string, { value: unknown; turn: number }>();
  #turn = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(view: HnaView) {
    this.view = $state(view);
  }

  /** True when it was saved. Of several acts on one control only the newest is sent; a refused one leaves what was saved. */
  act<C extends Act>(command: C, request: Commands[C][0], pending?: Pending): Promise<boolean> {
    this.#turn += 1;
    const turn = this.#turn;
    if (pending) this.#pending.set(pending.control, { value: pending.value, turn });
    this.saving += 1;
    const done = this.#last.then(() => this.#send(command, request, turn, pending?.control));
    this.#last = done;
    return done;
  }

  /** Ends the assessment after every answer under way. Null when that was done, else why not: no answer is lost by it. */
  end<C extends Ending>(command: C, request: Commands[C][0]): Promise<Problem | null> {
    this.saving += 1;
    const done = this.#last.then(async () => {
      const reply = await (call as (command: Ending, request: unknown) => ReturnType<typeof call<Ending>>)(command, request);
      if (reply.ok) this.view = reply.value;
      this.saving -= 1;
      return reply.ok ? null : reply.problem;
    });
    this.#last = done;
    return done;
  }

  /** Waits for every answer under way. False once for each new refusal, so that nobody leaves without having seen it. */
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

  async #send<C extends Act>(command: C, request: Commands[C][0], turn: number, control: string | undefined): Promise<boolean> {
    const superseded = control !== undefined && this.#pending.get(control)?.turn !== turn;
    if (superseded) {
      this.saving -= 1;
      return true;
    }
    const reply = await (call as (command: Act, request: unknown) => ReturnType<typeof call<Act>>)(command, request);
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
}
