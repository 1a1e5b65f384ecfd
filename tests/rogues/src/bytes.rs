//! Bytes that no compiler made: nonsense, and sections that are put behind a component's own.

/// Bytes that mean nothing, the same every time.
pub(crate) fn nonsense(length: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    std::iter::repeat_with(next).take(length).collect()
}

/// A component with a section of so many bytes that nobody reads.
pub(crate) fn with_ballast(component: &[u8], length: usize) -> Vec<u8> {
    let mut content = named("ballast");
    content.extend(std::iter::repeat_n(0, length));
    with_section(component, 0, &content)
}

/// A component with one more core module, which nothing uses.
pub(crate) fn with_module(component: &[u8], module: &[u8]) -> Vec<u8> {
    with_section(component, 1, module)
}

fn with_section(component: &[u8], id: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = component.to_vec();
    section(&mut bytes, id, content);
    bytes
}

/// Appends a section: its number, its length, its content.
pub(crate) fn section(bytes: &mut Vec<u8>, id: u8, content: &[u8]) {
    bytes.push(id);
    number(bytes, content.len());
    bytes.extend_from_slice(content);
}

/// Appends a number in LEB128.
pub(crate) fn number(bytes: &mut Vec<u8>, mut number: usize) {
    loop {
        let low = u8::try_from(number & 0x7F).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return;
        }
        bytes.push(low | 0x80);
    }
}

fn named(name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    number(&mut bytes, name.len());
    bytes.extend_from_slice(name.as_bytes());
    bytes
}
