//! Breaking text into lines, as the Unicode Line Breaking Algorithm (UAX #14) has it: 。 and ） never begin one, （ never ends one.

use unicode_linebreak::{BreakOpportunity, linebreaks};

use crate::faces::{Drawn, Fonts};
use crate::{Alignment, Letters, NotSet, Points, Run};

/// Letters of one font in one look, next to each other.
#[derive(Clone, Debug)]
pub(crate) struct Span {
    pub(crate) font: usize,
    pub(crate) size: Points,
    pub(crate) colour: [u8; 3],
    pub(crate) text: String,
    /// Of each letter its glyph, its place in the text, and how far it goes on.
    pub(crate) glyphs: Vec<(u32, std::ops::Range<usize>, Points)>,
    /// How far it stands from the left edge of the text.
    pub(crate) x: Points,
}

/// A line.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    pub(crate) spans: Vec<Span>,
    /// How large its largest letters are.
    pub(crate) size: Points,
}

/// How a text is broken.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measure {
    /// How wide a line may be.
    pub(crate) width: Points,
    pub(crate) first_indent: Points,
    pub(crate) alignment: Alignment,
    /// From one wide letter to the next.
    pub(crate) pitch: Option<Points>,
}

/// One letter on its way into a line.
struct Letter<'r> {
    at: usize,
    is: char,
    letters: &'r Letters,
    drawn: Drawn,
    advance: Points,
}

impl Letter<'_> {
    fn is_space(&self) -> bool {
        self.is == ' '
    }
}

/// The lines of some runs; at least one, which may be empty.
pub(crate) fn lines(runs: &[Run], measure: Measure, fonts: &mut Fonts<'_>) -> Result<Vec<Line>, NotSet> {
    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
    let letters = letters(runs, measure.pitch, fonts)?;
    let mut lines = Vec::new();
    let (mut begun, mut used, mut can_break) = (0, 0.0, None);
    let room = |lines: &Vec<Line>| measure.width - if lines.is_empty() { measure.first_indent } else { 0.0 };
    let mut breaks = linebreaks(&text).peekable();
    for (index, letter) in letters.iter().enumerate() {
        while let Some((at, opportunity)) = breaks.peek().copied() {
            if at > letter.at {
                break;
            }
            breaks.next();
            if at == letter.at && index > begun {
                can_break = Some(index);
                if opportunity == BreakOpportunity::Mandatory {
                    lines.push(set(&letters[begun..index], measure, lines.is_empty(), true));
                    (begun, used, can_break) = (index, 0.0, None);
                }
            }
        }
        let is_too_long = used + letter.advance > room(&lines) + 0.01 && !letter.is_space() && index > begun;
        if is_too_long {
            // A word that is longer than a line is broken wherever the line ends.
            let end = can_break.filter(|place| *place > begun).unwrap_or(index);
            lines.push(set(&letters[begun..end], measure, lines.is_empty(), false));
            used = letters[end..index].iter().map(|letter| letter.advance).sum();
            (begun, can_break) = (end, None);
        }
        used += letter.advance;
    }
    lines.push(set(&letters[begun..], measure, lines.is_empty(), true));
    Ok(lines)
}

/// How wide a text is on one line.
pub(crate) fn width(runs: &[Run], fonts: &mut Fonts<'_>) -> Result<Points, NotSet> {
    Ok(letters(runs, None, fonts)?.iter().map(|letter| letter.advance).sum())
}

fn letters<'r>(runs: &'r [Run], pitch: Option<Points>, fonts: &mut Fonts<'_>) -> Result<Vec<Letter<'r>>, NotSet> {
    let (mut letters, mut begun) = (Vec::new(), 0);
    for run in runs {
        for (at, letter) in run.text.char_indices() {
            let shown = if letter.is_whitespace() && letter != '\u{3000}' { ' ' } else { letter };
            let drawn = fonts.draw(shown, &run.letters)?;
            let advance = match pitch {
                Some(pitch) if is_wide(letter) => drawn.width.max(run.letters.size) + pitch - run.letters.size,
                _ => drawn.width,
            };
            letters.push(Letter { at: begun + at, is: shown, letters: &run.letters, drawn, advance });
        }
        begun += run.text.len();
    }
    Ok(letters)
}

/// Whether a letter fills a square: Chinese letters and the marks that go with them.
pub(crate) fn is_wide(letter: char) -> bool {
    matches!(u32::from(letter), 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF01..=0xFF60 | 0xFFE0..=0xFFE6 | 0x20000..=0x3FFFF)
}

/// Puts letters where they stand on their line.
fn set(letters: &[Letter<'_>], measure: Measure, is_first: bool, is_last: bool) -> Line {
    let end = letters.iter().rposition(|letter| !letter.is_space()).map_or(0, |last| last + 1);
    let letters = &letters[..end];
    let indent = if is_first { measure.first_indent } else { 0.0 };
    let width: Points = letters.iter().map(|letter| letter.advance).sum();
    let size = letters.iter().map(|letter| letter.letters.size).fold(0.0, Points::max);
    let left = measure.width - indent - width;
    let stretches = measure.alignment == Alignment::Both && !is_last && left > 0.0 && left < 3.0 * size;
    let can_stretch = |pair: &[Letter<'_>]| pair[0].is_space() || is_wide(pair[0].is) || is_wide(pair[1].is);
    let gaps = if stretches { letters.windows(2).filter(|pair| can_stretch(pair)).count() } else { 0 };
    #[expect(clippy::cast_precision_loss, reason = "a line has far fewer letters than a number has digits")]
    let wider = if gaps > 0 { left / gaps as Points } else { 0.0 };
    let mut x = match measure.alignment {
        Alignment::Start | Alignment::Both => indent,
        Alignment::Center => indent + left.max(0.0) / 2.0,
        Alignment::End => indent + left.max(0.0),
    };
    let mut spans: Vec<Span> = Vec::new();
    for (index, letter) in letters.iter().enumerate() {
        let Letters { size, colour, .. } = *letter.letters;
        let stretch = if letters.get(index..index + 2).is_some_and(&can_stretch) { wider } else { 0.0 };
        let advance = letter.advance + stretch;
        let goes_on = spans.last().is_some_and(|span| {
            span.font == letter.drawn.font && (span.size - size).abs() < 0.01 && span.colour == colour
        });
        if !goes_on {
            spans.push(Span { font: letter.drawn.font, size, colour, text: String::new(), glyphs: Vec::new(), x });
        }
        if let Some(span) = spans.last_mut() {
            let begins = span.text.len();
            span.text.push(letter.is);
            span.glyphs.push((letter.drawn.glyph, begins..span.text.len(), advance));
        }
        x += advance;
    }
    Line { spans, size }
}
