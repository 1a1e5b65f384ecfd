//! The first sheet, which leads to the others, and the last one, which says where everything came from.

use domain::limits::WORKBOOK_CELL_CHARS_MAX;
use rust_xlsxwriter::{Url, Worksheet, XlsxError};

use super::look::Look;
use super::{Entry, clipped};
use crate::Origin;
use crate::content::{Content, Piece};
use crate::words::say;

/// How wide the contents are, in characters.
const CONTENTS_CHARS: u32 = 80;
/// How wide names and values of origins are.
const ORIGIN_CHARS: [u32; 2] = [32, 76];
/// How far in a heading stands at most.
const DEPTH_MAX: u8 = 4;

/// The contents: the title, the headings as they follow each other, and below each its tables.
pub(super) fn sheet(content: &Content, entries: &[Entry<'_>], look: &Look) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(say(content.language, "sheets-contents", &[]))?;
    sheet.set_column_width(0, CONTENTS_CHARS)?;
    let title =
        content.pieces.iter().find_map(|piece| if let Piece::Title(title) = piece { Some(title) } else { None });
    sheet.write_string_with_format(0, 0, fitting(title.unwrap_or(&content.title)), &look.title)?;
    let mut row = 2;
    for entry in entries {
        match entry {
            Entry::Heading(level, text) => {
                let format = look.heading.clone().set_indent((*level).clamp(1, DEPTH_MAX) - 1);
                sheet.write_string_with_format(row, 0, fitting(text), &format)?;
            }
            Entry::Sheet(name, caption) => {
                let text = if caption.is_empty() { name.as_str() } else { caption };
                let link = Url::new(format!("internal:'{}'!A1", name.replace('\'', "''"))).set_text(fitting(text));
                sheet.write_url_with_format(row, 0, link, &look.link.clone().set_indent(DEPTH_MAX))?;
            }
        }
        row += 1;
    }
    if entries.is_empty() {
        sheet.write_string_with_format(row, 0, say(content.language, "sheets-no-tables", &[]), &look.note)?;
    }
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(sheet)
}

/// Where the document came from, line by line.
pub(super) fn origins(content: &Content, origins: &[Origin], look: &Look) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(say(content.language, "sheets-origins", &[]))?;
    for (column, width) in (0_u16..).zip(ORIGIN_CHARS) {
        sheet.set_column_width(column, width)?;
    }
    let own = [
        ("sheets-origin-document", &content.title),
        ("sheets-origin-federation", &content.federation),
        ("sheets-origin-line", &content.provenance),
    ];
    let own = own.map(|(key, value)| (say(content.language, key, &[]), value.clone()));
    let given = origins.iter().map(|origin| (origin.what.clone(), origin.value.clone()));
    let lines = own.into_iter().chain(given).filter(|(_, value)| !value.is_empty());
    for (row, (what, value)) in (0_u32..).zip(lines) {
        sheet.write_string_with_format(row, 0, fitting(&crate::plain::plain(&what)), &look.head)?;
        sheet.write_string_with_format(row, 1, fitting(&crate::plain::plain(&value)), &look.words)?;
    }
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(sheet)
}

fn fitting(text: &str) -> String {
    clipped(text, WORKBOOK_CELL_CHARS_MAX)
}
