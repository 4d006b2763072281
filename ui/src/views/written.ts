// Where the words of a paper are written: the screen that a field of a plan or summary stands on, and the field itself.
import { concernOf } from "../features/care_plan/words";
import { sectionOf } from "../features/treatment_summary/parts";
import type { BookingId, CarePlanId, HnaId, InvitationId, PaperOf, TreatmentSummaryId } from "../ipc/bindings";
import { call } from "../ipc/call";
import type { Screen } from "./screen";

/** The screen to go to for a field that cannot be printed; the record itself when nobody knows where the field stands. */
export async function writtenAt(paper: PaperOf, field: string): Promise<Screen> {
  if (paper.kind === "care_plan") return inPlan(paper.record as CarePlanId, field);
  if (paper.kind === "changes" || paper.kind === "score_again_form" || paper.kind === "referral_letter") return recordOf(paper);
  return paper.kind === "invitation" || paper.kind === "session_invitation" ? recordOf(paper) : inSummary(paper.record as TreatmentSummaryId, field);
}

/** The screen on which the record of a paper is edited or read. */
export function recordOf({ kind, record, version }: PaperOf): Screen {
  if (kind === "care_plan") {
    const plan = record as CarePlanId;
    return version === null ? { name: "care_plan", plan, concern: null } : { name: "plan_read", plan, version };
  }
  if (kind === "referral_letter") {
    const plan = record.split("/")[0] as CarePlanId;
    return version === null ? { name: "care_plan", plan, concern: null } : { name: "plan_read", plan, version };
  }
  if (kind === "invitation") return { name: "invitation", invitation: record as InvitationId };
  if (kind === "changes" || kind === "score_again_form") return { name: "hna_read", hna: record as HnaId };
  if (kind === "session_invitation") return { name: "booking", booking: record as BookingId };
  const summary = record as TreatmentSummaryId;
  return version === null ? { name: "summary", summary, section: null } : { name: "summary_read", summary, version };
}

async function inPlan(plan: CarePlanId, field: string): Promise<Screen> {
  const reply = await call("read_care_plan", { plan, version: null });
  const found = reply.ok ? concernOf(reply.value, field) : undefined;
  return { name: "care_plan", plan, concern: found?.key ?? null, field };
}

async function inSummary(summary: TreatmentSummaryId, field: string): Promise<Screen> {
  const reply = await call("read_treatment_summary", { summary, version: null });
  return { name: "summary", summary, section: reply.ok ? sectionOf(reply.value, field) : null, field };
}
