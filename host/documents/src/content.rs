//! A document made ready for any format: texts made plain, numbers written out, charts with their numbers as a table.

use domain::amount::Decimal;
use domain::document::{Alignment, Block, Cells, Chart, Document, Numbers, Series, Table};
use domain::style_sheet::StyleSheet;
use domain::text::Language;

use crate::Style;
use crate::looks::width_of;
use crate::plain::plain;
use crate::words::say;

/// Columns from which on a table gets a page that lies on its side.
const WIDE_COLUMNS_MIN: usize = 9;
/// Rows that are looked at for the width of a column.
const MEASURED_ROWS: usize = 500;
/// How wide a head is on one line at least, in half characters.
const HEAD_WIDTH: u32 = 8;
/// What a cell needs beside its text, in half characters.
const CELL_MARGINS: u32 = 3;
/// Rows up to which a table is not broken over two pages.
const SHORT_ROWS_MAX: usize = 16;
/// How narrow and how wide a column may be against the others, in half characters.
const WIDTHS: std::ops::RangeInclusive<u32> = 6..=48;

/// The document as the formats see it.
pub(crate) struct Content {
    pub(crate) title: String,
    /// BCP 47, with nothing but letters, digits and hyphens.
    pub(crate) language_tag: String,
    /// The language of the house's own words in it.
    pub(crate) language: Language,
    pub(crate) federation: String,
    pub(crate) provenance: String,
    pub(crate) pieces: Vec<Piece>,
}

/// One block, in words.
pub(crate) enum Piece {
    Letterhead { issuer: String, number: String, remark: String },
    Title(String),
    Subtitle(String),
    Addressee(String),
    Heading { level: u8, text: String },
    Paragraph(Lines),
    Items { numbered: bool, items: Vec<String> },
    Table(Grid),
    Chart(Figure),
    Image { alternative: String },
    Annex(String),
    Signature { signer: String, date: String },
    Note(String),
    PageBreak,
}

/// A paragraph.
pub(crate) struct Lines {
    pub(crate) runs: Vec<Words>,
    pub(crate) alignment: Alignment,
    pub(crate) indented: bool,
}

/// A stretch of text.
pub(crate) struct Words {
    pub(crate) text: String,
    pub(crate) strong: bool,
}

/// A table by rows.
pub(crate) struct Grid {
    pub(crate) caption: String,
    pub(crate) heads: Vec<Head>,
    pub(crate) rows: Vec<Row>,
    pub(crate) note: String,
}

/// A column's head.
pub(crate) struct Head {
    /// With the unit.
    pub(crate) text: String,
    /// The unit by itself; empty for none.
    pub(crate) unit: String,
    /// Whether the column holds numbers.
    pub(crate) is_number: bool,
    /// Decimal places of its numbers.
    pub(crate) decimals: usize,
    /// Whether the column names the rows.
    pub(crate) names_rows: bool,
}

/// A row of a table, one cell per head.
pub(crate) struct Row {
    pub(crate) strong: bool,
    pub(crate) cells: Vec<String>,
}

/// A chart with everything that stands beside the drawing.
pub(crate) struct Figure {
    /// The block's index in the document.
    pub(crate) block: usize,
    /// With plain texts.
    pub(crate) chart: Chart,
    /// Its numbers.
    pub(crate) grid: Grid,
}

impl Content {
    /// The number that a letterhead shows: the one it brings, or one by the federation's pattern of the year in which the document is signed.
    pub(crate) fn document_number(&self, brought: &str, style: &Style) -> String {
        if !brought.is_empty() {
            return brought.to_owned();
        }
        let number =
            self.signed_on().and_then(year_in).and_then(|year| style.sheet.document_number(year, style.sequence));
        number.unwrap_or_default()
    }

    /// The date under the document.
    fn signed_on(&self) -> Option<&str> {
        self.pieces.iter().rev().find_map(|piece| match piece {
            Piece::Signature { date, .. } => Some(date.as_str()),
            _ => None,
        })
    }

    /// Who prints official papers, and when this one was: between two rules at its very end.
    pub(crate) fn imprint<'s>(&self, sheet: &'s StyleSheet) -> Option<(&'s str, String)> {
        let imprint = sheet.parts().imprint.as_str();
        let is_official = self.pieces.iter().any(|piece| matches!(piece, Piece::Letterhead { .. }));
        let printed = say(self.language, "printed-on", &[("date", self.signed_on().unwrap_or_default())]);
        (is_official && !imprint.is_empty()).then_some((imprint, printed))
    }
}

impl Grid {
    /// Whether it gets a page that lies on its side.
    pub(crate) const fn is_wide(&self) -> bool {
        self.heads.len() >= WIDE_COLUMNS_MIN
    }

    /// Whether it is not broken over two pages.
    pub(crate) const fn is_short(&self) -> bool {
        self.rows.len() <= SHORT_ROWS_MAX
    }

    /// The note below it as a sentence; empty for none.
    pub(crate) fn noted(&self, language: Language) -> String {
        match self.note.as_str() {
            "" => String::new(),
            note => say(language, "table-note", &[("note", note)]),
        }
    }

    /// A width by columns, after what stands in them.
    pub(crate) fn shares(&self, width: u32) -> Vec<u32> {
        let widest = |column: usize| {
            let cells = self.rows.iter().take(MEASURED_ROWS).map(|row| width_of(&row.cells[column]));
            let head = width_of(&self.heads[column].text);
            // A long head stands on two lines rather than taking room from the cells.
            let widest = cells.fold(head.min((head / 2).max(HEAD_WIDTH)), u32::max);
            widest.saturating_add(CELL_MARGINS).clamp(*WIDTHS.start(), *WIDTHS.end())
        };
        let wanted: Vec<u32> = (0..self.heads.len()).map(widest).collect();
        let all: u32 = wanted.iter().sum();
        // Programs want a column to be there at all, even where a thousand share a page.
        wanted.iter().map(|share| (width * share / all.max(1)).max(1)).collect()
    }
}

impl Figure {
    /// The caption with the unit.
    pub(crate) fn captioned(&self, language: Language) -> String {
        header(&self.chart.caption, &self.chart.unit, language)
    }
}

fn year_in(date: &str) -> Option<i16> {
    date.split(|character: char| !character.is_ascii_digit()).find(|digits| digits.len() == 4)?.parse().ok()
}

/// Prepares a document that was checked.
pub(crate) fn prepare(document: &Document, style: &Style) -> Content {
    let language_tag = language_tag(&document.language);
    let language = if language_tag.starts_with("zh") { Language::Chinese } else { Language::English };
    Content {
        title: owned(&document.title),
        language,
        federation: owned(&style.federation),
        provenance: owned(&style.provenance),
        pieces: document.blocks.iter().enumerate().map(|(index, block)| piece(index, block, language)).collect(),
        language_tag,
    }
}

fn owned(text: &str) -> String {
    plain(text).into_owned()
}

/// The tag itself where it could be one, and `und` (undetermined) where it could not.
fn language_tag(tag: &str) -> String {
    let could_be =
        (2..=35).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if could_be { tag.to_owned() } else { "und".to_owned() }
}

fn piece(index: usize, block: &Block, language: Language) -> Piece {
    match block {
        Block::Letterhead(letterhead) => Piece::Letterhead {
            issuer: owned(&letterhead.issuer),
            number: letterhead.number.as_deref().map(owned).unwrap_or_default(),
            remark: letterhead.remark.as_deref().map(owned).unwrap_or_default(),
        },
        Block::Title(text) => Piece::Title(owned(text)),
        Block::Subtitle(text) => Piece::Subtitle(owned(text)),
        Block::Addressee(text) => Piece::Addressee(owned(text)),
        Block::Heading { level, text } => Piece::Heading { level: *level, text: owned(text) },
        Block::Paragraph { runs, alignment, indented } => Piece::Paragraph(Lines {
            runs: runs.iter().map(|run| Words { text: owned(&run.text), strong: run.strong }).collect(),
            alignment: *alignment,
            indented: *indented,
        }),
        Block::Items { numbered, items } => {
            Piece::Items { numbered: *numbered, items: items.iter().map(|item| owned(item)).collect() }
        }
        Block::Table(table) => Piece::Table(grid(table, language)),
        Block::Chart(chart) => Piece::Chart(figure(index, chart, language)),
        Block::Image { alternative, .. } => Piece::Image { alternative: owned(alternative) },
        Block::Annex(text) => Piece::Annex(owned(text)),
        Block::Signature { signer, date } => Piece::Signature { signer: owned(signer), date: owned(date) },
        Block::Note(text) => Piece::Note(owned(text)),
        Block::PageBreak => Piece::PageBreak,
    }
}

fn grid(table: &Table, language: Language) -> Grid {
    let naming = table.columns.iter().position(|column| matches!(column.cells, Cells::Texts(_)));
    let heads = table.columns.iter().enumerate().map(|(index, column)| Head {
        text: header(&owned(&column.header), &owned(&column.unit), language),
        unit: owned(&column.unit),
        is_number: matches!(column.cells, Cells::Numbers(_)),
        decimals: match &column.cells {
            Cells::Numbers(numbers) => usize::from(numbers.scale),
            Cells::Texts(_) => 0,
        },
        names_rows: Some(index) == naming,
    });
    let columns: Vec<Vec<String>> = table.columns.iter().map(|column| written(&column.cells)).collect();
    let rows = table.columns.first().map_or(0, |column| column.cells.len());
    let mut strong_rows = table.strong_rows.iter().peekable();
    Grid {
        caption: owned(&table.caption),
        heads: heads.collect(),
        rows: turned(columns, rows)
            .into_iter()
            .enumerate()
            .map(|(index, cells)| {
                let strong = strong_rows.next_if(|row| usize::try_from(**row) == Ok(index)).is_some();
                Row { strong, cells }
            })
            .collect(),
        note: table.note.as_deref().map(owned).unwrap_or_default(),
    }
}

fn header(header: &str, unit: &str, language: Language) -> String {
    if unit.is_empty() {
        header.to_owned()
    } else {
        say(language, "header-with-unit", &[("header", header), ("unit", unit)])
    }
}

/// A column's cells as text; blank numbers are empty.
fn written(cells: &Cells) -> Vec<String> {
    match cells {
        Cells::Texts(texts) => texts.iter().map(|text| owned(text)).collect(),
        Cells::Numbers(numbers) => {
            let mut blanks = numbers.blanks.iter().peekable();
            let mut written = Vec::with_capacity(numbers.values.len());
            for (index, digits) in numbers.values.iter().enumerate() {
                let is_blank = blanks.next_if(|blank| usize::try_from(**blank) == Ok(index)).is_some();
                written.push(if is_blank { String::new() } else { number(*digits, numbers.scale) });
            }
            written
        }
    }
}

/// A number with all its decimal places: 94.50 stays 94.50.
pub(crate) fn number(digits: i64, scale: u8) -> String {
    Decimal { digits, scale }.to_string()
}

/// Columns as rows.
fn turned(columns: Vec<Vec<String>>, rows: usize) -> Vec<Vec<String>> {
    let mut turned: Vec<Vec<String>> = (0..rows).map(|_| Vec::with_capacity(columns.len())).collect();
    for column in columns {
        for (row, cell) in turned.iter_mut().zip(column) {
            row.push(cell);
        }
    }
    turned
}

fn figure(block: usize, chart: &Chart, language: Language) -> Figure {
    let chart = Chart {
        kind: chart.kind,
        caption: owned(&chart.caption),
        sentence: owned(&chart.sentence),
        unit: owned(&chart.unit),
        categories: chart.categories.iter().map(|category| owned(category)).collect(),
        series: chart
            .series
            .iter()
            .map(|series| Series { name: owned(&series.name), values: series.values.clone() })
            .collect(),
    };
    let grid = grid_of_chart(&chart, language);
    Figure { block, chart, grid }
}

/// The chart's numbers: a row per category, a column per series.
fn grid_of_chart(chart: &Chart, language: Language) -> Grid {
    let category = Head {
        text: say(language, "chart-category", &[]),
        unit: String::new(),
        is_number: false,
        decimals: 0,
        names_rows: true,
    };
    let series = chart.series.iter().map(|series| Head {
        text: header(&series.name, &chart.unit, language),
        unit: chart.unit.clone(),
        is_number: true,
        decimals: usize::from(series.values.scale),
        names_rows: false,
    });
    let numbers = |numbers: &Numbers| numbers.values.iter().map(|digits| number(*digits, numbers.scale)).collect();
    let columns = std::iter::once(chart.categories.clone())
        .chain(chart.series.iter().map(|series| numbers(&series.values)))
        .collect();
    Grid {
        caption: say(language, "table-of-chart", &[]),
        heads: std::iter::once(category).chain(series).collect(),
        rows: turned(columns, chart.categories.len()).into_iter().map(|cells| Row { strong: false, cells }).collect(),
        note: String::new(),
    }
}
