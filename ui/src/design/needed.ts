// Why a record cannot be taken out of sending: what refers to it.
import type { Problem } from "../ipc/bindings";
import { say, sayIfKnown } from "../words/say";

/** Of `still_needed`: the kinds of record that wait and refer to it, or that whatever comes later would. */
export function neededBy({ fields }: Problem): string {
  // The patient's details refer to nobody: named is the patient whom the trust would not have.
  if (fields.every(({ field }) => field === "patient")) return say("refused-needed-later");
  return say("refused-needed-by", { kinds: fields.map(({ field }) => sayIfKnown(`kind-${field}`, "refused-record")).join(", ") });
}
