//! A settlement is rolled up: everybody's results as columns, and the reports that are composed of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::composition::{Part, compose, extend_fields};
use domain::digest::Digest;
use domain::evaluation::Evaluation;
use domain::fields::{FieldPath, Met, gather};
use domain::ids::{RoundCode, UnitCode};
use domain::job::Job;
use domain::release::Release;
use domain::report::{DocumentKind, FieldColumn, ListedUnit, Request, RollUp, WantedField};
use domain::roll_up::{Gathered, NewestRevision, field_columns, roll_up};
use domain::round::Round;
use domain::settled::{ImportedRollUp, KeptDocument, KeptRollUp, Settled, SettledCohort};
use domain::submission::Standing;
use domain::text::Language;
use domain::verdict::Verdict;
use futures::future::BoxFuture;
use futures::{FutureExt as _, StreamExt as _, TryStreamExt as _};
use store::{Counted, Progress, Scope};

use crate::error::OperationError;
use crate::form::Form;
use crate::office::Office;
use crate::pace::Pace;
use crate::review_round::counting;
use crate::settle::job_act;
use crate::shown::settled_verdict;

/// Members whose answers are read at the same time.
const READ_AT_ONCE: usize = 16;

impl Office {
    /// The job: rolls the newest settlement up and composes the round's reports of it.
    pub(crate) async fn roll_up_round(
        &self,
        scope: &Scope,
        job: &Job,
        round: &RoundCode,
        pace: &Pace,
    ) -> Result<Option<Digest>, OperationError> {
        pace.moved(0, 0, "rolling-up");
        let settled = scope.latest_settlement(round).await?;
        let settled = settled.ok_or(OperationError::NotPossible { code: "not-settled" })?;
        let (own, form, reports) = self.fold(scope, round, &settled).await?;
        let imports = scope.imports(round).await?;
        let folded = composed(own, &imports)?;
        let columns = Columns::read(scope, &settled, form, &reports, imports).await?;

        let (mut documents, mut evaluations) = (Vec::new(), Vec::new());
        let total = u32::try_from(reports.len()).unwrap_or(u32::MAX);
        for (done, report) in (0_u32..).zip(&reports) {
            pace.moved(done, total, "composing");
            let (document, evaluation) = self.compose(scope, report, columns.request(&folded, report)).await?;
            documents.push(KeptDocument { report: report.digest, document, evaluation: evaluation.id });
            evaluations.push(evaluation);
        }
        pace.moved(total, total, "composing");
        let kept = KeptRollUp {
            settlement: settled.id,
            round: settled.round.clone(),
            at: self.now(),
            fields: columns.of_all(&reports),
            parts: columns.parts.iter().map(ImportedRollUp::as_part).collect(),
            roll_up: folded,
            documents,
        };
        self.keep(scope, job, &kept, &evaluations).await.map(Some)
    }

    /// Everybody's results, the form that says what is personal, and the reports that compose a roll-up.
    async fn fold(
        &self,
        scope: &Scope,
        round: &RoundCode,
        settled: &Settled,
    ) -> Result<(RollUp, Arc<Form>, Vec<Arc<Release>>), OperationError> {
        let federation = scope.federation().await?.ok_or(OperationError::Missing("federation"))?;
        let (round, _) = scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        let release = self.known_release(scope, settled.rubric).await?;
        let description = release.descriptions.rubric.as_ref();
        let description = description.ok_or(OperationError::NotPossible { code: "not-a-rubric" })?;
        let units = scope.units().await?;
        let verdicts = settled_verdicts(scope, &round, settled).await?;
        let newest = newest_revisions(scope, &round, &verdicts).await?;
        let gathered = Gathered {
            federation: &federation,
            round: &round,
            description,
            settled,
            verdicts: &verdicts,
            units: &units,
            newest: &newest,
            issued_on: self.day_of(self.now()),
            late_note: |hours| say("roll-up-late", &[("hours", &hours.to_string())]),
        };
        let folded = roll_up(&gathered, self.day_of(round.due_at));
        let mut reports = Vec::new();
        for report in &round.reports {
            let release = self.known_release(scope, *report).await?;
            let composes = release.descriptions.report.as_ref().map(|report| report.composes.as_slice());
            if composes.unwrap_or_default().contains(&DocumentKind::RollUp) {
                reports.push(release);
            }
        }
        Ok((folded, self.form(&release)?, reports))
    }

    async fn keep(
        &self,
        scope: &Scope,
        job: &Job,
        kept: &KeptRollUp,
        evaluations: &[Evaluation],
    ) -> Result<Digest, OperationError> {
        let digest = Digest::of(&rmp_serde::to_vec_named(kept).map_err(OperationError::host)?);
        let act = job_act(self, job, "roll-up", format!("round/{}/settlement/{}", kept.round, kept.settlement), digest);
        scope.keep_roll_up(kept, evaluations, act).await?;
        Ok(digest)
    }
}

/// A federation's own roll-up together with those of the level below.
fn composed(own: RollUp, imports: &[ImportedRollUp]) -> Result<RollUp, OperationError> {
    let parts = imports.iter();
    let parts = parts.map(|import| Part { unit: import.unit.as_str(), roll_up: &import.export.body.roll_up });
    let parts: Vec<Part<'_>> = parts.collect();
    let not_composable = |_| OperationError::NotPossible { code: "roll-up-not-composable" };
    let mut whole = compose(own, &parts).map_err(not_composable)?;
    whole.fields.clear();
    let late = imports.iter().filter(|import| import.hours_late > 0).map(|import| ListedUnit {
        code: import.unit.to_string(),
        name: import.export.body.roll_up.round.federation.clone(),
        note: say("roll-up-late", &[("hours", &import.hours_late.to_string())]),
    });
    whole.late.extend(late);
    Ok(whole)
}

/// What the settlement's rubric says of the very revisions that were settled.
async fn settled_verdicts(scope: &Scope, round: &Round, settled: &Settled) -> Result<Vec<Verdict>, OperationError> {
    let places = revisions_of(settled);
    let reviewed: BTreeSet<UnitCode> = reviewed(settled);
    let mut verdicts = scope.verdicts_of_counted(&settled.round, counting(round), settled.rubric).await?;
    verdicts.retain(|verdict| {
        places.get(verdict.unit.as_str()) == Some(&verdict.revision) && !reviewed.contains(&verdict.unit)
    });
    for unit in &reviewed {
        verdicts.extend(settled_verdict(scope, settled, unit).await?);
    }
    verdicts.sort_by(|one, other| one.unit.cmp(&other.unit));
    Ok(verdicts)
}

/// The members about whom reviewers had decided something.
fn reviewed(settled: &Settled) -> BTreeSet<UnitCode> {
    let of_cohort = |cohort: &SettledCohort| {
        let members = cohort.cohort.members.iter().enumerate();
        let reviewed = members.filter(|(member, _)| cohort.review_of(*member).is_some());
        reviewed.filter_map(|(_, code)| code.parse().ok()).collect::<Vec<_>>()
    };
    settled.cohorts.iter().flat_map(of_cohort).collect()
}

/// The settled revision of every member by its code.
fn revisions_of(settled: &Settled) -> BTreeMap<&str, u32> {
    let members = settled.cohorts.iter().flat_map(|cohort| cohort.cohort.members.iter().zip(&cohort.revisions));
    members.map(|(code, revision)| (code.as_str(), *revision)).collect()
}

/// What every unit handed in last, with why it is held back where it is.
async fn newest_revisions(
    scope: &Scope,
    round: &Round,
    verdicts: &[Verdict],
) -> Result<BTreeMap<UnitCode, NewestRevision>, OperationError> {
    let judged: BTreeMap<&UnitCode, u32> = verdicts.iter().map(|verdict| (&verdict.unit, verdict.revision)).collect();
    let newest = scope.progress(&round.code).await?.into_iter().map(|newest| {
        let held_back = held_back(&newest, judged.contains_key(&newest.unit), round.policy.review);
        let Progress { unit, standing, hours_late, .. } = newest;
        (unit, NewestRevision { standing, hours_late, held_back })
    });
    Ok(newest.collect())
}

fn held_back(newest: &Progress, is_settled: bool, awaits_review: bool) -> String {
    match newest.standing {
        _ if is_settled => String::new(),
        Standing::Accepted if awaits_review => say("roll-up-not-accepted", &[]),
        Standing::Accepted => say("roll-up-not-scored", &[]),
        Standing::Blocked => {
            let unexplained = newest.warnings.saturating_sub(newest.warnings_explained);
            let counts = [("errors", newest.errors.to_string()), ("unexplained", unexplained.to_string())];
            say("roll-up-blocked", &counts.each_ref().map(|(name, count)| (*name, count.as_str())))
        }
    }
}

fn say(key: &str, arguments: &[(&str, &str)]) -> String {
    documents::words::say(Language::Chinese, key, arguments)
}

/// What reports want of everybody's answers, as far as it is not personal.
pub(crate) struct Columns {
    form: Arc<Form>,
    fields: FieldsOfAll,
    met: Vec<Vec<Vec<Met>>>,
    /// What came from the level below: its members follow the federation's own.
    parts: Vec<ImportedRollUp>,
}

impl Columns {
    /// Reads what some reports want of the settled answers.
    pub(crate) async fn read(
        scope: &Scope,
        settled: &Settled,
        form: Arc<Form>,
        reports: &[Arc<Release>],
        parts: Vec<ImportedRollUp>,
    ) -> Result<Self, OperationError> {
        let fields = FieldsOfAll::wanted_by(reports);
        let met = read_fields(scope, &settled.round, settled, &fields.paths).await?;
        Ok(Self { form, fields, met, parts })
    }

    /// What one of the reports is asked to compose of a roll-up.
    pub(crate) fn request(&self, folded: &RollUp, report: &Release) -> Request {
        Request::RollUp(Box::new(RollUp { fields: self.of(report), ..folded.clone() }))
    }

    /// What a report wants of everybody.
    fn of(&self, report: &Release) -> Vec<FieldColumn> {
        let Self { form, fields, met, parts } = self;
        let mut columns = field_columns(&fields.of(report), form.personal(), &fields.met_by(report, met));
        let mut members = met.len();
        for part in parts {
            let part = &part.export.body.roll_up;
            extend_fields(&mut columns, members, part);
            members += part.members.len();
        }
        columns
    }

    /// What all of some reports want, every field once.
    fn of_all(&self, reports: &[Arc<Release>]) -> Vec<FieldColumn> {
        let mut all: Vec<FieldColumn> = Vec::new();
        for field in reports.iter().flat_map(|report| self.of(report)) {
            if !all.iter().any(|known| known.at == field.at && known.taking == field.taking) {
                all.push(field);
            }
        }
        all
    }
}

/// The fields that all reports want together, so that everybody's answers are walked through once.
struct FieldsOfAll {
    paths: Vec<FieldPath>,
    wanted: BTreeMap<Digest, Vec<(WantedField, FieldPath)>>,
}

impl FieldsOfAll {
    fn wanted_by(reports: &[Arc<Release>]) -> Self {
        let wanted: BTreeMap<Digest, Vec<(WantedField, FieldPath)>> = reports
            .iter()
            .map(|report| {
                let fields = report.descriptions.report.iter().flat_map(|report| report.fields.clone());
                let parsed = fields.map(|field| (field.at.parse().unwrap_or_default(), field));
                (report.digest, parsed.map(|(path, field)| (field, path)).collect())
            })
            .collect();
        let mut paths: Vec<FieldPath> = wanted.values().flatten().map(|(_, path)| path.clone()).collect();
        paths.sort();
        paths.dedup();
        Self { paths, wanted }
    }

    fn of(&self, report: &Release) -> Vec<(WantedField, FieldPath)> {
        self.wanted.get(&report.digest).cloned().unwrap_or_default()
    }

    /// For every member what the report's own fields met.
    fn met_by(&self, report: &Release, met: &[Vec<Vec<Met>>]) -> Vec<Vec<Vec<Met>>> {
        let own: Vec<usize> =
            self.of(report).iter().filter_map(|(_, path)| self.paths.binary_search(path).ok()).collect();
        met.iter().map(|member| own.iter().map(|index| member[*index].clone()).collect()).collect()
    }
}

/// What the paths met in the settled answers of every member, in the settlement's order.
async fn read_fields(
    scope: &Scope,
    round: &RoundCode,
    settled: &Settled,
    paths: &[FieldPath],
) -> Result<Vec<Vec<Vec<Met>>>, OperationError> {
    let members = settled.cohorts.iter().flat_map(|cohort| cohort.cohort.members.iter().zip(&cohort.revisions));
    if paths.is_empty() {
        return Ok(members.map(|_| Vec::new()).collect());
    }
    let (known, _) = scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
    let counted = scope.counted(round, counting(&known)).await?;
    let counted: BTreeMap<&str, &Counted> = counted.iter().map(|counted| (counted.unit.as_str(), counted)).collect();
    let met = members.map(|(code, revision)| {
        let known = counted.get(code.as_str()).filter(|counted| counted.revision == *revision);
        read_member(scope, round, code, *revision, known.map(|counted| counted.answers), paths).boxed()
    });
    let met: Vec<BoxFuture<'_, _>> = met.collect();
    futures::stream::iter(met).buffered(READ_AT_ONCE).try_collect().await
}

/// Somebody may have handed in again since the settlement; the roll-up is of what was settled.
async fn read_member(
    scope: &Scope,
    round: &RoundCode,
    code: &str,
    revision: u32,
    answers: Option<Digest>,
    paths: &[FieldPath],
) -> Result<Vec<Vec<Met>>, OperationError> {
    let answers = if let Some(answers) = answers {
        answers
    } else {
        let unit = code.parse().map_err(OperationError::host)?;
        let revision = scope.revision(round, &unit, revision).await?;
        revision.ok_or(OperationError::Missing("revision"))?.answers
    };
    let bytes = scope.blob(answers).await?.ok_or(OperationError::Missing("blob"))?;
    gather(paths, &mut rmp_serde::Deserializer::from_read_ref(&bytes)).map_err(OperationError::host)
}
