//! The styles of a Word file: what every paragraph of the document refers to instead of looks of its own.

use domain::style_sheet::{StyleParts, StyleSheet};

use super::MAIN;
use super::xml::Xml;
use crate::content::Content;

/// Behind the heads of tables.
const SHADE: &str = "E7E6E6";

/// A paragraph style.
struct Paragraph<'a> {
    id: &'a str,
    name: &'a str,
    /// None for the style that all others are based on.
    based_on: Option<&'a str>,
    next: &'a str,
    font: &'a str,
    half_points: u16,
    bold: bool,
    colour: Option<&'a str>,
    alignment: &'a str,
    /// In hundredths of a character.
    first_line: Option<&'a str>,
    /// 0 for headings of the first level.
    outline: Option<&'a str>,
    /// With what follows on one page.
    keeps_next: bool,
    page_break_before: bool,
    spacing: Spacing,
}

/// From line to line.
enum Spacing {
    /// As the page's grid says.
    Grid,
    /// As large as the letters need it, with so many twentieths of a point before and after.
    Single(&'static str, &'static str),
}

/// The part with all styles.
pub(super) fn part(content: &Content, sheet: &StyleSheet) -> Xml {
    let parts = sheet.parts();
    let mut xml = Xml::new();
    xml.within("w:styles", &[("xmlns:w", MAIN)], |xml| {
        defaults(xml, content, parts);
        for style in paragraphs(parts) {
            written(xml, &style, parts, sheet);
        }
        table(xml);
    });
    xml
}

fn defaults(xml: &mut Xml, content: &Content, parts: &StyleParts) {
    xml.within("w:docDefaults", &[], |xml| {
        xml.within("w:rPrDefault", &[], |xml| {
            xml.within("w:rPr", &[], |xml| {
                fonts(xml, &parts.fonts.body, &parts.fonts.latin);
                xml.val("w:kern", "2");
                xml.empty("w:lang", &[("w:val", "en-US"), ("w:eastAsia", &content.language_tag), ("w:bidi", "ar-SA")]);
            });
        });
        xml.empty("w:pPrDefault", &[]);
    });
}

/// Every kind of text has its fonts named for Latin and for east-Asian letters; without the latter programs take a theme's.
fn fonts(xml: &mut Xml, east_asian: &str, latin: &str) {
    let names = [("w:ascii", latin), ("w:hAnsi", latin), ("w:eastAsia", east_asian), ("w:cs", latin)];
    xml.empty("w:rFonts", &names);
}

fn paragraphs(parts: &StyleParts) -> Vec<Paragraph<'_>> {
    let (fonts, sizes) = (&parts.fonts, &parts.sizes);
    let body = sizes.body_half_points;
    let base = |id, name| Paragraph {
        id,
        name,
        based_on: Some("Normal"),
        next: "BodyText",
        font: &fonts.body,
        half_points: body,
        bold: false,
        colour: None,
        alignment: "both",
        first_line: None,
        outline: None,
        keeps_next: false,
        page_break_before: false,
        spacing: Spacing::Grid,
    };
    let heading = |id, name, font, outline| Paragraph {
        font,
        outline: Some(outline),
        keeps_next: true,
        first_line: Some("200"),
        ..base(id, name)
    };
    let table = |id, name, alignment| Paragraph {
        next: id,
        font: &fonts.table,
        half_points: sizes.table_half_points,
        alignment,
        spacing: Spacing::Single("20", "20"),
        ..base(id, name)
    };
    vec![
        Paragraph { based_on: None, next: "Normal", ..base("Normal", "Normal") },
        Paragraph { first_line: Some("200"), ..base("BodyText", "Body Text") },
        Paragraph {
            font: &fonts.letterhead,
            colour: Some(&parts.letterhead.colour[1..]),
            alignment: "center",
            next: "LetterheadNumber",
            spacing: Spacing::Single("0", "240"),
            ..base("Letterhead", "Letterhead")
        },
        Paragraph { alignment: "center", ..base("LetterheadNumber", "Letterhead Number") },
        Paragraph { font: &fonts.heading_1, alignment: "left", ..base("LetterheadRemark", "Letterhead Remark") },
        Paragraph {
            font: &fonts.title,
            half_points: sizes.title_half_points,
            alignment: "center",
            next: "Subtitle",
            keeps_next: true,
            spacing: Spacing::Single("240", "120"),
            ..base("Title", "Title")
        },
        Paragraph { font: &fonts.heading_2, alignment: "center", ..base("Subtitle", "Subtitle") },
        Paragraph { alignment: "left", ..base("Addressee", "Addressee") },
        heading("Heading1", "heading 1", &fonts.heading_1, "0"),
        heading("Heading2", "heading 2", &fonts.heading_2, "1"),
        Paragraph { bold: true, ..heading("Heading3", "heading 3", &fonts.heading_3, "2") },
        heading("Heading4", "heading 4", &fonts.heading_3, "3"),
        Paragraph {
            font: &fonts.heading_1,
            alignment: "left",
            outline: Some("0"),
            keeps_next: true,
            page_break_before: true,
            ..base("Annex", "Annex")
        },
        Paragraph { next: "ListParagraph", ..base("ListParagraph", "List Paragraph") },
        Paragraph {
            bold: true,
            keeps_next: true,
            spacing: Spacing::Single("120", "60"),
            ..table("Caption", "caption", "center")
        },
        Paragraph { bold: true, ..table("TableHead", "Table Head", "center") },
        table("TableText", "Table Text", "left"),
        table("TableNumber", "Table Number", "right"),
        Paragraph { half_points: sizes.note_half_points, ..table("TableNote", "Table Note", "left") },
        Paragraph { alignment: "center", keeps_next: true, ..table("Figure", "Figure", "center") },
        Paragraph { alignment: "right", keeps_next: true, next: "SignatureDate", ..base("Signature", "Signature") },
        Paragraph { alignment: "right", ..base("SignatureDate", "Signature Date") },
        Paragraph { half_points: sizes.note_half_points, spacing: Spacing::Single("60", "0"), ..base("Note", "Note") },
        Paragraph {
            half_points: sizes.note_half_points,
            spacing: Spacing::Single("0", "0"),
            next: "Header",
            ..base("Header", "header")
        },
        Paragraph {
            font: &fonts.page_number,
            half_points: sizes.page_number_half_points,
            spacing: Spacing::Single("0", "0"),
            next: "Footer",
            ..base("Footer", "footer")
        },
    ]
}

fn written(xml: &mut Xml, style: &Paragraph<'_>, parts: &StyleParts, sheet: &StyleSheet) {
    let mut attributes = vec![("w:type", "paragraph")];
    if style.based_on.is_none() {
        attributes.push(("w:default", "1"));
    }
    attributes.push(("w:styleId", style.id));
    xml.within("w:style", &attributes, |xml| {
        xml.val("w:name", style.name);
        if let Some(based_on) = style.based_on {
            xml.val("w:basedOn", based_on);
        }
        xml.val("w:next", style.next);
        xml.empty("w:qFormat", &[]);
        xml.within("w:pPr", &[], |xml| {
            if style.keeps_next {
                xml.empty("w:keepNext", &[]);
                xml.empty("w:keepLines", &[]);
            }
            if style.page_break_before {
                xml.empty("w:pageBreakBefore", &[]);
            }
            xml.val("w:widowControl", "0");
            match style.spacing {
                Spacing::Grid => {
                    let pitch = sheet.line_pitch().to_string();
                    let spacing = [("w:before", "0"), ("w:after", "0"), ("w:line", &*pitch), ("w:lineRule", "exact")];
                    xml.empty("w:spacing", &spacing);
                }
                Spacing::Single(before, after) => {
                    xml.val("w:snapToGrid", "0");
                    let spacing = [("w:before", before), ("w:after", after), ("w:line", "240"), ("w:lineRule", "auto")];
                    xml.empty("w:spacing", &spacing);
                }
            }
            if let Some(first_line) = style.first_line {
                let width = (u32::from(style.half_points) * 20).to_string();
                xml.empty("w:ind", &[("w:firstLineChars", first_line), ("w:firstLine", &width)]);
            }
            xml.val("w:jc", style.alignment);
            if let Some(outline) = style.outline {
                xml.val("w:outlineLvl", outline);
            }
        });
        xml.within("w:rPr", &[], |xml| {
            fonts(xml, style.font, &parts.fonts.latin);
            if style.bold {
                xml.empty("w:b", &[]);
            }
            if let Some(colour) = style.colour {
                xml.val("w:color", colour);
            }
            if matches!(style.spacing, Spacing::Grid) {
                // So that a line holds the characters of the page's grid.
                let closer = i64::from(sheet.character_pitch()) - i64::from(style.half_points) * 10;
                xml.val("w:spacing", &closer.to_string());
            } else if style.based_on.is_some() {
                xml.val("w:spacing", "0");
            }
            let size = style.half_points.to_string();
            xml.val("w:sz", &size);
            xml.val("w:szCs", &size);
        });
    });
}

/// Tables have thin rules, and heads with a shade.
fn table(xml: &mut Xml) {
    xml.within("w:style", &[("w:type", "table"), ("w:styleId", "Ruled")], |xml| {
        xml.val("w:name", "Ruled");
        xml.within("w:tblPr", &[], |xml| {
            xml.within("w:tblBorders", &[], |xml| {
                for side in ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"] {
                    xml.empty(side, &[("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", "auto")]);
                }
            });
            xml.within("w:tblCellMar", &[], |xml| {
                for side in ["w:left", "w:right"] {
                    xml.empty(side, &[("w:w", "80"), ("w:type", "dxa")]);
                }
            });
        });
        xml.within("w:tblStylePr", &[("w:type", "firstRow")], |xml| {
            xml.within("w:tcPr", &[], |xml| {
                xml.empty("w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", SHADE)]);
            });
        });
    });
}
