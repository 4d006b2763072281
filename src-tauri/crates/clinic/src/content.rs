//! The content that ships with the app: data compiled in, read once when a clinic opens.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use domain::checklist::Checklist;
use domain::summary_template::SummaryTemplate;
use serde::Deserialize;
use store::Store;

use crate::clinic::Clinic;
use crate::problem::{Code, Problem};
use crate::template_pack;

const DEFAULT_CHECKLIST: &str = include_str!("../../../../assets/content/checklists/default-1.0.0.json");
const CANCER_TYPES: &str = include_str!("../../../../assets/content/cancer-types-1.0.0.json");
const TEMPLATES: [&str; 1] = [include_str!("../../../../assets/content/summary-templates/breast-1.0.0.json")];

/// What ships, read.
pub(crate) struct Content {
    default_checklist: Arc<Checklist>,
    /// Checklist versions read from the database: their bytes never change, so reading one once is enough.
    read: Mutex<HashMap<String, Arc<Checklist>>>,
    cancer_types: Vec<CancerType>,
    /// What ships, read when it is first asked for, so that no start waits for it; None when it does not read.
    templates: OnceLock<Option<Vec<ShippedTemplate>>>,
    /// Template versions read from the database, likewise.
    read_templates: Mutex<HashMap<String, Arc<SummaryTemplate>>>,
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
            default_checklist: Arc::new(read(DEFAULT_CHECKLIST)?),
            read: Mutex::default(),
            cancer_types: types.cancer_types,
            templates: OnceLock::new(),
            read_templates: Mutex::default(),
        })
    }

    /// The checklist a new assessment is made on.
    pub fn default_checklist(&self) -> &Checklist {
        &self.default_checklist
    }

    /// The bytes that are kept with the first assessment made on it.
    pub fn default_body(&self) -> &'static str {
        DEFAULT_CHECKLIST
    }

    /// A checklist version as it was when answers were given on it: from the database first, because what ships may be newer.
    pub fn checklist(&self, store: &Store, canonical: &str) -> Result<Arc<Checklist>, Problem> {
        let mut known = self.read.lock().map_err(|_| Problem::unexpected())?;
        if let Some(checklist) = known.get(canonical) {
            return Ok(checklist.clone());
        }
        match store.checklist(canonical)? {
            Some(body) => {
                let checklist = Arc::new(read(&body)?);
                known.insert(canonical.to_owned(), checklist.clone());
                Ok(checklist)
            }
            None if canonical == self.default_checklist.canonical => Ok(self.default_checklist.clone()),
            None => Err(Code::Gone.into()),
        }
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

fn read(body: &str) -> Result<Checklist, Problem> {
    fhir::checklist(body).map_err(|fault| {
        eprintln!("holdfast: checklist: {fault}");
        Problem::unexpected()
    })
}

impl Clinic {
    /// Plain names of cancer types, in the order in which they are offered.
    pub async fn cancer_types(&self) -> Result<Vec<String>, Problem> {
        Ok(self.0.content.cancer_types.iter().map(|kind| kind.name.clone()).collect())
    }
}
