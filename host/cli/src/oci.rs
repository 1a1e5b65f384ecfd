//! Pulls a component from an OCI registry by digest, in the layout of the CNCF Wasm OCI artifact: a manifest whose config says
//! `application/vnd.wasm.config.v0+json` and whose one layer is the component. A tag is never followed: it is somebody else's to move.
//!
//! Nothing is taken on trust. The manifest has to have the digest that was named, the component the one that the manifest names, and
//! both have to lie in the registry that was asked. What a manifest says of other places is not followed.

use std::error::Error;
use std::net::IpAddr;
use std::time::Duration;

use domain::digest::Digest;
use domain::limits::{COMPONENT_BYTES_MAX, OCI_MANIFEST_BYTES_MAX};
use futures::StreamExt as _;
use oci_client::client::{ClientConfig, ClientProtocol};
use oci_client::errors::{DigestError, OciDistributionError, OciErrorCode};
use oci_client::manifest::{OCI_IMAGE_MEDIA_TYPE, OciDescriptor, OciImageManifest};
use oci_client::secrets::RegistryAuth;
use oci_client::{Client, Reference};
use serde::Deserialize;

/// What the config of a component's manifest is.
const CONFIG_MEDIA_TYPE: &str = "application/vnd.wasm.config.v0+json";
/// What the one layer of a component's manifest is.
const LAYER_MEDIA_TYPE: &str = "application/wasm";
/// How long a registry may be silent.
const SILENCE_MAX: Duration = Duration::from_mins(1);

/// A component in a registry: where, and the digest of its manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    reference: Reference,
    manifest: Digest,
}

/// A component as it came from a registry, and as everything that was promised of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pulled {
    /// The component.
    pub component: Vec<u8>,
    /// Its digest: the identity of the release that it would become.
    pub digest: Digest,
}

/// Whom a registry lets in.
pub type Credentials = RegistryAuth;

/// Why no component came.
#[derive(Debug, thiserror::Error)]
pub enum NotPulled {
    /// The text names no place in a registry.
    #[error("not a place in a registry: {0}")]
    NotAPlace(String),
    /// The text names a tag, or nothing but a repository.
    #[error("no digest")]
    NoDigest,
    /// The registry does not answer, or not as a registry does.
    #[error("the registry fails")]
    RegistryFails(#[source] Box<OciDistributionError>),
    /// The registry does not let this caller in.
    #[error("the registry refuses")]
    RegistryRefuses(#[source] Box<OciDistributionError>),
    /// The registry does not have the manifest.
    #[error("not there")]
    NotThere,
    /// What the registry gave has another digest than the one that was named.
    #[error("the manifest is another one")]
    ManifestDiffers,
    /// What the digest names is no component: an image, an index, several layers.
    #[error("not a component: {0}")]
    NotAComponent(String),
    /// The manifest points to another place, or to bytes that the registry does not have.
    #[error("the manifest points elsewhere: {0}")]
    PointsElsewhere(String),
    /// The bytes are not those that the manifest names.
    #[error("the component is another one")]
    ComponentDiffers,
    /// The component, or its manifest, is larger than any that is admitted.
    #[error("too large")]
    TooLarge,
}

impl NotPulled {
    /// Stable, kebab-case; the catalogue has a sentence for it under `cli-oci-…`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotAPlace(_) => "reference-not-understood",
            Self::NoDigest => "reference-without-digest",
            Self::RegistryFails(_) => "registry-fails",
            Self::RegistryRefuses(_) => "registry-refuses",
            Self::NotThere => "not-in-registry",
            Self::ManifestDiffers => "manifest-differs",
            Self::NotAComponent(_) => "not-a-component",
            Self::PointsElsewhere(_) => "manifest-points-elsewhere",
            Self::ComponentDiffers => "component-differs",
            Self::TooLarge => "component-too-large",
        }
    }

    /// What the sentence names: the place, the type, the address.
    pub fn what(&self) -> String {
        match self {
            Self::NotAPlace(what) | Self::NotAComponent(what) | Self::PointsElsewhere(what) => what.clone(),
            _ => String::new(),
        }
    }
}

impl Place {
    /// Reads `registry/repository@sha256:…`, with `oci://` before it or not. A tag beside the digest is ignored, as it is everywhere.
    pub fn parse(text: &str) -> Result<Self, NotPulled> {
        let text = text.strip_prefix("oci://").unwrap_or(text);
        let reference: Reference = text.parse().map_err(|_| NotPulled::NotAPlace(text.to_owned()))?;
        let digest = reference.digest().ok_or(NotPulled::NoDigest)?;
        let manifest = sha256(digest).ok_or_else(|| NotPulled::NotAPlace(text.to_owned()))?;
        Ok(Self { reference, manifest })
    }

    /// The end of the repository's name: what a file of the component may be called.
    pub fn name(&self) -> &str {
        let repository = self.reference.repository();
        repository.rsplit_once('/').map_or(repository, |(_, name)| name)
    }

    /// Pulls the component.
    pub async fn pull(&self, credentials: &Credentials) -> Result<Pulled, NotPulled> {
        let registry = Client::new(ClientConfig {
            protocol: ClientProtocol::HttpsExcept(clear_text(self.reference.resolve_registry())),
            read_timeout: Some(SILENCE_MAX),
            connect_timeout: Some(SILENCE_MAX),
            platform_resolver: None,
            ..ClientConfig::default()
        });
        let pulled = registry.pull_manifest_raw(&self.reference, credentials, &[OCI_IMAGE_MEDIA_TYPE]).await;
        let (manifest, _) = pulled.map_err(manifest_not_pulled)?;
        if manifest.len() > OCI_MANIFEST_BYTES_MAX {
            return Err(NotPulled::TooLarge);
        }
        if Digest::of(&manifest) != self.manifest {
            return Err(NotPulled::ManifestDiffers);
        }
        let named = Named::read(&manifest)?;
        let config = self.blob(&registry, &named.config, OCI_MANIFEST_BYTES_MAX).await?;
        if !lists(&config, &named.component.digest) {
            return Err(NotPulled::PointsElsewhere(named.component.digest));
        }
        let component = self.blob(&registry, &named.component, COMPONENT_BYTES_MAX).await?;
        Ok(Pulled { digest: Digest::of(&component), component })
    }

    /// Bytes that a manifest names, from the same repository, and only where they are those bytes.
    async fn blob(&self, registry: &Client, named: &OciDescriptor, bytes_max: usize) -> Result<Vec<u8>, NotPulled> {
        let size = usize::try_from(named.size).map_err(|_| NotPulled::TooLarge)?;
        if size > bytes_max {
            return Err(NotPulled::TooLarge);
        }
        let expected = sha256(&named.digest).ok_or_else(|| NotPulled::NotAComponent(named.digest.clone()))?;
        let missing = || NotPulled::PointsElsewhere(named.digest.clone());
        let mut stream =
            registry.pull_blob_stream(&self.reference, named).await.map_err(|error| blob_not_pulled(error, missing))?;
        let mut bytes = Vec::with_capacity(size);
        while let Some(part) = stream.next().await {
            let part = part.map_err(broken_off)?;
            if bytes.len() + part.len() > size {
                return Err(NotPulled::ComponentDiffers);
            }
            bytes.extend_from_slice(&part);
        }
        if Digest::of(&bytes) == expected { Ok(bytes) } else { Err(NotPulled::ComponentDiffers) }
    }
}

/// What a manifest names, where it is the manifest of a component.
struct Named {
    config: OciDescriptor,
    component: OciDescriptor,
}

impl Named {
    fn read(manifest: &[u8]) -> Result<Self, NotPulled> {
        let manifest: OciImageManifest =
            serde_json::from_slice(manifest).map_err(|error| NotPulled::NotAComponent(error.to_string()))?;
        let OciImageManifest { media_type, config, layers, .. } = manifest;
        let another = |media_type: &str| Err(NotPulled::NotAComponent(media_type.to_owned()));
        if let Some(media_type) = media_type.filter(|media_type| media_type != OCI_IMAGE_MEDIA_TYPE) {
            return another(&media_type);
        }
        if config.media_type != CONFIG_MEDIA_TYPE {
            return another(&config.media_type);
        }
        let layers: [OciDescriptor; 1] =
            layers.try_into().map_err(|layers: Vec<_>| NotPulled::NotAComponent(format!("{} layers", layers.len())))?;
        let [component] = layers;
        if component.media_type != LAYER_MEDIA_TYPE {
            return another(&component.media_type);
        }
        // A descriptor may say that its bytes are to be fetched from some address. Nobody who named this registry asked for that.
        let elsewhere = [&config, &component].into_iter().find_map(|named| named.urls.as_ref()?.first().cloned());
        match elsewhere {
            Some(address) => Err(NotPulled::PointsElsewhere(address)),
            None => Ok(Self { config, component }),
        }
    }
}

/// The part of a component's config that says which bytes it is about.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Config {
    layer_digests: Option<Vec<String>>,
}

/// Whether a config is about a component: it lists its digest, or none at all.
fn lists(config: &[u8], component: &str) -> bool {
    let digests = serde_json::from_slice::<Config>(config).ok().and_then(|config| config.layer_digests);
    digests.is_none_or(|digests| digests.iter().any(|digest| digest == component))
}

fn sha256(digest: &str) -> Option<Digest> {
    digest.strip_prefix("sha256:")?.parse().ok()
}

/// The registries that may be spoken to without TLS: only those on this machine.
fn clear_text(registry: &str) -> Vec<String> {
    let host = registry.rsplit_once(':').map_or(registry, |(host, _)| host).trim_matches(['[', ']']);
    let is_here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    if is_here { vec![registry.to_owned()] } else { Vec::new() }
}

fn manifest_not_pulled(error: OciDistributionError) -> NotPulled {
    match error {
        OciDistributionError::DigestError(DigestError::VerificationError { .. }) => NotPulled::ManifestDiffers,
        OciDistributionError::ImageManifestNotFoundError(_) | OciDistributionError::ServerError { code: 404, .. } => {
            NotPulled::NotThere
        }
        OciDistributionError::RegistryError { ref envelope, .. }
            if is_unknown(envelope.errors.first().map(|e| &e.code)) =>
        {
            NotPulled::NotThere
        }
        error => not_pulled(error),
    }
}

fn blob_not_pulled(error: OciDistributionError, missing: impl Fn() -> NotPulled) -> NotPulled {
    match error {
        OciDistributionError::RequestError(error) if error.status().is_some_and(|status| status == 404) => missing(),
        OciDistributionError::ServerError { code: 404, .. } => missing(),
        error => not_pulled(error),
    }
}

fn not_pulled(error: OciDistributionError) -> NotPulled {
    let refused = match &error {
        OciDistributionError::AuthenticationFailure(_) | OciDistributionError::UnauthorizedError { .. } => true,
        OciDistributionError::RegistryError { envelope, .. } => {
            let first = envelope.errors.first().map(|error| &error.code);
            matches!(first, Some(OciErrorCode::Denied | OciErrorCode::Unauthorized))
        }
        OciDistributionError::RequestError(error) => {
            error.status().is_some_and(|status| matches!(status.as_u16(), 401 | 403))
        }
        _ => false,
    };
    if refused { NotPulled::RegistryRefuses(Box::new(error)) } else { NotPulled::RegistryFails(Box::new(error)) }
}

/// A stream that ends in an error: most of all that its bytes are not those that were named.
fn broken_off(error: std::io::Error) -> NotPulled {
    let is_another = error.get_ref().is_some_and(<dyn Error + Send + Sync>::is::<DigestError>);
    if is_another { NotPulled::ComponentDiffers } else { NotPulled::RegistryFails(Box::new(error.into())) }
}

const fn is_unknown(code: Option<&OciErrorCode>) -> bool {
    matches!(code, Some(OciErrorCode::ManifestUnknown | OciErrorCode::NameUnknown | OciErrorCode::NotFound))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOME: &str = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn a_component_is_named_by_digest_and_never_by_tag() {
        let name = |text: &str| Place::parse(text).map(|place| place.name().to_owned());
        assert_eq!(name(&format!("127.0.0.1:5000/qinling/rubric@{SOME}")).ok().as_deref(), Some("rubric"));
        assert_eq!(name(&format!("oci://registry.example/rubric:2025@{SOME}")).ok().as_deref(), Some("rubric"));
        let code = |text: &str| Place::parse(text).map_err(|refused| refused.code()).err();
        assert_eq!(code("127.0.0.1:5000/qinling/rubric:2025"), Some("reference-without-digest"));
        assert_eq!(code("127.0.0.1:5000/qinling/rubric"), Some("reference-without-digest"));
        assert_eq!(code("../rubric.wasm"), Some("reference-not-understood"));
        let sha512 = format!("127.0.0.1/rubric@sha512:{}", "0".repeat(128));
        assert_eq!(code(&sha512), Some("reference-not-understood"));
    }

    #[test]
    fn only_a_registry_on_this_machine_is_spoken_to_in_clear_text() {
        for here in ["localhost:5000", "127.0.0.1:5000", "[::1]:5000", "localhost"] {
            assert_eq!(clear_text(here), [here.to_owned()]);
        }
        for there in ["registry.example", "10.0.0.1:5000", "localhost.example:5000"] {
            assert!(clear_text(there).is_empty(), "{there}");
        }
    }

    fn manifest(config: &str, layers: &str) -> String {
        format!(
            r#"{{"schemaVersion":2,"mediaType":"{OCI_IMAGE_MEDIA_TYPE}","config":{{"mediaType":"{config}","digest":"{SOME}","size":2}},"layers":[{layers}]}}"#
        )
    }

    #[test]
    fn what_is_no_component_is_told_from_one_that_lies_elsewhere() {
        let layer = |extra: &str| format!(r#"{{"mediaType":"{LAYER_MEDIA_TYPE}","digest":"{SOME}","size":0{extra}}}"#);
        let code = |manifest: &str| Named::read(manifest.as_bytes()).map_err(|refused| refused.code()).err();
        let (here, there) = (layer(""), layer(r#","urls":["https://elsewhere.example/rubric.wasm"]"#));
        assert_eq!(code(&manifest(CONFIG_MEDIA_TYPE, &here)), None);
        assert_eq!(code(&manifest(CONFIG_MEDIA_TYPE, &there)), Some("manifest-points-elsewhere"));
        assert_eq!(code(&manifest(CONFIG_MEDIA_TYPE, &format!("{here},{here}"))), Some("not-a-component"));
        assert_eq!(code(&manifest(CONFIG_MEDIA_TYPE, "")), Some("not-a-component"));
        assert_eq!(code(&manifest("application/vnd.oci.image.config.v1+json", &here)), Some("not-a-component"));
        assert_eq!(code(r#"{"schemaVersion":2,"manifests":[]}"#), Some("not-a-component"));
    }

    #[test]
    fn a_config_that_lists_other_bytes_is_not_about_this_component() {
        assert!(lists(format!(r#"{{"layerDigests":["{SOME}"]}}"#).as_bytes(), SOME));
        assert!(lists(b"{}", SOME));
        assert!(!lists(br#"{"layerDigests":["sha256:00"]}"#, SOME));
    }
}
