// One open care plan: each change is sent the moment it is made.
import type { CarePlanView } from "../../ipc/bindings";
import { RecordInHand } from "../../ipc/record_in_hand.svelte";

export class PlanRecord extends RecordInHand<CarePlanView, "lock_care_plan" | "unlock_care_plan"> {}
