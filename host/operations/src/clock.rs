//! The clock of the house: passed in from the top, so that a test can set it.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// What tells the time.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The wall clock.
    Wall,
    /// One that stands still until it is set.
    Set(SetClock),
}

/// A clock that stands still until it is set; all its clones show the same.
#[derive(Clone, Debug)]
pub struct SetClock(Arc<Mutex<Timestamp>>);

impl SetClock {
    /// A clock that shows `at`.
    pub fn at(at: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(at)))
    }

    /// Makes it show `at`.
    pub fn set(&self, at: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }

    /// Lets some time pass on it.
    pub fn pass(&self, time: SignedDuration) {
        let mut shown = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *shown = shown.saturating_add(time).unwrap_or(Timestamp::MAX);
    }

    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock {
    /// The time, in whole milliseconds: what is recorded and signed stays readable.
    pub fn now(&self) -> Timestamp {
        let exact = match self {
            Self::Wall => Timestamp::now(),
            Self::Set(clock) => clock.now(),
        };
        Timestamp::from_millisecond(exact.as_millisecond()).unwrap_or(exact)
    }
}
