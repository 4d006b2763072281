// Which component shows which screen. The types refuse a screen without one.
import type { Component } from "svelte";
import type { Desk } from "../ipc/bindings";
import type { Router } from "./router.svelte";
import type { At, HnaName, InsideName, OutsideName, PlanName, SummaryName } from "./screen";
import AnswersView from "./AnswersView.svelte";
import AppointmentBookView from "./AppointmentBookView.svelte";
import AppointmentView from "./AppointmentView.svelte";
import BookingView from "./BookingView.svelte";
import BlankFormView from "./BlankFormView.svelte";
import CannotGetIn from "./CannotGetIn.svelte";
import CannotOpen from "./CannotOpen.svelte";
import CarePlanView from "./CarePlanView.svelte";
import ChangesView from "./ChangesView.svelte";
import ClinicAddView from "./ClinicAddView.svelte";
import ClinicListView from "./ClinicListView.svelte";
import ClinicVisitView from "./ClinicVisitView.svelte";
import ConflictView from "./ConflictView.svelte";
import CosdView from "./CosdView.svelte";
import DeathView from "./DeathView.svelte";
import DirectoryEntryView from "./DirectoryEntryView.svelte";
import DirectoryView from "./DirectoryView.svelte";
import FindView from "./FindView.svelte";
import FirstStart from "./FirstStart.svelte";
import GuideView from "./GuideView.svelte";
import HnaStartView from "./HnaStartView.svelte";
import HnaView from "./HnaView.svelte";
import InvitationView from "./InvitationView.svelte";
import InviteView from "./InviteView.svelte";
import LockView from "./LockView.svelte";
import OfferView from "./OfferView.svelte";
import OverviewView from "./OverviewView.svelte";
import PaperView from "./PaperView.svelte";
import PlanCompareView from "./PlanCompareView.svelte";
import PlanOfferView from "./PlanOfferView.svelte";
import RecoveryView from "./RecoveryView.svelte";
import RegisterView from "./RegisterView.svelte";
import ReportsView from "./ReportsView.svelte";
import SendingView from "./SendingView.svelte";
import ServerView from "./ServerView.svelte";
import SessionBookView from "./SessionBookView.svelte";
import SessionView from "./SessionView.svelte";
import SessionsView from "./SessionsView.svelte";
import StaffView from "./StaffView.svelte";
import SummaryStartView from "./SummaryStartView.svelte";
import SummaryView from "./SummaryView.svelte";
import TakeInView from "./TakeInView.svelte";
import TodayView from "./TodayView.svelte";

type Outside = { [N in OutsideName]: Component<{ router: Router; screen: At<N> }> };
type Inside = { [N in Exclude<InsideName, HnaName | PlanName | SummaryName>]: Component<{ router: Router; desk: Desk; screen: At<N> }> } & {
  // One component for all screens of a record, so that it stays in hand between them.
  [N in HnaName]: Component<{ router: Router; desk: Desk; screen: At<HnaName> }>;
} & { [N in PlanName]: Component<{ router: Router; desk: Desk; screen: At<PlanName> }> } & {
  [N in SummaryName]: Component<{ router: Router; desk: Desk; screen: At<SummaryName> }>;
};

export const outside: Outside = { cannot_open: CannotOpen, first_start: FirstStart, lock: LockView, cannot_get_in: CannotGetIn };

export const inside: Inside = {
  recovery_code: RecoveryView,
  staff: StaffView,
  today: TodayView,
  find: FindView,
  sending: SendingView,
  conflict: ConflictView,
  reports: ReportsView,
  server: ServerView,
  guide: GuideView,
  register: RegisterView,
  overview: OverviewView,
  cosd: CosdView,
  offer: OfferView,
  plan_offer: PlanOfferView,
  death: DeathView,
  hna_start: HnaStartView,
  changes: ChangesView,
  blank_form: BlankFormView,
  hna_ticks: HnaView,
  hna_score: HnaView,
  hna_matters: HnaView,
  hna_information: HnaView,
  hna_check: HnaView,
  hna_read: HnaView,
  hand_over: HnaView,
  care_plan: CarePlanView,
  plan_agree: CarePlanView,
  plan_read: CarePlanView,
  plan_compare: PlanCompareView,
  summary_start: SummaryStartView,
  summary: SummaryView,
  summary_sign: SummaryView,
  summary_read: SummaryView,
  invite: InviteView,
  invitation: InvitationView,
  take_in: TakeInView,
  clinic_list: ClinicListView,
  clinic_add: ClinicAddView,
  clinic_visit: ClinicVisitView,
  answers: AnswersView,
  appointment_book: AppointmentBookView,
  appointment: AppointmentView,
  directory: DirectoryView,
  directory_entry: DirectoryEntryView,
  sessions: SessionsView,
  session: SessionView,
  session_book: SessionBookView,
  booking: BookingView,
  paper: PaperView,
};
