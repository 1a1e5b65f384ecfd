//! Nothing runs that somebody changed on its way or on the disk: each attempt has a code of its own.

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use harness::{Answer, Federation, Server, ServerOptions, postgres};
use minisign::KeyPair;
use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};
use sqlx::SqlitePool;

use crate::{clean_answers, component, options, server};

/// The `.minisig` file as the header carries it.
fn signature(pair: &KeyPair, component: &[u8]) -> Result<String> {
    let signed = minisign::sign(Some(&pair.pk), &pair.sk, Cursor::new(component), Some("file:rubric.wasm"), None)?;
    Ok(STANDARD.encode(signed.into_string()))
}

async fn upload(federation: &Federation, component: &[u8], signature: Option<&str>) -> Result<Answer> {
    let path = format!("/federations/{}/releases", federation.code);
    let request = federation.admin.request(Method::POST, &path).header(CONTENT_TYPE, "application/wasm");
    let request = signature.into_iter().fold(request, |request, sent| request.header("Huizong-Signature", sent));
    federation.admin.send(request.body(component.to_vec())).await
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { files.extend(self::files(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

fn file_of(folder: &Path, digest: &str) -> Result<PathBuf> {
    let named = |file: &PathBuf| file.file_name().is_some_and(|name| name.to_string_lossy().starts_with(digest));
    files(folder).into_iter().find(named).with_context(|| format!("a file of {digest}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_signature_that_holds_nothing_of_a_component_is_looked_at() -> Result<()> {
    let server = server()?;
    let federation = Federation::found(&server.operator(), "signing", 1).await?;
    let (trusted, stranger) = (KeyPair::generate_unencrypted_keypair()?, KeyPair::generate_unencrypted_keypair()?);
    let decision = json!({
        "signatures": "require",
        "keys": [{ "key": trusted.pk.to_base64(), "label": "某软件公司" }],
        "reason": "省联社决定",
    });
    federation.admin.put("/federations/signing/trust", &decision).await?.expect_success()?;

    let bytes = component("rubric-2025");
    let (of_other, of_stranger) = (signature(&trusted, component("rubric-2021"))?, signature(&stranger, bytes)?);
    let cases = [
        (None, "signature-required"),
        (Some("bm90IG1pbmlzaWdu"), "signature-malformed"),
        (Some(of_stranger.as_str()), "key-not-trusted"),
        (Some(of_other.as_str()), "signature-wrong"),
    ];
    for (sent, code) in cases {
        let refused = upload(&federation, bytes, sent).await?;
        assert_eq!((refused.status.as_u16(), refused.code()), (422, code), "{:#}", refused.body);
        assert_eq!(refused.body["fault"], "caller", "{:#}", refused.body);
    }
    // The right signature of a component in which one byte was changed on the way.
    let right = signature(&trusted, bytes)?;
    let mut changed = bytes.to_vec();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    assert_eq!(upload(&federation, &changed, Some(&right)).await?.code(), "signature-wrong");

    let none = json!([]);
    for list in ["releases", "evaluations"] {
        let listed = federation.admin.get(&format!("/federations/signing/{list}")).await?.expect_success()?;
        assert_eq!(listed.body, none, "{list}");
    }
    for folder in ["artifacts", "code-cache"] {
        assert_eq!(files(&server.data().join(folder)), [PathBuf::new(); 0], "nothing was kept, nothing compiled");
    }

    let release = upload(&federation, bytes, Some(&right)).await?.expect_success()?.body;
    assert_eq!(release["signature"]["key_label"], "某软件公司", "{release:#}");
    assert_eq!(release["signature"]["trusted_comment"], "file:rubric.wasm", "{release:#}");
    assert_eq!(release["signature_doubt"], Value::Null, "{release:#}");
    Ok(())
}

/// A round in which one member has handed in, and another release that nobody uses.
struct Scene {
    server: Server,
    federation: Federation,
    rubric: String,
    other: String,
}

impl Scene {
    async fn set() -> Result<Self> {
        let server = server()?;
        let federation = Federation::found(&server.operator(), "changing", 1).await?;
        let rubric = federation.admit(component("rubric-2025")).await?;
        let other = federation.admit(component("rubric-2021")).await?;
        federation.open_round(&rubric, &[]).await?;
        Ok(Self { server, federation, rubric, other })
    }

    async fn scorecard(&self) -> Result<Value> {
        Ok(pre_check(&self.federation).await?.expect_success()?.body["scorecard"].clone())
    }

    /// Changes something while the server does not run.
    fn while_stopped(&mut self, change: impl FnOnce() -> std::io::Result<()>) -> Result<()> {
        self.server.kill();
        change()?;
        self.server.start_again()
    }
}

async fn pre_check(federation: &Federation) -> Result<Answer> {
    let path = format!("{}/pre-checks", federation.submission_path(1));
    federation.member(1).post(&path, &json!({ "answers": clean_answers(1, 5) })).await
}

#[tokio::test(flavor = "multi_thread")]
async fn compiled_code_that_was_changed_is_compiled_again_and_scores_the_same() -> Result<()> {
    let scene = Scene::set().await?;
    let scored = scene.scorecard().await?;
    let caches = files(&scene.server.data().join("code-cache"));
    let [one, two] = &caches[..] else { anyhow::bail!("the code of two releases, not {caches:?}") };
    let cut_off = |file: &PathBuf| {
        let bytes = fs::read(file)?;
        fs::write(file, &bytes[..bytes.len() / 2])
    };
    let swap = || {
        let first = fs::read(one)?;
        fs::copy(two, one)?;
        fs::write(two, first)
    };
    let changes: [(&str, &dyn Fn() -> std::io::Result<()>); 4] = [
        ("one byte of the code", &|| change_one_byte(&caches, |length| length / 2)),
        ("one byte of the tag", &|| change_one_byte(&caches, |length| length - 1)),
        ("the code of another release", &swap),
        ("cut off", &|| caches.iter().try_for_each(cut_off)),
    ];
    let Scene { mut server, federation, .. } = scene;
    for (what, change) in changes {
        server.kill();
        let warnings = server.log().matches("cached code was changed").count();
        change()?;
        server.start_again()?;
        assert_eq!(pre_check(&federation).await?.expect_success()?.body["scorecard"], scored, "{what}");
        assert!(server.log().matches("cached code was changed").count() > warnings, "{what}: the operator is told");
    }
    Ok(())
}

fn change_one_byte(files: &[PathBuf], place: impl Fn(usize) -> usize) -> std::io::Result<()> {
    files.iter().try_for_each(|file| {
        let mut bytes = fs::read(file)?;
        let place = place(bytes.len());
        bytes[place] ^= 1;
        fs::write(file, bytes)
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_component_that_was_changed_or_swapped_on_disk_is_not_run() -> Result<()> {
    let mut scene = Scene::set().await?;
    let scored = scene.scorecard().await?;
    let artifacts = scene.server.data().join("artifacts");
    let (file, other) = (file_of(&artifacts, &scene.rubric)?, file_of(&artifacts, &scene.other)?);
    let whole = fs::read(&file)?;
    let mut changed = whole.clone();
    changed[whole.len() / 2] ^= 1;
    for bytes in [changed, fs::read(&other)?, whole[..whole.len() - 1].to_vec()] {
        scene.while_stopped(|| fs::write(&file, bytes))?;
        // Its compiled code is there and unchanged, and all the same nobody vouches for it any more.
        let refused = pre_check(&scene.federation).await?;
        assert_eq!((refused.status.as_u16(), refused.code()), (500, "artifact-damaged"), "{:#}", refused.body);
        assert_eq!(refused.body["fault"], "host", "{:#}", refused.body);
        let path = format!("/federations/changing/releases/{}/component", scene.rubric);
        assert_eq!(scene.federation.admin.get(&path).await?.code(), "artifact-damaged");
    }
    scene.while_stopped(|| fs::write(&file, &whole))?;
    assert_eq!(scene.scorecard().await?, scored, "what was restored works again");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_under_another_s_digest_is_nobody_s() -> Result<()> {
    let mut scene = Scene::set().await?;
    let swapped = "ab".repeat(32);
    scene.server.kill();
    // The tables refuse to be changed, but whoever has the file may add a copy of a row.
    let database =
        SqlitePool::connect(&format!("sqlite://{}", scene.server.data().join("huizong.db").display())).await?;
    let copied =
        sqlx::query("INSERT INTO releases SELECT federation, $1, entry + 1000, body FROM releases WHERE digest = $2")
            .bind(&swapped)
            .bind(&scene.rubric)
            .execute(&database)
            .await?;
    assert_eq!(copied.rows_affected(), 1);
    let changed = sqlx::query("UPDATE releases SET digest = $1").bind(&swapped).execute(&database).await;
    assert!(changed.is_err(), "what was admitted is not changed any more");
    database.close().await;
    scene.server.start_again()?;
    let admin = &scene.federation.admin;
    let read = admin.get(&format!("/federations/changing/releases/{swapped}")).await?;
    assert_eq!((read.status.as_u16(), read.code()), (500, "release-damaged"), "{:#}", read.body);
    let asked =
        admin.post(&format!("{}/trials", scene.federation.round_path()), &json!({ "release": swapped })).await?;
    assert_eq!(asked.code(), "release-damaged", "{:#}", asked.body);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn hosts_share_what_either_compiled() -> Result<()> {
    let database = postgres::empty_database();
    let shared = tempfile::tempdir()?;
    let options =
        ServerOptions { database: Some(database.url.clone()), shared: Some(shared.path().to_path_buf()), ..options() };
    let first = Server::start(options.clone())?;
    let federation = Federation::found(&first.operator(), "sharing", 1).await?;
    let rubric = federation.admit(component("rubric-2025")).await?;
    federation.open_round(&rubric, &[]).await?;
    let caches = files(&shared.path().join("code-cache"));
    assert_eq!(caches.len(), 1, "{caches:?}");
    let written = fs::metadata(&caches[0])?.modified()?;

    let second = Server::start(options)?;
    let path = format!("{}/pre-checks", federation.submission_path(1));
    let body = json!({ "answers": clean_answers(1, 5) });
    let here = federation.member(1).post(&path, &body).await?.expect_success()?.body;
    let there = federation.member(1).at(second.address()).post(&path, &body).await?.expect_success()?.body;
    assert_eq!(here["scorecard"], there["scorecard"]);
    assert_eq!(files(&shared.path().join("code-cache")), caches);
    assert_eq!(fs::metadata(&caches[0])?.modified()?, written, "nobody has compiled it again");
    Ok(())
}
