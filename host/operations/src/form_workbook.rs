//! The form as a workbook: made for a member, and handed in filled in.
//!
//! A workbook takes the same way as a message: what it says becomes answers, and the answers are handed in. Only where something is wrong does
//! it matter again that they stood in cells.

use std::sync::Arc;

use documents::workbook::{
    Cover, Layout, Place, Places, Reading, SheetProblem, Values, WorkbookRefused, read, template,
};
use domain::access::{Caller, Operation};
use domain::amendment::Amendment;
use domain::answers::parse_value;
use domain::finding::WeighedFinding;
use domain::form_outline::FormOutline;
use domain::ids::{FederationCode, RoundCode, UnitCode};
use domain::limits::{WORKBOOK_CELLS_MAX, WORKBOOK_SHEETS_MAX};
use domain::text::Language;
use domain::unit::Context;
use serde::Serialize;
use serde_json::Value;

use crate::error::OperationError;
use crate::handed_in::HandedIn;
use crate::office::Office;
use crate::problem::FormProblem;
use crate::submission::kept_answers;
use crate::submit::{Submitted, part_of};

/// A filled-in workbook, as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedInWorkbook {
    /// The file.
    pub bytes: Vec<u8>,
    /// As of [`HandedIn::amendment`].
    pub amendment: Option<Amendment>,
    /// As of [`HandedIn::based_on`].
    pub based_on: Option<u32>,
    /// As of [`HandedIn::key`].
    pub key: Option<String>,
}

/// What handing in a workbook gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SubmittedWorkbook {
    /// The same as for answers that come as a message.
    #[serde(flatten)]
    pub submitted: Submitted,
    /// Where in the workbook stands what the findings speak of.
    pub cells: Vec<FoundCell>,
}

/// A place in the answers and its cell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct FoundCell {
    /// The place in the answers (RFC 6901).
    pub pointer: String,
    /// The worksheet, by the name on its tab.
    pub sheet: String,
    /// The cell, such as `C7`.
    pub cell: String,
}

impl Office {
    /// The form of a round as a workbook for a unit, with last time's values beside, and filled in with the newest revision where there is one.
    pub async fn form_workbook(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        language: Language,
    ) -> Result<Vec<u8>, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::ReadSubmission, federation, unit)?;
        let in_force = self.round_in_force(&scope, round).await?;
        let description = in_force.rubric.description()?;
        let round = &in_force.round;
        let (unit, latest, house) =
            tokio::join!(scope.unit(unit), scope.latest_revision(&round.code, unit), scope.federation());
        let unit = part_of(round, unit?)?;
        let (now, explanations) = match latest? {
            None => (None, Vec::new()),
            Some(latest) => (Some(kept_answers(&scope, latest.answers).await?.into_value()), latest.explanations),
        };
        let known = self.context(&scope, round, description, &unit).await?;
        let earlier = last_time(&known.context).map(value_of).transpose()?;
        let due = round.due_at.to_zoned(self.zone().clone()).strftime("%Y-%m-%d %H:%M").to_string();
        let cover = Cover {
            federation: house?.map(|house| house.name).unwrap_or_default(),
            round: round.title.clone(),
            unit: unit.name.clone(),
            due,
        };
        let belongs_to = belongs_to(federation, &round.code, &unit.code);
        let form = description.form.clone();
        let _place = self.house.workbooks.acquire().await.map_err(OperationError::host)?;
        let writing = tokio::task::spawn_blocking(move || {
            let layout = Layout::of(&FormOutline::of(&form));
            let values = Values {
                belongs_to: &belongs_to,
                explanations: &explanations,
                now: now.as_ref(),
                earlier: earlier.as_ref(),
            };
            template(&layout, &cover, language, values)
        });
        writing.await.map_err(OperationError::host)?.map_err(OperationError::host)
    }

    /// Hands in a filled-in workbook. Everything that is wrong is told by worksheet and cell.
    pub async fn submit_workbook(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        handed: HandedInWorkbook,
    ) -> Result<SubmittedWorkbook, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::Submit, federation, unit)?;
        let in_force = self.round_in_force(&scope, round).await?;
        let form = in_force.rubric.description()?.form.clone();
        let HandedInWorkbook { bytes, amendment, based_on, key } = handed;
        let belongs_to = belongs_to(federation, round, unit);
        let reading = {
            // Few at a time, because each may unpack to many times its size.
            let _place = self.house.workbooks.acquire().await.map_err(OperationError::host)?;
            let reading = tokio::task::spawn_blocking(move || {
                let layout = Layout::of(&FormOutline::of(&form));
                read(&bytes, &layout, &belongs_to)
            });
            reading.await.map_err(OperationError::host)?
        };
        let Reading { answers, explanations, places, problems } =
            reading.map_err(|refused| OperationError::Invalid(vec![refused_as(refused)]))?;
        if !problems.is_empty() {
            return Err(OperationError::Invalid(problems.into_iter().map(problem_of).collect()));
        }
        let handed = HandedIn { answers, explanations, amendment, based_on, key };
        match self.submit(caller, federation, round, unit, handed).await {
            Ok(submitted) => Ok(SubmittedWorkbook { cells: cells_of(&submitted.findings, &places), submitted }),
            Err(OperationError::Invalid(problems)) => {
                let placed = problems.into_iter().map(|problem| placed(problem, &places));
                Err(OperationError::Invalid(placed.collect()))
            }
            Err(other) => Err(other),
        }
    }
}

/// Whose workbook it is, in a line that stands in the workbook itself.
fn belongs_to(federation: &FederationCode, round: &RoundCode, unit: &UnitCode) -> String {
    format!("{federation}/{round}/{unit}")
}

/// What the unit itself handed in for the period before; where it did not, what a unit did that was merged into it.
fn last_time(context: &Arc<Context>) -> Option<&[u8]> {
    let own = context.earlier.iter().find(|earlier| earlier.predecessor.is_none());
    own.or(context.earlier.first()).map(|earlier| earlier.answers.as_slice())
}

/// Canonical answers as a tree.
pub(crate) fn value_of(answers: &[u8]) -> Result<Value, OperationError> {
    parse_value(&mut rmp_serde::Deserializer::new(answers)).map_err(OperationError::host)
}

fn problem_of(problem: SheetProblem) -> FormProblem {
    let SheetProblem { place, pointer, code, arguments } = problem;
    let row = place.cell.trim_start_matches(|character: char| character.is_ascii_alphabetic()).to_owned();
    let mut said = vec![("sheet", place.sheet.as_str()), ("cell", place.cell.as_str()), ("row", row.as_str())];
    said.extend(arguments.iter().map(|(name, value)| (*name, value.as_str())));
    FormProblem { place: Some(place.clone()), ..FormProblem::say(pointer, code, &said) }
}

fn refused_as(refused: WorkbookRefused) -> FormProblem {
    let limit = match &refused {
        WorkbookRefused::TooManySheets => WORKBOOK_SHEETS_MAX,
        WorkbookRefused::TooManyCells => WORKBOOK_CELLS_MAX,
        _ => 0,
    };
    let place = match &refused {
        WorkbookRefused::FarOutside(place) => Some(place.clone()),
        _ => None,
    };
    let cell = place.as_ref().map(|place| place.cell.clone()).unwrap_or_default();
    let said = [("limit", limit.to_string()), ("cell", cell)];
    let said: Vec<(&str, &str)> = said.iter().map(|(name, value)| (*name, value.as_str())).collect();
    FormProblem { place, ..FormProblem::say("", refused.code(), &said) }
}

/// A problem of the answers, or of the explanations beside them, with its cell.
fn placed(problem: FormProblem, places: &Places) -> FormProblem {
    let index = problem.pointer.strip_prefix("/explanations/").and_then(|rest| rest.split('/').next()?.parse().ok());
    let explained = index.and_then(|index| places.of_explanation(index)).cloned();
    let place = explained.unwrap_or_else(|| places.of(&problem.pointer));
    FormProblem { place: Some(place), ..problem }
}

fn cells_of(findings: &[WeighedFinding], places: &Places) -> Vec<FoundCell> {
    let pointers = findings.iter().flat_map(|weighed| &weighed.finding.at);
    let mut cells: Vec<FoundCell> = pointers
        .map(|pointer| {
            let Place { sheet, cell } = places.of(pointer);
            FoundCell { pointer: pointer.clone(), sheet, cell }
        })
        .collect();
    cells.sort();
    cells.dedup();
    cells
}

#[cfg(test)]
mod tests {
    use documents::workbook::SHEET_PROBLEM_CODES;

    use super::*;

    #[test]
    fn whatever_is_wrong_with_a_workbook_has_its_sentence_with_every_gap_filled_in() {
        for code in SHEET_PROBLEM_CODES {
            let place = Place { sheet: "演练".to_owned(), cell: "C7".to_owned() };
            let arguments = if code == "cell-merged" { vec![("cells", "C7:C9".to_owned())] } else { Vec::new() };
            let said = problem_of(SheetProblem { place, pointer: String::new(), code, arguments });
            for sentence in [&said.message.zh, &said.message.en] {
                assert!(!sentence.contains("problem-") && !sentence.contains('$'), "{code}: {sentence}");
            }
        }
        let refused = [
            WorkbookRefused::NotAWorkbook,
            WorkbookRefused::OldOrLocked,
            WorkbookRefused::TooLarge,
            WorkbookRefused::Damaged(String::new()),
            WorkbookRefused::TooManySheets,
            WorkbookRefused::TooManyCells,
            WorkbookRefused::FarOutside(Place::default()),
        ];
        for refused in refused {
            let said = refused_as(refused);
            assert!(!said.message.zh.contains("problem-") && !said.message.en.contains('$'), "{said:?}");
        }
    }
}
