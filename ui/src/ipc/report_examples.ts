// Views of a report as the clinic answers them, for tests only.
import type { CosdView, JoinedLine, ListedLine, ReportView, V9Line } from "./bindings";
import { aBanner, day } from "./examples";

const on = day("2026-11-19", "19-Nov-2026", "19 November 2026");

export const aV9Line = (more: Partial<V9Line> = {}): V9Line => ({
  kind: "20",
  offered: "03",
  on,
  point: "initial_diagnosis",
  point_code: "01",
  role: "cancer_nurse_specialist",
  role_code: "01",
  ...more,
});

export const aJoinedLine = (more: Partial<JoinedLine> = {}): JoinedLine => ({
  offered: "03",
  plan: "03",
  on,
  point: "initial_diagnosis",
  point_code: "01",
  offered_by: "cancer_nurse_specialist",
  offered_by_code: "01",
  planned_by: "support_worker",
  planned_by_code: "04",
  summary: false,
  ...more,
});

export const aListedLine = (more: Partial<ListedLine> = {}): ListedLine => ({ fault: "after_death", form: null, event: "hna_done", on, banner: aBanner(), record: "7d0f7f58-0000-4000-8000-000000000021", ...more });

export const aReport = (more: Partial<ReportView> = {}): ReportView => ({
  from: day("2026-11-01", "01-Nov-2026", "1 November 2026"),
  to: day("2026-11-30", "30-Nov-2026", "30 November 2026"),
  rows: { v9_count: 42, v9: [aV9Line()], joined_count: 1, joined: [aJoinedLine()] },
  listed: [],
  figures: {
    points: [
      { point: "initial_diagnosis", offered: 12, completed: 7, planned: null, without_concern: 0 },
      { point: null, offered: 12, completed: 7, planned: null, without_concern: 0 },
    ],
    concerns: [
      { text: "Pain", patients: 11, median_change: -2.5, scored_again: 5 },
      { text: "Sleep", patients: 9, median_change: null, scored_again: null },
      { text: "Housing", patients: 6, median_change: null, scored_again: 0 },
    ],
    rare: 3,
    small: 5,
  },
  ...more,
});

export const aCosdView = (more: Partial<CosdView> = {}): CosdView => ({ rows: aReport().rows, listed: [], ...more });
