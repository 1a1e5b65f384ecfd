//! A federation's webhook: where its own program hears of every notice; the newest decision holds.

use domain::audit::Act;
use domain::delivery::Webhook;
use futures::FutureExt as _;

use crate::body::{body, pack};
use crate::{Scope, StoreError};

impl Scope {
    /// The webhook, where there is one.
    pub async fn webhook(&self) -> Result<Option<Webhook>, StoreError> {
        let row = sqlx::query("SELECT body FROM webhooks WHERE federation = $1 ORDER BY entry DESC LIMIT 1")
            .bind(self.code.as_str())
            .fetch_optional(self.readers())
            .await?;
        row.map_or(Ok(None), |row| body(&row, "webhook"))
    }

    /// Sets the webhook, or says that there is none any more.
    pub async fn keep_webhook(&self, webhook: Option<&Webhook>, act: Act) -> Result<(), StoreError> {
        let packed = pack(&webhook)?;
        let federation = self.code.clone();
        self.record(act, move |connection, entry| {
            async move {
                sqlx::query("INSERT INTO webhooks (federation, entry, body) VALUES ($1, $2, $3)")
                    .bind(federation.as_str())
                    .bind(entry)
                    .bind(packed)
                    .execute(connection)
                    .await?;
                Ok(())
            }
            .boxed()
        })
        .await
    }
}
