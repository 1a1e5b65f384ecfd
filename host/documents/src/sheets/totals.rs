//! Where a number of a table is the sum of others: found by adding them up exactly, whatever anything is called.
//!
//! A formula stands only where its result is the number that the document states, so a wrong guess about what a column means changes
//! nothing that anybody reads.

use std::ops::RangeInclusive;

use crate::content::{Grid, Row};

/// What a cell is the sum of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sum {
    /// The cells above it in these rows.
    Rows(RangeInclusive<usize>),
    /// The cells above it in each of these rows.
    Subtotals(Vec<usize>),
    /// The cells beside it in these columns.
    Columns(RangeInclusive<usize>),
}

/// A number in units of the last decimal place of its column; none where the cell is empty.
type Digits = Option<i128>;

/// The sums of one table.
pub(super) struct Totals<'g> {
    grid: &'g Grid,
    /// By column: how many columns to its left it sums up, in every row.
    across: Vec<Option<RangeInclusive<usize>>>,
}

impl<'g> Totals<'g> {
    pub(super) fn of(grid: &'g Grid) -> Self {
        Self { grid, across: (0..grid.heads.len()).map(|column| summed_columns(grid, column)).collect() }
    }

    /// What the cell is the sum of, if it is one. A row that is set off sums up rows; other cells may sum up columns.
    pub(super) fn at(&self, row: usize, column: usize) -> Option<Sum> {
        if !self.grid.heads[column].is_number {
            return None;
        }
        if self.grid.rows[row].strong
            && let Some(sum) = self.summed_rows(row, column)
        {
            return Some(sum);
        }
        self.across[column].clone().map(Sum::Columns)
    }

    fn summed_rows(&self, row: usize, column: usize) -> Option<Sum> {
        let rows = &self.grid.rows;
        let stated = digits(&rows[row], column)?;
        let earlier: Vec<usize> = (0..row).filter(|above| rows[*above].strong).collect();
        let first = earlier.last().map_or(0, |last| last + 1);
        if row.saturating_sub(first) >= 2 && added(first..row, |above| digits(&rows[above], column)) == Some(stated) {
            return Some(Sum::Rows(first..=row - 1));
        }
        let subtotals = added(earlier.iter().copied(), |above| digits(&rows[above], column));
        (earlier.len() >= 2 && earlier.len() <= SUBTOTALS_MAX && subtotals == Some(stated))
            .then_some(Sum::Subtotals(earlier))
    }
}

/// Subtotals that one formula names one by one.
const SUBTOTALS_MAX: usize = 60;

/// The columns directly to the left that add up to this one in every row; two at least, of one unit, in two rows at least.
fn summed_columns(grid: &Grid, column: usize) -> Option<RangeInclusive<usize>> {
    let head = &grid.heads[column];
    let is_alike = |other: usize| {
        let other = &grid.heads[other];
        other.is_number && other.unit == head.unit
    };
    let first = (0..column).rev().take_while(|other| is_alike(*other)).last()?;
    let holds = |row: &Row| match digits(row, column) {
        Some(stated) => added(first..column, |other| scaled(row, other, column, grid)) == Some(stated),
        None => (first..column).all(|other| digits(row, other).is_none()),
    };
    let says_something =
        grid.rows.iter().filter(|row| digits(row, column).is_some_and(|stated| stated != 0)).count() >= 2;
    (head.is_number && column - first >= 2 && says_something && grid.rows.iter().all(holds)).then(|| first..=column - 1)
}

/// The digits of another column's cell in units of this column; none where it is finer than this one.
fn scaled(row: &Row, other: usize, column: usize, grid: &Grid) -> Digits {
    let finer = grid.heads[column].decimals.checked_sub(grid.heads[other].decimals)?;
    Some(digits(row, other)? * 10_i128.checked_pow(u32::try_from(finer).ok()?)?)
}

/// The sum of what is there; none where nothing is.
fn added(places: impl Iterator<Item = usize>, at: impl Fn(usize) -> Digits) -> Digits {
    places.filter_map(at).fold(None, |sum, digits| Some(sum.unwrap_or_default() + digits))
}

fn digits(row: &Row, column: usize) -> Digits {
    let written: String = row.cells.get(column)?.chars().filter(|character| *character != '.').collect();
    written.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Head;

    fn grid(units: &[&str], rows: &[(bool, &[&str])]) -> Grid {
        let head = |unit: &&str| Head {
            text: String::new(),
            unit: (*unit).to_owned(),
            is_number: true,
            decimals: 1,
            names_rows: false,
        };
        let row = |(strong, cells): &(bool, &[&str])| Row {
            strong: *strong,
            cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
        };
        Grid {
            caption: String::new(),
            heads: units.iter().map(head).collect(),
            rows: rows.iter().map(row).collect(),
            note: String::new(),
        }
    }

    #[test]
    fn a_row_that_is_set_off_sums_up_the_rows_above_it_only_where_they_add_up() {
        let grid =
            grid(&["分"], &[(false, &["1.5"]), (false, &[""]), (false, &["-0.5"]), (true, &["1.0"]), (true, &["0.7"])]);
        let totals = Totals::of(&grid);
        assert_eq!(totals.at(3, 0), Some(Sum::Rows(0..=2)));
        assert_eq!(totals.at(4, 0), None, "an average or the like");
        assert_eq!(totals.at(0, 0), None);
    }

    #[test]
    fn a_grand_total_sums_up_its_subtotals() {
        let rows: &[(bool, &[&str])] = &[
            (false, &["1.0"]),
            (false, &["2.0"]),
            (true, &["3.0"]),
            (false, &["4.0"]),
            (false, &["5.0"]),
            (true, &["9.0"]),
            (true, &["12.0"]),
        ];
        let grid = grid(&["件"], rows);
        let totals = Totals::of(&grid);
        assert_eq!(totals.at(5, 0), Some(Sum::Rows(3..=4)));
        assert_eq!(totals.at(6, 0), Some(Sum::Subtotals(vec![2, 5])));
    }

    #[test]
    fn a_column_sums_up_those_beside_it_of_its_unit() {
        let rows: &[(bool, &[&str])] =
            &[(false, &["7.0", "1.0", "2.0", "3.0"]), (false, &["7.0", "0.5", "0.5", "1.0"])];
        let grid = grid(&["名", "分", "分", "分"], rows);
        assert_eq!(Totals::of(&grid).at(1, 3), Some(Sum::Columns(1..=2)));
        let other = super::tests::grid(&["名", "分", "元", "分"], rows);
        assert_eq!(Totals::of(&other).at(1, 3), None);
    }
}
