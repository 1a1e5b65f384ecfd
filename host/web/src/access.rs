//! Which operations of the access table stand behind each route. A route without an entry does not get into the document, and fails a test.

use domain::access::Operation;

/// Who gets through a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    /// Anybody, known or not: it tells nothing of anybody.
    Open,
    /// Whoever is signed in: it is about nobody but them.
    Own,
    /// Who may do one of these; which one it is depends on what is asked.
    Of(&'static [Operation]),
}

/// The door of a route, by the identifier that the document has for it.
#[rustfmt::skip]
pub(crate) fn door(route: &str) -> Option<Door> {
    use Operation as O;
    let operations: &'static [O] = match route {
        "is_alive" | "is_ready" | "list_problems" | "read_document" | "read_problem" | "read_receipt_key" | "sign_in" | "start_sign_on" | "end_sign_on" => return Some(Door::Open),
        "read_own_session" | "sign_out" | "change_own_password" | "issue_own_token" | "list_own_tokens" | "revoke_own_token" => return Some(Door::Own),

        "enrol_federation" => &[O::EnrolFederation],
        "list_federations" => &[O::ListFederations],
        "read_metrics" => &[O::ReadMetrics],
        "issue_token" | "revoke_token" => &[O::IssueToken],
        "create_account" | "change_grants" | "set_account_state" | "reset_password" => &[O::SteerAccounts],
        "set_sign_on" => &[O::SteerSignOn],
        "list_accounts" | "read_account" | "list_tokens" | "read_sign_on" => &[O::ReadAccounts],

        "register_units" | "register_unit" | "register_unit_table" | "rename_unit" | "merge_unit" | "name_mailboxes" => &[O::RegisterUnits],
        "set_style_sheet" => &[O::SteerStyle],
        "list_units" | "read_unit" | "read_unit_table" => &[O::ListUnits],
        "read_unit_history" | "read_mailboxes" => &[O::ReadSubmission],

        "admit_release" => &[O::AdmitRelease],
        "list_releases" | "read_release" | "read_style_sheet" | "read_component" | "read_point_table" | "compare_releases" | "read_withdrawal" => &[O::ReadRelease],
        "read_release_health" | "list_quarantines" | "read_quarantine_policy" | "list_notices" => &[O::WatchRelease],
        "lift_quarantine" | "set_quarantine_policy" => &[O::Quarantine],
        "withdraw_release" => &[O::WithdrawRelease],
        "read_trust" | "decide_trust" => &[O::SteerTrust],

        "open_round" | "act_on_round" | "change_round" => &[O::SteerRound],
        "list_rounds" | "read_round" | "read_form" | "list_publications" => &[O::ReadRound],
        "read_progress" => &[O::ReadProgress],

        "read_draft" | "read_beside_draft" | "pre_check_draft" => &[O::ReadDraft],
        "save_draft" | "patch_draft" | "discard_draft" | "present_draft" => &[O::EditDraft],
        "send_back_draft" | "sign_draft" => &[O::SignSubmission],
        "submit" | "pre_check" | "submit_workbook" | "submit_draft" => &[O::Submit],
        "read_pre_check_pack" | "read_form_workbook" | "read_submission" | "list_attachments" | "list_revisions" | "read_revision" | "read_findings"
        | "read_scorecard" | "read_receipt" | "read_standing" | "read_member_report" | "list_returns" | "list_conversations"
        | "read_return_notice" | "read_appeal_notice" | "read_rectification_notice" | "read_review" | "list_appeals"
        | "read_rectifications" | "list_member_notices" => &[O::ReadSubmission],
        "read_differences" | "read_attachment" => &[O::ReadSubmission, O::ReadPersonal],
        "attach" | "withdraw_attachment" => &[O::Attach],
        "say" => &[O::Converse],
        "appeal" => &[O::Appeal],

        "return_submission" => &[O::ReturnSubmission],
        "accept_submission" => &[O::AcceptSubmission],
        "add_review_entry" => &[O::ReviewSubmission],
        "decide_review_entry" => &[O::ConfirmReview],
        "list_scorecards" => &[O::ReadReview],
        "rule_check" => &[O::RuleChecks],
        "list_check_rules" => &[O::ReadReviews],
        "record_collective_decision" => &[O::RecordCollectiveDecision],
        "read_review_board" | "list_collective_decisions" | "list_appeals_of_round" | "list_rectifications" => &[O::ReadReviews],
        "list_deductions" | "open_rectifications" => &[O::SteerRectification],
        "step_rectification" => &[O::Rectify, O::SteerRectification],
        "decide_appeal" => &[O::DecideAppeal],

        "publish" => &[O::Publish],
        "decide_publication" => &[O::DecidePublication],
        "ask_settle" | "ask_roll_up" | "import_roll_up" => &[O::Settle],
        "read_settlement" | "compare_settlements" | "read_roll_up" | "export_roll_up" | "list_imports" | "read_report" => &[O::ReadRollUp],

        "ask_trial" => &[O::TryRelease],
        "list_trials" | "read_trial" | "compare_trials" | "list_activations" | "read_activation" | "list_pins" => &[O::ReadTrial],
        "propose_activation" => &[O::ProposeActivation],
        "decide_activation" => &[O::DecideActivation],
        "roll_back" => &[O::RollBack],

        "list_jobs" | "read_job" | "watch_job" => &[O::ReadJob],
        "list_evaluations" | "replay_evaluation" => &[O::ReplayEvaluations],
        "list_audit" | "list_checkpoints" | "attest_audit" | "export_audit" => &[O::ReadAudit],
        "read_webhook" | "list_deliveries" | "read_delivery" => &[O::ReadPost],
        "set_webhook" | "retry_delivery" => &[O::SteerPost],
        _ => return None,
    };
    Some(Door::Of(operations))
}
