//! report-bulletin
