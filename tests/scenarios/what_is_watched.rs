//! What is watched: the figures of a host and of a release are those of the calls that really were made, and tell nobody's answers.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use harness::{Client, Federation};
use rogues::Rogue;
use serde_json::{Value, json};

use crate::{clean_answers, component, server};

/// The samples of a page in Prometheus' format whose line has all of `parts`, by name and labels.
async fn samples(operator: &Client, parts: &[&str]) -> Result<BTreeMap<String, f64>> {
    let page = operator.get_beside("/metrics").await?.expect_success()?;
    anyhow::ensure!(page.header("Content-Type").is_some_and(|media_type| media_type.starts_with("text/plain")));
    let text = String::from_utf8(page.bytes)?;
    let lines = text.lines().filter(|line| !line.starts_with('#') && parts.iter().all(|part| line.contains(part)));
    lines
        .map(|line| {
            let (name, figure) = line.rsplit_once(' ').with_context(|| format!("a sample, not {line}"))?;
            Ok((name.to_owned(), figure.parse()?))
        })
        .collect()
}

/// How often a function is said to have ended in which way, by a release's health.
fn outcomes(health: &Value, function: &str) -> Value {
    let functions = health["here"]["functions"].as_array().map_or(&[][..], Vec::as_slice);
    functions
        .iter()
        .find(|called| called["function"] == function)
        .map_or(Value::Null, |called| called["outcomes"].clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_figures_are_those_of_the_calls_that_were_made() -> Result<()> {
    let server = server()?;
    let operator = server.operator();
    let federation = Federation::found(&operator, "watched", 3).await?;
    let rubric = federation.admit(component("rubric-2025")).await?;
    federation.open_round(&rubric, &[]).await?;
    let body = |number| json!({ "answers": clean_answers(number, 3) });
    for number in 1..=3 {
        federation.member(number).put(&federation.submission_path(number), &body(number)).await?.expect_success()?;
    }
    let checked = format!("{}/pre-checks", federation.submission_path(1));
    federation.member(1).post(&checked, &body(1)).await?.expect_success()?;
    federation.finish("settlements").await?;

    // Three were handed in and one was only checked: each is one call of either function. The cohort was settled once.
    let health = federation.admin.get(&format!("/federations/watched/releases/{rubric}/health")).await?;
    let health = health.expect_success()?.body;
    assert_eq!((&health["judged"], &health["faults"]), (&json!(3), &json!([])), "{health:#}");
    for (function, calls) in [("check", 4), ("score", 4), ("settle", 1)] {
        assert_eq!(outcomes(&health, function), json!({ "given": calls }), "{function}: {health:#}");
    }

    // The host tells the same to whoever watches it.
    for (function, calls) in [("check", 4.0), ("score", 4.0), ("settle", 1.0)] {
        let label = format!("function=\"{function}\"");
        let parts = ["huizong_evaluations_total{", "federation=\"watched\"", &label, "outcome=\"given\""];
        let counted = samples(&operator, &parts).await?;
        assert_eq!(counted.values().copied().collect::<Vec<_>>(), [calls], "{counted:?}");
        for figure in ["huizong_evaluation_fuel", "huizong_evaluation_seconds", "huizong_evaluation_memory_bytes"] {
            let of_figure = |kind: &str| format!("{figure}_{kind}");
            let (sum, count, bucket) = (of_figure("sum{"), of_figure("count{"), of_figure("bucket{"));
            let find = async |name: &str| samples(&operator, &[name, "federation=\"watched\"", &label]).await;
            assert_eq!(find(&count).await?.into_values().collect::<Vec<_>>(), [calls], "{figure} of {function}");
            assert!(find(&sum).await?.into_values().all(|sum| sum > 0.0), "{figure} of {function} cost something");
            let last = find(&bucket).await?.into_iter().find(|(name, _)| name.contains("+Inf"));
            assert_eq!(last.map(|(_, count)| count), Some(calls), "{figure} of {function}: no bound is above infinity");
        }
    }
    let submitted = ["huizong_http_requests_total{", "method=\"PUT\"", "/submissions/{unit}\"", "status=\"201\""];
    assert_eq!(samples(&operator, &submitted).await?.into_values().collect::<Vec<_>>(), [3.0]);

    // They name federations and releases and nobody's members, and only the operator reads them.
    let all = samples(&operator, &[]).await?;
    assert!(all.keys().all(|name| !name.contains("M001")), "a member stands in no label");
    assert_eq!(federation.admin.get_beside("/metrics").await?.status.as_u16(), 403);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_is_counted_and_told_with_where_it_happened() -> Result<()> {
    let server = server()?;
    let operator = server.operator();
    let federation = Federation::found(&operator, "faulting", 2).await?;
    let rubric = federation.admit(&rogues::component(Rogue::Traps)).await?;
    federation.open_round(&rubric, &[]).await?;
    let answers =
        json!({ "rooms": 10, "extinguishers": 8, "locked_exit": false, "drills": 0, "minutes": null, "volunteers": 3 });
    for number in 1..=2 {
        let body = json!({ "answers": answers });
        let refused = federation.member(number).put(&federation.submission_path(number), &body).await?;
        assert_eq!((refused.status.as_u16(), refused.code()), (502, "trapped"), "{:#}", refused.body);
    }
    let health = federation.admin.get(&format!("/federations/faulting/releases/{rubric}/health")).await?;
    let health = health.expect_success()?.body;
    assert_eq!(health["judged"], 0);
    let faults = health["faults"].as_array().context("a list")?;
    assert_eq!(
        (faults.len(), &faults[0]["kind"], &faults[0]["faults"]),
        (1, &json!("trapped"), &json!(2)),
        "{faults:#?}"
    );
    let last = &health["last_fault"];
    assert_eq!((&last["function"], &last["unit"]), (&json!("score"), &json!("M002")), "{last:#}");
    assert_eq!(last["input"].as_str().map(str::len), Some(64), "{last:#}");
    let trace = last["trace"].as_array().context("a trace")?;
    assert!(trace.iter().any(|name| name.as_str().is_some_and(|name| name.contains("score"))), "{trace:#?}");
    assert_eq!(outcomes(&health, "score"), json!({ "trapped": 2 }));

    let parts = ["huizong_evaluations_total{", "federation=\"faulting\"", "outcome=\"trapped\""];
    assert_eq!(samples(&operator, &parts).await?.into_values().collect::<Vec<_>>(), [2.0]);
    Ok(())
}
