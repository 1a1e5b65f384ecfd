//! The main part of a Word file: the document's pieces one after the other.

use domain::document::Alignment;
use domain::style_sheet::{LetterheadStyle, StyleSheet};
use domain::text::Language;

use super::furniture::{BULLETS, FIRST_NUMBERED, section};
use super::xml::Xml;
use super::{MAIN, RELATIONSHIPS, chart, table};
use crate::Style;
use crate::content::{Content, Figure, Grid, Lines, Piece, Words};
use crate::markdown::with_colon;
use crate::words::say;

/// Columns from which on a table gets a page that lies on its side.
const WIDE_COLUMNS_MIN: usize = 9;
/// From edge to edge of a character of the body stand two of its half points, in twentieths of a point.
const TWENTIETHS_PER_HALF_POINT: u32 = 10;

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
        let wide = matches!(piece, Piece::Table(grid) if grid.heads.len() >= WIDE_COLUMNS_MIN);
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
        let given = if number.is_empty() { self.document_number() } else { Some(number.to_owned()) };
        let number = given.unwrap_or_default();
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

    /// The number by the federation's pattern, of the year in which the document is signed.
    fn document_number(&self) -> Option<String> {
        let dates = self.content.pieces.iter().rev().filter_map(|piece| match piece {
            Piece::Signature { date, .. } => year_in(date),
            _ => None,
        });
        self.style.sheet.document_number(dates.into_iter().next()?, self.style.sequence)
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
        let note = match grid.note.as_str() {
            "" => String::new(),
            note => say(self.content.language, "table-note", &[("note", note)]),
        };
        words(xml, "TableNote", &note);
    }

    fn figure(&mut self, xml: &mut Xml, figure: &Figure) {
        let number = self.charts.len() + 1;
        let told = self.content.language;
        if let Some(part) = chart::part(&figure.chart) {
            self.charts.push(part);
            xml.within("w:p", &[], |xml| {
                xml.within("w:pPr", &[], |xml| xml.val("w:pStyle", "Figure"));
                chart::anchor(xml, number, figure, &self.style.sheet);
            });
        }
        caption(xml, &captioned(figure, told));
        if !figure.chart.sentence.is_empty() {
            words(xml, "BodyText", &figure.chart.sentence);
        }
        self.table(xml, &figure.grid);
    }

    /// The signer stands in the middle above the date, which stands in from the right.
    fn signature(&self, xml: &mut Xml, signer: &str, date: &str) {
        let parts = self.style.sheet.parts();
        let indent = u32::from(parts.signature.indent_characters);
        let above = indent.saturating_add(width_of(date) / 4).saturating_sub(width_of(signer) / 4);
        indented(xml, "Signature", signer, above, parts.sizes.body_half_points);
        if !parts.signature.seal_line.is_empty() {
            let seal = &parts.signature.seal_line;
            let above = indent.saturating_add(width_of(date) / 4).saturating_sub(width_of(seal) / 4);
            indented(xml, "Signature", seal, above, parts.sizes.body_half_points);
        }
        indented(xml, "SignatureDate", date, indent, parts.sizes.body_half_points);
    }

    /// Who prints official papers, between two rules at the very end.
    fn imprint(&self, xml: &mut Xml) {
        let imprint = &self.style.sheet.parts().imprint;
        let official = self.content.pieces.iter().any(|piece| matches!(piece, Piece::Letterhead { .. }));
        if imprint.is_empty() || !official {
            return;
        }
        let signed = self.content.pieces.iter().rev().find_map(|piece| match piece {
            Piece::Signature { date, .. } => Some(date.as_str()),
            _ => None,
        });
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
            run(xml, &say(self.content.language, "printed-on", &[("date", signed.unwrap_or_default())]), false);
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

fn captioned(figure: &Figure, language: Language) -> String {
    if figure.chart.unit.is_empty() {
        return figure.chart.caption.clone();
    }
    say(language, "header-with-unit", &[("header", &figure.chart.caption), ("unit", &figure.chart.unit)])
}

/// A paragraph that stands so many characters in from the right.
fn indented(xml: &mut Xml, style: &str, text: &str, characters: u32, half_points: u16) {
    xml.within("w:p", &[], |xml| {
        xml.within("w:pPr", &[], |xml| {
            xml.val("w:pStyle", style);
            let hundredths = (characters * 100).to_string();
            let width = (characters * u32::from(half_points) * TWENTIETHS_PER_HALF_POINT).to_string();
            xml.empty("w:ind", &[("w:rightChars", &hundredths), ("w:right", &width)]);
        });
        run(xml, text, false);
    });
}

/// How many half characters a text is wide.
fn width_of(text: &str) -> u32 {
    text.chars().map(|character| if character.is_ascii() { 1 } else { 2 }).sum()
}

/// As large as the style sheet says, or so that the name fits on a line.
fn letterhead_size(sheet: &StyleSheet, issuer: &str) -> u32 {
    let most = u32::from(sheet.parts().sizes.letterhead_half_points);
    let fitting = 2 * sheet.text_width() / TWENTIETHS_PER_HALF_POINT / width_of(issuer).max(1);
    most.min(fitting).max(u32::from(sheet.parts().sizes.body_half_points))
}

fn year_in(date: &str) -> Option<i16> {
    date.split(|character: char| !character.is_ascii_digit()).find(|digits| digits.len() == 4)?.parse().ok()
}
