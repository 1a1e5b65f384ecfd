//! Differences: where two answers do not say the same.

use serde_json::Value;

use crate::fields::pointer_part;

/// One place at which two values differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference<'v> {
    /// Where (RFC 6901).
    pub at: String,
    /// What stood there before; none where nothing did.
    pub before: Option<&'v Value>,
    /// What stands there now; none where nothing does.
    pub after: Option<&'v Value>,
}

/// The places at which two values differ, the deepest that tell it, in the order of the places; at most `most` of them, and whether
/// there are more. Items of lists are compared by their number.
pub fn differences<'v>(before: &'v Value, after: &'v Value, most: usize) -> (Vec<Difference<'v>>, bool) {
    let mut found = Found { differences: Vec::new(), most, has_more: false };
    found.compare(&mut String::new(), Some(before), Some(after));
    (found.differences, found.has_more)
}

/// Whether one place is, or lies in, the other.
pub fn touches(one: &str, other: &str) -> bool {
    let lies_in = |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    lies_in(one, other) || lies_in(other, one)
}

struct Found<'v> {
    differences: Vec<Difference<'v>>,
    most: usize,
    has_more: bool,
}

impl<'v> Found<'v> {
    fn compare(&mut self, at: &mut String, before: Option<&'v Value>, after: Option<&'v Value>) {
        match (before, after) {
            _ if before == after || self.has_more => {}
            (Some(Value::Object(before)), Some(Value::Object(after))) => {
                let added = after.keys().filter(|name| !before.contains_key(*name));
                for name in before.keys().chain(added) {
                    let part = pointer_part(name);
                    self.within(at, &part, before.get(name), after.get(name));
                }
            }
            (Some(Value::Array(before)), Some(Value::Array(after))) => {
                for index in 0..before.len().max(after.len()) {
                    self.within(at, &index.to_string(), before.get(index), after.get(index));
                }
            }
            _ if self.differences.len() == self.most => self.has_more = true,
            _ => self.differences.push(Difference { at: at.clone(), before, after }),
        }
    }

    fn within(&mut self, at: &mut String, part: &str, before: Option<&'v Value>, after: Option<&'v Value>) {
        let length = at.len();
        at.push('/');
        at.push_str(part);
        self.compare(at, before, after);
        at.truncate(length);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn places(before: &Value, after: &Value) -> Vec<String> {
        differences(before, after, 10).0.into_iter().map(|difference| difference.at).collect()
    }

    #[test]
    fn a_difference_is_told_at_the_deepest_place_that_tells_it() {
        let before = json!({"a": {"b": 1, "c": [1, 2]}, "d/e": 1, "same": {"x": 1}});
        let after = json!({"a": {"b": 2, "c": [1, 3, 4]}, "f": null, "same": {"x": 1}});
        assert_eq!(places(&before, &after), ["/a/b", "/a/c/1", "/a/c/2", "/d~1e", "/f"]);
        assert_eq!(places(&before, &before), [] as [&str; 0]);
        assert_eq!(places(&json!({"a": 1}), &json!({"a": {"b": 1}})), ["/a"]);
        assert_eq!(places(&json!(1), &json!(2)), [""]);
    }

    #[test]
    fn no_more_is_told_than_is_wanted() {
        let (before, after) = (json!([1, 2, 3]), json!([4, 5, 6]));
        let (found, has_more) = differences(&before, &after, 2);
        assert_eq!((found.len(), has_more), (2, true));
        let (found, has_more) = differences(&before, &after, 3);
        assert_eq!((found.len(), has_more), (3, false));
    }

    #[test]
    fn places_touch_where_one_lies_in_the_other() {
        assert!(touches("/a", "/a/b") && touches("/a/b", "/a") && touches("/a", "/a") && touches("", "/a"));
        assert!(!touches("/a", "/ab") && !touches("/a/b", "/a/c"));
    }
}
