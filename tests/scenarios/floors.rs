//! The floors hold: who may name whom, and which words may not stand in the host.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every file below a folder that git would keep, with its text; binary files are left out.
fn texts_below(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut texts = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.expect("the entry is readable").path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                texts.push((path, text));
            }
        }
    }
    texts.sort();
    texts
}

/// The workspace crates that a crate's manifest names outside `[dev-dependencies]`.
fn dependencies_of(manifest: &Path) -> Vec<String> {
    let text = fs::read_to_string(manifest).expect("the manifest is there");
    let mut section = "";
    let mut names = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with('[') {
            section = line;
        } else if section.ends_with("dependencies]") && !section.contains("dev-dependencies") {
            let name = line.split(['.', '=', ' ']).next().unwrap_or_default();
            if !name.is_empty() && !name.starts_with('#') {
                names.push(name.to_owned());
            }
        }
    }
    names
}

/// What each floor may use of the house.
const FLOORS: [(&str, &[&str]); 9] = [
    ("domain", &[]),
    ("store", &["domain"]),
    ("sandbox", &["domain"]),
    ("pdf", &[]),
    ("documents", &["domain", "pdf"]),
    ("post", &["domain"]),
    ("operations", &["domain", "store", "sandbox", "documents", "post"]),
    ("web", &["domain", "documents", "operations"]),
    ("cli", &["domain", "store", "sandbox", "documents", "post", "operations", "web", "demo-pack"]),
];

#[test]
fn each_floor_uses_only_what_stands_below_it() {
    let house: Vec<&str> = FLOORS.iter().map(|(name, _)| *name).chain(["demo-pack", "huizong-sdk"]).collect();
    for (crate_name, allowed) in FLOORS {
        let manifest = root().join("host").join(crate_name).join("Cargo.toml");
        for dependency in dependencies_of(&manifest) {
            let is_ours = house.contains(&dependency.as_str());
            assert!(!is_ours || allowed.contains(&dependency.as_str()), "{crate_name} may not use {dependency}");
        }
    }
    let entries = fs::read_dir(root().join("host")).expect("host/ is there");
    let crates = entries.filter(|entry| entry.as_ref().is_ok_and(|entry| entry.path().is_dir())).count();
    assert_eq!(crates, FLOORS.len(), "a crate in host/ has no floor");
}

#[test]
fn only_one_floor_names_each_engine() {
    let engines = [("axum", "web"), ("wasmtime", "sandbox"), ("sqlx", "store"), ("lettre", "post"), ("krilla", "pdf")];
    for (engine, home) in engines {
        for (crate_name, _) in FLOORS.iter().filter(|(name, _)| *name != home) {
            let manifest = root().join("host").join(crate_name).join("Cargo.toml");
            assert!(!dependencies_of(&manifest).iter().any(|name| name == engine), "{crate_name} depends on {engine}");
            for (path, text) in texts_below(&root().join("host").join(crate_name).join("src")) {
                let names_it = text.contains(&format!("{engine}::")) || text.contains(&format!("use {engine}"));
                assert!(!names_it, "{} names {engine}", path.display());
            }
        }
    }
    for (path, text) in texts_below(&root().join("host/store/src")) {
        assert!(!text.contains("sandbox"), "{} names the sandbox", path.display());
    }
}

#[test]
fn the_host_is_ignorant_of_the_subject() {
    let words = ["投诉", "消保", "消费者", "信访", "complaint", "consumer", "petition", "县级", "农商"];
    for (path, text) in texts_below(&root().join("host")) {
        let lower = text.to_lowercase();
        for word in words {
            assert!(!lower.contains(word), "{} knows of {word}", path.display());
        }
    }
}

#[test]
fn a_file_says_what_it_is_for_in_its_first_line() {
    for folder in ["host", "plugins", "tests"] {
        for (path, text) in texts_below(&root().join(folder)) {
            let is_rust = path.extension().is_some_and(|extension| extension == "rs");
            let is_built = path.components().any(|part| part.as_os_str() == "target");
            if is_rust && !is_built {
                assert!(text.starts_with("//!") || text.starts_with("#![doc"), "{}", path.display());
            }
        }
    }
}
