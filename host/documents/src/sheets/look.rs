//! How cells of a report's workbook look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// The formats of one workbook, without those of numbers, which depend on the column.
pub(super) struct Look {
    pub(super) title: Format,
    pub(super) heading: Format,
    pub(super) caption: Format,
    pub(super) head: Format,
    pub(super) words: Format,
    pub(super) words_strong: Format,
    pub(super) note: Format,
    pub(super) link: Format,
}

/// Behind heads and rows that are set off.
const SHADE: u32 = 0x00E7_E6E6;

impl Look {
    pub(super) fn new() -> Self {
        let words = bordered().set_text_wrap();
        Self {
            title: Format::new().set_bold().set_font_size(16.0),
            heading: Format::new().set_bold(),
            caption: Format::new().set_bold().set_font_size(13.0),
            head: bordered()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_background_color(Color::RGB(SHADE)),
            words_strong: words.clone().set_bold().set_background_color(Color::RGB(SHADE)),
            words,
            note: Format::new().set_font_color(Color::RGB(0x0059_5959)),
            link: Format::new()
                .set_font_color(Color::RGB(0x0005_63C1))
                .set_underline(rust_xlsxwriter::FormatUnderline::Single),
        }
    }

    /// Numbers with so many decimal places; quantities that have a unit are grouped by thousands, years and ranks are not.
    pub(super) fn numbers(decimals: usize, has_unit: bool, is_strong: bool) -> Format {
        let whole = if has_unit { "#,##0" } else { "0" };
        let pattern = if decimals == 0 { whole.to_owned() } else { format!("{whole}.{}", "0".repeat(decimals)) };
        let format = bordered().set_num_format(pattern).set_align(FormatAlign::Right);
        if is_strong { format.set_bold().set_background_color(Color::RGB(SHADE)) } else { format }
    }
}

fn bordered() -> Format {
    Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter)
}
