//! How benches measure and print: one line per figure, `name value unit`.

use std::time::{Duration, Instant};

/// Prints one figure.
#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
pub(crate) fn figure(name: &str, value: f64, unit: &str) {
    println!("{name} {value:.2} {unit}");
}

/// The median time of one call in microseconds: after a warm-up, over as many calls as fit into the time.
pub(crate) fn median_micros(time: Duration, mut call: impl FnMut()) -> f64 {
    let warm_up = Instant::now();
    while warm_up.elapsed() < time / 5 {
        call();
    }
    let mut samples = Vec::new();
    let measuring = Instant::now();
    while measuring.elapsed() < time || samples.len() < 5 {
        let started = Instant::now();
        call();
        samples.push(started.elapsed());
    }
    samples.sort_unstable();
    micros(samples[samples.len() / 2])
}

/// A duration in microseconds.
pub(crate) fn micros(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}
