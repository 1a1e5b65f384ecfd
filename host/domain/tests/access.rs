//! The access table: every role, every operation, every kind of target.

use domain::access::{Caller, Operation, Role, Target};
use domain::ids::{FederationCode, TokenId, UnitCode};

fn federation(code: &str) -> FederationCode {
    code.parse().expect("a code")
}

fn unit(code: &str) -> UnitCode {
    code.parse().expect("a code")
}

/// Who may do an operation: the operator on the host, the operator to a federation, the admin to its own federation, the admin to a
/// unit of it, the approver to its own federation, the approver to a unit of it, the member to its own federation, the member to itself.
const fn expected(operation: Operation) -> [bool; 8] {
    use Operation as O;
    match operation {
        O::EnrolFederation | O::ListFederations | O::ReadMetrics => {
            [true, false, false, false, false, false, false, false]
        }
        O::IssueToken => [false, true, true, false, false, false, false, false],
        O::ReadRound | O::ReadRelease => [false, false, true, false, true, false, true, false],
        O::ReadRollUp
        | O::ReadTrial
        | O::DecideActivation
        | O::ReadReviews
        | O::RecordCollectiveDecision
        | O::DecidePublication => [false, false, true, false, true, false, false, false],
        O::ReadDraft | O::EditDraft | O::Submit | O::Appeal | O::Rectify => {
            [false, false, false, false, false, false, false, true]
        }
        O::ReadSubmission => [false, false, true, true, false, true, false, true],
        O::ReadReview | O::ConfirmReview | O::DecideAppeal => [false, false, true, true, false, true, false, false],
        O::Converse => [false, false, true, true, false, false, false, true],
        O::ReturnSubmission | O::AcceptSubmission | O::ReviewSubmission | O::SteerRectification => {
            [false, false, true, true, false, false, false, false]
        }
        O::RegisterUnits
        | O::ListUnits
        | O::AdmitRelease
        | O::SteerRound
        | O::ReadProgress
        | O::Settle
        | O::ReadJob
        | O::ReplayEvaluations
        | O::ReadAudit
        | O::ProposeActivation
        | O::RollBack
        | O::WithdrawRelease
        | O::Quarantine
        | O::SteerTrust
        | O::TryRelease
        | O::WatchRelease
        | O::ReadPost
        | O::SteerPost
        | O::Publish => [false, false, true, false, false, false, false, false],
    }
}

#[test]
fn every_cell_of_the_access_table_is_as_written() {
    let (own, other) = (federation("own"), federation("other"));
    let (me, neighbour) = (unit("me"), unit("neighbour"));
    let token = TokenId(uuid::Uuid::nil());
    let caller = |role| Caller { token, label: "test".to_owned(), role, issued_by: None };
    let operator = caller(Role::Operator);
    let admin = caller(Role::FederationAdmin { federation: own.clone() });
    let approver = caller(Role::Approver { federation: own.clone() });
    let member = caller(Role::Member { federation: own.clone(), unit: me.clone() });
    for operation in Operation::ALL {
        let cells = [
            (&operator, Target::Host),
            (&operator, Target::Federation(&own)),
            (&admin, Target::Federation(&own)),
            (&admin, Target::Unit(&own, &me)),
            (&approver, Target::Federation(&own)),
            (&approver, Target::Unit(&own, &me)),
            (&member, Target::Federation(&own)),
            (&member, Target::Unit(&own, &me)),
        ];
        for ((caller, target), expected) in cells.into_iter().zip(expected(operation)) {
            let got = caller.may(operation, target).is_ok();
            assert_eq!(got, expected, "{operation:?} by {:?} on {target:?}", caller.role);
        }
        // What no role may do anywhere: everything that belongs to others.
        let never = [
            (&operator, Target::Unit(&own, &me)),
            (&admin, Target::Host),
            (&admin, Target::Federation(&other)),
            (&admin, Target::Unit(&other, &me)),
            (&approver, Target::Host),
            (&approver, Target::Federation(&other)),
            (&approver, Target::Unit(&other, &me)),
            (&member, Target::Host),
            (&member, Target::Federation(&other)),
            (&member, Target::Unit(&own, &neighbour)),
            (&member, Target::Unit(&other, &me)),
        ];
        for (caller, target) in never {
            assert!(caller.may(operation, target).is_err(), "{operation:?} by {:?} on {target:?}", caller.role);
        }
    }
}
