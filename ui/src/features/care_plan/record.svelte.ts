// One open care plan: each change is sent the moment it is made.
import type { CarePlanView } from "../../ipc/bindings";
import { RecordInHand } from "../../ipc/record_in_hand.svelte";

/** What a form of its own asks: refused, it leaves what is typed elsewhere as it was. */
type Asked = "end_action" | "reopen_action" | "add_concern" | "remove_concern" | "agree_nothing" | "read_care_plan" | "review_care_plan" | "carry_action" | "lock_care_plan" | "unlock_care_plan";

export class PlanRecord extends RecordInHand<CarePlanView, Asked> {}
