//! Long work, watched until it is done.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::job::{Job, JobKind, JobState};
use operations::job_message;

use crate::address::{Address, OfJob};
use crate::console::frame::{self, Frame};
use crate::console::reader::Reader;
use crate::house::House;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "console/job.html")]
struct JobPage {
    frame: Frame,
    job: Job,
    said: String,
    /// Where one goes on afterwards.
    next: String,
}

/// A job as it stands.
pub(crate) async fn page(
    State(house): State<House>,
    Address(at): Address<OfJob>,
    reader: Reader,
) -> Result<Response, Problem> {
    let job = house.office.job(&reader.caller, &at.federation, at.job).await?;
    let frame = reader.frame();
    let said = frame.text(&job_message(&job)).to_owned();
    let rounds = format!("/federations/{}/rounds", at.federation);
    let next = match &job.kind {
        JobKind::Settle { round } | JobKind::RollUp { round } => format!("{rounds}/{round}/results"),
        JobKind::TryRelease { round, .. } => format!("{rounds}/{round}/releases"),
    };
    frame::page(StatusCode::OK, &JobPage { frame, job, said, next })
}

impl JobPage {
    fn is_over(&self) -> bool {
        matches!(self.job.state, JobState::Done | JobState::Failed)
    }

    fn is_done(&self) -> bool {
        self.job.state == JobState::Done
    }

    fn has_failed(&self) -> bool {
        self.job.state == JobState::Failed
    }

    fn kind_key(&self) -> &'static str {
        match self.job.kind {
            JobKind::Settle { .. } => "console-job-settle",
            JobKind::RollUp { .. } => "console-job-roll-up",
            JobKind::TryRelease { .. } => "console-job-try",
        }
    }
}
