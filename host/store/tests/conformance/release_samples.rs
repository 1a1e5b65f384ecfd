//! Values of what becomes of releases: proposals, decisions, notices, quarantines, withdrawals.

use domain::activation::{ActivationAct, Decision, Proposal, Signatory, Swap};
use domain::digest::Digest;
use domain::ids::{ActivationId, NoticeId, TokenId, TrialId};
use domain::notice::Notice;
use domain::quarantine::{Lifting, Quarantine, QuarantinePolicy};
use domain::release::PluginKind;
use domain::withdrawal::Withdrawal;
use store::Scope;

use crate::samples::{ROUND, act, round_code, time};

pub(crate) fn signatory() -> Signatory {
    Signatory { token: TokenId(uuid::Uuid::from_u128(9)), label: "管理员 2".to_owned() }
}

/// A proposal that the round goes on with another rubric.
pub(crate) fn proposal(replaces: Digest, release: Digest) -> Proposal {
    Proposal {
        id: ActivationId(uuid::Uuid::now_v7()),
        round: round_code(),
        kind: PluginKind::Rubric,
        replaces,
        release,
        trial: TrialId(uuid::Uuid::from_u128(11)),
        reason: "权重有误".to_owned(),
        by: signatory(),
        at: time(7),
    }
}

pub(crate) fn decision(act: ActivationAct) -> Decision {
    Decision {
        act,
        by: Signatory { label: "复核人".to_owned(), ..signatory() },
        at: time(8),
        reason: "同意".to_owned(),
    }
}

pub(crate) fn notice(code: &str) -> Notice {
    Notice {
        id: NoticeId(uuid::Uuid::now_v7()),
        at: time(8),
        subject: format!("round/{ROUND}"),
        code: code.to_owned(),
        arguments: vec![("reason".to_owned(), "权重有误".to_owned())],
    }
}

/// One rubric takes another's place.
pub(crate) fn swap(replaces: Digest, release: Digest) -> Swap {
    Swap { kind: PluginKind::Rubric, replaces, release }
}

/// Proposes and approves that the round goes on with another rubric.
pub(crate) async fn activate(scope: &Scope, replaces: Digest, release: Digest) -> Proposal {
    let proposal = proposal(replaces, release);
    scope.keep_proposal(&proposal, act("propose")).await.unwrap();
    let decision = decision(ActivationAct::Approve);
    let round = scope.approve(&proposal, &decision, &notice("activated"), act("activate")).await.unwrap();
    assert_eq!(round.rubric, release);
    proposal
}

pub(crate) fn quarantine(release: Digest) -> Quarantine {
    let policy = QuarantinePolicy { faults_max: 10, window_seconds: 600 };
    Quarantine { release, placed_at: time(9), inputs: 11, policy, lifted: None }
}

pub(crate) fn lifting() -> Lifting {
    Lifting { by: signatory(), at: time(10), reason: "已修复".to_owned() }
}

pub(crate) fn withdrawal(release: Digest) -> Withdrawal {
    Withdrawal { release, by: signatory(), at: time(11), reason: "不再需要".to_owned() }
}
