//! A spreadsheet program without a window, and a clerk who types into it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

/// Something to type into a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The worksheet, by the name on its tab.
    pub sheet: String,
    /// The column, from 0.
    pub column: u32,
    /// The row, from 0.
    pub row: u32,
    /// A number or words.
    pub value: Value,
}

/// The file that the program saves after somebody typed into a template. On a machine that is busy the program has been seen to end by itself
/// before anything was typed; then somebody opens it once more, as people do.
pub fn typed_into(template: &[u8], entries: &[Entry]) -> Result<Vec<u8>> {
    typed_once(template, entries).or_else(|_| typed_once(template, entries))
}

fn typed_once(template: &[u8], entries: &[Entry]) -> Result<Vec<u8>> {
    let desk = tempfile::tempdir()?;
    let at = |name: &str| desk.path().join(name);
    std::fs::write(at("template.xlsx"), template)?;
    let list: Vec<Value> =
        entries.iter().map(|entry| serde_json::json!([entry.sheet, entry.column, entry.row, entry.value])).collect();
    std::fs::write(at("entries.json"), serde_json::to_vec(&list)?)?;
    // Every desk has a pipe of its own, so that several may be at work.
    let name = desk.path().file_name().and_then(|name| name.to_str()).context("a desk has a name")?;
    let address = format!("pipe,name=huizong{}", name.trim_start_matches('.'));
    let _program = Program::open(desk.path(), &address)?;
    // Debian's own interpreter has the bridge to the program.
    let clerk = Command::new("/usr/bin/python3")
        .arg(script())
        .arg(&address)
        .args([at("template.xlsx"), at("entries.json"), at("saved.xlsx")])
        .output()
        .context("the clerk needs python3-uno")?;
    ensure!(clerk.status.success(), "{}: {}", clerk.status, String::from_utf8_lossy(&clerk.stderr));
    Ok(std::fs::read(at("saved.xlsx"))?)
}

fn script() -> PathBuf {
    crate::repository().join("tests/harness/clerk_at_a_spreadsheet.py")
}

/// The program; it goes away with whoever opened it.
struct Program(Child);

impl Program {
    fn open(desk: &Path, address: &str) -> Result<Self> {
        let profile = format!("-env:UserInstallation=file://{}", desk.join("profile").display());
        let child = Command::new("soffice")
            .args([&profile, "--headless", "--norestore", &format!("--accept={address};urp")])
            .env("HOME", desk)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("the scenario needs LibreOffice (libreoffice-calc-nogui)")?;
        Ok(Self(child))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It was asked to end; where it did not, its folder must not go away under it.
        for _ in 0..100 {
            if matches!(self.0.try_wait(), Ok(Some(_)) | Err(_)) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
