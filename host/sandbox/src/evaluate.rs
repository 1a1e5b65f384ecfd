//! Evaluating: asks a plugin one question in a fresh instance, verifies the answer, and records both.

use std::sync::Arc;

use domain::digest::Digest;
use domain::document::Document;
use domain::finding::{Finding, Refusal};
use domain::reading::Reading;
use domain::report::Request;
use domain::review::Review;
use domain::scorecard::Scorecard;
use domain::settlement::{Cohort, Settlement};
use domain::submission::Submission;
use domain::unit::Context;
use serde::Serialize;

use crate::answer::{Answer, Call, Evaluated, Record};
use crate::fault::Fault;
use crate::input;
use crate::lie::Lie;
use crate::plugin::Plugin;
use crate::sandbox::{Lane, Sandbox};
use crate::verify::{self, Rubric};
use crate::visit::Cost;

impl Sandbox {
    /// What is wrong or doubtful in a submission.
    pub async fn check(
        &self,
        plugin: &Plugin,
        submission: Arc<Submission>,
        context: Arc<Context>,
    ) -> Evaluated<Vec<Finding>> {
        let (here, called) = (self.clone(), plugin.clone());
        let (asked, known) = (Arc::clone(&submission), Arc::clone(&context));
        let work = move || here.check_here(&called, &asked, &known);
        self.on(Lane::Unit, work)
            .await
            .unwrap_or_else(|fault| self.unanswered(plugin, "check", input::check(&submission, &context), fault))
    }

    /// The same on the caller's thread.
    pub fn check_here(&self, plugin: &Plugin, submission: &Submission, context: &Context) -> Evaluated<Vec<Finding>> {
        let parts = plugin.parts();
        let visit = self.visit(parts.digest, &parts.component, self.house().limits.unit);
        let visited = parts.exports.check(visit, submission, context);
        self.close(plugin, "check", input::check(submission, context), visited, |answer| {
            let rubric = rubric_of(plugin)?;
            let answers = &submission.answers;
            verified(
                answer,
                |given| verify::findings(rubric, answers, given),
                |refusal| verify::refusal_about(answers, refusal),
            )
        })
    }

    /// What one submission earns by itself.
    pub async fn score(
        &self,
        plugin: &Plugin,
        submission: Arc<Submission>,
        context: Arc<Context>,
        review: Arc<Review>,
    ) -> Evaluated<Scorecard> {
        let (here, called) = (self.clone(), plugin.clone());
        let (asked, known, reviewed) = (Arc::clone(&submission), Arc::clone(&context), Arc::clone(&review));
        let work = move || here.score_here(&called, &asked, &known, &reviewed);
        self.on(Lane::Unit, work).await.unwrap_or_else(|fault| {
            self.unanswered(plugin, "score", input::score(&submission, &context, &review), fault)
        })
    }

    /// The same on the caller's thread.
    pub fn score_here(
        &self,
        plugin: &Plugin,
        submission: &Submission,
        context: &Context,
        review: &Review,
    ) -> Evaluated<Scorecard> {
        let parts = plugin.parts();
        let visit = self.visit(parts.digest, &parts.component, self.house().limits.unit);
        let visited = parts.exports.score(visit, submission, context, review);
        self.close(plugin, "score", input::score(submission, context, review), visited, |answer| {
            let rubric = rubric_of(plugin)?;
            verified(
                answer,
                |given| verify::scorecard(rubric, submission, review, given),
                |refusal| verify::refusal_about(&submission.answers, refusal),
            )
        })
    }

    /// What the cohort makes of everybody's scorecards.
    pub async fn settle(&self, plugin: &Plugin, cohort: Arc<Cohort>) -> Evaluated<Settlement> {
        let (here, called, asked) = (self.clone(), plugin.clone(), Arc::clone(&cohort));
        let work = move || here.settle_here(&called, &asked);
        self.on(Lane::Cohort, work)
            .await
            .unwrap_or_else(|fault| self.unanswered(plugin, "settle", input::settle(&cohort), fault))
    }

    /// The same on the caller's thread.
    pub fn settle_here(&self, plugin: &Plugin, cohort: &Cohort) -> Evaluated<Settlement> {
        let parts = plugin.parts();
        let visit = self.visit(parts.digest, &parts.component, self.house().limits.cohort);
        let visited = parts.exports.settle(visit, cohort);
        self.close(plugin, "settle", input::settle(cohort), visited, |answer| {
            let rubric = rubric_of(plugin)?;
            verified(answer, |given| verify::settlement(rubric, cohort, given), verify::refusal)
        })
    }

    /// A document.
    pub async fn compose(&self, plugin: &Plugin, request: Arc<Request>) -> Evaluated<Document> {
        let (here, called, asked) = (self.clone(), plugin.clone(), Arc::clone(&request));
        let work = move || here.compose_here(&called, &asked);
        self.on(Lane::Cohort, work)
            .await
            .unwrap_or_else(|fault| self.unanswered(plugin, "compose", input::compose(&request), fault))
    }

    /// The same on the caller's thread.
    pub fn compose_here(&self, plugin: &Plugin, request: &Request) -> Evaluated<Document> {
        let parts = plugin.parts();
        let visit = self.visit(parts.digest, &parts.component, self.house().limits.cohort);
        let visited = parts.exports.compose(visit, request);
        self.close(plugin, "compose", input::compose(request), visited, |answer| {
            verified(answer, verify::document, verify::refusal)
        })
    }

    /// Answers that a narrative text suggests.
    pub async fn read(&self, plugin: &Plugin, text: Arc<str>) -> Evaluated<Vec<Reading>> {
        let (here, called, asked) = (self.clone(), plugin.clone(), Arc::clone(&text));
        let work = move || here.read_here(&called, &asked);
        self.on(Lane::Unit, work)
            .await
            .unwrap_or_else(|fault| self.unanswered(plugin, "read", input::read(&text), fault))
    }

    /// The same on the caller's thread.
    pub fn read_here(&self, plugin: &Plugin, text: &str) -> Evaluated<Vec<Reading>> {
        let parts = plugin.parts();
        let visit = self.visit(parts.digest, &parts.component, self.house().limits.unit);
        let visited = parts.exports.read(visit, text);
        self.close(plugin, "read", input::read(text), visited, |answer| {
            verified(answer, |given| verify::readings(text, given), verify::refusal)
        })
    }

    /// Verifies an answer and closes the record of the visit that gave it.
    fn close<T: Serialize>(
        &self,
        plugin: &Plugin,
        function: &'static str,
        input: Digest,
        (cost, answer): (Cost, Result<Answer<T>, Fault>),
        verify: impl FnOnce(&Answer<T>) -> Result<(), Fault>,
    ) -> Evaluated<T> {
        let answer = answer.and_then(|answer| verify(&answer).map(|()| answer));
        self.record(plugin, input).close(Call { function, meter: plugin.meter() }, cost, answer)
    }

    /// The record of a call that never ran.
    fn unanswered<T: Serialize>(
        &self,
        plugin: &Plugin,
        function: &'static str,
        input: Digest,
        fault: Fault,
    ) -> Evaluated<T> {
        self.record(plugin, input).close(Call { function, meter: plugin.meter() }, Cost::default(), Err(fault))
    }

    fn record(&self, plugin: &Plugin, input: Digest) -> Record<'_> {
        Record { release: plugin.digest(), input, engine: self.fingerprint() }
    }
}

fn rubric_of(plugin: &Plugin) -> Result<Rubric<'_>, Fault> {
    let parts = plugin.parts();
    match (&parts.descriptions.rubric, &parts.index) {
        (Some(description), Some(index)) => Ok(Rubric { description, index }),
        _ => Err(Fault::host(&"the release is not a rubric")),
    }
}

fn verified<T>(
    answer: &Answer<T>,
    given: impl FnOnce(&T) -> Result<(), Lie>,
    refused: impl FnOnce(&Refusal) -> Result<(), Lie>,
) -> Result<(), Fault> {
    let outcome = match answer {
        Answer::Given(answer) => given(answer),
        Answer::Refused(refusal) => refused(refusal),
    };
    outcome.map_err(Fault::from)
}
