//! The main part of a Word file: the document's pieces one after the other.

use domain::document::Alignment;
use domain::style_sheet::LetterheadStyle;

use super::furniture::{BULLETS, FIRST_NUMBERED, section};
use super::xml::Xml;
use super::{MAIN, RELATIONSHIPS, chart, table};
use crate::Style;
use crate::content::{Content, Figure, Grid, Lines, Piece, Words};
use crate::looks::{Signed, TWENTIETHS_PER_HALF_POINT, letterhead_size, signature};
use crate::markdown::with_colon;
use crate::words::say;

/// The main part, and what it leads to.
pub(super) struct Body {
    pub(super) xml: Xml,
    pub(super) charts: Vec<Xml>,
    /// Lists that count from one, each by itself.
    pub(super) numbered_lists: usize,
}

/// What is being written.
struct Pen<'a> {
    content: &'a Content,
    style: &'a Style,
    charts: Vec<Xml>,
    numbered_lists: usize,
    /// Whether the pages lie on their side since the last table.
    landscape: bool,
}

impl Body {
    pub(super) fn write(content: &Content, style: &Style) -> Self {
        let mut pen = Pen { content, style, charts: Vec::new(), numbered_lists: 0, landscape: false };
        let mut xml = Xml::new();
        let drawing = "http://schemas.openxmlformats.org/drawingml/2006";
        let namespaces = [
            ("xmlns:w", MAIN.to_owned()),
            ("xmlns:r", RELATIONSHIPS.to_owned()),
            ("xmlns:wp", format!("{drawing}/wordprocessingDrawing")),
            ("xmlns:a", format!("{drawing}/main")),
            ("xmlns:c", format!("{drawing}/chart")),
        ];
        let namespaces: Vec<(&str, &str)> = namespaces.iter().map(|(name, value)| (*name, value.as_str())).collect();
        xml.within("w:document", &namespaces, |xml| {
            xml.within("w:body", &[], |xml| {
                for piece in &content.pieces {
                    pen.piece(xml, piece);
                }
                pen.imprint(xml);
                if !content.provenance.is_empty() {
                    words(xml, "Note", &content.provenance);
                }
                section(xml, &style.sheet, pen.landscape);
            });
        });
        Self { xml, charts: pen.charts, numbered_lists: pen.numbered_lists }
    }
}

impl Pen<'_> {
    fn piece(&mut self, xml: &mut Xml, piece: &Piece) {
        let wide = matches!(piece, Piece::Table(grid) if grid.is_wide());
        if wide != self.landscape && !matches!(piece, Piece::PageBreak) {
            self.turn(xml);
        }
        match piece {
            Piece::Letterhead { issuer, number, remark } => self.letterhead(xml, issuer, number, remark),
            Piece::Title(text) => words(xml, "Title", text),
            Piece::Subtitle(text) => words(xml, "Subtitle", text),
            Piece::Addressee(text) => words(xml, "Addressee", &with_colon(text, self.content.language)),
            Piece::Heading { level, text } => words(xml, HEADINGS[usize::from((*level).clamp(1, 4)) - 1], text),
            Piece::Paragraph(lines) => paragraph(xml, lines),
            Piece::Items { numbered, items } => self.items(xml, *numbered, items),
            Piece::Table(grid) => self.table(xml, grid),
            Piece::Chart(figure) => self.figure(xml, figure),
            Piece::Image { alternative } => {
                words(xml, "Figure", &say(self.content.language, "image-absent", &[("alternative", alternative)]));
            }
            Piece::Annex(text) => words(xml, "Annex", text),
            Piece::Signature { signer, date } => self.signature(xml, signer, date),
            Piece::Note(text) => words(xml, "Note", text),
            Piece::PageBreak => xml.within("w:p", &[], |xml| {
                xml.within("w:r", &[], |xml| xml.empty("w:br", &[("w:type", "page")]));
            }),
        }
    }

    /// Ends the pages as they lie; what follows stands on pages that lie the other way.
    fn turn(&mut self, xml: &mut Xml) {
        let landscape = self.landscape;
        xml.within("w:p", &[], |xml| {
            xml.within("w:pPr", &[], |xml| {
                xml.val("w:pStyle", "TableNote");
                section(xml, &self.style.sheet, landscape);
            });
        });
        self.landscape = !landscape;
    }

    fn letterhead(&self, xml: &mut Xml, issuer: &str, number: &str, remark: &str) {
        let sheet = &self.style.sheet;
        let LetterheadStyle { colour, rule, .. } = &sheet.parts().letterhead;
        if !remark.is_empty() {
            words(xml, "LetterheadRemark", remark);
        }
        xml.within("w:p", &[], |xml| {
            xml.within("w:pPr", &[], |xml| xml.val("w:pStyle", "Letterhead"));
            let size = letterhead_size(sheet, issuer).to_string();
            xml.within("w:r", &[], |xml| {
                xml.within("w:rPr", &[], |xml| {
                    xml.val("w:sz", &size);
                    xml.val("w:szCs", &size);
                });
                text(xml, issuer);
            });
        });
        let number = self.content.document_number(number, self.style);
        if *rule || !number.is_empty() {
            xml.within("w:p", &[], |xml| {
                xml.within("w:pPr", &[], |xml| {
                    xml.val("w:pStyle", "LetterheadNumber");
                    if *rule {
                        xml.within("w:pBdr", &[], |xml| {
                            let rule =
                                [("w:val", "single"), ("w:sz", "18"), ("w:space", "4"), ("w:color", &colour[1..])];
                            xml.empty("w:bottom", &rule);
                        });
                    }
                });
                run(xml, &number, false);
            });
        }
    }

    fn items(&mut self, xml: &mut Xml, numbered: bool, items: &[String]) {
        let list = if numbered { FIRST_NUMBERED + self.numbered_lists } else { BULLETS };
        self.numbered_lists += usize::from(numbered);
        for item in items {
            xml.within("w:p", &[], |xml| {
                xml.within("w:pPr", &[], |xml| {
                    xml.val("w:pStyle", "ListParagraph");
                    xml.within("w:numPr", &[], |xml| {
                        xml.val("w:ilvl", "0");
                        xml.val("w:numId", &list.to_string());
                    });
                });
                run(xml, item, false);
            });
        }
    }

    fn table(&self, xml: &mut Xml, grid: &Grid) {
        let sheet = &self.style.sheet;
        let width = if self.landscape { sheet.text_height() } else { sheet.text_width() };
        caption(xml, &grid.caption);
        table::write(xml, grid, width, self.content.language);
        // Two tables that follow each other without a paragraph between them would become one.
        words(xml, "TableNote", &grid.noted(self.content.language));
    }

    fn figure(&mut self, xml: &mut Xml, figure: &Figure) {
        let number = self.charts.len() + 1;
        if let Some(part) = chart::part(&figure.chart) {
            self.charts.push(part);
            xml.within("w:p", &[], |xml| {
                xml.within("w:pPr", &[], |xml| xml.val("w:pStyle", "Figure"));
                chart::anchor(xml, number, figure, &self.style.sheet);
            });
        }
        caption(xml, &figure.captioned(self.content.language));
        if !figure.chart.sentence.is_empty() {
            words(xml, "BodyText", &figure.chart.sentence);
        }
        self.table(xml, &figure.grid);
    }

    fn signature(&self, xml: &mut Xml, signer: &str, date: &str) {
        let parts = self.style.sheet.parts();
        for line in signature(parts, signer, date) {
            indented(xml, &line, parts.sizes.body_half_points);
        }
    }

    /// Who prints official papers, between two rules at the very end.
    fn imprint(&self, xml: &mut Xml) {
        let Some((imprint, printed)) = self.content.imprint(&self.style.sheet) else { return };
        xml.within("w:p", &[], |xml| {
            xml.within("w:pPr", &[], |xml| {
                xml.val("w:pStyle", "Note");
                xml.within("w:pBdr", &[], |xml| {
                    for side in ["w:top", "w:bottom"] {
                        xml.empty(side, &[("w:val", "single"), ("w:sz", "6"), ("w:space", "4"), ("w:color", "auto")]);
                    }
                });
                let width = self.style.sheet.text_width().to_string();
                xml.within("w:tabs", &[], |xml| xml.empty("w:tab", &[("w:val", "right"), ("w:pos", &width)]));
            });
            run(xml, imprint, false);
            xml.within("w:r", &[], |xml| xml.empty("w:tab", &[]));
            run(xml, &printed, false);
        });
    }
}

const HEADINGS: [&str; 4] = ["Heading1", "Heading2", "Heading3", "Heading4"];

/// A paragraph of a style with nothing but words.
pub(super) fn words(xml: &mut Xml, style: &str, text: &str) {
    xml.within("w:p", &[], |xml| {
        xml.within("w:pPr", &[], |xml| xml.val("w:pStyle", style));
        run(xml, text, false);
    });
}

/// A stretch of text; nothing where there is none.
pub(super) fn run(xml: &mut Xml, words: &str, strong: bool) {
    if words.is_empty() {
        return;
    }
    xml.within("w:r", &[], |xml| {
        if strong {
            xml.within("w:rPr", &[], |xml| xml.empty("w:b", &[]));
        }
        text(xml, words);
    });
}

fn text(xml: &mut Xml, words: &str) {
    xml.text("w:t", &[("xml:space", "preserve")], words);
}

fn paragraph(xml: &mut Xml, lines: &Lines) {
    xml.within("w:p", &[], |xml| {
        xml.within("w:pPr", &[], |xml| {
            xml.val("w:pStyle", if lines.indented { "BodyText" } else { "Normal" });
            match lines.alignment {
                Alignment::Start => {}
                Alignment::Center => xml.val("w:jc", "center"),
                Alignment::End => xml.val("w:jc", "right"),
            }
        });
        for Words { text, strong } in &lines.runs {
            run(xml, text, *strong);
        }
    });
}

/// A caption; the number after 表, 图, Table or Figure is a field, so that programs make lists of tables and figures from it.
fn caption(xml: &mut Xml, words: &str) {
    if words.is_empty() {
        return;
    }
    let numbered = ["表", "图", "Table ", "Figure "].into_iter().find_map(|label| {
        let rest = words.strip_prefix(label)?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        (1..=6).contains(&digits).then(|| (label, &rest[..digits], &rest[digits..]))
    });
    xml.within("w:p", &[], |xml| {
        xml.within("w:pPr", &[], |xml| xml.val("w:pStyle", "Caption"));
        let Some((label, number, rest)) = numbered else { return run(xml, words, false) };
        run(xml, label, false);
        let instruction = format!(" SEQ {} \\* ARABIC \\r {number} ", label.trim());
        xml.within("w:fldSimple", &[("w:instr", &instruction)], |xml| run(xml, number, false));
        run(xml, rest, false);
    });
}

/// A line that stands in from the right.
fn indented(xml: &mut Xml, line: &Signed<'_>, half_points: u16) {
    xml.within("w:p", &[], |xml| {
        xml.within("w:pPr", &[], |xml| {
            xml.val("w:pStyle", line.look);
            let hundredths = (line.characters * 100).to_string();
            let width = (line.characters * u32::from(half_points) * TWENTIETHS_PER_HALF_POINT).to_string();
            xml.empty("w:ind", &[("w:rightChars", &hundredths), ("w:right", &width)]);
        });
        run(xml, line.text, false);
    });
}
