// Words and days that the screens of reports share.
import type { Day, PathwayPoint, Role } from "../../ipc/bindings";
import { say } from "../../words/say";

export type Typed = { day: string; month: string; year: string };

/** The first and the last day of the month before this day, and of the month up to it. */
export function months(today: Day): { last: [Typed, Typed]; current: [Typed, Typed] } {
  const [year = 0, month = 0, day = 0] = today.iso.split("-").map(Number);
  const typed = (date: Date): Typed => ({ day: String(date.getUTCDate()), month: String(date.getUTCMonth() + 1), year: String(date.getUTCFullYear()) });
  const at = (of: number, on: number): Typed => typed(new Date(Date.UTC(year, of - 1, on)));
  return { last: [at(month - 1, 1), at(month, 0)], current: [at(month, 1), at(month, day)] };
}

/** As staff read it: "01-Nov-2026". */
export function asRead({ day, month, year }: Typed): string {
  const name = new Date(Date.UTC(Number(year), Number(month) - 1, 1)).toLocaleDateString("en-GB", { month: "short", timeZone: "UTC" });
  // English writes September with four letters.
  return `${day.padStart(2, "0")}-${name.slice(0, 3)}-${year}`;
}

/** A code of the dataset and what it means: "01 Around diagnosis"; a dash where the record does not say. */
export function pointWords(code: string | null, point: PathwayPoint | null): string {
  return code && point ? say("cosd-coded", { code, words: say(`pathway-${point}`) }) : "–";
}

export function roleWords(code: string | null, role: Role | null): string {
  return code && role ? say("cosd-coded", { code, words: say(`role-${role}`) }) : "–";
}

/** The noun phrase of each field of the forms. */
export function fieldName(id: string): string {
  switch (id) {
    case "from":
      return say("what-report-from");
    case "to":
      return say("what-report-to");
    case "form":
      return say("what-report-form");
    case "format":
      return say("what-report-format");
    default:
      return say("what-report-passphrase");
  }
}
