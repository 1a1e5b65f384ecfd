//! Trials: every difference is explained, and the explanation adds up.

mod between;
mod blocks;
mod cohort;
mod differences;
mod distribution;
mod findings;
mod sides;
