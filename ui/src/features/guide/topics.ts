// What the guide explains, in the order of its list, and the words each topic is found by.
import { say, type WordKey } from "../../words/say";

export const TOPICS = [
  "today",
  "find_patient",
  "assess",
  "alone",
  "paper_form",
  "home",
  "offers",
  "plan",
  "review",
  "rescore",
  "directory",
  "sessions",
  "appointments",
  "summary",
  "paper",
  "sending",
  "conflict",
  "reports",
  "colleagues",
  "server",
  "death",
  "lock",
  "keys",
  "trouble",
] as const;
export type Topic = (typeof TOPICS)[number];

/** A topic as it is read. */
export type Page = { topic: Topic; title: string; when: string; steps: string[] };

export function page(topic: Topic): Page {
  return { topic, title: say(`guide-${topic}`), when: say(`guide-${topic}-when`), steps: lines(`guide-${topic}-steps`) };
}

function lines(key: WordKey): string[] {
  return say(key).split("\n").filter((line) => line.trim() !== "");
}

/** The topics that hold every word that is looked for, in any form that begins like it; all of them while nothing is looked for. */
export function found(looked: string): Page[] {
  const wanted = words(looked);
  return TOPICS.map(page).filter((one) => {
    const here = words([one.title, one.when, ...one.steps, say(`guide-${one.topic}-also`)].join(" "));
    return wanted.every((word) => here.some((other) => other.startsWith(word)));
  });
}

function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
