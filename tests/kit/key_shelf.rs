//! A key store for tests: in memory, or kept in a file so that it outlives the process; it can be told to fail or to lose its entries.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use security::{DeviceSecret, KeyStore, KeyStoreFault, Pause};

#[derive(Default)]
pub struct KeyShelf(Mutex<Shelf>);

#[derive(Default)]
struct Shelf {
    entries: BTreeMap<String, String>,
    fault: Option<KeyStoreFault>,
    asked: usize,
    secrets_given: usize,
    file: Option<PathBuf>,
}

impl KeyShelf {
    /// A key store whose entries are in this file, which need not be there yet.
    pub fn in_file(file: &Path) -> KeyShelf {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        let entries = text.lines().filter_map(|line| line.split_once(' ')).map(|(k, v)| (k.to_owned(), v.to_owned()));
        KeyShelf(Mutex::new(Shelf { entries: entries.collect(), file: Some(file.to_owned()), ..Shelf::default() }))
    }

    /// Fails in this way from now on, or works again.
    pub fn set_fault(&self, fault: Option<KeyStoreFault>) {
        self.0.lock().unwrap().fault = fault;
    }

    /// Everything that is kept, by name.
    pub fn content(&self) -> BTreeMap<String, String> {
        self.0.lock().unwrap().entries.clone()
    }

    /// Puts back what was kept once, or takes everything away.
    pub fn replace_content(&self, entries: BTreeMap<String, String>) {
        self.0.lock().unwrap().entries = entries;
    }

    /// Another secret under every name, as on another PC.
    pub fn change_secrets(&self) {
        for (name, text) in &mut self.0.lock().unwrap().entries {
            if name.starts_with("secret-") {
                *text = "5a".repeat(32);
            }
        }
    }

    /// How often anything was asked of it.
    pub fn asked(&self) -> usize {
        self.0.lock().unwrap().asked
    }

    /// How often a secret was handed out.
    pub fn secrets_given(&self) -> usize {
        self.0.lock().unwrap().secrets_given
    }

    fn with<R>(&self, use_it: impl FnOnce(&mut Shelf) -> Result<R, KeyStoreFault>) -> Result<R, KeyStoreFault> {
        let mut shelf = self.0.lock().unwrap();
        shelf.asked += 1;
        match shelf.fault {
            Some(fault) => Err(fault),
            None => use_it(&mut shelf),
        }
    }
}

impl Shelf {
    fn keep(&mut self) -> Result<(), KeyStoreFault> {
        let Some(file) = &self.file else { return Ok(()) };
        let text: String = self.entries.iter().map(|(name, value)| format!("{name} {value}\n")).collect();
        let beside = file.with_extension("new");
        std::fs::write(&beside, text).map_err(|_| KeyStoreFault::Other("write"))?;
        std::fs::rename(&beside, file).map_err(|_| KeyStoreFault::Other("rename"))
    }
}

impl KeyStore for KeyShelf {
    fn look(&self, database_id: &str) -> Result<(), KeyStoreFault> {
        self.with(|shelf| {
            let there = shelf.entries.contains_key(&format!("secret-{database_id}"));
            if there { Ok(()) } else { Err(KeyStoreFault::NoEntry) }
        })
    }

    fn read(&self, database_id: &str) -> Result<DeviceSecret, KeyStoreFault> {
        self.with(|shelf| {
            let hex = shelf.entries.get(&format!("secret-{database_id}")).ok_or(KeyStoreFault::NoEntry)?;
            shelf.secrets_given += 1;
            let byte = |place: usize| u8::from_str_radix(&hex[place * 2..place * 2 + 2], 16).unwrap();
            Ok(DeviceSecret::from_bytes(std::array::from_fn(byte)))
        })
    }

    fn write_new(&self, database_id: &str, secret: &DeviceSecret) -> Result<(), KeyStoreFault> {
        self.with(|shelf| {
            let name = format!("secret-{database_id}");
            if shelf.entries.contains_key(&name) {
                return Err(KeyStoreFault::AlreadyPresent);
            }
            let hex = secret.bytes().iter().map(|byte| format!("{byte:02x}")).collect();
            shelf.entries.insert(name, hex);
            shelf.keep()
        })
    }

    fn read_pause(&self, database_id: &str) -> Result<Option<Pause>, KeyStoreFault> {
        self.with(|shelf| {
            let text = shelf.entries.get(&format!("pause-{database_id}"));
            Ok(text.and_then(|text| Pause::from_text(&format!("{text}\n"))))
        })
    }

    fn write_pause(&self, database_id: &str, pause: Option<&Pause>) -> Result<(), KeyStoreFault> {
        self.with(|shelf| {
            let name = format!("pause-{database_id}");
            match pause {
                Some(pause) => shelf.entries.insert(name, pause.to_text().trim_end().to_owned()),
                None => shelf.entries.remove(&name),
            };
            shelf.keep()
        })
    }
}
