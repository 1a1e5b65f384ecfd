//! The three real reports, as structured answers.

use serde_json::Value;

const REPORTS: [&str; 3] = [
    include_str!("../../../examples/submissions/seeds/report_1.json"),
    include_str!("../../../examples/submissions/seeds/report_2.json"),
    include_str!("../../../examples/submissions/seeds/report_3.json"),
];

/// The answers of the first, second or third report.
pub(crate) fn report(number: usize) -> Value {
    serde_json::from_str(REPORTS[number - 1]).expect("the reports are JSON")
}
