//! Long work on the server: asked for, watched as it moves, and waited for until it ends.

use std::time::Duration;

use anyhow::{Context as _, bail};
use futures::{StreamExt as _, pin_mut};
use indicatif::ProgressBar;
use serde_json::Value;

use crate::client::Client;
use crate::output::Output;

/// How long to wait before a job is looked at again whose events broke off.
const PAUSE: Duration = Duration::from_secs(1);

/// Waits until a job that was asked for is done, with a bar where a person watches; the job as it ended.
pub async fn finished(
    client: &Client,
    federation: &str,
    asked: &Value,
    label: &str,
    output: &Output,
) -> anyhow::Result<Value> {
    let id = asked["id"].as_str().context("the answer holds the job's id")?;
    let path = format!("/federations/{federation}/jobs/{id}");
    let label = output.words(label, &[]);
    let bar = output.progress(0, label.clone());
    let ended = loop {
        // A proxy on the way may end a stream that the server would go on with: the job itself says whether it ended.
        let _ = watch(client, &format!("{path}/events"), &bar).await;
        let job = client.get(&path).await?;
        if job["state"] == "done" || job["state"] == "failed" {
            break job;
        }
        tokio::time::sleep(PAUSE).await;
    };
    bar.finish_and_clear();
    if ended["state"] != "done" {
        bail!("{label}: {}", ended["message"].as_str().unwrap_or_default());
    }
    Ok(ended)
}

/// Moves the bar with a job's events until their stream ends.
async fn watch(client: &Client, path: &str, bar: &ProgressBar) -> anyhow::Result<()> {
    let stream = client.get_stream(path).await?;
    pin_mut!(stream);
    let mut rest: Vec<u8> = Vec::new();
    while let Some(part) = stream.next().await {
        rest.extend_from_slice(&part?);
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = rest.drain(..=end).collect();
            let Some(data) = line.strip_prefix(b"data:") else { continue };
            let Ok(job) = serde_json::from_slice::<Value>(data) else { continue };
            bar.set_length(job["total"].as_u64().unwrap_or(0));
            bar.set_position(job["done"].as_u64().unwrap_or(0));
        }
    }
    Ok(())
}
