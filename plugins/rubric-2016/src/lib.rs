//! rubric-2016
