// The noun phrase of each field on the forms about staff, for a sentence: "Enter the role".
import { say } from "../../words/say";

export function fieldName(id: string): string {
  switch (id) {
    case "role":
      return say("what-role");
    case "team":
      return say("what-team");
    case "organisation":
    case "organisation-name":
      return say("what-organisation-name");
    case "organisation-ods":
      return say("what-organisation-ods");
    case "passphrase":
      return say("what-passphrase");
    case "own_passphrase":
      return say("what-own_passphrase");
    case "nurse":
      return say("what-nurse");
    case "code":
    case "groups":
      return say("what-code");
    default:
      return say("what-name");
  }
}
