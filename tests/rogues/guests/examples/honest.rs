//! Does what it says.

struct Honest;

impl rogue_guests::Bent for Honest {}

rogue_guests::rubric!(Honest);
