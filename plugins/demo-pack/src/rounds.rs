//! The two federations and their year: who hands in what and when, who is missing, late, exempt or merged.

use self_assessment::generator::{MemberKind, Trap, clean, plant};
use serde_json::{Value, json};

use crate::calendar::calendar;
use crate::components::component;
use crate::members::{Style, entry, offices, sketch, unit};
use crate::seeds::report;
use crate::{Federation, MEMBERS, Round, SEED, Submission};

/// Days on which the members hand in, within the time.
const DAYS: [&str; 6] = [
    "2024-01-09T02:00:00Z",
    "2024-01-16T06:30:00Z",
    "2024-01-22T03:00:00Z",
    "2024-01-25T07:00:00Z",
    "2024-01-29T02:00:00Z",
    "2024-01-31T08:30:00Z",
];
/// When those who were told of a fault hand in again, still in time.
const CORRECTED_AT: &str = "2024-01-31T09:40:00Z";
/// When the late ones come.
const LATE: [&str; 2] = ["2024-02-01T01:15:00Z", "2024-02-02T08:00:00Z"];
/// Every so many members one hands in nothing.
const MISSING_EVERY: usize = 40;
/// Every so many members one is late.
const LATE_EVERY: usize = 29;

/// 陕西 (demo): credit unions, a rubric of ranges, replaced by one that compares the cohort and looks a year back.
pub(crate) fn shaanxi() -> Federation {
    let style = Style { province: "61", kind: MemberKind::CreditUnion, hotline: "96262", salt: 5 };
    let mut units = units_of(style, "陕西省农村信用社联合社（演示）");
    units.extend([
        shangzhou(),
        entry("619002", "景明县农村信用合作联社（第二份真实自评，原文未署名）", "县级联社", "6102", [96, 24, 118_000]),
        merged("619003", "旧渡县农村信用合作联社", "县级联社", "6103", &style.code(2)),
    ]);
    let mut last = round_2023("rubric-2016", &["report-circular"]);
    last.submissions = submissions_2023(style, SEED);
    last.submissions.push(real("619001", 1, DAYS[1]));
    last.submissions.push(real("619002", 2, DAYS[2]));
    last.exemptions = vec![(style.code(77), "成立未满一个完整会计年度")];
    Federation {
        code: "shaanxi",
        name: "陕西省农村信用社联合社（演示）",
        units: Value::from(units),
        calendar: calendar(),
        rounds: vec![round_2022(style), last],
        replacement: (component("rubric-provincial"), "省联社修订评分细则：增加同组比较、连续两年扣分和加分上限"),
        spotlights: vec!["619001".to_owned(), style.code(4)],
    }
}

/// 江西 (demo): commercial banks, a rubric of weights, replaced by one of seven elements.
pub(crate) fn jiangxi() -> Federation {
    let style = Style { province: "36", kind: MemberKind::CommercialBank, hotline: "96268", salt: 23 };
    let mut units = units_of(style, "江西农村商业联合银行（演示）");
    units.extend([jingdezhen(), merged("369003", "老坪农村商业银行", "农商银行", "3604", &style.code(3))]);
    let mut last = round_2023("rubric-2021", &["report-bulletin", "report-circular"]);
    last.submissions = submissions_2023(style, SEED + 1);
    last.submissions.push(real("369001", 3, DAYS[3]));
    last.exemptions = vec![(style.code(58), "个人业务极少，不纳入评价")];
    Federation {
        code: "jiangxi",
        name: "江西农村商业联合银行（演示）",
        units: Value::from(units),
        calendar: calendar(),
        rounds: vec![last],
        replacement: (component("rubric-2025"), "监管评价改为七要素，十分自由权重由联社当年确定"),
        spotlights: vec!["369001".to_owned(), style.code(5)],
    }
}

fn units_of(style: Style, federation: &str) -> Vec<Value> {
    offices(style, federation).into_iter().chain((0..MEMBERS).map(|number| unit(style, number))).collect()
}

/// The institution of the first real report, with the size that its report states.
fn shangzhou() -> Value {
    let mut entry = entry("619001", "商州区农村信用合作联社", "县级联社", "6101", [148, 39, 215_000]);
    entry["aliases"] = json!(["商州联社", "商州信合"]);
    entry
}

/// The institution of the third real report.
fn jingdezhen() -> Value {
    let mut entry = entry("369001", "景德镇农村商业银行", "农商银行", "3601", [170, 42, 236_000]);
    entry["aliases"] = json!(["景德镇农商银行"]);
    entry
}

/// A member that became part of another in the middle of the year.
fn merged(code: &str, name: &str, kind: &str, parent: &str, successor: &str) -> Value {
    let mut entry = entry(code, name, kind, parent, [40, 10, 52_000]);
    entry["valid_to"] = json!("2023-06-30");
    entry["successor"] = json!(successor);
    entry
}

fn round_2023(rubric: &str, reports: &[&str]) -> Round {
    Round {
        code: "2023",
        title: "2023年度消费者权益保护工作自评",
        period: ("2023-01-01", "2023-12-31"),
        opens_at: "2024-01-02T01:00:00Z",
        due_at: "2024-01-31T10:00:00Z",
        rubric: component(rubric),
        reports: reports.iter().map(|name| component(name)).collect(),
        exemptions: Vec::new(),
        submissions: Vec::new(),
    }
}

/// The year before: everybody hands in clean answers.
fn round_2022(style: Style) -> Round {
    let submissions = (0..MEMBERS).map(|number| Submission {
        unit: style.code(number),
        at: if number % 2 == 0 { "2023-01-16T03:00:00Z" } else { "2023-01-30T07:00:00Z" }.to_owned(),
        answers: answers(style, SEED + 7_000, number, 2022),
        explanations: Vec::new(),
        planted: Some(Vec::new()),
    });
    Round {
        code: "2022",
        title: "2022年度消费者权益保护工作自评",
        period: ("2022-01-01", "2022-12-31"),
        opens_at: "2023-01-04T01:00:00Z",
        due_at: "2023-01-31T10:00:00Z",
        rubric: component("rubric-2016"),
        reports: Vec::new(),
        exemptions: Vec::new(),
        submissions: submissions.collect(),
    }
}

/// What a member answers when nothing is planted.
fn answers(style: Style, seed: u64, number: usize, year: i16) -> Value {
    let sketch = sketch(style, number);
    let records = 3 + number * 13 % 45;
    clean(seed.wrapping_mul(1_000).wrapping_add(number as u64), &sketch, year, records)
}

/// The year that the demo is about. Two members in five have a trap; of those a third mends it, a third explains it, and a third leaves it.
fn submissions_2023(style: Style, seed: u64) -> Vec<Submission> {
    let mut submissions = Vec::new();
    let mut traps = Trap::ALL.into_iter().cycle();
    for number in 0..MEMBERS {
        if number % MISSING_EVERY == MISSING_EVERY - 1 {
            continue;
        }
        let is_late = number % LATE_EVERY == LATE_EVERY - 1;
        let at = if is_late { LATE[number % LATE.len()] } else { DAYS[number % DAYS.len()] };
        let clean = answers(style, seed, number, 2023);
        let first = Submission {
            unit: style.code(number),
            at: at.to_owned(),
            answers: clean.clone(),
            explanations: Vec::new(),
            planted: Some(Vec::new()),
        };
        if number % 5 == 1 || number % 5 == 3 {
            let trap = traps.next().expect("the cycle never ends");
            submissions.extend(trapped(first, trap, seed + number as u64, !is_late, submissions.len()));
        } else {
            submissions.push(first);
        }
    }
    submissions
}

/// A revision with a trap, and what the member does about it.
fn trapped(first: Submission, trap: Trap, seed: u64, in_time: bool, turn: usize) -> Vec<Submission> {
    let mut flawed = first.clone();
    let codes: Vec<String> = plant(trap, &mut flawed.answers, seed).into_iter().map(str::to_owned).collect();
    if turn % 3 == 1 {
        let explain = |code: &String| (code.clone(), "已逐项核对原始凭证，情况属实，相关说明附后。".to_owned());
        flawed.explanations = codes.iter().map(explain).collect();
    }
    flawed.planted = Some(codes);
    if turn % 3 == 0 && in_time {
        let mended = Submission { at: CORRECTED_AT.to_owned(), ..first };
        return vec![flawed, mended];
    }
    vec![flawed]
}

/// A real report, handed in as it is.
fn real(unit: &str, number: usize, at: &str) -> Submission {
    Submission {
        unit: unit.to_owned(),
        at: at.to_owned(),
        answers: report(number),
        explanations: Vec::new(),
        planted: None,
    }
}
