//! The demo ends as a newcomer expects, and the key to its traps is met.

use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::Value;

#[test]
fn the_demo_finds_every_trap_accuses_nobody_clean_and_replays_equal_bytes() -> Result<()> {
    let out = tempfile::tempdir()?;
    let output = Command::new(env!("CARGO_BIN_EXE_huizong"))
        .args(["demo", "--exit", "--format", "json", "--out"])
        .arg(out.path())
        .output()
        .context("the binary runs")?;
    let talk = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{talk}");
    let summary: Value = serde_json::from_slice(&output.stdout).context("one JSON value on standard output")?;
    let count = |name: &str| summary[name].as_u64().unwrap_or(u64::MAX);
    assert!(count("submissions") >= 240, "{summary:#}");
    assert!(count("traps-planted") >= 60, "{summary:#}");
    assert_eq!((count("traps-missed"), count("clean-accused")), (0, 0), "{summary:#}");
    assert!(count("evaluations-replayed") > 2 * count("submissions"), "{summary:#}");

    let mut reports: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(out.path())? {
        reports.push(entry?.file_name().to_string_lossy().into_owned());
    }
    let of_kind = |ending: &str| reports.iter().filter(|name| name.ends_with(ending)).count();
    assert!(of_kind(".html") >= 4 && of_kind(".md") >= 4, "{reports:?}");
    Ok(())
}
