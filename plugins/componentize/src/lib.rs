//! componentize
