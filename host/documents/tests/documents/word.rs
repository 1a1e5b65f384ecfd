//! A document as a Word file: the parts are what the standard asks for, nothing of the document is lost, and a real program opens it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};
use std::process::Command;

use documents::{Format, Style, render};
use domain::document::Block;
use domain::style_sheet::{StyleParts, StyleSheet};
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::every_block::{document, every_block, numbers, scores, style, texts};

fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut read = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    names.iter().map(|name| (name.clone(), read(name))).collect()
}

fn every_part() -> BTreeMap<String, String> {
    parts(&render(&every_block(), Format::Docx, &style()).unwrap())
}

/// An element with its parent, its attributes and the elements directly in it.
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    children: Vec<String>,
}

/// All elements of a part; it panics where the part is not well-formed.
fn elements(part: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(part);
    reader.config_mut().check_end_names = true;
    let (mut all, mut open) = (Vec::<Element>::new(), Vec::<usize>::new());
    loop {
        let (start, is_empty) = match reader.read_event().unwrap() {
            Event::Start(start) => (start, false),
            Event::Empty(start) => (start, true),
            Event::End(_) => {
                open.pop().unwrap();
                continue;
            }
            Event::Eof => break,
            _ => continue,
        };
        let name = start.name().as_ref().to_owned();
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.unwrap();
            let value = attribute.value.into_owned();
            (attribute.key.as_ref().to_owned(), value)
        });
        let attributes = attributes.collect();
        if let Some(parent) = open.last() {
            all[*parent].children.push(name.clone());
        }
        all.push(Element { name, attributes, children: Vec::new() });
        if !is_empty {
            open.push(all.len() - 1);
        }
    }
    assert!(open.is_empty());
    all
}

/// The order in which the standard wants what stands in an element (ISO/IEC 29500-1, 17.3 to 17.6 and 21.2), as far as we write it.
const ORDERS: [(&str, &[&str]); 15] = [
    (
        "w:pPr",
        &[
            "w:pStyle",
            "w:keepNext",
            "w:keepLines",
            "w:pageBreakBefore",
            "w:widowControl",
            "w:numPr",
            "w:pBdr",
            "w:tabs",
            "w:snapToGrid",
            "w:spacing",
            "w:ind",
            "w:jc",
            "w:outlineLvl",
            "w:rPr",
            "w:sectPr",
        ],
    ),
    ("w:rPr", &["w:rFonts", "w:b", "w:color", "w:spacing", "w:kern", "w:sz", "w:szCs", "w:lang"]),
    ("w:sectPr", &["w:headerReference", "w:footerReference", "w:type", "w:pgSz", "w:pgMar", "w:cols", "w:docGrid"]),
    ("w:style", &["w:name", "w:basedOn", "w:next", "w:qFormat", "w:pPr", "w:rPr", "w:tblPr", "w:tblStylePr"]),
    ("w:tbl", &["w:tblPr", "w:tblGrid", "w:tr"]),
    (
        "w:tblPr",
        &["w:tblStyle", "w:tblW", "w:jc", "w:tblBorders", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption"],
    ),
    ("w:tc", &["w:tcPr", "w:p"]),
    ("w:tcPr", &["w:tcW", "w:shd", "w:vAlign"]),
    ("w:lvl", &["w:start", "w:numFmt", "w:suff", "w:lvlText", "w:lvlJc", "w:pPr"]),
    ("w:numbering", &["w:abstractNum", "w:num"]),
    ("w:settings", &["w:evenAndOddHeaders", "w:drawingGridVerticalSpacing", "w:characterSpacingControl", "w:compat"]),
    ("c:chart", &["c:autoTitleDeleted", "c:plotArea", "c:legend", "c:plotVisOnly"]),
    ("c:ser", &["c:idx", "c:order", "c:tx", "c:spPr", "c:invertIfNegative", "c:dLbls", "c:cat", "c:val", "c:smooth"]),
    (
        "c:catAx",
        &[
            "c:axId",
            "c:scaling",
            "c:delete",
            "c:axPos",
            "c:numFmt",
            "c:majorTickMark",
            "c:minorTickMark",
            "c:tickLblPos",
            "c:crossAx",
            "c:crosses",
        ],
    ),
    ("c:barChart", &["c:barDir", "c:grouping", "c:varyColors", "c:ser", "c:gapWidth", "c:overlap", "c:axId"]),
];

#[test]
fn every_part_is_well_formed_and_in_the_order_of_the_standard() {
    for (name, part) in every_part() {
        for element in elements(&part) {
            let Some((_, order)) = ORDERS.iter().find(|(name, _)| *name == element.name) else { continue };
            let places: Vec<usize> = element
                .children
                .iter()
                .map(|child| {
                    order
                        .iter()
                        .position(|known| known == child)
                        .unwrap_or_else(|| panic!("{name}: {child} in {}", element.name))
                })
                .collect();
            // Headers and footers of odd and even pages take turns.
            let places: Vec<usize> = if element.name == "w:sectPr" {
                places.into_iter().filter(|place| *place > 1).collect()
            } else {
                places
            };
            assert!(places.is_sorted(), "{name}: {:?} in {}", element.children, element.name);
        }
    }
}

#[test]
fn every_part_has_a_type_and_every_relationship_a_target() {
    let parts = every_part();
    let typed: BTreeSet<String> = elements(&parts["[Content_Types].xml"])
        .iter()
        .filter_map(|element| element.attributes.get("PartName").cloned())
        .collect();
    for name in parts.keys().filter(|name| !name.ends_with(".rels") && *name != "[Content_Types].xml") {
        assert!(typed.contains(&format!("/{name}")), "{name} has no type");
    }
    let mut ids = BTreeSet::new();
    for (folder, rels) in [("", "_rels/.rels"), ("word/", "word/_rels/document.xml.rels")] {
        for element in elements(&parts[rels]).iter().filter(|element| element.name == "Relationship") {
            let target = format!("{folder}{}", element.attributes["Target"]);
            assert!(parts.contains_key(&target), "{target} is not there");
            assert!(ids.insert(format!("{folder}{}", element.attributes["Id"])), "one identifier twice");
        }
    }
    let used = elements(&parts["word/document.xml"]);
    let used = used.iter().filter_map(|element| element.attributes.get("r:id"));
    for id in used {
        assert!(ids.contains(&format!("word/{id}")), "{id} leads nowhere");
    }
}

#[test]
fn every_style_and_list_that_is_used_is_there_and_identifiers_are_unique() {
    let parts = every_part();
    let ids = |part: &str, attribute: &str| -> BTreeSet<String> {
        elements(&parts[part]).iter().filter_map(|element| element.attributes.get(attribute).cloned()).collect()
    };
    let (styles, lists) = (ids("word/styles.xml", "w:styleId"), ids("word/numbering.xml", "w:numId"));
    let mut drawings = BTreeSet::new();
    for element in parts.values().flat_map(|part| elements(part)) {
        let val = element.attributes.get("w:val").cloned().unwrap_or_default();
        match element.name.as_str() {
            "w:pStyle" | "w:tblStyle" | "w:basedOn" | "w:next" => assert!(styles.contains(&val), "style {val}"),
            "w:numId" => assert!(lists.contains(&val), "list {val}"),
            "wp:docPr" => assert!(drawings.insert(element.attributes["id"].clone()), "one drawing twice"),
            _ => {}
        }
    }
}

#[test]
fn nothing_of_the_document_is_lost() {
    let parts = every_part();
    let text: String = parts["word/document.xml"]
        .split("<w:t xml:space=\"preserve\">")
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap())
        .collect();
    for words in [
        "某省消防协会文件",
        "某消协发〔2025〕7号",
        "特急",
        "关于2025年度消防安全检查情况的通报",
        "各会员单位：",
        "3家",
        "一、总体情况",
        "（1）甲级",
        "疏散通道堆物",
        "逐条复查",
        "表1 得分情况",
        "得分（分）",
        "94.50",
        "注：同分者名次并列。",
        "未报单位",
        "各类问题数量（处）",
        "通道堵塞最多，共12处，其中9处已经整改。",
        "疏散路线示意",
        "2026年1月15日",
        "抄送：各市消防协会。",
        "附件1 得分明细",
        "组件 3f5c…",
    ] {
        assert!(text.contains(words), "{words} is lost");
    }
    let charts = parts.keys().filter(|name| name.starts_with("word/charts/")).count();
    assert_eq!(charts, 4);
}

#[test]
fn heads_repeat_and_a_wide_table_lies_on_its_side() {
    let wide = domain::document::Table {
        columns: (0..12).map(|_| numbers("列", "", 0, vec![1], vec![])).collect(),
        strong_rows: vec![],
        ..scores()
    };
    let blocks = vec![Block::Title("前".to_owned()), Block::Table(wide), Block::Title("后".to_owned())];
    let parts = parts(&render(&document(blocks), Format::Docx, &style()).unwrap());
    let all = elements(&parts["word/document.xml"]);
    let pages: Vec<Option<&String>> = all
        .iter()
        .filter(|element| element.name == "w:pgSz")
        .map(|element| element.attributes.get("w:orient"))
        .collect();
    assert_eq!(pages, [None, Some(&"landscape".to_owned()), None]);
    assert_eq!(all.iter().filter(|element| element.name == "w:tblHeader").count(), 1);
}

#[test]
fn two_federations_make_visibly_different_files_of_one_document() {
    let mut parts_of_another = StyleParts::default();
    parts_of_another.fonts.body = "楷体".to_owned();
    parts_of_another.paper.left_mm = 31;
    parts_of_another.letterhead.colour = "#004488".to_owned();
    parts_of_another.header = "内部资料".to_owned();
    let another = Style { sheet: StyleSheet::try_from(parts_of_another).unwrap(), ..style() };
    let (one, other) = (every_part(), parts(&render(&every_block(), Format::Docx, &another).unwrap()));
    assert_ne!(one["word/styles.xml"], other["word/styles.xml"]);
    assert!(other["word/styles.xml"].contains("004488") && other["word/styles.xml"].contains("楷体"));
    assert!(other["word/header-default.xml"].contains("内部资料"));
    assert!(!one.contains_key("word/header-default.xml"));
}

#[test]
fn the_federation_s_pattern_numbers_a_document_that_has_no_number() {
    let mut parts_with_pattern = StyleParts::default();
    parts_with_pattern.letterhead.number_pattern = "某消协发〔{year}〕{sequence}号".to_owned();
    let style = Style { sheet: StyleSheet::try_from(parts_with_pattern).unwrap(), sequence: Some(12), ..style() };
    let mut blocks = every_block().blocks;
    if let Block::Letterhead(letterhead) = &mut blocks[0] {
        letterhead.number = None;
    }
    let parts = parts(&render(&document(blocks), Format::Docx, &style).unwrap());
    assert!(parts["word/document.xml"].contains("某消协发〔2026〕12号"));
}

#[test]
fn a_word_processor_opens_it_and_prints_everything_in_order() {
    let desk = tempfile::tempdir().unwrap();
    let rows = 120;
    let mut blocks = every_block().blocks;
    blocks.push(Block::Table(domain::document::Table {
        caption: "表2 长表".to_owned(),
        columns: vec![texts("重复的表头", vec!["一行"; rows]), numbers("数", "", 0, vec![1; rows], vec![])],
        strong_rows: vec![],
        note: None,
    }));
    std::fs::write(desk.path().join("report.docx"), render(&document(blocks), Format::Docx, &style()).unwrap())
        .unwrap();
    let profile = format!("-env:UserInstallation=file://{}", desk.path().join("profile").display());
    let program = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "pdf", "--outdir"])
        .args([desk.path(), &desk.path().join("report.docx")])
        .env("HOME", desk.path())
        .output()
        .expect("the test needs LibreOffice (libreoffice-writer-nogui)");
    assert!(program.status.success(), "{}", String::from_utf8_lossy(&program.stderr));
    let text = Command::new("pdftotext")
        .arg(desk.path().join("report.pdf"))
        .arg("-")
        .output()
        .expect("the test needs pdftotext (poppler-utils)");
    let text: String = String::from_utf8_lossy(&text.stdout).split_whitespace().collect();
    let mut from = 0;
    for heading in
        ["关于2025年度", "一、总体情况", "（一）得分情况", "表1得分情况", "特此通报。", "附件1得分明细", "表2长表"]
    {
        let at = text[from..].find(heading).unwrap_or_else(|| panic!("{heading} does not follow"));
        from += at;
    }
    assert!(text.matches("重复的表头").count() >= 3, "the head stands on every page");
    assert!(text.contains("—1—") && text.contains("—2—"), "pages are numbered");
}
