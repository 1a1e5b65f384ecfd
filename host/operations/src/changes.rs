//! What other hosts tell is heard: whatever this host believes that is no longer so, it forgets at once.

use store::Change;
use tokio_util::sync::CancellationToken;

use crate::error::OperationError;
use crate::office::Office;

impl Office {
    /// Listens to the other hosts until `stop`. A host that does not listen is told nothing, and believes what it read for at most half
    /// a second; whatever it keeps is looked at again inside its transaction.
    pub async fn hear_changes(&self, stop: CancellationToken) {
        let mut changes = self.house.store.changes();
        loop {
            let change = tokio::select! { change = changes.next() => change, () = stop.cancelled() => return };
            self.heard(change).await;
        }
    }

    async fn heard(&self, change: Change) {
        match change {
            Change::Round(federation, round) => self.forget_round(&federation, &round),
            Change::Release(federation, release) => self.forget_quarantine(&federation, release),
            Change::Candidate(federation, release) => {
                let scope = self.house.store.federation(&federation);
                if let Err(error) = self.make_ready(&scope, release).await {
                    let error: &OperationError = &error;
                    tracing::warn!(
                        error = error as &dyn std::error::Error,
                        "a proposed release could not be made ready"
                    );
                }
            }
            Change::Token(_, secret_hash) => self.house.tokens.forget(&secret_hash),
            Change::Unknown => {
                self.house.tokens.forget_all();
                self.house.rounds.forget_all();
                self.house.quarantined.forget_all();
            }
        }
    }
}
