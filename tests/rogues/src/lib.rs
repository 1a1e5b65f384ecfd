//! Components that misbehave, one way each.
