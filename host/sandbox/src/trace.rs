//! Traces: which of a plugin's functions were running when a call ended badly, by the names that the component was built with.
//!
//! Names are bytes of the component. They were fixed when it was built, so no value of the answers can stand in one; but whoever built
//! it chose them, so they are cut to a length and freed of whatever could move a terminal's cursor or turn a line around.

use std::fmt::{self, Write};

use domain::limits::{FAULT_FRAME_CHARS_MAX, FAULT_FRAMES_MAX};
use wasmtime::{FrameInfo, WasmBacktrace};

/// Frames that the engine collects: enough to see what lies below a panic's own functions, or below many turns of a recursion.
pub(crate) const COLLECTED_FRAMES_MAX: usize = 64;

/// How the names begin of functions that only carry a panic out. The place that panicked lies below them, and is the one to be mended.
const CARRIES_A_PANIC: [&str; 9] = [
    "__rust",
    "abort",
    "core::panicking::panic_fmt",
    "panic_abort::",
    "rust_begin_unwind",
    "rust_panic",
    "std::panicking::",
    "std::process::abort",
    "std::sys::",
];

/// The functions, the innermost first; one that called itself stands once, with the number of its turns.
pub(crate) fn functions_in(trace: &WasmBacktrace) -> Vec<String> {
    in_short(trace.frames().iter().map(name_of).collect())
}

fn in_short(names: Vec<String>) -> Vec<String> {
    let carries = |name: &String| CARRIES_A_PANIC.iter().any(|beginning| name.starts_with(beginning));
    let mut panicked = names.iter().position(|name| !carries(name)).unwrap_or(0);
    if panicked == names.len() {
        panicked = 0;
    }
    let mut functions: Vec<(String, usize)> = Vec::new();
    for name in names.into_iter().skip(panicked) {
        let is_full = functions.len() == FAULT_FRAMES_MAX;
        match functions.last_mut() {
            Some((last, turns)) if *last == name => *turns += 1,
            _ if is_full => break,
            _ => functions.push((name, 1)),
        }
    }
    let shown = |(name, turns): (String, usize)| if turns == 1 { name } else { format!("{name} ×{turns}") };
    functions.into_iter().map(shown).collect()
}

/// The function's name where the component has names, else its number.
fn name_of(frame: &FrameInfo) -> String {
    frame.func_name().map_or_else(|| format!("function {}", frame.func_index()), readable)
}

/// A name as its author wrote it, without the compiler's marks.
fn readable(name: &str) -> String {
    let mut line = Line { text: String::new(), chars_left: FAULT_FRAME_CHARS_MAX };
    // An error means only that the line is full: a short mangled name can unfold into a very long one.
    let _ = match rustc_demangle::try_demangle(name) {
        Ok(known) => write!(line, "{known:#}"),
        Err(_) => line.write_str(name),
    };
    line.text
}

/// A line that takes so many characters, and no others than a person can see.
struct Line {
    text: String,
    chars_left: usize,
}

impl Write for Line {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars().filter(|character| is_seen(*character)) {
            if self.chars_left == 0 {
                self.text.push('…');
                return Err(fmt::Error);
            }
            self.text.push(character);
            self.chars_left -= 1;
        }
        Ok(())
    }
}

/// Neither a control character nor one that only steers how others are shown.
fn is_seen(character: char) -> bool {
    let steers =
        matches!(character, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}');
    !character.is_control() && !steers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_name_is_shown_as_its_author_wrote_it() {
        assert_eq!(readable("_ZN11rubric_20255score17h0123456789abcdefE"), "rubric_2025::score");
        assert_eq!(readable("_RNvCs15kBYyAo9fc_7mycrate7example"), "mycrate::example");
        assert_eq!(readable("huizong:plugin/rubric@1.0.0#score"), "huizong:plugin/rubric@1.0.0#score");
    }

    #[test]
    fn a_name_that_its_author_made_up_forges_no_line_and_has_an_end() {
        assert_eq!(readable("a\n2026 ERROR\u{1b}[2J \u{202e}b"), "a2026 ERROR[2J b");
        let endless = readable(&"x".repeat(1_000_000));
        assert_eq!(endless.chars().count(), FAULT_FRAME_CHARS_MAX + 1);
        assert!(endless.ends_with('…'));
    }

    #[test]
    fn the_place_that_panicked_comes_before_what_carries_the_panic_out() {
        let trace =
            names(&["__rust_abort", "std::panicking::panic_with_hook", "core::panicking::panic_fmt", "a::b", "a::c"]);
        assert_eq!(in_short(trace), ["a::b", "a::c"]);
        assert_eq!(in_short(names(&["rust_panic"])), ["rust_panic"], "better than nothing");
        assert_eq!(in_short(Vec::new()), Vec::<String>::new());
    }

    #[test]
    fn a_recursion_takes_one_line() {
        let mut trace = vec!["deeper".to_owned(); 40];
        trace.extend((0..40).map(|number| format!("f{number}")));
        let short = in_short(trace);
        assert_eq!(short.len(), FAULT_FRAMES_MAX);
        assert_eq!(short[..2], ["deeper ×40", "f0"]);
    }
}
