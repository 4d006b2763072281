//! What a patient's records have for the blanks of a summary: what is offered, what is taken by itself, and what stays private.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::care_plan::CarePlan;
use crate::checklist::Checklist;
use crate::day;
use crate::hna::{Hna, HnaStatus};
use crate::patient::{Patient, Treatment};
use crate::summary_template::{Line, Prefill, Slot, SummaryTemplate};
use crate::treatment_summary::{Chosen, TreatmentSummary};

/// What can be offered about one patient.
#[derive(Clone, Debug)]
pub struct Known {
    patient: Patient,
    /// Days on which assessments were completed, as they were added.
    assessed: Vec<String>,
    /// Concerns of those assessments.
    concerns: Vec<String>,
    /// Days on which plans were agreed, as they were added.
    agreed: Vec<String>,
}

impl Known {
    /// What the patient's own record holds.
    pub fn about(patient: Patient) -> Known {
        Known { patient, assessed: Vec::new(), concerns: Vec::new(), agreed: Vec::new() }
    }

    /// Adds what an assessment holds; add the newest first. One that is not completed counts for nothing, and what the patient wants
    /// to talk about privately is not put into a letter by itself.
    pub fn add_hna(&mut self, hna: &Hna, checklist: &Checklist) {
        if hna.status != HnaStatus::Completed {
            return;
        }
        self.assessed.extend(hna.completed_at.map(day_of));
        let concerns = hna.concerns.iter().filter(|concern| !concern.private);
        self.concerns.extend(concerns.map(|concern| concern.text(checklist).to_owned()));
    }

    /// Adds the day on which a plan was agreed, if it was; add the newest first.
    pub fn add_plan(&mut self, plan: &CarePlan) {
        self.agreed.extend(plan.signed.as_ref().map(|signed| day_of(signed.at)));
    }

    /// The values that fit a slot, as it records them, each once.
    pub fn offers(&self, line: &Line, slot: &Slot) -> Vec<String> {
        let Some(prefill) = slot.prefill else { return Vec::new() };
        let day = |day: Option<Date>| day.map(|day| day.to_string()).into_iter().collect();
        let values: Vec<String> = match prefill {
            Prefill::Diagnosed => day(self.patient.cancer.diagnosed),
            Prefill::Recurred => day(self.patient.cancer.recurred),
            Prefill::KeyWorker => vec![self.patient.key_worker.clone()],
            Prefill::Team => vec![self.patient.team.clone()],
            Prefill::FollowedUpAt => vec![self.patient.followed_up_at.name.clone()],
            Prefill::TreatmentName | Prefill::TreatmentStart | Prefill::TreatmentEnd => {
                self.treatments(line).filter_map(|treatment| of_treatment(prefill, treatment)).collect()
            }
            Prefill::HnaCompleted => self.assessed.clone(),
            Prefill::HnaConcern => self.concerns.clone(),
            Prefill::PlanAgreed => self.agreed.clone(),
            // No record holds a cancer care review.
            Prefill::ReviewFrom | Prefill::ReviewTo => Vec::new(),
        };
        let mut fitting: Vec<String> = Vec::new();
        for value in values.iter().filter_map(|value| slot.read(value).ok()) {
            if !fitting.contains(&value) {
                fitting.push(value);
            }
        }
        fitting
    }

    /// What a line is filled with when it is chosen: the only value there is for a slot, and one treatment in all slots of a treatment.
    /// Nothing that another entry of the same line says already.
    pub fn filled(
        &self,
        template: &SummaryTemplate,
        summary: &TreatmentSummary,
        line: &Line,
    ) -> BTreeMap<String, String> {
        let mut filled = self.treatment(template, summary, line).unwrap_or_default();
        for slot in line.slots.iter().filter(|slot| !is_of_treatment(slot)) {
            if let [only] = self.offers(line, slot).as_slice() {
                let said =
                    |chosen: &Chosen| is_of(template, chosen, line) && chosen.values.get(&slot.key) == Some(only);
                if !summary.chosen.iter().any(said) {
                    filled.insert(slot.key.clone(), only.clone());
                }
            }
        }
        filled
    }

    /// The treatment that this entry is about, by slot: the only one of its kind, else the first that no line of the kind says yet.
    /// Where the line has no blank for a name, its own words say which treatment it is, and with several a person picks.
    fn treatment(
        &self,
        template: &SummaryTemplate,
        summary: &TreatmentSummary,
        line: &Line,
    ) -> Option<BTreeMap<String, String>> {
        let mut recorded: Vec<&Treatment> = Vec::new();
        for treatment in self.treatments(line) {
            if !values(line, treatment).is_empty() && !recorded.contains(&treatment) {
                recorded.push(treatment);
            }
        }
        let named = line.slots.iter().any(|slot| slot.prefill == Some(Prefill::TreatmentName));
        let says = |chosen: &Chosen, treatment: &Treatment| {
            let of = template.line(&chosen.section, &chosen.line);
            let values = of.map(|line| values(line, treatment)).unwrap_or_default();
            !values.is_empty() && values.iter().all(|(slot, value)| chosen.values.get(slot) == Some(value))
        };
        let free = match recorded.as_slice() {
            [only] => {
                let said = |chosen: &&Chosen| is_of(template, chosen, line) && says(chosen, only);
                summary.chosen.iter().find(said).is_none().then_some(*only)
            }
            several if named => {
                several.iter().find(|treatment| !summary.chosen.iter().any(|chosen| says(chosen, treatment))).copied()
            }
            _ => None,
        };
        free.map(|treatment| values(line, treatment))
    }

    fn treatments<'a>(&'a self, line: &'a Line) -> impl Iterator<Item = &'a Treatment> {
        self.patient.cancer.treatments.iter().filter(|treatment| Some(treatment.kind) == line.treatment)
    }
}

/// What a treatment has for the slots of a line, as they record it. Nothing when it is of another kind.
fn values(line: &Line, treatment: &Treatment) -> BTreeMap<String, String> {
    let value = |slot: &Slot| {
        let value = of_treatment(slot.prefill?, treatment)?;
        Some((slot.key.clone(), slot.read(&value).ok()?))
    };
    let fits = line.treatment == Some(treatment.kind);
    line.slots.iter().filter(|_| fits).filter_map(value).collect()
}

fn of_treatment(prefill: Prefill, treatment: &Treatment) -> Option<String> {
    match prefill {
        Prefill::TreatmentName => Some(treatment.name.clone()),
        Prefill::TreatmentStart => treatment.start.map(|day| day.to_string()),
        Prefill::TreatmentEnd => treatment.end.map(|day| day.to_string()),
        _ => None,
    }
}

fn is_of_treatment(slot: &Slot) -> bool {
    matches!(slot.prefill, Some(Prefill::TreatmentName | Prefill::TreatmentStart | Prefill::TreatmentEnd))
}

/// Is this an entry of that line?
fn is_of(template: &SummaryTemplate, chosen: &Chosen, line: &Line) -> bool {
    template.line(&chosen.section, &chosen.line).is_some_and(|of| std::ptr::eq(of, line))
}

fn day_of(at: i64) -> String {
    day::london(at).date().to_string()
}

#[cfg(test)]
#[path = "summary_offers_tests.rs"]
mod tests;
