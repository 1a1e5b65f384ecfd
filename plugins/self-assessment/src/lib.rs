//! self-assessment
