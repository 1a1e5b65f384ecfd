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
    /// A component within an archive or a compressed file of a format.
    Archive(&'static str),
    /// What a component could be built from, or another text.
    Source(Source),
    /// WebAssembly that breaks off or contradicts itself.
    Malformed(String),
    /// Nothing that is known here.
    Nonsense,
}

/// A text that is no WebAssembly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// JSON: mostly answers, or a form.
    Json,
    /// JavaScript or TypeScript.
    JavaScript,
    /// Python.
    Python,
    /// Another text.
    Plain,
}

const CORE_PREAMBLE: &[u8] = b"\0asm\x01\0\0\0";
const COMPONENT_PREAMBLE: &[u8] = b"\0asm\x0d\0\x01\0";

const ARCHIVES: [(&[u8], &str); 10] = [
    (b"PK\x03\x04", "ZIP"),
    (b"PK\x05\x06", "ZIP"),
    (b"PK\x07\x08", "ZIP"),
    (b"\x1f\x8b", "gzip"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"\xfd7zXZ\0", "XZ"),
    (b"BZh", "bzip2"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"\x04\x22\x4d\x18", "LZ4"),
    (b"Rar!\x1a\x07", "RAR"),
];

/// What is looked at of a text.
const LOOKED_AT: usize = 4_096;

/// What the bytes are by their beginning, unless they begin as a component does.
pub(super) fn by_beginning(bytes: &[u8]) -> Option<NotAComponent> {
    if bytes.starts_with(COMPONENT_PREAMBLE) {
        return None;
    }
    let archive = ARCHIVES.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, name)| *name);
    let is_tar = bytes.get(257..262) == Some(b"ustar");
    Some(match archive.or(is_tar.then_some("tar")) {
        Some(name) => NotAComponent::Archive(name),
        None if bytes.is_empty() => NotAComponent::Empty,
        None if bytes.starts_with(CORE_PREAMBLE) => NotAComponent::CoreModule,
        // Compiled code comes as an ELF object.
        None if bytes.starts_with(b"\x7fELF") => NotAComponent::Serialized,
        None if bytes.starts_with(b"\0asm") => NotAComponent::Malformed("an unknown version of WebAssembly".to_owned()),
        None => text_in(&bytes[..bytes.len().min(LOOKED_AT)]).map_or(NotAComponent::Nonsense, by_text),
    })
}

/// The bytes as text, where they are one; the last character may be cut off.
fn text_in(bytes: &[u8]) -> Option<&str> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => std::str::from_utf8(&bytes[..error.valid_up_to()]).ok()?,
        Err(_) => return None,
    };
    let is_text = text.chars().all(|character| !character.is_control() || character.is_ascii_whitespace());
    is_text.then(|| text.trim_start_matches('\u{feff}'))
}

fn by_text(text: &str) -> NotAComponent {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let code = lines().find(|line| !line.starts_with(";;"));
    if code.is_some_and(|line| ["(component", "(module", "(;"].iter().any(|begins| line.starts_with(begins))) {
        return NotAComponent::Text;
    }
    if is_json(text.trim_start()) {
        return NotAComponent::Source(Source::Json);
    }
    // The first line that only one of the languages has.
    let told = lines().find_map(|line| match line {
        _ if is_python(line) => Some(Source::Python),
        _ if is_javascript(line) => Some(Source::JavaScript),
        _ => None,
    });
    NotAComponent::Source(told.unwrap_or(Source::Plain))
}

/// An object or a list, by what comes first in it.
fn is_json(text: &str) -> bool {
    let Some(inside) = text.strip_prefix(['{', '[']) else { return false };
    let first = inside.trim_start().chars().next();
    first.is_none_or(|first| "\"{[}]-".contains(first) || first.is_ascii_digit())
}

fn is_python(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().take(3).collect();
    match words[..] {
        ["from", _, "import", ..] => true,
        ["import", module, ..] => !module.starts_with(['"', '\'', '{', '*']) && !line.contains(['"', '\'', ';']),
        ["def" | "async", ..] if line.ends_with(':') => true,
        ["class", ..] if line.ends_with(':') => true,
        _ => line.starts_with("#!") && line.contains("python"),
    }
}

fn is_javascript(line: &str) -> bool {
    const BEGINNINGS: [&str; 14] = [
        "import ",
        "import{",
        "export ",
        "export{",
        "const ",
        "let ",
        "var ",
        "function ",
        "function(",
        "async function",
        "//",
        "/*",
        "\"use strict\"",
        "'use strict'",
    ];
    BEGINNINGS.iter().any(|begins| line.starts_with(begins)) || (line.starts_with("#!") && line.contains("node"))
}

impl NotAComponent {
    /// Stable, kebab-case.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::CoreModule => "core-module",
            Self::Text => "wasm-text",
            Self::Serialized => "compiled-code",
            Self::Archive(_) => "archive",
            Self::Source(Source::Json) => "json-text",
            Self::Source(Source::JavaScript) => "javascript-source",
            Self::Source(Source::Python) => "python-source",
            Self::Source(Source::Plain) => "plain-text",
            Self::Malformed(_) => "malformed-component",
            Self::Nonsense => "not-a-component",
        }
    }
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
            Self::Archive(name) => write!(f, "this is an archive ({name}); unpack it and send the component itself"),
            Self::Source(Source::Json) => f.write_str("this is JSON; send the component that describes a form, not the form"),
            Self::Source(Source::JavaScript) => f.write_str(
                "this is JavaScript; build a component of it: `npx componentize-qjs --wit wit/v1 --world rubric-plugin --js FILE \
                 --stub-wasi --sync`",
            ),
            Self::Source(Source::Python) => f.write_str(
                "this is Python; build a component of it: `componentize-py -d wit/v1 -w rubric-plugin componentize --stub-wasi MODULE`",
            ),
            Self::Source(Source::Plain) => f.write_str("this is text; send the binary component that was built"),
            Self::Malformed(reason) => write!(f, "this begins like WebAssembly but is not whole: {reason}"),
            Self::Nonsense => f.write_str("this is not WebAssembly"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(bytes: &[u8]) -> &'static str {
        by_beginning(bytes).map_or("component", |what| what.code())
    }

    #[test]
    fn what_bytes_are_is_told_by_their_beginning() {
        let mut tar = vec![b'x'; 512];
        tar[257..263].copy_from_slice(b"ustar\0");
        let table: [(&[u8], &str); 31] = [
            (b"\0asm\x0d\0\x01\0", "component"),
            (b"\0asm\x01\0\0\0", "core-module"),
            (b"\0asm\x0a\0\x01\0", "malformed-component"),
            (b"\x7fELF\x02\x01\x01", "compiled-code"),
            (b"", "empty"),
            (b"PK\x03\x04", "archive"),
            (b"PK\x05\x06", "archive"),
            (b"\x1f\x8b\x08", "archive"),
            (b"\x28\xb5\x2f\xfd", "archive"),
            (&tar, "archive"),
            (b";; notes\n\n(module)", "wasm-text"),
            (b"(component\n", "wasm-text"),
            (b"{\"answers\": {}}", "json-text"),
            (b"\xef\xbb\xbf  [1, 2]", "json-text"),
            (b"[]", "json-text"),
            (b"{", "json-text"),
            (b"// A rubric.\nimport { decode } from \"./messagepack.js\";", "javascript-source"),
            (b"import log from 'huizong:plugin/log@1.0.0';", "javascript-source"),
            (b"export const rubric = {};", "javascript-source"),
            (b"#!/usr/bin/env node\n", "javascript-source"),
            (b"/* a rubric */\nfunction describe() {", "javascript-source"),
            (b"import json\n", "python-source"),
            (b"# A rubric.\nfrom wit_world import exports\n", "python-source"),
            (b"class Rubric(exports.Rubric):\n    def describe(self):", "python-source"),
            (b"#!/usr/bin/env python3\n", "python-source"),
            (b"package huizong:plugin@1.0.0;\n", "plain-text"),
            ("评分细则".as_bytes(), "plain-text"),
            (&"评分细则".as_bytes()[..10], "plain-text"),
            (b"\xff\xfe\0\0", "not-a-component"),
            (b"text and then\0nothing", "not-a-component"),
            (b"\x89PNG\r\n\x1a\n", "not-a-component"),
        ];
        for (bytes, expected) in table {
            assert_eq!(code(bytes), expected, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
