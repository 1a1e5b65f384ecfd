//! The rubric as a plugin of ours: the SDK reads the answers and writes the scorecard.

use complaints::{Answers, explain};
use huizong_sdk::{
    Card, Context, Criterion, Definition, Finding, Grade, Points, Refusal, Review, Rounding, Rubric, Scorecard,
    Submission, answers, label, points,
};

/// The rubric of the comparison.
pub struct Complaints;

huizong_sdk::export_rubric!(Complaints);

const DEFINITION: Definition = Definition::new(
    "complaints",
    "1.0.0",
    label("投诉处理评分细则（示例）", "Complaints (a sample)"),
    label("仅供比较引擎。", "For the comparison of engines only."),
)
.rounded_to(points("0.001"), Rounding::HalfUp)
.criteria(&[
    Criterion::base("volume", label("投诉数量", "Volume")).range(points("0"), points("10")),
    Criterion::base("timeliness", label("及时办结", "Timeliness")).range(points("0"), points("20")),
    Criterion::base("open", label("未办结", "Open")).range(points("0"), points("5")),
    Criterion::base("repetition", label("重复投诉", "Repetition")).range(points("0"), points("10")),
    Criterion::base("escalation", label("升级投诉", "Escalation")).range(points("0"), points("10")),
    Criterion::base("liability", label("有责投诉", "Liability")).range(points("0"), points("15")),
    Criterion::base("satisfaction", label("满意度", "Satisfaction")).range(points("0"), points("20")),
    Criterion::base("levels", label("投诉等级", "Levels")).range(points("0"), points("10")),
])
.grades(&[
    Grade::new("pass", label("合格", "Pass"), points("60")),
    Grade::new("fail", label("不合格", "Fail"), points("0")),
])
.form(r#"{"type":"object"}"#);

impl Rubric for Complaints {
    const DEFINITION: &'static Definition = &DEFINITION;

    fn check(_: &Submission, _: &Context) -> Result<Vec<Finding>, Refusal> {
        Ok(Vec::new())
    }

    fn score(submission: &Submission, _: &Context, review: &Review) -> Result<Scorecard, Refusal> {
        let answers: Answers = answers::decode(&submission.answers)?;
        let mut card = Card::new(&DEFINITION, submission.period.end, review);
        for line in explain(&answers.complaint_record).lines {
            let mut entry = card.line(&line.criterion).base(Points::from_thousandths(line.points), line.reason);
            for source in line.sources {
                entry = entry.from(source);
            }
        }
        Ok(card.finish())
    }
}
