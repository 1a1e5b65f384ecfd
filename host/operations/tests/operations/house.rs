//! A house for a test: a store in a folder of its own, a clock that is set by hand, and people who ask.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Duration;

use bytes::Bytes;
use domain::access::{Caller, Role};
use domain::amount::Amount;
use domain::calendar::{Calendar, Period};
use domain::digest::Digest;
use domain::federation::{Federation, OrgUnit};
use domain::ids::{ActivationId, FederationCode, RoundCode, TrialId, UnitCode};
use domain::job::{Job, JobState};
use domain::review::Explanation;
use domain::round::RoundPolicy;
use domain::unit::Attribute;
use futures::StreamExt as _;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use operations::{
    ActivationView, Clock, HandedIn, NewDecision, NewProposal, NewRound, NewToken, NewTrial, Office, OfficeSettings,
    OperationError, Randomness, SetClock, Signer, Submitted, Verdict,
};
use post::{Post, PostSettings};
use sandbox::{Budget, CodeCache, Compiler, Limits, Sandbox, SandboxSettings};
use serde_json::{Value, json};
use store::{Store, StoreSettings};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

/// Sandboxes hold no federation's data between calls, so the tests share one.
static SANDBOX: LazyLock<Sandbox> = LazyLock::new(|| {
    let budget = Budget { fuel: 200_000_000, wall: Duration::from_mins(5) };
    let limits = Limits { unit: budget, cohort: budget, ..Limits::default() };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compiled-plugins");
    let cache = Some(CodeCache { folder, key: [3; 32] });
    let settings = SandboxSettings { threads: 2, limits, compiler: Compiler::InProcess, cache };
    Sandbox::start(settings).expect("a sandbox")
});

pub(crate) struct House {
    pub(crate) office: Office,
    pub(crate) clock: SetClock,
    pub(crate) operator: Caller,
    store: Store,
    // Removed with everything in it when the test ends.
    folder: TempDir,
}

impl House {
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let settings = StoreSettings {
            database: format!("sqlite://{}", folder.path().join("house.db").display()),
            artifacts: folder.path().join("artifacts"),
            readers: 4,
        };
        let store = Store::open(&settings).await.expect("a store");
        let clock = SetClock::at(time("2025-01-20T08:00:00Z"));
        let office = counter(&store, &clock, &SANDBOX, 1);
        let operator = office.issue_operator_token("operator").await.expect("a token");
        let operator = office.caller(&operator.secret).await.expect("the operator");
        Self { office, clock, operator, store, folder }
    }

    /// Another host on the same store.
    pub(crate) fn second_host(&self) -> Office {
        counter(&self.store, &self.clock, &SANDBOX, 2)
    }

    /// A host on the same store that was just started, with nothing in its memory.
    pub(crate) fn restarted(&self) -> (Office, Sandbox) {
        let compiler = Compiler::InProcess;
        let settings = SandboxSettings { threads: 1, limits: Limits::default(), compiler, cache: None };
        let sandbox = Sandbox::start(settings).expect("a sandbox");
        (counter(&self.store, &self.clock, &sandbox, 3), sandbox)
    }

    /// The file in which the store keeps a component.
    pub(crate) fn component_file(&self, release: Digest) -> PathBuf {
        let digits = release.to_string();
        self.folder.path().join("artifacts/components/sha256").join(&digits[..2]).join(&digits)
    }

    /// A federation with an admitted rubric and report.
    pub(crate) async fn federation(&self, code: &str) -> Province<'_> {
        let federation = Federation { code: code.parse().expect("a code"), name: format!("{code} 联合会") };
        let token = self.office.enrol_federation(&self.operator, federation).await.expect("a token");
        let admin = self.office.caller(&token.secret).await.expect("the administrator");
        Province { house: self, code: code.parse().expect("a code"), admin }
    }
}

fn counter(store: &Store, clock: &SetClock, sandbox: &Sandbox, seed: u64) -> Office {
    let settings = OfficeSettings {
        clock: Clock::Set(clock.clone()),
        randomness: Randomness::seeded(seed),
        signer: Signer::from_secret(&[7; 32]),
        zone: TimeZone::get("Asia/Shanghai").expect("a time zone"),
        post: Post::open(PostSettings::default()).expect("a post"),
        fonts: documents::Fonts::default(),
    };
    Office::open(store.clone(), sandbox.clone(), settings)
}

/// A federation and whoever runs it.
pub(crate) struct Province<'h> {
    pub(crate) house: &'h House,
    pub(crate) code: FederationCode,
    pub(crate) admin: Caller,
}

impl<'h> Province<'h> {
    fn office(&self) -> &'h Office {
        &self.house.office
    }

    pub(crate) async fn admit(&self, component: &[u8]) -> Digest {
        let component = Bytes::copy_from_slice(component);
        self.office().admit_release(&self.admin, &self.code, component).await.expect("a release").digest
    }

    /// Registers a station that reports.
    pub(crate) async fn station(&self, code: &str) -> Station<'_> {
        self.register(vec![station(code)]).await.expect("a station");
        self.clerk_of(code).await
    }

    pub(crate) async fn register(&self, units: Vec<OrgUnit>) -> Result<(), OperationError> {
        self.office().register_units(&self.admin, &self.code, units).await
    }

    /// The clerk of a registered station.
    pub(crate) async fn clerk_of(&self, code: &str) -> Station<'_> {
        let unit: UnitCode = code.parse().expect("a code");
        let new = new_token(Role::MemberClerk, Some(&unit), code);
        let token = self.office().issue_token(&self.admin, &self.code, new).await.expect("a token");
        let clerk = self.office().caller(&token.secret).await.expect("a clerk");
        Station { province: self, unit, clerk }
    }

    /// Opens a round for 2024 under a rubric, with the circular as its report.
    pub(crate) async fn open(&self, code: &str, rubric: Digest) -> RoundCode {
        let circular = self.admit(rogues::HONEST_CIRCULAR).await;
        let new = NewRound { reports: vec![circular], ..new_round(code, rubric) };
        self.office().open_round(&self.admin, &self.code, new).await.expect("a round").code
    }

    /// An open round of the honest rubric.
    pub(crate) async fn round(&self) -> RoundCode {
        let rubric = self.admit(rogues::HONEST).await;
        self.open("2024", rubric).await
    }

    /// Waits for a job while the house works it off.
    pub(crate) async fn finish(&self, job: Job) -> Job {
        let stop = CancellationToken::new();
        let office = self.office().clone();
        let worker = tokio::spawn({
            let stop = stop.clone();
            async move { office.work(stop).await }
        });
        let watched = self.office().watch_job(&self.admin, &self.code, job.id).await.expect("a job");
        let last = Box::pin(watched).fold(None, |_, job| async move { Some(job) }).await.expect("a job");
        stop.cancel();
        worker.await.expect("the worker");
        last
    }

    /// Settles a round.
    pub(crate) async fn settle(&self, round: &RoundCode) {
        let job = self.office().ask_settle(&self.admin, &self.code, round).await.expect("a job");
        let ended = self.finish(job).await;
        assert_eq!(ended.state, JobState::Done, "{}", ended.message);
    }

    /// Somebody whom the operator made an approver: nobody of the federation issued the token.
    pub(crate) async fn approver(&self, label: &str) -> Caller {
        let new = new_token(Role::Approver, None, label);
        let token = self.office().issue_token(&self.house.operator, &self.code, new).await.expect("a token");
        self.office().caller(&token.secret).await.expect("an approver")
    }

    /// Tries a release on a round.
    pub(crate) async fn try_release(&self, round: &RoundCode, release: Digest) -> TrialId {
        let new = NewTrial { release, replaces: None };
        let job = self.office().ask_try(&self.admin, &self.code, round, new).await.expect("a job");
        let ended = self.finish(job).await;
        assert_eq!(ended.state, JobState::Done, "{}", ended.message);
        TrialId(ended.id.0)
    }

    /// Tries a release on a round and proposes it.
    pub(crate) async fn propose(&self, round: &RoundCode, release: Digest) -> ActivationId {
        let trial = self.try_release(round, release).await;
        let new = NewProposal { release, trial, reason: "省内修订".to_owned() };
        let proposed = self.office().propose_activation(&self.admin, &self.code, round, new).await;
        proposed.expect("a proposal").proposal.id
    }

    /// Lets a second person approve a proposal.
    pub(crate) async fn approve(&self, round: &RoundCode, proposal: ActivationId) -> ActivationView {
        let approver = self.approver("分管领导").await;
        let new = NewDecision { decision: Verdict::Approve, reason: "同意".to_owned() };
        let decided = self.office().decide_activation(&approver, &self.code, round, proposal, new).await;
        decided.expect("approved")
    }

    /// Puts another release in force in a round, the whole way.
    pub(crate) async fn activate(&self, round: &RoundCode, release: Digest) {
        let proposal = self.propose(round, release).await;
        self.approve(round, proposal).await;
    }

    /// Rolls a round up.
    pub(crate) async fn roll_up(&self, round: &RoundCode) {
        let job = self.office().ask_roll_up(&self.admin, &self.code, round).await.expect("a job");
        let ended = self.finish(job).await;
        assert_eq!(ended.state, JobState::Done, "{}", ended.message);
    }
}

/// A station and its clerk.
pub(crate) struct Station<'p> {
    pub(crate) province: &'p Province<'p>,
    pub(crate) unit: UnitCode,
    pub(crate) clerk: Caller,
}

impl Station<'_> {
    pub(crate) async fn submit(&self, round: &RoundCode, handed: HandedIn) -> Result<Submitted, OperationError> {
        let office = &self.province.house.office;
        office.submit(&self.clerk, &self.province.code, round, &self.unit, handed).await
    }

    /// Hands in answers that count.
    pub(crate) async fn hand_in(&self, round: &RoundCode, changes: &Value) -> Submitted {
        self.submit(round, handed(changes)).await.expect("a receipt")
    }
}

/// What is handed in by somebody who minds no key and no revision.
pub(crate) fn handed(changes: &Value) -> HandedIn {
    HandedIn { answers: answers(changes), explanations: vec![], amendment: None, based_on: None, key: None }
}

/// A station in good order, with the answers that a test changes.
pub(crate) fn answers(changes: &Value) -> Value {
    let mut answers = json!({
        "rooms": 10, "extinguishers": 10, "locked_exit": false, "drills": 2, "minutes": 40, "volunteers": 3
    });
    for (name, value) in changes.as_object().expect("an object") {
        answers[name] = value.clone();
    }
    answers
}

pub(crate) fn explanation(check: &str) -> Explanation {
    Explanation { check: check.to_owned(), at: None, text: "新建站点，明年起演练".to_owned() }
}

pub(crate) fn station(code: &str) -> OrgUnit {
    OrgUnit {
        code: code.parse().expect("a code"),
        name: format!("{code} 消防站"),
        aliases: vec![],
        kind: "station".to_owned(),
        parent: None,
        reports: true,
        valid_from: day("2000-01-01"),
        valid_to: None,
        successor: None,
        earlier_names: vec![],
        attributes: vec![],
    }
}

pub(crate) fn attribute(name: &str, value: &str) -> Attribute {
    Attribute { name: name.to_owned(), value: Amount::Text(value.to_owned()) }
}

pub(crate) fn new_round(code: &str, rubric: Digest) -> NewRound {
    let period = Period::new(day("2024-01-01"), day("2024-12-31")).expect("a period");
    NewRound {
        code: code.parse().expect("a code"),
        title: format!("{code} 年度"),
        period,
        opens_at: None,
        due_at: time("2025-01-31T16:00:00Z"),
        rubric,
        reports: vec![],
        calendar: Calendar { covers: period, holidays: vec![], working_days: vec![] },
        cohort_by: None,
        exemptions: vec![],
        policy: RoundPolicy::default(),
    }
}

/// The same component with a remark in it: another release that behaves alike.
pub(crate) fn with_remark(component: &[u8], remark: &str) -> Vec<u8> {
    let name = b"remark";
    let length = u8::try_from(1 + name.len() + remark.len()).expect("a short remark");
    assert!(length < 128, "the length is written in one byte");
    let mut bytes = component.to_vec();
    bytes.extend([0, length, u8::try_from(name.len()).expect("a short name")]);
    bytes.extend(name);
    bytes.extend(remark.as_bytes());
    bytes
}

pub(crate) fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

/// A token to issue.
pub(crate) fn new_token(role: Role, unit: Option<&UnitCode>, label: &str) -> NewToken {
    NewToken { role, unit: unit.cloned(), label: label.to_owned(), scopes: None, expires_at: None }
}
