//! Where a document came from, line by line, for who checks it: the round, the settlement, the releases, the receipts that it rests on.

use documents::Origin;
use documents::words::say;
use domain::digest::Digest;
use domain::ids::UnitCode;
use domain::round::Round;
use domain::settled::{KeptRollUp, Settled};
use domain::text::Language;
use store::{Revision, Scope};

use crate::error::OperationError;

/// Lines that are being gathered, in the language of the document.
pub(crate) struct Origins {
    language: Language,
    report: Digest,
    lines: Vec<Origin>,
}

impl Origins {
    /// The lines of every document of a round that a report composed.
    pub(crate) fn of_round(document_language: &str, round: &Round, report: Digest) -> Self {
        let language = if document_language.starts_with("zh") { Language::Chinese } else { Language::English };
        let mut origins = Self { language, report, lines: Vec::new() };
        origins.add("origin-round", format!("{} {}", round.code, round.title));
        origins.add("origin-report", report.to_string());
        origins
    }

    /// Those of one unit's document.
    pub(crate) fn with_unit(mut self, unit: &UnitCode) -> Self {
        self.add("origin-unit", unit.to_string());
        self
    }

    /// Those of what one revision was judged to be.
    pub(crate) fn with_revision(mut self, revision: &Revision, rubric: Digest) -> Self {
        self.add("origin-rubric", rubric.to_string());
        self.add("origin-answers", revision.answers.to_string());
        let body = &revision.receipt.body;
        self.add_receipt(&body.unit, body.revision, &body.number);
        self
    }

    /// Those of a roll-up: the settlement, and the receipt of every revision in it.
    pub(crate) async fn with_roll_up(mut self, scope: &Scope, kept: &KeptRollUp) -> Result<Self, OperationError> {
        self.add("origin-rolled-up", kept.at.to_string());
        self.add("origin-settlement", kept.settlement.to_string());
        let settled = scope.settlement(kept.settlement).await?;
        let settled: Settled = settled.ok_or(OperationError::Missing("settlement"))?;
        self.add("origin-rubric", settled.rubric.to_string());
        for part in &kept.parts {
            self.add("origin-part", format!("{} {}", part.unit, part.digest));
        }
        let numbers = scope.receipt_numbers(&kept.round).await?;
        for cohort in &settled.cohorts {
            for (member, revision) in cohort.cohort.members.iter().zip(&cohort.revisions) {
                if let Ok(unit) = member.parse::<UnitCode>()
                    && let Some(number) = numbers.get(&(unit.clone(), *revision))
                {
                    self.add_receipt(&unit, *revision, number);
                }
            }
        }
        Ok(self)
    }

    /// The report that composed the document.
    pub(crate) const fn report(&self) -> Digest {
        self.report
    }

    /// The lines.
    pub(crate) fn lines(self) -> Vec<Origin> {
        self.lines
    }

    fn add(&mut self, key: &str, value: String) {
        self.lines.push(Origin { what: say(self.language, key, &[]), value });
    }

    fn add_receipt(&mut self, unit: &UnitCode, revision: u32, number: &str) {
        let told = [("unit", unit.as_str()), ("revision", &revision.to_string())];
        self.lines.push(Origin { what: say(self.language, "origin-receipt", &told), value: number.to_owned() });
    }
}
