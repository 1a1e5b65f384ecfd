//! A rubric for fire safety, a submission, and a scorecard that is right: each test bends one thing.

use domain::answers::Answers;
use domain::calendar::Period;
use domain::points::Points;
use domain::review::Review;
use domain::rubric::{
    Cap, Check, Criterion, CriterionKind, DatedSeverity, Description, Discretion, Grade, LegalBasis, Measure, Pass,
    PointRange, Rounding, Severity, Veto, VetoEffect,
};
use domain::scorecard::{Entry, EntryKind, Line, Measured, Scorecard, Step, StepKind};
use domain::submission::{Envelope, Submission};
use domain::text::Text;
use jiff::civil::Date;
use serde_json::json;

pub(super) fn points(whole: i64) -> Points {
    Points::from_thousandths(whole * 1_000)
}

pub(super) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(super) fn text(words: &str) -> Text {
    Text { zh: words.to_owned(), en: String::new() }
}

pub(super) fn range(since: &str, least: i64, most: i64) -> PointRange {
    PointRange { since: day(since), least: points(least), most: points(most) }
}

fn criterion(id: &str, parent: Option<&str>, kind: CriterionKind, pass: Pass, least: i64, most: i64) -> Criterion {
    Criterion {
        id: id.to_owned(),
        parent: parent.map(str::to_owned),
        label: text(id),
        kind,
        pass,
        ranges: vec![range("2020-01-01", least, most)],
        judged: None,
        guidance: text(id),
    }
}

/// Group `premises` of `rooms` (judged) and `exits`, then `speed` of the cohort pass, a bonus, a deduction and a bottom line.
pub(super) fn description() -> Description {
    use CriterionKind::{Base, Bonus, BottomLine, Deduction, Group};
    let judged = Some(Discretion { least: points(0), most: points(10), guidance: text("看") });
    let cap = |id: &str, criterion: Option<&str>, least, most| Cap {
        id: id.to_owned(),
        label: text(id),
        criterion: criterion.map(str::to_owned),
        least,
        most,
    };
    let veto = |id: &str, effect| Veto { id: id.to_owned(), label: text(id), effect };
    let grade = |id: &str, at_least| Grade { id: id.to_owned(), label: text(id), at_least: points(at_least) };
    let severities = vec![DatedSeverity { since: day("2020-01-01"), severity: Severity::Warning }];
    Description {
        id: "fire-safety".to_owned(),
        version: "1.2.0".to_owned(),
        title: text("消防"),
        summary: text("测试"),
        basis: vec![LegalBasis { title: "消防法".to_owned(), number: None, note: Some(text("仅供测试")) }],
        full_marks: points(100),
        smallest_unit: Points::from_thousandths(500),
        rounding: Rounding::HalfEven,
        criteria: vec![
            criterion("premises", None, Group, Pass::OfUnit, 0, 80),
            Criterion { judged, ..criterion("rooms", Some("premises"), Base, Pass::OfUnit, 0, 40) },
            criterion("exits", Some("premises"), Base, Pass::OfUnit, 0, 40),
            criterion("speed", None, Base, Pass::OfCohort, 0, 20),
            criterion("volunteers", None, Bonus, Pass::OfUnit, 0, 5),
            criterion("accidents", None, Deduction, Pass::OfUnit, -30, 0),
            criterion("arson", None, BottomLine, Pass::OfUnit, 0, 0),
        ],
        caps: vec![
            cap("premises-most", Some("premises"), None, Some(points(70))),
            cap("bounds", None, Some(points(0)), Some(points(90))),
        ],
        vetoes: vec![
            veto("arson", VetoEffect::Zero),
            veto("locked", VetoEffect::AtMost(points(50))),
            veto("late", VetoEffect::Downgrade(1)),
            veto("fined", VetoEffect::Grade("b".to_owned())),
        ],
        grades: vec![grade("a", 80), grade("b", 60), grade("c", 0)],
        checks: vec![Check { code: "no-drill".to_owned(), title: text("未演练"), help: text("补演"), severities }],
        measures: vec![Measure { id: "minutes".to_owned(), label: text("用时"), unit: "分".to_owned(), scale: 1 }],
        earlier_periods: 1,
        form: r##"{"type": "object", "properties": {"rooms": {"$ref": "#/$defs/n"}}, "$defs": {"n": {}}}"##.to_owned(),
    }
}

pub(super) fn period() -> Period {
    Period::new(day("2025-01-01"), day("2025-12-31")).unwrap()
}

pub(super) fn submission() -> Submission {
    let envelope = Envelope { round: "2025".to_owned(), period: period(), revision: 1, received_on: day("2026-01-05") };
    Submission { envelope, answers: Answers::from_value(json!({"rooms": 3, "exits": [{"locked": false}]})).unwrap() }
}

pub(super) fn review() -> Review {
    Review::default()
}

pub(super) fn entry(kind: EntryKind, whole: i64) -> Entry {
    Entry {
        kind,
        points: points(whole),
        reason: "按细则".to_owned(),
        comparisons: Vec::new(),
        sources: vec!["/exits/0/locked".to_owned()],
    }
}

pub(super) fn line(criterion: &str, entries: Vec<Entry>) -> Line {
    Line { criterion: criterion.to_owned(), points: entries.iter().map(|entry| entry.points).sum(), entries }
}

pub(super) fn step(kind: StepKind, rule: &str, whole: i64) -> Step {
    Step {
        kind,
        rule: rule.to_owned(),
        points: points(whole),
        grade: None,
        reason: "按细则".to_owned(),
        comparisons: Vec::new(),
        sources: Vec::new(),
    }
}

/// 40 + 38 capped to 70, a bonus of 2, no accident: 72.
pub(super) fn scorecard() -> Scorecard {
    Scorecard {
        lines: vec![
            line("rooms", vec![entry(EntryKind::Base, 40)]),
            line("exits", vec![entry(EntryKind::Base, 40), entry(EntryKind::Deduct, -2)]),
            line("speed", vec![entry(EntryKind::Pending, 0)]),
            line("volunteers", vec![entry(EntryKind::Add, 2)]),
            line("accidents", Vec::new()),
            line("arson", Vec::new()),
        ],
        steps: vec![step(StepKind::Cap, "premises-most", -8)],
        total: points(72),
        measures: vec![Measured { measure: "minutes".to_owned(), value: None }],
    }
}
