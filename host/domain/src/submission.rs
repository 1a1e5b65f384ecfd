//! Submissions: revisions that members hand in, whether they count, and the receipts for them.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::activation::Signatory;
use crate::answers::Answers;
use crate::calendar::Period;
use crate::check_rule::{CheckRule, ruled_on};
use crate::digest::Digest;
use crate::finding::{Finding, WeighedFinding};
use crate::ids::{FederationCode, RoundCode, UnitCode};
use crate::review::Explanation;
use crate::rubric::{Description, Severity};

/// The typed envelope of a submission, without its answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// The round's code.
    pub round: String,
    /// The span that the round asks about.
    pub period: Period,
    /// Counts from 1.
    pub revision: u32,
    /// The day on which the host received it, where the house is.
    pub received_on: Date,
}

/// What a rubric is handed: the envelope and the answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// The envelope.
    pub envelope: Envelope,
    /// The answers.
    pub answers: Answers,
}

/// Whether a revision counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It counts.
    Accepted,
    /// It is kept but does not count: an error stands, or a warning without an explanation.
    Blocked,
}

/// Weighs findings on the day of receipt, as the federation's rules about checks say where they say something, and binds the member's
/// explanations to the warnings.
/// Findings of checks that are switched off are left out.
pub fn weigh(
    findings: Vec<Finding>,
    description: &Description,
    received_on: Date,
    explanations: &[Explanation],
    rules: &[CheckRule],
) -> Vec<WeighedFinding> {
    let weighed = findings.into_iter().map(|finding| {
        let own = description.check(&finding.check).map_or(Severity::Error, |check| check.severity_on(received_on));
        let (severity, ruled) = ruled_on(rules, &finding.check, received_on);
        let severity = severity.unwrap_or(own);
        let explains = |explanation: &&Explanation| {
            explanation.check == finding.check && explanation.at.as_ref().is_none_or(|at| finding.at.contains(at))
        };
        let explanation = explanations.iter().find(explains).map(|explanation| explanation.text.clone());
        WeighedFinding { finding, severity, explanation, ruled }
    });
    weighed.filter(|finding| finding.severity != Severity::Off).collect()
}

/// Whether a revision with these findings counts: no error, and every warning explained, but for those whose check is waived.
pub fn standing_of(findings: &[WeighedFinding]) -> Standing {
    let blocks = |finding: &WeighedFinding| match finding.severity {
        _ if finding.is_waived() => false,
        Severity::Error => true,
        Severity::Warning => finding.explanation.is_none(),
        Severity::Info | Severity::Off => false,
    };
    if findings.iter().any(blocks) { Standing::Blocked } else { Standing::Accepted }
}

/// Who answers for a revision in a round that wants a signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signing {
    /// Who presented it.
    pub presented_by: Signatory,
    /// When.
    pub presented_at: Timestamp,
    /// Who signed it, which handed it in.
    pub signed_by: Signatory,
}

/// What a receipt attests; the signature is over [`ReceiptBody::signed_bytes`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptBody {
    /// As the round's policy writes it; no two receipts of a round have the same.
    pub number: String,
    /// The federation.
    pub federation: FederationCode,
    /// The round.
    pub round: RoundCode,
    /// The unit.
    pub unit: UnitCode,
    /// The revision.
    pub revision: u32,
    /// When it was received.
    pub received_at: Timestamp,
    /// Whole hours after the due time.
    pub hours_late: u32,
    /// The digest of the answers' canonical bytes.
    pub answers: Digest,
    /// The rubric that checked and scored.
    pub rubric: Digest,
    /// Whether the revision counts.
    pub standing: Standing,
    /// How many findings block by themselves.
    pub errors: u32,
    /// How many warnings stand, and how many of them are explained.
    pub warnings: u32,
    /// How many warnings are explained.
    pub warnings_explained: u32,
    /// What was attested beside, since receipts are of the second form.
    #[serde(flatten)]
    pub beside: Option<AttestedBeside>,
}

/// What receipts of the second form attest beside those of the first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttestedBeside {
    /// How many findings the federation waived: they are neither among the errors nor among the warnings.
    pub waived: u32,
    /// The digest of the explanations that came with the answers.
    pub explanations: Digest,
    /// The digest of the decisions about checks that held for the unit.
    pub check_rules: Digest,
}

impl ReceiptBody {
    /// The bytes that are signed: every field on a line of its own behind its name, so that any tool can rebuild them. A receipt of the first
    /// form has fewer lines.
    pub fn signed_bytes(&self) -> Vec<u8> {
        let standing = match self.standing {
            Standing::Accepted => "accepted",
            Standing::Blocked => "blocked",
        };
        let (form, beside) = match &self.beside {
            None => ("v1", String::new()),
            Some(AttestedBeside { waived, explanations, check_rules }) => {
                ("v2", format!("waived {waived}\nexplanations {explanations}\ncheck-rules {check_rules}\n"))
            }
        };
        format!(
            "huizong receipt {form}\nnumber {}\nfederation {}\nround {}\nunit {}\nrevision {}\nreceived-at {}\nhours-late {}\n\
             answers {}\nrubric {}\nstanding {standing}\nerrors {}\nwarnings {}\nwarnings-explained {}\n{beside}",
            self.number,
            self.federation,
            self.round,
            self.unit,
            self.revision,
            self.received_at,
            self.hours_late,
            self.answers,
            self.rubric,
            self.errors,
            self.warnings,
            self.warnings_explained,
        )
        .into_bytes()
    }
}

/// A receipt: what the host attests, and its signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// What is attested.
    #[serde(flatten)]
    pub body: ReceiptBody,
    /// The host's Ed25519 public key, Base64.
    pub key: String,
    /// The signature over the body's signed bytes, Base64.
    pub signature: String,
}
