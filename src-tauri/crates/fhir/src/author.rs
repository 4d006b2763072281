//! Who wrote or signed, as a logical reference: identifier and name. No Practitioner is written.

use domain::id::StaffId;
use domain::staff::{Organisation, Role, Signature};
use serde_json::{Value, json};

use crate::value::{ODS, STAFF, coded};

/// Who wrote or signed a record.
#[derive(Clone, Copy, Debug)]
pub struct Author<'a> {
    pub staff: StaffId,
    pub name: &'a str,
    pub role: Role,
    pub organisation: &'a Organisation,
}

impl<'a> Author<'a> {
    /// Whoever signed this version, which is not always who sends it on; the same organisation.
    pub(crate) fn of(&self, signature: Option<&'a Signature>) -> Author<'a> {
        signature.map_or(*self, |signed| Author {
            staff: signed.staff,
            name: &signed.name,
            role: signed.role,
            organisation: self.organisation,
        })
    }

    pub(crate) fn reference(&self) -> Value {
        json!({
            "type": "Practitioner",
            "identifier": { "system": STAFF, "value": self.staff.to_string() },
            "display": self.name,
        })
    }

    /// The staff role, in our code and in that of the English cancer dataset.
    pub(crate) fn role(&self) -> Value {
        let cosd = match self.role {
            Role::CancerNurseSpecialist => "01",
            Role::OtherNurse => "02",
            Role::AlliedHealthProfessional => "03",
            Role::SupportWorker => "04",
            Role::MentalHealthProfessional => "05",
            Role::Doctor => "06",
            Role::Other => "08",
            Role::NotKnown => "09",
        };
        coded(&[("staff-role", self.role.code()), ("cosd-staff-role", cosd)])
    }

    pub(crate) fn organisation(&self) -> Option<Value> {
        organisation(self.organisation)
    }
}

/// A logical reference to an organisation by its ODS code and name, or None when neither is known.
pub(crate) fn organisation(of: &Organisation) -> Option<Value> {
    let mut reference = json!({ "type": "Organization" });
    let fields = reference.as_object_mut()?;
    if !of.ods.is_empty() {
        fields.insert("identifier".to_owned(), json!({ "system": ODS, "value": of.ods }));
    }
    if !of.name.is_empty() {
        fields.insert("display".to_owned(), json!(of.name));
    }
    (fields.len() > 1).then_some(reference)
}
