//! A member checks its answers without the house, on the pack that the house handed out.
//!
//! It is the same form, the same component and the same weighing as in the house; only where the component comes from differs.

use std::sync::Arc;

use bytes::Bytes;
use domain::digest::Digest;
use domain::review::{Explanation, Review};
use domain::rubric::Description;
use domain::submission::Submission;
use sandbox::Sandbox;
use serde_json::Value;

use crate::error::OperationError;
use crate::form::Form;
use crate::handed_in::canonical;
use crate::judge::{Case, judge};
use crate::pre_check::{PreCheckPack, PreChecked};
use crate::submit::parted;

/// What an off-line check gave, and the rubric's own description to explain it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OffLineCheck {
    /// What the revision would get, were it handed in on the pack's day.
    pub verdict: PreChecked,
    /// What the rubric says of itself.
    pub description: Description,
}

/// Checks and scores answers with a component that was taken along. Whether it is the one that the pack names is the
/// caller's to have checked.
pub async fn check_off_line(
    sandbox: &Sandbox,
    component: Bytes,
    pack: &PreCheckPack,
    answers: Value,
    explanations: Vec<Explanation>,
) -> Result<OffLineCheck, OperationError> {
    let admitted = sandbox.admit(component).await;
    let (plugin, _) = admitted.map_err(|refused| OperationError::not_admitted(pack.rubric, refused))?;
    let description = plugin.descriptions().rubric.clone();
    let description = description.ok_or(OperationError::NotPossible { code: "not-a-rubric" })?;
    let answers = canonical(answers)?;
    let form = Form::compile(&description.form).map_err(OperationError::FormNotAdmitted)?;
    Arc::new(form).examine(&answers).await?;
    let context = rmp_serde::to_vec_named(&pack.context).map_err(OperationError::host)?;
    let case = Case {
        answers: answers.digest(),
        submission: Arc::new(Submission { envelope: pack.envelope.clone(), answers }),
        context_digest: Digest::of(&context),
        context: Arc::new(pack.context.clone()),
        review: Arc::new(Review { hours_late: pack.hours_late, explanations, ..Review::default() }),
        check_rules: Arc::new(pack.check_rules.clone()),
    };
    let judged = judge(sandbox, &plugin, &case).await.map_err(|unjudged| unjudged.error)?;
    let standing = judged.standing();
    let (scorecard, refusal) = parted(judged.score);
    let verdict = PreChecked { rubric: pack.rubric, standing, findings: judged.findings, scorecard, refusal };
    Ok(OffLineCheck { verdict, description })
}
