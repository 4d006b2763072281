//! The content that ships with the app: data compiled in, read once when a clinic opens.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock};

use domain::checklist::{Checklist, ChecklistKind, PackVersion};
use domain::summary_template::SummaryTemplate;
use fhir::ChecklistPack;
use serde::Deserialize;
use store::Store;

use crate::clinic::Clinic;
use crate::problem::{Code, Problem};
use crate::template_pack;

/// The checklists that ship, in the order in which they are offered; the first is the usual one.
const CHECKLISTS: [(&str, &str); 4] = [
    (
        "https://holdfast.example/fhir/Questionnaire/default|1.0.0",
        include_str!("../../../../assets/content/checklists/default-1.0.0.json"),
    ),
    (
        "https://holdfast.example/fhir/Questionnaire/concerns-48|1.0.0",
        include_str!("../../../../assets/content/checklists/concerns-48-1.0.0.json"),
    ),
    (
        "https://holdfast.example/fhir/Questionnaire/concerns-63|1.0.0",
        include_str!("../../../../assets/content/checklists/concerns-63-1.0.0.json"),
    ),
    (
        "https://holdfast.example/fhir/Questionnaire/easy-read|1.0.0",
        include_str!("../../../../assets/content/checklists/easy-read-1.0.0.json"),
    ),
];
/// The one that is used when none is chosen, in its newest version.
const USUAL: &str = "https://holdfast.example/fhir/Questionnaire/default";
const CANCER_TYPES: &str = include_str!("../../../../assets/content/cancer-types-1.0.0.json");
const TEMPLATES: [&str; 1] = [include_str!("../../../../assets/content/summary-templates/breast-1.0.0.json")];

/// What ships, read.
pub(crate) struct Content {
    default_checklist: Arc<Checklist>,
    /// Checklist versions read: their bytes never change, so reading one once is enough.
    read: Mutex<HashMap<String, Version>>,
    cancer_types: Vec<CancerType>,
    /// What ships, read when it is first asked for, so that no start waits for it; None when it does not read.
    templates: OnceLock<Option<Vec<ShippedTemplate>>>,
    /// Template versions read from the database, likewise.
    read_templates: Mutex<HashMap<String, Arc<SummaryTemplate>>>,
}

/// A checklist version and what its file says about it.
#[derive(Clone)]
pub(crate) struct Version {
    pub checklist: Arc<Checklist>,
    pub language: Arc<str>,
    pub kind: ChecklistKind,
    pub retired: bool,
}

/// A template that new summaries can be made on, with the bytes that are kept with the first of them.
pub(crate) struct ShippedTemplate {
    pub template: Arc<SummaryTemplate>,
    pub body: &'static str,
}

#[derive(Deserialize)]
struct CancerTypes {
    cancer_types: Vec<CancerType>,
}

#[derive(Deserialize)]
struct CancerType {
    code: String,
    name: String,
}

impl Content {
    pub fn shipped() -> Result<Content, Problem> {
        let types: CancerTypes = serde_json::from_str(CANCER_TYPES).map_err(|_| Problem::unexpected())?;
        Ok(Content {
            default_checklist: read(shipped(USUAL).next().ok_or_else(Problem::unexpected)?.1)?.checklist,
            read: Mutex::default(),
            cancer_types: types.cancer_types,
            templates: OnceLock::new(),
            read_templates: Mutex::default(),
        })
    }

    /// The usual checklist as it ships; a trust may have a newer version, see [`Content::newest`].
    pub fn default_checklist(&self) -> &Checklist {
        &self.default_checklist
    }

    /// The bytes that are kept with the first assessment made on it.
    pub fn default_body(&self) -> &'static str {
        shipped(USUAL).next().map_or("", |(_, body)| body)
    }

    /// The url of the checklist that is used when none is chosen.
    pub fn usual_url(&self) -> &'static str {
        USUAL
    }

    /// A checklist version as it was when answers were given on it.
    pub fn checklist(&self, store: &Store, canonical: &str) -> Result<Arc<Checklist>, Problem> {
        Ok(self.version(store, canonical)?.checklist)
    }

    /// The bytes of a checklist version, kept or shipped; None when it is neither. The database comes first: what ships may be newer.
    pub fn body(&self, store: &Store, canonical: &str) -> Result<Option<String>, Problem> {
        let kept = store.checklist(canonical)?;
        Ok(kept.or_else(|| CHECKLISTS.iter().find(|(here, _)| *here == canonical).map(|(_, body)| (*body).to_owned())))
    }

    /// The newest version of a checklist that is kept or ships and can be read, also one that is retired; None when there is none.
    pub fn newest(&self, store: &Store, url: &str) -> Result<Option<Version>, Problem> {
        for canonical in self.canonicals(store)?.iter().filter(|canonical| of(canonical) == url) {
            if let Some(version) = self.if_it_reads(store, canonical)? {
                return Ok(Some(version));
            }
        }
        Ok(None)
    }

    /// Every version of a checklist that is kept or ships and can be read, the newest first.
    pub fn versions(&self, store: &Store, url: &str) -> Result<Vec<Arc<Checklist>>, Problem> {
        let canonicals = self.canonicals(store)?;
        let versions = canonicals.iter().filter(|canonical| of(canonical) == url);
        let read = versions.map(|canonical| self.if_it_reads(store, canonical)).filter_map(Result::transpose);
        read.map(|version| Ok(version?.checklist)).collect()
    }

    /// What a new assessment can be made on: the newest version of each checklist that is not retired, the usual one first, then what
    /// ships, then the trust's own by title.
    pub fn offered(&self, store: &Store) -> Result<Vec<Version>, Problem> {
        let mut offered = Vec::new();
        let urls: BTreeSet<String> = self.canonicals(store)?.iter().map(|canonical| of(canonical).to_owned()).collect();
        for url in urls {
            offered.extend(self.newest(store, &url)?.filter(|version| !version.retired));
        }
        let place = |url: &str| CHECKLISTS.iter().position(|(here, _)| of(here) == url).unwrap_or(CHECKLISTS.len());
        offered
            .sort_by_cached_key(|version| (place(of(&version.checklist.canonical)), version.checklist.title.clone()));
        Ok(offered)
    }

    /// The checklist that was chosen for a new assessment, or the usual one. Refused for the field `checklist` when it is not offered:
    /// a newer version came, or it was retired.
    pub fn chosen(&self, store: &Store, chosen: Option<&str>) -> Result<Arc<Checklist>, Problem> {
        let Some(chosen) = chosen else {
            let usual = self.newest(store, USUAL)?.ok_or_else(Problem::unexpected)?;
            return Ok(usual.checklist);
        };
        let newest = self.newest(store, of(chosen))?.filter(|newest| !newest.retired).map(|newest| newest.checklist);
        newest.filter(|newest| newest.canonical == chosen).ok_or_else(|| Problem::field("checklist", "not_offered"))
    }

    /// The canonicals of all versions that are kept or ship, the newest of a url before the older.
    fn canonicals(&self, store: &Store) -> Result<Vec<String>, Problem> {
        let mut all = store.checklist_versions()?;
        all.extend(CHECKLISTS.iter().map(|(canonical, _)| (*canonical).to_owned()));
        all.retain(|canonical| PackVersion::of(canonical).is_some());
        all.sort_unstable_by(|a, b| PackVersion::of(b).cmp(&PackVersion::of(a)));
        all.dedup();
        Ok(all)
    }

    fn version(&self, store: &Store, canonical: &str) -> Result<Version, Problem> {
        self.if_it_reads(store, canonical)?.ok_or_else(Problem::unexpected)
    }

    /// A version, or None for one whose bytes do not read (any more), which the log says: the others must not go with it.
    fn if_it_reads(&self, store: &Store, canonical: &str) -> Result<Option<Version>, Problem> {
        let mut known = self.read.lock().map_err(|_| Problem::unexpected())?;
        if let Some(version) = known.get(canonical) {
            return Ok(Some(version.clone()));
        }
        let Ok(version) = read(&self.body(store, canonical)?.ok_or(Code::Gone)?) else { return Ok(None) };
        known.insert(canonical.to_owned(), version.clone());
        Ok(Some(version))
    }

    /// The templates that ship, in the order in which they are offered.
    pub fn templates(&self) -> Result<&[ShippedTemplate], Problem> {
        let shipped = |body: &'static str| Some(ShippedTemplate { template: read_template(body).ok()?, body });
        let read = self.templates.get_or_init(|| TEMPLATES.into_iter().map(shipped).collect());
        read.as_deref().ok_or_else(Problem::unexpected)
    }

    /// A template version as it was when lines of it were chosen: from the database first, because what ships may be newer.
    pub fn template(&self, store: &Store, canonical: &str) -> Result<Arc<SummaryTemplate>, Problem> {
        let mut known = self.read_templates.lock().map_err(|_| Problem::unexpected())?;
        if let Some(template) = known.get(canonical) {
            return Ok(template.clone());
        }
        if let Some(body) = store.summary_template(canonical)? {
            let template = read_template(&body)?;
            known.insert(canonical.to_owned(), template.clone());
            return Ok(template);
        }
        let shipped = self.templates()?.iter().find(|shipped| shipped.template.canonical == canonical);
        shipped.map(|shipped| shipped.template.clone()).ok_or_else(|| Code::Gone.into())
    }

    /// The code of a type of cancer by its plain name; None for words of a nurse's own.
    pub fn cancer_code(&self, name: &str) -> Option<&str> {
        self.cancer_types.iter().find(|kind| kind.name == name).map(|kind| kind.code.as_str())
    }
}

fn read_template(body: &str) -> Result<Arc<SummaryTemplate>, Problem> {
    template_pack::summary_template(body).map(Arc::new).map_err(|fault| {
        eprintln!("holdfast: summary template: {fault}");
        Problem::unexpected()
    })
}

fn read(body: &str) -> Result<Version, Problem> {
    let pack = fhir::checklist_pack(body).map_err(|fault| {
        eprintln!("holdfast: checklist: {fault}");
        Problem::unexpected()
    })?;
    let ChecklistPack { checklist, language, kind, retired } = pack;
    Ok(Version { checklist: Arc::new(checklist), language: language.into(), kind, retired })
}

/// The versions of a checklist that ship.
fn shipped(url: &str) -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    CHECKLISTS.iter().filter(move |(canonical, _)| of(canonical) == url)
}

/// The url of a canonical.
fn of(canonical: &str) -> &str {
    canonical.split_once('|').map_or(canonical, |(url, _)| url)
}

impl Clinic {
    /// Plain names of cancer types, in the order in which they are offered.
    pub async fn cancer_types(&self) -> Result<Vec<String>, Problem> {
        Ok(self.0.content.cancer_types.iter().map(|kind| kind.name.clone()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_keeps_every_rule_and_is_named_as_it_is_listed() {
        for (canonical, body) in CHECKLISTS {
            let pack = fhir::accept_checklist(body).unwrap();
            assert_eq!(
                (pack.checklist.canonical.as_str(), pack.language.as_str(), pack.retired),
                (canonical, "en-GB", false)
            );
        }
        assert_eq!(of(CHECKLISTS[0].0), USUAL);
        assert_eq!(Content::shipped().unwrap().default_body(), CHECKLISTS[0].1);
    }
}
