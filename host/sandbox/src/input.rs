//! Digests of what plugins are asked: the same question has the same digest on every host.

use domain::digest::Digest;
use domain::release::PluginKind;
use domain::report::Request;
use domain::review::Review;
use domain::settlement::Cohort;
use domain::submission::Submission;
use domain::unit::Context;
use serde::Serialize;

/// Of `describe`.
pub(crate) fn describe(kind: PluginKind) -> Digest {
    let kind = match kind {
        PluginKind::Rubric => "rubric",
        PluginKind::Report => "report",
        PluginKind::Reader => "reader",
    };
    Digest::of_parts(&[b"describe", kind.as_bytes()])
}

/// Of `check`.
pub(crate) fn check(submission: &Submission, context: &Context) -> Digest {
    let (envelope, answers, context) = submitted(submission, context);
    Digest::of_parts(&[b"check", &envelope, answers.bytes(), context.bytes()])
}

/// Of `score`.
pub(crate) fn score(submission: &Submission, context: &Context, review: &Review) -> Digest {
    let (envelope, answers, context) = submitted(submission, context);
    Digest::of_parts(&[b"score", &envelope, answers.bytes(), context.bytes(), &encoded(review)])
}

/// Of `settle`.
pub(crate) fn settle(cohort: &Cohort) -> Digest {
    Digest::of_parts(&[b"settle", Digest::of(&encoded(cohort)).bytes()])
}

/// Of `compose`.
pub(crate) fn compose(request: &Request) -> Digest {
    Digest::of_parts(&[b"compose", Digest::of(&encoded(request)).bytes()])
}

/// Of `read`.
pub(crate) fn read(text: &str) -> Digest {
    Digest::of_parts(&[b"read", Digest::of(text.as_bytes()).bytes()])
}

/// What is large stands in by its digest, so that a record and the blobs that it names give the same again.
fn submitted(submission: &Submission, context: &Context) -> (Vec<u8>, Digest, Digest) {
    (encoded(&submission.envelope), submission.answers.digest(), Digest::of(&encoded(context)))
}

/// `MessagePack` with the names of fields. The house's own values have nothing in them that it could not write.
fn encoded<T: Serialize>(value: &T) -> Vec<u8> {
    rmp_serde::to_vec_named(value).unwrap_or_default()
}
