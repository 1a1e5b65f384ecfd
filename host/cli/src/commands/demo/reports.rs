//! The reports are fetched in every format and written to a folder.

use std::path::Path;

use documents::Format;
use serde_json::Value;

use super::enrol::Cast;
use crate::output::Output;

/// Writes the federation's reports, and the first spotlight's own.
pub async fn write(cast: &Cast<'_>, folder: &Path, output: &Output) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)?;
    let round = cast.last_round();
    let path = cast.round_path(round);
    let rolled = cast.admin.get(&format!("{path}/roll-up")).await?;
    for report in rolled["reports"].as_array().into_iter().flatten() {
        let digest = report["report"].as_str().unwrap_or_default();
        let name = cast.releases.iter().find(|(_, known)| *known == digest).map_or("report", |(name, _)| name);
        for ending in Format::built().map(Format::extension) {
            let bytes = cast.admin.get_bytes(&format!("{path}/reports/{digest}?format={ending}")).await?;
            let file = folder.join(format!("{}-{}-{name}.{ending}", cast.federation.code, round.code));
            std::fs::write(&file, bytes)?;
            tell(report, &file, output);
        }
    }
    if let Some(unit) = cast.federation.spotlights.last() {
        let submission = cast.submission_path(round, unit);
        for ending in Format::built().map(Format::extension) {
            let bytes = cast.admin.get_bytes(&format!("{submission}/report?format={ending}")).await?;
            std::fs::write(folder.join(format!("{}-{}-{unit}.{ending}", cast.federation.code, round.code)), bytes)?;
        }
    }
    Ok(())
}

fn tell(report: &Value, file: &Path, output: &Output) {
    let title = report["title"].as_str().unwrap_or_default();
    output.say("demo-report", &[("title", title), ("file", &file.display().to_string())]);
}
