// How long something has waited, in words: the two largest units that say something. Within an hour the time beside it says enough.
import { say } from "../../words/say";

const HOUR = 60;
const DAY = 24 * HOUR;

/** Of whole minutes. */
export function age(minutes: number): string {
  if (minutes < HOUR) return say("sync-under-an-hour");
  const part = (count: number, unit: "sync-minutes" | "sync-hours"): string => (count === 0 ? "" : ` ${say(unit, { count })}`);
  if (minutes < DAY) return `${say("sync-hours", { count: Math.floor(minutes / HOUR) })}${part(minutes % HOUR, "sync-minutes")}`;
  return `${say("sync-days", { count: Math.floor(minutes / DAY) })}${part(Math.floor((minutes % DAY) / HOUR), "sync-hours")}`;
}
