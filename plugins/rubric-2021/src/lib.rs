//! A rubric of weights, shaped after the 2021 scheme of consumer protection assessments. It is a demonstration, not the official text.
//!
//! Five elements weigh 10, 25, 30, 10 and 25 points; what supervision found takes away at most 25. What each indicator asks stands in
//! `criteria`, what its facts are worth in `markings`.

mod criteria;
mod markings;

use huizong_sdk::answers::decode;
use huizong_sdk::{
    Cap, Card, Check, Context, Definition, Effect, Finding, Grade, Label, LegalBasis, Measure, Refusal, Review,
    Rounding, Rubric, Scorecard, Severity, Submission, Veto, day, label, points,
};
use self_assessment::Case;
use self_assessment::checks::{self, Selection};
use self_assessment::facts::{Facts, complaints, control};
use self_assessment::measures::TimeLimits;
use self_assessment::scoring::{Tariff, mark, veto_where_any};
use self_assessment::severities::reweighed;
use self_assessment::{Answers, FORM};

/// The 2021-shaped rubric.
pub struct Rubric2021;

huizong_sdk::export_rubric!(Rubric2021);

const TITLE: Label =
    label("消费者权益保护监管评价（参照2021年评价办法样式）", "Consumer protection, shaped after the 2021 scheme");

const SUMMARY: Label = label(
    "示例评分细则，非官方文本：按2021年监管评价办法的样式编写，体制建设10、机制与运行25、操作与服务30、教育宣传10、纠纷化解25，监督检查最多扣25分。要素以下的指标、规则和等级分数线为示例自拟。",
    "A demonstration, not the official text: five elements of 10, 25, 30, 10 and 25 points, and up to 25 off for what supervision found. Indicators, rules and grade cuts are invented.",
);

const BASIS: &[LegalBasis] = &[LegalBasis {
    title: "银行保险机构消费者权益保护监管评价办法",
    number: Some("银保监发〔2021〕24号"),
    note: Some(label(
        "仅参照其要素权重和扣分上限的样式，未使用官方全文，不得作为官方评价结果。",
        "Only the weights of its elements and the bound of the deduction are followed; the full official text was not used.",
    )),
}];

const CAPS: &[Cap] =
    &[Cap::of_group("supervision-bound", label("监督检查扣分上限", "Bound of supervision"), "supervision")
        .at_least(points("-25"))];

const VETOES: &[Veto] = &[Veto::new(
    "mass-incident",
    label("发生群体性事件，最高评为三级A", "With a mass incident 3A at best"),
    Effect::Grade("3a"),
)];

/// Invented below the four levels: no public source gives the cuts of A, B and C.
const GRADES: &[Grade] = &[
    Grade::new("1", label("一级", "Level 1"), points("90")),
    Grade::new("2a", label("二级A", "Level 2A"), points("85")),
    Grade::new("2b", label("二级B", "Level 2B"), points("80")),
    Grade::new("2c", label("二级C", "Level 2C"), points("75")),
    Grade::new("3a", label("三级A", "Level 3A"), points("70")),
    Grade::new("3b", label("三级B", "Level 3B"), points("65")),
    Grade::new("3c", label("三级C", "Level 3C"), points("60")),
    Grade::new("4", label("四级", "Level 4"), points("0")),
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

/// The shared checks. From 2025 on a campaign that is named twice blocks, because campaigns earn points one by one.
const CHECKS: [Check; checks::COUNT] = reweighed(
    checks::and_own(&[]),
    checks::campaigns::CAMPAIGN_NAMED_TWICE
        .from_day(&[(day(2021, 1, 1), Severity::Warning), (day(2025, 1, 1), Severity::Error)]),
);

const SELECTION: Selection = Selection::of(&CHECKS);

static DEFINITION: Definition = Definition::new("rubric-2021", "1.0.0", TITLE, SUMMARY)
    .basis(BASIS)
    .rounded_to(points("0.1"), Rounding::HalfUp)
    .criteria(criteria::TREE)
    .caps(CAPS)
    .vetoes(VETOES)
    .grades(GRADES)
    .checks(&CHECKS)
    .measures(MEASURES)
    .form(FORM);

impl Rubric for Rubric2021 {
    const DEFINITION: &'static Definition = &DEFINITION;

    fn check(submission: &Submission, context: &Context) -> Result<Vec<Finding>, Refusal> {
        let answers: Answers<'_> = decode(&submission.answers)?;
        Ok(checks::run(&Case::new(&answers, submission, context), SELECTION))
    }

    fn score(submission: &Submission, context: &Context, review: &Review) -> Result<Scorecard, Refusal> {
        let answers: Answers<'_> = decode(&submission.answers)?;
        let facts = Facts::new(&answers, submission.period, TimeLimits::OF_2020, &context.unit, review);
        let mut card = Card::new(&DEFINITION, submission.period.end, review);
        mark(&mut card, markings::MARKINGS, Tariff::Points, &facts);
        veto_where_any(&mut card, "mass-incident", control::MASS_INCIDENTS, &facts);
        card.measure("closed-in-time", complaints::CLOSED_IN_TIME.asked_of(&facts).value.decimal());
        card.measure("complaints-per-10000", complaints::PER_TEN_THOUSAND_CUSTOMERS.asked_of(&facts).value.decimal());
        Ok(card.finish())
    }
}
