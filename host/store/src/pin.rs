//! Pins: which release a round used since when, by the clock of the database, which all hosts share.

use domain::activation::{Pin, PinnedBy};
use domain::digest::Digest;
use domain::ids::{FederationCode, RoundCode};
use domain::limits::REPLACED_GRACE;
use domain::release::PluginKind;
use domain::round::Round;
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use crate::body::parsed;
use crate::database::Dialect;
use crate::{Scope, StoreError, postgres, sqlite, withdrawal};

const WHAT: &str = "pin";

impl Scope {
    /// Everything that was ever pinned to a round, in its order.
    pub async fn pins(&self, round: &RoundCode) -> Result<Vec<Pin>, StoreError> {
        let rows = sqlx::query(
            "SELECT kind, release, replaces, pinned_by, since FROM pins WHERE federation = $1 AND round = $2
             ORDER BY entry, kind, release",
        )
        .bind(self.code.as_str())
        .bind(round.as_str())
        .fetch_all(self.readers())
        .await?;
        let mut pins: Vec<Pin> = rows.iter().map(pin).collect::<Result<_, _>>()?;
        for earlier in 0..pins.len() {
            let (kind, release) = (pins[earlier].kind, pins[earlier].release);
            let mut later = pins[earlier + 1..].iter();
            pins[earlier].until =
                later.find(|pin| pin.kind == kind && pin.replaces == Some(release)).map(|pin| pin.since);
        }
        Ok(pins)
    }
}

fn pin(row: &AnyRow) -> Result<Pin, StoreError> {
    let corrupt = |why: &str| StoreError::Corrupt { what: WHAT, why: why.to_owned() };
    let kind = match row.try_get("kind")? {
        "rubric" => PluginKind::Rubric,
        "report" => PluginKind::Report,
        "reader" => PluginKind::Reader,
        _ => return Err(corrupt("`kind` has not its form")),
    };
    let by = match row.try_get("pinned_by")? {
        "opening" => PinnedBy::Opening,
        "activation" => PinnedBy::Activation,
        "rollback" => PinnedBy::Rollback,
        _ => return Err(corrupt("`pinned_by` has not its form")),
    };
    let replaces: Option<&str> = row.try_get("replaces")?;
    let since = Timestamp::from_millisecond(row.try_get("since")?).map_err(|_| corrupt("`since` is no time"))?;
    Ok(Pin {
        kind,
        release: parsed(row, "release", WHAT)?,
        replaces: replaces.map(|_| parsed(row, "replaces", WHAT)).transpose()?,
        by,
        since,
        until: None,
    })
}

const fn kind_name(kind: PluginKind) -> &'static str {
    match kind {
        PluginKind::Rubric => "rubric",
        PluginKind::Report => "report",
        PluginKind::Reader => "reader",
    }
}

const fn by_name(by: PinnedBy) -> &'static str {
    match by {
        PinnedBy::Opening => "opening",
        PinnedBy::Activation => "activation",
        PinnedBy::Rollback => "rollback",
    }
}

/// What the database's clock says, in milliseconds since 1970.
const fn now_millis(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => sqlite::NOW_MILLIS,
        Dialect::Postgres => postgres::NOW_MILLIS,
    }
}

/// A release that is being pinned.
pub(crate) struct NewPin<'a> {
    pub(crate) federation: &'a FederationCode,
    pub(crate) round: &'a RoundCode,
    /// The audit entry that will say so.
    pub(crate) entry: i64,
    pub(crate) kind: PluginKind,
    pub(crate) release: Digest,
    pub(crate) replaces: Option<Digest>,
    pub(crate) by: PinnedBy,
}

/// Pins a release, from now on; [`StoreError::Withdrawn`] where it was withdrawn.
pub(crate) async fn keep(connection: &mut AnyConnection, new: NewPin<'_>) -> Result<(), StoreError> {
    if withdrawal::is_withdrawn(connection, new.federation, new.release).await? {
        return Err(StoreError::Withdrawn);
    }
    let now = now_millis(Dialect::of(connection));
    let sql = format!(
        "INSERT INTO pins (federation, round, entry, kind, release, replaces, pinned_by, since)
         VALUES ($1, $2, $3, $4, $5, $6, $7, {now})"
    );
    sqlx::query(AssertSqlSafe(sql))
        .bind(new.federation.as_str())
        .bind(new.round.as_str())
        .bind(new.entry)
        .bind(kind_name(new.kind))
        .bind(new.release.to_string())
        .bind(new.replaces.map(|digest| digest.to_string()))
        .bind(by_name(new.by))
        .execute(connection)
        .await?;
    Ok(())
}

/// Pins what a round is opened with.
pub(crate) async fn keep_first(
    connection: &mut AnyConnection,
    federation: &FederationCode,
    round: &Round,
    entry: i64,
) -> Result<(), StoreError> {
    for kind in [PluginKind::Rubric, PluginKind::Report] {
        for release in round.pinned(kind) {
            let (round, by) = (&round.code, PinnedBy::Opening);
            let new = NewPin { federation, round, entry, kind, release: *release, replaces: None, by };
            keep(connection, new).await?;
        }
    }
    Ok(())
}

/// Whether what a rubric has judged may be kept, seen from inside a transaction that has the federation to itself: the rubric is in
/// force, or was until just now; else [`StoreError::RoundMoved`].
pub(crate) async fn still_counts(
    connection: &mut AnyConnection,
    federation: &FederationCode,
    round: &RoundCode,
    rubric: &str,
) -> Result<(), StoreError> {
    let now = sqlx::query("SELECT rubric FROM rounds WHERE federation = $1 AND code = $2")
        .bind(federation.as_str())
        .bind(round.as_str())
        .fetch_optional(&mut *connection)
        .await?
        .ok_or(StoreError::Missing("round"))?;
    if now.try_get::<&str, _>("rubric")? == rubric
        || was_in_force_just_now(connection, federation, round, rubric).await?
    {
        return Ok(());
    }
    Err(StoreError::RoundMoved)
}

/// Whether a rubric that is not in force any more was until just now, by the database's clock: what it had begun to judge may still
/// be kept.
pub(crate) async fn was_in_force_just_now(
    connection: &mut AnyConnection,
    federation: &FederationCode,
    round: &RoundCode,
    rubric: &str,
) -> Result<bool, StoreError> {
    let (now, grace) = (now_millis(Dialect::of(connection)), REPLACED_GRACE.as_millis());
    let sql = format!(
        "SELECT 1 FROM pins WHERE federation = $1 AND round = $2 AND kind = 'rubric' AND replaces = $3
           AND since > {now} - {grace} LIMIT 1"
    );
    let found = sqlx::query(AssertSqlSafe(sql))
        .bind(federation.as_str())
        .bind(round.as_str())
        .bind(rubric)
        .fetch_optional(connection)
        .await?;
    Ok(found.is_some())
}
