//! Notices: what a federation's administration should know without asking.

use domain::access::{Caller, Operation};
use domain::ids::{FederationCode, NoticeId};
use domain::limits::PAGE_ITEMS_MAX;
use domain::notice::Notice;
use domain::text::Text;
use jiff::Timestamp;
use serde::Serialize;

use crate::error::OperationError;
use crate::office::Office;
use crate::problem::in_both_languages;

/// Every code that a notice may carry; each has a sentence in the catalogue.
pub const NOTICE_CODES: [&str; 9] = [
    "release-activated",
    "release-rolled-back",
    "release-quarantined",
    "quarantine-lifted",
    "admitted-signature-required",
    "admitted-signature-malformed",
    "admitted-key-not-trusted",
    "admitted-signature-wrong",
    "members-missing",
];

/// A notice in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NoticeView {
    /// Its identifier; later ones sort later.
    pub id: NoticeId,
    /// When it happened.
    pub at: Timestamp,
    /// What it is about.
    pub subject: String,
    /// What happened: stable, kebab-case.
    pub code: String,
    /// The same in words.
    pub message: Text,
}

impl Office {
    /// The notices before one, the newest first; from the newest without one.
    pub async fn notices(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        before: Option<NoticeId>,
        items: usize,
    ) -> Result<Vec<NoticeView>, OperationError> {
        let scope = self.scope(caller, Operation::WatchRelease, federation)?;
        let notices = scope.notices(before, items.min(PAGE_ITEMS_MAX)).await?;
        Ok(notices.into_iter().map(NoticeView::from).collect())
    }

    /// A notice of something that is about to be kept.
    pub(crate) fn notice(
        &self,
        subject: String,
        code: &'static str,
        arguments: &[(&str, &str)],
    ) -> Result<Notice, OperationError> {
        let at = self.now();
        let arguments = arguments.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Ok(Notice { id: NoticeId(self.randomness().identifier(at)?), at, subject, code: code.to_owned(), arguments })
    }
}

impl From<Notice> for NoticeView {
    fn from(notice: Notice) -> Self {
        let message = in_both_languages(&format!("notice-{}", notice.code), &notice.arguments());
        let Notice { id, at, subject, code, .. } = notice;
        Self { id, at, subject, code, message }
    }
}
