//! The clock: processor time of this thread, which does not tick while others have the core.

use std::time::Duration;

use anyhow::Result;
use rustix::time::{ClockId, clock_gettime};

use crate::contender::Timed;
use crate::input::Input;

/// Times that each of them is measured; they take turns, so that whatever slows the machine down slows all of them.
const ROUNDS: usize = 41;

/// How long one measurement takes at least, unless one evaluation takes longer.
const TURN: Duration = Duration::from_millis(4);

/// How long each runs before it counts.
const WARM_UP: Duration = Duration::from_millis(60);

/// Evaluations in one turn at most: some contenders lay out an input for each.
const EVALUATIONS_MAX: u32 = 2_000;

/// The median time of one evaluation in microseconds, by name, in the contenders' order.
pub(crate) fn median_micros<T: Timed + ?Sized>(
    contenders: &mut [Box<T>],
    input: &Input,
) -> Result<Vec<(&'static str, f64)>> {
    let mut turns = Vec::with_capacity(contenders.len());
    for contender in contenders.iter_mut() {
        turns.push(Turn { evaluations: evaluations_in_a_turn(contender.as_mut(), input)?, samples: Vec::new() });
    }
    for _ in 0..ROUNDS {
        for (contender, turn) in contenders.iter_mut().zip(&mut turns) {
            let spent = spent(contender.as_mut(), input, turn.evaluations)?;
            turn.samples.push(spent.as_secs_f64() * 1e6 / f64::from(turn.evaluations));
        }
    }
    Ok(contenders.iter().zip(turns).map(|(contender, turn)| (contender.name(), turn.median())).collect())
}

struct Turn {
    evaluations: u32,
    samples: Vec<f64>,
}

impl Turn {
    fn median(mut self) -> f64 {
        self.samples.sort_unstable_by(f64::total_cmp);
        self.samples[self.samples.len() / 2]
    }
}

/// Warms a contender up, and finds out how often it can be asked in a turn.
fn evaluations_in_a_turn<T: Timed + ?Sized>(contender: &mut T, input: &Input) -> Result<u32> {
    let (mut total, mut evaluations) = (Duration::ZERO, 0);
    while total < WARM_UP {
        total += spent(contender, input, 1)?;
        evaluations += 1;
    }
    let one = (total / evaluations).max(Duration::from_nanos(1));
    let fitting = TURN.as_nanos().div_ceil(one.as_nanos());
    Ok(u32::try_from(fitting).unwrap_or(EVALUATIONS_MAX).clamp(1, EVALUATIONS_MAX))
}

fn spent<T: Timed + ?Sized>(contender: &mut T, input: &Input, evaluations: u32) -> Result<Duration> {
    contender.lay_out(input, evaluations)?;
    let started = processor_time();
    for _ in 0..evaluations {
        contender.evaluate(input)?;
    }
    Ok(processor_time().saturating_sub(started))
}

fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    let (seconds, nanos) = (u64::try_from(time.tv_sec), u32::try_from(time.tv_nsec));
    // Processor time is never negative.
    Duration::new(seconds.unwrap_or(0), nanos.unwrap_or(0))
}
