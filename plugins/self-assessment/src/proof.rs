//! Proofs: what every rubric over these answers has to hold, as assertions for the rubrics' own tests. Feature `proof`.

use huizong_sdk::contract::{
    Cohort, Criterion, CriterionKind, Description, EntryKind, Line, PointRange, Scorecard, Settlement, StepKind,
    VetoEffect,
};
use huizong_sdk::testing::{context, submission_of};
use huizong_sdk::{Context, Date, Finding, Pass, Period, Points, Refusal, Review, Rubric, Submission, day, number};
use serde_json::Value;

use crate::generator::{MemberKind, MemberSketch, clean};

/// The year that the real reports and the invented ones are about.
pub const YEAR: Period = Period { start: day(2023, 1, 1), end: day(2023, 12, 31) };

const REPORTS: [&str; 3] = [
    include_str!("../../../examples/submissions/seeds/report_1.json"),
    include_str!("../../../examples/submissions/seeds/report_2.json"),
    include_str!("../../../examples/submissions/seeds/report_3.json"),
];

/// The answers of the three real reports.
///
/// # Panics
/// When a report is no JSON.
pub fn reports() -> [Value; 3] {
    REPORTS.map(|report| serde_json::from_str(report).expect("a report is JSON"))
}

/// The registers' view of the institutions of the three reports: only the first says how many outlets it has.
pub fn report_contexts() -> [Context; 3] {
    let sized = |outlets: i64, customers: i64| {
        context()
            .with_attribute("outlet_count", number(outlets, "个"))
            .with_attribute("personal_customer_count", number(customers, "户"))
    };
    [sized(39, 215_000), context(), sized(45, 262_000)]
}

/// An invented member.
pub fn member(seed: u64) -> MemberSketch {
    let outlet_count = 8 + i64::try_from(seed % 40).unwrap_or(0);
    MemberSketch {
        name: "云岭县农村信用合作联社".to_owned(),
        short_name: "云岭联社".to_owned(),
        issuer_code: "云农信发".to_owned(),
        kind: if seed.is_multiple_of(2) { MemberKind::CreditUnion } else { MemberKind::CommercialBank },
        hotline: "96268".to_owned(),
        outlet_count,
        personal_customer_count: outlet_count * 4_000 + i64::try_from(seed % 977).unwrap_or(0) * 11,
        counter_staff_count: outlet_count * 4,
        staff_count: outlet_count * 9,
    }
}

/// An invented member's clean answers of the year, and its context.
pub fn invented(seed: u64) -> (Value, Context) {
    let member = member(seed);
    let complaints = usize::try_from(seed % 60).unwrap_or(0);
    let answers = clean(seed, &member, YEAR.start.year, complaints);
    let context = context()
        .with_attribute("outlet_count", number(member.outlet_count, "个"))
        .with_attribute("personal_customer_count", number(member.personal_customer_count, "户"));
    (answers, context)
}

/// The submission of answers about the year.
pub fn submission(answers: &Value) -> Submission {
    submission_of(YEAR, answers)
}

/// Scores answers about the year, and asserts that the scorecard is sound.
///
/// # Panics
/// When the rubric refuses, or its scorecard is not sound.
pub fn scored<R: Rubric>(answers: &Value, context: &Context, review: &Review) -> Scorecard {
    let submission = submission(answers);
    let card = R::score(&submission, context, review);
    let card = card.unwrap_or_else(|refusal: Refusal| panic!("refused: {} {}", refusal.code, refusal.message.zh));
    assert_scorecard(&R::describe(), YEAR.end, answers, &card);
    assert_eq!(Ok(&card), R::score(&submission, context, review).as_ref(), "the same input gives the same card");
    card
}

/// Checks answers about the year, and asserts that every finding is documented and points at places that are there.
///
/// # Panics
/// When the rubric refuses, or a finding is not sound.
pub fn checked<R: Rubric>(answers: &Value, context: &Context) -> Vec<Finding> {
    let found = R::check(&submission(answers), context);
    let found = found.unwrap_or_else(|refusal| panic!("refused: {} {}", refusal.code, refusal.message.zh));
    let documented = R::describe().checks;
    for finding in &found {
        let code = &finding.check;
        assert!(documented.iter().any(|check| check.code == *code), "`{code}` is documented");
        assert!(!finding.at.is_empty(), "`{code}` points somewhere");
        assert!(
            finding.at.iter().all(|pointer| answers.pointer(pointer).is_some()),
            "`{code}` points at places that are there"
        );
    }
    found
}

/// The line of a criterion.
///
/// # Panics
/// When the scorecard has none.
pub fn line<'c>(card: &'c Scorecard, criterion: &str) -> &'c Line {
    card.lines.iter().find(|line| line.criterion == criterion).unwrap_or_else(|| panic!("no line `{criterion}`"))
}

/// The points of a criterion.
///
/// # Panics
/// When the scorecard has no such line.
pub fn points_of(card: &Scorecard, criterion: &str) -> Points {
    Points::from_thousandths(line(card, criterion).points)
}

/// The cards of so many invented members, by code.
pub fn cards<R: Rubric>(members: u64) -> Vec<(String, Scorecard)> {
    let card = |seed| {
        let (answers, context) = invented(seed);
        (format!("m{seed:03}"), scored::<R>(&answers, &context, &Review::none()))
    };
    (0..members).map(card).collect()
}

/// How many of these members take each grade, the best first.
pub fn members_by_grade<R: Rubric>(settlement: &Settlement) -> Vec<usize> {
    let count = |index: usize| settlement.grades.iter().filter(|grade| usize::from(**grade) == index).count();
    (0..R::describe().grades.len()).map(count).collect()
}

/// The grade that a member takes when it is settled alone.
pub fn grade_alone<R: Rubric>(card: &Scorecard) -> String {
    let settlement = settled::<R>(&[("alone".to_owned(), card.clone())]);
    R::describe().grades[usize::from(settlement.grades[0])].id.clone()
}

/// The cohort of scorecards of the year.
pub fn cohort<R: Rubric>(cards: &[(String, Scorecard)]) -> Cohort {
    let borrowed: Vec<(&str, Scorecard)> = cards.iter().map(|(code, card)| (code.as_str(), card.clone())).collect();
    huizong_sdk::testing::cohort(R::DEFINITION, YEAR, &borrowed)
}

/// Settles a cohort, asserts that the settlement is sound, and that no member's result depends on the order of members.
///
/// # Panics
/// When one of them does not hold.
pub fn settled<R: Rubric>(cards: &[(String, Scorecard)]) -> Settlement {
    let cohort_in_order = cohort::<R>(cards);
    let settlement = R::settle(&cohort_in_order).unwrap_or_else(|refusal| panic!("refused: {}", refusal.code));
    assert_settlement(&R::describe(), &cohort_in_order, &settlement);
    let reversed: Vec<(String, Scorecard)> = cards.iter().rev().cloned().collect();
    let turned = R::settle(&cohort::<R>(&reversed)).unwrap_or_else(|refusal| panic!("refused: {}", refusal.code));
    let back = |of: &[i64]| of.iter().rev().copied().collect::<Vec<_>>();
    assert_eq!(settlement.totals, back(&turned.totals), "totals do not depend on the order of members");
    assert!(settlement.ranks.iter().eq(turned.ranks.iter().rev()), "ranks do not depend on the order of members");
    assert!(settlement.grades.iter().eq(turned.grades.iter().rev()), "grades do not depend on the order of members");
    for (column, other) in settlement.columns.iter().zip(&turned.columns) {
        assert_eq!(
            column.points,
            back(&other.points),
            "`{}` does not depend on the order of members",
            column.criterion
        );
    }
    settlement
}

/// Asserts that a description is what the contract asks for.
///
/// # Panics
/// When it is not.
pub fn assert_description(description: &Description) {
    let criteria = &description.criteria;
    for (at, criterion) in criteria.iter().enumerate() {
        let id = &criterion.id;
        assert!(is_identifier(id), "`{id}` is an identifier");
        assert!(criteria[..at].iter().all(|earlier| earlier.id != *id), "`{id}` is unique");
        if let Some(parent) = &criterion.parent {
            let is_before =
                criteria[..at].iter().any(|group| group.id == *parent && group.kind == CriterionKind::Group);
            assert!(is_before, "the group `{parent}` stands before `{id}`");
        }
        assert!(!criterion.label.zh.is_empty() && !criterion.label.en.is_empty(), "`{id}` has both labels");
        assert!(
            criterion.kind == CriterionKind::Group || criterion.guidance.zh != "见评分细则。",
            "`{id}` has guidance"
        );
        assert_ranges(description, criterion);
    }
    assert_sums(description);
    let grades = description.grades.iter().map(|grade| &grade.id);
    let caps = description.caps.iter().map(|cap| &cap.id);
    let rules = caps.chain(description.vetoes.iter().map(|veto| &veto.id));
    let measures = description.measures.iter().map(|measure| &measure.id);
    for id in grades.chain(rules).chain(measures) {
        assert!(is_identifier(id), "`{id}` is an identifier");
    }
    assert!(
        description.grades.windows(2).all(|pair| pair[0].at_least > pair[1].at_least),
        "the best grade stands first"
    );
    assert!(description.grades.last().is_some_and(|last| last.at_least <= 0), "the last grade takes what is left");
    for veto in &description.vetoes {
        if let VetoEffect::Grade(grade) = &veto.effect {
            assert!(description.grades.iter().any(|known| known.id == *grade), "`{grade}` is a grade");
        }
    }
    for cap in &description.caps {
        let is_known =
            |group: &String| criteria.iter().any(|known| known.id == *group && known.kind == CriterionKind::Group);
        assert!(cap.criterion.as_ref().is_none_or(is_known), "the cap `{}` bounds a group", cap.id);
    }
    for (at, check) in description.checks.iter().enumerate() {
        assert!(
            description.checks[..at].iter().all(|earlier| earlier.code != check.code),
            "`{}` is unique",
            check.code
        );
        assert!(!check.severities.is_empty(), "`{}` has a severity", check.code);
        let ascends = check.severities.windows(2).all(|pair| pair[0].since < pair[1].since);
        assert!(ascends, "the severities of `{}` ascend", check.code);
    }
    assert!(description.summary.zh.contains("非官方"), "nobody may take it for the official text");
    serde_json::from_str::<Value>(&description.form).expect("the form is JSON");
}

fn is_identifier(id: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_".contains(&byte);
    !id.is_empty() && id.len() <= 64 && id.bytes().all(is_allowed)
}

fn assert_ranges(description: &Description, criterion: &Criterion) {
    let id = &criterion.id;
    assert!(!criterion.ranges.is_empty(), "`{id}` has a range");
    assert!(criterion.ranges.windows(2).all(|pair| pair[0].since < pair[1].since), "the ranges of `{id}` ascend");
    for range in &criterion.ranges {
        assert!(range.least <= range.most, "the range of `{id}` is not empty");
        let unit = description.smallest_unit;
        assert!(range.least % unit == 0 && range.most % unit == 0, "the range of `{id}` is a multiple of the unit");
        match criterion.kind {
            CriterionKind::Deduction => assert!(range.most <= 0, "`{id}` only takes points away"),
            CriterionKind::Bonus => assert!(range.least >= 0, "`{id}` only adds points"),
            CriterionKind::BottomLine => assert!(range.least == 0 && range.most == 0, "`{id}` has no weight"),
            CriterionKind::Group | CriterionKind::Base => {}
        }
    }
}

/// The days on which any range begins.
fn days_of_change(description: &Description) -> Vec<Date> {
    let mut days: Vec<Date> =
        description.criteria.iter().flat_map(|criterion| criterion.ranges.iter().map(|range| range.since)).collect();
    days.sort_unstable();
    days.dedup();
    days
}

fn in_force(criterion: &Criterion, on: Date) -> Option<&PointRange> {
    criterion.ranges.iter().rev().find(|range| range.since <= on)
}

/// Every group's range is the sum of its children's, on every day on which something changes.
fn assert_sums(description: &Description) {
    for on in days_of_change(description) {
        let bounds = |criterion: &Criterion| in_force(criterion, on).map_or((0, 0), |range| (range.least, range.most));
        for group in description.criteria.iter().filter(|criterion| criterion.kind == CriterionKind::Group) {
            let children = description.criteria.iter().filter(|child| child.parent.as_ref() == Some(&group.id));
            let sum = children.map(bounds).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
            assert_eq!(bounds(group), sum, "`{}` is the sum of its children on {on:?}", group.id);
        }
        let whole = description.criteria.iter().filter(|criterion| {
            criterion.parent.is_none() && !matches!(criterion.kind, CriterionKind::Bonus | CriterionKind::BottomLine)
        });
        let is_bonus_group = |group: &Criterion| {
            let mut children =
                description.criteria.iter().filter(|child| child.parent.as_ref() == Some(&group.id)).peekable();
            children.peek().is_some() && children.all(|child| child.kind == CriterionKind::Bonus)
        };
        let most: i64 = whole.filter(|criterion| !is_bonus_group(criterion)).map(|criterion| bounds(criterion).1).sum();
        assert!(most == description.full_marks || most == 0, "without a bonus the best total on {on:?} is {most}");
    }
}

/// Asserts that a scorecard is what the description promises, and that every pointer resolves in the answers.
///
/// # Panics
/// When it is not.
pub fn assert_scorecard(description: &Description, period_end: Date, answers: &Value, card: &Scorecard) {
    let scored: Vec<&Criterion> =
        description.criteria.iter().filter(|criterion| criterion.kind != CriterionKind::Group).collect();
    assert_eq!(card.lines.len(), scored.len(), "one line for every criterion");
    let resolves = |pointer: &String| answers.pointer(pointer).is_some();
    for (line, criterion) in card.lines.iter().zip(scored) {
        let id = &criterion.id;
        assert_eq!(line.criterion, *id, "lines stand in the order of the description");
        assert!(!line.entries.is_empty(), "`{id}` is explained");
        assert_eq!(
            line.points,
            line.entries.iter().map(|entry| entry.points).sum::<i64>(),
            "`{id}` is the sum of its entries"
        );
        assert_eq!(line.points % description.smallest_unit, 0, "`{id}` is a multiple of the unit");
        let (least, most) = in_force(criterion, period_end).map_or((0, 0), |range| (range.least, range.most));
        assert!((least..=most).contains(&line.points) || criterion.pass == Pass::OfCohort, "`{id}` is in its range");
        for entry in &line.entries {
            let reason = &entry.reason;
            assert!(!reason.is_empty() && reason.chars().count() <= 400, "`{id}` has reasons");
            assert!(entry.kind != EntryKind::Deduct || entry.points <= 0, "`{id}` loses by `{reason}`");
            assert!(entry.kind != EntryKind::Add || entry.points >= 0, "`{id}` earns by `{reason}`");
            for pointer in &entry.sources {
                assert!(resolves(pointer), "`{id}` points at `{pointer}`, which is not there");
            }
        }
    }
    for step in &card.steps {
        assert!(
            step.points == 0 || step.points % description.smallest_unit == 0,
            "`{}` is a multiple of the unit",
            step.rule
        );
        assert!(step.sources.iter().all(resolves), "`{}` points at places that are there", step.rule);
        assert!(is_declared(description, step.kind, &step.rule), "`{}` is declared", step.rule);
    }
    let parts = card.lines.iter().map(|line| line.points).chain(card.steps.iter().map(|step| step.points));
    assert_eq!(card.total, parts.sum::<i64>(), "the total is the sum of lines and steps");
    let measures = card.measures.iter().map(|measured| &measured.measure);
    assert!(measures.eq(description.measures.iter().map(|measure| &measure.id)), "every measure is told");
}

fn is_declared(description: &Description, kind: StepKind, rule: &str) -> bool {
    match kind {
        StepKind::Cap | StepKind::Floor => description.caps.iter().any(|cap| cap.id == rule),
        StepKind::Veto | StepKind::Downgrade => description.vetoes.iter().any(|veto| veto.id == rule),
        StepKind::Round => rule.is_empty(),
    }
}

/// Asserts that a settlement is what the description and the cohort promise.
///
/// # Panics
/// When it is not.
pub fn assert_settlement(description: &Description, cohort: &Cohort, settlement: &Settlement) {
    let members = cohort.members.len();
    let of_cohort: Vec<&Criterion> = description
        .criteria
        .iter()
        .filter(|criterion| criterion.pass == Pass::OfCohort && criterion.kind != CriterionKind::Group)
        .collect();
    assert_eq!(settlement.columns.len(), of_cohort.len(), "one column for every criterion of the pass");
    for (column, criterion) in settlement.columns.iter().zip(of_cohort) {
        assert_eq!(column.criterion, criterion.id);
        assert_eq!(column.points.len(), members);
        assert!(!column.reason.is_empty() && column.reason.chars().count() <= 400);
        let (least, most) = in_force(criterion, cohort.period.end).map_or((0, 0), |range| (range.least, range.most));
        let is_right = |points: &i64| (least..=most).contains(points) && points % description.smallest_unit == 0;
        assert!(column.points.iter().all(is_right), "`{}` stays in its range and unit", criterion.id);
    }
    let points_nowhere = settlement.steps.iter().all(|named| named.step.sources.is_empty());
    assert!(points_nowhere, "this pass saw no answers that a step could point into");
    assert!(settlement.steps.windows(2).all(|pair| pair[0].member <= pair[1].member), "steps in order of member");
    for (member, total) in settlement.totals.iter().enumerate() {
        let columns: i64 = settlement.columns.iter().map(|column| column.points[member]).sum();
        let steps = settlement.steps.iter().filter(|named| usize::try_from(named.member) == Ok(member));
        let steps: i64 = steps.map(|named| named.step.points).sum();
        assert_eq!(
            *total,
            cohort.totals[member] + columns + steps,
            "the total of member {member} is the sum of its parts"
        );
        let better = settlement.totals.iter().filter(|other| *other > total).count();
        assert_eq!(usize::try_from(settlement.ranks[member]), Ok(better + 1), "the rank of member {member}");
        let grade = usize::from(settlement.grades[member]);
        let by_total = description.grades.iter().position(|grade| *total >= grade.at_least);
        assert!(grade < description.grades.len() && grade >= by_total.unwrap_or(0), "the grade of member {member}");
    }
}
