//! The language that a caller wants to be told things in.

use axum::http::{HeaderMap, header};
use domain::text::Language;

use crate::format::wishes_in;

/// What `Accept-Language` wants most; Chinese where it does not say, or names no language of the house.
pub(crate) fn language_of(headers: &HeaderMap) -> Language {
    let wishes = wishes_in(headers, header::ACCEPT_LANGUAGE);
    let spoken = wishes.iter().filter(|(_, weight)| *weight > 0).filter_map(|(range, weight)| {
        let language = match range.split('-').next()? {
            "zh" => Language::Chinese,
            "en" => Language::English,
            _ => return None,
        };
        Some((language, *weight))
    });
    // Of equally wanted ones the first counts, as most clients write their list in order.
    spoken
        .reduce(|best, next| if next.1 > best.1 { next } else { best })
        .map_or(Language::Chinese, |(language, _)| language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_the_first_language() {
        let table = [
            ("", Language::Chinese),
            ("en", Language::English),
            ("en-GB,en;q=0.9", Language::English),
            ("zh-CN,zh;q=0.9,en;q=0.8", Language::Chinese),
            ("de, en;q=0.3, zh;q=0.2", Language::English),
            ("en;q=0", Language::Chinese),
            ("fr", Language::Chinese),
            ("*", Language::Chinese),
        ];
        for (accept, expected) in table {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, accept.parse().unwrap());
            assert_eq!(language_of(&headers), expected, "{accept}");
        }
    }
}
