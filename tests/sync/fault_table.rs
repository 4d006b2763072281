//! The 27 faults that a network and a server have, and the test that makes each. A name here is a test that runs.

use std::any::type_name_of_val;
use std::collections::BTreeSet;
use std::process::Command;

use super::{bombs, crashes, encrypted, faults, slow, wire};

type Test = fn();

/// The name of a test as the harness knows it.
fn name<T>(test: T) -> String {
    let whole = type_name_of_val(&test).to_owned();
    whole.split_once("::").unwrap().1.to_owned()
}

macro_rules! table {
    ($($fault:literal => $test:path,)*) => {
        [$(($fault, name($test), $test as Test)),*]
    };
}

#[test]
fn each_fault_has_a_test_that_runs() {
    let table = table! {
        "refused" => faults::without_a_network_everything_waits_and_then_goes,
        "DNS" => wire::a_name_that_nobody_knows_is_a_server_that_is_not_reached,
        "TLS expired" => encrypted::a_certificate_whose_date_has_passed_is_not_trusted,
        "TLS wrong host" => encrypted::a_certificate_for_another_name_is_not_trusted,
        "TLS untrusted" => encrypted::a_certificate_of_another_ca_is_not_trusted,
        "TLS too old" => encrypted::a_server_that_speaks_tls_of_long_ago_only_is_not_reached,
        "reset" => wire::a_connection_that_is_reset_is_tried_again,
        "cut in the headers" => wire::an_answer_cut_in_its_head_is_none,
        "cut in the body" => wire::an_answer_cut_at_any_kilobyte_of_its_body_is_none,
        "slow-loris" => slow::an_answer_that_comes_byte_by_byte_is_not_waited_for_for_ever,
        "throttled" => slow::an_answer_over_a_slow_line_is_waited_for,
        "429 with Retry-After" => wire::a_server_with_too_many_requests_is_left_alone_for_as_long_as_it_asks,
        "429 without" => wire::a_server_with_too_many_requests_that_names_no_time_gets_a_pause_of_our_own,
        "5xx" => wire::a_server_that_fails_for_a_moment_fails_no_record,
        "200 with HTML" => wire::the_page_of_a_captive_portal_is_no_answer,
        "302 to elsewhere" => wire::nobody_follows_to_another_server,
        "511" => wire::a_network_that_wants_a_sign_in_first_is_no_server,
        "wrong charset or type" => wire::an_answer_of_another_type_or_in_another_charset_is_none,
        "gzip bomb" => bombs::a_gzip_bomb_is_put_down_before_it_is_unpacked,
        "truncated bundle" => wire::a_shortened_bundle_is_none,
        "duplicated answer" => wire::an_answer_that_comes_twice_counts_once,
        "reordered entries" => wire::entries_in_another_order_are_told_apart_by_name_or_by_their_commit_records,
        "oversize answer" => wire::an_answer_larger_than_any_of_ours_is_not_read,
        "answer lost after the commit" => crashes::committed_with_the_answer_lost_is_acknowledged_by_its_commit_record,
        "answer about another patient" => wire::an_answer_about_another_patient_is_none,
        "older version or missing ETag" => wire::an_older_version_or_none_costs_a_question_and_no_conflict,
        "401, 409, 410, 412 in a batch" => wire::a_refusal_in_the_middle_of_a_batch_is_looked_into_before_it_is_believed,
    };
    assert_eq!(table.len(), 27);
    // Of the last one the design speaks in one breath: it has a test of its own.
    let skewed = name(wire::a_clock_that_is_ten_years_off_keeps_nothing_waiting);
    let listed = Command::new("/proc/self/exe").arg("--list").output().unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    let tests: BTreeSet<&str> = listed.lines().filter_map(|line| line.strip_suffix(": test")).collect();
    for test in table.iter().map(|(_, test, _)| test).chain([&skewed]) {
        assert!(tests.contains(test.as_str()), "{test}");
    }
    let different: BTreeSet<&String> = table.iter().map(|(_, test, _)| test).collect();
    assert_eq!(different.len(), table.len(), "each has a test of its own");
}
