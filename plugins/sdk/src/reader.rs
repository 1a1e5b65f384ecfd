//! Readers: proposing answers from a narrative, each with the words that it was read from.

pub use crate::bindings::reader::exports::huizong::plugin::reader::{Certainty, ReaderDescription, Reading};
use crate::contract::Refusal;

/// A reader. Every function is pure: the same arguments give the same answer. Hand it to [`export_reader!`](crate::export_reader).
pub trait Reader {
    /// What the reader is.
    fn describe() -> ReaderDescription;

    /// Reads a text; readings come in the order of their spans, which are counted in Unicode scalar values.
    fn read(text: &str) -> Result<Vec<Reading>, Refusal>;
}

/// What the generated bindings call; [`export_reader!`](crate::export_reader) names it.
#[doc(hidden)]
pub struct Exported<T>(std::marker::PhantomData<T>);

#[cfg(target_arch = "wasm32")]
impl<T: Reader> crate::bindings::reader::exports::huizong::plugin::reader::Guest for Exported<T> {
    fn describe() -> ReaderDescription {
        crate::panic::tell_the_log();
        T::describe()
    }

    fn read(text: String) -> Result<Vec<Reading>, Refusal> {
        crate::panic::tell_the_log();
        T::read(&text)
    }
}

/// Exports a [`Reader`](crate::Reader) from the component. Natively it does nothing.
#[macro_export]
macro_rules! export_reader {
    ($reader:ty) => {
        #[cfg(target_arch = "wasm32")]
        const _: () = {
            type ExportedReader = $crate::exported::Reader<$reader>;
    $crate::bindings::reader::export!(ExportedReader with_types_in $crate::bindings::reader);
        };
    };
}
