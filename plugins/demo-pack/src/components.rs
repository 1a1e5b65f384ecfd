//! The components of the reference plugins, as the build made them.

/// A component with its name.
#[derive(Clone, Copy)]
pub struct Component {
    /// The package that it is built from.
    pub name: &'static str,
    /// The component.
    pub bytes: &'static [u8],
}

impl std::fmt::Debug for Component {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Component({}, {} bytes)", self.name, self.bytes.len())
    }
}

macro_rules! components {
    ($($name:literal),+ $(,)?) => {
        /// Every component of the pack.
        const COMPONENTS: &[Component] = &[
            $(Component { name: $name, bytes: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".wasm")) }),+
        ];
    };
}

components!["rubric-2016", "rubric-2021", "rubric-2025", "rubric-provincial", "report-circular", "report-bulletin"];

/// The component of a reference plugin.
///
/// # Panics
/// The pack has no plugin of that name.
pub fn component(name: &str) -> Component {
    *COMPONENTS.iter().find(|component| component.name == name).expect("the pack embeds every reference plugin")
}
