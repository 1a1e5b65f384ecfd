//! The audit log is read: what was done, by whom, in a chain that anybody can verify.

use domain::access::{Caller, Operation};
use domain::audit::AuditEntry;
use domain::ids::FederationCode;
use domain::limits::PAGE_ITEMS_MAX;

use crate::error::OperationError;
use crate::office::Office;

impl Office {
    /// The entries after a sequence number, in order; 0 for the beginning. [`AuditEntry::is_intact`] and comparing each entry's
    /// `before` with the hash of the one before it verify the chain.
    pub async fn audit(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        after: u64,
        limit: usize,
    ) -> Result<Vec<AuditEntry>, OperationError> {
        let scope = self.scope(caller, Operation::ReadAudit, federation)?;
        Ok(scope.audit(after, limit.min(PAGE_ITEMS_MAX)).await?)
    }
}
