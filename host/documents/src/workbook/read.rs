//! A filled-in workbook becomes answers and explanations, and whatever is wrong with it is told by worksheet and cell.

mod explanations;
mod items;
mod single;

use domain::fields::pointer_part;
use domain::limits::FORM_PROBLEMS_MAX;
use domain::review::Explanation;
use serde_json::{Map, Value};

use super::address::Address;
use super::grid::{Grid, grids};
use super::layout::Layout;
use super::places::{Place, Places};
use super::problem::{SheetProblem, WorkbookRefused};
use super::rest;
use super::role;
use super::spot;
use super::tree::{NotPut, parts_of, put};

/// What was read from a workbook.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The answers; only to be used where nothing is wrong.
    pub answers: Value,
    /// Why warnings are right all the same.
    pub explanations: Vec<Explanation>,
    /// Where each answer stands.
    pub places: Places,
    /// What is wrong, at most as many as anybody mends at once.
    pub problems: Vec<SheetProblem>,
}

/// Reads a workbook of a form that belongs to somebody.
pub fn read(bytes: &[u8], layout: &Layout, belongs_to: &str) -> Result<Reading, WorkbookRefused> {
    let grids = grids(bytes)?;
    let mut reader = Reader::new(layout);
    let Parts { main, lists, rest, explanations } = reader.sorted(&grids);
    let Some(main) = main else {
        reader.missing_main(&grids);
        return Ok(reader.done());
    };
    // What somebody else's workbook says would all be wrong here, or worse, look right.
    if main.text(spot::KEY_ROW, spot::BELONGS_TO).is_some_and(|other| other != belongs_to) {
        reader.problems.clear();
        reader.wrong(main, Address::new(spot::TITLE_ROW, spot::NAME), "sheet-of-another", "");
        return Ok(reader.done());
    }
    reader.single_values(main);
    for (index, grid) in lists {
        reader.items(grid, &layout.lists[index]);
    }
    if let Some(rest) = rest {
        rest::read(&mut reader, rest);
    }
    if let Some(explanations) = explanations {
        reader.explain(explanations);
    }
    Ok(reader.done())
}

/// The worksheets by what they are for.
#[derive(Default)]
struct Parts<'g> {
    main: Option<&'g Grid>,
    lists: Vec<(usize, &'g Grid)>,
    rest: Option<&'g Grid>,
    explanations: Option<&'g Grid>,
}

/// What has been read so far.
pub(super) struct Reader<'l> {
    layout: &'l Layout,
    answers: Value,
    explanations: Vec<Explanation>,
    pub(super) places: Places,
    problems: Vec<SheetProblem>,
}

impl<'l> Reader<'l> {
    fn new(layout: &'l Layout) -> Self {
        Self {
            layout,
            answers: Value::Object(Map::new()),
            explanations: Vec::new(),
            places: Places::default(),
            problems: Vec::new(),
        }
    }

    fn done(self) -> Reading {
        let Self { answers, explanations, places, problems, .. } = self;
        Reading { answers, explanations, places, problems }
    }

    /// Notes what is wrong in a cell.
    pub(super) fn wrong(&mut self, grid: &Grid, at: Address, code: &'static str, pointer: &str) {
        self.wrong_with(grid, at, code, pointer, Vec::new());
    }

    /// The same with what its sentence is filled in with.
    pub(super) fn wrong_with(
        &mut self,
        grid: &Grid,
        at: Address,
        code: &'static str,
        pointer: &str,
        arguments: Vec<(&'static str, String)>,
    ) {
        if self.problems.len() < FORM_PROBLEMS_MAX {
            let place = Place::new(&grid.name, at);
            self.problems.push(SheetProblem { place, pointer: pointer.to_owned(), code, arguments });
        }
    }

    /// Puts a value into the answers.
    pub(super) fn put(&mut self, pointer: &str, value: Value) -> Result<(), NotPut> {
        let parts = parts_of(pointer).ok_or(NotPut::Taken)?;
        let lists = &self.layout.list_places;
        let is_list = |parts: &[String]| lists.contains(&general(parts, lists));
        put(&mut self.answers, &parts, value, &is_list)
    }

    /// Sorts the worksheets by what their first cells say.
    fn sorted<'g>(&mut self, grids: &'g [Grid]) -> Parts<'g> {
        let mut parts = Parts::default();
        let first = Address::new(0, 0);
        for grid in grids {
            let key = grid.text(0, 0).unwrap_or_default();
            let slot = match key {
                role::MAIN => &mut parts.main,
                role::REST => &mut parts.rest,
                role::EXPLANATIONS => &mut parts.explanations,
                role::ASIDE => continue,
                key => {
                    let at = key.strip_prefix(role::LIST);
                    let index = at.and_then(|at| self.layout.lists.iter().position(|sheet| sheet.at == at));
                    match index {
                        Some(index) if parts.lists.iter().any(|(other, _)| *other == index) => {
                            self.wrong(grid, first, "sheet-twice", &self.layout.lists[index].at);
                        }
                        Some(index) => parts.lists.push((index, grid)),
                        None if grid.cells.is_empty() => {}
                        None => self.wrong(grid, first, "sheet-unknown", ""),
                    }
                    continue;
                }
            };
            if slot.is_some() {
                self.wrong(grid, first, "sheet-twice", "");
            } else {
                *slot = Some(grid);
            }
        }
        parts
    }

    /// Without the worksheet of single values this is no workbook of the form; more of what is wrong would only confuse.
    fn missing_main(&mut self, grids: &[Grid]) {
        self.problems.clear();
        if let Some(first) = grids.first() {
            self.wrong(first, Address::new(0, 0), "sheet-missing", "");
        } else {
            let nowhere = Grid::default();
            self.wrong(&nowhere, Address::new(0, 0), "sheet-missing", "");
        }
    }

    /// Tells of merged cells that hide some of what a worksheet asks for.
    fn merged(&mut self, grid: &Grid, first_row: u32, columns: impl Fn(u16) -> bool) {
        for (from, to) in &grid.merged {
            if to.row >= first_row && (from.column..=to.column).any(&columns) {
                let from = Address::new(from.row.max(first_row), from.column);
                let cells = format!("{from}:{to}");
                self.wrong_with(grid, from, "cell-merged", "", vec![("cells", cells)]);
            }
        }
    }
}

/// The place with `*` for every item of a list.
fn general(parts: &[String], lists: &std::collections::BTreeSet<String>) -> String {
    let mut at = String::new();
    for part in parts {
        if lists.contains(&at) {
            at.push_str("/*");
        } else {
            at.push('/');
            at.push_str(&pointer_part(part));
        }
    }
    at
}
