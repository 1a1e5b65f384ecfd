//! Provenance: the sentence that a value was read from.

use serde::{Deserialize, Serialize};

use crate::words::Words;

/// How a value came into the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// A person typed it.
    Typed,
    /// It came with a file.
    Imported,
    /// It was read from a narrative.
    Extracted,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance<'a> {
    /// The narrative section, counted as the answers count it.
    pub section_seq: u32,
    /// The span in that section, in Unicode scalar values, start included and end not.
    pub start: u32,
    /// The end of the span.
    pub end: u32,
    /// The words of the span, verbatim.
    #[serde(borrow)]
    pub quote: Words<'a>,
    /// Who entered it: a role or an account, never a name.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub entered_by: Option<Words<'a>>,
    /// When, as ISO 8601 writes it.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub entered_at: Option<Words<'a>>,
    /// How.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Method>,
}

impl Provenance<'_> {
    /// Whether the section's text really has the quote at that place.
    pub fn is_found_in(&self, section: &str) -> bool {
        let count = self.end.saturating_sub(self.start) as usize;
        section.chars().skip(self.start as usize).take(count).eq(self.quote.chars())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_found_where_it_stands() {
        let json = r#"{"section_seq":3,"start":2,"end":4,"quote":"投诉","method":"extracted"}"#;
        let provenance: Provenance<'_> = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&provenance).unwrap(), json);
        assert!(provenance.is_found_in("转办投诉8件"));
        assert!(!provenance.is_found_in("投诉8件"));
    }
}
