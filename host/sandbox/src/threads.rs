//! A fixed number of threads with a bounded queue: who comes when it is full is told so at once.

use std::collections::VecDeque;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Bytes of a thread's stack: a plugin's own stack lies on it, beside the host's frames.
const STACK_BYTES: usize = 4 * 1024 * 1024;

type Work = Box<dyn FnOnce() + Send>;

/// Threads that end when the last handle is gone and the queue is done.
pub(crate) struct Threads {
    queue: Arc<Queue>,
}

/// The queue is full.
#[derive(Debug)]
pub(crate) struct Full;

struct Queue {
    state: Mutex<State>,
    something: Condvar,
    waiting_max: usize,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Work>,
    closed: bool,
}

impl Threads {
    /// Starts `count` threads called `name`, for whom `waiting_max` pieces of work may wait.
    pub(crate) fn start(name: &str, count: usize, waiting_max: usize) -> io::Result<Self> {
        let queue = Arc::new(Queue { state: Mutex::default(), something: Condvar::new(), waiting_max });
        for number in 0..count.max(1) {
            let queue = Arc::clone(&queue);
            let builder = thread::Builder::new().name(format!("{name}-{number}")).stack_size(STACK_BYTES);
            builder.spawn(move || queue.work())?;
        }
        Ok(Self { queue })
    }

    /// Hands over a piece of work, unless too much waits already.
    pub(crate) fn hand(&self, work: impl FnOnce() + Send + 'static) -> Result<(), Full> {
        let mut state = self.queue.lock();
        if state.waiting.len() >= self.queue.waiting_max {
            return Err(Full);
        }
        state.waiting.push_back(Box::new(work));
        drop(state);
        self.queue.something.notify_one();
        Ok(())
    }

    /// Pieces of work that wait for a thread.
    pub(crate) fn waiting(&self) -> usize {
        self.queue.lock().waiting.len()
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        self.queue.lock().closed = true;
        self.queue.something.notify_all();
    }
}

impl Queue {
    fn work(&self) {
        while let Some(work) = self.next() {
            // Whoever waits for the work notices that it ended without an answer; the thread goes on.
            if catch_unwind(AssertUnwindSafe(work)).is_err() {
                tracing::error!("a call panicked in the host");
            }
        }
    }

    fn next(&self) -> Option<Work> {
        let mut state = self.lock();
        loop {
            if let Some(work) = state.waiting.pop_front() {
                return Some(work);
            }
            if state.closed {
                return None;
            }
            state = self.something.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The queue is whole whatever happened to who held the lock: nothing runs under it.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
