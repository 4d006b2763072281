// The patient form as a file says the person: the three facts by which a row or answers are matched, and the given name.
import type { GivenPerson, PatientForm } from "../../ipc/bindings";
import { blankForm } from "./blank";

export function formFrom(given: GivenPerson): PatientForm {
  const [year = "", month = "", day = ""] = given.born?.iso.split("-") ?? [];
  return { ...blankForm(), family: given.family, given: given.given, nhs_number: given.nhs_number ?? "", born: { day, month, year } };
}
