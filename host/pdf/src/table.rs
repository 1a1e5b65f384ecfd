//! Tables: their heads stand on every page, and a row is broken over two pages only where it is higher than one.

use crate::layout::{Layout, Mark, height};
use crate::lines::{Line, Measure, lines};
use crate::tags::{Kind, Place};
use crate::{Alignment, Letters, NotSet, Points, Rule, Run, Table};

/// From the rule of a cell to its text, at the sides.
const SIDE: Points = 4.0;
/// The same above and below.
const ABOVE: Points = 2.0;
/// From line to line, as a share of how large the letters are.
const LINE: Points = 1.3;
/// Around cells.
const RULE: Rule = Rule { thickness: 0.5, colour: [0x40, 0x40, 0x40] };
/// So few letters stand in the middle of their cell.
const HEAD: Alignment = Alignment::Center;

/// A row, broken into lines.
struct Cells {
    cells: Vec<Vec<Line>>,
    is_head: bool,
}

impl Cells {
    fn lines(&self) -> usize {
        self.cells.iter().map(Vec::len).max().unwrap_or(1)
    }
}

impl Layout<'_, '_, '_> {
    /// How high it is as far as it stays together with what comes before: all of it, or its head and its first row.
    pub(crate) fn beginning_of(&mut self, table: &Table) -> Result<Points, NotSet> {
        let heights = |lines| height(lines, table.letters.size * LINE) + 2.0 * ABOVE;
        let mut together = heights(self.head(table)?.lines());
        for row in table.rows.iter().take(if table.stays_whole { table.rows.len() } else { 1 }) {
            together += heights(self.cells(table, &row.cells, row.strong, false)?.lines());
        }
        Ok(together)
    }

    pub(crate) fn table(&mut self, table: &Table) -> Result<(), NotSet> {
        let whole = self.done.structure.add(Kind::Table, None);
        let head = self.head(table)?;
        let heights = height(head.lines(), table.letters.size * LINE) + 2.0 * ABOVE;
        if heights + table.letters.size * LINE + 2.0 * ABOVE > self.room() && self.y > 0.0 {
            self.begin_page();
        }
        let place = self.places(whole, &head);
        self.row(table, &head, &place, 0, head.lines());
        for row in &table.rows {
            let cells = self.cells(table, &row.cells, row.strong, false)?;
            let place = self.places(whole, &cells);
            let (mut from, all) = (0, cells.lines());
            while from < all {
                let fits = self.fitting(table);
                let page = lines_in(table, self.paper.text_height() - heights);
                // A row stays whole where a page can hold it.
                if fits < all - from && (fits == 0 || all - from <= page) {
                    self.begin_page();
                    // The head is read once; on the pages that follow it is for the eye.
                    self.row(table, &head, &[], 0, head.lines());
                    if fits == 0 && page == 0 {
                        self.row(table, &cells, &place, from, all - from);
                        break;
                    }
                    continue;
                }
                let taken = fits.min(all - from).max(1);
                self.row(table, &cells, &place, from, taken);
                from += taken;
            }
        }
        Ok(())
    }

    fn head(&mut self, table: &Table) -> Result<Cells, NotSet> {
        self.cells(table, &table.head, true, true)
    }

    fn cells(&mut self, table: &Table, texts: &[String], strong: bool, is_head: bool) -> Result<Cells, NotSet> {
        let mut cells = Vec::with_capacity(table.columns.len());
        for (text, column) in texts.iter().zip(&table.columns) {
            let letters = Letters { strong: strong || table.letters.strong, ..table.letters.clone() };
            let alignment = match (is_head, column.is_number) {
                (true, _) => HEAD,
                (false, true) => Alignment::End,
                (false, false) => Alignment::Start,
            };
            let measure = Measure {
                width: (column.width - 2.0 * SIDE).max(table.letters.size),
                first_indent: 0.0,
                alignment,
                pitch: None,
            };
            cells.push(lines(&[Run { text: text.clone(), letters }], measure, self.fonts)?);
        }
        Ok(Cells { cells, is_head })
    }

    fn places(&mut self, table: Place, row: &Cells) -> Vec<Place> {
        let place = self.done.structure.add(Kind::Row, Some(table));
        let kind = if row.is_head { Kind::Head } else { Kind::Cell };
        row.cells.iter().map(|_| self.done.structure.add(kind.clone(), Some(place))).collect()
    }

    /// How many lines of a row still fit on the page.
    fn fitting(&self, table: &Table) -> usize {
        lines_in(table, self.room())
    }

    /// Draws some lines of a row.
    fn row(&mut self, table: &Table, row: &Cells, places: &[Place], from: usize, count: usize) {
        let line_height = table.letters.size * LINE;
        let high = height(count, line_height) + 2.0 * ABOVE;
        let (left, y) = (self.paper.left, self.paper.top + self.y);
        let wide: Points = table.columns.iter().map(|column| column.width).sum();
        if row.is_head {
            self.mark(None, Mark::Fill { x: left, y, width: wide, height: high, colour: table.shade });
        }
        let mut x = left;
        for (index, (lines, column)) in row.cells.iter().zip(&table.columns).enumerate() {
            let own = lines.len().saturating_sub(from).min(count);
            // In the middle of its cell, but for a row that goes on on the next page.
            let down = if row.lines() == count { (high - 2.0 * ABOVE - height(own, line_height)) / 2.0 } else { 0.0 };
            for (number, line) in lines.iter().skip(from).take(own).enumerate() {
                let place = places.get(index).copied();
                self.line(place, line, x + SIDE, y + ABOVE + down + height(number, line_height), line_height);
            }
            x += column.width;
        }
        let mut x = left;
        for edge in 0..=table.columns.len() {
            self.mark(None, Mark::Stroke { from: (x, y), to: (x, y + high), rule: RULE });
            x += table.columns.get(edge).map_or(0.0, |column| column.width);
        }
        for edge in [y, y + high] {
            self.mark(None, Mark::Stroke { from: (left, edge), to: (left + wide, edge), rule: RULE });
        }
        self.y += high;
    }
}

/// How many lines of a row stand in so much room.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is neither large nor negative")]
fn lines_in(table: &Table, room: Points) -> usize {
    ((room - 2.0 * ABOVE + 0.01) / (table.letters.size * LINE)).max(0.0) as usize
}
