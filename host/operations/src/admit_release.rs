//! A component is uploaded, examined and admitted as a release.

use bytes::Bytes;
use domain::access::{Caller, Operation};
use domain::digest::Digest;
use domain::evaluation::Evaluation;
use domain::fields::FieldPath;
use domain::ids::FederationCode;
use domain::notice::Notice;
use domain::release::{Descriptions, Release};
use domain::trust::{Signature, SignatureDoubt, SignatureRule};
use store::Scope;

use crate::error::OperationError;
use crate::form::{Form, FormRefused};
use crate::office::Office;
use crate::signature::verify;

impl Office {
    /// Admits a component that comes without a signature.
    pub async fn admit_release(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        component: Bytes,
    ) -> Result<Release, OperationError> {
        self.admit_signed_release(caller, federation, component, None).await
    }

    /// Admits a component with the signature that came with it: a `.minisig` file in Base64. Admitting the same bytes again gives
    /// the release that is already there, with the signature if that one had none of its kind.
    pub async fn admit_signed_release(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        component: Bytes,
        signature: Option<&str>,
    ) -> Result<Release, OperationError> {
        let scope = self.scope(caller, Operation::AdmitRelease, federation)?;
        scope.federation().await?.ok_or(OperationError::Missing("federation"))?;
        // Before anything else looks at the bytes.
        let provenance = self.provenance(&scope, &component, signature).await?;
        let digest = Digest::of(&component);
        if scope.release(digest).await?.is_some() {
            return self.already_admitted(caller, &scope, digest, provenance).await;
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
            signature: provenance.signature.clone(),
            signature_doubt: provenance.doubt,
            build: plugin.build().cloned(),
        };
        let notice = provenance.doubt.map(|doubt| self.notice_of_doubt(&release, doubt)).transpose()?;
        // The component first: a release without one could not run, a component without one harms nobody.
        self.house.store.keep_artifact(component).await?;
        let act = self.act(caller, "admit-release", format!("release/{digest}"), Some(digest), "");
        if scope.keep_release_noticed(&release, &evaluations, notice, act).await? {
            return Ok(release);
        }
        self.already_admitted(caller, &scope, digest, provenance).await
    }

    /// What the federation's trusted keys say of the signature; an error where it requires one and has none that holds.
    async fn provenance(
        &self,
        scope: &Scope,
        component: &Bytes,
        signature: Option<&str>,
    ) -> Result<Provenance, OperationError> {
        let (policy, _) = scope.trust().await?;
        let rule = policy.signatures;
        if rule == SignatureRule::Off {
            return Ok(Provenance { signature: None, doubt: None });
        }
        let (component, signature, now) = (component.clone(), signature.map(str::to_owned), self.now());
        let verifying = move || verify(&policy, signature.as_deref(), &component, now);
        match tokio::task::spawn_blocking(verifying).await.map_err(OperationError::host)? {
            Ok(signature) => Ok(Provenance { signature: Some(signature), doubt: None }),
            Err(doubt) if rule == SignatureRule::Require => Err(OperationError::SignatureNotAccepted(doubt)),
            Err(doubt) => Ok(Provenance { signature: None, doubt: Some(doubt) }),
        }
    }

    /// The release that is there already; a signature over it that is new is kept.
    async fn already_admitted(
        &self,
        caller: &Caller,
        scope: &Scope,
        digest: Digest,
        provenance: Provenance,
    ) -> Result<Release, OperationError> {
        if let Some(signature) = provenance.signature {
            let act = self.act(caller, "sign-release", format!("release/{digest}"), Some(digest), &signature.key_label);
            scope.sign_release(digest, &signature, act).await?;
        }
        scope.release(digest).await?.ok_or(OperationError::Missing("release"))
    }

    fn notice_of_doubt(&self, release: &Release, doubt: SignatureDoubt) -> Result<Notice, OperationError> {
        let code = match doubt {
            SignatureDoubt::SignatureRequired => "admitted-signature-required",
            SignatureDoubt::SignatureMalformed => "admitted-signature-malformed",
            SignatureDoubt::KeyNotTrusted => "admitted-key-not-trusted",
            SignatureDoubt::SignatureWrong => "admitted-signature-wrong",
        };
        let arguments = [("release", release.digest.short()), ("by", release.admitted_by.clone())];
        let arguments = arguments.each_ref().map(|(name, value)| (*name, value.as_str()));
        self.notice(format!("release/{}", release.digest), code, &arguments)
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

/// Who vouches for a component.
struct Provenance {
    signature: Option<Signature>,
    /// What was wrong where nobody does; none where signatures are not looked at.
    doubt: Option<SignatureDoubt>,
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
