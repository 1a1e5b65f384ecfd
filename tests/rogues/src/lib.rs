//! Components that misbehave, one way each, and honest ones to run beside them.

mod bomb;
mod bytes;

/// A way to misbehave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rogue {
    /// `score` never comes to an end.
    Spins,
    /// `score` calls itself without end.
    Recurses,
    /// `score` takes all the memory there is.
    GrowsMemory,
    /// `score` takes all the elements of its table.
    GrowsTables,
    /// `check` gives back a gigabyte.
    Returns1Gb,
    /// `score` logs a gigabyte.
    Logs1Gb,
    /// `score` claims a total that its lines do not add up to.
    LiesAboutTotal,
    /// `score` awards more than the criterion may give.
    AwardsOutsideRange,
    /// `check` points at what the answers do not have.
    PointsNowhere,
    /// `score` gives up.
    Traps,
    /// Imports the clock.
    ImportsWasi,
    /// Is a core module, not wrapped.
    CoreModule,
    /// Is WebAssembly as text.
    Text,
    /// Is a component that breaks off in the middle.
    BreaksOff,
    /// Is 30 MB of nonsense.
    Nonsense,
    /// Is a component, of 30 MB.
    TooLarge,
    /// Has one function that is larger than a function may be, and would take minutes to compile.
    HugeFunction,
    /// Has functions that are each small enough and together take minutes to compile.
    CompileBomb,
    /// Has one function of the largest size that is let in, which takes minutes to compile.
    OneFunctionBomb,
    /// Has thousands of small functions, which together take minutes to compile.
    ManyFunctionsBomb,
    /// Has blocks within blocks and tables of branches to all of them, an edge for every pair.
    BranchBomb,
    /// Is a rubric of a later version of the contract.
    LaterContract,
}

impl Rogue {
    /// Every rogue that is admitted and misbehaves when it is called.
    pub const CALLED: [Self; 10] = [
        Self::Spins,
        Self::Recurses,
        Self::GrowsMemory,
        Self::GrowsTables,
        Self::Returns1Gb,
        Self::Logs1Gb,
        Self::LiesAboutTotal,
        Self::AwardsOutsideRange,
        Self::PointsNowhere,
        Self::Traps,
    ];
}

impl Rogue {
    /// Every shape of component that is small, and takes minutes to compile.
    pub const BOMBS: [Self; 3] = [Self::OneFunctionBomb, Self::ManyFunctionsBomb, Self::BranchBomb];
}

macro_rules! built {
    ($name:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".wasm"))
    };
}

/// A rubric for fire safety that does what it says.
pub const HONEST: &[u8] = built!("honest");

/// A report that composes reminders.
pub const HONEST_REPORT: &[u8] = built!("honest_report");

/// A report that composes everybody's results and members' own reports.
pub const HONEST_CIRCULAR: &[u8] = built!("honest_circular");

/// A reader that reads digits as numbers of rooms.
pub const HONEST_READER: &[u8] = built!("honest_reader");

/// The same component with numbers instead of names for its functions, as a plugin's author may strip it.
pub fn without_names(component: &[u8]) -> Vec<u8> {
    bytes::without_names(component)
}

/// A component with one more section: its number and what stands in it.
pub fn with_section(component: &[u8], id: u8, content: &[u8]) -> Vec<u8> {
    bytes::with_section(component, id, content)
}

/// A component with a custom section.
pub fn with_custom_section(component: &[u8], name: &str, data: &[u8]) -> Vec<u8> {
    bytes::with_section(component, 0, &[&bytes::named(name), data].concat())
}

/// A core module of one section, in which so many entries of so many bytes are announced.
pub fn module_of(section: u8, entries: usize, entry: &[u8]) -> Vec<u8> {
    let mut content = Vec::new();
    bytes::number(&mut content, entries);
    content.extend(entry.repeat(entries));
    let mut module = b"\0asm\x01\0\0\0".to_vec();
    bytes::section(&mut module, section, &content);
    module
}

/// A component with one more core module, which nothing uses.
pub fn with_module(component: &[u8], module: &[u8]) -> Vec<u8> {
    bytes::with_module(component, module)
}

/// Components within each other, so many levels deep.
pub fn nested(levels: usize) -> Vec<u8> {
    bytes::nested(levels)
}

/// Types within each other, so many levels deep.
pub fn nested_types(levels: usize) -> Vec<u8> {
    bytes::nested_types(levels)
}

/// What a rogue uploads.
pub fn component(rogue: Rogue) -> Vec<u8> {
    match rogue {
        Rogue::Spins => built!("spins").to_vec(),
        Rogue::Recurses => built!("recurses").to_vec(),
        Rogue::GrowsMemory => built!("grows_memory").to_vec(),
        Rogue::GrowsTables => built!("grows_tables").to_vec(),
        Rogue::Returns1Gb => built!("returns_1gb").to_vec(),
        Rogue::Logs1Gb => built!("logs_1gb").to_vec(),
        Rogue::LiesAboutTotal => built!("lies_about_total").to_vec(),
        Rogue::AwardsOutsideRange => built!("awards_outside_range").to_vec(),
        Rogue::PointsNowhere => built!("points_nowhere").to_vec(),
        Rogue::Traps => built!("traps").to_vec(),
        Rogue::ImportsWasi => built!("imports_wasi").to_vec(),
        Rogue::CoreModule => built!("honest.core").to_vec(),
        Rogue::Text => b"(component (core module (func (export \"score\"))))".to_vec(),
        Rogue::BreaksOff => HONEST[..HONEST.len() / 2].to_vec(),
        Rogue::Nonsense => bytes::nonsense(30 << 20),
        Rogue::TooLarge => bytes::with_ballast(HONEST, 30 << 20),
        Rogue::HugeFunction => bytes::with_module(HONEST, &bomb::module(1, 50_000, 40_000)),
        Rogue::CompileBomb => bytes::with_module(HONEST, &bomb::module(4, 4_000, 2_000)),
        Rogue::OneFunctionBomb => bytes::with_module(HONEST, &bomb::module(1, 20_000, 40_000)),
        Rogue::ManyFunctionsBomb => bytes::with_module(HONEST, &bomb::module(20_000, 40, 60)),
        Rogue::BranchBomb => bytes::with_module(HONEST, &bomb::branching_module(8, 120, 2_000, 100)),
        Rogue::LaterContract => bytes::with_version(HONEST, "1.0.0", "2.0.0"),
    }
}
