//! Reading trials, as data, as a page and as a table for spreadsheets, and comparing two of them.

mod page;
mod sheet;

use std::sync::Arc;

use documents::Format;
use domain::access::{Caller, Operation};
use domain::digest::Digest;
use domain::document::Document;
use domain::ids::{FederationCode, RoundCode, TrialId};
use domain::text::Language;
use domain::trial::between::{Between, ReportsBetween, TrialComparison, rubrics_between};
use domain::trial::blocks::changed_blocks;
use domain::trial::{Trial, Tried};
use serde::Serialize;
use store::Scope;

use crate::error::OperationError;
use crate::office::Office;
use crate::rendering::Rendered;

/// A trial with everything that it found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TrialView {
    /// The trial in few words.
    pub trial: Trial,
    /// What it found.
    pub found: Tried,
}

impl Office {
    /// The round's trials in few words, the newest first.
    pub async fn trials(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
    ) -> Result<Vec<Trial>, OperationError> {
        let scope = self.scope(caller, Operation::ReadTrial, federation)?;
        scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        let mut trials = scope.trials(round).await?;
        trials.reverse();
        Ok(trials)
    }

    /// One trial of a round.
    pub async fn trial(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        id: TrialId,
    ) -> Result<TrialView, OperationError> {
        let scope = self.scope(caller, Operation::ReadTrial, federation)?;
        trial_of(&scope, round, id).await
    }

    /// The same as a page that can be read before deciding.
    pub async fn trial_page(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        id: TrialId,
        language: Language,
        format: Format,
    ) -> Result<Rendered, OperationError> {
        let scope = self.scope(caller, Operation::ReadTrial, federation)?;
        let view = trial_of(&scope, round, id).await?;
        let (round, _) = scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        let day = self.day_of(view.trial.at);
        let style = self.style(&scope, view.trial.found.to_string()).await?;
        // Everybody's line takes a while: beside the threads that serve requests.
        let written = tokio::task::spawn_blocking(move || page::document(&view, &round.title, day, language));
        let document = written.await.map_err(OperationError::host)?;
        self.rendered(Arc::new(document), format, style).await
    }

    /// The same as CSV for spreadsheets: of a rubric a line a member, of a report a line a changed block.
    pub async fn trial_sheet(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        id: TrialId,
        language: Language,
    ) -> Result<Vec<u8>, OperationError> {
        let view = self.trial(caller, federation, round, id).await?;
        let written = tokio::task::spawn_blocking(move || sheet::csv(&view.found, language)).await;
        written.map_err(OperationError::host)
    }

    /// Two trials of a round beside each other: what one candidate would do that the other would not.
    pub async fn compare_trials(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        first: TrialId,
        second: TrialId,
    ) -> Result<TrialComparison, OperationError> {
        let scope = self.scope(caller, Operation::ReadTrial, federation)?;
        let (first, second) = (trial_of(&scope, round, first).await?, trial_of(&scope, round, second).await?);
        let documents = match (&first.found, &second.found) {
            (Tried::Report(one), Tried::Report(other)) => {
                Some((document(&scope, one.after.document).await?, document(&scope, other.after.document).await?))
            }
            _ => None,
        };
        let compared = tokio::task::spawn_blocking(move || compared(first, second, documents)).await;
        compared.map_err(OperationError::host)?
    }
}

/// A trial, where it is one of the round's.
pub(crate) async fn trial_of(scope: &Scope, round: &RoundCode, id: TrialId) -> Result<TrialView, OperationError> {
    let known = scope.trial_in_full(id).await?.filter(|(trial, _)| trial.round == *round);
    let (trial, found) = known.ok_or(OperationError::Missing("trial"))?;
    Ok(TrialView { trial, found })
}

/// A document that a trial kept; none where there was none.
async fn document(scope: &Scope, digest: Option<Digest>) -> Result<Option<Document>, OperationError> {
    let Some(digest) = digest else { return Ok(None) };
    let bytes = scope.blob(digest).await?.ok_or(OperationError::Missing("blob"))?;
    rmp_serde::from_slice(&bytes).map(Some).map_err(OperationError::host)
}

type Documents = (Option<Document>, Option<Document>);

fn compared(
    first: TrialView,
    second: TrialView,
    documents: Option<Documents>,
) -> Result<TrialComparison, OperationError> {
    let between = match (&first.found, &second.found, documents) {
        (Tried::Rubric(one), Tried::Rubric(other), _) => {
            let same_baseline = first.trial.baseline == second.trial.baseline;
            Between::Rubrics(rubrics_between(one, other, same_baseline))
        }
        (Tried::Report(one), Tried::Report(other), Some((before, after))) => {
            let changes = before.zip(after).map(|(before, after)| changed_blocks(&before, &after));
            let (changes, more_changes) = changes.unwrap_or_default();
            Between::Reports(ReportsBetween {
                equal: one.after.document == other.after.document,
                changes,
                more_changes,
            })
        }
        _ => return Err(OperationError::NotPossible { code: "trials-not-comparable" }),
    };
    Ok(TrialComparison { first: first.trial, second: second.trial, between })
}
