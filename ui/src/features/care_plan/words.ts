// Words and names that several screens of a care plan share.
import { idOf, type Faults } from "../../design/faults";
import type { ActionKind, ActionView, CarePlanView, ConcernKey, Day, EndedHow, Field, NothingAgreed, OwnerKind, PlanConcernView } from "../../ipc/bindings";
import { say, sayIfKnown } from "../../words/say";

export const actionKinds: readonly ActionKind[] = ["inform", "signpost", "refer", "review", "self_care"];
export const ownerKinds: readonly OwnerKind[] = ["patient", "nurse", "support_worker", "gp", "service"];

export const endings: readonly EndedHow[] = ["done", "declined", "not_needed"];

/** What stands where a concern has no score: never a dash, never a blank, and never "not answered" where nobody asked. */
export function answerWords({ answer, origin }: Pick<PlanConcernView, "answer" | "origin">): string {
  if (answer.kind === "unanswered" && origin !== "assessment") return say("answer-not-raised");
  return say(answer.kind === "declined" ? "answer-declined" : "answer-unanswered");
}

/** Why nothing is agreed about a concern. */
export function nothingWords(nothing: NothingAgreed, name: string): string {
  return say(`plan-nothing-${nothing}-said`, { name });
}

/** An owner as a choice; the patient by name. */
export function ownerKindWords(owner: OwnerKind, name: string): string {
  return owner === "patient" ? name : say(`owner-${owner}`);
}

/** Who does it: a name where there is one, with what they are when a name alone would not say it. */
export function ownerWords({ owner, owner_name }: Pick<ActionView, "owner" | "owner_name">, name: string): string {
  if (owner === null) return say("plan-no-owner");
  if (owner_name === "" || owner === "patient") return ownerKindWords(owner, name);
  return owner === "gp" || owner === "support_worker" ? `${owner_name}, ${say(`owner-${owner}`)}` : owner_name;
}

/** Where an action stands, in words. `unfinished` is what the application says is missing in the plan; a locked one lacks nothing. */
export function stateWords({ key, ended, overdue }: ActionView, today: Day, unfinished: readonly Field[]): string {
  if (ended) return ended.on.iso === today.iso ? say(`plan-ended-${ended.how}-today`) : say(`plan-ended-${ended.how}-on`, { date: ended.on.short });
  if (overdue) return say("plan-overdue");
  return say(unfinished.some(({ field }) => actionIn(field) === key) ? "plan-not-whole" : "plan-agreed");
}

/** The id of the box for what matters about a concern. */
export function mattersId(concern: ConcernKey): string {
  return idOf(`words-${concern}`);
}

/** The concern that a field of the plan belongs to: `words-<concern>`, `concern-<concern>` or `<part>-<action>`. */
export function concernOf(view: CarePlanView, field: string): PlanConcernView | undefined {
  const id = idOf(field);
  const action = actionIn(field);
  return view.concerns.find(({ key, actions }) => id === mattersId(key) || id === idOf(`concern-${key}`) || actions.some((found) => found.key === action));
}

/** The action that a field names, as `due-a-1` names `a-1`; an empty text when it names none. */
export function actionIn(field: string): string {
  return /^(?:kind|what|owner|owner_name|due|end)-(.+)$/.exec(field)?.[1] ?? "";
}

/** The noun phrase of a field of the plan, for a sentence that may stand far from it. */
export function fieldName(view: CarePlanView, field: string): string {
  const found = concernOf(view, field);
  if (!found) return say(field === "reason" ? "what-plan-reason" : field === "action" ? "what-plan-actions" : "what-plan-other");
  const concern = found.text;
  const part = partIn(field);
  const number = found.actions.findIndex((action) => action.key === actionIn(field)) + 1;
  if (number > 0 && part) return say(`what-plan-${part}`, { number, concern });
  return say(field.startsWith("concern-") ? "what-plan-concern" : "what-plan-matters", { concern });
}

/** The noun phrase for a sentence right above the control of an action, where its row says the rest. */
export function nameHere(view: CarePlanView, field: string): string {
  const part = partIn(field);
  return part ? say(`what-plan-${part}-here`) : fieldName(view, field);
}

/** Why fields of the plan were not taken or are missing, in words, by the id of their control. */
export function faultsIn(view: CarePlanView, fields: readonly Field[], names: typeof fieldName = fieldName): Faults {
  const words = ({ field, reason }: Field): string => {
    const choice = reason === "missing" && /^(?:kind|owner)-/.test(field);
    return sayIfKnown(`field-${choice ? "choose" : reason}`, "field-unknown", { what: names(view, field) });
  };
  return Object.fromEntries(fields.map((field) => [idOf(field.field), words(field)]));
}

type Part = "kind" | "what" | "owner" | "owner_name" | "due";

function partIn(field: string): Part | null {
  return (/^(kind|what|owner|owner_name|due)-/.exec(field)?.[1] as Part | undefined) ?? null;
}
