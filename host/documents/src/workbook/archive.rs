//! The archive that a workbook is, looked through before anything reads it.
//!
//! The library that reads worksheets bounds nothing by itself: it unpacks whatever a file says, and it trusts a number in the table of
//! texts with memory. So every file of the archive is unpacked here once, counted, and thrown away.

use std::io::{Cursor, Read as _};

use domain::limits::{WORKBOOK_ENTRIES_MAX, WORKBOOK_UNPACKED_BYTES_MAX};
use zip::ZipArchive;
use zip::result::ZipError;

use super::problem::WorkbookRefused;

/// What every archive begins with.
const ARCHIVE: &[u8] = b"PK\x03\x04";
/// What workbooks of the old format begin with, and those that are locked with a password.
const OLD: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];

/// Unpacks everything once.
pub(super) fn examine(bytes: &[u8]) -> Result<(), WorkbookRefused> {
    if bytes.starts_with(OLD) {
        return Err(WorkbookRefused::OldOrLocked);
    }
    if !bytes.starts_with(ARCHIVE) {
        return Err(WorkbookRefused::NotAWorkbook);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > WORKBOOK_ENTRIES_MAX {
        return Err(WorkbookRefused::TooLarge);
    }
    let is_types = |name: &str| name.eq_ignore_ascii_case("[Content_Types].xml");
    if !archive.file_names().any(|name| name.is_ok_and(|name| is_types(&name))) {
        return Err(WorkbookRefused::NotAWorkbook);
    }
    let mut left = WORKBOOK_UNPACKED_BYTES_MAX;
    let mut unpacked = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(damaged)?;
        // What an entry says of its own size is only good for refusing it.
        if entry.size() > left {
            return Err(WorkbookRefused::TooLarge);
        }
        let name = entry.name().map_err(damaged)?.to_ascii_lowercase();
        unpacked.clear();
        entry.take(left + 1).read_to_end(&mut unpacked).map_err(|error| WorkbookRefused::Damaged(error.to_string()))?;
        left = left.checked_sub(unpacked.len() as u64).ok_or(WorkbookRefused::TooLarge)?;
        if [".xml", ".rels"].iter().any(|end| name.ends_with(end)) {
            examine_text(&unpacked)?;
        }
    }
    Ok(())
}

fn damaged(error: ZipError) -> WorkbookRefused {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => WorkbookRefused::OldOrLocked,
        error => WorkbookRefused::Damaged(error.to_string()),
    }
}

/// Spreadsheet programs write UTF-8, and nothing else is read: another encoding could hide from the next look what the reader sees.
fn examine_text(bytes: &[u8]) -> Result<(), WorkbookRefused> {
    let refused = |why: &str| Err(WorkbookRefused::Damaged(why.to_owned()));
    let Ok(text) = std::str::from_utf8(bytes) else { return refused("a text is not UTF-8") };
    let head = text.split_once("?>").map_or("", |(head, _)| head);
    if let Some((_, encoding)) = head.split_once("encoding") {
        let named = encoding.trim_start_matches(['=', ' ', '\t', '\r', '\n', '"', '\'']);
        if !named.get(..5).is_some_and(|named| named.eq_ignore_ascii_case("utf-8")) {
            return refused("a text is not UTF-8");
        }
    }
    // Room is made for so many texts at once; no text takes fewer bytes than one.
    for (at, counted) in text.match_indices("uniqueCount") {
        let after = text[at + counted.len()..].trim_start().strip_prefix('=').unwrap_or_default().trim_start();
        let digits = after.strip_prefix(['"', '\'']).unwrap_or_default();
        let length = digits.find(|character: char| !character.is_ascii_digit()).unwrap_or(digits.len());
        if length > 0 && digits[..length].parse::<usize>().map_or(true, |count| count > bytes.len()) {
            return refused("the table of texts does not hold what it counts");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in [("[Content_Types].xml", &b"<Types/>"[..])].iter().chain(entries) {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn what_is_no_workbook_is_told_apart() {
        assert_eq!(examine(b"name,count\n"), Err(WorkbookRefused::NotAWorkbook));
        assert_eq!(examine(b""), Err(WorkbookRefused::NotAWorkbook));
        assert_eq!(examine(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1]), Err(WorkbookRefused::OldOrLocked));
        assert!(matches!(examine(b"PK\x03\x04 and then nothing"), Err(WorkbookRefused::Damaged(_))));
        assert_eq!(examine(&archive(&[])), Ok(()));
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused_whatever_it_says_of_itself() {
        let megabyte = vec![b' '; 1024 * 1024];
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file("[Content_Types].xml", SimpleFileOptions::default()).unwrap();
        writer.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).unwrap();
        for _ in 0..60 {
            writer.write_all(&megabyte).unwrap();
        }
        let mut bomb = writer.finish().unwrap().into_inner();
        assert!(bomb.len() < 200_000);
        assert_eq!(examine(&bomb), Err(WorkbookRefused::TooLarge));
        // The same with a lie about its size, in both places where the archive tells it.
        let honest = (60 * 1024 * 1024_u32).to_le_bytes();
        let places: Vec<usize> =
            bomb.windows(4).enumerate().filter(|(_, window)| *window == honest).map(|(at, _)| at).collect();
        assert!(!places.is_empty());
        for at in places {
            bomb[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
        }
        assert!(examine(&bomb).is_err());
        let many: Vec<(String, &[u8])> = (0..2_001).map(|index| (format!("{index}"), &b""[..])).collect();
        let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
        assert_eq!(examine(&archive(&many)), Err(WorkbookRefused::TooLarge));
    }

    #[test]
    fn a_number_that_would_take_all_memory_is_refused_before_anybody_believes_it() {
        let refused = |text: &str| examine(&archive(&[("xl/sharedStrings.xml", text.as_bytes())])).is_err();
        assert!(!refused(r#"<sst uniqueCount="1"><si/></sst>"#));
        assert!(refused(r#"<sst uniqueCount="1000000000000"><si/></sst>"#));
        assert!(refused("<sst uniqueCount\n=\t'99999999999999999999999999'><si/></sst>"));
        assert!(!refused(r#"<?xml version="1.0" encoding="utf-8"?><sst/>"#));
        assert!(refused(r#"<?xml version="1.0" encoding="ISO-2022-JP"?><sst/>"#));
        let utf16: Vec<u8> = "<sst/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(examine(&archive(&[("xl/a.xml", &[&[0xFF, 0xFE][..], &utf16].concat())])).is_err());
    }
}
