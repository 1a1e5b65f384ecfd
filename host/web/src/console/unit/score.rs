//! A scorecard as rows that can be unfolded: the criteria in the order of the rubric's tree, each with how its points came about.

use domain::explanation::{CohortLine, ExplainedCriterion, ExplainedScorecard};
use domain::form_outline::FormOutline;
use domain::scorecard::{Entry, Step};

use crate::console::frame::Frame;
use crate::console::place_name::place_name;

/// A criterion, or a step after the sum.
pub(super) struct ScoreRow {
    /// How many groups it lies in, up to 4.
    pub(super) depth: usize,
    pub(super) label: String,
    pub(super) points: String,
    /// The most that there are; empty where nothing bounds it.
    pub(super) most: String,
    pub(super) is_group: bool,
    pub(super) reasons: Vec<Reason>,
}

/// Why points were given or taken.
pub(super) struct Reason {
    pub(super) points: String,
    pub(super) loses: bool,
    pub(super) text: String,
    /// What was compared, each with whether it holds.
    pub(super) comparisons: Vec<(String, bool)>,
    /// Where in the answers the numbers came from.
    pub(super) sources: Vec<String>,
}

/// The rows of a scorecard.
pub(super) fn rows(card: &ExplainedScorecard, outline: &FormOutline, frame: &Frame) -> Vec<ScoreRow> {
    let mut rows = Vec::new();
    for criterion in &card.criteria {
        below(criterion, 0, outline, frame, &mut rows);
    }
    for explained in &card.steps {
        let Step { points, reason, comparisons, sources, .. } = &explained.step;
        let named = frame.text(&explained.label);
        let entry = (points.to_string(), reason.clone(), comparisons.as_slice(), sources.as_slice());
        rows.push(ScoreRow {
            depth: 0,
            label: if named.is_empty() { frame.word("console-score-rounding") } else { named.to_owned() },
            points: signed(&points.to_string()),
            most: String::new(),
            is_group: false,
            reasons: vec![reason_of(entry, outline, frame)],
        });
    }
    rows
}

fn below(criterion: &ExplainedCriterion, depth: usize, outline: &FormOutline, frame: &Frame, rows: &mut Vec<ScoreRow>) {
    let unit_pass = criterion.entries.iter().map(|entry: &Entry| {
        let Entry { points, reason, comparisons, sources, .. } = entry;
        reason_of((points.to_string(), reason.clone(), comparisons, sources), outline, frame)
    });
    let cohort_pass = criterion.cohort.iter().map(|line: &CohortLine| {
        let own = line.own.map(|own| format!(" ({own}{})", line.unit)).unwrap_or_default();
        let text = format!("{}{own}", line.reason);
        reason_of((line.points.to_string(), text, &line.statistics, &[]), outline, frame)
    });
    rows.push(ScoreRow {
        depth: depth.min(4),
        label: frame.text(&criterion.label).to_owned(),
        points: criterion.points.to_string(),
        most: criterion.range.map(|range| range.most.to_string()).unwrap_or_default(),
        is_group: !criterion.children.is_empty(),
        reasons: unit_pass.chain(cohort_pass).collect(),
    });
    for child in &criterion.children {
        below(child, depth + 1, outline, frame, rows);
    }
}

type Told<'a> = (String, String, &'a [domain::amount::Comparison], &'a [String]);

fn reason_of((points, text, comparisons, sources): Told<'_>, outline: &FormOutline, frame: &Frame) -> Reason {
    let comparison = |compared: &domain::amount::Comparison| {
        let (left, sign, right) = (&compared.left, compared.relation.sign(), &compared.right);
        (format!("{}: {left} {sign} {right}", compared.what), compared.holds)
    };
    // The empty pointer means the whole: there is no place to look at.
    let places = sources.iter().filter(|at| !at.is_empty()).map(|at| place_name(outline, at, frame.language));
    Reason {
        loses: points.starts_with('-'),
        points: signed(&points),
        text,
        comparisons: comparisons.iter().map(comparison).collect(),
        sources: places.collect(),
    }
}

/// A number of points with its sign.
fn signed(points: &str) -> String {
    if points.starts_with('-') { points.to_owned() } else { format!("+{points}") }
}
