//! Invented members: the clean ones are not accused, the planted traps are found, and nothing else is.

use std::collections::{BTreeMap, BTreeSet};

use huizong_sdk::testing::canonical;
use huizong_sdk::{answers, day};
use self_assessment::generator::{Trap, clean, plant};
use self_assessment::measures::{self, Denominators, TimeLimits};
use self_assessment::{Answers, FORM, checks};

use crate::members::{codes, dangling, findings, member};

#[test]
fn no_clean_member_is_accused() {
    let form = serde_json::from_str(FORM).unwrap();
    let validator = jsonschema::draft202012::new(&form).unwrap();
    for seed in 0..200 {
        let (sketch, context) = member(seed);
        let year = 2022 + i16::try_from(seed % 4).unwrap();
        let answers = clean(seed, &sketch, year, usize::try_from(seed % 90).unwrap());
        let errors: Vec<_> = validator.iter_errors(&answers).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new(), "seed {seed}");
        let findings = findings(year, &answers, &context);
        assert!(findings.is_empty(), "seed {seed}: {findings:#?}");
    }
}

#[test]
fn every_planted_trap_is_found_and_nothing_else() {
    let form = serde_json::from_str(FORM).unwrap();
    let validator = jsonschema::draft202012::new(&form).unwrap();
    for seed in 0..40 {
        let (sketch, context) = member(seed);
        for trap in Trap::ALL {
            let mut answers = clean(seed, &sketch, 2023, 25);
            let expected: BTreeSet<_> = plant(trap, &mut answers, seed).into_iter().collect();
            assert!(validator.is_valid(&answers), "T{} with seed {seed} is no longer valid", trap.number());
            let findings = findings(2023, &answers, &context);
            assert_eq!(codes(&findings), expected, "T{} with seed {seed}: {findings:#?}", trap.number());
            assert_eq!(dangling(&findings, &answers), Vec::<&str>::new());
        }
    }
}

#[test]
fn traps_can_be_planted_together() {
    let (sketch, context) = member(6);
    let mut answers = clean(6, &sketch, 2023, 25);
    let together = [Trap::RepeatedTitle, Trap::UnprovenClaim, Trap::EarlyFigures, Trap::UnstatedZero, Trap::NoSignOff];
    let expected: BTreeSet<_> = together.into_iter().flat_map(|trap| plant(trap, &mut answers, 1)).collect();
    assert_eq!(codes(&findings(2023, &answers, &context)), expected);
}

#[test]
fn a_part_cannot_be_planted_without_a_whole() {
    let (sketch, context) = member(6);
    let mut answers = clean(6, &sketch, 2023, 0);
    assert!(plant(Trap::SubsetEqualsTotal, &mut answers, 1).is_empty());
    assert!(findings(2023, &answers, &context).is_empty());
}

#[test]
fn the_traps_are_numbered_and_their_codes_are_in_the_catalogue() {
    let known: BTreeSet<_> = checks::CATALOGUE.iter().map(huizong_sdk::Check::code).collect();
    assert_eq!(known.len(), checks::COUNT);
    for (index, trap) in Trap::ALL.into_iter().enumerate() {
        assert_eq!(usize::from(trap.number()), index + 1);
        assert!(trap.codes().iter().all(|code| known.contains(code)), "T{}", trap.number());
    }
}

#[test]
fn the_same_seed_gives_the_same_answers_and_another_seed_others() {
    let (sketch, _) = member(1);
    assert_eq!(clean(5, &sketch, 2023, 30), clean(5, &sketch, 2023, 30));
    assert_ne!(clean(5, &sketch, 2023, 30), clean(6, &sketch, 2023, 30));
}

#[test]
fn answers_have_the_size_of_real_ones() {
    let (sketch, _) = member(1);
    let size = |complaints| canonical(&clean(5, &sketch, 2023, complaints)).len();
    assert!((5_000..25_000).contains(&size(25)), "{}", size(25));
    assert!(size(1_000) < 4 * 1024 * 1024, "{}", size(1_000));
}

#[test]
fn members_differ_in_what_rubrics_look_at() {
    let mut timeliness = BTreeMap::new();
    let mut trainings = BTreeSet::new();
    let mut audits = BTreeSet::new();
    for seed in 0..120 {
        let (sketch, context) = member(seed);
        let bytes = canonical(&clean(seed, &sketch, 2023, 40));
        let answers: Answers<'_> = answers::decode(&bytes).unwrap();
        let period = huizong_sdk::Period { start: day(2023, 1, 1), end: day(2023, 12, 31) };
        let tally = measures::tally(&answers, TimeLimits::OF_2020, period).unwrap();
        let rate = tally.timeliness().unwrap().percent(0);
        *timeliness.entry(rate).or_insert(0) += 1;
        trainings.insert(answers.training[1].sessions.as_ref().unwrap().whole());
        audits.insert(answers.internal_audit.len());
        assert_eq!(Denominators::of(&answers, &context.unit).outlets, Some(sketch.outlet_count));
    }
    assert!(timeliness.len() >= 8, "{timeliness:?}");
    assert!(trainings.len() >= 6 && audits.len() == 2);
}

#[test]
fn records_and_statistics_tell_the_same_story() {
    let (sketch, _) = member(9);
    let bytes = canonical(&clean(9, &sketch, 2023, 300));
    let with_records: Answers<'_> = answers::decode(&bytes).unwrap();
    let without = Answers { complaint_record: Vec::new(), ..with_records.clone() };
    let period = huizong_sdk::Period { start: day(2023, 1, 1), end: day(2023, 12, 31) };
    let from_records = measures::tally(&with_records, TimeLimits::OF_2020, period).unwrap();
    let from_statistics = measures::tally(&without, TimeLimits::OF_2020, period).unwrap();
    assert_eq!(from_records.accepted, 300);
    assert_eq!(from_records.satisfaction(), from_statistics.satisfaction());
    assert_eq!(from_records.repetition(), from_statistics.repetition());
    assert_eq!(from_records.liability(), from_statistics.liability());
    assert_eq!(from_records.completion(), from_statistics.completion());
}
