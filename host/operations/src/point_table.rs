//! A release as people read it: the point table of a rubric, what a report composes and asks for, what a reader reads.

mod criteria;
mod form;
mod page;
mod rules;

use std::sync::Arc;

use documents::Format;
use domain::access::{Caller, Operation};
use domain::digest::Digest;
use domain::ids::FederationCode;
use domain::point_table::PointTable;
use domain::reading::ReaderDescription;
use domain::release::{PluginKind, Release};
use domain::report::ReportDescription;
use domain::text::Language;
use jiff::Timestamp;
use serde::Serialize;

use crate::error::OperationError;
use crate::office::Office;
use crate::rendering::Rendered;

/// What a release says of itself, in the order in which people read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PointTableView {
    /// The release.
    pub release: Digest,
    /// What kinds of plugin it is.
    pub kinds: Vec<PluginKind>,
    /// The contract version that it was built against.
    pub contract: String,
    /// When it was admitted.
    pub admitted_at: Timestamp,
    /// By whom: the label of a token.
    pub admitted_by: String,
    /// The point table, where it is a rubric.
    pub rubric: Option<PointTable>,
    /// What it composes and asks for, where it is a report.
    pub report: Option<ReportDescription>,
    /// What it reads, where it is a reader.
    pub reader: Option<ReaderDescription>,
}

impl PointTableView {
    /// A release as a table.
    fn of(release: &Release) -> Self {
        Self {
            release: release.digest,
            kinds: release.descriptions.kinds(),
            contract: release.contract.clone(),
            admitted_at: release.admitted_at,
            admitted_by: release.admitted_by.clone(),
            rubric: release.descriptions.rubric.as_ref().map(PointTable::of),
            report: release.descriptions.report.clone(),
            reader: release.descriptions.reader.clone(),
        }
    }
}

impl Office {
    /// What a release says of itself, as a table.
    pub async fn point_table(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        digest: Digest,
    ) -> Result<PointTableView, OperationError> {
        let scope = self.scope(caller, Operation::ReadRelease, federation)?;
        let release = self.known_release(&scope, digest).await?;
        // An elaborate form takes a while to be outlined: beside the threads that serve requests.
        let outlined = tokio::task::spawn_blocking(move || PointTableView::of(&release)).await;
        outlined.map_err(OperationError::host)
    }

    /// The same as a page that a federation can print.
    pub async fn point_table_page(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        digest: Digest,
        language: Language,
        format: Format,
    ) -> Result<Rendered, OperationError> {
        let scope = self.scope(caller, Operation::ReadRelease, federation)?;
        let release = self.known_release(&scope, digest).await?;
        let day = self.day_of(release.admitted_at);
        let style = self.style(&scope, digest.to_string()).await?;
        let outlined = move || page::document(&PointTableView::of(&release), day, language);
        let document = tokio::task::spawn_blocking(outlined).await.map_err(OperationError::host)?;
        self.rendered(Arc::new(document), format, style).await
    }
}
