//! What the rogues have in common.
