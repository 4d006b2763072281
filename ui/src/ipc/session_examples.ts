// Sessions and their bookings with ordinary values, for tests only.
import type { BookingId, BookingLine, BookingView, SessionDateView, SessionId, SessionLine, SessionView, SessionWhenView } from "./bindings";
import { SAM, aBanner, at, day } from "./examples";

export const SESSION = "7d0f7f58-0000-4000-8000-000000000071" as SessionId;
export const BOOKING = "7d0f7f58-0000-4000-8000-000000000072" as BookingId;

export const exact: SessionWhenView = { known: "exact", on: day("2026-12-04", "04-Dec-2026", "4 December 2026"), starts: "10:00", ends: "11:30", month: null };
export const inMonth: SessionWhenView = { known: "month", on: null, starts: null, ends: null, month: "January 2027" };
export const unknown: SessionWhenView = { known: "unknown", on: null, starts: null, ends: null, month: null };

export function aDate(key: string, when: SessionWhenView, more: Partial<SessionDateView> = {}): SessionDateView {
  const form = { known: when.known, on: when.on?.short ?? "", starts: when.starts ?? "", ends: when.ends ?? "", month: when.month ?? "", place: "" };
  return { key, when, place: "Microsoft Teams", cancel_reason: null, over: false, takes_people: when.known === "exact", people: 0, form, ...more };
}

export function aSession(more: Partial<SessionLine> = {}): SessionLine {
  return {
    id: SESSION,
    group: "psychology",
    title: "Coping with anxiety",
    about: "What anxiety does.",
    held: "online",
    place: "Microsoft Teams",
    relatives_welcome: true,
    dates: [aDate("d-1", exact), aDate("d-2", inMonth), aDate("d-3", unknown)],
    retired: false,
    waiting: 0,
    to_confirm: 0,
    confirmed: 0,
    ...more,
  };
}

export function aBooking(more: Partial<BookingLine> = {}): BookingLine {
  return {
    id: BOOKING,
    session: SESSION,
    standing: "to_confirm",
    open: true,
    title: "Coping with anxiety",
    when: exact,
    held: "online",
    place: "Microsoft Teams",
    date: "d-1",
    relatives: 1,
    note: "",
    team: "Cancer Support Workers",
    asked: at("09:20"),
    by: "Ruth Invented",
    confirmed: null,
    reminded: null,
    cancel_reason: null,
    due: false,
    sending: "saved_here",
    ...more,
  };
}

export function aSessionView(line: Partial<SessionLine> = {}, more: Partial<SessionView> = {}): SessionView {
  const { group, title, about, held, place, relatives_welcome } = aSession(line);
  return { revision: 3, line: aSession(line), form: { group, title, about, held, place, relatives_welcome }, people: [], ...more };
}

export function aBookingView(line: Partial<BookingLine> = {}, more: Partial<BookingView> = {}): BookingView {
  return { patient: SAM, banner: aBanner(), revision: 1, line: aBooking(line), session: aSession(), form: { date: line.date === undefined ? "d-1" : line.date, relatives: "1", note: "" }, ...more };
}
