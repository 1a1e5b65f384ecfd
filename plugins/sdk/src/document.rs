//! Documents, block by block: what stands in them as words and typed numbers, never as markup.

use crate::decimal::Decimal;
use crate::points::Points;
use crate::report::{
    Alignment, Block, Cells, Chart, ChartKind, Document, Heading, Items, Letterhead, Numbers, Paragraph, Run, Series,
    Signature, SparseNumbers, Table, TableColumn,
};

impl Document {
    /// A Chinese document without any block; the title is the window's and the file's.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), language: "zh-CN".to_owned(), blocks: Vec::new() }
    }

    /// The letterhead of an official paper; an empty number or remark is none.
    pub fn letterhead(&mut self, issuer: impl Into<String>, number: impl Into<String>, remark: impl Into<String>) {
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        let (number, remark) = (some(number.into()), some(remark.into()));
        self.blocks.push(Block::Letterhead(Letterhead { issuer: issuer.into(), number, remark }));
    }

    /// The title that a reader sees.
    pub fn title(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Title(text.into()));
    }

    /// A line below the title.
    pub fn subtitle(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Subtitle(text.into()));
    }

    /// Whom it is addressed to, without the colon.
    pub fn addressee(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Addressee(text.into()));
    }

    /// A heading of level 1 to 4.
    pub fn heading(&mut self, level: u8, text: impl Into<String>) {
        self.blocks.push(Block::Heading(Heading { level, text: text.into() }));
    }

    /// A paragraph whose first line is indented.
    pub fn paragraph(&mut self, text: impl Into<String>) {
        self.runs(vec![Run { text: text.into(), strong: false }]);
    }

    /// A paragraph of which parts stand out; its first line is indented.
    pub fn runs(&mut self, runs: Vec<Run>) {
        self.blocks.push(Block::Paragraph(Paragraph { runs, alignment: Alignment::Start, indented: true }));
    }

    /// A list whose items are not numbered.
    pub fn items(&mut self, items: Vec<String>) {
        self.blocks.push(Block::Items(Items { numbered: false, items }));
    }

    /// A list whose items are numbered from 1.
    pub fn numbered(&mut self, items: Vec<String>) {
        self.blocks.push(Block::Items(Items { numbered: true, items }));
    }

    /// A table.
    pub fn table(&mut self, table: Table) {
        self.blocks.push(Block::Table(table));
    }

    /// A chart.
    pub fn chart(&mut self, chart: Chart) {
        self.blocks.push(Block::Chart(chart));
    }

    /// An annex on a page of its own.
    pub fn annex(&mut self, title: impl Into<String>) {
        self.blocks.push(Block::Annex(title.into()));
    }

    /// Who signs, and when, as it is written.
    pub fn signature(&mut self, signer: impl Into<String>, date: impl Into<String>) {
        self.blocks.push(Block::Signature(Signature { signer: signer.into(), date: date.into() }));
    }

    /// Small print.
    pub fn note(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Note(text.into()));
    }
}

impl Run {
    /// A stretch of ordinary text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), strong: false }
    }

    /// A stretch that stands out.
    pub fn strong(text: impl Into<String>) -> Self {
        Self { text: text.into(), strong: true }
    }
}

/// Every column has one cell per row: the author sees to it, and the host checks it.
impl Table {
    /// A table without columns.
    pub fn new(caption: impl Into<String>) -> Self {
        Self { caption: caption.into(), columns: Vec::new(), strong_rows: Vec::new(), note: None }
    }

    /// A column of words.
    #[must_use]
    pub fn texts(self, header: impl Into<String>, cells: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.column(header, "", Cells::Texts(cells.into_iter().map(Into::into).collect()))
    }

    /// A column of whole numbers.
    #[must_use]
    pub fn counts<T: Into<i64>>(
        self,
        header: impl Into<String>,
        unit: impl Into<String>,
        cells: impl IntoIterator<Item = T>,
    ) -> Self {
        let values = cells.into_iter().map(Into::into).collect();
        self.column(header, unit, Cells::Numbers(SparseNumbers { scale: 0, values, blanks: Vec::new() }))
    }

    /// A column of points, with as many decimal places as the finest of them needs.
    #[must_use]
    pub fn points(self, header: impl Into<String>, cells: impl IntoIterator<Item = Points>) -> Self {
        self.decimals(header, "分", cells.into_iter().map(|points| Some(Decimal::from(points).trimmed())))
    }

    /// A column of numbers, with as many decimal places as the finest of them has; a cell that is none stays empty.
    #[must_use]
    pub fn decimals(
        self,
        header: impl Into<String>,
        unit: impl Into<String>,
        cells: impl IntoIterator<Item = Option<Decimal>>,
    ) -> Self {
        let cells: Vec<Option<Decimal>> = cells.into_iter().collect();
        let scale = finest(cells.iter().flatten());
        let blanks = (0_u32..).zip(&cells).filter(|(_, cell)| cell.is_none()).map(|(row, _)| row).collect();
        let values = cells.iter().map(|cell| cell.map_or(0, |cell| cell.digits_at(scale))).collect();
        self.column(header, unit, Cells::Numbers(SparseNumbers { scale, values, blanks }))
    }

    /// Sets rows off, ascending.
    #[must_use]
    pub fn strong(mut self, rows: Vec<u32>) -> Self {
        self.strong_rows = rows;
        self
    }

    /// A remark below it.
    #[must_use]
    pub fn noted(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    fn column(mut self, header: impl Into<String>, unit: impl Into<String>, cells: Cells) -> Self {
        self.columns.push(TableColumn { header: header.into(), unit: unit.into(), cells });
        self
    }
}

/// Every series has one value per category: the author sees to it, and the host checks it.
impl Chart {
    /// A chart without numbers. The sentence says what one should see in it.
    pub fn new(
        kind: ChartKind,
        caption: impl Into<String>,
        unit: impl Into<String>,
        sentence: impl Into<String>,
        categories: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        Self {
            kind,
            caption: caption.into(),
            sentence: sentence.into(),
            unit: unit.into(),
            categories: categories.into_iter().map(Into::into).collect(),
            series: Vec::new(),
        }
    }

    /// A row of numbers, with as many decimal places as the finest of them has.
    #[must_use]
    pub fn series(mut self, name: impl Into<String>, values: impl IntoIterator<Item = Decimal>) -> Self {
        let values: Vec<Decimal> = values.into_iter().collect();
        let scale = finest(&values);
        let values = values.iter().map(|value| value.digits_at(scale)).collect();
        self.series.push(Series { name: name.into(), values: Numbers { scale, values } });
        self
    }
}

fn finest<'d>(decimals: impl IntoIterator<Item = &'d Decimal>) -> u8 {
    decimals.into_iter().map(|decimal| decimal.scale()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::points;

    fn numbers(table: &Table) -> &SparseNumbers {
        match &table.columns[0].cells {
            Cells::Numbers(numbers) => numbers,
            Cells::Texts(_) => panic!("not a column of numbers"),
        }
    }

    #[test]
    fn a_column_takes_the_scale_of_its_finest_number() {
        let table = Table::new("").points("得分", ["94.5", "90", "0.25"].map(points));
        assert_eq!((numbers(&table).scale, &numbers(&table).values), (2, &vec![9450, 9000, 25]));
        assert_eq!(table.columns[0].unit, "分");
    }

    #[test]
    fn an_unknown_number_is_a_blank_and_not_a_zero() {
        let cells = [Some(Decimal::whole(3)), None, "0.10".parse().ok(), None];
        let table = Table::new("").decimals("值", "%", cells);
        assert_eq!((&numbers(&table).values, &numbers(&table).blanks), (&vec![300, 0, 10, 0], &vec![1, 3]));
    }

    #[test]
    fn empty_numbers_and_remarks_of_a_letterhead_are_none() {
        let mut document = Document::new("题");
        document.letterhead("甲", "", "");
        let expected = Letterhead { issuer: "甲".to_owned(), number: None, remark: None };
        assert_eq!(document.blocks, [Block::Letterhead(expected)]);
    }
}
