//! Questions about internal control: assessment, audit, accountability, key events, reports, rectification.

use huizong_sdk::place;

use super::{Facts, Found, Question, Value};
use crate::control::KeyEventType;
use crate::score::RectificationStatus;

/// An assessment of outlets.
pub const ASSESSMENT: Question = Question::new("内部考核", |facts| {
    facts.any("internal_assessment", &facts.answers.internal_assessment, |_| true)
});

/// Outlets that were assessed.
pub const ASSESSED_SHARE: Question = Question::new("考核网点覆盖率", |facts| {
    let covered = facts.largest("internal_assessment", &facts.answers.internal_assessment, "个", |row| {
        let stated = || Some(("outlets", row.outlets.as_ref()?.lower_bound()?.as_whole()?));
        row.outlets_covered.map(|outlets| ("outlets_covered", outlets)).or_else(stated)
    });
    covered.share_of(facts.outlets())
});

/// An audit of the subject.
pub const AUDIT: Question =
    Question::new("消保专项审计", |facts| facts.any("internal_audit", &facts.answers.internal_audit, |_| true));

/// An audit whose period is told and runs forward.
pub const SOUND_AUDIT_PERIOD: Question = Question::new("起止明确的审计期间", |facts| {
    facts.any("internal_audit", &facts.answers.internal_audit, |audit| {
        audit.coverage.as_ref().is_some_and(|period| !period.is_reversed())
    })
});

/// Audit findings that were put right.
pub const AUDIT_RECTIFIED: Question = Question::new("审计问题整改率", |facts| {
    let rows = &facts.answers.internal_audit;
    let rectified = facts.sum("internal_audit", rows, "个", |audit| audit.rectified.map(|count| ("rectified", count)));
    let found = facts.sum("internal_audit", rows, "个", |audit| audit.findings.map(|count| ("findings", count)));
    rectified.share_of(found)
});

/// A rule on accountability, or a record of it.
pub const ACCOUNTABILITY: Question = Question::new("责任追究", |facts| {
    let recorded = facts.any("accountability", &facts.answers.accountability, |_| true);
    if recorded.value.is_there() {
        return recorded;
    }
    match facts.answers.complaint_mechanism.accountability_raw {
        Some(_) => Found::at(Value::Flag(true), place("complaint_mechanism").field("accountability_raw")),
        None => recorded,
    }
});

/// Mass incidents.
pub const MASS_INCIDENTS: Question =
    Question::new("群体性事件", |facts| events(facts, KeyEventType::MassIncident));

/// Bad publicity.
pub const ADVERSE_PUBLICITY: Question =
    Question::new("负面舆情", |facts| events(facts, KeyEventType::AdversePublicity));

/// Leaks of personal data.
pub const DATA_LEAKS: Question = Question::new("信息泄露", |facts| events(facts, KeyEventType::DataLeak));

/// Penalties by an authority.
pub const PENALTIES: Question =
    Question::new("行政处罚", |facts| events(facts, KeyEventType::AdministrativePenalty));

/// Criminal cases.
pub const CASES: Question = Question::new("案件", |facts| events(facts, KeyEventType::CriminalCase));

/// Reports to above, in the year.
pub const UPWARD_REPORTS: Question = Question::new("向上级报送消保工作情况", |facts| {
    facts.sum("upward_report", &facts.answers.upward_report, "次", |report| {
        let by_frequency = match report.frequency {
            Some("monthly") => Some(12),
            Some("quarterly") => Some(4),
            Some("semiannual") => Some(2),
            Some("annual" | "on_demand") => Some(1),
            _ => None,
        };
        let frequency = || by_frequency.map(|times| ("frequency", times));
        let once = || report.sent_on.map(|_| ("sent_on", 1));
        report.times.map(|times| ("times", times)).or_else(frequency).or_else(once)
    })
});

/// A score of its own with full marks and the items it is the sum of.
pub const ITEMISED_SELF_SCORE: Question = Question::new("逐项列明的自评得分", |facts| {
    let cover = &facts.answers.submission;
    let is_itemised = cover.self_score.is_some()
        && cover.self_score_full_marks.is_some()
        && !facts.answers.self_score_item.is_empty();
    let field = |name: &str| place("submission").field(name);
    match &cover.self_score {
        Some(_) if is_itemised => Found {
            value: Value::Flag(true),
            places: vec![field("self_score"), field("self_score_full_marks"), place("self_score_item")],
            recounts: Vec::new(),
        },
        Some(_) => Found::at(Value::Flag(false), field("self_score")),
        None => Found::of(Value::Flag(false)),
    }
});

/// Problems that the institution names.
pub const ISSUES: Question =
    Question::new("查找存在问题", |facts| facts.count("issue", &facts.answers.issue, "个", |_| true));

/// Problems that are put right, or about to be.
pub const RECTIFICATIONS: Question =
    Question::new("整改措施", |facts| facts.count("rectification", &facts.answers.rectification, "项", |_| true));

/// Rectifications that are finished.
pub const RECTIFIED_SHARE: Question = Question::new("整改完成率", |facts| {
    let rows = &facts.answers.rectification;
    let is_done = |status| matches!(status, Some(RectificationStatus::Done | RectificationStatus::Verified));
    let done = facts.count("rectification", rows, "项", |row| is_done(row.status));
    done.share_of(Found { places: Vec::new(), ..facts.count("rectification", rows, "项", |_| true) })
});

/// Rectifications past their day.
pub const OVERDUE_RECTIFICATIONS: Question = Question::new("逾期整改", |facts| {
    facts.count("rectification", &facts.answers.rectification, "项", |row| {
        row.status == Some(RectificationStatus::Overdue)
    })
});

/// How often a kind of event happened; untold where the answers do not say, not even zero.
fn events(facts: &Facts<'_>, kind: KeyEventType) -> Found {
    facts.sum("key_event", &facts.answers.key_event, "起", |event| {
        (event.r#type == kind).then_some(("count", event.count))
    })
}
