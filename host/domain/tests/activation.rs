//! Another release for a round: who may approve it, what a rollback goes back to, which rounds take it.

use domain::activation::{
    ActivationAct, ActivationState, NotSecondPerson, Pin, PinnedBy, Signatory, Swap, is_second_person, step_back,
};
use domain::calendar::{Calendar, Period};
use domain::digest::Digest;
use domain::ids::TokenId;
use domain::release::PluginKind;
use domain::round::{NotSwapped, Round, RoundAct, RoundPolicy, RoundState};
use jiff::Timestamp;
use jiff::civil::date;

fn token(number: u128) -> TokenId {
    TokenId(uuid::Uuid::from_u128(number))
}

fn somebody(number: u128, label: &str) -> Signatory {
    Signatory { token: token(number), label: label.to_owned() }
}

#[test]
fn whoever_uploaded_or_proposed_is_no_second_person_and_nobody_of_theirs_is() {
    use NotSecondPerson::{IssuedByThem, SamePerson};
    let (uploader, proposer) = (somebody(1, "uploader"), somebody(2, "proposer"));
    let may = |approver: Signatory, issuers: &[u128]| {
        let issuers: Vec<TokenId> = issuers.iter().copied().map(token).collect();
        is_second_person(&approver, &issuers, &[&uploader, &proposer])
    };
    let table = [
        (somebody(1, "uploader"), vec![], Err(SamePerson)),
        (somebody(2, "proposer"), vec![], Err(SamePerson)),
        // The same person under a second token.
        (somebody(3, "uploader"), vec![], Err(SamePerson)),
        (somebody(1, "somebody else"), vec![], Err(SamePerson)),
        (somebody(3, "second"), vec![1], Err(IssuedByThem)),
        (somebody(3, "second"), vec![2], Err(IssuedByThem)),
        // Over a token in between.
        (somebody(3, "second"), vec![9, 8, 2], Err(IssuedByThem)),
        (somebody(3, "second"), vec![9, 8], Ok(())),
        (somebody(3, "second"), vec![], Ok(())),
    ];
    for (approver, issuers, expected) in table {
        assert_eq!(may(approver.clone(), &issuers), expected, "{approver:?} issued by {issuers:?}");
    }
}

#[test]
fn what_was_decided_stays_decided() {
    use ActivationAct::{Approve, Overtake, Reject};
    use ActivationState::{Approved, Overtaken, Proposed, Rejected};
    let acts = [Approve, Reject, Overtake];
    assert_eq!(acts.map(|act| Proposed.after(act)), [Some(Approved), Some(Rejected), Some(Overtaken)]);
    for decided in [Approved, Rejected, Overtaken] {
        assert_eq!(acts.map(|act| decided.after(act)), [None; 3], "{decided:?}");
    }
}

fn release(name: &str) -> Digest {
    Digest::of(name.as_bytes())
}

fn swap(from: &str, to: &str) -> Swap {
    Swap { kind: PluginKind::Rubric, replaces: release(from), release: release(to) }
}

fn pinned(by: PinnedBy, from: Option<&str>, to: &str) -> Pin {
    let (release, replaces) = (release(to), from.map(release));
    Pin { kind: PluginKind::Rubric, release, replaces, by, since: Timestamp::UNIX_EPOCH, until: None }
}

fn activated(from: &str, to: &str) -> Pin {
    pinned(PinnedBy::Activation, Some(from), to)
}

fn rolled_back(from: &str, to: &str) -> Pin {
    pinned(PinnedBy::Rollback, Some(from), to)
}

#[test]
fn a_rollback_goes_back_step_by_step_and_never_forward_again() {
    let mut pins = vec![pinned(PinnedBy::Opening, None, "a")];
    assert_eq!(step_back(&pins, None), None);
    pins.extend([activated("a", "b"), activated("b", "c")]);
    assert_eq!(step_back(&pins, None), Some(swap("c", "b")));
    pins.push(rolled_back("c", "b"));
    assert_eq!(step_back(&pins, None), Some(swap("b", "a")));
    pins.push(rolled_back("b", "a"));
    assert_eq!(step_back(&pins, None), None, "pressing once more does not bring back what was taken out");
    pins.push(activated("a", "c"));
    assert_eq!(step_back(&pins, None), Some(swap("c", "a")));
}

#[test]
fn a_rollback_can_name_the_release_that_is_to_leave() {
    let mut pins = vec![pinned(PinnedBy::Opening, None, "a"), activated("a", "b")];
    pins.push(Pin { kind: PluginKind::Report, ..pinned(PinnedBy::Activation, Some("r"), "s") });
    assert_eq!(step_back(&pins, None).map(|swap| swap.kind), Some(PluginKind::Report));
    assert_eq!(step_back(&pins, Some(release("b"))), Some(swap("b", "a")));
    assert_eq!(step_back(&pins, Some(release("a"))), None, "nothing brought it in");
}

fn round() -> Round {
    let period = Period::new(date(2024, 1, 1), date(2024, 12, 31)).expect("a period");
    Round {
        code: "2024".parse().expect("a code"),
        title: "2024".to_owned(),
        period,
        opens_at: None,
        due_at: Timestamp::UNIX_EPOCH,
        state: RoundState::Open,
        published_at: None,
        rubric: release("a"),
        reports: vec![release("r"), release("s")],
        pins_fixed: false,
        calendar: Calendar { covers: period, holidays: vec![], working_days: vec![] },
        cohort_by: None,
        exemptions: vec![],
        policy: RoundPolicy::default(),
    }
}

#[test]
fn one_release_takes_the_place_of_the_very_one_that_it_replaces() {
    let round = round();
    assert_eq!(round.swapped(swap("a", "b")).expect("swapped").rubric, release("b"));
    assert_eq!(round.swapped(swap("b", "c")), Err(NotSwapped::NotInForce));
    assert_eq!(round.swapped(swap("a", "a")), Err(NotSwapped::InForceAlready));
    let report = |from, to| Swap { kind: PluginKind::Report, ..swap(from, to) };
    assert_eq!(round.swapped(report("r", "t")).expect("swapped").reports, [release("t"), release("s")]);
    assert_eq!(round.swapped(report("r", "s")), Err(NotSwapped::InForceAlready), "no report stands twice");
    assert_eq!(round.swapped(report("a", "t")), Err(NotSwapped::NotInForce));
    let reader = Swap { kind: PluginKind::Reader, ..swap("a", "b") };
    assert_eq!(round.swapped(reader), Err(NotSwapped::NotInForce));
}

#[test]
fn a_round_that_was_ever_closed_keeps_its_releases_for_ever() {
    let after = |round: Round, act| round.after(act, Timestamp::UNIX_EPOCH);
    let closed = after(round(), RoundAct::Close).expect("closed");
    assert_eq!(closed.swapped(swap("a", "b")), Err(NotSwapped::Closed));
    let reopened = after(closed, RoundAct::Reopen).expect("open");
    assert_eq!(reopened.state, RoundState::Open);
    assert_eq!(reopened.swapped(swap("a", "b")), Err(NotSwapped::PinsFixed));
    assert_eq!(after(round(), RoundAct::Submit), Ok(round()), "nothing else fixes them");
    // A round that was closed before anybody wrote that down.
    let before = Round { state: RoundState::Closed, ..round() };
    assert!(after(before, RoundAct::Reopen).expect("open").pins_fixed);
}
