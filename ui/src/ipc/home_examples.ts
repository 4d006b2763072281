// The assessment at home with ordinary values, for tests only: an invitation, answers that came, the talk about them.
import type { AnswersId, AnswersLine, AnswersView, AppointmentId, AppointmentLine, AppointmentView, InvitationId, InvitationLine, InvitationView } from "./bindings";
import { HNA, SAM, aBanner, at, day } from "./examples";

export const INVITATION = "7d0f7f58-0000-4000-8000-000000000061" as InvitationId;
export const ANSWERS = "7d0f7f58-0000-4000-8000-000000000062" as AnswersId;
export const APPOINTMENT = "7d0f7f58-0000-4000-8000-000000000063" as AppointmentId;

export function anInvitation(more: Partial<InvitationLine> = {}): InvitationLine {
  return {
    id: INVITATION,
    kind: "issued",
    standing: "open",
    code: ["K7QX", "2MPA", "9TZR"],
    pathway_point: "during_treatment",
    on: day("2026-11-20", "20-Nov-2026", "20 November 2026"),
    expires: day("2026-12-20", "20-Dec-2026", "20 December 2026"),
    days_left: 27,
    by: "Ruth Invented",
    hna: null,
    again: null,
    withdraw_reason: null,
    sending: "waiting",
    ...more,
  };
}

export function anInvitationView(line: Partial<InvitationLine> = {}, more: Partial<InvitationView> = {}): InvitationView {
  return { patient: SAM, banner: aBanner(), line: anInvitation(line), title: "Concerns", again: null, address: "portal.example.test", ...more };
}

/** Answers that are Sam's and of which nobody has said what was done. */
export function anAnswersView(line: Partial<AnswersLine> = {}, more: Partial<AnswersView> = {}): AnswersView {
  return {
    line: {
      id: ANSWERS,
      state: "taken",
      doubts: [],
      given: { family: "Invented-Bell", given: "Samuel John", born: day("1961-03-02", "02-Mar-1961", "2 March 1961"), nhs_number: "999 000 0026", code: "K7QX2MPA9TZR" },
      answered: day("2026-11-22", "22-Nov-2026", "22 November 2026"),
      taken_in: at("09:12"),
      owner: "Ruth Invented",
      concerns: 2,
      highest: { concern: "Pain", score: 8 },
      hna: HNA,
      alert: true,
      ...line,
    },
    banner: aBanner(),
    invitation: anInvitation(),
    file: "answers.json",
    title: "Concerns",
    pathway_point: "during_treatment",
    cleared: null,
    refuse_reason: null,
    ...more,
  };
}

export function anAppointment(more: Partial<AppointmentLine> = {}): AppointmentLine {
  return {
    id: APPOINTMENT,
    status: "booked",
    on: day("2026-12-04", "04-Dec-2026", "4 December 2026"),
    time: "14:30",
    channel: "telephone",
    place: "",
    with_whom: "Ruth Invented",
    hna: HNA,
    by: "Ruth Invented",
    booked: at("09:20"),
    cancel_reason: null,
    due: false,
    sending: "saved_here",
    ...more,
  };
}

export function anAppointmentView(line: Partial<AppointmentLine> = {}, more: Partial<AppointmentView> = {}): AppointmentView {
  return { patient: SAM, banner: aBanner(), revision: 1, line: anAppointment(line), form: { on: "04-Dec-2026", time: "14:30", channel: "telephone", place: "", with_whom: "Ruth Invented" }, ...more };
}
