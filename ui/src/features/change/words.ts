// What is said of how a concern changed, in whole sentences.
import type { ChangeSaid, Stood } from "../../ipc/bindings";
import { say } from "../../words/say";

/** One concern in a sentence that a patient can repeat at home. */
export function sentence(what: string, said: ChangeSaid): string {
  switch (said.kind) {
    case "was":
      return say(said.was === said.now ? "said-same" : "said-was", { what, was: said.was, now: said.now });
    case "new":
    case "first_score":
    case "back":
      return say(`said-${said.kind}`, { what, now: said.now });
    default:
      return said.was === null ? say(`said-${said.kind}`, { what }) : say(`said-${said.kind}-was`, { what, was: said.was });
  }
}

/** What lay between the first and the newest score; empty where there is nothing to add. */
export function between(stood: readonly Stood[]): string {
  const scores = stood.flatMap((one) => (one.kind === "rated" ? [one.rating] : []));
  if (scores.length < 3 || stood.at(-1)?.kind !== "rated") return "";
  const each = (holds: (by: number) => boolean): boolean => scores.every((score, index) => index === 0 || holds(score - (scores[index - 1] ?? score)));
  if (each((by) => by < 0)) return say("said-between-lower");
  if (each((by) => by > 0)) return say("said-between-higher");
  return say("said-between-scores", { scores: scores.slice(1, -1).join(", ") });
}

/** How far the newest score is from the first. */
export function difference(said: ChangeSaid): string {
  switch (said.kind) {
    case "was":
      if (said.was === said.now) return say("difference-same");
      return said.now < said.was ? say("difference-lower", { by: said.was - said.now }) : say("difference-higher", { by: said.now - said.was });
    case "new":
      return say("difference-new");
    case "first_score":
    case "back":
      return say("difference-first_score");
    default:
      return say("difference-no-score");
  }
}

/** What a concern was in one assessment, where it has no score: never a dash, never a blank. */
export function stoodWords(stood: Exclude<Stood, { kind: "rated" }>): string {
  return say(stood.kind === "not_raised" ? "answer-not-raised" : stood.kind === "declined" ? "answer-declined" : "answer-unanswered");
}
