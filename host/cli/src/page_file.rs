//! What the server renders, kept in a file: in which format, the file's ending says.

use std::path::Path;

use anyhow::{Context as _, bail};
use documents::Format;

use crate::client::Client;
use crate::output::Output;

/// Fetches what stands at an address in the format that the file's ending names, and writes it.
pub async fn keep(client: &Client, path: &str, file: &Path, output: &Output) -> anyhow::Result<()> {
    let joint = if path.contains('?') { '&' } else { '?' };
    let format = format_of(file, output)?;
    let bytes = client.get_bytes(&format!("{path}{joint}format={format}")).await?;
    std::fs::write(file, bytes).with_context(|| file.display().to_string())?;
    output.say("cli-page-kept", &[("file", &file.display().to_string())]);
    Ok(())
}

/// The format that a file's ending asks for: one that this binary knows, or a table.
fn format_of(file: &Path, output: &Output) -> anyhow::Result<&'static str> {
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    match (Format::parse(if ending == "htm" { "html" } else { &ending }), ending.as_str()) {
        (Some(format), _) => Ok(format.extension()),
        (None, "csv") => Ok("csv"),
        (None, _) => bail!(output.words("cli-page-ending", &[("file", &file.display().to_string())])),
    }
}
