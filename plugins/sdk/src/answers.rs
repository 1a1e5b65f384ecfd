//! Answers: from the bytes that the host hands over to the rubric's own types.

use serde::Deserialize;

use crate::contract::{Refusal, Text};
use crate::cursor::Cursor;
use crate::decoder::Decoder;
use crate::misfit::Misfit;

/// Decodes the answers into a type; texts are borrowed from the bytes. Members that the type does not name are skipped.
///
/// The refusal's code is `answers-unreadable`, its pointer the value that did not fit. The host has validated the answers against the form,
/// so that a refusal means that form and type differ.
pub fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Refusal> {
    let mut decoder = Decoder::new(bytes);
    match T::deserialize(&mut decoder) {
        Ok(_) if !decoder.is_at_end() => Err(refusal(bytes, 0, "bytes follow after the answers")),
        Ok(value) => Ok(value),
        Err(misfit) => Err(refused(bytes, decoder.value_at(), &misfit)),
    }
}

#[cold]
fn refused(bytes: &[u8], position: usize, misfit: &Misfit) -> Refusal {
    refusal(bytes, position, &misfit.to_string())
}

#[cold]
fn refusal(bytes: &[u8], position: usize, message: &str) -> Refusal {
    let message = Text::new(format!("答案无法读取：{message}"), format!("The answers cannot be read: {message}"));
    Refusal::new("answers-unreadable", message).at(Cursor::pointer_of(bytes, position))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;
    use serde_json::{Value, json};

    use super::*;
    use crate::testing::canonical;
    use crate::{Quantity, Words};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Source {
        Hotline,
        Other(String),
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Case<'a> {
        source: Source,
        #[serde(borrow)]
        count: Option<Quantity<'a>>,
        closed: bool,
        days: Vec<i16>,
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Cases<'a> {
        #[serde(borrow)]
        cases: Vec<Case<'a>>,
        #[serde(borrow)]
        title: Words<'a>,
    }

    fn sample() -> Value {
        json!({
            "cases": [
                {"source": "hotline", "count": {"value": 30, "unit": "次", "qualifier": "at_least", "raw_text": "30余次"}, "closed": true, "days": [-1, 300, 0]},
                {"source": {"other": "信访"}, "count": null, "closed": false, "days": []},
            ],
            "title": "自评报告".repeat(40),
            "zzz": {"not": ["known", -70_000, 4_294_967_296_i64, null]},
        })
    }

    fn refused_at(answers: &Value) -> (String, String) {
        let refusal = decode::<Cases<'_>>(&canonical(answers)).unwrap_err();
        assert_eq!(refusal.code, "answers-unreadable");
        (refusal.pointer.unwrap(), refusal.message.en)
    }

    #[test]
    fn answers_are_decoded_into_types_and_borrow_their_texts() {
        let bytes = canonical(&sample());
        let cases: Cases<'_> = decode(&bytes).unwrap();
        let mut expected = sample();
        expected.as_object_mut().unwrap().remove("zzz");
        assert_eq!(serde_json::to_value(&cases).unwrap(), expected);
        assert!(bytes.as_ptr_range().contains(&cases.title.as_ptr()));
    }

    #[test]
    fn any_value_comes_back_as_it_was() {
        let value = json!({"list": [0, 127, 128, 255, 65_535, 65_536, u64::MAX, -1, -32, -33, -129, -40_000, i64::MIN, null, true, "", "文"],
            "long": "x".repeat(70_000), "many": vec![1; 20], "more": vec![1; 70_000]});
        assert_eq!(decode::<Value>(&canonical(&value)).unwrap(), value);
        assert_eq!(decode::<BTreeMap<String, Value>>(&canonical(&value)).unwrap().len(), 4);
    }

    #[test]
    fn a_refusal_points_at_the_value_that_does_not_fit() {
        for (pointer, wrong) in [
            ("/cases/1/closed", json!("是")),
            ("/cases/0/count/value", json!("三十")),
            ("/cases/0/count/qualifier", json!("hardly")),
            ("/cases/0/days/1", json!(70_000)),
            ("/cases/0/days/2", json!("0")),
            ("/cases/0/source", json!({"other": "a", "hotline": null})),
            ("/cases/1/source/other", json!(5)),
            ("/cases", json!(7)),
            ("/title", json!(null)),
        ] {
            let mut answers = sample();
            *answers.pointer_mut(pointer).unwrap() = wrong;
            assert_eq!(refused_at(&answers).0, pointer);
        }
    }

    #[test]
    fn a_refusal_points_at_the_object_that_lacks_a_member() {
        let mut answers = sample();
        answers["cases"][1].as_object_mut().unwrap().remove("days");
        let (pointer, message) = refused_at(&answers);
        assert_eq!(pointer, "/cases/1");
        assert!(message.contains("`days`"), "{message}");
    }

    #[test]
    fn a_refusal_tells_no_text_of_the_answers() {
        for pointer in ["/cases/1/closed", "/cases/1/source", "/cases/0/count/value", "/cases/0/count/qualifier"] {
            let mut answers = sample();
            *answers.pointer_mut(pointer).unwrap() = json!("高原");
            let (place, message) = refused_at(&answers);
            assert_eq!(place, pointer);
            assert!(!message.contains("高原"), "{message}");
        }
    }

    #[test]
    fn broken_bytes_are_refused() {
        let bytes = canonical(&sample());
        for length in 0..bytes.len() {
            assert!(decode::<Cases<'_>>(&bytes[..length]).is_err(), "{length}");
        }
        assert!(decode::<Value>(&[0xc0, 0xc0]).is_err());
        assert!(decode::<Value>(&[0xcb, 0, 0, 0, 0, 0, 0, 0, 0]).is_err());
        assert!(decode::<Vec<u8>>(&[0xdd, 0xff, 0xff, 0xff, 0xff, 1]).is_err());
        assert!(decode::<String>(&[0xa1, 0xff]).is_err());
    }
}
