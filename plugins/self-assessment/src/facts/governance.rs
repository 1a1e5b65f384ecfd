//! Questions about who is responsible and by which policies.

use huizong_sdk::{ParseStatus, place};

use super::{Facts, Found, Question, Value};
use crate::governance::{BodyType, GovernanceBody};
use crate::policies::PolicyDocument;

/// A body that discusses the work.
pub const COMMITTEE: Question = Question::new("消保委员会（工作小组）", |facts| {
    facts.any("governance_body", &facts.answers.governance_body, discusses)
});

/// Whether its chair's role is named.
pub const ROLES_NAMED: Question = Question::new("议事机构主任（组长）职务", |facts| {
    facts.any("governance_body", &facts.answers.governance_body, |body| body.chair_role.is_some())
});

/// Whether the board has a part in it.
pub const BOARD_PART: Question = Question::new("董（理）事会职责", |facts| {
    facts.any("governance_body", &facts.answers.governance_body, is_of_board)
});

/// Whether the management has a part in it.
pub const MANAGEMENT_PART: Question = Question::new("高级管理层职责", |facts| {
    facts.any("governance_body", &facts.answers.governance_body, |body| {
        let names_management = |role: Option<&str>| {
            role.is_some_and(|role| ["联社主任", "行长", "行领导", "总经理"].iter().any(|word| role.contains(word)))
        };
        body.r#type == Some(BodyType::SeniorManagement)
            || body.name == Some("高级管理层")
            || names_management(body.chair_role)
            || names_management(body.vice_chair_role)
    })
});

/// Meetings of the body in the period.
pub const MEETINGS: Question = Question::new("议事机构全年会议", |facts| {
    facts.largest("governance_body", &facts.answers.governance_body, "次", |body| {
        body.meetings_held.filter(|_| discusses(body)).map(|held| ("meetings_held", held))
    })
});

/// Lead departments, of which there should be one.
pub const LEAD_DEPARTMENTS: Question = Question::new("消保牵头部门", |facts| {
    facts.count("department_duty", &facts.answers.department_duty, "个", |duty| duty.duty_code == Some("lead"))
});

/// A department that handles complaints.
pub const COMPLAINT_DEPARTMENT: Question = Question::new("投诉处理部门", |facts| {
    let by_duty = facts.any("department_duty", &facts.answers.department_duty, |duty| {
        duty.duty_code.is_some_and(|code| code.starts_with("complaint"))
    });
    match facts.answers.complaint_mechanism.owner_department {
        Some(_) if !by_duty.value.is_there() => {
            Found::at(Value::Flag(true), place("complaint_mechanism").field("owner_department"))
        }
        _ => by_duty,
    }
});

/// Departments with duties of their own.
pub const DUTIES: Question = Question::new("部门消保职责分工", |facts| {
    facts.count("department_duty", &facts.answers.department_duty, "项", |duty| duty.duty_code.is_some())
});

/// Staff who do nothing else, or have been in finance for three years.
pub const EXPERIENCED_STAFF: Question = Question::new("专职或从业满3年的消保人员", |facts| {
    facts.count("staff_assignment", &facts.answers.staff_assignment, "名", |staff| {
        staff.full_time == Some(true) || staff.years_in_finance_min.is_some_and(|years| years >= 3)
    })
});

/// The policy on managing the work.
pub const MANAGEMENT_POLICY: Question = Question::new("消保工作管理办法", |facts| {
    policy(facts, |title| title.contains("消费者权益保护") && title.contains("管理办法"))
});

/// The policy on assessing the work.
pub const ASSESSMENT_POLICY: Question =
    Question::new("消保考核评价制度", |facts| policy(facts, |title| title.contains("考核")));

/// The policy on complaints.
pub const COMPLAINT_POLICY: Question =
    Question::new("客户投诉处理制度", |facts| policy(facts, |title| title.contains("投诉")));

/// The plan for emergencies.
pub const EMERGENCY_PLAN: Question =
    Question::new("突发事件应急预案", |facts| policy(facts, |title| title.contains("应急")));

/// The policy on personal data.
pub const PERSONAL_INFO_POLICY: Question = Question::new("个人金融信息保护制度", |facts| {
    policy(facts, |title| title.contains("个人") && title.contains("信息"))
});

/// The policy on public education.
pub const EDUCATION_POLICY: Question = Question::new("金融知识宣传教育制度", |facts| {
    policy(facts, |title| title.contains("宣传") || title.contains("教育"))
});

/// The policy on reviewing products for consumers.
pub const REVIEW_POLICY: Question =
    Question::new("消保审查制度", |facts| policy(facts, |title| title.contains("审查")));

/// The policy on auditing the work.
pub const AUDIT_POLICY: Question =
    Question::new("消保专项审计制度", |facts| policy(facts, |title| title.contains("审计")));

/// Own policies in force.
pub const OWN_POLICIES: Question = Question::new("本级现行消保制度", |facts| {
    facts.count("policy_document", &facts.answers.policy_document, "项", |policy| {
        policy.is_own() && policy.is_in_force()
    })
});

/// Document numbers that lack a part.
pub const INCOMPLETE_NUMBERS: Question = Question::new("文号不全的制度", |facts| {
    facts.count("policy_document", &facts.answers.policy_document, "项", |policy| {
        policy.doc_number.as_ref().is_some_and(|number| number.parse_status != ParseStatus::Ok)
    })
});

/// Own policies with a complete number, of all own ones.
pub const NUMBERED_POLICIES: Question = Question::new("制度文号完整率", |facts| {
    let rows = &facts.answers.policy_document;
    let is_numbered = |policy: &PolicyDocument<'_>| {
        policy.is_own() && policy.doc_number.as_ref().is_some_and(|number| number.parse_status == ParseStatus::Ok)
    };
    let whole = facts.count("policy_document", rows, "项", PolicyDocument::is_own);
    facts.count("policy_document", rows, "项", is_numbered).share_of(Found { places: Vec::new(), ..whole })
});

/// Policies made or changed in the period.
pub const RENEWED_POLICIES: Question = Question::new("本年新增或修订制度", |facts| {
    facts.count("policy_document", &facts.answers.policy_document, "项", |policy| {
        policy.is_own() && policy.is_new_or_revised()
    })
});

fn policy(facts: &Facts<'_>, is_about: impl Fn(&str) -> bool) -> Found {
    facts.any("policy_document", &facts.answers.policy_document, |policy| {
        policy.is_own() && policy.is_in_force() && policy.title.is_some_and(&is_about)
    })
}

/// Whether a body discusses the work, rather than being the board or the management as such.
fn discusses(body: &GovernanceBody<'_>) -> bool {
    match body.r#type {
        Some(kind) => matches!(kind, BodyType::Committee | BodyType::LeadingGroup | BodyType::WorkingGroup),
        None => body.name.is_some_and(|name| name.contains("委员会") || name.contains("小组")),
    }
}

fn is_of_board(body: &GovernanceBody<'_>) -> bool {
    let names_board = |words: Option<&str>| {
        words.is_some_and(|words| ["董事会", "理事会", "董事长", "理事长"].iter().any(|word| words.contains(word)))
    };
    body.r#type == Some(BodyType::Board)
        || names_board(body.name)
        || names_board(body.parent)
        || names_board(body.chair_role)
}
