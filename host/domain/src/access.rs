//! Who may do what: grants, the table of operations, and the one place that decides. It fails closed.

mod grant;
mod operation;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use crate::access::grant::{Grant, Ground, Role, UnfitGround};
pub use crate::access::operation::{Operation, Reach, Row, TokenScope};
use crate::ids::{AccountId, FederationCode, SessionId, TokenId, UnitCode};
use crate::register::Register;

/// Who is asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The token that was shown; for a person the identity of their account, whatever they show.
    pub token: TokenId,
    /// What the token was issued for, or the account: stands as the actor in the audit log.
    pub label: String,
    /// What the caller is, and for which parts of the house.
    pub grants: Vec<Grant>,
    /// The registers that say what belongs to the units of the grants, as they were when the caller asked. Without its federation's register a
    /// grant on a unit is one on that unit alone.
    pub registers: BTreeMap<FederationCode, Arc<Register>>,
    /// For what the token was issued; none where it is for everything that the grants allow.
    pub scopes: Option<BTreeSet<TokenScope>>,
    /// Who issued the token, or once knew the account's password.
    pub issued_by: Vec<TokenId>,
    /// Which person it is, where it is one.
    pub person: Option<Person>,
}

/// A person, and how they are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The federation that looks after the account.
    pub federation: FederationCode,
    /// The account.
    pub account: AccountId,
    /// The session that they are signed in with; none where they show a token of their own.
    pub session: Option<SessionId>,
}

/// What an operation is done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target<'a> {
    /// The host itself.
    Host,
    /// A federation as a whole.
    Federation(&'a FederationCode),
    /// One unit of a federation.
    Unit(&'a FederationCode, &'a UnitCode),
}

/// The caller may not. Whether the target exists is not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this token does not allow it")]
pub struct NotAllowed;

impl Caller {
    /// Whether the caller may do the operation to the target: one of its grants is of a role in the operation's row and reaches so far, and
    /// the token was issued for it.
    pub fn may(&self, operation: Operation, target: Target<'_>) -> Result<(), NotAllowed> {
        let Row { reach, roles, scopes } = operation.row();
        let is_for_it = self.scopes.as_ref().is_none_or(|given| scopes.iter().any(|scope| given.contains(scope)));
        let of_role = self.grants.iter().filter(|grant| roles.contains(&grant.role()));
        if is_for_it && of_role.into_iter().any(|grant| self.reaches(grant.ground(), reach, target)) {
            Ok(())
        } else {
            Err(NotAllowed)
        }
    }

    /// Whether the caller may give somebody a grant of a federation: its administration all of its own, the operator only those with which a
    /// federation begins, so that one of a single administrator can have a second person and nobody outside sees a submission.
    pub fn may_give(&self, grant: &Grant) -> Result<(), NotAllowed> {
        let Some(federation) = grant.federation() else { return Err(NotAllowed) };
        let is_open = [Operation::IssueToken, Operation::SteerAccounts];
        for operation in is_open {
            self.may(operation, Target::Federation(federation))?;
        }
        let runs_it = self.grants.contains(&Grant::of_administration(federation.clone()));
        let begins_it = matches!(grant.ground(), Ground::Federation(_))
            && matches!(grant.role(), Role::FederationAdmin | Role::Approver);
        if runs_it || begins_it { Ok(()) } else { Err(NotAllowed) }
    }

    fn reaches(&self, ground: &Ground, reach: Reach, target: Target<'_>) -> bool {
        match (reach, target, ground) {
            // What the operator may do to a federation stands in the row of the operation; to a unit it may do nothing.
            (Reach::Host, Target::Host, Ground::Host)
            | (Reach::Federation | Reach::AnyPart, Target::Federation(_), Ground::Host) => true,
            (Reach::Federation | Reach::AnyPart, Target::Federation(federation), Ground::Federation(own))
            | (Reach::AnyPart, Target::Federation(federation), Ground::Subtree(own, _))
            | (Reach::Unit, Target::Unit(federation, _), Ground::Federation(own)) => federation == own,
            (Reach::Unit, Target::Unit(federation, unit), Ground::Subtree(own, top)) => {
                federation == own && self.belongs(federation, unit, top)
            }
            _ => false,
        }
    }

    /// Whether a unit is another one, stands below it, or was merged into one of those.
    fn belongs(&self, federation: &FederationCode, unit: &UnitCode, top: &UnitCode) -> bool {
        let register = self.registers.get(federation);
        unit == top || register.is_some_and(|register| register.lineage(unit).contains(top))
    }
}
