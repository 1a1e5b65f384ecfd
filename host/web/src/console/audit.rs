//! The log of acts, in their order, to be looked through.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::audit::AuditEntry;
use domain::ids::FederationCode;
use domain::limits::{CONSOLE_ROWS_MAX, PAGE_ITEMS_MAX};
use serde::Deserialize;

use crate::address::{Address, InFederation};
use crate::console::frame::{self, Frame, escaped};
use crate::console::reader::Reader;
use crate::house::House;
use crate::problem::Problem;

/// Where to begin, and what to look for.
#[derive(Deserialize)]
pub(crate) struct Which {
    /// After which entry.
    #[serde(default)]
    after: u64,
    /// Words of the act, its subject, its reason or who did it.
    #[serde(default)]
    words: String,
}

#[derive(Template)]
#[template(path = "console/audit.html")]
struct Audit {
    frame: Frame,
    federation: FederationCode,
    entries: Vec<AuditEntry>,
    words: String,
    /// After which entry the next page begins, where there may be more.
    next: Option<u64>,
}

/// Entries of the log in their order.
pub(crate) async fn page(
    State(house): State<House>,
    Address(at): Address<InFederation>,
    Query(Which { mut after, words }): Query<Which>,
    reader: Reader,
) -> Result<Response, Problem> {
    let wanted = words.trim().to_owned();
    let mut entries: Vec<AuditEntry> = Vec::new();
    let next = loop {
        let found = house.office.audit(&reader.caller, &at.federation, after, PAGE_ITEMS_MAX).await?;
        let is_last = found.len() < PAGE_ITEMS_MAX;
        for entry in found {
            if entries.len() == CONSOLE_ROWS_MAX {
                break;
            }
            after = entry.sequence;
            if fits(&entry, &wanted) {
                entries.push(entry);
            }
        }
        if entries.len() == CONSOLE_ROWS_MAX {
            break Some(after);
        }
        if is_last {
            break None;
        }
    };
    let page = Audit { frame: reader.frame(), federation: at.federation, entries, words, next };
    frame::page(StatusCode::OK, &page)
}

fn fits(entry: &AuditEntry, words: &str) -> bool {
    let act = &entry.act;
    [act.verb.as_str(), act.subject.as_str(), act.reason.as_str(), act.actor.as_str()]
        .iter()
        .any(|text| text.contains(words))
}

impl Audit {
    fn next_page(&self, after: &u64) -> String {
        format!("/federations/{}/audit?after={after}&words={}", self.federation, escaped(&self.words))
    }
}
