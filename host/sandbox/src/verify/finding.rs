//! Findings: documented checks, pointers that resolve, and no more than may be.

use domain::answers::Answers;
use domain::finding::Finding;
use domain::limits::FINDINGS_MAX;

use super::{Rubric, pointer};
use crate::lie::{Lie, hold, shown};

/// All findings of one submission.
pub(crate) fn findings(rubric: Rubric<'_>, answers: &Answers, findings: &[Finding]) -> Result<(), Lie> {
    hold(findings.len() <= FINDINGS_MAX, || format!("{} findings, more than {FINDINGS_MAX}", findings.len()))?;
    findings.iter().try_for_each(|finding| {
        one(rubric, answers, finding).map_err(|lie| lie.of(format_args!("a finding of `{}`", shown(&finding.check))))
    })
}

fn one(rubric: Rubric<'_>, answers: &Answers, finding: &Finding) -> Result<(), Lie> {
    hold(rubric.documents(&finding.check), || "the description documents no check of this code")?;
    hold(!finding.at.is_empty(), || "it points nowhere")?;
    pointer::resolve(&finding.at, answers)
}
