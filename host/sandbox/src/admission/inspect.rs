//! A look at a component before anything is compiled: what it is, how much of everything it has, what it imports and exports.
//!
//! The bytes are looked through once, section by section. Nothing is built from them, and a count that is too high ends the look at
//! the place where it stands, before what it counts is read.

use std::fmt;

use domain::limits::{
    COMPONENT_BYTES_MAX, COMPONENT_COMPONENTS_MAX, COMPONENT_CUSTOM_BYTES_MAX, COMPONENT_DEPTH_MAX,
    COMPONENT_FUNCTIONS_MAX, COMPONENT_GLOBALS_MAX, COMPONENT_INSTANCES_MAX, COMPONENT_MEMORIES_MAX,
    COMPONENT_MODULES_MAX, COMPONENT_NAMES_MAX, COMPONENT_SECTIONS_MAX, COMPONENT_TABLES_MAX, COMPONENT_TYPES_MAX,
    FUNCTION_BODY_BYTES_MAX, TABLE_ELEMENTS_MAX,
};
use domain::release::{BuildInformation, PluginKind};
use wasmparser::{BinaryReaderError, Encoding, Parser, Payload};

use super::{NotAComponent, Refused, build, what};
use crate::wit::{self, v1};

/// What a component is, as far as it can be told without compiling it.
#[derive(Debug)]
pub(crate) struct Inspected {
    /// In order, never empty.
    pub(crate) kinds: Vec<PluginKind>,
    /// What it carries about how it was built.
    pub(crate) build: BuildInformation,
}

/// Looks through the bytes once. Nothing here takes longer than the bytes are long.
pub(crate) fn inspect(bytes: &[u8]) -> Result<Inspected, Refused> {
    if let Some(other) = what::by_beginning(bytes) {
        return Err(Refused::NotAComponent(other));
    }
    if bytes.len() > COMPONENT_BYTES_MAX {
        return Err(Refused::TooLarge { bytes: bytes.len(), max: COMPONENT_BYTES_MAX });
    }
    let mut found = Found::default();
    for payload in Parser::new(0).parse_all(bytes) {
        found.note(&payload.map_err(|error| malformed(&error))?)?;
    }
    let kinds = found.kinds()?;
    Ok(Inspected { kinds, build: found.build })
}

#[derive(Default)]
struct Found {
    depth: usize,
    sections: usize,
    modules: usize,
    components: usize,
    instances: usize,
    types: usize,
    functions: usize,
    tables: usize,
    memories: usize,
    globals: usize,
    custom_bytes: usize,
    imports: Vec<String>,
    exports: Vec<String>,
    build: BuildInformation,
}

impl Found {
    fn note(&mut self, payload: &Payload<'_>) -> Result<(), Refused> {
        if payload.as_section().is_some() {
            count(Part::Sections, &mut self.sections, 1, COMPONENT_SECTIONS_MAX)?;
        }
        match payload {
            Payload::Version { encoding, .. } => {
                count(Part::Levels, &mut self.depth, 1, COMPONENT_DEPTH_MAX)?;
                match encoding {
                    Encoding::Module => count(Part::Modules, &mut self.modules, 1, COMPONENT_MODULES_MAX),
                    // The first one is the component itself.
                    Encoding::Component => {
                        count(Part::Components, &mut self.components, 1, COMPONENT_COMPONENTS_MAX + 1)
                    }
                }
            }
            Payload::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                Ok(())
            }
            Payload::InstanceSection(instances) => self.instances(instances.count()),
            Payload::ComponentInstanceSection(instances) => self.instances(instances.count()),
            Payload::TypeSection(types) => self.types(types.count()),
            Payload::CoreTypeSection(types) => self.types(types.count()),
            Payload::ComponentTypeSection(types) => self.types(types.count()),
            // The parser itself holds that there are as many bodies.
            Payload::FunctionSection(functions) => {
                count(Part::Functions, &mut self.functions, functions.count() as usize, COMPONENT_FUNCTIONS_MAX)
            }
            Payload::CodeSectionEntry(body) => {
                at_most(Part::FunctionBytes, body.range().len(), FUNCTION_BODY_BYTES_MAX)
            }
            Payload::TableSection(tables) => {
                count(Part::Tables, &mut self.tables, tables.count() as usize, COMPONENT_TABLES_MAX as usize)?;
                tables.clone().into_iter().try_for_each(|table| {
                    let elements = table.map_err(|error| malformed(&error))?.ty.initial;
                    let elements = usize::try_from(elements).unwrap_or(usize::MAX);
                    at_most(Part::TableElements, elements, TABLE_ELEMENTS_MAX)
                })
            }
            Payload::MemorySection(memories) => {
                count(Part::Memories, &mut self.memories, memories.count() as usize, COMPONENT_MEMORIES_MAX as usize)
            }
            Payload::GlobalSection(globals) => {
                count(Part::Globals, &mut self.globals, globals.count() as usize, COMPONENT_GLOBALS_MAX)
            }
            Payload::CustomSection(section) => {
                let bytes = section.data().len();
                count(Part::CustomBytes, &mut self.custom_bytes, bytes, COMPONENT_CUSTOM_BYTES_MAX)?;
                build::note(&mut self.build, section, self.depth == 1);
                Ok(())
            }
            // Only what stands outside concerns the host; what components within it hand each other does not.
            Payload::ComponentImportSection(imports) if self.depth == 1 => {
                for import in imports.clone() {
                    self.imports.push(import.map_err(|error| malformed(&error))?.name.name.to_owned());
                    at_most(Part::Imports, self.imports.len(), COMPONENT_NAMES_MAX)?;
                }
                Ok(())
            }
            Payload::ComponentExportSection(exports) if self.depth == 1 => {
                for export in exports.clone() {
                    self.exports.push(export.map_err(|error| malformed(&error))?.name.name.to_owned());
                    at_most(Part::Exports, self.exports.len(), COMPONENT_NAMES_MAX)?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn instances(&mut self, more: u32) -> Result<(), Refused> {
        count(Part::Instances, &mut self.instances, more as usize, COMPONENT_INSTANCES_MAX)
    }

    fn types(&mut self, more: u32) -> Result<(), Refused> {
        count(Part::Types, &mut self.types, more as usize, COMPONENT_TYPES_MAX)
    }

    /// The kinds of plugin that it is, if it asks for nothing that the host does not give.
    fn kinds(&self) -> Result<Vec<PluginKind>, Refused> {
        let kinds = [PluginKind::Rubric, PluginKind::Report, PluginKind::Reader];
        let is_exported = |kind: &PluginKind| self.exports.contains(&v1::interface_of(*kind));
        let kinds: Vec<PluginKind> = kinds.into_iter().filter(is_exported).collect();
        // A plugin of another version imports that version's types: it is told of the version, not of the import.
        let others = wit::other_versions(&self.imports);
        let others = if others.is_empty() && kinds.is_empty() { wit::other_versions(&self.exports) } else { others };
        if !others.is_empty() {
            return Err(Refused::OtherContract { found: others });
        }
        if let Some(name) = self.imports.iter().find(|name| !is_given(name)) {
            return Err(Refused::ForbiddenImport { name: crate::lie::shown(name), way_out: WayOut::of(name) });
        }
        if kinds.is_empty() {
            return Err(Refused::UnknownContract { found: self.exports.clone() });
        }
        Ok(kinds)
    }
}

/// Counts more of something, and refuses where that becomes too much.
fn count(part: Part, counted: &mut usize, more: usize, max: usize) -> Result<(), Refused> {
    *counted = counted.saturating_add(more);
    at_most(part, *counted, max)
}

fn at_most(part: Part, found: usize, max: usize) -> Result<(), Refused> {
    if found > max { Err(Refused::TooMuch { part, found, max }) } else { Ok(()) }
}

fn malformed(error: &BinaryReaderError) -> Refused {
    Refused::NotAComponent(NotAComponent::Malformed(error.to_string()))
}

fn is_given(import: &str) -> bool {
    ["log", "types"].iter().any(|interface| import == format!("{}{interface}@{}", wit::PACKAGE, v1::VERSION))
}

/// Something of which a component may have only so much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Sections, at every depth.
    Sections,
    /// Components and modules within each other.
    Levels,
    /// Core modules.
    Modules,
    /// Components within it.
    Components,
    /// Instances of modules and components.
    Instances,
    /// Types.
    Types,
    /// Imports of its own.
    Imports,
    /// Exports of its own.
    Exports,
    /// Functions.
    Functions,
    /// Bytes in one function.
    FunctionBytes,
    /// Tables.
    Tables,
    /// Elements in one table.
    TableElements,
    /// Linear memories.
    Memories,
    /// Global variables.
    Globals,
    /// Bytes in custom sections.
    CustomBytes,
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 15] = [
        Self::Sections,
        Self::Levels,
        Self::Modules,
        Self::Components,
        Self::Instances,
        Self::Types,
        Self::Imports,
        Self::Exports,
        Self::Functions,
        Self::FunctionBytes,
        Self::Tables,
        Self::TableElements,
        Self::Memories,
        Self::Globals,
        Self::CustomBytes,
    ];

    /// Stable, kebab-case.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sections => "sections",
            Self::Levels => "levels",
            Self::Modules => "modules",
            Self::Components => "components",
            Self::Instances => "instances",
            Self::Types => "types",
            Self::Imports => "imports",
            Self::Exports => "exports",
            Self::Functions => "functions",
            Self::FunctionBytes => "function-bytes",
            Self::Tables => "tables",
            Self::TableElements => "table-elements",
            Self::Memories => "memories",
            Self::Globals => "globals",
            Self::CustomBytes => "custom-bytes",
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Levels => "levels of components within each other",
            Self::Modules => "core modules",
            Self::Components => "components within it",
            Self::Instances => "instances of modules and components",
            Self::FunctionBytes => "bytes in one function",
            Self::TableElements => "elements in one table",
            Self::Globals => "global variables",
            Self::CustomBytes => "bytes in custom sections (`wasm-tools strip --all` leaves them out)",
            other => other.code(),
        })
    }
}

/// How to build without an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayOut {
    /// It comes of the system interface, which the tools of every language can leave out.
    WithoutWasi,
    /// It is no interface that plugins may call.
    OnlyTheLog,
}

impl WayOut {
    fn of(import: &str) -> Self {
        if import.starts_with("wasi:") { Self::WithoutWasi } else { Self::OnlyTheLog }
    }
}

impl fmt::Display for WayOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::WithoutWasi => {
                "a plugin has no clock, randomness, files or network. Rust: build for wasm32-unknown-unknown (`cargo run -p componentize`). \
                 JavaScript: `componentize-qjs --stub-wasi --sync`, or `componentize-js` with all features off. \
                 Python: `componentize-py --stub-wasi`"
            }
            Self::OnlyTheLog => "a plugin is handed all that it may know, and can call nothing but the log",
        })
    }
}
