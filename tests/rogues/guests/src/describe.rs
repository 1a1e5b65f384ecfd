//! What the rubric for fire safety says of itself.

use crate::text;
use crate::types::{
    Cap, Check, Criterion, CriterionKind, Date, DatedSeverity, Description, Grade, Measure, Pass, PointRange, Rounding,
    Severity, Veto, VetoEffect,
};

const SINCE: Date = Date { year: 2020, month: 1, day: 1 };

const FORM: &str = r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "required": ["rooms", "extinguishers", "locked_exit", "drills", "minutes", "volunteers"],
  "properties": {
    "rooms": { "type": "integer", "minimum": 1, "title": "房间数", "x-title-en": "Rooms" },
    "extinguishers": { "type": "integer", "title": "有效灭火器", "x-title-en": "Working extinguishers" },
    "locked_exit": { "type": "boolean", "title": "出口上锁", "x-title-en": "Locked exit" },
    "drills": { "type": "integer", "title": "演练次数", "x-title-en": "Drills" },
    "minutes": { "type": ["integer", "null"], "title": "疏散用时（0.1分钟）", "x-title-en": "Minutes to clear, in tenths" },
    "volunteers": { "type": "integer", "title": "志愿消防员", "x-title-en": "Volunteers" }
  },
  "additionalProperties": false
}"#;

/// Constant.
pub fn description() -> Description {
    Description {
        id: "fire-safety".to_owned(),
        version: "1.0.0".to_owned(),
        title: text("消防安全"),
        summary: text("测试用"),
        basis: Vec::new(),
        full_marks: 100_000,
        smallest_unit: 500,
        rounding: Rounding::HalfUp,
        criteria: vec![
            criterion("premises", None, CriterionKind::Group, Pass::OfUnit, 0, 80_000),
            criterion("extinguishers", Some("premises"), CriterionKind::Base, Pass::OfUnit, 0, 40_000),
            criterion("exits", Some("premises"), CriterionKind::Base, Pass::OfUnit, 0, 40_000),
            criterion("response", None, CriterionKind::Base, Pass::OfCohort, 0, 20_000),
            criterion("volunteers", None, CriterionKind::Bonus, Pass::OfUnit, 0, 5_000),
        ],
        caps: vec![
            Cap {
                id: "premises-most".to_owned(),
                label: text("场所封顶"),
                criterion: Some("premises".to_owned()),
                least: None,
                most: Some(70_000),
            },
            Cap { id: "most".to_owned(), label: text("封顶"), criterion: None, least: None, most: Some(90_000) },
        ],
        vetoes: vec![
            Veto { id: "locked-exit".to_owned(), label: text("出口上锁"), effect: VetoEffect::Zero },
            Veto { id: "no-drill".to_owned(), label: text("未演练"), effect: VetoEffect::Downgrade(1) },
        ],
        grades: vec![grade("a", 80_000), grade("b", 60_000), grade("c", 0)],
        checks: vec![check("no-drill", Severity::Warning), check("negative", Severity::Error)],
        measures: vec![Measure {
            id: "minutes".to_owned(),
            label: text("疏散用时"),
            unit: "分钟".to_owned(),
            scale: 1,
        }],
        earlier_periods: 0,
        form: FORM.to_owned(),
    }
}

fn criterion(id: &str, parent: Option<&str>, kind: CriterionKind, pass: Pass, least: i64, most: i64) -> Criterion {
    Criterion {
        id: id.to_owned(),
        parent: parent.map(str::to_owned),
        label: text(id),
        kind,
        pass,
        ranges: vec![PointRange { since: SINCE, least, most }],
        judged: None,
        guidance: text(id),
    }
}

fn grade(id: &str, at_least: i64) -> Grade {
    Grade { id: id.to_owned(), label: text(id), at_least }
}

fn check(code: &str, severity: Severity) -> Check {
    Check {
        code: code.to_owned(),
        title: text(code),
        help: text(code),
        severities: vec![DatedSeverity { since: SINCE, severity }],
    }
}
