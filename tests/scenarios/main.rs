//! The scenarios, in reading order.

mod floors;
