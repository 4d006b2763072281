// Words of a conflict: what a part of a record is called, who changed it when, and in which words two values differ.
import type { ClashView, Noun, When } from "../../ipc/bindings";
import { say, sayIfKnown } from "../../words/say";

/** A run of words, and whether the other value has it too. */
export type Run = { text: string; differs: boolean };

/** What kinds of record have a sentence of their own; every other is a record. */
export function noun(kind: Noun): "patient" | "care_plan" | "other" {
  return kind === "patient" || kind === "care_plan" ? kind : "other";
}

/** Who changed it and when, as far as it is known. */
export function byWords(who: string | null, when: When | null): string {
  if (who && when) return say("conflict-by", { who, date: when.date, time: when.time });
  if (when) return say("conflict-by-unknown", { date: when.date, time: when.time });
  return who ? say("conflict-by-untimed", { who }) : say("conflict-by-nobody");
}

/** What a part is called: alone, or after the concern or the action that it belongs to. */
export function partWords({ label, about }: Pick<ClashView, "label" | "about">): string {
  const part = sayIfKnown(`conflict-part-${label}`, "conflict-part-other");
  return about ? say("conflict-part-of", { about, part }) : part;
}

/** A value as the screen says it elsewhere: codes in words, what somebody wrote as it is. Empty where nothing is there. */
export function valueWords({ label, coded }: Pick<ClashView, "label" | "coded">, value: string, name: string): string {
  if (label === "nhs_number") return value.replace(/^(\d{3}) ?(\d{3}) ?(\d{4})$/, "$1 $2 $3");
  // A code stands first: in the first line, or in each line of a list.
  const isCode = (line: number, place: number): boolean => (coded || label === "needs-print_points") && place === 0 && (line === 0 || label === "treatments");
  const piece = (text: string, line: number, place: number): string => (isCode(line, place) ? codeWords(label, text, name) : text);
  const lines = value.split("\n").map((line, index) => line.split("\t").map((text, place) => piece(text, index, place)));
  return lines.map((pieces) => pieces.filter(Boolean).join(", ")).join("\n");
}

/** The words of a code, by the part that it is of; what is no code there, as a name, stays as it is. */
function codeWords(label: string, code: string, name: string): string {
  const key = codes[label];
  return key && /^[a-z0-9_]+$/.test(code) ? (sayIfThere(`${key}-${code}`, name) ?? code) : code;
}

/** The words that begin with these have one for each code of the part. */
const codes: Partial<Record<string, string>> = {
  gender: "gender",
  "needs-print_points": "register-print",
  treatments: "treatment",
  "concern-nothing": "plan-nothing",
  "action-kind": "action",
  "action-owner": "owner",
  "action-ended": "plan-ended",
};

function sayIfThere(key: string, name: string): string | null {
  const words = sayIfKnown(key, "conflict-part-other", { name });
  return words === say("conflict-part-other") ? null : words;
}

/** A value in runs: what it begins and ends with in common with the other one, and what differs between. */
export function runs(value: string, other: string): Run[] {
  const [here, there] = [pieces(value), pieces(other)];
  const most = Math.min(here.length, there.length);
  let start = 0;
  while (start < most && here[start] === there[start]) start += 1;
  let end = 0;
  while (end < most - start && here[here.length - 1 - end] === there[there.length - 1 - end]) end += 1;
  const cut = here.length - end;
  const all = [
    { text: here.slice(0, start).join(""), differs: false },
    { text: here.slice(start, cut).join(""), differs: true },
    { text: here.slice(cut).join(""), differs: false },
  ];
  return all.filter((run) => run.text !== "");
}

/** Words, with the spaces between them. */
function pieces(value: string): string[] {
  return value.match(/\s+|\S+/g) ?? [];
}
