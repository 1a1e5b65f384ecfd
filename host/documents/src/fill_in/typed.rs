//! What was typed into fields is put into the answers; where it cannot be read, it is said which field, and why.

use std::collections::BTreeMap;

use domain::text::Language;
use serde_json::{Map, Value};

use super::{lines_at, written_at};
use crate::workbook::Layout;
use crate::workbook::cell::{CellKind, Content};
use crate::workbook::layout::{ColumnHolds, ListSheet, RowHolds};
use crate::workbook::mark::Mark;
use crate::workbook::number;
use crate::workbook::tree::{joined, parts_of};

/// Before the place of a list in the name of the box that says that there are none.
const NONE: &str = "none:";
/// Before the place of an item in the name of the box that takes it away.
const REMOVE: &str = "remove:";

/// Answers with what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedIn {
    /// The answers, with everything in them that could be read.
    pub answers: Value,
    /// The places that say something else than before, those that could not be read among them.
    pub changed: Vec<String>,
    /// What could not be read.
    pub mistyped: Vec<Mistyped>,
}

/// Something typed that does not fit its field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistyped {
    /// The field's place in the answers.
    pub at: String,
    /// What is wrong, by one of the codes of a cell.
    pub code: &'static str,
    /// What was typed.
    pub text: String,
}

/// Puts what was typed, by the places of the fields, into answers. Fields that say what they said before, and those that are not there, change nothing; neither does a name that
/// is no field's.
pub fn typed_in(layout: &Layout, answers: &Value, typed: &BTreeMap<String, String>, language: Language) -> TypedIn {
    let mut typing = Typing {
        typed,
        language,
        done: TypedIn { answers: answers.clone(), changed: Vec::new(), mistyped: Vec::new() },
    };
    for row in &layout.main {
        match &row.holds {
            RowHolds::Group => {}
            RowHolds::Cell(kind) => typing.cell(&row.at, kind, None),
            RowHolds::List(sheet) => {
                if let Some(list) = layout.lists.get(*sheet) {
                    typing.list(list);
                }
            }
        }
    }
    typing.done
}

struct Typing<'a> {
    typed: &'a BTreeMap<String, String>,
    language: Language,
    done: TypedIn,
}

impl Typing<'_> {
    /// `list` is the place of the list in whose items the field is.
    fn cell(&mut self, at: &str, kind: &CellKind, list: Option<&str>) {
        let Some(text) = self.typed.get(at).map(|text| text.replace("\r\n", "\n")) else { return };
        match written_at(&self.done.answers, at, kind, self.language) {
            Some(written) if written != text => {}
            // What no field says was never shown in one, so nothing was typed over it.
            _ => return,
        }
        let read = if text.trim().is_empty() { Ok(None) } else { read(kind, &text).map(Some) };
        self.change(at, text, read, list);
    }

    fn lines(&mut self, at: &str, kind: &CellKind, list: Option<&str>) {
        let Some(text) = self.typed.get(at).map(|text| text.replace("\r\n", "\n")) else { return };
        match lines_at(&self.done.answers, at, kind, self.language) {
            Some(written) if written != text => {}
            _ => return,
        }
        let read = match Mark::of(&text) {
            _ if text.trim().is_empty() => Ok(None),
            Some(Mark::Nothing) => Ok(Some(Value::Null)),
            Some(Mark::NoItems) => Ok(Some(Value::Array(Vec::new()))),
            _ => {
                let lines = text.lines().filter(|line| !line.trim().is_empty());
                lines
                    .map(|line| read(kind, line))
                    .collect::<Result<Vec<Value>, _>>()
                    .map(|items| Some(Value::Array(items)))
            }
        };
        self.change(at, text, read, list);
    }

    fn change(&mut self, at: &str, text: String, read: Result<Option<Value>, &'static str>, list: Option<&str>) {
        match read {
            Ok(Some(value)) => set(&mut self.done.answers, at, value, list),
            Ok(None) => remove(&mut self.done.answers, at),
            Err(code) => self.done.mistyped.push(Mistyped { at: at.to_owned(), code, text }),
        }
        self.done.changed.push(at.to_owned());
    }

    fn list(&mut self, list: &ListSheet) {
        let length = |answers: &Value| answers.pointer(&list.at).and_then(Value::as_array).map_or(0, Vec::len);
        let mut away = Vec::new();
        let mut index = 0;
        // Each new item that is typed makes room for the next.
        while index <= length(&self.done.answers) && list.items_max.is_none_or(|most| index < most) {
            let is_new = index == length(&self.done.answers);
            if self.item(list, index) && !is_new {
                away.push(index);
            }
            index += 1;
        }
        if !away.is_empty()
            && let Some(Value::Array(items)) = self.done.answers.pointer_mut(&list.at)
        {
            for index in away.into_iter().rev() {
                items.remove(index);
            }
            if items.is_empty() {
                remove(&mut self.done.answers, &list.at);
            }
            self.done.changed.push(list.at.clone());
        }
        self.none(list);
    }

    /// Whether an item is to go: because it is said so, or because nothing is left of it.
    fn item(&mut self, list: &ListSheet, index: usize) -> bool {
        let at = format!("{}/{index}", list.at);
        let before = self.done.changed.len();
        for column in &list.columns {
            let place = format!("{at}{}", column.below);
            match &column.holds {
                ColumnHolds::Group => {}
                ColumnHolds::Cell(kind) => self.cell(&place, kind, Some(&list.at)),
                ColumnHolds::Lines(kind) => self.lines(&place, kind, Some(&list.at)),
            }
        }
        let is_emptied = self.done.changed.len() > before
            && match self.done.answers.pointer(&at) {
                Some(Value::Object(members)) => members.is_empty(),
                Some(_) => self.typed.get(&at).is_some_and(|text| text.trim().is_empty()),
                None => false,
            };
        is_emptied || self.typed.contains_key(&format!("{REMOVE}{at}"))
    }

    /// Whether there are expressly none: said by a box that is sent with the list.
    fn none(&mut self, list: &ListSheet) {
        let Some(said) = self.typed.get(&format!("{NONE}{}", list.at)) else { return };
        match (self.done.answers.pointer(&list.at).and_then(Value::as_array).map(Vec::len), said.as_str()) {
            (None, "yes") => set(&mut self.done.answers, &list.at, Value::Array(Vec::new()), None),
            (Some(0), "no") => remove(&mut self.done.answers, &list.at),
            _ => return,
        }
        self.done.changed.push(list.at.clone());
    }
}

/// What a text means in a field: a whole number is one wherever the field takes one.
fn read(kind: &CellKind, text: &str) -> Result<Value, &'static str> {
    if kind.takes_whole()
        && let Some(whole) = number::whole_in(&without_separators(text))
    {
        return Ok(Value::from(whole));
    }
    kind.read(&Content::Text(text.to_owned()))
}

/// A number as it is copied from elsewhere, `12,345`: commas that part groups of three digits are no part of it.
fn without_separators(text: &str) -> String {
    let plain: String = text.trim().chars().map(number::half_width).collect::<String>().replace('，', ",");
    let mut groups = plain.split(',');
    let first = groups.next().unwrap_or_default();
    let is_group = |group: &str| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit());
    let rest: Vec<&str> = groups.collect();
    if !rest.is_empty() && (1..=4).contains(&first.len()) && rest.iter().all(|group| is_group(group)) {
        return format!("{first}{}", rest.concat());
    }
    plain
}

/// Puts a value at a place; what is missing on the way is made: the list at `list` and its next item, else entries.
fn set(whole: &mut Value, at: &str, value: Value, list: Option<&str>) {
    let Some(parts) = parts_of(at) else { return };
    let mut here = whole;
    for (depth, part) in parts.iter().enumerate() {
        if !matches!(here, Value::Object(_) | Value::Array(_)) {
            *here = Value::Object(Map::new());
        }
        let is_list = list == Some(joined(&parts[..=depth]).as_str());
        let empty = if is_list { Value::Array(Vec::new()) } else { Value::Object(Map::new()) };
        here = match here {
            Value::Object(members) => {
                let next = members.entry(part.clone()).or_insert(Value::Null);
                if next.is_null() {
                    *next = empty;
                }
                next
            }
            Value::Array(items) => {
                let Ok(index) = part.parse::<usize>() else { return };
                if index == items.len() {
                    items.push(empty);
                }
                let Some(item) = items.get_mut(index) else { return };
                item
            }
            _ => return,
        };
    }
    *here = value;
}

/// Takes a value away, and whatever holds nothing any more because of that; an item of a list stays, since others are counted by it.
fn remove(whole: &mut Value, at: &str) {
    let Some(mut parts) = parts_of(at) else { return };
    while let Some(last) = parts.pop() {
        let Some(Value::Object(members)) = whole.pointer_mut(&joined(&parts)) else { return };
        members.remove(&last);
        if !members.is_empty() || parts.is_empty() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::form_outline::FormOutline;
    use serde_json::json;

    use super::*;

    fn layout() -> Layout {
        let form = json!({
            "title": "检查", "properties": {
                "cover": { "title": "封面", "type": "object", "properties": {
                    "year": { "title": "年", "type": "integer" },
                    "open": { "title": "开放", "type": "boolean" },
                    "notes": { "title": "附注", "type": "array", "items": { "type": "string" } },
                } },
                "drill": { "title": "演练", "type": "array", "maxItems": 3, "items": { "type": "object", "properties": {
                    "on": { "title": "日期", "type": "string", "format": "date" },
                    "people": { "title": "人数", "type": "object", "properties": { "value": { "title": "数值", "type": "integer" } } },
                    "kinds": { "title": "类别", "type": "array", "items": { "type": "string" } },
                } } },
                "free": { "title": "其他", "type": "object" },
            },
        });
        Layout::of(&FormOutline::of(&form.to_string()))
    }

    fn typed(answers: &Value, pairs: &[(&str, &str)]) -> TypedIn {
        let typed = pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        typed_in(&layout(), answers, &typed, Language::Chinese)
    }

    #[test]
    fn what_is_typed_stands_in_the_answers_and_nothing_else_changes() {
        let before =
            json!({ "cover": { "year": 2022 }, "free": { "kept": 1 }, "drill": [{ "on": "2023-05-06", "kept": "x" }] });
        let after = typed(
            &before,
            &[
                ("/cover/year", "１,２３４"),
                ("/cover/open", "是"),
                ("/cover/notes/0", "甲"),
                ("/drill/0/on", "2023-05-06"),
                ("/drill/1/people/value", "0"),
                (
                    "/drill/1/kinds",
                    "a
b
",
                ),
                ("/free/kept", "2"),
                ("/none", "x"),
            ],
        );
        assert_eq!(after.mistyped, []);
        assert_eq!(
            after.answers,
            json!({
                "cover": { "year": 1234, "open": true, "notes": ["甲"] }, "free": { "kept": 1 },
                "drill": [{ "on": "2023-05-06", "kept": "x" }, { "people": { "value": 0 }, "kinds": ["a", "b"] }],
            })
        );
        assert_eq!(
            after.changed,
            ["/cover/notes/0", "/cover/open", "/cover/year", "/drill/1/kinds", "/drill/1/people/value"]
        );
    }

    #[test]
    fn what_cannot_be_read_is_told_and_what_stood_there_stays() {
        let before = json!({ "cover": { "year": 2022 } });
        let after = typed(&before, &[("/cover/year", "约三十"), ("/cover/open", "大概")]);
        let codes: Vec<(&str, &str)> = after.mistyped.iter().map(|wrong| (wrong.at.as_str(), wrong.code)).collect();
        assert_eq!(codes, [("/cover/open", "cell-not-yes-no"), ("/cover/year", "cell-not-whole")]);
        assert_eq!(after.answers, before);
    }

    #[test]
    fn an_emptied_field_says_nothing_and_an_emptied_item_is_none() {
        let before = json!({ "cover": { "year": 2022 }, "drill": [{ "people": { "value": 1 } }, { "on": "2023-05-06" }, { "on": "2023-05-07" }] });
        let after = typed(
            &before,
            &[
                ("/cover/year", " "),
                ("/drill/0/people/value", ""),
                ("remove:/drill/2", "yes"),
                ("/drill/3/on", "2023-01-01"),
            ],
        );
        assert_eq!(after.answers, json!({ "drill": [{ "on": "2023-05-06" }] }));
    }

    #[test]
    fn that_there_are_none_is_said_expressly() {
        let none = typed(&json!({}), &[("none:/drill", "yes")]);
        assert_eq!(none.answers, json!({ "drill": [] }));
        assert_eq!(typed(&none.answers, &[("none:/drill", "no")]).answers, json!({}));
        let some = typed(&none.answers, &[("none:/drill", "yes"), ("/drill/0/on", "2023-01-01")]);
        assert_eq!(some.answers, json!({ "drill": [{ "on": "2023-01-01" }] }));
    }
}
