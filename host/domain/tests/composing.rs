//! Roll-ups compose: whatever way the members are grouped, nothing of them is lost or counted twice.

use domain::composition::{NotComposable, Part, compose, extend_fields};
use domain::document::Numbers;
use domain::points::Points;
use domain::report::{FieldColumn, FieldValues, FindingCount, ListedUnit, ReportedRound, RollUp, RollUpMember, Taking};
use domain::roll_up_export::examine;
use domain::rubric::{Criterion, CriterionKind, Grade, Pass, Severity};
use domain::settlement::CriterionColumn;
use domain::text::Text;
use jiff::civil::date;
use proptest::prelude::*;

fn points(thousandths: i64) -> Points {
    Points::from_thousandths(thousandths)
}

fn criterion(id: &str) -> Criterion {
    Criterion {
        id: id.to_owned(),
        parent: None,
        label: Text::default(),
        kind: CriterionKind::Base,
        pass: Pass::OfUnit,
        ranges: vec![],
        judged: None,
        guidance: Text::default(),
    }
}

fn round() -> ReportedRound {
    let grade = |id: &str| Grade { id: id.to_owned(), label: Text::default(), at_least: points(0) };
    ReportedRound {
        federation: "协会".to_owned(),
        code: "2024".to_owned(),
        title: "2024".to_owned(),
        period: domain::calendar::Period::new(date(2024, 1, 1), date(2024, 12, 31)).expect("a period"),
        due: date(2025, 1, 31),
        rubric_title: Text::default(),
        rubric_version: "1.0.0".to_owned(),
        full_marks: points(100_000),
        criteria: vec![criterion("exits")],
        grades: vec![grade("a"), grade("b")],
        checks: vec![],
    }
}

/// A roll-up of members with these totals, of whom the first was late; somebody else is missing.
fn rolled_up(totals: &[i64]) -> RollUp {
    let mut roll_up = RollUp::empty(round(), date(2025, 2, 1));
    let listed = |code: String| ListedUnit { code, name: "站".to_owned(), note: String::new() };
    for (index, total) in totals.iter().enumerate() {
        let (code, name) = (format!("m{index}"), format!("{total}"));
        roll_up.members.push(RollUpMember { code, name, kind: "station".to_owned() });
        roll_up.totals.push(points(*total));
        roll_up.grades.push(u16::from(*total < 60_000));
    }
    roll_up.ranks = vec![1; totals.len()];
    if !totals.is_empty() {
        roll_up.late.push(listed("m0".to_owned()));
        let own = roll_up.totals.clone();
        roll_up.criteria = vec![CriterionColumn { criterion: "exits".to_owned(), points: own }];
        let values = FieldValues::Numbers(Numbers { scale: 0, values: totals.to_vec() });
        let known = vec![1; totals.len()];
        roll_up.fields = vec![FieldColumn { at: "/drills".to_owned(), taking: Taking::One, values, known }];
        let findings = u32::try_from(totals.len()).expect("few");
        roll_up.findings =
            vec![FindingCount { check: "c".to_owned(), severity: Severity::Warning, members: 1, findings }];
    }
    roll_up.missing.push(listed("absent".to_owned()));
    roll_up.expected = u32::try_from(totals.len()).expect("few") + 1;
    roll_up
}

fn nobody() -> RollUp {
    RollUp::empty(round(), date(2025, 3, 1))
}

fn composed(parts: &[(&str, &RollUp)]) -> RollUp {
    let parts: Vec<Part<'_>> = parts.iter().map(|(unit, roll_up)| Part { unit, roll_up }).collect();
    compose(nobody(), &parts).expect("they compose")
}

/// A roll-up without the units that stand before its members' codes.
fn without_units(mut roll_up: RollUp) -> RollUp {
    let own = |code: &mut String| *code = code.rsplit('/').next().unwrap_or_default().to_owned();
    roll_up.members.iter_mut().for_each(|member| own(&mut member.code));
    let lists = [&mut roll_up.missing, &mut roll_up.late];
    lists.into_iter().flatten().for_each(|unit| own(&mut unit.code));
    roll_up
}

proptest! {
    #[test]
    fn composing_in_steps_is_composing_at_once(
        totals in prop::collection::vec(prop::collection::vec(0_i64..100_000, 0..6), 3),
    ) {
        let [one, two, three] = [0, 1, 2].map(|part: usize| rolled_up(&totals[part]));
        let at_once = composed(&[("a", &one), ("b", &two), ("c", &three)]);
        prop_assert_eq!(examine(&at_once), Ok(()));
        let left = composed(&[("a", &one), ("b", &two)]);
        let right = composed(&[("b", &two), ("c", &three)]);
        let in_steps = [composed(&[("ab", &left), ("c", &three)]), composed(&[("a", &one), ("bc", &right)])];
        for composed in in_steps {
            prop_assert_eq!(without_units(composed), without_units(at_once.clone()));
        }
    }

    #[test]
    fn the_parts_together_are_the_whole(totals in prop::collection::vec(0_i64..100_000, 1..12), at in 0_usize..12) {
        let (one, two) = totals.split_at(at.min(totals.len()));
        let composed = composed(&[("a", &rolled_up(one)), ("b", &rolled_up(two))]);
        let told: Vec<i64> = composed.totals.iter().map(|total| total.thousandths()).collect();
        prop_assert_eq!(&told, &totals);
        for (total, rank) in composed.totals.iter().zip(&composed.ranks) {
            let better = composed.totals.iter().filter(|other| *other > total).count();
            prop_assert_eq!(usize::try_from(*rank).unwrap(), better + 1);
        }
        prop_assert_eq!(composed.expected, u32::try_from(totals.len()).unwrap() + 2);
        prop_assert_eq!(composed.missing.len(), 2);
    }
}

#[test]
fn a_unit_that_handed_its_roll_up_over_is_not_missing_itself() {
    let mut own = rolled_up(&[70_000]);
    own.missing[0].code = "a".to_owned();
    let part = rolled_up(&[80_000, 90_000]);
    let whole = compose(own, &[Part { unit: "a", roll_up: &part }]).expect("they compose");
    let codes: Vec<&str> = whole.members.iter().map(|member| member.code.as_str()).collect();
    assert_eq!(codes, ["m0", "a/m0", "a/m1"]);
    assert_eq!(whole.ranks, [3, 2, 1]);
    assert_eq!(whole.missing.iter().map(|unit| unit.code.as_str()).collect::<Vec<_>>(), ["a/absent"]);
    assert_eq!(whole.expected, 4, "its own one, the part's two, and the one that is missing there");
}

#[test]
fn only_what_tells_of_the_same_composes() {
    let refused = |change: fn(&mut RollUp)| {
        let mut part = rolled_up(&[1]);
        change(&mut part);
        compose(rolled_up(&[2]), &[Part { unit: "a", roll_up: &part }]).err()
    };
    assert_eq!(refused(|_| {}), None);
    assert_eq!(refused(|part| part.round.full_marks = points(90_000)), Some(NotComposable::FullMarks));
    assert_eq!(refused(|part| part.round.grades.truncate(1)), Some(NotComposable::Grades));
    assert_eq!(refused(|part| part.criteria[0].criterion = "alarms".to_owned()), Some(NotComposable::Criteria));
    let other = domain::calendar::Period::new(date(2023, 1, 1), date(2023, 12, 31)).expect("a period");
    let mut part = rolled_up(&[1]);
    part.round.period = other;
    assert_eq!(compose(nobody(), &[Part { unit: "a", roll_up: &part }]), Err(NotComposable::Period));
}

#[test]
fn a_field_that_a_part_does_not_have_is_not_known_there() {
    let mut fine = rolled_up(&[5]);
    let values = FieldValues::Numbers(Numbers { scale: 2, values: vec![125] });
    fine.fields[0].values = values;
    let mut without = rolled_up(&[7]);
    without.fields.clear();
    let whole = composed(&[("a", &rolled_up(&[3])), ("b", &without), ("c", &fine)]);
    assert_eq!(whole.fields[0].known, [1, 0, 1]);
    let numbers = FieldValues::Numbers(Numbers { scale: 2, values: vec![300, 0, 125] });
    assert_eq!(whole.fields[0].values, numbers, "at the finer scale, and the same number");
    let mut wanted: Vec<FieldColumn> = Vec::new();
    extend_fields(&mut wanted, 0, &fine);
    assert_eq!(wanted, [], "nobody wanted it");
}

#[test]
fn columns_from_outside_must_fit_each_other() {
    let place = |change: fn(&mut RollUp)| {
        let mut roll_up = rolled_up(&[1, 2]);
        change(&mut roll_up);
        examine(&roll_up).err().map(|inconsistent| inconsistent.0)
    };
    assert_eq!(place(|_| {}), None);
    assert_eq!(place(|roll_up| drop(roll_up.members.pop())), Some("totals"));
    assert_eq!(place(|roll_up| roll_up.members[1].code = "m0".to_owned()), Some("members"));
    assert_eq!(place(|roll_up| roll_up.members[1].name = "长".repeat(500)), Some("members"));
    assert_eq!(place(|roll_up| roll_up.grades[0] = 2), Some("grades"));
    assert_eq!(place(|roll_up| roll_up.totals[0] = points(i64::MAX)), Some("totals"));
    let unknown = place(|roll_up| roll_up.criteria[0].criterion = "alarms".to_owned());
    assert_eq!(unknown, Some("criteria"), "a column of a criterion that the round does not have");
    assert_eq!(place(|roll_up| roll_up.fields[0].known.clear()), Some("fields"));
}
