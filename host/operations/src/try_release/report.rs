//! A report is tried: both compose the round's newest roll-up, and the documents are compared block by block.

use std::sync::Arc;

use domain::digest::Digest;
use domain::document::Document;
use domain::evaluation::Evaluation;
use domain::release::Release;
use domain::report::RollUp;
use domain::round::Round;
use domain::text::Text;
use domain::trial::blocks::changed_blocks;
use domain::trial::cost::Meter;
use domain::trial::report::{ReportFailure, ReportTrial, TriedReport};
use domain::trial::{Tried, shortened};
use store::Scope;

use super::{Candidate, Found, Headline};
use crate::compose::Composed;
use crate::error::OperationError;
use crate::office::Office;
use crate::pace::Pace;
use crate::roll_up::Columns;

impl Office {
    pub(super) async fn try_report(
        &self,
        scope: &Scope,
        round: &Round,
        candidate: &Candidate,
        pace: &Pace,
    ) -> Result<Found, OperationError> {
        pace.moved(0, 2, "composing");
        let kept = scope.latest_roll_up(&round.code).await?;
        let kept = kept.ok_or(OperationError::NotPossible { code: "not-rolled-up" })?;
        let settled = scope.settlement(kept.settlement).await?.ok_or(OperationError::Missing("settlement"))?;
        let rubric = self.known_release(scope, settled.rubric).await?;
        let reports = [self.known_release(scope, candidate.baseline).await?, Arc::clone(&candidate.release)];
        let mut parts = Vec::new();
        for part in &kept.parts {
            let import = scope.import(&round.code, &part.unit, part.digest).await?;
            parts.push(import.ok_or(OperationError::Missing("import"))?);
        }
        let columns = Columns::read(scope, &settled, self.form(&rubric)?, &reports, parts).await?;

        let [old, new] = &reports;
        let (before, was, mut evaluations) = self.compose_trial(scope, &columns, &kept.roll_up, old).await?;
        pace.moved(1, 2, "composing");
        let (after, is, runs) = self.compose_trial(scope, &columns, &kept.roll_up, new).await?;
        evaluations.extend(runs);
        pace.moved(2, 2, "comparing");
        let compared = tokio::task::spawn_blocking(move || {
            was.zip(is).map(|(was, is)| changed_blocks(&was, &is)).unwrap_or_default()
        });
        let (changes, more_changes) = compared.await.map_err(OperationError::host)?;
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let members = count(kept.roll_up.members.len());
        let headline = Headline {
            members,
            changed: count(changes.len()).saturating_add(more_changes),
            regraded: 0,
            not_scored: if after.document.is_none() { members } else { 0 },
        };
        let found = ReportTrial { settlement: kept.settlement, before, after, changes, more_changes };
        Ok(Found { tried: Tried::Report(Box::new(found)), headline, evaluations })
    }

    /// One report composes the roll-up; its document is kept under its digest.
    async fn compose_trial(
        &self,
        scope: &Scope,
        columns: &Columns,
        roll_up: &RollUp,
        report: &Release,
    ) -> Result<(TriedReport, Option<Document>, Vec<Evaluation>), OperationError> {
        let description = report.descriptions.report.as_ref();
        let description = description.ok_or(OperationError::NotPossible { code: "not-a-report" })?;
        let mut tried = TriedReport {
            title: description.title.clone(),
            version: description.version.clone(),
            document_title: String::new(),
            document: None,
            blocks: 0,
            failure: None,
            evaluation: None,
            cost: domain::trial::cost::Cost::default(),
        };
        let (document, evaluations) = match self.try_compose(scope, report, columns.request(roll_up, report)).await? {
            Composed::Document(document, evaluation) => {
                let bytes = rmp_serde::to_vec_named(&document).map_err(OperationError::host)?;
                let kept: Digest = scope.keep_blob(&bytes).await?;
                tried.document_title = shortened(&document.title);
                tried.document = Some(kept);
                tried.blocks = u32::try_from(document.blocks.len()).unwrap_or(u32::MAX);
                (Some(document), vec![evaluation])
            }
            Composed::Failed(error, call) => {
                let Text { zh, en } = error.message();
                let message = Text { zh: shortened(&zh), en: shortened(&en) };
                tried.failure = Some(ReportFailure { code: error.code().to_owned(), message });
                (None, self.record_failed(vec![call])?)
            }
        };
        let mut meter = Meter::default();
        for evaluation in &evaluations {
            meter.add_of_cohort(&evaluation.run);
            tried.evaluation = Some(evaluation.id);
        }
        tried.cost = meter.cost();
        Ok((tried, document, evaluations))
    }
}
