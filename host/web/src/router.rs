//! Every route on one page.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use bytes::Bytes;
use domain::limits::UPLOAD_TIME_MAX;
use operations::Office;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::address::ROOT;
use crate::admission::{take_a_place, within};
use crate::api::{
    accounts, activations, attachments, audit, check_rules, drafts, evaluations, federations, health, jobs, post,
    problems, publications, quarantines, rectifications, releases, reports, returns, reviews, rounds, sessions,
    settlements, sign_on, signing, style_sheets, submissions, trials, trust, units, watching, workbooks,
};
use crate::console;
use crate::house::{House, WebSettings};
use crate::kind::Kind;
use crate::openapi::{Frame, dressed};
use crate::problem::Problem;
use crate::surround::surrounded;
use crate::traffic::Traffic;

fn messages() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(federations::enrol_federation, federations::list_federations))
        .routes(routes!(federations::issue_token, federations::list_tokens))
        .routes(routes!(federations::revoke_token))
        .routes(routes!(accounts::create_account, accounts::list_accounts))
        .routes(routes!(accounts::read_account))
        .routes(routes!(accounts::change_grants))
        .routes(routes!(accounts::set_account_state))
        .routes(routes!(accounts::reset_password))
        .routes(routes!(sessions::sign_in))
        .routes(routes!(sessions::read_own_session, sessions::sign_out))
        .routes(routes!(sessions::change_own_password))
        .routes(routes!(sessions::issue_own_token, sessions::list_own_tokens))
        .routes(routes!(sessions::revoke_own_token))
        .routes(routes!(sign_on::set_sign_on, sign_on::read_sign_on))
        .routes(routes!(sign_on::start_sign_on))
        .routes(routes!(sign_on::end_sign_on))
        .routes(routes!(units::register_units, units::list_units))
        .routes(routes!(units::register_unit, units::read_unit))
        .routes(routes!(units::rename_unit))
        .routes(routes!(units::merge_unit))
        .routes(routes!(units::read_unit_history))
        .routes(routes!(units::register_unit_table, units::read_unit_table))
        .routes(routes!(style_sheets::set_style_sheet, style_sheets::read_style_sheet))
        .routes(routes!(releases::list_releases))
        .routes(routes!(releases::read_release))
        .routes(routes!(releases::read_component))
        .routes(routes!(releases::read_point_table))
        .routes(routes!(releases::compare_releases))
        .routes(routes!(watching::read_release_health))
        .routes(routes!(rounds::open_round, rounds::list_rounds))
        .routes(routes!(rounds::read_round))
        .routes(routes!(rounds::act_on_round))
        .routes(routes!(rounds::change_round))
        .routes(routes!(rounds::read_form))
        .routes(routes!(check_rules::rule_check, check_rules::list_check_rules))
        .routes(routes!(submissions::read_pre_check_pack))
        .routes(routes!(submissions::pre_check))
        .routes(routes!(submissions::submit, submissions::read_submission))
        .routes(routes!(workbooks::read_form_workbook, workbooks::submit_workbook))
        .routes(routes!(drafts::save_draft, drafts::read_draft, drafts::patch_draft, drafts::discard_draft))
        .routes(routes!(drafts::read_beside_draft))
        .routes(routes!(drafts::pre_check_draft))
        .routes(routes!(drafts::submit_draft))
        .routes(routes!(signing::present_draft))
        .routes(routes!(signing::send_back_draft))
        .routes(routes!(signing::sign_draft))
        .routes(routes!(submissions::list_revisions))
        .routes(routes!(submissions::read_revision))
        .routes(routes!(submissions::read_differences))
        .routes(routes!(submissions::read_findings))
        .routes(routes!(submissions::read_scorecard))
        .routes(routes!(submissions::read_receipt))
        .routes(routes!(submissions::read_standing))
        .routes(routes!(reports::read_member_report))
        .routes(routes!(returns::return_submission, returns::list_returns))
        .routes(routes!(returns::accept_submission))
        .routes(routes!(attachments::list_attachments))
        .routes(routes!(attachments::read_attachment))
        .routes(routes!(attachments::withdraw_attachment))
        .routes(routes!(returns::say, returns::list_conversations))
        .routes(routes!(reports::read_return_notice))
        .routes(routes!(reports::read_appeal_notice))
        .routes(routes!(reviews::read_review_board))
        .routes(routes!(reviews::read_review))
        .routes(routes!(reviews::list_scorecards))
        .routes(routes!(reviews::add_review_entry))
        .routes(routes!(reviews::decide_review_entry))
        .routes(routes!(reviews::record_collective_decision, reviews::list_collective_decisions))
        .routes(routes!(publications::publish, publications::list_publications))
        .routes(routes!(publications::decide_publication))
        .routes(routes!(publications::appeal, publications::list_appeals))
        .routes(routes!(publications::list_appeals_of_round))
        .routes(routes!(publications::decide_appeal))
        .routes(routes!(rectifications::open_rectifications, rectifications::read_rectifications))
        .routes(routes!(rectifications::list_deductions))
        .routes(routes!(rectifications::read_rectification_notice))
        .routes(routes!(rectifications::step_rectification))
        .routes(routes!(rectifications::list_rectifications))
        .routes(routes!(settlements::read_progress))
        .routes(routes!(settlements::ask_settle))
        .routes(routes!(settlements::ask_roll_up))
        .routes(routes!(settlements::read_settlement))
        .routes(routes!(settlements::compare_settlements))
        .routes(routes!(settlements::read_roll_up))
        .routes(routes!(settlements::export_roll_up))
        .routes(routes!(settlements::list_imports))
        .routes(routes!(settlements::import_roll_up))
        .routes(routes!(trials::ask_trial, trials::list_trials))
        .routes(routes!(trials::read_trial))
        .routes(routes!(trials::compare_trials))
        .routes(routes!(activations::propose_activation, activations::list_activations))
        .routes(routes!(activations::read_activation))
        .routes(routes!(activations::decide_activation))
        .routes(routes!(activations::roll_back))
        .routes(routes!(activations::list_pins))
        .routes(routes!(quarantines::list_quarantines))
        .routes(routes!(quarantines::lift_quarantine))
        .routes(routes!(quarantines::read_quarantine_policy, quarantines::set_quarantine_policy))
        .routes(routes!(quarantines::withdraw_release, quarantines::read_withdrawal))
        .routes(routes!(quarantines::list_notices))
        .routes(routes!(post::list_member_notices))
        .routes(routes!(post::name_mailboxes, post::read_mailboxes))
        .routes(routes!(post::set_webhook, post::read_webhook))
        .routes(routes!(post::list_deliveries))
        .routes(routes!(post::read_delivery))
        .routes(routes!(post::retry_delivery))
        .routes(routes!(trust::read_trust, trust::decide_trust))
        .routes(routes!(reports::read_report))
        .routes(routes!(jobs::list_jobs))
        .routes(routes!(jobs::read_job))
        .routes(routes!(jobs::watch_job))
        .routes(routes!(evaluations::list_evaluations))
        .routes(routes!(evaluations::replay_evaluation))
        .routes(routes!(audit::list_audit))
        .routes(routes!(audit::list_checkpoints, audit::attest_audit))
        .routes(routes!(audit::export_audit))
        .routes(routes!(problems::list_problems))
        .routes(routes!(problems::read_problem))
        .routes(routes!(health::read_receipt_key))
        .routes(routes!(health::read_document))
}

/// What takes longer, because it is compiled meanwhile.
fn uploads() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(releases::admit_release))
}

/// What takes as long as the sender's line needs.
fn files() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(attachments::attach))
}

/// What is answered even while every place is taken.
fn signs_of_life() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(health::is_alive))
        .routes(routes!(health::is_ready))
        .routes(routes!(watching::read_metrics))
}

/// The routes over an office, until `stopping`.
pub(crate) fn assemble(office: Office, settings: WebSettings, stopping: CancellationToken) -> Router {
    let places = Arc::new(Semaphore::new(settings.requests_at_once_max));
    let timed = |routes: OpenApiRouter<House>, time_max: Duration| routes.layer(from_fn_with_state(time_max, within));
    let pages = console::routes().layer(from_fn_with_state(settings.request_time_max, within));
    let pages = pages.layer(from_fn_with_state(places.clone(), take_a_place));
    let api = timed(messages(), settings.request_time_max).merge(timed(uploads(), settings.upload_time_max));
    let api = api.merge(timed(files(), UPLOAD_TIME_MAX));
    let api = api.layer(from_fn_with_state(places, take_a_place));
    let whole = OpenApiRouter::with_openapi(Frame::openapi()).nest(ROOT, api).merge(signs_of_life());
    let (router, document) = whole.split_for_parts();
    // The document is made of our own types; that it can be written is part of the document's test.
    let document = Bytes::from(dressed(document).to_json().unwrap_or_default());
    let (run, traffic) = (settings.run.clone(), Traffic::default());
    let router = router
        .merge(pages)
        .fallback(no_such_address)
        .method_not_allowed_fallback(method_not_allowed)
        .with_state(House { office, settings: Arc::new(settings), stopping, document, traffic: traffic.clone() });
    surrounded(router, &run, traffic)
}

async fn no_such_address() -> Problem {
    Problem::of(Kind::NoSuchAddress)
}

async fn method_not_allowed() -> Problem {
    Problem::of(Kind::MethodNotAllowed)
}
