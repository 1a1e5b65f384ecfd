//! What is wrong with answers, said with the form's own names for things, and never with what was filled in.

use domain::fields::pointer_part;
use domain::text::{Language, Text};
use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::types::{JsonType, JsonTypeSet};
use serde_json::Value;

use crate::problem::FormProblem;

/// Names of one object that are told one by one before the rest is passed over.
const UNEXPECTED_TOLD_MAX: usize = 10;
/// Options that are named before the rest is passed over.
const OPTIONS_TOLD_MAX: usize = 12;
/// Characters of a name from the answers that are repeated.
const NAME_CHARS_TOLD_MAX: usize = 60;
/// References that are followed to find a title.
const REFERENCES_MAX: usize = 16;

/// Words for what is wrong, from the form's titles.
pub(super) struct Wording<'f> {
    form: &'f Value,
}

impl<'f> Wording<'f> {
    /// The words of a form.
    pub(super) fn of(form: &'f Value) -> Self {
        Self { form }
    }

    /// Adds what an error means for whoever filled the form in.
    pub(super) fn tell(&self, error: &ValidationError<'_>, problems: &mut Vec<FormProblem>) {
        let at = error.instance_path().as_str();
        let schema = parent(error.schema_path().as_str());
        match error.kind() {
            Kind::Required { property } => {
                let name = property.as_str().unwrap_or_default();
                let place = format!("{at}/{}", pointer_part(name));
                let label = self.label(&format!("{schema}/properties/{}", pointer_part(name)), &place);
                problems.push(said(place, "required", &label, []));
            }
            Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
                for name in unexpected.iter().take(UNEXPECTED_TOLD_MAX) {
                    let label = same(&clipped(name));
                    problems.push(said(format!("{at}/{}", pointer_part(name)), "not-asked-for", &label, []));
                }
            }
            Kind::AnyOf { context } | Kind::OneOfNotValid { context } => self.tell_choice(error, context, problems),
            Kind::PropertyNames { .. } => problems.push(said(at, "wrong-names", &self.label(schema, at), [])),
            kind => {
                let label = self.label(schema, at);
                let (code, argument) = self.plain(kind, schema);
                problems.push(said(at, code, &label, argument));
            }
        }
    }

    /// Of several ways to fill something in, the one that was probably meant: that in which the first mistake lies deepest,
    /// and of those the one with the fewest.
    fn tell_choice(
        &self,
        error: &ValidationError<'_>,
        ways: &[Vec<ValidationError<'static>>],
        problems: &mut Vec<FormProblem>,
    ) {
        let at = error.instance_path().as_str();
        let below = |way: &&Vec<ValidationError<'_>>| {
            !way.is_empty()
                && way.iter().all(|inner| inner.instance_path().as_str().len() > at.len() || asks_more(inner))
        };
        if let Some(meant) = ways.iter().filter(below).min_by_key(|way| way.len()) {
            for inner in meant {
                self.tell(inner, problems);
            }
        } else {
            let label = self.label(parent(error.schema_path().as_str()), at);
            problems.push(said(at, "no-way-fits", &label, []));
        }
    }

    /// The code of a plain mistake, and the one argument that its sentence takes beside the label.
    fn plain(&self, kind: &Kind, schema: &str) -> (&'static str, [Option<(&'static str, Text)>; 1]) {
        let limit = |limit: &dyn ToString| [Some(("limit", same(&limit.to_string())))];
        match kind {
            Kind::Type { kind } => ("wrong-type", [Some(("expected", type_names(kind)))]),
            Kind::Enum { options } => ("not-an-option", [Some(("options", same(&options_told(options))))]),
            Kind::Constant { expected_value } => {
                ("not-an-option", [Some(("options", same(&option_told(expected_value))))])
            }
            Kind::MinLength { limit: 1 } => ("empty-text", [None]),
            Kind::MinLength { limit: least } => ("too-short", limit(least)),
            Kind::MaxLength { limit: most } => ("too-long-text", limit(most)),
            Kind::Minimum { limit: least } => ("too-small", limit(least)),
            Kind::ExclusiveMinimum { limit: least } => ("not-above", limit(least)),
            Kind::Maximum { limit: most } => ("too-large", limit(most)),
            Kind::ExclusiveMaximum { limit: most } => ("not-below", limit(most)),
            Kind::MultipleOf { multiple_of } => ("not-a-multiple", limit(multiple_of)),
            Kind::MinItems { limit: least } => ("too-few-items", limit(least)),
            Kind::MaxItems { limit: most } => ("too-many-items", limit(most)),
            Kind::AdditionalItems { limit: most } => ("too-many-items", limit(most)),
            Kind::MinProperties { limit: least } => ("too-few-entries", limit(least)),
            Kind::MaxProperties { limit: most } => ("too-many-entries", limit(most)),
            Kind::UniqueItems => ("repeated-item", [None]),
            Kind::Contains => ("item-missing", [None]),
            Kind::UnevaluatedItems { .. } => ("item-not-asked-for", [None]),
            Kind::Format { format } => of_format(format),
            Kind::Pattern { .. } | Kind::BacktrackLimitExceeded { .. } | Kind::RegexEngineFailure { .. } => {
                ("wrong-pattern", [Some(("help", self.help(schema)))])
            }
            Kind::FalseSchema => ("must-be-empty", [None]),
            Kind::Not { .. } | Kind::OneOfMultipleValid { .. } => {
                ("contradiction", [Some(("help", self.help(schema)))])
            }
            // What is left cannot come of a form that the dialect admits; it is said all the same.
            _ => ("not-as-asked", [Some(("help", self.help(schema)))]),
        }
    }

    /// What the form calls a place: its title; for an item of a list also which one. Where the form has no title, the name in the answers.
    fn label(&self, schema: &str, at: &str) -> Text {
        let titled = self.with_references(schema).find_map(|schema| titled(schema, "title", "x-title-en"));
        let (above, last) = at.rsplit_once('/').unwrap_or_default();
        let number = |part: &str| part.parse::<u32>().ok().map(|index| (u64::from(index) + 1).to_string());
        let name = titled
            .unwrap_or_else(|| if number(last).is_some() { Text::default() } else { same(&clipped(&unescaped(last))) });
        let item = number(last).or_else(|| number(above.rsplit('/').next().unwrap_or_default()));
        match item {
            Some(item) if name.zh.is_empty() => worded("problem-item", &[("number", same(&item))]),
            Some(item) => worded("problem-item-named", &[("number", same(&item)), ("name", name)]),
            None if name.zh.is_empty() => worded("problem-whole-form", &[]),
            None => worded("problem-named", &[("name", name)]),
        }
    }

    /// The form's help for a place.
    fn help(&self, schema: &str) -> Text {
        self.with_references(schema).find_map(|schema| titled(schema, "x-help", "x-help-en")).unwrap_or_default()
    }

    /// The schema at a pointer, then those that it refers to, one after the other.
    fn with_references(&self, pointer: &str) -> impl Iterator<Item = &'f Value> {
        let next = |schema: &&'f Value| {
            let target = schema.get("$ref")?.as_str()?.strip_prefix('#')?;
            self.form.pointer(target)
        };
        std::iter::successors(self.form.pointer(pointer), next).take(REFERENCES_MAX)
    }
}

/// A member that is missing or too much shows that the way was meant, although it is noticed at the object itself.
fn asks_more(error: &ValidationError<'_>) -> bool {
    matches!(
        error.kind(),
        Kind::Required { .. } | Kind::AdditionalProperties { .. } | Kind::UnevaluatedProperties { .. }
    )
}

fn said<const N: usize>(
    pointer: impl Into<String>,
    code: &'static str,
    label: &Text,
    arguments: [Option<(&'static str, Text)>; N],
) -> FormProblem {
    let mut all = vec![("label", label.clone())];
    all.extend(arguments.into_iter().flatten());
    FormProblem { pointer: pointer.into(), code, place: None, message: worded(&format!("problem-{code}"), &all) }
}

/// A sentence of the catalogue in both languages, each with the arguments in its own.
fn worded(key: &str, arguments: &[(&str, Text)]) -> Text {
    let say = |language| {
        let arguments: Vec<(&str, &str)> =
            arguments.iter().map(|(name, text)| (*name, text.in_language(language))).collect();
        documents::words::say(language, key, &arguments).trim_end().to_owned()
    };
    Text { zh: say(Language::Chinese), en: say(Language::English) }
}

fn of_format(format: &str) -> (&'static str, [Option<(&'static str, Text)>; 1]) {
    match format {
        "date" => ("not-a-date", [None]),
        "date-time" => ("not-a-date-time", [None]),
        "time" => ("not-a-time", [None]),
        "email" | "idn-email" => ("not-an-email", [None]),
        "uri" | "iri" => ("not-an-address", [None]),
        other => ("wrong-format", [Some(("format", same(other)))]),
    }
}

fn same(text: &str) -> Text {
    Text { zh: text.to_owned(), en: text.to_owned() }
}

fn titled(schema: &Value, chinese: &str, english: &str) -> Option<Text> {
    let zh = schema.get(chinese)?.as_str()?.to_owned();
    let en = schema.get(english).and_then(Value::as_str).unwrap_or_default().to_owned();
    Some(Text { zh, en })
}

fn parent(pointer: &str) -> &str {
    pointer.rsplit_once('/').map_or("", |(parent, _)| parent)
}

fn unescaped(part: &str) -> String {
    part.replace("~1", "/").replace("~0", "~")
}

fn clipped(name: &str) -> String {
    let mut clipped: String = name.chars().take(NAME_CHARS_TOLD_MAX).collect();
    if clipped.len() < name.len() {
        clipped.push('…');
    }
    clipped
}

/// Options come from the form, not from the answers.
fn options_told(options: &Value) -> String {
    let options = options.as_array().map(Vec::as_slice).unwrap_or_default();
    let mut told: Vec<String> = options.iter().take(OPTIONS_TOLD_MAX).map(option_told).collect();
    if options.len() > OPTIONS_TOLD_MAX {
        told.push("…".to_owned());
    }
    told.join(" | ")
}

fn option_told(option: &Value) -> String {
    option.as_str().map_or_else(|| clipped(&option.to_string()), clipped)
}

fn type_names(kind: &TypeKind) -> Text {
    let types: Vec<JsonType> = match kind {
        TypeKind::Single(one) => vec![*one],
        TypeKind::Multiple(several) => JsonTypeSet::iter(several).collect(),
    };
    let name = |language| {
        let names = types.iter().map(|kind| documents::words::say(language, type_key(*kind), &[]));
        names.collect::<Vec<_>>().join(" / ")
    };
    Text { zh: name(Language::Chinese), en: name(Language::English) }
}

const fn type_key(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Null => "type-null",
        JsonType::Boolean => "type-boolean",
        JsonType::Integer => "type-integer",
        JsonType::Number => "type-number",
        JsonType::String => "type-string",
        JsonType::Array => "type-array",
        JsonType::Object => "type-object",
    }
}
