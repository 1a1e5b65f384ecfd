//! Values of every kind, with something in every field: a federation that assesses fire safety.

use domain::access::{Grant, Ground, Role, TokenScope};
use domain::amendment::{Amendment, AmendmentKind};
use domain::amount::{Amount, Comparison, Decimal, Quantity, Relation};
use domain::audit::Act;
use domain::calendar::{Calendar, Period};
use domain::check_rule::{CheckRule, CheckRuleAct, Ruled};
use domain::digest::Digest;
use domain::document::{Block, Cells, Document, SparseNumbers, Table, TableColumn};
use domain::evaluation::{Asked, Evaluation, Outcome, Run};
use domain::federation::{EarlierName, Federation, OrgUnit};
use domain::finding::{Finding, WeighedFinding};
use domain::ids::{CheckRuleId, EvaluationId, FaultId, JobId, RoundCode, SettlementId, TokenId, TrialId, UnitCode};
use domain::job::{Job, JobKind, JobState};
use domain::points::Points;
use domain::release::{BuildInformation, Descriptions, Producer, Release};
use domain::release_fault::ReleaseFault;
use domain::report::{FieldColumn, FieldValues, ReportDescription, ReportedRound, RollUp, RollUpMember, Taking};
use domain::review::{Explanation, Review};
use domain::round::{Exemption, Round, RoundAct, RoundPolicy, RoundState};
use domain::rubric::Severity;
use domain::scorecard::{Entry, EntryKind, Line, Measured, Scorecard, Step, StepKind};
use domain::settled::{KeptDocument, KeptRollUp, Settled, SettledCohort};
use domain::settlement::{Cohort, CriterionColumn, MeasureColumn, MemberStep, SettledColumn, Settlement};
use domain::submission::{AttestedBeside, Envelope, Receipt, ReceiptBody, Signing, Standing};
use domain::text::Text;
use domain::token::Token;
use domain::trial::blocks::{BlockAt, BlockKind, ChangedBlock};
use domain::trial::cost::Cost;
use domain::trial::report::{ReportTrial, TriedReport};
use domain::trial::{Trial, TrialKind, Tried};
use domain::trust::{Signature, SignatureDoubt};
use domain::unit::Attribute;
use domain::verdict::{Scored, Verdict};
use jiff::Timestamp;
use store::NewRevision;

pub(crate) const ROUND: &str = "2026-spring";

/// A time with every digit that a clock can give.
pub(crate) fn time(second: i64) -> Timestamp {
    Timestamp::new(1_770_000_000 + second, 123_456_789).unwrap()
}

pub(crate) fn round_code() -> RoundCode {
    ROUND.parse().unwrap()
}

pub(crate) fn unit_code(code: &str) -> UnitCode {
    code.parse().unwrap()
}

pub(crate) fn evaluation_id() -> EvaluationId {
    EvaluationId(uuid::Uuid::now_v7())
}

pub(crate) fn federation(code: &str) -> Federation {
    Federation { code: code.parse().unwrap(), name: format!("消防协会 {code}") }
}

pub(crate) fn act(verb: &str) -> Act {
    Act {
        at: time(1),
        actor: "管理员 1".to_owned(),
        verb: verb.to_owned(),
        subject: format!("round/{ROUND}"),
        found: None,
        left: Some(Digest::of(verb.as_bytes())),
        reason: "按年度计划".to_owned(),
    }
}

/// What a revision is an amendment for.
pub(crate) fn amendment() -> Option<Amendment> {
    Amendment::new(AmendmentKind::Supplement, "补报二楼出口".to_owned()).ok()
}

/// What was decided about a check.
pub(crate) fn check_rule() -> CheckRule {
    CheckRule {
        id: CheckRuleId(uuid::Uuid::now_v7()),
        round: round_code(),
        act: CheckRuleAct::Waive { check: "exits-counted".to_owned(), unit: unit_code("station-1") },
        reason: "台账以纸质为准".to_owned(),
        by: crate::release_samples::signatory(),
        at: time(3),
    }
}

/// Who answers for a revision.
pub(crate) fn signing() -> Signing {
    let signatory = crate::release_samples::signatory();
    Signing { presented_by: signatory.clone(), presented_at: time(2), signed_by: signatory }
}

pub(crate) fn token(secret: &str) -> Token {
    Token {
        id: TokenId(uuid::Uuid::now_v7()),
        label: "北站 clerk".to_owned(),
        secret_hash: Digest::of(secret.as_bytes()),
        grants: vec![
            Grant::new(Role::MemberClerk, Ground::Subtree("north".parse().unwrap(), unit_code("station-1"))).unwrap(),
            Grant::of_administration("south".parse().unwrap()),
        ],
        scopes: Some([TokenScope::Read, TokenScope::Submit].into()),
        owner: None,
        issued_by: Some(TokenId(uuid::Uuid::from_u128(7))),
        issued_at: time(0),
        expires_at: Some(time(3600)),
        revoked_at: None,
    }
}

pub(crate) fn unit(code: &str, name: &str) -> OrgUnit {
    OrgUnit {
        code: unit_code(code),
        name: name.to_owned(),
        aliases: vec!["老站".to_owned()],
        kind: "station".to_owned(),
        parent: Some(unit_code("city")),
        reports: true,
        valid_from: "2020-01-01".parse().unwrap(),
        valid_to: Some("2030-12-31".parse().unwrap()),
        successor: Some(unit_code("station-9")),
        earlier_names: vec![EarlierName { name: "旧站".to_owned(), until: "2021-12-31".parse().unwrap() }],
        attributes: vec![
            Attribute { name: "engines".to_owned(), value: amount("3.50", "辆") },
            Attribute { name: "volunteer".to_owned(), value: Amount::Flag(true) },
        ],
    }
}

fn amount(number: &str, unit: &str) -> Amount {
    Amount::Number(Quantity { value: number.parse().unwrap(), unit: unit.to_owned() })
}

fn period() -> Period {
    Period::new("2026-01-01".parse().unwrap(), "2026-03-31".parse().unwrap()).unwrap()
}

fn text(zh: &str) -> Text {
    Text { zh: zh.to_owned(), en: "in English".to_owned() }
}

fn comparison() -> Comparison {
    Comparison {
        what: "演练次数".to_owned(),
        left: amount("-0.125", "%"),
        relation: Relation::AtLeast,
        right: Amount::Points(Points::from_thousandths(94_500)),
        holds: false,
        tolerance: Some(Decimal { digits: 5, scale: 3 }),
    }
}

pub(crate) fn rubric() -> Digest {
    Digest::of(b"the rubric")
}

/// A signature that was verified, of a key with an identifier.
pub(crate) fn signature(key: &str) -> Signature {
    Signature {
        key: key.parse().unwrap(),
        key_label: "某公司".to_owned(),
        trusted_comment: "file:rubric.wasm".to_owned(),
        verified_at: time(2),
    }
}

pub(crate) fn release(component: &[u8]) -> Release {
    let report = ReportDescription {
        id: "bulletin".to_owned(),
        version: "1.2.0".to_owned(),
        title: text("通报"),
        summary: text("给各站"),
        composes: vec![domain::report::DocumentKind::RollUp],
        fields: vec![domain::report::WantedField {
            at: "/drills/*/minutes".to_owned(),
            taking: Taking::Sum,
            label: text("分钟"),
            unit: "min".to_owned(),
        }],
    };
    Release {
        digest: Digest::of(component),
        contract: "huizong:plugin@1.0.0".to_owned(),
        component_bytes: component.len() as u64,
        descriptions: Descriptions { rubric: None, report: Some(report), reader: None },
        admitted_at: time(2),
        admitted_by: "管理员 1".to_owned(),
        admitted_by_token: TokenId(uuid::Uuid::from_u128(7)),
        signature: Some(signature("E7620F1842B4E81F")),
        signature_doubt: Some(SignatureDoubt::KeyNotTrusted),
        build: Some(BuildInformation {
            producers: vec![Producer {
                part: "language".to_owned(),
                name: "Rust".to_owned(),
                version: "1.95".to_owned(),
            }],
            revision: Some("abcdef".to_owned()),
            ..BuildInformation::default()
        }),
    }
}

pub(crate) fn round() -> Round {
    Round {
        code: round_code(),
        title: "2026 年一季度".to_owned(),
        period: period(),
        opens_at: Some(time(0)),
        due_at: time(1000),
        state: RoundState::Open,
        published_at: None,
        rubric: rubric(),
        reports: vec![Digest::of(b"a report")],
        pins_fixed: false,
        calendar: Calendar {
            covers: period(),
            holidays: vec!["2026-01-01".parse().unwrap()],
            working_days: vec!["2026-02-14".parse().unwrap()],
        },
        cohort_by: Some("volunteer".to_owned()),
        exemptions: vec![Exemption { unit: unit_code("station-7"), reason: "停用".to_owned() }],
        policy: RoundPolicy { grace_hours: 24, ..RoundPolicy::default() },
    }
}

pub(crate) fn envelope(revision: u32) -> Envelope {
    Envelope { round: ROUND.to_owned(), period: period(), revision, received_on: "2026-04-02".parse().unwrap() }
}

fn explanation() -> Explanation {
    Explanation { check: "drills-few".to_owned(), at: Some("/drills".to_owned()), text: "仓库装修".to_owned() }
}

pub(crate) fn evaluation(release: Digest) -> Evaluation {
    let asked = Asked::Score {
        envelope: envelope(1),
        answers: Digest::of(b"answers"),
        context: Digest::of(b"context"),
        review: Review { hours_late: 3, explanations: vec![explanation()], ..Review::default() },
    };
    let run = Run {
        release,
        input: Digest::of(b"input"),
        engine: "engine-1".to_owned(),
        fuel: 1_234_567_890_123,
        peak_memory_bytes: 1_179_648,
        wall_micros: 87,
        outcome: Outcome::Answered(Digest::of(b"output")),
    };
    Evaluation { id: evaluation_id(), at: time(3), asked, run }
}

/// A fault of a release on a unit's submission, so many seconds on, with a question of its own.
pub(crate) fn fault(release: Digest, second: i64) -> ReleaseFault {
    ReleaseFault {
        id: FaultId(uuid::Uuid::now_v7()),
        at: time(second),
        release,
        function: "check".to_owned(),
        kind: "trapped".to_owned(),
        detail: "wasm `unreachable` instruction executed".to_owned(),
        trace: vec!["rubric::drills::count".to_owned(), "函数 7".to_owned()],
        input: Digest::of(&second.to_le_bytes()),
        evaluation: Some(evaluation_id()),
        unit: Some(unit_code("station-1")),
    }
}

pub(crate) fn scorecard() -> Scorecard {
    let entry = Entry {
        kind: EntryKind::Deduct,
        points: Points::from_thousandths(-5_500),
        reason: "少一次演练".to_owned(),
        comparisons: vec![comparison()],
        sources: vec!["/drills/0".to_owned()],
    };
    Scorecard {
        lines: vec![Line {
            criterion: "drills".to_owned(),
            points: Points::from_thousandths(-5_500),
            entries: vec![entry],
        }],
        steps: vec![step()],
        total: Points::from_thousandths(94_500),
        measures: vec![
            Measured { measure: "minutes".to_owned(), value: Some("12.5".parse().unwrap()) },
            Measured { measure: "engines".to_owned(), value: None },
        ],
    }
}

fn step() -> Step {
    Step {
        kind: StepKind::Cap,
        rule: "cap-1".to_owned(),
        points: Points::from_thousandths(-500),
        grade: Some("b".to_owned()),
        reason: "封顶".to_owned(),
        comparisons: vec![comparison()],
        sources: vec!["/engines".to_owned()],
    }
}

pub(crate) fn verdict(unit: &str, revision: u32, rubric: Digest) -> Verdict {
    let finding = Finding {
        check: "drills-few".to_owned(),
        message: text("演练偏少"),
        at: vec!["/drills".to_owned()],
        comparisons: vec![comparison()],
    };
    Verdict {
        unit: unit_code(unit),
        revision,
        rubric,
        findings: vec![WeighedFinding {
            finding,
            severity: Severity::Warning,
            explanation: Some("仓库装修".to_owned()),
            ruled: Some(Ruled {
                rule: CheckRuleId(uuid::Uuid::from_u128(9)),
                waived: true,
                by: "管理员 1".to_owned(),
                reason: "台账以纸质为准".to_owned(),
            }),
        }],
        score: Scored::Card(scorecard()),
        evaluations: [evaluation_id(), evaluation_id()],
    }
}

/// A revision as the operation hands it to the store. Its answers name the unit and the revision, and nothing else.
pub(crate) fn revision(federation: &str, unit: &str, revision: u32) -> NewRevision {
    let answers = format!("answers of {unit} {revision}").into_bytes();
    let federation = federation.parse().unwrap();
    let body = ReceiptBody {
        number: format!("{federation}/{ROUND}/{unit}/{revision:03}"),
        federation,
        round: round_code(),
        unit: unit_code(unit),
        revision,
        received_at: time(i64::from(revision)),
        hours_late: 2,
        answers: Digest::of(&answers),
        rubric: rubric(),
        standing: Standing::Accepted,
        errors: 0,
        warnings: 2,
        warnings_explained: 1,
        beside: Some(AttestedBeside {
            waived: 1,
            explanations: Digest::of(b"explanations"),
            check_rules: Digest::of(b"rules"),
        }),
    };
    let evaluations = vec![evaluation(rubric()), evaluation(rubric())];
    NewRevision {
        round: round_code(),
        unit: unit_code(unit),
        envelope: envelope(revision),
        answers,
        context: format!("context of {unit}").into_bytes(),
        explanations: vec![explanation()],
        receipt: Receipt { body, key: "a key".to_owned(), signature: format!("signature {}", uuid::Uuid::now_v7()) },
        verdict: Verdict { evaluations: [evaluations[0].id, evaluations[1].id], ..verdict(unit, revision, rubric()) },
        evaluations,
        key: None,
        taken_as: RoundAct::Submit,
        amendment: amendment(),
        signing: Some(signing()),
        check_rules: vec![check_rule()],
        numbering: None,
        draft: None,
        act: act("submit"),
    }
}

pub(crate) fn settled(rubric: Digest) -> Settled {
    let cohort = Cohort {
        period: period(),
        name: "volunteer".to_owned(),
        members: vec!["station-1".to_owned(), "station-2".to_owned()],
        totals: vec![Points::from_thousandths(94_500), Points::ZERO],
        criteria: vec![CriterionColumn { criterion: "drills".to_owned(), points: vec![Points::ZERO; 2] }],
        measures: vec![MeasureColumn { measure: "minutes".to_owned(), values: vec![125, 0], known: vec![1, 0] }],
        steps: vec![MemberStep { member: 1, step: step() }],
    };
    let settlement = Settlement {
        columns: vec![SettledColumn {
            criterion: "relative".to_owned(),
            points: vec![Points::from_thousandths(1_000), Points::ZERO],
            reason: "最高者得满分".to_owned(),
            measure: Some("minutes".to_owned()),
            statistics: vec![comparison()],
        }],
        steps: vec![],
        totals: vec![Points::from_thousandths(95_500), Points::ZERO],
        ranks: vec![1, 2],
        grades: vec![0, 3],
    };
    let cohorts = vec![SettledCohort {
        name: "volunteer".to_owned(),
        cohort,
        revisions: vec![2, 1],
        reviews: vec![Some(Digest::of(b"a review")), None],
        settlement,
    }];
    Settled { id: SettlementId(uuid::Uuid::now_v7()), round: round_code(), rubric, at: time(5), cohorts }
}

pub(crate) fn roll_up(settlement: SettlementId) -> KeptRollUp {
    let round = ReportedRound {
        federation: "消防协会".to_owned(),
        code: ROUND.to_owned(),
        title: "2026 年一季度".to_owned(),
        period: period(),
        due: "2026-04-10".parse().unwrap(),
        rubric_title: text("细则"),
        rubric_version: "1.0.0".to_owned(),
        full_marks: Points::from_thousandths(100_000),
        criteria: vec![],
        grades: vec![],
        checks: vec![],
    };
    let field = FieldColumn {
        at: "/drills".to_owned(),
        taking: Taking::Count,
        values: FieldValues::Numbers(domain::document::Numbers { scale: 1, values: vec![125, -1] }),
        known: vec![1, 0],
    };
    let member =
        |code: &str| RollUpMember { code: code.to_owned(), name: "站".to_owned(), kind: "station".to_owned() };
    let roll_up = RollUp {
        round,
        issued_on: "2026-04-20".parse().unwrap(),
        members: vec![member("station-1"), member("station-2")],
        totals: vec![Points::from_thousandths(95_500), Points::ZERO],
        ranks: vec![1, 2],
        grades: vec![0, 3],
        criteria: vec![],
        fields: vec![field],
        findings: vec![],
        missing: vec![],
        blocked: vec![],
        late: vec![],
        exempt: vec![],
        merged: vec![],
        expected: 3,
    };
    let table = Table {
        caption: "名次".to_owned(),
        columns: vec![TableColumn {
            header: "分".to_owned(),
            unit: String::new(),
            cells: Cells::Numbers(SparseNumbers { scale: 1, values: vec![955, 0], blanks: vec![1] }),
        }],
        strong_rows: vec![0],
        note: None,
    };
    let document = Document {
        title: "通报".to_owned(),
        language: "zh-CN".to_owned(),
        blocks: vec![Block::Heading { level: 1, text: "一、名次".to_owned() }, Block::Table(table), Block::PageBreak],
    };
    let documents = vec![KeptDocument { report: Digest::of(b"a report"), document, evaluation: evaluation_id() }];
    let fields = roll_up.fields.clone();
    KeptRollUp { settlement, round: round_code(), at: time(6), roll_up, documents, fields, parts: vec![] }
}

/// A trial in few words with what it found.
pub(crate) fn trial() -> (Trial, Tried) {
    let tried = |title| TriedReport {
        title: text(title),
        version: "1.0.0".to_owned(),
        document_title: "通报".to_owned(),
        document: Some(Digest::of(b"a document")),
        blocks: 7,
        failure: None,
        evaluation: Some(evaluation_id()),
        cost: Cost { evaluations: 1, fuel_total: 1_234_567_890_123, ..Cost::default() },
    };
    let at = |index| Some(BlockAt { index, excerpt: "一、名次".to_owned() });
    let found = ReportTrial {
        settlement: SettlementId(uuid::Uuid::now_v7()),
        before: tried("旧"),
        after: tried("新"),
        changes: vec![ChangedBlock { kind: BlockKind::Table, before: at(1), after: at(2), cells: Some(3) }],
        more_changes: 4,
    };
    let trial = Trial {
        id: TrialId(uuid::Uuid::now_v7()),
        round: round_code(),
        kind: TrialKind::Report,
        baseline: Digest::of(b"a report"),
        candidate: Digest::of(b"another report"),
        at: time(7),
        asked_by: "管理员 1".to_owned(),
        members: 2,
        changed: 5,
        regraded: 0,
        not_scored: 0,
        found: Digest::of(b"found"),
    };
    (trial, Tried::Report(Box::new(found)))
}

pub(crate) fn job(federation: &str) -> Job {
    Job {
        id: JobId(uuid::Uuid::now_v7()),
        federation: federation.parse().unwrap(),
        kind: JobKind::Settle { round: round_code() },
        state: JobState::Waiting,
        done: 0,
        total: 0,
        message: String::new(),
        attempt: 0,
        asked_at: time(0),
        moved_at: time(0),
        result: None,
    }
}

/// What another federation handed over as the roll-up of a unit.
pub(crate) fn imported(unit: &str, expected: u32) -> domain::settled::ImportedRollUp {
    let mut roll_up = roll_up(SettlementId(uuid::Uuid::nil())).roll_up;
    roll_up.expected = expected;
    let body = domain::roll_up_export::ExportBody {
        format: domain::roll_up_export::ROLL_UP_FORMAT.to_owned(),
        federation: "south".parse().unwrap(),
        settlement: SettlementId(uuid::Uuid::nil()),
        rubric: Digest::of(b"rubric"),
        at: time(7),
        roll_up,
        parts: vec![],
    };
    let digest = Digest::of(&expected.to_le_bytes());
    let export =
        domain::roll_up_export::RollUpExport { body, digest, key: "key".to_owned(), signature: "signed".to_owned() };
    domain::settled::ImportedRollUp {
        round: round_code(),
        unit: unit.parse().unwrap(),
        at: time(8),
        hours_late: 3,
        export,
    }
}
