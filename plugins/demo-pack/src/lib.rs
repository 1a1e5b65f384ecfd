//! What `huizong demo` plays: two federations with different rubrics and reports, their members, their answers, and the key
//! to the traps that were planted in them.
//!
//! The pack is made of data that the host understands without knowing the subject: JSON values in the shapes of its API, and
//! components. Everything follows from [`SEED`], so that two runs play the same year.

mod calendar;
mod components;
mod members;
mod names;
mod rounds;
mod seeds;

use self_assessment::generator::{MemberKind, MemberSketch, clean};
use serde_json::Value;

pub use crate::components::{Component, component};

/// What every made-up number follows from.
pub const SEED: u64 = 20_231_231;

/// How many made-up members each federation has.
pub const MEMBERS: usize = 120;

/// Two federations and what happens to them.
#[derive(Clone, Debug)]
pub struct Pack {
    /// The federations.
    pub federations: Vec<Federation>,
}

/// One federation.
#[derive(Clone, Debug)]
pub struct Federation {
    /// Its code.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its org units, in the shape of `PUT /units`.
    pub units: Value,
    /// The calendar of its rounds.
    pub calendar: Value,
    /// Its rounds, the earliest first.
    pub rounds: Vec<Round>,
    /// The rubric that replaces the one of the last round while the server runs, and why.
    pub replacement: (Component, &'static str),
    /// Members whose scorecards are worth a look.
    pub spotlights: Vec<String>,
}

/// One round of a federation.
#[derive(Clone, Debug)]
pub struct Round {
    /// Its code.
    pub code: &'static str,
    /// Its title.
    pub title: &'static str,
    /// First and last day that it asks about.
    pub period: (&'static str, &'static str),
    /// When it opens (RFC 3339).
    pub opens_at: &'static str,
    /// When submissions are due (RFC 3339).
    pub due_at: &'static str,
    /// Its rubric.
    pub rubric: Component,
    /// Its reports.
    pub reports: Vec<Component>,
    /// Who need not report and why: (unit, reason).
    pub exemptions: Vec<(String, &'static str)>,
    /// What is handed in, in order of time.
    pub submissions: Vec<Submission>,
}

/// One revision that a member hands in.
#[derive(Clone, Debug)]
pub struct Submission {
    /// The member.
    pub unit: String,
    /// When (RFC 3339).
    pub at: String,
    /// The answers.
    pub answers: Value,
    /// Explanations of warnings: (check, text).
    pub explanations: Vec<(String, String)>,
    /// The key: the codes of the errors and warnings that were planted. `None` where the answers are a real report's.
    pub planted: Option<Vec<String>>,
}

/// The answers, without a fault, of the member with a number in scenarios and benches; different for every seed, with so many records. The
/// member is registered as `第N农村信用合作联社`, also called `第N联社`.
pub fn clean_answers(number: usize, seed: u64, records: usize) -> Value {
    let style = members::Style { province: "00", kind: MemberKind::CreditUnion, hotline: "96262", salt: 0 };
    let sketch = MemberSketch {
        name: format!("第{number}农村信用合作联社"),
        short_name: format!("第{number}联社"),
        issuer_code: "演农信发".to_owned(),
        ..members::sketch(style, number)
    };
    clean(seed, &sketch, 2023, records)
}

/// The pack.
pub fn pack() -> Pack {
    Pack { federations: vec![rounds::shaanxi(), rounds::jiangxi()] }
}
