//! The acts about two versions of one record: seeing them beside each other, and saying which goes on. What both become is decided in
//! `domain`; until then work on the record goes on, and only the sending waits.

use domain::care_plan::{CarePlan, PlanStatus};
use domain::day;
use domain::id::SendingId;
use domain::merge::{ActionPart, ConcernPart, Item, Merge, Merged, PatientField, Side, with};
use domain::op::Op;
use domain::patient::Patient;
use domain::record::Record;
use domain::staff::By;
use jiff::civil::Date;
use serde_json::Value;
use store::{Conflict, Paper, Store};
use sync::{Sides, sides};

use crate::clinic::{Clinic, Noun, off_thread};
use crate::conflict_view::{Choice, ClashView, ConflictView, ResolveConflict, TakenView, ViewConflict};
use crate::paper::{self, Content};
use crate::patient_view::Banner;
use crate::problem::{Code, Problem};
use crate::sending::RefusedLine;
use crate::version::still;
use crate::when::{When, day_of};

/// The item that stands for a record that is chosen as one.
const WHOLE: &str = "whole";

/// What a person's choices come to.
enum Chosen {
    /// Ours goes over theirs as it is.
    Whole,
    Patient {
        patient: Box<Patient>,
        from: i64,
    },
    Plan(Box<ChosenPlan>),
}

/// The revisions of a plan, with what its paper is made of.
struct ChosenPlan {
    revisions: Vec<CarePlan>,
    from: i64,
    patient: Patient,
    /// The patient's revision that was read.
    known: i64,
    assessed: documents::Assessed,
}

impl Clinic {
    /// Two versions of a record beside each other; the look is an audit line. `gone` when nothing is to be chosen any more.
    pub async fn view_conflict(&self, request: ViewConflict) -> Result<ConflictView, Problem> {
        let by = self.by_for(Op::ViewConflict)?;
        let sending = SendingId::parse(&request.sending).ok_or(Code::Gone)?;
        let view = move |store: &mut Store| {
            let conflict = store.conflict(sending)?.ok_or(Code::Gone)?;
            let view = conflict_view(store, &conflict, day_of(by.at))?;
            store.write::<_, Problem>(&by, Op::ViewConflict, |w| {
                w.about(conflict.record);
                Ok(())
            })?;
            Ok(view)
        };
        self.0.queue.run(view).await
    }

    /// Makes of two versions what was chosen, and puts that into the place of what could not be sent. Refused with an item as the field for
    /// each that nobody chose about (`missing`); `plan_unlocked` while the plan is being changed here; `gone` when nothing is to be chosen any
    /// more.
    pub async fn resolve_conflict(&self, request: ResolveConflict) -> Result<Vec<RefusedLine>, Problem> {
        let by = self.by_for(Op::ResolveConflict)?;
        let sending = SendingId::parse(&request.sending).ok_or(Code::Gone)?;
        let (open, choices, signer) = (self.0.clone(), request.choices, by.clone());
        let read = move |store: &mut Store| chosen(store, &open.content, sending, &choices, &signer);
        let chosen = self.0.queue.run(read).await?;
        let (chosen, paper) = self.papered(chosen, by.clone()).await?;
        let noun = match &chosen {
            Chosen::Patient { .. } => vec![Noun::Patient],
            Chosen::Plan(_) => vec![Noun::CarePlan],
            Chosen::Whole => Vec::new(),
        };
        let keep = move |store: &mut Store| {
            if let Chosen::Plan(plan) = &chosen {
                still(store, plan.patient.id, plan.known)?;
            }
            store.write::<_, Problem>(&by, Op::ResolveConflict, |w| {
                match &chosen {
                    Chosen::Whole => {}
                    Chosen::Patient { patient, from } => w.save_patient(patient, Some(*from))?,
                    Chosen::Plan(plan) => {
                        for (from, revision) in (plan.from..).zip(&plan.revisions) {
                            w.save_care_plan(revision, Some(from))?;
                        }
                        if let ([_, locked], Some(paper)) = (plan.revisions.as_slice(), &paper) {
                            w.keep_version(&Record::care_plan(locked.id, locked.patient), locked.version, paper)?;
                        }
                    }
                }
                w.resolve(sending)?.then_some(()).ok_or_else(|| Code::Gone.into())
            })
        };
        self.0.queue.run(keep).await?;
        self.changed(&noun);
        self.list_refused().await
    }

    /// A plan that becomes the next version has its paper made.
    async fn papered(&self, chosen: Chosen, by: By) -> Result<(Chosen, Option<Vec<Paper>>), Problem> {
        let Chosen::Plan(plan) = chosen else { return Ok((chosen, None)) };
        let open = self.0.clone();
        off_thread(move || {
            let paper = match plan.revisions.as_slice() {
                [_, locked] => {
                    let content = Content::Plan { plan: locked, assessed: plan.assessed.clone() };
                    Some(paper::made(&open, &plan.patient, content, &by)?)
                }
                _ => None,
            };
            Ok((Chosen::Plan(plan), paper))
        })
        .await
    }
}

fn chosen(
    store: &Store,
    content: &crate::content::Content,
    sending: SendingId,
    choices: &[Choice],
    by: &By,
) -> Result<Chosen, Problem> {
    let conflict = store.conflict(sending)?.ok_or(Code::Gone)?;
    match sides(store, &conflict)? {
        Sides::Whole => match choices {
            [Choice { item, side }] if item == WHOLE && side == Side::Ours.code() => Ok(Chosen::Whole),
            // The trust's version stays where ours is withdrawn, which wants a reason.
            [Choice { item, .. }] if item == WHOLE => Err(Problem::field("reason", "missing")),
            _ => Err(Problem::field(WHOLE, "missing")),
        },
        Sides::Patient(merged) => {
            let (_, from) = store.patient(merged.record.id)?.ok_or(Code::Gone)?;
            let patient = with(&merged, &read(choices)?)?;
            Ok(Chosen::Patient { patient: Box::new(patient), from })
        }
        Sides::CarePlan(merged) => {
            let newest = store.care_plan(merged.record.id)?.ok_or(Code::Gone)?;
            if newest.plan.status != PlanStatus::Locked {
                return Err(Code::PlanUnlocked.into());
            }
            let plan = with(&merged, &read(choices)?)?;
            let revisions = plan.brought_together(&newest.plan, merged.theirs(), by)?;
            let (patient, known) = store.patient(newest.plan.patient)?.ok_or(Code::Gone)?;
            let hna = store.hna(newest.plan.hna)?.ok_or(Code::Gone)?.hna;
            let assessed = paper::assessed(store, content, &hna)?;
            let from = newest.revision;
            Ok(Chosen::Plan(Box::new(ChosenPlan { revisions, from, patient, known, assessed })))
        }
    }
}

fn read(choices: &[Choice]) -> Result<Vec<(Item, Side)>, Problem> {
    let read = |choice: &Choice| Some((Item::from_code(&choice.item)?, Side::from_code(&choice.side)?));
    choices.iter().map(|choice| read(choice).ok_or_else(|| Code::ChangedMeanwhile.into())).collect()
}

fn conflict_view(store: &Store, conflict: &Conflict, today: Date) -> Result<ConflictView, Problem> {
    let (taken, clashes, same, whole) = match sides(store, conflict)? {
        Sides::Whole => (Vec::new(), Vec::new(), 0, true),
        Sides::Patient(merged) => compared(&merged),
        Sides::CarePlan(merged) => compared(&merged),
    };
    let patient = conflict.record.patient.map(|patient| store.patient(patient)).transpose()?.flatten();
    let (revision, at, staff) = store.last_sent(&conflict.record.id)?.ok_or(Code::Gone)?;
    let who = store.staff_then(staff, &conflict.record.id, revision)?;
    // Of a plan often only a part was changed: who and when are of what moved.
    let first = conflict.theirs.first();
    let moved = conflict.theirs.iter().find(|theirs| theirs.etag != theirs.base).or(first);
    let body: Option<Value> = moved.and_then(|theirs| serde_json::from_str(theirs.body.as_ref()?).ok());
    let written = body.as_ref().and_then(|body| body.pointer("/meta/lastUpdated")).and_then(Value::as_str);
    let written = written.and_then(|at| at.parse::<jiff::Timestamp>().ok());
    Ok(ConflictView {
        sending: conflict.sending,
        banner: patient.map(|(patient, _)| Banner::of(&patient, today)),
        kind: conflict.record.kind,
        record: conflict.record.id.clone(),
        when_ours: When::new(at),
        who_ours: who.map(|staff| staff.name).unwrap_or_default(),
        when_theirs: written.map(|at| When::new(at.as_millisecond())),
        who_theirs: moved.and_then(|theirs| theirs.who.clone()),
        whole,
        removed: first.is_none_or(|theirs| theirs.body.is_none()),
        same,
        taken,
        clashes,
    })
}

fn compared<T: Merge>(merged: &Merged<T>) -> (Vec<TakenView>, Vec<ClashView>, u32, bool) {
    let about = |item: &Item| Some(merged.of(item)).filter(|words| !words.is_empty()).map(str::to_owned);
    let taken = merged.taken.iter().filter(|item| **item != Item::PlanVersion).map(|item| TakenView {
        item: item.code(),
        label: label(item),
        about: about(item),
        coded: is_coded(item),
        theirs: shown(item, &merged.theirs().words(item)),
    });
    let clashes = merged.clashes.iter().map(|clash| ClashView {
        item: clash.item.code(),
        label: label(&clash.item),
        about: about(&clash.item),
        coded: is_coded(&clash.item),
        base: shown(&clash.item, &clash.base),
        ours: shown(&clash.item, &clash.ours),
        theirs: shown(&clash.item, &clash.theirs),
    });
    (taken.collect(), clashes.collect(), u32::try_from(merged.same).unwrap_or(u32::MAX), false)
}

/// What kind of part it is, wherever it stands.
fn label(item: &Item) -> String {
    match item {
        Item::Patient(field) => field.code().to_owned(),
        Item::Concern(_, part) => format!("concern-{}", part.code()),
        Item::Action(_, part) => format!("action-{}", part.code()),
        Item::PlanVersion => "plan-version".to_owned(),
    }
}

fn is_coded(item: &Item) -> bool {
    matches!(
        item,
        Item::Patient(PatientField::Gender | PatientField::Treatments)
            | Item::Concern(_, ConcernPart::Nothing)
            | Item::Action(_, ActionPart::Kind | ActionPart::Owner | ActionPart::Ended)
    )
}

/// The words of a part with its days as staff read them.
fn shown(item: &Item, words: &str) -> String {
    let has_days = matches!(
        item,
        Item::Patient(
            PatientField::Born
                | PatientField::Diagnosed
                | PatientField::Recurred
                | PatientField::Died
                | PatientField::Treatments
        ) | Item::Action(_, ActionPart::Due | ActionPart::Ended)
    );
    if !has_days {
        return words.to_owned();
    }
    let cell = |cell: &str| cell.parse::<Date>().map_or_else(|_| cell.to_owned(), day::short);
    let line = |line: &str| line.split('\t').map(cell).collect::<Vec<_>>().join("\t");
    words.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use domain::action::ActionKey;

    use super::*;

    #[test]
    fn days_are_written_as_staff_read_them_and_words_are_left_alone() {
        let born = Item::Patient(PatientField::Born);
        let ended = Item::Action(ActionKey::new("a-1"), ActionPart::Ended);
        let what = Item::Action(ActionKey::new("a-1"), ActionPart::What);
        assert_eq!(shown(&born, "1956-07-14"), "14-Jul-1956");
        assert_eq!(shown(&ended, "done\n2026-11-23\nRang on 2026-11-20"), "done\n23-Nov-2026\nRang on 2026-11-20");
        assert_eq!(shown(&what, "2026-11-23"), "2026-11-23");
        assert_eq!((label(&born), label(&ended)), ("born".to_owned(), "action-ended".to_owned()));
        assert!(is_coded(&ended) && !is_coded(&what));
    }
}
