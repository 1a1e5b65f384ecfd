//! A table of a Word file: its head stands on every page, no row is broken over two.

use domain::text::Language;

use super::body::run;
use super::xml::Xml;
use crate::content::{Grid, Row};
use crate::words::say;

/// Writes the table as wide as the text, in twentieths of a point.
pub(super) fn write(xml: &mut Xml, grid: &Grid, width: u32, language: Language) {
    if grid.heads.is_empty() {
        return super::body::words(xml, "TableText", &say(language, "no-rows", &[]));
    }
    let widths: Vec<String> = grid.shares(width).iter().map(ToString::to_string).collect();
    xml.within("w:tbl", &[], |xml| {
        properties(xml, grid, width);
        xml.within("w:tblGrid", &[], |xml| {
            for width in &widths {
                xml.empty("w:gridCol", &[("w:w", width)]);
            }
        });
        let heads: Vec<&str> = grid.heads.iter().map(|head| head.text.as_str()).collect();
        row(
            xml,
            Place::Head,
            heads.iter().zip(&widths).map(|(text, width)| Cell { text, width, style: "TableHead", strong: false }),
        );
        if grid.rows.is_empty() {
            let none = say(language, "no-rows", &[]);
            let cells = std::iter::once(none.as_str()).chain(std::iter::repeat(""));
            row(
                xml,
                Place::Anywhere,
                cells.zip(&widths).map(|(text, width)| Cell { text, width, style: "TableText", strong: false }),
            );
        }
        for (index, Row { strong, cells }) in grid.rows.iter().enumerate() {
            let cells = cells.iter().zip(&grid.heads).zip(&widths).map(|((text, head), width)| Cell {
                text,
                width,
                style: if head.is_number { "TableNumber" } else { "TableText" },
                strong: *strong,
            });
            let together = grid.is_short() && (index + 1 < grid.rows.len() || !grid.note.is_empty());
            row(xml, if together { Place::WithNext } else { Place::Anywhere }, cells);
        }
    });
}

fn properties(xml: &mut Xml, grid: &Grid, width: u32) {
    xml.within("w:tblPr", &[], |xml| {
        xml.val("w:tblStyle", "Ruled");
        xml.empty("w:tblW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
        xml.val("w:jc", "center");
        xml.empty("w:tblLayout", &[("w:type", "fixed")]);
        xml.empty("w:tblLook", &[("w:val", "0020"), ("w:firstRow", "1"), ("w:noHBand", "1"), ("w:noVBand", "1")]);
        if !grid.caption.is_empty() {
            xml.val("w:tblCaption", &grid.caption);
        }
    });
}

struct Cell<'a> {
    text: &'a str,
    width: &'a str,
    style: &'a str,
    strong: bool,
}

/// Where a row stands on the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// On every page that has rows of the table.
    Head,
    /// On one page with the next row.
    WithNext,
    /// Where there is room.
    Anywhere,
}

fn row<'a>(xml: &mut Xml, place: Place, cells: impl Iterator<Item = Cell<'a>>) {
    xml.within("w:tr", &[], |xml| {
        xml.within("w:trPr", &[], |xml| {
            xml.empty("w:cantSplit", &[]);
            if place == Place::Head {
                xml.empty("w:tblHeader", &[]);
            }
        });
        for Cell { text, width, style, strong } in cells {
            xml.within("w:tc", &[], |xml| {
                xml.within("w:tcPr", &[], |xml| {
                    xml.empty("w:tcW", &[("w:w", width), ("w:type", "dxa")]);
                    xml.val("w:vAlign", "center");
                });
                xml.within("w:p", &[], |xml| {
                    xml.within("w:pPr", &[], |xml| {
                        xml.val("w:pStyle", style);
                        if place != Place::Anywhere {
                            xml.empty("w:keepNext", &[]);
                        }
                    });
                    run(xml, text, strong);
                });
            });
        }
    });
}
