//! The command line of `holdfastctl`. Nothing is opened here, and no secret is ever taken from it: other programs can read a command line.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

/// What is printed for a command line that is not understood.
pub const USAGE: &str = "usage: holdfastctl status [--profile DIR] [--json]
       holdfastctl sync --once --nurse NAME [--profile DIR]
       holdfastctl probe [SERVER] [--json]
       holdfastctl carry export --nurse NAME --to FOLDER [--profile DIR]
       holdfastctl carry import FILE --signer FINGERPRINT [SERVER]
SERVER: --url URL [--ca FILE], or --config FILE; without either, the configuration of this PC.
        --key FILE and --certificate FILE, where it has to be signed in (PEM).
A passphrase, or the code of a carried file, is read from standard input: one line.";

/// A command line that was understood.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    Status { profile: Option<PathBuf>, json: bool },
    SyncOnce { profile: Option<PathBuf>, nurse: String },
    Probe { server: Named, json: bool },
    CarryExport { profile: Option<PathBuf>, nurse: String, to: PathBuf },
    CarryImport { file: PathBuf, signer: String, server: Named },
}

/// A server as it was named.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Named {
    pub at: At,
    /// The private key and the certificate, in whatever order.
    pub keys: Vec<PathBuf>,
}

/// Where a server is.
#[derive(Debug, Default, PartialEq, Eq)]
pub enum At {
    /// As the configuration of this PC says.
    #[default]
    Configured,
    /// As another configuration says.
    InFile(PathBuf),
    Url {
        url: String,
        ca: Option<PathBuf>,
    },
}

/// A command line that was not understood.
#[derive(Debug, PartialEq, Eq)]
pub struct Misunderstood;

impl Command {
    /// Reads the words after the program's name: the command first, then its options, each once and in any order.
    pub fn read(words: impl IntoIterator<Item = OsString>) -> Result<Command, Misunderstood> {
        let mut words = words.into_iter();
        let command = words.next().ok_or(Misunderstood)?;
        let mut given = Given::read(words)?;
        let command = match command.to_str() {
            Some("status") => Command::Status { profile: given.path("--profile"), json: given.flag("--json") },
            Some("sync") if given.flag("--once") => {
                Command::SyncOnce { profile: given.path("--profile"), nurse: given.text("--nurse")? }
            }
            Some("probe") => Command::Probe { server: given.server()?, json: given.flag("--json") },
            Some("carry") => match given.word()?.to_str() {
                Some("export") => Command::CarryExport {
                    profile: given.path("--profile"),
                    nurse: given.text("--nurse")?,
                    to: given.path("--to").ok_or(Misunderstood)?,
                },
                Some("import") => {
                    let file = PathBuf::from(given.word()?);
                    Command::CarryImport { file, signer: given.text("--signer")?, server: given.server()? }
                }
                _ => return Err(Misunderstood),
            },
            _ => return Err(Misunderstood),
        };
        given.nothing_left().map(|()| command)
    }
}

/// The options as they were given.
#[derive(Default)]
struct Given {
    options: BTreeMap<String, OsString>,
    flags: Vec<String>,
    words: Vec<OsString>,
}

const FLAGS: [&str; 2] = ["--json", "--once"];

impl Given {
    fn read(words: impl IntoIterator<Item = OsString>) -> Result<Given, Misunderstood> {
        let mut given = Given::default();
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            let Some(option) = word.to_str().filter(|word| word.starts_with("--")).map(str::to_owned) else {
                given.words.push(word);
                continue;
            };
            if FLAGS.contains(&option.as_str()) {
                if given.flags.contains(&option) {
                    return Err(Misunderstood);
                }
                given.flags.push(option);
                continue;
            }
            let value = words.next().filter(|value| !value.is_empty()).ok_or(Misunderstood)?;
            if given.options.insert(option, value).is_some() {
                return Err(Misunderstood);
            }
        }
        Ok(given)
    }

    fn flag(&mut self, name: &str) -> bool {
        let before = self.flags.len();
        self.flags.retain(|flag| flag != name);
        self.flags.len() < before
    }

    fn path(&mut self, name: &str) -> Option<PathBuf> {
        self.options.remove(name).map(PathBuf::from)
    }

    fn text(&mut self, name: &str) -> Result<String, Misunderstood> {
        self.options.remove(name).and_then(|value| value.into_string().ok()).ok_or(Misunderstood)
    }

    fn word(&mut self) -> Result<OsString, Misunderstood> {
        if self.words.is_empty() { Err(Misunderstood) } else { Ok(self.words.remove(0)) }
    }

    fn server(&mut self) -> Result<Named, Misunderstood> {
        let keys = [self.path("--key"), self.path("--certificate")].into_iter().flatten().collect();
        let url = self.options.contains_key("--url").then(|| self.text("--url")).transpose()?;
        let at = match (url, self.path("--config"), self.path("--ca")) {
            (Some(url), None, ca) => At::Url { url, ca },
            (None, Some(file), None) => At::InFile(file),
            (None, None, None) => At::Configured,
            _ => return Err(Misunderstood),
        };
        Ok(Named { at, keys })
    }

    fn nothing_left(&self) -> Result<(), Misunderstood> {
        let left = !self.options.is_empty() || !self.flags.is_empty() || !self.words.is_empty();
        if left { Err(Misunderstood) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Command, Misunderstood> {
        Command::read(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn each_command_is_read_with_its_options_in_any_order() {
        let profile = Some(PathBuf::from("/srv/p"));
        assert_eq!(read("status"), Ok(Command::Status { profile: None, json: false }));
        assert_eq!(
            read("status --json --profile /srv/p"),
            Ok(Command::Status { profile: profile.clone(), json: true })
        );
        let once = Ok(Command::SyncOnce { profile: profile.clone(), nurse: "Ruth".to_owned() });
        assert_eq!(read("sync --nurse Ruth --once --profile /srv/p"), once);
        assert_eq!(read("probe"), Ok(Command::Probe { server: Named::default(), json: false }));
        let at = At::Url { url: "https://fhir.example".to_owned(), ca: Some(PathBuf::from("ca.pem")) };
        let server = Named { at, keys: vec![PathBuf::from("key.pem")] };
        assert_eq!(
            read("carry import f.carried --ca ca.pem --url https://fhir.example --signer ab12 --key key.pem"),
            Ok(Command::CarryImport { file: PathBuf::from("f.carried"), signer: "ab12".to_owned(), server })
        );
        let to = PathBuf::from("/media/stick");
        assert_eq!(
            read("carry export --to /media/stick --nurse Ruth"),
            Ok(Command::CarryExport { profile: None, nurse: "Ruth".to_owned(), to })
        );
    }

    #[test]
    fn anything_else_is_refused_and_no_secret_is_ever_taken() {
        for line in [
            "",
            "sync --nurse Ruth",
            "sync --once",
            "sync --once --nurse Ruth --passphrase x",
            "status --json --json",
            "status --profile",
            "status extra",
            "probe --url https://a --config b",
            "probe --ca ca.pem",
            "carry",
            "carry import --signer ab12",
            "carry import f --url https://a",
            "carry import f --signer ab12 --code x",
            "carry export --nurse Ruth",
        ] {
            assert_eq!(read(line), Err(Misunderstood), "{line}");
        }
    }
}
