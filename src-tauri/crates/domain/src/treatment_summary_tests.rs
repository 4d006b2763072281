//! The rules of a treatment summary, each by calling it on a small template.

use super::*;
use crate::id::StaffId;
use crate::staff::Role;
use crate::summary_template::{Choice, Group, Precision, Slot, SlotKind};

fn copies(patient: &str, gp: &str) -> Copies {
    Copies { patient: patient.to_owned(), gp: gp.to_owned() }
}

fn slot(key: &str, kind: SlotKind) -> Slot {
    Slot { key: key.to_owned(), label: format!("The {key}"), kind, prefill: None }
}

fn date(precision: Precision) -> Slot {
    slot("date", SlotKind::Date { precision })
}

fn side() -> Slot {
    let option = |key: &str, patient: &str, gp: &str| Choice { key: key.to_owned(), copies: copies(patient, gp) };
    let options =
        vec![option("left", "left breast", "left breast"), option("both", "left and right breasts", "both breasts")];
    slot("side", SlotKind::Choice { options })
}

fn line(key: &str, patient: &str, gp: &str, slots: Vec<Slot>) -> Line {
    Line {
        key: key.to_owned(),
        group: None,
        urgent: false,
        repeats: false,
        treatment: None,
        copies: copies(patient, gp),
        slots,
        with: Vec::new(),
        source: "an invented source".to_owned(),
        confidence: 'R',
    }
}

fn section(key: &str, needed: bool, lines: Vec<Line>) -> Section {
    Section { key: key.to_owned(), title: copies(key, key), needed, lead: None, groups: Vec::new(), lines }
}

/// Four sections, each kind of slot, a line that repeats, one that needs another, and groups.
fn template() -> SummaryTemplate {
    let invasive = line(
        "invasive",
        "You were told on {date} that it was in your {side}.",
        "Invasive, {side}, diagnosed {date}.",
        vec![side(), date(Precision::Year)],
    );
    let size =
        line("size", "It measured {mm} mm.", "Size: {mm} mm.", vec![slot("mm", SlotKind::Number { decimals: 1 })]);
    let chemo = Line {
        repeats: true,
        group: Some("drugs".to_owned()),
        ..line(
            "chemo",
            "Medicines: {drug}. Start: {date}.",
            "Chemotherapy {drug}, {date}.",
            vec![slot("drug", SlotKind::Text { most: 12 }), date(Precision::Month)],
        )
    };
    let surgery = Line {
        group: Some("surgery".to_owned()),
        ..line("surgery", "{date}: an operation.", "{date}: surgery.", vec![date(Precision::Day)])
    };
    let spine = Line {
        urgent: true,
        with: vec![("contacts".to_owned(), "day".to_owned()), ("contacts".to_owned(), "night".to_owned())],
        ..line("spine", "New back pain.", "Cord compression.", Vec::new())
    };
    let mut treatment = section("treatment", true, vec![surgery, chemo]);
    treatment.groups = ["surgery", "drugs"].map(|key| Group { key: key.to_owned(), title: copies(key, key) }).to_vec();
    let day = line("day", "Ring your nurse.", "Nurse: in hours.", Vec::new());
    let night = line("night", "Ring the ward.", "Ward: out of hours.", Vec::new());
    let order = |keys: [&str; 4]| keys.map(str::to_owned).to_vec();
    SummaryTemplate {
        canonical: "https://holdfast.example/content/summary-templates/invented|1.0.0".to_owned(),
        title: "Invented".to_owned(),
        cancer_types: vec!["invented".to_owned()],
        patient_order: order(["contacts", "alerts", "diagnosis", "treatment"]),
        gp_order: order(["diagnosis", "treatment", "alerts", "contacts"]),
        codes: Vec::new(),
        sections: vec![
            section("diagnosis", true, vec![invasive, size]),
            treatment,
            section("alerts", true, vec![spine]),
            section("contacts", false, vec![day, night]),
        ],
    }
}

fn by(at: i64) -> By {
    let name = "Ruth Invented".to_owned();
    By { staff: StaffId::from_random([3; 16]), name, role: Role::Doctor, key_holder: false, at, pc: String::new() }
}

fn draft() -> TreatmentSummary {
    TreatmentSummary::start(
        TreatmentSummaryId::from_random([1; 16]),
        PatientId::from_random([2; 16]),
        &template(),
        &by(1),
    )
}

fn values(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

fn choose(summary: TreatmentSummary, section: &str, line: &str, offered: &[(&str, &str)]) -> TreatmentSummary {
    summary.choose(&template(), section, line, &values(offered)).unwrap()
}

fn key(text: &str) -> EntryKey {
    EntryKey::new(text)
}

/// A draft with the slots of these lines empty.
fn with(lines: &[(&str, &str)]) -> TreatmentSummary {
    lines.iter().fold(draft(), |summary, (section, line)| choose(summary, section, line, &[]))
}

fn fill(summary: &TreatmentSummary, entry: &str, slot: &str, typed: &str) -> Result<TreatmentSummary, Refused> {
    summary.clone().fill(&template(), &key(entry), slot, typed)
}

/// The recorded value, or the reason.
fn filled(summary: &TreatmentSummary, entry: &str, slot: &str, typed: &str) -> Result<String, String> {
    match fill(summary, entry, slot, typed) {
        Ok(summary) => Ok(summary.chosen[0].values.get(slot).cloned().unwrap_or_default()),
        Err(Refused::Fields(faults)) => {
            assert_eq!(faults[0].field, format!("{entry}-{slot}"));
            Err(faults[0].reason.to_owned())
        }
        Err(other) => panic!("{other}"),
    }
}

/// Whole, and ready to be signed.
fn whole() -> TreatmentSummary {
    let summary = choose(draft(), "diagnosis", "invasive", &[("side", "left"), ("date", "2026-03")]);
    let summary = choose(summary, "treatment", "surgery", &[("date", "2026-11-02")]);
    choose(choose(summary, "alerts", "spine", &[]), "contacts", "night", &[])
}

fn faults(summary: &TreatmentSummary) -> Vec<(String, &'static str)> {
    summary.unfinished(&template()).into_iter().map(|fault| (fault.field, fault.reason)).collect()
}

fn fault(field: &str, reason: &'static str) -> (String, &'static str) {
    (field.to_owned(), reason)
}

#[test]
fn nothing_is_chosen_beforehand() {
    let summary = draft();
    assert!(summary.chosen.is_empty() && summary.own.is_empty() && summary.facts(&template()).is_empty());
    assert_eq!(
        (summary.version, summary.signed.is_none(), summary.started_by_name.as_str()),
        (0, true, "Ruth Invented")
    );
}

#[test]
fn a_line_is_chosen_once_unless_it_repeats() {
    let once = with(&[("diagnosis", "size")]);
    assert_eq!(choose(once.clone(), "diagnosis", "size", &[("mm", "9")]), once, "again changes nothing");
    let twice = with(&[("treatment", "chemo"), ("treatment", "chemo")]);
    let keys: Vec<_> = twice.chosen.iter().map(|chosen| chosen.key.as_str()).collect();
    assert_eq!(keys, ["e-1", "e-2"]);
    assert!(twice.has("treatment", "chemo") && !twice.has("diagnosis", "chemo"));
    for (section, line) in [("diagnosis", "chemo"), ("weather", "size"), ("diagnosis", "")] {
        assert_eq!(draft().choose(&template(), section, line, &BTreeMap::new()), Err(Refused::NotThere));
    }
}

#[test]
fn what_is_offered_is_read_like_what_is_typed_and_left_out_when_it_does_not_fit() {
    let offered = [("side", "left"), ("date", "19 March 2026"), ("drug", "not of this line")];
    let summary = choose(draft(), "diagnosis", "invasive", &offered);
    assert_eq!(summary.chosen[0].values, values(&[("side", "left"), ("date", "2026-03-19")]));
    let summary = choose(draft(), "diagnosis", "invasive", &[("side", "up"), ("date", "soon")]);
    assert!(summary.chosen[0].values.is_empty());
    let long = [("drug", "a name longer than twelve"), ("date", "2026")];
    assert!(choose(draft(), "treatment", "chemo", &long).chosen[0].values.is_empty());
    assert!(choose(draft(), "treatment", "chemo", &[("drug", " ")]).chosen[0].values.is_empty());
}

#[test]
fn a_dropped_key_is_not_given_again_and_own_lines_share_the_count() {
    let summary = with(&[("treatment", "chemo"), ("diagnosis", "size")]).add_own(&template(), "alerts").unwrap();
    assert_eq!(summary.own[0].key, key("own-3"));
    let summary = summary.drop_line(&key("e-1")).unwrap().drop_line(&key("own-3")).unwrap();
    assert_eq!((summary.chosen.len(), summary.own.len()), (1, 0));
    let summary = choose(summary, "treatment", "chemo", &[]).add_own(&template(), "alerts").unwrap();
    assert_eq!((summary.chosen[1].key.as_str(), summary.own[0].key.as_str()), ("e-4", "own-5"));
    assert_eq!(summary.drop_line(&key("e-1")), Err(Refused::NotThere));
}

#[test]
fn a_summary_takes_so_many_lines_at_a_time_and_no_more() {
    let mut summary = draft();
    for _ in 0..MOST_ENTRIES {
        summary = choose(summary, "treatment", "chemo", &[]);
    }
    let full = Err(Refused::field("line", "too_many"));
    assert_eq!(summary.clone().choose(&template(), "treatment", "chemo", &BTreeMap::new()), full);
    assert_eq!(summary.clone().add_own(&template(), "alerts"), full);
    let summary = summary.drop_line(&key("e-7")).unwrap();
    assert_eq!(choose(summary, "treatment", "chemo", &[]).chosen.last().unwrap().key, key("e-401"));
}

#[test]
fn a_text_is_one_line_of_so_many_characters() {
    let chemo = with(&[("treatment", "chemo")]);
    let text = |typed: &str| filled(&chemo, "e-1", "drug", typed);
    assert_eq!(text("  £ ’ é \n ŵ ŷ ł "), Ok("£ ’ é ŵ ŷ ł".to_owned()));
    assert_eq!(text(&"é".repeat(12)), Ok("é".repeat(12)));
    assert_eq!(text(&"é".repeat(13)), Err("too_long".to_owned()));
    assert_eq!(text("a\u{7}b"), Err("control_character".to_owned()));
    assert_eq!(text("{date}"), Ok("{date}".to_owned()), "text is text");
}

#[test]
fn a_number_is_digits_with_so_many_after_the_point() {
    let size = with(&[("diagnosis", "size")]);
    let number = |typed: &str| filled(&size, "e-1", "mm", typed);
    for right in ["0", "12", "12.5", "999999", "999999.9", "007"] {
        assert_eq!(number(right), Ok(right.to_owned()));
    }
    for wrong in ["12.55", "1000000", "-1", "+1", "12.", ".5", "1,5", "1 2", "x", "1e3", "１２", "1.5.5"] {
        assert_eq!(number(wrong), Err("number_form".to_owned()), "{wrong}");
    }
    let nodes = Slot { kind: SlotKind::Number { decimals: 0 }, ..slot("n", SlotKind::Number { decimals: 0 }) };
    assert_eq!((nodes.read("3"), nodes.read("3.0")), (Ok("3".to_owned()), Err("number_form")));
}

#[test]
fn a_choice_is_one_of_its_options() {
    let invasive = with(&[("diagnosis", "invasive")]);
    assert_eq!(filled(&invasive, "e-1", "side", "both"), Ok("both".to_owned()));
    for wrong in ["right", "left breast", "Left"] {
        assert_eq!(filled(&invasive, "e-1", "side", wrong), Err("missing".to_owned()));
    }
}

#[test]
fn a_date_is_a_day_that_exists_or_as_coarse_as_its_slot_allows() {
    let read = |precision, typed: &str| date(precision).read(typed);
    let ok = |text: &str| Ok(text.to_owned());
    for precision in [Precision::Day, Precision::Month, Precision::Year] {
        for typed in ["2026-11-02", "2/11/2026", "02-Nov-2026", "2 November 2026"] {
            assert_eq!(read(precision, typed), ok("2026-11-02"));
        }
        // No century is guessed: a treatment of 1998 must not become one of 2098.
        for wrong in ["31/02/2026", "2026-13-01", "29/02/2025", "soon", "26", "2026-00", "12/03/98", "2 Nov 26"] {
            assert_eq!(read(precision, wrong), Err("day_form"), "{wrong}");
        }
    }
    for typed in ["2026-11", "11/2026", "Nov 2026", "november 2026"] {
        assert_eq!(read(Precision::Month, typed), ok("2026-11"), "{typed}");
        assert_eq!(read(Precision::Year, typed), ok("2026-11"), "{typed}");
        assert_eq!(read(Precision::Day, typed), Err("day_form"), "{typed}");
    }
    assert_eq!(read(Precision::Year, " 2026 "), ok("2026"));
    for wrong in ["1899", "2101", "0026", "11/1899", "2101-11", "1899-12-31"] {
        assert_eq!(read(Precision::Year, wrong), Err("day_form"), "{wrong}");
    }
    assert_eq!((read(Precision::Month, "2026"), read(Precision::Day, "2026")), (Err("day_form"), Err("day_form")));
    assert_eq!(
        (read(Precision::Month, "13/2026"), read(Precision::Year, "0/2026")),
        (Err("day_form"), Err("day_form"))
    );
}

#[test]
fn an_empty_value_empties_a_slot_and_a_slot_must_be_there() {
    let size = fill(&with(&[("diagnosis", "size")]), "e-1", "mm", "12").unwrap();
    assert_eq!(filled(&size, "e-1", "mm", "  "), Ok(String::new()));
    for (entry, slot) in [("e-1", "side"), ("e-2", "mm"), ("own-1", "mm")] {
        assert_eq!(fill(&size, entry, slot, "1"), Err(Refused::NotThere));
    }
}

#[test]
fn dates_and_choices_in_the_words_of_each_copy() {
    let spoken = [
        ("2026-11-02", "2 November 2026", "02-Nov-2026"),
        ("2026-11", "November 2026", "Nov-2026"),
        ("2026", "2026", "2026"),
    ];
    for (value, patient, gp) in spoken {
        let slot = date(Precision::Year);
        assert_eq!(
            (slot.printed(Copy::Patient, value), slot.printed(Copy::Gp, value)),
            (patient.to_owned(), gp.to_owned())
        );
    }
    assert_eq!(side().printed(Copy::Patient, "both"), "left and right breasts");
    assert_eq!(side().printed(Copy::Gp, "both"), "both breasts");
}

#[test]
fn own_lines_have_two_wordings() {
    let summary = draft().add_own(&template(), "alerts").unwrap();
    assert_eq!(summary.clone().add_own(&template(), "weather"), Err(Refused::NotThere));
    let written = summary.clone().write_own(&key("own-1"), true, " Your drain\tleaks. ", "Drain leak.").unwrap();
    let line = &written.own[0];
    assert_eq!((line.urgent, &line.copies), (true, &copies("Your drain leaks.", "Drain leak.")));
    let long = "a".repeat(text::LINE + 1);
    let refused = summary.clone().write_own(&key("own-1"), false, &long, "a\u{0}b").unwrap_err();
    let fields = [("own-1-patient", "too_long"), ("own-1-gp", "control_character")];
    let fields = fields.map(|(field, reason)| FieldFault { field: field.to_owned(), reason }).to_vec();
    assert_eq!(refused, Refused::Fields(fields));
    assert_eq!(summary.write_own(&key("own-2"), false, "a", "b"), Err(Refused::NotThere));
}

#[test]
fn everything_that_is_missing_is_named_in_the_order_of_the_template() {
    let needed = [
        ("section-diagnosis", "section_needed"),
        ("section-treatment", "section_needed"),
        ("section-alerts", "section_needed"),
    ];
    assert_eq!(faults(&draft()), needed.map(|(field, reason)| fault(field, reason)));
    let summary = with(&[("alerts", "spine"), ("diagnosis", "invasive")]);
    let summary = fill(&summary, "e-2", "date", "2026").unwrap();
    let expected =
        [fault("e-2-side", "missing"), fault("section-treatment", "section_needed"), fault("e-1", "with_unmet")];
    assert_eq!(faults(&summary), expected);
    let Err(Refused::Fields(refused)) = summary.sign(&template(), &by(9)) else { panic!("it is not whole") };
    assert_eq!(refused.len(), 3);
}

#[test]
fn one_of_several_lines_meets_what_a_line_goes_with() {
    for number in ["day", "night"] {
        assert!(
            faults(&with(&[("alerts", "spine"), ("contacts", number)])).iter().all(|(_, why)| *why != "with_unmet")
        );
    }
    assert!(faults(&with(&[("alerts", "spine")])).contains(&fault("e-1", "with_unmet")));
}

#[test]
fn the_same_line_with_the_same_values_is_said_once() {
    let twice = |second: &str| {
        let first = choose(draft(), "treatment", "chemo", &[("drug", "FEC"), ("date", "2026-01")]);
        faults(&choose(first, "treatment", "chemo", &[("drug", second), ("date", "2026-01")]))
    };
    assert!(twice("FEC").contains(&fault("e-2", "twice")));
    assert!(!twice("Docetaxel").iter().any(|(_, why)| *why == "twice"));
    let empty = with(&[("treatment", "chemo"), ("treatment", "chemo")]);
    assert!(!faults(&empty).iter().any(|(_, why)| *why == "twice"), "empty slots are said first");
}

#[test]
fn an_own_line_fills_a_section_and_needs_both_wordings() {
    let summary = draft().add_own(&template(), "diagnosis").unwrap();
    let named = faults(&summary);
    assert_eq!(named[..2], [fault("own-1-patient", "missing"), fault("own-1-gp", "missing")]);
    assert!(!named.contains(&fault("section-diagnosis", "section_needed")));
    let one = summary.clone().write_own(&key("own-1"), false, "Yours", "").unwrap();
    assert_eq!(faults(&one)[0], fault("own-1-gp", "missing"));
    let both = summary.write_own(&key("own-1"), false, "Yours", "Theirs").unwrap();
    assert_eq!(faults(&both)[0], fault("section-treatment", "section_needed"));
}

#[test]
fn a_signature_makes_a_version_and_closes_the_summary_to_every_change() {
    let signed = whole().sign(&template(), &by(9)).unwrap();
    assert_eq!((signed.status, signed.version), (SummaryStatus::Signed, 1));
    assert_eq!(signed.signed, Some(Signature::of(&by(9))));
    let closed = Err(Refused::SummarySigned);
    assert_eq!(signed.clone().choose(&template(), "diagnosis", "size", &BTreeMap::new()), closed);
    assert_eq!(signed.clone().drop_line(&key("e-1")), closed);
    assert_eq!(fill(&signed, "e-1", "side", "both"), closed);
    assert_eq!(signed.clone().add_own(&template(), "alerts"), closed);
    assert_eq!(signed.clone().write_own(&key("own-1"), false, "a", "b"), closed);
    assert_eq!(signed.clone().sign(&template(), &by(10)), closed);
}

#[test]
fn an_amendment_needs_a_reason_and_makes_the_next_version() {
    assert_eq!(whole().amend("A wrong date"), Err(Refused::SummaryNotSigned));
    let signed = whole().sign(&template(), &by(9)).unwrap();
    assert_eq!(signed.clone().amend("  "), Err(Refused::field("reason", "missing")));
    assert_eq!(signed.clone().amend(&"a".repeat(201)), Err(Refused::field("reason", "too_long")));
    let open = signed.clone().amend(" A wrong  date ").unwrap();
    assert_eq!((open.status, open.version, open.amend_reason.as_str()), (SummaryStatus::Draft, 1, "A wrong date"));
    assert_eq!(open.signed, signed.signed, "the version that stands is still hers");
    let again = choose(open, "diagnosis", "size", &[("mm", "12.5")]).sign(&template(), &by(20)).unwrap();
    assert_eq!((again.version, again.signed.clone().unwrap().at, again.amend_reason.as_str()), (2, 20, ""));
    assert_eq!(again.chosen.last().unwrap().key, key("e-5"));
}

#[test]
fn the_facts_of_a_summary_in_which_every_line_is_chosen() {
    let mut summary = with(&[("contacts", "night"), ("alerts", "spine"), ("contacts", "day"), ("diagnosis", "size")]);
    summary = choose(summary, "treatment", "chemo", &[("drug", "Docetaxel"), ("date", "2026-05")]);
    summary = choose(summary, "diagnosis", "invasive", &[("side", "both"), ("date", "2026")]);
    summary = choose(summary, "treatment", "surgery", &[("date", "2026-02-03")]);
    summary = choose(summary, "treatment", "chemo", &[("drug", "{date}"), ("date", "2026-01-19")]);
    summary = summary.add_own(&template(), "diagnosis").unwrap();
    summary = summary.write_own(&key("own-9"), true, "£5 a day.", "£ 5/d").unwrap();
    let facts = summary.facts(&template());
    let said: Vec<_> =
        facts.iter().map(|fact| (fact.key.as_str(), fact.words.patient.as_str(), fact.words.gp.as_str())).collect();
    let expected = [
        (
            "diagnosis/invasive",
            "You were told on 2026 that it was in your left and right breasts.",
            "Invasive, both breasts, diagnosed 2026.",
        ),
        ("diagnosis/size", "It measured [The mm] mm.", "Size: [The mm] mm."),
        ("diagnosis/own-9", "£5 a day.", "£ 5/d"),
        ("treatment/surgery", "3 February 2026: an operation.", "03-Feb-2026: surgery."),
        ("treatment/chemo", "Medicines: Docetaxel. Start: May 2026.", "Chemotherapy Docetaxel, May-2026."),
        ("treatment/chemo", "Medicines: {date}. Start: 19 January 2026.", "Chemotherapy {date}, 19-Jan-2026."),
        ("alerts/spine", "New back pain.", "Cord compression."),
        ("contacts/day", "Ring your nurse.", "Nurse: in hours."),
        ("contacts/night", "Ring the ward.", "Ward: out of hours."),
    ];
    assert_eq!(said, expected);
    let urgent: Vec<_> = facts.iter().filter(|fact| fact.urgent).map(|fact| fact.key.as_str()).collect();
    assert_eq!(urgent, ["diagnosis/own-9", "alerts/spine"]);
    let groups: Vec<_> = facts.iter().filter_map(|fact| fact.group.as_deref()).collect();
    assert_eq!(groups, ["surgery", "drugs", "drugs"]);
    let mut names: Vec<_> = facts.iter().map(|fact| (&fact.key, &fact.values)).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), facts.len(), "no two facts are the same");
    let lines: usize = template().sections.iter().map(|section| section.lines.len()).sum();
    assert_eq!(facts.len(), lines + 2, "one chosen twice, and one of her own");
}
