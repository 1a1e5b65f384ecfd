//! The pace of a job: how far it is, told to whoever keeps its lease.

use tokio::sync::watch;

/// How far a job is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Moved {
    pub(crate) done: u32,
    pub(crate) total: u32,
    pub(crate) message: &'static str,
}

/// Where a job says how far it is.
pub(crate) struct Pace(watch::Sender<Moved>);

impl Pace {
    /// A pace, and where its steps are heard.
    pub(crate) fn heard() -> (Self, watch::Receiver<Moved>) {
        let (told, heard) = watch::channel(Moved::default());
        (Self(told), heard)
    }

    /// The job is so far; the message is a code of the catalogue without its `job-`.
    pub(crate) fn moved(&self, done: u32, total: u32, message: &'static str) {
        self.0.send_replace(Moved { done, total, message });
    }
}
