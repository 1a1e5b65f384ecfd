//! The audit log is read, attested and exported: what was done, by whom, in a chain that anybody can verify.

use std::collections::VecDeque;

use bytes::Bytes;
use domain::access::{Caller, Operation};
use domain::audit::{AuditEntry, Checkpoint, CheckpointBody};
use domain::ids::FederationCode;
use domain::limits::PAGE_ITEMS_MAX;
use futures::{Stream, TryStreamExt as _};
use serde::{Deserialize, Serialize};
use store::Scope;

use crate::error::OperationError;
use crate::office::Office;

/// What an export calls its form; a later form has another name.
pub(crate) const AUDIT_FORMAT: &str = "huizong-audit-1";

/// One line of an export: JSON in exactly the way in which this is written, so that not even a blank can be changed unnoticed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum AuditLine {
    /// The first line.
    Head {
        /// The form of the lines.
        format: String,
        /// Whose log it is.
        federation: FederationCode,
    },
    /// An entry; they follow each other without a gap.
    Entry(Box<AuditEntry>),
    /// What was attested when the chain ended with the entry above.
    Checkpoint(Checkpoint),
    /// The last line: the checkpoint of everything above.
    End(Checkpoint),
}

impl AuditLine {
    /// The line with its end.
    pub(crate) fn written(&self) -> Result<String, OperationError> {
        let mut line = serde_json::to_string(self).map_err(OperationError::host)?;
        line.push('\n');
        Ok(line)
    }
}

impl Office {
    /// The entries after a sequence number, in order; 0 for the beginning. [`domain::audit::Follower`] verifies the chain.
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

    /// The checkpoints of entries after a sequence number, in order.
    pub async fn checkpoints(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Checkpoint>, OperationError> {
        let scope = self.scope(caller, Operation::ReadAudit, federation)?;
        Ok(scope.checkpoints(after, limit.min(PAGE_ITEMS_MAX)).await?)
    }

    /// Attests the chain as it is now: whoever keeps the checkpoint can prove later that nothing before it was rewritten.
    pub async fn checkpoint(&self, caller: &Caller, federation: &FederationCode) -> Result<Checkpoint, OperationError> {
        let scope = self.scope(caller, Operation::ReadAudit, federation)?;
        self.attest(&scope).await
    }

    /// The whole log for somebody outside the house, line by line; of the same log always the same bytes. An export that breaks off
    /// lacks its last line.
    pub async fn audit_export(
        &self,
        caller: &Caller,
        federation: &FederationCode,
    ) -> Result<impl Stream<Item = Result<Bytes, OperationError>> + Send + use<>, OperationError> {
        let scope = self.scope(caller, Operation::ReadAudit, federation)?;
        let end = self.attest(&scope).await?;
        let head = AuditLine::Head { format: AUDIT_FORMAT.to_owned(), federation: federation.clone() };
        let export = Export { scope, end, after: 0, checkpoints: VecDeque::new(), attested: 0 };
        let head = futures::stream::iter([head.written().map(Bytes::from)]);
        let pages = futures::stream::try_unfold(Some(export), |export| async move {
            let Some(mut export) = export else { return Ok(None) };
            let (page, is_last) = export.page().await?;
            Ok::<_, OperationError>(Some((page, (!is_last).then_some(export))))
        });
        Ok(futures::StreamExt::chain(head, pages.into_stream()))
    }

    /// Signs the end of a federation's chain.
    pub(crate) async fn attest(&self, scope: &Scope) -> Result<Checkpoint, OperationError> {
        let (sequence, hash) = scope.audit_end().await?.ok_or(OperationError::Missing("federation"))?;
        let body = CheckpointBody { federation: scope.code().clone(), sequence, hash, at: self.now() };
        Ok(scope.keep_checkpoint(&self.house.signer.attest(body)).await?)
    }
}

/// An export that is under way.
struct Export {
    scope: Scope,
    /// Up to where it goes: what is appended meanwhile stands in the next one.
    end: Checkpoint,
    after: u64,
    /// Checkpoints that were read and not written yet.
    checkpoints: VecDeque<Checkpoint>,
    /// The entry up to which checkpoints were read.
    attested: u64,
}

impl Export {
    /// The next lines, and whether they are the last ones.
    async fn page(&mut self) -> Result<(Bytes, bool), OperationError> {
        let last = self.end.body.sequence;
        let entries = self.scope.audit(self.after, PAGE_ITEMS_MAX).await?;
        let mut lines = String::new();
        for entry in entries {
            let sequence = entry.sequence;
            if sequence > last {
                break;
            }
            lines.push_str(&AuditLine::Entry(Box::new(entry)).written()?);
            self.after = sequence;
            while sequence < last && self.next_checkpoint().await? == Some(sequence) {
                if let Some(checkpoint) = self.checkpoints.pop_front() {
                    lines.push_str(&AuditLine::Checkpoint(checkpoint).written()?);
                }
            }
        }
        // An empty page must not come again and again: what is missing shows when the export is verified.
        let is_last = self.after >= last || lines.is_empty();
        if is_last {
            lines.push_str(&AuditLine::End(self.end.clone()).written()?);
        }
        Ok((lines.into(), is_last))
    }

    /// The entry of the checkpoint that is to be written next.
    async fn next_checkpoint(&mut self) -> Result<Option<u64>, OperationError> {
        if self.checkpoints.is_empty() && self.attested != u64::MAX {
            self.checkpoints = self.scope.checkpoints(self.attested, PAGE_ITEMS_MAX).await?.into();
            self.attested = self.checkpoints.back().map_or(u64::MAX, |checkpoint| checkpoint.body.sequence);
        }
        Ok(self.checkpoints.front().map(|checkpoint| checkpoint.body.sequence))
    }
}
