//! What the tests share: seeds, contexts and what the checks find.

use std::collections::BTreeSet;
use std::path::Path;

use huizong_sdk::testing::canonical;
use huizong_sdk::{Calendar, Context, Finding, Period, Submission, Unit, answers, day};
use self_assessment::generator::{MemberKind, MemberSketch};
use self_assessment::{Answers, checks};
use serde_json::Value;

/// The answers of a seed, by its number.
pub(crate) fn seed(number: u8) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/submissions/seeds");
    let text = std::fs::read_to_string(folder.join(format!("report_{number}.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// A submission of these answers for a year.
pub(crate) fn submission(year: i16, value: &Value) -> Submission {
    let period = Period { start: day(year, 1, 1), end: day(year, 12, 31) };
    Submission {
        round: "test".to_owned(),
        period,
        revision: 1,
        received_on: day(year + 1, 1, 20),
        answers: canonical(value),
    }
}

/// What is known of a member, with the holidays of 2023 that matter here.
pub(crate) fn context(name: &str, aliases: &[&str], kind: &str) -> Context {
    let holidays = vec![day(2023, 1, 2), day(2023, 6, 22), day(2023, 6, 23), day(2023, 9, 29), day(2023, 10, 2)];
    Context {
        unit: Unit {
            code: "C001".to_owned(),
            name: name.to_owned(),
            aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
            kind: kind.to_owned(),
            attributes: Vec::new(),
        },
        calendar: Calendar {
            covers: Period { start: day(2022, 1, 1), end: day(2026, 12, 31) },
            holidays,
            working_days: vec![day(2023, 6, 25), day(2023, 10, 7), day(2023, 10, 8)],
        },
        earlier: Vec::new(),
    }
}

/// What is known of each seed's member.
pub(crate) fn context_of_seed(number: u8) -> Context {
    match number {
        1 => context("商州区农村信用合作联社", &["商州联社", "商州信合"], "county"),
        2 => context("测试县农村商业银行", &["测试农商银行"], "county"),
        _ => context("景德镇农村商业银行股份有限公司", &["景德镇农商银行"], "county"),
    }
}

/// A member for the generator, and what is known of it.
pub(crate) fn member(number: u64) -> (MemberSketch, Context) {
    let kind = if number.is_multiple_of(2) { MemberKind::CreditUnion } else { MemberKind::CommercialBank };
    let (name, short_name) = match kind {
        MemberKind::CreditUnion => ("云岭县农村信用合作联社", "云岭联社"),
        MemberKind::CommercialBank => ("青溪县农村商业银行股份有限公司", "青溪农商银行"),
    };
    let outlets = 1 + i64::try_from(number % 60).unwrap();
    let sketch = MemberSketch {
        name: name.to_owned(),
        short_name: short_name.to_owned(),
        issuer_code: "云农信发".to_owned(),
        kind,
        hotline: "96268".to_owned(),
        outlet_count: outlets,
        personal_customer_count: 9_000 * outlets,
        counter_staff_count: 4 * outlets,
        staff_count: 11 * outlets,
    };
    (sketch, context(name, &[short_name], "county"))
}

/// What all checks find.
pub(crate) fn findings(year: i16, value: &Value, context: &Context) -> Vec<Finding> {
    let submission = submission(year, value);
    let decoded: Answers<'_> = answers::decode(&submission.answers).unwrap();
    checks::run_all(&decoded, &submission, context)
}

/// The codes among findings, each once.
pub(crate) fn codes(findings: &[Finding]) -> BTreeSet<&str> {
    findings.iter().map(|finding| finding.check.as_str()).collect()
}

/// Every pointer that resolves to nothing.
pub(crate) fn dangling<'f>(findings: &'f [Finding], value: &Value) -> Vec<&'f str> {
    let pointers = findings.iter().flat_map(|finding| &finding.at).map(String::as_str);
    pointers.filter(|pointer| value.pointer(pointer).is_none()).collect()
}
