//! An export of the audit log is verified by an outsider: off-line, with nothing but the host's public key.

use std::io::{self, BufRead, Read as _};

use domain::audit::{BrokenLink, Checkpoint, Follower};
use domain::ids::FederationCode;
use domain::limits::{AUDIT_FAULTS_MAX, AUDIT_LINE_BYTES_MAX};
use domain::submission::Receipt;
use jiff::Timestamp;
use serde::Serialize;

use crate::audit::{AUDIT_FORMAT, AuditLine};
use crate::signer::{verify_checkpoint, verify_receipt};

/// What else somebody has in hand that must agree with the log.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Checkpoints that were given out earlier.
    pub checkpoints: Vec<Checkpoint>,
    /// Receipts that were given out.
    pub receipts: Vec<Receipt>,
}

/// What is wrong with an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AuditDoubt {
    /// The line is not one that a host writes.
    Unreadable,
    /// The first line is not that of a log, or of another form.
    NoHead,
    /// The entry is not what was hashed.
    Changed,
    /// Entries before it were left out, doubled or moved.
    Gap,
    /// It continues another chain.
    Foreign,
    /// The checkpoint was not signed by the key, or was changed.
    NotSigned,
    /// The line names another federation than the one whose chain was signed.
    OtherFederation,
    /// The checkpoint attests another chain than the one above it.
    Rewritten,
    /// There is something behind the last line.
    BehindTheEnd,
    /// The last line is missing: the export broke off, or was cut off.
    CutOff,
    /// A checkpoint that was given out earlier attests another entry than the one that stands here.
    EarlierDiffers,
    /// A receipt that was given out is not in the log, or for other answers.
    ReceiptNotFound,
    /// A receipt was not signed by the key.
    ReceiptNotSigned,
}

impl AuditDoubt {
    /// Every doubt, for the test that each has a sentence.
    pub const ALL: [Self; 13] = [
        Self::Unreadable,
        Self::NoHead,
        Self::Changed,
        Self::Gap,
        Self::Foreign,
        Self::NotSigned,
        Self::OtherFederation,
        Self::Rewritten,
        Self::BehindTheEnd,
        Self::CutOff,
        Self::EarlierDiffers,
        Self::ReceiptNotFound,
        Self::ReceiptNotSigned,
    ];

    /// Stable, kebab-case.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::NoHead => "no-head",
            Self::Changed => "changed",
            Self::Gap => "gap",
            Self::Foreign => "foreign",
            Self::NotSigned => "not-signed",
            Self::OtherFederation => "other-federation",
            Self::Rewritten => "rewritten",
            Self::BehindTheEnd => "behind-the-end",
            Self::CutOff => "cut-off",
            Self::EarlierDiffers => "earlier-differs",
            Self::ReceiptNotFound => "receipt-not-found",
            Self::ReceiptNotSigned => "receipt-not-signed",
        }
    }
}

/// Something that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditFault {
    /// The line, counted from 1; the line behind the last where something is missing there.
    pub line: u64,
    /// The number of the entry, or of the last one above.
    pub entry: u64,
    /// What is wrong.
    pub doubt: AuditDoubt,
    /// What it is about where the line does not say: the number of a receipt.
    pub about: String,
}

/// What verifying an export found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AuditVerified {
    /// Whose log it is; none where it has no head.
    pub federation: Option<FederationCode>,
    /// How many entries it has.
    pub entries: u64,
    /// When the first and the last of them were made.
    pub span: Option<(Timestamp, Timestamp)>,
    /// How many checkpoints hold, the last line's among them.
    pub checkpoints: u64,
    /// When the last checkpoint that holds was signed.
    pub attested_at: Option<Timestamp>,
    /// The last entry that a checkpoint that holds covers.
    pub attested_entries: u64,
    /// Receipts that stand in the log.
    pub receipts: u64,
    /// What is wrong, in the order of the lines; empty where the log is as the host wrote it.
    pub faults: Vec<AuditFault>,
}

impl AuditVerified {
    /// Whether nothing is wrong.
    pub const fn is_intact(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Verifies an export line by line; memory does not grow with it. `keys` are the public keys (Base64) that the host published.
pub fn verify_audit(export: impl BufRead, keys: &[String], evidence: &Evidence) -> io::Result<AuditVerified> {
    let mut verifier = Verifier {
        keys,
        evidence,
        follower: Follower::default(),
        found: AuditVerified::default(),
        line: 0,
        is_ended: false,
        receipts_found: vec![false; evidence.receipts.len()],
    };
    let mut export = export;
    loop {
        let mut line = Vec::new();
        // One byte more than a line may have shows that it has more.
        let most = u64::try_from(AUDIT_LINE_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
        if export.by_ref().take(most).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        verifier.line += 1;
        verifier.read(&line);
        if line.len() > AUDIT_LINE_BYTES_MAX {
            break;
        }
    }
    Ok(verifier.end())
}

struct Verifier<'a> {
    keys: &'a [String],
    evidence: &'a Evidence,
    follower: Follower,
    found: AuditVerified,
    line: u64,
    is_ended: bool,
    receipts_found: Vec<bool>,
}

impl Verifier<'_> {
    fn doubt(&mut self, doubt: AuditDoubt) {
        self.doubt_about(doubt, String::new());
    }

    fn doubt_about(&mut self, doubt: AuditDoubt, about: String) {
        if self.found.faults.len() < AUDIT_FAULTS_MAX {
            let (line, entry) = (self.line, self.follower.sequence());
            self.found.faults.push(AuditFault { line, entry, doubt, about });
        }
    }

    fn read(&mut self, line: &[u8]) {
        if self.is_ended {
            self.doubt(AuditDoubt::BehindTheEnd);
            return;
        }
        let read = std::str::from_utf8(line).ok().and_then(|text| serde_json::from_str::<AuditLine>(text).ok());
        // What says the same in other bytes was not written by a host.
        let read = read.filter(|read| read.written().is_ok_and(|written| written.as_bytes() == line));
        match read {
            Some(AuditLine::Head { format, federation }) if self.line == 1 && format == AUDIT_FORMAT => {
                self.found.federation = Some(federation);
            }
            Some(_) if self.line == 1 => self.doubt(AuditDoubt::NoHead),
            None if self.line == 1 => self.doubt(AuditDoubt::NoHead),
            Some(AuditLine::Head { .. }) => self.doubt(AuditDoubt::Unreadable),
            Some(AuditLine::Entry(entry)) => self.entry(&entry),
            Some(AuditLine::Checkpoint(checkpoint)) => self.checkpoint(&checkpoint),
            Some(AuditLine::End(checkpoint)) => {
                self.is_ended = true;
                self.checkpoint(&checkpoint);
            }
            None => {
                // One of the two still shows that an entry was lost with the line.
                let names_what_was_before = line.windows(9).any(|part| part == b"\"before\":");
                if line.starts_with(b"{\"entry") || names_what_was_before {
                    self.follower.pass();
                    self.found.entries += 1;
                }
                self.is_ended |= line.starts_with(b"{\"end");
                self.doubt(AuditDoubt::Unreadable);
            }
        }
    }

    fn entry(&mut self, entry: &domain::audit::AuditEntry) {
        let link = self.follower.follow(entry);
        self.found.entries += 1;
        let at = entry.act.at;
        self.found.span = Some(self.found.span.map_or((at, at), |(first, _)| (first, at)));
        if let Err(broken) = link {
            self.doubt(match broken {
                BrokenLink::Changed => AuditDoubt::Changed,
                BrokenLink::Gap => AuditDoubt::Gap,
                BrokenLink::Foreign => AuditDoubt::Foreign,
            });
        }
        let evidence = self.evidence;
        for earlier in evidence.checkpoints.iter().filter(|earlier| earlier.body.sequence == entry.sequence) {
            if !verify_checkpoint(earlier, self.keys) {
                self.doubt(AuditDoubt::NotSigned);
            } else if earlier.body.hash != entry.hash {
                self.doubt(AuditDoubt::EarlierDiffers);
            }
        }
        for (receipt, found) in evidence.receipts.iter().zip(&mut self.receipts_found) {
            let body = &receipt.body;
            *found |= entry.act.left == Some(body.answers)
                && entry.act.subject == format!("submission/{}/{}/{}", body.round, body.unit, body.revision);
        }
    }

    fn checkpoint(&mut self, checkpoint: &Checkpoint) {
        let body = &checkpoint.body;
        let is_of_another = self.found.federation.as_ref().is_some_and(|federation| *federation != body.federation);
        let fits = body.sequence == self.follower.sequence() && self.follower.may_be(body.hash);
        if !verify_checkpoint(checkpoint, self.keys) {
            self.doubt(AuditDoubt::NotSigned);
        } else if !fits {
            self.doubt(if is_of_another { AuditDoubt::OtherFederation } else { AuditDoubt::Rewritten });
        } else {
            if is_of_another {
                // The chain is the one that was signed, so it is the head that names another federation.
                let (line, entry, doubt) = (1, 0, AuditDoubt::OtherFederation);
                let about = body.federation.to_string();
                self.found.faults.insert(0, AuditFault { line, entry, doubt, about });
                self.found.federation = Some(body.federation.clone());
            }
            self.found.checkpoints += 1;
            self.found.attested_at = Some(body.at);
            self.found.attested_entries = body.sequence;
        }
    }

    fn end(mut self) -> AuditVerified {
        self.line += 1;
        if !self.is_ended {
            self.doubt(AuditDoubt::CutOff);
        }
        let (evidence, last) = (self.evidence, self.follower.sequence());
        for earlier in evidence.checkpoints.iter().filter(|earlier| earlier.body.sequence > last) {
            self.doubt_about(AuditDoubt::EarlierDiffers, earlier.body.sequence.to_string());
        }
        let found = std::mem::take(&mut self.receipts_found);
        for (receipt, found) in evidence.receipts.iter().zip(found) {
            let number = receipt.body.number.clone();
            let is_of_this = self.found.federation.as_ref() == Some(&receipt.body.federation);
            if !self.keys.iter().any(|key| verify_receipt(receipt, key).is_ok()) {
                self.doubt_about(AuditDoubt::ReceiptNotSigned, number);
            } else if found && is_of_this {
                self.found.receipts += 1;
            } else {
                self.doubt_about(AuditDoubt::ReceiptNotFound, number);
            }
        }
        self.found
    }
}
