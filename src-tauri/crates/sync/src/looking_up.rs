//! Whom the trust knows already: all that are asked about go in one question where the server answers several at once.

use domain::patient::Patient;
use store::Outgoing;

use crate::event::{Match, Standing};
use crate::fault::Trouble;
use crate::match_patient;
use crate::push::{Books, Push, Stopped};
use crate::reading::{Known, known};
use crate::together::Question;
use crate::transport::Wire;

impl<B: Books, W: Wire> Push<B, W> {
    pub(crate) async fn matched(
        &self,
        strangers: Vec<Outgoing>,
    ) -> Result<Result<Vec<(String, Match)>, Trouble>, Stopped> {
        let mut lanes: Vec<(Outgoing, Option<Known>)> = Vec::new();
        for first in strangers {
            if lanes.iter().all(|(one, _)| one.lane != first.lane) {
                let of = first.lane.clone();
                let known = self.books.run(move |store| known(store, &of)).await?;
                lanes.push((first, known));
            }
        }
        let patients: Vec<&Patient> = lanes.iter().filter_map(|(_, known)| Some(&known.as_ref()?.patient)).collect();
        let mut looked_up = match self.all_looked_up(&patients).await? {
            Ok(found) => found.into_iter(),
            Err(trouble) => return Ok(Err(trouble)),
        };
        let mut found: Vec<(String, Match)> = Vec::with_capacity(lanes.len());
        for (first, known) in lanes {
            let lane = first.lane.clone();
            let one = match known.and_then(|known| Some((known, looked_up.next()?))) {
                None => Match::Unreadable,
                Some((known, one)) => {
                    match self.same(first, match_patient::settled(one, known.there.as_ref())).await? {
                        Ok(one) => one,
                        Err(trouble) => return Ok(Err(trouble)),
                    }
                }
            };
            found.push((lane, one));
        }
        Ok(Ok(found))
    }

    /// One under our own id may be what is about to be sent, from a transaction that broke off in the middle.
    async fn same(&self, first: Outgoing, found: Match) -> Result<Result<Match, Trouble>, Stopped> {
        if !matches!(found, Match::Ours(_)) {
            return Ok(Ok(found));
        }
        let carried = self.carried(vec![first]).await?;
        let Some(one) = carried.into_iter().flatten().next() else { return Ok(Ok(found)) };
        Ok(self.standing(&one).await?.map(|standing| match standing {
            Standing::Same(refs) => Match::Same(refs),
            Standing::Moved(theirs) => Match::Ours(theirs),
            _ => found,
        }))
    }

    pub(crate) async fn looked_up(&self, patient: &Patient) -> Result<Result<Match, Trouble>, Stopped> {
        let Some(query) = match_patient::query(patient) else { return Ok(Ok(Match::None)) };
        let query: Vec<(&str, &str)> = query.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let reply = self.server.search("Patient", &query, &self.id()?).await;
        Ok(match_patient::read(&reply, patient))
    }

    /// The same for several: one answer for each.
    pub(crate) async fn all_looked_up(&self, patients: &[&Patient]) -> Result<Result<Vec<Match>, Trouble>, Stopped> {
        let query = |one: &&Patient| match_patient::query(one).map(|query| query.to_vec());
        let asked = patients.iter().filter_map(query);
        let asked: Vec<Question> = asked.map(|query| Question { kind: "Patient", query, shielded: true }).collect();
        match self.found(&asked).await? {
            // Nobody says whose answer has another page.
            Ok((_, true)) if asked.len() > 1 => {}
            found => {
                let of = |found| patients.iter().map(|one| match_patient::among(&found, one)).collect();
                return Ok(found.map(of));
            }
        }
        let mut all = Vec::with_capacity(patients.len());
        for one in patients {
            match self.looked_up(one).await? {
                Ok(found) => all.push(found),
                Err(trouble) => return Ok(Err(trouble)),
            }
        }
        Ok(Ok(all))
    }
}
