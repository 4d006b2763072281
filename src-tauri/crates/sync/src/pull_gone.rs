//! What is not at the trust any more. One resource that is gone is read once more, and somebody is told; when many are missing at once,
//! or a server has nothing at all, nothing is concluded until a person has said what to think of it. What is here stays in any case.

use store::{About, NewNotice, NoticeKind, There};

use crate::answer::{Read, of_read};
use crate::fault::Trouble;
use crate::pull::{Pull, Round};
use crate::pull_read::whole;
use crate::pull_wire::Pages;
use crate::push::{Books, Stopped};

/// More than this is many at once; and so is more than a tenth, when it is more than one.
const A_FEW: usize = 5;

impl<B: Books, W: Pages> Pull<B, W> {
    /// Finds out what became of what no list names any more.
    pub(crate) async fn conclude(&self, round: &mut Round) -> Result<Result<(), Trouble>, Stopped> {
        let missing = std::mem::take(&mut round.missing);
        if missing.is_empty() {
            return Ok(Ok(()));
        }
        if is_many(missing.len(), round.known, round.listed) {
            let first = missing.first().map(|one| one.patient.clone());
            let patient = first.filter(|first| missing.iter().all(|one| one.patient == *first));
            let about =
                missing.into_iter().map(|one| About { kind: one.kind, server_id: one.id, version: None }).collect();
            let new = NewNotice { kind: NoticeKind::ManyRemoved, patient, resource: None, about };
            let at = self.books.now();
            self.books.run(move |store| store.keep_notice(at, &new)).await?;
            return Ok(Ok(()));
        }
        for one in missing {
            let reply = self.server.get(&format!("{}/{}", one.kind, one.id), &[], &self.id()?).await;
            match of_read(&reply, &one.kind, &one.id) {
                Read::Absent => {
                    let at = self.books.now();
                    let removed =
                        move |store: &mut store::Store| store.keep_removed(at, &one.patient, &one.kind, &one.id);
                    self.books.run(removed).await?;
                }
                // The list was behind, or it is about somebody else now.
                Read::Found { etag, body } => {
                    let Some(there) = whole(&body, &[one.patient.clone()].into()) else {
                        let about = About { kind: one.kind, server_id: one.id, version: Some(etag) };
                        self.tell(NoticeKind::OtherPatient, &one.patient, Some(about)).await?;
                        continue;
                    };
                    let there = There { version: etag, ..there };
                    let (staged, _) = self.books.run(move |store| store.keep_there(&[there])).await?;
                    round.pulled.staged += staged;
                }
                Read::Fault(trouble) => return Ok(Err(trouble)),
            }
        }
        Ok(Ok(()))
    }
}

fn is_many(missing: usize, known: usize, listed: usize) -> bool {
    missing > A_FEW || listed == 0 || (missing > 1 && missing * 10 > known)
}

#[cfg(test)]
mod tests {
    use super::is_many;

    #[test]
    fn a_handful_a_tenth_or_everything_is_many() {
        assert!(is_many(6, 1000, 994) && is_many(1, 1, 0) && is_many(2, 19, 17));
        assert!(!is_many(1, 2, 1) && !is_many(5, 50, 45) && !is_many(2, 20, 18));
    }
}
