// The whole application on a fake back end, for tests of the views.
import { screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { aConflict } from "../ipc/conflict_examples";
import { aDirectory, anEntryView } from "../ipc/directory_examples";
import { HNA, aBanner, aChecklist, aConcern, aFront, aNurse, aPaper, aPlan, aPlanConcern, aRefusal, aSignature, aSummary, aTemplate, aToday, anHna, anOverview, checklists, day, rated } from "../ipc/examples";
import { anAnswersView, anAppointmentView, anInvitationView } from "../ipc/home_examples";
import { aBookingView, aSession, aSessionView } from "../ipc/session_examples";
import { aSyncPage } from "../ipc/sync_examples";
import { fakeApplication, refuse } from "../ipc/fake";
import type { Desk, HnaId } from "../ipc/bindings";

export const plan = aPlan({ concerns: [aPlanConcern("physical.pain", "Pain"), aPlanConcern("emotional.worry", "Worry")] });
export const planLocked = { ...plan, status: "locked" as const, version: 1, signed: aSignature(), versions: [{ version: 1, signed: aSignature() }] };
export const summarySigned = aSummary({ status: "signed", version: 1, signed: aSignature(), versions: [{ version: 1, signed: aSignature() }] });
export const hna = anHna({ concerns: [aConcern("physical.pain", "Pain", rated(8)), aConcern("physical.sleep", "Sleep")], next_unanswered: "physical.sleep" });

export function application(desk: Desk, more: Parameters<typeof fakeApplication>[0] = {}) {
  let open = false;
  return fakeApplication({
    front: () => aFront(),
    unlock: () => {
      open = true;
      return desk;
    },
    desk: () => (open ? desk : refuse("locked")),
    lock: () => {
      open = false;
      return null;
    },
    stay: () => null,
    keep_place: () => null,
    today: () => aToday({ recent: [aBanner()] }),
    list_staff: () => [aNurse()],
    read_server: () => ({ address: null, unusable: false, authorities: [], key: { is_needed: false, has_key: false, has_certificate: false, signed_in: "not_asked", said: "", clock_minutes: 0 }, checking: null, failed: null, report: null }),
    cancer_types: () => [],
    open_patient: () => anOverview(),
    read_hna: () => hna,
    read_checklist: () => aChecklist(),
    list_checklists: () => checklists(),
    read_care_plan: () => plan,
    read_changes: ({ patient }) => ({ patient, banner: aBanner(), newest: HNA, assessments: ["2026-10-12", "2026-11-23"].map((iso, index) => ({ id: `${index}` as HnaId, on: day(iso, iso, iso), method: "face_to_face" as const })), concerns: [] }),
    list_templates: () => [],
    read_template: () => aTemplate(),
    read_treatment_summary: () => aSummary(),
    read_invitation: () => anInvitationView(),
    read_answers: () => anAnswersView(),
    read_appointment: () => anAppointmentView(),
    look_up: () => aDirectory(),
    read_directory_entry: () => anEntryView(),
    list_sessions: () => ({ sessions: [aSession()] }),
    read_session: () => aSessionView(),
    read_booking: () => aBookingView(),
    preview_paper: ({ kind, record, version }) => aPaper({ kind, record, version }),
    list_printers: () => ({ printers: [] }),
    record_standing: () => ({ sending: "saved_here", at: null }),
    view_sync: () => aSyncPage({ refused: [aRefusal()] }),
    view_conflict: () => aConflict(),
    issue_recovery_code: () => ({ groups: ["AAAA", "BBBB"], ask: [1, 2] }),
    ...more,
  });
}

export const at_ = (name: string): Promise<HTMLElement> =>
  waitFor(() => {
    const main = document.querySelector<HTMLElement>(`main[data-screen="${name}"]`);
    if (!main) throw new Error(`not at ${name}`);
    return main;
  });

export async function unlock(): Promise<void> {
  await at_("lock");
  await userEvent.click(screen.getByRole("radio", { name: /Ruth Invented/ }));
  await userEvent.type(screen.getByLabelText(/^Passphrase for/), "x{Enter}");
}
