//! Lets the guests' tables grow, which the linker forbids by default: one of the rogues does nothing else.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-link-arg-examples=--growable-table");
}
