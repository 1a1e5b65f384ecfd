//! Reads how many rooms a text speaks of.

use huizong_sdk::bindings::reader::exports::huizong::plugin::reader::{
    Certainty, Guest, ReaderDescription, Reading, Refusal,
};
use rogue_guests::text;

struct HonestReader;

impl Guest for HonestReader {
    fn describe() -> ReaderDescription {
        ReaderDescription {
            id: "fire-safety-reader".to_owned(),
            version: "1.0.0".to_owned(),
            title: text("读数"),
            summary: text("测试用"),
        }
    }

    fn read(words: String) -> Result<Vec<Reading>, Refusal> {
        let digits = words.chars().enumerate().filter_map(|(place, sign)| Some((place, sign.to_digit(10)?)));
        let reading = |(place, digit): (usize, u32)| Reading {
            at: "/rooms".to_owned(),
            value: vec![u8::try_from(digit).unwrap_or_default()],
            start: u32::try_from(place).unwrap_or_default(),
            end: u32::try_from(place + 1).unwrap_or_default(),
            certainty: Certainty::Stated,
            note: None,
        };
        Ok(digits.map(reading).collect())
    }
}

huizong_sdk::bindings::reader::export!(HonestReader with_types_in huizong_sdk::bindings::reader);
