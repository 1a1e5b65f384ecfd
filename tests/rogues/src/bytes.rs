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

/// A component that was built against another version of the contract; both versions have the same length.
pub(crate) fn with_version(component: &[u8], from: &str, to: &str) -> Vec<u8> {
    const PACKAGE: &[u8] = b"huizong:plugin/";
    let mut bytes = component.to_vec();
    let mut at = 0;
    while at + PACKAGE.len() < bytes.len() {
        if bytes[at..].starts_with(PACKAGE) {
            let interface = bytes[at + PACKAGE.len()..].iter().take_while(|byte| byte.is_ascii_lowercase()).count();
            let version = at + PACKAGE.len() + interface + 1;
            if bytes[version - 1..].starts_with(format!("@{from}").as_bytes()) {
                bytes[version..version + to.len()].copy_from_slice(to.as_bytes());
            }
        }
        at += 1;
    }
    bytes
}

/// A component within a component, and so on, so many levels deep.
pub(crate) fn nested(levels: usize) -> Vec<u8> {
    const COMPONENT: u8 = 4;
    let empty = b"\0asm\x0d\0\x01\0".to_vec();
    (1..levels).fold(empty.clone(), |inner, _| {
        let mut outer = empty.clone();
        section(&mut outer, COMPONENT, &inner);
        outer
    })
}

/// A type within a type, and so on, so many levels deep: a parser that calls itself for each would need as deep a stack.
pub(crate) fn nested_types(levels: usize) -> Vec<u8> {
    const TYPES: u8 = 7;
    const COMPONENT_TYPE: u8 = 0x41;
    const DECLARES_TYPE: u8 = 0x01;
    let mut content = vec![1];
    for _ in 1..levels {
        content.extend([COMPONENT_TYPE, 1, DECLARES_TYPE]);
    }
    content.extend([COMPONENT_TYPE, 0]);
    let mut bytes = b"\0asm\x0d\0\x01\0".to_vec();
    section(&mut bytes, TYPES, &content);
    bytes
}

/// A component whose functions have no names: its sections of names are called something else, which nobody reads.
pub(crate) fn without_names(component: &[u8]) -> Vec<u8> {
    const NAMES: &[u8] = b"\x04name";
    let mut bytes = component.to_vec();
    for at in 0..bytes.len().saturating_sub(NAMES.len()) {
        // Behind it comes the name of the module or those of its functions; behind a field called `name` comes a type.
        if bytes[at..].starts_with(NAMES) && matches!(bytes[at + NAMES.len()], 0 | 1) {
            bytes[at + 1] = b'g';
        }
    }
    bytes
}

/// A component with one more core module, which nothing uses.
pub(crate) fn with_module(component: &[u8], module: &[u8]) -> Vec<u8> {
    with_section(component, 1, module)
}

/// A component with one more section.
pub(crate) fn with_section(component: &[u8], id: u8, content: &[u8]) -> Vec<u8> {
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

/// A text with its length before it.
pub(crate) fn named(name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    number(&mut bytes, name.len());
    bytes.extend_from_slice(name.as_bytes());
    bytes
}
