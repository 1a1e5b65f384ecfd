//! The contract's versions, each with its bindings and its way from and to the house's own values.

pub(crate) mod v1;
