//! What stands around the text of a Word file: the page itself, its header and footer, the numbering of lists, the settings.

use domain::style_sheet::{PageNumberForm, PageNumberPlace, StyleSheet, twentieths};

use super::body::run;
use super::xml::Xml;
use super::{MAIN, RELATIONSHIPS};
use crate::content::Content;
use crate::words::say;

/// The list with dots.
pub(super) const BULLETS: usize = 1;
/// The first of the lists that count.
pub(super) const FIRST_NUMBERED: usize = 2;
/// Letters of a page's header and footer stand so far from the edge, in twentieths of a point.
const EDGE: u32 = 850;

/// A header or a footer.
pub(super) struct Furniture {
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) xml: Xml,
}

/// Whether even pages differ from odd ones.
fn faces(sheet: &StyleSheet) -> bool {
    let numbers = &sheet.parts().page_numbers;
    numbers.place == PageNumberPlace::Outer && numbers.form != PageNumberForm::None
}

/// Headers and footers: the ones of odd pages, and those of even pages where they differ.
pub(super) fn headers_and_footers(content: &Content, sheet: &StyleSheet) -> Vec<Furniture> {
    let parts = sheet.parts();
    let mut all = Vec::new();
    for page in pages(sheet).iter().copied() {
        if !parts.header.is_empty() {
            let mut xml = Xml::new();
            xml.within("w:hdr", &[("xmlns:w", MAIN)], |xml| {
                line(xml, "Header", "center", 0, |xml| run(xml, &parts.header, false))
            });
            all.push(Furniture { name: format!("header-{page}"), kind: "header", xml });
        }
        if parts.page_numbers.form != PageNumberForm::None {
            let alignment = match (parts.page_numbers.place, page) {
                (PageNumberPlace::Center, _) => "center",
                (PageNumberPlace::Outer, "even") => "left",
                (PageNumberPlace::Outer | PageNumberPlace::End, _) => "right",
            };
            let indent = if parts.page_numbers.place == PageNumberPlace::Outer { 1 } else { 0 };
            let mut xml = Xml::new();
            xml.within("w:ftr", &[("xmlns:w", MAIN)], |xml| {
                line(xml, "Footer", alignment, indent, |xml| page_number(xml, content, parts.page_numbers.form));
            });
            all.push(Furniture { name: format!("footer-{page}"), kind: "footer", xml });
        }
    }
    all
}

fn pages(sheet: &StyleSheet) -> &'static [&'static str] {
    if faces(sheet) { &["default", "even"] } else { &["default"] }
}

fn line(xml: &mut Xml, style: &str, alignment: &str, indent: u32, inside: impl FnOnce(&mut Xml)) {
    xml.within("w:p", &[], |xml| {
        xml.within("w:pPr", &[], |xml| {
            xml.val("w:pStyle", style);
            if indent > 0 {
                let hundredths = (indent * 100).to_string();
                xml.empty("w:ind", &[("w:leftChars", &*hundredths), ("w:rightChars", &*hundredths)]);
            }
            xml.val("w:jc", alignment);
        });
        inside(xml);
    });
}

fn page_number(xml: &mut Xml, content: &Content, form: PageNumberForm) {
    let field = |xml: &mut Xml, instruction: &str| {
        xml.within("w:fldSimple", &[("w:instr", instruction)], |xml| run(xml, "1", false));
    };
    match form {
        PageNumberForm::None => {}
        PageNumberForm::Plain => field(xml, " PAGE "),
        PageNumberForm::Dashes => {
            run(xml, "— ", false);
            field(xml, " PAGE ");
            run(xml, " —", false);
        }
        PageNumberForm::OfAll => {
            // Where the numbers stand in the sentence is the language's own affair.
            let marks = [("page", "\u{1}"), ("pages", "\u{2}")];
            let sentence = say(content.language, "page-of-pages", &marks);
            for piece in sentence.split_inclusive(['\u{1}', '\u{2}']) {
                run(xml, piece.trim_end_matches(['\u{1}', '\u{2}']), false);
                match piece.chars().last() {
                    Some('\u{1}') => field(xml, " PAGE "),
                    Some('\u{2}') => field(xml, " NUMPAGES "),
                    _ => {}
                }
            }
        }
    }
}

/// What ends a stretch of pages, and says how they are.
pub(super) fn section(xml: &mut Xml, sheet: &StyleSheet, landscape: bool) {
    let parts = sheet.parts();
    xml.within("w:sectPr", &[], |xml| {
        for page in pages(sheet) {
            for (name, kind, is_there) in [
                ("w:headerReference", "header", !parts.header.is_empty()),
                ("w:footerReference", "footer", parts.page_numbers.form != PageNumberForm::None),
            ] {
                if is_there {
                    xml.empty(name, &[("w:type", page), ("r:id", &format!("{kind}-{page}"))]);
                }
            }
        }
        xml.val("w:type", "nextPage");
        size(xml, sheet, landscape);
        xml.empty("w:cols", &[("w:space", "425")]);
        // Lines only: where a grid of characters is narrower than a letter, some programs give every letter two cells. The styles of the
        // body set the letters closer instead.
        xml.empty("w:docGrid", &[("w:type", "lines"), ("w:linePitch", &sheet.line_pitch().to_string())]);
    });
}

fn size(xml: &mut Xml, sheet: &StyleSheet, landscape: bool) {
    let paper = &sheet.parts().paper;
    let [width, height, top, right, bottom, left] =
        [paper.width_mm, paper.height_mm, paper.top_mm, paper.right_mm, paper.bottom_mm, paper.left_mm].map(twentieths);
    // Turned to the left: what was above stands at the left.
    let (width, height) = if landscape { (height, width) } else { (width, height) };
    let [top, right, bottom, left] = if landscape { [right, bottom, left, top] } else { [top, right, bottom, left] };
    let (width, height) = (width.to_string(), height.to_string());
    let mut page = vec![("w:w", width.as_str()), ("w:h", height.as_str())];
    if landscape {
        page.push(("w:orient", "landscape"));
    }
    xml.empty("w:pgSz", &page);
    let edge = EDGE.min(top.min(bottom) / 2);
    let margins = [top, right, bottom, left, edge, edge].map(|margin| margin.to_string());
    let names = ["w:top", "w:right", "w:bottom", "w:left", "w:header", "w:footer"];
    let mut margins: Vec<(&str, &str)> = names.into_iter().zip(margins.iter().map(String::as_str)).collect();
    margins.push(("w:gutter", "0"));
    xml.empty("w:pgMar", &margins);
}

/// Whether pages face each other; and what keeps the look of one program in the others.
pub(super) fn settings(sheet: &StyleSheet) -> Xml {
    let mut xml = Xml::new();
    xml.within("w:settings", &[("xmlns:w", MAIN), ("xmlns:r", RELATIONSHIPS)], |xml| {
        if faces(sheet) {
            xml.empty("w:evenAndOddHeaders", &[]);
        }
        xml.val("w:drawingGridVerticalSpacing", "156");
        xml.val("w:characterSpacingControl", "compressPunctuation");
        xml.within("w:compat", &[], |xml| {
            xml.empty("w:useFELayout", &[]);
            let word = ("w:uri", "http://schemas.microsoft.com/office/word");
            xml.empty("w:compatSetting", &[("w:name", "compatibilityMode"), word, ("w:val", "15")]);
        });
    });
    xml
}

/// A list with dots, and for each list that counts one that begins with 1.
pub(super) fn numbering(lists: usize) -> Xml {
    let mut xml = Xml::new();
    xml.within("w:numbering", &[("xmlns:w", MAIN)], |xml| {
        for (id, format, text) in [("0", "bullet", "•"), ("1", "decimal", "%1.")] {
            xml.within("w:abstractNum", &[("w:abstractNumId", id)], |xml| {
                xml.val("w:multiLevelType", "singleLevel");
                xml.within("w:lvl", &[("w:ilvl", "0")], |xml| {
                    xml.val("w:start", "1");
                    xml.val("w:numFmt", format);
                    xml.val("w:suff", "space");
                    xml.val("w:lvlText", text);
                    xml.val("w:lvlJc", "left");
                    xml.within("w:pPr", &[], |xml| {
                        xml.empty("w:ind", &[("w:left", "0"), ("w:firstLineChars", "200"), ("w:firstLine", "640")]);
                    });
                });
            });
        }
        for list in BULLETS..FIRST_NUMBERED + lists {
            xml.within("w:num", &[("w:numId", &list.to_string())], |xml| {
                xml.val("w:abstractNumId", if list == BULLETS { "0" } else { "1" });
                if list != BULLETS {
                    xml.within("w:lvlOverride", &[("w:ilvl", "0")], |xml| xml.val("w:startOverride", "1"));
                }
            });
        }
    });
    xml
}
