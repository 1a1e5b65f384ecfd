//! Laying out: pieces of the flow get their place on a page, and every mark knows its place in the structure.

use usvg::Tree;

use crate::faces::Fonts;
use crate::lines::{Line, Measure, Span, lines, width};
use crate::tags::{Kind, Place, Structure};
use crate::{
    Alignment, Drawing, Flow, Furniture, Letters, NotSet, NumberPlace, Paper, Paragraph, Points, Role, Rule, Run, Work,
};

/// Between a paragraph and a line above or below it.
const RULE_ROOM: Points = 4.0;
/// From the edge of the text to what stands at the head and the foot of a page, as a share of the margin.
const FURNITURE_SHARE: Points = 0.45;
/// How much of a page a drawing takes at most.
const DRAWING_SHARE_MAX: Points = 0.8;
/// How much higher a line of Chinese letters stands above its base than it is large.
const ASCENT: Points = 0.88;

/// Something that is drawn. Places are counted from the upper left corner of the sheet.
#[derive(Debug)]
pub(crate) enum Mark {
    Text { span: Span, x: Points, base: Points },
    Fill { x: Points, y: Points, width: Points, height: Points, colour: [u8; 3] },
    Stroke { from: (Points, Points), to: (Points, Points), rule: Rule },
    Drawing { index: usize, x: Points, y: Points, width: Points, height: Points },
}

/// Something that is drawn, with its place in the structure; without one it is only for the eye.
#[derive(Debug)]
pub(crate) struct Placed {
    pub(crate) place: Option<Place>,
    pub(crate) mark: Mark,
}

/// A page.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub(crate) paper: Paper,
    pub(crate) marks: Vec<Placed>,
}

/// A heading that one can go to.
#[derive(Debug)]
pub(crate) struct Bookmark {
    pub(crate) level: u8,
    pub(crate) text: String,
    pub(crate) sheet: usize,
    pub(crate) y: Points,
}

/// Everything in its place.
#[derive(Debug, Default)]
pub(crate) struct LaidOut {
    pub(crate) sheets: Vec<Sheet>,
    pub(crate) structure: Structure,
    pub(crate) bookmarks: Vec<Bookmark>,
    pub(crate) drawings: Vec<Tree>,
}

/// Lays out a work.
pub(crate) fn lay_out(work: &Work, fonts: &mut Fonts<'_>) -> Result<LaidOut, NotSet> {
    let mut layout = Layout { work, fonts, paper: work.paper, y: 0.0, is_kept: false, done: LaidOut::default() };
    layout.begin_page();
    for (index, piece) in work.flow.iter().enumerate() {
        layout.keep_together(&work.flow[index..])?;
        match piece {
            Flow::Paragraph(paragraph) => layout.paragraph(paragraph, None)?,
            Flow::List { numbered, items } => {
                let list = layout.done.structure.add(Kind::List { numbered: *numbered }, None);
                for item in items {
                    let entry = layout.done.structure.add(Kind::Item, Some(list));
                    let body = layout.done.structure.add(Kind::ItemBody, Some(entry));
                    layout.paragraph(item, Some(body))?;
                }
            }
            Flow::Table(table) => layout.table(table)?,
            Flow::Drawing(drawing) => layout.drawing(drawing)?,
            Flow::Turned(is_turned) => layout.turn(*is_turned),
            Flow::PageBreak => layout.begin_page(),
        }
    }
    layout.furnish(&work.furniture)?;
    Ok(layout.done)
}

/// Where the next piece goes.
pub(crate) struct Layout<'w, 'f, 'a> {
    work: &'w Work,
    pub(crate) fonts: &'a mut Fonts<'f>,
    pub(crate) paper: Paper,
    /// From the upper edge of the text.
    pub(crate) y: Points,
    /// Whether what comes now is kept with what came before.
    is_kept: bool,
    pub(crate) done: LaidOut,
}

impl Layout<'_, '_, '_> {
    pub(crate) fn begin_page(&mut self) {
        self.done.sheets.push(Sheet { paper: self.paper, marks: Vec::new() });
        self.y = 0.0;
    }

    pub(crate) fn room(&self) -> Points {
        self.paper.text_height() - self.y
    }

    pub(crate) fn mark(&mut self, place: Option<Place>, mark: Mark) {
        if let Some(sheet) = self.done.sheets.last_mut() {
            sheet.marks.push(Placed { place, mark });
        }
    }

    fn is_blank(&self) -> bool {
        self.done.sheets.last().is_none_or(|sheet| sheet.marks.is_empty())
    }

    /// A page is turned before anything stands on it, or the next one is.
    fn turn(&mut self, is_turned: bool) {
        self.paper = if is_turned { self.work.paper.turned() } else { self.work.paper };
        if self.is_blank() {
            self.done.sheets.pop();
        }
        self.begin_page();
    }

    /// Begins a page where what belongs together does not fit on this one.
    fn keep_together(&mut self, rest: &[Flow]) -> Result<(), NotSet> {
        let keeps = match rest.first() {
            Some(Flow::Paragraph(paragraph)) => paragraph.keeps_next,
            // What it shows is said below it.
            Some(Flow::Drawing(_)) => true,
            Some(Flow::Table(table)) => table.stays_whole,
            _ => false,
        };
        let began_before = std::mem::replace(&mut self.is_kept, keeps);
        if !keeps || began_before {
            return Ok(());
        }
        let mut needed = 0.0;
        for (index, piece) in rest.iter().enumerate() {
            match piece {
                Flow::Paragraph(paragraph) => {
                    let lines = self.lines_of(paragraph)?.len();
                    let shown = if paragraph.keeps_next { lines } else { 1 };
                    needed += paragraph.before + height(shown, paragraph.line_height) + paragraph.after;
                    if !paragraph.keeps_next {
                        break;
                    }
                }
                Flow::Table(table) => {
                    needed += self.beginning_of(table)?;
                    if let Some(Flow::Paragraph(note)) = rest.get(index + 1)
                        && table.stays_whole
                        && note.role == Role::Note
                    {
                        needed += note.before + height(self.lines_of(note)?.len(), note.line_height);
                    }
                    break;
                }
                Flow::Drawing(drawing) => {
                    let tree = self.tree(drawing)?;
                    needed += self.size_of(&tree, drawing).1;
                }
                Flow::List { .. } | Flow::Turned(_) | Flow::PageBreak => break,
            }
        }
        if needed > self.room() && needed <= self.paper.text_height() {
            self.begin_page();
        }
        Ok(())
    }

    fn lines_of(&mut self, paragraph: &Paragraph) -> Result<Vec<Line>, NotSet> {
        let measure = Measure {
            width: self.paper.text_width() - paragraph.end_indent,
            first_indent: paragraph.first_indent,
            alignment: paragraph.alignment,
            pitch: paragraph.pitch,
        };
        lines(&paragraph.runs, measure, self.fonts)
    }

    fn paragraph(&mut self, paragraph: &Paragraph, within: Option<Place>) -> Result<(), NotSet> {
        if paragraph.begins_page && !self.is_blank() {
            self.begin_page();
        }
        let lines = self.lines_of(paragraph)?;
        let text: String = paragraph.runs.iter().map(|run| run.text.as_str()).collect();
        let place = match (within, paragraph.role) {
            _ if text.is_empty() && paragraph.tail.is_empty() => None,
            (Some(place), _) => Some(place),
            (None, Role::Heading(level)) => Some(self.done.structure.add(Kind::Heading(level, text.clone()), None)),
            (None, Role::Body) => Some(self.done.structure.add(Kind::Paragraph, None)),
            (None, Role::Caption) => Some(self.done.structure.add(Kind::Caption, None)),
            (None, Role::Note) => Some(self.done.structure.add(Kind::Note, None)),
        };
        if self.y > 0.0 {
            self.y += paragraph.before;
        }
        if paragraph.line_height > self.room() {
            self.begin_page();
        }
        self.rule(paragraph.rule_above);
        if let Role::Heading(level) = paragraph.role {
            let bookmark = Bookmark { level, text, sheet: self.done.sheets.len() - 1, y: self.paper.top + self.y };
            self.done.bookmarks.push(bookmark);
        }
        let last = lines.len() - 1;
        for (index, line) in lines.into_iter().enumerate() {
            if paragraph.line_height > self.room() + 0.01 && self.y > 0.0 {
                self.begin_page();
            }
            let y = self.paper.top + self.y;
            if index == last && !paragraph.tail.is_empty() {
                let measure = Measure {
                    width: self.paper.text_width(),
                    first_indent: 0.0,
                    alignment: Alignment::End,
                    pitch: None,
                };
                for tail in self::lines(&paragraph.tail, measure, self.fonts)?.into_iter().take(1) {
                    self.line(place, &line, self.paper.left, y, paragraph.line_height);
                    self.line(place, &tail, self.paper.left, y, paragraph.line_height);
                }
            } else {
                self.line(place, &line, self.paper.left, y, paragraph.line_height);
            }
            self.y += paragraph.line_height;
        }
        self.rule(paragraph.rule_below);
        self.y += paragraph.after;
        Ok(())
    }

    /// A line across the text, with room on both sides.
    fn rule(&mut self, rule: Option<Rule>) {
        let Some(rule) = rule else { return };
        self.y += RULE_ROOM;
        let (y, left) = (self.paper.top + self.y, self.paper.left);
        self.mark(None, Mark::Stroke { from: (left, y), to: (left + self.paper.text_width(), y), rule });
        self.y += RULE_ROOM;
    }

    /// Draws a line of text whose upper edge is at `y`.
    pub(crate) fn line(&mut self, place: Option<Place>, line: &Line, left: Points, y: Points, line_height: Points) {
        let base = y + (line_height - line.size) / 2.0 + line.size * ASCENT;
        for span in &line.spans {
            self.mark(place, Mark::Text { span: span.clone(), x: left + span.x, base });
        }
    }

    fn tree(&self, drawing: &Drawing) -> Result<Tree, NotSet> {
        let options = usvg::Options { fontdb: self.fonts.database(), ..usvg::Options::default() };
        Ok(Tree::from_str(&drawing.svg, &options)?)
    }

    /// As wide as it may be, and no higher than a page has room for.
    fn size_of(&self, tree: &Tree, drawing: &Drawing) -> (Points, Points) {
        let (width, height) = (tree.size().width(), tree.size().height());
        let across = drawing.width.min(self.paper.text_width()) / width;
        let down = self.paper.text_height() * DRAWING_SHARE_MAX / height;
        let scale = across.min(down);
        (width * scale, height * scale)
    }

    fn drawing(&mut self, drawing: &Drawing) -> Result<(), NotSet> {
        let tree = self.tree(drawing)?;
        let (width, height) = self.size_of(&tree, drawing);
        if height > self.room() && !self.is_blank() {
            self.begin_page();
        }
        let place = self.done.structure.add(Kind::Figure(drawing.alternative.clone()), None);
        let x = self.paper.left + (self.paper.text_width() - width) / 2.0;
        let index = self.done.drawings.len();
        self.done.drawings.push(tree);
        self.mark(Some(place), Mark::Drawing { index, x, y: self.paper.top + self.y, width, height });
        self.y += height;
        Ok(())
    }

    /// What stands at the head and the foot of every page, once it is known how many there are.
    fn furnish(&mut self, furniture: &Furniture) -> Result<(), NotSet> {
        let pages = self.done.sheets.len();
        for page in 0..pages {
            let paper = self.done.sheets[page].paper;
            if !furniture.header.is_empty() {
                let y = paper.top * (1.0 - FURNITURE_SHARE);
                self.stand(page, &furniture.header, &furniture.header_letters, Alignment::Center, 0.0, y)?;
            }
            if furniture.number.is_empty() {
                continue;
            }
            let number = furniture.number.replace("{pages}", &pages.to_string());
            let number = number.replace("{page}", &(page + 1).to_string());
            let (alignment, indent) = match furniture.number_place {
                NumberPlace::Center => (Alignment::Center, 0.0),
                NumberPlace::End => (Alignment::End, 0.0),
                NumberPlace::Outer if page % 2 == 0 => (Alignment::End, furniture.number_letters.size),
                NumberPlace::Outer => (Alignment::Start, furniture.number_letters.size),
            };
            let y = paper.height - paper.bottom + paper.bottom * FURNITURE_SHARE;
            self.stand(page, &number, &furniture.number_letters, alignment, indent, y)?;
        }
        Ok(())
    }

    fn stand(
        &mut self,
        page: usize,
        text: &str,
        letters: &Letters,
        alignment: Alignment,
        indent: Points,
        base: Points,
    ) -> Result<(), NotSet> {
        let runs = [Run { text: text.to_owned(), letters: letters.clone() }];
        let wide = width(&runs, self.fonts)?;
        let paper = self.done.sheets[page].paper;
        let left = match alignment {
            Alignment::Center => (paper.text_width() - wide) / 2.0,
            Alignment::End => paper.text_width() - wide - indent,
            Alignment::Start | Alignment::Both => indent,
        };
        let measure = Measure { width: wide + 1.0, first_indent: 0.0, alignment: Alignment::Start, pitch: None };
        for line in lines(&runs, measure, self.fonts)?.into_iter().take(1) {
            for span in line.spans {
                let x = paper.left + left + span.x;
                self.done.sheets[page].marks.push(Placed { place: None, mark: Mark::Text { span, x, base } });
            }
        }
        Ok(())
    }
}

/// How high so many lines are.
#[expect(clippy::cast_precision_loss, reason = "a paragraph has far fewer lines than a number has digits")]
pub(crate) fn height(lines: usize, line_height: Points) -> Points {
    lines as Points * line_height
}
