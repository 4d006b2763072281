// Words and names that several screens of an assessment share.
import type { Answer, AnsweredBy, ChecklistView, Day, Method, PathwayPoint, When } from "../../ipc/bindings";
import { say } from "../../words/say";

export const answeredBy: readonly AnsweredBy[] = ["patient", "patient_with_help", "carer", "interpreter"];
/** How answers can be taken here. The patient alone at this PC, and at home: those begin otherwise. */
export const methods: readonly Method[] = ["face_to_face", "telephone", "video", "paper"];
/** Where the patient sits at this PC: it can be handed over. */
export const methodsToHandOver: readonly Method[] = ["face_to_face", "this_pc"];
export const pathwayPoints: readonly PathwayPoint[] = [
  "initial_diagnosis",
  "start_of_treatment",
  "during_treatment",
  "end_of_treatment",
  "recurrence",
  "transition_to_palliative",
  "prehabilitation",
  "palliative_care",
  "other",
];

/** An answer that is not a score, in words: never a dash, never a blank. */
export function answerWords(answer: Exclude<Answer, { kind: "rated" }>): string {
  return say(answer.kind === "declined" ? "answer-declined" : "answer-unanswered");
}

/** The day of an assessment: that of the answers, where they were typed in or came in later. */
export function dayOf({ answered_on, completed, started }: { answered_on: Day | null; completed: When | null; started: When }): string {
  return answered_on?.short ?? (completed ?? started).date;
}

/** The titles of areas, in the order of the checklist. */
export function areaTitles(checklist: ChecklistView, keys: readonly string[]): string[] {
  return checklist.domains.filter((domain) => keys.includes(domain.key)).map((domain) => domain.title);
}

export function topicTexts(checklist: ChecklistView, keys: readonly string[]): string[] {
  return checklist.topics.filter((topic) => keys.includes(topic.key)).map((topic) => topic.text);
}

/** The noun phrase of each field on the forms of an assessment. */
export function fieldName(id: string): string {
  switch (id) {
    case "answered_by":
      return say("what-answered_by");
    case "answered_on":
      return say("what-answered_on");
    case "checklist":
      return say("what-checklist");
    case "helper":
      return say("what-helper");
    case "method":
      return say("what-method");
    case "pathway_point":
      return say("what-pathway_point");
    case "words":
      return say("what-words");
    case "questions":
      return say("what-questions");
    case "reason":
      return say("what-reason");
    default:
      return say("what-identity");
  }
}
