//! Readings that were read from nowhere.

use domain::reading::{Certainty, Reading};
use serde_json::json;

fn reading(at: &str, start: u32, end: u32) -> Reading {
    Reading { at: at.to_owned(), value: json!(3), start, end, certainty: Certainty::Stated, note: None }
}

fn lie(readings: &[Reading]) -> String {
    crate::verify::readings("共3间房", readings).map(|()| "no lie".to_owned()).unwrap_or_else(|lie| lie.to_string())
}

#[test]
fn a_reading_has_a_span_within_the_text_counted_in_characters() {
    assert_eq!(lie(&[reading("/rooms", 1, 2), reading("/rooms", 2, 4)]), "no lie");
    assert!(lie(&[reading("/rooms", 1, 1)]).contains("empty"));
    assert!(lie(&[reading("/rooms", 1, 5)]).contains("leaves the text of 4"));
}

#[test]
fn readings_are_in_the_order_of_their_spans_and_belong_somewhere() {
    assert!(lie(&[reading("/rooms", 2, 3), reading("/rooms", 1, 2)]).contains("order"));
    assert!(lie(&[reading("rooms", 1, 2)]).contains("not a pointer"));
    assert!(lie(&[reading("/a~2b", 1, 2)]).contains("not a pointer"));
}
