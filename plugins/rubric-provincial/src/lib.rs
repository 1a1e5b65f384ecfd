//! An invented provincial rubric: 100 points, deductions, a bonus of at most 5, bottom lines, and criteria that compare the cohort.
//!
//! It is nobody's official text. What each criterion asks stands in `criteria`; what one submission's facts are worth in `markings`; late
//! submission, two bad years and corrected numbers in `discipline`; what ends the matter in `bottom_lines`; what only the cohort tells in `cohort`.

mod bottom_lines;
mod cohort;
mod criteria;
mod discipline;
mod markings;

use huizong_sdk::answers::decode;
use huizong_sdk::{
    Cap, Card, Check, Cohort, Context, Definition, Finding, Grade, Label, LegalBasis, Measure, Refusal, Review,
    Rounding, Rubric, Scorecard, Settlement, Settling, Severity, Submission, day, label, points,
};
use self_assessment::checks::{self, Selection};
use self_assessment::facts::{Facts, Question, complaints, conduct};
use self_assessment::measures::TimeLimits;
use self_assessment::scoring::{Tariff, mark};
use self_assessment::severities::reweighed;
use self_assessment::{Answers, Case, FORM};

/// The provincial rubric.
pub struct ProvincialRubric;

huizong_sdk::export_rubric!(ProvincialRubric);

const TITLE: Label = label("省级联社消费者权益保护考核细则（示例）", "A provincial federation's rubric (invented)");

const SUMMARY: Label = label(
    "示例评分细则，非官方文本，全部为自拟：基础分100分，其中21分与同组比较；扣分项最多10分，加分项最多5分；触及底线的限分或降级。样式参照公开的地方考核办法（基础分加加分加底线、同组最大最小值、连续两年、一票否决）。",
    "A demonstration, invented throughout and not the official text: 100 points, 21 of which compare the cohort; up to 10 off and 5 on; bottom lines limit the total or lower the grade. Shaped after public local schemes.",
);

const BASIS: &[LegalBasis] = &[LegalBasis {
    title: "省级联社消费者权益保护工作考核细则（示例，自拟）",
    number: None,
    note: Some(label(
        "没有官方依据；各项机制的样式见于公开的地方评价办法，分值和规则均为自拟。",
        "It has no official basis; the mechanisms are known from public local schemes, the points and rules are invented.",
    )),
}];

const CAPS: &[Cap] =
    &[Cap::of_group("bonus-bound", label("加分上限", "Bound of the bonus"), "bonus").at_most(points("5"))];

const GRADES: &[Grade] = &[
    Grade::new("a", label("优秀", "A"), points("90")),
    Grade::new("b", label("良好", "B"), points("80")),
    Grade::new("c", label("合格", "C"), points("70")),
    Grade::new("d", label("基本合格", "D"), points("60")),
    Grade::new("e", label("不合格", "E"), points("0")),
];

const MEASURES: &[Measure] = &[
    Measure::new("education-events", label("宣传教育场次", "Education events"), "场", 0),
    Measure::new("mean-days-to-close", label("平均办结天数", "Mean days to close"), "天", 2),
    Measure::new(
        "complaints-per-10000",
        label("每万个人客户投诉件数", "Complaints per 10,000 customers"),
        "件/万户",
        4,
    ),
    Measure::new("survey-satisfaction", label("调查满意率", "Satisfied in the survey"), "%", 2),
];

/// Where each measure comes from, in the order of [`MEASURES`].
const MEASURED: [(&str, Question); 4] = [
    ("education-events", conduct::EVENTS),
    ("mean-days-to-close", complaints::MEAN_DAYS_TO_CLOSE),
    ("complaints-per-10000", complaints::PER_TEN_THOUSAND_CUSTOMERS),
    ("survey-satisfaction", conduct::SURVEY_SATISFACTION),
];

/// The shared checks. From 2025 on a total that differs from its records blocks, because the cohort is compared by both.
const CHECKS: [Check; checks::COUNT] = reweighed(
    checks::and_own(&[]),
    checks::complaints::COMPLAINT_RECORDS_DIFFER
        .from_day(&[(day(2020, 1, 1), Severity::Warning), (day(2025, 1, 1), Severity::Error)]),
);

const SELECTION: Selection = Selection::of(&CHECKS);

static DEFINITION: Definition = Definition::new("rubric-provincial", "1.0.0", TITLE, SUMMARY)
    .basis(BASIS)
    .rounded_to(points("0.1"), Rounding::HalfUp)
    .criteria(criteria::TREE)
    .caps(CAPS)
    .vetoes(bottom_lines::VETOES)
    .grades(GRADES)
    .checks(&CHECKS)
    .measures(MEASURES)
    .earlier_periods(1)
    .form(FORM);

impl Rubric for ProvincialRubric {
    const DEFINITION: &'static Definition = &DEFINITION;

    fn check(submission: &Submission, context: &Context) -> Result<Vec<Finding>, Refusal> {
        let answers: Answers<'_> = decode(&submission.answers)?;
        Ok(checks::run(&Case::new(&answers, submission, context), SELECTION))
    }

    fn score(submission: &Submission, context: &Context, review: &Review) -> Result<Scorecard, Refusal> {
        let answers: Answers<'_> = decode(&submission.answers)?;
        let period = submission.period;
        let facts = Facts::new(&answers, period, TimeLimits::OF_2020, &context.unit, review);
        let mut card = Card::new(&DEFINITION, period.end, review);
        mark(&mut card, markings::MARKINGS, Tariff::Points, &facts);
        discipline::lateness(&mut card, review);
        discipline::two_years(&mut card, &facts, period, context);
        discipline::accuracy(&mut card, review);
        bottom_lines::judge(&mut card, &facts);
        for (measure, question) in MEASURED {
            card.measure(measure, question.asked_of(&facts).value.decimal());
        }
        Ok(card.finish())
    }

    fn settle(cohort: &Cohort) -> Result<Settlement, Refusal> {
        let mut settling = Settling::new(&DEFINITION, cohort);
        cohort::compare(&mut settling);
        Ok(settling.finish())
    }
}
