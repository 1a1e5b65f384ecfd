//! Every lie that a plugin could tell, each told to the verification and refused.

mod description;
mod document;
mod fixture;
mod reading;
mod scorecard;
mod settlement;
