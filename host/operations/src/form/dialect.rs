//! The dialect of forms: the keywords that a form may use, and what is known of it before it is compiled.

use std::collections::BTreeMap;

use domain::fields::{FieldPath, Part, pointer_part};
use domain::limits::{FORM_PATTERNS_MAX, FORM_SCHEMAS_MAX, LABEL_CHARS_MAX};
use serde_json::{Map, Value};

use super::FormRefused;

/// The dialect's name, where a form names one.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";
/// How deep schemas may nest with every reference followed: some levels of choice for each level of answers.
const NESTING_MAX: usize = 96;

/// Keywords that hold no schema.
const PLAIN: [&str; 32] = [
    "$schema",
    "$id",
    "$comment",
    "type",
    "enum",
    "const",
    "multipleOf",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "maxContains",
    "minContains",
    "maxProperties",
    "minProperties",
    "required",
    "dependentRequired",
    "format",
    "title",
    "description",
    "default",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "$ref",
];
/// Keywords that hold one schema.
const ONE: [&str; 11] = [
    "items",
    "additionalProperties",
    "contains",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
    "not",
    "if",
    "then",
    "else",
    "contentSchema",
];
/// Keywords that hold a list of schemas.
const LIST: [&str; 4] = ["allOf", "anyOf", "oneOf", "prefixItems"];
/// Keywords that hold schemas by name.
const NAMED: [&str; 5] = ["properties", "patternProperties", "dependentSchemas", "$defs", "definitions"];

/// What is known of a form before it is compiled.
#[derive(Debug)]
pub(super) struct Examined {
    /// The paths of what it marks as personal.
    pub(super) personal: Vec<FieldPath>,
    /// How many schemas, options and required names one value can meet at most.
    pub(super) weight: usize,
    /// The fields of the answers, each with the names that it has.
    pub(super) labels: BTreeMap<FieldPath, Labels>,
}

/// Whether a field has names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Labels {
    chinese: bool,
    english: bool,
}

impl Labels {
    /// The keyword that is missing.
    pub(super) const fn missing(self) -> Option<&'static str> {
        match self {
            Self { chinese: false, .. } => Some(CHINESE),
            Self { english: false, .. } => Some(ENGLISH),
            Self { chinese: true, english: true } => None,
        }
    }
}

/// Where a field's name stands in Chinese, and in English.
const CHINESE: &str = "title";
const ENGLISH: &str = "x-title-en";

/// Examines a form.
pub(super) fn examine(form: &Value) -> Result<Examined, FormRefused> {
    let mut patterns = 0;
    spell_check(form, &mut String::new(), &mut patterns)?;
    if patterns > FORM_PATTERNS_MAX {
        return Err(FormRefused::TooManyPatterns);
    }
    let mut walk = Walk { form, weight: 0, path: Vec::new(), personal: Vec::new(), labels: BTreeMap::new(), asked: 0 };
    walk.schema(form, "", 0)?;
    walk.personal.sort();
    walk.personal.dedup();
    Ok(Examined { personal: walk.personal, weight: walk.weight, labels: walk.labels })
}

/// Every schema of the form once, whether or not anything refers to it. The JSON reader has bounded the depth.
fn spell_check(schema: &Value, at: &mut String, patterns: &mut usize) -> Result<(), FormRefused> {
    let object = match schema {
        Value::Bool(_) => return Ok(()),
        Value::Object(object) => object,
        _ => return Err(FormRefused::Misused { keyword: last_part(at), at: at.clone() }),
    };
    for (keyword, held) in object {
        let is_known = keyword.starts_with("x-")
            || [PLAIN.as_slice(), ONE.as_slice(), LIST.as_slice(), NAMED.as_slice()]
                .iter()
                .any(|k| k.contains(&keyword.as_str()));
        if !is_known {
            return Err(FormRefused::UnknownKeyword { keyword: keyword.clone(), at: at.clone() });
        }
        let misused = || FormRefused::Misused { keyword: keyword.clone(), at: at.clone() };
        let is_misused = match keyword.as_str() {
            "$schema" => held.as_str() != Some(DIALECT),
            "$id" => !at.is_empty(),
            "x-personal" => !held.is_boolean(),
            _ => false,
        };
        if is_misused {
            return Err(misused());
        }
        *patterns += match (keyword.as_str(), held) {
            ("pattern", _) => 1,
            ("patternProperties", Value::Object(patterns)) => patterns.len(),
            _ => 0,
        };
        let length = at.len();
        if ONE.contains(&keyword.as_str()) {
            push(at, keyword);
            spell_check(held, at, patterns)?;
            at.truncate(length);
        } else if LIST.contains(&keyword.as_str()) {
            for (index, inner) in held.as_array().ok_or_else(misused)?.iter().enumerate() {
                push(at, keyword);
                push(at, &index.to_string());
                spell_check(inner, at, patterns)?;
                at.truncate(length);
            }
        } else if NAMED.contains(&keyword.as_str()) {
            for (name, inner) in held.as_object().ok_or_else(misused)? {
                push(at, keyword);
                push(at, name);
                spell_check(inner, at, patterns)?;
                at.truncate(length);
            }
        }
    }
    Ok(())
}

/// How many items a keyword lists.
fn listed(schema: &Value, keyword: &str) -> usize {
    schema.get(keyword).and_then(Value::as_array).map_or(0, Vec::len)
}

fn push(at: &mut String, part: &str) {
    at.push('/');
    at.push_str(&pointer_part(part));
}

fn last_part(at: &str) -> String {
    at.rsplit('/').next().unwrap_or_default().to_owned()
}

/// The walk over every schema that answers can meet, with every reference followed.
struct Walk<'f> {
    form: &'f Value,
    weight: usize,
    path: Vec<Part>,
    personal: Vec<FieldPath>,
    labels: BTreeMap<FieldPath, Labels>,
    /// How many conditions the walk is within: what a condition looks at need not be a field.
    asked: usize,
}

impl<'f> Walk<'f> {
    fn schema(&mut self, schema: &'f Value, at: &str, depth: usize) -> Result<(), FormRefused> {
        self.weight += 1 + listed(schema, "enum") + listed(schema, "required");
        if self.weight > FORM_SCHEMAS_MAX {
            return Err(FormRefused::TooLarge);
        }
        if depth > NESTING_MAX {
            return Err(FormRefused::Circular { at: at.to_owned() });
        }
        let Value::Object(object) = schema else { return Ok(()) };
        self.note_labels(object);
        if object.get("x-personal") == Some(&Value::Bool(true)) {
            self.personal.push(FieldPath(self.path.clone()));
        }
        if let Some(reference) = object.get("$ref") {
            let target = reference.as_str().and_then(|reference| reference.strip_prefix('#'));
            let found = target.and_then(|target| Some((target, self.form.pointer(target)?)));
            let (target, found) = found.ok_or_else(|| FormRefused::ForeignReference { at: format!("{at}/$ref") })?;
            self.schema(found, target, depth + 1)?;
        }
        self.applicators(object, at, depth)
    }

    fn applicators(&mut self, object: &'f Map<String, Value>, at: &str, depth: usize) -> Result<(), FormRefused> {
        for (keyword, held) in object {
            let here = format!("{at}/{keyword}");
            match (keyword.as_str(), held) {
                ("not" | "if", inner) => {
                    self.asked += 1;
                    self.schema(inner, &here, depth + 1)?;
                    self.asked -= 1;
                }
                ("then" | "else", inner) => self.schema(inner, &here, depth + 1)?,
                ("contains", inner) => {
                    self.asked += 1;
                    self.below(Part::Each, inner, &here, depth)?;
                    self.asked -= 1;
                }
                ("items" | "additionalProperties" | "unevaluatedItems" | "unevaluatedProperties", inner) => {
                    self.below(Part::Each, inner, &here, depth)?;
                }
                ("allOf" | "anyOf" | "oneOf", Value::Array(inner)) => {
                    inner.iter().try_for_each(|inner| self.schema(inner, &here, depth + 1))?;
                }
                ("prefixItems", Value::Array(inner)) => {
                    for (index, inner) in inner.iter().enumerate() {
                        self.below(Part::Name(index.to_string()), inner, &here, depth)?;
                    }
                }
                ("properties", Value::Object(inner)) => {
                    for (name, inner) in inner {
                        self.note_field(name, inner);
                        self.below(Part::Name(name.clone()), inner, &here, depth)?;
                    }
                }
                ("patternProperties", Value::Object(inner)) => {
                    inner.values().try_for_each(|inner| self.below(Part::Each, inner, &here, depth))?;
                }
                ("dependentSchemas", Value::Object(inner)) => {
                    inner.values().try_for_each(|inner| self.schema(inner, &here, depth + 1))?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A field that answers may have; what must not be there needs no name.
    fn note_field(&mut self, name: &str, schema: &Value) {
        if self.asked == 0 && schema != &Value::Bool(false) {
            let mut path = self.path.clone();
            path.push(Part::Name(name.to_owned()));
            self.labels.entry(FieldPath(path)).or_default();
        }
    }

    fn note_labels(&mut self, schema: &Map<String, Value>) {
        let is_named = |keyword| {
            let name = schema.get(keyword).and_then(Value::as_str).unwrap_or_default();
            !name.trim().is_empty() && name.chars().count() <= LABEL_CHARS_MAX
        };
        let (chinese, english) = (is_named(CHINESE), is_named(ENGLISH));
        if (chinese || english)
            && let Some(labels) = self.labels.get_mut(&FieldPath(self.path.clone()))
        {
            labels.chinese |= chinese;
            labels.english |= english;
        }
    }

    fn below(&mut self, part: Part, schema: &'f Value, at: &str, depth: usize) -> Result<(), FormRefused> {
        self.path.push(part);
        self.schema(schema, at, depth + 1)?;
        self.path.pop();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_personal_is_found_through_references_lists_and_choices() {
        let form = json!({
            "$defs": { "person": { "type": "object", "properties": { "name": { "x-personal": true } } } },
            "properties": {
                "inspector": { "$ref": "#/$defs/person" },
                "drills": { "items": { "anyOf": [{ "properties": { "led_by": { "$ref": "#/$defs/person" } } }] } },
            },
        });
        let personal = examine(&form).expect("a form").personal;
        let expected: Vec<FieldPath> =
            ["/drills/*/led_by/name", "/inspector/name"].iter().map(|path| path.parse().expect("a path")).collect();
        let mut expected = expected;
        expected.sort();
        assert_eq!(personal, expected);
    }

    #[test]
    fn a_misspelt_keyword_is_refused_with_its_place() {
        let form = json!({ "properties": { "name": { "maxLenght": 3 } } });
        let refused = examine(&form).expect_err("a misspelt keyword");
        let FormRefused::UnknownKeyword { keyword, at } = refused else { panic!("{refused}") };
        assert_eq!((keyword.as_str(), at.as_str()), ("maxLenght", "/properties/name"));
    }

    #[test]
    fn a_form_that_refers_outside_itself_is_refused() {
        for reference in ["https://example.org/form.json", "other.json#/a", "#/$defs/missing", "#anchor"] {
            let refused = examine(&json!({ "items": { "$ref": reference } })).expect_err(reference);
            assert!(matches!(refused, FormRefused::ForeignReference { .. }), "{reference}: {refused}");
        }
    }

    #[test]
    fn a_form_that_runs_in_circles_is_refused() {
        for form in [
            json!({ "$ref": "#" }),
            json!({ "$defs": { "a": { "$ref": "#/$defs/b" }, "b": { "$ref": "#/$defs/a" } }, "items": { "$ref": "#/$defs/a" } }),
            json!({ "$defs": { "tree": { "properties": { "below": { "$ref": "#/$defs/tree" } } } }, "$ref": "#/$defs/tree" }),
        ] {
            let refused = examine(&form).expect_err("a circle");
            assert!(matches!(refused, FormRefused::Circular { .. }), "{refused}");
        }
    }

    #[test]
    fn a_form_that_doubles_itself_with_every_reference_is_refused() {
        let mut defs = Map::new();
        for level in 0..40 {
            let next = json!({ "$ref": format!("#/$defs/level{}", level + 1) });
            defs.insert(format!("level{level}"), json!({ "properties": { "a": next, "b": next } }));
        }
        defs.insert("level40".to_owned(), json!(true));
        let refused = examine(&json!({ "$defs": defs, "$ref": "#/$defs/level0" })).expect_err("too large");
        assert!(matches!(refused, FormRefused::TooLarge), "{refused}");
    }
}
