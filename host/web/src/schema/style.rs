//! How style sheets look on the wire.

use utoipa::ToSchema;

/// How a federation's documents look in every format that has pages. What is left out has the shape of GB/T 9704-2012.
#[derive(ToSchema)]
pub(crate) struct StyleSheet {
    #[schema(required = false)]
    paper: Paper,
    #[schema(required = false)]
    grid: Grid,
    #[schema(required = false)]
    fonts: Fonts,
    #[schema(required = false)]
    sizes: Sizes,
    #[schema(required = false)]
    letterhead: LetterheadStyle,
    #[schema(required = false)]
    signature: SignatureStyle,
    #[schema(required = false)]
    page_numbers: PageNumbers,
    /// What stands at the head of every page; empty for nothing.
    #[schema(required = false)]
    header: String,
    /// Whose office prints official papers, at their very end beside the date; empty for nobody.
    #[schema(required = false)]
    imprint: String,
}

/// The paper and its margins, in millimetres.
#[derive(ToSchema)]
struct Paper {
    /// From 90 to 600; 210.
    #[schema(required = false)]
    width_mm: u16,
    /// From 90 to 600; 297.
    #[schema(required = false)]
    height_mm: u16,
    /// From 5 to 150; 37.
    #[schema(required = false)]
    top_mm: u16,
    /// From 5 to 150; 35.
    #[schema(required = false)]
    bottom_mm: u16,
    /// From 5 to 150; 28.
    #[schema(required = false)]
    left_mm: u16,
    /// From 5 to 150; 26.
    #[schema(required = false)]
    right_mm: u16,
}

/// How much a page of the body holds.
#[derive(ToSchema)]
struct Grid {
    /// From 10 to 80; 28.
    #[schema(required = false)]
    characters_per_line: u16,
    /// From 10 to 80; 22.
    #[schema(required = false)]
    lines_per_page: u16,
    /// From one line to the next, in twentieths of a point; none for what the lines of a page make of its height.
    #[schema(required = false)]
    line_pitch_twentieths: Option<u16>,
}

/// Which font has which role, by the name that word processors know it by.
#[derive(ToSchema)]
struct Fonts {
    /// 方正小标宋简体
    #[schema(required = false)]
    letterhead: String,
    /// 方正小标宋简体
    #[schema(required = false)]
    title: String,
    /// 仿宋
    #[schema(required = false)]
    body: String,
    /// Headings 一、 黑体
    #[schema(required = false)]
    heading_1: String,
    /// Headings （一） 楷体
    #[schema(required = false)]
    heading_2: String,
    /// Headings 1. and （1） 仿宋
    #[schema(required = false)]
    heading_3: String,
    /// Tables, their captions, charts: 宋体
    #[schema(required = false)]
    table: String,
    /// The numbers of the pages: 宋体
    #[schema(required = false)]
    page_number: String,
    /// Latin letters and digits, wherever they stand: Times New Roman
    #[schema(required = false)]
    latin: String,
}

/// How large the letters of a role are, in halves of a point, from 8 to 200.
#[derive(ToSchema)]
struct Sizes {
    /// At most; a long name gets what fits on a line. 96.
    #[schema(required = false)]
    letterhead_half_points: u16,
    /// 二号: 44.
    #[schema(required = false)]
    title_half_points: u16,
    /// 三号: 32.
    #[schema(required = false)]
    body_half_points: u16,
    /// 五号: 21.
    #[schema(required = false)]
    table_half_points: u16,
    /// 小五: 18.
    #[schema(required = false)]
    note_half_points: u16,
    /// 四号: 28.
    #[schema(required = false)]
    page_number_half_points: u16,
}

/// The letterhead of an official paper.
#[derive(ToSchema)]
struct LetterheadStyle {
    /// Colour of the name and of the rule below it, as `#RRGGBB`.
    #[schema(required = false, example = "#E60012")]
    colour: String,
    /// Whether a rule stands between letterhead and title.
    #[schema(required = false)]
    rule: bool,
    /// How documents are numbered where whoever composed them gave no number; empty for no number.
    #[schema(required = false, example = "秦联发〔{year}〕{sequence}号")]
    number_pattern: String,
}

/// Who signs, and the seal.
#[derive(ToSchema)]
struct SignatureStyle {
    /// What marks the place of the seal; empty for nothing.
    #[schema(required = false, example = "（印章）")]
    seal_line: String,
    /// How many characters the date stands in from the right, at most 20.
    #[schema(required = false)]
    indent_characters: u16,
}

/// The numbers of the pages.
#[derive(ToSchema)]
struct PageNumbers {
    #[schema(required = false)]
    form: PageNumberForm,
    #[schema(required = false)]
    place: PageNumberPlace,
}

/// `dashes` are `— 1 —`, `plain` is `1`, `of-all` is `第1页 共9页`.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum PageNumberForm {
    Dashes,
    Plain,
    OfAll,
    None,
}

/// `outer` is right on odd pages and left on even ones.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum PageNumberPlace {
    Outer,
    Center,
    End,
}
