//! Forms: whether answers are what the form of a rubric asks for, and what is wrong in words that a clerk understands.
//!
//! A form comes from a plugin, so it is examined before it is compiled: it may refer to nothing outside itself, may not run in
//! circles, and its patterns are matched in linear time. Validating answers then costs what the limits of the house allow.

mod dialect;
mod wording;

use std::sync::Arc;

use domain::answers::Answers;
use domain::fields::FieldPath;
use domain::limits::{FORM_INLINE_BYTES_MAX, FORM_PATTERNS_MAX, FORM_PROBLEMS_MAX, FORM_SCHEMAS_MAX, FORM_WORK_MAX};
use jsonschema::{PatternOptions, Validator};
use serde_json::Value;

use self::dialect::Examined;
use crate::error::OperationError;
use crate::problem::FormProblem;

/// The most memory that one pattern of a form may compile to.
const PATTERN_BYTES_MAX: usize = 1024 * 1024;

/// A form, compiled once for each release.
pub(crate) struct Form {
    schema: Value,
    validator: Validator,
    examined: Examined,
}

/// Why a form is not admitted: for the plugin's author.
#[derive(Debug, thiserror::Error)]
pub enum FormRefused {
    /// The text is no JSON.
    #[error("the form is not JSON")]
    NotJson(#[source] serde_json::Error),
    /// It uses something that this house's forms do not have; a misspelt keyword would silently check nothing.
    #[error("`{keyword}` at `{at}` is no keyword of a form; remarks of your own begin with `x-`")]
    UnknownKeyword {
        /// The keyword.
        keyword: String,
        /// The pointer of the schema in which it stands.
        at: String,
    },
    /// A keyword holds something that it cannot hold.
    #[error("`{keyword}` at `{at}` does not hold what it should")]
    Misused {
        /// The keyword.
        keyword: String,
        /// The pointer of the schema in which it stands.
        at: String,
    },
    /// It refers to something that does not stand in it.
    #[error("the reference at `{at}` leads nowhere inside the form; only `#/$defs/…` does")]
    ForeignReference {
        /// The pointer of the reference.
        at: String,
    },
    /// It runs in circles, or nests deeper than answers can.
    #[error("the form refers to itself, or nests too deep, at `{at}`")]
    Circular {
        /// Where that was noticed.
        at: String,
    },
    /// With every reference followed it is too large.
    #[error(
        "with every reference followed, the form holds more than {FORM_SCHEMAS_MAX} schemas, options and required names"
    )]
    TooLarge,
    /// It has more patterns than a form may have.
    #[error("the form has more than {FORM_PATTERNS_MAX} patterns")]
    TooManyPatterns,
    /// The report beside it wants a field that the form marks as personal.
    #[error("the report wants `{at}`, which the form marks as personal")]
    PersonalField {
        /// The wanted field.
        at: String,
    },
    /// A field of the answers has no name that people could read.
    #[error(
        "the field `{at}` has no `{keyword}`: every field is labelled in Chinese (`title`) and in English (`x-title-en`)"
    )]
    Unlabelled {
        /// The path of the field.
        at: String,
        /// What is missing.
        keyword: &'static str,
    },
    /// The library does not take it.
    #[error("the form is no valid JSON Schema: {0}")]
    NotASchema(String),
}

impl FormRefused {
    /// Stable, kebab-case.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotJson(_) => "not-json",
            Self::UnknownKeyword { .. } => "unknown-keyword",
            Self::Misused { .. } => "misused-keyword",
            Self::ForeignReference { .. } => "foreign-reference",
            Self::Circular { .. } => "circular",
            Self::TooLarge => "too-large",
            Self::TooManyPatterns => "too-many-patterns",
            Self::PersonalField { .. } => "personal-field",
            Self::Unlabelled { .. } => "unlabelled",
            Self::NotASchema(_) => "not-a-schema",
        }
    }

    /// What its sentence is filled in with.
    pub(crate) fn arguments(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NotJson(error) => vec![("reason", error.to_string())],
            Self::UnknownKeyword { keyword, at } | Self::Misused { keyword, at } => {
                vec![("keyword", keyword.clone()), ("at", at.clone())]
            }
            Self::ForeignReference { at } | Self::Circular { at } | Self::PersonalField { at } => {
                vec![("at", at.clone())]
            }
            Self::TooLarge => vec![("limit", FORM_SCHEMAS_MAX.to_string())],
            Self::TooManyPatterns => vec![("limit", FORM_PATTERNS_MAX.to_string())],
            Self::Unlabelled { at, keyword } => vec![("at", at.clone()), ("keyword", (*keyword).to_owned())],
            Self::NotASchema(reason) => vec![("reason", reason.clone())],
        }
    }
}

impl Form {
    /// Examines and compiles a form.
    pub(crate) fn compile(text: &str) -> Result<Self, FormRefused> {
        let schema: Value = serde_json::from_str(text).map_err(FormRefused::NotJson)?;
        let examined = dialect::examine(&schema)?;
        let patterns = PatternOptions::regex().size_limit(PATTERN_BYTES_MAX).dfa_size_limit(PATTERN_BYTES_MAX);
        let validator = jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .with_pattern_options(patterns)
            .should_validate_formats(true)
            .offline()
            .build(&schema)
            .map_err(|error| FormRefused::NotASchema(format!("at `{}`: {error}", error.instance_path())))?;
        Ok(Self { schema, validator, examined })
    }

    /// What is wrong with answers; empty where they are what the form asks for. Large answers are looked at beside the threads
    /// that serve requests.
    pub(crate) async fn examine(self: &Arc<Self>, answers: &Answers) -> Result<(), OperationError> {
        let problems = if answers.bytes().len() <= FORM_INLINE_BYTES_MAX {
            self.problems(answers.value())
        } else {
            let (form, answers) = (Arc::clone(self), answers.clone());
            let looking = tokio::task::spawn_blocking(move || form.problems(answers.value()));
            looking.await.map_err(OperationError::host)?
        };
        if problems.is_empty() { Ok(()) } else { Err(OperationError::Invalid(problems)) }
    }

    /// What is wrong with answers, at most [`FORM_PROBLEMS_MAX`].
    pub(crate) fn problems(&self, answers: &Value) -> Vec<FormProblem> {
        if self.examined.weight.saturating_mul(values_in(answers)) > FORM_WORK_MAX {
            return vec![FormProblem::say("", "too-many-values", &[])];
        }
        // Nearly all answers that arrive were pre-checked: the fast way first, the telling one only where something is wrong.
        if self.validator.is_valid(answers) {
            return Vec::new();
        }
        let wording = wording::Wording::of(&self.schema);
        let mut problems = Vec::new();
        for error in self.validator.iter_errors(answers) {
            wording.tell(&error, &mut problems);
            if problems.len() >= FORM_PROBLEMS_MAX {
                problems.truncate(FORM_PROBLEMS_MAX);
                break;
            }
        }
        problems
    }

    /// Whether a field lies in what the form marks as personal.
    pub(crate) fn is_personal(&self, field: &FieldPath) -> bool {
        self.examined.personal.iter().any(|mark| field.is_within(mark))
    }

    /// Whether every field has a name in both languages. It is asked for when a release is admitted; forms that were admitted
    /// before it was asked for go on.
    pub(crate) fn hold_labels(&self) -> Result<(), FormRefused> {
        let mut fields = self.examined.labels.iter();
        let unlabelled =
            fields.find_map(|(field, labels)| labels.missing().map(|keyword| (field.to_string(), keyword)));
        unlabelled.map_or(Ok(()), |(at, keyword)| Err(FormRefused::Unlabelled { at, keyword }))
    }

    /// The paths of what names a person.
    pub(crate) fn personal(&self) -> &[FieldPath] {
        &self.examined.personal
    }
}

/// How many values there are, the whole among them. Answers nest no deeper than their limit.
fn values_in(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(values_in).sum(),
        Value::Object(members) => members.values().map(values_in).sum(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn form() -> Form {
        let form = json!({
            "type": "object",
            "required": ["drills"],
            "additionalProperties": false,
            "minProperties": 1,
            "maxProperties": 20,
            "$defs": {
                "count": { "title": "次数", "x-title-en": "Count", "type": "integer", "minimum": 0, "maximum": 1000 },
                "person": { "type": "object", "properties": { "name": { "title": "姓名", "type": "string", "x-personal": true } } }
            },
            "properties": {
                "drills": {
                    "title": "演练", "x-title-en": "Drills", "type": "array", "minItems": 1, "maxItems": 2, "uniqueItems": true,
                    "items": {
                        "type": "object", "required": ["held_on"], "additionalProperties": false,
                        "properties": {
                            "held_on": { "title": "日期", "x-title-en": "Date", "type": "string", "format": "date" },
                            "people": { "$ref": "#/$defs/count" },
                            "led_by": { "$ref": "#/$defs/person" }
                        }
                    }
                },
                "extinguishers": { "title": "灭火器", "type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 100, "multipleOf": 5 },
                "kind": { "title": "类别", "enum": ["甲", "乙"] },
                "edition": { "title": "版次", "const": "2024" },
                "plan": { "title": "预案编号", "type": "string", "pattern": "^[A-Z]{2}[0-9]+$", "x-help": "两个大写字母加数字", "minLength": 3, "maxLength": 8 },
                "remark": { "title": "备注", "type": "string", "minLength": 1 },
                "exits": { "title": "出口", "anyOf": [{ "type": "null" }, { "type": "object", "required": ["count"], "properties": { "count": { "$ref": "#/$defs/count" } } }] },
                "way": { "title": "方式", "oneOf": [{ "type": "string", "maxLength": 3 }, { "type": "string", "minLength": 2 }] },
                "never": { "title": "停用栏", "not": {} },
                "off": false,
                "contact": { "title": "联系方式", "type": "string", "format": "email" },
                "seen": { "title": "巡查", "contains": { "const": 1 } },
                "names": { "title": "编号表", "propertyNames": { "maxLength": 3 } }
            }
        });
        Form::compile(&form.to_string()).expect("a form")
    }

    fn check(answers: &Value, expected: &[(&str, &str)]) {
        let problems = form().problems(answers);
        let mut found: Vec<(&str, &str)> =
            problems.iter().map(|problem| (problem.pointer.as_str(), problem.code)).collect();
        let mut expected = expected.to_vec();
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected, "{problems:#?}");
    }

    fn drill() -> Value {
        json!({ "held_on": "2024-05-06", "people": 12 })
    }

    #[test]
    fn answers_as_asked_have_no_problems() {
        check(&json!({ "drills": [drill()], "extinguishers": 15, "kind": "甲", "exits": null }), &[]);
    }

    #[test]
    fn every_kind_of_mistake_has_its_code_and_its_place() {
        let with = |name: &str, value: Value| {
            let mut answers = json!({ "drills": [drill()] });
            answers[name] = value;
            answers
        };
        check(&json!({ "kind": "甲" }), &[("/drills", "required")]);
        check(&with("surprise", json!(1)), &[("/surprise", "not-asked-for")]);
        check(&with("drills", json!([])), &[("/drills", "too-few-items")]);
        check(&with("drills", json!([drill(), drill()])), &[("/drills", "repeated-item")]);
        check(
            &with("drills", json!([drill(), { "held_on": "2024-05-07" }, { "held_on": "2024-05-08" }])),
            &[("/drills", "too-many-items")],
        );
        check(&with("drills", json!([{ "held_on": "2024-02-30" }])), &[("/drills/0/held_on", "not-a-date")]);
        check(&with("drills", json!([{ "people": 1 }])), &[("/drills/0/held_on", "required")]);
        check(
            &with("drills", json!([{ "held_on": "2024-02-03", "people": -1 }])),
            &[("/drills/0/people", "too-small")],
        );
        check(
            &with("drills", json!([{ "held_on": "2024-02-03", "people": 1001 }])),
            &[("/drills/0/people", "too-large")],
        );
        check(
            &with("drills", json!([{ "held_on": "2024-02-03", "people": "12" }])),
            &[("/drills/0/people", "wrong-type")],
        );
        check(&with("extinguishers", json!(0)), &[("/extinguishers", "not-above")]);
        check(&with("extinguishers", json!(100)), &[("/extinguishers", "not-below")]);
        check(&with("extinguishers", json!(7)), &[("/extinguishers", "not-a-multiple")]);
        check(&with("kind", json!("丙")), &[("/kind", "not-an-option")]);
        check(&with("edition", json!("2023")), &[("/edition", "not-an-option")]);
        check(&with("plan", json!("ab12")), &[("/plan", "wrong-pattern")]);
        check(&with("plan", json!("A1")), &[("/plan", "wrong-pattern"), ("/plan", "too-short")]);
        check(&with("plan", json!("AB1234567")), &[("/plan", "too-long-text")]);
        check(&with("remark", json!("")), &[("/remark", "empty-text")]);
        check(&with("exits", json!({ "count": -1 })), &[("/exits/count", "too-small")]);
        check(&with("exits", json!({})), &[("/exits/count", "required")]);
        check(&with("exits", json!("none")), &[("/exits", "no-way-fits")]);
        check(&with("way", json!("abc")), &[("/way", "contradiction")]);
        check(&with("never", json!(1)), &[("/never", "contradiction")]);
        check(&with("off", json!(1)), &[("/off", "must-be-empty")]);
        check(&with("contact", json!("nobody")), &[("/contact", "not-an-email")]);
        check(&with("seen", json!([2])), &[("/seen", "item-missing")]);
        check(&with("names", json!({ "abcd": 1 })), &[("/names", "wrong-names")]);
        check(&json!([]), &[("", "wrong-type")]);
        check(&json!({}), &[("", "too-few-entries"), ("/drills", "required")]);
    }

    #[test]
    fn a_message_uses_the_forms_own_names_in_both_languages() {
        let problems = form().problems(&json!({ "drills": [drill(), { "held_on": "2024-05-07", "people": -3 }] }));
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].message.zh, "第 2 项“次数”不能小于 0。");
        assert_eq!(problems[0].message.en, "Item 2, “Count”, must not be less than 0.");
    }

    #[test]
    fn a_message_never_repeats_what_was_filled_in() {
        let secret = "王某某";
        let answers = json!({
            "drills": [{ "held_on": secret, "people": secret, "led_by": { "name": [secret] } }],
            "kind": secret, "plan": secret, "extinguishers": secret, "contact": secret, "exits": secret,
        });
        let problems = form().problems(&answers);
        assert!(problems.len() >= 8, "{problems:#?}");
        for problem in problems {
            assert!(!problem.message.zh.contains(secret) && !problem.message.en.contains(secret), "{problem:?}");
        }
    }

    #[test]
    fn problems_are_counted_off() {
        let names: serde_json::Map<String, Value> = (0..300).map(|index| (format!("n{index}"), json!(1))).collect();
        let drills: Vec<Value> = (0..300).map(|index| json!({ "held_on": index })).collect();
        let mut answers = Value::Object(names);
        answers["drills"] = Value::Array(drills);
        assert_eq!(form().problems(&answers).len(), FORM_PROBLEMS_MAX);
    }

    #[test]
    fn elaborate_answers_to_an_elaborate_form_are_refused_before_any_work() {
        let ways: Vec<Value> = (0..10_000).map(|way| json!({ "const": way })).collect();
        let form = json!({ "properties": { "a": { "items": { "anyOf": ways } } } });
        let form = Form::compile(&form.to_string()).expect("a form");
        assert_eq!(form.problems(&json!({ "a": [9_999] })), []);
        let problems = form.problems(&json!({ "a": vec![9_999; 60_000] }));
        assert_eq!((problems.len(), problems[0].code), (1, "too-many-values"));
    }

    #[test]
    fn a_form_with_too_many_options_or_patterns_is_refused() {
        let options: Vec<u32> = (0..30_000).collect();
        let form = json!({ "properties": { "a": { "enum": options } } });
        assert!(matches!(Form::compile(&form.to_string()), Err(FormRefused::TooLarge)));
        let patterns: serde_json::Map<String, Value> = (0..600).map(|p| (format!("^p{p}$"), json!(true))).collect();
        let form = json!({ "patternProperties": patterns });
        assert!(matches!(Form::compile(&form.to_string()), Err(FormRefused::TooManyPatterns)));
    }

    fn unlabelled(form: &Value) -> Option<(String, &'static str)> {
        match Form::compile(&form.to_string()).expect("a form").hold_labels() {
            Ok(()) => None,
            Err(FormRefused::Unlabelled { at, keyword }) => Some((at, keyword)),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn every_field_is_labelled_in_both_languages_wherever_its_label_stands() {
        let labelled = json!({ "title": "房间数", "x-title-en": "Rooms", "type": "integer" });
        let form = |properties: Value| json!({ "type": "object", "properties": properties });
        assert_eq!(unlabelled(&form(json!({ "rooms": labelled }))), None);
        assert_eq!(unlabelled(&form(json!({ "rooms": { "type": "integer" } }))), Some(("/rooms".to_owned(), "title")));
        let blank = json!({ "title": " ", "x-title-en": "Rooms" });
        assert_eq!(unlabelled(&form(json!({ "rooms": blank }))), Some(("/rooms".to_owned(), "title")));
        let long = json!({ "title": "房".repeat(201), "x-title-en": "Rooms" });
        assert_eq!(unlabelled(&form(json!({ "rooms": long }))), Some(("/rooms".to_owned(), "title")));
        let chinese = json!({ "title": "房间数" });
        assert_eq!(unlabelled(&form(json!({ "rooms": chinese }))), Some(("/rooms".to_owned(), "x-title-en")));
        let below = json!({ "drills": {
            "title": "演练", "x-title-en": "Drills", "type": "array",
            "items": { "properties": { "held_on": { "type": "string" } } },
        } });
        assert_eq!(unlabelled(&form(below)), Some(("/drills/*/held_on".to_owned(), "title")));
        // By reference, by one of several ways, and where a condition only looks at a field that is labelled elsewhere.
        let elsewhere = json!({
            "$defs": { "rooms": labelled },
            "properties": {
                "rooms": { "$ref": "#/$defs/rooms" },
                "exits": { "anyOf": [{ "title": "出口", "x-title-en": "Exits" }, { "type": "null" }] },
                "gone": false,
            },
            "if": { "properties": { "rooms": { "const": 1 }, "unheard_of": true } },
            "then": { "properties": { "exits": { "type": "null" } } },
        });
        assert_eq!(unlabelled(&elsewhere), None);
        let only_then = json!({ "then": { "properties": { "exits": { "type": "null" } } } });
        assert_eq!(unlabelled(&only_then), Some(("/exits".to_owned(), "title")));
    }

    #[test]
    fn a_pattern_that_takes_exponential_time_elsewhere_takes_none_here() {
        let form = json!({ "properties": { "a": { "pattern": "^(a+)+$" } } });
        let form = Form::compile(&form.to_string()).expect("a form");
        assert_eq!(form.problems(&json!({ "a": format!("{}!", "a".repeat(50_000)) })).len(), 1);
    }

    #[test]
    fn a_pattern_that_cannot_be_matched_in_linear_time_is_refused() {
        for pattern in ["(a)\\1", "(?=a)b", "(a{1000}){1000}{1000}"] {
            let form = json!({ "properties": { "a": { "pattern": pattern } } });
            assert!(matches!(Form::compile(&form.to_string()), Err(FormRefused::NotASchema(_))), "{pattern}");
        }
    }

    #[test]
    fn a_text_that_is_no_schema_is_refused() {
        assert!(matches!(Form::compile("{"), Err(FormRefused::NotJson(_))));
        assert!(matches!(Form::compile(r#"{"type":"nonsense"}"#), Err(FormRefused::NotASchema(_))));
        assert!(matches!(Form::compile(r#"{"properties":[]}"#), Err(FormRefused::Misused { .. })));
        assert!(matches!(Form::compile("3"), Err(FormRefused::Misused { .. })));
    }
}
