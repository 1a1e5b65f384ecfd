//! The cover of a self-assessment: title, mandate, sign-off, the score it gives itself, and the size of the institution.

use huizong_sdk::{Date, DocNumber, Name, Quantity};
use serde::Deserialize;

use crate::day;

/// The cover (`submission` in the answers): what stands before and after the text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Cover<'a> {
    /// The title of the report.
    pub report_title: Option<&'a str>,
    /// A second title, where the text carries two.
    pub second_title: Option<&'a str>,
    /// The year that the text says it is about.
    #[serde(borrow)]
    pub report_year: Option<Quantity<'a>>,
    /// How the text names the institution. Who submits is told by the login, never by this.
    pub org_name_stated: Option<&'a str>,
    /// The name that a reader concluded from titles.
    pub org_name_inferred: Option<&'a str>,
    /// The notice that asked for the report, in the text's words.
    pub mandate_raw: Option<&'a str>,
    /// Its document number.
    #[serde(borrow)]
    pub mandate_doc: Option<DocNumber<'a>>,
    /// To whom the report is addressed.
    pub addressee: Option<&'a str>,
    /// The report's own document number.
    #[serde(borrow)]
    pub doc_number: Option<DocNumber<'a>>,
    /// The day of issue.
    #[serde(deserialize_with = "day::optional")]
    pub issued_on: Option<Date>,
    /// Who signed it.
    #[serde(borrow)]
    pub signature: Option<Name<'a>>,
    /// In which role.
    pub signatory_role: Option<&'a str>,
    /// The day up to which the figures run.
    #[serde(deserialize_with = "day::optional")]
    pub as_of: Option<Date>,
    /// The score that the institution gives itself.
    #[serde(borrow)]
    pub self_score: Option<Quantity<'a>>,
    /// Out of how many.
    #[serde(borrow)]
    pub self_score_full_marks: Option<Quantity<'a>>,
    /// Which department "our department" is.
    pub contact_department: Option<&'a str>,
}

/// The size of the institution at the end of the period, as it states it: the denominators of rates.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct OrgUnit {
    /// Outlets.
    pub outlet_count: Option<i64>,
    /// Personal customers.
    pub personal_customer_count: Option<i64>,
    /// Staff at the counter.
    pub counter_staff_count: Option<i64>,
    /// All staff.
    pub staff_count: Option<i64>,
}

/// The period as the text states it; the round decides.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReportingPeriod {
    /// The year.
    pub year: Option<i16>,
    /// The first day.
    #[serde(deserialize_with = "day::optional")]
    pub start: Option<Date>,
    /// The last day.
    #[serde(deserialize_with = "day::optional")]
    pub end: Option<Date>,
}
