//! Randomness: passed in from the top, so that a test can repeat it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use domain::digest::Digest;
use jiff::Timestamp;
use uuid::Uuid;

use crate::error::OperationError;

/// Where random bytes come from.
#[derive(Clone, Debug)]
pub enum Randomness {
    /// The operating system.
    System,
    /// A seed, for tests: the same seed gives the same bytes in the same order.
    Seeded {
        /// The seed.
        seed: u64,
        /// How many draws were made.
        drawn: Arc<AtomicU64>,
    },
}

impl Randomness {
    /// Repeatable randomness, for tests.
    pub fn seeded(seed: u64) -> Self {
        Self::Seeded { seed, drawn: Arc::default() }
    }

    /// Thirty-two random bytes.
    pub(crate) fn draw(&self) -> Result<[u8; 32], OperationError> {
        match self {
            Self::System => {
                let mut bytes = [0; 32];
                getrandom::fill(&mut bytes).map_err(OperationError::host)?;
                Ok(bytes)
            }
            Self::Seeded { seed, drawn } => {
                let turn = drawn.fetch_add(1, Ordering::Relaxed);
                Ok(*Digest::of_parts(&[&seed.to_le_bytes(), &turn.to_le_bytes()]).bytes())
            }
        }
    }

    /// An identifier that sorts by time (UUID version 7).
    pub(crate) fn identifier(&self, at: Timestamp) -> Result<Uuid, OperationError> {
        let drawn = self.draw()?;
        let mut random = [0; 10];
        random.copy_from_slice(&drawn[..10]);
        let millis = u64::try_from(at.as_millisecond()).unwrap_or(0);
        Ok(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }
}
