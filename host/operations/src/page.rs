//! Pages that the house itself composes about plugins: blocks of a document, in one language, with the house's words from the catalogue.
//!
//! What plugins say goes into blocks as it is: `documents` neutralises and escapes it. Here it is only kept within the sizes that a
//! document may have, so that no plugin can say so much that nobody can read about it.

mod wording;

use documents::words::say;
use domain::document::{Alignment, Block, Cells, Chart, Document, Run, SparseNumbers, Table, TableColumn};
use domain::limits::{PLUGIN_TEXT_BYTES_MAX, TABLE_ROWS_MAX};
use domain::points::Points;
use domain::text::{Language, Text};

/// Decimal places of points as they are held.
const POINTS_SCALE: u8 = 3;

/// A page that is being written.
pub(crate) struct Page {
    language: Language,
    blocks: Vec<Block>,
}

/// A table that is being filled, row by row.
pub(crate) struct Sheet {
    caption: String,
    columns: Vec<(String, Column)>,
    strong_rows: Vec<u32>,
    rows: usize,
    note: Option<String>,
    is_cut: bool,
}

/// What stands in a column.
enum Column {
    Words(Vec<String>),
    /// Numbers in thousandths; none where a cell is empty.
    Points(Vec<Option<Points>>),
}

/// A cell of a row.
#[derive(Clone)]
pub(crate) enum Cell {
    /// Words.
    Words(String),
    /// Points, or an empty cell of a column of points.
    Points(Option<Points>),
}

impl From<String> for Cell {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

impl From<&str> for Cell {
    fn from(words: &str) -> Self {
        Self::Words(words.to_owned())
    }
}

impl From<Option<Points>> for Cell {
    fn from(points: Option<Points>) -> Self {
        Self::Points(points)
    }
}

impl Cell {
    /// A number of things, in a column of points.
    pub(crate) fn count(count: usize) -> Self {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        Self::Points(Some(Points::from_thousandths(count.saturating_mul(1_000))))
    }
}

impl Page {
    pub(crate) const fn new(language: Language) -> Self {
        Self { language, blocks: Vec::new() }
    }

    /// A sentence of the catalogue.
    pub(crate) fn say(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        say(self.language, key, arguments)
    }

    /// A word of the catalogue.
    pub(crate) fn word(&self, key: &str) -> String {
        say(self.language, key, &[])
    }

    /// What a plugin says, in the language of the page.
    pub(crate) fn told<'t>(&self, text: &'t Text) -> &'t str {
        text.in_language(self.language)
    }

    /// Several words as one: `甲、乙、丙`.
    pub(crate) fn listed<W: AsRef<str>>(&self, words: impl IntoIterator<Item = W>) -> String {
        self.joined("page-list", words)
    }

    /// Several statements as one: `甲；乙；丙`.
    pub(crate) fn stated<W: AsRef<str>>(&self, words: impl IntoIterator<Item = W>) -> String {
        self.joined("page-statements", words)
    }

    /// Several sentences one after the other.
    pub(crate) fn sentences<W: AsRef<str>>(&self, words: impl IntoIterator<Item = W>) -> String {
        self.joined("page-sentences", words)
    }

    fn joined<W: AsRef<str>>(&self, key: &str, words: impl IntoIterator<Item = W>) -> String {
        let mut joined = String::new();
        for word in words {
            let word = word.as_ref();
            if joined.is_empty() {
                word.clone_into(&mut joined);
            } else if !word.is_empty() {
                joined = self.say(key, &[("before", &joined), ("after", word)]);
            }
            // Whatever comes after that could not be shown anyway.
            if joined.len() > PLUGIN_TEXT_BYTES_MAX {
                break;
            }
        }
        joined
    }

    pub(crate) fn title(&mut self, words: &str) {
        self.blocks.push(Block::Title(clipped(words)));
    }

    pub(crate) fn subtitle(&mut self, words: &str) {
        self.blocks.push(Block::Subtitle(clipped(words)));
    }

    pub(crate) fn heading(&mut self, level: u8, words: &str) {
        self.blocks.push(Block::Heading { level, text: clipped(words) });
    }

    pub(crate) fn paragraph(&mut self, words: &str) {
        self.paragraph_with(words, false);
    }

    /// A paragraph that stands out.
    pub(crate) fn strong_paragraph(&mut self, words: &str) {
        self.paragraph_with(words, true);
    }

    fn paragraph_with(&mut self, words: &str, strong: bool) {
        if !words.is_empty() {
            let runs = vec![Run { text: clipped(words), strong }];
            self.blocks.push(Block::Paragraph { runs, alignment: Alignment::Start, indented: false });
        }
    }

    pub(crate) fn items(&mut self, items: Vec<String>) {
        let items = items.iter().take(TABLE_ROWS_MAX).map(|item| clipped(item)).collect();
        self.blocks.push(Block::Items { numbered: false, items });
    }

    pub(crate) fn note(&mut self, words: &str) {
        self.blocks.push(Block::Note(clipped(words)));
    }

    pub(crate) fn page_break(&mut self) {
        self.blocks.push(Block::PageBreak);
    }

    /// Starts an annex.
    pub(crate) fn annex(&mut self, words: &str) {
        self.blocks.push(Block::Annex(clipped(words)));
    }

    /// A drawing. What stands beside its numbers is cut to what a document may hold.
    pub(crate) fn chart(&mut self, chart: Chart) {
        let categories = chart.categories.iter().map(|name| clipped(name)).collect();
        self.blocks.push(Block::Chart(Chart { categories, ..chart }));
    }

    pub(crate) fn table(&mut self, sheet: Sheet) {
        let note = match (sheet.is_cut, sheet.note) {
            (true, _) => Some(self.say("page-table-cut", &[("rows", &TABLE_ROWS_MAX.to_string())])),
            (false, note) => note,
        };
        let columns = sheet.columns.into_iter().map(|(header, column)| column.finished(header));
        self.blocks.push(Block::Table(Table {
            caption: sheet.caption,
            columns: columns.collect(),
            strong_rows: sheet.strong_rows,
            note,
        }));
    }

    pub(crate) fn finished(self, title: &str) -> Document {
        let language = match self.language {
            Language::Chinese => "zh-CN",
            Language::English => "en",
        };
        Document { title: clipped(title), language: language.to_owned(), blocks: self.blocks }
    }
}

impl Sheet {
    pub(crate) fn new(caption: &str) -> Self {
        Self {
            caption: clipped(caption),
            columns: Vec::new(),
            strong_rows: Vec::new(),
            rows: 0,
            note: None,
            is_cut: false,
        }
    }

    /// With a column of words. Columns come before rows.
    pub(crate) fn words(mut self, header: &str) -> Self {
        self.columns.push((clipped(header), Column::Words(Vec::new())));
        self
    }

    /// With a column of points.
    pub(crate) fn points(mut self, header: &str) -> Self {
        self.columns.push((clipped(header), Column::Points(Vec::new())));
        self
    }

    /// With a remark below it.
    pub(crate) fn noted(mut self, note: &str) -> Self {
        self.note = (!note.is_empty()).then(|| clipped(note));
        self
    }

    /// Adds a row; what a column has no cell for stays empty.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        if self.rows >= TABLE_ROWS_MAX {
            self.is_cut = true;
            return;
        }
        let mut cells = cells.into_iter();
        for (_, column) in &mut self.columns {
            match (column, cells.next()) {
                (Column::Words(words), Some(Cell::Words(word))) => words.push(clipped(&word)),
                (Column::Words(words), _) => words.push(String::new()),
                (Column::Points(points), Some(Cell::Points(given))) => points.push(given),
                (Column::Points(points), _) => points.push(None),
            }
        }
        self.rows += 1;
    }

    /// Adds a row that stands out.
    pub(crate) fn strong_row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        if let (true, Ok(row)) = (self.rows < TABLE_ROWS_MAX, u32::try_from(self.rows)) {
            self.strong_rows.push(row);
        }
        self.row(cells);
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.rows == 0
    }
}

impl Column {
    fn finished(self, header: String) -> TableColumn {
        let cells = match self {
            Self::Words(words) => Cells::Texts(words),
            Self::Points(points) => Cells::Numbers(numbers(&points)),
        };
        TableColumn { header, unit: String::new(), cells }
    }
}

/// Points with as many decimal places as the finest of them has.
fn numbers(points: &[Option<Points>]) -> SparseNumbers {
    let is_whole_at = |divisor: i64| points.iter().flatten().all(|points| points.thousandths() % divisor == 0);
    let (scale, divisor) = match [1_000, 100, 10].into_iter().position(is_whole_at) {
        Some(0) => (0, 1_000),
        Some(1) => (1, 100),
        Some(_) => (2, 10),
        None => (POINTS_SCALE, 1),
    };
    let blanks = points.iter().zip(0_u32..).filter_map(|(points, row)| points.is_none().then_some(row));
    SparseNumbers {
        scale,
        values: points.iter().map(|points| points.map_or(0, |points| points.thousandths() / divisor)).collect(),
        blanks: blanks.collect(),
    }
}

/// A difference says whether it is more or less.
pub(crate) fn signed(points: Points) -> String {
    if points > Points::ZERO { format!("+{points}") } else { points.to_string() }
}

/// The text, as far as a document may hold it.
pub(crate) fn clipped(text: &str) -> String {
    if text.len() <= PLUGIN_TEXT_BYTES_MAX {
        return text.to_owned();
    }
    let mut end = PLUGIN_TEXT_BYTES_MAX - '…'.len_utf8();
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}…", &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(thousandths: i64) -> Option<Points> {
        Some(Points::from_thousandths(thousandths))
    }

    #[test]
    fn points_are_written_with_the_places_that_they_need() {
        let written = |all: &[Option<Points>]| {
            let numbers = numbers(all);
            (numbers.scale, numbers.values, numbers.blanks)
        };
        assert_eq!(written(&[points(10_000), points(-20_000)]), (0, vec![10, -20], vec![]));
        assert_eq!(written(&[points(10_500), None]), (1, vec![105, 0], vec![1]));
        assert_eq!(written(&[points(10_550)]), (2, vec![1055], vec![]));
        assert_eq!(written(&[points(1)]), (3, vec![1], vec![]));
    }

    #[test]
    fn a_text_that_no_document_may_hold_is_cut() {
        let cut = clipped(&"长".repeat(PLUGIN_TEXT_BYTES_MAX));
        assert!(cut.len() <= PLUGIN_TEXT_BYTES_MAX && cut.ends_with("长…"));
        assert_eq!(clipped("短"), "短");
    }

    #[test]
    fn a_table_takes_no_more_rows_than_it_may_have_and_says_so() {
        let mut sheet = Sheet::new("").words("a").points("b");
        for _ in 0..=TABLE_ROWS_MAX {
            sheet.strong_row([Cell::from("x"), Cell::from(points(1))]);
        }
        let mut page = Page::new(Language::Chinese);
        page.table(sheet);
        let document = page.finished("t");
        let Some(Block::Table(table)) = document.blocks.first() else { panic!("a table") };
        assert!(table.note.as_ref().is_some_and(|note| note.contains("20000")), "{:?}", table.note);
        let rendered = documents::render(&document, documents::Format::Markdown, &documents::Style::default());
        assert!(rendered.is_ok());
    }
}
