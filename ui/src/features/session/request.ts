// A request as it is sent: what the form has not asked is filled in, and a date that nobody chose is named before anything is sent.
import type { BookingForm, Problem, SessionLine } from "../../ipc/bindings";
import { problem as problemOf } from "../../ipc/call";

/** `date` is the key of a date, "any" for whichever comes first, null while nobody has chosen. */
export function asked(session: SessionLine, form: BookingForm, date: string | null): BookingForm {
  return { date: date === "any" ? null : date, relatives: session.relatives_welcome ? form.relatives : "0", note: form.note };
}

/** What is missing before it can be sent; null when nothing is. */
export function missingIn(session: SessionLine | undefined, form: BookingForm, date: string | null): Problem | null {
  const fields = [
    ...(session === undefined ? [{ field: "session", reason: "choose" }] : []),
    ...(session !== undefined && date === null ? [{ field: "date", reason: "choose" }] : []),
    ...(session?.relatives_welcome && form.relatives.trim() === "" ? [{ field: "relatives", reason: "missing" }] : []),
  ];
  return fields.length > 0 ? { ...problemOf("field"), fields } : null;
}
