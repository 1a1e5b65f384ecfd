//! A rubric of seven elements, shaped after the 2025 scheme of consumer protection assessments. It is a demonstration, not the official text.
//!
//! The scheme's minimum weights add up to 90; the ten free points are the federation's choice and move with the year (`weights`). What each
//! criterion asks stands in `criteria`, what its facts are worth in `markings`.

mod criteria;
mod markings;
mod truthfulness;
mod weights;

use huizong_sdk::answers::decode;
use huizong_sdk::{
    Card, Check, Context, Definition, Effect, Finding, Grade, Label, LegalBasis, Measure, Refusal, Review, Rounding,
    Rubric, Scorecard, Severity, Submission, Text, Veto, day, label, points,
};
use self_assessment::Case;
use self_assessment::checks::{self, Selection};
use self_assessment::facts::{Facts, complaints, control};
use self_assessment::measures::TimeLimits;
use self_assessment::scoring::{Tariff, mark, veto_where_any};
use self_assessment::severities::reweighed;
use self_assessment::{Answers, FORM};

/// The 2025-shaped rubric.
pub struct Rubric2025;

huizong_sdk::export_rubric!(Rubric2025);

const TITLE: Label =
    label("消费者权益保护监管评价（参照2025年评价办法样式）", "Consumer protection, shaped after the 2025 scheme");

const SUMMARY: Label = label(
    "示例评分细则，非官方文本：按2025年监管评价办法的样式编写，七个要素最低权重合计90，其余10分由联社按年度分配；最小计分单位0.1分；一至五级，二、三级分A、B、C档。指标、规则和等级分数线为示例自拟。",
    "A demonstration, not the official text: seven elements with minimum weights of 90, ten points that the federation assigns each year, steps of 0.1, levels 1 to 5. Criteria, rules and cuts are invented.",
);

const BASIS: &[LegalBasis] = &[LegalBasis {
    title: "金融机构消费者权益保护监管评价办法（2025年9月12日发布）",
    number: None,
    note: Some(label(
        "仅参照其要素、最低权重和计分单位的样式，未使用官方全文，不得作为官方评价结果；自由权重的分配为示例自拟。",
        "Only the shape of its elements, minimum weights and unit is followed; the full text was not used, and the free points are assigned by invention.",
    )),
}];

const VETOES: &[Veto] = &[
    Veto::new("untrue-data", label("数据失实降一级", "Untrue data lower the level"), Effect::Downgrade(1)),
    Veto::new("data-leak", label("信息泄露降一级", "A leak of data lowers the level"), Effect::Downgrade(1)),
    Veto::new(
        "mass-incident",
        label("群体性事件最高评为三级C", "With a mass incident 3C at best"),
        Effect::Grade("3c"),
    ),
];

/// Invented: no public source gives the cuts of the scheme.
const GRADES: &[Grade] = &[
    Grade::new("1", label("一级", "Level 1"), points("90")),
    Grade::new("2a", label("二级A", "Level 2A"), points("85")),
    Grade::new("2b", label("二级B", "Level 2B"), points("80")),
    Grade::new("2c", label("二级C", "Level 2C"), points("75")),
    Grade::new("3a", label("三级A", "Level 3A"), points("70")),
    Grade::new("3b", label("三级B", "Level 3B"), points("65")),
    Grade::new("3c", label("三级C", "Level 3C"), points("60")),
    Grade::new("4", label("四级", "Level 4"), points("40")),
    Grade::new("5", label("五级", "Level 5"), points("0")),
];

const MEASURES: &[Measure] = &[
    Measure::new("closed-in-time", label("及时办结率", "Closed in time"), "%", 2),
    Measure::new(
        "complaints-per-10000",
        label("每万个人客户投诉件数", "Complaints per 10,000 customers"),
        "件/万户",
        4,
    ),
];

/// The shared checks. From 2026 on a time limit in working days blocks, because the scheme counts calendar days.
const CHECKS: [Check; checks::COUNT] = reweighed(
    checks::and_own(&[]),
    checks::complaints::COMPLAINT_LIMIT_IN_WORKING_DAYS
        .from_day(&[(day(2022, 1, 1), Severity::Warning), (day(2026, 1, 1), Severity::Error)]),
);

const SELECTION: Selection = Selection::of(&CHECKS);

static DEFINITION: Definition = Definition::new("rubric-2025", "1.0.0", TITLE, SUMMARY)
    .basis(BASIS)
    .rounded_to(points("0.1"), Rounding::HalfUp)
    .criteria(criteria::TREE)
    .vetoes(VETOES)
    .grades(GRADES)
    .checks(&CHECKS)
    .measures(MEASURES)
    .form(FORM);

impl Rubric for Rubric2025 {
    const DEFINITION: &'static Definition = &DEFINITION;

    fn check(submission: &Submission, context: &Context) -> Result<Vec<Finding>, Refusal> {
        let answers: Answers<'_> = decode(&submission.answers)?;
        Ok(checks::run(&Case::new(&answers, submission, context), SELECTION))
    }

    fn score(submission: &Submission, context: &Context, review: &Review) -> Result<Scorecard, Refusal> {
        let period = submission.period;
        if period.end < weights::FIRST_DAY {
            return Err(no_weights_yet());
        }
        let answers: Answers<'_> = decode(&submission.answers)?;
        let facts = Facts::new(&answers, period, TimeLimits::OF_2020, &context.unit, review);
        let mut card = Card::new(&DEFINITION, period.end, review);
        mark(&mut card, markings::MARKINGS, Tariff::Hundredths, &facts);
        truthfulness::judge(&mut card, review);
        veto_where_any(&mut card, "data-leak", control::DATA_LEAKS, &facts);
        veto_where_any(&mut card, "mass-incident", control::MASS_INCIDENTS, &facts);
        card.measure("closed-in-time", complaints::CLOSED_IN_TIME.asked_of(&facts).value.decimal());
        card.measure("complaints-per-10000", complaints::PER_TEN_THOUSAND_CUSTOMERS.asked_of(&facts).value.decimal());
        Ok(card.finish())
    }
}

/// Declines a period for which no weights were assigned.
fn no_weights_yet() -> Refusal {
    let first = weights::FIRST_DAY;
    let zh = format!("评价期早于{first}，当年未分配权重，不能按本细则评分");
    let en = format!("The period ends before {first}: no weights were assigned for it");
    Refusal::new("period-before-weights", Text::new(zh, en))
}
