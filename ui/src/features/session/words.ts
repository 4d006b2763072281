// Words and blank forms that the screens of sessions and of their bookings share.
import type { BookingLine, DateKnown, SessionDateForm, SessionDateView, SessionForm, SessionGroup, SessionHeld, SessionLine, SessionWhenView } from "../../ipc/bindings";
import { say } from "../../words/say";

export const groups: readonly SessionGroup[] = ["therapies", "psychology", "sact", "wellbeing"];
export const ways: readonly SessionHeld[] = ["online", "in_person"];
export const knowns: readonly DateKnown[] = ["exact", "month", "unknown"];

export const blankSession = (): SessionForm => ({ group: null, title: "", about: "", held: null, place: "", relatives_welcome: null });
export const blankDate = (): SessionDateForm => ({ known: null, on: "", starts: "", ends: "", month: "", place: "" });

/** When it is, as staff read it; in words where it is not known. */
export function whenWords({ known, on, starts, ends, month }: SessionWhenView): string {
  if (known === "exact") return say("session-date-exact", { date: on?.short ?? "", starts: starts ?? "", ends: ends ?? "" });
  return known === "month" ? say("session-date-month", { month: month ?? "" }) : say("session-date-unknown");
}

/** How and where. */
export function whereWords({ held, place }: Pick<SessionLine | BookingLine, "held" | "place">): string {
  const how = say(`session-held-${held}`);
  return place ? say("session-where", { held: how, place }) : how;
}

/** How many people wait, are to be confirmed and are confirmed; nothing of what there is nobody. */
export function peopleWords(line: SessionLine): string {
  const parts = [
    line.waiting > 0 ? say("session-people-waiting", { count: line.waiting }) : "",
    line.to_confirm > 0 ? say("session-people-to_confirm", { count: line.to_confirm }) : "",
    line.confirmed > 0 ? say("session-people-confirmed", { count: line.confirmed }) : "",
  ];
  return parts.filter(Boolean).join(" · ");
}

/** The dates that somebody can still be booked on or wait for. */
export const ahead = (dates: SessionDateView[]): SessionDateView[] => dates.filter((date) => date.cancel_reason === null && !date.over);

/** The noun phrase of each field of a session and its dates. */
export function sessionField(id: string): string {
  switch (id) {
    case "group":
      return say("what-session-group");
    case "title":
      return say("what-session-title");
    case "about":
      return say("what-session-about");
    case "held":
      return say("what-session-held");
    case "place":
      return say("what-session-place");
    case "relatives_welcome":
      return say("what-session-relatives_welcome");
    case "known":
      return say("what-session-known");
    case "on":
      return say("what-session-on");
    case "starts":
      return say("what-session-starts");
    case "ends":
      return say("what-session-ends");
    default:
      return say("what-session-month");
  }
}

/** The noun phrase of each field of a booking. */
export function bookingField(id: string): string {
  switch (id) {
    case "session":
      return say("what-booking-session");
    case "relatives":
      return say("what-booking-relatives");
    case "note":
      return say("what-booking-note");
    case "attended":
      return say("what-booking-attended");
    case "reminded":
      return say("what-booking-reminded");
    default:
      return say("what-booking-date");
  }
}
