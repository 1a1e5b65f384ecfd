//! What is not let in, and what is said to whoever brings it.

use domain::release::PluginKind;
use rogues::Rogue;
use sandbox::{NotAComponent, Refused, Whose};

use crate::setup::{self, SHARED};

fn refused(component: &[u8]) -> Refused {
    SHARED.admit_here(component).map(|(plugin, _)| plugin).unwrap_err()
}

#[test]
fn what_is_no_component_is_named_with_the_way_out() {
    let cases = [
        (rogues::component(Rogue::CoreModule), "core-module", "wrap it"),
        (rogues::component(Rogue::Text), "wasm-text", "binary"),
        (rogues::component(Rogue::Nonsense), "not-a-component", "not WebAssembly"),
        (Vec::new(), "empty", "nothing"),
        (b"PK\x03\x04rest".to_vec(), "archive", "ZIP"),
        (b"\x1f\x8b\x08rest".to_vec(), "archive", "gzip"),
        (b"\x7fELF\x02\x01\x01rest".to_vec(), "compiled-code", "the host compiles"),
        (rogues::component(Rogue::BreaksOff), "malformed-component", "not whole"),
    ];
    for (bytes, code, words) in cases {
        let refused = refused(&bytes);
        assert_eq!(refused.code(), code);
        assert!(refused.to_string().contains(words), "{refused}");
        assert_eq!(refused.whose(), Whose::Plugin);
    }
}

#[test]
fn what_is_too_large_is_refused_before_it_is_compiled() {
    assert_eq!(refused(&rogues::component(Rogue::TooLarge)).code(), "component-too-large");
    let huge = refused(&rogues::component(Rogue::HugeFunction));
    assert!(matches!(huge, Refused::TooMuchCode { what: "bytes in one function", .. }), "{huge}");
}

#[test]
fn an_import_that_the_host_does_not_give_is_refused_by_name() {
    let refused = refused(&rogues::component(Rogue::ImportsWasi));
    let Refused::ForbiddenImport { name, way_out } = &refused else { panic!("{refused}") };
    assert_eq!(name, "wasi:clocks/monotonic-clock@0.2.0");
    assert!(way_out.contains("wasm32-unknown-unknown"));
}

#[test]
fn a_component_of_no_known_contract_is_refused() {
    // The smallest component: nothing in it.
    let refused = refused(b"\0asm\x0d\0\x01\0");
    assert!(matches!(&refused, Refused::UnknownContract { found } if found.is_empty()), "{refused}");
}

#[test]
fn a_component_with_a_core_module_that_is_invalid_is_unfit() {
    // A second core module whose one function lacks its end.
    let mut component = rogues::HONEST.to_vec();
    let module = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x02\x01\0\x0a\x04\x01\x02\0\x01";
    component.extend([1, u8::try_from(module.len()).unwrap()]);
    component.extend_from_slice(module);
    assert_eq!(refused(&component).code(), "unfit-component");
}

#[test]
fn every_broken_off_component_is_refused_and_nothing_panics() {
    for length in (0..rogues::HONEST_READER.len()).step_by(61) {
        let refused = refused(&rogues::HONEST_READER[..length]);
        assert_eq!(refused.whose(), Whose::Plugin, "{refused}");
    }
}

#[test]
fn an_admitted_component_says_what_it_is() {
    let (plugin, runs) = SHARED.admit_here(rogues::HONEST).unwrap();
    assert_eq!(plugin.kinds(), [PluginKind::Rubric]);
    assert_eq!(plugin.contract(), "1.0.0");
    assert_eq!(plugin.descriptions().rubric.as_ref().unwrap().id, "fire-safety");
    assert_eq!(runs.len(), 1);
    assert_eq!(SHARED.plugin(plugin.digest()).unwrap().digest(), plugin.digest());
}

#[test]
fn the_kinds_of_things_that_are_no_components_are_distinct() {
    let of = |bytes: &[u8]| match refused(bytes) {
        Refused::NotAComponent(what) => what,
        other => panic!("{other}"),
    };
    assert_eq!(of(b""), NotAComponent::Empty);
    assert_eq!(of(b"BZh9"), NotAComponent::Archive("a bzip2 file"));
    assert_eq!(of(";; a comment\n(module)".as_bytes()), NotAComponent::Text);
    assert_eq!(of("{\"json\": true}".as_bytes()), NotAComponent::Nonsense);
    let _ = setup::limits();
}
