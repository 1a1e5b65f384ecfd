//! Preconditions: what a caller knows of the revision that it builds upon, and the key under which it may ask again.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, header};
use domain::digest::Digest;
use domain::limits::IDEMPOTENCY_KEY_BYTES_MAX;
use operations::DraftRead;

use crate::format::wishes_in;
use crate::kind::Kind;
use crate::problem::Problem;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const COMPONENT_SIGNATURE: HeaderName = HeaderName::from_static("huizong-signature");

/// The entity tag of a revision: revisions are never changed, so the number says it all, in either encoding.
pub(crate) fn tag_of(revision: u32) -> String {
    format!("\"revision-{revision}\"")
}

fn revision_of(tag: &str) -> Option<u32> {
    tag.strip_prefix("\"revision-")?.strip_suffix('"')?.parse().ok()
}

/// Whether `If-None-Match` already has the revision.
pub(crate) fn has_already(headers: &HeaderMap, revision: u32) -> bool {
    let tags = wishes_in(headers, header::IF_NONE_MATCH);
    tags.iter().any(|(tag, _)| tag.strip_prefix("w/").unwrap_or(tag) == tag_of(revision))
}

/// The entity tag of a draft, which becomes another whenever something is written into it.
pub(crate) fn tag_of_draft(state: Digest) -> String {
    format!("\"draft-{state}\"")
}

/// Whether `If-None-Match` already has the draft.
pub(crate) fn has_draft_already(headers: &HeaderMap, state: Digest) -> bool {
    let tags = wishes_in(headers, header::IF_NONE_MATCH);
    tags.iter().any(|(tag, _)| tag.strip_prefix("w/").unwrap_or(tag) == tag_of_draft(state))
}

/// What a caller read of the draft that it is about to write on.
pub(crate) struct ReadBefore(pub(crate) DraftRead);

impl<S: Send + Sync> FromRequestParts<S> for ReadBefore {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let headers = &parts.headers;
        let state_of = |tag: &str| tag.strip_prefix("\"draft-")?.strip_suffix('"')?.parse().ok();
        Ok(Self(match expected(headers)? {
            Expected::Nothing => DraftRead::Nothing,
            Expected::ThereIsNone => DraftRead::ThereIsNone,
            Expected::Tag(tag) => state_of(tag).map_or(DraftRead::Other, DraftRead::State),
        }))
    }
}

/// What a caller expects of what it is about to replace.
enum Expected<'h> {
    /// It does not say.
    Nothing,
    /// That there is none.
    ThereIsNone,
    /// That it has this one strong entity tag.
    Tag(&'h str),
}

fn expected(headers: &HeaderMap) -> Result<Expected<'_>, Problem> {
    match (text(headers, &header::IF_MATCH)?, text(headers, &header::IF_NONE_MATCH)?) {
        (None, None) => Ok(Expected::Nothing),
        (None, Some("*")) => Ok(Expected::ThereIsNone),
        (Some(tag), None) if tag.starts_with('"') && !tag.contains(',') => Ok(Expected::Tag(tag)),
        (Some(_), _) => Err(not_understood("If-Match")),
        (None, Some(_)) => Err(not_understood("If-None-Match")),
    }
}

/// What a caller knows of what it is about to replace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Knows {
    /// It did not say.
    Nothing,
    /// There is none yet (`If-None-Match: *`).
    ThereIsNone,
    /// This revision is the newest (`If-Match`).
    Newest(u32),
    /// An entity tag that no revision ever had: it cannot be the newest.
    Other,
}

impl Knows {
    /// The revision that the next one is based on, 0 for the first. Who says nothing may only be the first.
    pub(crate) const fn based_on(self) -> u32 {
        match self {
            Self::Nothing | Self::ThereIsNone => 0,
            Self::Newest(revision) => revision,
            Self::Other => u32::MAX,
        }
    }
}

/// The conditions under which a revision is handed in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Conditions {
    pub(crate) knows: Knows,
    pub(crate) key: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for Conditions {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Self::of(&parts.headers)
    }
}

impl Conditions {
    fn of(headers: &HeaderMap) -> Result<Self, Problem> {
        let knows = match expected(headers)? {
            Expected::Nothing => Knows::Nothing,
            Expected::ThereIsNone => Knows::ThereIsNone,
            Expected::Tag(tag) => revision_of(tag).map_or(Knows::Other, Knows::Newest),
        };
        let key = text(headers, &IDEMPOTENCY_KEY)?.map(key_in).transpose()?;
        Ok(Self { knows, key })
    }
}

/// The key under which a caller may ask again.
pub(crate) struct IdempotencyKey(pub(crate) Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Ok(Self(text(&parts.headers, &IDEMPOTENCY_KEY)?.map(key_in).transpose()?))
    }
}

/// The signature that came with a component: a `.minisig` file in Base64.
pub(crate) struct ComponentSignature(pub(crate) Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for ComponentSignature {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Ok(Self(text(&parts.headers, &COMPONENT_SIGNATURE)?.map(str::to_owned)))
    }
}

/// A key as it is, or in the quotation marks of a structured field.
fn key_in(given: &str) -> Result<String, Problem> {
    let key = given.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(given);
    let is_plain = key.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"');
    if key.is_empty() || key.len() > IDEMPOTENCY_KEY_BYTES_MAX || !is_plain {
        return Err(not_understood("Idempotency-Key"));
    }
    Ok(key.to_owned())
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Result<Option<&'h str>, Problem> {
    let mut values = headers.get_all(name).iter();
    let (first, second) = (values.next(), values.next());
    match (first.map(|value| value.to_str()), second) {
        (None, _) => Ok(None),
        (Some(Ok(text)), None) => Ok(Some(text.trim())),
        _ => Err(not_understood(name.as_str())),
    }
}

fn not_understood(header: &str) -> Problem {
    Problem::of(Kind::HeaderNotUnderstood).saying("header", header)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn conditions(pairs: &[(&'static str, &str)]) -> Result<Conditions, &'static str> {
        let headers = pairs.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()));
        Conditions::of(&headers.collect()).map_err(|problem| problem.kind.code())
    }

    #[test]
    fn what_a_caller_knows_is_read_from_its_headers() {
        let table = [
            (&[][..], Ok(Knows::Nothing)),
            (&[("if-none-match", "*")], Ok(Knows::ThereIsNone)),
            (&[("if-match", "\"revision-3\"")], Ok(Knows::Newest(3))),
            (&[("if-match", "\"something\"")], Ok(Knows::Other)),
            (&[("if-match", "revision-3")], Err("header-not-understood")),
            (&[("if-match", "*")], Err("header-not-understood")),
            (&[("if-match", "\"revision-3\", \"revision-4\"")], Err("header-not-understood")),
            (&[("if-match", "\"revision-3\""), ("if-none-match", "*")], Err("header-not-understood")),
            (&[("if-none-match", "\"revision-3\"")], Err("header-not-understood")),
        ];
        for (pairs, knows) in table {
            assert_eq!(conditions(pairs).map(|conditions| conditions.knows), knows, "{pairs:?}");
        }
    }

    #[test]
    fn a_key_is_short_and_plain() {
        let long = "k".repeat(IDEMPOTENCY_KEY_BYTES_MAX + 1);
        let table = [
            ("a-1", Some("a-1")),
            ("\"a-1\"", Some("a-1")),
            ("", None),
            ("\"\"", None),
            ("a b", None),
            (long.as_str(), None),
        ];
        for (given, key) in table {
            let read = conditions(&[("idempotency-key", given)]).ok().and_then(|conditions| conditions.key);
            assert_eq!(read.as_deref(), key, "{given}");
        }
    }

    #[test]
    fn a_copy_that_a_caller_has_is_recognised() {
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_NONE_MATCH, "\"x\", W/\"revision-2\"".parse().unwrap());
        assert!(has_already(&headers, 2));
        assert!(!has_already(&headers, 3));
    }
}
