//! The explanation of a score as a tree: the rubric's criteria with the points they gave and why, then the named steps.

use serde::{Deserialize, Serialize};

use crate::amount::{Comparison, Decimal};
use crate::calendar::Period;
use crate::points::Points;
use crate::rubric::{CriterionKind, Description, Pass, PointRange};
use crate::scorecard::{Entry, Scorecard, Step};
use crate::settlement::{Cohort, Settlement};
use crate::text::Text;

/// What the cohort pass gave one member for one criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CohortLine {
    /// The points.
    pub points: Points,
    /// How they follow, in the federation's language.
    pub reason: String,
    /// The member's own value of the measure that was compared, where there is one.
    pub own: Option<Decimal>,
    /// What the measure is counted in.
    pub unit: String,
    /// What the cohort's values gave.
    pub statistics: Vec<Comparison>,
}

/// One criterion with its points; a group with what its children gave together, before caps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExplainedCriterion {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub label: Text,
    /// What part it plays.
    pub kind: CriterionKind,
    /// In which pass it gets its points.
    pub pass: Pass,
    /// The range in force.
    pub range: Option<PointRange>,
    /// The points of both passes.
    pub points: Points,
    /// How they came about in the unit pass.
    pub entries: Vec<Entry>,
    /// What the cohort pass gave, once it has run.
    pub cohort: Option<CohortLine>,
    /// The criteria that it groups.
    pub children: Vec<ExplainedCriterion>,
}

/// A step with the name of the rule that it follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExplainedStep {
    /// The name of the cap or veto; empty for rounding.
    pub label: Text,
    /// The step.
    pub step: Step,
}

/// Where the score stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// After the unit pass: the cohort pass may still change it.
    Provisional,
    /// After the cohort pass.
    Settled,
}

/// A score explained from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExplainedScorecard {
    /// The rubric's title.
    pub rubric_title: Text,
    /// The rubric's version.
    pub rubric_version: String,
    /// Where the score stands.
    pub stage: Stage,
    /// What a total is out of.
    pub full_marks: Points,
    /// The criteria at the top of the tree.
    pub criteria: Vec<ExplainedCriterion>,
    /// Named changes after the sum, those of the cohort pass last.
    pub steps: Vec<ExplainedStep>,
    /// The total.
    pub total: Points,
    /// The grade's name; before the cohort pass the one that the total takes.
    pub grade: Option<Text>,
    /// 1 is the best; none before the cohort pass.
    pub rank: Option<u32>,
}

impl ExplainedScorecard {
    /// The same without what the cohort's values gave, which lets others be seen through.
    #[must_use]
    pub fn without_statistics(mut self) -> Self {
        fn strip(criteria: &mut [ExplainedCriterion]) {
            for criterion in criteria {
                if let Some(cohort) = &mut criterion.cohort {
                    cohort.statistics.clear();
                }
                strip(&mut criterion.children);
            }
        }
        strip(&mut self.criteria);
        self
    }
}

/// One member's place in a settlement.
#[derive(Clone, Copy, Debug)]
pub struct MemberSettled<'a> {
    /// What was settled.
    pub cohort: &'a Cohort,
    /// What came of it.
    pub settlement: &'a Settlement,
    /// The member's index in both.
    pub member: usize,
}

/// Explains a scorecard, with what the cohort pass made of it where that has run.
pub fn explain(
    description: &Description,
    period: Period,
    scorecard: &Scorecard,
    settled: Option<MemberSettled<'_>>,
) -> ExplainedScorecard {
    let teller = Teller { description, period, scorecard, settled };
    let total = settled.and_then(|settled| settled.settlement.totals.get(settled.member).copied());
    let total = total.unwrap_or(scorecard.total);
    let grade = match settled {
        Some(settled) => settled.settlement.grades.get(settled.member).map(|grade| usize::from(*grade)),
        None => description.grade_of(total),
    };
    ExplainedScorecard {
        rubric_title: description.title.clone(),
        rubric_version: description.version.clone(),
        stage: if settled.is_some() { Stage::Settled } else { Stage::Provisional },
        full_marks: description.full_marks,
        criteria: teller.children_of(None),
        steps: teller.steps(),
        total,
        grade: grade.and_then(|grade| description.grades.get(grade)).map(|grade| grade.label.clone()),
        rank: settled.and_then(|settled| settled.settlement.ranks.get(settled.member).copied()),
    }
}

struct Teller<'a> {
    description: &'a Description,
    period: Period,
    scorecard: &'a Scorecard,
    settled: Option<MemberSettled<'a>>,
}

impl Teller<'_> {
    /// The depth is that of the rubric's tree, in which every parent precedes its children.
    fn children_of(&self, parent: Option<&str>) -> Vec<ExplainedCriterion> {
        let criteria = self.description.criteria.iter().filter(|criterion| criterion.parent.as_deref() == parent);
        criteria
            .map(|criterion| {
                let children = self.children_of(Some(&criterion.id));
                let line = self.scorecard.lines.iter().find(|line| line.criterion == criterion.id);
                let cohort = self.cohort_line(&criterion.id);
                let below: Points = children.iter().map(|child| child.points).sum();
                let own = line.map_or(Points::ZERO, |line| line.points);
                let given = cohort.as_ref().map_or(Points::ZERO, |cohort| cohort.points);
                ExplainedCriterion {
                    id: criterion.id.clone(),
                    label: criterion.label.clone(),
                    kind: criterion.kind,
                    pass: criterion.pass,
                    range: criterion.range_on(self.period.end()),
                    points: below + own + given,
                    entries: line.map(|line| line.entries.clone()).unwrap_or_default(),
                    cohort,
                    children,
                }
            })
            .collect()
    }

    fn cohort_line(&self, criterion: &str) -> Option<CohortLine> {
        let MemberSettled { cohort, settlement, member } = self.settled?;
        let column = settlement.columns.iter().find(|column| column.criterion == criterion)?;
        let measure = column.measure.as_ref().and_then(|id| {
            let declared = self.description.measures.iter().find(|measure| &measure.id == id)?;
            let values = cohort.measures.iter().find(|values| &values.measure == id)?;
            let is_known = values.known.get(member).is_some_and(|known| *known == 1);
            let value = values.values.get(member).filter(|_| is_known);
            Some((value.map(|digits| Decimal { digits: *digits, scale: declared.scale }), declared.unit.clone()))
        });
        let (own, unit) = measure.unwrap_or_default();
        Some(CohortLine {
            points: *column.points.get(member)?,
            reason: column.reason.clone(),
            own,
            unit,
            statistics: column.statistics.clone(),
        })
    }

    fn steps(&self) -> Vec<ExplainedStep> {
        let later = self.settled.into_iter().flat_map(|settled| {
            let steps = settled.settlement.steps.iter();
            steps.filter(move |step| usize::try_from(step.member) == Ok(settled.member)).map(|step| &step.step)
        });
        let steps = self.scorecard.steps.iter().chain(later);
        steps.map(|step| ExplainedStep { label: self.name_of_rule(&step.rule), step: step.clone() }).collect()
    }

    fn name_of_rule(&self, rule: &str) -> Text {
        let caps = self.description.caps.iter().map(|cap| (&cap.id, &cap.label));
        let vetoes = self.description.vetoes.iter().map(|veto| (&veto.id, &veto.label));
        caps.chain(vetoes).find(|(id, _)| *id == rule).map(|(_, label)| label.clone()).unwrap_or_default()
    }
}
