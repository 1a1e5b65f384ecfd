//! What a report is asked to compose, as the contract writes it.

use domain::document::Numbers;
use domain::finding::WeighedFinding;
use domain::report::{
    DocumentKind, FieldColumn, FieldValues, FindingCount, ListedUnit, MemberReport, Notice, NoticeItem, ReportedRound,
    Request, RollUp, RollUpMember, Standing, Taking,
};
use domain::settlement::CriterionColumn;

use super::each;
use super::values::thousandths;
use crate::wit::v1::report;

impl From<&Request> for report::Request {
    fn from(request: &Request) -> Self {
        match request {
            Request::MemberReport(member) => Self::MemberReport(member.as_ref().into()),
            Request::RollUp(roll_up) => Self::RollUp(roll_up.as_ref().into()),
            Request::Notice(notice) => Self::Notice(notice.as_ref().into()),
        }
    }
}

impl From<&ReportedRound> for report::Round {
    fn from(round: &ReportedRound) -> Self {
        Self {
            federation: round.federation.clone(),
            code: round.code.clone(),
            title: round.title.clone(),
            period: round.period.into(),
            due: round.due.into(),
            rubric_title: (&round.rubric_title).into(),
            rubric_version: round.rubric_version.clone(),
            full_marks: round.full_marks.thousandths(),
            criteria: each(&round.criteria),
            grades: each(&round.grades),
            checks: each(&round.checks),
        }
    }
}

impl From<&MemberReport> for report::MemberReport {
    fn from(member: &MemberReport) -> Self {
        Self {
            round: (&member.round).into(),
            unit: (&member.unit).into(),
            issued_on: member.issued_on.into(),
            receipt_number: member.receipt_number.clone(),
            revision: member.revision,
            answers: member.answers.clone(),
            findings: each(&member.findings),
            scorecard: (&member.scorecard).into(),
            standing: member.standing.as_ref().map(Into::into),
        }
    }
}

impl From<&WeighedFinding> for report::WeighedFinding {
    fn from(weighed: &WeighedFinding) -> Self {
        Self {
            finding: (&weighed.finding).into(),
            severity: weighed.severity.into(),
            explanation: weighed.explanation.clone(),
        }
    }
}

impl From<&Standing> for report::Standing {
    fn from(standing: &Standing) -> Self {
        Self {
            total: standing.total.thousandths(),
            grade: standing.grade,
            rank: standing.rank,
            ranked: standing.ranked,
            median: standing.median.thousandths(),
            lines: each(&standing.lines),
        }
    }
}

impl From<&RollUp> for report::RollUp {
    fn from(roll_up: &RollUp) -> Self {
        Self {
            round: (&roll_up.round).into(),
            issued_on: roll_up.issued_on.into(),
            members: each(&roll_up.members),
            totals: thousandths(&roll_up.totals),
            ranks: roll_up.ranks.clone(),
            grades: roll_up.grades.clone(),
            criteria: each(&roll_up.criteria),
            fields: each(&roll_up.fields),
            findings: each(&roll_up.findings),
            missing: each(&roll_up.missing),
            blocked: each(&roll_up.blocked),
            late: each(&roll_up.late),
            exempt: each(&roll_up.exempt),
            merged: each(&roll_up.merged),
            expected: roll_up.expected,
        }
    }
}

impl From<&RollUpMember> for report::RollUpMember {
    fn from(member: &RollUpMember) -> Self {
        Self { code: member.code.clone(), name: member.name.clone(), kind: member.kind.clone() }
    }
}

impl From<&CriterionColumn> for report::PointsColumn {
    fn from(column: &CriterionColumn) -> Self {
        Self { criterion: column.criterion.clone(), points: thousandths(&column.points) }
    }
}

impl From<Taking> for report::Taking {
    fn from(taking: Taking) -> Self {
        match taking {
            Taking::One => Self::One,
            Taking::Sum => Self::Sum,
            Taking::Count => Self::Count,
        }
    }
}

impl From<&Numbers> for report::Numbers {
    fn from(numbers: &Numbers) -> Self {
        Self { scale: numbers.scale, values: numbers.values.clone() }
    }
}

impl From<&FieldValues> for report::FieldValues {
    fn from(values: &FieldValues) -> Self {
        match values {
            FieldValues::Numbers(numbers) => Self::Numbers(numbers.into()),
            FieldValues::Texts(texts) => Self::Texts(texts.clone()),
        }
    }
}

impl From<&FieldColumn> for report::FieldColumn {
    fn from(column: &FieldColumn) -> Self {
        Self {
            at: column.at.clone(),
            taking: column.taking.into(),
            values: (&column.values).into(),
            known: column.known.clone(),
        }
    }
}

impl From<&FindingCount> for report::FindingCount {
    fn from(count: &FindingCount) -> Self {
        Self {
            check: count.check.clone(),
            severity: count.severity.into(),
            members: count.members,
            findings: count.findings,
        }
    }
}

impl From<&ListedUnit> for report::ListedUnit {
    fn from(unit: &ListedUnit) -> Self {
        Self { code: unit.code.clone(), name: unit.name.clone(), note: unit.note.clone() }
    }
}

impl From<DocumentKind> for report::DocumentKind {
    fn from(kind: DocumentKind) -> Self {
        match kind {
            DocumentKind::MemberReport => Self::MemberReport,
            DocumentKind::RollUp => Self::RollUp,
            DocumentKind::Receipt => Self::Receipt,
            DocumentKind::ReturnNotice => Self::ReturnNotice,
            DocumentKind::Reminder => Self::Reminder,
            DocumentKind::Rectification => Self::Rectification,
            DocumentKind::AppealDecision => Self::AppealDecision,
        }
    }
}

impl From<&Notice> for report::Notice {
    fn from(notice: &Notice) -> Self {
        Self {
            kind: notice.kind.into(),
            round: (&notice.round).into(),
            unit: (&notice.unit).into(),
            issued_on: notice.issued_on.into(),
            number: notice.number.clone(),
            due: notice.due.map(Into::into),
            items: each(&notice.items),
            findings: each(&notice.findings),
        }
    }
}

impl From<&NoticeItem> for report::NoticeItem {
    fn from(item: &NoticeItem) -> Self {
        Self { label: (&item.label).into(), value: item.value.clone() }
    }
}
