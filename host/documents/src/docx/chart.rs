//! A chart of a Word file: the word processor draws it from the numbers in the part, in patterns that can be told apart in black and white.

use domain::document::{Chart, ChartKind, Series};
use domain::style_sheet::StyleSheet;

use super::RELATIONSHIPS;
use super::xml::Xml;
use crate::content::{Figure, number};

const CHART: &str = "http://schemas.openxmlformats.org/drawingml/2006/chart";
const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
/// More categories can be neither drawn nor read; they stand in the table.
const CATEGORIES_MAX: usize = 60;
/// One after the other for series that fill areas.
const PATTERNS: [&str; 6] = ["pct75", "wdUpDiag", "pct10", "dkHorz", "smGrid", "wdDnDiag"];
/// One after the other for lines.
const DASHES: [&str; 6] = ["solid", "dash", "sysDot", "dashDot", "lgDash", "lgDashDot"];
const INK: &str = "264653";
/// English metric units of a twentieth of a point.
const UNITS: u32 = 635;
/// Identifiers of the axes.
const AXES: [&str; 2] = ["1", "2"];

/// The chart's part; none where there is nothing to draw, or too much.
pub(super) fn part(chart: &Chart) -> Option<Xml> {
    if !(1..=CATEGORIES_MAX).contains(&chart.categories.len()) || !(1..=PATTERNS.len()).contains(&chart.series.len()) {
        return None;
    }
    let mut xml = Xml::new();
    let namespaces = [("xmlns:c", CHART), ("xmlns:a", DRAWING), ("xmlns:r", RELATIONSHIPS)];
    xml.within("c:chartSpace", &namespaces, |xml| {
        xml.empty("c:roundedCorners", &[("val", "0")]);
        xml.within("c:chart", &[], |xml| {
            xml.empty("c:autoTitleDeleted", &[("val", "1")]);
            xml.within("c:plotArea", &[], |xml| {
                xml.empty("c:layout", &[]);
                drawn(xml, chart);
                axes(xml, chart.kind);
            });
            if chart.series.len() > 1 {
                xml.within("c:legend", &[], |xml| {
                    xml.empty("c:legendPos", &[("val", "b")]);
                    xml.empty("c:overlay", &[("val", "0")]);
                });
            }
            xml.empty("c:plotVisOnly", &[("val", "1")]);
        });
    });
    Some(xml)
}

fn drawn(xml: &mut Xml, chart: &Chart) {
    let is_line = chart.kind == ChartKind::Line;
    let is_stacked = chart.kind == ChartKind::StackedBar;
    xml.within(if is_line { "c:lineChart" } else { "c:barChart" }, &[], |xml| {
        if !is_line {
            xml.empty("c:barDir", &[("val", if chart.kind == ChartKind::Column { "col" } else { "bar" })]);
        }
        let grouping = match chart.kind {
            ChartKind::Line => "standard",
            ChartKind::StackedBar => "stacked",
            ChartKind::Column | ChartKind::Bar => "clustered",
        };
        xml.empty("c:grouping", &[("val", grouping)]);
        xml.empty("c:varyColors", &[("val", "0")]);
        for (index, series) in chart.series.iter().enumerate() {
            one_series(xml, chart, index, series);
        }
        if is_line {
            xml.empty("c:marker", &[("val", "1")]);
        } else {
            xml.empty("c:gapWidth", &[("val", "60")]);
            if is_stacked {
                xml.empty("c:overlap", &[("val", "100")]);
            }
        }
        for axis in AXES {
            xml.empty("c:axId", &[("val", axis)]);
        }
    });
}

fn one_series(xml: &mut Xml, chart: &Chart, index: usize, series: &Series) {
    let place = index.to_string();
    xml.within("c:ser", &[], |xml| {
        xml.empty("c:idx", &[("val", &place)]);
        xml.empty("c:order", &[("val", &place)]);
        xml.within("c:tx", &[], |xml| xml.text("c:v", &[], &series.name));
        look(xml, chart.kind, index);
        if chart.kind != ChartKind::Line {
            xml.empty("c:invertIfNegative", &[("val", "0")]);
        }
        xml.within("c:dLbls", &[], |xml| {
            if chart.kind == ChartKind::StackedBar {
                // A number on a pattern is read on white.
                xml.within("c:spPr", &[], |xml| {
                    xml.within("a:solidFill", &[], |xml| xml.empty("a:srgbClr", &[("val", "FFFFFF")]));
                });
            }
            for (name, shown) in [
                ("c:showLegendKey", "0"),
                ("c:showVal", "1"),
                ("c:showCatName", "0"),
                ("c:showSerName", "0"),
                ("c:showPercent", "0"),
                ("c:showBubbleSize", "0"),
            ] {
                xml.empty(name, &[("val", shown)]);
            }
        });
        xml.within("c:cat", &[], |xml| {
            xml.within("c:strLit", &[], |xml| points(xml, chart.categories.iter().cloned()));
        });
        xml.within("c:val", &[], |xml| {
            xml.within("c:numLit", &[], |xml| {
                let decimals = usize::from(series.values.scale);
                let format = if decimals == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(decimals)) };
                xml.text("c:formatCode", &[], &format);
                points(xml, series.values.values.iter().map(|digits| number(*digits, series.values.scale)));
            });
        });
        if chart.kind == ChartKind::Line {
            xml.empty("c:smooth", &[("val", "0")]);
        }
    });
}

fn points(xml: &mut Xml, values: impl ExactSizeIterator<Item = String>) {
    xml.empty("c:ptCount", &[("val", &values.len().to_string())]);
    for (index, value) in values.enumerate() {
        xml.within("c:pt", &[("idx", &index.to_string())], |xml| xml.text("c:v", &[], &value));
    }
}

fn look(xml: &mut Xml, kind: ChartKind, index: usize) {
    let ink = |xml: &mut Xml| xml.empty("a:srgbClr", &[("val", INK)]);
    xml.within("c:spPr", &[], |xml| {
        if kind != ChartKind::Line {
            xml.within("a:pattFill", &[("prst", PATTERNS[index % PATTERNS.len()])], |xml| {
                xml.within("a:fgClr", &[], ink);
                xml.within("a:bgClr", &[], |xml| xml.empty("a:srgbClr", &[("val", "FFFFFF")]));
            });
        }
        let width = if kind == ChartKind::Line { "28575" } else { "9525" };
        xml.within("a:ln", &[("w", width)], |xml| {
            xml.within("a:solidFill", &[], ink);
            if kind == ChartKind::Line {
                xml.empty("a:prstDash", &[("val", DASHES[index % DASHES.len()])]);
            }
        });
    });
}

fn axes(xml: &mut Xml, kind: ChartKind) {
    let lies = matches!(kind, ChartKind::Bar | ChartKind::StackedBar);
    let [categories, values] = AXES;
    xml.within("c:catAx", &[], |xml| {
        xml.empty("c:axId", &[("val", categories)]);
        // The first category of lying bars stands on top, as in the table.
        xml.within("c:scaling", &[], |xml| {
            xml.empty("c:orientation", &[("val", if lies { "maxMin" } else { "minMax" })]);
        });
        xml.empty("c:delete", &[("val", "0")]);
        xml.empty("c:axPos", &[("val", if lies { "l" } else { "b" })]);
        xml.empty("c:numFmt", &[("formatCode", "General"), ("sourceLinked", "0")]);
        xml.empty("c:majorTickMark", &[("val", "none")]);
        xml.empty("c:minorTickMark", &[("val", "none")]);
        xml.empty("c:tickLblPos", &[("val", "low")]);
        xml.empty("c:crossAx", &[("val", values)]);
        xml.empty("c:crosses", &[("val", "autoZero")]);
    });
    xml.within("c:valAx", &[], |xml| {
        xml.empty("c:axId", &[("val", values)]);
        xml.within("c:scaling", &[], |xml| xml.empty("c:orientation", &[("val", "minMax")]));
        // Every bar has its value written on it; lines keep their axis.
        xml.empty("c:delete", &[("val", if kind == ChartKind::Line { "0" } else { "1" })]);
        xml.empty("c:axPos", &[("val", if lies { "b" } else { "l" })]);
        xml.empty("c:numFmt", &[("formatCode", "General"), ("sourceLinked", "0")]);
        xml.empty("c:majorTickMark", &[("val", "out")]);
        xml.empty("c:minorTickMark", &[("val", "none")]);
        xml.empty("c:tickLblPos", &[("val", "nextTo")]);
        xml.empty("c:crossAx", &[("val", categories)]);
        xml.empty("c:crosses", &[("val", "autoZero")]);
    });
}

/// The chart's place in the text, with the sentence for those who do not see it.
pub(super) fn anchor(xml: &mut Xml, number: usize, figure: &Figure, sheet: &StyleSheet) {
    let chart = &figure.chart;
    let width = sheet.text_width();
    let rows = u32::try_from(chart.categories.len() * chart.series.len().max(1)).unwrap_or(u32::MAX);
    let height = match chart.kind {
        ChartKind::Column | ChartKind::Line => width * 9 / 16,
        // As much for every bar as a line of small letters needs.
        ChartKind::Bar | ChartKind::StackedBar => {
            rows.saturating_mul(360).saturating_add(1_200).min(sheet.text_height() * 4 / 5)
        }
    };
    let (cx, cy) = ((width * UNITS).to_string(), (height * UNITS).to_string());
    let number = number.to_string();
    xml.within("w:r", &[], |xml| {
        xml.within("w:drawing", &[], |xml| {
            xml.within("wp:inline", &[("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")], |xml| {
                xml.empty("wp:extent", &[("cx", &cx), ("cy", &cy)]);
                let alternative = if chart.sentence.is_empty() { &chart.caption } else { &chart.sentence };
                let name = format!("chart {number}");
                xml.empty(
                    "wp:docPr",
                    &[("id", &number), ("name", &name), ("descr", alternative), ("title", &chart.caption)],
                );
                xml.within("a:graphic", &[], |xml| {
                    xml.within("a:graphicData", &[("uri", CHART)], |xml| {
                        xml.empty("c:chart", &[("r:id", &format!("chart{number}"))]);
                    });
                });
            });
        });
    });
}
