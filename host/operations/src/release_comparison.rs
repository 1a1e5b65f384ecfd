//! Two releases side by side: what changed in what they say of themselves, as data and as a page.

mod criteria;
mod form;
mod page;
mod rules;

use std::sync::Arc;

use documents::Format;
use domain::access::{Caller, Operation};
use domain::digest::Digest;
use domain::ids::FederationCode;
use domain::release::{PluginKind, Release};
use domain::release_comparison::{ReleaseComparison, compare};
use domain::text::{Language, Text};
use jiff::Timestamp;
use serde::Serialize;

use crate::error::OperationError;
use crate::office::Office;
use crate::page::Page;
use crate::rendering::Rendered;

/// What a release calls itself as one kind of plugin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NamedPlugin {
    /// The kind.
    pub kind: PluginKind,
    /// The same for all versions of one plugin.
    pub id: String,
    /// Semantic version.
    pub version: String,
    /// Its name.
    pub title: Text,
}

/// One of the two releases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComparedRelease {
    /// The release.
    pub release: Digest,
    /// The contract version that it was built against.
    pub contract: String,
    /// When it was admitted.
    pub admitted_at: Timestamp,
    /// By whom: the label of a token.
    pub admitted_by: String,
    /// What it calls itself, for every kind that it is.
    pub plugins: Vec<NamedPlugin>,
}

impl ComparedRelease {
    fn of(release: &Release) -> Self {
        let descriptions = &release.descriptions;
        let rubric = descriptions.rubric.as_ref().map(|own| (PluginKind::Rubric, &own.id, &own.version, &own.title));
        let report = descriptions.report.as_ref().map(|own| (PluginKind::Report, &own.id, &own.version, &own.title));
        let reader = descriptions.reader.as_ref().map(|own| (PluginKind::Reader, &own.id, &own.version, &own.title));
        let named = [rubric, report, reader].into_iter().flatten();
        Self {
            release: release.digest,
            contract: release.contract.clone(),
            admitted_at: release.admitted_at,
            admitted_by: release.admitted_by.clone(),
            plugins: named
                .map(|(kind, id, version, title)| NamedPlugin {
                    kind,
                    id: id.clone(),
                    version: version.clone(),
                    title: title.clone(),
                })
                .collect(),
        }
    }
}

/// What changed from one release to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReleaseComparisonView {
    /// How much changed, in a sentence.
    pub headline: Text,
    /// The earlier one, or the one that the other is held against.
    pub before: ComparedRelease,
    /// The later one.
    pub after: ComparedRelease,
    /// What changed.
    #[serde(flatten)]
    pub comparison: ReleaseComparison,
}

impl ReleaseComparisonView {
    fn of(before: &Release, after: &Release) -> Self {
        let comparison = compare(&before.descriptions, &after.descriptions);
        let is_same = before.digest == after.digest;
        let headline = |language| page::headline(&Page::new(language), &comparison, is_same);
        Self {
            headline: Text { zh: headline(Language::Chinese), en: headline(Language::English) },
            before: ComparedRelease::of(before),
            after: ComparedRelease::of(after),
            comparison,
        }
    }
}

impl Office {
    /// What changed from one release to another in what they say of themselves.
    pub async fn compare_releases(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        before: Digest,
        after: Digest,
    ) -> Result<ReleaseComparisonView, OperationError> {
        let (before, after) = self.two_releases(caller, federation, before, after).await?;
        // Elaborate forms take a while to be outlined: beside the threads that serve requests.
        let compared = tokio::task::spawn_blocking(move || ReleaseComparisonView::of(&before, &after)).await;
        compared.map_err(OperationError::host)
    }

    /// The same as a page.
    pub async fn release_comparison_page(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        before: Digest,
        after: Digest,
        language: Language,
        format: Format,
    ) -> Result<Rendered, OperationError> {
        let scope = self.scope(caller, Operation::ReadRelease, federation)?;
        let style = self.style(&scope, format!("{before} → {after}")).await?;
        let (before, after) = self.two_releases(caller, federation, before, after).await?;
        let admitted_on = (self.day_of(before.admitted_at), self.day_of(after.admitted_at));
        let compared = tokio::task::spawn_blocking(move || {
            let view = ReleaseComparisonView::of(&before, &after);
            page::document(&view, &before, &after, admitted_on, language)
        });
        let document = compared.await.map_err(OperationError::host)?;
        self.rendered(Arc::new(document), format, style).await
    }

    async fn two_releases(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        before: Digest,
        after: Digest,
    ) -> Result<(Arc<Release>, Arc<Release>), OperationError> {
        let scope = self.scope(caller, Operation::ReadRelease, federation)?;
        Ok((self.known_release(&scope, before).await?, self.known_release(&scope, after).await?))
    }
}
