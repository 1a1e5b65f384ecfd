//! 报送纪律和数据质量: who did not hand in as wanted, and what the checks found.

use std::collections::BTreeMap;

use huizong_sdk::Severity;
use huizong_sdk::report::{FindingCount, RollUp, Table};
use huizong_sdk::results::percent;

use crate::paper::Paper;
use crate::wording::{severity, share, unit_names};

/// Names that are written into a sentence; the annex has all of them.
const NAMES_MAX: usize = 5;
const LISTED_MAX: usize = 10;

pub(crate) fn write(paper: &mut Paper, roll_up: &RollUp) {
    paper.section("报送纪律和数据质量");
    paper.part("报送纪律");
    let lists = [
        ("未报送", &roll_up.missing),
        ("暂缓采纳", &roll_up.blocked),
        ("迟报", &roll_up.late),
        ("豁免报送", &roll_up.exempt),
        ("已并入其他机构", &roll_up.merged),
    ];
    for (what, units) in lists.into_iter().filter(|(_, units)| !units.is_empty()) {
        paper.point(&format!("{what}{}家：{}。", units.len(), unit_names(units, NAMES_MAX)));
    }
    if lists.iter().all(|(_, units)| units.is_empty()) {
        paper.paragraph("应报送机构全部按时报送并被采纳。");
    }
    paper.part("数据质量");
    if roll_up.findings.is_empty() {
        paper.paragraph("已采纳的报送未发现需要说明的数据问题。");
        return;
    }
    paper.paragraph(found(roll_up));
    paper.table(most_frequent(roll_up));
}

fn found(roll_up: &RollUp) -> String {
    let count = |wanted: Severity| {
        let of = roll_up.findings.iter().filter(|count| count.severity == wanted);
        of.map(|count| u64::from(count.findings)).sum::<u64>()
    };
    let all: u64 = roll_up.findings.iter().map(|count| u64::from(count.findings)).sum();
    let told: Vec<String> = [Severity::Error, Severity::Warning, Severity::Info]
        .into_iter()
        .filter(|wanted| count(*wanted) > 0)
        .map(|wanted| format!("{}{}条", severity(wanted), count(wanted)))
        .collect();
    let most = by_members(roll_up)[0];
    format!(
        "已采纳的报送中，校验共发现{all}条，其中{}。涉及面最广的是“{}”，{}家{}。",
        told.join("、"),
        title(roll_up, &most.check),
        most.members,
        share(most.members, roll_up.members.len()),
    )
}

/// The counts, those that concern most members first; equals by severity and code.
pub(crate) fn by_members(roll_up: &RollUp) -> Vec<&FindingCount> {
    let mut counts: Vec<&FindingCount> = roll_up.findings.iter().collect();
    counts.sort_by_key(|count| {
        (std::cmp::Reverse((count.members, count.findings)), count.severity as u8, count.check.as_str())
    });
    counts
}

/// What a check is called; its code where the rubric does not say.
pub(crate) fn title<'r>(roll_up: &'r RollUp, code: &'r str) -> &'r str {
    roll_up.round.checks.iter().find(|check| check.code == code).map_or(code, |check| &check.title.zh)
}

fn most_frequent(roll_up: &RollUp) -> Table {
    let mut counts = by_members(roll_up);
    counts.truncate(LISTED_MAX);
    let titles: BTreeMap<&str, &str> =
        counts.iter().map(|count| (count.check.as_str(), title(roll_up, &count.check))).collect();
    let whole = i64::try_from(roll_up.members.len()).unwrap_or(i64::MAX);
    Table::new("表7　涉及面最广的校验问题")
        .texts("校验项", counts.iter().map(|count| titles[count.check.as_str()]))
        .texts("级别", counts.iter().map(|count| severity(count.severity)))
        .counts("涉及机构", "家", counts.iter().map(|count| count.members))
        .decimals("涉及面", "%", counts.iter().map(|count| percent(count.members.into(), whole)))
        .counts("条数", "条", counts.iter().map(|count| count.findings))
}
