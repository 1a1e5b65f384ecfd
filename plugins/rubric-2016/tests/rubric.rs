//! What the 2016-shaped rubric promises, on the three real reports and on invented members.

use huizong_sdk::{Review, Rubric, day, points};
use proptest::prelude::*;
use rubric_2016::Rubric2016;
use self_assessment::proof;
use serde_json::json;

fn totals() -> [i64; 3] {
    let contexts = proof::report_contexts();
    let reports = proof::reports();
    [0, 1, 2].map(|at| proof::scored::<Rubric2016>(&reports[at], &contexts[at], &Review::none()).total)
}

#[test]
fn the_description_keeps_the_contract() {
    proof::assert_description(&Rubric2016::describe());
}

#[test]
fn the_three_reports_score_as_they_always_did() {
    assert_eq!(totals(), [0, 0, 0]);
}

#[test]
fn grades_spread() {
    let cards: Vec<_> = (0..120)
        .map(|seed| {
            let (answers, context) = proof::invented(seed);
            (format!("m{seed}"), proof::scored::<Rubric2016>(&answers, &context, &Review::none()))
        })
        .collect();
    let settlement = proof::settled::<Rubric2016>(&cards);
    panic!("{:?} {:?}", proof::members_by_grade(&Rubric2016::describe(), &settlement), settlement.totals);
}
