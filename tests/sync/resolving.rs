//! Two versions of a care plan: how actions ended goes together by itself, what was agreed is for a person, and what she chose is the
//! next version.

use ::clinic::{
    CarePlanView, Choice, Clinic, Code, EndAction, FindPatients, OpenPatient, PaperOf, Problem, ReadCarePlan,
    ResolveConflict, UnlockCarePlan, ViewConflict,
};
use kit::appointment::{PATIENTS, Play, a_lock, an_action};
use kit::{Proxy, Shift, TrustServer, a_search, nhs_number};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::clinic::{a_clinic_on, desk_when};

/// A clinic with a plan that is locked and at the trust.
struct Scene {
    server: TrustServer,
    shift: Shift,
    plan: String,
    _network: Proxy,
    _folder: TempDir,
}

impl Scene {
    async fn new(pc: u64) -> Scene {
        let server = TrustServer::start_signed_in();
        let network = server.network();
        let (shift, folder) = a_clinic_on(&network, pc).await;
        Play::new(&shift.room.clock, &mut |_| ()).appointment(&shift.clinic, 0).await.unwrap();
        let search = FindPatients { nhs_number: nhs_number(1), family: PATIENTS[0].1.to_owned(), ..a_search() };
        let patient = shift.clinic.find_patients(search).await.unwrap().people[0].banner.id.to_string();
        let plan = shift.clinic.open_patient(OpenPatient { patient }).await.unwrap().plans[0].id.to_string();
        let scene = Scene { server, shift, plan, _network: network, _folder: folder };
        scene.sent().await;
        scene
    }

    fn clinic(&self) -> &Clinic {
        &self.shift.clinic
    }

    async fn sent(&self) {
        desk_when(self.clinic(), |desk| desk.sending.phrase == "sent" && desk.sending.waiting == 0).await;
    }

    fn there(&self) -> Value {
        let mut all = self.server.all("CarePlan");
        assert_eq!(all.len(), 1);
        all.pop().unwrap()
    }

    /// Somebody else changes an action of the plan at the trust.
    fn changed_there(&self, key: &str, change: impl FnOnce(&mut Value)) {
        let mut plan = self.there();
        change(activity(&mut plan, key));
        assert_eq!(self.server.put(&plan).0, 200);
    }

    async fn end(&self, action: &str) {
        let (plan, action) = (self.plan.clone(), action.to_owned());
        let end = EndAction { plan, action, how: Some("not_needed".into()), outcome: "Said here".into() };
        self.clinic().end_action(end).await.unwrap();
    }

    async fn read(&self) -> CarePlanView {
        let read = ReadCarePlan { plan: self.plan.clone(), version: None };
        self.clinic().read_care_plan(read).await.unwrap()
    }

    async fn unlock(&self) {
        let unlock = UnlockCarePlan { plan: self.plan.clone(), reason: "Changed".into() };
        self.clinic().unlock_care_plan(unlock).await.unwrap();
    }

    async fn resolve(&self, sending: &str, choices: &[(&str, &str)]) -> Result<usize, Problem> {
        let choices = choices.iter().map(|(item, side)| Choice { item: (*item).into(), side: (*side).into() });
        let request = ResolveConflict { sending: sending.to_owned(), choices: choices.collect() };
        self.clinic().resolve_conflict(request).await.map(|left| left.len())
    }
}

fn activity<'a>(plan: &'a mut Value, key: &str) -> &'a mut Value {
    let all = plan["activity"].as_array_mut().unwrap();
    all.iter_mut().find(|one| one["id"] == key).unwrap()
}

/// How an action ended, as the plan says it: what came of it.
fn outcome(view: &CarePlanView, key: &str) -> Option<String> {
    let action = view.concerns.iter().flat_map(|one| &one.actions).find(|one| one.key == key)?;
    action.ended.as_ref().map(|_| action.outcome.clone())
}

fn done(activity: &mut Value) {
    activity["detail"]["status"] = json!("completed");
    activity["progress"] = json!([{ "time": "2026-11-23", "text": "Done" }]);
    activity["outcomeCodeableConcept"] = json!([{ "text": "Said there" }]);
}

#[tokio::test(flavor = "multi_thread")]
async fn how_actions_ended_goes_together_and_the_version_stays() {
    let scene = Scene::new(805).await;
    scene.changed_there("a-2", done);
    scene.end("a-4").await;
    scene.sent().await;
    assert!(scene.clinic().list_refused().await.unwrap().is_empty());
    let view = scene.read().await;
    assert_eq!(
        (outcome(&view, "a-2").as_deref(), outcome(&view, "a-4").as_deref(), view.version),
        (Some("Said there"), Some("Said here"), 1)
    );
    let mut there = scene.there();
    let mut status = |key: &str| activity(&mut there, key)["detail"]["status"].clone();
    assert_eq!((status("a-2"), status("a-4")), (json!("completed"), json!("cancelled")));
    scene.clinic().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_agreed_is_chosen_by_a_person_and_is_the_next_version() {
    let scene = Scene::new(806).await;
    let clinic = scene.clinic();
    scene.changed_there("a-2", |activity| {
        activity["detail"]["description"] = json!("Their <b>words</b>");
        done(activity);
    });
    scene.unlock().await;
    let ours =
        an_action(&scene.plan, "a-2", ["inform", "Our words", "support_worker", "Nkechi Notional", "30/11/2026"]);
    clinic.write_action(ours).await.unwrap();
    clinic.lock_care_plan(a_lock(clinic, &scene.plan).await).await.unwrap();
    desk_when(clinic, |desk| desk.sending.phrase == "needs_you").await;
    let refused = clinic.list_refused().await.unwrap();
    assert_eq!((refused.len(), refused[0].conflict, refused[0].can_try_again), (1, true, false));
    let sending = refused[0].sending.to_string();

    let view = clinic.view_conflict(ViewConflict { sending: sending.clone() }).await.unwrap();
    assert_eq!(
        (view.kind.code(), view.record.as_str(), view.whole, view.removed),
        ("care_plan", &*scene.plan, false, false)
    );
    assert_eq!((view.who_ours.as_str(), view.when_theirs.is_some(), view.who_theirs), ("Ruth Invented", true, None));
    let clashes: Vec<_> =
        view.clashes.iter().map(|one| (&*one.item, &*one.label, &*one.base, &*one.ours, &*one.theirs)).collect();
    assert_eq!(
        clashes,
        [("action/a-2/what", "action-what", "Leaflet on help at home", "Our words", "Their <b>words</b>")]
    );
    let taken: Vec<_> = view.taken.iter().map(|one| (&*one.item, &*one.theirs, one.coded)).collect();
    assert_eq!(taken, [("action/a-2/ended", "done\n23-Nov-2026\nSaid there", true)]);
    assert!(view.same > 5);

    // Care goes on, and what is being changed is not chosen about.
    scene.unlock().await;
    let choice = [("action/a-2/what", "theirs")];
    assert_eq!(scene.resolve(&sending, &choice).await.unwrap_err().code, Code::PlanUnlocked);
    clinic.lock_care_plan(a_lock(clinic, &scene.plan).await).await.unwrap();
    let missing = scene.resolve(&sending, &[]).await.unwrap_err();
    assert_eq!((missing.fields[0].field.as_str(), missing.fields[0].reason.as_str()), ("action/a-2/what", "missing"));
    assert_eq!(scene.there()["meta"]["versionId"], "2", "nothing of theirs was overwritten");

    assert_eq!(scene.resolve(&sending, &choice).await.unwrap(), 0);
    assert_eq!(scene.resolve(&sending, &choice).await.unwrap_err().code, Code::Gone);
    scene.sent().await;
    let now = scene.read().await;
    assert_eq!((now.version, now.versions.len(), outcome(&now, "a-2").as_deref()), (4, 4, Some("Said there")));
    let mut there = scene.there();
    assert_eq!(there["extension"][0]["valueInteger"], 4);
    assert_eq!(activity(&mut there, "a-2")["detail"]["description"], "Their <b>words</b>");
    let paper = PaperOf { kind: "care_plan".into(), record: scene.plan.clone(), patient: None, version: Some(4) };
    assert!(!clinic.preview_paper(paper).await.unwrap().pages.is_empty(), "it has its paper");
    clinic.close().await;
}
