//! rubric-provincial
