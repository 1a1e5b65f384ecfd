//! Cohorts and roll-ups: columns say what the scorecards said, in whatever order the members stand.

use std::collections::BTreeMap;

use domain::amount::Decimal;
use domain::calendar::{Calendar, Period};
use domain::cohort::{ScoredMember, cohort_of, median};
use domain::digest::Digest;
use domain::expectation::{Expectation, expectation};
use domain::federation::{Federation, OrgUnit};
use domain::ids::{RoundCode, SettlementId, UnitCode};
use domain::points::Points;
use domain::roll_up::{Gathered, NewestRevision, roll_up};
use domain::round::{Exemption, Round, RoundPolicy, RoundState};
use domain::rubric::{Criterion, CriterionKind, Description, Measure, Pass, PointRange, Rounding};
use domain::scorecard::{Line, Measured, Scorecard};
use domain::settled::{Settled, SettledCohort};
use domain::settlement::{SettledColumn, Settlement};
use domain::submission::Standing;
use domain::text::Text;
use jiff::civil::{Date, date};
use proptest::prelude::*;

fn text(zh: &str) -> Text {
    Text { zh: zh.to_owned(), en: String::new() }
}

fn points(whole: i64) -> Points {
    Points::from_thousandths(whole * 1000)
}

fn criterion(id: &str, pass: Pass) -> Criterion {
    let range = PointRange { since: date(2000, 1, 1), least: points(-100), most: points(100) };
    Criterion {
        id: id.to_owned(),
        parent: None,
        label: text(id),
        kind: CriterionKind::Base,
        pass,
        ranges: vec![range],
        judged: None,
        guidance: Text::default(),
    }
}

fn description() -> Description {
    let measure = Measure { id: "drills".to_owned(), label: text("演练"), unit: "次".to_owned(), scale: 1 };
    Description {
        id: "fire-safety".to_owned(),
        version: "1.0.0".to_owned(),
        title: text("消防"),
        summary: Text::default(),
        basis: vec![],
        full_marks: points(100),
        smallest_unit: points(1),
        rounding: Rounding::HalfUp,
        criteria: vec![
            criterion("exits", Pass::OfUnit),
            criterion("rank", Pass::OfCohort),
            criterion("alarms", Pass::OfUnit),
        ],
        caps: vec![],
        vetoes: vec![],
        grades: vec![],
        checks: vec![],
        measures: vec![measure],
        earlier_periods: 0,
        form: "{}".to_owned(),
    }
}

fn scorecard(exits: i64, alarms: i64, drills: Option<i64>) -> Scorecard {
    let line = |id: &str, given| Line { criterion: id.to_owned(), points: points(given), entries: vec![] };
    Scorecard {
        lines: vec![line("exits", exits), line("rank", 0), line("alarms", alarms)],
        steps: vec![],
        total: points(exits + alarms),
        measures: vec![Measured { measure: "drills".to_owned(), value: drills.map(Decimal::whole) }],
    }
}

fn period() -> Period {
    Period::new(date(2024, 1, 1), date(2024, 12, 31)).expect("a period")
}

fn unit(code: &str, from: Date, to: Option<Date>) -> OrgUnit {
    OrgUnit {
        code: code.parse().expect("a code"),
        name: format!("机构{code}"),
        aliases: vec![],
        kind: "station".to_owned(),
        parent: None,
        reports: true,
        valid_from: from,
        valid_to: to,
        successor: to.map(|_| "u1".parse().expect("a code")),
        earlier_names: vec![],
        attributes: vec![],
    }
}

fn round() -> Round {
    Round {
        code: "2024".parse::<RoundCode>().expect("a code"),
        title: "2024".to_owned(),
        period: period(),
        opens_at: None,
        due_at: "2025-01-31T16:00:00Z".parse().expect("a time"),
        state: RoundState::Closed,
        published_at: None,
        rubric: Digest::of(b"rubric"),
        reports: vec![],
        pins_fixed: true,
        calendar: Calendar { covers: period(), holidays: vec![], working_days: vec![] },
        cohort_by: None,
        exemptions: vec![Exemption { unit: "u4".parse().expect("a code"), reason: "筹建中".to_owned() }],
        policy: RoundPolicy::default(),
    }
}

proptest! {
    #[test]
    fn the_order_of_members_changes_no_column(
        cards in prop::collection::vec((-50_i64..50, -50_i64..50, prop::option::of(0_i64..9)), 1..20),
        turn in 0_usize..20,
    ) {
        let codes: Vec<UnitCode> = (0..cards.len()).map(|index| format!("u{index}").parse().expect("a code")).collect();
        let cards: Vec<Scorecard> = cards.into_iter().map(|(exits, alarms, drills)| scorecard(exits, alarms, drills)).collect();
        let members: Vec<ScoredMember<'_>> =
            codes.iter().zip(&cards).map(|(unit, scorecard)| ScoredMember { unit, scorecard }).collect();
        let mut turned = members.clone();
        turned.rotate_left(turn % members.len());
        let (one, other) = (cohort_of(&description(), period(), "", &members), cohort_of(&description(), period(), "", &turned));
        for (index, code) in one.members.iter().enumerate() {
            let there = other.members.iter().position(|member| member == code).expect("the same members");
            prop_assert_eq!(one.totals[index], other.totals[there]);
            for (column, turned) in one.criteria.iter().zip(&other.criteria) {
                prop_assert_eq!(column.points[index], turned.points[there]);
            }
            prop_assert_eq!(one.measures[0].values[index], other.measures[0].values[there]);
            prop_assert_eq!(one.measures[0].known[index], other.measures[0].known[there]);
        }
        let of_unit: Vec<&str> = one.criteria.iter().map(|column| column.criterion.as_str()).collect();
        prop_assert_eq!(of_unit, vec!["exits", "alarms"], "criteria of the cohort pass have no column yet");
    }

    #[test]
    fn the_median_has_as_many_above_as_below(mut totals in prop::collection::vec(-1000_i64..1000, 1..40)) {
        let middle = median(&totals.iter().map(|total| points(*total)).collect::<Vec<_>>());
        let below = totals.iter().filter(|total| points(**total) < middle).count();
        let above = totals.iter().filter(|total| points(**total) > middle).count();
        prop_assert!(below <= totals.len() / 2 && above <= totals.len() / 2);
        totals.reverse();
        prop_assert_eq!(middle, median(&totals.iter().map(|total| points(*total)).collect::<Vec<_>>()));
    }
}

fn settled() -> Settled {
    let codes: Vec<UnitCode> = ["u1", "u2"].map(|code| code.parse().expect("a code")).to_vec();
    let cards = [scorecard(40, 30, Some(3)), scorecard(20, 10, None)];
    let members: Vec<ScoredMember<'_>> =
        codes.iter().zip(&cards).map(|(unit, scorecard)| ScoredMember { unit, scorecard }).collect();
    let column = SettledColumn {
        criterion: "rank".to_owned(),
        points: vec![points(5), points(-2)],
        reason: String::new(),
        measure: Some("drills".to_owned()),
        statistics: vec![],
    };
    let settlement = Settlement {
        columns: vec![column],
        steps: vec![],
        totals: vec![points(75), points(28)],
        ranks: vec![1, 2],
        grades: vec![0, 0],
    };
    let cohort = cohort_of(&description(), period(), "", &members);
    let cohort = SettledCohort { name: String::new(), cohort, revisions: vec![1, 3], reviews: vec![], settlement };
    let id = SettlementId("01890a5d-ac96-774b-bcce-b302099a8057".parse().expect("an identifier"));
    let at = "2025-02-01T00:00:00Z".parse().expect("a time");
    Settled { id, round: "2024".parse().expect("a code"), rubric: Digest::of(b"rubric"), at, cohorts: vec![cohort] }
}

#[test]
fn a_roll_up_adds_up_and_lists_everybody_once() {
    let long_ago = date(2000, 1, 1);
    let units = [
        unit("u1", long_ago, None),
        unit("u2", long_ago, None),
        unit("u3", long_ago, None),
        unit("u4", long_ago, None),
        unit("u5", long_ago, None),
        unit("u6", long_ago, Some(date(2024, 6, 30))),
        unit("u7", long_ago, Some(date(2023, 6, 30))),
        unit("u8", date(2025, 1, 1), None),
    ];
    let newest = |standing, hours_late, held_back: &str| NewestRevision {
        standing,
        hours_late,
        held_back: held_back.to_owned(),
    };
    let newest: BTreeMap<UnitCode, NewestRevision> = BTreeMap::from([
        ("u1".parse().expect("a code"), newest(Standing::Accepted, 0, "")),
        ("u2".parse().expect("a code"), newest(Standing::Accepted, 7, "")),
        ("u3".parse().expect("a code"), newest(Standing::Blocked, 2, "错误 1 处")),
    ]);
    let federation = Federation { code: "f1".parse().expect("a code"), name: "某联合会".to_owned() };
    let settled = settled();
    let rolled = roll_up(
        &Gathered {
            federation: &federation,
            round: &round(),
            description: &description(),
            settled: &settled,
            verdicts: &[],
            units: &units,
            newest: &newest,
            issued_on: date(2025, 2, 1),
            late_note: |hours| hours.to_string(),
        },
        date(2025, 2, 1),
    );
    assert_eq!(rolled.expected, 4);
    let codes = |listed: &[domain::report::ListedUnit]| -> Vec<String> {
        listed.iter().map(|unit| format!("{} {}", unit.code, unit.note).trim_end().to_owned()).collect()
    };
    assert_eq!(codes(&rolled.missing), ["u5"]);
    assert_eq!(codes(&rolled.blocked), ["u3 错误 1 处"]);
    assert_eq!(codes(&rolled.late), ["u2 7", "u3 2"]);
    assert_eq!(codes(&rolled.exempt), ["u4 筹建中"]);
    assert_eq!(codes(&rolled.merged), ["u6 机构u1"]);
    let counted = rolled.members.len();
    assert_eq!(usize::try_from(rolled.expected), Ok(counted + rolled.missing.len() + rolled.blocked.len()));
    let ids: Vec<&str> = rolled.criteria.iter().map(|column| column.criterion.as_str()).collect();
    assert_eq!(ids, ["exits", "rank", "alarms"]);
    for member in 0..counted {
        let sum: Points = rolled.criteria.iter().map(|column| column.points[member]).sum();
        assert_eq!(sum, rolled.totals[member], "criteria add up to the total");
    }
}

#[test]
fn a_unit_is_expected_when_it_exists_on_the_last_day() {
    let last = date(2024, 12, 31);
    let expects = |unit: OrgUnit| expectation(&round(), &unit);
    assert_eq!(expects(unit("a", last, None)), Some(Expectation::Expected));
    assert_eq!(expects(unit("a", date(2000, 1, 1), Some(last))), Some(Expectation::Expected));
    let merged = Expectation::Merged(Some("u1".parse().expect("a code")));
    assert_eq!(expects(unit("a", date(2000, 1, 1), Some(date(2024, 1, 1)))), Some(merged));
    assert_eq!(expects(unit("a", date(2000, 1, 1), Some(date(2023, 12, 31)))), None);
    assert_eq!(expects(OrgUnit { reports: false, ..unit("a", date(2000, 1, 1), None) }), None);
}
