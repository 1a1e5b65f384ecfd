//! What every kind of paragraph looks like under a federation's style sheet, said once for all formats that have pages.

use domain::style_sheet::{StyleParts, StyleSheet};

/// From edge to edge of a character of the body stand two of its half points, in twentieths of a point.
pub(crate) const TWENTIETHS_PER_HALF_POINT: u32 = 10;
/// How far the first line of a text stands in, in characters.
pub(crate) const FIRST_LINE_CHARACTERS: u16 = 2;
/// Behind the heads of tables.
pub(crate) const SHADE: &str = "E7E6E6";

/// What one kind of paragraph looks like.
pub(crate) struct Look<'a> {
    /// What it is called in a file.
    pub(crate) id: &'static str,
    /// What a word processor shows; headings and captions have names that it knows.
    pub(crate) name: &'static str,
    /// None for the style that all others are based on.
    pub(crate) based_on: Option<&'static str>,
    pub(crate) next: &'static str,
    pub(crate) font: &'a str,
    pub(crate) half_points: u16,
    pub(crate) bold: bool,
    pub(crate) colour: Option<&'a str>,
    pub(crate) alignment: Side,
    /// Whether its first line stands in.
    pub(crate) first_line: bool,
    /// 0 for headings of the first level.
    pub(crate) outline: Option<u8>,
    /// With what follows on one page.
    pub(crate) keeps_next: bool,
    pub(crate) page_break_before: bool,
    pub(crate) spacing: Spacing,
}

/// Where lines stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Left,
    Center,
    Right,
    /// From edge to edge.
    Both,
}

/// From line to line.
#[derive(Clone, Copy)]
pub(crate) enum Spacing {
    /// As the page's grid says.
    Grid,
    /// As large as the letters need it, with so many twentieths of a point before and after.
    Single(u16, u16),
}

/// Every kind of paragraph that there is.
pub(crate) fn looks(parts: &StyleParts) -> Vec<Look<'_>> {
    let (fonts, sizes) = (&parts.fonts, &parts.sizes);
    let body = sizes.body_half_points;
    let base = |id, name| Look {
        id,
        name,
        based_on: Some("Normal"),
        next: "BodyText",
        font: &fonts.body,
        half_points: body,
        bold: false,
        colour: None,
        alignment: Side::Both,
        first_line: false,
        outline: None,
        keeps_next: false,
        page_break_before: false,
        spacing: Spacing::Grid,
    };
    let heading = |id, name, font, outline| Look {
        font,
        outline: Some(outline),
        keeps_next: true,
        first_line: true,
        ..base(id, name)
    };
    let table = |id, name, alignment| Look {
        next: id,
        font: &fonts.table,
        half_points: sizes.table_half_points,
        alignment,
        spacing: Spacing::Single(20, 20),
        ..base(id, name)
    };
    vec![
        Look { based_on: None, next: "Normal", ..base("Normal", "Normal") },
        Look { first_line: true, ..base("BodyText", "Body Text") },
        Look {
            font: &fonts.letterhead,
            colour: Some(&parts.letterhead.colour[1..]),
            alignment: Side::Center,
            next: "LetterheadNumber",
            spacing: Spacing::Single(0, 240),
            ..base("Letterhead", "Letterhead")
        },
        Look { alignment: Side::Center, ..base("LetterheadNumber", "Letterhead Number") },
        Look { font: &fonts.heading_1, alignment: Side::Left, ..base("LetterheadRemark", "Letterhead Remark") },
        Look {
            font: &fonts.title,
            half_points: sizes.title_half_points,
            alignment: Side::Center,
            next: "Subtitle",
            keeps_next: true,
            spacing: Spacing::Single(240, 120),
            ..base("Title", "Title")
        },
        Look { font: &fonts.heading_2, alignment: Side::Center, ..base("Subtitle", "Subtitle") },
        Look { alignment: Side::Left, ..base("Addressee", "Addressee") },
        heading("Heading1", "heading 1", &fonts.heading_1, 0),
        heading("Heading2", "heading 2", &fonts.heading_2, 1),
        Look { bold: true, ..heading("Heading3", "heading 3", &fonts.heading_3, 2) },
        heading("Heading4", "heading 4", &fonts.heading_3, 3),
        Look {
            font: &fonts.heading_1,
            alignment: Side::Left,
            outline: Some(0),
            keeps_next: true,
            page_break_before: true,
            ..base("Annex", "Annex")
        },
        Look { next: "ListParagraph", ..base("ListParagraph", "List Paragraph") },
        Look {
            bold: true,
            keeps_next: true,
            spacing: Spacing::Single(120, 60),
            ..table("Caption", "caption", Side::Center)
        },
        Look { bold: true, ..table("TableHead", "Table Head", Side::Center) },
        table("TableText", "Table Text", Side::Left),
        table("TableNumber", "Table Number", Side::Right),
        Look { half_points: sizes.note_half_points, ..table("TableNote", "Table Note", Side::Left) },
        Look { alignment: Side::Center, keeps_next: true, ..table("Figure", "Figure", Side::Center) },
        Look { alignment: Side::Right, keeps_next: true, next: "SignatureDate", ..base("Signature", "Signature") },
        Look { alignment: Side::Right, ..base("SignatureDate", "Signature Date") },
        Look { half_points: sizes.note_half_points, spacing: Spacing::Single(60, 0), ..base("Note", "Note") },
        Look {
            half_points: sizes.note_half_points,
            spacing: Spacing::Single(0, 0),
            next: "Header",
            ..base("Header", "header")
        },
        Look {
            font: &fonts.page_number,
            half_points: sizes.page_number_half_points,
            spacing: Spacing::Single(0, 0),
            next: "Footer",
            ..base("Footer", "footer")
        },
    ]
}

/// As large as the style sheet says, or so that the name fits on a line; in half points.
pub(crate) fn letterhead_size(sheet: &StyleSheet, issuer: &str) -> u32 {
    let most = u32::from(sheet.parts().sizes.letterhead_half_points);
    let fitting = 2 * sheet.text_width() / TWENTIETHS_PER_HALF_POINT / width_of(issuer).max(1);
    most.min(fitting).max(u32::from(sheet.parts().sizes.body_half_points))
}

/// A line at the end of a document that stands in from the right.
pub(crate) struct Signed<'a> {
    /// Its look.
    pub(crate) look: &'static str,
    pub(crate) text: &'a str,
    /// How far it stands in, in characters.
    pub(crate) characters: u32,
}

/// Who signs, the seal and the date. The signer stands in the middle above the date, which stands in from the right.
pub(crate) fn signature<'a>(parts: &'a StyleParts, signer: &'a str, date: &'a str) -> Vec<Signed<'a>> {
    let indent = u32::from(parts.signature.indent_characters);
    let above = |text: &'a str| Signed {
        look: "Signature",
        text,
        characters: indent.saturating_add(width_of(date) / 4).saturating_sub(width_of(text) / 4),
    };
    let mut lines = vec![above(signer)];
    if !parts.signature.seal_line.is_empty() {
        lines.push(above(&parts.signature.seal_line));
    }
    lines.push(Signed { look: "SignatureDate", text: date, characters: indent });
    lines
}

/// How many half characters a text is wide.
pub(crate) fn width_of(text: &str) -> u32 {
    text.chars().fold(0, |width: u32, character| width.saturating_add(if character.is_ascii() { 1 } else { 2 }))
}
