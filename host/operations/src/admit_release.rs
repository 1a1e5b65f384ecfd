//! A component is uploaded, examined and admitted as a release.

use bytes::Bytes;
use domain::access::{Caller, Operation};
use domain::digest::Digest;
use domain::evaluation::Evaluation;
use domain::fields::FieldPath;
use domain::ids::FederationCode;
use domain::release::{Descriptions, Release};

use crate::error::OperationError;
use crate::form::{Form, FormRefused};
use crate::office::Office;

impl Office {
    /// Admits a component. Admitting the same bytes again gives the release that is already there.
    pub async fn admit_release(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        component: Bytes,
    ) -> Result<Release, OperationError> {
        let scope = self.scope(caller, Operation::AdmitRelease, federation)?;
        scope.federation().await?.ok_or(OperationError::Missing("federation"))?;
        let digest = Digest::of(&component);
        if let Some(known) = scope.release(digest).await? {
            return Ok(known);
        }
        let now = self.now();
        let component_bytes = component.len() as u64;
        let (plugin, runs) = self
            .house
            .sandbox
            .admit(component.clone())
            .await
            .map_err(|refused| OperationError::not_admitted(digest, refused))?;
        let descriptions = plugin.descriptions().clone();
        let described = descriptions.clone();
        let examined = tokio::task::spawn_blocking(move || examine_form(&described)).await;
        examined.map_err(OperationError::host)?.map_err(OperationError::FormNotAdmitted)?;
        let evaluations: Vec<Evaluation> =
            runs.into_iter().map(|(asked, run)| self.record(now, asked, run)).collect::<Result<_, _>>()?;
        let release = Release {
            digest,
            contract: plugin.contract().to_owned(),
            component_bytes,
            descriptions,
            admitted_at: now,
            admitted_by: caller.label.clone(),
            admitted_by_token: caller.token,
            signature: None,
            signature_doubt: None,
            build: None,
        };
        // The component first: a release without one could not run, a component without one harms nobody.
        self.house.store.keep_artifact(component).await?;
        let act = self.act(caller, "admit-release", format!("release/{digest}"), Some(digest), "");
        if scope.keep_release(&release, &evaluations, act).await? {
            return Ok(release);
        }
        scope.release(digest).await?.ok_or(OperationError::Missing("release"))
    }

    /// The federation's releases, the newest first.
    pub async fn releases(&self, caller: &Caller, federation: &FederationCode) -> Result<Vec<Release>, OperationError> {
        let scope = self.scope(caller, Operation::ReadRelease, federation)?;
        let mut releases = scope.releases().await?;
        releases.reverse();
        Ok(releases)
    }

    /// One release.
    pub async fn release(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        digest: Digest,
    ) -> Result<Release, OperationError> {
        let scope = self.scope(caller, Operation::ReadRelease, federation)?;
        scope.release(digest).await?.ok_or(OperationError::Missing("release"))
    }

    /// The component of a release, as it was uploaded: what a member's off-line pre-check runs.
    pub async fn component(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        digest: Digest,
    ) -> Result<Bytes, OperationError> {
        let scope = self.scope(caller, Operation::ReadRelease, federation)?;
        let release = self.known_release(&scope, digest).await?;
        self.house.store.artifact(release.digest).await?.ok_or(OperationError::Missing("component"))
    }
}

/// A rubric's form must compile, and a report that stands in the same component may want nothing personal of it.
fn examine_form(descriptions: &Descriptions) -> Result<(), FormRefused> {
    let Some(rubric) = &descriptions.rubric else { return Ok(()) };
    let form = Form::compile(&rubric.form)?;
    form.hold_labels()?;
    let wanted = descriptions.report.iter().flat_map(|report| &report.fields);
    for field in wanted {
        let path: FieldPath = field.at.parse().unwrap_or_default();
        if form.is_personal(&path) {
            return Err(FormRefused::PersonalField { at: field.at.clone() });
        }
    }
    Ok(())
}
