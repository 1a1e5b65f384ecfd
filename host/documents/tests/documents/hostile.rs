//! Texts of strangers stay texts, whatever stands in them.

use documents::{Format, Style, render};
use domain::document::{Block, ChartKind, Document};

use crate::every_block::{chart, document, every_block, numbers, paragraph, scores, texts};

const MARKUP: &str = "</td><script>alert(1)</script><b onclick='x'>\"&amp;";

/// The document with one text in place of every text.
pub(crate) fn everywhere(text: &str) -> Document {
    let every = format!("{:?}", every_block().blocks.len());
    assert_eq!(every, "25", "a new block needs its hostile text below");
    let mut table = scores();
    table.caption = text.to_owned();
    table.note = Some(text.to_owned());
    table.columns = vec![texts(text, vec![text]), numbers(text, text, 1, vec![15], vec![])];
    table.strong_rows = vec![0];
    let drawn = [ChartKind::Column, ChartKind::Bar, ChartKind::Line, ChartKind::StackedBar].map(|kind| {
        let mut drawn = chart(kind);
        drawn.caption = text.to_owned();
        drawn.sentence = text.to_owned();
        drawn.unit = text.to_owned();
        drawn.categories.fill(text.to_owned());
        drawn.series.iter_mut().for_each(|series| series.name = text.to_owned());
        Block::Chart(drawn)
    });
    let mut blocks = vec![
        Block::Letterhead(domain::document::Letterhead {
            issuer: text.to_owned(),
            number: Some(text.to_owned()),
            remark: Some(text.to_owned()),
        }),
        Block::Title(text.to_owned()),
        Block::Subtitle(text.to_owned()),
        Block::Addressee(text.to_owned()),
        paragraph(&[(text, false), (text, true)]),
        Block::Heading { level: 1, text: text.to_owned() },
        Block::Items { numbered: true, items: vec![text.to_owned()] },
        Block::Items { numbered: false, items: vec![text.to_owned()] },
        Block::Table(table),
        Block::Image { digest: text.to_owned(), alternative: text.to_owned() },
        Block::Annex(text.to_owned()),
        Block::Signature { signer: text.to_owned(), date: text.to_owned() },
        Block::Note(text.to_owned()),
    ];
    blocks.extend(drawn);
    Document { title: text.to_owned(), language: text.to_owned(), blocks }
}

fn rendered(document: &Document, format: Format, about: &str) -> String {
    let style = Style { federation: about.to_owned(), provenance: about.to_owned(), ..Style::default() };
    String::from_utf8(render(document, format, &style).unwrap()).unwrap()
}

#[test]
fn markup_in_any_text_is_shown_and_never_becomes_an_element() {
    let page = rendered(&everywhere(MARKUP), Format::Html, MARKUP);
    assert!(!page.contains("<script"), "a script got through");
    assert!(!page.contains("<b onclick"), "an element got through");
    assert!(!page.contains("</td><script"), "a cell was closed from inside");
    assert!(page.contains("&#60;script&#62;alert(1)") || page.contains("&lt;script&gt;alert(1)"), "the text is gone");
}

#[test]
fn a_page_may_run_no_script_and_load_nothing() {
    let page = rendered(&everywhere("一"), Format::Html, "");
    assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'\""));
    for loads in ["<script", "<link", "<img", "<iframe", "src=", "href=", "url(", "@import", "javascript:"] {
        assert!(!page.contains(loads), "the page has {loads}");
    }
}

#[test]
fn what_turns_the_direction_of_reading_is_replaced_in_every_format() {
    let text = "abc\u{202E}fdp\u{2066}\u{0}\u{1B}[31m";
    for format in [Format::Html, Format::Markdown] {
        let out = rendered(&everywhere(text), format, text);
        assert!(out.contains("abc\u{FFFD}fdp\u{FFFD}\u{FFFD}\u{FFFD}"), "{format:?}");
        assert!(
            !out.chars().any(|c| c != '\n' && (c.is_control() || ('\u{202A}'..='\u{202E}').contains(&c))),
            "{format:?}"
        );
    }
}

#[test]
fn markdown_in_any_text_stays_text() {
    let text = "# *a* _b_ [c](http://d) ![e](f) <g> `h` ~~i~~ | j www.k.cn http://l $m$ &lt; \\";
    let out = rendered(&everywhere(text), Format::Markdown, text);
    for line in out.lines().filter(|line| line.contains("www")) {
        for active in [" *a", "[c]", "![e", " <g", " `h", " ~~i", " | j", "www.k", " http://l", " $m", " &lt"] {
            assert!(!line.contains(active), "{active:?} is active in {line}");
        }
    }
}

#[test]
fn a_line_end_in_a_text_begins_no_new_block_of_markdown() {
    let out = rendered(&everywhere("a\n# b\n\n- c\r\n| d |"), Format::Markdown, "");
    assert!(!out.lines().any(|line| line.starts_with("# b") || line.starts_with("- c") || line.starts_with("| d")));
}

#[test]
fn a_paragraph_that_begins_like_a_list_stays_a_paragraph() {
    let blocks =
        vec![paragraph(&[("1. 第一", false)]), paragraph(&[("- 第二", false)]), paragraph(&[("+ 第三", false)])];
    let out = rendered(&document(blocks), Format::Markdown, "");
    assert_eq!(out, "1\\. 第一\n\n\\- 第二\n\n\\+ 第三\n");
}
