// Words of a comparison: what a side is called, and what a difference is.
import type { ActionView, ConcernPair, Day, DifferenceView, PlanConcernView, PlanSide } from "../../ipc/bindings";
import { say } from "../../words/say";
import { answerWords, ownerWords, stateWords } from "./words";

/** Names a side among the choices. */
export const sideKey = ({ plan, version }: PlanSide): string => `${plan}/${version ?? "draft"}`;

/** A side in words: which version, when it was agreed, from which assessment. */
export function sideWords({ version, signed, assessed, review }: PlanSide): string {
  if (version === null || !signed) return say("compare-side-draft", { assessed: assessed.short });
  return say(review ? "compare-side-review" : "compare-side", { version, date: signed.at.date, time: signed.at.time, assessed: assessed.short });
}

/** One difference as a sentence. */
export function differenceWords(difference: DifferenceView, pair: ConcernPair, name: string, today: Day): string {
  const was = actionIn(pair.left, difference.left);
  const now = actionIn(pair.right, difference.right);
  const what = now?.what || was?.what || say("plan-no-what");
  const of = (action: ActionView | undefined, words: (action: ActionView) => string): string => (action ? words(action) : "");
  switch (difference.kind) {
    case "concern_added":
    case "concern_gone":
      return say(`difference-${difference.kind}`);
    case "answer":
      return say("difference-answer", { was: scoreWords(pair.left), now: scoreWords(pair.right) });
    case "matters":
    case "nothing":
      return say(`difference-${difference.kind}`, { name });
    case "action_added":
    case "action_gone":
    case "action_reopened":
      return say(`difference-${difference.kind}`, { what });
    case "action_what":
      return say("difference-action_what", { was: was?.what || say("plan-no-what"), now: what });
    case "action_kind": {
      const kind = (action: ActionView): string => say(action.kind ? `action-${action.kind}` : "plan-no-kind");
      return say("difference-action_kind", { what, was: of(was, kind), now: of(now, kind) });
    }
    case "action_owner": {
      const owner = (action: ActionView): string => ownerWords(action, name);
      return say("difference-action_owner", { what, was: of(was, owner), now: of(now, owner) });
    }
    case "action_due": {
      const due = (action: ActionView): string => action.due?.short ?? say("plan-no-due");
      return say("difference-action_due", { what, was: of(was, due), now: of(now, due) });
    }
    case "action_ended":
      return say("difference-action_ended", { what, now: of(now, (action) => stateWords(action, today, [])) });
  }
}

/** A score as a number, or why there is none. */
function scoreWords(concern: PlanConcernView | null): string {
  if (!concern) return "";
  return concern.answer.kind === "rated" ? String(concern.answer.rating) : answerWords(concern);
}

function actionIn(concern: PlanConcernView | null, key: string | null): ActionView | undefined {
  return concern?.actions.find((action) => action.key === key);
}
