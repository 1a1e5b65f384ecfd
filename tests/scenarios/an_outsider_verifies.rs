//! An outsider is handed the audit log as a file, and needs nothing else but the host's public key to know whether anybody touched it.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use harness::{Federation, Server, ServerOptions, Terminal, postgres};
use serde_json::{Value, json};

use crate::{clean_answers, component, options, server, terminal};

/// Members that hand in.
const MEMBERS: usize = 3;

/// A federation's log on its way out of the house, and what was given out while it grew.
struct Handed {
    terminal: Terminal,
    folder: tempfile::TempDir,
    key: String,
    federation: Federation,
}

impl Handed {
    async fn over(server: &Server) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let federation = Federation::found(&server.operator(), "audited", MEMBERS).await?;
        let rubric = federation.admit(component("rubric-2016")).await?;
        let circular = federation.admit(component("report-circular")).await?;
        federation.open_round(&rubric, &[&circular]).await?;
        let terminal = terminal(server, &federation);
        for number in 1..=MEMBERS {
            let body = json!({ "answers": clean_answers(number, 1) });
            let put = federation.member(number).put(&federation.submission_path(number), &body).await?;
            std::fs::write(
                folder.path().join(format!("receipt-{number}.json")),
                put.expect_success()?.body["receipt"].to_string(),
            )?;
        }
        // Somebody keeps a checkpoint, as it is printed.
        let printed = terminal.run("audit checkpoint", &[])?;
        ensure!(printed.status.success(), "{}", String::from_utf8_lossy(&printed.stderr));
        std::fs::write(folder.path().join("checkpoint.json"), printed.stdout)?;
        federation.finish("settlements").await?;
        federation.finish("roll-ups").await?;
        let key = federation.admin.get("/receipt-key").await?.expect_success()?.body["key"].clone();
        let key = key.as_str().context("a key")?.to_owned();
        let handed = Self { terminal, folder, key, federation };
        let exported = handed.terminal.run("audit export --out", &[&handed.file("log.jsonl")])?;
        ensure!(exported.status.success(), "{}", String::from_utf8_lossy(&exported.stderr));
        Ok(handed)
    }

    fn file(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn log(&self) -> Result<Vec<u8>> {
        Ok(std::fs::read(self.folder.path().join("log.jsonl"))?)
    }

    /// What `huizong audit verify` finds, and its exit code. The outsider has neither a server nor a token.
    fn verify(&self, file: &str, key: &str, more: &[&str]) -> Result<(Option<i32>, Value)> {
        let outsider = Terminal { server: String::new(), token: String::new(), ..self.terminal.clone() };
        let words = [&[file, "--key", key], more].concat();
        let output = outsider.run("audit verify --format json", &words)?;
        let talk = || String::from_utf8_lossy(&output.stderr).into_owned();
        Ok((output.status.code(), serde_json::from_slice(&output.stdout).with_context(talk)?))
    }

    /// What is found first in a log that somebody changed.
    fn doubted(&self, changed: &[u8]) -> Result<(u64, String)> {
        let file = self.file("changed.jsonl");
        std::fs::write(Path::new(&file), changed)?;
        let (code, found) = self.verify(&file, &self.key, &[])?;
        ensure!(code == Some(2), "{code:?}: {found:#}");
        let first = &found["faults"][0];
        let line = first["line"].as_u64().with_context(|| format!("{found:#}"))?;
        Ok((line, first["doubt"].as_str().unwrap_or_default().to_owned()))
    }
}

async fn the_log_of(server: &Server) -> Result<()> {
    let handed = Handed::over(server).await?;
    let log = handed.log()?;

    // As it came, it holds: everything in it, the checkpoint of the day before, and every member's receipt.
    let receipts = [1, 2, 3].map(|number| handed.file(&format!("receipt-{number}.json")));
    let checkpoint = handed.file("checkpoint.json");
    let mut evidence = vec!["--checkpoint", checkpoint.as_str()];
    receipts.iter().for_each(|receipt| evidence.extend(["--receipt", receipt.as_str()]));
    let (code, found) = handed.verify(&handed.file("log.jsonl"), &handed.key, &evidence)?;
    ensure!(code == Some(0) && found["faults"] == json!([]), "{found:#}");
    ensure!(
        found["federation"] == "audited" && found["receipts"] == 3 && found["entries"] == found["attested_entries"]
    );
    let told = handed.terminal.run("audit verify", &[&handed.file("log.jsonl"), "--key", &handed.key])?;
    let told = String::from_utf8(told.stdout)?;
    ensure!(told.contains("验证通过"), "{told}");

    // Every line is changed in two places, by one bit: the line is named.
    let mut start = 0;
    for (index, line) in log.split_inclusive(|byte| *byte == b'\n').enumerate() {
        for place in [line.len() / 3, (line.len() * 4 / 5).min(line.len() - 2)] {
            let mut changed = log.clone();
            changed[start + place] ^= 1;
            let (named, doubt) = handed.doubted(&changed)?;
            ensure!(named == index as u64 + 1, "line {}, byte {place}: {doubt} in line {named}", index + 1);
        }
        start += line.len();
    }

    // So is a line that was left out, an end that was cut off, and a key that is not the host's.
    let lines: Vec<&[u8]> = log.split_inclusive(|byte| *byte == b'\n').collect();
    let without = [&lines[..4], &lines[5..]].concat().concat();
    ensure!(handed.doubted(&without)? == (5, "gap".to_owned()));
    let cut_off = lines[..lines.len() - 2].concat();
    ensure!(handed.doubted(&cut_off)?.1 == "cut-off");
    let foreign = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    let (code, found) = handed.verify(&handed.file("log.jsonl"), foreign, &[])?;
    ensure!(code == Some(2) && found["faults"][0]["doubt"] == "not-signed", "{found:#}");

    // A receipt that was made up stands in no log; a member gets no log at all.
    let mut forged: Value = serde_json::from_slice(&std::fs::read(&receipts[0])?)?;
    forged["revision"] = json!(9);
    std::fs::write(&receipts[0], forged.to_string())?;
    let (code, found) = handed.verify(&handed.file("log.jsonl"), &handed.key, &["--receipt", &receipts[0]])?;
    ensure!(code == Some(2) && found["faults"][0]["doubt"] == "receipt-not-signed", "{found:#}");
    let member = handed.terminal.with_token(handed.federation.member(1).token());
    let refused = member.run("audit export --format json --out", &[&handed.file("none.jsonl")])?;
    let refused: Value = serde_json::from_slice(&refused.stdout)?;
    ensure!(refused["error"]["code"] == "not-allowed", "{refused:#}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn one_changed_byte_of_the_audit_log_is_found_and_located_outside_the_house() -> Result<()> {
    the_log_of(&server()?).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_of_a_log_that_postgresql_kept() -> Result<()> {
    let database = postgres::empty_database();
    let server = Server::start(ServerOptions { database: Some(database.url.clone()), ..options() })?;
    the_log_of(&server).await
}
