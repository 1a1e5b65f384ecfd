//! The functions that a component exports, found once when it is linked, and one way to call each.

use domain::document::Document;
use domain::finding::{Finding, Refusal};
use domain::reading::{ReaderDescription, Reading};
use domain::release::PluginKind;
use domain::report::{ReportDescription, Request};
use domain::review::Review;
use domain::rubric::Description;
use domain::scorecard::Scorecard;
use domain::settlement::{Cohort, Settlement};
use domain::submission::Submission;
use domain::unit::Context;
use wasmtime::component::{Component, ComponentExportIndex, ComponentNamedList, Instance, Lift, Lower};
use wasmtime::{Store, format_err};

use super::lower::LoweredSubmission;
use super::{VERSION, lift, reader, report, rubric, types};
use crate::answer::Answer;
use crate::fault::{Fault, FaultKind};
use crate::lie::Lie;
use crate::visit::{Cost, Inside, Visit};

/// Where the functions of each kind are.
pub(crate) struct Exports {
    rubric: Option<RubricExports>,
    report: Option<ReportExports>,
    reader: Option<ReaderExports>,
}

struct RubricExports {
    describe: ComponentExportIndex,
    check: ComponentExportIndex,
    score: ComponentExportIndex,
    settle: ComponentExportIndex,
}

struct ReportExports {
    describe: ComponentExportIndex,
    compose: ComponentExportIndex,
}

struct ReaderExports {
    describe: ComponentExportIndex,
    read: ComponentExportIndex,
}

/// What a call cost, and what came of it.
type Visited<T> = (Cost, Result<T, Fault>);

/// The name of a kind's interface.
pub(crate) fn interface_of(kind: PluginKind) -> String {
    let name = match kind {
        PluginKind::Rubric => "rubric",
        PluginKind::Report => "report",
        PluginKind::Reader => "reader",
    };
    format!("huizong:plugin/{name}@{VERSION}")
}

impl Exports {
    /// Finds the functions of some kinds in a component.
    pub(crate) fn find(component: &Component, kinds: &[PluginKind]) -> wasmtime::Result<Self> {
        let mut exports = Self { rubric: None, report: None, reader: None };
        for kind in kinds {
            let interface = interface_of(*kind);
            let place = component
                .get_export_index(None, &interface)
                .ok_or_else(|| format_err!("it does not export `{interface}`"))?;
            let function = |name: &str| {
                component
                    .get_export_index(Some(&place), name)
                    .ok_or_else(|| format_err!("`{interface}` lacks the function `{name}`"))
            };
            let describe = function("describe")?;
            match kind {
                PluginKind::Rubric => {
                    let (check, score, settle) = (function("check")?, function("score")?, function("settle")?);
                    exports.rubric = Some(RubricExports { describe, check, score, settle });
                }
                PluginKind::Report => {
                    exports.report = Some(ReportExports { describe, compose: function("compose")? });
                }
                PluginKind::Reader => exports.reader = Some(ReaderExports { describe, read: function("read")? }),
            }
        }
        Ok(exports)
    }

    /// Whether every function has the type that the contract gives it.
    pub(crate) fn hold_types(&self, store: &mut Store<Inside>, instance: &Instance) -> wasmtime::Result<()> {
        if let Some(rubric) = &self.rubric {
            holds::<(), types::Description>(store, instance, rubric.describe)?;
            holds::<CheckParameters<'_>, CheckAnswer>(store, instance, rubric.check)?;
            holds::<ScoreParameters<'_>, ScoreAnswer>(store, instance, rubric.score)?;
            holds::<(&rubric::Cohort,), SettleAnswer>(store, instance, rubric.settle)?;
        }
        if let Some(report) = &self.report {
            holds::<(), report::ReportDescription>(store, instance, report.describe)?;
            holds::<(&report::Request,), ComposeAnswer>(store, instance, report.compose)?;
        }
        if let Some(reader) = &self.reader {
            holds::<(), reader::ReaderDescription>(store, instance, reader.describe)?;
            holds::<(&str,), ReadAnswer>(store, instance, reader.read)?;
        }
        Ok(())
    }

    pub(crate) fn describe_rubric(&self, visit: Visit<'_>) -> Visited<Description> {
        match &self.rubric {
            None => no(PluginKind::Rubric),
            Some(rubric) => one(visit.call::<_, types::Description>(rubric.describe, ())),
        }
    }

    pub(crate) fn describe_report(&self, visit: Visit<'_>) -> Visited<ReportDescription> {
        match &self.report {
            None => no(PluginKind::Report),
            Some(report) => one(visit.call::<_, report::ReportDescription>(report.describe, ())),
        }
    }

    pub(crate) fn describe_reader(&self, visit: Visit<'_>) -> Visited<ReaderDescription> {
        match &self.reader {
            None => no(PluginKind::Reader),
            Some(reader) => one(visit.call::<_, reader::ReaderDescription>(reader.describe, ())),
        }
    }

    pub(crate) fn check(
        &self,
        visit: Visit<'_>,
        submission: &Submission,
        context: &Context,
    ) -> Visited<Answer<Vec<Finding>>> {
        let Some(rubric) = &self.rubric else { return no(PluginKind::Rubric) };
        let (submission, context) = (submission.into(), context.into());
        let parameters: CheckParameters<'_> = (&submission, &context);
        answered(visit.call::<_, CheckAnswer>(rubric.check, parameters), lift::each)
    }

    pub(crate) fn score(
        &self,
        visit: Visit<'_>,
        submission: &Submission,
        context: &Context,
        review: &Review,
    ) -> Visited<Answer<Scorecard>> {
        let Some(rubric) = &self.rubric else { return no(PluginKind::Rubric) };
        let (submission, context, review) = (submission.into(), context.into(), review.into());
        let parameters: ScoreParameters<'_> = (&submission, &context, &review);
        answered(visit.call::<_, ScoreAnswer>(rubric.score, parameters), TryInto::try_into)
    }

    pub(crate) fn settle(&self, visit: Visit<'_>, cohort: &Cohort) -> Visited<Answer<Settlement>> {
        let Some(rubric) = &self.rubric else { return no(PluginKind::Rubric) };
        let cohort = rubric::Cohort::from(cohort);
        answered(visit.call::<_, SettleAnswer>(rubric.settle, (&cohort,)), TryInto::try_into)
    }

    pub(crate) fn compose(&self, visit: Visit<'_>, request: &Request) -> Visited<Answer<Document>> {
        let Some(report) = &self.report else { return no(PluginKind::Report) };
        let request = report::Request::from(request);
        answered(visit.call::<_, ComposeAnswer>(report.compose, (&request,)), TryInto::try_into)
    }

    pub(crate) fn read(&self, visit: Visit<'_>, text: &str) -> Visited<Answer<Vec<Reading>>> {
        let Some(reader) = &self.reader else { return no(PluginKind::Reader) };
        answered(visit.call::<_, ReadAnswer>(reader.read, (text,)), lift::each)
    }
}

type CheckParameters<'p> = (&'p LoweredSubmission<'p>, &'p types::Context);
type CheckAnswer = Result<Vec<types::Finding>, types::Refusal>;
type ScoreParameters<'p> = (&'p LoweredSubmission<'p>, &'p types::Context, &'p types::Review);
type ScoreAnswer = Result<types::Scorecard, types::Refusal>;
type SettleAnswer = Result<rubric::Settlement, types::Refusal>;
type ComposeAnswer = Result<report::Document, types::Refusal>;
type ReadAnswer = Result<Vec<reader::Reading>, types::Refusal>;

fn holds<Parameters, Answer>(
    store: &mut Store<Inside>,
    instance: &Instance,
    function: ComponentExportIndex,
) -> wasmtime::Result<()>
where
    Parameters: ComponentNamedList + Lower,
    (Answer,): ComponentNamedList + Lift + 'static,
{
    instance.get_typed_func::<Parameters, (Answer,)>(store, function).map(drop)
}

/// A call of a kind that the component is not: the host should have known.
fn no<T>(kind: PluginKind) -> Visited<T> {
    let detail = format!("the release does not export `{}`", interface_of(kind));
    (Cost::default(), Err(Fault::new(FaultKind::Host, detail)))
}

fn one<Said, T>((cost, outcome): Visited<Said>) -> Visited<T>
where
    T: TryFrom<Said, Error = Lie>,
{
    (cost, outcome.and_then(|said| T::try_from(said).map_err(Fault::from)))
}

fn answered<Said, T>(
    (cost, outcome): Visited<Result<Said, types::Refusal>>,
    lift: impl FnOnce(Said) -> Result<T, Lie>,
) -> Visited<Answer<T>> {
    let outcome = outcome.and_then(|said| {
        let answer = match said {
            Ok(said) => lift(said).map(Answer::Given),
            Err(refusal) => Refusal::try_from(refusal).map(Answer::Refused),
        };
        answer.map_err(Fault::from)
    });
    (cost, outcome)
}
