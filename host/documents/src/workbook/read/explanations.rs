//! The worksheet of explanations: which warning, where, and why it is right all the same.

use domain::review::Explanation;

use super::super::address::Address;
use super::super::cell::Content;
use super::super::grid::Grid;
use super::super::places::Place;
use super::super::spot;
use super::Reader;

impl Reader<'_> {
    pub(super) fn explain(&mut self, grid: &Grid) {
        for (row, _) in grid.rows_from(spot::ROW) {
            let words = |column| match grid.cells.get(&Address::new(row, column)) {
                Some(Content::Text(text)) => Some(text.trim().to_owned()),
                Some(_) => Some(String::new()),
                None => None,
            };
            let (check, at, text) = (words(spot::CHECK), words(spot::AT), words(spot::EXPLANATION));
            match (check, at, text) {
                (Some(check), at, Some(text)) if !check.is_empty() && !text.is_empty() => {
                    let Ok(at) = at.map(|at| self.explained_place(&at).ok_or(())).transpose() else {
                        self.wrong(grid, Address::new(row, spot::AT), "place-malformed", "");
                        continue;
                    };
                    // A place left empty explains every finding of the check.
                    let at = at.filter(|at| !at.is_empty());
                    self.places.explanations.push(Place::new(&grid.name, Address::new(row, spot::EXPLANATION)));
                    self.explanations.push(Explanation { check, at, text });
                }
                (None, None, None) => {}
                (check, _, _) => {
                    let column =
                        if check.is_none_or(|check| check.is_empty()) { spot::CHECK } else { spot::EXPLANATION };
                    self.wrong(grid, Address::new(row, column), "explanation-incomplete", "");
                }
            }
        }
    }

    /// A place in the answers: as a pointer, or as worksheet and cell (`演练清单!C7`).
    fn explained_place(&self, at: &str) -> Option<String> {
        if at.is_empty() || at.starts_with('/') {
            return Some(at.to_owned());
        }
        let (sheet, cell) = at.rsplit_once(['!', '！'])?;
        let sheet = sheet.trim().trim_matches('\'');
        self.places.pointer_of(sheet, Address::parse(cell.trim())?)
    }
}
