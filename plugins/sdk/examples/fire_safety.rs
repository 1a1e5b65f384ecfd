//! A rubric of a page: how well an office is prepared for a fire. It is the sample of the SDK's own tests.
#![allow(missing_docs, unreachable_pub, reason = "a sample, and a module of the tests")]

use huizong_sdk::{
    Card, Check, Cohort, Comparison, Context, Criterion, Definition, Effect, Finding, Grade, Measure, Order, Quantity,
    Refusal, Relation, Review, Rubric, Scorecard, Settlement, Settling, Severity, StatedPeriod, Submission, Text, Veto,
    answers, label, number, place, points, ratio,
};
use serde::Deserialize;

const PERIOD_REVERSED: Check = Check::new(
    "inspection-period-reversed",
    label("检查期间起止颠倒", "The inspected period ends before it starts"),
    label("请核对起止日期。", "Check the two dates."),
    Severity::Error,
);

pub const DEFINITION: Definition = Definition::new(
    "fire-safety",
    "1.0.0",
    label("消防安全评分细则（示例）", "Fire safety (a sample)"),
    label("仅供测试。", "For tests only."),
)
.criteria(&[
    Criterion::group("prevention", label("预防", "Prevention")).range(points("0"), points("60")),
    Criterion::base("drills", label("演练", "Drills")).under("prevention").range(points("0"), points("20")),
    Criterion::base("coverage", label("灭火器覆盖", "Extinguishers"))
        .under("prevention")
        .range(points("0"), points("40")),
    Criterion::deduction("late", label("迟报", "Late")).range(points("-5"), points("0")),
    Criterion::base("order", label("管理", "Order")).range(points("0"), points("35")).judged(
        points("0"),
        points("35"),
        label("现场检查。", "On site."),
    ),
    Criterion::bonus("rank", label("排名加分", "Rank")).range(points("0"), points("5")).of_cohort(),
    Criterion::bottom_line("fire", label("火灾事故", "Fire")),
])
.caps(&[huizong_sdk::Cap::of_total("full", label("满分", "Full marks")).at_most(points("100"))])
.vetoes(&[Veto::new("had-a-fire", label("发生火灾", "Had a fire"), Effect::AtMost(points("59.9")))])
.grades(&[
    Grade::new("pass", label("合格", "Pass"), points("60")),
    Grade::new("fail", label("不合格", "Fail"), points("0")),
])
.checks(&[PERIOD_REVERSED])
.measures(&[Measure::new("drills-per-office", label("场均演练", "Drills per office"), "次", 4)])
.form(r#"{"type":"object"}"#);

#[derive(Deserialize)]
struct Preparedness<'a> {
    #[serde(borrow)]
    drills: Quantity<'a>,
    offices: i64,
    equipped: i64,
    fires: i64,
    #[serde(borrow)]
    inspected: Option<StatedPeriod<'a>>,
}

pub struct FireSafety;

impl Rubric for FireSafety {
    const DEFINITION: &'static Definition = &DEFINITION;

    fn check(submission: &Submission, _: &Context) -> Result<Vec<Finding>, Refusal> {
        let answers: Preparedness<'_> = answers::decode(&submission.answers)?;
        let mut findings = Vec::new();
        if let Some(inspected) = answers.inspected.filter(StatedPeriod::is_reversed) {
            let message =
                Text::new(format!("检查期间 {} 起止颠倒", inspected.edtf), "The inspected period runs backwards");
            findings.push(Finding::new(&PERIOD_REVERSED, message, place("inspected").field("edtf")));
        }
        Ok(findings)
    }

    fn score(submission: &Submission, _: &Context, review: &Review) -> Result<Scorecard, Refusal> {
        let answers: Preparedness<'_> = answers::decode(&submission.answers)?;
        let mut card = Card::new(&DEFINITION, submission.period.end, review);
        let drills = answers.drills.lower_bound().and_then(huizong_sdk::Decimal::as_whole).unwrap_or(0);
        card.line("drills")
            .base(points("5").times(drills), format!("演练 {drills} 次，每次 5 分"))
            .from(place("drills").field("value"));
        let equipped = ratio(answers.equipped, answers.offices)
            .ok_or_else(|| Refusal::new("no-offices", "未填写网点数").at(place("offices")))?;
        card.line("coverage")
            .proportion(points("40"), equipped, "按覆盖率计分")
            .comparing(Comparison::new("覆盖率", equipped, Relation::AtLeast, number(100, "%")))
            .from(place("equipped"))
            .from(place("offices"));
        card.line("late").deduct(points("0.5").times(i64::from(review.hours_late)), "每迟一小时扣 0.5 分");
        card.measure(
            "drills-per-office",
            ratio(drills, answers.offices).map(|each| each.decimal(4, DEFINITION_ROUNDING)),
        );
        if answers.fires > 0 {
            card.veto("had-a-fire", "本期发生火灾").from(place("fires"));
        }
        Ok(card.finish())
    }

    fn settle(cohort: &Cohort) -> Result<Settlement, Refusal> {
        let mut settling = Settling::new(&DEFINITION, cohort);
        let ranks = settling.measure("drills-per-office").ranks(Order::HighestFirst);
        settling.column("rank", "前三名加 5 分").by_measure("drills-per-office").points(|member| match ranks[member] {
            Some(1..=3) => points("5"),
            _ => points("0"),
        });
        Ok(settling.finish())
    }
}

const DEFINITION_ROUNDING: huizong_sdk::Rounding = huizong_sdk::Rounding::HalfEven;

huizong_sdk::export_rubric!(FireSafety);
