//! An OCI registry: Debian's `docker-registry` in a process of its own on loopback, with a folder that a scenario can tamper with.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, LOCATION};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

/// How long the registry may take to listen.
const START_TIME_MAX: Duration = Duration::from_secs(30);
/// Whom a closed registry lets in.
pub const REGISTRY_USER: &str = "qinling";
/// Their password.
pub const REGISTRY_PASSWORD: &str = "a-secret-of-the-tests";
/// The same as the registry keeps it.
const HTPASSWD: &str = "qinling:$2b$05$abcdefghijklmnopqrstuuot8dXIaTUgJta8Mg5DOO2rLYHXJ.TZG\n";

/// A running registry and its folder; killed and removed when dropped.
pub struct Registry {
    folder: TempDir,
    process: Child,
    address: String,
    http: reqwest::Client,
    is_closed: bool,
}

impl Registry {
    /// A registry that lets everybody in.
    pub fn open() -> Result<Self> {
        Self::start("")
    }

    /// A registry that lets in only [`REGISTRY_USER`].
    pub fn closed() -> Result<Self> {
        Self::start("auth: {htpasswd: {realm: tests, path: FOLDER/htpasswd}}\n")
    }

    fn start(auth: &str) -> Result<Self> {
        let folder = TempDir::new()?;
        let place = folder.path().to_str().context("a folder's name is UTF-8")?;
        fs::write(folder.path().join("htpasswd"), HTPASSWD)?;
        let settings = format!(
            "version: 0.1\nstorage: {{filesystem: {{rootdirectory: FOLDER/data}}}}\nhttp: {{addr: \"127.0.0.1:0\"}}\n{auth}"
        );
        let settings_file = folder.path().join("settings.yml");
        fs::write(&settings_file, settings.replace("FOLDER", place))?;
        let log_file = folder.path().join("log");
        let log = File::create(&log_file)?;
        let process = Command::new("docker-registry")
            .arg("serve")
            .arg(settings_file)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("the tests need a registry: apt-get install docker-registry")?;
        let is_closed = !auth.is_empty();
        let mut registry = Self { folder, process, address: String::new(), http: reqwest::Client::new(), is_closed };
        let deadline = Instant::now() + START_TIME_MAX;
        while registry.address.is_empty() {
            let log = fs::read_to_string(&log_file)?;
            if let Some((_, after)) = log.split_once("listening on ") {
                registry.address = after.chars().take_while(|c| !matches!(c, '"' | ' ')).collect();
            } else if Instant::now() > deadline || registry.process.try_wait()?.is_some() {
                bail!("the registry does not listen; it said:\n{log}");
            } else {
                std::thread::sleep(Duration::from_millis(10));
            }
        }
        Ok(registry)
    }

    /// `127.0.0.1:…`
    pub fn address(&self) -> &str {
        &self.address
    }

    /// How a client names something in the registry by the digest of its manifest.
    pub fn place(&self, repository: &str, manifest: &str) -> String {
        format!("oci://{}/{repository}@{manifest}", self.address)
    }

    /// Pushes a component in the layout of the CNCF Wasm OCI artifact; the digest of its manifest.
    pub async fn push(&self, repository: &str, component: &[u8]) -> Result<String> {
        let manifest = self.manifest_of(repository, component).await?;
        self.push_manifest(repository, &manifest).await
    }

    /// Pushes a component with its config; the manifest that would name them.
    pub async fn manifest_of(&self, repository: &str, component: &[u8]) -> Result<Value> {
        let layer = self.push_blob(repository, component).await?;
        let config = json!({
            "created": "2026-01-05T00:00:00Z", "architecture": "wasm", "os": "wasip2", "layerDigests": [layer],
        });
        let config = config.to_string();
        let named = self.push_blob(repository, config.as_bytes()).await?;
        Ok(json!({
            "schemaVersion": 2,
            "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "config": {
                "mediaType": "application/vnd.wasm.config.v0+json", "digest": named, "size": config.len(),
            },
            "layers": [{ "mediaType": "application/wasm", "digest": layer, "size": component.len() }],
        }))
    }

    /// Pushes bytes; their digest.
    pub async fn push_blob(&self, repository: &str, bytes: &[u8]) -> Result<String> {
        let digest = digest_of(bytes);
        let started = self.request(Method::POST, &format!("/v2/{repository}/blobs/uploads/")).send().await?;
        let location = started.error_for_status()?.headers()[LOCATION].to_str()?.to_owned();
        let joint = if location.contains('?') { '&' } else { '?' };
        let put = self.authorised(self.http.put(format!("{location}{joint}digest={digest}")));
        put.header(CONTENT_TYPE, "application/octet-stream").body(bytes.to_vec()).send().await?.error_for_status()?;
        Ok(digest)
    }

    /// Pushes a manifest under its digest.
    pub async fn push_manifest(&self, repository: &str, manifest: &Value) -> Result<String> {
        let bytes = manifest.to_string().into_bytes();
        let digest = digest_of(&bytes);
        let media_type = manifest["mediaType"].as_str().context("a manifest has a media type")?;
        let put = self.request(Method::PUT, &format!("/v2/{repository}/manifests/{digest}"));
        let answer = put.header(CONTENT_TYPE, media_type).body(bytes).send().await?;
        let (status, said) = (answer.status(), answer.text().await?);
        anyhow::ensure!(status.is_success(), "{status}: {said}");
        Ok(digest)
    }

    /// The file in which the registry keeps the bytes of a digest.
    pub fn file_of(&self, digest: &str) -> PathBuf {
        let digits = digest.trim_start_matches("sha256:");
        let blobs = self.folder.path().join("data/docker/registry/v2/blobs/sha256");
        blobs.join(&digits[..2]).join(digits).join("data")
    }

    /// The file by which the registry knows that a repository has the bytes of a digest.
    pub fn link_to(&self, repository: &str, digest: &str) -> PathBuf {
        let digits = digest.trim_start_matches("sha256:");
        let repositories = self.folder.path().join("data/docker/registry/v2/repositories");
        repositories.join(repository).join("_layers/sha256").join(digits).join("link")
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.authorised(self.http.request(method, format!("http://{}{path}", self.address)))
    }

    fn authorised(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        if self.is_closed { request.basic_auth(REGISTRY_USER, Some(REGISTRY_PASSWORD)) } else { request }
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A digest as registries write it.
pub fn digest_of(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{digits}")
}
