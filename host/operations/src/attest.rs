//! Every chain is attested from time to time without anybody asking: an hour's acts at most could be rewritten unnoticed by whoever
//! holds the database but not the key.

use std::time::Duration;

use jiff::SignedDuration;
use tokio_util::sync::CancellationToken;

use crate::error::OperationError;
use crate::office::Office;

/// How old the last checkpoint of a chain may be that has grown since.
const ATTEST_EVERY: SignedDuration = SignedDuration::from_hours(1);
/// How often is looked.
const LOOK_EVERY: Duration = Duration::from_mins(1);

impl Office {
    /// Keeps the audit logs of all federations attested until `stop`. Several hosts may: of two checkpoints of one entry the first counts.
    pub async fn keep_attested(&self, stop: CancellationToken) {
        loop {
            if let Err(error) = self.attest_what_is_due().await {
                tracing::error!(error = &error as &dyn std::error::Error, "the audit logs could not be attested");
            }
            tokio::select! { () = tokio::time::sleep(LOOK_EVERY) => {}, () = stop.cancelled() => return }
        }
    }

    /// Attests every chain that has grown and was not attested for an hour.
    pub async fn attest_what_is_due(&self) -> Result<(), OperationError> {
        let before = self.now().saturating_sub(ATTEST_EVERY).map_err(OperationError::host)?;
        for federation in self.house.store.unattested_since(before).await? {
            self.attest(&self.house.store.federation(&federation)).await?;
        }
        Ok(())
    }
}
