//! What a report plugin says of itself, and what it is handed to compose a document.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::Period;
use crate::finding::WeighedFinding;
use crate::points::Points;
use crate::rubric::{Check, Criterion, Grade, Severity};
use crate::scorecard::{CriterionPoints, Scorecard};
use crate::settlement::CriterionColumn;
use crate::text::Text;
use crate::unit::Unit;

/// A kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// One member's own report.
    MemberReport,
    /// Everybody's results.
    RollUp,
    /// A receipt.
    Receipt,
    /// A return for correction.
    ReturnNotice,
    /// A reminder.
    Reminder,
    /// A rectification notice.
    Rectification,
    /// The decision on an appeal.
    AppealDecision,
}

/// How the values that a pointer meets become one value per member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Taking {
    /// The value itself.
    One,
    /// The sum of all numbers met.
    Sum,
    /// How many places are met.
    Count,
}

/// A field of the answers that a roll-up needs; `*` stands for every item of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WantedField {
    /// The pointer.
    pub at: String,
    /// How many values become one.
    pub taking: Taking,
    /// Its name.
    pub label: Text,
    /// What it is counted in.
    pub unit: String,
}

/// What a report plugin says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportDescription {
    /// The same for all versions.
    pub id: String,
    /// Semantic version.
    pub version: String,
    /// Its name.
    pub title: Text,
    /// What it composes and for whom.
    pub summary: Text,
    /// The kinds of document that it composes.
    pub composes: Vec<DocumentKind>,
    /// What a roll-up takes out of the answers.
    pub fields: Vec<WantedField>,
}

/// The round that a document is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedRound {
    /// The federation's name.
    pub federation: String,
    /// The round's code.
    pub code: String,
    /// The round's title.
    pub title: String,
    /// The period that it asks about.
    pub period: Period,
    /// The day that it is due.
    pub due: Date,
    /// The rubric's title.
    pub rubric_title: Text,
    /// The rubric's version.
    pub rubric_version: String,
    /// What a total is out of.
    pub full_marks: Points,
    /// The rubric's criteria.
    pub criteria: Vec<Criterion>,
    /// The rubric's grades.
    pub grades: Vec<Grade>,
    /// The rubric's checks.
    pub checks: Vec<Check>,
}

/// Where a member stands after the cohort pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Final total.
    pub total: Points,
    /// Index into the rubric's grades.
    pub grade: u16,
    /// 1 is the best.
    pub rank: u32,
    /// How many were ranked.
    pub ranked: u32,
    /// The cohort's median.
    pub median: Points,
    /// Points of the criteria of the cohort pass.
    pub lines: Vec<CriterionPoints>,
}

/// One member's own report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberReport {
    /// The round.
    pub round: ReportedRound,
    /// The member.
    pub unit: Unit,
    /// The day of issue.
    pub issued_on: Date,
    /// The number of the receipt of the revision that is reported.
    pub receipt_number: String,
    /// The revision.
    pub revision: u32,
    /// Canonical bytes of the answers.
    #[serde(with = "crate::bytes")]
    pub answers: Vec<u8>,
    /// What the checks found.
    pub findings: Vec<WeighedFinding>,
    /// The score explained.
    pub scorecard: Scorecard,
    /// None before the cohort pass.
    pub standing: Option<Standing>,
}

/// A member in a roll-up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollUpMember {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: String,
}

/// The values of a wanted field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldValues {
    /// Numbers in units of 10^-scale.
    Numbers(crate::document::Numbers),
    /// Words.
    Texts(Vec<String>),
}

/// One wanted field for every member; `known` is 0 where a member has no value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldColumn {
    /// The pointer that was wanted.
    pub at: String,
    /// How it was taken.
    pub taking: Taking,
    /// The values.
    pub values: FieldValues,
    /// 1 where there is one.
    pub known: Vec<u8>,
}

/// How often a check was raised among the accepted submissions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingCount {
    /// The check.
    pub check: String,
    /// Its severity.
    pub severity: Severity,
    /// How many members it concerns.
    pub members: u32,
    /// How many findings.
    pub findings: u32,
}

/// A unit in a list, with a remark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedUnit {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Hours late, why exempt, into whom merged.
    pub note: String,
}

/// Everybody's results as columns; lists of one item per member are in the order of `members`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollUp {
    /// The round.
    pub round: ReportedRound,
    /// The day of issue.
    pub issued_on: Date,
    /// Who counted.
    pub members: Vec<RollUpMember>,
    /// Final totals.
    pub totals: Vec<Points>,
    /// Ranks.
    pub ranks: Vec<u32>,
    /// Index into the rubric's grades.
    pub grades: Vec<u16>,
    /// Final points per criterion.
    pub criteria: Vec<CriterionColumn>,
    /// The wanted fields.
    pub fields: Vec<FieldColumn>,
    /// How often each check was raised.
    pub findings: Vec<FindingCount>,
    /// Who handed in nothing.
    pub missing: Vec<ListedUnit>,
    /// Whose revision is held back.
    pub blocked: Vec<ListedUnit>,
    /// Who was late.
    pub late: Vec<ListedUnit>,
    /// Who need not report.
    pub exempt: Vec<ListedUnit>,
    /// Who became part of another.
    pub merged: Vec<ListedUnit>,
    /// How many were expected.
    pub expected: u32,
}

impl RollUp {
    /// A roll-up of nobody.
    pub const fn empty(round: ReportedRound, issued_on: Date) -> Self {
        Self {
            round,
            issued_on,
            members: Vec::new(),
            totals: Vec::new(),
            ranks: Vec::new(),
            grades: Vec::new(),
            criteria: Vec::new(),
            fields: Vec::new(),
            findings: Vec::new(),
            missing: Vec::new(),
            blocked: Vec::new(),
            late: Vec::new(),
            exempt: Vec::new(),
            merged: Vec::new(),
            expected: 0,
        }
    }
}

/// One labelled value of a notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeItem {
    /// What it is.
    pub label: Text,
    /// The value as it is written.
    pub value: String,
}

/// One page to one member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Which notice.
    pub kind: DocumentKind,
    /// The round.
    pub round: ReportedRound,
    /// The member.
    pub unit: Unit,
    /// The day of issue.
    pub issued_on: Date,
    /// Its number.
    pub number: String,
    /// By when something is to be done.
    pub due: Option<Date>,
    /// What it says.
    pub items: Vec<NoticeItem>,
    /// The findings that it is about.
    pub findings: Vec<WeighedFinding>,
}

/// What a report plugin is asked to compose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Request {
    /// One member's own report.
    MemberReport(Box<MemberReport>),
    /// Everybody's results.
    RollUp(Box<RollUp>),
    /// One page to one member.
    Notice(Box<Notice>),
}

impl Request {
    /// The kind of document that is asked for.
    pub fn kind(&self) -> DocumentKind {
        match self {
            Self::MemberReport(_) => DocumentKind::MemberReport,
            Self::RollUp(_) => DocumentKind::RollUp,
            Self::Notice(notice) => notice.kind,
        }
    }
}
