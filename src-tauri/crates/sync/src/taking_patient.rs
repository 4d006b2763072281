//! Patients taken in: who is new here, and whose details or cancer were changed at the trust. Two people never become one.

use domain::id::PatientId;
use domain::merge::merge;
use domain::patient::Patient;
use serde_json::Value;
use sha2::{Digest, Sha256};
use store::{Error, NoticeKind, There, TrustRef};

use crate::match_patient::is_in_use;
use crate::taking::{Fetched, Taking, Went};

impl Taking<'_> {
    /// A Patient whom nobody here is known to be: a new one here, unless it may be somebody who is.
    pub fn stranger(&mut self, fetched: &[Fetched]) -> Result<Option<PatientId>, Error> {
        let Some(one) = fetched.iter().find(|one| self.is_the_patient(one)) else { return Ok(None) };
        if !is_in_use(&one.body) {
            return Ok(None);
        }
        let ours = fhir::our_patient(&one.body);
        let id = ours.unwrap_or_else(|| of_the_trust(self.patient));
        // Registered here, and the answer of the trust was lost: sending asks.
        if self.store.patient(id)?.is_some() {
            self.taken.left += 1;
            return Ok(None);
        }
        let bodies: Vec<Value> = fetched.iter().filter(|one| self.is_about(one)).map(|one| one.body.clone()).collect();
        let by = self.by(one, None);
        let Ok(patient) = fhir::new_patient(&one.body, &bodies, id, by.at) else {
            self.not_read(one)?;
            return Ok(None);
        };
        if let Some(same) = self.perhaps(&patient)? {
            // Sending looks up who that is; where it has, it is somebody else.
            match self.store.trust_ref("Patient", &same.to_string())? {
                Some(_) => self.tell(NoticeKind::PerhapsTheSame, one)?,
                None => self.taken.left += 1,
            }
            return Ok(None);
        }
        let there = TrustRef {
            kind: "Patient".to_owned(),
            local_id: id.to_string(),
            server_id: self.patient.to_owned(),
            version: ours.map(|_| one.there.version.clone()),
        };
        let with = self.of_cancer(id, fetched);
        let these: Vec<&There> = with.iter().map(|one| &one.there).chain([&one.there]).collect();
        self.store.receive::<_, Error>(&by, self.at, |w| {
            w.save_patient(&patient, None)?;
            w.know_patient(&there)?;
            w.keep_taken(&these, id)
        })?;
        self.taken.records += 1;
        Ok(Some(id))
    }

    /// Somebody here who may be this person.
    fn perhaps(&self, patient: &Patient) -> Result<Option<PatientId>, Error> {
        let number = patient.nhs_number.as_ref().map(|number| self.store.patient_with_number(number)).transpose()?;
        match number.flatten() {
            Some(same) => Ok(Some(same)),
            None => self.store.patient_in_hospital(&patient.hospital_number, patient.born),
        }
    }

    /// What was changed there of somebody who is known here.
    pub fn details(&mut self, lane: PatientId, fetched: &[Fetched]) -> Result<(), Error> {
        let details = fetched.iter().find(|one| self.is_the_patient(one));
        let cancer = self.of_cancer(lane, fetched);
        let Some(first) = details.or(cancer.first().copied()) else { return Ok(()) };
        let done = self.changed(lane, details, &cancer, first);
        self.went(done, first)
    }

    fn changed(
        &mut self,
        lane: PatientId,
        details: Option<&Fetched>,
        cancer: &[&Fetched],
        first: &Fetched,
    ) -> Result<Went, Error> {
        let id = lane.to_string();
        let Some((ours, revision)) = self.store.patient(lane)? else { return Ok(Went::Left) };
        if self.store.is_as_sent(&id)? != Some(true) || details.is_some_and(|one| !is_in_use(&one.body)) {
            return Ok(Went::Left);
        }
        let made_here = self.patient == id;
        let mut read = ours.clone();
        if let Some(one) = details {
            let details = match made_here {
                true => fhir::read_patient(&one.body, &ours).ok(),
                false => self.of_their_own(&id, &one.body, &ours)?,
            };
            let Some(details) = details else { return Ok(Went::NotRead) };
            read = details;
        }
        let bodies: Vec<Value> = cancer.iter().map(|one| one.body.clone()).collect();
        if !bodies.is_empty() {
            let Ok(with) = fhir::read_cancer(&bodies, &read) else { return Ok(Went::NotRead) };
            read = with;
        }
        let these: Vec<&There> = details.into_iter().chain(cancer.iter().copied()).map(|one| &one.there).collect();
        if read == ours {
            self.store.keep_taken(&these, lane)?;
            return Ok(Went::Same);
        }
        // Who somebody is changes by a colleague's act, or not by itself; a new name alone is one that people get.
        let same = read.nhs_number == ours.nhs_number && read.born == ours.born;
        if !(same || self.act(first).is_some()) {
            return Ok(Went::NotRead);
        }
        let by = self.by(first, None);
        let there = self.store.trust_ref("Patient", &id)?;
        let kept = self.store.receive::<_, Error>(&by, self.at, |w| {
            w.save_patient(&read, Some(revision))?;
            if let Some(there) = &there {
                w.know_patient(there)?;
            }
            w.keep_taken(&these, lane)
        });
        match kept {
            Err(Error::DuplicatePatient(_)) => {
                self.tell(NoticeKind::PerhapsTheSame, first)?;
                Ok(Went::Left)
            }
            other => other.map(|()| Went::In),
        }
    }

    /// Ours with what the trust changed of its own Patient since it was last looked at, where nobody changed the same here; at first with
    /// what nobody has entered here.
    fn of_their_own(&self, id: &str, body: &Value, ours: &Patient) -> Result<Option<Patient>, Error> {
        let before: Option<Value> =
            self.store.left_there("Patient", id)?.and_then(|before| serde_json::from_str(&before).ok());
        let before = before.and_then(|before| fhir::read_details(&before, ours).ok());
        let blank = Patient { cancer: ours.cancer.clone(), ..fhir::blank_patient(ours.id) };
        let base = before.unwrap_or(Patient {
            key_worker: ours.key_worker.clone(),
            team: ours.team.clone(),
            diagnosed_at: ours.diagnosed_at.clone(),
            ..blank
        });
        let theirs = fhir::read_details(body, ours).ok();
        Ok(theirs
            .map(|theirs| merge(&base, ours, &theirs).record)
            .map(|read| Patient { checked_at: ours.checked_at, ..read }))
    }

    /// Is it the very Patient that was asked for?
    fn is_the_patient(&self, one: &Fetched) -> bool {
        one.is("Patient")
            && one.there.server_id == self.patient
            && one.body.get("id").and_then(Value::as_str) == Some(self.patient)
    }

    /// Does it say that it is about this Patient?
    pub fn is_about(&self, one: &Fetched) -> bool {
        one.body.pointer("/subject/reference").and_then(Value::as_str) == Some(&self.reference)
    }

    fn of_cancer<'f>(&self, lane: PatientId, fetched: &'f [Fetched]) -> Vec<&'f Fetched> {
        let is =
            |one: &&Fetched| self.is_about(one) && !fhir::cancer_of(std::slice::from_ref(&one.body), lane).is_empty();
        fetched.iter().filter(is).collect()
    }
}

/// The identifier that every PC gives to a Patient that the trust made: what they derive from it is then one thing there.
fn of_the_trust(patient: &str) -> PatientId {
    let digest: [u8; 32] = Sha256::digest(format!("Patient/{patient}").as_bytes()).into();
    let mut id = [0; 16];
    id.iter_mut().zip(digest).for_each(|(byte, of)| *byte = of);
    PatientId::from_random(id)
}
