//! Setting pages: paragraphs, lists, tables and drawings become a tagged PDF (PDF/UA-1) with its fonts in it. Knows nothing of what the documents are about.
//!
//! The way of a document: every piece of the flow is broken into lines ([`lines`]), the lines are laid out on pages as marks that know their
//! place in the structure ([`layout`]), and the marks are written ([`write`]). Equal input and equal fonts give equal bytes.

mod faces;
mod layout;
mod lines;
mod table;
mod tags;
mod write;

pub use faces::Faces;

/// Points: 72 to an inch.
pub type Points = f32;

/// The paper and its margins.
#[derive(Clone, Copy, Debug)]
pub struct Paper {
    /// How wide the sheet is.
    pub width: Points,
    /// How high the sheet is.
    pub height: Points,
    /// Above the text.
    pub top: Points,
    /// Below the text.
    pub bottom: Points,
    /// Left of the text.
    pub left: Points,
    /// Right of the text.
    pub right: Points,
}

impl Paper {
    /// The same sheet on its side, turned to the left.
    #[must_use]
    pub const fn turned(self) -> Self {
        let Self { width, height, top, bottom, left, right } = self;
        Self { width: height, height: width, top: right, bottom: left, left: top, right: bottom }
    }

    /// How wide the text is.
    pub fn text_width(&self) -> Points {
        self.width - self.left - self.right
    }

    /// How high the text is.
    pub fn text_height(&self) -> Points {
        self.height - self.top - self.bottom
    }
}

/// What a font looks like where the one that is named is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Like {
    /// With the ends of a brush or a pen: 宋体, 仿宋, Times.
    Serif,
    /// Even strokes: 黑体.
    Sans,
    /// Written by hand: 楷体.
    Written,
}

/// How letters look.
#[derive(Clone, Debug, PartialEq)]
pub struct Letters {
    /// The font of east-Asian letters, by the name that programs know it by.
    pub family: String,
    /// The font of Latin letters and digits.
    pub latin: String,
    /// What stands for either where it is not there.
    pub like: Like,
    /// Whether they are heavy.
    pub strong: bool,
    /// How large they are.
    pub size: Points,
    /// Red, green, blue.
    pub colour: [u8; 3],
}

/// A stretch of text in one kind of letters.
#[derive(Clone, Debug)]
pub struct Run {
    /// The words.
    pub text: String,
    /// How they look.
    pub letters: Letters,
}

/// Where the lines of a paragraph stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alignment {
    /// At the left.
    Start,
    /// In the middle.
    Center,
    /// At the right.
    End,
    /// From edge to edge, but for the last.
    Both,
}

/// What a paragraph is in the structure of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A heading, from 1; it is a bookmark as well.
    Heading(u8),
    /// Text.
    Body,
    /// What a table or a drawing shows.
    Caption,
    /// Small print.
    Note,
}

/// A line across the text.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// How thick it is.
    pub thickness: Points,
    /// Red, green, blue.
    pub colour: [u8; 3],
}

/// A paragraph.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// What it is.
    pub role: Role,
    /// What it says.
    pub runs: Vec<Run>,
    /// What stands at the right end of its last line; empty for nothing.
    pub tail: Vec<Run>,
    /// Where its lines stand.
    pub alignment: Alignment,
    /// How far its first line stands in.
    pub first_indent: Points,
    /// How far its lines end before the edge.
    pub end_indent: Points,
    /// From line to line.
    pub line_height: Points,
    /// From one wide letter to the next, where a line is to hold a number of them.
    pub pitch: Option<Points>,
    /// Room above it.
    pub before: Points,
    /// Room below it.
    pub after: Points,
    /// A line above it.
    pub rule_above: Option<Rule>,
    /// A line below it.
    pub rule_below: Option<Rule>,
    /// Whether it stands on one page with what follows.
    pub keeps_next: bool,
    /// Whether a page begins with it.
    pub begins_page: bool,
}

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// How wide it is.
    pub width: Points,
    /// Whether its cells stand at the right.
    pub is_number: bool,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub struct Row {
    /// Whether it is set off.
    pub strong: bool,
    /// One for every column.
    pub cells: Vec<String>,
}

/// A table. Its head stands on every page that has rows of it.
#[derive(Clone, Debug)]
pub struct Table {
    /// At least one.
    pub columns: Vec<Column>,
    /// One for every column.
    pub head: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
    /// How its letters look.
    pub letters: Letters,
    /// Behind the head.
    pub shade: [u8; 3],
    /// Whether it stands on one page where a page can hold it.
    pub stays_whole: bool,
}

/// A drawing.
#[derive(Clone, Debug)]
pub struct Drawing {
    /// An SVG document.
    pub svg: String,
    /// For those who do not see it.
    pub alternative: String,
    /// How wide it may be at most.
    pub width: Points,
}

/// One piece after the other.
#[derive(Clone, Debug)]
pub enum Flow {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A list: of each item its mark and its text.
    List {
        /// Whether its items are counted.
        numbered: bool,
        /// The mark stands at the beginning of the first run.
        items: Vec<Paragraph>,
    },
    /// A table.
    Table(Table),
    /// A drawing.
    Drawing(Drawing),
    /// What follows stands on pages that lie on their side, or upright again.
    Turned(bool),
    /// A new page.
    PageBreak,
}

/// Where the numbers of the pages stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberPlace {
    /// Right on odd pages and left on even ones, so far in from the edge of the text.
    Outer,
    /// In the middle.
    Center,
    /// At the right.
    End,
}

/// What stands at the head and the foot of every page.
#[derive(Clone, Debug)]
pub struct Furniture {
    /// At the head, in the middle; empty for nothing.
    pub header: String,
    /// How that looks.
    pub header_letters: Letters,
    /// The numbers of the pages: `{page}` and `{pages}` are put in. Empty for none.
    pub number: String,
    /// How they look.
    pub number_letters: Letters,
    /// Where they stand.
    pub number_place: NumberPlace,
}

/// Everything that is to be set.
#[derive(Clone, Debug)]
pub struct Work {
    /// Its title.
    pub title: String,
    /// Who made it; empty for nobody.
    pub author: String,
    /// BCP 47.
    pub language: String,
    /// What its pages are printed on.
    pub paper: Paper,
    /// What stands on every page.
    pub furniture: Furniture,
    /// What is to be read.
    pub flow: Vec<Flow>,
}

/// Why nothing was set.
#[derive(Debug, thiserror::Error)]
pub enum NotSet {
    /// Whoever runs the host mends it: there is no font with Chinese letters.
    #[error("there is no font to set pages with")]
    NoFont,
    /// The house's fault: a font's file is there and cannot be read.
    #[error("the font {name} cannot be read")]
    Font {
        /// What the font is called.
        name: String,
    },
    /// The house's fault: a drawing is none.
    #[error("a drawing cannot be read")]
    Drawing(#[from] usvg::Error),
    /// The house's fault: the pages are not what the standard asks.
    #[error("the pages are not what the standard asks: {0}")]
    Written(String),
}

/// Sets the pages.
///
/// # Errors
///
/// There is no font, or something of the house's own is wrong; nothing that a text says makes it fail.
pub fn set(work: &Work, faces: &Faces) -> Result<Vec<u8>, NotSet> {
    let mut fonts = faces.for_a_work()?;
    let laid_out = layout::lay_out(work, &mut fonts)?;
    write::written(work, &laid_out, &fonts)
}
