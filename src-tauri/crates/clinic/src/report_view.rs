//! A report as the screen asks for it and sees it: what a file will hold, what is left out of it and why, and the team's figures.

use domain::codes;
use domain::cosd::{CosdFault, CosdForm, Happened, Listed, Source};
use domain::cosd_forms::{JoinedRow, Offered, PlanStanding, V9Row, V9Type, point_code, role_code};
use domain::hna::PathwayPoint;
use domain::patient::Patient;
use domain::staff::Role;
use domain::team_figures::{Count, SMALL, TeamFigures};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use zeroize::Zeroizing;

use crate::patient_form::TypedDate;
use crate::patient_view::Banner;
use crate::request::requests;
use crate::when::{Day, When};

/// How many rows of a file the screen shows.
pub(crate) const SHOWN: usize = 20;

codes! {
    /// What can be saved as a file.
    ReportForm { V9 = "v9", Joined = "joined", Figures = "figures" }
}

codes! {
    /// As what kind of file.
    ReportFormat { Csv = "csv", Json = "json" }
}

codes! {
    /// What an event that is left out says happened.
    ListedEvent {
        HnaOffered = "hna_offered",
        HnaDone = "hna_done",
        PlanOffered = "plan_offered",
        PlanStarted = "plan_started",
        PlanAgreed = "plan_agreed",
        SummarySigned = "summary_signed",
    }
}

requests! {
    ReportPeriod { from: TypedDate, to: TypedDate }
    ReadCosd { #[ts(type = "PatientId")] patient: String }
}

#[derive(Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveReport {
    /// As the report has it: "2026-11-01".
    pub from: String,
    pub to: String,
    #[ts(type = "ReportForm | null")]
    pub form: Option<String>,
    #[ts(type = "ReportFormat | null")]
    pub format: Option<String>,
    /// With the names, numbers and birth dates of the patients; never the figures.
    pub identified: bool,
    /// The nurse's own, typed again, where the file is to name patients; else empty.
    #[ts(type = "string")]
    pub passphrase: Zeroizing<String>,
}

#[derive(Serialize, TS)]
pub struct SavedReport {
    pub folder: String,
    pub file: String,
    pub at: When,
}

#[derive(Serialize, TS)]
pub struct ReportView {
    pub from: Day,
    pub to: Day,
    pub rows: CosdRows,
    /// What is left out of a file; by day.
    pub listed: Vec<ListedLine>,
    pub figures: FiguresView,
}

/// The rows of both forms, as a file will hold them.
#[derive(Serialize, TS)]
pub struct CosdRows {
    pub v9_count: usize,
    /// The first of them.
    pub v9: Vec<V9Line>,
    pub joined_count: usize,
    /// The first of them.
    pub joined: Vec<JoinedLine>,
}

#[derive(Serialize, TS)]
pub struct V9Line {
    #[ts(type = "V9Type")]
    pub kind: V9Type,
    #[ts(type = "Offered")]
    pub offered: Offered,
    pub on: Day,
    #[ts(type = "PathwayPoint | null")]
    pub point: Option<PathwayPoint>,
    pub point_code: Option<&'static str>,
    #[ts(type = "Role | null")]
    pub role: Option<Role>,
    pub role_code: Option<&'static str>,
}

/// A row of the joined set; a summary has its day alone.
#[derive(Serialize, TS)]
pub struct JoinedLine {
    #[ts(type = "Offered | null")]
    pub offered: Option<Offered>,
    #[ts(type = "PlanStanding | null")]
    pub plan: Option<PlanStanding>,
    pub on: Day,
    #[ts(type = "PathwayPoint | null")]
    pub point: Option<PathwayPoint>,
    pub point_code: Option<&'static str>,
    #[ts(type = "Role | null")]
    pub offered_by: Option<Role>,
    pub offered_by_code: Option<&'static str>,
    #[ts(type = "Role | null")]
    pub planned_by: Option<Role>,
    pub planned_by_code: Option<&'static str>,
    pub summary: bool,
}

/// An event that is left out of a file, why, and whose it is.
#[derive(Serialize, TS)]
pub struct ListedLine {
    #[ts(type = "CosdFault")]
    pub fault: CosdFault,
    /// The form it is left out of; null: of both.
    #[ts(type = "CosdForm | null")]
    pub form: Option<CosdForm>,
    #[ts(type = "ListedEvent")]
    pub event: ListedEvent,
    pub on: Day,
    pub banner: Banner,
    /// The offer, assessment, plan or summary.
    pub record: String,
}

/// Everything that one patient's record yields.
#[derive(Serialize, TS)]
pub struct CosdView {
    pub rows: CosdRows,
    pub listed: Vec<ListedLine>,
}

/// Null is a number that is too small to be shown, or would tell one that is.
#[derive(Serialize, TS)]
pub struct FiguresView {
    /// The last line is all points together.
    pub points: Vec<PointFigures>,
    pub concerns: Vec<ConcernFigures>,
    /// How many more concerns were raised by too few patients to be named.
    pub rare: usize,
    /// Numbers below this are hidden, but for 0.
    pub small: u32,
}

#[derive(Serialize, TS)]
pub struct PointFigures {
    /// Null: all together.
    #[ts(type = "PathwayPoint | null")]
    pub point: Option<PathwayPoint>,
    pub offered: Option<u32>,
    pub completed: Option<u32>,
    pub planned: Option<u32>,
    pub without_concern: Option<u32>,
}

#[derive(Serialize, TS)]
pub struct ConcernFigures {
    pub text: String,
    pub patients: u32,
    /// In points, below 0 for the better.
    pub median_change: Option<f64>,
    pub scored_again: Option<u32>,
}

impl CosdRows {
    /// The first `most` rows of each form.
    pub(crate) fn of(v9: &[V9Row], joined: &[JoinedRow], most: usize) -> CosdRows {
        CosdRows {
            v9_count: v9.len(),
            v9: v9.iter().take(most).map(V9Line::of).collect(),
            joined_count: joined.len(),
            joined: joined.iter().take(most).map(JoinedLine::of).collect(),
        }
    }
}

impl V9Line {
    fn of(row: &V9Row) -> V9Line {
        V9Line {
            kind: row.kind,
            offered: row.offered,
            on: Day::new(row.on),
            point: row.point,
            point_code: row.point.map(point_code),
            role: row.role,
            role_code: row.role.map(role_code),
        }
    }
}

impl JoinedLine {
    fn of(row: &JoinedRow) -> JoinedLine {
        JoinedLine {
            offered: row.offered,
            plan: row.plan,
            on: Day::new(row.on),
            point: row.point,
            point_code: row.point.map(point_code),
            offered_by: row.offered_by,
            offered_by_code: row.offered_by.map(role_code),
            planned_by: row.planned_by,
            planned_by_code: row.planned_by.map(role_code),
            summary: row.event.what == Happened::SummarySigned,
        }
    }
}

impl ListedLine {
    pub(crate) fn of(listed: &Listed, patient: &Patient, today: Date) -> ListedLine {
        ListedLine {
            fault: listed.fault,
            form: listed.form,
            event: match listed.event.what {
                Happened::HnaOffered(_) => ListedEvent::HnaOffered,
                Happened::HnaDone { .. } => ListedEvent::HnaDone,
                Happened::PlanOffered(_) => ListedEvent::PlanOffered,
                Happened::PlanStarted => ListedEvent::PlanStarted,
                Happened::PlanAgreed => ListedEvent::PlanAgreed,
                Happened::SummarySigned => ListedEvent::SummarySigned,
            },
            on: Day::new(listed.event.on),
            banner: Banner::of(patient, today),
            record: match listed.event.source {
                Source::Offer(id) => id.to_string(),
                Source::Hna(id) => id.to_string(),
                Source::Plan(id) => id.to_string(),
                Source::Summary(id) => id.to_string(),
            },
        }
    }
}

impl FiguresView {
    /// `text` words a concern by its code.
    pub(crate) fn of(figures: &TeamFigures, text: impl Fn(&str) -> String) -> FiguresView {
        let points = figures.points.iter().map(|at| PointFigures {
            point: at.point,
            offered: shown(at.offered),
            completed: shown(at.completed),
            planned: shown(at.planned),
            without_concern: shown(at.without_concern),
        });
        let concerns = figures.concerns.iter().map(|concern| ConcernFigures {
            text: text(&concern.code),
            patients: concern.patients,
            median_change: concern.median_change.map(|halves| f64::from(halves) / 2.0),
            scored_again: shown(concern.scored_again),
        });
        FiguresView { points: points.collect(), concerns: concerns.collect(), rare: figures.rare, small: SMALL }
    }
}

fn shown(count: Count) -> Option<u32> {
    match count {
        Count::Shown(number) => Some(number),
        Count::Hidden => None,
    }
}
