//! A document as a workbook: every table and every chart's numbers on a worksheet of their own, behind a contents sheet and before a sheet of origins.
//!
//! Numbers stay numbers, words stay words (a word is never written as a formula), and a total is a formula where its rows add up to it
//! exactly, with the number that the document states as its result.

mod contents;
mod look;
mod picture;
mod table;
mod totals;

use domain::limits::{REPORT_SHEETS_MAX, WORKBOOK_COLUMNS_MAX};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use self::look::Look;
use crate::check::BlockProblem;
use crate::content::{Content, Figure, Grid, Piece};
use crate::sheet_names::Names;
use crate::words::say;
use crate::{Origin, RenderError};

/// A line of the contents sheet.
enum Entry<'c> {
    /// A heading or an annex, as far in as its level says.
    Heading(u8, &'c str),
    /// A worksheet by its name, with what it shows.
    Sheet(String, &'c str),
}

/// What stands on a worksheet.
enum Shown<'c> {
    Table(&'c Grid),
    Figure(&'c Figure),
}

impl<'c> Shown<'c> {
    fn caption(&self) -> &'c str {
        match self {
            Self::Table(grid) => &grid.caption,
            Self::Figure(figure) => &figure.chart.caption,
        }
    }

    fn grid(&self) -> &'c Grid {
        match self {
            Self::Table(grid) => grid,
            Self::Figure(figure) => &figure.grid,
        }
    }
}

/// The whole workbook. Equal input gives equal bytes.
pub(crate) fn workbook(content: &Content, origins: &[Origin]) -> Result<Vec<u8>, RenderError> {
    let (entries, shown) = laid_out(content)?;
    let look = Look::new();
    let mut sheets = vec![contents::sheet(content, &entries, &look)?];
    for (name, shown) in &shown {
        let mut sheet = table::sheet(name, shown.caption(), shown.grid(), content, &look)?;
        if let Shown::Figure(figure) = shown {
            picture::insert(&mut sheet, name, figure)?;
        }
        sheets.push(sheet);
    }
    sheets.push(contents::origins(content, origins, &look)?);
    Ok(written(content, sheets)?)
}

/// Which worksheets there will be, and what the contents sheet says of them.
fn laid_out(content: &Content) -> Result<(Vec<Entry<'_>>, Vec<(String, Shown<'_>)>), RenderError> {
    let mut names = Names::default();
    // The two sheets of the house take their names first: links of the contents lead to the others.
    names.give(&say(content.language, "sheets-contents", &[]));
    names.give(&say(content.language, "sheets-origins", &[]));
    let (mut entries, mut all) = (Vec::new(), Vec::new());
    for (block, piece) in content.pieces.iter().enumerate() {
        let shown = match piece {
            Piece::Heading { level, text } => {
                entries.push(Entry::Heading(*level, text));
                continue;
            }
            Piece::Annex(text) => {
                entries.push(Entry::Heading(1, text));
                continue;
            }
            Piece::Table(grid) => Shown::Table(grid),
            Piece::Chart(figure) => Shown::Figure(figure),
            _ => continue,
        };
        let problem = |problem| RenderError::Block { index: block, problem };
        if u32::try_from(shown.grid().heads.len()).is_ok_and(|columns| columns > WORKBOOK_COLUMNS_MAX) {
            return Err(problem(BlockProblem::TooManyColumns(shown.grid().heads.len())));
        }
        if all.len() == REPORT_SHEETS_MAX {
            return Err(problem(BlockProblem::TooManySheets));
        }
        let name = names.give(&wished_name(&shown, content));
        entries.push(Entry::Sheet(name.clone(), shown.caption()));
        all.push((name, shown));
    }
    Ok((entries, all))
}

/// The caption, or what it is where it has none.
fn wished_name(shown: &Shown<'_>, content: &Content) -> String {
    match shown.caption() {
        "" => say(content.language, "sheets-unnamed", &[]),
        caption => caption.to_owned(),
    }
}

fn written(content: &Content, sheets: Vec<Worksheet>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // A file says when it was made; this one says nothing, so that it is the same each time.
    let when = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new().set_title(clipped(&content.title, PROPERTY_CHARS_MAX));
    let properties = properties.set_author(clipped(&content.federation, PROPERTY_CHARS_MAX));
    workbook.set_properties(&properties.set_creation_datetime(&when));
    for sheet in sheets {
        workbook.push_worksheet(sheet);
    }
    workbook.save_to_buffer()
}

/// Characters of a property that programs take.
const PROPERTY_CHARS_MAX: usize = 255;

/// The text as far as it fits, with a mark where it was cut; programs count the longest characters twice.
fn clipped(text: &str, chars_max: usize) -> String {
    if text.encode_utf16().count() <= chars_max {
        return text.to_owned();
    }
    let mut length = 1;
    let kept = text.chars().take_while(|character| {
        length += character.len_utf16();
        length <= chars_max
    });
    kept.chain(['…']).collect()
}
