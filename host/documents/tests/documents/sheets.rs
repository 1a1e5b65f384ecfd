//! A document as a workbook: numbers are numbers, words are words, totals are formulas that add up, and a real program opens it.

use std::io::Cursor;
use std::process::Command;

use calamine::{Data, Reader as _, Xlsx};
use documents::{Format, Origin, RenderError, Style, render};
use domain::document::{Block, Table};
use domain::limits::REPORT_SHEETS_MAX;

use crate::every_block::{document, every_block, numbers, style, texts};

fn rendered(blocks: Vec<Block>) -> Vec<u8> {
    render(&document(blocks), Format::Xlsx, &style()).unwrap()
}

fn opened(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

fn table(caption: &str, columns: Vec<domain::document::TableColumn>, strong_rows: Vec<u32>) -> Block {
    Block::Table(Table { caption: caption.to_owned(), columns, strong_rows, note: None })
}

fn with_totals() -> Block {
    table(
        "按类别",
        vec![
            texts("类别", vec!["甲", "乙", "丙", "合计"]),
            numbers("已整改", "处", 0, vec![9, 4, 0, 13], vec![]),
            numbers("未整改", "处", 0, vec![3, 1, 2, 6], vec![]),
            numbers("共计", "处", 0, vec![12, 5, 2, 19], vec![]),
            numbers("平均", "分", 1, vec![10, 20, 31, 20], vec![]),
        ],
        vec![3],
    )
}

#[test]
fn every_table_and_chart_has_a_worksheet_between_contents_and_sources() {
    let workbook = opened(render(&every_block(), Format::Xlsx, &style()).unwrap());
    let names = workbook.sheet_names();
    let charts = ["各类问题数量", "各类问题数量 2", "各类问题数量 3", "各类问题数量 4"];
    let mut expected = vec!["目录", "表1 得分情况", "未报单位"];
    expected.extend(charts);
    expected.extend(["表1 得分情况 2", "来源"]);
    assert_eq!(names, expected);
}

#[test]
fn numbers_are_numbers_and_words_are_words() {
    let columns = vec![
        texts("代码", vec!["001", "=1+1", "@x", "-5"]),
        numbers("得分", "分", 2, vec![9450, 0, -150, 7], vec![1]),
        numbers("很大", "", 0, vec![i64::MAX, 1, 2, 3], vec![]),
    ];
    let mut workbook = opened(rendered(vec![table("代码表", columns, vec![])]));
    let sheet = workbook.worksheet_range("代码表").unwrap();
    let words: Vec<_> = (2..6).map(|row| sheet.get_value((row, 0)).unwrap().clone()).collect();
    assert_eq!(words, ["001", "=1+1", "@x", "-5"].map(|word| Data::String(word.to_owned())));
    assert_eq!(sheet.get_value((1, 1)), Some(&Data::String("得分（分）".to_owned())));
    assert_eq!(sheet.get_value((2, 1)), Some(&Data::Float(94.5)));
    assert!(matches!(sheet.get_value((3, 1)), None | Some(Data::Empty)));
    assert_eq!(sheet.get_value((4, 1)), Some(&Data::Float(-1.5)));
    // A number that a spreadsheet would round stays as it was written.
    assert_eq!(sheet.get_value((2, 2)), Some(&Data::String(i64::MAX.to_string())));
    let formulas = workbook.worksheet_formula("代码表").unwrap();
    assert_eq!(formulas.used_cells().count(), 0, "no word became a formula");
}

#[test]
fn totals_are_formulas_where_they_add_up_and_a_program_counts_the_same() {
    let bytes = rendered(vec![with_totals()]);
    let mut workbook = opened(bytes.clone());
    let formulas = workbook.worksheet_formula("按类别").unwrap();
    let formula = |cell: (u32, u32)| formulas.get_value(cell).map(String::as_str).unwrap_or_default();
    assert_eq!(formula((5, 1)), "SUM(B3:B5)");
    assert_eq!(formula((2, 3)), "SUM(B3:C3)");
    assert_eq!(formula((5, 3)), "SUM(D3:D5)");
    assert_eq!(formula((5, 4)), "", "an average is no sum");
    let stated = workbook.worksheet_range("按类别").unwrap();

    let desk = tempfile::tempdir().unwrap();
    converted(desk.path(), &bytes, "ods");
    let mut counted = calamine::Ods::new(Cursor::new(std::fs::read(desk.path().join("report.ods")).unwrap())).unwrap();
    let counted = counted.worksheet_range("按类别").unwrap();
    for row in 2..6 {
        for column in 1..5 {
            let float = |range: &calamine::Range<Data>| match range.get_value((row, column)) {
                Some(Data::Float(float)) => float.to_string(),
                Some(Data::Int(int)) => int.to_string(),
                other => format!("{other:?}"),
            };
            assert_eq!(float(&counted), float(&stated), "{row} {column}");
        }
    }
}

#[test]
fn a_spreadsheet_program_prints_every_block() {
    let desk = tempfile::tempdir().unwrap();
    converted(desk.path(), &render(&every_block(), Format::Xlsx, &style()).unwrap(), "pdf");
    assert!(std::fs::read(desk.path().join("report.pdf")).unwrap().starts_with(b"%PDF"));
}

#[test]
fn the_last_sheet_says_where_everything_came_from() {
    let origin = Origin { what: "回执".to_owned(), value: "R-2025-001".to_owned() };
    let style = Style { origins: vec![origin], ..style() };
    let mut workbook = opened(render(&every_block(), Format::Xlsx, &style).unwrap());
    let sheet = workbook.worksheet_range("来源").unwrap();
    let lines: Vec<String> =
        sheet.rows().map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(
        lines,
        ["文件 消防检查通报", "组织单位 某省消防协会", "生成依据 组件 3f5c…，运算 0192…", "回执 R-2025-001"]
    );
}

#[test]
fn equal_input_gives_equal_bytes() {
    let workbook = || render(&every_block(), Format::Xlsx, &style()).unwrap();
    assert_eq!(workbook(), workbook());
}

#[test]
fn what_no_workbook_holds_is_refused_with_its_block() {
    let many = (0..=REPORT_SHEETS_MAX).map(|_| with_totals()).collect();
    let refused = render(&document(many), Format::Xlsx, &style());
    assert!(matches!(refused, Err(RenderError::Block { index, .. }) if index == REPORT_SHEETS_MAX), "{refused:?}");
    let wide = (0..1_001).map(|_| numbers("列", "", 0, vec![1], vec![])).collect();
    let refused = render(&document(vec![table("宽", wide, vec![])]), Format::Xlsx, &style());
    assert!(matches!(refused, Err(RenderError::Block { index: 0, .. })), "{refused:?}");
}

#[test]
fn a_document_without_tables_is_a_workbook_all_the_same() {
    let workbook = opened(rendered(vec![Block::Title("通知".to_owned())]));
    assert_eq!(workbook.sheet_names(), ["目录", "来源"]);
}

/// What LibreOffice makes of a workbook, beside it.
fn converted(desk: &std::path::Path, bytes: &[u8], to: &str) {
    std::fs::write(desk.join("report.xlsx"), bytes).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", desk.join("profile").display());
    let program = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", to, "--outdir"])
        .args([desk, &desk.join("report.xlsx")])
        .env("HOME", desk)
        .output()
        .expect("the test needs LibreOffice (libreoffice-calc-nogui)");
    assert!(program.status.success(), "{}", String::from_utf8_lossy(&program.stderr));
}
