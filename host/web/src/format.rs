//! The two encodings of a message, JSON and MessagePack, and how a caller chooses between what is on offer.
//!
//! Both encodings carry the same fields with the same kinds of value: points, decimals, digests and times are texts in
//! MessagePack, too. A program that reads one can read the other, and nobody needs to know how the house keeps its own records.

use axum::http::HeaderMap;
use axum::http::header::{self, HeaderName};
use domain::answers::{MisplacedValue, NotAnswers, parse_value_nested};
use domain::limits::ANSWERS_DEPTH_MAX;
use serde::Serialize;
use serde_json::Value;

use crate::kind::Kind;
use crate::problem::Problem;

/// How a message is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// RFC 8259.
    Json,
    /// Maps with text keys, the shortest form of every integer.
    MessagePack,
}

/// What a message may be called, the first choice first. `vnd.msgpack` is the registered name; the short one is what most clients say.
pub(crate) const MESSAGES: [&str; 3] = ["application/json", "application/msgpack", "application/vnd.msgpack"];

impl Encoding {
    /// The encoding behind one of the names in [`MESSAGES`].
    pub(crate) fn of_media_type(media_type: &str) -> Option<Self> {
        let is = |name: &str| media_type.eq_ignore_ascii_case(name);
        if is(MESSAGES[0]) {
            Some(Self::Json)
        } else if MESSAGES[1..].iter().any(|name| is(name)) {
            Some(Self::MessagePack)
        } else {
            None
        }
    }

    /// The encoding of a request's body; a body that does not say what it is, is not guessed at.
    pub(crate) fn of_body(headers: &HeaderMap) -> Result<Self, Problem> {
        let given = media_type_of_body(headers)?;
        Self::of_media_type(&given)
            .ok_or_else(|| Problem::of(Kind::UnsupportedMediaType).saying("offered", &MESSAGES.join(", ")))
    }

    /// Reads one value, the whole value and nothing but the value.
    ///
    /// One level deeper than answers may be nested, because in a message the answers stand one level down.
    pub(crate) fn read(self, bytes: &[u8]) -> Result<Value, MisplacedValue> {
        let depth_max = ANSWERS_DEPTH_MAX + 1;
        let (value, ends_here) = match self {
            Self::Json => {
                let mut reader = serde_json::Deserializer::from_slice(bytes);
                (parse_value_nested(&mut reader, depth_max)?, reader.end().is_ok())
            }
            Self::MessagePack => {
                let mut reader = rmp_serde::Deserializer::new(std::io::Cursor::new(bytes));
                let value = parse_value_nested(&mut reader, depth_max)?;
                (value, reader.position() == bytes.len() as u64)
            }
        };
        if ends_here {
            return Ok(value);
        }
        let reason = NotAnswers::Malformed("more bytes follow the value".to_owned());
        Err(MisplacedValue { pointer: String::new(), reason })
    }

    /// Writes a message down.
    pub(crate) fn write<T: Serialize>(self, message: &T) -> Result<Vec<u8>, Problem> {
        match self {
            Self::Json => serde_json::to_vec(message).map_err(Problem::host_fault),
            Self::MessagePack => {
                let value = serde_json::to_value(message).map_err(Problem::host_fault)?;
                rmp_serde::to_vec_named(&value).map_err(Problem::host_fault)
            }
        }
    }
}

/// The media type of a request's body without its parameters, where it is sent plainly.
pub(crate) fn media_type_of_body(headers: &HeaderMap) -> Result<String, Problem> {
    let coding = headers.get(header::CONTENT_ENCODING).map_or(&b"identity"[..], |value| value.as_bytes());
    if !coding.eq_ignore_ascii_case(b"identity") {
        return Err(Problem::of(Kind::UnsupportedCoding));
    }
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default();
    Ok(essence.trim().to_ascii_lowercase())
}

/// The offer that the `Accept` header wants most; the earlier offer where it wants two the same; none where it wants none.
pub(crate) fn choose(headers: &HeaderMap, offers: &[&'static str]) -> Option<&'static str> {
    let wishes = wishes_in(headers, header::ACCEPT);
    if wishes.is_empty() {
        return offers.first().copied();
    }
    let mut best: Option<(&'static str, u16)> = None;
    for offer in offers {
        let weight = weight_of(offer, &wishes);
        if weight > best.map_or(0, |(_, weight)| weight) {
            best = Some((offer, weight));
        }
    }
    best.map(|(offer, _)| offer)
}

/// How much an offer is wanted, in thousandths: what the most exact of the matching ranges says (RFC 9110, 12.5.1).
fn weight_of(offer: &str, wishes: &[(String, u16)]) -> u16 {
    let family = offer.split_once('/').map_or("", |(family, _)| family);
    let exactness = |range: &str| match range {
        "*/*" => Some(1),
        range if range == offer => Some(3),
        range => (range.strip_suffix("/*")? == family).then_some(2),
    };
    let matching = wishes.iter().filter_map(|(range, weight)| Some((exactness(range)?, *weight)));
    matching.max_by_key(|(exactness, _)| *exactness).map_or(0, |(_, weight)| weight)
}

/// The comma-separated items of a header in lower case with their weights in thousandths; an item with a weight that is none is left out.
pub(crate) fn wishes_in(headers: &HeaderMap, name: HeaderName) -> Vec<(String, u16)> {
    let lines = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(',')).filter_map(wish).collect()
}

fn wish(item: &str) -> Option<(String, u16)> {
    let mut parts = item.split(';').map(str::trim);
    let range = parts.next().filter(|range| !range.is_empty())?.to_ascii_lowercase();
    let quality = parts.find_map(|parameter| parameter.strip_prefix("q=").or_else(|| parameter.strip_prefix("Q=")));
    let weight = quality.map_or(Some(1000), thousandths)?;
    Some((range, weight))
}

/// `0`, `0.5`, `1.000` in thousandths.
fn thousandths(quality: &str) -> Option<u16> {
    let (whole, fraction) = quality.split_once('.').unwrap_or((quality, ""));
    let digits_only = fraction.bytes().all(|byte| byte.is_ascii_digit());
    match whole {
        "1" if fraction.bytes().all(|byte| byte == b'0') && fraction.len() <= 3 => Some(1000),
        "0" if digits_only && fraction.len() <= 3 => format!("{fraction:0<3}").parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepting(accept: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, accept.parse().unwrap());
        headers
    }

    #[test]
    fn a_caller_gets_what_it_wants_most() {
        let table = [
            ("", Some(MESSAGES[0])),
            ("*/*", Some(MESSAGES[0])),
            ("application/*", Some(MESSAGES[0])),
            ("application/msgpack", Some(MESSAGES[1])),
            ("Application/MsgPack", Some(MESSAGES[1])),
            ("application/vnd.msgpack", Some(MESSAGES[2])),
            ("application/msgpack, application/json", Some(MESSAGES[0])),
            ("application/msgpack, application/json;q=0.9", Some(MESSAGES[1])),
            ("application/json;q=0.2, application/msgpack;q=0.25", Some(MESSAGES[1])),
            ("application/json;q=0, */*", Some(MESSAGES[1])),
            ("*/*;q=0.1, application/vnd.msgpack", Some(MESSAGES[2])),
            ("application/json;q=0", None),
            ("application/json;q=seven", Some(MESSAGES[0])),
            ("text/html", None),
            ("text/*;q=1, image/png", None),
        ];
        for (accept, chosen) in table {
            assert_eq!(choose(&accepting(accept), &MESSAGES), chosen, "{accept}");
        }
    }

    #[test]
    fn both_encodings_carry_the_same_values() {
        let card =
            serde_json::json!({"points": domain::points::Points::from_thousandths(94_500), "lines": [1, -1, null]});
        let json = Encoding::Json.write(&card).unwrap();
        let packed = Encoding::MessagePack.write(&card).unwrap();
        assert_eq!(Encoding::Json.read(&json).unwrap(), card);
        assert_eq!(Encoding::MessagePack.read(&packed).unwrap(), card);
        assert_eq!(card["points"], "94.5");
    }

    #[test]
    fn nothing_may_follow_the_value() {
        assert!(Encoding::Json.read(b"{} ").is_ok());
        assert_eq!(Encoding::Json.read(b"{} {}").unwrap_err().reason.code(), "malformed-body");
        assert!(Encoding::MessagePack.read(b"\x80").is_ok());
        assert_eq!(Encoding::MessagePack.read(b"\x80\x80").unwrap_err().reason.code(), "malformed-body");
    }
}
