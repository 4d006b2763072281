//! The acts of paper: seen, saved, printed. What was signed is the stored file and nothing else; a draft is laid out as it stands now.

use std::path::PathBuf;
use std::sync::Arc;

use documents::{Assessed, SessionInvitation};
use domain::booking::{Booking, BookingStanding};
use domain::care_plan::{CarePlan, PlanStatus};
use domain::checklist::Checklist;
use domain::hna::{Hna, HnaStatus};
use domain::id::{BookingId, CarePlanId, HnaId, InvitationId, PatientId, TreatmentSummaryId};
use domain::invitation::{Invitation, InvitationStanding};
use domain::op::Op;
use domain::patient::Patient;
use domain::record::Record;
use domain::session::Session;
use domain::staff::{By, Signature};
use domain::summary_template::{Copy, SummaryTemplate};
use domain::treatment_summary::{SummaryStatus, TreatmentSummary};
use jiff::civil::Date;
use store::{Paper, Store};

use crate::change::Over;
use crate::clinic::{Clinic, Open, off_thread};
use crate::content::Content as Pack;
use crate::death::{alive, answered_on};
use crate::paper_file::Unnamed;
pub(crate) use crate::paper_made::{Content, made};
use crate::paper_made::{blank_form, changes_page, drawn, invitation_page, points, referral_page, session_page};
use crate::paper_view::{PaperKind, PaperOf, PaperView, PrintPaper, Printed, Printer, Printers, SavePaper, SavedPaper};
use crate::patient_view::Banner;
use crate::printer::Taken;
use crate::problem::{Code, Problem};
use crate::referral::{Referred, referred};
use crate::session_pack::session;
use crate::when::{When, day_of};

/// A paper ready to be shown, saved or printed.
struct Sheet {
    kind: PaperKind,
    /// As it was asked for.
    named: String,
    /// What the audit line is about; None for a blank form without a name.
    about: Option<Record>,
    patient: Option<Patient>,
    title: Option<String>,
    /// None for a draft, and for a blank form.
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
    /// None for a blank form without a name.
    patient: Option<Patient>,
    source: Source,
    /// The stored version that is meant; None for a draft.
    stored: Option<(u32, Paper)>,
    /// The newest version of the record.
    newest: Option<u32>,
    /// The stored version has the patient under another name, birth date or number than today's.
    details_changed: bool,
}

enum Source {
    Changes { newest: HnaId, over: Over },
    Referral(Box<Referred>),
    Plan { plan: CarePlan, assessed: Assessed },
    Summary { summary: TreatmentSummary, template: Arc<SummaryTemplate> },
    Blank(Arc<Checklist>),
    ScoreAgain(Box<Hna>, Arc<Checklist>),
    Invitation(Invitation),
    Session(Box<Invited>),
}

/// A booking whose invitation is printed, and the session beside it.
struct Invited {
    booking: Booking,
    session: Session,
    standing: BookingStanding,
}

impl Clinic {
    /// Shows a paper page by page; the look is an audit line.
    pub async fn preview_paper(&self, request: PaperOf) -> Result<PaperView, Problem> {
        let by = self.by_for(Op::PreviewPaper)?;
        let sheet = self.sheet(request, None, &by).await?;
        self.note(&by, Op::PreviewPaper, &sheet.about, sheet.named()).await?;
        Ok(PaperView {
            kind: sheet.kind,
            patient: sheet.patient.as_ref().map(|patient| patient.id),
            banner: sheet.patient.as_ref().map(|patient| Banner::of(patient, day_of(by.at))),
            version: sheet.version,
            draft: sheet.version.is_none() && sheet.kind.has_versions(),
            title: sheet.title,
            record: sheet.named,
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
        self.note(&by, Op::SavePaper, &sheet.about, named.clone()).await?;
        match off_thread(move || unnamed.name(&sheet.stem, "pdf")).await {
            Ok(file) => Ok(SavedPaper { folder: folder.to_string_lossy().into_owned(), file, at: When::new(by.at) }),
            Err(problem) => {
                self.note(&by, Op::SavePaper, &sheet.about, format!("{named}: {}", problem.code.code())).await?;
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
        self.note(&by, Op::PrintPaper, &sheet.about, named.clone()).await?;
        let (to, pdf) = (queue.clone(), sheet.paper.pdf);
        let problem = match off_thread(move || queues.print(&to, &title, &pdf)).await {
            Ok(Taken::Printing) => return Ok(Printed { printer: queue, at: When::new(by.at) }),
            Ok(Taken::Paused) => Code::PrinterPaused.into(),
            Err(problem) => problem,
        };
        self.note(&by, Op::PrintPaper, &sheet.about, format!("{named}: {}", problem.code.code())).await?;
        Err(problem)
    }

    /// The paper that is asked for; with `typed` only when day and month of birth are the patient's.
    async fn sheet(&self, paper: PaperOf, typed: Option<(String, String)>, by: &By) -> Result<Sheet, Problem> {
        let (open, today) = (self.0.clone(), day_of(by.at));
        let found = self.0.queue.run(move |store| {
            let found = find(store, &open, &paper, today)?;
            if let Some((day, month)) = typed {
                // A blank form without a name can go to nobody wrong.
                if let Some(patient) = &found.patient {
                    patient.confirm(&day, &month)?;
                }
            }
            Ok(found)
        });
        let (found, open, by) = (found.await?, self.0.clone(), by.clone());
        off_thread(move || found.sheet(&open, &by)).await
    }

    async fn note(&self, by: &By, op: Op, about: &Option<Record>, detail: String) -> Result<(), Problem> {
        let (by, about) = (by.clone(), about.clone());
        let note = move |store: &mut Store| {
            store.write(&by, op, |w| {
                if let Some(record) = about {
                    w.about(record);
                }
                w.detail(&detail);
                Ok(())
            })
        };
        self.0.queue.run(note).await
    }

    pub(crate) fn paper_folder(&self) -> Option<PathBuf> {
        let profile = &self.0.profile;
        profile.configuration.folder.clone().or_else(|| profile.world.documents().map(PathBuf::from))
    }
}

impl Sheet {
    /// How the audit names it: kind and version, never a folder or a person.
    fn named(&self) -> String {
        match (self.kind, self.version) {
            (PaperKind::BlankChecklist, _) => format!("{} {}", self.kind.code(), self.named.replace('|', " ")),
            (kind, _) if !kind.has_versions() => kind.code().to_owned(),
            (_, Some(version)) => format!("{} version {version}", self.kind.code()),
            (_, None) => format!("{} draft", self.kind.code()),
        }
    }
}

impl Found {
    /// What has no versions, as it stands.
    fn now(kind: PaperKind, patient: Option<Patient>, source: Source) -> Found {
        Found { kind, patient, source, stored: None, newest: None, details_changed: false }
    }

    fn sheet(self, open: &Open, by: &By) -> Result<Sheet, Problem> {
        let Found { kind, patient, source, stored, newest, details_changed } = self;
        let (record, signed) = match &source {
            Source::Plan { plan, .. } => (Record::care_plan(plan.id, plan.patient), &plan.signed),
            Source::Summary { summary, .. } => {
                (Record::treatment_summary(summary.id, summary.patient), &summary.signed)
            }
            Source::Blank(checklist) => return blank(open, checklist, patient, by),
            Source::ScoreAgain(former, checklist) => {
                let patient = patient.ok_or(Code::Gone)?;
                let paper = blank_form(open, checklist, Some(&patient), Some(answered_on(former)), by)?;
                return Ok(as_it_stands(kind, Record::hna(former.id, former.patient), patient, paper, by));
            }
            Source::Invitation(invitation) => return invited(open, invitation, patient.ok_or(Code::Gone)?, by),
            Source::Referral(referred) => {
                let patient = patient.ok_or(Code::Gone)?;
                let about = Record::care_plan(referred.plan, patient.id);
                let paper = referral_page(open, &patient, referred.plan, &referred.letter(), by)?;
                let sheet = as_it_stands(kind, about, patient, paper, by);
                // A plan can have several.
                let key = referred.action.key.as_str();
                return Ok(Sheet {
                    named: format!("{}/{key}", referred.plan),
                    stem: format!("{}-{key}", sheet.stem),
                    ..sheet
                });
            }
            Source::Changes { newest, over } => {
                let patient = patient.ok_or(Code::Gone)?;
                let paper = changes_page(open, &patient, over, by)?;
                return Ok(as_it_stands(kind, Record::hna(*newest, patient.id), patient, paper, by));
            }
            Source::Session(invited) => {
                let Invited { booking, session, standing } = &**invited;
                let patient = patient.ok_or(Code::Gone)?;
                let standing = *standing;
                let paper = session_page(open, &patient, &SessionInvitation { booking, session, standing }, by)?;
                return Ok(as_it_stands(kind, Record::booking(booking.id, booking.patient), patient, paper, by));
            }
        };
        let patient = patient.ok_or(Code::Gone)?;
        let signed_at = signed.as_ref().map_or(by.at, |signature: &Signature| signature.at);
        let at = if stored.is_some() { signed_at } else { by.at };
        let (version, paper) = match stored {
            Some((version, paper)) => (Some(version), paper),
            None => {
                let content = match &source {
                    Source::Plan { plan, assessed } => Content::Plan { plan, assessed: assessed.clone() },
                    Source::Summary { summary, template } => Content::Summary { summary, template },
                    // The others have no versions, and are made above.
                    _ => return Err(Problem::unexpected()),
                };
                (None, drawn(open, &patient, content, kind.copy(), by)?)
            }
        };
        let mark = version.map_or_else(|| "draft".to_owned(), |version| format!("v{version}"));
        let start: String = record.id.chars().take(6).collect();
        let stem = format!("{}-{start}-{mark}-{}", kind.stem(), day_of(at));
        let (named, about, patient) = (record.id.clone(), Some(record), Some(patient));
        Ok(Sheet { kind, named, about, patient, title: None, version, newest, details_changed, stem, paper })
    }
}

/// A form to fill in. Its file is named after the checklist, and after the patient by the start of the id.
fn blank(open: &Open, checklist: &Checklist, patient: Option<Patient>, by: &By) -> Result<Sheet, Problem> {
    let kind = PaperKind::BlankChecklist;
    let paper = blank_form(open, checklist, patient.as_ref(), None, by)?;
    let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let start = checklist.canonical.rfind('/').map_or(0, |at| at + 1);
    let list: String =
        checklist.canonical.chars().skip(start).map(|c| if c == '|' { '-' } else { c }).filter(plain).collect();
    let whose: String =
        patient.iter().flat_map(|patient| patient.id.to_string().chars().take(6).collect::<Vec<_>>()).collect();
    let mut parts = vec![kind.stem().to_owned(), list, whose, day_of(by.at).to_string()];
    parts.retain(|part| !part.is_empty());
    Ok(Sheet {
        kind,
        named: checklist.canonical.clone(),
        about: patient.as_ref().map(|patient| Record::patient(patient.id)),
        title: Some(checklist.title.clone()),
        patient,
        version: None,
        newest: None,
        details_changed: false,
        stem: parts.join("-"),
        paper,
    })
}

/// The page of an invitation.
fn invited(open: &Open, invitation: &Invitation, patient: Patient, by: &By) -> Result<Sheet, Problem> {
    let paper = invitation_page(open, &patient, invitation, by)?;
    let about = Record::invitation(invitation.id, invitation.patient);
    Ok(as_it_stands(PaperKind::Invitation, about, patient, paper, by))
}

/// A page that is always as its record stands: nobody signs it, and it has no versions.
fn as_it_stands(kind: PaperKind, about: Record, patient: Patient, paper: Paper, by: &By) -> Sheet {
    let named = about.id.clone();
    let start: String = named.chars().take(6).collect();
    Sheet {
        kind,
        about: Some(about),
        title: None,
        patient: Some(patient),
        version: None,
        newest: None,
        details_changed: false,
        stem: format!("{}-{start}-{}", kind.stem(), day_of(by.at)),
        named,
        paper,
    }
}

/// Reads what a paper is made of. A version that is not there is `gone`; without one the record as it stands is meant, which for a
/// locked or signed record is its newest version.
fn find(store: &mut Store, open: &Open, paper: &PaperOf, today: Date) -> Result<Found, Problem> {
    let kind = PaperKind::from_code(&paper.kind).ok_or(Code::Gone)?;
    let (source, patient, standing) = match kind {
        PaperKind::BlankChecklist => {
            let chosen = Some(paper.record.as_str()).filter(|chosen| !chosen.is_empty());
            let source = Source::Blank(open.content.chosen(store, chosen)?);
            let person = |id: &String| {
                let id = PatientId::parse(id).ok_or(Code::Gone)?;
                Ok::<_, Problem>(store.patient(id)?.ok_or(Code::Gone)?.0)
            };
            let patient = paper.patient.as_ref().map(person).transpose()?;
            return Ok(Found::now(kind, patient, source));
        }
        PaperKind::ScoreAgainForm => {
            let id = HnaId::parse(&paper.record).ok_or(Code::Gone)?;
            let former = store.hna(id)?.map(|saved| saved.hna).filter(|hna| hna.status == HnaStatus::Completed);
            let former = former.ok_or(Code::Gone)?;
            let (patient, _) = store.patient(former.patient)?.ok_or(Code::Gone)?;
            alive(&patient)?;
            let checklist = open.content.checklist(store, &former.checklist)?;
            return Ok(Found::now(kind, Some(patient), Source::ScoreAgain(Box::new(former), checklist)));
        }
        PaperKind::Invitation => {
            let id = InvitationId::parse(&paper.record).ok_or(Code::Gone)?;
            let invitation = store.invitation(id)?.ok_or(Code::Gone)?.invitation;
            match invitation.standing(today) {
                InvitationStanding::Open | InvitationStanding::ExpiresSoon => {}
                // A page with a code that no longer works must not go out.
                _ => return Err(Code::InvitationClosed.into()),
            }
            let (patient, _) = store.patient(invitation.patient)?.ok_or(Code::Gone)?;
            alive(&patient)?;
            return Ok(Found::now(kind, Some(patient), Source::Invitation(invitation)));
        }
        PaperKind::ReferralLetter => {
            let referred = referred(store, paper)?;
            let (patient, _) = store.patient(referred.patient)?.ok_or(Code::Gone)?;
            alive(&patient)?;
            return Ok(Found::now(kind, Some(patient), Source::Referral(Box::new(referred))));
        }
        PaperKind::Changes => {
            let id = HnaId::parse(&paper.record).ok_or(Code::Gone)?;
            let hna = store.hna(id)?.ok_or(Code::Gone)?.hna;
            let over = Over::until(store, &open.content, &hna)?.compared()?;
            let (patient, _) = store.patient(hna.patient)?.ok_or(Code::Gone)?;
            return Ok(Found::now(kind, Some(patient), Source::Changes { newest: id, over }));
        }
        PaperKind::SessionInvitation => {
            let id = BookingId::parse(&paper.record).ok_or(Code::Gone)?;
            let booking = store.booking(id)?.ok_or(Code::Gone)?.booking;
            if !booking.is_open() {
                return Err(Code::BookingEnded.into());
            }
            let (patient, _) = store.patient(booking.patient)?.ok_or(Code::Gone)?;
            alive(&patient)?;
            let session = session(store, booking.session)?.session;
            let standing = booking.standing(&session, today);
            let source = Source::Session(Box::new(Invited { booking, session, standing }));
            return Ok(Found::now(kind, Some(patient), source));
        }
        PaperKind::CarePlan => {
            let id = CarePlanId::parse(&paper.record).ok_or(Code::Gone)?;
            let saved = match paper.version {
                Some(version) => store.care_plan_version(id, version)?,
                None => store.care_plan(id)?,
            };
            let plan = saved.ok_or(Code::Gone)?.plan;
            let hna = store.hna(plan.hna)?.ok_or(Code::Gone)?.hna;
            let standing = (plan.status == PlanStatus::Locked).then_some(plan.version);
            (Source::Plan { assessed: assessed(store, &open.content, &hna)?, plan }, hna.patient, standing)
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
    Ok(Found { kind, patient: Some(patient), source, stored, newest, details_changed })
}

/// How a plan's paper says when and how its assessment was answered.
pub(crate) fn assessed(store: &Store, content: &Pack, hna: &Hna) -> Result<Assessed, Problem> {
    let was = Over::until(store, content, hna)?.was(store, content)?;
    Ok(Assessed { on: answered_on(hna), method: hna.method, was })
}

fn kept(store: &Store, record: &str, version: u32, copy: Copy) -> Result<Paper, Problem> {
    store.paper(record, version, copy)?.ok_or_else(|| Code::Gone.into())
}
