//! The border, driven as its callers drive it: requests in, answers out, over a real office on a real store.

mod house;

mod addresses;
mod bodies;
mod conditions;
mod document;
mod encodings;
mod random_bytes;
mod whole_way;
