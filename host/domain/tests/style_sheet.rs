//! A style sheet is either one by which every document can be laid out, or it is refused with the place of every fault.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use domain::style_sheet::{StyleParts, StyleSheet};

fn faults(change: impl FnOnce(&mut StyleParts)) -> Vec<(&'static str, &'static str)> {
    let mut parts = StyleParts::default();
    change(&mut parts);
    match StyleSheet::try_from(parts) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.0.iter().map(|fault| (fault.at, fault.code)).collect(),
    }
}

#[test]
fn what_a_federation_leaves_out_is_as_the_standard_has_it() {
    let sheet: StyleSheet = serde_json::from_str("{}").unwrap();
    assert_eq!(sheet, StyleSheet::default());
    // 156 by 225 millimetres of text with 28 characters and 22 lines of 三号.
    assert_eq!((sheet.text_width(), sheet.text_height()), (8_845, 12_756));
    assert_eq!((sheet.character_pitch(), sheet.line_pitch()), (315, 579));
    assert!(faults(|_| ()).is_empty());
}

#[test]
fn a_sheet_says_only_what_differs_and_is_kept_whole() {
    let sheet: StyleSheet =
        serde_json::from_str(r#"{"grid": {"line_pitch_twentieths": 560}, "fonts": {"body": "仿宋_GB2312"}}"#).unwrap();
    assert_eq!(sheet.line_pitch(), 560);
    assert_eq!(sheet.parts().fonts.body, "仿宋_GB2312");
    assert_eq!(sheet.parts().fonts.title, "方正小标宋简体");
    let packed = rmp_serde::to_vec_named(&sheet).unwrap();
    assert_eq!(rmp_serde::from_slice::<StyleSheet>(&packed).unwrap(), sheet);
    assert_ne!(sheet.digest(), StyleSheet::default().digest());
}

#[test]
fn every_fault_is_named_with_its_place() {
    let found = faults(|parts| {
        parts.paper.top_mm = 200;
        parts.fonts.body = "Arial; } body { display: none".to_owned();
        parts.fonts.title = String::new();
        parts.letterhead.colour = "red".to_owned();
        parts.letterhead.number_pattern = "秦联发〔{year}〕{number}号".to_owned();
        parts.header = "a\u{7}b".to_owned();
    });
    let expected = [
        ("/paper/top_mm", "out-of-range"),
        ("/fonts/title", "not-a-font-name"),
        ("/fonts/body", "not-a-font-name"),
        ("/letterhead/colour", "not-a-colour"),
        ("/letterhead/number_pattern", "not-a-number-pattern"),
        ("/header", "not-a-line"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn parts_that_are_each_right_must_go_together() {
    let narrow = faults(|parts| (parts.paper.left_mm, parts.paper.right_mm) = (90, 70));
    assert_eq!(narrow, [("/paper/width_mm", "no-room-for-text")]);
    let crowded = faults(|parts| parts.grid.characters_per_line = 40);
    assert_eq!(crowded, [("/grid/characters_per_line", "grid-does-not-fit")]);
    let low = faults(|parts| parts.grid.lines_per_page = 60);
    assert_eq!(low, [("/grid/lines_per_page", "grid-does-not-fit")]);
}

#[test]
fn a_number_that_was_not_given_out_yet_leaves_room_for_it() {
    let sheet: StyleSheet =
        serde_json::from_str(r#"{"letterhead": {"number_pattern": "秦联发〔{year}〕{sequence}号"}}"#).unwrap();
    assert_eq!(sheet.document_number(2026, Some(7)).unwrap(), "秦联发〔2026〕7号");
    assert_eq!(sheet.document_number(2026, None).unwrap(), "秦联发〔2026〕\u{3000}\u{3000}号");
    assert_eq!(StyleSheet::default().document_number(2026, None), None);
}
