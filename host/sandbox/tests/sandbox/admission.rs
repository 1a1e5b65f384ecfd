//! What is not let in, and what is said to whoever brings it.

use domain::limits::{
    BUILD_PRODUCERS_MAX, BUILD_TEXT_CHARS_MAX, COMPONENT_COMPONENTS_MAX, COMPONENT_CUSTOM_BYTES_MAX,
    COMPONENT_DEPTH_MAX, COMPONENT_GLOBALS_MAX, COMPONENT_INSTANCES_MAX, COMPONENT_MEMORIES_MAX, COMPONENT_MODULES_MAX,
    COMPONENT_NAMES_MAX, COMPONENT_SECTIONS_MAX, COMPONENT_TABLES_MAX, COMPONENT_TYPES_MAX,
};
use domain::release::PluginKind;
use rogues::Rogue;
use sandbox::{NotAComponent, Part, Refused, Source, WayOut, Whose};

use crate::setup::SHARED;

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
        (b"\x28\xb5\x2f\xfdrest".to_vec(), "archive", "Zstandard"),
        ([vec![b'n'; 257], b"ustar".to_vec(), vec![0; 250]].concat(), "archive", "tar"),
        (b"{\"answers\": {}}".to_vec(), "json-text", "JSON"),
        (b"// A rubric.\nexport const rubric = {};".to_vec(), "javascript-source", "componentize-qjs"),
        (b"from wit_world import exports\n".to_vec(), "python-source", "componentize-py"),
        (b"package huizong:plugin@1.0.0;\n".to_vec(), "plain-text", "binary"),
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
    assert!(matches!(huge, Refused::TooMuch { part: Part::FunctionBytes, .. }), "{huge}");
}

#[test]
fn what_there_is_too_much_of_is_counted_before_it_is_parsed() {
    const EMPTY: &[u8] = b"\0asm\x0d\0\x01\0";
    // What each count takes in a core module: a section's number, and the bytes of one entry.
    let counted = |section: u8, entries: usize, entry: &[u8]| {
        rogues::with_module(rogues::HONEST, &rogues::module_of(section, entries, entry))
    };
    // A number that no section could hold: it is refused where it is announced, not where its entries break off.
    let announced = |section: u8, announced: &[u8]| {
        let module = [b"\0asm\x01\0\0\0".as_slice(), &[section, u8::try_from(announced.len()).unwrap()], announced];
        rogues::with_module(rogues::HONEST, &module.concat())
    };
    let many = |part: &[u8], times: usize| [EMPTY.to_vec(), part.repeat(times)].concat();
    let cases = [
        (Part::Types, counted(1, COMPONENT_TYPES_MAX, &[0x60, 0, 0])),
        (Part::Types, announced(1, &[0xff, 0xff, 0xff, 0xff, 0x0f])),
        (Part::Functions, announced(3, &[0xff, 0xff, 0xff, 0xff, 0x0f])),
        (Part::Tables, counted(4, COMPONENT_TABLES_MAX as usize + 1, &[0x70, 0, 0])),
        (Part::TableElements, announced(4, &[1, 0x70, 0, 0xff, 0xff, 0xff, 0x0f])),
        (Part::Memories, counted(5, COMPONENT_MEMORIES_MAX as usize + 1, &[0, 0])),
        (Part::Globals, counted(6, COMPONENT_GLOBALS_MAX + 1, &[0x7f, 0, 0x41, 0, 0x0b])),
        (Part::CustomBytes, rogues::with_custom_section(rogues::HONEST, "notes", &vec![0; COMPONENT_CUSTOM_BYTES_MAX])),
        (Part::Sections, many(&[7, 1, 0], COMPONENT_SECTIONS_MAX + 1)),
        (Part::Modules, many(b"\x01\x08\0asm\x01\0\0\0", COMPONENT_MODULES_MAX + 1)),
        (Part::Components, many(b"\x04\x08\0asm\x0d\0\x01\0", COMPONENT_COMPONENTS_MAX + 1)),
        (Part::Instances, many(&[5, 4, 1, 1, 0, 0], COMPONENT_INSTANCES_MAX + 1)),
        (Part::Levels, rogues::nested(COMPONENT_DEPTH_MAX + 1)),
        (Part::Imports, many(&[10, 6, 1, 0, 1, b'a', 1, 0], COMPONENT_NAMES_MAX + 1)),
        (Part::Exports, many(&[11, 7, 1, 0, 1, b'a', 1, 0, 0], COMPONENT_NAMES_MAX + 1)),
    ];
    for (expected, bytes) in cases {
        let refused = refused(&bytes);
        let Refused::TooMuch { part, found, max } = refused else { panic!("{expected:?}: {refused}") };
        assert_eq!(part, expected, "{refused}");
        assert!(found > max);
        assert_eq!(refused.code(), "too-much-code");
    }
}

#[test]
fn a_component_of_another_version_is_told_which_versions_are_spoken() {
    let refused = refused(&rogues::component(Rogue::LaterContract));
    assert_eq!(refused, Refused::OtherContract { found: vec!["2.0.0".to_owned()] });
    assert_eq!(refused.code(), "contract-version");
    assert!(refused.to_string().contains("this host speaks 1.0.0"), "{refused}");
}

#[test]
fn what_a_component_carries_about_its_build_is_cleaned_and_bounded() {
    let (plain, _) = SHARED.admit_here(rogues::HONEST_READER).unwrap();
    let made_with = plain.build().unwrap();
    assert!(made_with.producers.iter().any(|made| made.name == "wit-component"), "{made_with:?}");
    assert_eq!((&made_with.version, &made_with.revision), (&None, &None));

    let mut component = rogues::HONEST_READER.to_vec();
    let long = "细".repeat(100_000);
    for (name, data) in [
        ("version", "1.4.0\n"),
        ("revision", "0123abcd"),
        ("source", "https://example.org/\u{1b}[2Jrubrics\u{202e}gpj"),
        ("licenses", "\u{7}  "),
        ("authors", &long),
        ("description", "读数字\u{0}的插件"),
        ("producers", "\u{ff}"),
    ] {
        component = rogues::with_custom_section(&component, name, data.as_bytes());
    }
    let (plugin, _) = SHARED.admit_here(&component).unwrap();
    let build = plugin.build().unwrap();
    assert_eq!(build.version.as_deref(), Some("1.4.0"));
    assert_eq!(build.revision.as_deref(), Some("0123abcd"));
    assert_eq!(build.source.as_deref(), Some("https://example.org/ [2Jrubricsgpj"));
    assert_eq!(build.licenses, None);
    assert_eq!(build.authors.as_ref().map(|authors| authors.chars().count()), Some(BUILD_TEXT_CHARS_MAX + 1));
    assert_eq!(build.description.as_deref(), Some("读数字 的插件"));
    assert_eq!(build.producers, made_with.producers);
}

#[test]
fn producers_are_counted_off() {
    // One field of a thousand tools, called 100, 101 and so on.
    let mut data = vec![1, 3];
    data.extend(b"sdk");
    data.extend([0xe8, 0x07]);
    for tool in 0..1_000 {
        data.push(4);
        data.extend(format!("{tool:04}").as_bytes());
        data.push(0);
    }
    let component = rogues::with_custom_section(rogues::HONEST_READER, "producers", &data);
    let (plugin, _) = SHARED.admit_here(&component).unwrap();
    assert_eq!(plugin.build().unwrap().producers.len(), BUILD_PRODUCERS_MAX);
}

#[test]
fn an_import_that_the_host_does_not_give_is_refused_by_name() {
    let refused = refused(&rogues::component(Rogue::ImportsWasi));
    let Refused::ForbiddenImport { name, way_out } = &refused else { panic!("{refused}") };
    assert_eq!(name, "wasi:clocks/monotonic-clock@0.2.0");
    assert_eq!(*way_out, WayOut::WithoutWasi);
    assert!(refused.to_string().contains("wasm32-unknown-unknown"));
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
    assert_eq!(of(b"BZh9"), NotAComponent::Archive("bzip2"));
    assert_eq!(of(";; a comment\n(module)".as_bytes()), NotAComponent::Text);
    assert_eq!(of("{\"json\": true}".as_bytes()), NotAComponent::Source(Source::Json));
    assert_eq!(of(b"\xfe\xff"), NotAComponent::Nonsense);
}
