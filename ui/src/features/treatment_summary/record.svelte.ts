// One open treatment summary: each change is sent the moment it is made.
import type { SummaryView } from "../../ipc/bindings";
import { RecordInHand } from "../../ipc/record_in_hand.svelte";

export class SummaryRecord extends RecordInHand<SummaryView, "sign_treatment_summary" | "amend_treatment_summary"> {}
