//! The three seeds: what they hold is understood, and each raises the traps that were found in it, and nothing else.

use std::collections::BTreeSet;

use huizong_sdk::testing::canonical;
use huizong_sdk::{answers, day};
use self_assessment::Answers;
use self_assessment::measures::{self, TimeLimits};

use crate::members::{codes, context, context_of_seed, dangling, findings, seed};

fn raised(number: u8) -> BTreeSet<String> {
    let answers = seed(number);
    codes(&findings(2023, &answers, &context_of_seed(number))).into_iter().map(str::to_owned).collect()
}

fn set(codes: &[&str]) -> BTreeSet<String> {
    codes.iter().map(|&code| code.to_owned()).collect()
}

#[test]
fn the_first_seed_raises_its_traps() {
    let expected = [
        "period-reversed",             // T1
        "document-number-incomplete",  // T2
        "policy-issued-after-use",     // T3
        "policy-title-repeated",       // T4
        "fee-units-mixed",             // T5
        "fee-subset-unstated",         // T5
        "pricing-basis-inconsistent",  // T6
        "complaint-sources-merged",    // T7
        "complaint-closed-missing",    // T7
        "number-not-exact",            // T11
        "self-score-unfounded",        // T12
        "praise-against-own-problems", // T13
        "complaint-limit-unstated",    // T15
        "organisation-alias-unknown",  // T17
        "spelling-doubtful",           // T21
        "ascii-punctuation",           // T22
        "wording-varies",              // T23
        "heading-run-in",              // T24
        "enumeration-in-paragraph",    // T25
        "anniversary-of-another-year", // T28
        "fieldwork-on-day-off",        // T29
        "body-name-outdated",          // T31
        "sign-off-missing",            // T32
        "key-event-zero-unstated",     // T36
    ];
    assert_eq!(raised(1), set(&expected));
}

#[test]
fn the_second_seed_raises_its_traps() {
    let expected = [
        "complaint-limit-unstated", // T15
        "organisation-not-named",   // T16
        "year-not-stated",          // T18
        "submitter-kind-doubtful",  // T19
        "character-dropped",        // T20
        "spelling-doubtful",        // T21
        "ascii-punctuation",        // T22
        "wording-varies",           // T23
        "second-title",             // T26
        "sign-off-missing",         // T32
        "reference-unresolvable",   // T33
        "campaign-named-twice",     // T34
        "key-event-zero-unstated",  // T36
    ];
    assert_eq!(raised(2), set(&expected));
}

#[test]
fn the_third_seed_raises_its_traps() {
    let expected = [
        "complaint-kinds-mixed",           // T8
        "as-of-not-period-end",            // T9
        "complaint-subset-equals-total",   // T10
        "number-not-exact",                // T11
        "claim-without-sample",            // T14
        "complaint-limit-in-working-days", // T15
        "organisation-only-in-titles",     // T17
        "spelling-doubtful",               // T21
        "ascii-punctuation",               // T22
        "wording-varies",                  // T23
        "personal-name-in-text",           // T27
        "meeting-on-day-off",              // T30
        "body-name-outdated",              // T31
        "sign-off-missing",                // T32
        "author-department-unstated",      // T35
        // The rules of T7 (closed is mandatory) and T36 (zero is explicit) reach further than the places where they were first noticed.
        "complaint-closed-missing",
        "key-event-zero-unstated",
    ];
    assert_eq!(raised(3), set(&expected));
}

#[test]
fn every_pointer_resolves_and_every_message_is_in_both_languages() {
    for number in 1..=3 {
        let answers = seed(number);
        let findings = findings(2023, &answers, &context_of_seed(number));
        assert_eq!(dangling(&findings, &answers), Vec::<&str>::new());
        for finding in &findings {
            assert!(!finding.at.is_empty() && !finding.message.zh.is_empty() && !finding.message.en.is_empty());
        }
    }
}

#[test]
fn no_message_and_no_comparison_names_a_person() {
    let answers = seed(3);
    let told = format!("{:?}", findings(2023, &answers, &context_of_seed(3)));
    for name in ["高原", "林悦", "沈致远", "周启明", "陈思源"] {
        assert!(!told.contains(name), "{name}");
    }
}

#[test]
fn findings_are_the_same_every_time() {
    let answers = seed(1);
    let once = findings(2023, &answers, &context_of_seed(1));
    assert_eq!(once, findings(2023, &answers, &context_of_seed(1)));
}

#[test]
fn the_same_report_under_another_login_is_not_taken_for_its_own() {
    let answers = seed(1);
    let findings = findings(2023, &answers, &context("云岭县农村信用合作联社", &["云岭联社"], "county"));
    assert!(codes(&findings).contains("organisation-is-another"));
}

#[test]
fn a_branch_may_speak_as_a_branch() {
    let answers = seed(2);
    let findings = findings(2023, &answers, &context("测试支行", &[], "支行"));
    assert!(!codes(&findings).contains("submitter-kind-doubtful"));
}

#[test]
fn the_seeds_in_the_wrong_round_are_told() {
    let answers = seed(1);
    let findings = findings(2024, &answers, &context_of_seed(1));
    assert!(codes(&findings).contains("year-differs-from-period"));
}

#[test]
fn what_the_seeds_count_is_understood() {
    let period = huizong_sdk::Period { start: day(2023, 1, 1), end: day(2023, 12, 31) };
    let bytes = canonical(&seed(1));
    let first: Answers<'_> = answers::decode(&bytes).unwrap();
    // 25 petitions stand beside 8 complaints.
    assert_eq!(measures::complaints(&first), Some(8));
    assert_eq!(first.internal_assessment[0].outlets.as_ref().unwrap().whole(), Some(39));
    assert_eq!(first.policy_document.len(), 10);
    assert_eq!(first.narrative_section.len(), 12);
    let bytes = canonical(&seed(2));
    let second: Answers<'_> = answers::decode(&bytes).unwrap();
    assert_eq!(measures::complaints(&second), None);
    assert_eq!(measures::tally(&second, TimeLimits::OF_2020, period), None);
    let bytes = canonical(&seed(3));
    let third: Answers<'_> = answers::decode(&bytes).unwrap();
    assert_eq!(measures::complaints(&third), Some(166));
    assert_eq!(measures::complaints_from(&third, "province_96268"), 165);
    assert_eq!(third.upward_report[0].recipients, ["省联社", "人民银行"]);
}
