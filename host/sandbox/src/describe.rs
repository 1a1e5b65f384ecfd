//! Describing: asks a component twice what it is, and holds that it says the same and that it can be so.

use domain::evaluation::{Asked, Outcome, Run};
use domain::release::{Descriptions, PluginKind};
use serde::Serialize;

use crate::admission::Refused;
use crate::answer::{Record, digest_of};
use crate::fault::{Fault, FaultKind};
use crate::input;
use crate::lie::Lie;
use crate::verify;
use crate::visit::{Cost, Visit};
use crate::wit::v1::Exports;

/// What a component says of itself for every kind that it is, with one record for each.
pub(crate) fn describe(
    visit: Visit<'_>,
    exports: &Exports,
    engine: &str,
    kinds: &[PluginKind],
) -> Result<(Descriptions, Vec<(Asked, Run)>), Refused> {
    let mut descriptions = Descriptions::default();
    let mut runs = Vec::with_capacity(kinds.len());
    for kind in kinds {
        let run = match kind {
            PluginKind::Rubric => {
                let twice = Twice { visit, engine, kind: *kind };
                let (said, run) = twice.ask(|visit| exports.describe_rubric(visit), verify::description)?;
                descriptions.rubric = Some(said);
                run
            }
            PluginKind::Report => {
                let twice = Twice { visit, engine, kind: *kind };
                let (said, run) = twice.ask(|visit| exports.describe_report(visit), verify::report_description)?;
                descriptions.report = Some(said);
                run
            }
            PluginKind::Reader => {
                let twice = Twice { visit, engine, kind: *kind };
                let (said, run) = twice.ask(|visit| exports.describe_reader(visit), verify::reader_description)?;
                descriptions.reader = Some(said);
                run
            }
        };
        runs.push((Asked::Describe(*kind), run));
    }
    Ok((descriptions, runs))
}

/// One question, asked in two instances.
struct Twice<'t> {
    visit: Visit<'t>,
    engine: &'t str,
    kind: PluginKind,
}

impl Twice<'_> {
    fn ask<T: Serialize>(
        self,
        ask: impl Fn(Visit<'_>) -> (Cost, Result<T, Fault>),
        verify: impl FnOnce(&T) -> Result<(), Lie>,
    ) -> Result<(T, Run), Refused> {
        let (cost, said) = ask(self.visit);
        let said = said.map_err(refused)?;
        let digest = digest_of(&said)?;
        let (_, again) = ask(self.visit);
        if digest_of(&again.map_err(refused)?)? != digest {
            return Err(Refused::NotConstant { kind: self.kind });
        }
        verify(&said).map_err(|lie| Refused::BadDescription { what: lie.to_string() })?;
        let record = Record { release: self.visit.release, input: input::describe(self.kind), engine: self.engine };
        Ok((said, record.run(cost, Outcome::Answered(digest))))
    }
}

/// A description that no house value can hold is a bad description; anything else that goes wrong is a fault.
fn refused(fault: Fault) -> Refused {
    if fault.kind == FaultKind::Lied { Refused::BadDescription { what: fault.detail } } else { Refused::Fault(fault) }
}
