//! What every store must hold, as one set of claims that is made of each database.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../../../../tests/harness/postgres.rs"]
#[allow(unreachable_pub, reason = "the scenarios use it as a module of a library")]
mod postgres_server;

mod memory;
mod samples;

mod rectifications;
mod release_samples;

mod accounts;
mod activations;
mod artifacts;
mod attachments;
mod audit;
mod drafts;
mod faults;
mod group_commit;
mod jobs;
mod keeping;
mod notices;
mod once;
mod quarantines;
mod reviews;
mod revisions;
mod scopes;
mod sharing;
mod steering;
mod trust;

use memory::Memory;

/// Makes every claim of one database.
macro_rules! conformance {
    ($database:ident) => {
        mod $database {
            use super::*;

            conformance! { $database:
                keeping::every_value_comes_back_as_it_was_kept,
                keeping::everything_is_still_there_when_the_store_is_opened_again,
                keeping::bytes_of_any_length_come_back,
                keeping::a_damaged_blob_is_not_handed_out,
                keeping::what_is_kept_can_neither_be_changed_nor_removed,
                keeping::evaluations_are_paged_in_order_of_their_identifiers,

                steering::a_code_is_taken_once,
                steering::a_unit_that_is_registered_anew_stands_in_the_list_once,
                steering::more_units_than_one_insert_takes_are_registered_together,
                steering::a_release_is_admitted_once,
                steering::of_two_changes_to_one_version_of_a_round_one_wins,
                steering::the_latest_settlement_and_roll_up_are_those_kept_last,
                steering::the_newest_import_of_a_unit_counts_and_the_older_ones_stay,
                steering::a_trial_is_kept_once_and_found_in_the_order_in_which_trials_came,

                trust::the_newest_decision_about_signatures_holds,
                trust::of_many_decisions_upon_one_version_one_is_kept,
                trust::a_signature_that_came_later_stands_with_the_release,
                trust::a_release_under_anothers_digest_is_not_handed_out,

                revisions::a_key_brings_back_its_receipt,
                revisions::thirty_two_duplicates_with_one_key_give_one_receipt,
                revisions::a_key_serves_one_request_only,
                revisions::of_concurrent_revisions_exactly_one_wins,
                revisions::a_round_that_moved_takes_no_revision,
                revisions::a_receipt_for_other_answers_is_not_kept,
                revisions::a_revision_that_is_refused_leaves_nothing_behind,
                revisions::a_revision_whose_caller_goes_away_is_there_whole_or_not_at_all,
                revisions::the_newest_accepted_revision_counts,
                revisions::the_first_verdict_of_a_release_stands,

                attachments::a_file_is_written_piece_by_piece_and_read_again,
                attachments::what_was_begun_and_taken_back_leaves_nothing,
                attachments::a_file_that_was_tampered_with_ends_in_an_error,

                drafts::a_draft_comes_back_as_it_was_written_and_is_its_unit_s,
                drafts::of_many_who_write_upon_the_same_one_is_kept,
                drafts::a_draft_goes_with_its_revision_or_neither_does,
                drafts::nothing_is_left_of_drafts_when_a_round_is_over,

                reviews::only_what_was_accepted_and_not_sent_back_counts,
                reviews::a_closed_round_takes_what_it_sent_back_until_that_is_due,
                reviews::of_many_decisions_on_an_entry_one_stands,
                reviews::a_collective_decision_confirms_all_of_its_entries_or_none,
                reviews::every_scorecard_stays_and_the_first_of_the_same_review_stands,
                reviews::a_publication_takes_the_round_with_it_or_is_not_kept,
                reviews::nothing_of_a_round_that_is_over_changes,
                reviews::one_appeal_about_a_criterion_waits_at_a_time,

                once::an_attempt_is_made_once_and_its_answer_stays,
                once::of_what_is_overdue_a_member_is_reminded_once_for_each_day,

                rectifications::a_cause_has_one_item_and_items_come_all_or_none,
                rectifications::of_many_who_do_the_next_step_one_does,

                faults::a_release_has_its_own_faults_the_newest_first,
                faults::faults_are_counted_by_function_and_kind,
                faults::a_fault_is_kept_with_the_record_of_its_run_or_not_at_all,

                activations::an_approved_proposal_is_a_swap_on_record,
                activations::pins_say_what_was_in_force_from_when_until_when,
                activations::of_many_decisions_one_stands,
                activations::a_swap_overtakes_what_waited_to_replace_the_same_release,
                activations::a_swap_that_the_round_cannot_take_leaves_nothing_behind,
                activations::a_closed_round_keeps_its_pins_and_nothing_waits_in_it,
                activations::what_was_begun_under_a_replaced_rubric_is_kept_for_a_moment_only,
                activations::a_moment_does_not_open_a_closed_round,
                activations::no_settlement_and_no_document_of_a_replaced_release_is_kept,
                activations::proposals_cannot_be_made_without_end,

                quarantines::however_many_notice_a_release_is_quarantined_once,
                quarantines::a_lifted_quarantine_stays_on_record_and_can_come_again,
                quarantines::the_newest_policy_holds,
                quarantines::the_newest_style_sheet_holds_in_its_federation,
                quarantines::notices_are_paged_the_newest_first,
                quarantines::a_release_is_withdrawn_only_where_nothing_uses_it_or_ever_did,
                quarantines::a_withdrawn_release_comes_into_no_round,

                notices::however_many_hosts_look_at_the_clock_a_reminder_is_given_once,
                notices::a_unit_s_notices_are_paged_the_newest_first_and_are_its_own,
                notices::a_delivery_goes_to_one_host_and_who_lost_its_lease_changes_nothing,
                notices::where_nobody_is_reached_the_others_wait_too_and_what_is_given_up_can_be_tried_again,
                notices::the_newest_mailboxes_and_the_newest_program_hold,
                notices::the_register_says_when_it_changed_last,

                accounts::an_account_is_its_newest_version_and_a_login_name_is_taken_once,
                accounts::a_federation_has_accounts_of_its_own,
                accounts::a_session_comes_with_its_account_and_ends_with_it,
                accounts::however_many_try_to_sign_in_at_once_only_so_many_may,

                scopes::federations_with_the_same_codes_share_nothing,
                scopes::nothing_is_kept_for_a_federation_that_is_not_enrolled,

                audit::the_chain_has_no_gap_while_two_hosts_write,
                audit::the_log_is_paged_by_sequence,
                audit::a_checkpoint_is_kept_once_and_only_of_what_stands_in_the_chain,
                audit::a_log_that_grew_since_it_was_attested_is_found,

                jobs::a_job_goes_to_one_worker,
                jobs::a_worker_that_fell_silent_has_lost_its_job,
                jobs::a_job_that_was_begun_too_often_is_given_up,
                jobs::federations_take_turns,
                jobs::a_federation_cannot_ask_for_jobs_without_end,

                artifacts::an_artifact_is_named_by_its_bytes,
                artifacts::a_tampered_artifact_is_not_handed_out,
            }
        }
    };
    ($database:ident: $($subject:ident::$claim:ident),+ $(,)?) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $claim() {
            $subject::$claim(&Memory::$database().await).await;
        }
    )+};
}

conformance!(sqlite);
conformance!(postgres);
