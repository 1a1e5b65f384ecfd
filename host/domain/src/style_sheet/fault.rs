//! What is wrong with a style sheet, and where.

use std::fmt;
use std::ops::RangeInclusive;

use super::parts::StyleParts;
use super::twentieths;
use crate::limits::{FONT_NAME_CHARS_MAX, LABEL_CHARS_MAX};

/// One thing that is wrong with a style sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StyleFault {
    /// Pointer to the place.
    pub at: &'static str,
    /// A stable code.
    pub code: &'static str,
    /// What the sentence of the code takes, by name.
    pub arguments: Vec<(&'static str, String)>,
}

/// Everything that is wrong with a style sheet.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct StyleFaults(pub Vec<StyleFault>);

impl fmt::Display for StyleFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = self.0.iter().map(|fault| format!("{} ({})", fault.at, fault.code));
        write!(f, "the style sheet does not fit together: {}", told.collect::<Vec<_>>().join(", "))
    }
}

/// A sheet of paper: from a postcard to A2.
const SHEET_MM: RangeInclusive<u16> = 90..=600;
/// A margin.
const MARGIN_MM: RangeInclusive<u16> = 5..=150;
/// What must be left of a sheet for text, either way.
const TEXT_MM_MIN: u16 = 60;
const CHARACTERS_PER_LINE: RangeInclusive<u16> = 10..=80;
const LINES_PER_PAGE: RangeInclusive<u16> = 10..=80;
const LINE_PITCH_TWENTIETHS: RangeInclusive<u16> = 160..=2_000;
/// From 4 to 100 points.
const HALF_POINTS: RangeInclusive<u16> = 8..=200;
const INDENT_CHARACTERS: RangeInclusive<u16> = 0..=20;

pub(super) fn faults(parts: &StyleParts) -> Vec<StyleFault> {
    let mut found = Found::default();
    let StyleParts { paper, grid, fonts, sizes, letterhead, signature, page_numbers: _, header, imprint } = parts;
    found.range("/paper/width_mm", paper.width_mm, &SHEET_MM);
    found.range("/paper/height_mm", paper.height_mm, &SHEET_MM);
    found.range("/paper/top_mm", paper.top_mm, &MARGIN_MM);
    found.range("/paper/bottom_mm", paper.bottom_mm, &MARGIN_MM);
    found.range("/paper/left_mm", paper.left_mm, &MARGIN_MM);
    found.range("/paper/right_mm", paper.right_mm, &MARGIN_MM);
    found.range("/grid/characters_per_line", grid.characters_per_line, &CHARACTERS_PER_LINE);
    found.range("/grid/lines_per_page", grid.lines_per_page, &LINES_PER_PAGE);
    if let Some(pitch) = grid.line_pitch_twentieths {
        found.range("/grid/line_pitch_twentieths", pitch, &LINE_PITCH_TWENTIETHS);
    }
    found.font("/fonts/letterhead", &fonts.letterhead);
    found.font("/fonts/title", &fonts.title);
    found.font("/fonts/body", &fonts.body);
    found.font("/fonts/heading_1", &fonts.heading_1);
    found.font("/fonts/heading_2", &fonts.heading_2);
    found.font("/fonts/heading_3", &fonts.heading_3);
    found.font("/fonts/table", &fonts.table);
    found.font("/fonts/page_number", &fonts.page_number);
    found.font("/fonts/latin", &fonts.latin);
    found.range("/sizes/letterhead_half_points", sizes.letterhead_half_points, &HALF_POINTS);
    found.range("/sizes/title_half_points", sizes.title_half_points, &HALF_POINTS);
    found.range("/sizes/body_half_points", sizes.body_half_points, &HALF_POINTS);
    found.range("/sizes/table_half_points", sizes.table_half_points, &HALF_POINTS);
    found.range("/sizes/note_half_points", sizes.note_half_points, &HALF_POINTS);
    found.range("/sizes/page_number_half_points", sizes.page_number_half_points, &HALF_POINTS);
    found.colour("/letterhead/colour", &letterhead.colour);
    found.pattern("/letterhead/number_pattern", &letterhead.number_pattern);
    found.line("/signature/seal_line", &signature.seal_line);
    found.range("/signature/indent_characters", signature.indent_characters, &INDENT_CHARACTERS);
    found.line("/header", header);
    found.line("/imprint", imprint);
    if found.0.is_empty() {
        found.together(parts);
    }
    found.0
}

#[derive(Default)]
struct Found(Vec<StyleFault>);

impl Found {
    fn add(&mut self, at: &'static str, code: &'static str, arguments: Vec<(&'static str, String)>) {
        self.0.push(StyleFault { at, code, arguments });
    }

    fn range(&mut self, at: &'static str, value: u16, range: &RangeInclusive<u16>) {
        if !range.contains(&value) {
            let bounds = vec![("least", range.start().to_string()), ("most", range.end().to_string())];
            self.add(at, "out-of-range", bounds);
        }
    }

    /// A font's name is letters, digits and a few marks: it is written into sheets of other languages, and must end nothing there.
    fn font(&mut self, at: &'static str, name: &str) {
        let length = name.chars().count();
        let is_name =
            name.chars().all(|character| character.is_alphanumeric() || matches!(character, ' ' | '-' | '_' | '.'));
        if !(1..=FONT_NAME_CHARS_MAX).contains(&length) || !is_name || name.trim() != name {
            self.add(at, "not-a-font-name", vec![("limit", FONT_NAME_CHARS_MAX.to_string())]);
        }
    }

    fn line(&mut self, at: &'static str, text: &str) {
        if text.chars().count() > LABEL_CHARS_MAX || text.chars().any(char::is_control) {
            self.add(at, "not-a-line", vec![("limit", LABEL_CHARS_MAX.to_string())]);
        }
    }

    fn colour(&mut self, at: &'static str, text: &str) {
        let digits = text.strip_prefix('#').unwrap_or_default();
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            self.add(at, "not-a-colour", Vec::new());
        }
    }

    /// Numbers must differ, so a pattern that is there has a place for the sequence, and no place for what is not known.
    fn pattern(&mut self, at: &'static str, pattern: &str) {
        self.line(at, pattern);
        let rest = pattern.replace("{year}", "").replace("{sequence}", "");
        let has_place = pattern.is_empty() || pattern.contains("{sequence}");
        if !has_place || rest.contains(['{', '}']) {
            self.add(at, "not-a-number-pattern", Vec::new());
        }
    }

    /// What each is right by itself and does not go together.
    fn together(&mut self, parts: &StyleParts) {
        let (paper, grid) = (&parts.paper, &parts.grid);
        let least = vec![("least", TEXT_MM_MIN.to_string())];
        if paper.width_mm < paper.left_mm + paper.right_mm + TEXT_MM_MIN {
            return self.add("/paper/width_mm", "no-room-for-text", least);
        }
        if paper.height_mm < paper.top_mm + paper.bottom_mm + TEXT_MM_MIN {
            return self.add("/paper/height_mm", "no-room-for-text", least);
        }
        let body = u32::from(parts.sizes.body_half_points) * 10;
        let width = twentieths(paper.width_mm - paper.left_mm - paper.right_mm);
        let height = twentieths(paper.height_mm - paper.top_mm - paper.bottom_mm);
        let character = width / u32::from(grid.characters_per_line);
        // A character may be pressed by a tenth and spread to the double.
        if character * 10 < body * 9 || character > body * 2 {
            self.add("/grid/characters_per_line", "grid-does-not-fit", Vec::new());
        }
        let line = grid.line_pitch_twentieths.map_or(height / u32::from(grid.lines_per_page), u32::from);
        if line < body {
            self.add("/grid/lines_per_page", "grid-does-not-fit", Vec::new());
        }
    }
}
