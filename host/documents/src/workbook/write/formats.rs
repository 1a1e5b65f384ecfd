//! How cells look, and which of them can be filled in.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use super::super::cell::CellKind;

/// The formats of a template.
pub(super) struct Formats {
    /// The title of a worksheet.
    pub(super) title: Format,
    /// The names of columns.
    pub(super) head: Format,
    /// The name of an entry whose fields follow.
    pub(super) group: Format,
    /// What is told and cannot be changed.
    pub(super) told: Format,
    /// Last time's values.
    pub(super) earlier: Format,
    /// Words to fill in; a program makes no numbers and no days of them.
    pub(super) text: Format,
    /// Anything to fill in.
    pub(super) any: Format,
    /// A day to fill in.
    pub(super) day: Format,
}

/// What cells to fill in look like.
const PAPER: Color = Color::RGB(0xFF_FB_E6);
const LINE: Color = Color::RGB(0xBF_BF_BF);

impl Formats {
    pub(super) fn new() -> Self {
        let wrapped = || Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let framed = |format: Format| format.set_border(FormatBorder::Thin).set_border_color(LINE);
        let open = || framed(wrapped().set_unlocked().set_background_color(PAPER));
        Self {
            title: Format::new().set_bold().set_font_size(14),
            head: framed(wrapped().set_bold().set_background_color(Color::RGB(0xD9_E6_F2))),
            group: framed(wrapped().set_bold().set_background_color(Color::RGB(0xEE_F3_F8))),
            told: framed(wrapped()),
            earlier: framed(wrapped().set_font_color(Color::RGB(0x59_59_59))),
            text: open().set_num_format("@"),
            any: open(),
            day: open().set_num_format("yyyy-mm-dd"),
        }
    }

    /// How a cell for values of a kind looks.
    pub(super) fn of(&self, kind: &CellKind) -> &Format {
        if kind.day {
            &self.day
        } else if kind.is_only_text() || kind.is_only_flag() {
            &self.text
        } else {
            &self.any
        }
    }
}
