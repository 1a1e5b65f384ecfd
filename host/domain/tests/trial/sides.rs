//! Made-up rubrics for fire safety and what they make of three stations, as a property test draws them.

use domain::calendar::Period;
use domain::explanation::MemberSettled;
use domain::points::Points;
use domain::rubric::{Cap, Criterion, CriterionKind, Description, Grade, Pass, Rounding, Veto, VetoEffect};
use domain::scorecard::{Entry, EntryKind, Line, Scorecard, Step, StepKind};
use domain::settlement::{Cohort, MemberStep, SettledColumn, Settlement};
use domain::text::Text;
use domain::trial::difference::{MemberScore, UnitScore};
use jiff::civil::date;
use proptest::prelude::*;

pub(crate) const MEMBERS: usize = 3;

/// One rubric and what it makes of everybody.
#[derive(Clone, Debug)]
pub(crate) struct Drawn {
    pub(crate) description: Description,
    pub(crate) units: Vec<UnitScore>,
    pub(crate) cohort: Cohort,
    pub(crate) settlement: Settlement,
}

impl Drawn {
    pub(crate) fn score(&self, member: usize) -> MemberScore<'_> {
        let settled = MemberSettled { cohort: &self.cohort, settlement: &self.settlement, member };
        MemberScore { description: &self.description, unit: &self.units[member], settled }
    }
}

pub(crate) fn points(thousandths: i64) -> Points {
    Points::from_thousandths(thousandths)
}

pub(crate) fn text(words: &str) -> Text {
    Text { zh: words.to_owned(), en: String::new() }
}

pub(crate) fn description() -> Description {
    Description {
        id: "fire-safety".into(),
        version: "1.0.0".into(),
        title: text("消防安全"),
        summary: text("测试用"),
        basis: vec![],
        full_marks: points(100_000),
        smallest_unit: points(100),
        rounding: Rounding::HalfUp,
        criteria: vec![],
        caps: vec![],
        vetoes: vec![],
        grades: [("a", 80_000), ("b", 60_000), ("c", 0)]
            .map(|(id, least)| Grade { id: id.into(), label: text(id), at_least: points(least) })
            .into(),
        checks: vec![],
        measures: vec![],
        earlier_periods: 0,
        form: "{}".into(),
    }
}

pub(crate) fn criterion(id: &str, pass: Pass) -> Criterion {
    Criterion {
        id: id.into(),
        parent: None,
        label: text(id),
        kind: CriterionKind::Base,
        pass,
        ranges: vec![],
        judged: None,
        guidance: text(id),
    }
}

pub(crate) fn line(criterion: &str, kind: EntryKind, thousandths: i64) -> Line {
    let entry =
        Entry { kind, points: points(thousandths), reason: "按细则".into(), comparisons: vec![], sources: vec![] };
    Line { criterion: criterion.into(), points: points(thousandths), entries: vec![entry] }
}

pub(crate) fn step(kind: StepKind, rule: &str, thousandths: i64) -> Step {
    Step {
        kind,
        rule: rule.into(),
        points: points(thousandths),
        grade: None,
        reason: "按细则".into(),
        comparisons: vec![],
        sources: vec![],
    }
}

fn card(lines: Vec<Line>, steps: Vec<Step>) -> Scorecard {
    let total = lines.iter().map(|line| line.points).chain(steps.iter().map(|step| step.points)).sum();
    Scorecard { lines, steps, total, measures: vec![] }
}

/// A rubric that settled these scorecards with columns and steps, every total the sum of its parts.
pub(crate) fn settled(
    description: Description,
    cards: Vec<Scorecard>,
    columns: Vec<SettledColumn>,
    steps: Vec<MemberStep>,
) -> Drawn {
    let total = |(member, card): (usize, &Scorecard)| {
        let columns: Points = columns.iter().map(|column| column.points[member]).sum();
        let own = steps.iter().filter(|step| step.member as usize == member).map(|step| step.step.points);
        card.total + columns + own.sum()
    };
    let totals: Vec<Points> = cards.iter().enumerate().map(total).collect();
    let rank = |total: &Points| 1 + u32::try_from(totals.iter().filter(|other| *other > total).count()).expect("few");
    let grade = |total: &Points| u16::try_from(description.grade_of(*total).expect("it has grades")).expect("few");
    let settlement = Settlement {
        ranks: totals.iter().map(rank).collect(),
        grades: totals.iter().map(grade).collect(),
        totals: totals.clone(),
        columns,
        steps,
    };
    let year = Period::new(date(2024, 1, 1), date(2024, 12, 31)).expect("a year");
    let cohort = Cohort {
        period: year,
        name: String::new(),
        members: (0..cards.len()).map(|member| format!("s{member}")).collect(),
        totals: cards.iter().map(|card| card.total).collect(),
        criteria: vec![],
        measures: vec![],
        steps: vec![],
    };
    let units = cards.iter().map(|card| UnitScore::of(&description, card)).collect();
    Drawn { description, units, cohort, settlement }
}

/// A rubric of criteria of the unit pass only, and one scorecard a member: the points of the criteria, in order.
pub(crate) fn plain(criteria: &[&str], members: &[&[i64]]) -> Drawn {
    let description =
        Description { criteria: criteria.iter().map(|id| criterion(id, Pass::OfUnit)).collect(), ..description() };
    let cards = members.iter().map(|points| {
        let lines = criteria.iter().zip(*points).map(|(id, points)| line(id, EntryKind::Base, *points));
        card(lines.collect(), vec![])
    });
    settled(description, cards.collect(), vec![], vec![])
}

const CRITERIA: [&str; 6] = ["exits", "drills", "doors", "hoses", "alarms", "response"];
const RULES: [&str; 4] = ["most", "least", "locked-exit", "no-drill"];

fn drawn_steps() -> impl Strategy<Value = Vec<Step>> {
    let kinds = prop::sample::select(vec![
        StepKind::Cap,
        StepKind::Floor,
        StepKind::Veto,
        StepKind::Downgrade,
        StepKind::Round,
    ]);
    let one = (kinds, 0..RULES.len(), -50_i64..50).prop_map(|(kind, rule, points)| match kind {
        StepKind::Round => step(kind, "", points * 100),
        StepKind::Downgrade => step(kind, RULES[rule], 0),
        _ => step(kind, RULES[rule], points * 100),
    });
    prop::collection::vec(one, 0..4)
}

prop_compose! {
    /// Any rubric: some of the criteria, each in one of the passes, and any steps of either pass.
    pub(crate) fn drawn()(
        passes in prop::collection::vec(prop::option::of(prop::bool::ANY), CRITERIA.len()),
        numbers in prop::collection::vec(prop::collection::vec(-100_i64..200, CRITERIA.len()), MEMBERS),
        of_unit in prop::collection::vec(drawn_steps(), MEMBERS),
        of_cohort in prop::collection::vec(drawn_steps(), MEMBERS),
        lowered_by in 1_u8..3,
    ) -> Drawn {
        let kept = || CRITERIA.iter().zip(&passes).enumerate().filter_map(|(place, (id, pass))| Some((place, *id, (*pass)?)));
        let pass = |of_cohort| if of_cohort { Pass::OfCohort } else { Pass::OfUnit };
        let description = Description {
            criteria: kept().map(|(_, id, of_cohort)| criterion(id, pass(of_cohort))).collect(),
            caps: RULES[..2]
                .iter()
                .map(|id| Cap { id: (*id).into(), label: text(id), criterion: None, least: None, most: None })
                .collect(),
            vetoes: vec![
                Veto { id: RULES[2].into(), label: text("出口上锁"), effect: VetoEffect::Zero },
                Veto { id: RULES[3].into(), label: text("未演练"), effect: VetoEffect::Downgrade(lowered_by) },
            ],
            ..description()
        };
        let numbers = &numbers;
        let points_of = |member: usize, (place, id, of_cohort): (usize, &str, bool)| {
            if of_cohort { line(id, EntryKind::Pending, 0) } else { line(id, EntryKind::Base, numbers[member][place] * 100) }
        };
        let lines = |member: usize| kept().map(|kept| points_of(member, kept)).collect();
        let cards = (0..MEMBERS).map(|member| card(lines(member), of_unit[member].clone())).collect();
        let column = |place: usize, id: &str| SettledColumn {
            criterion: id.into(),
            points: (0..MEMBERS).map(|member| points(numbers[member][place] * 100)).collect(),
            reason: "最快者满分".into(),
            measure: None,
            statistics: vec![],
        };
        let columns = kept().filter(|(_, _, of_cohort)| *of_cohort).map(|(place, id, _)| column(place, id)).collect();
        let steps = of_cohort.into_iter().zip(0_u32..).flat_map(|(steps, member)| {
            steps.into_iter().map(move |step| MemberStep { member, step })
        });
        settled(description, cards, columns, steps.collect())
    }
}
