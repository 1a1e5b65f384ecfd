//! A submission under review: what the member handed in, what reviewers made of it and how it ended, criterion by criterion, and every
//! scorecard that there ever was.

use domain::access::{Caller, Operation};
use domain::digest::Digest;
use domain::ids::{FederationCode, ReviewEntryId, RoundCode, UnitCode};
use domain::points::Points;
use domain::round::Round;
use domain::rubric::{Description, Pass};
use domain::scorecard::{CriterionPoints, Scorecard};
use domain::settled::Settled;
use domain::text::Text;
use domain::verdict::Verdict;
use jiff::Timestamp;
use serde::Serialize;
use store::Scope;

use crate::error::OperationError;
use crate::office::Office;
use crate::review_entry::{ReviewEntryView, views};
use crate::review_round::counting;
use crate::shown::Sight;
use crate::submission::{revision_of, verdict_on};

/// One criterion, or the total, in the three columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReviewColumn {
    /// The criterion.
    pub criterion: String,
    /// Its name.
    pub label: Text,
    /// As the member handed it in; none where the cohort pass gives the points.
    pub own: Option<Points>,
    /// With what reviewers decided; none where the cohort pass gives the points.
    pub reviewed: Option<Points>,
    /// After the cohort pass; none before it.
    pub settled: Option<Points>,
}

/// The totals of the three columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReviewTotals {
    /// As the member handed it in.
    pub own: Option<Points>,
    /// With what reviewers decided.
    pub reviewed: Option<Points>,
    /// After the cohort pass.
    pub settled: Option<Points>,
}

/// A submission under review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReviewView {
    /// The newest revision.
    pub revision: u32,
    /// The revision that counts, where one does.
    pub counted: Option<u32>,
    /// The rubric.
    pub rubric: Digest,
    /// Its scored criteria in their order.
    pub criteria: Vec<ReviewColumn>,
    /// The totals.
    pub totals: ReviewTotals,
    /// What reviewers decided, the oldest first.
    pub entries: Vec<ReviewEntryView>,
}

/// One scorecard that there ever was of a submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScorecardVersion {
    /// The revision.
    pub revision: u32,
    /// The rubric.
    pub rubric: Digest,
    /// The identity of what reviewers had decided; none for what the member handed in.
    pub review: Option<Digest>,
    /// The entries behind it.
    pub entries: Vec<ReviewEntryId>,
    /// When it was scored so; for what the member handed in, when that was received.
    pub at: Timestamp,
    /// Points per criterion of the unit pass.
    pub lines: Vec<CriterionPoints>,
    /// The total of the unit pass; none where the rubric declined to score.
    pub total: Option<Points>,
}

impl Office {
    /// A submission under review. A member sees it once it is published, and then what was published.
    pub async fn review(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
    ) -> Result<ReviewView, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::ReadSubmission, federation, unit)?;
        let (round, _) = scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        let sight = self.sight(caller, federation, &round, unit);
        let settled = self.settlement_in_sight(&scope, &round.code, sight).await?;
        if sight == Sight::Published && settled.is_none() {
            return Err(OperationError::NotPossible { code: "not-published" });
        }
        let counted = scope.counted_revision(&round.code, unit, counting(&round)).await?;
        let newest = revision_of(&scope, &round.code, unit, None).await?;
        let in_review = match sight {
            Sight::Everything => newest.clone(),
            Sight::Published => {
                let number = settled.as_deref().and_then(|settled| settled_revision(settled, unit));
                revision_of(&scope, &round.code, unit, number).await?
            }
        };
        let own = verdict_on(&scope, &round.code, unit, &in_review).await?;
        let shown = self.shown(&scope, &round, unit, &in_review, sight).await?;
        let release = self.known_release(&scope, own.rubric).await?;
        let description = release.descriptions.rubric.as_ref();
        let description = description.ok_or(OperationError::NotPossible { code: "not-a-rubric" })?;
        let mut entries = views(scope.review_entries(&round.code, unit).await?);
        if sight == Sight::Published {
            let published = self.published_entries(&scope, &round, unit, &shown.verdict).await?;
            entries.retain(|view| published.contains(&view.entry.id));
        }
        let place = settled.as_deref().and_then(|settled| final_points(settled, unit, description));
        Ok(ReviewView {
            revision: newest.envelope.revision,
            counted,
            rubric: own.rubric,
            criteria: columns(description, own.score.card(), shown.verdict.score.card(), place.as_ref()),
            totals: ReviewTotals {
                own: own.score.card().map(|card| card.total),
                reviewed: shown.verdict.score.card().map(|card| card.total),
                settled: place.map(|(_, total)| total),
            },
            entries,
        })
    }

    /// Every scorecard that there ever was of a submission, the oldest first.
    pub async fn scorecard_versions(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
    ) -> Result<Vec<ScorecardVersion>, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::ReadReview, federation, unit)?;
        let mut versions = Vec::new();
        for (verdict, at) in scope.verdicts_of_submission(round, unit).await? {
            versions.push(version(&verdict, None, Vec::new(), at));
        }
        for known in scope.assessments(round, unit).await? {
            versions.push(version(&known.verdict, Some(known.review), known.entries, known.at));
        }
        versions.sort_by_key(|version| (version.at, version.revision));
        Ok(versions)
    }

    /// The entries behind a verdict that was published.
    async fn published_entries(
        &self,
        scope: &Scope,
        round: &Round,
        unit: &UnitCode,
        verdict: &Verdict,
    ) -> Result<Vec<ReviewEntryId>, OperationError> {
        let assessments = scope.assessments(&round.code, unit).await?;
        let behind = assessments.into_iter().find(|known| known.verdict.evaluations == verdict.evaluations);
        Ok(behind.map(|known| known.entries).unwrap_or_default())
    }
}

fn version(verdict: &Verdict, review: Option<Digest>, entries: Vec<ReviewEntryId>, at: Timestamp) -> ScorecardVersion {
    let card = verdict.score.card();
    let lines = card.iter().flat_map(|card| &card.lines);
    let lines = lines.map(|line| CriterionPoints { criterion: line.criterion.clone(), points: line.points });
    ScorecardVersion {
        revision: verdict.revision,
        rubric: verdict.rubric,
        review,
        entries,
        at,
        lines: lines.collect(),
        total: card.map(|card| card.total),
    }
}

fn columns(
    description: &Description,
    own: Option<&Scorecard>,
    reviewed: Option<&Scorecard>,
    place: Option<&(Vec<CriterionPoints>, Points)>,
) -> Vec<ReviewColumn> {
    let of_card = |card: Option<&Scorecard>, criterion: &str, pass: Pass| {
        let line = card?.lines.iter().find(|line| line.criterion == criterion)?;
        (pass == Pass::OfUnit).then_some(line.points)
    };
    let column = |criterion: &domain::rubric::Criterion| ReviewColumn {
        criterion: criterion.id.clone(),
        label: criterion.label.clone(),
        own: of_card(own, &criterion.id, criterion.pass),
        reviewed: of_card(reviewed, &criterion.id, criterion.pass),
        settled: place
            .and_then(|(lines, _)| lines.iter().find(|line| line.criterion == criterion.id).map(|line| line.points)),
    };
    description.scored().map(column).collect()
}

/// A unit's final points per criterion and its total in a settlement.
pub(crate) fn final_points(
    settled: &Settled,
    unit: &UnitCode,
    description: &Description,
) -> Option<(Vec<CriterionPoints>, Points)> {
    let (cohort, member) = settled.cohorts.iter().find_map(|cohort| Some((cohort, cohort.index_of(unit)?)))?;
    Some((cohort.lines_of(member, description), *cohort.settlement.totals.get(member)?))
}

fn settled_revision(settled: &Settled, unit: &UnitCode) -> Option<u32> {
    settled.cohorts.iter().find_map(|cohort| cohort.revisions.get(cohort.index_of(unit)?).copied())
}
