//! A document that is too large, or that contradicts itself, is refused with the index of the block.

use documents::{BlockProblem, Format, RenderError, Style, render};
use domain::document::{Block, ChartKind, Table};
use domain::limits::{DOCUMENT_BLOCKS_MAX, PLUGIN_TEXT_BYTES_MAX, TABLE_ROWS_MAX};

use crate::every_block::{chart, document, heading, numbers, scores, texts};

/// The problem of a block that stands second.
fn problem(block: Block) -> BlockProblem {
    match render(&document(vec![Block::PageBreak, block]), Format::Html, &Style::default()) {
        Err(RenderError::Block { index: 1, problem }) => problem,
        other => panic!("refused with another error, or not at all: {:?}", other.map(|bytes| bytes.len())),
    }
}

fn table(change: impl FnOnce(&mut Table)) -> Block {
    let mut table = scores();
    change(&mut table);
    Block::Table(table)
}

#[test]
fn too_many_blocks_are_refused() {
    let blocks = vec![Block::PageBreak; DOCUMENT_BLOCKS_MAX + 1];
    let refused = render(&document(blocks), Format::Markdown, &Style::default());
    assert!(matches!(refused, Err(RenderError::TooManyBlocks { blocks: 20_001, most: 20_000 })));
}

#[test]
fn a_heading_has_a_level_from_one_to_four() {
    assert_eq!(problem(heading(0, "x")), BlockProblem::HeadingLevel(0));
    assert_eq!(problem(heading(5, "x")), BlockProblem::HeadingLevel(5));
}

#[test]
fn a_text_over_the_limit_is_refused_wherever_it_stands() {
    let long = "a".repeat(PLUGIN_TEXT_BYTES_MAX + 1);
    let expected = BlockProblem::TextTooLong(PLUGIN_TEXT_BYTES_MAX + 1);
    assert_eq!(problem(Block::Title(long.clone())), expected);
    assert_eq!(problem(Block::Items { numbered: false, items: vec![long.clone()] }), expected);
    assert_eq!(problem(table(|table| table.columns[1] = texts("x", vec!["", "", "", &long]))), expected);
    let mut drawn = chart(ChartKind::Bar);
    drawn.categories[1] = long;
    assert_eq!(problem(Block::Chart(drawn)), expected);
}

#[test]
fn a_table_has_its_limits() {
    let rows = TABLE_ROWS_MAX + 1;
    let long = table(|table| {
        table.columns = vec![numbers("x", "", 0, vec![0; rows], vec![])];
        table.strong_rows = vec![];
    });
    assert_eq!(problem(long), BlockProblem::TooManyRows(rows));
    let large = table(|table| {
        table.columns = vec![numbers("x", "", 0, vec![0; 20_000], vec![]); 51];
        table.strong_rows = vec![];
    });
    assert_eq!(problem(large), BlockProblem::TooManyCells);
}

#[test]
fn columns_of_unequal_length_are_refused() {
    assert_eq!(problem(table(|table| table.columns[2] = texts("x", vec!["a"]))), BlockProblem::UnevenColumn(2));
}

#[test]
fn numbers_with_too_many_places_are_refused() {
    let fine = table(|table| table.columns[2] = numbers("x", "", 10, vec![1, 1, 1, 1], vec![]));
    assert_eq!(problem(fine), BlockProblem::ScaleTooLarge(10));
}

#[test]
fn indices_of_rows_ascend_and_stay_inside() {
    assert_eq!(problem(table(|table| table.strong_rows = vec![4])), BlockProblem::RowsOutOfOrder);
    assert_eq!(problem(table(|table| table.strong_rows = vec![2, 2])), BlockProblem::RowsOutOfOrder);
    let blanks = table(|table| table.columns[0] = numbers("x", "", 0, vec![1, 1, 1, 1], vec![3, 1]));
    assert_eq!(problem(blanks), BlockProblem::RowsOutOfOrder);
}

#[test]
fn a_series_has_one_value_per_category() {
    let mut uneven = chart(ChartKind::Column);
    uneven.series[1].values.values.pop();
    assert_eq!(problem(Block::Chart(uneven)), BlockProblem::UnevenSeries(1));
}
