// The answers in the patient's hands: each is sent the moment it is given, and counts only once it was answered as saved.
import { SvelteSet } from "svelte/reactivity";
import type { PatientAnswer, PatientAnswers } from "../ipc/bindings";
import { RecordInHand, type Pending } from "../ipc/record_in_hand.svelte";

export class PatientRecord extends RecordInHand<PatientAnswers> {
  /** The controls whose last answer was refused, until one is saved there or taken back. Going on does not make it saved. */
  #lost = new SvelteSet<string>();

  /** True when it was saved. `pending` is what its control shows until then. */
  async answer(answer: PatientAnswer, pending?: Pending): Promise<boolean> {
    const control = pending?.control ?? "patient_answer";
    const saved = await this.act("patient_answer", answer, pending);
    if (saved) this.#lost.delete(control);
    else if (this.refusedAt(control)) this.#lost.add(control);
    return saved;
  }

  /** Something was answered, and nothing that was answered is missing: no refusal was left behind on a page either. */
  get allSaved(): boolean {
    return this.view.saved !== null && this.#lost.size === 0;
  }

  override giveUp(control: string): void {
    this.#lost.delete(control);
    super.giveUp(control);
  }
}
