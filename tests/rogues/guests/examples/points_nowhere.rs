//! Points at a place that the answers do not have.

use rogue_guests::types::{Context, Finding, Refusal, Submission};

struct PointsNowhere;

impl rogue_guests::Bent for PointsNowhere {
    fn check(submission: Submission, _: Context) -> Result<Vec<Finding>, Refusal> {
        let mut findings = rogue_guests::check(&submission)?;
        for finding in &mut findings {
            finding.at = vec!["/drills/0".to_owned()];
        }
        Ok(findings)
    }
}

rogue_guests::rubric!(PointsNowhere);
