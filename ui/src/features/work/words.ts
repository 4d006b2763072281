// What a piece of unfinished work is, how old it is and whose it is, in words.
import type { WorkItem } from "../../ipc/bindings";
import { say, sayIfKnown, type WordKey } from "../../words/say";

/** What there is to do. */
export function workWords({ kind, action, noun, point }: WorkItem): string {
  if (action && (kind === "action_due" || kind === "action_overdue")) return say(`work-${kind}`, { what: action.what });
  if (kind === "not_accepted") return say("work-not_accepted", { what: sayIfKnown(`kind-${noun ?? ""}`, "kind-patient") });
  if (kind === "offer_due") return say("work-offer_due", { point: point ? say(`pathway-${point}`) : "" });
  return say(`work-${kind}` as WordKey);
}

/** Whole days since it began, or until its day. */
export const ageWords = (days: number): string => (days < 0 ? say("today-days-ahead", { days: -days }) : say("today-days", { days }));

/** Names one row on the page: a plan may have several actions, and a record more than one thing left to do. */
export function workId({ kind, record, action }: WorkItem): string {
  if (action) return `work-${record}-${action.key}`;
  return kind === "not_accepted" || kind === "offer_due" ? `work-${kind}-${record}` : `work-${record}`;
}

export type Whose = { value: string; label: string };

/** Whose work can be looked at alone: of everybody, mine, my team's, of each other team and of each other person who has some. */
export function whoseWork(work: readonly WorkItem[]): Whose[] {
  const others = work.filter((item) => !item.mine && item.owner !== "");
  const teams = [...new Set(others.filter((item) => !item.my_team && item.team !== "").map((item) => item.team))].sort();
  const people = [...new Set(others.filter((item) => item.owner !== item.team).map((item) => item.owner))].sort();
  return [
    { value: "mine", label: say("today-work-mine") },
    { value: "team", label: say("today-work-team") },
    ...teams.map((team) => ({ value: `team:${team}`, label: say("today-work-of-team", { team }) })),
    ...people.map((owner) => ({ value: `owner:${owner}`, label: owner })),
  ];
}

/** The work of `whose`; everybody's when it is empty. */
export function workOf(work: readonly WorkItem[], whose: string): WorkItem[] {
  return work.filter((item) => {
    if (whose === "mine") return item.mine;
    if (whose === "team") return item.my_team;
    if (whose.startsWith("team:")) return item.team === whose.slice(5);
    if (whose.startsWith("owner:")) return item.owner === whose.slice(6);
    return true;
  });
}
