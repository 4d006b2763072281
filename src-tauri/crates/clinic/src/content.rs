//! The content that ships with the app: data compiled in, read once when a clinic opens.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use domain::checklist::Checklist;
use serde::Deserialize;
use store::Store;

use crate::clinic::Clinic;
use crate::problem::{Code, Problem};

const DEFAULT_CHECKLIST: &str = include_str!("../../../../assets/content/checklists/default-1.0.0.json");
const CANCER_TYPES: &str = include_str!("../../../../assets/content/cancer-types-1.0.0.json");

/// What ships, read.
pub(crate) struct Content {
    default_checklist: Arc<Checklist>,
    /// Checklist versions read from the database: their bytes never change, so reading one once is enough.
    read: Mutex<HashMap<String, Arc<Checklist>>>,
    cancer_types: Vec<String>,
}

#[derive(Deserialize)]
struct CancerTypes {
    cancer_types: Vec<CancerType>,
}

#[derive(Deserialize)]
struct CancerType {
    name: String,
}

impl Content {
    pub fn shipped() -> Result<Content, Problem> {
        let types: CancerTypes = serde_json::from_str(CANCER_TYPES).map_err(|_| Problem::unexpected())?;
        Ok(Content {
            default_checklist: Arc::new(read(DEFAULT_CHECKLIST)?),
            read: Mutex::default(),
            cancer_types: types.cancer_types.into_iter().map(|kind| kind.name).collect(),
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
        Ok(self.0.content.cancer_types.clone())
    }
}
