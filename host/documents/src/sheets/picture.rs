//! A chart below its numbers: drawn by the spreadsheet program from the cells, in patterns that can be told apart in black and white.

use domain::document::ChartKind;
use rust_xlsxwriter::{
    Chart, ChartFormat, ChartLine, ChartPatternFill, ChartPatternFillType, ChartType, Color, Worksheet, XlsxError,
};

use super::clipped;
use super::table::{ROWS_AT, column_at};
use crate::content::Figure;

/// One after the other for series that fill areas.
const PATTERNS: [ChartPatternFillType; 6] = [
    ChartPatternFillType::Dotted80Percent,
    ChartPatternFillType::DiagonalStripesWideUpwards,
    ChartPatternFillType::Dotted20Percent,
    ChartPatternFillType::HorizontalStripesDark,
    ChartPatternFillType::SmallGrid,
    ChartPatternFillType::DiagonalStripesWideDownwards,
];
const INK: u32 = 0x0026_4653;
/// Series that one picture can tell apart.
const SERIES_MAX: usize = 12;
/// Categories that an axis can name.
const CATEGORIES_MAX: usize = 200;
/// Characters of the text for those who do not see the picture.
const ALTERNATIVE_CHARS_MAX: usize = 255;

/// Puts the picture below the numbers, where it is printed on the same page; where there is nothing that could be seen on it, there is none.
pub(super) fn insert(sheet: &mut Worksheet, name: &str, figure: &Figure) -> Result<(), XlsxError> {
    let (categories, series) = (figure.chart.categories.len(), figure.chart.series.len());
    if !(1..=CATEGORIES_MAX).contains(&categories) || !(1..=SERIES_MAX).contains(&series) {
        return Ok(());
    }
    let mut chart = Chart::new(match figure.chart.kind {
        ChartKind::Column => ChartType::Column,
        ChartKind::Bar => ChartType::Bar,
        ChartKind::Line => ChartType::Line,
        ChartKind::StackedBar => ChartType::BarStacked,
    });
    let last = ROWS_AT + u32::try_from(categories).unwrap_or(u32::MAX) - 1;
    for index in 0..series {
        let column = column_at(index + 1);
        let mut format = format(figure.chart.kind, index);
        let one = chart.add_series();
        one.set_name((name, ROWS_AT - 1, column));
        one.set_categories((name, ROWS_AT, 0, last, 0)).set_values((name, ROWS_AT, column, last, column));
        one.set_format(&mut format);
    }
    if matches!(figure.chart.kind, ChartKind::Bar | ChartKind::StackedBar) {
        // The first category on top, as in the table.
        chart.y_axis().set_reverse();
    }
    chart.title().set_name(clipped(&figure.chart.caption, ALTERNATIVE_CHARS_MAX).as_str());
    chart.set_alt_text(clipped(&figure.chart.sentence, ALTERNATIVE_CHARS_MAX));
    sheet.insert_chart(last + 2, 0, &chart)?;
    Ok(())
}

fn format(kind: ChartKind, index: usize) -> ChartFormat {
    let mut format = ChartFormat::new();
    let mut line = ChartLine::new();
    line.set_color(Color::RGB(INK));
    if kind == ChartKind::Line {
        let dashes = [
            rust_xlsxwriter::ChartLineDashType::Solid,
            rust_xlsxwriter::ChartLineDashType::Dash,
            rust_xlsxwriter::ChartLineDashType::RoundDot,
            rust_xlsxwriter::ChartLineDashType::DashDot,
        ];
        line.set_dash_type(dashes[index % dashes.len()]);
    } else {
        let mut fill = ChartPatternFill::new();
        fill.set_pattern(PATTERNS[index % PATTERNS.len()]);
        fill.set_foreground_color(Color::RGB(INK)).set_background_color(Color::White);
        format.set_pattern_fill(&fill);
    }
    format.set_line(&line);
    format
}
