//! rubric-2021
