//! Spreadsheets of a form: a template that people fill in with the program that they have, and what they filled in, read back.
//!
//! A form becomes a [`Layout`]: one worksheet with a row for each single value, one worksheet for each list, a worksheet for what has
//! no cell of its own, and one for explanations. Whatever the layout does not foresee has a place all the same, so every answer that
//! can be handed in as JSON can be handed in as a spreadsheet, and is the same value afterwards.
//!
//! A workbook comes from a stranger. What it unpacks to is counted before anything reads it, every worksheet is read cell by cell,
//! and everything that is wrong is told by worksheet and cell.

mod address;
mod archive;
mod cell;
mod fill;
mod grid;
mod layout;
mod mark;
mod number;
mod places;
mod problem;
mod read;
mod rest;
mod tree;
mod write;

pub use layout::Layout;
pub use places::{Place, Places};
pub use problem::{SHEET_PROBLEM_CODES, SheetProblem, WorkbookRefused};
pub use read::{Reading, read};
pub use write::{Cover, NotWritten, Values, template};

/// What the first cell of a worksheet says of it, so that a worksheet that was renamed or moved is still known.
mod role {
    /// The worksheet of single values.
    pub(super) const MAIN: &str = "huizong:main";
    /// A worksheet of a list; the list's place follows.
    pub(super) const LIST: &str = "huizong:list:";
    /// What has no cell of its own.
    pub(super) const REST: &str = "huizong:rest";
    /// Explanations of warnings.
    pub(super) const EXPLANATIONS: &str = "huizong:explanations";
    /// For people only; never read.
    pub(super) const ASIDE: &str = "huizong:aside";
}

/// Where things stand in the worksheets, rows and columns from 0.
mod spot {
    /// The row of a list's worksheet that holds the places of its columns; hidden.
    pub(super) const KEY_ROW: u32 = 0;
    /// The row with the worksheet's title.
    pub(super) const TITLE_ROW: u32 = 1;
    /// The row with the names of the columns.
    pub(super) const HEAD_ROW: u32 = 2;
    /// The row that tells units and what is required.
    pub(super) const HINT_ROW: u32 = 3;
    /// The first row of a list's items.
    pub(super) const ITEM_ROW: u32 = 4;
    /// The first row of single values, of the rest and of explanations.
    pub(super) const ROW: u32 = 3;
    /// The column of marks of a whole item.
    pub(super) const MARK_COLUMN: u16 = 0;
    /// The columns of single values: place, name, unit, help, last time's value, value.
    pub(super) const KEY: u16 = 0;
    pub(super) const NAME: u16 = 1;
    pub(super) const UNIT: u16 = 2;
    pub(super) const HELP: u16 = 3;
    pub(super) const EARLIER: u16 = 4;
    pub(super) const VALUE: u16 = 5;
    /// The column in which the row of keys says whose workbook it is.
    pub(super) const BELONGS_TO: u16 = 1;
    /// The columns of the rest: place, part, whether it is written as JSON, value.
    pub(super) const REST_PLACE: u16 = 0;
    pub(super) const REST_PART: u16 = 1;
    pub(super) const REST_NOTATION: u16 = 2;
    pub(super) const REST_VALUE: u16 = 3;
    /// The columns of explanations: check, place, text.
    pub(super) const CHECK: u16 = 0;
    pub(super) const AT: u16 = 1;
    pub(super) const EXPLANATION: u16 = 2;
}
