//! What a form's fields have in common: each is taken or named with its reason, and all are named at once.

use domain::staff::{Role, Staff};
use domain::{FieldFault, Refused, text};
use security::check_passphrase;

use crate::problem::Problem;
use crate::staff::Organisation;

/// Collects every field of a form that cannot be taken, so that all are named at once.
#[derive(Default)]
pub(crate) struct Faults(Vec<FieldFault>);

impl Faults {
    pub fn add(&mut self, field: &str, reason: &'static str) {
        self.0.push(FieldFault { field: field.to_owned(), reason });
    }

    /// A line that must not be empty.
    pub fn line(&mut self, field: &str, typed: &str) -> String {
        let line = self.optional_line(field, typed);
        if line.is_empty() && !self.0.iter().any(|fault| fault.field == field) {
            self.add(field, "missing");
        }
        line
    }

    pub fn optional_line(&mut self, field: &str, typed: &str) -> String {
        text::line(typed).unwrap_or_else(|fault| {
            self.add(field, fault.reason());
            String::new()
        })
    }

    /// A role that may chart; "not known" is for records from elsewhere.
    pub fn role(&mut self, field: &str, code: &str) -> Role {
        match Role::from_code(code) {
            Some(role) if role != Role::NotKnown => role,
            _ => {
                self.add(field, "missing");
                Role::NotKnown
            }
        }
    }

    /// A passphrase for this person, whose own names do not count as words.
    pub fn passphrase(&mut self, field: &str, typed: &str, staff: &Staff) {
        let names = [&staff.name, &staff.team, &staff.organisation.name, &staff.organisation.ods];
        if let Err(refused) = check_passphrase(typed, &names.map(String::as_str)) {
            self.add(field, refused.code());
        }
    }

    /// An organisation; ODS codes are 3 to 10 letters and digits.
    pub fn organisation(&mut self, field: &str, typed: &Organisation, needed: bool) -> domain::staff::Organisation {
        let (ods_field, name_field) = (format!("{field}-ods"), format!("{field}-name"));
        let name =
            if needed { self.line(&name_field, &typed.name) } else { self.optional_line(&name_field, &typed.name) };
        let ods = self.optional_line(&ods_field, &typed.ods).to_ascii_uppercase();
        let form = (3..=10).contains(&ods.len()) && ods.chars().all(|c| c.is_ascii_alphanumeric());
        if (needed || !ods.is_empty()) && !form {
            self.add(&ods_field, if ods.is_empty() { "missing" } else { "ods_form" });
        }
        domain::staff::Organisation { ods, name }
    }

    pub fn none(self) -> Result<(), Problem> {
        if self.0.is_empty() { Ok(()) } else { Err(Refused::Fields(self.0).into()) }
    }
}
