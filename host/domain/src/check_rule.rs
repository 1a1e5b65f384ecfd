//! Check rules: what a federation decides about the checks of a round's rubric without another plugin. A check is waived for one unit's
//! submission, or weighs otherwise from a day on.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::activation::Signatory;
use crate::ids::{CheckRuleId, RoundCode, UnitCode};
use crate::rubric::Severity;

/// What is decided about a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckRuleAct {
    /// Whatever it finds in a unit's submission holds nothing back.
    Waive {
        /// The check.
        check: String,
        /// The unit.
        unit: UnitCode,
    },
    /// It weighs otherwise in what is received from a day on.
    Weigh {
        /// The check.
        check: String,
        /// How much.
        severity: Severity,
        /// From which day on.
        since: Date,
    },
    /// An earlier rule holds no more in what is received from now on.
    Withdraw {
        /// Which one.
        rule: CheckRuleId,
    },
}

/// A decision about a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckRule {
    /// Its identifier.
    pub id: CheckRuleId,
    /// The round.
    pub round: RoundCode,
    /// What is decided.
    pub act: CheckRuleAct,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: Signatory,
    /// When.
    pub at: Timestamp,
}

/// Why a finding weighs what it does, where the federation decided that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruled {
    /// The rule.
    pub rule: CheckRuleId,
    /// Whether the check is waived; else it weighs otherwise.
    pub waived: bool,
    /// Who decided.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// The rules that concern a unit's submission, of all that were made in a round, the oldest first.
pub fn in_force_for(rules: &[CheckRule], unit: &UnitCode) -> Vec<CheckRule> {
    let is_withdrawn =
        |id: CheckRuleId| rules.iter().any(|rule| matches!(&rule.act, CheckRuleAct::Withdraw { rule } if *rule == id));
    let concerns = |rule: &&CheckRule| match &rule.act {
        CheckRuleAct::Waive { unit: waived, .. } => waived == unit,
        CheckRuleAct::Weigh { .. } => true,
        CheckRuleAct::Withdraw { .. } => false,
    };
    rules.iter().filter(concerns).filter(|rule| !is_withdrawn(rule.id)).cloned().collect()
}

/// How much a check weighs in what is received on a day, and why, where the rules say so: the newest change of its severity that holds by then,
/// and whether it is waived.
pub fn ruled_on(rules: &[CheckRule], code: &str, received_on: Date) -> (Option<Severity>, Option<Ruled>) {
    let of = |rule: &CheckRule, waived| {
        let (by, reason) = (rule.by.label.clone(), rule.reason.clone());
        Ruled { rule: rule.id, waived, by, reason }
    };
    let changed = rules.iter().rev().find_map(|rule| match &rule.act {
        CheckRuleAct::Weigh { check, severity, since } if check == code && *since <= received_on => {
            Some((*severity, of(rule, false)))
        }
        _ => None,
    });
    let waived = rules.iter().rev().find_map(|rule| match &rule.act {
        CheckRuleAct::Waive { check, .. } if check == code => Some(of(rule, true)),
        _ => None,
    });
    let (severity, changed) = changed.unzip();
    (severity, waived.or(changed))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::ids::TokenId;

    fn rule(number: u128, act: CheckRuleAct) -> CheckRule {
        CheckRule {
            id: CheckRuleId(uuid::Uuid::from_u128(number)),
            round: "2023".parse().unwrap(),
            act,
            reason: format!("because {number}"),
            by: Signatory { token: TokenId(uuid::Uuid::nil()), label: "office".to_owned() },
            at: Timestamp::UNIX_EPOCH,
        }
    }

    fn waive(number: u128, unit: &str) -> CheckRule {
        rule(number, CheckRuleAct::Waive { check: "exits".to_owned(), unit: unit.parse().unwrap() })
    }

    fn weigh(number: u128, severity: Severity, since: Date) -> CheckRule {
        rule(number, CheckRuleAct::Weigh { check: "exits".to_owned(), severity, since })
    }

    fn withdraw(number: u128, withdrawn: u128) -> CheckRule {
        rule(number, CheckRuleAct::Withdraw { rule: CheckRuleId(uuid::Uuid::from_u128(withdrawn)) })
    }

    #[test]
    fn a_waiver_is_its_unit_s_and_what_is_withdrawn_holds_no_more() {
        let rules = [waive(1, "m1"), weigh(2, Severity::Info, date(2024, 1, 1)), waive(3, "m2"), withdraw(4, 1)];
        let of = |unit: &str| -> Vec<u128> {
            let rules = in_force_for(&rules, &unit.parse().unwrap());
            rules.iter().map(|rule| rule.id.0.as_u128()).collect()
        };
        assert_eq!((of("m1"), of("m2"), of("m3")), (vec![2], vec![2, 3], vec![2]));
    }

    #[test]
    fn the_newest_change_that_holds_by_then_weighs_and_a_waiver_comes_before_it() {
        let rules = [weigh(1, Severity::Warning, date(2024, 1, 1)), weigh(2, Severity::Info, date(2024, 2, 1))];
        let on = |day| {
            let (severity, ruled) = ruled_on(&rules, "exits", day);
            (severity, ruled.map(|ruled| ruled.rule.0.as_u128()))
        };
        assert_eq!(on(date(2023, 12, 31)), (None, None));
        assert_eq!(on(date(2024, 1, 31)), (Some(Severity::Warning), Some(1)));
        assert_eq!(on(date(2024, 2, 1)), (Some(Severity::Info), Some(2)));
        assert_eq!(ruled_on(&rules, "drills", date(2024, 2, 1)), (None, None));
        let with_waiver = [waive(3, "m1"), rules[0].clone()];
        let (severity, ruled) = ruled_on(&with_waiver, "exits", date(2024, 3, 1));
        let ruled = ruled.unwrap();
        assert_eq!((severity, ruled.waived, ruled.reason.as_str()), (Some(Severity::Warning), true, "because 3"));
    }
}
