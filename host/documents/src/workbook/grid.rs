//! The worksheets of a workbook as cells with something in them.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Reader as _, SheetType, Xlsx, XlsxError};
use domain::limits::{WORKBOOK_CELLS_MAX, WORKBOOK_COLUMNS_MAX, WORKBOOK_ROWS_MAX, WORKBOOK_SHEETS_MAX};

use super::address::Address;
use super::archive;
use super::cell::Content;
use super::places::Place;
use super::problem::WorkbookRefused;

/// One worksheet.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// The name on its tab.
    pub(super) name: String,
    /// What stands in it; cells that look empty are left out.
    pub(super) cells: BTreeMap<Address, Content>,
    /// Cells that were merged: the first and the last of each.
    pub(super) merged: Vec<(Address, Address)>,
}

impl Grid {
    /// The words of a cell.
    pub(super) fn text(&self, row: u32, column: u16) -> Option<&str> {
        match self.cells.get(&Address::new(row, column)) {
            Some(Content::Text(text)) => Some(text.trim()),
            _ => None,
        }
    }

    /// The filled cells of the rows from one on, row by row.
    pub(super) fn rows_from(&self, first: u32) -> Vec<(u32, Vec<(u16, &Content)>)> {
        let mut rows: Vec<(u32, Vec<(u16, &Content)>)> = Vec::new();
        for (address, content) in self.cells.range(Address::new(first, 0)..) {
            match rows.last_mut() {
                Some((row, cells)) if *row == address.row => cells.push((address.column, content)),
                _ => rows.push((address.row, vec![(address.column, content)])),
            }
        }
        rows
    }
}

/// The worksheets of a file, in their order.
pub(super) fn grids(bytes: &[u8]) -> Result<Vec<Grid>, WorkbookRefused> {
    archive::examine(bytes)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(refused)?;
    let sheets = workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let names: Vec<String> = sheets.map(|sheet| sheet.name.clone()).collect();
    if names.len() > WORKBOOK_SHEETS_MAX {
        return Err(WorkbookRefused::TooManySheets);
    }
    let mut filled = 0;
    let mut grids = Vec::with_capacity(names.len());
    for name in names {
        let merged = workbook.merge_cells_by_sheet_name(&name).map_err(refused)?;
        let merged =
            merged.into_iter().filter_map(|cells| Some((address(cells.start)?, address(cells.end)?))).collect();
        let cells = cells(&mut workbook, &name, &mut filled)?;
        grids.push(Grid { name, cells, merged });
    }
    Ok(grids)
}

fn cells(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &str,
    filled: &mut usize,
) -> Result<BTreeMap<Address, Content>, WorkbookRefused> {
    let mut cells = BTreeMap::new();
    let mut reader = workbook.worksheet_cells_reader(sheet).map_err(refused)?;
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(refused)? {
        let Some(content) = content(cell.value, cell.formula.is_some()) else { continue };
        if content.is_blank() {
            continue;
        }
        let (row, column) = cell.pos;
        let at = u16::try_from(column).ok().filter(|_| row < WORKBOOK_ROWS_MAX && column < WORKBOOK_COLUMNS_MAX);
        let Some(column) = at else {
            let far = Address::new(row, u16::try_from(column).unwrap_or(u16::MAX));
            return Err(WorkbookRefused::FarOutside(Place::new(sheet, far)));
        };
        *filled += 1;
        if *filled > WORKBOOK_CELLS_MAX {
            return Err(WorkbookRefused::TooManyCells);
        }
        cells.insert(Address::new(row, column), content);
    }
    Ok(cells)
}

fn address((row, column): (u32, u32)) -> Option<Address> {
    Some(Address::new(row, u16::try_from(column).ok()?))
}

/// What stands in a cell; none where nothing does. A formula is what it came to, as people see it.
fn content(value: DataRef<'_>, is_formula: bool) -> Option<Content> {
    Some(match value {
        DataRef::Int(number) =>
        {
            #[expect(clippy::cast_precision_loss, reason = "what is not exact is refused later")]
            Content::Number(number as f64)
        }
        DataRef::Float(number) => Content::Number(number),
        DataRef::String(text) => Content::Text(text),
        DataRef::SharedString(text) => Content::Text(text.to_owned()),
        DataRef::Bool(flag) => Content::Flag(flag),
        DataRef::DateTime(moment) => {
            let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
            let is_day =
                moment.is_datetime() && moment.as_f64() >= 1.0 && (hour, minute, second, milli) == (0, 0, 0, 0);
            if is_day { Content::Day(format!("{year:04}-{month:02}-{day:02}")) } else { Content::Time }
        }
        DataRef::DateTimeIso(text) => match text.split_once('T') {
            None if text.len() == 10 => Content::Day(text),
            Some((day, "00:00:00" | "00:00:00Z")) if day.len() == 10 => Content::Day(day.to_owned()),
            _ => Content::Time,
        },
        DataRef::DurationIso(_) => Content::Time,
        DataRef::Error(_) => Content::Error,
        DataRef::Empty if is_formula => Content::Unfinished,
        DataRef::Empty => return None,
    })
}

fn refused(error: XlsxError) -> WorkbookRefused {
    match error {
        XlsxError::Password => WorkbookRefused::OldOrLocked,
        XlsxError::FileNotFound(_) => WorkbookRefused::NotAWorkbook,
        error => WorkbookRefused::Damaged(error.to_string()),
    }
}
