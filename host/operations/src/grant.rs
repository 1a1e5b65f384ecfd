//! Grants as they are asked for: a role and perhaps a unit become a grant of the federation, or a problem.

use domain::access::{Grant, Ground, Role};
use domain::ids::{FederationCode, UnitCode};

use crate::problem::Problems;

/// The grant of a role in a federation, on a unit or on all of it. None where there is no such grant: noted as a problem, except of the
/// operator's, which no federation has.
pub(crate) fn grant_in(
    federation: &FederationCode,
    role: Role,
    unit: Option<&UnitCode>,
    at: &str,
    problems: &mut Problems,
) -> Option<Grant> {
    let ground = match unit {
        None => Ground::Federation(federation.clone()),
        Some(unit) => Ground::Subtree(federation.clone(), unit.clone()),
    };
    let grant = Grant::new(role, ground).ok();
    if grant.is_none() {
        let (field, code) =
            if role == Role::Operator { ("role", "not-of-a-federation") } else { ("unit", "role-needs-unit") };
        problems.add(format!("{at}/{field}"), code, &[]);
    }
    grant
}
