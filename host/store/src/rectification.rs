//! What members have to put right, with everything that was done about it.

use std::collections::BTreeMap;

use domain::audit::Act;
use domain::ids::{RectificationId, RoundCode, UnitCode};
use domain::limits::{RECTIFICATION_STEPS_MAX, RECTIFICATIONS_LISTED_MAX, RECTIFICATIONS_MAX};
use domain::rectification::{KnownRectification, Rectification, RectificationStep};
use futures::FutureExt as _;
use jiff::civil::Date;
use sqlx::any::AnyRow;

use crate::audit::Chain;
use crate::body::{bodies, body, counted, limit, pack, parsed};
use crate::error::already_there;
use crate::member_notice::Rows;
use crate::{NewMemberNotice, Scope, StoreError};

const WHAT: &str = "rectification";
const STEP: &str = "rectification step";

impl Scope {
    /// Keeps items of one unit in one round, all or nothing; `AlreadyThere("rectification")` where there is one of the same cause,
    /// [`StoreError::Full`] where the unit would have too many.
    pub async fn keep_rectifications(&self, items: &[Rectification], act: Act) -> Result<(), StoreError> {
        let items = items.iter().map(|item| Ok((item.clone(), pack(item)?))).collect::<Result<Vec<_>, StoreError>>()?;
        let federation = self.code.clone();
        self.record(act, move |connection, entry| {
            async move {
                for (place, (item, packed)) in (0_i64..).zip(items) {
                    let row = sqlx::query(
                        "SELECT COUNT(*) AS items FROM rectifications WHERE federation = $1 AND round = $2 AND unit = $3",
                    )
                    .bind(federation.as_str())
                    .bind(item.round.as_str())
                    .bind(item.unit.as_str())
                    .fetch_one(&mut *connection)
                    .await?;
                    if counted::<usize>(&row, "items", WHAT)? >= RECTIFICATIONS_MAX {
                        return Err(StoreError::Full(WHAT));
                    }
                    sqlx::query(
                        "INSERT INTO rectifications (federation, id, round, unit, cause, entry, place, body)
                         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                    )
                    .bind(federation.as_str())
                    .bind(item.id.to_string())
                    .bind(item.round.as_str())
                    .bind(item.unit.as_str())
                    .bind(item.cause.identity())
                    .bind(entry)
                    .bind(place)
                    .bind(packed)
                    .execute(&mut *connection)
                    .await
                    .map_err(already_there(WHAT))?;
                }
                Ok(())
            }
            .boxed()
        })
        .await
    }

    /// Keeps a step as that of a number, counted from 1; [`StoreError::Stale`] where it is not the next one, [`StoreError::Full`] where
    /// there are too many.
    pub async fn keep_rectification_step(
        &self,
        id: RectificationId,
        number: u32,
        step: &RectificationStep,
        act: Act,
    ) -> Result<(), StoreError> {
        let (federation, packed) = (self.code.clone(), pack(step)?);
        self.record(act, move |connection, entry| {
            async move {
                let row = sqlx::query(
                    "SELECT COUNT(*) AS steps FROM rectification_steps WHERE federation = $1 AND rectification = $2",
                )
                .bind(federation.as_str())
                .bind(id.to_string())
                .fetch_one(&mut *connection)
                .await?;
                let done: u32 = counted(&row, "steps", STEP)?;
                if number != done.saturating_add(1) {
                    return Err(StoreError::Stale { current: Some(done) });
                }
                if usize::try_from(done).unwrap_or(usize::MAX) >= RECTIFICATION_STEPS_MAX {
                    return Err(StoreError::Full(STEP));
                }
                sqlx::query(
                    "INSERT INTO rectification_steps (federation, rectification, number, entry, body)
                     VALUES ($1, $2, $3, $4, $5)",
                )
                .bind(federation.as_str())
                .bind(id.to_string())
                .bind(i64::from(number))
                .bind(entry)
                .bind(packed)
                .execute(connection)
                .await
                .map_err(already_there(STEP))?;
                Ok(())
            }
            .boxed()
        })
        .await
    }

    /// What a unit has or had to put right, of all rounds, in the order in which it was opened.
    pub async fn rectifications_of_unit(&self, unit: &UnitCode) -> Result<Vec<KnownRectification>, StoreError> {
        let items = sqlx::query(
            "SELECT body FROM rectifications WHERE federation = $1 AND unit = $2 ORDER BY entry DESC, place DESC LIMIT $3",
        )
        .bind(self.code.as_str())
        .bind(unit.as_str())
        .bind(limit(RECTIFICATIONS_LISTED_MAX))
        .fetch_all(self.readers())
        .await?;
        let steps = sqlx::query(
            "SELECT rectification, step.body AS body FROM rectification_steps AS step
             JOIN rectifications AS item ON item.federation = step.federation AND item.id = step.rectification
             WHERE step.federation = $1 AND item.unit = $2 ORDER BY number",
        )
        .bind(self.code.as_str())
        .bind(unit.as_str())
        .fetch_all(self.readers())
        .await?;
        known(&items, &steps)
    }

    /// What everybody has or had to put right, from one round or from all, in the order in which it was opened; of very many the newest.
    pub async fn rectifications(&self, round: Option<&RoundCode>) -> Result<Vec<KnownRectification>, StoreError> {
        let items = sqlx::query(
            "SELECT body FROM rectifications WHERE federation = $1 AND (round = $2 OR $2 = '')
             ORDER BY entry DESC, place DESC LIMIT $3",
        )
        .bind(self.code.as_str())
        .bind(round.map_or("", RoundCode::as_str))
        .bind(limit(RECTIFICATIONS_LISTED_MAX))
        .fetch_all(self.readers())
        .await?;
        let steps = sqlx::query(
            "SELECT rectification, step.body AS body FROM rectification_steps AS step
             JOIN rectifications AS item ON item.federation = step.federation AND item.id = step.rectification
             WHERE step.federation = $1 AND (item.round = $2 OR $2 = '') ORDER BY number",
        )
        .bind(self.code.as_str())
        .bind(round.map_or("", RoundCode::as_str))
        .fetch_all(self.readers())
        .await?;
        known(&items, &steps)
    }

    /// One item of a unit in a round.
    pub async fn rectification(
        &self,
        round: &RoundCode,
        unit: &UnitCode,
        id: RectificationId,
    ) -> Result<Option<KnownRectification>, StoreError> {
        let row = sqlx::query(
            "SELECT body FROM rectifications WHERE federation = $1 AND id = $2 AND round = $3 AND unit = $4",
        )
        .bind(self.code.as_str())
        .bind(id.to_string())
        .bind(round.as_str())
        .bind(unit.as_str())
        .fetch_optional(self.readers())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let steps = sqlx::query(
            "SELECT body FROM rectification_steps WHERE federation = $1 AND rectification = $2 ORDER BY number",
        )
        .bind(self.code.as_str())
        .bind(id.to_string())
        .fetch_all(self.readers())
        .await?;
        Ok(Some(KnownRectification { rectification: body(&row, WHAT)?, steps: bodies(&steps, STEP)? }))
    }
}

/// Items, the newest first, with their steps, the oldest first. A step that came between the two readings of an item that is not among them
/// is left out.
fn known(items: &[AnyRow], steps: &[AnyRow]) -> Result<Vec<KnownRectification>, StoreError> {
    let mut steps_of: BTreeMap<RectificationId, Vec<RectificationStep>> = BTreeMap::new();
    for row in steps {
        steps_of.entry(parsed(row, "rectification", STEP)?).or_default().push(body(row, STEP)?);
    }
    let items: Vec<Rectification> = bodies(items, WHAT)?;
    let items = items.into_iter().rev().map(|rectification| {
        let steps = steps_of.remove(&rectification.id).unwrap_or_default();
        KnownRectification { rectification, steps }
    });
    Ok(items.collect())
}

impl Scope {
    /// Gives the reminder that something is overdue, once for the day that it was due on; `false`, and nothing is kept, where it was given.
    pub async fn remind_of_rectification(
        &self,
        id: RectificationId,
        due_on: Date,
        notices: &[NewMemberNotice],
        act: Act,
    ) -> Result<bool, StoreError> {
        let rows = Rows::of(notices)?;
        let federation = self.code.clone();
        let write = self.write(move |connection| {
            async move {
                let chain = Chain::hold(connection, federation.clone()).await?;
                let given = sqlx::query(
                    "INSERT INTO rectification_reminders (federation, rectification, due_on, entry)
                     VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                )
                .bind(federation.as_str())
                .bind(id.to_string())
                .bind(due_on.to_string())
                .bind(chain.next()?)
                .execute(&mut *connection)
                .await?;
                if given.rows_affected() == 0 {
                    return Ok(false);
                }
                rows.keep(connection, &federation).await?;
                chain.append(connection, act).await?;
                Ok(true)
            }
            .boxed()
        });
        write.await
    }
}
