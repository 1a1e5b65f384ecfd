//! A document as printed pages: tagged, searchable, with bookmarks and its fonts in it, and with what the Word file has in the same order.

use std::fs;
use std::path::Path;
use std::process::Command;

use documents::{Fonts, Format, RenderError, Style, render};
use domain::document::Block;
use domain::style_sheet::{StyleParts, StyleSheet};

use crate::every_block::{document, every_block, numbers, paragraph, scores, style, texts};
use crate::hostile::everywhere;

fn printed(document: &domain::document::Document) -> Vec<u8> {
    render(document, Format::Pdf, &style()).unwrap()
}

/// What a program of poppler-utils says of a file.
fn told(program: &str, arguments: &[&str], bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("document.pdf");
    fs::write(&file, bytes).unwrap();
    if let Some(kept) = std::env::var_os("HUIZONG_PRINTED") {
        fs::copy(&file, Path::new(&kept)).unwrap();
    }
    let mut command = Command::new(program);
    command.args(arguments).arg(&file);
    if program == "pdftotext" {
        command.arg("-");
    }
    let run = command.output();
    let run = run.unwrap_or_else(|error| panic!("{program}: {error}; apt-get install poppler-utils"));
    assert!(run.status.success(), "{program}: {}", String::from_utf8_lossy(&run.stderr));
    // The titles of tags come out as they are in the file.
    String::from_utf8_lossy(&run.stdout).into_owned()
}

fn text(bytes: &[u8]) -> String {
    told("pdftotext", &["-enc", "UTF-8"], bytes)
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

/// What is tagged as what, and in which order it is read.
fn structure(bytes: &[u8]) -> String {
    told("pdfinfo", &["-struct-text"], bytes)
}

#[test]
fn every_text_can_be_found_in_the_order_in_which_it_is_read() {
    let read = squeezed(&text(&printed(&every_block())));
    let mut from = 0;
    for words in [
        "特急",
        "某省消防协会文件",
        "某消协发〔2025〕7号",
        "关于2025年度消防安全检查情况的通报",
        "各会员单位：",
        "本年度共检查单位3家，平均得分88.50分。",
        "一、总体情况",
        "（一）得分情况",
        "1.灭火器过期未换",
        "•及时整改",
        "未报单位",
        "疏散路线示意",
        "特此通报。",
        "2026年1月15日",
        "抄送：各市消防协会。",
        "附件1得分明细",
        "组件3f5c…，运算0192…",
    ] {
        let found = read[from..].find(words).unwrap_or_else(|| panic!("{words} is not after what stands before it"));
        from += found + words.len();
    }
}

#[test]
fn headings_lists_tables_and_figures_are_tagged_as_what_they_are() {
    let structure = structure(&printed(&every_block()));
    for tag in ["H1", "H2", "H3", "H4", "L ", "LI", "LBody", "Table", "TR", "TH", "TD", "Figure", "P (block)"] {
        assert!(structure.contains(tag), "nothing is tagged as {tag}:\n{structure}");
    }
}

#[test]
fn a_file_says_that_it_is_accessible_and_has_its_fonts_in_it() {
    let bytes = printed(&every_block());
    let info = told("pdfinfo", &[], &bytes[..]);
    for line in ["Title:           消防检查通报", "Author:          某省消防协会", "Tagged:          yes"] {
        assert!(info.contains(line), "{info}");
    }
    let metadata = told("pdfinfo", &["-meta"], &bytes);
    assert!(metadata.contains("pdfuaid:part"), "the file does not say which standard it follows: {metadata}");
    let fonts = told("pdffonts", &[], &bytes);
    let rows: Vec<&str> = fonts.lines().skip(2).collect();
    assert!(!rows.is_empty());
    for row in rows {
        let end: Vec<&str> = row.split_whitespace().rev().take(5).collect();
        assert_eq!(end[2..5], ["yes", "yes", "yes"], "embedded, subset, with its letters: {row}");
    }
}

#[test]
fn letters_that_are_rare_are_drawn_and_found() {
    let names = "䶮水镇𬭎信社、昇䴙村、㙍头、堃、赟";
    let bytes = printed(&document(vec![paragraph(&[(names, false), (names, true)])]));
    assert_eq!(squeezed(&text(&bytes)).matches(names).count(), 2);
}

#[test]
fn headings_are_bookmarks() {
    let bytes = printed(&every_block());
    let read = told("pdftohtml", &["-xml", "-stdout", "-i"], &bytes);
    let outline = &read[read.find("<outline>").unwrap_or_else(|| panic!("no bookmarks:\n{read}"))..];
    for heading in ["一、总体情况", "（一）得分情况", "1. 按等级", "（1）甲级", "附件1 得分明细"]
    {
        assert!(outline.contains(heading), "{heading} is no bookmark: {outline}");
    }
}

#[test]
fn the_head_of_a_long_table_stands_on_every_page_that_has_rows_of_it() {
    let names: Vec<String> = (1..=300).map(|number| format!("单位{number:03}")).collect();
    let mut table = scores();
    table.strong_rows = vec![];
    table.columns = vec![
        texts("单位名称", names.iter().map(String::as_str).collect()),
        numbers("得分", "分", 1, vec![905; 300], vec![]),
    ];
    let read = text(&printed(&document(vec![Block::Table(table)])));
    let pages: Vec<&str> = read.trim_end_matches('\u{c}').split('\u{c}').collect();
    assert!(pages.len() > 3);
    for page in &pages {
        assert_eq!(
            page.contains("单位名称"),
            page.contains("单位0") || page.contains("单位1") || page.contains("单位2") || page.contains("单位3")
        );
    }
    let all = squeezed(&read);
    for name in names {
        assert_eq!(all.matches(&name).count(), 1, "{name}");
    }
}

#[test]
fn equal_input_gives_equal_bytes() {
    assert!(printed(&every_block()) == printed(&every_block()));
}

#[test]
fn the_style_sheet_decides_on_paper_header_and_numbers_of_pages() {
    let mut parts = StyleParts { header: "内部文件".to_owned(), ..StyleParts::default() };
    parts.paper.width_mm = 184;
    parts.paper.height_mm = 260;
    parts.grid.characters_per_line = 22;
    parts.grid.lines_per_page = 18;
    let style = Style { sheet: StyleSheet::try_from(parts).unwrap(), ..style() };
    let bytes = render(&every_block(), Format::Pdf, &style).unwrap();
    assert!(text(&bytes).contains("内部文件"));
    assert!(told("pdfinfo", &[], &bytes).contains("521.55 x 737 pts"), "{}", told("pdfinfo", &[], &bytes));
    let own = text(&printed(&every_block()));
    assert!(squeezed(&own).contains("—1—") && squeezed(&own).contains("—2—"), "{own}");
}

#[test]
fn no_text_of_a_stranger_makes_the_pages_fail() {
    let texts = [
        "",
        "a",
        "abc\u{202E}fdp\u{2066}\u{0}\u{1B}[31m",
        "\u{E000}\u{F8FF}\u{FFFE}\u{FEFF}\u{AD}\u{200D}\u{1F600}",
        "</td><script>alert(1)</script>&amp;<svg><![CDATA[",
        "שלום مرحبا नमस्ते",
        "a\nb\r\n\tc\u{2028}d",
    ];
    for hostile in texts.into_iter().map(str::to_owned).chain(["长".repeat(3_000), "w".repeat(3_000)]) {
        let bytes = printed(&everywhere(&hostile));
        assert!(bytes.starts_with(b"%PDF-"), "{hostile:?}");
    }
    for level in [4, 2, 3] {
        printed(&document(vec![Block::Heading { level, text: "没有上级的标题".to_owned() }]));
    }
    printed(&document(vec![]));
}

#[test]
fn a_host_without_fonts_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let style = Style { fonts: Fonts::in_folders(vec![folder.path().to_owned()]), ..style() };
    let error: RenderError = render(&every_block(), Format::Pdf, &style).unwrap_err();
    assert!(error.is_for_want_of_fonts());
}

#[test]
fn a_table_of_very_many_columns_is_set_on_pages_that_lie_on_their_side() {
    let mut table = scores();
    table.strong_rows = vec![];
    table.columns = (0..60).map(|_| texts("一个很长的列名", vec!["内容"])).collect();
    let bytes = printed(&document(vec![paragraph(&[("前", false)]), Block::Table(table), paragraph(&[("后", false)])]));
    let sizes = told("pdfinfo", &["-f", "1", "-l", "9"], &bytes);
    assert!(sizes.contains("595.3 x 841.9") && sizes.contains("841.9 x 595.3"), "{sizes}");
}
