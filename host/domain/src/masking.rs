//! Masking: what names a person is taken out of answers before somebody sees them who may not see that.

use serde_json::Value;

use crate::fields::{FieldPath, Part};

/// What stands at a place of answers with everything that names a person taken out of it, and whether there was any. `marks` are the paths
/// that a form marks as personal.
pub fn masked(value: &Value, at: &FieldPath, marks: &[FieldPath]) -> (Value, bool) {
    let mut shown = value.clone();
    let mut has_hidden = false;
    for mark in marks {
        if at.is_within(mark) {
            has_hidden |= hide(&mut shown, &[]);
        } else if mark.is_within(at) {
            has_hidden |= hide(&mut shown, &mark.0[at.0.len()..]);
        }
    }
    (shown, has_hidden)
}

fn hide(value: &mut Value, parts: &[Part]) -> bool {
    let Some((part, rest)) = parts.split_first() else {
        let is_something = !value.is_null();
        *value = Value::Null;
        return is_something;
    };
    let mut has_hidden = false;
    let mut within = |value: &mut Value| has_hidden |= hide(value, rest);
    match (part, value) {
        (Part::Each, Value::Array(items)) => items.iter_mut().for_each(within),
        (Part::Each, Value::Object(members)) => members.values_mut().for_each(within),
        (Part::Name(name), Value::Object(members)) => members.get_mut(name).into_iter().for_each(within),
        (Part::Name(name), Value::Array(items)) => {
            let item = name.parse().ok().and_then(|index: usize| items.get_mut(index));
            item.into_iter().for_each(&mut within);
        }
        _ => {}
    }
    has_hidden
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(value: Value, at: &str, marks: &[&str], shown: Value, has_hidden: bool) {
        let marks: Vec<FieldPath> = marks.iter().map(|mark| mark.parse().unwrap()).collect();
        assert_eq!(masked(&value, &at.parse().unwrap(), &marks), (shown, has_hidden));
    }

    #[test]
    fn what_names_a_person_is_hidden_wherever_it_stands() {
        let wardens = json!({"wardens": [{"name": "李雷", "since": 2019}, {"since": 2020}], "rooms": 4});
        let shown = json!({"wardens": [{"name": null, "since": 2019}, {"since": 2020}], "rooms": 4});
        check(wardens, "", &["/wardens/*/name"], shown, true);
        check(json!({"name": "李雷"}), "/wardens/0", &["/wardens/*/name"], json!({"name": null}), true);
        check(json!("李雷"), "/wardens/0/name", &["/wardens/*/name"], json!(null), true);
        check(json!("李"), "/wardens/0/name/family", &["/wardens/*/name"], json!(null), true);
        check(json!({"a": {"x": 1}, "b": 2}), "", &["/*"], json!({"a": null, "b": null}), true);
    }

    #[test]
    fn what_names_nobody_stays() {
        check(json!(2019), "/wardens/0/since", &["/wardens/*/name"], json!(2019), false);
        check(json!(null), "/wardens/0/name", &["/wardens/*/name"], json!(null), false);
        check(json!([1]), "/rooms", &["/wardens/*/name"], json!([1]), false);
    }
}
