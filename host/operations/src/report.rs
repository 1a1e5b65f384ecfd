//! A report is rendered: the federation's of a roll-up, or one member's own.

use std::sync::Arc;

use documents::{Format, Style};
use domain::access::{Caller, Operation};
use domain::cohort::median;
use domain::digest::Digest;
use domain::document::Document;
use domain::ids::{EvaluationId, FederationCode, RoundCode, UnitCode};
use domain::release::Release;
use domain::report::{DocumentKind, MemberReport, Request, Standing};
use domain::roll_up::reported_round;
use domain::round::Round;
use domain::rubric::Description;
use domain::scorecard::CriterionPoints;
use domain::verdict::Scored;
use store::{Revision, Scope};

use crate::error::OperationError;
use crate::explain::place_of;
use crate::office::Office;
use crate::origins::Origins;
use crate::rendering::Rendered;
use crate::review_round::counting;
use crate::shown::Shown;

impl Office {
    /// The report that a release composed of the newest roll-up.
    pub async fn report(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        report: Digest,
        format: Format,
    ) -> Result<Rendered, OperationError> {
        let scope = self.scope(caller, Operation::ReadRollUp, federation)?;
        let kept = scope.latest_roll_up(round).await?.ok_or(OperationError::NotPossible { code: "not-rolled-up" })?;
        let document = kept.documents.iter().find(|document| document.report == report);
        let document = document.ok_or(OperationError::Missing("report"))?;
        let (whole, _) = scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        let mut origins = Origins::of_round(&document.document.language, &whole, report);
        if format.has_room_for_origins() {
            origins = origins.with_roll_up(&scope, &kept).await?;
        }
        let whole = Arc::new(document.document.clone());
        self.render(&scope, whole, Some(document.evaluation), origins, format).await
    }

    /// A unit's own report of its newest revision that counts; without a release by the first of the round's that composes such.
    pub async fn member_report(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        report: Option<Digest>,
        format: Format,
    ) -> Result<Rendered, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::ReadSubmission, federation, unit)?;
        let (round, _) = scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        let release = self.composer_of(&scope, &round, DocumentKind::MemberReport, report).await?;
        let revision = newest_counted(&scope, &round, unit).await?;
        let sight = self.sight(caller, federation, &round, unit);
        let shown = self.shown(&scope, &round, unit, &revision, sight).await?;
        let request = self.member_request(&scope, &round, unit, &revision, &shown).await?;
        let document = self.document_of(&scope, &release, request).await?;
        let origins = Origins::of_round(&document.language, &round, release.digest).with_unit(unit);
        let origins = origins.with_revision(&revision, shown.verdict.rubric);
        self.render(&scope, document, None, origins, format).await
    }

    /// A report of the round that composes a kind of document.
    pub(crate) async fn composer_of(
        &self,
        scope: &Scope,
        round: &Round,
        kind: DocumentKind,
        report: Option<Digest>,
    ) -> Result<std::sync::Arc<Release>, OperationError> {
        for digest in round.reports.iter().filter(|digest| report.is_none_or(|wanted| wanted == **digest)) {
            let release = self.known_release(scope, *digest).await?;
            let composes = release.descriptions.report.as_ref().map(|report| report.composes.as_slice());
            if composes.unwrap_or_default().contains(&kind) {
                return Ok(release);
            }
        }
        Err(OperationError::NotPossible { code: "no-such-document" })
    }

    async fn member_request(
        &self,
        scope: &Scope,
        round: &Round,
        unit: &UnitCode,
        revision: &Revision,
        shown: &Shown,
    ) -> Result<Request, OperationError> {
        let Shown { verdict, settled } = shown;
        let federation = scope.federation().await?.ok_or(OperationError::Missing("federation"))?;
        let unit = scope.unit(unit).await?.ok_or(OperationError::Missing("unit"))?;
        let release = self.known_release(scope, verdict.rubric).await?;
        let description = release.descriptions.rubric.as_ref();
        let description = description.ok_or(OperationError::NotPossible { code: "not-a-rubric" })?;
        let scorecard = match &verdict.score {
            Scored::Card(card) => card.clone(),
            Scored::Refused(refusal) => return Err(OperationError::Refused(refusal.clone())),
        };
        let standing =
            settled.as_deref().and_then(|settled| place_of(settled, &unit.code, verdict.revision)).map(|place| {
                let (settlement, member) = (place.settlement, place.member);
                Standing {
                    total: settlement.totals[member],
                    grade: settlement.grades[member],
                    rank: settlement.ranks[member],
                    ranked: u32::try_from(settlement.ranks.len()).unwrap_or(u32::MAX),
                    median: median(&settlement.totals),
                    lines: cohort_lines(description, place.settlement, member),
                }
            });
        Ok(Request::MemberReport(Box::new(MemberReport {
            round: reported_round(&federation, round, description, self.day_of(round.due_at)),
            unit: unit.as_seen_by_rubrics(round.period.end()),
            issued_on: self.day_of(self.now()),
            receipt_number: revision.receipt.body.number.clone(),
            revision: verdict.revision,
            answers: scope.blob(revision.answers).await?.ok_or(OperationError::Missing("blob"))?,
            findings: verdict.findings.clone(),
            scorecard,
            standing,
        })))
    }

    /// The document of a request: composed once, and remembered for those who ask again.
    pub(crate) async fn document_of(
        &self,
        scope: &Scope,
        release: &Release,
        request: Request,
    ) -> Result<Arc<Document>, OperationError> {
        let digest = Digest::of(&rmp_serde::to_vec_named(&request).map_err(OperationError::host)?);
        let key = (release.digest, digest);
        if let Some(known) = self.house.documents.get(&key, self.now()) {
            return Ok(known);
        }
        let (document, evaluation) = self.compose(scope, release, request).await?;
        scope.keep_evaluations(std::slice::from_ref(&evaluation)).await?;
        Ok(self.house.documents.keep(key, document, self.now()))
    }

    pub(crate) async fn render(
        &self,
        scope: &Scope,
        document: Arc<Document>,
        evaluation: Option<EvaluationId>,
        origins: Origins,
        format: Format,
    ) -> Result<Rendered, OperationError> {
        let evaluation = evaluation.map(|id| format!(" · {id}")).unwrap_or_default();
        let provenance = format!("{}{evaluation}", origins.report().short());
        let style = Style { origins: origins.lines(), ..self.style(scope, provenance).await? };
        self.rendered(document, format, style).await
    }
}

/// The points of the criteria of the cohort pass.
fn cohort_lines(
    description: &Description,
    settlement: &domain::settlement::Settlement,
    member: usize,
) -> Vec<CriterionPoints> {
    let columns = description.scored().filter_map(|criterion| {
        let column = settlement.columns.iter().find(|column| column.criterion == criterion.id)?;
        Some(CriterionPoints { criterion: criterion.id.clone(), points: *column.points.get(member)? })
    });
    columns.collect()
}

async fn newest_counted(scope: &Scope, round: &Round, unit: &UnitCode) -> Result<Revision, OperationError> {
    let number = scope.counted_revision(&round.code, unit, counting(round)).await?;
    let number = number.ok_or(OperationError::NotPossible { code: "nothing-accepted" })?;
    scope.revision(&round.code, unit, number).await?.ok_or(OperationError::Missing("revision"))
}
