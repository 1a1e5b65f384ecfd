//! Document numbers (发文字号), read as far as they can be read.

use serde::{Deserialize, Serialize};

use crate::words::Words;

/// How far a document number could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParseStatus {
    /// Issuer, year and number.
    Ok,
    /// Something is missing: `商农信发〔735〕号` has no year.
    Incomplete,
    /// It is none of the known forms.
    Unparsed,
}

/// A document number: `商农信发〔2023〕666号`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocNumber<'a> {
    /// 发文机关代字: `商农信发`.
    #[serde(borrow)]
    pub issuer_code: Option<Words<'a>>,
    /// The year in the brackets.
    pub year: Option<i16>,
    /// The number after them.
    pub seq: Option<u32>,
    /// What the source said, verbatim.
    #[serde(borrow)]
    pub raw_text: Words<'a>,
    /// How far it could be read.
    pub parse_status: ParseStatus,
}

const BRACKETS: [(char, char); 6] = [('〔', '〕'), ('［', '］'), ('[', ']'), ('(', ')'), ('（', '）'), ('【', '】')];

impl<'a> DocNumber<'a> {
    /// Reads a document number: issuer, year in brackets of any kind, number, 号. Nothing is refused; what cannot be read stays verbatim.
    pub fn read(text: &'a str) -> Self {
        let Some((issuer, inside, after)) = split_at_brackets(text.trim()) else {
            return Self {
                issuer_code: None,
                year: None,
                seq: None,
                raw_text: text.into(),
                parse_status: ParseStatus::Unparsed,
            };
        };
        let (year, displaced) = match inside.parse::<u32>() {
            Ok(number @ 1949..=2199) => (i16::try_from(number).ok(), None),
            // A number in the brackets that is no year is the number itself, in the wrong place.
            Ok(number) => (None, Some(number)),
            Err(_) => (None, None),
        };
        let after = after.strip_prefix('第').unwrap_or(after);
        let seq = after.strip_suffix('号').and_then(|number| number.trim().parse().ok()).or(displaced);
        let issuer_code = Some(issuer.trim()).filter(|issuer| !issuer.is_empty()).map(Words::from);
        let is_complete = issuer_code.is_some() && year.is_some() && seq.is_some();
        let parse_status = if is_complete { ParseStatus::Ok } else { ParseStatus::Incomplete };
        Self { issuer_code, year, seq, raw_text: text.into(), parse_status }
    }

    /// Whether issuer, year and number are all there.
    pub const fn is_complete(&self) -> bool {
        self.issuer_code.is_some() && self.year.is_some() && self.seq.is_some()
    }
}

fn split_at_brackets(text: &str) -> Option<(&str, &str, &str)> {
    BRACKETS.iter().find_map(|&(open, close)| {
        let (before, rest) = text.split_once(open)?;
        let (inside, after) = rest.split_once(close)?;
        Some((before, inside.trim(), after.trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<String>, Option<i16>, Option<u32>, ParseStatus) {
        let number = DocNumber::read(text);
        (number.issuer_code.map(String::from), number.year, number.seq, number.parse_status)
    }

    fn whole(issuer: &str, year: i16, seq: u32) -> (Option<String>, Option<i16>, Option<u32>, ParseStatus) {
        (Some(issuer.to_owned()), Some(year), Some(seq), ParseStatus::Ok)
    }

    #[test]
    fn numbers_are_read_with_any_brackets() {
        assert_eq!(read("商农信发〔2023〕666号"), whole("商农信发", 2023, 666));
        assert_eq!(read("银监消保[2016] 22号"), whole("银监消保", 2016, 22));
        assert_eq!(read("粤农信联发（2008）250号"), whole("粤农信联发", 2008, 250));
        assert_eq!(read("人民银行令〔2020〕第5号"), whole("人民银行令", 2020, 5));
    }

    #[test]
    fn a_number_without_a_year_is_incomplete() {
        let issuer = Some("商农信发".to_owned());
        assert_eq!(read("商农信发〔735〕号"), (issuer.clone(), None, Some(735), ParseStatus::Incomplete));
        assert_eq!(read("商农信发〔2023〕号"), (issuer, Some(2023), None, ParseStatus::Incomplete));
        assert_eq!(read("《转发的通知》").3, ParseStatus::Unparsed);
        assert_eq!(read("").3, ParseStatus::Unparsed);
    }

    #[test]
    fn a_document_number_goes_in_and_comes_back_as_it_was() {
        let json = r#"{"issuer_code":"商农信发","year":null,"seq":735,"raw_text":"商农信发〔735〕号","parse_status":"incomplete"}"#;
        let number: DocNumber<'_> = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&number).unwrap(), json);
        assert_eq!(number, DocNumber::read("商农信发〔735〕号"));
    }
}
