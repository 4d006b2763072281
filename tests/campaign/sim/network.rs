//! The way between the PCs and the model of the trust's server: requests and answers take a moment each, and may be lost, doubled, late,
//! cut or answered by somebody else. Every fault is counted when it happens.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use kit::TrustModel;
use kit::trust_model::{Backup, Response, Version};
use serde_json::Value;
use sync::{Answered, Reply, Wire};

use super::history::Fault;

/// Where the server is.
pub const BASE: &str = "https://trust.invented/fhir";

/// Who wrote a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writer {
    /// Before the history began: everybody knows it.
    Before,
    Pc(usize),
    /// Somebody at the trust.
    Elsewhere,
}

/// The server and the network before it.
pub struct Trust {
    pub model: TrustModel,
    /// True time, UTC milliseconds.
    pub now: i64,
    /// Who wrote which commit.
    pub writers: BTreeMap<u64, Writer>,
    /// How often each kind of fault happened.
    pub faults: BTreeMap<&'static str, u64>,
    pub copy: Option<Backup>,
    /// What a restored server does not know any more, or knows at an older version.
    pub forgotten: BTreeSet<String>,
    /// The versions that it does not know any more, with their names and who wrote them.
    pub unwritten: Vec<(String, Writer, Version)>,
    /// Which version of what somebody at a PC has seen and chosen to replace.
    pub chosen: BTreeSet<(usize, String, String)>,
    ahead: Vec<VecDeque<Fault>>,
    late: Vec<Late>,
}

/// A transaction that nobody waits for any more and that still arrives.
struct Late {
    at: i64,
    pc: usize,
    body: String,
}

impl Trust {
    pub fn new(model: TrustModel, pcs: usize) -> Trust {
        let now = model.now;
        let ahead = (0..pcs).map(|_| VecDeque::new()).collect();
        Trust {
            model,
            now,
            writers: BTreeMap::new(),
            faults: BTreeMap::new(),
            copy: None,
            forgotten: BTreeSet::new(),
            unwritten: Vec::new(),
            chosen: BTreeSet::new(),
            ahead,
            late: Vec::new(),
        }
    }

    pub fn count(&mut self, fault: &'static str) {
        *self.faults.entry(fault).or_default() += 1;
    }

    /// Something goes wrong with this PC's next request that it can befall.
    pub fn befall(&mut self, pc: usize, fault: Fault) {
        self.ahead[pc].push_back(fault);
    }

    /// Nothing goes wrong any more.
    pub fn heal(&mut self) {
        self.ahead.iter_mut().for_each(VecDeque::clear);
        self.pass(60_000);
    }

    /// Time goes by, and what was late arrives.
    pub fn pass(&mut self, ms: i64) {
        let until = self.now + ms;
        self.late.sort_by_key(|late| late.at);
        while self.late.first().is_some_and(|late| late.at <= until) {
            let late = self.late.remove(0);
            self.now = self.now.max(late.at);
            self.count("reorder");
            self.served(Writer::Pc(late.pc), "POST", "", late.body.as_bytes());
        }
        self.now = until;
    }

    /// The server goes back to this copy of its disk.
    pub fn restore(&mut self, copy: &Backup) {
        let before: Vec<(String, Vec<Version>)> =
            self.model.everything().map(|(name, all)| (name.to_owned(), all.to_vec())).collect();
        self.model.restore(copy);
        let mut gone = Vec::new();
        for (name, all) in before {
            let kept = self.model.history(&name).len();
            if kept == all.len() {
                continue;
            }
            for version in all.into_iter().skip(kept) {
                let writer = self.writers.get(&version.commit).copied().unwrap_or(Writer::Elsewhere);
                self.unwritten.push((name.clone(), writer, version));
            }
            gone.push(name);
        }
        if !gone.is_empty() {
            self.count("restored");
            self.forgotten.extend(gone);
        }
    }

    /// Somebody at the trust does something.
    pub fn elsewhere(&mut self, work: impl FnOnce(&mut TrustModel)) {
        self.by(Writer::Elsewhere, work);
    }

    fn by<R>(&mut self, writer: Writer, work: impl FnOnce(&mut TrustModel) -> R) -> R {
        self.model.now = self.model.now.max(self.now);
        let before = self.model.commits();
        let done = work(&mut self.model);
        for commit in before + 1..=self.model.commits() {
            self.writers.insert(commit, writer);
        }
        done
    }

    fn served(&mut self, writer: Writer, method: &str, target: &str, body: &[u8]) -> Response {
        let response = self.by(writer, |model| model.handle(method, target, &[], body));
        if response.status == 422 {
            self.count("poison");
        }
        response
    }

    fn fault(&mut self, pc: usize, write: bool) -> Option<Fault> {
        let ahead = &mut self.ahead[pc];
        let befalls = |fault: &Fault| {
            let any = matches!(
                fault,
                Fault::NotReached | Fault::Portal | Fault::SignIn | Fault::Truncated | Fault::Busy { .. }
            );
            write || any
        };
        let place = ahead.iter().position(befalls)?;
        match &mut ahead[place] {
            Fault::Busy { times } if *times > 1 => {
                *times -= 1;
                Some(Fault::Busy { times: 1 })
            }
            _ => ahead.remove(place),
        }
    }

    fn request(&mut self, pc: usize, writer: Writer, method: &str, target: &str, body: &str) -> Reply {
        let write = method == "POST" && target.is_empty();
        let Some(fault) = self.fault(pc, write) else {
            return answered(self.served(writer, method, target, body.as_bytes()));
        };
        let fhir = "application/fhir+json";
        let plain = |status: u16, media: &str, after| {
            Reply::Answered(Answered { status, media: media.to_owned(), after, ..Answered::default() })
        };
        match fault {
            Fault::NotReached => {
                self.count("not_reached");
                Reply::NotReached
            }
            Fault::LostAnswer => {
                self.count("lost_answer");
                self.served(writer, method, target, body.as_bytes());
                Reply::CutOff
            }
            Fault::Duplicate { second } => {
                self.count("duplicate");
                let first = self.served(writer, method, target, body.as_bytes());
                let again = self.served(writer, method, target, body.as_bytes());
                answered(if second { again } else { first })
            }
            Fault::Late { ms } => {
                self.late.push(Late { at: self.now + ms, pc, body: body.to_owned() });
                Reply::CutOff
            }
            Fault::Reordered => {
                let mut response = self.served(writer, method, target, body.as_bytes());
                let entries = response.body.as_mut().and_then(|body| body["entry"].as_array_mut());
                // Without names the order is all there is, and a server keeps to it.
                if let Some(entries) =
                    entries.filter(|all| all.iter().all(|one| one["response"]["location"].is_string()))
                {
                    entries.reverse();
                    self.count("reorder");
                }
                answered(response)
            }
            Fault::Truncated => {
                self.count("truncated");
                let response = self.served(writer, method, target, body.as_bytes());
                plain(response.status, fhir, None)
            }
            Fault::Portal => {
                self.count("captive_portal");
                plain(200, "text/html", None)
            }
            Fault::Busy { .. } => {
                self.count("busy_429");
                plain(429, "text/plain", Some(7_000))
            }
            Fault::SignIn => {
                self.count("token_expired_401");
                Reply::Answered(Answered { status: 401, challenge: true, ..Answered::default() })
            }
            Fault::Failing { committed } => {
                self.count("server_5xx");
                if committed {
                    self.served(writer, method, target, body.as_bytes());
                }
                plain(503, "text/plain", None)
            }
            Fault::TooLarge if body.matches("\"Provenance/").count() > 1 => {
                self.count("too_large_413");
                plain(413, "text/plain", None)
            }
            _ => answered(self.served(writer, method, target, body.as_bytes())),
        }
    }
}

fn answered(response: Response) -> Reply {
    let etag = response.header("ETag").map(str::to_owned);
    let media = "application/fhir+json".to_owned();
    Reply::Answered(Answered { status: response.status, media, etag, body: response.body, ..Answered::default() })
}

/// The way of one PC to the server.
pub struct Line {
    pub writer: Writer,
    pub pc: usize,
    pub trust: Arc<Mutex<Trust>>,
}

impl Line {
    async fn ask(&self, method: &str, target: &str, body: &str) -> Reply {
        // On its way there, and back: others go on meanwhile.
        Moment::default().await;
        let reply = self.trust.lock().unwrap().request(self.pc, self.writer, method, target, body);
        Moment::default().await;
        reply
    }
}

impl Wire for Line {
    fn base(&self) -> &str {
        BASE
    }

    async fn get(&self, path: &str, query: &[(&str, &str)], _: &str) -> Reply {
        self.ask("GET", &format!("{path}?{}", form(query)), "").await
    }

    async fn history(&self, path: &str, most: &str, _: &str) -> Reply {
        self.ask("GET", &format!("{path}/_history?_count={most}"), "").await
    }

    async fn search(&self, kind: &str, query: &[(&str, &str)], _: &str) -> Reply {
        self.ask("POST", &format!("{kind}/_search"), &form(query)).await
    }

    async fn batch(&self, body: String, _: &str) -> Reply {
        // By its target it is a question, which only the faults of questions befall.
        self.ask("POST", "?", &body).await
    }

    async fn post(&self, body: String, _: &str, _: &str) -> Reply {
        self.ask("POST", "", &body).await
    }
}

/// What is asked for has no letter in it that a form would change, but for these.
fn form(query: &[(&str, &str)]) -> String {
    let pairs = query
        .iter()
        .map(|(name, value)| format!("{name}={}", value.replace('%', "%25").replace('&', "%26").replace('+', "%2B")));
    pairs.collect::<Vec<_>>().join("&")
}

/// Lets the others go on once.
#[derive(Default)]
pub struct Moment(bool);

impl Future for Moment {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

/// The values that a resource holds as text, for looking something up in it.
pub fn holds(resource: &Value, text: &str) -> bool {
    match resource {
        Value::String(here) => here.contains(text),
        Value::Array(all) => all.iter().any(|one| holds(one, text)),
        Value::Object(fields) => fields.values().any(|one| holds(one, text)),
        _ => false,
    }
}
