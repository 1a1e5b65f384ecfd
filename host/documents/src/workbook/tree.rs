//! Putting values into answers place by place.

use domain::fields::pointer_part;
use serde_json::{Map, Value};

/// Why a value could not be put at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotPut {
    /// Something else stands there already, or on the way there.
    Taken,
    /// Items before it are missing.
    Gap,
    /// No item of a list is called so.
    NoIndex,
}

/// The parts of a pointer (RFC 6901); none where it is none.
pub(crate) fn parts_of(pointer: &str) -> Option<Vec<String>> {
    if pointer.is_empty() {
        return Some(Vec::new());
    }
    let parts = pointer.strip_prefix('/')?.split('/');
    Some(parts.map(|part| part.replace("~1", "/").replace("~0", "~")).collect())
}

/// The pointer of parts.
pub(crate) fn joined(parts: &[String]) -> String {
    parts.iter().map(|part| format!("/{}", pointer_part(part))).collect()
}

/// Puts a value at a place. What is missing on the way is made: a list where `is_list` says so of the place, else an object.
pub(crate) fn put(
    whole: &mut Value,
    parts: &[String],
    value: Value,
    is_list: &dyn Fn(&[String]) -> bool,
) -> Result<(), NotPut> {
    let Some((last, way)) = parts.split_last() else { return Err(NotPut::Taken) };
    let mut at = whole;
    for (depth, part) in way.iter().enumerate() {
        let empty = || if is_list(&parts[..=depth]) { Value::Array(Vec::new()) } else { Value::Object(Map::new()) };
        at = member(at, part, empty)?;
    }
    match at {
        Value::Object(members) => {
            if members.contains_key(last) {
                return Err(NotPut::Taken);
            }
            members.insert(last.clone(), value);
            Ok(())
        }
        Value::Array(items) => match index_of(last)? {
            index if index < items.len() => Err(NotPut::Taken),
            index if index > items.len() => Err(NotPut::Gap),
            _ => {
                items.push(value);
                Ok(())
            }
        },
        _ => Err(NotPut::Taken),
    }
}

fn member<'v>(at: &'v mut Value, part: &str, empty: impl FnOnce() -> Value) -> Result<&'v mut Value, NotPut> {
    match at {
        Value::Object(members) => Ok(members.entry(part).or_insert_with(empty)),
        Value::Array(items) => {
            let index = index_of(part)?;
            if index > items.len() {
                return Err(NotPut::Gap);
            }
            if index == items.len() {
                items.push(empty());
            }
            Ok(&mut items[index])
        }
        _ => Err(NotPut::Taken),
    }
}

fn index_of(part: &str) -> Result<usize, NotPut> {
    let is_sound = part == "0" || (!part.starts_with('0') && part.bytes().all(|byte| byte.is_ascii_digit()));
    if is_sound { part.parse().map_err(|_| NotPut::NoIndex) } else { Err(NotPut::NoIndex) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_put_where_they_belong_and_nowhere_else() {
        let mut whole = json!({});
        let is_list = |parts: &[String]| parts.last().is_some_and(|part| part == "list");
        let mut at = |pointer: &str, value: Value| put(&mut whole, &parts_of(pointer).unwrap(), value, &is_list);
        assert_eq!(at("/a/b", json!(1)), Ok(()));
        assert_eq!(at("/a/b", json!(2)), Err(NotPut::Taken));
        assert_eq!(at("/a/b/c", json!(2)), Err(NotPut::Taken));
        assert_eq!(at("/list/0/x", json!("y")), Ok(()));
        assert_eq!(at("/list/2", json!("y")), Err(NotPut::Gap));
        assert_eq!(at("/list/first", json!("y")), Err(NotPut::NoIndex));
        assert_eq!(at("/list/01", json!("y")), Err(NotPut::NoIndex));
        assert_eq!(at("/list/1", json!(null)), Ok(()));
        assert_eq!(at("/a~1b/c~0d", json!(3)), Ok(()));
        assert_eq!(at("", json!(3)), Err(NotPut::Taken));
        assert_eq!(whole, json!({ "a": { "b": 1 }, "list": [{ "x": "y" }, null], "a/b": { "c~d": 3 } }));
        assert_eq!(parts_of("no slash"), None);
    }
}
