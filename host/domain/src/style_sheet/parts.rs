//! What a style sheet says, part by part.

use serde::{Deserialize, Serialize};

/// Everything that a style sheet says, before it was looked at whether it fits together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StyleParts {
    /// The paper and its margins.
    pub paper: Paper,
    /// How many characters and lines a page of the body holds.
    pub grid: Grid,
    /// Which font has which role.
    pub fonts: Fonts,
    /// How large the letters of a role are.
    pub sizes: Sizes,
    /// The letterhead of an official paper.
    pub letterhead: LetterheadStyle,
    /// Who signs, and the seal.
    pub signature: SignatureStyle,
    /// The numbers of the pages.
    pub page_numbers: PageNumbers,
    /// What stands at the head of every page; empty for nothing.
    pub header: String,
    /// Whose office prints official papers, at their very end beside the date; empty for nobody.
    pub imprint: String,
}

/// The paper and its margins, in millimetres.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Paper {
    /// How wide the sheet is.
    pub width_mm: u16,
    /// How high the sheet is.
    pub height_mm: u16,
    /// Above the text.
    pub top_mm: u16,
    /// Below the text.
    pub bottom_mm: u16,
    /// Left of the text.
    pub left_mm: u16,
    /// Right of the text.
    pub right_mm: u16,
}

impl Default for Paper {
    fn default() -> Self {
        Self { width_mm: 210, height_mm: 297, top_mm: 37, bottom_mm: 35, left_mm: 28, right_mm: 26 }
    }
}

/// How many characters and lines a page of the body holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Grid {
    /// Characters of a line.
    pub characters_per_line: u16,
    /// Lines of a page.
    pub lines_per_page: u16,
    /// From one line to the next, in twentieths of a point; none for what the lines of a page make of its height.
    pub line_pitch_twentieths: Option<u16>,
}

impl Default for Grid {
    fn default() -> Self {
        Self { characters_per_line: 28, lines_per_page: 22, line_pitch_twentieths: None }
    }
}

/// Which font has which role. A document names them; who reads it needs them, or sees the next best.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Fonts {
    /// The letterhead.
    pub letterhead: String,
    /// The title.
    pub title: String,
    /// The body.
    pub body: String,
    /// Headings 一、
    pub heading_1: String,
    /// Headings （一）
    pub heading_2: String,
    /// Headings 1. and （1）
    pub heading_3: String,
    /// Tables, their captions, charts.
    pub table: String,
    /// The numbers of the pages.
    pub page_number: String,
    /// Latin letters and digits, wherever they stand.
    pub latin: String,
}

impl Default for Fonts {
    fn default() -> Self {
        Self {
            letterhead: "方正小标宋简体".to_owned(),
            title: "方正小标宋简体".to_owned(),
            body: "仿宋".to_owned(),
            heading_1: "黑体".to_owned(),
            heading_2: "楷体".to_owned(),
            heading_3: "仿宋".to_owned(),
            table: "宋体".to_owned(),
            page_number: "宋体".to_owned(),
            latin: "Times New Roman".to_owned(),
        }
    }
}

/// How large the letters of a role are, in halves of a point: 三号 is 32.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sizes {
    /// The letterhead, at most; a long name gets what fits on a line.
    pub letterhead_half_points: u16,
    /// The title: 二号.
    pub title_half_points: u16,
    /// The body and its headings: 三号.
    pub body_half_points: u16,
    /// Tables and their captions: 五号.
    pub table_half_points: u16,
    /// Small print and remarks below tables: 小五.
    pub note_half_points: u16,
    /// The numbers of the pages: 四号.
    pub page_number_half_points: u16,
}

impl Default for Sizes {
    fn default() -> Self {
        Self {
            letterhead_half_points: 96,
            title_half_points: 44,
            body_half_points: 32,
            table_half_points: 21,
            note_half_points: 18,
            page_number_half_points: 28,
        }
    }
}

/// The letterhead of an official paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LetterheadStyle {
    /// Colour of the name and of the rule below it, as `#RRGGBB`.
    pub colour: String,
    /// Whether a rule stands between letterhead and title.
    pub rule: bool,
    /// How documents are numbered where whoever composed them gave no number, with `{year}` and `{sequence}`, such as
    /// `秦联发〔{year}〕{sequence}号`; empty for no number.
    pub number_pattern: String,
}

impl Default for LetterheadStyle {
    fn default() -> Self {
        Self { colour: "#E60012".to_owned(), rule: true, number_pattern: String::new() }
    }
}

/// Who signs, and the seal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SignatureStyle {
    /// What marks the place of the seal, such as `（印章）`; empty for nothing.
    pub seal_line: String,
    /// How many characters the date stands in from the right.
    pub indent_characters: u16,
}

impl Default for SignatureStyle {
    fn default() -> Self {
        Self { seal_line: String::new(), indent_characters: 4 }
    }
}

/// The numbers of the pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PageNumbers {
    /// What they look like.
    pub form: PageNumberForm,
    /// Where they stand.
    pub place: PageNumberPlace,
}

/// What the numbers of the pages look like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageNumberForm {
    /// `— 1 —`
    #[default]
    Dashes,
    /// `1`
    Plain,
    /// `第1页 共9页`
    OfAll,
    /// Pages have none.
    None,
}

/// Where the numbers of the pages stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageNumberPlace {
    /// At the outer edge: right on odd pages, left on even ones, one character in.
    #[default]
    Outer,
    /// In the middle.
    Center,
    /// At the right.
    End,
}
