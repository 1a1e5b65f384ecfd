//! The access table, cell by cell: every grant, every operation, every kind of target.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use domain::access::{Caller, Grant, Ground, Operation, Reach, Role, Target, TokenScope};
use domain::federation::OrgUnit;
use domain::ids::{FederationCode, TokenId, UnitCode};
use domain::register::Register;
use domain::token::Token;

fn federation(code: &str) -> FederationCode {
    code.parse().expect("a code")
}

fn unit(code: &str) -> UnitCode {
    code.parse().expect("a code")
}

fn registered(code: &str, parent: &str, successor: &str) -> OrgUnit {
    OrgUnit {
        code: unit(code),
        name: code.to_owned(),
        aliases: vec![],
        kind: "unit".to_owned(),
        parent: parent.parse().ok(),
        reports: true,
        valid_from: jiff::civil::date(2000, 1, 1),
        valid_to: None,
        successor: successor.parse().ok(),
        earlier_names: vec![],
        attributes: vec![],
    }
}

/// `own` with `below`; `gone` was merged into `own`, and `gone-below` into `below`; `neighbour` stands beside them, `top` above all.
fn register() -> Arc<Register> {
    Arc::new(Register::of([
        registered("top", "", ""),
        registered("own", "top", ""),
        registered("below", "own", ""),
        registered("gone", "top", "own"),
        registered("gone-below", "neighbour", "below"),
        registered("neighbour", "top", ""),
    ]))
}

/// Somebody with these grants in a federation with that register; another federation has units with the same codes.
fn caller(grants: Vec<Grant>) -> Caller {
    let registers = BTreeMap::from([(federation("one"), register()), (federation("two"), register())]);
    Caller {
        token: TokenId(uuid::Uuid::nil()),
        label: "test".to_owned(),
        grants,
        registers,
        scopes: None,
        issued_by: vec![],
        person: None,
    }
}

/// Every grant that there is, on a whole federation and on the unit `own` of it.
fn grants() -> Vec<(&'static str, Grant)> {
    let (whole, part) = (Ground::Federation(federation("one")), Ground::Subtree(federation("one"), unit("own")));
    let mut grants = Vec::new();
    for role in Role::ALL {
        for (on, ground) in [("host", &Ground::Host), ("whole", &whole), ("unit", &part)] {
            grants.extend(Grant::new(role, ground.clone()).map(|grant| (on, grant)));
        }
    }
    grants
}

/// What an operation can be done to. A letter stands for it in the table.
const TARGETS: [(char, &str, &str); 12] = [
    ('H', "the host", ""),
    ('F', "one", ""),
    ('o', "one", "own"),
    ('b', "one", "below"),
    ('g', "one", "gone"),
    ('h', "one", "gone-below"),
    ('t', "one", "top"),
    ('n', "one", "neighbour"),
    ('x', "one", "not-registered"),
    ('2', "two", ""),
    ('p', "two", "own"),
    ('q', "two", "below"),
];

fn cell(caller: &Caller, operation: Operation) -> String {
    let letter = |(letter, code, unit_code): (char, &str, &str)| {
        let (own_federation, own_unit) = (code.parse(), unit_code.parse());
        let target = match (&own_federation, &own_unit) {
            (Ok(code), Ok(unit)) => Target::Unit(code, unit),
            (Ok(code), Err(_)) => Target::Federation(code),
            (Err(_), _) => Target::Host,
        };
        if caller.may(operation, target).is_ok() { letter } else { '·' }
    };
    TARGETS.into_iter().map(letter).collect()
}

#[test]
fn every_cell_of_the_access_table_is_as_written() {
    let mut table = String::from(
        "H the host   F own federation   o own unit   b unit below   g merged into it   h merged into the one below\n\
         t unit above   n other unit   x no unit   2 other federation   p, q units there with the same codes\n",
    );
    for (on, grant) in grants() {
        let _ = writeln!(table, "\n{} on {on}", grant.role().code());
        let one = caller(vec![grant]);
        for operation in Operation::ALL {
            let _ = writeln!(table, "  {:<25} {}", format!("{operation:?}"), cell(&one, *operation));
        }
    }
    insta::assert_snapshot!("access", table);
}

#[test]
fn whatever_the_table_says_nobody_but_the_operator_reaches_another_federation() {
    for (_, grant) in grants() {
        let (role, one) = (grant.role(), caller(vec![grant]));
        for operation in Operation::ALL {
            let cell: Vec<char> = cell(&one, *operation).chars().collect();
            let beyond = cell[9..].iter().any(|letter| *letter != '·');
            assert!(!beyond || role == Role::Operator, "{operation:?} by {}", role.code());
            let to_units = cell[2..9].iter().any(|letter| *letter != '·');
            assert!(!to_units || operation.row().reach == Reach::Unit, "{operation:?} is done to no unit");
            assert!(role != Role::Operator || !to_units, "the operator reaches no unit: {operation:?}");
            assert!(role == Role::Operator || cell[0] == '·', "{operation:?} on the host by {}", role.code());
        }
    }
}

#[test]
fn several_grants_are_no_more_than_each_of_them() {
    let grants = grants();
    for (_, one) in &grants {
        for (_, other) in &grants {
            let both = caller(vec![one.clone(), other.clone()]);
            let (one, other) = (caller(vec![one.clone()]), caller(vec![other.clone()]));
            for operation in Operation::ALL {
                let (one, other) = (cell(&one, *operation), cell(&other, *operation));
                let either = one.chars().zip(other.chars()).map(|(one, other)| if one == '·' { other } else { one });
                assert_eq!(cell(&both, *operation), either.collect::<String>());
            }
        }
    }
    let nobody = caller(vec![]);
    assert!(Operation::ALL.iter().all(|operation| cell(&nobody, *operation).chars().all(|letter| letter == '·')));
}

#[test]
fn a_token_that_was_issued_for_something_is_for_nothing_else() {
    let scopes = [TokenScope::Read, TokenScope::Submit, TokenScope::Review, TokenScope::Steer];
    for (_, grant) in grants() {
        let whole = caller(vec![grant]);
        for operation in Operation::ALL {
            let of_them = operation.row().scopes;
            for scope in scopes {
                let narrow = Caller { scopes: Some([scope].into()), ..whole.clone() };
                let expected = if of_them.contains(&scope) { cell(&whole, *operation) } else { "·".repeat(12) };
                assert_eq!(cell(&narrow, *operation), expected, "{operation:?} with {scope:?}");
            }
            let of_all = Caller { scopes: Some(scopes.into()), ..whole.clone() };
            let lets_in =
                matches!(operation, Operation::IssueToken | Operation::SteerAccounts | Operation::SteerSignOn);
            assert_eq!(of_them.is_empty(), lets_in, "{operation:?}");
            let expected = if lets_in { "·".repeat(12) } else { cell(&whole, *operation) };
            assert_eq!(cell(&of_all, *operation), expected, "{operation:?}");
            let of_none = Caller { scopes: Some(BTreeSet::new()), ..whole.clone() };
            assert_eq!(cell(&of_none, *operation), "·".repeat(12));
        }
    }
}

#[test]
fn without_a_register_a_unit_stands_alone() {
    let grant = Grant::new(Role::MemberClerk, Ground::Subtree(federation("one"), unit("own"))).expect("a grant");
    let one = Caller { registers: BTreeMap::new(), ..caller(vec![grant]) };
    assert_eq!(cell(&one, Operation::Submit), "··o·········");
}

#[test]
fn who_runs_a_federation_gives_its_grants_and_the_operator_only_the_first() {
    let admin = caller(vec![Grant::of_administration(federation("one"))]);
    let operator = caller(vec![Grant::of_operator()]);
    for (on, grant) in grants() {
        let is_first = on == "whole" && matches!(grant.role(), Role::FederationAdmin | Role::Approver);
        assert_eq!(operator.may_give(&grant).is_ok(), is_first, "the operator gives {grant:?}");
        assert_eq!(admin.may_give(&grant).is_ok(), on != "host", "the administration gives {grant:?}");
        let elsewhere = caller(vec![Grant::of_administration(federation("two"))]);
        assert!(elsewhere.may_give(&grant).is_err(), "another administration gives {grant:?}");
        let both = caller(vec![Grant::of_operator(), Grant::of_administration(federation("two"))]);
        assert_eq!(both.may_give(&grant).is_ok(), is_first, "to run another federation is of no use for {grant:?}");
        let one = caller(vec![grant.clone()]);
        let gives = grants().iter().any(|(_, other)| one.may_give(other).is_ok());
        let may = matches!((on, grant.role()), ("host", Role::Operator) | ("whole", Role::FederationAdmin));
        assert_eq!(gives, may, "{grant:?} gives grants");
    }
}

#[test]
fn a_role_is_granted_only_where_it_makes_sense() {
    let whole = || Ground::Federation(federation("one"));
    let part = || Ground::Subtree(federation("one"), unit("own"));
    assert!(Grant::new(Role::Operator, whole()).is_err() && Grant::new(Role::Operator, part()).is_err());
    for role in Role::ALL {
        assert_eq!(Grant::new(role, Ground::Host).is_ok(), role == Role::Operator);
        assert_eq!(Grant::new(role, whole()).is_err(), role == Role::Operator || role.is_of_a_member());
    }
    for written in [
        r#"{"role":"member-clerk","federation":"one"}"#,
        r#"{"role":"operator","federation":"one"}"#,
        r#"{"role":"auditor"}"#,
        r#"{"role":"auditor","unit":"own"}"#,
    ] {
        assert!(serde_json::from_str::<Grant>(written).is_err(), "{written}");
    }
}

#[test]
fn grants_and_tokens_of_before_are_still_read() {
    let member: Grant = serde_json::from_str(r#"{"role":"member","federation":"one","unit":"own"}"#).expect("a grant");
    assert_eq!(member.role(), Role::MemberClerk);
    let now = serde_json::to_string(&member).expect("text");
    assert_eq!(now, r#"{"role":"member-clerk","federation":"one","unit":"own"}"#);

    #[derive(serde::Serialize)]
    struct OldToken {
        id: TokenId,
        label: String,
        secret_hash: domain::digest::Digest,
        role: BTreeMap<String, String>,
        issued_by: Option<TokenId>,
        issued_at: jiff::Timestamp,
        expires_at: Option<jiff::Timestamp>,
    }
    let texts = |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    let old = OldToken {
        id: TokenId(uuid::Uuid::nil()),
        label: "m1".to_owned(),
        secret_hash: domain::digest::Digest::of(b"secret"),
        role: texts(&[("role", "member"), ("federation", "one"), ("unit", "own")]),
        issued_by: None,
        issued_at: jiff::Timestamp::UNIX_EPOCH,
        expires_at: None,
    };
    let bytes = rmp_serde::to_vec_named(&old).expect("a record");
    let opened: Token = rmp_serde::from_slice(&bytes).expect("a token");
    assert_eq!(opened.grants, [member]);
    let again: Token = rmp_serde::from_slice(&rmp_serde::to_vec_named(&opened).expect("a record")).expect("a token");
    assert_eq!(again, opened);
}
