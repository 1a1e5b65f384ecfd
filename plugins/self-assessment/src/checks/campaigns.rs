//! Campaigns: T34.

use std::collections::BTreeMap;

use huizong_sdk::{Check, Finding, Severity, Text, label, place};

use crate::case::Case;

/// T34: one campaign under two names.
pub const CAMPAIGN_NAMED_TWICE: Check = Check::new(
    "campaign-named-twice",
    label("同一活动有两个名称", "One campaign under two names"),
    label(
        "如“进社区活动”与“进社区活动月”。确为同一活动的，请合并为一行、用一个名称。",
        "Such as a \"campaign\" and a \"campaign month\". If they are one, give it one row and one name.",
    ),
    Severity::Info,
);

/// Endings that make another name, but no other campaign; the longer first.
const ENDINGS: [&str; 5] = ["活动月", "活动周", "活动日", "活动", "月活动"];

fn plain(name: &str) -> &str {
    let name = name.trim();
    ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
}

pub(super) fn campaign_named_twice(case: &Case<'_>, found: &mut Vec<Finding>) {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, campaign) in case.answers.campaign.iter().enumerate() {
        let Some(name) = campaign.name else { continue };
        let Some(&first) = seen.get(plain(name)) else {
            seen.insert(plain(name), index);
            continue;
        };
        let other = case.answers.campaign[first].name.unwrap_or("");
        let message =
            Text::new(format!("“{other}”与“{name}”可能是同一活动"), format!("{other} and {name} may be one campaign"));
        let finding = Finding::new(&CAMPAIGN_NAMED_TWICE, message, place("campaign").item(index));
        found.push(finding.and_at(place("campaign").item(first)));
    }
}
