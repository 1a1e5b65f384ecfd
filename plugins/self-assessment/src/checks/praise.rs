//! Praise and claims: T13, T14.

use huizong_sdk::{Check, Finding, Place, Severity, Text, label, place};

use crate::case::Case;
use crate::lexicon::Role;
use crate::score::Claim;

/// T14: an absolute claim without data.
pub const CLAIM_WITHOUT_SAMPLE: Check = Check::new(
    "claim-without-sample",
    label("绝对化表述没有数据支撑", "An absolute claim without data"),
    label(
        "“客户都非常满意”须说明调查人数和方法；“未发生再次投诉”须在投诉统计填报重复投诉数。",
        "\"All customers are satisfied\" needs how many were asked and how; \"no repeated complaints\" needs the number in the statistics.",
    ),
    Severity::Warning,
);

/// T13: praise beside a problem of the same kind.
pub const PRAISE_AGAINST_OWN_PROBLEMS: Check = Check::new(
    "praise-against-own-problems",
    label("成效表述与存在问题相矛盾", "Praise contradicts the member's own problems"),
    label(
        "正文称某方面全面提升，存在问题又指出同一方面不到位。请评审人员留意。",
        "The text praises what its own list of problems finds wanting. A hint for the reviewer.",
    ),
    Severity::Info,
);

pub(super) fn claim_without_sample(case: &Case<'_>, found: &mut Vec<Finding>) {
    let claims = &case.answers.claims;
    for (index, claim) in claims.iter().enumerate() {
        if !is_proven(case, claim) {
            let words = claim.raw_text.unwrap_or("");
            found.push(unproven(words, place("claims").item(index)));
        }
    }
    for mark in &case.texts.marks {
        let Role::Claim(metric) = mark.term.role else { continue };
        // A claim that has a row of its own was looked at above.
        let claim = Claim { metric: Some(metric), ..Claim::default() };
        if !claims.iter().any(|claim| claim.metric == Some(metric)) && !is_proven(case, &claim) {
            found.push(unproven(mark.term.text, case.texts.place(mark.passage)));
        }
    }
}

fn is_proven(case: &Case<'_>, claim: &Claim<'_>) -> bool {
    let has_sample = claim.sample_size.is_some_and(|size| size > 0) && claim.method.is_some();
    match claim.metric {
        Some("satisfaction") => has_sample,
        Some("repeat_complaint") => {
            let is_counted = case.answers.complaint_stat.iter().any(|stat| stat.repeated.is_some());
            has_sample || is_counted || !case.answers.complaint_record.is_empty()
        }
        _ => true,
    }
}

fn unproven(words: &str, at: Place) -> Finding {
    let words = super::clipped(words);
    let message =
        Text::new(format!("“{words}”没有样本量和方法"), format!("“{words}” comes without a sample and a method"));
    Finding::new(&CLAIM_WITHOUT_SAMPLE, message, at)
}

/// What both a praise and a problem may be about.
const TOPICS: [&str; 6] = ["服务", "制度", "宣传", "投诉", "培训", "环境"];
/// Words that make a problem one.
const WEAKNESSES: [&str; 7] = ["不到位", "不够", "不足", "薄弱", "不整齐", "差", "有待"];

pub(super) fn praise_against_own_problems(case: &Case<'_>, found: &mut Vec<Finding>) {
    for mark in case.texts.marks.iter().filter(|mark| matches!(mark.term.role, Role::Praise)) {
        let sentence = case.texts.sentence(mark);
        for (index, issue) in case.answers.issue.iter().enumerate() {
            let Some(problem) = issue.text.or(issue.raw_text) else { continue };
            let is_weakness = WEAKNESSES.iter().any(|weakness| problem.contains(weakness));
            let topic = TOPICS.iter().find(|topic| sentence.contains(**topic) && problem.contains(**topic));
            let Some(topic) = topic.filter(|_| is_weakness) else { continue };
            let problem = super::clipped(problem);
            let message = Text::new(
                format!("正文称{topic}“{}”，问题清单称“{problem}”", mark.term.text),
                format!("The text praises {topic}, the list of problems says “{problem}”"),
            );
            let finding = Finding::new(&PRAISE_AGAINST_OWN_PROBLEMS, message, case.texts.place(mark.passage));
            found.push(finding.and_at(place("issue").item(index)));
        }
    }
}
