//! Rounds: changed by compare-and-swap, because two people may steer one round.

use domain::activation::{ActivationAct, Decision, Signatory};
use domain::audit::Act;
use domain::ids::{FederationCode, RoundCode};
use domain::release::PluginKind;
use domain::round::{Round, RoundAct, RoundState};
use futures::FutureExt as _;
use sqlx::AnyConnection;

use crate::body::{bodies, body, counted, pack, parsed};
use crate::changes::{self, Change};
use crate::error::already_there;
use crate::member_notice::Rows;
use crate::{NewMemberNotice, Scope, Store, StoreError, activation, appeal, draft, pin};

impl Store {
    /// The rounds of all federations that the clock has something to do for, planned and open ones, with their versions.
    pub async fn rounds_on_the_clock(&self) -> Result<Vec<(FederationCode, Round, u64)>, StoreError> {
        let rows = sqlx::query(
            "SELECT federation, version, body FROM rounds WHERE state IN ('planned', 'open') ORDER BY federation, code",
        )
        .fetch_all(self.readers())
        .await?;
        let read =
            |row| Ok((parsed(row, "federation", "round")?, body(row, "round")?, counted(row, "version", "round")?));
        rows.iter().map(read).collect()
    }
}

impl Scope {
    /// Opens a round: what it is opened with is pinned; [`StoreError::Withdrawn`] where that was withdrawn.
    pub async fn open_round(&self, round: &Round, act: Act) -> Result<(), StoreError> {
        let (round, packed) = (round.clone(), pack(round)?);
        let federation = self.code.clone();
        self.record(act, move |connection, entry| {
            async move {
                sqlx::query(
                    "INSERT INTO rounds (federation, code, version, state, rubric, body) VALUES ($1, $2, 1, $3, $4, $5)",
                )
                .bind(federation.as_str())
                .bind(round.code.as_str())
                .bind(round.state.code())
                .bind(round.rubric.to_string())
                .bind(packed)
                .execute(&mut *connection)
                .await
                .map_err(already_there("round"))?;
                pin::keep_first(connection, &federation, &round, entry).await
            }
            .boxed()
        })
        .await
    }

    /// A round and its version, which [`Scope::change_round`] wants back.
    pub async fn round(&self, code: &RoundCode) -> Result<Option<(Round, u64)>, StoreError> {
        let row = sqlx::query("SELECT version, body FROM rounds WHERE federation = $1 AND code = $2")
            .bind(self.code.as_str())
            .bind(code.as_str())
            .fetch_optional(self.readers())
            .await?;
        row.map(|row| Ok((body(&row, "round")?, counted(&row, "version", "round")?))).transpose()
    }

    /// All rounds, in order of their codes.
    pub async fn rounds(&self) -> Result<Vec<Round>, StoreError> {
        let rows = sqlx::query("SELECT body FROM rounds WHERE federation = $1 ORDER BY code")
            .bind(self.code.as_str())
            .fetch_all(self.readers())
            .await?;
        bodies(&rows, "round")
    }

    /// Takes a round a step on or changes what it says, if it still has the version that this was decided on; else [`StoreError::Stale`] with its
    /// version now. Once it keeps its releases, proposals to replace them are overtaken.
    pub async fn change_round(
        &self,
        round: &Round,
        from_version: u64,
        by: &Signatory,
        act: Act,
    ) -> Result<(), StoreError> {
        self.change_round_and_tell(round, from_version, by, Vec::new(), act).await
    }

    /// The same, with what members are told of it.
    pub async fn change_round_and_tell(
        &self,
        round: &Round,
        from_version: u64,
        by: &Signatory,
        notices: Vec<NewMemberNotice>,
        act: Act,
    ) -> Result<(), StoreError> {
        let told = Rows::of(&notices)?;
        let round = round.clone();
        let overtaken =
            Decision { act: ActivationAct::Overtake, by: by.clone(), at: act.at, reason: act.reason.clone() };
        let federation = self.code.clone();
        self.record(act, move |connection, entry| {
            async move {
                let now = body_of(connection, &federation, &round.code).await?;
                let (before, version) = now.ok_or(StoreError::Missing("round"))?;
                if version != from_version {
                    return Err(StoreError::Stale { current: u32::try_from(version).ok() });
                }
                // Its releases are replaced by a swap only, which keeps the pins.
                if [PluginKind::Rubric, PluginKind::Report]
                    .iter()
                    .any(|kind| before.pinned(*kind) != round.pinned(*kind))
                {
                    return Err(StoreError::RoundMoved);
                }
                if round.state == RoundState::Final {
                    appeal::none_waits(connection, &federation, &round.code).await?;
                }
                if matches!(round.state, RoundState::Final | RoundState::Archived) {
                    draft::remove_all(connection, &federation, &round.code).await?;
                }
                change(connection, &federation, &round).await?;
                told.keep(connection, &federation).await?;
                if round.pins_fixed {
                    activation::overtake(connection, &federation, &round.code, entry, &overtaken, |_| true).await?;
                }
                changes::tell(connection, &Change::Round(federation, round.code)).await
            }
            .boxed()
        })
        .await
    }
}

/// Whether a round still allows an act, seen from inside a transaction that has the federation to itself; else
/// [`StoreError::RoundMoved`].
pub(crate) async fn still_allows(
    connection: &mut AnyConnection,
    federation: &FederationCode,
    code: &RoundCode,
    act: RoundAct,
) -> Result<(), StoreError> {
    let (round, _) = body_of(connection, federation, code).await?.ok_or(StoreError::Missing("round"))?;
    round.allows(act).map_err(|_| StoreError::RoundMoved)
}

/// A round and its version, seen from inside a transaction.
pub(crate) async fn body_of(
    connection: &mut AnyConnection,
    federation: &FederationCode,
    code: &RoundCode,
) -> Result<Option<(Round, u64)>, StoreError> {
    let row = sqlx::query("SELECT version, body FROM rounds WHERE federation = $1 AND code = $2")
        .bind(federation.as_str())
        .bind(code.as_str())
        .fetch_optional(connection)
        .await?;
    row.map(|row| Ok((body(&row, "round")?, counted(&row, "version", "round")?))).transpose()
}

/// Changes a round that was looked at in the same transaction.
pub(crate) async fn change(
    connection: &mut AnyConnection,
    federation: &FederationCode,
    round: &Round,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE rounds SET version = version + 1, state = $3, rubric = $4, body = $5
         WHERE federation = $1 AND code = $2",
    )
    .bind(federation.as_str())
    .bind(round.code.as_str())
    .bind(round.state.code())
    .bind(round.rubric.to_string())
    .bind(pack(round)?)
    .execute(connection)
    .await?;
    Ok(())
}
