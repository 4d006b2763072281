//! What the trust's IT set for this PC in `/etc/holdfast/holdfast.json`. A bad file names the key, and the rest still holds.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::fetching::Places;
use crate::server_address::{ServerAddress, ServerSection};
use crate::world;

/// Largest file that is read, bytes.
const MOST_BYTES: u64 = 64 * 1024;

/// The configuration as far as it could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Configuration {
    /// `trust.name`: the trust's own name, shown on the first screen.
    pub trust: Option<String>,
    /// `trust.address`: the lines of its address, which head the first page of every paper; empty when not set.
    pub trust_address: Vec<String>,
    /// `pc.name`: what this PC is called, for example "Clinic room 3".
    pub pc: Option<String>,
    /// `lock.idle_minutes`: minutes without a key or pointer before the lock, 2-20; 10 when not set.
    pub idle_minutes: u8,
    /// `paper.folder`: where PDF files are saved when no other place is chosen; the account's documents when not set.
    pub folder: Option<PathBuf>,
    /// `paper.printer`: the print queue that is offered first.
    pub printer: Option<String>,
    /// `content.checklists`: a local folder with the trust's own checklists, each file of which is read when the clinic opens.
    pub checklists: Option<PathBuf>,
    /// `home.portal`: where the trust's patients enter a pass code that was made here, as it is to be printed; without it none is made.
    pub portal: Option<String>,
    /// `home.website`: where they enter one that another website gave, as it is to be printed.
    pub website: Option<String>,
    /// `contact.*`: whom a patient calls and when, on the first page of the patient's copies; None without `contact.phone`.
    pub contact: Option<Contact>,
    /// `contact.it_desk`: whom staff call when nothing reaches the trust, as it is to be read: a name, a number.
    pub it_desk: Option<String>,
    /// `clinic.*`: which clinic list is fetched from the trust's server.
    pub(crate) places: Places,
    /// `server.*`: the trust's FHIR server, and where this PC signs in to it; None without `server.url`, and then nothing is sent.
    server: Option<ServerAddress>,
    /// A server is set and cannot be used, or nobody can tell whether one is set.
    pub(crate) server_unusable: bool,
    /// The first key (or the file) that could not be read, in words for the first screen.
    pub fault: Option<String>,
}

/// Whom a patient calls; parts that are not set are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// `contact.phone`: the team's number, as it is to be printed.
    pub phone: String,
    /// `contact.hours`: when somebody answers it.
    pub hours: String,
    /// `contact.out_of_hours`: the number at all other times.
    pub out_of_hours: String,
    /// `contact.out_of_hours_note`: who answers that one.
    pub out_of_hours_note: String,
}

impl Default for Configuration {
    fn default() -> Configuration {
        Configuration {
            trust: None,
            trust_address: Vec::new(),
            pc: None,
            idle_minutes: 10,
            folder: None,
            printer: None,
            checklists: None,
            portal: None,
            website: None,
            contact: None,
            it_desk: None,
            places: Places { locations: Vec::new(), days_ahead: 1 },
            server: None,
            server_unusable: false,
            fault: None,
        }
    }
}

impl Configuration {
    /// Reads the machine's configuration, `/etc/holdfast/holdfast.json`; no file is an ordinary answer. Only a build with debug
    /// assertions, as tests use, reads the file that `HOLDFAST_CONFIG` names instead.
    pub fn read() -> Configuration {
        let path = world::configuration_path();
        match std::fs::metadata(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Configuration::default(),
            Ok(found) if found.len() > MOST_BYTES => return Configuration::faulty("the file is larger than 64 KiB"),
            _ => {}
        }
        std::fs::read_to_string(&path)
            .map_or_else(|_| Configuration::faulty("the file cannot be read"), |text| Configuration::parse(&text))
    }

    /// One that names nothing but a server and the file with its CA.
    pub fn of_server(url: &str, ca: Option<&Path>) -> Configuration {
        let mut server = serde_json::json!({ "url": url });
        if let (Some(ca), Some(server)) = (ca, server.as_object_mut()) {
            server.insert("ca".to_owned(), ca.to_string_lossy().into());
        }
        Configuration::parse(&serde_json::json!({ "server": server }).to_string())
    }

    /// Reads a configuration from its text.
    pub fn parse(text: &str) -> Configuration {
        let Ok(Value::Object(root)) = serde_json::from_str::<Value>(text) else {
            return Configuration::faulty("the file is not a JSON object");
        };
        let mut read = Configuration::default();
        let (mut contact, mut faults) = (Contact::default(), Vec::new());
        let mut server = ServerSection::default();
        for (section, value) in &root {
            let Some(keys) = value.as_object() else {
                if section != "$schema" {
                    read.server_unusable |= section == "server";
                    faults.push(section.clone());
                }
                continue;
            };
            for (key, value) in keys {
                let name = format!("{section}.{key}");
                let taken = match name.as_str() {
                    "trust.name" => keep(&mut read.trust, short_text(value)),
                    "trust.address" => keep(&mut read.trust_address, address(value)),
                    "pc.name" => keep(&mut read.pc, short_text(value)),
                    "lock.idle_minutes" => keep(&mut read.idle_minutes, minutes(value)),
                    "paper.folder" => keep(&mut read.folder, folder(value)),
                    "paper.printer" => keep(&mut read.printer, short_text(value)),
                    "content.checklists" => keep(&mut read.checklists, folder(value)),
                    "home.portal" => keep(&mut read.portal, short_text(value)),
                    "home.website" => keep(&mut read.website, short_text(value)),
                    "contact.phone" => keep(&mut contact.phone, short_text(value)),
                    "contact.hours" => keep(&mut contact.hours, short_text(value)),
                    "contact.out_of_hours" => keep(&mut contact.out_of_hours, short_text(value)),
                    "contact.out_of_hours_note" => keep(&mut contact.out_of_hours_note, short_text(value)),
                    "clinic.locations" => keep(&mut read.places.locations, locations(value)),
                    "clinic.days_ahead" => keep(&mut read.places.days_ahead, days_ahead(value)),
                    "contact.it_desk" => keep(&mut read.it_desk, short_text(value)),
                    _ if section == "server" => server.take(key, value),
                    _ => false,
                };
                if !taken {
                    // An address that does not read is one all the same.
                    read.server_unusable |= name == "server.url";
                    faults.push(name);
                }
            }
        }
        read.contact = (!contact.phone.is_empty()).then_some(contact);
        let has_url = server.has_url();
        match server.finish() {
            Ok(address) => read.server = address,
            Err(fault) => faults.push(fault.to_owned()),
        }
        read.server_unusable |= has_url && read.server.is_none();
        read.fault = faults.into_iter().next();
        read
    }

    /// The trust's server; None when none is set.
    pub(crate) fn server_address(&self) -> Option<&ServerAddress> {
        self.server.as_ref()
    }

    fn faulty(fault: &str) -> Configuration {
        Configuration { fault: Some(fault.to_owned()), server_unusable: true, ..Configuration::default() }
    }
}

/// Keeps what could be read; whether it could.
fn keep<T>(place: &mut T, value: Option<impl Into<T>>) -> bool {
    match value {
        Some(value) => {
            *place = value.into();
            true
        }
        None => false,
    }
}

fn minutes(value: &Value) -> Option<u8> {
    let minutes = u8::try_from(value.as_u64()?).ok()?;
    (2..=20).contains(&minutes).then_some(minutes)
}

/// One to eight lines.
fn address(value: &Value) -> Option<Vec<String>> {
    let lines = value.as_array().filter(|lines| (1..=8).contains(&lines.len()))?;
    lines.iter().map(short_text).collect()
}

/// One to fifty places, each `Location/…` or `system|value` of an identifier.
fn locations(value: &Value) -> Option<Vec<String>> {
    let places = value.as_array().filter(|places| (1..=50).contains(&places.len()))?;
    let place = |value: &Value| {
        let place = short_text(value).filter(|place| !place.contains([',', '$', '\\', ' ']))?;
        let reference = place.strip_prefix("Location/").is_some_and(|id| !id.is_empty() && !id.contains('/'));
        let identifier = place.split_once('|').is_some_and(|(system, value)| !system.is_empty() && !value.is_empty());
        (reference != identifier).then_some(place)
    };
    places.iter().map(place).collect()
}

fn days_ahead(value: &Value) -> Option<u8> {
    let days = u8::try_from(value.as_u64()?).ok()?;
    (days <= 7).then_some(days)
}

/// A whole path: where the app was started from means nothing.
fn folder(value: &Value) -> Option<PathBuf> {
    let path = value.as_str().filter(|path| path.len() <= 4096 && !path.contains(char::is_control))?;
    Some(PathBuf::from(path)).filter(|path| path.is_absolute())
}

fn short_text(value: &Value) -> Option<String> {
    domain::text::line(value.as_str()?).ok().filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_file_is_read() {
        let text =
            r#"{"trust":{"name":"Thamesbank Hospitals"},"pc":{"name":"Clinic room 3"},"lock":{"idle_minutes":5}}"#;
        let read = Configuration::parse(text);
        assert_eq!(read.trust.as_deref(), Some("Thamesbank Hospitals"));
        assert_eq!((read.pc.as_deref(), read.idle_minutes, read.fault), (Some("Clinic room 3"), 5, None));
    }

    #[test]
    fn what_stands_on_paper_and_where_it_goes_is_read() {
        let text = r#"{"trust":{"address":["Invented Hospital","Thamesbank ZZ99 3WZ"]},
            "paper":{"folder":"/srv/papers","printer":"room3"},"content":{"checklists":"/srv/checklists"},
            "contact":{"phone":"020 7946 0001","hours":"Monday to Friday","out_of_hours":"020 7946 0002","out_of_hours_note":"Any time",
            "it_desk":"the IT desk, 020 7946 0003"}}"#;
        let read = Configuration::parse(text);
        assert_eq!(read.fault, None);
        assert_eq!(read.trust_address, ["Invented Hospital", "Thamesbank ZZ99 3WZ"]);
        assert_eq!(read.folder, Some(PathBuf::from("/srv/papers")));
        assert_eq!(read.checklists, Some(PathBuf::from("/srv/checklists")));
        assert_eq!(read.printer.as_deref(), Some("room3"));
        assert_eq!(read.it_desk.as_deref(), Some("the IT desk, 020 7946 0003"));
        let contact = read.contact.unwrap();
        assert_eq!((&*contact.phone, &*contact.hours), ("020 7946 0001", "Monday to Friday"));
        assert_eq!((&*contact.out_of_hours, &*contact.out_of_hours_note), ("020 7946 0002", "Any time"));
    }

    #[test]
    fn the_places_of_the_clinic_list_are_read_and_others_are_faults() {
        let read =
            Configuration::parse(r#"{"clinic":{"locations":["Location/c3","https://s.example|3"],"days_ahead":0}}"#);
        assert_eq!((read.fault, read.places.locations.len(), read.places.days_ahead), (None, 2, 0));
        let absent = Configuration::parse("{}").places;
        assert_eq!((absent.locations.len(), absent.days_ahead), (0, 1));
        for locations in [r#"[]"#, r#""Location/c3""#, r#"["c3"]"#, r#"["Location/a,Location/b"]"#, r#"["Location/"]"#]
        {
            let text = format!(r#"{{"clinic":{{"locations":{locations}}}}}"#);
            assert_eq!(Configuration::parse(&text).fault.as_deref(), Some("clinic.locations"), "{text}");
        }
        let days = Configuration::parse(r#"{"clinic":{"days_ahead":8}}"#);
        assert_eq!((days.fault.as_deref(), days.places.days_ahead), (Some("clinic.days_ahead"), 1));
    }

    #[test]
    fn a_folder_from_nowhere_and_an_empty_address_are_faults() {
        for (text, fault) in [
            (r#"{"paper":{"folder":"papers"}}"#, "paper.folder"),
            (r#"{"paper":{"folder":"/a\nb"}}"#, "paper.folder"),
            (r#"{"content":{"checklists":"checklists"}}"#, "content.checklists"),
            (r#"{"paper":{"printer":3}}"#, "paper.printer"),
            (r#"{"trust":{"address":[]}}"#, "trust.address"),
            (r#"{"trust":{"address":"one line"}}"#, "trust.address"),
            (r#"{"contact":{"phone":["020"]}}"#, "contact.phone"),
        ] {
            assert_eq!(Configuration::parse(text).fault.as_deref(), Some(fault));
        }
        assert_eq!(Configuration::parse(r#"{"contact":{"hours":"Always"}}"#).contact, None, "nobody to call");
    }

    #[test]
    fn a_bad_key_is_named_and_the_rest_holds() {
        let read = Configuration::parse(r#"{"lock":{"idle_minutes":60},"pc":{"name":"Room 1"}}"#);
        assert_eq!(read.fault.as_deref(), Some("lock.idle_minutes"));
        assert_eq!((read.idle_minutes, read.pc.as_deref()), (10, Some("Room 1")));
        assert_eq!(Configuration::parse(r#"{"locks":{"x":1}}"#).fault.as_deref(), Some("locks.x"));
        assert_eq!(Configuration::parse(r#"{"trust":{"name":7}}"#).fault.as_deref(), Some("trust.name"));
        assert_eq!(Configuration::parse("[").fault.as_deref(), Some("the file is not a JSON object"));
    }

    #[test]
    fn a_server_needs_an_address_that_is_safe() {
        let read = Configuration::parse(r#"{"server":{"url":"http://127.0.0.1:8080/fhir"}}"#);
        assert!(read.server_address().is_some() && read.fault.is_none() && !read.server_unusable);
        for text in [r#"{"server":{"url":7}}"#, r#"{"server":"https://fhir.example.org"}"#, "["] {
            assert!(Configuration::parse(text).server_unusable, "{text}");
        }
        assert!(!Configuration::parse("{}").server_unusable, "none is set");
        for (text, fault) in [
            (r#"{"server":{"url":"http://fhir.example.org"}}"#, "server.url"),
            (r#"{"server":{"url":"https://fhir.example.org"}}"#, "server.ca"),
            (r#"{"server":{"url":"https://fhir.example.org","ca":"/nowhere/ca.pem"}}"#, "server.ca"),
        ] {
            let read = Configuration::parse(text);
            assert!(read.server_address().is_none() && read.server_unusable, "{text}");
            assert_eq!(read.fault.as_deref(), Some(fault), "{text}");
        }
    }
}
