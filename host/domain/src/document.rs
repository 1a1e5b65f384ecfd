//! Documents: a flat list of typed blocks. What stands in a document, never how it looks.

use serde::{Deserialize, Serialize};

/// The letterhead of an official paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letterhead {
    /// Who issues it.
    pub issuer: String,
    /// Document number.
    pub number: Option<String>,
    /// Urgency, copies, or another remark.
    pub remark: Option<String>,
}

/// A stretch of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Whether they stand out.
    pub strong: bool,
}

/// Where a paragraph's lines stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Alignment {
    /// At the start.
    Start,
    /// In the middle.
    Center,
    /// At the end.
    End,
}

/// Numbers in units of 10^-scale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbers {
    /// Decimal places.
    pub scale: u8,
    /// The numbers.
    pub values: Vec<i64>,
}

/// Numbers of which some cells are empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SparseNumbers {
    /// Decimal places.
    pub scale: u8,
    /// The numbers.
    pub values: Vec<i64>,
    /// Indices of the rows that have none, ascending.
    pub blanks: Vec<u32>,
}

/// What stands in a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cells {
    /// Words.
    Texts(Vec<String>),
    /// Numbers that stay numbers in every format.
    Numbers(SparseNumbers),
}

impl Cells {
    /// How many rows the column has.
    pub fn len(&self) -> usize {
        match self {
            Self::Texts(texts) => texts.len(),
            Self::Numbers(numbers) => numbers.values.len(),
        }
    }

    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// One column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableColumn {
    /// Its header.
    pub header: String,
    /// Its unit, printed in the header.
    pub unit: String,
    /// Its cells.
    pub cells: Cells,
}

/// A table by columns, all of the same length.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// The columns.
    pub columns: Vec<TableColumn>,
    /// Rows to set off, ascending.
    pub strong_rows: Vec<u32>,
    /// A remark below it.
    pub note: Option<String>,
}

/// How a chart draws its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChartKind {
    /// Upright bars.
    Column,
    /// Lying bars.
    Bar,
    /// A line.
    Line,
    /// Bars upon each other.
    StackedBar,
}

/// One row of numbers of a chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// What it counts.
    pub name: String,
    /// One per category.
    pub values: Numbers,
}

/// A chart, with the sentence that says what one should see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    /// How it draws.
    pub kind: ChartKind,
    /// What it shows.
    pub caption: String,
    /// What one should see.
    pub sentence: String,
    /// What the numbers are counted in.
    pub unit: String,
    /// Names along the axis.
    pub categories: Vec<String>,
    /// The numbers.
    pub series: Vec<Series>,
}

/// One block of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Block {
    /// The letterhead of an official paper.
    Letterhead(Letterhead),
    /// The document's title.
    Title(String),
    /// A line below the title.
    Subtitle(String),
    /// Whom it is addressed to, without the colon.
    Addressee(String),
    /// A heading.
    Heading {
        /// 1 to 4.
        level: u8,
        /// The words.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// Its text.
        runs: Vec<Run>,
        /// Where its lines stand.
        alignment: Alignment,
        /// Whether its first line is indented by two characters.
        indented: bool,
    },
    /// Items of one list.
    Items {
        /// Whether they are numbered.
        numbered: bool,
        /// The items.
        items: Vec<String>,
    },
    /// A table.
    Table(Table),
    /// A chart.
    Chart(Chart),
    /// An image that the host has.
    Image {
        /// SHA-256 in hexadecimal.
        digest: String,
        /// For those who do not see it.
        alternative: String,
    },
    /// Starts an annex on a page of its own.
    Annex(String),
    /// Who signs, and when.
    Signature {
        /// Who.
        signer: String,
        /// When, as it is written.
        date: String,
    },
    /// Small print.
    Note(String),
    /// A new page.
    PageBreak,
}

/// A document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// For the window's title and the file's name.
    pub title: String,
    /// BCP 47.
    pub language: String,
    /// At most [`crate::limits::DOCUMENT_BLOCKS_MAX`].
    pub blocks: Vec<Block>,
}
