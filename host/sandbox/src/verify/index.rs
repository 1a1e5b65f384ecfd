//! What verification looks up in a rubric's description, found once for all calls.

use std::collections::BTreeMap;

use domain::rubric::{Cap, Criterion, Description, Measure, Pass, Veto};

/// Where in a description each identifier stands.
pub(crate) struct Index {
    criteria: BTreeMap<String, usize>,
    scored: Vec<usize>,
    of_cohort: Vec<usize>,
    groups_above: Vec<Vec<usize>>,
    caps: BTreeMap<String, usize>,
    vetoes: BTreeMap<String, usize>,
    grades: BTreeMap<String, usize>,
    checks: BTreeMap<String, usize>,
}

/// A description with its index.
#[derive(Clone, Copy)]
pub(crate) struct Rubric<'r> {
    pub(crate) description: &'r Description,
    pub(crate) index: &'r Index,
}

impl Index {
    /// The index of a description; of two equal identifiers the later one counts (and admission refuses both).
    pub(crate) fn of(description: &Description) -> Self {
        let criteria = numbered(description.criteria.iter().map(|criterion| &criterion.id));
        let mut groups_above: Vec<Vec<usize>> = Vec::with_capacity(description.criteria.len());
        for criterion in &description.criteria {
            // Parents precede their children, so that what stands above a parent is known already.
            let parent = criterion.parent.as_ref().and_then(|parent| criteria.get(parent)).copied();
            let above = parent.and_then(|parent| Some((parent, groups_above.get(parent)?)));
            groups_above.push(above.map_or_else(Vec::new, |(parent, above)| {
                std::iter::once(parent).chain(above.iter().copied()).collect()
            }));
        }
        let all = || description.criteria.iter().enumerate();
        Self {
            scored: all().filter(|(_, criterion)| criterion.is_scored()).map(|(place, _)| place).collect(),
            of_cohort: all().filter(|(_, criterion)| is_of_cohort(criterion)).map(|(place, _)| place).collect(),
            criteria,
            groups_above,
            caps: numbered(description.caps.iter().map(|cap| &cap.id)),
            vetoes: numbered(description.vetoes.iter().map(|veto| &veto.id)),
            grades: numbered(description.grades.iter().map(|grade| &grade.id)),
            checks: numbered(description.checks.iter().map(|check| &check.code)),
        }
    }
}

impl<'r> Rubric<'r> {
    /// The criteria that have a line in a scorecard, each with its place in the description.
    pub(super) fn scored(self) -> impl ExactSizeIterator<Item = (usize, &'r Criterion)> {
        self.index.scored.iter().map(move |place| (*place, &self.description.criteria[*place]))
    }

    /// The criteria that get their points in the cohort pass.
    pub(super) fn of_cohort(self) -> impl ExactSizeIterator<Item = &'r Criterion> {
        self.index.of_cohort.iter().map(move |place| &self.description.criteria[*place])
    }

    /// The place of a criterion.
    pub(super) fn place_of(self, criterion: &str) -> Option<usize> {
        self.index.criteria.get(criterion).copied()
    }

    /// The groups in which a criterion stands, the nearest first.
    pub(super) fn groups_above(self, place: usize) -> &'r [usize] {
        self.index.groups_above.get(place).map_or(&[], Vec::as_slice)
    }

    pub(super) fn cap(self, id: &str) -> Option<&'r Cap> {
        self.index.caps.get(id).map(|place| &self.description.caps[*place])
    }

    pub(super) fn veto(self, id: &str) -> Option<&'r Veto> {
        self.index.vetoes.get(id).map(|place| &self.description.vetoes[*place])
    }

    /// The place of a grade; 0 is the best.
    pub(super) fn grade(self, id: &str) -> Option<usize> {
        self.index.grades.get(id).copied()
    }

    pub(super) fn documents(self, check: &str) -> bool {
        self.index.checks.contains_key(check)
    }

    pub(super) fn measure(self, id: &str) -> Option<&'r Measure> {
        self.description.measures.iter().find(|measure| measure.id == id)
    }
}

fn is_of_cohort(criterion: &Criterion) -> bool {
    criterion.is_scored() && criterion.pass == Pass::OfCohort
}

fn numbered<'i>(identifiers: impl Iterator<Item = &'i String>) -> BTreeMap<String, usize> {
    identifiers.cloned().enumerate().map(|(place, identifier)| (identifier, place)).collect()
}
