//! The styles of a Word file: what every paragraph of the document refers to instead of looks of its own.

use domain::style_sheet::{StyleParts, StyleSheet};

use super::MAIN;
use super::xml::Xml;
use crate::content::Content;
use crate::looks::{FIRST_LINE_CHARACTERS, Look, SHADE, Side, Spacing, TWENTIETHS_PER_HALF_POINT, looks};

/// The part with all styles.
pub(super) fn part(content: &Content, sheet: &StyleSheet) -> Xml {
    let parts = sheet.parts();
    let mut xml = Xml::new();
    xml.within("w:styles", &[("xmlns:w", MAIN)], |xml| {
        defaults(xml, content, parts);
        for style in looks(parts) {
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

fn written(xml: &mut Xml, style: &Look<'_>, parts: &StyleParts, sheet: &StyleSheet) {
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
                    let (before, after) = (before.to_string(), after.to_string());
                    let spacing =
                        [("w:before", &*before), ("w:after", &*after), ("w:line", "240"), ("w:lineRule", "auto")];
                    xml.empty("w:spacing", &spacing);
                }
            }
            if style.first_line {
                let characters = u32::from(FIRST_LINE_CHARACTERS);
                let hundredths = (characters * 100).to_string();
                let width = (characters * u32::from(style.half_points) * TWENTIETHS_PER_HALF_POINT).to_string();
                xml.empty("w:ind", &[("w:firstLineChars", &hundredths), ("w:firstLine", &width)]);
            }
            xml.val("w:jc", justification(style.alignment));
            if let Some(outline) = style.outline {
                xml.val("w:outlineLvl", &outline.to_string());
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

const fn justification(side: Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Center => "center",
        Side::Right => "right",
        Side::Both => "both",
    }
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
