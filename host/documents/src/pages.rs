//! A document as printed pages (PDF): looks as the Word file has them, set by [`pdf`] with the fonts that this host has.

use domain::document::Alignment;
use domain::style_sheet::{LetterheadStyle, PageNumberForm, PageNumberPlace, StyleSheet, twentieths};
use pdf::{
    Column, Drawing, Flow, Furniture, Letters, Like, NumberPlace, Paper, Paragraph, Points, Role, Rule, Run, Table,
    Work,
};

use crate::content::{Content, Figure, Grid, Lines, Piece};
use crate::looks::{FIRST_LINE_CHARACTERS, Look, SHADE, Side, Spacing, letterhead_size, looks, signature};
use crate::markdown::with_colon;
use crate::words::say;
use crate::{RenderError, Style, chart};

/// From line to line where the letters say it, as a share of how large they are.
const LINE: Points = 1.3;
/// Under a letterhead, in points.
const LETTERHEAD_RULE: Points = 2.25;
/// Around the imprint, in points.
const IMPRINT_RULE: Points = 0.75;
const BLACK: [u8; 3] = [0; 3];
const HEADINGS: [&str; 4] = ["Heading1", "Heading2", "Heading3", "Heading4"];

/// The whole file. Equal input and equal fonts give equal bytes.
pub(crate) fn file(content: &Content, style: &Style) -> Result<Vec<u8>, RenderError> {
    let sheet = &style.sheet;
    let mut setter = Setter { content, style, looks: looks(sheet.parts()), is_turned: false, flow: Vec::new() };
    for piece in &content.pieces {
        setter.piece(piece)?;
    }
    setter.imprint();
    if !content.provenance.is_empty() {
        setter.words("Note", &content.provenance);
    }
    let title = match content.title.as_str() {
        "" => say(content.language, "sheets-origin-document", &[]),
        title => title.to_owned(),
    };
    let work = Work {
        title,
        author: content.federation.clone(),
        language: content.language_tag.clone(),
        paper: paper(sheet),
        furniture: setter.furniture(),
        flow: setter.flow,
    };
    Ok(pdf::set(&work, style.fonts.faces())?)
}

/// What is being set.
struct Setter<'a> {
    content: &'a Content,
    style: &'a Style,
    looks: Vec<Look<'a>>,
    /// Whether the pages lie on their side since the last table.
    is_turned: bool,
    flow: Vec<Flow>,
}

impl<'a> Setter<'a> {
    fn piece(&mut self, piece: &Piece) -> Result<(), RenderError> {
        let is_wide = matches!(piece, Piece::Table(grid) if grid.is_wide());
        if is_wide != self.is_turned && !matches!(piece, Piece::PageBreak) {
            self.flow.push(Flow::Turned(is_wide));
            self.is_turned = is_wide;
        }
        match piece {
            Piece::Letterhead { issuer, number, remark } => self.letterhead(issuer, number, remark),
            Piece::Title(text) => self.words("Title", text),
            Piece::Subtitle(text) => self.words("Subtitle", text),
            Piece::Addressee(text) => self.words("Addressee", &with_colon(text, self.content.language)),
            Piece::Heading { level, text } => self.words(HEADINGS[usize::from((*level).clamp(1, 4)) - 1], text),
            Piece::Paragraph(lines) => self.lines(lines),
            Piece::Items { numbered, items } => self.items(*numbered, items),
            Piece::Table(grid) => self.table(grid),
            Piece::Chart(figure) => self.figure(figure)?,
            Piece::Image { alternative } => {
                self.words("Figure", &say(self.content.language, "image-absent", &[("alternative", alternative)]));
            }
            Piece::Annex(text) => self.words("Annex", text),
            Piece::Signature { signer, date } => self.signature(signer, date),
            Piece::Note(text) => self.words("Note", text),
            Piece::PageBreak => self.flow.push(Flow::PageBreak),
        }
        Ok(())
    }

    fn look(&self, id: &str) -> &Look<'a> {
        // Every name that is asked for here is in the table; the first one is the look that all others are based on.
        self.looks.iter().find(|look| look.id == id).unwrap_or(&self.looks[0])
    }

    fn letters(&self, look: &Look<'_>) -> Letters {
        Letters {
            family: look.font.to_owned(),
            latin: self.style.sheet.parts().fonts.latin.clone(),
            like: like(look.font),
            strong: look.bold || look.font.contains("标宋"),
            size: points(u32::from(look.half_points) * 10),
            colour: look.colour.map_or(BLACK, colour),
        }
    }

    /// An empty paragraph of a look.
    fn paragraph(&self, id: &str) -> Paragraph {
        let look = self.look(id);
        let size = self.letters(look).size;
        let pitch = points(self.style.sheet.character_pitch());
        let (line_height, pitch, before, after) = match look.spacing {
            Spacing::Grid => (points(self.style.sheet.line_pitch()), Some(pitch), 0.0, 0.0),
            Spacing::Single(before, after) => (size * LINE, None, points(u32::from(before)), points(u32::from(after))),
        };
        let indent = pitch.unwrap_or(size) * Points::from(FIRST_LINE_CHARACTERS);
        Paragraph {
            role: match (look.outline, look.id) {
                (Some(level), _) => Role::Heading(level + 1),
                (None, "Caption") => Role::Caption,
                (None, "Note" | "TableNote") => Role::Note,
                (None, _) => Role::Body,
            },
            runs: Vec::new(),
            tail: Vec::new(),
            alignment: match look.alignment {
                Side::Left => pdf::Alignment::Start,
                Side::Center => pdf::Alignment::Center,
                Side::Right => pdf::Alignment::End,
                Side::Both => pdf::Alignment::Both,
            },
            first_indent: if look.first_line { indent } else { 0.0 },
            end_indent: 0.0,
            line_height,
            pitch,
            before,
            after,
            rule_above: None,
            rule_below: None,
            keeps_next: look.keeps_next,
            begins_page: look.page_break_before,
        }
    }

    fn run(&self, id: &str, text: &str) -> Run {
        Run { text: text.to_owned(), letters: self.letters(self.look(id)) }
    }

    fn words(&mut self, id: &str, text: &str) {
        let paragraph = Paragraph { runs: vec![self.run(id, text)], ..self.paragraph(id) };
        self.flow.push(Flow::Paragraph(paragraph));
    }

    fn lines(&mut self, lines: &Lines) {
        let id = if lines.indented { "BodyText" } else { "Normal" };
        let runs = lines.runs.iter().map(|words| {
            let mut run = self.run(id, &words.text);
            run.letters.strong |= words.strong;
            run
        });
        let own = self.paragraph(id);
        let alignment = match lines.alignment {
            Alignment::Start => own.alignment,
            Alignment::Center => pdf::Alignment::Center,
            Alignment::End => pdf::Alignment::End,
        };
        let paragraph = Paragraph { runs: runs.collect(), alignment, ..own };
        self.flow.push(Flow::Paragraph(paragraph));
    }

    fn items(&mut self, numbered: bool, items: &[String]) {
        let look = self.paragraph("ListParagraph");
        let indent = look.pitch.unwrap_or(look.line_height) * Points::from(FIRST_LINE_CHARACTERS);
        let items = items.iter().zip(1..).map(|(item, number)| {
            let mark = if numbered { format!("{number}. ") } else { "• ".to_owned() };
            let runs = vec![self.run("ListParagraph", &mark), self.run("ListParagraph", item)];
            Paragraph { runs, first_indent: indent, ..look.clone() }
        });
        let items = items.collect();
        self.flow.push(Flow::List { numbered, items });
    }

    fn letterhead(&mut self, issuer: &str, number: &str, remark: &str) {
        let LetterheadStyle { colour: ink, rule, .. } = &self.style.sheet.parts().letterhead;
        if !remark.is_empty() {
            self.words("LetterheadRemark", remark);
        }
        let size = points(letterhead_size(&self.style.sheet, issuer) * 10);
        let mut name = self.run("Letterhead", issuer);
        name.letters.size = size;
        let paragraph = Paragraph { runs: vec![name], line_height: size * LINE, ..self.paragraph("Letterhead") };
        self.flow.push(Flow::Paragraph(paragraph));
        let number = self.content.document_number(number, self.style);
        if *rule || !number.is_empty() {
            let rule_below = rule.then(|| Rule { thickness: LETTERHEAD_RULE, colour: colour(&ink[1..]) });
            let runs = vec![self.run("LetterheadNumber", &number)];
            let paragraph = Paragraph { runs, rule_below, ..self.paragraph("LetterheadNumber") };
            self.flow.push(Flow::Paragraph(paragraph));
        }
    }

    fn table(&mut self, grid: &Grid) {
        let sheet = &self.style.sheet;
        let width = if self.is_turned { sheet.text_height() } else { sheet.text_width() };
        if !grid.caption.is_empty() {
            self.words("Caption", &grid.caption);
        }
        let nothing = say(self.content.language, "no-rows", &[]);
        if grid.heads.is_empty() {
            return self.words("TableText", &nothing);
        }
        let columns = grid.shares(width).into_iter().zip(&grid.heads);
        let columns = columns.map(|(width, head)| Column { width: points(width), is_number: head.is_number });
        let mut rows: Vec<pdf::Row> =
            grid.rows.iter().map(|row| pdf::Row { strong: row.strong, cells: row.cells.clone() }).collect();
        if rows.is_empty() {
            let cells = std::iter::once(nothing).chain(std::iter::repeat(String::new()));
            rows.push(pdf::Row { strong: false, cells: cells.take(grid.heads.len()).collect() });
        }
        let table = Table {
            columns: columns.collect(),
            head: grid.heads.iter().map(|head| head.text.clone()).collect(),
            rows,
            letters: self.letters(self.look("TableText")),
            shade: colour(SHADE),
            stays_whole: grid.is_short(),
        };
        self.flow.push(Flow::Table(table));
        // Without a note as well: what follows stands off from the table.
        self.words("TableNote", &grid.noted(self.content.language));
    }

    fn figure(&mut self, figure: &Figure) -> Result<(), RenderError> {
        let caption = figure.captioned(self.content.language);
        let drawn = chart::draw(&figure.chart);
        let svg = drawn.map_err(|source| RenderError::Drawing { index: figure.block, source })?;
        if let Some(svg) = svg {
            let said = [figure.chart.sentence.as_str(), &caption].into_iter().find(|text| !text.is_empty());
            let alternative = said.map_or_else(|| say(self.content.language, "chart-category", &[]), str::to_owned);
            let width = points(self.style.sheet.text_width());
            self.flow.push(Flow::Drawing(Drawing { svg, alternative, width }));
        }
        if !caption.is_empty() {
            self.words("Caption", &caption);
        }
        if !figure.chart.sentence.is_empty() {
            self.words("BodyText", &figure.chart.sentence);
        }
        self.table(&figure.grid);
        Ok(())
    }

    fn signature(&mut self, signer: &str, date: &str) {
        for line in signature(self.style.sheet.parts(), signer, date) {
            let own = self.paragraph(line.look);
            let end_indent = own.pitch.unwrap_or(own.line_height) * characters(line.characters);
            let runs = vec![self.run(line.look, line.text)];
            self.flow.push(Flow::Paragraph(Paragraph { runs, end_indent, ..own }));
        }
    }

    fn imprint(&mut self) {
        let Some((imprint, printed)) = self.content.imprint(&self.style.sheet) else { return };
        let rule = Some(Rule { thickness: IMPRINT_RULE, colour: BLACK });
        let (runs, tail) = (vec![self.run("Note", imprint)], vec![self.run("Note", &printed)]);
        let paragraph = Paragraph { runs, tail, rule_above: rule, rule_below: rule, ..self.paragraph("Note") };
        self.flow.push(Flow::Paragraph(paragraph));
    }

    fn furniture(&self) -> Furniture {
        let parts = self.style.sheet.parts();
        Furniture {
            header: parts.header.clone(),
            header_letters: self.letters(self.look("Header")),
            number: match parts.page_numbers.form {
                PageNumberForm::None => String::new(),
                PageNumberForm::Plain => "{page}".to_owned(),
                PageNumberForm::Dashes => "— {page} —".to_owned(),
                PageNumberForm::OfAll => {
                    say(self.content.language, "page-of-pages", &[("page", "{page}"), ("pages", "{pages}")])
                }
            },
            number_letters: self.letters(self.look("Footer")),
            number_place: match parts.page_numbers.place {
                PageNumberPlace::Center => NumberPlace::Center,
                PageNumberPlace::Outer => NumberPlace::Outer,
                PageNumberPlace::End => NumberPlace::End,
            },
        }
    }
}

fn paper(sheet: &StyleSheet) -> Paper {
    let paper = &sheet.parts().paper;
    let side = |millimetres| points(twentieths(millimetres));
    Paper {
        width: side(paper.width_mm),
        height: side(paper.height_mm),
        top: side(paper.top_mm),
        bottom: side(paper.bottom_mm),
        left: side(paper.left_mm),
        right: side(paper.right_mm),
    }
}

/// What stands for a font that is not there, by its name.
fn like(family: &str) -> Like {
    let name = family.to_lowercase();
    let is_any = |marks: &[&str]| marks.iter().any(|mark| name.contains(mark));
    if is_any(&["黑", "hei", "sans", "gothic"]) {
        Like::Sans
    } else if is_any(&["楷", "kai"]) {
        Like::Written
    } else {
        Like::Serif
    }
}

#[expect(clippy::cast_precision_loss, reason = "pages are far smaller than a number has digits")]
fn points(twentieths: u32) -> Points {
    twentieths as Points / 20.0
}

#[expect(clippy::cast_precision_loss, reason = "lines are far shorter than a number has digits")]
fn characters(count: u32) -> Points {
    count as Points
}

/// A colour of a style sheet, six hexadecimal digits; the sheet has been read as one.
fn colour(digits: &str) -> [u8; 3] {
    let digits = u32::from_str_radix(digits, 16).unwrap_or_default().to_be_bytes();
    [digits[1], digits[2], digits[3]]
}
