//! What some bytes are that are no component, so that the answer can say the way out.

use std::fmt;

/// Bytes that are not a component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAComponent {
    /// Nothing at all.
    Empty,
    /// A core module, not wrapped as a component.
    CoreModule,
    /// WebAssembly as text.
    Text,
    /// Machine code that some host compiled; it cannot be told apart from malice.
    Serialized,
    /// A component within an archive or a compressed file.
    Archive(&'static str),
    /// WebAssembly that breaks off or contradicts itself.
    Malformed(String),
    /// Nothing that is known here.
    Nonsense,
}

const CORE_PREAMBLE: &[u8] = b"\0asm\x01\0\0\0";
const COMPONENT_PREAMBLE: &[u8] = b"\0asm\x0d\0\x01\0";

const ARCHIVES: [(&[u8], &str); 6] = [
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file"),
    (b"\xfd7zXZ\0", "an XZ file"),
    (b"BZh", "a bzip2 file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
];

/// What the bytes are by their beginning, unless they begin as a component does.
pub(super) fn by_beginning(bytes: &[u8]) -> Option<NotAComponent> {
    if bytes.starts_with(COMPONENT_PREAMBLE) {
        return None;
    }
    let archive = ARCHIVES.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, name)| *name);
    let is_tar = bytes.get(257..262) == Some(b"ustar");
    Some(match archive.or(is_tar.then_some("a tar archive")) {
        Some(name) => NotAComponent::Archive(name),
        None if bytes.is_empty() => NotAComponent::Empty,
        None if bytes.starts_with(CORE_PREAMBLE) => NotAComponent::CoreModule,
        // Compiled code comes as an ELF object.
        None if bytes.starts_with(b"\x7fELF") => NotAComponent::Serialized,
        None if bytes.starts_with(b"\0asm") => NotAComponent::Malformed("an unknown version of WebAssembly".to_owned()),
        None if is_text(bytes) => NotAComponent::Text,
        None => NotAComponent::Nonsense,
    })
}

fn is_text(bytes: &[u8]) -> bool {
    const LOOKED_AT: usize = 4_096;
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(LOOKED_AT)]);
    let code = start.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with(";;"));
    code.is_some_and(|line| line.starts_with("(component") || line.starts_with("(module") || line.starts_with("(;"))
}

impl fmt::Display for NotAComponent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("nothing was sent"),
            Self::CoreModule => f.write_str(
                "this is a core module; wrap it as a component, for example with `cargo run -p componentize -- PACKAGE --out FILE` \
                 or `wasm-tools component new`",
            ),
            Self::Text => f.write_str("this is WebAssembly as text; send the binary (`wasm-tools parse`)"),
            Self::Serialized => f.write_str(
                "this is machine code that was compiled already; send the component itself, the host compiles it",
            ),
            Self::Archive(name) => write!(f, "this is {name}; unpack it and send the component itself"),
            Self::Malformed(reason) => write!(f, "this begins like WebAssembly but is not whole: {reason}"),
            Self::Nonsense => f.write_str("this is not WebAssembly"),
        }
    }
}
