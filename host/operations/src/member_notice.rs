//! Notices to units: what a member should know of a round without asking, on its page, in its mailboxes and at the federation's own program.

use domain::access::{Caller, Operation};
use domain::delivery::Channel;
use domain::ids::{DeliveryId, FederationCode, NoticeId, RoundCode, UnitCode};
use domain::limits::PAGE_ITEMS_MAX;
use domain::member_notice::MemberNotice;
use domain::round::Round;
use domain::text::Text;
use jiff::Timestamp;
use serde::Serialize;
use store::{NewMemberNotice, Scope};

use crate::error::OperationError;
use crate::office::Office;
use crate::problem::in_both_languages;

/// Every code that a notice to a unit may carry; each has a sentence and a subject in the catalogue.
pub const MEMBER_NOTICE_CODES: [&str; 10] = [
    "reminder-before",
    "reminder-on-the-day",
    "reminder-after",
    "members-missing",
    "due-date-moved",
    "submission-returned",
    "appeal-decided",
    "results-published",
    "exempted",
    "rectification-overdue",
];

/// A notice in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MemberNoticeView {
    /// Its identifier; later ones sort later.
    pub id: NoticeId,
    /// When it was given.
    pub at: Timestamp,
    /// The round that it is about.
    pub round: RoundCode,
    /// Whom it is given to.
    pub unit: UnitCode,
    /// What it says: stable, kebab-case.
    pub code: String,
    /// In one line.
    pub subject: Text,
    /// In words.
    pub message: Text,
}

impl From<MemberNotice> for MemberNoticeView {
    fn from(notice: MemberNotice) -> Self {
        let arguments = notice.arguments();
        let key = format!("member-notice-{}", notice.code);
        let message = in_both_languages(&key, &arguments);
        let subject = in_both_languages(&format!("{key}-subject"), &arguments);
        let MemberNotice { id, at, round, unit, code, .. } = notice;
        Self { id, at, round, unit, code, subject, message }
    }
}

impl Office {
    /// The notices to a unit about a round before one, the newest first; from the newest without one.
    pub async fn member_notices(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        before: Option<NoticeId>,
        items: usize,
    ) -> Result<Vec<MemberNoticeView>, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::ReadSubmission, federation, unit)?;
        let notices = scope.member_notices(round, unit, before, items.min(PAGE_ITEMS_MAX)).await?;
        Ok(notices.into_iter().map(MemberNoticeView::from).collect())
    }

    /// A notice to each of some units, about to be kept with what it tells of, and put on every way that leads to it. The round's title is always
    /// among the arguments.
    pub(crate) async fn tell(
        &self,
        scope: &Scope,
        round: &Round,
        units: &[UnitCode],
        code: &'static str,
        arguments: &[(&str, &str)],
    ) -> Result<Vec<NewMemberNotice>, OperationError> {
        if units.is_empty() {
            return Ok(Vec::new());
        }
        let at = self.now();
        let mut mailboxes = match units {
            _ if !self.house.post.writes_letters() => std::collections::BTreeMap::new(),
            [unit] => std::iter::once((unit.clone(), scope.mailboxes(unit).await?)).collect(),
            _ => scope.all_mailboxes().await?,
        };
        let has_program = scope.webhook().await?.is_some();
        let title = [("title", round.title.as_str())];
        let arguments = title.iter().chain(arguments);
        let arguments: Vec<_> = arguments.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let mut told = Vec::with_capacity(units.len());
        for unit in units {
            let own = mailboxes.remove(unit).unwrap_or_default().into_iter().map(Channel::Mail);
            let mut channels = Vec::new();
            for channel in own.chain(has_program.then_some(Channel::Webhook)) {
                channels.push((DeliveryId(self.randomness().identifier(at)?), channel));
            }
            let notice = MemberNotice {
                id: NoticeId(self.randomness().identifier(at)?),
                at,
                round: round.code.clone(),
                unit: unit.clone(),
                code: code.to_owned(),
                arguments: arguments.clone(),
            };
            told.push(NewMemberNotice { notice, channels });
        }
        Ok(told)
    }

    /// A time as it is told where the house is: `2024-02-01 18:00`.
    pub(crate) fn told_time(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone().clone()).strftime("%Y-%m-%d %H:%M").to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notice_has_its_words_in_both_languages() {
        for code in MEMBER_NOTICE_CODES {
            let names = ["title", "due", "days", "count", "names", "fields", "number", "outcome", "reason", "until"];
            let notice = MemberNotice {
                id: NoticeId(uuid::Uuid::nil()),
                at: Timestamp::UNIX_EPOCH,
                round: "2024".parse().unwrap(),
                unit: "m1".parse().unwrap(),
                code: code.to_owned(),
                arguments: names.map(|name| (name.to_owned(), "7".to_owned())).into(),
            };
            let view = MemberNoticeView::from(notice);
            for text in [&view.subject, &view.message] {
                for said in [&text.zh, &text.en] {
                    assert!(!said.is_empty() && !said.contains("member-notice"), "{code}: {said}");
                }
                assert_ne!(text.zh, text.en);
            }
        }
    }
}
