//! One file per command.

pub mod account;
pub mod audit;
pub mod check;
pub mod demo;
pub mod pack;
pub mod plugin;
pub mod receipt;
pub mod replay;
pub mod report;
pub mod serve;
pub mod submit;
