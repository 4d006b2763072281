//! The trust's own checklists: the files of its folder, read when the clinic opens. What keeps every rule is kept in the database from
//! then on, so that a file that is broken or gone later takes nothing away; what does not is refused by file, place and reason.

use std::collections::HashMap;
use std::fs::{self, OpenOptions};
use std::io::Read;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use domain::checklist::{Checklist, PackFault, PackVersion};
use domain::op::Op;
use domain::staff::By;
use fhir::{ChecklistPack, accept_checklist};
use nix::fcntl::OFlag;
use serde::Serialize;
use store::Store;
use ts_rs::TS;

use crate::content::Content;
use crate::problem::Problem;

/// How many files of the folder are read.
const MOST_FILES: usize = 64;
/// Largest file, bytes; the largest that ships has 66 KiB.
const MOST_BYTES: u64 = 1024 * 1024;

/// A file that is not used, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RefusedChecklist {
    /// Its name in the folder; the folder itself where that is what cannot be read.
    pub file: String,
    /// Where in it, for example `item(physical.pain).text`.
    pub place: String,
    #[ts(type = "PackFault")]
    pub fault: PackFault,
}

/// Reads the folder, keeps what is new and good, and says what is refused, in the order of file names.
pub(crate) fn take_in(
    store: &mut Store,
    content: &Content,
    folder: &Path,
    by: &By,
) -> Result<Vec<RefusedChecklist>, Problem> {
    let (mut refused, mut good) = (Vec::new(), Vec::new());
    for (file, body) in files(folder) {
        let refuse = |(fault, place)| RefusedChecklist { file: file.clone(), place, fault };
        match body {
            // These very bytes were accepted before, maybe by older rules.
            Ok(body) if store.keeps_checklist(&body)? => {}
            Ok(body) => match accepted(&body) {
                Ok((version, pack)) => good.push(New { file, version, pack, body }),
                Err(fault) => refused.push(refuse(fault)),
            },
            Err(fault) => refused.push(refuse(fault)),
        }
    }
    // The older first, whatever the files are called, so that each is compared with the one before it.
    good.sort_by_key(|new| new.version);
    let mut fits: Vec<New> = Vec::new();
    for new in good {
        match beside_the_others(store, content, &fits, &new)? {
            Ok(true) => fits.push(new),
            Ok(false) => {}
            Err((fault, place)) => refused.push(RefusedChecklist { file: new.file, place, fault }),
        }
    }
    if !fits.is_empty() {
        store.write::<_, Problem>(by, Op::KeepChecklists, |w| {
            for new in &fits {
                w.keep_checklist(&new.pack.checklist.canonical, &new.body)?;
            }
            w.detail(&format!("kept {}", fits.len()));
            Ok(())
        })?;
    }
    refused.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(refused)
}

/// A file that keeps every rule by itself.
struct New {
    file: String,
    version: PackVersion,
    pack: ChecklistPack,
    body: String,
}

type Fault = (PackFault, String);

/// Reads a body by every rule.
fn accepted(body: &str) -> Result<(PackVersion, ChecklistPack), Fault> {
    let pack = accept_checklist(body).map_err(|fault| (fault.fault, fault.place))?;
    let (_, version) = PackVersion::of(&pack.checklist.canonical)
        .ok_or((PackFault::VersionForm, "Questionnaire.version".to_owned()))?;
    match texts(&pack.checklist).into_iter().find(|(_, text)| documents::unprintable(text).is_some()) {
        Some((place, _)) => Err((PackFault::Unprintable, place)),
        None => Ok((version, pack)),
    }
}

/// Every text that stands on paper or on the screen, with its place.
fn texts(list: &Checklist) -> Vec<(String, &str)> {
    let of = |key: &str, text| (format!("item({key}).text"), text);
    let mut texts = vec![("Questionnaire.title".to_owned(), list.title.as_str())];
    texts.extend([
        of("rating.question", list.question.as_str()),
        of("rating.low", &list.low),
        of("rating.high", &list.high),
    ]);
    for area in &list.domains {
        texts.push(of(&area.key, &area.title));
        texts.extend(area.items.iter().map(|item| of(&item.key, item.text.as_str())));
    }
    texts.extend(list.topics.iter().map(|topic| of(&topic.key, topic.text.as_str())));
    texts
}

/// Whether the version is new here; refused when it is here with other bytes, or means something else than any version before it.
fn beside_the_others(
    store: &Store,
    content: &Content,
    fits: &[New],
    new: &New,
) -> Result<Result<bool, Fault>, Problem> {
    let refused = |fault, place: String| Ok(Err((fault, place)));
    let canonical = &new.pack.checklist.canonical;
    let beside = fits.iter().find(|other| other.pack.checklist.canonical == *canonical).map(|other| other.body.clone());
    let here = match beside {
        Some(body) => Some(body),
        None => content.body(store, canonical)?,
    };
    if let Some(here) = here {
        let same = here == new.body;
        return if same {
            Ok(Ok(false))
        } else {
            refused(PackFault::VersionDiffers, "Questionnaire.version".to_owned())
        };
    }
    let Some((url, _)) = PackVersion::of(canonical) else { return Ok(Ok(false)) };
    if new.pack.retired && url == content.usual_url() {
        return refused(PackFault::UsualRetired, "Questionnaire.status".to_owned());
    }
    let of_url = |other: &&New| PackVersion::of(&other.pack.checklist.canonical).is_some_and(|(other, _)| other == url);
    // All of them: a version may have dropped a concern that an earlier one has answers on.
    let kept = content.versions(store, url)?;
    let beside = fits.iter().filter(of_url).map(|other| &other.pack.checklist);
    let before: Vec<_> = kept.iter().map(AsRef::as_ref).chain(beside).map(codes).collect();
    for item in new.pack.checklist.domains.iter().flat_map(|area| &area.items) {
        if before.iter().any(|codes| codes.get(item.key.as_str()).is_some_and(|code| *code != item.code)) {
            return refused(PackFault::MeaningChanged, format!("item({}).code", item.key));
        }
    }
    Ok(Ok(true))
}

fn codes(list: &Checklist) -> HashMap<&str, &str> {
    list.domains.iter().flat_map(|area| &area.items).map(|item| (item.key.as_str(), item.code.as_str())).collect()
}

/// The files of the folder by name, each with its text or why it has none.
fn files(folder: &Path) -> Vec<(String, Result<String, Fault>)> {
    let Ok(entries) = fs::read_dir(folder) else {
        let fault = (PackFault::NoFolder, "content.checklists".to_owned());
        return vec![(folder.display().to_string(), Err(fault))];
    };
    // Hidden files are the business of whatever keeps the folder.
    let names = entries
        .filter_map(|entry| Some(entry.ok()?.file_name()))
        .filter(|name| !name.as_encoded_bytes().starts_with(b"."));
    let mut names: Vec<_> = names.collect();
    names.sort();
    let shown = |name: &std::ffi::OsStr| name.to_string_lossy().replace(char::is_control, "\u{fffd}");
    let read = names.iter().take(MOST_FILES).map(|name| (shown(name), read(&folder.join(name))));
    let mut files: Vec<_> = read.collect();
    if let Some(first) = names.get(MOST_FILES) {
        let place = format!("file {} of {}", MOST_FILES + 1, names.len());
        files.push((shown(first), Err((PackFault::TooManyFiles, place))));
    }
    files
}

/// Reads an ordinary file. A pipe or a link is not followed: what stands behind it may have no end.
fn read(path: &Path) -> Result<String, Fault> {
    let whole = |fault| move |_: std::io::Error| (fault, "file".to_owned());
    let flags = OFlag::O_NOFOLLOW | OFlag::O_NONBLOCK;
    let kind = fs::symlink_metadata(path).map_err(whole(PackFault::Unreadable))?;
    if !kind.is_file() {
        return Err((PackFault::NotAFile, "file".to_owned()));
    }
    let file =
        OpenOptions::new().read(true).custom_flags(flags.bits()).open(path).map_err(whole(PackFault::Unreadable))?;
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(whole(PackFault::Unreadable))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err((PackFault::TooLarge, format!("byte {}", MOST_BYTES + 1)));
    }
    String::from_utf8(bytes)
        .map_err(|error| (PackFault::NotText, format!("byte {}", error.utf8_error().valid_up_to() + 1)))
}
