//! The walk over a form: at every place all schemas that apply there become one field.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::json::Json;
use super::options::options_of;
use super::{FieldOptions, FieldRule, FieldType, FormField, FormOutline, ValueType};
use crate::digest::Digest;
use crate::fields::pointer_part;
use crate::limits::{ANSWERS_DEPTH_MAX, FORM_OUTLINE_BYTES_MAX, FORM_SCHEMAS_MAX, FORM_WORD_CHARS_MAX};
use crate::text::Text;

/// Schemas that are followed from one to the next at one place.
const FOLLOWED_MAX: usize = 96;
/// Characters of what a rule holds that are shown whole.
const RULE_CHARS_MAX: usize = 600;

/// Keywords whose value is told as it is.
const RULES: [&str; 20] = [
    "const",
    "default",
    "deprecated",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "uniqueItems",
];
/// Keywords that say under which conditions more holds: told as they are, with every reference followed.
const CONDITIONS: [&str; 9] =
    ["contains", "dependentRequired", "dependentSchemas", "else", "if", "not", "propertyNames", "readOnly", "then"];
/// Keywords that are told where they admit nothing more.
const CLOSING: [&str; 4] = ["additionalProperties", "items", "unevaluatedItems", "unevaluatedProperties"];

/// The outline of a form.
pub(super) fn outline(form: &Json) -> FormOutline {
    let mut walk = Walk {
        form,
        told: BTreeMap::new(),
        telling_left: FORM_OUTLINE_BYTES_MAX,
        fields: Vec::new(),
        options: BTreeMap::new(),
        steps: 0,
        bytes: 0,
        is_cut: false,
    };
    walk.place(String::new(), &[form], false, 0);
    FormOutline { fields: walk.fields, is_cut: walk.is_cut, options: walk.options }
}

struct Walk<'f> {
    form: &'f Json,
    /// The rules of every schema that was met, by where it stands in memory: a definition is told once.
    told: BTreeMap<usize, Vec<FieldRule>>,
    /// Bytes that telling rules may still put together.
    telling_left: usize,
    fields: Vec<FormField>,
    options: BTreeMap<String, FieldOptions>,
    /// Schemas that were looked at.
    steps: usize,
    /// Bytes of all texts of the outline.
    bytes: usize,
    is_cut: bool,
}

/// A schema that applies at a place.
struct Applied<'f> {
    schema: &'f Json,
    /// The definition that it was found in.
    defined_as: Option<&'f str>,
    /// Whether it applies under a condition only: what it names may stand there, but nothing of it has to.
    is_conditional: bool,
}

impl<'f> Walk<'f> {
    /// Reads one place and what stands in it. Answers what it may be and what it is made of.
    fn place(
        &mut self,
        at: String,
        schemas: &[&'f Json],
        required: bool,
        depth: usize,
    ) -> (Vec<FieldType>, Option<ValueType>) {
        if depth > ANSWERS_DEPTH_MAX || self.is_cut {
            self.is_cut = true;
            return (Vec::new(), None);
        }
        let mut applied = Vec::new();
        for schema in schemas {
            self.gather(schema, None, false, 0, &mut applied);
        }
        let field = self.field(at, &applied, required);
        self.bytes += bytes_of(&field);
        if self.bytes > FORM_OUTLINE_BYTES_MAX || self.fields.len() >= FORM_SCHEMAS_MAX {
            self.is_cut = true;
            return (Vec::new(), None);
        }
        let (own, at) = (self.fields.len(), field.at.clone());
        let binding = applied.iter().filter(|applied| !applied.is_conditional).map(|applied| applied.schema);
        if let Some(options) = options_of(self.form, binding) {
            self.bytes +=
                options.offered.iter().map(|option| option.label.zh.len() + option.label.en.len()).sum::<usize>();
            self.options.insert(at.clone(), options);
        }
        let (types, mut made_of) = (field.types.clone(), field.value_type.clone());
        self.fields.push(field);

        let required: BTreeSet<&str> = applied
            .iter()
            .filter(|applied| !applied.is_conditional)
            .flat_map(|applied| applied.schema.member("required").into_iter().flat_map(Json::items))
            .filter_map(Json::text)
            .collect();
        for (part, schemas) in parts_below(&applied) {
            let is_required = required.contains(part.as_str());
            let escaped = pointer_part(&part);
            let (items, items_made_of) = self.place(format!("{at}/{escaped}"), &schemas, is_required, depth + 1);
            if part == "*" && types.contains(&FieldType::Array) {
                self.fields[own].items = items;
                if made_of.is_none() {
                    made_of = items_made_of;
                    self.fields[own].value_type.clone_from(&made_of);
                }
            }
        }
        (types, made_of)
    }

    /// Every schema that applies at a place, the outer before the inner.
    fn gather(
        &mut self,
        schema: &'f Json,
        defined_as: Option<&'f str>,
        is_conditional: bool,
        followed: usize,
        applied: &mut Vec<Applied<'f>>,
    ) {
        self.steps += 1;
        if followed > FOLLOWED_MAX || self.steps > FORM_SCHEMAS_MAX {
            self.is_cut = true;
            return;
        }
        applied.push(Applied { schema, defined_as, is_conditional });
        if let Some(reference) = schema.member("$ref").and_then(Json::text) {
            if let Some(found) = reference.strip_prefix('#').and_then(|target| self.form.at(target)) {
                let defined_as = defined_as.or_else(|| definition(reference));
                self.gather(found, defined_as, is_conditional, followed + 1, applied);
            }
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            for inner in schema.member(keyword).into_iter().flat_map(Json::items) {
                self.gather(inner, defined_as, is_conditional, followed + 1, applied);
            }
        }
        let conditional = ["then", "else"].into_iter().filter_map(|keyword| schema.member(keyword));
        let dependent = schema.member("dependentSchemas").into_iter().flat_map(Json::members).map(|(_, inner)| inner);
        for inner in conditional.chain(dependent) {
            self.gather(inner, defined_as, true, followed + 1, applied);
        }
    }

    fn field(&mut self, at: String, applied: &[Applied<'f>], required: bool) -> FormField {
        let binding = || applied.iter().filter(|applied| !applied.is_conditional).map(|applied| applied.schema);
        let word = |keyword: &str| {
            let said = applied.iter().find_map(|applied| applied.schema.member(keyword)?.text());
            clipped(said.unwrap_or_default())
        };
        let types: BTreeSet<FieldType> = binding().flat_map(types_of).collect();
        let rules: BTreeSet<FieldRule> = binding().flat_map(|schema| self.rules_of(schema).to_vec()).collect();
        let help = Text { zh: word("x-help"), en: word("x-help-en") };
        FormField {
            at,
            label: Text { zh: word("title"), en: word("x-title-en") },
            help: if help.zh.is_empty() { Text { zh: word("description"), en: help.en } } else { help },
            unit: word("x-unit"),
            types: types.into_iter().collect(),
            items: Vec::new(),
            required,
            personal: binding()
                .any(|schema| matches!(schema.member("x-personal"), Some(Json::Plain(Value::Bool(true))))),
            value_type: self.value_type(applied),
            rules: rules.into_iter().collect(),
        }
    }

    /// The one definition that everything that stands at a place comes from.
    fn value_type(&self, applied: &[Applied<'f>]) -> Option<ValueType> {
        let holds_others = |schema: &Json| schema.member("properties").is_some_and(|inner| !inner.members().is_empty());
        let sources: BTreeSet<Option<&str>> =
            applied.iter().filter(|applied| holds_others(applied.schema)).map(|applied| applied.defined_as).collect();
        let name = sources.first().copied().flatten().filter(|_| sources.len() == 1)?;
        let defined = ["$defs", "definitions"].iter().find_map(|all| self.form.member(all)?.member(name))?;
        let word = |keyword| clipped(defined.member(keyword).and_then(Json::text).unwrap_or_default());
        Some(ValueType { name: name.to_owned(), label: Text { zh: word("title"), en: word("x-title-en") } })
    }

    /// The rules that one schema holds, told once however often it is met.
    fn rules_of(&mut self, schema: &'f Json) -> &[FieldRule] {
        let place = std::ptr::from_ref(schema).addr();
        if !self.told.contains_key(&place) {
            let rules = self.tell(schema);
            self.told.insert(place, rules);
        }
        self.told.get(&place).map(Vec::as_slice).unwrap_or_default()
    }

    fn tell(&mut self, schema: &'f Json) -> Vec<FieldRule> {
        if matches!(schema, Json::Plain(Value::Bool(false))) {
            return vec![FieldRule { keyword: "not".to_owned(), value: "true".to_owned() }];
        }
        let mut rules = Vec::new();
        for (keyword, held) in schema.members() {
            let is_told = RULES.contains(&keyword.as_str())
                || CONDITIONS.contains(&keyword.as_str())
                || (CLOSING.contains(&keyword.as_str()) && matches!(held, Json::Plain(Value::Bool(false))));
            if is_told {
                let value = self.resolved(held, 0).to_string();
                rules.push(FieldRule { keyword: keyword.clone(), value: shortened(value) });
            }
        }
        rules
    }

    /// What a keyword holds, with what it refers to in the place of every reference.
    fn resolved(&mut self, held: &'f Json, depth: usize) -> Value {
        let bytes = 1 + held.text().map_or(0, str::len);
        if bytes > self.telling_left || depth > FOLLOWED_MAX {
            self.is_cut = true;
            return Value::Null;
        }
        self.telling_left -= bytes;
        match held {
            Json::Plain(value) => value.clone(),
            Json::List(items) => items.iter().map(|item| self.resolved(item, depth + 1)).collect(),
            Json::Members(_) => {
                let mut resolved = Map::new();
                for (name, member) in held.members() {
                    let target = member.text().filter(|_| name == "$ref").and_then(|text| text.strip_prefix('#'));
                    let member = target.and_then(|target| self.form.at(target)).unwrap_or(member);
                    let member = self.resolved(member, depth + 1);
                    resolved.insert(name.clone(), member);
                }
                Value::Object(resolved)
            }
        }
    }
}

/// The name of the definition that a reference leads to.
fn definition(reference: &str) -> Option<&str> {
    let name = reference.strip_prefix("#/$defs/").or_else(|| reference.strip_prefix("#/definitions/"))?;
    (!name.contains('/')).then_some(name)
}

/// The parts that stand below a place, each with the schemas that name it, in the order in which they are first named.
fn parts_below<'f>(applied: &[Applied<'f>]) -> Vec<(String, Vec<&'f Json>)> {
    let mut parts: Vec<(String, Vec<&'f Json>)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut add = |part: String, schema: &'f Json| {
        if let Some(place) = places.get(&part) {
            parts[*place].1.push(schema);
        } else {
            places.insert(part.clone(), parts.len());
            parts.push((part, vec![schema]));
        }
    };
    for schema in applied.iter().map(|applied| applied.schema) {
        for (name, inner) in schema.member("properties").into_iter().flat_map(Json::members) {
            add(name.clone(), inner);
        }
        for (pattern, inner) in schema.member("patternProperties").into_iter().flat_map(Json::members) {
            add(format!("*({pattern})"), inner);
        }
        for (index, inner) in schema.member("prefixItems").into_iter().flat_map(Json::items).enumerate() {
            add(index.to_string(), inner);
        }
        for keyword in ["items", "additionalProperties", "unevaluatedItems", "unevaluatedProperties"] {
            if let Some(inner @ Json::Members(_)) = schema.member(keyword) {
                add("*".to_owned(), inner);
            }
        }
    }
    parts
}

fn types_of(schema: &Json) -> Vec<FieldType> {
    let Some(held) = schema.member("type") else { return Vec::new() };
    let words = held.text().into_iter().chain(held.items().iter().filter_map(Json::text));
    words.filter_map(|word| FieldType::ALL.into_iter().find(|kind| kind.word() == word)).collect()
}

fn bytes_of(field: &FormField) -> usize {
    let rules: usize = field.rules.iter().map(|rule| rule.keyword.len() + rule.value.len()).sum();
    let words = [&field.label.zh, &field.label.en, &field.help.zh, &field.help.en, &field.unit];
    field.at.len() + words.iter().map(|word| word.len()).sum::<usize>() + rules
}

fn clipped(word: &str) -> String {
    match word.char_indices().nth(FORM_WORD_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &word[..end]),
        None => word.to_owned(),
    }
}

/// A long value keeps its beginning and the digest of the whole, so that two that differ anywhere still differ.
fn shortened(value: String) -> String {
    match value.char_indices().nth(RULE_CHARS_MAX) {
        Some((end, _)) => format!("{}… {}", &value[..end], Digest::of(value.as_bytes()).short()),
        None => value,
    }
}
