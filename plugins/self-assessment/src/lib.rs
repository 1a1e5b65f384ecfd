#![doc = include_str!("../README.md")]

pub mod answers;
pub mod campaigns;
mod case;
pub mod checks;
pub mod complaint_record;
pub mod complaints;
pub mod control;
pub mod cover;
mod day;
pub mod facts;
pub mod fees;
#[cfg(feature = "generator")]
pub mod generator;
pub mod governance;
mod lexicon;
pub mod measures;
pub mod narrative;
pub mod outlets;
pub mod personal_info;
pub mod policies;
pub mod products;
#[cfg(feature = "proof")]
pub mod proof;
pub mod score;
pub mod scoring;
pub mod severities;
pub mod training;

pub use answers::Answers;
pub use case::Case;

/// The form of the answers: JSON Schema 2020-12, with labels and help in both languages.
pub const FORM: &str = include_str!("../form.json");
