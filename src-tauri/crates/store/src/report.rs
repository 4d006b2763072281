//! Which patients a report has to look at. What it counts of them is read record by record, as every screen reads it.

use domain::id::PatientId;
use domain::record::RecordKind;

use crate::error::Error;
use crate::open::Store;

impl Store {
    /// The patients of whom an offer, an assessment, a plan or a summary is recorded.
    pub fn patients_to_report(&self) -> Result<Vec<PatientId>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT patient FROM offer UNION SELECT patient FROM hna
             UNION SELECT patient FROM care_plan UNION SELECT patient FROM treatment_summary",
        )?;
        let mut rows = statement.query([])?;
        let mut patients = Vec::new();
        while let Some(row) = rows.next()? {
            let id: String = row.get(0)?;
            patients.push(PatientId::parse(&id).ok_or(Error::Unreadable(RecordKind::Patient))?);
        }
        Ok(patients)
    }
}
