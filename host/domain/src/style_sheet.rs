//! A federation's style sheet: how its documents look in every format that has pages, whoever composed them.
//!
//! What the federation leaves out has the shape of GB/T 9704-2012 (党政机关公文格式). Where people who follow that standard disagree
//! (line pitch, bottom margin, what stands for the fonts that are not free) it is a part of the sheet.

mod fault;
mod parts;

use serde::{Deserialize, Serialize};

pub use fault::{StyleFault, StyleFaults};
pub use parts::{
    Fonts, Grid, LetterheadStyle, PageNumberForm, PageNumberPlace, PageNumbers, Paper, SignatureStyle, Sizes,
    StyleParts,
};

use crate::digest::Digest;

/// Millimetres as twentieths of a point, which is what pages are measured in: 25.4 mm are 1,440.
pub const fn twentieths(millimetres: u16) -> u32 {
    (millimetres as u32 * 14_400 + 127) / 254
}

/// A style sheet whose parts fit together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "StyleParts", into = "StyleParts")]
pub struct StyleSheet(StyleParts);

impl StyleSheet {
    /// Its parts.
    pub const fn parts(&self) -> &StyleParts {
        &self.0
    }

    /// How wide the text is, in twentieths of a point.
    pub const fn text_width(&self) -> u32 {
        let paper = &self.0.paper;
        twentieths(paper.width_mm) - twentieths(paper.left_mm) - twentieths(paper.right_mm)
    }

    /// How high the text is, in twentieths of a point.
    pub const fn text_height(&self) -> u32 {
        let paper = &self.0.paper;
        twentieths(paper.height_mm) - twentieths(paper.top_mm) - twentieths(paper.bottom_mm)
    }

    /// From one line of the body to the next, in twentieths of a point: as it is said, or so that a page holds its lines.
    pub const fn line_pitch(&self) -> u32 {
        match self.0.grid.line_pitch_twentieths {
            Some(pitch) => pitch as u32,
            None => self.text_height() / self.0.grid.lines_per_page as u32,
        }
    }

    /// From one character of the body to the next, in twentieths of a point, so that a line holds its characters.
    pub const fn character_pitch(&self) -> u32 {
        self.text_width() / self.0.grid.characters_per_line as u32
    }

    /// The document number for a year; where no number was given out yet, with room to write it by hand. None without a pattern.
    pub fn document_number(&self, year: i16, sequence: Option<u32>) -> Option<String> {
        let pattern = Some(self.0.letterhead.number_pattern.as_str()).filter(|pattern| !pattern.is_empty())?;
        let sequence = sequence.map_or_else(|| "\u{3000}\u{3000}".to_owned(), |sequence| sequence.to_string());
        Some(pattern.replace("{year}", &year.to_string()).replace("{sequence}", &sequence))
    }

    /// The digest of everything that the sheet says: equal sheets make equal documents.
    pub fn digest(&self) -> Digest {
        // A sheet is made of texts and small numbers, which JSON always holds.
        Digest::of(&serde_json::to_vec(&self.0).unwrap_or_default())
    }
}

impl TryFrom<StyleParts> for StyleSheet {
    type Error = StyleFaults;

    fn try_from(parts: StyleParts) -> Result<Self, StyleFaults> {
        let faults = fault::faults(&parts);
        if faults.is_empty() { Ok(Self(parts)) } else { Err(StyleFaults(faults)) }
    }
}

impl From<StyleSheet> for StyleParts {
    fn from(sheet: StyleSheet) -> Self {
        sheet.0
    }
}
