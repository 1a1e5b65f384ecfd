//! Whatever a rubric does with the builders: totals are the sums of what is shown, and every line keeps to its range and unit.

use huizong_sdk::contract::{
    Cohort, CriterionColumn, EntryKind, Judgement, MeasureColumn, MemberStep, PointAdjustment, Scorecard, Step,
};
use huizong_sdk::{
    Cap, Card, Criterion, Definition, Effect, Grade, Measure, Order, Period, PointRange, Points, Review, Rounding,
    Settling, Veto, day, label, points, ratio, testing,
};
use proptest::collection::vec;
use proptest::prelude::*;

const NAME: huizong_sdk::Label = label("名", "Name");

const TREE: Definition = Definition::new("sums", "1.0.0", NAME, NAME)
    .criteria(&[
        Criterion::group("outer", NAME),
        Criterion::group("inner", NAME).under("outer"),
        Criterion::base("a", NAME).under("inner").range(points("0"), points("10")),
        Criterion::base("b", NAME).under("inner").range(points("-8"), points("38")),
        Criterion::deduction("c", NAME).under("outer").range(points("-13"), points("0")),
        Criterion::base("d", NAME)
            .ranges(&[
                PointRange::since(day(2020, 1, 1), points("0"), points("5")),
                PointRange::since(day(2023, 1, 1), points("0"), points("7.5")),
            ])
            .judged(points("-3"), points("3"), NAME),
        Criterion::bonus("e", NAME).under("outer").range(points("0"), points("6")).of_cohort(),
        Criterion::bonus("f", NAME).range(points("0"), points("4")).of_cohort(),
    ])
    .caps(&[
        Cap::of_group("inner-most", NAME, "inner").at_most(points("20")),
        Cap::of_group("outer-range", NAME, "outer").at_least(points("-10")).at_most(points("22")),
        Cap::of_total("whole", NAME).at_least(points("-5")).at_most(points("30")),
    ])
    .vetoes(&[
        Veto::new("zero", NAME, Effect::Zero),
        Veto::new("half", NAME, Effect::AtMost(points("12.5"))),
        Veto::new("graded", NAME, Effect::Grade("fair")),
        Veto::new("lower", NAME, Effect::Downgrade(1)),
    ])
    .grades(&[
        Grade::new("good", NAME, points("25")),
        Grade::new("fair", NAME, points("15")),
        Grade::new("poor", NAME, points("0")),
        Grade::new("worst", NAME, points("-1000")),
    ])
    .measures(&[Measure::new("m", NAME, "", 2)]);

const HALVES: Definition = TREE.rounded_to(points("0.5"), Rounding::HalfEven);
const CUT: Definition = TREE.rounded_to(points("0.1"), Rounding::TowardZero);

/// What a rubric may do with a line.
#[derive(Clone, Debug)]
enum Doing {
    Base(i64),
    Deduct(i64),
    Add(i64),
    Share(i64, i64),
}

fn doing() -> impl Strategy<Value = Doing> {
    prop_oneof![
        (-50_000..50_000_i64).prop_map(Doing::Base),
        (-5_000..50_000_i64).prop_map(Doing::Deduct),
        (-5_000..50_000_i64).prop_map(Doing::Add),
        (any::<i64>(), any::<i64>()).prop_map(|(part, whole)| Doing::Share(part, whole)),
        (0..200_i64, 1..200_i64).prop_map(|(part, whole)| Doing::Share(part, whole)),
    ]
}

const VETOES: [&str; 4] = ["zero", "half", "graded", "lower"];

#[derive(Clone, Debug)]
struct Acts {
    lines: [Vec<Doing>; 4],
    vetoes: Vec<usize>,
    judged: Option<i64>,
    adjusted: Vec<(usize, i64)>,
    measured: Option<i64>,
}

fn acts() -> impl Strategy<Value = Acts> {
    let line = || vec(doing(), 1..5);
    let thousandths = || -40_000..40_000_i64;
    (
        [line(), line(), line(), line()],
        vec(0..VETOES.len(), 0..3),
        proptest::option::of(thousandths()),
        vec((0..4_usize, thousandths()), 0..3),
        proptest::option::of(-100..100_000_i64),
    )
        .prop_map(|(lines, vetoes, judged, adjusted, measured)| Acts { lines, vetoes, judged, adjusted, measured })
}

const WRITTEN: [&str; 4] = ["a", "b", "c", "d"];

fn scored(definition: &Definition, acts: &Acts) -> Scorecard {
    let judgement = |points| Judgement { criterion: "d".to_owned(), points, reason: "评".to_owned() };
    let adjustment = |&(line, points): &(usize, i64)| PointAdjustment {
        criterion: WRITTEN[line].to_owned(),
        points,
        reason: "调".to_owned(),
    };
    let review = Review {
        judgements: acts.judged.map(judgement).into_iter().collect(),
        point_adjustments: acts.adjusted.iter().map(adjustment).collect(),
        ..Review::none()
    };
    let mut card = Card::new(definition, day(2023, 12, 31), &review);
    for (criterion, doings) in WRITTEN.iter().zip(&acts.lines) {
        for doing in doings {
            let line = card.line(criterion);
            match *doing {
                Doing::Base(base) => line.base(Points::from_thousandths(base), "起"),
                Doing::Deduct(lost) => line.deduct(Points::from_thousandths(lost), "扣"),
                Doing::Add(earned) => line.add(Points::from_thousandths(earned), "加"),
                Doing::Share(part, whole) => match ratio(part, whole) {
                    Some(share) => line.proportion(points("9"), share, "按比例"),
                    None => line.add(Points::ZERO, "无从比较"),
                },
            };
        }
    }
    for &veto in &acts.vetoes {
        card.veto(VETOES[veto], "触犯").from("/somewhere");
    }
    card.measure("m", acts.measured.map(|digits| huizong_sdk::Decimal::new(digits, 3)));
    card.finish()
}

fn is_in_range(definition: &Definition, criterion: &str, thousandths: i64) -> bool {
    let (least, most) = definition.range_of(criterion, day(2023, 12, 31)).expect("it is in force");
    (least.thousandths()..=most.thousandths()).contains(&thousandths)
}

fn assert_sums(definition: &Definition, scorecard: &Scorecard, unit: Points) {
    let multiple = |thousandths: i64| Points::from_thousandths(thousandths).is_multiple_of(unit);
    for line in &scorecard.lines {
        assert_eq!(line.points, line.entries.iter().map(|entry| entry.points).sum::<i64>(), "{line:?}");
        assert!(multiple(line.points), "{line:?}");
        assert!(line.entries.iter().all(|entry| match entry.kind {
            EntryKind::Deduct => entry.points <= 0,
            EntryKind::Add => entry.points >= 0,
            EntryKind::Pending => entry.points == 0,
            _ => true,
        }));
        assert!(is_in_range(definition, &line.criterion, line.points), "{line:?}");
    }
    assert!(scorecard.steps.iter().all(|step| multiple(step.points)), "{:?}", scorecard.steps);
    let lines: i64 = scorecard.lines.iter().map(|line| line.points).sum();
    let steps: i64 = scorecard.steps.iter().map(|step| step.points).sum();
    assert_eq!(scorecard.total, lines + steps);
    let names_zero = |step: &Step| step.rule == "zero";
    if scorecard.steps.last().is_some_and(names_zero) {
        assert_eq!(scorecard.total, 0);
    }
    if scorecard.steps.iter().any(|step| step.rule == "half") {
        assert!(scorecard.total <= 12_500);
    }
}

fn settled_cohort(definition: &Definition, members: &[Acts]) -> (Cohort, huizong_sdk::Settlement) {
    let codes: Vec<String> = (0..members.len()).map(|member| format!("member-{member}")).collect();
    let scorecards = codes.iter().zip(members).map(|(code, acts)| (code.as_str(), scored(definition, acts)));
    let scorecards: Vec<(&str, Scorecard)> = scorecards.collect();
    let year = Period { start: day(2023, 1, 1), end: day(2023, 12, 31) };
    let cohort = testing::cohort(definition, year, &scorecards);
    let settlement = settled(definition, &cohort);
    (cohort, settlement)
}

fn settled(definition: &Definition, cohort: &Cohort) -> huizong_sdk::Settlement {
    let mut settling = Settling::new(definition, cohort);
    let measure = settling.measure("m");
    settling.column("e", "与最大值之比").by_measure("m").points(measure.relative_to_max(points("6")));
    let ranks = measure.ranks(Order::LowestFirst);
    settling.column("f", "前二名加分").by_measure("m").points(|member| match ranks[member] {
        Some(1..=2) => points("4"),
        _ => points("-1"),
    });
    for member in 0..settling.members() {
        if measure.value(member).is_none() {
            settling.veto(member, "lower", "未提供数据", Vec::new());
        }
    }
    settling.finish()
}

/// The same cohort with its members in another order.
fn reversed(cohort: &Cohort) -> Cohort {
    let back = |values: &[i64]| values.iter().rev().copied().collect::<Vec<i64>>();
    let last = u32::try_from(cohort.members.len()).expect("a test is small") - 1;
    let steps =
        cohort.steps.iter().rev().map(|step| MemberStep { member: last - step.member, step: step.step.clone() });
    let mut steps: Vec<MemberStep> = steps.collect();
    // Only the members change places, not the steps of one member.
    steps.reverse();
    steps.sort_by_key(|step| step.member);
    Cohort {
        members: cohort.members.iter().rev().cloned().collect(),
        totals: back(&cohort.totals),
        criteria: cohort
            .criteria
            .iter()
            .map(|column| CriterionColumn { criterion: column.criterion.clone(), points: back(&column.points) })
            .collect(),
        measures: cohort
            .measures
            .iter()
            .map(|column| MeasureColumn {
                measure: column.measure.clone(),
                values: back(&column.values),
                known: column.known.iter().rev().copied().collect(),
            })
            .collect(),
        steps,
        ..cohort.clone()
    }
}

proptest! {
    #[test]
    fn a_scorecard_is_the_sum_of_what_it_shows(acts in acts()) {
        assert_sums(&TREE, &scored(&TREE, &acts), points("0.1"));
        assert_sums(&HALVES, &scored(&HALVES, &acts), points("0.5"));
        assert_sums(&CUT, &scored(&CUT, &acts), points("0.1"));
    }

    #[test]
    fn a_settlement_is_the_sum_of_what_it_shows(members in vec(acts(), 1..8)) {
        let (cohort, settlement) = settled_cohort(&TREE, &members);
        for member in 0..members.len() {
            let columns: i64 = settlement.columns.iter().map(|column| column.points[member]).sum();
            let steps = settlement.steps.iter().filter(|step| step.member as usize == member);
            let steps: i64 = steps.map(|step| step.step.points).sum();
            let total = settlement.totals[member];
            prop_assert_eq!(total, cohort.totals[member] + columns + steps);
            let mut running = cohort.totals[member] + columns;
            for step in settlement.steps.iter().filter(|step| step.member as usize == member).map(|step| &step.step) {
                running += step.points;
                prop_assert!(step.sources.is_empty());
                match (step.rule.as_str(), step.points) {
                    ("whole", ..0) => prop_assert_eq!(running, 30_000),
                    ("whole", _) => prop_assert_eq!(running, -5_000),
                    ("zero", _) => prop_assert_eq!(running, 0),
                    ("half", lost) => prop_assert!(running == 12_500 || (lost == 0 && running < 12_500)),
                    _ => {}
                }
            }
            prop_assert!(total <= 30_000);
            let better = settlement.totals.iter().filter(|&&other| other > total).count();
            prop_assert_eq!(settlement.ranks[member] as usize, better + 1);
            let of_member = |steps: &[MemberStep], rule: &str| {
                steps.iter().any(|step| step.member as usize == member && step.step.rule == rule)
            };
            if of_member(&cohort.steps, "half") {
                prop_assert!(total <= 12_500);
            }
            let by_total = [25_000, 15_000, 0].iter().filter(|&&least| total < least).count();
            let grade = usize::from(settlement.grades[member]);
            prop_assert!(grade >= by_total);
            if of_member(&cohort.steps, "graded") {
                prop_assert!(grade >= 1);
            }
            let named = settlement.steps.iter().chain(&cohort.steps).filter(|step| step.member as usize == member);
            let named: Vec<&str> = named.filter_map(|step| step.step.grade.as_deref()).collect();
            let id = ["good", "fair", "poor", "worst"][grade];
            prop_assert!(grade == by_total || named.contains(&id), "{} is named nowhere", id);
        }
    }

    #[test]
    fn the_order_of_members_changes_no_score(members in vec(acts(), 1..8)) {
        let (cohort, settlement) = settled_cohort(&TREE, &members);
        let mut again = settled(&TREE, &reversed(&cohort));
        again.totals.reverse();
        again.ranks.reverse();
        again.grades.reverse();
        prop_assert_eq!(&again.totals, &settlement.totals);
        prop_assert_eq!(&again.ranks, &settlement.ranks);
        prop_assert_eq!(&again.grades, &settlement.grades);
    }
}

#[test]
fn a_range_that_is_not_in_force_yet_gives_a_line_of_nothing() {
    let review = Review::none();
    let mut card = Card::new(&TREE, day(2019, 12, 31), &review);
    for criterion in ["a", "b", "c"] {
        card.line(criterion).base(Points::ZERO, "起");
    }
    card.measure("m", None);
    let scorecard = card.finish();
    assert_eq!((scorecard.lines[3].criterion.as_str(), scorecard.lines[3].points), ("d", 0));
}
