//! Completed assessments and agreed care plans taken in, new ones and those that somebody changed at the trust.

use domain::care_plan::{CarePlan, PlanStatus};
use domain::hna::Hna;
use domain::id::PatientId;
use domain::record::Record;
use domain::staff::{Organisation, Role};
use fhir::Author;
use serde_json::Value;
use store::{Error, There, readable};

use crate::taking::{Fetched, Taking, Went};

impl Taking<'_> {
    /// Responses that we wrote of assessments; those that patients wrote at home are for a nurse.
    pub fn assessments(&mut self, lane: PatientId, fetched: &[Fetched]) -> Result<(), Error> {
        let ours = |one: &&Fetched| one.is("QuestionnaireResponse") && fhir::our_assessment(&one.body).is_some();
        let mut found: Vec<(Option<Hna>, &Fetched)> = Vec::new();
        for one in fetched.iter().filter(ours) {
            found.push((self.assessment(lane, one)?, one));
        }
        // What is scored again is here before it is.
        found.sort_by_key(|(hna, _)| hna.as_ref().map(|hna| hna.started_at));
        for (hna, one) in found {
            let done = match hna {
                Some(hna) => self.keep_assessment(lane, &hna, one, fetched),
                None => Ok(Went::NotRead),
            };
            self.went(done, one)?;
        }
        Ok(())
    }

    fn assessment(&self, lane: PatientId, one: &Fetched) -> Result<Option<Hna>, Error> {
        let canonical = one.body.get("questionnaire").and_then(Value::as_str);
        let checklist = canonical.and_then(|canonical| self.packs.checklist(self.store, canonical));
        Ok(checklist.and_then(|list| fhir::read_hna(&one.body, lane, &self.reference, &list).ok()))
    }

    fn keep_assessment(
        &mut self,
        lane: PatientId,
        hna: &Hna,
        one: &Fetched,
        fetched: &[Fetched],
    ) -> Result<Went, Error> {
        let Some(list) = self.packs.checklist(self.store, &hna.checklist) else { return Ok(Went::NotRead) };
        let nobody = Organisation::default();
        let (staff, name) = (hna.typed_by, hna.typed_by_name.as_str());
        let author = Author { staff, name, role: Role::NotKnown, organisation: &nobody };
        let yields = |hna: &Hna| fhir::hna(hna, &list, &self.reference, &author);
        let names: Vec<String> = yields(hna).iter().map(fhir::Resource::reference).collect();
        let parts = fetched.iter().filter(|part| names.contains(&part.name()) && self.is_about(part));
        let these: Vec<&There> = parts.map(|part| &part.there).collect();
        let here = self.store.hna(hna.id)?;
        if let Some(here) = &here {
            if here.hna.patient != lane {
                return Ok(Went::NotRead);
            }
            if self.store.is_as_sent(&hna.id.to_string())? != Some(true) {
                return Ok(Went::Left);
            }
            // Areas and topics are sets, and the response has them in the order of the checklist.
            if yields(&here.hna) == yields(hna) {
                self.store.keep_taken(&these, lane)?;
                return Ok(Went::Same);
            }
        }
        let by = self.by(one, Some((staff, name, Role::NotKnown)));
        self.store.receive::<_, Error>(&by, self.at, |w| {
            w.save_hna(hna, here.map(|here| here.revision))?;
            w.keep_taken(&these, lane)
        })?;
        Ok(Went::In)
    }

    /// Agreed plans with what became of their actions.
    pub fn plans(&mut self, lane: PatientId, fetched: &[Fetched]) -> Result<(), Error> {
        let mut found: Vec<(Option<CarePlan>, &Fetched)> = Vec::new();
        let mut lacking = Vec::new();
        for one in fetched.iter().filter(|one| one.is("CarePlan")) {
            let Some(id) = fhir::our_plan(&one.body) else { continue };
            if self.lacks_parts(one, fetched)? {
                self.taken.left += 1;
                lacking.push(id);
                continue;
            }
            match self.store.care_plan(id) {
                Ok(None) => found.push((self.new_plan(lane, one, fetched)?, one)),
                // It is one of this patient's, below, or somebody else's.
                Ok(Some(here)) if here.plan.patient == lane => {}
                Ok(Some(_)) => self.not_read(one)?,
                Err(error) => self.went(Err(error), one)?,
            }
        }
        // What a plan follows is here before it is.
        found.sort_by_key(|(plan, _)| plan.as_ref().map(|plan| plan.started_at));
        let Some(known) = readable(self.store.care_plans_of(lane))? else {
            self.taken.left += 1;
            return Ok(());
        };
        for (plan, one) in found {
            let done = match plan {
                Some(plan) => self.keep_plan(lane, &plan, None, one, fetched),
                None => Ok(Went::NotRead),
            };
            self.went(done, one)?;
        }
        for saved in known.into_iter().filter(|saved| !lacking.contains(&saved.plan.id)) {
            let parts = self.parts(&saved.plan, fetched);
            let Some(first) = parts.first().copied() else { continue };
            let done = self.changed_plan(lane, &saved, &parts, fetched);
            self.went(done, first)?;
        }
        Ok(())
    }

    /// Was a part that this plan names passed over, because it came before the plan did? Then it is fetched anew.
    fn lacks_parts(&mut self, one: &Fetched, fetched: &[Fetched]) -> Result<bool, Error> {
        let Some(plan) = fhir::our_plan(&one.body) else { return Ok(false) };
        let mut lacks = false;
        for part in fhir::parts_of_plan(&one.body, plan) {
            if fetched.iter().any(|one| one.name() == part) {
                continue;
            }
            if let Some((kind, id)) = part.split_once('/') {
                lacks |= self.store.fetch_again(self.patient, kind, id)?;
            }
        }
        Ok(lacks)
    }

    fn new_plan(&self, lane: PatientId, one: &Fetched, fetched: &[Fetched]) -> Result<Option<CarePlan>, Error> {
        let Some((id, hna)) = fhir::our_plan(&one.body).zip(fhir::assessment_of_plan(&one.body)) else {
            return Ok(None);
        };
        let hna = readable(self.store.hna(hna))?.flatten().filter(|saved| saved.hna.patient == lane);
        let Some(hna) = hna else { return Ok(None) };
        let named = fhir::parts_of_plan(&one.body, id);
        let parts = fetched.iter().filter(|part| named.contains(&part.name()));
        let bodies: Vec<Value> = [one].into_iter().chain(parts).map(|part| part.body.clone()).collect();
        Ok(fhir::new_care_plan(&bodies, &hna.hna, &self.reference).ok())
    }

    /// What was fetched of a plan that is here, its CarePlan first.
    fn parts<'f>(&self, plan: &CarePlan, fetched: &'f [Fetched]) -> Vec<&'f Fetched> {
        let body = fetched.iter().find(|one| one.is("CarePlan") && fhir::our_plan(&one.body) == Some(plan.id));
        let mut names = fhir::ever_of_plan(plan);
        names.extend(body.map(|one| fhir::parts_of_plan(&one.body, plan.id)).unwrap_or_default());
        let parts = fetched.iter().filter(|part| names.contains(&part.name()) && self.is_about(part));
        body.into_iter().chain(parts).collect()
    }

    fn changed_plan(
        &mut self,
        lane: PatientId,
        saved: &store::SavedPlan,
        parts: &[&Fetched],
        fetched: &[Fetched],
    ) -> Result<Went, Error> {
        if self.store.is_as_sent(&saved.plan.id.to_string())? != Some(true) {
            return Ok(Went::Left);
        }
        let Some(first) = parts.first() else { return Ok(Went::Same) };
        let bodies: Vec<Value> = parts.iter().map(|part| part.body.clone()).collect();
        let about = bodies
            .iter()
            .all(|body| body.pointer("/subject/reference").and_then(Value::as_str) == Some(&self.reference));
        let Ok(read) = fhir::read_care_plan(&bodies, &saved.plan) else { return Ok(Went::NotRead) };
        // A version that was agreed before ours takes nothing back by itself.
        if !about || read.status != PlanStatus::Locked || read.version < saved.plan.version {
            return Ok(Went::NotRead);
        }
        if read == saved.plan {
            let these: Vec<&There> = parts.iter().map(|part| &part.there).collect();
            self.store.keep_taken(&these, lane)?;
            return Ok(Went::Same);
        }
        self.keep_plan(lane, &read, Some(saved), first, fetched)
    }

    fn keep_plan(
        &mut self,
        lane: PatientId,
        plan: &CarePlan,
        here: Option<&store::SavedPlan>,
        one: &Fetched,
        fetched: &[Fetched],
    ) -> Result<Went, Error> {
        let these: Vec<&There> = self.parts(plan, fetched).into_iter().map(|part| &part.there).collect();
        let author = plan.signed.as_ref().map(|signed| (signed.staff, signed.name.as_str(), signed.role));
        let by = self.by(one, author);
        self.store.receive::<_, Error>(&by, self.at, |w| {
            w.save_care_plan(plan, here.map(|here| here.revision))?;
            if here.is_none_or(|here| here.plan.version < plan.version) {
                w.keep_version(&Record::care_plan(plan.id, lane), plan.version, &[])?;
            }
            w.keep_taken(&these, lane)
        })?;
        Ok(Went::In)
    }
}
