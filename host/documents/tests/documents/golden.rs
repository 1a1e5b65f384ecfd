//! The bytes of a document that uses every block stand in files: a change of the look is seen, and meant.

use std::path::Path;

use documents::{Format, render};

use crate::every_block::{every_block, style};

fn stands_as_written(format: Format) {
    let rendered = String::from_utf8(render(&every_block(), format, &style()).unwrap()).unwrap();
    let name = format!("every-block.{}", format.extension());
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents/golden").join(&name);
    let expected = std::fs::read_to_string(&golden).unwrap_or_default();
    if rendered != expected {
        let actual = Path::new(env!("CARGO_TARGET_TMPDIR")).join(&name);
        std::fs::write(&actual, &rendered).unwrap();
        let line = rendered.lines().zip(expected.lines()).position(|(is, was)| is != was).map(|line| line + 1);
        panic!(
            "{name} differs from line {line:?} on. If it is meant: look at it, then\ncp {} {}",
            actual.display(),
            golden.display()
        );
    }
}

#[test]
fn the_html_of_every_block_stands_as_written() {
    stands_as_written(Format::Html);
}

#[test]
fn the_markdown_of_every_block_stands_as_written() {
    stands_as_written(Format::Markdown);
}
