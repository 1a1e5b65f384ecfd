//! Rendering documents: typed blocks become HTML, Markdown, a Word file, a workbook or printed pages, and a form becomes a spreadsheet. Knows no SQL, no HTTP, no WebAssembly and no subject.
//!
//! A document comes from a plugin, so nothing in it is trusted: sizes are checked first ([`RenderError`] names the block),
//! every text is neutralised and escaped, and a page runs no script. Equal input gives equal bytes.

pub mod cells;
mod chart;
mod check;
mod content;
mod docx;
pub mod fill_in;
mod fonts;
mod html;
mod looks;
mod markdown;
#[cfg(feature = "pdf")]
mod pages;
mod plain;
mod sheet_names;
mod sheets;
pub mod words;
pub mod workbook;

use domain::document::Document;
use domain::style_sheet::StyleSheet;

pub use check::BlockProblem;
pub use fonts::Fonts;

/// A format that a document can be rendered to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// One page that needs nothing beside it: for screens, phones and paper.
    Html,
    /// Markdown with the tables of GitHub's dialect.
    Markdown,
    /// A Word document (Office Open XML), in the shape of the federation's style sheet.
    Docx,
    /// A workbook (Office Open XML) with every table on a sheet.
    Xlsx,
    /// Pages as they are printed.
    Pdf,
}

impl Format {
    /// All formats, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Html, Self::Markdown, Self::Docx, Self::Xlsx, Self::Pdf];

    /// Whether this host was built with it; a host without is small.
    pub const fn is_built(self) -> bool {
        match self {
            Self::Html | Self::Markdown | Self::Docx | Self::Xlsx => true,
            Self::Pdf => cfg!(feature = "pdf"),
        }
    }

    /// The formats that this host was built with.
    pub fn built() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|format| format.is_built())
    }

    /// The format that a word of the command line or of a query names: `html`, `markdown` or `md`, `docx`, `xlsx`, `pdf`.
    pub fn parse(word: &str) -> Option<Self> {
        let format = match word {
            "html" => Self::Html,
            "markdown" | "md" => Self::Markdown,
            "docx" => Self::Docx,
            "xlsx" => Self::Xlsx,
            "pdf" => Self::Pdf,
            _ => return None,
        };
        format.is_built().then_some(format)
    }

    /// What stands in `Content-Type`.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pdf => "application/pdf",
        }
    }

    /// How a file of it ends, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Pdf => "pdf",
        }
    }

    /// Whether [`Style::origins`] are shown in it; for the others nobody needs to gather them.
    pub const fn has_room_for_origins(self) -> bool {
        matches!(self, Self::Xlsx)
    }

    /// Whether a browser shows it by itself; the others are saved.
    pub const fn is_shown(self) -> bool {
        matches!(self, Self::Html | Self::Markdown | Self::Pdf)
    }
}

/// What a federation adds to its documents, whoever composed them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// The federation's name, as the page's author; empty for none.
    pub federation: String,
    /// A line of small print at the very end: which release and which evaluation the document came from. Empty for none.
    pub provenance: String,
    /// Where the document came from in single lines: round, releases, evaluation, receipts. For formats that have room for them.
    pub origins: Vec<Origin>,
    /// How its pages look.
    pub sheet: StyleSheet,
    /// The number that was given out to the document in the federation's register; none where there is none yet.
    pub sequence: Option<u32>,
    /// What pages are set with.
    pub fonts: Fonts,
}

/// One line of where a document came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// What the line says, in the language of the document.
    pub what: String,
    /// An identifier, a digest, a number.
    pub value: String,
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
    /// This host was built without the format.
    #[error("this host was built without the format {}", .0.extension())]
    NotBuilt(Format),
    /// The house's fault: a chart that should be drawable was not drawn.
    #[error("the chart in block {index} could not be drawn")]
    Drawing {
        /// The block's index, from 0.
        index: usize,
        /// What the drawing library says.
        #[source]
        source: charts_rs::Error,
    },
    /// The house's fault: the workbook could not be written.
    #[error("the workbook could not be written")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The house's fault: the parts of a file could not be put together.
    #[error("the file could not be put together")]
    Package(#[from] zip::result::ZipError),
    /// The house's fault: pages could not be set.
    #[cfg(feature = "pdf")]
    #[error(transparent)]
    Pages(#[from] pdf::NotSet),
    /// The house's fault: the page's template failed.
    #[error("the page's template failed")]
    Template(#[source] askama::Error),
}

impl RenderError {
    /// Whether it is for whoever runs the host to mend: there is no font to set pages with.
    pub const fn is_for_want_of_fonts(&self) -> bool {
        #[cfg(feature = "pdf")]
        return matches!(self, Self::Pages(pdf::NotSet::NoFont));
        #[cfg(not(feature = "pdf"))]
        return false;
    }
}

/// Renders a document.
pub fn render(document: &Document, format: Format, style: &Style) -> Result<Vec<u8>, RenderError> {
    check::check(document)?;
    let content = content::prepare(document, style);
    match format {
        Format::Html => html::page(&content).map(String::into_bytes),
        Format::Markdown => Ok(markdown::text(&content).into_bytes()),
        Format::Xlsx => sheets::workbook(&content, &style.origins),
        Format::Docx => docx::file(&content, style),
        #[cfg(feature = "pdf")]
        Format::Pdf => pages::file(&content, style),
        #[cfg(not(feature = "pdf"))]
        Format::Pdf => Err(RenderError::NotBuilt(format)),
    }
}
