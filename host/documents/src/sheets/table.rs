//! A worksheet with one table: its caption, its heads, which stay in sight, and its rows.

use domain::limits::WORKBOOK_CELL_CHARS_MAX;
use rust_xlsxwriter::{Format, Formula, IgnoreError, Worksheet, XlsxError};

use super::clipped;
use super::look::Look;
use super::totals::{Sum, Totals};
use crate::cells::column_name;
use crate::content::{Content, Grid, Row};
use crate::words::say;

/// Where the heads stand, below the caption.
const HEADS_AT: u32 = 1;
/// Where the first row stands.
pub(super) const ROWS_AT: u32 = 2;
/// A4.
const PAPER: u8 = 9;
/// Characters across a page that stands upright.
const UPRIGHT_CHARS: usize = 90;
/// How high the heads are, in points: two lines.
const HEADS_HEIGHT: u32 = 36;
/// A head that is wider than so many characters is broken into lines.
const HEAD_CHARS: usize = 16;
/// How narrow and how wide a column may be, in characters.
const WIDTHS: std::ops::RangeInclusive<usize> = 6..=46;
/// Rows that are looked at for the width of a column.
const MEASURED_ROWS: usize = 500;
/// Whole numbers up to it are exact in a spreadsheet, which counts in binary fractions.
const EXACT_MAX: i128 = 1 << 53;
/// Characters that a page's header holds.
const HEADER_CHARS_MAX: usize = 200;

/// The worksheet of a table.
pub(super) fn sheet(
    name: &str,
    caption: &str,
    grid: &Grid,
    content: &Content,
    look: &Look,
) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name)?;
    sheet.write_string_with_format(0, 0, clipped(caption, WORKBOOK_CELL_CHARS_MAX), &look.caption)?;
    for (column, head) in (0_u16..).zip(&grid.heads) {
        sheet.write_string_with_format(HEADS_AT, column, clipped(&head.text, WORKBOOK_CELL_CHARS_MAX), &look.head)?;
    }
    sheet.set_row_height(HEADS_AT, HEADS_HEIGHT)?;
    rows(&mut sheet, grid, look)?;
    if grid.rows.is_empty() {
        sheet.write_string_with_format(ROWS_AT, 0, say(content.language, "no-rows", &[]), &look.words)?;
    }
    let below = ROWS_AT + count(grid.rows.len().max(1));
    if !grid.note.is_empty() {
        let note = say(content.language, "table-note", &[("note", &grid.note)]);
        sheet.write_string_with_format(below, 0, clipped(&note, WORKBOOK_CELL_CHARS_MAX), &look.note)?;
    }
    arranged(&mut sheet, grid)?;
    printed(&mut sheet, caption, grid, content)?;
    Ok(sheet)
}

fn rows(sheet: &mut Worksheet, grid: &Grid, look: &Look) -> Result<(), XlsxError> {
    let totals = Totals::of(grid);
    let numbers: Vec<[Format; 2]> = grid
        .heads
        .iter()
        .map(|head| [false, true].map(|strong| Look::numbers(head.decimals, !head.unit.is_empty(), strong)))
        .collect();
    for (index, row) in grid.rows.iter().enumerate() {
        for (column, cell) in row.cells.iter().enumerate() {
            let (at, across) = (ROWS_AT + count(index), column_at(column));
            let words = if row.strong { &look.words_strong } else { &look.words };
            let format = if grid.heads[column].is_number { &numbers[column][usize::from(row.strong)] } else { words };
            match number(grid, row, column) {
                Some(value) => match totals.at(index, column) {
                    Some(sum) => {
                        let formula = Formula::new(formula(&sum, index, column)).set_result(cell.as_str());
                        sheet.write_formula_with_format(at, across, formula, format)?;
                    }
                    None => {
                        sheet.write_number_with_format(at, across, value, format)?;
                    }
                },
                None if cell.is_empty() => {
                    sheet.write_blank(at, across, format)?;
                }
                None => {
                    sheet.write_string_with_format(at, across, clipped(cell, WORKBOOK_CELL_CHARS_MAX), format)?;
                }
            }
        }
    }
    Ok(())
}

/// The cell as a number, where a spreadsheet holds it exactly as it is written.
fn number(grid: &Grid, row: &Row, column: usize) -> Option<f64> {
    if !grid.heads[column].is_number {
        return None;
    }
    let cell = &row.cells[column];
    let digits: i128 = cell.chars().filter(|character| *character != '.').collect::<String>().parse().ok()?;
    if digits.abs() <= EXACT_MAX { cell.parse().ok() } else { None }
}

fn formula(sum: &Sum, row: usize, column: usize) -> String {
    let cell = |row: usize, column: usize| format!("{}{}", column_name(column), ROWS_AT + count(row) + 1);
    match sum {
        Sum::Rows(rows) => format!("=SUM({}:{})", cell(*rows.start(), column), cell(*rows.end(), column)),
        Sum::Columns(columns) => format!("=SUM({}:{})", cell(row, *columns.start()), cell(row, *columns.end())),
        Sum::Subtotals(rows) => {
            let cells: Vec<String> = rows.iter().map(|row| cell(*row, column)).collect();
            format!("={}", cells.join("+"))
        }
    }
}

/// Widths, what stays in sight, and the filter of the rows that are no totals.
fn arranged(sheet: &mut Worksheet, grid: &Grid) -> Result<(), XlsxError> {
    for (column, width) in (0_u16..).zip(widths(grid)) {
        sheet.set_column_width(column, u32::try_from(width).unwrap_or(u32::MAX))?;
    }
    let naming = grid.heads.iter().position(|head| head.names_rows).filter(|column| *column < 3);
    sheet.set_freeze_panes(ROWS_AT, naming.map_or(0, |column| column_at(column) + 1))?;
    if grid.heads.is_empty() {
        return Ok(());
    }
    let last_column = column_at(grid.heads.len() - 1);
    let totals = grid.rows.iter().rev().take_while(|row| row.strong).count();
    let listed = count(grid.rows.len() - totals);
    if listed >= 2 {
        sheet.autofilter(HEADS_AT, 0, ROWS_AT + listed - 1, last_column)?;
    }
    if !grid.rows.is_empty() {
        // Codes that look like numbers are words on purpose.
        let last_row = ROWS_AT + count(grid.rows.len()) - 1;
        sheet.ignore_error_range(ROWS_AT, 0, last_row, last_column, IgnoreError::NumberStoredAsText)?;
    }
    Ok(())
}

/// A4, as wide as a page, with the heads on every page and the pages counted.
fn printed(sheet: &mut Worksheet, caption: &str, grid: &Grid, content: &Content) -> Result<(), XlsxError> {
    sheet.set_paper_size(PAPER).set_print_fit_to_pages(1, 0);
    if widths(grid).iter().sum::<usize>() > UPRIGHT_CHARS {
        sheet.set_landscape();
    }
    sheet.set_repeat_rows(0, HEADS_AT)?;
    let literal = |text: &str| clipped(text, HEADER_CHARS_MAX / 2).replace('&', "&&");
    let title = if content.title == caption { String::new() } else { literal(&content.title) };
    sheet.set_header(format!("&L{}&R{title}", literal(&content.federation)));
    sheet.set_footer(format!("&C{}", say(content.language, "page-of-pages", &[("page", "&P"), ("pages", "&N")])));
    Ok(())
}

/// By column, in characters of the Latin alphabet; Chinese ones count twice.
fn widths(grid: &Grid) -> Vec<usize> {
    let wide = |text: &str| text.chars().map(|character| if character.is_ascii() { 1 } else { 2 }).sum::<usize>() + 2;
    let widest = |column: usize| {
        let cells = grid.rows.iter().take(MEASURED_ROWS).map(|row| wide(&row.cells[column]));
        let head = wide(&grid.heads[column].text);
        cells.fold(head.min(HEAD_CHARS.max(head.div_ceil(2) + 2)), usize::max)
    };
    (0..grid.heads.len()).map(|column| widest(column).clamp(*WIDTHS.start(), *WIDTHS.end())).collect()
}

fn count(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}

pub(super) fn column_at(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}
