//! Notices to members: kept with what they tell of, and put into the outbox in the same transaction.

use domain::audit::Act;
use domain::delivery::Channel;
use domain::ids::{DeliveryId, FederationCode, NoticeId, RoundCode, UnitCode};
use domain::member_notice::MemberNotice;
use domain::notice::Notice;
use futures::FutureExt as _;
use jiff::Timestamp;
use sqlx::AnyConnection;

use crate::audit::Chain;
use crate::body::{bodies, limit, nanoseconds, pack};
use crate::error::already_there;
use crate::script::Script;
use crate::{Scope, StoreError, notice};

const WHAT: &str = "notice";
/// Rows that one insert takes: their parameters stay far below what a statement may have.
const ROWS_PER_INSERT: usize = 500;

/// A notice about to be given, with the ways on which it leaves the house.
#[derive(Clone, Debug)]
pub struct NewMemberNotice {
    /// The notice.
    pub notice: MemberNotice,
    /// The ways, each with the identifier that its delivery gets.
    pub channels: Vec<(DeliveryId, Channel)>,
}

/// A reminder about to be given.
#[derive(Clone, Debug)]
pub struct NewReminder {
    /// The round.
    pub round: RoundCode,
    /// How many days after the due date; before it where negative.
    pub days: i16,
    /// The due date that it counts from: a round that is put off reminds anew.
    pub due_at: Timestamp,
    /// Who is reminded.
    pub notices: Vec<NewMemberNotice>,
    /// What the administration is told, where it is told anything.
    pub to_administration: Option<Notice>,
}

impl Scope {
    /// The notices to a unit about a round before one, the newest first; from the newest without one.
    pub async fn member_notices(
        &self,
        round: &RoundCode,
        unit: &UnitCode,
        before: Option<NoticeId>,
        items: usize,
    ) -> Result<Vec<MemberNotice>, StoreError> {
        // No identifier sorts behind it.
        let before = before.map_or_else(|| "~".to_owned(), |id| id.to_string());
        let rows = sqlx::query(
            "SELECT body FROM member_notices WHERE federation = $1 AND round = $2 AND unit = $3 AND id < $4
             ORDER BY id DESC LIMIT $5",
        )
        .bind(self.code.as_str())
        .bind(round.as_str())
        .bind(unit.as_str())
        .bind(before)
        .bind(limit(items))
        .fetch_all(self.readers())
        .await?;
        bodies(&rows, WHAT)
    }

    /// Gives notices to members, with an entry in the audit log of what they tell of.
    pub async fn tell_members(&self, notices: Vec<NewMemberNotice>, act: Act) -> Result<(), StoreError> {
        let rows = Rows::of(&notices)?;
        let federation = self.code.clone();
        self.record(act, move |connection, _| async move { rows.keep(connection, &federation).await }.boxed()).await
    }

    /// Which reminders of a round were given for a due date, in days after it.
    pub async fn reminders_given(&self, round: &RoundCode, due_at: Timestamp) -> Result<Vec<i16>, StoreError> {
        let rows =
            sqlx::query("SELECT days FROM reminders WHERE federation = $1 AND round = $2 AND due = $3 ORDER BY days")
                .bind(self.code.as_str())
                .bind(round.as_str())
                .bind(due_at.to_string())
                .fetch_all(self.readers())
                .await?;
        rows.iter().map(|row| days(row)).collect()
    }

    /// Gives a reminder; `false`, and nothing is kept, where it was given already.
    pub async fn give_reminder(&self, reminder: NewReminder, act: Act) -> Result<bool, StoreError> {
        let rows = Rows::of(&reminder.notices)?;
        let federation = self.code.clone();
        let write = self.write(move |connection| {
            async move {
                let chain = Chain::hold(connection, federation.clone()).await?;
                let given = sqlx::query(
                    "INSERT INTO reminders (federation, round, days, due, entry) VALUES ($1, $2, $3, $4, $5)
                     ON CONFLICT DO NOTHING",
                )
                .bind(federation.as_str())
                .bind(reminder.round.as_str())
                .bind(i64::from(reminder.days))
                .bind(reminder.due_at.to_string())
                .bind(chain.next()?)
                .execute(&mut *connection)
                .await?;
                if given.rows_affected() == 0 {
                    return Ok(false);
                }
                rows.keep(connection, &federation).await?;
                if let Some(told) = &reminder.to_administration {
                    notice::keep(connection, &federation, told).await?;
                }
                chain.append(connection, act).await?;
                Ok(true)
            }
            .boxed()
        });
        write.await
    }
}

fn days(row: &sqlx::any::AnyRow) -> Result<i16, StoreError> {
    use sqlx::Row as _;
    let days: i64 = row.try_get("days")?;
    i16::try_from(days).map_err(|_| StoreError::Corrupt { what: "reminder", why: "`days` is out of range".to_owned() })
}

/// Notices and their deliveries, packed on the caller's time.
pub(crate) struct Rows {
    notices: Vec<(MemberNotice, Vec<u8>)>,
    deliveries: Vec<(DeliveryId, NoticeId, &'static str, Vec<u8>, Timestamp)>,
}

impl Rows {
    pub(crate) fn of(new: &[NewMemberNotice]) -> Result<Self, StoreError> {
        let mut rows = Self { notices: Vec::new(), deliveries: Vec::new() };
        for NewMemberNotice { notice, channels } in new {
            rows.notices.push((notice.clone(), pack(notice)?));
            for (id, channel) in channels {
                rows.deliveries.push((*id, notice.id, channel.code(), pack(channel)?, notice.at));
            }
        }
        Ok(rows)
    }

    pub(crate) async fn keep(
        self,
        connection: &mut AnyConnection,
        federation: &FederationCode,
    ) -> Result<(), StoreError> {
        let mut script = Script::default();
        let notices = self.notices.into_iter().map(|(notice, packed)| {
            [notice.id.to_string().into(), notice.round.as_str().into(), notice.unit.as_str().into(), packed.into()]
        });
        let sql = |rows| format!("INSERT INTO member_notices (federation, id, round, unit, body) VALUES {rows}");
        script.add_rows(sql, ROWS_PER_INSERT, [federation.as_str()], notices.collect());
        let deliveries = self.deliveries.into_iter().map(|(id, notice, channel, packed, at)| {
            [
                id.to_string().into(),
                notice.to_string().into(),
                channel.into(),
                packed.into(),
                "waiting".into(),
                0_i64.into(),
                nanoseconds(at).into(),
                0_i64.into(),
            ]
        });
        let sql = |rows| {
            format!(
                "INSERT INTO deliveries
                   (federation, id, notice, channel, body, state, attempts, next_at, lease_until) VALUES {rows}"
            )
        };
        script.add_rows(sql, ROWS_PER_INSERT, [federation.as_str()], deliveries.collect());
        script.run(connection).await.map_err(already_there(WHAT))
    }
}
