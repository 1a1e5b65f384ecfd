//! Whether a document can be rendered at all: sizes within the limits, columns that agree with each other.

use std::fmt;

use domain::amount::Decimal;
use domain::document::{Block, Cells, Chart, Document, Table};
use domain::limits::{
    DOCUMENT_BLOCKS_MAX, DOCUMENT_CELLS_MAX, PLUGIN_TEXT_BYTES_MAX, REPORT_SHEETS_MAX, TABLE_ROWS_MAX,
    WORKBOOK_COLUMNS_MAX,
};

use crate::RenderError;

/// What is wrong with a block. Rows, columns and series are counted from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockProblem {
    /// A heading's level is not 1 to 4.
    HeadingLevel(u8),
    /// A text has more bytes than [`PLUGIN_TEXT_BYTES_MAX`].
    TextTooLong(usize),
    /// A table has more rows than [`TABLE_ROWS_MAX`].
    TooManyRows(usize),
    /// With this block the document has more cells than [`DOCUMENT_CELLS_MAX`].
    TooManyCells,
    /// A column has another length than the first one.
    UnevenColumn(usize),
    /// Numbers have more decimal places than the contract admits.
    ScaleTooLarge(u8),
    /// Indices of rows that are not ascending, or beyond the last row.
    RowsOutOfOrder,
    /// A series does not have one value per category.
    UnevenSeries(usize),
    /// A table has more columns than fit on a worksheet; other formats show it.
    TooManyColumns(usize),
    /// There are more tables and charts than worksheets of a workbook; other formats show them.
    TooManySheets,
}

impl fmt::Display for BlockProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HeadingLevel(level) => write!(f, "a heading's level is 1 to 4, not {level}"),
            Self::TextTooLong(bytes) => write!(f, "a text of {bytes} bytes; {PLUGIN_TEXT_BYTES_MAX} are the most"),
            Self::TooManyRows(rows) => write!(f, "a table of {rows} rows; {TABLE_ROWS_MAX} are the most"),
            Self::TooManyCells => write!(f, "more than {DOCUMENT_CELLS_MAX} cells in all tables and charts together"),
            Self::UnevenColumn(column) => write!(f, "column {column} is not as long as the first one"),
            Self::ScaleTooLarge(scale) => write!(f, "{scale} decimal places; {} are the most", Decimal::SCALE_MAX),
            Self::RowsOutOfOrder => write!(f, "indices of rows that are not ascending, or beyond the last row"),
            Self::UnevenSeries(series) => write!(f, "series {series} does not have one value per category"),
            Self::TooManyColumns(columns) => {
                write!(f, "a table of {columns} columns; {WORKBOOK_COLUMNS_MAX} are the most on a worksheet")
            }
            Self::TooManySheets => {
                write!(
                    f,
                    "one more table or chart than a workbook has worksheets, which are {REPORT_SHEETS_MAX} at most"
                )
            }
        }
    }
}

/// Checks the whole document, block after block.
pub(crate) fn check(document: &Document) -> Result<(), RenderError> {
    if document.blocks.len() > DOCUMENT_BLOCKS_MAX {
        return Err(RenderError::TooManyBlocks { blocks: document.blocks.len(), most: DOCUMENT_BLOCKS_MAX });
    }
    let mut cells = 0_usize;
    for (index, block) in document.blocks.iter().enumerate() {
        let at_block = |problem| RenderError::Block { index, problem };
        cells = cells.saturating_add(check_block(block).map_err(at_block)?);
        if cells > DOCUMENT_CELLS_MAX {
            return Err(at_block(BlockProblem::TooManyCells));
        }
    }
    Ok(())
}

/// Checks one block; answers how many cells it has.
fn check_block(block: &Block) -> Result<usize, BlockProblem> {
    match block {
        Block::Table(table) => return check_table(table),
        Block::Chart(chart) => return check_chart(chart),
        Block::Items { items, .. } => {
            items.iter().try_for_each(|item| check_text(item))?;
            return Ok(items.len());
        }
        Block::Paragraph { runs, .. } => {
            runs.iter().try_for_each(|run| check_text(&run.text))?;
            return Ok(runs.len());
        }
        Block::Heading { level, text } => {
            if !(1..=4).contains(level) {
                return Err(BlockProblem::HeadingLevel(*level));
            }
            check_text(text)?;
        }
        Block::Letterhead(letterhead) => {
            check_text(&letterhead.issuer)?;
            letterhead.number.iter().chain(&letterhead.remark).try_for_each(|text| check_text(text))?;
        }
        Block::Title(text)
        | Block::Subtitle(text)
        | Block::Addressee(text)
        | Block::Annex(text)
        | Block::Note(text) => {
            check_text(text)?;
        }
        Block::Image { digest, alternative } => {
            check_text(digest)?;
            check_text(alternative)?;
        }
        Block::Signature { signer, date } => {
            check_text(signer)?;
            check_text(date)?;
        }
        Block::PageBreak => {}
    }
    Ok(1)
}

fn check_text(text: &str) -> Result<(), BlockProblem> {
    if text.len() > PLUGIN_TEXT_BYTES_MAX { Err(BlockProblem::TextTooLong(text.len())) } else { Ok(()) }
}

fn check_scale(scale: u8) -> Result<(), BlockProblem> {
    if scale > Decimal::SCALE_MAX { Err(BlockProblem::ScaleTooLarge(scale)) } else { Ok(()) }
}

fn check_rows(indices: &[u32], rows: usize) -> Result<(), BlockProblem> {
    let ascending = indices.windows(2).all(|pair| pair[0] < pair[1]);
    let inside = indices.last().is_none_or(|last| usize::try_from(*last).is_ok_and(|last| last < rows));
    if ascending && inside { Ok(()) } else { Err(BlockProblem::RowsOutOfOrder) }
}

fn check_table(table: &Table) -> Result<usize, BlockProblem> {
    check_text(&table.caption)?;
    table.note.iter().try_for_each(|note| check_text(note))?;
    let rows = table.columns.first().map_or(0, |column| column.cells.len());
    if rows > TABLE_ROWS_MAX {
        return Err(BlockProblem::TooManyRows(rows));
    }
    for (index, column) in table.columns.iter().enumerate() {
        check_text(&column.header)?;
        check_text(&column.unit)?;
        if column.cells.len() != rows {
            return Err(BlockProblem::UnevenColumn(index));
        }
        match &column.cells {
            Cells::Texts(texts) => texts.iter().try_for_each(|text| check_text(text))?,
            Cells::Numbers(numbers) => {
                check_scale(numbers.scale)?;
                check_rows(&numbers.blanks, rows)?;
            }
        }
    }
    check_rows(&table.strong_rows, rows)?;
    Ok(table.columns.len().saturating_mul(rows.max(1)))
}

fn check_chart(chart: &Chart) -> Result<usize, BlockProblem> {
    check_text(&chart.caption)?;
    check_text(&chart.sentence)?;
    check_text(&chart.unit)?;
    chart.categories.iter().try_for_each(|category| check_text(category))?;
    for (index, series) in chart.series.iter().enumerate() {
        check_text(&series.name)?;
        check_scale(series.values.scale)?;
        if series.values.values.len() != chart.categories.len() {
            return Err(BlockProblem::UnevenSeries(index));
        }
    }
    Ok(chart.categories.len().saturating_mul(chart.series.len() + 1))
}
