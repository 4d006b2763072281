//! The steps of an assessment at home as a nurse takes them, by keys alone. Each ends when the page shows that it is done.

use jiff::ToSpan;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::appointment::Person;
use super::keyboard::Key;
use super::open::Window;
use super::wait::now_ms;

impl Window<'_> {
    /// From the overview to an invitation with a code made here, which ends in 30 days; answers the code in one piece.
    #[track_caller]
    pub fn invite(&self, person: Person) -> String {
        self.tab_to("#invite").press(Key::Enter);
        self.see("invite");
        self.fill_invitation(person);
        self.see("invitation");
        self.text("#code").split_whitespace().collect()
    }

    /// Fills in the form of an invitation with a code made here, and sends it.
    #[track_caller]
    pub fn fill_invitation(&self, person: Person) {
        self.tab_to("#identity-day").types(person.born[0]);
        self.tab_to("#identity-month").types(person.born[1]);
        self.choose("kind", "kind-issued");
        self.choose("pathway_point", "pathway_point-during_treatment");
        self.tab_to("#expires").types(&day_ahead(30));
        self.tab_to("form #invite").press(Key::Enter);
    }

    /// Says what was done about answers from home.
    #[track_caller]
    pub fn clear_alert(&self, done: &str) {
        self.see("answers");
        self.tab_to("#done").types(done);
        self.tab_to("#clear-alert").press(Key::Enter);
        self.see_element("#what-was-done");
        self.see("answers");
    }

    /// Fills in the form that books a talk face to face with whoever is signed in, and sends it.
    #[track_caller]
    pub fn book_talk(&self, day: &str, time: &str, place: &str) {
        self.see("appointment_book");
        self.choose("channel", "channel-face_to_face");
        self.choose("known", "known-yes");
        self.tab_to("#on").types(day);
        self.tab_to("#time").types(time);
        self.tab_to("#place").types(place);
        self.tab_to("#with-me").press(Key::Enter);
        self.focus_on("#with_whom");
        self.tab_to("#save-appointment").press(Key::Enter);
        self.see("appointment");
    }
}

/// A day that lies so many days ahead in London, as staff write it.
pub fn day_ahead(days: i32) -> String {
    let now = jiff::Timestamp::from_millisecond(now_ms()).unwrap().to_zoned(TimeZone::get("Europe/London").unwrap());
    now.date().checked_add(days.days()).unwrap().strftime("%d-%b-%Y").to_string()
}

/// Late on the day that lies so many days ahead in London, as FHIR writes a moment.
pub fn late_on(days: i32) -> String {
    let now = jiff::Timestamp::from_millisecond(now_ms()).unwrap().to_zoned(TimeZone::get("Europe/London").unwrap());
    let late = now.date().checked_add(days.days()).unwrap().at(23, 45, 0, 0).to_zoned(now.time_zone().clone()).unwrap();
    late.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// Answers as a portal hands them out: tiredness scored 8 and money 3, by this person, to this code if there is one.
pub fn answers_of(person: Person, code: Option<&str>, checklist: &str) -> Value {
    let [day, month, year] = person.born.map(|part| part.parse::<u16>().unwrap());
    let now = jiff::Timestamp::from_millisecond(now_ms()).unwrap();
    let mut response = json!({
        "resourceType": "QuestionnaireResponse",
        "questionnaire": checklist,
        "status": "completed",
        "authored": now.to_string(),
        "item": [
            { "linkId": "physical", "item": [{ "linkId": "physical.fatigue", "answer": [{ "valueInteger": 8 }] }] },
            { "linkId": "financial", "item": [{ "linkId": "financial.money", "answer": [{ "valueInteger": 3 }] }] },
        ],
    });
    if let Some(code) = code {
        response["identifier"] = json!({ "system": "https://holdfast.example/fhir/Id/pass-code", "value": code });
    }
    let patient = json!({
        "resourceType": "Patient",
        "identifier": [{ "system": "https://fhir.nhs.uk/Id/nhs-number", "value": person.nhs_number }],
        "name": [{ "family": person.family, "given": [person.given] }],
        "birthDate": format!("{year:04}-{month:02}-{day:02}"),
    });
    json!({
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{ "resource": patient }, { "resource": response }],
    })
}
