//! A rubric of ranges, shaped after the 2014/2016 scheme of consumer protection assessments. It is a demonstration, not the official text.
//!
//! Five elements are ranges, most of which only take points away; a start of 85 points makes 100 the best total. What each criterion
//! asks stands in `criteria`, what its facts are worth in `markings`.

mod criteria;
mod markings;

use huizong_sdk::answers::decode;
use huizong_sdk::{
    Card, Check, Context, Definition, Effect, Finding, Grade, LegalBasis, Measure, Refusal, Review, Rounding, Rubric,
    Scorecard, Severity, Submission, Veto, day, label, points,
};
use self_assessment::Case;
use self_assessment::checks::{self, Selection};
use self_assessment::facts::{Facts, complaints, control};
use self_assessment::measures::TimeLimits;
use self_assessment::scoring::{Tariff, mark, veto_where_any};
use self_assessment::severities::reweighed;
use self_assessment::{Answers, FORM};

/// The 2016-shaped rubric.
pub struct Rubric2016;

huizong_sdk::export_rubric!(Rubric2016);

const TITLE: huizong_sdk::Label = label(
    "消费者权益保护工作考核评价（参照2014/2016年评价办法样式）",
    "Consumer protection, shaped after the 2014/2016 scheme",
);

const SUMMARY: huizong_sdk::Label = label(
    "示例评分细则，非官方文本：按2014/2016年考核评价办法的样式编写，五个要素以加减分区间计分，多数只扣不加，评审人可在规定区间内扣分。各项分值、规则和等级分数线为示例自拟。",
    "A demonstration, not the official text: five elements as ranges, most of which only take points away, with discretion for reviewers. Points, rules and grade cuts below the elements are invented.",
);

const BASIS: &[LegalBasis] = &[LegalBasis {
    title: "银行业金融机构消费者权益保护工作考核评价办法（2014年试行、2016年修订）",
    number: Some("银监消保〔2016〕22号"),
    note: Some(label(
        "仅参照其五要素和加减分区间的样式，未使用官方全文，不得作为官方评价结果。",
        "Only the shape of its five elements and their ranges is followed; the full official text was not used.",
    )),
}];

/// Invented: no public source gives the cuts of the scheme.
const GRADES: &[Grade] = &[
    Grade::new("excellent", label("优秀", "Excellent"), points("95")),
    Grade::new("good", label("良好", "Good"), points("85")),
    Grade::new("fair", label("合格", "Fair"), points("75")),
    Grade::new("poor", label("不合格", "Poor"), points("0")),
];

const VETOES: &[Veto] = &[Veto::new(
    "mass-incident",
    label("发生群体性事件降一档", "A mass incident lowers the grade"),
    Effect::Downgrade(1),
)];

const MEASURES: &[Measure] =
    &[Measure::new("complaints-per-outlet", label("每网点投诉件数", "Complaints per outlet"), "件/个", 4)];

/// The shared checks. From 2026 on a claim of success without a sample blocks: the first years were for getting used to it.
const CHECKS: [Check; checks::COUNT] = reweighed(
    checks::and_own(&[]),
    checks::praise::CLAIM_WITHOUT_SAMPLE
        .from_day(&[(day(2016, 1, 1), Severity::Warning), (day(2026, 1, 1), Severity::Error)]),
);

const SELECTION: Selection = Selection::of(&CHECKS);

static DEFINITION: Definition = Definition::new("rubric-2016", "1.0.0", TITLE, SUMMARY)
    .basis(BASIS)
    .rounded_to(points("0.5"), Rounding::HalfUp)
    .criteria(criteria::TREE)
    .vetoes(VETOES)
    .grades(GRADES)
    .checks(&CHECKS)
    .measures(MEASURES)
    .form(FORM);

impl Rubric for Rubric2016 {
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
        card.measure("complaints-per-outlet", complaints::PER_OUTLET.asked_of(&facts).value.decimal());
        Ok(card.finish())
    }
}
