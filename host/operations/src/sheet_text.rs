//! Tables for spreadsheets as text: CSV (RFC 4180) in UTF-8 with a mark.

/// What tells spreadsheets that the text is UTF-8.
pub(crate) const MARK: &str = "\u{feff}";

/// A text that no spreadsheet takes for a formula.
pub(crate) fn guarded(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{text}"),
        _ => text.to_owned(),
    }
}

/// Writes a line.
pub(crate) fn line(text: &mut String, cells: impl IntoIterator<Item = String>) {
    for (index, cell) in cells.into_iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        if cell.contains([',', '"', '\r', '\n']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&cell);
        }
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_keeps_its_commas_and_becomes_no_formula() {
        let mut text = String::new();
        line(&mut text, [guarded("=1+1"), "说“\"是\"”".to_owned(), "a,b".to_owned(), "-2".to_owned()]);
        assert_eq!(text, "'=1+1,\"说“\"\"是\"\"”\",\"a,b\",-2\r\n");
    }
}
