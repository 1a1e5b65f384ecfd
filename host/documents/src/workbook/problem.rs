//! What is wrong with a workbook: as a whole, or in one of its cells.

use domain::limits::{WORKBOOK_CELLS_MAX, WORKBOOK_SHEETS_MAX};

use super::places::Place;

/// Why a file is not read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WorkbookRefused {
    /// It is no workbook that spreadsheet programs of today write.
    #[error("the file is no XLSX workbook")]
    NotAWorkbook,
    /// It is one of an old format, or locked with a password.
    #[error("the file is of an old format or locked with a password")]
    OldOrLocked,
    /// It unpacks to more than anybody fills in.
    #[error("the workbook unpacks to more than it may")]
    TooLarge,
    /// It breaks off, or contradicts itself.
    #[error("the workbook is damaged: {0}")]
    Damaged(String),
    /// It has too many worksheets.
    #[error("the workbook has more than {WORKBOOK_SHEETS_MAX} worksheets")]
    TooManySheets,
    /// It has too many cells with something in them.
    #[error("the workbook has more than {WORKBOOK_CELLS_MAX} filled cells")]
    TooManyCells,
    /// Something stands where nobody fills in anything.
    #[error("a cell is filled in far outside")]
    FarOutside(Place),
}

impl WorkbookRefused {
    /// Stable, kebab-case.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotAWorkbook => "not-a-workbook",
            Self::OldOrLocked => "workbook-old-or-locked",
            Self::TooLarge => "workbook-too-large",
            Self::Damaged(_) => "workbook-damaged",
            Self::TooManySheets => "workbook-too-many-sheets",
            Self::TooManyCells => "workbook-too-many-cells",
            Self::FarOutside(_) => "workbook-far-outside",
        }
    }
}

/// One thing that is wrong in a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetProblem {
    /// Where.
    pub place: Place,
    /// Where in the answers (RFC 6901), as far as that is known.
    pub pointer: String,
    /// Stable, kebab-case: the catalogue has the sentence `problem-` with it.
    pub code: &'static str,
    /// What the sentence is filled in with.
    pub arguments: Vec<(&'static str, String)>,
}

/// Every code that a [`SheetProblem`] may carry.
pub const SHEET_PROBLEM_CODES: [&str; 29] = [
    "sheet-of-another",
    "sheet-unknown",
    "sheet-twice",
    "sheet-missing",
    "row-unknown",
    "row-twice",
    "row-without-key",
    "column-unknown",
    "column-twice",
    "column-without-key",
    "cell-merged",
    "cell-error",
    "cell-formula-without-value",
    "cell-not-whole",
    "cell-not-yes-no",
    "cell-is-yes-no",
    "cell-is-date",
    "cell-is-time",
    "cell-number-inexact",
    "cell-mark-misplaced",
    "cell-only-mark",
    "cell-on-its-own-sheet",
    "cell-contradicts",
    "place-malformed",
    "place-gap",
    "place-parts",
    "place-without-value",
    "cell-not-json",
    "explanation-incomplete",
];
