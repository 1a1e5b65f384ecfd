//! Builds the rubric in JavaScript that stands in `examples/plugins/javascript`, as its author would: with npm, from the lock file.
//!
//! Included with `#[path]` by every test that wants it; it needs nothing but the standard library, node and npm.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The component, built once for each test process.
///
/// # Panics
/// When npm is missing, or the build fails: the test cannot claim anything then.
pub fn fire_safety() -> &'static [u8] {
    static COMPONENT: OnceLock<Vec<u8>> = OnceLock::new();
    COMPONENT.get_or_init(|| {
        let folder = Folder::new();
        let component = built_in(&folder.0);
        drop(folder);
        component
    })
}

fn built_in(folder: &Path) -> Vec<u8> {
    let repository = repository();
    copy(&repository.join("examples/plugins/javascript"), folder);
    let is_there = Command::new("npm").arg("--version").output().is_ok_and(|output| output.status.success());
    assert!(is_there, "npm is missing: apt-get install nodejs npm (node 18 or newer)");
    // The package has no scripts to run; if a later one had, they would not be run.
    run(Command::new("npm").current_dir(folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]));
    let out = folder.join("fire-safety.wasm");
    let mut build = Command::new("node_modules/.bin/componentize-qjs");
    build.current_dir(folder).arg("--wit").arg(repository.join("wit/v1")).args(["--world", "rubric-plugin"]);
    build.args(["--js", "src/rubric.js", "--module-root", "src", "--stub-wasi", "--sync", "--output"]).arg(&out);
    run(&mut build);
    fs::read(&out).expect("the build leaves a component")
}

fn run(command: &mut Command) {
    let output = command.output().expect("the program starts");
    let said = || format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{command:?} failed:\n{}", said());
}

/// The sources without what an earlier build left beside them.
fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("the example is there") {
        let path = entry.expect("the entry is readable").path();
        let name = path.file_name().expect("an entry has a name");
        if path.is_dir() && name != "node_modules" {
            fs::create_dir_all(to.join(name)).expect("a folder");
            copy(&path, &to.join(name));
        } else if path.is_file() && path.extension().is_none_or(|extension| extension != "wasm") {
            fs::copy(&path, to.join(name)).expect("a copy");
        }
    }
}

/// The root of the repository, from whichever package includes this file.
fn repository() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = package.ancestors().find(|folder| folder.join("wit/v1").is_dir());
    root.expect("the package stands in the repository").to_path_buf()
}

/// A folder of this process, which is gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("huizong-javascript-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
