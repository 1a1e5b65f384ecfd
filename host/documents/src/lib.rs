//! Rendering documents: typed blocks become HTML or Markdown. Knows no SQL, no HTTP, no WebAssembly and no subject.

pub mod words;
