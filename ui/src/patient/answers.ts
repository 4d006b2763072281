// What somebody answered, said to themselves. A wish to talk privately is said neutrally: a companion may read along.
import type { ConcernView } from "../ipc/bindings";
import { say } from "../words/say";

/** The same in a few words, where there is little room. */
export function shortWords({ answer, private: talk }: ConcernView): string {
  const words = answer.kind === "rated" ? say("patient_mode-matters-score", { score: answer.rating }) : say("patient_mode-matters-no-score");
  return talk ? `${words} · ${say("talk-later")}` : words;
}

/** Never a dash, never a blank: a score, not wanting to answer and not answered are three things. */
export function answerWords({ answer, private: talk }: ConcernView): string {
  const words =
    answer.kind === "rated" ? say("patient_mode-answer-rated", { score: answer.rating }) : say(answer.kind === "declined" ? "patient_mode-answer-declined" : "patient_mode-answer-unanswered");
  return talk ? `${words} · ${say("talk-later")}` : words;
}
