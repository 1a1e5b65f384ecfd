//! A document as Markdown, with the tables of GitHub's dialect. A chart is its sentence and its table.

use domain::text::Language;

use crate::content::{Content, Figure, Grid, Piece, Words};
use crate::words::say;

/// The whole document, ending in one line end.
pub(crate) fn text(content: &Content) -> String {
    let mut parts: Vec<String> = Vec::with_capacity(content.pieces.len());
    for piece in &content.pieces {
        match piece {
            Piece::Letterhead { issuer, number, remark } => {
                parts.push(bold(&escaped(issuer)));
                parts.extend([number, remark].into_iter().filter(|line| !line.is_empty()).map(|line| paragraph(line)));
                parts.push("---".to_owned());
            }
            Piece::Title(title) => parts.push(heading(1, title)),
            Piece::Subtitle(line) | Piece::Note(line) => parts.push(paragraph(line)),
            Piece::Addressee(addressee) => parts.push(paragraph(&with_colon(addressee, content.language))),
            Piece::Heading { level, text } => parts.push(heading(level + 1, text)),
            Piece::Paragraph(lines) => parts.push(runs_of(&lines.runs)),
            Piece::Items { numbered, items } => parts.push(list(*numbered, items)),
            Piece::Table(grid) => parts.push(table(grid, content.language)),
            Piece::Chart(figure) => parts.push(chart(figure, content.language)),
            Piece::Image { alternative } => {
                parts.push(paragraph(&say(content.language, "image-absent", &[("alternative", alternative)])));
            }
            Piece::Annex(title) => parts.extend(["---".to_owned(), heading(2, title)]),
            Piece::Signature { signer, date } => parts.push(format!("{}  \n{}", paragraph(signer), paragraph(date))),
            Piece::PageBreak => parts.push("---".to_owned()),
        }
    }
    if !content.provenance.is_empty() {
        parts.extend(["---".to_owned(), paragraph(&content.provenance)]);
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

/// The addressee as a letter begins with it.
pub(crate) fn with_colon(addressee: &str, language: Language) -> String {
    match language {
        Language::Chinese => format!("{addressee}："),
        Language::English => format!("{addressee}:"),
    }
}

fn heading(level: u8, text: &str) -> String {
    format!("{} {}", "#".repeat(usize::from(level)), escaped(text))
}

fn bold(escaped: &str) -> String {
    let inner = escaped.trim();
    if inner.is_empty() { String::new() } else { format!("**{inner}**") }
}

/// A line that begins a block: what would make a list or a heading of it is escaped too.
fn paragraph(line: &str) -> String {
    let line = escaped(line.trim());
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    match line.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => format!("{}\\{}", &line[..digits], &line[digits..]),
        Some(b'-' | b'+' | b'=') if digits == 0 => format!("\\{line}"),
        _ => line,
    }
}

fn runs_of(runs: &[Words]) -> String {
    // One run is escaped by itself, so that markup cannot be put together out of two.
    let Some((first, rest)) = runs.split_first() else { return String::new() };
    let opening = if first.strong { strong(&first.text) } else { paragraph(&first.text) };
    rest.iter().fold(opening, |line, run| line + &if run.strong { strong(&run.text) } else { escaped(&run.text) })
}

/// A strong run inside a line: asterisks beside punctuation and a letter are no markup, and then an element stands in for them.
fn strong(text: &str) -> String {
    let ends_in_letters =
        |text: &str| [text.chars().next(), text.chars().last()].into_iter().flatten().all(char::is_alphanumeric);
    match text {
        "" => String::new(),
        text if ends_in_letters(text) => format!("**{}**", escaped(text)),
        text => format!("<strong>{}</strong>", escaped(text)),
    }
}

fn list(numbered: bool, items: &[String]) -> String {
    let lines = items.iter().enumerate().map(|(index, item)| {
        if numbered { format!("{}. {}", index + 1, paragraph(item)) } else { format!("- {}", paragraph(item)) }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn chart(figure: &Figure, language: Language) -> String {
    let parts =
        [bold(&escaped(&figure.chart.caption)), paragraph(&figure.chart.sentence), rows(&figure.grid, language)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn table(grid: &Grid, language: Language) -> String {
    let note = if grid.note.is_empty() {
        String::new()
    } else {
        paragraph(&say(language, "table-note", &[("note", &grid.note)]))
    };
    let parts = [bold(&escaped(&grid.caption)), rows(grid, language), note];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn rows(grid: &Grid, language: Language) -> String {
    if grid.heads.is_empty() {
        return paragraph(&say(language, "no-rows", &[]));
    }
    let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let mut lines = vec![
        row(grid.heads.iter().map(|head| escaped(&head.text)).collect()),
        row(grid.heads.iter().map(|head| if head.is_number { "---:" } else { "---" }.to_owned()).collect()),
    ];
    for line in &grid.rows {
        let cell = |cell: &String| if line.strong { bold(&escaped(cell)) } else { escaped(cell) };
        lines.push(row(line.cells.iter().map(cell).collect()));
    }
    if grid.rows.is_empty() {
        let none = std::iter::once(say(language, "no-rows", &[]));
        lines.push(row(none.chain(grid.heads.iter().skip(1).map(|_| String::new())).collect()));
    }
    lines.join("\n")
}

/// The text with every character that Markdown could read as markup escaped, and without links that make themselves.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (at, character) in text.char_indices() {
        let makes_link = match character {
            ':' => text[at..].starts_with("://"),
            '.' => at >= 3 && text.get(at - 3..at).is_some_and(|before| before.eq_ignore_ascii_case("www")),
            _ => false,
        };
        if makes_link
            || matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '#' | '&' | '!' | '$')
        {
            out.push('\\');
        }
        out.push(character);
    }
    out
}
