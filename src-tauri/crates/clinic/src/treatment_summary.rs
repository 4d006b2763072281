//! The acts of a treatment summary: each change is durable before its view is returned, each signed version stays as it was.

use domain::Refused;
use domain::id::{PatientId, TreatmentSummaryId};
use domain::op::Op;
use domain::record::Record;
use domain::summary_template::SummaryTemplate;
use domain::treatment_summary::{EntryKey, SummaryStatus, TreatmentSummary};
use store::{SavedSummary, Store};
use zeroize::Zeroizing;

use crate::clinic::{Clinic, Noun, off_thread};
use crate::death::living;
use crate::paper::{self, Content};
use crate::problem::{Code, Problem};
use crate::request::requests;
use crate::summary_offers::known;
use crate::summary_template_view::{TemplateLine, TemplateView};
use crate::treatment_summary_view::{SummaryView, summary_view};
use crate::version::{look, still};
use crate::when::day_of;

requests! {
    ListTemplates { #[ts(type = "PatientId")] patient: String }
    ReadTemplate { template: String }
    StartTreatmentSummary { #[ts(type = "PatientId")] patient: String, template: String }
    ReadTreatmentSummary {
        #[ts(type = "TreatmentSummaryId")] summary: String,
        /// A signed version; null for the summary as it stands.
        version: Option<u32>,
    }
    ChooseLine { #[ts(type = "TreatmentSummaryId")] summary: String, section: String, line: String }
    DropLine { #[ts(type = "TreatmentSummaryId")] summary: String, entry: String }
    FillSlot { #[ts(type = "TreatmentSummaryId")] summary: String, entry: String, slot: String, value: String }
    AddOwnLine { #[ts(type = "TreatmentSummaryId")] summary: String, section: String }
    WriteOwnLine {
        #[ts(type = "TreatmentSummaryId")] summary: String,
        entry: String,
        urgent: bool,
        patient: String,
        gp: String,
    }
    SignTreatmentSummary {
        #[ts(type = "TreatmentSummaryId")] summary: String,
        /// The revision that was read and is signed.
        revision: i64,
        day: String,
        month: String,
        #[ts(type = "string")] passphrase: Zeroizing<String>,
    }
    AmendTreatmentSummary { #[ts(type = "TreatmentSummaryId")] summary: String, reason: String }
}

impl Clinic {
    /// The templates that ship; `offered` where one is for this patient's type of cancer.
    pub async fn list_templates(&self, request: ListTemplates) -> Result<Vec<TemplateLine>, Problem> {
        let open = self.0.clone();
        let id = PatientId::parse(&request.patient).ok_or(Code::Gone)?;
        self.0
            .queue
            .run(move |store| {
                let (patient, _) = store.patient(id)?.ok_or(Code::Gone)?;
                let cancer = open.content.cancer_code(&patient.cancer.cancer_type);
                let shipped = open.content.templates()?;
                Ok(shipped.iter().map(|shipped| TemplateLine::of(&shipped.template, cancer)).collect())
            })
            .await
    }

    /// Every line that a template may say.
    pub async fn read_template(&self, request: ReadTemplate) -> Result<TemplateView, Problem> {
        let open = self.0.clone();
        self.0.queue.run(move |store| Ok(TemplateView::of(&*open.content.template(store, &request.template)?))).await
    }

    /// Starts a summary on a template that ships. A draft of this patient on the same template is shown and no second is made.
    pub async fn start_treatment_summary(&self, request: StartTreatmentSummary) -> Result<SummaryView, Problem> {
        let by = self.by_for(Op::StartTreatmentSummary)?;
        let open = self.0.clone();
        let patient = PatientId::parse(&request.patient).ok_or(Code::Gone)?;
        let id = TreatmentSummaryId::from_random(open.profile.world.bytes()?);
        let seen = self
            .0
            .queue
            .run(move |store| {
                let (person, _) = store.patient(patient)?.ok_or(Code::Gone)?;
                let mut made = store.treatment_summaries_of(patient)?.into_iter();
                let draft = |made: &SavedSummary| {
                    made.summary.status == SummaryStatus::Draft && made.summary.template == request.template
                };
                if let Some(made) = made.find(draft) {
                    let record = Record::treatment_summary(made.summary.id, patient);
                    look(store, &by, Op::StartTreatmentSummary, record, None)?;
                    return summary_view(store, &open.content, &made, None, by.at);
                }
                person.living_on(day_of(by.at))?;
                let mut shipped = open.content.templates()?.iter();
                let shipped =
                    shipped.find(|shipped| shipped.template.canonical == request.template).ok_or(Code::Gone)?;
                let summary = TreatmentSummary::start(id, patient, &shipped.template, &by);
                store.write::<_, Problem>(&by, Op::StartTreatmentSummary, |w| {
                    w.keep_summary_template(&summary.template, shipped.body)?;
                    Ok(w.save_treatment_summary(&summary, None)?)
                })?;
                let saved = SavedSummary { summary, revision: 1, saved_at: by.at, sending: None };
                summary_view(store, &open.content, &saved, None, by.at)
            })
            .await?;
        self.changed(&[Noun::TreatmentSummary]);
        Ok(seen)
    }

    /// Reads a summary as it stands, or as it was signed; the look is an audit line.
    pub async fn read_treatment_summary(&self, request: ReadTreatmentSummary) -> Result<SummaryView, Problem> {
        let by = self.by_for(Op::ReadTreatmentSummary)?;
        let open = self.0.clone();
        let ReadTreatmentSummary { summary, version } = request;
        let id = TreatmentSummaryId::parse(&summary).ok_or(Code::Gone)?;
        self.0
            .queue
            .run(move |store| {
                let saved = match version {
                    Some(version) => store.treatment_summary_version(id, version)?,
                    None => store.treatment_summary(id)?,
                };
                let saved = saved.ok_or(Code::Gone)?;
                let record = Record::treatment_summary(id, saved.summary.patient);
                look(store, &by, Op::ReadTreatmentSummary, record, version)?;
                summary_view(store, &open.content, &saved, version, by.at)
            })
            .await
    }

    /// Chooses a line and fills what the patient's records have exactly one value for.
    pub async fn choose_line(&self, request: ChooseLine) -> Result<SummaryView, Problem> {
        let ChooseLine { summary, section, line } = request;
        let open = self.0.clone();
        let change = move |store: &Store, summary: TreatmentSummary, template: &SummaryTemplate| {
            let chosen = template.line(&section, &line).ok_or(Refused::NotThere)?;
            let filled = known(store, &open.content, summary.patient)?.filled(template, &summary, chosen);
            Ok(summary.choose(template, &section, &line, &filled)?)
        };
        self.change_summary(Op::ChooseLine, &summary, change).await
    }

    /// Takes a chosen or own line out of the draft.
    pub async fn drop_line(&self, request: DropLine) -> Result<SummaryView, Problem> {
        let key = EntryKey::new(&request.entry);
        self.change_summary(Op::DropLine, &request.summary, move |_, summary, _| Ok(summary.drop_line(&key)?)).await
    }

    /// Fills a blank; an empty value empties it.
    pub async fn fill_slot(&self, request: FillSlot) -> Result<SummaryView, Problem> {
        let FillSlot { summary, entry, slot, value } = request;
        let key = EntryKey::new(&entry);
        let change = move |_: &Store, summary: TreatmentSummary, template: &SummaryTemplate| {
            Ok(summary.fill(template, &key, &slot, &value)?)
        };
        self.change_summary(Op::FillSlot, &summary, change).await
    }

    /// Adds a line of the writer's own to a section.
    pub async fn add_own_line(&self, request: AddOwnLine) -> Result<SummaryView, Problem> {
        let AddOwnLine { summary, section } = request;
        self.change_summary(Op::AddOwnLine, &summary, move |_, summary, list| Ok(summary.add_own(list, &section)?))
            .await
    }

    /// Words a line of the writer's own, for both copies.
    pub async fn write_own_line(&self, request: WriteOwnLine) -> Result<SummaryView, Problem> {
        let WriteOwnLine { summary, entry, urgent, patient, gp } = request;
        let key = EntryKey::new(&entry);
        let change = move |_: &Store, summary: TreatmentSummary, _: &SummaryTemplate| {
            Ok(summary.write_own(&key, urgent, &patient, &gp)?)
        };
        self.change_summary(Op::WriteOwnLine, &summary, change).await
    }

    /// Signs a summary of the patient whose day and month of birth were typed again, under the nurse's passphrase. The signed
    /// version, the paper of both copies and the sending become durable together; `changed_meanwhile` when the summary is not the one
    /// that was read, or it or the patient changed after they were read for it.
    pub async fn sign_treatment_summary(&self, request: SignTreatmentSummary) -> Result<SummaryView, Problem> {
        self.by_for(Op::SignTreatmentSummary)?;
        let SignTreatmentSummary { summary, revision, day, month, passphrase } = request;
        let id = TreatmentSummaryId::parse(&summary).ok_or(Code::Gone)?;
        let open = self.0.clone();
        let today = day_of(self.0.profile.world.now());
        let read = move |store: &mut Store| {
            let before = store.treatment_summary(id)?.ok_or(Code::Gone)?;
            if before.revision != revision {
                return Err(Code::ChangedMeanwhile.into());
            }
            let (patient, known) = store.patient(before.summary.patient)?.ok_or(Code::Gone)?;
            patient.confirm(&day, &month)?;
            patient.living_on(today)?;
            let template = open.content.template(store, &before.summary.template)?;
            Ok((before, patient, known, template))
        };
        let (before, patient, known, template) = self.0.queue.run(read).await?;
        self.reauthenticate("passphrase", passphrase).await?;
        // Signed now, not before the passphrase was typed and checked.
        let by = self.by_for(Op::SignTreatmentSummary)?;
        let summary = before.summary.sign(&template, &by)?;
        let (open, signed) = (self.0.clone(), by.clone());
        let (summary, patient, paper) = off_thread(move || {
            let content = Content::Summary { summary: &summary, template: &template };
            let paper = paper::made(&open, &patient, content, &signed)?;
            Ok((summary, patient, paper))
        })
        .await?;
        let open = self.0.clone();
        let sign = move |store: &mut Store| {
            still(store, patient.id, known)?;
            store.write::<_, Problem>(&by, Op::SignTreatmentSummary, |w| {
                w.save_treatment_summary(&summary, Some(before.revision))?;
                w.keep_version(&Record::treatment_summary(id, summary.patient), summary.version, &paper)?;
                w.detail(&format!("version {}", summary.version));
                Ok(())
            })?;
            let saved = store.treatment_summary(id)?.ok_or(Code::Gone)?;
            summary_view(store, &open.content, &saved, None, by.at)
        };
        let seen = self.0.queue.run(sign).await?;
        self.changed(&[Noun::TreatmentSummary]);
        Ok(seen)
    }

    /// Opens a signed summary for an amended version, with a reason; the signed version stays readable.
    pub async fn amend_treatment_summary(&self, request: AmendTreatmentSummary) -> Result<SummaryView, Problem> {
        let AmendTreatmentSummary { summary, reason } = request;
        let today = day_of(self.0.profile.world.now());
        let change = move |store: &Store, summary: TreatmentSummary, _: &SummaryTemplate| {
            living(store, summary.patient, today)?;
            Ok(summary.amend(&reason)?)
        };
        self.change_summary(Op::AmendTreatmentSummary, &summary, change).await
    }

    /// Reads the summary, applies one change and makes it durable; a change that changes nothing writes nothing.
    async fn change_summary(
        &self,
        op: Op,
        summary: &str,
        change: impl FnOnce(&Store, TreatmentSummary, &SummaryTemplate) -> Result<TreatmentSummary, Problem>
        + Send
        + 'static,
    ) -> Result<SummaryView, Problem> {
        let by = self.by_for(op)?;
        let open = self.0.clone();
        let id = TreatmentSummaryId::parse(summary).ok_or(Code::Gone)?;
        let seen = self
            .0
            .queue
            .run(move |store| {
                let before = store.treatment_summary(id)?.ok_or(Code::Gone)?;
                let template = open.content.template(store, &before.summary.template)?;
                let after = change(store, before.summary.clone(), &template)?;
                if after == before.summary {
                    return summary_view(store, &open.content, &before, None, by.at);
                }
                store.write::<_, Problem>(&by, op, |w| {
                    w.save_treatment_summary(&after, Some(before.revision))?;
                    if op == Op::AmendTreatmentSummary {
                        // The reason is in the revision: the audit holds codes and counts only.
                        w.detail(&format!("version {}", after.version));
                    }
                    Ok(())
                })?;
                let saved = SavedSummary { summary: after, revision: before.revision + 1, saved_at: by.at, ..before };
                summary_view(store, &open.content, &saved, None, by.at)
            })
            .await?;
        self.changed(&[Noun::TreatmentSummary]);
        Ok(seen)
    }
}
