//! Two documents compared block by block.

use domain::document::{Alignment, Block, Cells, Document, Run, SparseNumbers, Table, TableColumn};
use domain::limits::TRIAL_BLOCKS_MAX;
use domain::trial::blocks::{BlockKind, ChangedBlock, changed_blocks};

fn document(blocks: Vec<Block>) -> Document {
    Document { title: "通报".into(), language: "zh-CN".into(), blocks }
}

fn paragraph(words: &str) -> Block {
    let runs = vec![Run { text: words.into(), strong: false }];
    Block::Paragraph { runs, alignment: Alignment::Start, indented: true }
}

fn table(numbers: &[i64], blanks: &[u32]) -> Block {
    let cells = Cells::Numbers(SparseNumbers { scale: 1, values: numbers.to_vec(), blanks: blanks.to_vec() });
    let columns = vec![TableColumn { header: "分".into(), unit: String::new(), cells }];
    Block::Table(Table { caption: "名次".into(), columns, strong_rows: vec![], note: None })
}

type Row<'a> = (BlockKind, Option<(u32, &'a str)>, Option<(u32, &'a str)>, Option<u32>);

fn told(changes: &[ChangedBlock]) -> Vec<Row<'_>> {
    let tell = |change| {
        let ChangedBlock { kind, before, after, cells }: &ChangedBlock = change;
        let before = before.as_ref().map(|at| (at.index, at.excerpt.as_str()));
        let after = after.as_ref().map(|at| (at.index, at.excerpt.as_str()));
        (*kind, before, after, *cells)
    };
    changes.iter().map(tell).collect()
}

#[test]
fn equal_documents_differ_nowhere() {
    let blocks = vec![Block::Title("通报".into()), paragraph("一"), table(&[1, 2], &[])];
    assert_eq!(changed_blocks(&document(blocks.clone()), &document(blocks)), (vec![], 0));
}

#[test]
fn a_block_is_changed_new_or_gone() {
    let before = document(vec![
        Block::Title("通报".into()),
        paragraph("一"),
        table(&[1, 2, 3], &[2]),
        Block::Note("旧注".into()),
        paragraph("二"),
    ]);
    let after = document(vec![
        Block::Title("通报".into()),
        paragraph("一，改"),
        table(&[1, 5, 0], &[]),
        paragraph("二"),
        Block::PageBreak,
    ]);
    let (changes, more) = changed_blocks(&before, &after);
    let expected = [
        (BlockKind::Paragraph, Some((1, "一")), Some((1, "一，改")), None),
        (BlockKind::Table, Some((2, "名次")), Some((2, "名次")), Some(2)),
        (BlockKind::Note, Some((3, "旧注")), None, None),
        (BlockKind::PageBreak, None, Some((4, "")), None),
    ];
    assert_eq!((told(&changes), more), (expected.to_vec(), 0));
}

#[test]
fn a_block_in_the_middle_of_equal_ones_is_found() {
    let many = |inserted: bool| {
        let numbered = (0..200).map(|n| paragraph(&n.to_string()));
        let new = inserted.then(|| paragraph("新"));
        document(numbered.clone().take(100).chain(new).chain(numbered.skip(100)).collect())
    };
    let (changes, _) = changed_blocks(&many(false), &many(true));
    assert_eq!(told(&changes), [(BlockKind::Paragraph, None, Some((100, "新")), None)]);
}

#[test]
fn documents_that_are_too_long_to_be_matched_differ_as_a_whole() {
    let long = |prefix: &str| document((0..5_000).map(|n| paragraph(&format!("{prefix}{n}"))).collect());
    let (changes, more) = changed_blocks(&long("甲"), &long("乙"));
    assert_eq!((changes.len(), more), (TRIAL_BLOCKS_MAX, 4_500));
    assert_eq!((changes[7].before.as_ref().unwrap().index, changes[7].after.as_ref().unwrap().index), (7, 7));
}
