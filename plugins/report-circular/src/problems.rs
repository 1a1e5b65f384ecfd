//! 存在的主要问题: what the numbers themselves say; nothing is claimed that no number of the roll-up supports.

use huizong_sdk::report::RollUp;
use huizong_sdk::{Decimal, Points, points};

use crate::complaints::sum;
use crate::discipline::{by_members, title};
use crate::elements::weakest;
use crate::fields::{OVERDUE, SELF_SCORE};
use crate::paper::Paper;
use crate::wording::{names, share};

/// A self-assessed total that lies so far above the final one is too kind.
const TOO_KIND: Points = points("5");
/// Names that are written into a sentence.
const NAMES_MAX: usize = 5;

pub(crate) fn write(paper: &mut Paper, roll_up: &RollUp) {
    let problems = [
        weak_element(roll_up),
        widespread_loss(roll_up),
        overdue(roll_up),
        careless_figures(roll_up),
        too_kind(roll_up),
        poor_discipline(roll_up),
    ];
    let found: Vec<(&str, String)> = problems.into_iter().flatten().collect();
    if found.is_empty() {
        return;
    }
    paper.section("存在的主要问题");
    for (name, text) in found {
        paper.part(name);
        paper.paragraph(text);
    }
}

type Problem = Option<(&'static str, String)>;

fn weak_element(roll_up: &RollUp) -> Problem {
    let elements = roll_up.elements();
    let (element, rate) = weakest(&elements)?;
    if rate >= Decimal::whole(100) {
        return None;
    }
    let text = format!("“{}”平均得分率仅{}%，在各要素中最低。", element.criterion.label.zh, rate.trimmed());
    Some(("工作开展不平衡", text))
}

fn widespread_loss(roll_up: &RollUp) -> Problem {
    let losses = roll_up.losses();
    let loss = losses.iter().max_by_key(|loss| loss.members)?;
    let of = share(loss.members, roll_up.members.len());
    Some(("共性失分较多", format!("“{}”有{}家失分{of}，涉及面最广。", loss.criterion.label.zh, loss.members)))
}

fn overdue(roll_up: &RollUp) -> Problem {
    let (overdue, _) = sum(roll_up, OVERDUE);
    if overdue <= Decimal::ZERO {
        return None;
    }
    let members = roll_up.field(OVERDUE).map_or(0, |field| {
        (0..roll_up.members.len())
            .filter(|member| field.number(*member).is_some_and(|number| number > Decimal::ZERO))
            .count()
    });
    Some(("投诉办理仍有超期", format!("{members}家共有{overdue}件投诉超过办理期限。")))
}

fn careless_figures(roll_up: &RollUp) -> Problem {
    let most = *by_members(roll_up).first()?;
    let text =
        format!("“{}”等校验问题反复出现，涉及{}家、{}条。", title(roll_up, &most.check), most.members, most.findings);
    Some(("数据填报不够严谨", text))
}

/// Those whose own total lies far above the final one, the farthest first.
fn too_kind(roll_up: &RollUp) -> Problem {
    let stated = roll_up.field(SELF_SCORE)?;
    let full = Decimal::from(Points::from_thousandths(roll_up.round.full_marks));
    let mut kind: Vec<(Decimal, &str)> = Vec::new();
    for (member, total) in roll_up.total_points().enumerate() {
        let own = stated.number(member).filter(|own| *own <= full);
        let Some(above) = own.map(|own| own.minus(total.into())) else { continue };
        if above >= TOO_KIND.into() {
            kind.push((above, &roll_up.members[member].name));
        }
    }
    kind.sort_by(|left, right| right.0.cmp(&left.0).then_with(|| left.1.cmp(right.1)));
    let (most, _) = kind.first()?;
    let text = format!(
        "{}家自评得分高于核定得分{TOO_KIND}分以上，最多高出{}分，差距最大的是{}。",
        kind.len(),
        most.trimmed(),
        names(kind.iter().take(NAMES_MAX).map(|(_, name)| *name), NAMES_MAX),
    );
    Some(("自评偏高", text))
}

fn poor_discipline(roll_up: &RollUp) -> Problem {
    let lists = [("未报送", &roll_up.missing), ("暂缓采纳", &roll_up.blocked), ("迟报", &roll_up.late)];
    let told: Vec<String> = lists
        .iter()
        .filter(|(_, units)| !units.is_empty())
        .map(|(what, units)| format!("{what}{}家", units.len()))
        .collect();
    if told.is_empty() {
        return None;
    }
    Some(("报送纪律需要加强", format!("本轮{}，影响了汇总的完整和及时。", told.join("、"))))
}
