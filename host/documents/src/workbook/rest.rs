//! What has no cell of its own: one row for each place, the value beside it.
//!
//! A value stands there as it would in a cell, or written as JSON; what is too long for one cell is continued in the next row.

use domain::answers::parse_value;
use domain::limits::WORKBOOK_CELL_CHARS_MAX;
use serde_json::Value;

use super::address::Address;
use super::cell::{CellKind, Content};
use super::grid::Grid;
use super::number::{Seen, seen};
use super::places::Place;
use super::read::Reader;
use super::spot;
use super::tree::{NotPut, parts_of};

/// What the column of notations says of a value that is written as JSON.
pub(super) const JSON: &str = "JSON";
/// Characters of one part. A part is cut by characters, and programs count the longest ones twice.
const PART_CHARS: usize = WORKBOOK_CELL_CHARS_MAX / 2;

/// A value to write down here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RestRow {
    /// The place.
    pub(super) at: String,
    /// The part of it, from 1; 0 for the whole.
    pub(super) part: usize,
    /// JSON, or a part of it.
    pub(super) json: String,
}

/// The rows of a value.
pub(super) fn rows(at: &str, value: &Value) -> Vec<RestRow> {
    let json = ascii_where_needed(&value.to_string());
    let row = |part, json| RestRow { at: at.to_owned(), part, json };
    let characters: Vec<char> = json.chars().collect();
    if characters.len() <= PART_CHARS {
        return vec![row(0, json)];
    }
    // No part begins or ends with a space, which some programs would cut off.
    let mut parts = Vec::new();
    let mut left = &characters[..];
    while !left.is_empty() {
        let mut length = PART_CHARS.min(left.len());
        while length < left.len() && length > 1 && (left[length - 1].is_whitespace() || left[length].is_whitespace()) {
            length -= 1;
        }
        let (part, after) = left.split_at(length);
        parts.push(part.iter().collect::<String>());
        left = after;
    }
    parts.into_iter().zip(1..).map(|(json, part)| row(part, json)).collect()
}

/// JSON in which no character stands that a program might not keep.
fn ascii_where_needed(json: &str) -> String {
    let mut kept = String::with_capacity(json.len());
    for character in json.chars() {
        if character.is_control() || matches!(character, '\u{FFFE}' | '\u{FFFF}' | '\u{7F}') {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                kept.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            kept.push(character);
        }
    }
    kept
}

/// A value that is being put together.
struct Pending<'g> {
    at: String,
    place: Address,
    is_json: bool,
    parts: Vec<(usize, &'g Content)>,
}

/// Reads the worksheet and puts what stands on it into the answers.
pub(super) fn read(reader: &mut Reader<'_>, grid: &Grid) {
    let mut pending: Vec<Pending<'_>> = Vec::new();
    for (row, _) in grid.rows_from(spot::ROW) {
        let cell = |column| grid.cells.get(&Address::new(row, column));
        let value_at = Address::new(row, spot::REST_VALUE);
        let (at, value) = (grid.text(row, spot::REST_PLACE), cell(spot::REST_VALUE));
        let (at, value) = match (at, value) {
            (None, None) => continue,
            (Some(_), None) => {
                reader.wrong(grid, value_at, "place-without-value", "");
                continue;
            }
            (at, Some(value)) => (at.unwrap_or_default(), value),
        };
        if at.is_empty() || parts_of(at).is_none() {
            reader.wrong(grid, Address::new(row, spot::REST_PLACE), "place-malformed", "");
            continue;
        }
        let part = match cell(spot::REST_PART) {
            None => Some(0),
            Some(Content::Number(number)) => match seen(*number) {
                Some(Seen::Whole(part)) => usize::try_from(part).ok(),
                _ => None,
            },
            Some(Content::Text(text)) => text.trim().parse().ok(),
            Some(_) => None,
        };
        let Some(part) = part else {
            reader.wrong(grid, Address::new(row, spot::REST_PART), "place-parts", at);
            continue;
        };
        let is_json = grid.text(row, spot::REST_NOTATION).is_some_and(|word| word.eq_ignore_ascii_case(JSON));
        match pending.iter_mut().find(|known| known.at == at) {
            Some(known) => known.parts.push((part, value)),
            None => pending.push(Pending { at: at.to_owned(), place: value_at, is_json, parts: vec![(part, value)] }),
        }
    }
    for mut value in pending {
        value.parts.sort_by_key(|(part, _)| *part);
        take(reader, grid, &value);
    }
}

fn take(reader: &mut Reader<'_>, grid: &Grid, pending: &Pending<'_>) {
    let Pending { at, place, is_json, parts } = pending;
    reader.places.rest.insert(at.clone(), Place::new(&grid.name, *place));
    let value = match value_of(parts, *is_json) {
        Ok(value) => value,
        Err(code) => return reader.wrong(grid, *place, code, at),
    };
    match reader.put(at, value) {
        Ok(()) => {}
        Err(NotPut::Taken) => reader.wrong(grid, *place, "cell-contradicts", at),
        Err(NotPut::Gap | NotPut::NoIndex) => reader.wrong(grid, *place, "place-gap", at),
    }
}

fn value_of(parts: &[(usize, &Content)], is_json: bool) -> Result<Value, &'static str> {
    let is_in_turn = match parts {
        [(0 | 1, _)] => true,
        parts => parts.iter().zip(1..).all(|((part, _), turn)| *part == turn),
    };
    if !is_in_turn {
        return Err("place-parts");
    }
    if let ([(_, content)], false) = (parts, is_json) {
        return CellKind::open().read(content);
    }
    let mut text = String::new();
    for (_, content) in parts {
        match content {
            Content::Text(part) => text.push_str(part),
            // A program may have made a number or a yes of the JSON.
            Content::Number(number) if parts.len() == 1 => match seen(*number) {
                Some(Seen::Whole(whole)) => text.push_str(&whole.to_string()),
                _ => return Err("cell-not-json"),
            },
            Content::Flag(flag) if parts.len() == 1 => text.push_str(if *flag { "true" } else { "false" }),
            _ => return Err("place-parts"),
        }
    }
    if !is_json {
        return Ok(Value::String(text));
    }
    let mut reader = serde_json::Deserializer::from_str(&text);
    let value = parse_value(&mut reader).map_err(|_| "cell-not-json")?;
    reader.end().map_err(|_| "cell-not-json")?;
    Ok(value)
}
