//! The acts of paper: seen, saved, printed. What was signed is the stored file and nothing else; a draft is laid out as it stands now.

use std::path::PathBuf;
use std::sync::Arc;

use domain::care_plan::{CarePlan, PlanStatus};
use domain::id::{CarePlanId, TreatmentSummaryId};
use domain::op::Op;
use domain::patient::Patient;
use domain::record::Record;
use domain::staff::{By, Signature};
use domain::summary_template::{Copy, SummaryTemplate};
use domain::treatment_summary::{SummaryStatus, TreatmentSummary};
use store::{Paper, Store};

use crate::clinic::{Clinic, Open, off_thread};
use crate::paper_file::Unnamed;
pub(crate) use crate::paper_made::{Content, made};
use crate::paper_made::{drawn, points};
use crate::paper_view::{PaperKind, PaperOf, PaperView, PrintPaper, Printed, Printer, Printers, SavePaper, SavedPaper};
use crate::patient_view::Banner;
use crate::printer::Taken;
use crate::problem::{Code, Problem};
use crate::when::{When, day_of};

/// A paper ready to be shown, saved or printed.
struct Sheet {
    kind: PaperKind,
    record: Record,
    patient: Patient,
    /// None for a draft.
    version: Option<u32>,
    newest: Option<u32>,
    details_changed: bool,
    /// Without `.pdf`.
    stem: String,
    paper: Paper,
}

/// The record as it was read for a paper.
struct Found {
    kind: PaperKind,
    patient: Patient,
    source: Source,
    /// The stored version that is meant; None for a draft.
    stored: Option<(u32, Paper)>,
    /// The newest version of the record.
    newest: Option<u32>,
    /// The stored version has the patient under another name, birth date or number than today's.
    details_changed: bool,
}

enum Source {
    Plan { plan: CarePlan, assessed_at: i64 },
    Summary { summary: TreatmentSummary, template: Arc<SummaryTemplate> },
}

impl Clinic {
    /// Shows a paper page by page; the look is an audit line.
    pub async fn preview_paper(&self, request: PaperOf) -> Result<PaperView, Problem> {
        let by = self.by_for(Op::PreviewPaper)?;
        let sheet = self.sheet(request, None, &by).await?;
        self.note(&by, Op::PreviewPaper, &sheet.record, sheet.named()).await?;
        Ok(PaperView {
            kind: sheet.kind,
            record: sheet.record.id,
            patient: sheet.patient.id,
            banner: Banner::of(&sheet.patient, day_of(by.at)),
            version: sheet.version,
            draft: sheet.version.is_none(),
            newest: sheet.newest,
            details_changed: sheet.details_changed,
            points: points(&sheet.paper.pages),
            pages: sheet.paper.pages,
            file: format!("{}.pdf", sheet.stem),
            folder: self.paper_folder().map(|folder| folder.to_string_lossy().into_owned()),
        })
    }

    /// Refuses what [`Clinic::save_paper_in`] would refuse before a folder is asked for: `identity_differs`, `gone`, `no_glyph`. Answers
    /// the folder in which it is saved when no other is chosen.
    pub async fn check_paper(&self, request: SavePaper) -> Result<Option<PathBuf>, Problem> {
        let by = self.by_for(Op::SavePaper)?;
        let SavePaper { paper, day, month } = request;
        self.sheet(paper, Some((day, month)), &by).await?;
        Ok(self.paper_folder())
    }

    /// Saves the PDF in the configured folder, else among the account's documents, when the day and month of birth were typed again.
    pub async fn save_paper(&self, request: SavePaper) -> Result<SavedPaper, Problem> {
        let folder = self.paper_folder().ok_or(Code::FolderUnwritable)?;
        self.save_paper_in(request, folder).await
    }

    /// The same in this folder. `folder_unwritable` when it is not there or takes no file, `disk_full` when the file does not fit.
    pub async fn save_paper_in(&self, request: SavePaper, folder: PathBuf) -> Result<SavedPaper, Problem> {
        let by = self.by_for(Op::SavePaper)?;
        let SavePaper { paper, day, month } = request;
        let sheet = self.sheet(paper, Some((day, month)), &by).await?;
        let (named, chance) = (sheet.named(), self.0.profile.world.bytes()?);
        let (place, pdf) = (folder.clone(), sheet.paper.pdf);
        let unnamed = off_thread(move || Unnamed::write(&place, pdf, chance)).await?;
        // The line comes first: no paper is anywhere that nobody wrote down.
        self.note(&by, Op::SavePaper, &sheet.record, named.clone()).await?;
        match off_thread(move || unnamed.name(&sheet.stem)).await {
            Ok(file) => Ok(SavedPaper { folder: folder.to_string_lossy().into_owned(), file, at: When::new(by.at) }),
            Err(problem) => {
                self.note(&by, Op::SavePaper, &sheet.record, format!("{named}: {}", problem.code.code())).await?;
                Err(problem)
            }
        }
    }

    /// The print queues of this PC, the configured one first, then the one that the print system prefers. None is no fault.
    pub async fn list_printers(&self) -> Result<Printers, Problem> {
        let open = self.0.clone();
        off_thread(move || {
            let queues = open.profile.world.queues();
            let names = queues.names()?;
            let wished = open.profile.configuration.printer.clone().filter(|wished| names.contains(wished));
            let default = match wished {
                Some(wished) => Some(wished),
                None => queues.preset()?,
            };
            let mut printers: Vec<Printer> =
                names.into_iter().map(|name| Printer { default: default.as_ref() == Some(&name), name }).collect();
            printers.sort_by_key(|printer| !printer.default);
            Ok(Printers { printers })
        })
        .await
    }

    /// Hands the PDF to a print queue when the day and month of birth were typed again. `printer_paused` when the queue took it and
    /// is stopped: then nothing is printed yet. `maybe_printed` when nobody knows whether the queue took it.
    pub async fn print_paper(&self, request: PrintPaper) -> Result<Printed, Problem> {
        let by = self.by_for(Op::PrintPaper)?;
        let PrintPaper { paper, day, month, printer } = request;
        let sheet = self.sheet(paper, Some((day, month)), &by).await?;
        let queues = self.0.profile.world.queues();
        let looked_up = queues.clone();
        let queue = off_thread(move || looked_up.named(&printer)).await?;
        let (named, title) = (format!("{} to {queue}", sheet.named()), format!("{}.pdf", sheet.stem));
        // The line comes first: no paper is anywhere that nobody wrote down.
        self.note(&by, Op::PrintPaper, &sheet.record, named.clone()).await?;
        let (to, pdf) = (queue.clone(), sheet.paper.pdf);
        let problem = match off_thread(move || queues.print(&to, &title, &pdf)).await {
            Ok(Taken::Printing) => return Ok(Printed { printer: queue, at: When::new(by.at) }),
            Ok(Taken::Paused) => Code::PrinterPaused.into(),
            Err(problem) => problem,
        };
        self.note(&by, Op::PrintPaper, &sheet.record, format!("{named}: {}", problem.code.code())).await?;
        Err(problem)
    }

    /// The paper that is asked for; with `typed` only when day and month of birth are the patient's.
    async fn sheet(&self, paper: PaperOf, typed: Option<(String, String)>, by: &By) -> Result<Sheet, Problem> {
        let open = self.0.clone();
        let found = self.0.queue.run(move |store| {
            let found = find(store, &open, &paper)?;
            if let Some((day, month)) = typed {
                found.patient.confirm(&day, &month)?;
            }
            Ok(found)
        });
        let (found, open, by) = (found.await?, self.0.clone(), by.clone());
        off_thread(move || found.sheet(&open, &by)).await
    }

    async fn note(&self, by: &By, op: Op, record: &Record, detail: String) -> Result<(), Problem> {
        let (by, record) = (by.clone(), record.clone());
        let note = move |store: &mut Store| {
            store.write(&by, op, |w| {
                w.about(record);
                w.detail(&detail);
                Ok(())
            })
        };
        self.0.queue.run(note).await
    }

    fn paper_folder(&self) -> Option<PathBuf> {
        let profile = &self.0.profile;
        profile.configuration.folder.clone().or_else(|| profile.world.documents().map(PathBuf::from))
    }
}

impl Sheet {
    /// How the audit names it: kind and version, never a folder or a person.
    fn named(&self) -> String {
        match self.version {
            Some(version) => format!("{} version {version}", self.kind.code()),
            None => format!("{} draft", self.kind.code()),
        }
    }
}

impl Found {
    fn sheet(self, open: &Open, by: &By) -> Result<Sheet, Problem> {
        let Found { kind, patient, source, stored, newest, details_changed } = self;
        let (record, signed) = match &source {
            Source::Plan { plan, .. } => (Record::care_plan(plan.id, plan.patient), &plan.signed),
            Source::Summary { summary, .. } => {
                (Record::treatment_summary(summary.id, summary.patient), &summary.signed)
            }
        };
        let signed_at = signed.as_ref().map_or(by.at, |signature: &Signature| signature.at);
        let at = if stored.is_some() { signed_at } else { by.at };
        let (version, paper) = match stored {
            Some((version, paper)) => (Some(version), paper),
            None => {
                let content = match &source {
                    Source::Plan { plan, assessed_at } => Content::Plan { plan, assessed_at: *assessed_at },
                    Source::Summary { summary, template } => Content::Summary { summary, template },
                };
                (None, drawn(open, &patient, content, kind.copy(), by)?)
            }
        };
        let mark = version.map_or_else(|| "draft".to_owned(), |version| format!("v{version}"));
        let start: String = record.id.chars().take(6).collect();
        let stem = format!("{}-{start}-{mark}-{}", kind.stem(), day_of(at));
        Ok(Sheet { kind, record, patient, version, newest, details_changed, stem, paper })
    }
}

/// Reads what a paper is made of. A version that is not there is `gone`; without one the record as it stands is meant, which for a
/// locked or signed record is its newest version.
fn find(store: &mut Store, open: &Open, paper: &PaperOf) -> Result<Found, Problem> {
    let kind = PaperKind::from_code(&paper.kind).ok_or(Code::Gone)?;
    let (source, patient, standing) = match kind {
        PaperKind::CarePlan => {
            let id = CarePlanId::parse(&paper.record).ok_or(Code::Gone)?;
            let saved = match paper.version {
                Some(version) => store.care_plan_version(id, version)?,
                None => store.care_plan(id)?,
            };
            let plan = saved.ok_or(Code::Gone)?.plan;
            let hna = store.hna(plan.hna)?.ok_or(Code::Gone)?.hna;
            let assessed_at = hna.completed_at.unwrap_or(hna.started_at);
            let standing = (plan.status == PlanStatus::Locked).then_some(plan.version);
            (Source::Plan { assessed_at, plan }, hna.patient, standing)
        }
        PaperKind::SummaryPatient | PaperKind::SummaryGp => {
            let id = TreatmentSummaryId::parse(&paper.record).ok_or(Code::Gone)?;
            let saved = match paper.version {
                Some(version) => store.treatment_summary_version(id, version)?,
                None => store.treatment_summary(id)?,
            };
            let summary = saved.ok_or(Code::Gone)?.summary;
            let template = open.content.template(store, &summary.template)?;
            let standing = (summary.status == SummaryStatus::Signed).then_some(summary.version);
            let patient = summary.patient;
            (Source::Summary { summary, template }, patient, standing)
        }
    };
    let (patient, _) = store.patient(patient)?.ok_or(Code::Gone)?;
    let newest = store.versions(&paper.record)?.into_iter().next();
    let (mut stored, mut details_changed) = (None, false);
    if let Some(version) = paper.version.or(standing) {
        stored = Some((version, kept(store, &paper.record, version, kind.copy())?));
        let then = store.patient_at_version(patient.id, &paper.record, version)?.ok_or(Code::Gone)?;
        details_changed = !then.is_identified_as(&patient);
    }
    Ok(Found { kind, patient, source, stored, newest, details_changed })
}

fn kept(store: &Store, record: &str, version: u32, copy: Copy) -> Result<Paper, Problem> {
    store.paper(record, version, copy)?.ok_or_else(|| Code::Gone.into())
}
