//! Check rules: what was decided about the checks of a round's rubric, in the order in which it was decided.

use domain::audit::Act;
use domain::check_rule::CheckRule;
use domain::ids::RoundCode;
use futures::FutureExt as _;

use crate::body::{bodies, pack};
use crate::changes::{self, Change};
use crate::error::already_there;
use crate::{Scope, StoreError};

const WHAT: &str = "check rule";

impl Scope {
    /// Keeps a rule; every host hears that the round has changed.
    pub async fn keep_check_rule(&self, rule: &CheckRule, act: Act) -> Result<(), StoreError> {
        let (packed, rule, federation) = (pack(rule)?, rule.clone(), self.code.clone());
        self.record(act, move |connection, entry| {
            async move {
                sqlx::query("INSERT INTO check_rules (federation, id, round, entry, body) VALUES ($1, $2, $3, $4, $5)")
                    .bind(federation.as_str())
                    .bind(rule.id.to_string())
                    .bind(rule.round.as_str())
                    .bind(entry)
                    .bind(packed)
                    .execute(&mut *connection)
                    .await
                    .map_err(already_there(WHAT))?;
                changes::tell(connection, &Change::Round(federation, rule.round)).await
            }
            .boxed()
        })
        .await
    }

    /// Everything that was decided about the checks of a round's rubric, the oldest first.
    pub async fn check_rules(&self, round: &RoundCode) -> Result<Vec<CheckRule>, StoreError> {
        let rows = sqlx::query("SELECT body FROM check_rules WHERE federation = $1 AND round = $2 ORDER BY entry")
            .bind(self.code.as_str())
            .bind(round.as_str())
            .fetch_all(self.readers())
            .await?;
        bodies(&rows, WHAT)
    }
}
