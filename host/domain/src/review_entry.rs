//! What reviewers decide about a submission: entries that are signed and appended, never changed. A later entry takes an earlier one's
//! place or withdraws it; which of them count for a revision is decided here and nowhere else.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::activation::Signatory;
use crate::amount::Decimal;
use crate::digest::Digest;
use crate::ids::{AppealId, CollectiveDecisionId, FederationCode, ReviewEntryId, RoundCode, UnitCode};
use crate::points::Points;
use crate::review::{Explanation, Judgement, PointAdjustment, Review, ValueAdjustment};
use crate::rubric::{Description, Pass};

/// What an entry does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReviewAct {
    /// Gives the points of a criterion that leaves discretion; the newest such entry of a criterion counts.
    Judge {
        /// The criterion.
        criterion: String,
        /// The points.
        points: Points,
    },
    /// Counts a value differently from what the member stated; the newest such entry of a place counts.
    AdjustValue {
        /// Where in the answers (RFC 6901).
        at: String,
        /// What the member stated, as the answers have it.
        stated: Decimal,
        /// What it counts as.
        counted: Decimal,
    },
    /// Adds points or takes some; all such entries of a criterion count together.
    AdjustPoints {
        /// The criterion.
        criterion: String,
        /// How many, negative to take.
        points: Points,
    },
    /// Takes an earlier entry back.
    Withdraw {
        /// Which.
        entry: ReviewEntryId,
    },
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewEntry {
    /// Its identifier.
    pub id: ReviewEntryId,
    /// The round.
    pub round: RoundCode,
    /// Whose submission.
    pub unit: UnitCode,
    /// The revision that the reviewer had before them.
    pub revision: u32,
    /// What it does.
    pub act: ReviewAct,
    /// Why.
    pub reason: String,
    /// What it rests on: digests of attachments.
    pub evidence: Vec<Digest>,
    /// The appeal that it carries out, where it does.
    pub appeal: Option<AppealId>,
    /// Whether it counts only once a second person has confirmed it: the round's rule when it was made.
    pub needs_second: bool,
    /// Who made it.
    pub by: Signatory,
    /// When.
    pub at: Timestamp,
}

impl ReviewEntry {
    /// The bytes that are signed: every field on a line of its own behind its name; free text stands as its digest, so that no line of
    /// it can pass for another field.
    pub fn signed_bytes(&self, federation: &FederationCode) -> Vec<u8> {
        let act = match &self.act {
            ReviewAct::Judge { criterion, points } => format!("judge {criterion} {points}"),
            ReviewAct::AdjustValue { at, stated, counted } => {
                format!("adjust-value {} {stated} {counted}", Digest::of(at.as_bytes()))
            }
            ReviewAct::AdjustPoints { criterion, points } => format!("adjust-points {criterion} {points}"),
            ReviewAct::Withdraw { entry } => format!("withdraw {entry}"),
        };
        let evidence: Vec<String> = self.evidence.iter().map(Digest::to_string).collect();
        let appeal = self.appeal.map(|appeal| appeal.to_string()).unwrap_or_default();
        format!(
            "huizong review-entry v1\nid {}\nfederation {federation}\nround {}\nunit {}\nrevision {}\nact {act}\nreason-sha256 {}\n\
             evidence {}\nappeal {appeal}\nneeds-second {}\nby {}\nat {}\n",
            self.id,
            self.round,
            self.unit,
            self.revision,
            Digest::of(self.reason.as_bytes()),
            evidence.join(" "),
            self.needs_second,
            self.by.token,
            self.at,
        )
        .into_bytes()
    }
}

/// The host's signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// The host's Ed25519 public key, Base64.
    pub key: String,
    /// The signature over the signed bytes, Base64.
    pub signature: String,
}

/// What a second person, or those who decide together, made of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confirmation {
    /// It counts.
    Confirm,
    /// It does not; also whoever made it, who takes it back so.
    Reject,
}

/// A decision on an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryDecision {
    /// What.
    pub confirmation: Confirmation,
    /// Who decided, or recorded what was decided together.
    pub by: Signatory,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
    /// The decision of several together that it stands in.
    pub collective: Option<CollectiveDecisionId>,
}

/// An entry as it is kept: with its signature, and what was decided about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownEntry {
    /// The entry.
    pub entry: ReviewEntry,
    /// The host's signature.
    pub seal: Seal,
    /// What was decided about it; none while it waits, or where nothing is to be decided.
    pub decision: Option<EntryDecision>,
}

/// Where an entry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntryState {
    /// Waits for a second person.
    Waiting,
    /// Counts.
    InForce,
    /// A second person did not confirm it.
    Rejected,
    /// A later entry took it back.
    Withdrawn,
    /// A later entry about the same took its place.
    Replaced,
}

impl KnownEntry {
    /// Where it stands by itself, whatever came later.
    fn own_state(&self) -> EntryState {
        match self.decision.as_ref().map(|decision| decision.confirmation) {
            Some(Confirmation::Reject) => EntryState::Rejected,
            None if self.entry.needs_second => EntryState::Waiting,
            Some(Confirmation::Confirm) | None => EntryState::InForce,
        }
    }
}

/// Where the entries of one submission stand, in their order.
pub fn states_of(entries: &[KnownEntry]) -> Vec<EntryState> {
    let mut states: Vec<EntryState> = entries.iter().map(KnownEntry::own_state).collect();
    let places: BTreeMap<ReviewEntryId, usize> =
        entries.iter().enumerate().map(|(place, known)| (known.entry.id, place)).collect();
    for (place, known) in entries.iter().enumerate() {
        let ReviewAct::Withdraw { entry } = &known.entry.act else { continue };
        let target = places.get(entry).filter(|target| **target < place);
        if let (EntryState::InForce, Some(target)) = (states[place], target)
            && states[*target] == EntryState::InForce
        {
            states[*target] = EntryState::Withdrawn;
        }
    }
    let mut newest: BTreeMap<Subject<'_>, usize> = BTreeMap::new();
    for (place, known) in entries.iter().enumerate() {
        let subject = Subject::of(&known.entry.act);
        if let (EntryState::InForce, Some(subject)) = (states[place], subject)
            && let Some(before) = newest.insert(subject, place)
        {
            states[before] = EntryState::Replaced;
        }
    }
    states
}

/// What an entry decides alone, so that a later one about the same takes its place.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Subject<'a> {
    Judgement(&'a str),
    Value(&'a str),
}

impl<'a> Subject<'a> {
    fn of(act: &'a ReviewAct) -> Option<Self> {
        match act {
            ReviewAct::Judge { criterion, .. } => Some(Self::Judgement(criterion)),
            ReviewAct::AdjustValue { at, .. } => Some(Self::Value(at)),
            ReviewAct::AdjustPoints { .. } | ReviewAct::Withdraw { .. } => None,
        }
    }
}

/// What counts of the entries on a submission, for one revision and one rubric.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewFacts {
    /// The entries behind it, in their order.
    pub entries: Vec<ReviewEntryId>,
    judgements: Vec<Judgement>,
    value_adjustments: Vec<ValueAdjustment>,
    point_adjustments: Vec<PointAdjustment>,
}

impl ReviewFacts {
    /// What counts for a revision. An entry counts from the revision on that it was made on, so that nobody sheds a deduction by handing
    /// in again; but a value that a later revision states differently is no longer adjusted, and what the rubric does not know counts
    /// for nothing.
    pub fn of(entries: &[KnownEntry], revision: u32, answers: &Value, rubric: &Description) -> Self {
        let mut facts = Self::default();
        let in_force = entries.iter().zip(states_of(entries)).filter(|(_, state)| *state == EntryState::InForce);
        for (KnownEntry { entry, .. }, _) in in_force.filter(|(known, _)| known.entry.revision <= revision) {
            let reason = entry.reason.clone();
            match &entry.act {
                ReviewAct::Judge { criterion, points } if is_judged(rubric, criterion) => {
                    facts.judgements.push(Judgement { criterion: criterion.clone(), points: *points, reason });
                }
                ReviewAct::AdjustValue { at, stated, counted } if decimal_at(answers, at) == Some(stated.trimmed()) => {
                    let (at, stated, counted) = (at.clone(), *stated, *counted);
                    facts.value_adjustments.push(ValueAdjustment { at, stated, counted, reason });
                }
                ReviewAct::AdjustPoints { criterion, points } if is_adjustable(rubric, criterion) => {
                    let adjustment = PointAdjustment { criterion: criterion.clone(), points: *points, reason };
                    facts.point_adjustments.push(adjustment);
                }
                _ => continue,
            }
            facts.entries.push(entry.id);
        }
        facts
    }

    /// Whether nothing was decided that counts.
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What a rubric is handed.
    pub fn review(&self, hours_late: u32, explanations: Vec<Explanation>) -> Review {
        Review {
            hours_late,
            judgements: self.judgements.clone(),
            value_adjustments: self.value_adjustments.clone(),
            point_adjustments: self.point_adjustments.clone(),
            explanations,
        }
    }

    /// The identity of what counts; none where nothing does. Its parts are the entries and all that a rubric sees of them.
    pub fn digest(&self) -> Option<Digest> {
        if self.is_empty() {
            return None;
        }
        let entries = self.entries.iter().map(|entry| entry.to_string());
        let judgements = self.judgements.iter().map(|it| format!("judge {} {}", it.criterion, it.points));
        let values = self.value_adjustments.iter().map(|it| format!("value {} {} {}", it.at, it.stated, it.counted));
        let points = self.point_adjustments.iter().map(|it| format!("points {} {}", it.criterion, it.points));
        let parts: Vec<String> = entries.chain(judgements).chain(values).chain(points).collect();
        Some(Digest::of_parts(&parts.iter().map(String::as_bytes).collect::<Vec<_>>()))
    }
}

/// Whether a criterion leaves discretion to a reviewer.
pub fn is_judged(rubric: &Description, criterion: &str) -> bool {
    rubric.criterion(criterion).is_some_and(|criterion| criterion.judged.is_some())
}

/// Whether points of a criterion can be adjusted: it has a line of the unit pass.
pub fn is_adjustable(rubric: &Description, criterion: &str) -> bool {
    let known = rubric.criterion(criterion);
    known.is_some_and(|criterion| criterion.is_scored() && criterion.pass == Pass::OfUnit)
}

/// The number that stands at a place of answers, without needless zeros; fractions are texts there.
pub fn decimal_at(answers: &Value, pointer: &str) -> Option<Decimal> {
    let decimal = match answers.pointer(pointer)? {
        Value::Number(number) => Decimal::whole(number.as_i64()?),
        Value::String(text) => text.parse().ok()?,
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    Some(decimal.trimmed())
}
