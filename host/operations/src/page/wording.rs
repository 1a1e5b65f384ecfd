//! The house's words for what plugins are made of: kinds, passes, weights, severities, effects, and how a field is filled in.

use domain::form_outline::{FieldType, FormField};
use domain::point_table::{EVER_SINCE, NumberedCriterion};
use domain::points::Points;
use domain::release::PluginKind;
use domain::report::{DocumentKind, Taking};
use domain::rubric::{
    Cap, CriterionKind, DatedSeverity, Discretion, Grade, LegalBasis, Pass, PointRange, Rounding, Severity, VetoEffect,
};
use jiff::civil::Date;
use serde_json::Value;

use super::Page;

/// Options of a field that are told before the rest is passed over.
const OPTIONS_TOLD_MAX: usize = 30;
/// From here on a bound keeps out only what nobody would write by hand, and is not told.
const BOUND_TOLD_MAX: f64 = 1e9;

impl Page {
    pub(crate) fn plugin_kind(&self, kind: PluginKind) -> String {
        self.word(&format!("plugin-kind-{}", kind.code()))
    }

    pub(crate) fn criterion_kind(&self, kind: CriterionKind) -> String {
        self.word(match kind {
            CriterionKind::Group => "criterion-kind-group",
            CriterionKind::Base => "criterion-kind-base",
            CriterionKind::Deduction => "criterion-kind-deduction",
            CriterionKind::Bonus => "criterion-kind-bonus",
            CriterionKind::BottomLine => "criterion-kind-bottom-line",
        })
    }

    pub(crate) fn pass(&self, pass: Pass) -> String {
        self.word(match pass {
            Pass::OfUnit => "pass-of-unit",
            Pass::OfCohort => "pass-of-cohort",
        })
    }

    pub(crate) fn rounding(&self, rounding: Rounding) -> String {
        self.word(match rounding {
            Rounding::HalfUp => "rounding-half-up",
            Rounding::HalfEven => "rounding-half-even",
            Rounding::TowardZero => "rounding-toward-zero",
        })
    }

    pub(crate) fn severity(&self, severity: Severity) -> String {
        self.word(&format!("severity-{}", severity.code()))
    }

    pub(crate) fn document_kind(&self, kind: DocumentKind) -> String {
        self.word(match kind {
            DocumentKind::MemberReport => "document-kind-member-report",
            DocumentKind::RollUp => "document-kind-roll-up",
            DocumentKind::Receipt => "document-kind-receipt",
            DocumentKind::ReturnNotice => "document-kind-return-notice",
            DocumentKind::Reminder => "document-kind-reminder",
            DocumentKind::Rectification => "document-kind-rectification",
            DocumentKind::AppealDecision => "document-kind-appeal-decision",
        })
    }

    pub(crate) fn taking(&self, taking: Taking) -> String {
        self.word(match taking {
            Taking::One => "taking-one",
            Taking::Sum => "taking-sum",
            Taking::Count => "taking-count",
        })
    }

    pub(crate) fn yes(&self, is_so: bool) -> String {
        if is_so { self.word("page-yes") } else { String::new() }
    }

    /// The number and the name of a criterion: `2.1 治理架构`.
    pub(crate) fn criterion(&self, numbered: &NumberedCriterion) -> String {
        format!("{} {}", numbered.number, self.told(&numbered.criterion.label))
    }

    /// A law or a notice with its number and how the rubric relates to it.
    pub(crate) fn basis(&self, basis: &LegalBasis) -> String {
        let number = basis.number.as_deref().unwrap_or_default();
        let note = basis.note.as_ref().map(|note| self.told(note)).unwrap_or_default();
        let titled = self.say("page-work", &[("title", &basis.title)]);
        let titled = match number {
            "" => titled,
            number => self.say("page-work-numbered", &[("work", &titled), ("number", number)]),
        };
        if note.is_empty() { titled } else { self.say("page-with-remark", &[("words", &titled), ("remark", note)]) }
    }

    /// Points that lie between two bounds; one number where the other end is nothing.
    pub(crate) fn weight(&self, least: Points, most: Points) -> String {
        if least == most || least == Points::ZERO {
            most.to_string()
        } else if most == Points::ZERO {
            least.to_string()
        } else {
            self.span(least, most)
        }
    }

    /// Both ends of a range of points.
    pub(crate) fn span(&self, least: Points, most: Points) -> String {
        self.say("page-range", &[("least", &least.to_string()), ("most", &most.to_string())])
    }

    /// What a criterion may give over time.
    pub(crate) fn ranges(&self, ranges: &[PointRange]) -> String {
        self.stated(ranges.iter().map(|range| {
            let weight = self.weight(range.least, range.most);
            if range.since <= EVER_SINCE {
                return weight;
            }
            self.say("page-since-holds", &[("day", &range.since.to_string()), ("what", &weight)])
        }))
    }

    pub(crate) fn discretion(&self, discretion: Option<&Discretion>) -> String {
        discretion.map_or_else(|| self.word("page-none"), |judged| self.span(judged.least, judged.most))
    }

    /// How a check weighs over time.
    pub(crate) fn severities(&self, severities: &[DatedSeverity]) -> String {
        self.stated(severities.iter().map(|dated| {
            let severity = self.severity(dated.severity);
            if dated.since <= EVER_SINCE {
                return severity;
            }
            self.say("page-since-holds", &[("day", &dated.since.to_string()), ("what", &severity)])
        }))
    }

    /// The day from which on something holds.
    pub(crate) fn since(&self, day: Date) -> String {
        self.stretch(day, None)
    }

    /// From when to when something holds.
    pub(crate) fn stretch(&self, since: Date, until: Option<Date>) -> String {
        let (first, last) = (since.to_string(), until.map(|day| day.to_string()));
        match (since <= EVER_SINCE, last) {
            (true, None) => self.word("page-always"),
            (true, Some(last)) => self.say("page-until", &[("last", &last)]),
            (false, None) => self.say("page-since", &[("first", &first)]),
            (false, Some(last)) => self.say("page-from-until", &[("first", &first), ("last", &last)]),
        }
    }

    pub(crate) fn bounds(&self, cap: &Cap) -> String {
        let bound = |key: &str, points: Option<Points>| {
            points.map(|points| self.say(key, &[("points", &points.to_string())])).unwrap_or_default()
        };
        self.stated([bound("cap-at-least", cap.least), bound("cap-at-most", cap.most)])
    }

    pub(crate) fn effect(&self, effect: &VetoEffect, grades: &[Grade]) -> String {
        match effect {
            VetoEffect::Zero => self.word("veto-zero"),
            VetoEffect::AtMost(points) => self.say("veto-at-most", &[("points", &points.to_string())]),
            VetoEffect::Grade(id) => {
                let grade =
                    grades.iter().find(|grade| grade.id == *id).map_or(id.as_str(), |grade| self.told(&grade.label));
                self.say("veto-grade", &[("grade", grade)])
            }
            VetoEffect::Downgrade(steps) => self.say("veto-downgrade", &[("steps", &steps.to_string())]),
        }
    }

    /// The totals that take a grade: from its own least total up to that of the better one.
    pub(crate) fn totals_of(&self, better: Option<&Grade>, grade: &Grade, is_last: bool) -> String {
        let least = grade.at_least.to_string();
        match (better.map(|better| better.at_least.to_string()), is_last) {
            (None, true) => self.word("grade-any"),
            (None, false) => self.say("grade-from", &[("least", &least)]),
            (Some(below), false) => self.say("grade-between", &[("least", &least), ("below", &below)]),
            (Some(below), true) => self.say("grade-rest", &[("below", &below)]),
        }
    }

    /// The name of a field: its label, or where the form has none, the name by which answers call it.
    pub(crate) fn field_name(&self, field: &FormField) -> String {
        match self.told(&field.label) {
            "" if field.at.is_empty() => self.word("form-whole"),
            "" => field.name().replace("~1", "/").replace("~0", "~"),
            label => label.to_owned(),
        }
    }

    /// How a field is filled in: what it may be, what it is counted in, and the rules that its value has to keep.
    pub(crate) fn fill_in(&self, field: &FormField) -> String {
        let is_list = field.types.contains(&FieldType::Array);
        let made_of = field.value_type.as_ref().map(|value_type| match self.told(&value_type.label) {
            "" => value_type.name.clone(),
            label => label.to_owned(),
        });
        let what = match (is_list, made_of) {
            (false, Some(made_of)) => made_of,
            (true, Some(made_of)) => self.say("form-list-of", &[("what", &made_of)]),
            (true, None) if !field.items.is_empty() => self.say("form-list-of", &[("what", &self.types(&field.items))]),
            _ => self.form_type(field),
        };
        let counted = match field.unit.as_str() {
            "" => what,
            unit => self.say("header-with-unit", &[("header", &what), ("unit", unit)]),
        };
        self.stated(std::iter::once(counted).chain(self.rules(field)))
    }

    /// What a field may be: its options, a day, or its types.
    fn form_type(&self, field: &FormField) -> String {
        if let Some(options) = field.rule("enum").and_then(|options| serde_json::from_str::<Vec<Value>>(options).ok()) {
            let told: Vec<String> = options.iter().filter(|option| !option.is_null()).map(as_written).collect();
            let rest = if told.len() > OPTIONS_TOLD_MAX { "…" } else { "" };
            let listed = self.listed(told.iter().take(OPTIONS_TOLD_MAX).map(String::as_str).chain([rest]));
            return self.say("form-options", &[("options", &listed)]);
        }
        match field.rule("format") {
            Some("\"date\"") => self.word("form-date"),
            Some("\"date-time\"") => self.word("form-date-time"),
            _ => self.types(&field.types),
        }
    }

    /// The kinds of value that a field may be; that it may be left empty is not told.
    pub(crate) fn types(&self, types: &[FieldType]) -> String {
        let told = types.iter().filter(|kind| **kind != FieldType::Null || types.len() == 1);
        let words: Vec<String> = told.map(|kind| self.word(&format!("type-{}", kind.word()))).collect();
        if words.is_empty() { self.word("form-anything") } else { words.join(" / ") }
    }

    fn rules(&self, field: &FormField) -> Vec<String> {
        let number = |keyword: &str| {
            let bound: f64 = field.rule(keyword)?.parse().ok()?;
            (bound.abs() < BOUND_TOLD_MAX).then(|| field.rule(keyword).unwrap_or_default())
        };
        let bound = |key: &str, keyword: &str| number(keyword).map(|limit| self.say(key, &[("limit", limit)]));
        let least = |key: &str, keyword: &str| {
            number(keyword).filter(|limit| !matches!(*limit, "0" | "1")).map(|limit| self.say(key, &[("limit", limit)]))
        };
        let span = number("minimum").zip(number("maximum"));
        let between = span.map(|(least, most)| self.say("page-range", &[("least", least), ("most", most)]));
        let is_open = between.is_none();
        let fixed = field.rule("const").map(|value| self.say("form-fixed", &[("value", &as_json_says(value))]));
        let is_closed = field.rule("not") == Some("true");
        let conditions = ["if", "dependentRequired", "dependentSchemas", "contains", "propertyNames", "not"];
        let has_conditions = !is_closed && conditions.iter().any(|keyword| field.rule(keyword).is_some());
        let is_day = field.rule("format").is_some();
        [
            between,
            bound("form-at-least", "minimum").filter(|_| is_open),
            bound("form-at-most", "maximum").filter(|_| is_open),
            bound("form-above", "exclusiveMinimum"),
            bound("form-below", "exclusiveMaximum"),
            bound("form-multiple-of", "multipleOf"),
            least("form-chars-min", "minLength"),
            bound("form-chars-max", "maxLength"),
            least("form-items-min", "minItems"),
            bound("form-items-max", "maxItems"),
            (field.rule("uniqueItems") == Some("true")).then(|| self.word("form-unique")),
            field.rule("pattern").filter(|_| !is_day).map(|_| self.word("form-pattern")),
            fixed,
            is_closed.then(|| self.word("form-closed")),
            has_conditions.then(|| self.word("form-conditions")),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// The same where two that read alike differ: with every rule as the form writes it.
    pub(crate) fn fill_in_exactly(&self, field: &FormField) -> String {
        let rules = field.rules.iter().map(|rule| format!("{} {}", rule.keyword, rule.value));
        self.stated(std::iter::once(self.fill_in(field)).chain(rules))
    }
}

/// A value as people write it: texts without quotation marks.
fn as_written(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn as_json_says(json: &str) -> String {
    serde_json::from_str::<Value>(json).map_or_else(|_| json.to_owned(), |value| as_written(&value))
}
