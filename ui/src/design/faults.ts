// Turns a problem's fields into the words above each control, and finds the control for a link in the error summary.
import type { Problem } from "../ipc/bindings";
import { say, sayIfKnown } from "../words/say";

export type Faults = Record<string, string>;

/** `names` gives each field its noun phrase for a sentence: "the family name". */
export function faultsOf(problem: Problem | null, names: (field: string) => string): Faults {
  const faults: Faults = {};
  for (const { field, reason } of problem?.fields ?? []) {
    const id = idOf(field);
    const words = reason === "missing" && isChoice(id) ? "choose" : reason;
    faults[id] ??= sayIfKnown(`field-${words}`, "field-unknown", { what: names(id) });
  }
  return faults;
}

export function missing(what: string): string {
  return say("field-missing", { what });
}

/** The field's name as an id: `treatments.0.start`, `treatments[0].start` and `treatments-0-start` are one field; a date is one field. */
export function idOf(field: string): string {
  return field
    .replace(/[.[\]]+/g, "-")
    .replace(/-$/, "")
    .replace(/-(day|month|year)$/, "");
}

/** A choice is chosen, not entered. */
function isChoice(id: string): boolean {
  const control = document.getElementById(id);
  return control !== null && (control.matches("select") || control.querySelector("input[type=radio]") !== null);
}

/** Puts the keyboard into the control that a fault is about. */
export function goToField(id: string): void {
  const found = document.getElementById(id);
  const control = found && !found.matches("input, select, textarea, button") ? found.querySelector<HTMLElement>("input, select, textarea, button") : found;
  (control ?? document.getElementsByName(id)[0])?.focus();
}
