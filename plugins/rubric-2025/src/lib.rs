//! rubric-2025
