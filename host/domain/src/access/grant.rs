//! A grant: what somebody is, and for which part of which federation.

use serde::{Deserialize, Serialize};

use crate::ids::{FederationCode, UnitCode};

/// What somebody is. It says nothing without the part of the house for which it holds: see [`Grant`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Runs the host: enrols federations, lets their first people in, sees no submission.
    Operator,
    /// Runs a federation.
    FederationAdmin,
    /// Reviews what members handed in: sends back, judges, adjusts, accepts.
    Reviewer,
    /// Approves what others of a federation propose, and sees what is needed for that.
    Approver,
    /// Fills in and hands in for a member. `member` is what it was called before there were signatories.
    #[serde(alias = "member")]
    MemberClerk,
    /// Signs for a member.
    MemberSignatory,
    /// Sees what was done and proves it, and changes nothing.
    Auditor,
}

impl Role {
    /// Every role, in the order in which tables show them.
    pub const ALL: [Self; 7] = [
        Self::Operator,
        Self::FederationAdmin,
        Self::Reviewer,
        Self::Approver,
        Self::MemberClerk,
        Self::MemberSignatory,
        Self::Auditor,
    ];

    /// Stable, kebab-case.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::FederationAdmin => "federation-admin",
            Self::Reviewer => "reviewer",
            Self::Approver => "approver",
            Self::MemberClerk => "member-clerk",
            Self::MemberSignatory => "member-signatory",
            Self::Auditor => "auditor",
        }
    }

    /// Whether it acts for a member, and so never for a whole federation.
    pub const fn is_of_a_member(self) -> bool {
        matches!(self, Self::MemberClerk | Self::MemberSignatory)
    }
}

/// The part of the house for which a grant holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// The host itself.
    Host,
    /// A whole federation, with all of its units.
    Federation(FederationCode),
    /// A unit of a federation with everything below it.
    Subtree(FederationCode, UnitCode),
}

/// What somebody is, and for which part of the house. Only grants that make sense exist: the operator's is on the host and nobody
/// else's; who acts for a member does so for a unit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Grant {
    role: Role,
    ground: Ground,
}

/// A role does not hold for a part of the house of that kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is not granted for that part of the house", .0.code())]
pub struct UnfitGround(pub Role);

impl Grant {
    /// A grant, if the role holds for such a part of the house.
    pub fn new(role: Role, ground: Ground) -> Result<Self, UnfitGround> {
        let fits = match &ground {
            Ground::Host => role == Role::Operator,
            Ground::Federation(_) => role != Role::Operator && !role.is_of_a_member(),
            Ground::Subtree(..) => role != Role::Operator,
        };
        if fits { Ok(Self { role, ground }) } else { Err(UnfitGround(role)) }
    }

    /// The operator's.
    pub const fn of_operator() -> Self {
        Self { role: Role::Operator, ground: Ground::Host }
    }

    /// That of whoever runs a whole federation.
    pub const fn of_administration(federation: FederationCode) -> Self {
        Self { role: Role::FederationAdmin, ground: Ground::Federation(federation) }
    }

    /// What somebody is.
    pub const fn role(&self) -> Role {
        self.role
    }

    /// For which part of the house.
    pub const fn ground(&self) -> &Ground {
        &self.ground
    }

    /// The federation that it is about; none for the operator's.
    pub const fn federation(&self) -> Option<&FederationCode> {
        match &self.ground {
            Ground::Host => None,
            Ground::Federation(federation) | Ground::Subtree(federation, _) => Some(federation),
        }
    }

    /// The unit at the top of the subtree; none where it holds for everything.
    pub const fn unit(&self) -> Option<&UnitCode> {
        match &self.ground {
            Ground::Host | Ground::Federation(_) => None,
            Ground::Subtree(_, unit) => Some(unit),
        }
    }
}

/// A grant as it is written down, in records and in messages.
#[derive(Serialize, Deserialize)]
struct Written {
    role: Role,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    federation: Option<FederationCode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit: Option<UnitCode>,
}

/// A grant that was written down names a unit without its federation, or a part of the house for which its role does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("that is no grant")]
struct NoGrant;

impl From<Grant> for Written {
    fn from(grant: Grant) -> Self {
        let (role, federation, unit) = match grant.ground {
            Ground::Host => (grant.role, None, None),
            Ground::Federation(federation) => (grant.role, Some(federation), None),
            Ground::Subtree(federation, unit) => (grant.role, Some(federation), Some(unit)),
        };
        Self { role, federation, unit }
    }
}

impl TryFrom<Written> for Grant {
    type Error = NoGrant;

    fn try_from(written: Written) -> Result<Self, NoGrant> {
        let ground = match (written.federation, written.unit) {
            (None, None) => Ground::Host,
            (Some(federation), None) => Ground::Federation(federation),
            (Some(federation), Some(unit)) => Ground::Subtree(federation, unit),
            (None, Some(_)) => return Err(NoGrant),
        };
        Self::new(written.role, ground).map_err(|_| NoGrant)
    }
}
