//! What a form with files brings: its parts by name, within the limit of the route.

use std::collections::BTreeMap;

use axum::extract::Multipart;
use bytes::Bytes;
use domain::limits::UPLOAD_PARTS_MAX;

use crate::kind::{Kind, Unreadable};
use crate::problem::Problem;

/// The parts of a form, each by its name.
pub(crate) struct Upload(BTreeMap<String, Bytes>);

impl Upload {
    /// Reads the form to its end.
    ///
    /// # Errors
    ///
    /// It is no form, has more parts than any of ours, or is larger than the route allows.
    pub(crate) async fn of(mut form: Multipart) -> Result<Self, Problem> {
        let malformed = || Problem::of(Kind::Unreadable(Unreadable::Malformed));
        let mut parts = BTreeMap::new();
        while let Some(part) = form.next_field().await.map_err(|_| malformed())? {
            let name = part.name().unwrap_or_default().to_owned();
            if parts.len() == UPLOAD_PARTS_MAX {
                return Err(malformed());
            }
            parts.insert(name, part.bytes().await.map_err(|_| Problem::of(Kind::BodyTooLarge))?);
        }
        Ok(Self(parts))
    }

    /// A file; empty where none was chosen.
    pub(crate) fn file(&self, name: &str) -> Bytes {
        self.0.get(name).cloned().unwrap_or_default()
    }

    /// What was typed.
    pub(crate) fn text(&self, name: &str) -> String {
        String::from_utf8_lossy(&self.file(name)).into_owned()
    }
}
