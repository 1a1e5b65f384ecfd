//! A release as people read it in the terminal.

use serde_json::Value;

use super::desk::text;
use crate::output::Output;
use crate::terminal::text_of;

/// The kinds of plugin that a component can be, in the order in which they are told.
const KINDS: [&str; 3] = ["rubric", "report", "reader"];

/// What a release calls itself: its name and its version, as the first kind of plugin that it is.
pub(super) fn title_of(output: &Output, release: &Value) -> (String, String) {
    let descriptions = &release["descriptions"];
    let first = KINDS.iter().map(|kind| &descriptions[kind]).find(|description| description.is_object());
    first.map_or_else(Default::default, |own| {
        (text_of(output, &own["title"]).to_owned(), text(&own["version"]).to_owned())
    })
}

/// The kinds of plugin that a release is.
pub(super) fn kinds_of(output: &Output, release: &Value) -> String {
    let kinds = KINDS.iter().filter(|kind| release["descriptions"][kind].is_object());
    kinds.map(|kind| output.words(&format!("cli-kind-{kind}"), &[])).collect::<Vec<_>>().join(" · ")
}

/// Shows a release: what it is, where it comes from, who signed it.
pub(super) fn show(output: &Output, key: &str, release: &Value) {
    let (title, version) = title_of(output, release);
    output.say(
        key,
        &[
            ("title", &title),
            ("version", &version),
            ("kinds", &kinds_of(output, release)),
            ("digest", text(&release["digest"])),
            ("contract", text(&release["contract"])),
            ("bytes", &release["component_bytes"].to_string()),
        ],
    );
    let by = text(&release["admitted_by"]);
    output.say("cli-plugin-admitted-by", &[("by", by), ("at", text(&release["admitted_at"]))]);
    show_signature(output, release);
    show_build(output, &release["build"]);
}

fn show_signature(output: &Output, release: &Value) {
    let signature = &release["signature"];
    if signature.is_object() {
        output.say(
            "cli-plugin-signed",
            &[
                ("label", text(&signature["key_label"])),
                ("key", text(&signature["key"])),
                ("comment", text(&signature["trusted_comment"])),
            ],
        );
    } else if let Some(doubt) = release["signature_doubt"].as_str() {
        output.say("cli-plugin-signature-doubt", &[("doubt", &output.words(&format!("cli-{doubt}"), &[]))]);
    }
}

/// What the component carries about how it was built: the builder's word.
fn show_build(output: &Output, build: &Value) {
    let producers = build["producers"].as_array().into_iter().flatten();
    let made_with = producers.map(|producer| format!("{} {}", text(&producer["name"]), text(&producer["version"])));
    let made_with: Vec<String> = made_with.map(|name| name.trim().to_owned()).collect();
    if !made_with.is_empty() {
        output.say("cli-plugin-made-with", &[("tools", &made_with.join(" · "))]);
    }
    let sources = [&build["source"], &build["revision"]].map(text);
    if sources.iter().any(|part| !part.is_empty()) {
        output.say("cli-plugin-made-from", &[("source", sources.join(" ").trim())]);
    }
}
