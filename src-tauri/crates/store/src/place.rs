//! Where each nurse was.

use domain::id::{HnaId, PatientId, StaffId};
use domain::place::Place;
use rusqlite::OptionalExtension;

use crate::error::Error;
use crate::open::Store;
use crate::write::Writing;

impl Store {
    /// Where this member of staff was; None when nowhere, or when what is kept no longer reads.
    pub fn place(&self, staff: StaffId) -> Result<Option<Place>, Error> {
        let mut statement =
            self.conn.prepare_cached("SELECT screen, patient, hna, record, item FROM place WHERE staff = ?1")?;
        type Row = (String, Option<String>, Option<String>, Option<String>, Option<String>);
        let row: Option<Row> = statement
            .query_row([staff.to_string()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))
            .optional()?;
        Ok(row.and_then(|(screen, patient, hna, record, item)| {
            let patient = patient.as_deref().and_then(PatientId::parse);
            Place::new(&screen, patient, hna.as_deref().and_then(HnaId::parse), record.as_deref(), item.as_deref())
        }))
    }
}

impl Writing<'_> {
    pub fn keep_place(&mut self, place: &Place) -> Result<(), Error> {
        self.tx
            .prepare_cached(
                "INSERT INTO place (staff, screen, patient, hna, record, item) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (staff) DO UPDATE SET screen = ?2, patient = ?3, hna = ?4, record = ?5, item = ?6",
            )?
            .execute((
                self.by.staff.to_string(),
                &place.screen,
                place.patient.map(|p| p.to_string()),
                place.hna.map(|h| h.to_string()),
                &place.record,
                &place.item,
            ))?;
        Ok(())
    }
}
