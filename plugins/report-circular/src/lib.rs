//! report-circular
