//! What a record refers to and a person withdrew before the trust had it: it goes again, before what refers to it.

use domain::id::SendingId;
use rusqlite::Connection;

use crate::error::Error;
use crate::outbox::SHARED_LANE;
use crate::write::Saved;

/// The newest sendings of records of this lane that were withdrawn, where the trust never took one and has none by somebody else; of them
/// those that the saved revision names, and those that these name. A snapshot names a record by its identifier.
const NAMED: &str = "WITH RECURSIVE lost AS MATERIALIZED (
         SELECT s.seq, s.id, s.revision FROM sending s
         WHERE s.state <> 'acked' AND s.state = 'withdrawn' AND s.lane = ?1
           AND NOT EXISTS (SELECT 1 FROM sending o WHERE o.id = s.id AND (o.seq > s.seq OR o.state = 'acked'))
           AND NOT EXISTS (SELECT 1 FROM conflict_resource r
                           WHERE r.sending_id = s.sending_id AND r.place = 0 AND r.body IS NOT NULL)
           AND NOT (s.kind = 'patient' AND EXISTS (SELECT 1 FROM trust_ref t WHERE t.type = 'Patient' AND t.local_id = s.lane))),
     named (id, revision) AS (
         VALUES (?2, ?3)
         UNION
         SELECT l.id, l.revision
         FROM named n JOIN revision r ON r.id = n.id AND r.revision = n.revision
              JOIN json_tree(iif(json_valid(r.snapshot), r.snapshot, '[]')) part JOIN lost l ON l.id = part.atom)
     SELECT seq FROM lost JOIN named USING (id) WHERE id <> ?2 ORDER BY seq";

/// Queues again what this revision cannot go without. What was withdrawn stays so; its record goes as it was then, by who saved it.
pub(crate) fn queue_again(
    conn: &Connection,
    saved: &Saved,
    mut new_id: impl FnMut() -> Option<[u8; 16]>,
) -> Result<(), Error> {
    let lane = saved.record.patient.map_or(SHARED_LANE.to_owned(), |patient| patient.to_string());
    let mut statement = conn.prepare_cached(NAMED)?;
    let rows = statement.query_map((&lane, &saved.record.id, saved.revision), |row| row.get(0))?;
    let lost: Vec<i64> = rows.collect::<Result<_, _>>()?;
    for seq in lost {
        let sending = SendingId::from_random(new_id().ok_or(Error::Randomness)?);
        conn.prepare_cached(
            "INSERT INTO sending (sending_id, lane, kind, id, revision, staff, form_version)
             SELECT ?1, lane, kind, id, revision, staff, form_version FROM sending WHERE seq = ?2",
        )?
        .execute((sending.to_string(), seq))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use domain::id::HnaId;
    use domain::offer::Offer;
    use domain::op::Op;

    use crate::kept::Kept;
    use crate::offer::tests::an_offer;
    use crate::open::Store;
    use crate::open::tests::{Folder, by, draft, ids, keys, nurse, patient};
    use crate::outbox::Outgoing;
    use crate::trust_ref::{Learnt, TrustRef};

    use super::*;

    fn due(store: &Store) -> Vec<Outgoing> {
        store.sendings_due(5, 16).unwrap().sendings
    }

    /// The first that is due was refused, and somebody withdrew it.
    fn withdraw(store: &mut Store) {
        let one = due(store).remove(0).sending;
        let refused = Kept::Quarantined { reason: "refused_content", said: String::new() };
        store.keep_sendings(6, "", &[(one, refused)]).unwrap();
        store.write::<_, Error>(&by(7), Op::WithdrawSending, |w| w.withdraw(one, "Said twice")).unwrap();
    }

    /// Anna and her assessment, both withdrawn.
    fn without_anna(folder: &Folder) -> (Store, HnaId) {
        let mut store = Store::create(&folder.database(), keys(1), ids()).unwrap();
        let anna = patient(11, "9990000018");
        let hna = draft(anna.id);
        store
            .write::<_, Error>(&by(1), Op::RegisterPatient, |w| {
                w.save_staff(&nurse())?;
                w.save_patient(&anna, None)
            })
            .unwrap();
        store.write::<_, Error>(&by(2), Op::CompleteHna, |w| w.save_hna(&hna, None)).unwrap();
        withdraw(&mut store);
        withdraw(&mut store);
        assert!(due(&store).is_empty());
        (store, hna.id)
    }

    /// An offer, which refers to the patient and to this assessment.
    fn offer(store: &mut Store, number: u8, hna: Option<HnaId>) {
        let offer = Offer { plan_for: hna, ..an_offer(number, patient(11, "").id) };
        store.write::<_, Error>(&by(9), Op::RecordOffer, |w| w.save_offer(&offer, None)).unwrap();
    }

    fn kinds(store: &Store) -> Vec<&'static str> {
        due(store).iter().map(|one| one.kind.code()).collect()
    }

    #[test]
    fn what_was_withdrawn_goes_again_before_what_refers_to_it() {
        let folder = Folder::new("needed-again");
        let (mut store, hna) = without_anna(&folder);
        offer(&mut store, 21, Some(hna));
        assert_eq!(kinds(&store), ["patient", "hna", "offer"], "nothing goes that would refer to nothing");
        assert_eq!(due(&store)[1].staff, by(2).staff, "by who saved it");
        offer(&mut store, 22, Some(hna));
        assert_eq!(kinds(&store), ["patient", "hna", "offer", "offer"], "and once");
    }

    #[test]
    fn what_nothing_refers_to_or_the_trust_has_stays_withdrawn() {
        let folder = Folder::new("needed-there");
        let (mut store, _) = without_anna(&folder);
        let lane = patient(11, "").id.to_string();
        let there =
            TrustRef { kind: "Patient".to_owned(), local_id: lane, server_id: "theirs".to_owned(), version: None };
        store.keep_patients(&[Learnt::Known(there)]).unwrap();
        offer(&mut store, 21, None);
        assert_eq!(kinds(&store), ["offer"]);
    }
}
