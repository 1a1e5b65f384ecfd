//! Tables of cells as programs for spreadsheets read and write them: CSV (RFC 4180) in UTF-8, and workbooks.

use rust_xlsxwriter::{Format as CellFormat, Workbook};

/// What tells spreadsheets that a text is UTF-8.
const MARK: &str = "\u{feff}";
/// How wide a column of a workbook is, in characters.
const COLUMN_CHARS: f64 = 18.0;

/// Why bytes are no table of cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotCells {
    /// They are not in UTF-8.
    #[error("the table is not in UTF-8")]
    NotUtf8,
    /// A row cannot be read.
    #[error("row {0} of the table cannot be read")]
    Malformed(u64),
    /// There are too many rows.
    #[error("the table has more than {0} rows")]
    TooManyRows(usize),
    /// There are too many columns.
    #[error("the table has more than {0} columns")]
    TooManyColumns(usize),
}

/// The table as CSV with a mark. A cell that a spreadsheet would take for a formula is written with an apostrophe before it.
pub fn to_csv(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        let cells = row.iter().map(|cell| if begins_a_formula(cell) { format!("'{cell}") } else { cell.clone() });
        // Writing to memory cannot fail.
        let _ = writer.write_record(cells);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    [MARK.as_bytes(), &bytes].concat()
}

/// The rows of a CSV, each with the number that it has in a spreadsheet; rows with nothing in them are left out. Cells are trimmed.
pub fn of_csv(bytes: &[u8], rows_max: usize, columns_max: usize) -> Result<Vec<(u64, Vec<String>)>, NotCells> {
    let text = std::str::from_utf8(bytes).map_err(|_| NotCells::NotUtf8)?;
    let text = text.strip_prefix(MARK).unwrap_or(text);
    let first = text.lines().next().unwrap_or_default();
    // Some countries' spreadsheets separate by semicolons.
    let delimiter = if first.contains(';') && !first.contains(',') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut row = 0;
    for record in reader.records() {
        let record = record.map_err(|_| NotCells::Malformed(row + 1))?;
        let begins = record.position().and_then(|position| usize::try_from(position.byte()).ok());
        row += 1 + empty_lines(text.as_bytes(), begins.unwrap_or_default());
        if record.iter().all(str::is_empty) {
            continue;
        }
        if record.len() > columns_max {
            return Err(NotCells::TooManyColumns(columns_max));
        }
        if rows.len() == rows_max {
            return Err(NotCells::TooManyRows(rows_max));
        }
        rows.push((row, record.iter().map(without_apostrophe).collect()));
    }
    Ok(rows)
}

/// The table as a workbook with one sheet: every cell a text, so that no program turns a code into a number; the first row stays in sight.
pub fn to_workbook(name: &str, rows: &[Vec<String>]) -> Result<Vec<u8>, rust_xlsxwriter::XlsxError> {
    let mut workbook = Workbook::new();
    // The same table is the same bytes.
    let when = rust_xlsxwriter::ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&when));
    let text = CellFormat::new().set_num_format("@");
    let head = CellFormat::new().set_num_format("@").set_bold();
    let sheet = workbook.add_worksheet().set_name(name)?;
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    for column in 0..u16::try_from(columns).unwrap_or(u16::MAX) {
        sheet.set_column_width(column, COLUMN_CHARS)?;
        sheet.set_column_format(column, &text)?;
    }
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            sheet.write_string_with_format(row, column, cell, if row == 0 { &head } else { &text })?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    workbook.save_to_buffer()
}

/// What a spreadsheet calls a column, counted from 0: `A`, `Z`, `AA`.
pub fn column_name(column: usize) -> String {
    let mut name = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        left -= 1;
        name.push(b'A' + u8::try_from(left % 26).unwrap_or_default());
        left /= 26;
    }
    name.reverse();
    name.into_iter().map(char::from).collect()
}

/// How many empty lines stand at a place, which the reader passes over without a word.
fn empty_lines(text: &[u8], at: usize) -> u64 {
    let mut rest = text.get(at..).unwrap_or_default();
    // A line that ended there ended with both marks, and the reader has taken one.
    if at > 0 && text.get(at - 1) == Some(&b'\r') {
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
    let mut lines = 0;
    while let Some(behind) =
        rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).or_else(|| rest.strip_prefix(b"\r"))
    {
        rest = behind;
        lines += 1;
    }
    lines
}

fn begins_a_formula(cell: &str) -> bool {
    let behind = cell.trim_start_matches('\'');
    behind.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn without_apostrophe(cell: &str) -> String {
    let bare = cell.strip_prefix('\'').filter(|rest| begins_a_formula(rest));
    bare.unwrap_or(cell).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
    }

    #[test]
    fn a_table_is_read_as_it_was_written() {
        let table = rows(&[&["代码", "名称"], &["001", "北,方"], &["a", "第一\n行"], &["b", "\"引\""], &["c", ""]]);
        let read = of_csv(&to_csv(&table), 10, 10).unwrap();
        assert_eq!(read.iter().map(|(_, row)| row.clone()).collect::<Vec<_>>(), table);
        assert_eq!(read.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    }

    #[test]
    fn no_cell_becomes_a_formula_and_none_is_changed_by_that() {
        let table = rows(&[&["=1+1", "@x", "-5", "'=y", "'z", "+86"]]);
        let csv = String::from_utf8(to_csv(&table)).unwrap();
        assert_eq!(csv, "\u{feff}'=1+1,'@x,'-5,''=y,'z,'+86\r\n");
        assert_eq!(of_csv(csv.as_bytes(), 9, 9).unwrap()[0].1, table[0]);
    }

    #[test]
    fn what_is_no_table_is_told_apart() {
        assert_eq!(of_csv(&[0xC4, 0xE3, 0x2C], 9, 9), Err(NotCells::NotUtf8));
        assert_eq!(of_csv(b"a,b,c", 9, 2), Err(NotCells::TooManyColumns(2)));
        assert_eq!(of_csv(b"a\nb\nc", 2, 2), Err(NotCells::TooManyRows(2)));
        let read = of_csv(b"a;b\r\n\r\n 1 ; 2\r\n", 9, 9).unwrap();
        assert_eq!(read, [(1, vec!["a".to_owned(), "b".to_owned()]), (3, vec!["1".to_owned(), "2".to_owned()])]);
    }

    #[test]
    fn a_workbook_of_the_same_table_is_the_same_bytes() {
        let table = rows(&[&["代码"], &["001"]]);
        let workbook = to_workbook("机构", &table).unwrap();
        assert!(workbook.starts_with(b"PK"));
        assert_eq!(workbook, to_workbook("机构", &table).unwrap());
    }

    #[test]
    fn columns_are_called_as_spreadsheets_call_them() {
        let names = [0, 25, 26, 27, 51, 52, 701, 702].map(column_name);
        assert_eq!(names, ["A", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA"]);
    }
}
