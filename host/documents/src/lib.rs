//! Rendering documents: typed blocks become HTML or Markdown, and a form becomes a spreadsheet. Knows no SQL, no HTTP, no WebAssembly and no subject.
//!
//! A document comes from a plugin, so nothing in it is trusted: sizes are checked first ([`RenderError`] names the block),
//! every text is neutralised and escaped, and a page runs no script. Equal input gives equal bytes.

mod chart;
mod check;
mod content;
mod html;
mod markdown;
mod plain;
pub mod words;
pub mod workbook;

use domain::document::Document;

pub use check::BlockProblem;

/// A format that a document can be rendered to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// One page that needs nothing beside it: for screens, phones and paper.
    Html,
    /// Markdown with the tables of GitHub's dialect.
    Markdown,
}

impl Format {
    /// All formats, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Html, Self::Markdown];

    /// The format that a word of the command line or of a query names: `html`, `markdown` or `md`.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "html" => Some(Self::Html),
            "markdown" | "md" => Some(Self::Markdown),
            _ => None,
        }
    }

    /// What stands in `Content-Type`.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Markdown => "text/markdown; charset=utf-8",
        }
    }

    /// How a file of it ends, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "md",
        }
    }
}

/// What a federation adds to its documents, whoever composed them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// The federation's name, as the page's author; empty for none.
    pub federation: String,
    /// A line of small print at the very end: which release and which evaluation the document came from. Empty for none.
    pub provenance: String,
}

/// Why a document was not rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The document's fault: too many blocks.
    #[error("the document has {blocks} blocks; {most} are the most")]
    TooManyBlocks {
        /// How many it has.
        blocks: usize,
        /// How many it may have.
        most: usize,
    },
    /// The document's fault: one block is too large or contradicts itself.
    #[error("block {index} of the document: {problem}")]
    Block {
        /// The block's index, from 0.
        index: usize,
        /// What is wrong with it.
        problem: BlockProblem,
    },
    /// The house's fault: a chart that should be drawable was not drawn.
    #[error("the chart in block {index} could not be drawn")]
    Drawing {
        /// The block's index, from 0.
        index: usize,
        /// What the drawing library says.
        #[source]
        source: charts_rs::Error,
    },
    /// The house's fault: the page's template failed.
    #[error("the page's template failed")]
    Template(#[source] askama::Error),
}

/// Renders a document, as UTF-8.
pub fn render(document: &Document, format: Format, style: &Style) -> Result<Vec<u8>, RenderError> {
    check::check(document)?;
    let content = content::prepare(document, style);
    let text = match format {
        Format::Html => html::page(&content)?,
        Format::Markdown => markdown::text(&content),
    };
    Ok(text.into_bytes())
}
