//! Dates and periods as a source states them: what was understood beside what was said.

use serde::{Deserialize, Serialize};

use crate::edtf::Edtf;
use crate::words::Words;

/// A date as a source states it: `今年5月份`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartialDate<'a> {
    /// What was understood.
    pub edtf: Edtf,
    /// What the source said, verbatim.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub raw_text: Option<Words<'a>>,
    /// Whether the year does not stand in the words themselves, where that was noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year_inferred: Option<bool>,
}

/// How a stated period is to be taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodStatus {
    /// As it stands.
    #[default]
    Ok,
    /// It ends before it starts: `2023年12月至2023年9月`.
    Reversed,
    /// One end is not stated.
    Open,
    /// It states a day up to which something is counted: `截至三季度末`.
    AsOf,
}

/// A period as a source states it; it may run backwards, because sources do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedPeriod<'a> {
    /// What was understood.
    pub edtf: Edtf,
    /// What the source said, verbatim.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub raw_text: Option<Words<'a>>,
    /// How it is to be taken, where that was noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<PeriodStatus>,
}

impl PartialDate<'_> {
    /// Whether the year is known not to stand in the words themselves.
    pub const fn is_year_inferred(&self) -> bool {
        matches!(self.year_inferred, Some(true))
    }
}

impl StatedPeriod<'_> {
    /// Whether it ends before it starts: because the dates say so, or because its status does.
    pub fn is_reversed(&self) -> bool {
        self.edtf.is_reversed() || self.status == Some(PeriodStatus::Reversed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day;

    #[test]
    fn dates_and_periods_go_in_and_come_back_as_they_were() {
        for json in [
            r#"{"edtf":"2023-05","raw_text":"今年5月份","year_inferred":true}"#,
            r#"{"edtf":"2023-11-11/2023-11-15","raw_text":"2023年11月11日至11月15日"}"#,
        ] {
            let date: PartialDate<'_> = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&date).unwrap(), json);
        }
        let json = r#"{"edtf":"2023-12/2023-09","raw_text":"2023年12月至2023年9月","status":"reversed"}"#;
        let period: StatedPeriod<'_> = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&period).unwrap(), json);
        assert!(period.is_reversed());
        assert_eq!(period.edtf.latest(), Some(day(2023, 9, 30)));
    }
}
