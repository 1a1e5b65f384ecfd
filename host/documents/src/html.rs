//! A document as one HTML page that needs nothing beside it. The page runs no script; its policy forbids it to.

use askama::Template;
use domain::document::Alignment;

use crate::content::{Content, Figure, Grid, Lines, Piece};
use crate::markdown::with_colon;
use crate::words::say;
use crate::{RenderError, chart};

/// Rows from which on a table is set closer on paper.
const LONG_ROWS_MIN: usize = 40;

/// The page; its structure stands in the template.
#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    content: &'a Content,
    /// One per piece; empty where a piece is no chart or has nothing to draw.
    drawings: Vec<String>,
}

/// The whole page.
pub(crate) fn page(content: &Content) -> Result<String, RenderError> {
    let mut drawings = Vec::with_capacity(content.pieces.len());
    for piece in &content.pieces {
        drawings.push(match piece {
            Piece::Chart(figure) => drawing(figure)?,
            _ => String::new(),
        });
    }
    Page { content, drawings }.render().map_err(RenderError::Template)
}

fn drawing(figure: &Figure) -> Result<String, RenderError> {
    let svg = chart::draw(&figure.chart).map_err(|source| RenderError::Drawing { index: figure.block, source })?;
    Ok(svg.unwrap_or_default())
}

impl Page<'_> {
    /// An official paper has a letterhead, and looks like one.
    fn look(&self) -> &'static str {
        let official = self.content.pieces.iter().any(|piece| matches!(piece, Piece::Letterhead { .. }));
        if official { "official" } else { "plain" }
    }

    fn has_title(&self) -> bool {
        self.content.pieces.iter().any(|piece| matches!(piece, Piece::Title(_)))
    }

    fn word(&self, key: &str) -> String {
        say(self.content.language, key, &[])
    }

    fn addressee(&self, addressee: &str) -> String {
        with_colon(addressee, self.content.language)
    }

    fn table_note(&self, note: &str) -> String {
        say(self.content.language, "table-note", &[("note", note)])
    }

    fn absent(&self, alternative: &str) -> String {
        say(self.content.language, "image-absent", &[("alternative", alternative)])
    }

    /// The caption with the unit of its numbers.
    fn captioned(&self, figure: &Figure) -> String {
        figure.captioned(self.content.language)
    }
}

impl Lines {
    /// The class of the paragraph.
    fn class(&self) -> &'static str {
        match (self.alignment, self.indented) {
            (Alignment::Center, _) => "center",
            (Alignment::End, _) => "end",
            (Alignment::Start, true) => "indented",
            (Alignment::Start, false) => "start",
        }
    }
}

impl Grid {
    /// The class of the table's frame.
    fn class(&self) -> &'static str {
        match (self.is_wide(), self.rows.len()) {
            (true, LONG_ROWS_MIN..) => "frame wide long",
            (true, _) => "frame wide",
            (false, LONG_ROWS_MIN..) => "frame long",
            (false, _) if self.is_short() => "frame short",
            (false, _) => "frame",
        }
    }
}
