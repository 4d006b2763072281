//! What the trust's IT set for this PC in `/etc/holdfast/holdfast.json`. A bad file names the key, and the rest still holds.

use serde_json::Value;

use crate::world;

/// Largest file that is read, bytes.
const MOST_BYTES: u64 = 64 * 1024;

/// The configuration as far as it could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Configuration {
    /// `trust.name`: the trust's own name, shown on the first screen.
    pub trust: Option<String>,
    /// `pc.name`: what this PC is called, for example "Clinic room 3".
    pub pc: Option<String>,
    /// `lock.idle_minutes`: minutes without a key or pointer before the lock, 2-20; 10 when not set.
    pub idle_minutes: u8,
    /// The first key (or the file) that could not be read, in words for the first screen.
    pub fault: Option<String>,
}

impl Default for Configuration {
    fn default() -> Configuration {
        Configuration { trust: None, pc: None, idle_minutes: 10, fault: None }
    }
}

impl Configuration {
    /// Reads the machine's configuration; no file is an ordinary answer.
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

    /// Reads a configuration from its text.
    pub fn parse(text: &str) -> Configuration {
        let Ok(Value::Object(root)) = serde_json::from_str::<Value>(text) else {
            return Configuration::faulty("the file is not a JSON object");
        };
        let mut read = Configuration::default();
        let mut faults = Vec::new();
        for (section, value) in &root {
            let Some(keys) = value.as_object() else {
                if section != "$schema" {
                    faults.push(section.clone());
                }
                continue;
            };
            for (key, value) in keys {
                let name = format!("{section}.{key}");
                match name.as_str() {
                    "trust.name" => read.trust = short_text(value),
                    "pc.name" => read.pc = short_text(value),
                    "lock.idle_minutes" => match value.as_u64().and_then(|n| u8::try_from(n).ok()) {
                        Some(minutes @ 2..=20) => read.idle_minutes = minutes,
                        _ => faults.push(name.clone()),
                    },
                    _ => faults.push(name.clone()),
                }
                let wanted_text = matches!(name.as_str(), "trust.name" | "pc.name");
                if wanted_text && short_text(value).is_none() {
                    faults.push(name);
                }
            }
        }
        read.fault = faults.into_iter().next();
        read
    }

    fn faulty(fault: &str) -> Configuration {
        Configuration { fault: Some(fault.to_owned()), ..Configuration::default() }
    }
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
    fn a_bad_key_is_named_and_the_rest_holds() {
        let read = Configuration::parse(r#"{"lock":{"idle_minutes":60},"pc":{"name":"Room 1"}}"#);
        assert_eq!(read.fault.as_deref(), Some("lock.idle_minutes"));
        assert_eq!((read.idle_minutes, read.pc.as_deref()), (10, Some("Room 1")));
        assert_eq!(Configuration::parse(r#"{"locks":{"x":1}}"#).fault.as_deref(), Some("locks.x"));
        assert_eq!(Configuration::parse(r#"{"trust":{"name":7}}"#).fault.as_deref(), Some("trust.name"));
        assert_eq!(Configuration::parse("[").fault.as_deref(), Some("the file is not a JSON object"));
    }
}
