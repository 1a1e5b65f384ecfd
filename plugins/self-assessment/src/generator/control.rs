//! Governance and internal control that the generator invents: bodies, duties, staff, policies, assessments, audits, problems.

use serde_json::{Value, json};

use super::Sketch;

/// Parts of invented names; no combination is meant to be anybody.
const SURNAMES: [&str; 12] = ["闻", "祝", "岑", "柏", "虞", "席", "柯", "凌", "骆", "樊", "聂", "阮"];
const GIVEN_NAMES: [&str; 12] =
    ["知远", "若溪", "明澈", "云舒", "景和", "子衡", "清越", "思齐", "望舒", "嘉树", "怀瑾", "映雪"];

/// Policies that a member may have: title, topic.
const POLICIES: [(&str, &str); 8] = [
    ("消费者权益保护工作管理办法", "lead"),
    ("客户投诉管理实施细则", "complaint"),
    ("消费者权益保护工作考核评价实施细则", "review"),
    ("个人客户信息保护管理办法", "personal_info"),
    ("消费者权益保护审查实施细则", "review"),
    ("金融知识宣传教育管理办法", "publicity"),
    ("消费者权益保护突发事件应急预案", "lead"),
    ("消费者权益保护专项审计办法", "audit"),
];

/// The policy by which outlets are assessed.
const ASSESSMENT_POLICY: usize = 2;

pub(super) fn governance(sketch: &mut Sketch<'_>) -> Value {
    let kind = sketch.member.kind;
    let meetings = sketch.graded(1, 4);
    let mut bodies = vec![json!({
        "name": "消费者权益保护工作委员会",
        "type": "committee",
        "chair_role": kind.chair(),
        "vice_chair_role": kind.head(),
        "member_roles": ["班子其他成员", "部门负责人"],
        "parent": kind.board(),
        "meetings_held": meetings,
    })];
    if sketch.is_diligent() {
        bodies.push(
            json!({ "name": kind.board(), "type": "board", "chair_role": kind.chair(), "meetings_held": meetings }),
        );
    }
    if sketch.is_diligent() {
        bodies.push(json!({ "name": "高级管理层", "type": "senior_management", "chair_role": kind.head(), "meetings_held": meetings + 2 }));
    }
    json!(bodies)
}

pub(super) fn duties(sketch: &mut Sketch<'_>) -> Value {
    let mut duties = vec![("合规管理部", "lead"), ("客户服务部", "complaint"), ("审计部", "audit")];
    for duty in [("办公室", "publicity"), ("科技信息部", "personal_info"), ("合规管理部", "review")] {
        if sketch.is_diligent() {
            duties.push(duty);
        }
    }
    duties.into_iter().map(|(department, code)| json!({ "department": department, "duty_code": code })).collect()
}

pub(super) fn staff(sketch: &mut Sketch<'_>) -> Value {
    let count = sketch.graded(1, 4);
    (0..count)
        .map(|index| {
            let name = format!("{}{}", sketch.chance.pick(&SURNAMES), sketch.chance.pick(&GIVEN_NAMES));
            let department = if index == 0 { "合规管理部" } else { "客户服务部" };
            json!({
                "name": name,
                "pii": true,
                "role": if index == 0 { "消保岗" } else { "投诉处理岗" },
                "department": department,
                "full_time": sketch.is_diligent(),
                "years_in_finance_min": sketch.graded(1, 8),
                "education_min": if sketch.is_diligent() { "bachelor" } else { "college" },
            })
        })
        .collect()
}

pub(super) fn policies(sketch: &mut Sketch<'_>) -> Value {
    let count = usize::try_from(sketch.graded(4, 8)).unwrap_or(4).min(POLICIES.len());
    let member = sketch.member;
    (0..count)
        .map(|index| {
            let (title, topic) = POLICIES[index];
            let is_new = index != ASSESSMENT_POLICY && sketch.chance.below(3) == 0;
            let age = if is_new { 0 } else { 1 + i16::try_from(sketch.chance.below(3)).unwrap_or(0) };
            let year = sketch.year - age;
            let month = sketch.chance.pick(&[2_u64, 3, 4, 5]);
            // Numbers grow through the year, far slower than a hundred a month.
            let sequence = month * 15 + u64::try_from(index).unwrap_or(0);
            let day = 1 + sketch.chance.below(28);
            json!({
                "title": format!("{}{title}", member.name),
                "doc_number": {
                    "issuer_code": member.issuer_code, "year": year, "seq": sequence,
                    "raw_text": format!("{}〔{year}〕{sequence}号", member.issuer_code), "parse_status": "ok",
                },
                "level": "own",
                "action": if is_new { "new" } else { "carried_over" },
                "new_this_year": is_new,
                "issued_on": format!("{year}-{month:02}-{day:02}"),
                "topic_code": topic,
                "status": "in_force",
            })
        })
        .collect()
}

pub(super) fn pledge(sketch: &mut Sketch<'_>) -> Value {
    let total = sketch.member.staff_count;
    let signed = total * sketch.graded(70, 100).min(100) / 100;
    json!([{ "title": "个人金融信息保护承诺书", "signed": signed, "scope_total": total }])
}

pub(super) fn assessment(sketch: &mut Sketch<'_>) -> Value {
    let on = sketch.working_day(11);
    let outlets = sketch.member.outlet_count;
    let covered = (outlets * sketch.graded(60, 100) / 100).clamp(1, outlets.max(1));
    let mean = sketch.graded(78, 94);
    json!([{
        "on": { "edtf": on.to_string(), "year_inferred": false },
        "outlets_covered": covered,
        "lowest": (mean - 9).to_string(),
        "highest": format!("{}.5", mean + 3),
        "mean": mean.to_string(),
        "basis": format!("{}{}", sketch.member.name, POLICIES[ASSESSMENT_POLICY].0),
    }])
}

pub(super) fn audit(sketch: &mut Sketch<'_>) -> Value {
    if sketch.quality < 35 {
        return json!([]);
    }
    let year = sketch.year;
    let start = sketch.working_day(11);
    // Fieldwork of one day or up to the Friday of the week.
    let to_friday = 4 - (start.number() + 3).rem_euclid(7);
    let end = start.plus_days(to_friday.max(0));
    let findings = sketch.graded(9, 2).max(1);
    let rectified = (findings * sketch.graded(50, 100) / 100).min(findings);
    json!([{
        "department": "审计部",
        "fieldwork": { "edtf": format!("{start}/{end}") },
        "coverage": { "edtf": format!("{year}-01/{year}-09"), "status": "ok" },
        "findings": findings,
        "rectified": rectified,
    }])
}

/// Every kind with its number, because what did not happen is said, too.
pub(super) fn key_events(sketch: &mut Sketch<'_>) -> Value {
    let has_penalty = sketch.quality < 45 && sketch.chance.below(3) == 0;
    let has_publicity = sketch.quality < 60 && sketch.chance.below(5) == 0;
    json!([
        { "type": "mass_incident", "count": 0 },
        { "type": "adverse_publicity", "count": u8::from(has_publicity) },
        { "type": "data_leak", "count": 0 },
        { "type": "administrative_penalty", "count": u8::from(has_penalty) },
        { "type": "criminal_case", "count": 0 },
    ])
}

pub(super) fn accountability(sketch: &mut Sketch<'_>) -> Value {
    let persons = sketch.graded(0, 5);
    json!([{ "persons": persons, "penalty_kind": "points" }, { "persons": persons / 2, "penalty_kind": "fine", "amount": format!("{}", persons / 2 * 300) }])
}

pub(super) fn upward_reports(sketch: &mut Sketch<'_>) -> Value {
    json!([{ "frequency": "quarterly", "recipients": ["省联社", "人民银行"], "times": sketch.graded(2, 4).min(4) }])
}

const PROBLEMS: [(&str, &str); 5] = [
    ("policy", "部分制度修订不够及时"),
    ("publicity", "面向老年客户的宣传形式较为单一"),
    ("counter_service", "高峰时段柜面排队时间较长"),
    ("skills", "部分新员工对产品条款掌握不够熟练"),
    ("self_service_equipment", "个别老旧自助设备故障率偏高"),
];

pub(super) fn issues(sketch: &mut Sketch<'_>) -> Value {
    let first = usize::try_from(sketch.chance.below(3)).unwrap_or(0);
    let count = usize::try_from(sketch.graded(1, 3)).unwrap_or(1);
    let chosen = PROBLEMS.iter().skip(first).take(count).enumerate();
    chosen.map(|(index, (category, text))| json!({ "id": format!("issue-{}", index + 1), "category": category, "text": text, "found_by": "self" })).collect()
}

pub(super) fn rectifications(sketch: &mut Sketch<'_>, problems: &Value) -> Value {
    let year = sketch.year + 1;
    let rows = problems.as_array().into_iter().flatten();
    rows.map(|problem| {
        let status = if sketch.is_diligent() { "done" } else { "in_progress" };
        json!({ "issue": problem["id"], "action": "制定专项方案，明确责任人和完成时限", "owner_role": "部门负责人", "due": format!("{year}-06-30"), "status": status })
    })
    .collect()
}

pub(super) fn plan(sketch: &mut Sketch<'_>) -> Value {
    let year = sketch.year + 1;
    json!([
        { "text": "修订完善消保制度，强化事前审查", "due": format!("{year}-06-30") },
        { "text": "扩大金融知识宣传覆盖面，重点面向老年和乡村客户", "due": format!("{year}-12-31") },
    ])
}
