//! Invents self-assessments: clean ones of differing quality, and traps planted in them, each with the codes that it must raise.
//!
//! Everything follows from the seed; the same seed gives the same answers for ever.

mod chance;
mod complaints;
mod conduct;
mod control;
mod cover;
mod member;
mod plant;
mod text;
mod trap;

use huizong_sdk::{Date, day};
use serde_json::{Value, json};

use chance::Chance;

pub use member::{MemberKind, MemberSketch};
pub use plant::plant;
pub use trap::Trap;

/// A member's year, as the generator imagines it before it writes the answers down.
struct Sketch<'m> {
    member: &'m MemberSketch,
    year: i16,
    /// 0 (careless) to 100 (exemplary): what spreads the scores.
    quality: u64,
    chance: Chance,
}

impl Sketch<'_> {
    /// Whether something good happens: the likelier, the better the member.
    fn is_diligent(&mut self) -> bool {
        let quality = self.quality;
        self.chance.below(100) < quality
    }

    /// A number between two, both included, that is the closer to the second, the better the member.
    fn graded(&mut self, poor: u64, good: u64) -> i64 {
        let spread = good.abs_diff(poor);
        let wobble = self.chance.below(spread / 8 + 1);
        let shift = (spread * self.quality / 100 + wobble).min(spread);
        i64::try_from(if good >= poor { poor + shift } else { poor - shift }).unwrap_or(i64::MAX)
    }

    /// A Monday to Friday of a month, away from every public holiday as long as the month is March, July, August or November.
    fn working_day(&mut self, month: u8) -> Date {
        let first = day(self.year, month, 1).number();
        loop {
            let offset = i32::try_from(self.chance.below(28)).unwrap_or(0);
            let date = Date::of_number(first + offset);
            if !matches!(date.weekday(), huizong_sdk::Weekday::Saturday | huizong_sdk::Weekday::Sunday) {
                return date;
            }
        }
    }

    /// A working day of one of the months that no public holiday touches.
    fn any_working_day(&mut self) -> Date {
        let month = self.chance.pick(&[3, 7, 8, 11]);
        self.working_day(month)
    }
}

/// The answers of a member whose papers are in order: no check raises anything. How good its year was follows from the seed, so that scores spread.
/// `complaints` is the number of its work orders; the statistics and breakdowns are counted from them.
pub fn clean(seed: u64, member: &MemberSketch, period_year: i16, complaints: usize) -> Value {
    let mut chance = Chance::new(seed);
    // The better of two draws from 15 to 100: most members are fair, a few poor, a few excellent.
    let quality = 15 + chance.below(86).max(chance.below(86));
    let mut sketch = Sketch { member, year: period_year, quality, chance };
    let records = complaints::records(&mut sketch, complaints);
    let mut answers = json!({});
    let mut put = |name: &str, value: Value| {
        answers[name] = value;
    };
    let score = cover::self_score_items(&mut sketch);
    put("submission", cover::submission(&mut sketch, &score));
    put("self_score_item", score);
    put("org_aliases", cover::aliases(member));
    put("org_unit", cover::org_unit(member));
    put("reporting_period", cover::reporting_period(period_year));
    put("governance_body", control::governance(&mut sketch));
    put("department_duty", control::duties(&mut sketch));
    put("staff_assignment", control::staff(&mut sketch));
    put("policy_document", control::policies(&mut sketch));
    put("pledge", control::pledge(&mut sketch));
    put("internal_assessment", control::assessment(&mut sketch));
    put("internal_audit", control::audit(&mut sketch));
    put("key_event", control::key_events(&mut sketch));
    put("accountability", control::accountability(&mut sketch));
    put("upward_report", control::upward_reports(&mut sketch));
    put("fee_catalog", conduct::fees(&mut sketch));
    put("fee_notice", conduct::fee_notice(&mut sketch));
    put("product_governance", conduct::product_governance(&mut sketch));
    put("sales_conduct", conduct::sales(&mut sketch));
    put("personal_info", conduct::personal_info(&mut sketch));
    put("self_inspection", conduct::self_inspections(&mut sketch));
    put("certification", conduct::certification(&mut sketch));
    put("training", conduct::training(&mut sketch));
    put("training_event", conduct::training_events(&mut sketch));
    put("campaign", conduct::campaigns(&mut sketch));
    put("campaign_event", conduct::campaign_events(&mut sketch));
    put("publicity_channel", json!(["横幅", "大屏幕", "宣传折页", "网络", "广播"]));
    put("material", json!(["《金融知识普及读本》", "防诈骗折页"]));
    put("survey", conduct::survey(&mut sketch));
    put("complaint_mechanism", complaints::mechanism(&mut sketch));
    put("complaint_stat", complaints::statistics(&records));
    put("complaint_breakdown", complaints::breakdowns(&records));
    put("complaint_reduction", complaints::reductions(&mut sketch, &records));
    put("complaint_record", complaints::rows(&records));
    let problems = control::issues(&mut sketch);
    put("rectification", control::rectifications(&mut sketch, &problems));
    put("issue", problems);
    put("plan", control::plan(&mut sketch));
    put("narrative_section", text::sections(&mut sketch, complaints));
    answers
}
