//! Addresses of cells, as people read them: `C7`.

use std::fmt;

/// A cell, row and column from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Address {
    pub(crate) row: u32,
    pub(crate) column: u16,
}

impl Address {
    pub(crate) const fn new(row: u32, column: u16) -> Self {
        Self { row, column }
    }

    /// The cell that a text such as `C7` or `$C$7` names.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let plain: String = text.chars().filter(|character| *character != '$').collect();
        let digits = plain.find(|character: char| character.is_ascii_digit())?;
        let (letters, row) = plain.split_at(digits);
        if letters.is_empty() || letters.len() > 3 || row.len() > 7 || !row.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let column = letters.bytes().try_fold(0_u32, |column, letter| {
            let letter = letter.to_ascii_uppercase();
            letter.is_ascii_uppercase().then(|| column * 26 + u32::from(letter - b'A') + 1)
        })?;
        let row: u32 = row.parse().ok()?;
        Some(Self { row: row.checked_sub(1)?, column: u16::try_from(column.checked_sub(1)?).ok()? })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = Vec::new();
        let mut rest = u32::from(self.column) + 1;
        while rest > 0 {
            let letter = u8::try_from((rest - 1) % 26).unwrap_or_default();
            letters.push(b'A' + letter);
            rest = (rest - 1) / 26;
        }
        for letter in letters.iter().rev() {
            write!(f, "{}", char::from(*letter))?;
        }
        write!(f, "{}", self.row + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_written_and_read_as_spreadsheets_do() {
        for (row, column, text) in
            [(0, 0, "A1"), (6, 2, "C7"), (0, 25, "Z1"), (0, 26, "AA1"), (1_048_575, 16_383, "XFD1048576")]
        {
            let address = Address::new(row, column);
            assert_eq!(address.to_string(), text);
            assert_eq!(Address::parse(text), Some(address));
        }
        assert_eq!(Address::parse("$c$7"), Some(Address::new(6, 2)));
        for text in ["", "C", "7", "C0", "ABCD1", "C7x", "件7", "A12345678"] {
            assert_eq!(Address::parse(text), None, "{text}");
        }
    }
}
