//! A look at a component before anything is compiled: what it is, how much code it has, what it imports and exports.

use domain::limits::{COMPONENT_BYTES_MAX, COMPONENT_FUNCTIONS_MAX, COMPONENT_MODULES_MAX, FUNCTION_BODY_BYTES_MAX};
use domain::release::PluginKind;
use wasmparser::{BinaryReaderError, Encoding, Parser, Payload};

use super::{NotAComponent, Refused, what};
use crate::wit::v1;

/// Components within a component: one for each interface that it exports, and the adapters of other languages.
const COMPONENTS_MAX: usize = 64;

/// What a component is, as far as it can be told without compiling it.
#[derive(Debug)]
pub(crate) struct Inspected {
    /// In order, never empty.
    pub(crate) kinds: Vec<PluginKind>,
}

/// Looks through the bytes once. Nothing here takes longer than the bytes are long.
pub(crate) fn inspect(bytes: &[u8]) -> Result<Inspected, Refused> {
    if let Some(other) = what::by_beginning(bytes) {
        return Err(Refused::NotAComponent(other));
    }
    at_most("bytes", bytes.len(), COMPONENT_BYTES_MAX)
        .map_err(|_| Refused::TooLarge { bytes: bytes.len(), max: COMPONENT_BYTES_MAX })?;
    let mut found = Found::default();
    for payload in Parser::new(0).parse_all(bytes) {
        found.note(&payload.map_err(|error| malformed(&error))?)?;
    }
    if let Some(name) = found.imports.iter().find(|name| !is_given(name)) {
        return Err(Refused::ForbiddenImport { name: crate::lie::shown(name), way_out: way_out(name) });
    }
    let kinds = [PluginKind::Rubric, PluginKind::Report, PluginKind::Reader];
    let is_exported = |kind: &PluginKind| found.exports.contains(&v1::interface_of(*kind));
    let kinds: Vec<PluginKind> = kinds.into_iter().filter(is_exported).collect();
    if kinds.is_empty() {
        return Err(Refused::UnknownContract { found: found.exports });
    }
    Ok(Inspected { kinds })
}

#[derive(Default)]
struct Found {
    depth: usize,
    modules: usize,
    components: usize,
    functions: usize,
    imports: Vec<String>,
    exports: Vec<String>,
}

impl Found {
    fn note(&mut self, payload: &Payload<'_>) -> Result<(), Refused> {
        match payload {
            Payload::Version { encoding, .. } => {
                self.depth += 1;
                let (count, what, max) = match encoding {
                    Encoding::Module => (&mut self.modules, "core modules", COMPONENT_MODULES_MAX),
                    Encoding::Component => (&mut self.components, "components within it", COMPONENTS_MAX),
                };
                *count += 1;
                at_most(what, *count, max)
            }
            Payload::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                Ok(())
            }
            Payload::CodeSectionStart { count, .. } => {
                self.functions = self.functions.saturating_add(*count as usize);
                at_most("functions", self.functions, COMPONENT_FUNCTIONS_MAX)
            }
            Payload::CodeSectionEntry(body) => {
                at_most("bytes in one function", body.range().len(), FUNCTION_BODY_BYTES_MAX)
            }
            // Only what stands outside concerns the host; what components within it hand each other does not.
            Payload::ComponentImportSection(imports) if self.depth == 1 => {
                for import in imports.clone() {
                    self.imports.push(import.map_err(|error| malformed(&error))?.name.name.to_owned());
                }
                Ok(())
            }
            Payload::ComponentExportSection(exports) if self.depth == 1 => {
                for export in exports.clone() {
                    self.exports.push(export.map_err(|error| malformed(&error))?.name.name.to_owned());
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

fn at_most(what: &'static str, found: usize, max: usize) -> Result<(), Refused> {
    if found > max { Err(Refused::TooMuchCode { what, found, max }) } else { Ok(()) }
}

fn malformed(error: &BinaryReaderError) -> Refused {
    Refused::NotAComponent(NotAComponent::Malformed(error.to_string()))
}

fn is_given(import: &str) -> bool {
    ["log", "types"].iter().any(|interface| import == format!("huizong:plugin/{interface}@{}", v1::VERSION))
}

/// How to build without an import.
fn way_out(import: &str) -> &'static str {
    if import.starts_with("wasi:") {
        "a plugin has no clock, randomness, files or network. Rust: build for wasm32-unknown-unknown (`cargo run -p componentize`). \
         JavaScript: `componentize-qjs --stub-wasi --sync`, or `componentize-js` with all features off. \
         Python: `componentize-py --stub-wasi`"
    } else if import.starts_with("huizong:plugin/") {
        "build it against the contract's version 1.0.0"
    } else {
        "a plugin is handed all that it may know, and can call nothing but the log"
    }
}
