// One open assessment: each answer is sent the moment it is given.
import type { HnaView } from "../../ipc/bindings";
import { RecordInHand } from "../../ipc/record_in_hand.svelte";

export class HnaRecord extends RecordInHand<HnaView, "complete_hna" | "discard_hna" | "give_up_answers"> {}
