//! Documents: bounded, and every table and chart whole.

use domain::amount::Decimal;
use domain::document::{Block, Cells, Chart, Document, Table};
use domain::limits::{DOCUMENT_BLOCKS_MAX, TABLE_ROWS_MAX};

use crate::lie::{Lie, hold};

/// One document.
pub(crate) fn document(document: &Document) -> Result<(), Lie> {
    let blocks = document.blocks.len();
    hold(blocks <= DOCUMENT_BLOCKS_MAX, || format!("{blocks} blocks, more than {DOCUMENT_BLOCKS_MAX}"))?;
    let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    hold(document.language.split('-').all(is_part), || "its language is not a BCP 47 tag")?;
    let mut all = document.blocks.iter().enumerate();
    all.try_for_each(|(number, block)| one(block).map_err(|lie| lie.of(format_args!("block {number}"))))
}

fn one(block: &Block) -> Result<(), Lie> {
    match block {
        Block::Heading { level, .. } => {
            hold((1..=4).contains(level), || format!("a heading of level {level}, which is not 1 to 4"))
        }
        Block::Table(table) => table_is_whole(table),
        Block::Chart(chart) => chart_is_whole(chart),
        Block::Image { digest, .. } => {
            let is_digest = digest.parse::<domain::digest::Digest>().is_ok();
            hold(is_digest, || "an image that is not named by a SHA-256 in hexadecimal")
        }
        Block::Letterhead(_)
        | Block::Title(_)
        | Block::Subtitle(_)
        | Block::Addressee(_)
        | Block::Paragraph { .. }
        | Block::Items { .. }
        | Block::Annex(_)
        | Block::Signature { .. }
        | Block::Note(_)
        | Block::PageBreak => Ok(()),
    }
}

fn table_is_whole(table: &Table) -> Result<(), Lie> {
    let rows = table.columns.first().map_or(0, |column| column.cells.len());
    hold(rows <= TABLE_ROWS_MAX, || format!("a table of {rows} rows, more than {TABLE_ROWS_MAX}"))?;
    let is_even = table.columns.iter().all(|column| column.cells.len() == rows);
    hold(is_even, || "the columns of a table differ in length")?;
    rows_exist(&table.strong_rows, rows)?;
    table.columns.iter().try_for_each(|column| match &column.cells {
        Cells::Texts(_) => Ok(()),
        Cells::Numbers(numbers) => {
            scale_is_known(numbers.scale)?;
            rows_exist(&numbers.blanks, rows)
        }
    })
}

/// Row numbers in ascending order, each of a row that is there.
fn rows_exist(numbers: &[u32], rows: usize) -> Result<(), Lie> {
    hold(numbers.is_sorted_by(|one, next| one < next), || "the row numbers of a table are not ascending")?;
    let is_there = |number: &u32| usize::try_from(*number).is_ok_and(|number| number < rows);
    hold(numbers.last().is_none_or(is_there), || "a row number of a table is beyond its last row")
}

fn chart_is_whole(chart: &Chart) -> Result<(), Lie> {
    chart.series.iter().try_for_each(|series| {
        scale_is_known(series.values.scale)?;
        let (values, categories) = (series.values.values.len(), chart.categories.len());
        hold(values == categories, || format!("a series of {values} values for {categories} categories"))
    })
}

fn scale_is_known(scale: u8) -> Result<(), Lie> {
    hold(scale <= Decimal::SCALE_MAX, || format!("numbers of {scale} places, more than 9"))
}
