//! A component comes from an OCI registry by digest, and nothing that a registry or a manifest could say brings in another one.

use anyhow::{Context as _, Result};
use harness::registry::{REGISTRY_PASSWORD, REGISTRY_USER, Registry, digest_of};
use harness::{Federation, Server, Terminal};
use serde_json::{Value, json};

use crate::{component, server, terminal};

const RUBRIC: &str = "qinling/rubric";

async fn at_home(code: &str) -> Result<(Server, Federation, Terminal)> {
    let server = server()?;
    let federation = Federation::found(&server.operator(), code, 1).await?;
    let terminal = terminal(&server, &federation);
    Ok((server, federation, terminal))
}

/// How many releases the federation has.
async fn releases(federation: &Federation) -> Result<usize> {
    let path = format!("/federations/{}/releases", federation.code);
    let listed = federation.admin.get(&path).await?.expect_success()?.body;
    listed.as_array().map(Vec::len).context("a list of releases")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_component_is_pulled_by_digest_and_admitted_as_if_it_had_been_uploaded() -> Result<()> {
    let (_server, federation, admin) = at_home("from-registry").await?;
    let registry = Registry::open()?;
    let manifest = registry.push(RUBRIC, component("rubric-2025")).await?;
    let place = registry.place(RUBRIC, &manifest);

    let folder = tempfile::tempdir()?;
    let file = folder.path().join("rubric.wasm");
    let pulled = admin.ask("pull", &[&place, "--out", file.to_str().context("a path")?])?;
    assert_eq!(std::fs::read(&file)?, component("rubric-2025"), "the file is the component, byte for byte");
    assert_eq!(
        format!("sha256:{}", pulled["digest"].as_str().unwrap_or_default()),
        digest_of(component("rubric-2025"))
    );

    let admitted = admin.ask("push", &[&place])?;
    assert_eq!(admitted["digest"], pulled["digest"]);
    assert_eq!(federation.admit(component("rubric-2025")).await?, admitted["digest"].as_str().unwrap_or_default());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registry_that_wants_to_know_who_asks_is_told() -> Result<()> {
    let (_server, federation, admin) = at_home("closed-registry").await?;
    let registry = Registry::closed()?;
    let manifest = registry.push(RUBRIC, component("rubric-2025")).await?;
    let place = registry.place(RUBRIC, &manifest);
    assert_eq!(admin.refused("push", &[&place])?, "registry-refuses");

    let folder = tempfile::tempdir()?;
    let file = folder.path().join("password");
    std::fs::write(&file, format!("{REGISTRY_PASSWORD}\n"))?;
    let credentials = ["--registry-user", REGISTRY_USER, "--registry-password-file", file.to_str().context("a path")?];
    admin.ask("push", &[&[place.as_str()], &credentials[..]].concat())?;
    assert_eq!(releases(&federation).await?, 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_not_what_was_named_is_refused_with_a_code_of_its_own() -> Result<()> {
    let (_server, federation, admin) = at_home("lying-registry").await?;
    let registry = Registry::open()?;
    let code = |place: &str| admin.refused("push", &[place]);

    // A tag can be moved, and a repository is not a component.
    let by_tag = format!("oci://{}/{RUBRIC}:2025", registry.address());
    assert_eq!(code(&by_tag)?, "reference-without-digest");
    let unknown = registry.place(RUBRIC, &digest_of(b"never pushed"));
    assert_eq!(code(&unknown)?, "not-in-registry");
    assert_eq!(code(&format!("oci://127.0.0.1:1/{RUBRIC}@{}", digest_of(b"")))?, "registry-fails");

    // The registry hands out another manifest than the one of that digest.
    let swapped = registry.push("swapped/manifest", component("rubric-2016")).await?;
    let other = registry.push("swapped/manifest", component("rubric-2021")).await?;
    std::fs::copy(registry.file_of(&other), registry.file_of(&swapped))?;
    assert_eq!(code(&registry.place("swapped/manifest", &swapped))?, "manifest-differs");

    // The manifest is the right one, and the component below it another, of the same length and of another.
    let manifest = registry.push("swapped/component", component("report-circular")).await?;
    let file = registry.file_of(&digest_of(component("report-circular")));
    let mut tampered = component("report-circular").to_vec();
    *tampered.last_mut().context("a component has bytes")? ^= 1;
    std::fs::write(&file, &tampered)?;
    assert_eq!(code(&registry.place("swapped/component", &manifest))?, "component-differs");
    std::fs::write(&file, component("rubric-2021"))?;
    assert_eq!(code(&registry.place("swapped/component", &manifest))?, "component-differs");

    // The manifest says that the component lies at some address, or is about other bytes, or names what its repository does not have.
    let mut elsewhere = registry.manifest_of("points/elsewhere", component("rubric-2025")).await?;
    elsewhere["layers"][0]["urls"] = json!(["https://elsewhere.example/rubric.wasm"]);
    let elsewhere = registry.push_manifest("points/elsewhere", &elsewhere).await?;
    assert_eq!(code(&registry.place("points/elsewhere", &elsewhere))?, "manifest-points-elsewhere");
    let mut about_others = registry.manifest_of("points/to-others", component("rubric-2025")).await?;
    let config = json!({ "architecture": "wasm", "os": "wasip2", "layerDigests": [digest_of(b"other")] }).to_string();
    about_others["config"]["digest"] = json!(registry.push_blob("points/to-others", config.as_bytes()).await?);
    about_others["config"]["size"] = json!(config.len());
    let about_others = registry.push_manifest("points/to-others", &about_others).await?;
    assert_eq!(code(&registry.place("points/to-others", &about_others))?, "manifest-points-elsewhere");
    let of_another = registry.push("points/to-another-repository", component("rubric-2025")).await?;
    std::fs::remove_file(registry.link_to("points/to-another-repository", &digest_of(component("rubric-2025"))))?;
    assert_eq!(code(&registry.place("points/to-another-repository", &of_another))?, "manifest-points-elsewhere");

    // An image is no component, and what is too large for the server is not even fetched.
    let mut image: Value = registry.manifest_of("an/image", component("rubric-2025")).await?;
    image["config"]["mediaType"] = json!("application/vnd.oci.image.config.v1+json");
    let image = registry.push_manifest("an/image", &image).await?;
    assert_eq!(code(&registry.place("an/image", &image))?, "not-a-component");
    let mut large = registry.manifest_of("too/large", component("rubric-2025")).await?;
    large["layers"][0]["size"] = json!(1_u64 << 40);
    let large = registry.push_manifest("too/large", &large).await?;
    assert_eq!(code(&registry.place("too/large", &large))?, "component-too-large");

    assert_eq!(releases(&federation).await?, 0, "nothing of all that reached the server");
    Ok(())
}
