//! Addresses: the codes in a path. A code that cannot exist is an address that does not, long before anything is looked up.

use axum::extract::{FromRequestParts, Path, Query};
use axum::http::request::Parts;
use domain::delivery::DeliveryState;
use domain::digest::Digest;
use domain::ids::{
    AccountId, ActivationId, AppealId, AttachmentId, DeliveryId, EvaluationId, FederationCode, JobId, NoticeId,
    PublicationId, RectificationId, ReviewEntryId, RoundCode, SettlementId, TokenId, TrialId, UnitCode,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::IntoParams;

use crate::kind::Kind;
use crate::problem::Problem;

/// Below this the interface stands.
pub(crate) const ROOT: &str = "/api/v1";

/// The codes of a path, parsed.
pub(crate) struct Address<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Address<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let parsed = Path::from_request_parts(parts, state).await;
        parsed.map(|Path(codes)| Self(codes)).map_err(|_| Problem::of(Kind::NoSuchAddress))
    }
}

/// What stands behind the question mark, parsed.
pub(crate) struct Choices<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Choices<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let parsed = Query::from_request_parts(parts, state).await;
        parsed.map(|Query(choices)| Self(choices)).map_err(|_| Problem::of(Kind::QueryNotUnderstood))
    }
}

/// A federation.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct InFederation {
    /// The federation's code.
    #[param(value_type = String)]
    pub(crate) federation: FederationCode,
}

/// An account of a federation.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct OfAccount {
    /// The federation's code.
    #[param(value_type = String)]
    pub(crate) federation: FederationCode,
    /// The account's identifier.
    #[param(value_type = String)]
    pub(crate) account: AccountId,
}

/// A token of a federation's people.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct OfToken {
    /// The federation's code.
    #[param(value_type = String)]
    pub(crate) federation: FederationCode,
    /// The token's identifier.
    #[param(value_type = String)]
    pub(crate) token: TokenId,
}

/// A token of one's own.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct OfOwnToken {
    /// The token's identifier.
    #[param(value_type = String)]
    pub(crate) token: TokenId,
}

/// An org unit of a federation.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct OfOrgUnit {
    /// The federation's code.
    #[param(value_type = String)]
    pub(crate) federation: FederationCode,
    /// The unit's code.
    #[param(value_type = String)]
    pub(crate) unit: UnitCode,
}

/// A release of a federation.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct OfRelease {
    /// The federation's code.
    #[param(value_type = String)]
    pub(crate) federation: FederationCode,
    /// The component's SHA-256 digest, 64 hexadecimal digits.
    #[param(value_type = String)]
    pub(crate) release: Digest,
}

/// A round of a federation.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct InRound {
    /// The federation's code.
    #[param(value_type = String)]
    pub(crate) federation: FederationCode,
    /// The round's code.
    #[param(value_type = String)]
    pub(crate) round: RoundCode,
}

/// A unit in a round.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct OfUnit {
    /// The federation's code.
    #[param(value_type = String)]
    pub(crate) federation: FederationCode,
    /// The round's code.
    #[param(value_type = String)]
    pub(crate) round: RoundCode,
    /// The unit's code.
    #[param(value_type = String)]
    pub(crate) unit: UnitCode,
}

impl InFederation {
    /// Where the console shows it.
    pub(crate) fn page(&self) -> String {
        format!("/federations/{}", self.federation)
    }
}

impl InRound {
    /// Where the console shows it.
    pub(crate) fn page(&self) -> String {
        format!("/federations/{}/rounds/{}", self.federation, self.round)
    }
}

impl OfUnit {
    /// Where the console shows the unit in the round.
    pub(crate) fn page(&self) -> String {
        format!("/federations/{}/rounds/{}/units/{}", self.federation, self.round, self.unit)
    }

    /// Where the console shows the round.
    pub(crate) fn page_of_round(&self) -> String {
        format!("/federations/{}/rounds/{}", self.federation, self.round)
    }
}

/// A revision of a unit in a round.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct OfRevision {
    /// The federation's code.
    #[param(value_type = String)]
    pub(crate) federation: FederationCode,
    /// The round's code.
    #[param(value_type = String)]
    pub(crate) round: RoundCode,
    /// The unit's code.
    #[param(value_type = String)]
    pub(crate) unit: UnitCode,
    /// Counts from 1.
    pub(crate) revision: u32,
}

/// A report of a round.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct OfReport {
    /// The federation's code.
    #[param(value_type = String)]
    pub(crate) federation: FederationCode,
    /// The round's code.
    #[param(value_type = String)]
    pub(crate) round: RoundCode,
    /// The digest of the report's release.
    #[param(value_type = String)]
    pub(crate) release: Digest,
}

/// A job of a federation.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct OfJob {
    /// The federation's code.
    #[param(value_type = String)]
    pub(crate) federation: FederationCode,
    /// The job's identifier.
    #[param(value_type = String)]
    pub(crate) job: JobId,
}

/// A recorded evaluation of a federation.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct OfEvaluation {
    /// The federation's code.
    #[param(value_type = String)]
    pub(crate) federation: FederationCode,
    /// The evaluation's identifier.
    #[param(value_type = String)]
    pub(crate) evaluation: EvaluationId,
}

/// A proposal of a round.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct OfActivation {
    /// The federation's code.
    #[param(value_type = String)]
    pub(crate) federation: FederationCode,
    /// The round's code.
    #[param(value_type = String)]
    pub(crate) round: RoundCode,
    /// The proposal's identifier.
    #[param(value_type = String)]
    pub(crate) activation: ActivationId,
}

/// An entry of a reviewer on a unit's submission.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct OfReviewEntry {
    /// The federation's code.
    #[param(value_type = String)]
    pub(crate) federation: FederationCode,
    /// The round's code.
    #[param(value_type = String)]
    pub(crate) round: RoundCode,
    /// The unit's code.
    #[param(value_type = String)]
    pub(crate) unit: UnitCode,
    /// The entry's identifier.
    #[param(value_type = String)]
    pub(crate) entry: ReviewEntryId,
}

/// An appeal of a unit.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct OfAppeal {
    /// The federation's code.
    #[param(value_type = String)]
    pub(crate) federation: FederationCode,
    /// The round's code.
    #[param(value_type = String)]
    pub(crate) round: RoundCode,
    /// The unit's code.
    #[param(value_type = String)]
    pub(crate) unit: UnitCode,
    /// The appeal's identifier.
    #[param(value_type = String)]
    pub(crate) appeal: AppealId,
}

/// Something that a unit has to put right.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct OfRectification {
    /// The federation's code.
    #[param(value_type = String)]
    pub(crate) federation: FederationCode,
    /// The code of the round that it comes from.
    #[param(value_type = String)]
    pub(crate) round: RoundCode,
    /// The unit's code.
    #[param(value_type = String)]
    pub(crate) unit: UnitCode,
    /// Its identifier.
    #[param(value_type = String)]
    pub(crate) rectification: RectificationId,
}

/// A file that was attached to a unit's submission.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct OfAttachment {
    /// The federation's code.
    #[param(value_type = String)]
    pub(crate) federation: FederationCode,
    /// The round's code.
    #[param(value_type = String)]
    pub(crate) round: RoundCode,
    /// The unit's code.
    #[param(value_type = String)]
    pub(crate) unit: UnitCode,
    /// Its identifier.
    #[param(value_type = String)]
    pub(crate) attachment: AttachmentId,
}

/// A publication of a round's results.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct OfPublication {
    /// The federation's code.
    #[param(value_type = String)]
    pub(crate) federation: FederationCode,
    /// The round's code.
    #[param(value_type = String)]
    pub(crate) round: RoundCode,
    /// The publication's identifier.
    #[param(value_type = String)]
    pub(crate) publication: PublicationId,
}

/// A trial on a round.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct OfTrial {
    /// The federation's code.
    #[param(value_type = String)]
    pub(crate) federation: FederationCode,
    /// The round's code.
    #[param(value_type = String)]
    pub(crate) round: RoundCode,
    /// The trial's identifier: that of the job that made it.
    #[param(value_type = String)]
    pub(crate) trial: TrialId,
}

/// How to be told what can be read.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ToldHow {
    /// `json`, `html`, `markdown`, `docx`, `xlsx` or `pdf`, and `csv` where there is a table; what `Accept` asks for where it is left out.
    pub(crate) format: Option<String>,
}

/// How a table is wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct TableFormat {
    /// `csv` or `xlsx`; `csv` where it is left out.
    pub(crate) format: Option<String>,
}

/// Another release to hold this one against.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct WithRelease {
    /// The digest of the later release.
    #[param(value_type = String)]
    pub(crate) with: Digest,
    /// `json`, `html`, `markdown`, `docx`, `xlsx` or `pdf`; what `Accept` asks for where it is left out.
    pub(crate) format: Option<String>,
}

/// Another trial to hold this one against.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct WithTrial {
    /// The identifier of the other trial on the round.
    #[param(value_type = String)]
    pub(crate) with: TrialId,
}

/// Which revision.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct WhichRevision {
    /// Counts from 1; the newest where it is left out.
    pub(crate) revision: Option<u32>,
}

/// Which two revisions.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct WhichTwo {
    /// The earlier one.
    pub(crate) from: u32,
    /// The later one.
    pub(crate) to: u32,
}

/// What a workbook amends.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Amends {
    /// `correction`, `supplement` or `restatement`, where something accepted, or due, is amended.
    pub(crate) amendment: Option<String>,
    /// Why.
    pub(crate) reason: Option<String>,
}

/// Which page of a list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct WhichPage {
    /// The `next` of the page before.
    #[param(value_type = Option<String>)]
    pub(crate) after: Option<EvaluationId>,
    /// How many, at most 500; 100 where it is left out.
    pub(crate) limit: Option<usize>,
}

/// Which notices.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct WhichNotices {
    /// Those before this one; from the newest where it is left out.
    #[param(value_type = Option<String>)]
    pub(crate) before: Option<NoticeId>,
    /// How many, at most 500; 100 where it is left out.
    pub(crate) limit: Option<usize>,
}

/// A notice on its way.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct OfDelivery {
    /// The federation's code.
    #[param(value_type = String)]
    pub(crate) federation: FederationCode,
    /// The delivery's identifier.
    #[param(value_type = String)]
    pub(crate) delivery: DeliveryId,
}

/// Which deliveries.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct WhichDeliveries {
    /// `waiting`, `sent` or `gave-up`; all where it is left out.
    #[param(value_type = Option<String>)]
    pub(crate) state: Option<DeliveryState>,
    /// Those before this one; from the newest where it is left out.
    #[param(value_type = Option<String>)]
    pub(crate) before: Option<DeliveryId>,
    /// How many, at most 500; 100 where it is left out.
    pub(crate) limit: Option<usize>,
}

/// Which part of the audit log.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct WhichEntries {
    /// Those after this number; from the first on where it is left out.
    pub(crate) after: Option<u64>,
    /// How many, at most 500; 100 where it is left out.
    pub(crate) limit: Option<usize>,
}

/// Which items of the list of what has to be put right, and how to be told.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct WhichItems {
    /// Those from one round; of all rounds where it is left out.
    #[param(value_type = Option<String>)]
    pub(crate) round: Option<RoundCode>,
    /// Only those about which something is still to be done.
    pub(crate) open: Option<bool>,
    /// Only those that are overdue.
    pub(crate) overdue: Option<bool>,
    /// `json`, `html`, `markdown`, `docx`, `xlsx`, `pdf` or `csv`; what `Accept` asks for where it is left out.
    pub(crate) format: Option<String>,
}

/// Which settlements to compare.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct WhichSettlements {
    /// The earlier one; the newest but one where both are left out.
    #[param(value_type = Option<String>)]
    pub(crate) before: Option<SettlementId>,
    /// The later one; the newest where it is left out.
    #[param(value_type = Option<String>)]
    pub(crate) after: Option<SettlementId>,
}

/// Which report, and how.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct WhichForm {
    /// `html`, `markdown`, `docx`, `xlsx` or `pdf`; what `Accept` asks for where it is left out.
    pub(crate) format: Option<String>,
    /// The digest of the report's release, where a round has several.
    #[param(value_type = Option<String>)]
    pub(crate) report: Option<Digest>,
}

/// Which notice of several, and how.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct WhichNotice {
    /// Counts from 1; the newest where it is left out.
    pub(crate) number: Option<usize>,
    /// `html`, `markdown`, `docx`, `xlsx` or `pdf`; what `Accept` asks for where it is left out.
    pub(crate) format: Option<String>,
    /// The digest of the report's release, where a round has several.
    #[param(value_type = Option<String>)]
    pub(crate) report: Option<Digest>,
}
