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
    }
}
