// One patient's time at this PC: the answers in hand, the page that stands, and the three ways out.
import { mayLeave } from "../design/leaving";
import type { PatientAnswer, PatientFront, Problem } from "../ipc/bindings";
import { call } from "../ipc/call";
import type { Pending } from "../ipc/record_in_hand.svelte";
import { along, way, type PatientPage } from "./page";
import { PatientRecord } from "./record.svelte";

/** How many sizes of text there are: usual, bigger, biggest. */
const SIZES = 3;

export class Visit {
  readonly front: PatientFront;
  readonly record: PatientRecord;
  page = $state.raw<PatientPage>({ name: "patient_welcome" });
  /** Counts the moves, so that each page is met afresh. */
  move = $state(0);
  size = $state(0);
  triesLeft = $state(5);
  /** The window is on its way out: nothing of the person stands on it any more. */
  over = $state<"not_me" | "leaving" | null>(null);
  /** It was to go and did not: it can be tried again. */
  stuck = $state(false);
  /** Came from the check to change one answer, and goes back there. */
  #changing = false;
  /** Words of the person's own that were typed and not added yet: they outlast their page. */
  ownWords = $state("");
  /** Where the person was when they stopped or had finished. */
  #stoppedAt: PatientPage = { name: "patient_welcome" };
  /** Where “This is not me” was pressed: on the page to give the PC back, too. */
  #doubtedAt: PatientPage = { name: "patient_welcome" };

  constructor(front: PatientFront) {
    this.front = front;
    this.record = new PatientRecord(front.answers);
    this.triesLeft = front.tries_left;
  }

  get checklist(): PatientFront["checklist"] {
    return this.front.checklist;
  }

  get name(): string {
    return this.front.called;
  }

  answer(answer: PatientAnswer, pending?: Pending): Promise<boolean> {
    return this.record.answer(answer, pending);
  }

  /** Moves, once everything given on the page is saved or its refusal was seen. */
  async go(page: PatientPage): Promise<void> {
    if (!(await mayLeave(() => void this.go(page)))) return;
    if (page.name === "patient_check" || page.name === "patient_welcome") this.#changing = false;
    if (page.name === "patient_give_back" && this.page.name !== "patient_not_me") this.#stoppedAt = this.page;
    this.page = page;
    this.move += 1;
  }

  goOn(): Promise<void> {
    return this.go(this.#changing ? { name: "patient_check" } : along(way(this.checklist, this.record.view), this.page, 1));
  }

  goBack(): Promise<void> {
    return this.go(this.#changing ? { name: "patient_check" } : along(way(this.checklist, this.record.view), this.page, -1));
  }

  /** From the check to one page and straight back. */
  change(page: PatientPage): Promise<void> {
    this.#changing = true;
    return this.go(page);
  }

  /** From a page beside the way to where the person was. */
  return(): Promise<void> {
    return this.go(this.page.name === "patient_not_me" ? this.#doubtedAt : this.#stoppedAt);
  }

  nextSize(): void {
    this.size = (this.size + 1) % SIZES;
    document.documentElement.dataset["textSize"] = String(this.size);
  }

  /** Somebody else sits here: asks once more where that throws answers away, else stops at once. */
  async notMe(sure = false): Promise<void> {
    const given = this.record.view.saved !== null || this.record.saving > 0;
    if (given && !sure) {
      this.#doubtedAt = this.page;
      this.page = { name: "patient_not_me" };
      this.move += 1;
      return;
    }
    this.ownWords = "";
    this.over = "not_me";
    this.stuck = false;
    // There is no answer when it is done. Refused, the page still says nothing of the person.
    const reply = await call("patient_not_me");
    this.stuck = !reply.ok && reply.problem.code !== "locked";
  }

  /** There is no answer when the PIN is right, or wrong for the last time: the window changes. Else what to say. */
  async handBack(pin: string): Promise<Problem | null> {
    const reply = await call("hand_back", { pin });
    if (reply.ok) {
      this.triesLeft = reply.value.tries_left;
      return null;
    }
    if (reply.problem.code !== "locked") return reply.problem;
    this.over = "leaving";
    return null;
  }
}
