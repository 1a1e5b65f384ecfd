//! Why a component is not admitted, in the words of the catalogue: what is wrong, and how to build one that is.

use documents::words::say;
use domain::release::PluginKind;
use domain::text::{Language, Text};
use sandbox::{CompileStop, NotAComponent, Refused, WayOut};

use crate::form::FormRefused;

/// The sentence about a component.
pub(crate) fn of_component(refused: &Refused) -> Text {
    let plain = |key: &str, arguments: &[(&'static str, &str)]| {
        in_both(key, |_| arguments.iter().map(|(name, value)| (*name, (*value).to_owned())).collect())
    };
    let key = match refused {
        Refused::Fault(_) => "refused-fault".to_owned(),
        other => format!("refused-{}", other.code()),
    };
    match refused {
        Refused::NotAComponent(NotAComponent::Archive(format)) => plain(&key, &[("format", format)]),
        Refused::NotAComponent(NotAComponent::Malformed(reason)) => plain(&key, &[("reason", reason)]),
        Refused::NotAComponent(_) => plain(&key, &[]),
        Refused::TooLarge { bytes, max } => plain(&key, &[("bytes", &bytes.to_string()), ("max", &max.to_string())]),
        Refused::TooMuch { part, found, max } => in_both(&key, |language| {
            let part = say(language, &format!("part-{}", part.code()), &[]);
            vec![("part", part), ("found", found.to_string()), ("max", max.to_string())]
        }),
        Refused::ForbiddenImport { name, way_out } => in_both(&key, |language| {
            let way_out = say(language, way_out_key(*way_out), &[]);
            vec![("name", name.clone()), ("way-out", way_out)]
        }),
        Refused::OtherContract { found } => {
            plain(&key, &[("found", &found.join(", ")), ("spoken", &sandbox::CONTRACT_VERSIONS.join(", "))])
        }
        Refused::UnknownContract { found } => in_both(&key, |language| {
            let none = say(language, "refused-exports-nothing", &[]);
            vec![("found", if found.is_empty() { none } else { sandbox::listed(found) })]
        }),
        Refused::Unfit { what } | Refused::BadDescription { what } => plain(&key, &[("reason", what)]),
        Refused::CompileLimit { stop } => in_both(&key, |language| vec![("stop", say(language, stop_key(*stop), &[]))]),
        Refused::NotConstant { kind } => in_both(&key, |language| vec![("kind", say(language, kind_key(*kind), &[]))]),
        Refused::Fault(fault) => plain(&key, &[("reason", &fault.to_string())]),
    }
}

/// The sentence about a form.
pub(crate) fn of_form(refused: &FormRefused) -> Text {
    let key = format!("refused-form-{}", refused.code());
    let arguments = refused.arguments();
    in_both(&key, |_| arguments.iter().map(|(name, value)| (*name, value.clone())).collect())
}

fn in_both(key: &str, arguments: impl Fn(Language) -> Vec<(&'static str, String)>) -> Text {
    let said = |language| {
        let arguments = arguments(language);
        let arguments: Vec<(&str, &str)> = arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
        say(language, key, &arguments)
    };
    Text { zh: said(Language::Chinese), en: said(Language::English) }
}

const fn way_out_key(way_out: WayOut) -> &'static str {
    match way_out {
        WayOut::WithoutWasi => "way-out-without-wasi",
        WayOut::OnlyTheLog => "way-out-only-the-log",
    }
}

const fn stop_key(stop: CompileStop) -> &'static str {
    match stop {
        CompileStop::Time => "compile-stop-time",
        CompileStop::Processor => "compile-stop-processor",
        CompileStop::Memory => "compile-stop-memory",
        CompileStop::Failure => "compile-stop-failure",
    }
}

const fn kind_key(kind: PluginKind) -> &'static str {
    match kind {
        PluginKind::Rubric => "plugin-kind-rubric",
        PluginKind::Report => "plugin-kind-report",
        PluginKind::Reader => "plugin-kind-reader",
    }
}

#[cfg(test)]
mod tests {
    use sandbox::{Part, Source};

    use super::*;

    fn every_refusal() -> Vec<Refused> {
        let text = |text: &str| text.to_owned();
        let not_a_component = [
            NotAComponent::Empty,
            NotAComponent::CoreModule,
            NotAComponent::Text,
            NotAComponent::Serialized,
            NotAComponent::Archive("ZIP"),
            NotAComponent::Source(Source::Json),
            NotAComponent::Source(Source::JavaScript),
            NotAComponent::Source(Source::Python),
            NotAComponent::Source(Source::Plain),
            NotAComponent::Malformed(text("unexpected end")),
            NotAComponent::Nonsense,
        ];
        let stops = [CompileStop::Time, CompileStop::Processor, CompileStop::Memory, CompileStop::Failure];
        let kinds = [PluginKind::Rubric, PluginKind::Report, PluginKind::Reader];
        let mut all: Vec<Refused> = not_a_component.into_iter().map(Refused::NotAComponent).collect();
        all.extend(Part::ALL.map(|part| Refused::TooMuch { part, found: 7, max: 6 }));
        all.extend(stops.map(|stop| Refused::CompileLimit { stop }));
        all.extend(kinds.map(|kind| Refused::NotConstant { kind }));
        all.extend([
            Refused::TooLarge { bytes: 7, max: 6 },
            Refused::ForbiddenImport { name: text("wasi:x"), way_out: WayOut::WithoutWasi },
            Refused::ForbiddenImport { name: text("x:y"), way_out: WayOut::OnlyTheLog },
            Refused::OtherContract { found: vec![text("2.0.0")] },
            Refused::UnknownContract { found: vec![] },
            Refused::UnknownContract { found: vec![text("a"), text("b")] },
            Refused::Unfit { what: text("a function differs") },
            Refused::BadDescription { what: text("no grade") },
        ]);
        all
    }

    #[test]
    fn every_refusal_has_a_sentence_in_both_languages() {
        let forms = [
            FormRefused::NotJson(serde_json::from_str::<u8>("x").expect_err("no number")),
            FormRefused::UnknownKeyword { keyword: "if".to_owned(), at: "/a".to_owned() },
            FormRefused::Misused { keyword: "type".to_owned(), at: "/a".to_owned() },
            FormRefused::ForeignReference { at: "/a".to_owned() },
            FormRefused::Circular { at: "/a".to_owned() },
            FormRefused::TooLarge,
            FormRefused::TooManyPatterns,
            FormRefused::PersonalField { at: "/a".to_owned() },
            FormRefused::Unlabelled { at: "/a".to_owned(), keyword: "title" },
            FormRefused::NotASchema("reason".to_owned()),
        ];
        let components = every_refusal().iter().map(of_component).collect::<Vec<_>>();
        for said in components.into_iter().chain(forms.iter().map(of_form)) {
            for sentence in [&said.zh, &said.en] {
                let is_a_key = ["refused-", "part-", "way-out-", "compile-stop-", "plugin-kind-"];
                assert!(!is_a_key.iter().any(|key| sentence.contains(key)), "{sentence}");
                assert!(!sentence.is_empty());
            }
            assert_ne!(said.zh, said.en);
        }
    }
}
