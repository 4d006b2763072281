//! What stays in use: versions that were taken in once, over restarts, replacements and files that break.

use super::*;

#[tokio::test]
async fn the_last_good_version_stays_in_use_over_every_restart() {
    let (room, folder) = a_room();
    put_text(&folder, "ours.json", &ours("1.0.0"));
    let desk = a_clinic_in(room).await;
    let anna = registered(&desk.clinic).await.to_string();
    let [one, two] = ["1.0.0", "2.0.0"].map(|version| format!("{OURS}|{version}"));
    assert_eq!(offered(&desk.clinic).await[4..], *std::slice::from_ref(&one));

    put(&folder, "ours.json", &Pack::Text("broken".into()));
    let clinic = again(&desk, &desk.clinic).await;
    assert_eq!(refused(&clinic).await, [("ours.json".to_owned(), "not_json", "line 1, column 1".to_owned())]);
    assert_eq!(offered(&clinic).await[4..], *std::slice::from_ref(&one));
    let draft = clinic.start_hna(on(&anna, &one)).await.unwrap().id.to_string();

    let mut other = ours("1.0.0");
    word(&mut other, "physical.pain", "Aches");
    put_text(&folder, "ours.json", &other);
    let clinic = again(&desk, &clinic).await;
    let differs = ("ours.json".to_owned(), "version_differs", "Questionnaire.version".to_owned());
    assert_eq!(refused(&clinic).await, std::slice::from_ref(&differs));
    let pain = clinic.tick_concern(one_of(&draft, "physical.pain")).await.unwrap();
    assert_eq!(pain.concerns[0].text, "Pain");

    other["version"] = json!("2.0.0");
    put_text(&folder, "ours.json", &other);
    let clinic = again(&desk, &clinic).await;
    assert_eq!((refused(&clinic).await, offered(&clinic).await[4..].to_vec()), (Vec::new(), vec![two.clone()]));
    let kept = clinic.tick_concern(one_of(&draft, "physical.sleep")).await.unwrap();
    assert_eq!((kept.checklist.as_str(), kept.concerns.len()), (one.as_str(), 2), "a draft goes on as it began");
    let newer = clinic.start_hna(on(&anna, &two)).await.unwrap().id.to_string();
    let pain = clinic.tick_concern(one_of(&newer, "physical.pain")).await.unwrap();
    assert_eq!(pain.concerns[0].text, "Aches");
    assert_eq!(faults(clinic.start_hna(on(&anna, &one)).await), fault("checklist", "not_offered"));

    fs::remove_file(folder.join("ours.json")).unwrap();
    let clinic = again(&desk, &clinic).await;
    assert_eq!(offered(&clinic).await[4..], [two]);
    assert_eq!(details(&desk, "keep_checklists"), ["kept 1", "kept 1"], "only what is new is kept");
}

#[tokio::test]
async fn a_shipped_checklist_can_be_replaced_and_retired_but_never_changed_and_the_usual_one_stays() {
    let (room, folder) = a_room();
    let shipped = |slug: &str, body: &str| {
        let pack: Value = serde_json::from_str(body).unwrap();
        assert_eq!(pack["id"], slug);
        pack
    };
    let usual = || shipped("default", DEFAULT);
    let mut changed = usual();
    word(&mut changed, "physical.pain", "Aches");
    put_text(&folder, "changed.json", &changed);
    let mut gone = usual();
    (gone["version"], gone["status"]) = (json!("3.0.0"), json!("retired"));
    put_text(&folder, "gone.json", &gone);
    let mut moved = usual();
    moved["version"] = json!("1.2.0");
    item(&mut moved, "physical.pain")["linkId"] = json!("physical.ache");
    item(&mut moved, "physical.sleep")["linkId"] = json!("physical.pain");
    put_text(&folder, "moved.json", &moved);
    changed["version"] = json!("1.1.0");
    put_text(&folder, "newer.json", &changed);
    let mut short = shipped("concerns-48", include_str!("../../../assets/content/checklists/concerns-48-1.0.0.json"));
    (short["version"], short["status"]) = (json!("1.0.1"), json!("retired"));
    put_text(&folder, "short.json", &short);
    fs::write(folder.join("same.json"), DEFAULT).unwrap();

    let desk = a_clinic_in(room).await;
    let named = [
        ("changed.json", "version_differs", "Questionnaire.version"),
        ("gone.json", "usual_retired", "Questionnaire.status"),
        ("moved.json", "meaning_changed", "item(physical.pain).code"),
    ];
    let named = named.map(|(file, fault, place)| (file.to_owned(), fault, place.to_owned()));
    assert_eq!(refused(&desk.clinic).await, named);
    let slugs = ["default|1.1.0", "concerns-63|1.0.0", "easy-read|1.0.0"];
    let expected = slugs.map(|slug| format!("https://holdfast.example/fhir/Questionnaire/{slug}"));
    assert_eq!(offered(&desk.clinic).await, expected);
    let anna = registered(&desk.clinic).await.to_string();
    assert_eq!(desk.clinic.start_hna(an_assessment(&anna)).await.unwrap().checklist, expected[0], "none was chosen");
    let retired = "https://holdfast.example/fhir/Questionnaire/concerns-48|1.0.1";
    assert_eq!(faults(desk.clinic.start_hna(on(&anna, retired)).await), fault("checklist", "not_offered"));
}

/// Takes a concern out, also from among the choices.
fn without(pack: &mut Value, of: &str, key: &str) {
    let code = item(pack, key)["code"][0]["code"].clone();
    area(pack, of)["item"].as_array_mut().unwrap().retain(|item| item["linkId"] != key);
    let choices = pack["contained"][0]["compose"]["include"][0]["concept"].as_array_mut().unwrap();
    choices.retain(|choice| choice["code"] != code);
}

#[tokio::test]
async fn a_concern_that_was_dropped_does_not_come_back_as_another() {
    let (room, folder) = a_room();
    let dropped = |mut pack: Value, version: &str| {
        pack["version"] = json!(version);
        without(&mut pack, "physical", "physical.pain");
        pack
    };
    let back_as_another = |pack: Value, version: &str| {
        let mut pack = dropped(pack, version);
        item(&mut pack, "physical.sleep")["linkId"] = json!("physical.pain");
        pack
    };
    let usual = || serde_json::from_str::<Value>(DEFAULT).unwrap();
    put_text(&folder, "a.json", &ours("1.0.0"));
    put_text(&folder, "b.json", &dropped(ours(""), "2.0.0"));
    put_text(&folder, "c.json", &back_as_another(ours(""), "3.0.0"));
    put_text(&folder, "d.json", &dropped(usual(), "1.1.0"));
    put_text(&folder, "e.json", &back_as_another(usual(), "1.2.0"));
    let desk = a_clinic_in(room).await;
    let changed = |file: &str| (file.to_owned(), "meaning_changed", "item(physical.pain).code".to_owned());
    assert_eq!(refused(&desk.clinic).await, [changed("c.json"), changed("e.json")], "all of them new");
    let clinic = again(&desk, &desk.clinic).await;
    assert_eq!(refused(&clinic).await, [changed("c.json"), changed("e.json")], "beside what is kept, and what ships");
    put_text(&folder, "c.json", &ours("3.0.0"));
    let clinic = again(&desk, &clinic).await;
    assert_eq!(refused(&clinic).await, [changed("e.json")], "back as what it was");
    assert_eq!(offered(&clinic).await[4..], [format!("{OURS}|3.0.0")]);
}

#[tokio::test]
async fn a_kept_version_that_no_longer_reads_keeps_nobody_out_and_the_one_before_it_stays_in_use() {
    let (room, folder) = a_room();
    put_text(&folder, "ours.json", &ours("1.0.0"));
    let desk = a_clinic_in(room).await;
    let anna = registered(&desk.clinic).await.to_string();
    desk.clinic.close().await;
    let dek = key(&desk.room, &desk.ruth, RUTHS_PASSPHRASE);
    let mut ids = 0u8;
    let mut store = Store::open(
        &desk.room.profile().join("clinic.db"),
        keys(&dek),
        Box::new(move || {
            ids += 1;
            Some([ids; 16])
        }),
    )
    .unwrap();
    let ruth = store.staff(StaffId::parse(&desk.ruth).unwrap()).unwrap().unwrap();
    let by =
        By { staff: ruth.id, name: ruth.name.clone(), role: ruth.role, key_holder: true, at: 1, pc: String::new() };
    let unread = ["https://holdfast.example/fhir/Questionnaire/default|1.5.0", &format!("{OURS}|2.0.0")];
    store
        .write::<_, store::Error>(&by, Op::KeepChecklists, |w| {
            unread.iter().try_for_each(|canonical| w.keep_checklist(canonical, &format!("{{ {canonical}")))
        })
        .unwrap();
    store.close().unwrap();

    let mut moved = ours("2.1.0");
    without(&mut moved, "physical", "physical.pain");
    item(&mut moved, "physical.sleep")["linkId"] = json!("physical.pain");
    put_text(&folder, "moved.json", &moved);
    let clinic = desk.unlock().await;
    let changed = ("moved.json".to_owned(), "meaning_changed", "item(physical.pain).code".to_owned());
    assert_eq!(refused(&clinic).await, [changed], "what reads is still compared with");
    let now = offered(&clinic).await;
    assert_eq!((now.len(), now[0].as_str()), (5, "https://holdfast.example/fhir/Questionnaire/default|1.0.0"));
    assert_eq!(now[4], format!("{OURS}|1.0.0"));
    assert_eq!(clinic.start_hna(an_assessment(&anna)).await.unwrap().checklist, now[0]);
    assert_eq!(clinic.start_hna(on(&anna, &now[4])).await.unwrap().checklist, now[4]);
    put_text(&folder, "moved.json", &ours("3.0.0"));
    let clinic = again(&desk, &clinic).await;
    assert_eq!((refused(&clinic).await, offered(&clinic).await[4..].to_vec()), (vec![], vec![format!("{OURS}|3.0.0")]));
}
