//! Drawing a chart as SVG with `charts-rs`, tuned for Chinese labels and for black-and-white paper.
//!
//! Every bar carries its value, so bars have no value axis. A drawing may round, because it is made of binary fractions: a
//! series whose numbers do not fit them gets no labels, and the table beside the drawing always has the exact numbers.

use std::sync::LazyLock;

use charts_rs::{
    BarChart, Box as Edges, Color, HorizontalBarChart, LegendCategory, LineChart, Position, Series, YAxisConfig,
    add_fonts, measure_text_width_family, svg_with_accessibility,
};
use domain::document::{Chart, ChartKind};

use crate::content::number;

/// The family that labels are measured with; the page's style sheet names the fonts that they are shown in.
const FAMILY: &str = "Document Widths";
/// Widths of characters and nothing else; `fonts/README.md` says how it was made.
static WIDTHS: LazyLock<Result<(), String>> =
    LazyLock::new(|| add_fonts(&[include_bytes!("../fonts/widths.ttf")]).map_err(|error| error.to_string()));

const WIDTH: f32 = 560.0;
const FONT_SIZE: f32 = 13.0;
/// What a column may take of the width, so that three columns do not become three walls.
const COLUMN_WIDTH_MAX: f32 = 96.0;
/// Names along a bar chart that are longer are shortened; the table has them whole.
const NAME_CHARS_MAX: usize = 22;
/// More categories can be neither drawn nor read; they stand in the table.
const CATEGORIES_MAX: usize = 60;
/// As many significant digits as the drawing's numbers hold exactly.
const EXACT_DIGITS_MAX: u64 = 9_999_999;
/// Dark, light, middle, …: neighbours differ in brightness, not only in hue.
const COLOURS: [&str; 6] = ["#23416B", "#E3C58F", "#7C93A8", "#8C3030", "#D5DCE3", "#4E6B50"];
/// Light enough for a label inside.
const LIGHT_COLOURS: [&str; 6] = ["#9DB4CC", "#F4E6C8", "#FFFFFF", "#D9B3A7", "#DDE3E8", "#BFCDBF"];
/// Dark enough for a thin line.
const DARK_COLOURS: [&str; 6] = ["#23416B", "#8C3030", "#3F6244", "#7A5A12", "#5A4B78", "#333333"];
const DASHES: [Option<&str>; 6] = [None, Some("7,4"), Some("2,3"), Some("10,3,2,3"), Some("4,2"), Some("1,2")];
const INK: &str = "#222222";

/// The chart as an `<svg>` element with role, title and description, or nothing where there is nothing to draw or too much.
pub(crate) fn draw(chart: &Chart) -> Result<Option<String>, charts_rs::Error> {
    if !(1..=CATEGORIES_MAX).contains(&chart.categories.len()) || !(1..=COLOURS.len()).contains(&chart.series.len()) {
        return Ok(None);
    }
    if let Err(message) = &*WIDTHS {
        return Err(charts_rs::Error::Params { message: message.clone() });
    }
    let svg = match chart.kind {
        ChartKind::Column if columns_have_room(chart)? => columns(chart).svg()?,
        ChartKind::Column | ChartKind::Bar | ChartKind::StackedBar => bars(chart)?.svg()?,
        ChartKind::Line => lines(chart).svg()?,
    };
    Ok(Some(svg_with_accessibility(&svg, &chart.caption, &chart.sentence)))
}

/// Upright bars.
fn columns(chart: &Chart) -> BarChart {
    let mut drawing = BarChart::new(all_series(chart), chart.categories.clone());
    dress(&mut drawing.base, chart);
    let used =
        (count(chart.categories.len()) * COLUMN_WIDTH_MAX * (1.0 + count(chart.series.len() - 1) * 0.5)).min(WIDTH);
    let side = (WIDTH - used) / 2.0;
    drawing.margin = Edges { left: side, right: side, top: 8.0, bottom: 4.0 };
    drawing.height = 280.0;
    drawing.y_axis_hidden = true;
    drawing.x_axis.height = 28.0;
    drawing.y_axis_configs = vec![value_axis(chart, 1.12)];
    drawing
}

/// Lying bars, the first category on top.
fn bars(chart: &Chart) -> Result<HorizontalBarChart, charts_rs::Error> {
    let is_stacked = chart.kind == ChartKind::StackedBar;
    let mut series = all_series(chart);
    for one in &mut series {
        one.data.reverse();
        if is_stacked {
            one.stack = Some("all".to_owned());
            // Nothing is not worth a label between two segments.
            one.data.iter_mut().for_each(|value| *value = value.filter(|value| *value != 0.0));
        }
    }
    let names: Vec<String> = chart.categories.iter().rev().map(|name| shortened(name)).collect();
    let names_width = widest(&names)?;
    let mut drawing = HorizontalBarChart::new(series, names);
    dress(&mut drawing.base, chart);
    let legend_height = if chart.series.len() > 1 { 34.0 } else { 0.0 };
    let beside = if is_stacked { 1.0 } else { count(chart.series.len()) };
    drawing.height = legend_height + 8.0 + count(chart.categories.len()) * (13.0 + beside * 17.0);
    drawing.margin = Edges { left: 4.0, right: 8.0, top: 2.0, bottom: 6.0 };
    drawing.x_axis.hidden = true;
    drawing.x_axis.stroke_color = INK.into();
    let label_width = widest(&labels(chart))? + 8.0;
    let bars_width = (WIDTH - names_width - 20.0).max(120.0);
    let headroom = if is_stacked { 1.0 } else { bars_width / (bars_width - label_width).max(60.0) };
    drawing.y_axis_configs = vec![value_axis(chart, headroom)];
    if is_stacked {
        drawing.series_label_position = Some(Position::Inside);
        drawing.series.label.hide_overlap = true;
    }
    Ok(drawing)
}

/// Lines, told apart by their dashes.
fn lines(chart: &Chart) -> LineChart {
    let mut series = all_series(chart);
    for (one, dashes) in series.iter_mut().zip(DASHES) {
        one.stroke_dash_array = dashes.map(str::to_owned);
    }
    let mut drawing = LineChart::new(series, chart.categories.clone());
    dress(&mut drawing.base, chart);
    drawing.height = 300.0;
    drawing.margin = Edges { left: 4.0, right: 24.0, top: 8.0, bottom: 4.0 };
    drawing.grid.stroke_color = "#D9D9D9".into();
    drawing.grid.stroke_width = 1.0;
    drawing.x_axis.height = 28.0;
    drawing.series.smooth = false;
    drawing.series.label.hide_overlap = true;
    for axis in &mut drawing.y_axis_configs {
        axis.font.size = FONT_SIZE;
        axis.font.color = INK.into();
    }
    drawing
}

/// What all kinds share: fonts, colours, the legend, no title (it stands in the caption).
fn dress(base: &mut charts_rs::ChartBase, chart: &Chart) {
    base.width = WIDTH;
    FAMILY.clone_into(&mut base.font_family);
    base.background_color = Color::transparent();
    base.title.text = String::new();
    let colours = match chart.kind {
        ChartKind::StackedBar => LIGHT_COLOURS,
        ChartKind::Line => DARK_COLOURS,
        ChartKind::Column | ChartKind::Bar => COLOURS,
    };
    base.series.colors = colours.iter().map(|colour| Color::from(*colour)).collect();
    base.series.label.font.size = FONT_SIZE;
    base.series.label.font.color = INK.into();
    let scale = chart.series.iter().map(|series| series.values.scale).max().unwrap_or(0);
    base.series.label.formatter = format!("{{:.{scale}}}");
    base.legend.show = Some(chart.series.len() > 1);
    base.legend.category = LegendCategory::Rect;
    base.legend.font.size = FONT_SIZE;
    base.legend.font.color = INK.into();
    base.x_axis.font.size = FONT_SIZE;
    base.x_axis.font.color = INK.into();
    base.x_axis.stroke_color = INK.into();
    base.grid.stroke_color = Color::transparent();
}

fn all_series(chart: &Chart) -> Vec<Series> {
    let drawn = chart.series.iter().enumerate().map(|(index, series)| {
        let values = series.values.values.iter().map(|digits| drawable(*digits, series.values.scale)).collect();
        let mut drawn = Series::new(series.name.clone(), values);
        drawn.index = Some(index);
        drawn.label_show = series.values.values.iter().all(|digits| digits.unsigned_abs() <= EXACT_DIGITS_MAX);
        drawn
    });
    drawn.collect()
}

/// The nearest number that a drawing can hold.
fn drawable(digits: i64, scale: u8) -> f32 {
    number(digits, scale).parse().unwrap_or(0.0)
}

/// An axis from nothing to the largest value, with room for the labels; charts with losses keep the library's choice.
fn value_axis(chart: &Chart, headroom: f32) -> YAxisConfig {
    let values: Vec<f32> = (0..chart.categories.len())
        .flat_map(|at| {
            let values = chart.series.iter().map(move |series| drawable(series.values.values[at], series.values.scale));
            if chart.kind == ChartKind::StackedBar { vec![values.sum()] } else { values.collect::<Vec<f32>>() }
        })
        .collect();
    let mut axis = YAxisConfig { font: charts_rs::FontConfig::default(), ..YAxisConfig::default() };
    let most = values.iter().copied().fold(0.0_f32, f32::max);
    if values.iter().all(|value| *value >= 0.0) {
        axis.min = Some(0.0);
        axis.max = Some(if most > 0.0 { most * headroom } else { 1.0 });
    }
    axis
}

fn labels(chart: &Chart) -> Vec<String> {
    let of = |series: &domain::document::Series| {
        let scale = series.values.scale;
        series.values.values.iter().map(|digits| number(*digits, scale)).collect::<Vec<_>>()
    };
    chart.series.iter().flat_map(of).collect()
}

/// Whether the name of every category fits below its column, and every value above it.
fn columns_have_room(chart: &Chart) -> Result<bool, charts_rs::Error> {
    let columns = count(chart.categories.len());
    let for_names = widest(&chart.categories)? + 8.0;
    let for_values = (widest(&labels(chart))? + 6.0) * count(chart.series.len());
    Ok(columns * for_names.max(for_values) <= WIDTH)
}

fn widest(texts: &[String]) -> Result<f32, charts_rs::Error> {
    texts
        .iter()
        .try_fold(0.0_f32, |widest, text| Ok(widest.max(measure_text_width_family(FAMILY, FONT_SIZE, text)?.width())))
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= NAME_CHARS_MAX {
        return name.to_owned();
    }
    name.chars().take(NAME_CHARS_MAX - 1).chain(['…']).collect()
}

/// A small count as a length.
fn count(number: usize) -> f32 {
    u16::try_from(number).map_or(f32::from(u16::MAX), f32::from)
}
