//! Two documents compared block by block: what is added, removed and changed.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::document::{Block, Cells, Document, Table};
use crate::limits::{TRIAL_BLOCKS_COMPARED_MAX, TRIAL_BLOCKS_MAX};
use crate::trial::shortened;

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// The letterhead of an official paper.
    Letterhead,
    /// The document's title.
    Title,
    /// A line below the title.
    Subtitle,
    /// Whom it is addressed to.
    Addressee,
    /// A heading.
    Heading,
    /// A paragraph.
    Paragraph,
    /// A list.
    Items,
    /// A table.
    Table,
    /// A chart.
    Chart,
    /// An image.
    Image,
    /// An annex.
    Annex,
    /// A signature.
    Signature,
    /// Small print.
    Note,
    /// A new page.
    PageBreak,
}

impl BlockKind {
    /// What a block is.
    pub const fn of(block: &Block) -> Self {
        match block {
            Block::Letterhead(_) => Self::Letterhead,
            Block::Title(_) => Self::Title,
            Block::Subtitle(_) => Self::Subtitle,
            Block::Addressee(_) => Self::Addressee,
            Block::Heading { .. } => Self::Heading,
            Block::Paragraph { .. } => Self::Paragraph,
            Block::Items { .. } => Self::Items,
            Block::Table(_) => Self::Table,
            Block::Chart(_) => Self::Chart,
            Block::Image { .. } => Self::Image,
            Block::Annex(_) => Self::Annex,
            Block::Signature { .. } => Self::Signature,
            Block::Note(_) => Self::Note,
            Block::PageBreak => Self::PageBreak,
        }
    }
}

/// One block of one of the documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockAt {
    /// Its index, from 0.
    pub index: u32,
    /// The beginning of its words.
    pub excerpt: String,
}

/// A block that only one document has, or that both have and that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedBlock {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands before; none where it is new.
    pub before: Option<BlockAt>,
    /// Where it stands after; none where it is gone.
    pub after: Option<BlockAt>,
    /// Of a table that both have: how many cells differ, where it has the same shape.
    pub cells: Option<u32>,
}

/// The blocks that differ between two documents, in order, and how many more differ than are listed.
pub fn changed_blocks(before: &Document, after: &Document) -> (Vec<ChangedBlock>, u32) {
    let mut changes = Vec::new();
    let print = |block: &Block| Digest::of(&serde_json::to_vec(block).unwrap_or_default());
    let prints = |document: &Document| document.blocks.iter().map(print).collect::<Vec<_>>();
    for gap in gaps(&prints(before), &prints(after)) {
        changes.extend(paired(&before.blocks, &after.blocks, gap));
    }
    let more = u32::try_from(changes.len().saturating_sub(TRIAL_BLOCKS_MAX)).unwrap_or(u32::MAX);
    changes.truncate(TRIAL_BLOCKS_MAX);
    (changes, more)
}

/// A stretch of either document between blocks that both have.
struct Gap {
    before: std::ops::Range<usize>,
    after: std::ops::Range<usize>,
}

/// The stretches that differ. Where both are so long that finding the best match would take too long, they differ as a whole.
fn gaps(before: &[Digest], after: &[Digest]) -> Vec<Gap> {
    let start = before.iter().zip(after).take_while(|(one, other)| one == other).count();
    let rest = before.len().min(after.len()) - start;
    let end = before.iter().rev().zip(after.iter().rev()).take(rest).take_while(|(one, other)| one == other).count();
    let (before_end, after_end) = (before.len() - end, after.len() - end);
    let (one, other) = (&before[start..before_end], &after[start..after_end]);
    if one.is_empty() && other.is_empty() {
        return Vec::new();
    }
    if one.len().saturating_mul(other.len()) > TRIAL_BLOCKS_COMPARED_MAX {
        return vec![Gap { before: start..before_end, after: start..after_end }];
    }
    let mut gaps = Vec::new();
    let (mut at, mut there) = (0, 0);
    let ends = std::iter::once((one.len(), other.len()));
    for (next, next_there) in common(one, other).into_iter().chain(ends) {
        if at < next || there < next_there {
            gaps.push(Gap { before: start + at..start + next, after: start + there..start + next_there });
        }
        (at, there) = (next + 1, next_there + 1);
    }
    gaps
}

/// The longest run of blocks that both have in the same order, as pairs of indices.
fn common(one: &[Digest], other: &[Digest]) -> Vec<(usize, usize)> {
    let width = other.len() + 1;
    let mut longest = vec![0_u32; (one.len() + 1) * width];
    for at in (0..one.len()).rev() {
        for there in (0..other.len()).rev() {
            longest[at * width + there] = if one[at] == other[there] {
                longest[(at + 1) * width + there + 1] + 1
            } else {
                longest[(at + 1) * width + there].max(longest[at * width + there + 1])
            };
        }
    }
    let mut pairs = Vec::new();
    let (mut at, mut there) = (0, 0);
    while at < one.len() && there < other.len() {
        if one[at] == other[there] {
            pairs.push((at, there));
            (at, there) = (at + 1, there + 1);
        } else if longest[(at + 1) * width + there] >= longest[at * width + there + 1] {
            at += 1;
        } else {
            there += 1;
        }
    }
    pairs
}

/// Within a gap, blocks of one kind are the same block changed, in their order; what is left over is new or gone.
fn paired(before: &[Block], after: &[Block], gap: Gap) -> Vec<ChangedBlock> {
    let mut new: BTreeMap<BlockKind, VecDeque<usize>> = BTreeMap::new();
    for there in gap.after {
        new.entry(BlockKind::of(&after[there])).or_default().push_back(there);
    }
    let mut changes: Vec<(usize, ChangedBlock)> = Vec::new();
    for index in gap.before {
        let block = &before[index];
        let kind = BlockKind::of(block);
        let partner = new.get_mut(&kind).and_then(VecDeque::pop_front);
        let cells = partner.and_then(|there| changed_cells(block, &after[there]));
        let changed = ChangedBlock {
            kind,
            before: Some(block_at(before, index)),
            after: partner.map(|there| block_at(after, there)),
            cells,
        };
        changes.push((partner.unwrap_or(index), changed));
    }
    changes.extend(new.into_iter().flat_map(|(kind, left)| {
        left.into_iter().map(move |there| {
            (there, ChangedBlock { kind, before: None, after: Some(block_at(after, there)), cells: None })
        })
    }));
    changes.sort_by_key(|(place, _)| *place);
    changes.into_iter().map(|(_, changed)| changed).collect()
}

fn block_at(blocks: &[Block], index: usize) -> BlockAt {
    BlockAt { index: u32::try_from(index).unwrap_or(u32::MAX), excerpt: shortened(&words_of(&blocks[index])) }
}

fn words_of(block: &Block) -> String {
    match block {
        Block::Letterhead(letterhead) => letterhead.issuer.clone(),
        Block::Title(text)
        | Block::Subtitle(text)
        | Block::Addressee(text)
        | Block::Heading { text, .. }
        | Block::Annex(text)
        | Block::Note(text) => text.clone(),
        Block::Paragraph { runs, .. } => runs.iter().map(|run| run.text.as_str()).collect(),
        Block::Items { items, .. } => items.join("；"),
        Block::Table(table) => table.caption.clone(),
        Block::Chart(chart) => chart.caption.clone(),
        Block::Image { alternative, .. } => alternative.clone(),
        Block::Signature { signer, date } => format!("{signer} {date}"),
        Block::PageBreak => String::new(),
    }
}

fn changed_cells(before: &Block, after: &Block) -> Option<u32> {
    let (Block::Table(before), Block::Table(after)) = (before, after) else { return None };
    let rows = |table: &Table| table.columns.first().map_or(0, |column| column.cells.len());
    if before.columns.len() != after.columns.len() || rows(before) != rows(after) {
        return None;
    }
    let pairs = before.columns.iter().zip(&after.columns);
    let changed: usize = pairs.map(|(one, other)| changed_in_column(&one.cells, &other.cells)).sum();
    u32::try_from(changed).ok()
}

fn changed_in_column(before: &Cells, after: &Cells) -> usize {
    match (before, after) {
        (Cells::Texts(one), Cells::Texts(other)) => one.iter().zip(other).filter(|(one, other)| one != other).count(),
        (Cells::Numbers(one), Cells::Numbers(other)) if one.scale == other.scale => {
            let cell = |numbers: &crate::document::SparseNumbers, row: usize| {
                let is_blank = u32::try_from(row).is_ok_and(|row| numbers.blanks.binary_search(&row).is_ok());
                if is_blank { None } else { numbers.values.get(row).copied() }
            };
            (0..one.values.len()).filter(|row| cell(one, *row) != cell(other, *row)).count()
        }
        _ => before.len(),
    }
}
