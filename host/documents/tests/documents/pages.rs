//! What stands on a page: every number as it was, every chart with its sentence and its table, headings in order.

use documents::{Format, Style, render};
use domain::document::{Block, Chart, ChartKind, Document, Numbers, Series, Table};

use crate::every_block::{chart, document, every_block, heading, numbers, paragraph, scores, style, texts};

fn rendered(document: &Document, format: Format) -> String {
    String::from_utf8(render(document, format, &Style::default()).unwrap()).unwrap()
}

fn html(blocks: Vec<Block>) -> String {
    rendered(&document(blocks), Format::Html)
}

fn markdown(blocks: Vec<Block>) -> String {
    rendered(&document(blocks), Format::Markdown)
}

#[test]
fn equal_input_gives_equal_bytes() {
    for format in Format::built() {
        let first = render(&every_block(), format, &style()).unwrap();
        for _ in 0..3 {
            assert_eq!(render(&every_block(), format, &style()).unwrap(), first);
        }
    }
}

#[test]
fn numbers_keep_their_scale_and_blanks_stay_empty() {
    let table = || {
        Block::Table(Table {
            caption: String::new(),
            columns: vec![
                texts("项", vec!["a", "b", "c"]),
                numbers("x", "分", 2, vec![9450, -5, 0], vec![2]),
                numbers("y", "", 0, vec![i64::MAX, i64::MIN, 7], vec![]),
            ],
            strong_rows: vec![],
            note: None,
        })
    };
    let page = html(vec![table()]);
    for cell in ["94.50", "-0.05", "9223372036854775807", "-9223372036854775808", ""] {
        assert!(page.contains(&format!("<td class=\"n\">{cell}</td>")), "no cell {cell:?}");
    }
    assert!(!page.contains(">0.00<"), "a blank is not a zero");
    assert!(markdown(vec![table()]).contains("| c |  | 7 |"));
}

#[test]
fn a_header_carries_its_unit_and_a_scope() {
    let page = html(vec![Block::Table(scores())]);
    assert!(page.contains("<th scope=\"col\" class=\"n\">得分（分）</th>"));
    assert!(page.contains("<th scope=\"row\">甲厂</th>"), "the first column of words names the rows");
    assert!(page.contains("<caption>表1 得分情况</caption>"));
    assert!(page.contains("注：同分者名次并列。"));
}

#[test]
fn strong_rows_are_set_off() {
    let page = html(vec![Block::Table(scores())]);
    assert_eq!(page.matches("<tr class=\"strong\">").count(), 1);
    assert!(markdown(vec![Block::Table(scores())]).contains("|  | **平均** | **88.50** |"));
}

#[test]
fn a_strong_run_is_strong_in_markdown_whatever_stands_beside_it() {
    let text =
        markdown(vec![paragraph(&[("甲", false), ("乙", true), ("丙", false), ("丁（50%）", true), ("戊", false)])]);
    assert_eq!(text, "甲**乙**丙<strong>丁（50%）</strong>戊\n");
}

#[test]
fn an_empty_table_says_that_there_is_none() {
    let empty = || {
        let columns = vec![texts("单位", vec![]), numbers("数", "", 0, vec![], vec![])];
        Block::Table(Table { caption: "未报".to_owned(), columns, strong_rows: vec![], note: None })
    };
    assert!(html(vec![empty()]).contains("<td colspan=\"2\" class=\"none\">无</td>"));
    assert!(markdown(vec![empty()]).contains("| 单位 | 数 |\n| --- | ---: |\n| 无 |  |"));
}

#[test]
fn every_chart_has_its_drawing_its_sentence_and_its_table() {
    for kind in [ChartKind::Column, ChartKind::Bar, ChartKind::Line, ChartKind::StackedBar] {
        let page = html(vec![Block::Chart(chart(kind))]);
        assert!(page.contains("role=\"img\">\n<title>各类问题数量</title>\n<desc>通道堵塞最多"), "{kind:?}");
        assert!(page.contains("<p class=\"sentence\">通道堵塞最多，共12处，其中9处已经整改。</p>"), "{kind:?}");
        assert!(
            page.contains("<th scope=\"row\">通道堵塞</th><td class=\"n\">9</td><td class=\"n\">3</td>"),
            "{kind:?}"
        );
        let text = markdown(vec![Block::Chart(chart(kind))]);
        assert!(text.contains("通道堵塞最多，共12处"), "{kind:?}");
        assert!(text.contains("| 通道堵塞 | 9 | 3 |"), "{kind:?}");
    }
}

#[test]
fn a_chart_without_numbers_still_has_its_sentence_and_table() {
    let empty = Chart {
        kind: ChartKind::Bar,
        caption: "空".to_owned(),
        sentence: "本期没有数据。".to_owned(),
        unit: String::new(),
        categories: vec![],
        series: vec![],
    };
    let page = html(vec![Block::Chart(empty)]);
    assert!(!page.contains("<svg"));
    assert!(page.contains("本期没有数据。") && page.contains(">无</td>"));
}

#[test]
fn a_chart_with_more_than_can_be_drawn_still_has_its_sentence_and_table() {
    let mut crowded = chart(ChartKind::Bar);
    crowded.categories = (0..61).map(|index| format!("第{index}项")).collect();
    crowded.series.truncate(1);
    crowded.series[0].values.values = (0..61).collect();
    let mut many = chart(ChartKind::Line);
    many.series = vec![many.series[0].clone(); 7];
    for too_much in [crowded, many] {
        let page = html(vec![Block::Chart(too_much)]);
        assert!(!page.contains("<svg") && page.contains("class=\"sentence\"") && page.contains("<th scope=\"row\">"));
    }
}

#[test]
fn the_labels_of_a_drawing_are_the_numbers_themselves() {
    let mut drawn = chart(ChartKind::Bar);
    drawn.series =
        vec![Series { name: "均值".to_owned(), values: Numbers { scale: 2, values: vec![8235, 12_345, 7] } }];
    let page = html(vec![Block::Chart(drawn)]);
    let svg = &page[page.find("<svg").unwrap()..page.find("</svg>").unwrap()];
    for label in ["82.35", "123.45", "0.07"] {
        assert!(svg.contains(&format!("\n{label}\n")), "no label {label}");
    }
}

#[test]
fn numbers_that_a_drawing_cannot_hold_are_not_written_into_it() {
    let mut drawn = chart(ChartKind::Bar);
    drawn.series =
        vec![Series { name: "额".to_owned(), values: Numbers { scale: 0, values: vec![123_456_789, 1, i64::MAX] } }];
    let page = html(vec![Block::Chart(drawn)]);
    let svg = &page[page.find("<svg").unwrap()..page.find("</svg>").unwrap()];
    assert!(!svg.contains("12345678") && !svg.contains("123,456"), "a rounded number stands in the drawing");
    assert!(page.contains("<td class=\"n\">123456789</td>"), "the table has it whole");
}

#[test]
fn long_names_turn_columns_into_lying_bars() {
    let mut drawn = chart(ChartKind::Column);
    drawn.categories = ["甲", "乙", "丙"].map(|one| one.repeat(20)).to_vec();
    let page = html(vec![Block::Chart(drawn)]);
    for name in ["甲", "乙", "丙"] {
        assert!(
            page.contains(&format!("\n{}\n</text>", name.repeat(20))),
            "the name of {name} is whole in the drawing"
        );
    }
}

#[test]
fn drawings_take_losses_and_nothing_but_zeros() {
    for values in [vec![-3, 2, -1], vec![0, 0, 0], vec![i64::MIN, i64::MAX, 0]] {
        for kind in [ChartKind::Column, ChartKind::Bar, ChartKind::Line, ChartKind::StackedBar] {
            let mut drawn = chart(kind);
            drawn.series = vec![Series { name: "x".to_owned(), values: Numbers { scale: 0, values: values.clone() } }];
            let page = html(vec![Block::Chart(drawn)]);
            assert!(page.contains("<svg") && !page.contains("NaN") && !page.contains("inf\""), "{kind:?} {values:?}");
        }
    }
}

#[test]
fn headings_stand_one_below_the_other() {
    let page = html(vec![
        Block::Title("题".to_owned()),
        heading(1, "一"),
        heading(2, "二"),
        heading(3, "三"),
        heading(4, "四"),
        Block::Annex("附".to_owned()),
    ]);
    for element in
        ["<h1>题</h1>", "<h2>一</h2>", "<h3>二</h3>", "<h4>三</h4>", "<h5>四</h5>", "<h2 class=\"annex\">附</h2>"]
    {
        assert!(page.contains(element), "no {element}");
    }
}

#[test]
fn a_page_without_a_title_is_still_named_for_those_who_hear_it() {
    let page = html(vec![paragraph(&[("正文", false)])]);
    assert!(page.contains("<h1 class=\"unseen\">消防检查通报</h1>"));
    assert!(page.contains("<title>消防检查通报</title>"));
}

#[test]
fn the_house_speaks_the_documents_language() {
    let mut english = document(vec![Block::Table(scores()), Block::Addressee("All members".to_owned())]);
    english.language = "en-GB".to_owned();
    let page = rendered(&english, Format::Html);
    assert!(page.contains("<html lang=\"en-GB\">") && page.contains("得分 (分)") && page.contains("All members:</p>"));
}

#[test]
fn a_language_that_is_none_becomes_undetermined() {
    let mut odd = document(vec![]);
    odd.language = "\"><script>".to_owned();
    assert!(rendered(&odd, Format::Html).contains("<html lang=\"und\">"));
}

#[test]
fn a_format_is_found_by_its_words() {
    assert_eq!(Format::parse("html"), Some(Format::Html));
    assert_eq!(Format::parse("md"), Some(Format::Markdown));
    assert_eq!(Format::parse("markdown"), Some(Format::Markdown));
    assert_eq!(Format::parse("pdf"), cfg!(feature = "pdf").then_some(Format::Pdf));
    assert_eq!(Format::parse("doc"), None);
}

#[test]
fn a_table_of_three_thousand_rows_is_whole() {
    let names: Vec<String> = (0..3_000).map(|index| format!("单位{index}")).collect();
    let columns = vec![
        texts("单位", names.iter().map(String::as_str).collect()),
        numbers("得分", "分", 1, (0..3_000).collect(), vec![]),
    ];
    let page = html(vec![Block::Table(Table { caption: String::new(), columns, strong_rows: vec![], note: None })]);
    assert_eq!(page.matches("<tr>").count(), 3_001);
    assert!(page.contains("<th scope=\"row\">单位2999</th><td class=\"n\">299.9</td>"));
}
