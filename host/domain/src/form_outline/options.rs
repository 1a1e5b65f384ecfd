//! What a form offers for a field: an enumeration, named by a list of codes where the form keeps one.
//!
//! A form keeps lists of codes under `x-codes` beside its definitions; a field names its list by the same keyword.

use serde_json::Value;

use super::json::Json;
use super::{FieldOption, FieldOptions};
use crate::limits::{FORM_OPTIONS_MAX, FORM_WORD_CHARS_MAX};
use crate::text::Text;

/// What the schemas of one place offer; none where they offer no choice, or one that nobody would look through.
pub(super) fn options_of<'f>(form: &'f Json, schemas: impl Iterator<Item = &'f Json>) -> Option<FieldOptions> {
    let (mut values, mut codes): (Option<&Json>, Option<&Json>) = (None, None);
    for schema in schemas {
        values = values.or_else(|| schema.member("enum"));
        let list = schema.member("x-codes").and_then(Json::text);
        codes = codes.or_else(|| form.member("x-codes")?.member(list?));
    }
    let named = codes.map(Json::items).unwrap_or_default();
    let offered: Vec<FieldOption> = match values {
        Some(values) => values.items().iter().filter_map(plain).map(|value| option(value, named)).collect(),
        None => named.iter().filter_map(|code| Some(option(plain(code.member("code")?)?, named))).collect(),
    };
    let is_choice = (1..=FORM_OPTIONS_MAX).contains(&offered.len());
    is_choice.then_some(FieldOptions { offered, is_open: values.is_none() })
}

/// Nothing is no choice: whether a field may stay empty is told by its types.
fn plain(json: &Json) -> Option<&Value> {
    match json {
        Json::Plain(Value::Null) | Json::List(_) | Json::Members(_) => None,
        Json::Plain(value) => Some(value),
    }
}

fn option(value: &Value, named: &[Json]) -> FieldOption {
    let entry = named.iter().find(|entry| entry.member("code").and_then(plain) == Some(value));
    let word = |keyword: &str| {
        let said = entry.and_then(|entry| entry.member(keyword)?.text()).unwrap_or_default();
        said.chars().take(FORM_WORD_CHARS_MAX).collect()
    };
    FieldOption { value: value.clone(), label: Text { zh: word("title"), en: word("x-title-en") } }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::FormOutline;
    use super::*;

    fn offered(form: &Value, at: &str) -> Option<(Vec<(Value, String)>, bool)> {
        let outline = FormOutline::of(&form.to_string());
        let options = outline.options.get(at)?;
        let told = options.offered.iter().map(|option| (option.value.clone(), option.label.zh.clone()));
        Some((told.collect(), options.is_open))
    }

    #[test]
    fn a_choice_is_told_by_its_values_and_named_by_its_list_of_codes() {
        let form = json!({
            "x-codes": { "kind": [{ "code": "a", "title": "甲" }, { "code": "b", "title": "乙" }] },
            "properties": {
                "kind": { "type": ["string", "null"], "enum": ["b", "c", null], "x-codes": "kind" },
                "open": { "type": "string", "x-codes": "kind" },
                "size": { "enum": [1, 2] },
                "free": { "type": "string" },
                "lost": { "type": "string", "x-codes": "unheard-of" },
            },
        });
        let pair = |value: Value, label: &str| (value, label.to_owned());
        assert_eq!(offered(&form, "/kind"), Some((vec![pair(json!("b"), "乙"), pair(json!("c"), "")], false)));
        assert_eq!(offered(&form, "/open"), Some((vec![pair(json!("a"), "甲"), pair(json!("b"), "乙")], true)));
        assert_eq!(offered(&form, "/size"), Some((vec![pair(json!(1), ""), pair(json!(2), "")], false)));
        assert_eq!(offered(&form, "/free"), None);
        assert_eq!(offered(&form, "/lost"), None);
    }
}
