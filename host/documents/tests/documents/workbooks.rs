//! A form as a workbook: what was filled in is read as it was meant, and whatever is wrong is told by worksheet and cell.

use documents::workbook::{Cover, Layout, Reading, Values, WorkbookRefused, read, template};
use domain::form_outline::FormOutline;
use domain::review::Explanation;
use domain::text::Language;
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};
use serde_json::{Value, json};

const MINE: &str = "city/2024/N01";

fn form() -> Value {
    json!({
        "title": "演练", "type": "object",
        "x-codes": { "about": [{ "code": "over", "title": "余" }, { "code": "nearly", "title": "近" }, { "code": "about", "title": "约" }] },
        "$defs": { "count": { "type": ["object", "null"], "title": "人数", "properties": {
            "value": { "type": ["integer", "null"], "title": "数值" },
            "qualifier": { "type": "string", "title": "修饰词", "x-codes": "about" },
        } } },
        "properties": {
            "year": { "type": "integer", "title": "年度", "x-unit": "年" },
            "plan": { "type": "string", "title": "预案编号", "x-help": "两个大写字母加数字" },
            "is_new": { "type": "boolean", "title": "是否新编" },
            "cover": { "type": "object", "title": "封面", "properties": {
                "on": { "type": "string", "format": "date", "title": "日期" },
                "people": { "$ref": "#/$defs/count" },
                "notes": { "type": "array", "title": "附注", "items": { "type": "string" } },
            } },
            "drills": { "type": "array", "title": "演练清单", "items": { "type": "object", "properties": {
                "name": { "type": "string", "title": "名称" },
                "held_on": { "type": "string", "format": "date", "title": "日期" },
                "people": { "$ref": "#/$defs/count" },
                "kinds": { "type": "array", "title": "类别", "items": { "type": "string" } },
                "sources": { "type": "array", "title": "出处", "items": { "type": "object", "properties": { "page": { "type": "integer" } } } },
            } } },
            "other": { "type": "object", "title": "其他" },
        },
    })
}

fn layout() -> Layout {
    Layout::of(&FormOutline::of(&form().to_string()))
}

fn written(answers: Option<&Value>, language: Language) -> Vec<u8> {
    let values = Values { now: answers, earlier: answers, belongs_to: MINE, ..Values::default() };
    template(&layout(), &Cover::default(), language, values).unwrap()
}

fn reading(bytes: &[u8]) -> Reading {
    read(bytes, &layout(), MINE).unwrap()
}

/// The codes and cells of what is wrong.
fn wrong(bytes: &[u8]) -> Vec<(&'static str, String)> {
    let told = reading(bytes).problems.into_iter();
    told.map(|problem| (problem.code, format!("{}!{}", problem.place.sheet, problem.place.cell))).collect()
}

/// The worksheet of single values and the one of drills, with what a test does to them.
fn filled_in(fill: impl FnOnce(&mut Worksheet, &mut Worksheet)) -> Vec<u8> {
    let mut main = Worksheet::new();
    main.set_name("表").unwrap().write_string(0, 0, "huizong:main").unwrap().write_string(0, 1, MINE).unwrap();
    for (row, key) in (3..).zip(["/year", "/plan", "/is_new", "/cover", "/cover/on", "/cover/people"]) {
        main.write_string(row, 0, key).unwrap();
    }
    let mut drills = Worksheet::new();
    drills.set_name("演练").unwrap().write_string(0, 0, "huizong:list:/drills").unwrap();
    for (column, key) in (1..).zip(["./name", "./people", "./people/value"]) {
        drills.write_string(0, column, key).unwrap();
    }
    fill(&mut main, &mut drills);
    let mut workbook = Workbook::new();
    workbook.push_worksheet(main);
    workbook.push_worksheet(drills);
    workbook.save_to_buffer().unwrap()
}

#[test]
fn every_answer_comes_back_as_it_was() {
    let long = "很长的话 ".repeat(4_000);
    let tables = [
        json!({}),
        json!({ "year": 0, "plan": "", "is_new": false, "drills": [], "cover": {} }),
        json!({ "year": 2024, "plan": "AB12", "is_new": true, "cover": {
            "on": "2024-05-06", "people": { "value": 30, "qualifier": "over" }, "notes": ["一", "二"] },
            "drills": [
                { "name": "甲", "held_on": "2024-01-02", "people": null, "kinds": ["a", "b"], "sources": [{ "page": 3 }] },
                { "name": "（空）", "people": { "value": null }, "kinds": [] },
                {},
                { "name": " 前后有空格 ", "held_on": "五月", "people": { "value": 0, "qualifier": "about" } },
            ],
            "other": { "free": [1, { "deep": null }], "a/b": "~" } }),
        json!({ "year": "不是数", "drills": "也不是", "cover": null, "unasked": { "x": [[]] } }),
        json!({ "plan": long, "drills": [null, "x", { "unasked": 1 }], "other": { "text": long } }),
        json!({ "plan": "=1+1", "cover": { "notes": ["多\n行", ""] }, "drills": [{ "name": "回\r车\u{0}" }] }),
    ];
    for answers in &tables {
        for language in [Language::Chinese, Language::English] {
            let bytes = written(Some(answers), language);
            assert_eq!(bytes, written(Some(answers), language), "equal input gives equal bytes");
            let read = reading(&bytes);
            assert_eq!(read.problems, []);
            assert_eq!(&read.answers, answers);
        }
    }
}

#[test]
fn an_empty_template_says_nothing_and_zero_says_zero() {
    let empty = reading(&written(None, Language::Chinese));
    assert_eq!((empty.answers, empty.problems.len()), (json!({}), 0));
    let zero = filled_in(|main, _| {
        main.write_number(3, 5, 0).unwrap();
    });
    assert_eq!(reading(&zero).answers, json!({ "year": 0 }));
}

#[test]
fn numbers_kept_as_text_and_formulas_are_read_as_people_see_them() {
    let bytes = filled_in(|main, drills| {
        main.write_string(3, 5, " ２０２4 ").unwrap();
        main.write_number(4, 5, 12).unwrap();
        main.write_string(5, 5, "是").unwrap();
        drills.write_string(4, 1, "甲").unwrap();
        drills.write_formula(4, 3, Formula::new("=10+20").set_result("30")).unwrap();
    });
    let read = reading(&bytes);
    assert_eq!(read.problems, []);
    let expected =
        json!({ "year": 2024, "plan": "12", "is_new": true, "drills": [{ "name": "甲", "people": { "value": 30 } }] });
    assert_eq!(read.answers, expected);
    assert_eq!(read.places.of("/drills/0/people/value").cell, "D5");
    assert_eq!(read.places.of("/drills/0/people").cell, "C5");
    assert_eq!(read.places.of("/drills/1/name").cell, "B6", "where a missing item would be filled in");
    assert_eq!(read.places.of("/plan").cell, "F5");
}

#[test]
fn whatever_is_wrong_is_told_by_worksheet_and_cell() {
    let bytes = filled_in(|main, drills| {
        main.write_string(3, 5, "30余次").unwrap();
        main.merge_range(4, 5, 5, 5, "AB", &Format::new()).unwrap();
        main.write_string(6, 5, "写在这里").unwrap();
        main.write_string(20, 5, "多出来").unwrap();
        main.write_string(21, 0, "/unheard-of").unwrap().write_string(21, 5, "1").unwrap();
        drills.write_formula(4, 3, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        drills.write_string(4, 7, "自己的列").unwrap();
        drills.write_string(0, 5, "./no-such").unwrap();
    });
    let mut told = wrong(&bytes);
    told.sort();
    let mut expected = vec![
        ("cell-merged", "表!F5"),
        ("cell-not-whole", "表!F4"),
        ("cell-only-mark", "表!F7"),
        ("row-without-key", "表!F21"),
        ("row-unknown", "表!F22"),
        ("column-unknown", "演练!F3"),
        ("cell-error", "演练!D5"),
        ("column-without-key", "演练!H5"),
    ];
    expected.sort_unstable();
    let told: Vec<(&str, &str)> = told.iter().map(|(code, cell)| (*code, cell.as_str())).collect();
    assert_eq!(told, expected);
}

#[test]
fn a_workbook_of_something_else_is_told_apart() {
    let mut other = Workbook::new();
    other.add_worksheet().write_string(0, 0, "工资表").unwrap();
    assert_eq!(wrong(&other.save_to_buffer().unwrap()), [("sheet-missing", "Sheet1!A1".to_owned())]);
    let bytes = written(None, Language::Chinese);
    let elsewhere = read(&bytes, &layout(), "city/2025/N01").unwrap();
    assert_eq!(elsewhere.problems.len(), 1);
    assert_eq!((elsewhere.problems[0].code, elsewhere.answers), ("sheet-of-another", json!({})));
    let twice = filled_in(|_, drills| {
        drills.write_string(0, 0, "huizong:main").unwrap();
    });
    assert_eq!(wrong(&twice), [("sheet-twice", "演练!A1".to_owned())]);
    assert!(matches!(read(b"PK\x03\x04", &layout(), MINE), Err(WorkbookRefused::Damaged(_))));
}

#[test]
fn explanations_travel_with_the_workbook() {
    let explanations = [
        Explanation { check: "C-1".to_owned(), at: Some("/year".to_owned()), text: "情况属实".to_owned() },
        Explanation { check: "C-2".to_owned(), at: None, text: "全部属实".to_owned() },
    ];
    let values = Values { explanations: &explanations, belongs_to: MINE, ..Values::default() };
    let bytes = template(&layout(), &Cover::default(), Language::Chinese, values).unwrap();
    let read = reading(&bytes);
    assert_eq!(read.explanations, explanations);
    assert_eq!(read.places.of_explanation(1).unwrap().cell, "C5");
}

#[test]
fn what_stands_far_outside_is_refused_before_it_takes_memory() {
    let far = filled_in(|main, _| {
        main.write_string(900_000, 5, "x").unwrap();
    });
    let Err(WorkbookRefused::FarOutside(place)) = read(&far, &layout(), MINE) else { panic!("was read") };
    assert_eq!((place.sheet.as_str(), place.cell.as_str()), ("表", "F900001"));
}
