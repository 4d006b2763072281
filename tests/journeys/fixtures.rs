//! A database of an earlier version opens with each of its ways in and shows everything that was entered then.

use std::path::{Path, PathBuf};

use clinic::*;
use kit::room::{copy, unlock, unlock_with_code};
use kit::*;
use serde_json::Value;
use tempfile::TempDir;

/// Every folder of `fixtures`.
fn all() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.is_dir()).collect()
}

struct Fixture {
    room: Room,
    ways_in: Value,
    // Removed with the test.
    _folder: TempDir,
}

impl Fixture {
    fn copied(from: &Path, seed: u64) -> Fixture {
        let folder = TempDir::new().unwrap();
        let profile = folder.path().join("profile");
        copy(from, &profile);
        let ways_in: Value =
            serde_json::from_str(&std::fs::read_to_string(from.join("ways-in.json")).unwrap()).unwrap();
        let shelf = KeyShelf::default();
        let name = format!("secret-{}", ways_in["database"].as_str().unwrap());
        shelf.replace_content([(name, ways_in["device_secret"].as_str().unwrap().to_owned())].into());
        let room = Room::at(&profile, shelf, seed);
        room.clock.step(clock::DAY);
        Fixture { room, ways_in, _folder: folder }
    }

    fn word(&self, name: &str) -> &str {
        self.ways_in[name].as_str().unwrap()
    }
}

#[tokio::test]
async fn the_databases_of_earlier_versions_open_with_each_passphrase() {
    let fixtures = all();
    assert!(!fixtures.is_empty());
    for (seed, path) in (500..).zip(&fixtures) {
        let fixture = Fixture::copied(path, seed);
        let house = fixture.room.house();
        assert_eq!(house.front().nurses.len(), 2);
        for nurse in ["first", "second"] {
            let (id, passphrase) = (format!("{nurse}_nurse"), format!("{nurse}_passphrase"));
            let clinic = unlock(&house, fixture.word(&id), fixture.word(&passphrase)).await.unwrap();
            everything_is_there(&clinic).await;
            clinic.close().await;
        }
    }
}

#[tokio::test]
async fn and_with_the_printed_code_on_a_pc_without_the_key() {
    for (seed, path) in (600..).zip(&all()) {
        let fixture = Fixture::copied(path, seed);
        fixture.room.keys.replace_content(Default::default());
        let code: Vec<String> = fixture.word("recovery_code").split('-').map(str::to_owned).collect();
        let clinic = unlock_with_code(&fixture.room.house(), fixture.word("first_nurse"), &code).await.unwrap();
        everything_is_there(&clinic).await;
        clinic.close().await;
    }
}

/// What `fixtures/make.rs` entered.
async fn everything_is_there(clinic: &Clinic) {
    assert!(clinic.desk().await.unwrap().ready);
    let staff = clinic.list_staff().await.unwrap();
    assert!(staff.iter().all(|one| one.can_unlock) && staff.len() == 2);
    let find = |number: u32| FindPatients { nhs_number: nhs_number(number), born: date(14, 7, 1956), ..a_search() };
    let mut seen = Vec::new();
    for number in [1, 2] {
        let found = clinic.find_patients(find(number)).await.unwrap();
        let patient = found.people[0].banner.id.to_string();
        seen.push(clinic.open_patient(OpenPatient { patient }).await.unwrap());
    }
    assert_eq!((seen[0].banner.given.as_str(), seen[1].banner.family.as_str()), ("Anna", "Łęcka-Ŵyn"));
    assert_eq!((seen[0].form.cancer_type.as_str(), seen[0].treatments.len()), ("Breast", 1));
    let hna = clinic.read_hna(ReadHna { hna: seen[0].hnas[0].id.to_string() }).await.unwrap();
    assert_eq!((hna.status.code(), hna.concerns.len(), hna.ranked.len()), ("completed", 15, 3));
    assert_eq!(hna.concerns[14].text, "Who will walk the dog? £5 for the ’bus, ŵ ŷ ł");
    let declined = hna.concerns.iter().filter(|concern| matches!(concern.answer, AnswerView::Declined)).count();
    let unanswered = hna.concerns.iter().filter(|concern| matches!(concern.answer, AnswerView::Unanswered)).count();
    assert_eq!((declined, unanswered, hna.questions.lines().count()), (1, 1, 2));
    let draft = clinic.read_hna(ReadHna { hna: seen[1].hnas[0].id.to_string() }).await.unwrap();
    assert_eq!(
        (draft.status.code(), draft.concerns.len(), draft.next_unanswered.as_deref()),
        ("draft", 2, Some("physical.pain"))
    );
    let list = clinic.read_checklist(ReadChecklist { checklist: hna.checklist }).await.unwrap();
    assert_eq!(list.domains.len(), 6);
}
