// The patient form before anything is typed.
import type { PatientForm, TreatmentForm } from "../../ipc/bindings";

const noDate = (): { day: string; month: string; year: string } => ({ day: "", month: "", year: "" });

export function blankForm(): PatientForm {
  return {
    nhs_number: "",
    title: "",
    given: "",
    family: "",
    preferred: "",
    born: noDate(),
    gender: null,
    address: "",
    postcode: "",
    phone: "",
    mobile: "",
    email: "",
    practice: { ods: "", name: "" },
    hospital_number: "",
    needs: { print_points: 14, interpreter: "", other: "" },
    cancer_type: "",
    diagnosed: noDate(),
    recurred: noDate(),
    treatments: [],
    key_worker: "",
    team: "",
    diagnosed_at: { ods: "", name: "" },
    followed_up_at: { ods: "", name: "" },
  };
}

/** A treatment before its kind is chosen; the kind is asked for before the form is sent. */
export type TreatmentDraft = Omit<TreatmentForm, "kind"> & { kind: TreatmentForm["kind"] | "" };

export function blankTreatment(): TreatmentDraft {
  return { kind: "", name: "", start: noDate(), end: noDate() };
}
