//! The form: a JSON Schema that stands by itself. Whether it compiles is found out where it is used.

use serde_json::Value;

use crate::lie::{Lie, hold, shown};

pub(super) fn form(text: &str) -> Result<(), Lie> {
    // The parser itself bounds how deep the form may be nested.
    let form: Value = serde_json::from_str(text).map_err(|error| Lie::new(format!("the form is not JSON: {error}")))?;
    hold(form.is_object(), || "the form is not an object")?;
    hold(form.get("type") == Some(&Value::from("object")), || "the form does not ask for an object")?;
    stands_alone(&form)
}

/// No reference leads out of the form: the host fetches nothing.
fn stands_alone(part: &Value) -> Result<(), Lie> {
    match part {
        Value::Object(members) => members.iter().try_for_each(|(name, member)| match (name.as_str(), member) {
            ("$ref" | "$dynamicRef", Value::String(target)) => {
                hold(target.starts_with('#'), || format!("the form refers to `{}` outside itself", shown(target)))
            }
            _ => stands_alone(member),
        }),
        Value::Array(items) => items.iter().try_for_each(stands_alone),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
    }
}
