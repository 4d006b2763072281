//! The acts of a report: looking at a period, looking at what one patient's record yields, and saving a file. What is counted is decided
//! in `domain`.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::checklist::Checklist;
use domain::cosd_forms::{JOINED_COLUMNS, JoinedRow, V9_COLUMNS, V9Row};
use domain::hna::HnaStatus;
use domain::id::PatientId;
use domain::op::Op;
use domain::record::Record;
use domain::staff::By;
use domain::team_figures::{Counted, Period, team_figures};
use jiff::civil::Date;
use serde_json::{Map, Value, json};
use store::Store;

use crate::clinic::{Clinic, Open, off_thread};
use crate::faults::Faults;
use crate::paper_file::Unnamed;
use crate::problem::{Code, Problem};
use crate::report_file::{EventRow, Table};
use crate::report_record::{Reported, of_patient, reported};
use crate::report_view::{
    CosdRows, CosdView, FiguresView, ListedLine, ReadCosd, ReportForm, ReportFormat, ReportPeriod, ReportView, SHOWN,
    SaveReport, SavedReport,
};
use crate::when::{Day, When, day_of};

/// A file that was asked for, read.
#[derive(Clone, Copy)]
struct Asked {
    period: Period,
    form: ReportForm,
    format: ReportFormat,
    identified: bool,
}

/// What goes into a file, and what the audit says of it.
struct Filled {
    table: Table,
    left_out: usize,
    /// Who is named in it.
    named: HashSet<PatientId>,
}

impl Clinic {
    /// Counts a period: the events of both forms, those that are left out with the reason of each, and the team's figures.
    pub async fn report_period(&self, request: ReportPeriod) -> Result<ReportView, Problem> {
        let by = self.by_for(Op::ReportPeriod)?;
        let mut faults = Faults::default();
        let (from, to) = (request.from.read("from", &mut faults), request.to.read("to", &mut faults));
        for (field, typed, day) in [("from", &request.from, from), ("to", &request.to, to)] {
            if day.is_none() && typed.is_empty() {
                faults.add(field, "missing");
            }
        }
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            faults.add("to", "end_before_start");
        }
        faults.none()?;
        let (Some(from), Some(to)) = (from, to) else { return Err(Problem::unexpected()) };
        let (period, open) = (Period { from, to }, self.0.clone());
        let count = move |store: &mut Store| {
            let patients = reported(store, &open.content, period.to)?;
            let (v9, joined) = (v9_rows(&patients, period), joined_rows(&patients, period));
            let listed = listed(&patients, period, day_of(by.at));
            let figures = figures(store, &open, &patients, period)?;
            store.write::<_, Problem>(&by, Op::ReportPeriod, |w| {
                let (v9, joined, listed) = (v9.len(), joined.len(), listed.len());
                w.detail(&format!("{from} to {to}: v9 {v9}, joined {joined}, listed {listed}"));
                Ok(())
            })?;
            let v9: Vec<V9Row> = v9.into_iter().map(|(row, _)| row.clone()).collect();
            let joined: Vec<JoinedRow> = joined.into_iter().map(|(row, _)| row.clone()).collect();
            let rows = CosdRows::of(&v9, &joined, SHOWN);
            Ok(ReportView { from: Day::new(from), to: Day::new(to), rows, listed, figures })
        };
        self.0.queue.run(count).await
    }

    /// Everything that one patient's record yields up to today.
    pub async fn read_cosd(&self, request: ReadCosd) -> Result<CosdView, Problem> {
        let by = self.by_for(Op::ReadCosd)?;
        let (id, today) = (PatientId::parse(&request.patient).ok_or(Code::Gone)?, day_of(by.at));
        let open = self.0.clone();
        let read = move |store: &mut Store| {
            let (patient, _) = store.patient(id)?.ok_or(Code::Gone)?;
            let one = of_patient(store, &open.content, patient, today)?;
            store.write::<_, Problem>(&by, Op::ReadCosd, |w| {
                w.about(Record::patient(id));
                Ok(())
            })?;
            let Reported { patient, derived, .. } = &one;
            Ok(CosdView {
                rows: CosdRows::of(&derived.v9, &derived.joined, usize::MAX),
                listed: derived.listed.iter().map(|line| ListedLine::of(line, patient, today)).collect(),
            })
        };
        self.0.queue.run(read).await
    }

    /// Refuses what [`Clinic::save_report_in`] would refuse before a folder is asked for, the passphrase too. Answers the folder in which
    /// papers are saved.
    pub async fn check_report(&self, request: SaveReport) -> Result<Option<PathBuf>, Problem> {
        self.by_for(Op::SaveReport)?;
        let asked = Asked::read(&request)?;
        self.may_name(asked, request).await?;
        Ok(self.paper_folder())
    }

    /// Saves a report in this folder, without a name, a number or a birth date unless these were asked for and the nurse typed her
    /// passphrase again. `folder_unwritable` when the folder is not there or takes no file, `disk_full` when the file does not fit.
    pub async fn save_report_in(&self, request: SaveReport, folder: PathBuf) -> Result<SavedReport, Problem> {
        let by = self.by_for(Op::SaveReport)?;
        let asked = Asked::read(&request)?;
        self.may_name(asked, request).await?;
        let open = self.0.clone();
        let filled = self.0.queue.run(move |store| filled(store, &open, asked)).await?;
        let (bytes, chance) = (filled.table.bytes(asked.format, asked.about()), self.0.profile.world.bytes()?);
        let place = folder.clone();
        let unnamed = off_thread(move || Unnamed::write(&place, bytes, chance)).await?;
        // The lines come first: no file is anywhere that nobody wrote down. Who is named in it has one of her own.
        let done = format!("{}: {} rows, {} left out", asked.named(), filled.table.rows.len(), filled.left_out);
        let mut named: Vec<_> = filled.named.into_iter().collect();
        named.sort_unstable();
        self.note_report(&by, named, done.clone()).await?;
        match off_thread(move || unnamed.name(&asked.stem(), asked.format.code())).await {
            Ok(file) => Ok(SavedReport { folder: shown(&folder), file, at: When::new(by.at) }),
            Err(problem) => {
                self.note_report(&by, Vec::new(), format!("{done}: {}", problem.code.code())).await?;
                Err(problem)
            }
        }
    }

    /// A file with names wants the passphrase again.
    async fn may_name(&self, asked: Asked, request: SaveReport) -> Result<(), Problem> {
        if asked.identified { self.reauthenticate("passphrase", request.passphrase).await } else { Ok(()) }
    }

    async fn note_report(&self, by: &By, named: Vec<PatientId>, detail: String) -> Result<(), Problem> {
        let by = by.clone();
        let note = move |store: &mut Store| {
            for patient in named {
                store.write::<_, Problem>(&by, Op::SaveReport, |w| {
                    w.about(Record::patient(patient));
                    w.detail("named");
                    Ok(())
                })?;
            }
            store.write(&by, Op::SaveReport, |w| {
                w.detail(&detail);
                Ok(())
            })
        };
        self.0.queue.run(note).await
    }
}

impl Asked {
    fn read(request: &SaveReport) -> Result<Asked, Problem> {
        let mut faults = Faults::default();
        let mut day = |field: &str, typed: &str| {
            let day = typed.parse::<Date>().ok();
            if day.is_none() {
                faults.add(field, "not_a_date");
            }
            day
        };
        let (from, to) = (day("from", &request.from), day("to", &request.to));
        let form = request.form.as_deref().and_then(ReportForm::from_code);
        if form.is_none() {
            faults.add("form", "missing");
        }
        let format = request.format.as_deref().and_then(ReportFormat::from_code);
        if format.is_none() {
            faults.add("format", "missing");
        }
        faults.none()?;
        let (Some(from), Some(to), Some(form), Some(format)) = (from, to, form, format) else {
            return Err(Problem::unexpected());
        };
        // Figures are of nobody.
        let identified = request.identified && form != ReportForm::Figures;
        Ok(Asked { period: Period { from, to }, form, format, identified })
    }

    /// How the audit names it.
    fn named(&self) -> String {
        let whose = if self.identified { "identified" } else { "de-identified" };
        let Asked { period: Period { from, to }, form, format, .. } = self;
        format!("{} {} {whose} {from} to {to}", form.code(), format.code())
    }

    /// What its file's name begins with; nobody's name.
    fn stem(&self) -> String {
        let Asked { period: Period { from, to }, form, .. } = self;
        let form = match form {
            ReportForm::V9 => "cosd-v9",
            ReportForm::Joined => "cosd-joined",
            ReportForm::Figures => "team-figures",
        };
        format!("{form}{}-{from}-{to}", if self.identified { "-identified" } else { "" })
    }

    /// What JSON says beside the rows.
    fn about(&self) -> Map<String, Value> {
        let Asked { period: Period { from, to }, form, identified, .. } = self;
        let parts = [
            ("form", json!(form.code())),
            ("from", json!(from.to_string())),
            ("to", json!(to.to_string())),
            ("identified", json!(identified)),
        ];
        parts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

fn filled(store: &Store, open: &Open, asked: Asked) -> Result<Filled, Problem> {
    let Asked { period, form, identified, .. } = asked;
    let patients = reported(store, &open.content, period.to)?;
    let (columns, rows): (&[&'static str], Vec<EventRow<'_>>) = match form {
        ReportForm::V9 => {
            let rows = v9_rows(&patients, period).into_iter();
            (&V9_COLUMNS, rows.map(|(row, of)| row_of(row.on, &row.cells(), of)).collect())
        }
        ReportForm::Joined => {
            let rows = joined_rows(&patients, period).into_iter();
            (&JOINED_COLUMNS, rows.map(|(row, of)| row_of(row.on, &row.cells(), of)).collect())
        }
        ReportForm::Figures => {
            let table = Table::figures(&figures(store, open, &patients, period)?);
            return Ok(Filled { table, left_out: 0, named: HashSet::new() });
        }
    };
    let left_out = patients.iter().flat_map(|one| &one.derived.listed).filter(|line| {
        let of_this = line.form.is_none_or(|of| of.code() == form.code());
        of_this && period.has(line.event.on)
    });
    let left_out = left_out.count();
    let named = rows.iter().filter(|_| identified).map(|row| row.patient.id).collect();
    Ok(Filled { table: Table::numbered(columns, rows, identified), left_out, named })
}

fn row_of<'a>(on: Date, cells: &[String], of: &'a Reported) -> EventRow<'a> {
    EventRow { on, cells: cells.to_vec(), patient: &of.patient }
}

/// The events of version 9 in a period, by day.
fn v9_rows(patients: &[Reported], period: Period) -> Vec<(&V9Row, &Reported)> {
    let all = patients.iter().flat_map(|of| of.derived.v9.iter().map(move |row| (row, of)));
    let mut rows: Vec<_> = all.filter(|(row, _)| period.has(row.on)).collect();
    rows.sort_by_key(|(row, _)| (row.on, row.cells()));
    rows
}

/// The rows of the joined set in a period, by day.
fn joined_rows(patients: &[Reported], period: Period) -> Vec<(&JoinedRow, &Reported)> {
    let all = patients.iter().flat_map(|of| of.derived.joined.iter().map(move |row| (row, of)));
    let mut rows: Vec<_> = all.filter(|(row, _)| period.has(row.on)).collect();
    rows.sort_by_key(|(row, _)| (row.on, row.cells()));
    rows
}

/// What is left out of a file of this period, by day.
fn listed(patients: &[Reported], period: Period, today: Date) -> Vec<ListedLine> {
    let all = patients.iter().flat_map(|of| of.derived.listed.iter().map(move |line| (line, &of.patient)));
    let mut lines: Vec<_> = all.filter(|(line, _)| period.has(line.event.on)).collect();
    lines.sort_by_key(|(line, _)| (line.event.on, line.event.at));
    lines.into_iter().map(|(line, patient)| ListedLine::of(line, patient, today)).collect()
}

fn figures(store: &Store, open: &Open, patients: &[Reported], period: Period) -> Result<FiguresView, Problem> {
    let counted: Vec<Counted> =
        patients.iter().map(|of| Counted { derived: of.derived.clone(), raised: of.raised.clone() }).collect();
    let figures = team_figures(&counted, period);
    // A concern is worded as the newest assessment words it: a later checklist says the same in better words.
    let mut worded: Vec<Arc<Checklist>> = Vec::new();
    let mut hnas = store.hnas_open()?;
    hnas.retain(|saved| saved.hna.status == HnaStatus::Completed);
    let canonicals: HashSet<String> = hnas.into_iter().map(|saved| saved.hna.checklist).collect();
    for canonical in canonicals {
        worded.push(open.content.checklist(store, &canonical)?);
    }
    worded.sort_by(|one, other| other.canonical.cmp(&one.canonical));
    let item = |code: &str| {
        let default = open.content.default_checklist();
        let all = std::iter::once(default).chain(worded.iter().map(|list| list.as_ref()));
        let mut items = all.flat_map(|list| &list.domains).flat_map(|area| &area.items);
        items.find(|item| item.code == code).map_or_else(|| code.to_owned(), |item| item.text.clone())
    };
    Ok(FiguresView::of(&figures, item))
}

fn shown(folder: &Path) -> String {
    folder.to_string_lossy().into_owned()
}
