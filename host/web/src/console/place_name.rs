//! What people call a place in the answers: the names of the form on the way there, with the numbers of items.

use domain::form_outline::{FormField, FormOutline};
use domain::text::Language;

/// The name of a place; its pointer where the form does not know it.
pub(crate) fn place_name(outline: &FormOutline, at: &str, language: Language) -> String {
    let mut names: Vec<String> = Vec::new();
    let mut general = String::new();
    for part in at.split('/').skip(1) {
        let (named, listed) = (format!("{general}/{part}"), format!("{general}/*"));
        if let Some(field) = field(outline, &named) {
            names.push(label_of(field, part, language));
            general = named;
        } else if field(outline, &listed).is_some() {
            let number = part.parse::<usize>().map_or_else(|_| part.to_owned(), |index| (index + 1).to_string());
            match names.last_mut() {
                Some(last) => last.push_str(&format!(" {number}")),
                None => names.push(number),
            }
            general = listed;
        } else {
            return at.to_owned();
        }
    }
    names.join(if language == Language::Chinese { "·" } else { " · " })
}

fn field<'o>(outline: &'o FormOutline, at: &str) -> Option<&'o FormField> {
    outline.fields.iter().find(|field| field.at == at)
}

fn label_of(field: &FormField, part: &str, language: Language) -> String {
    match field.label.in_language(language) {
        "" => part.to_owned(),
        label => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_place_is_called_as_the_form_calls_it() {
        let form = json!({ "properties": {
            "drill": { "title": "演练", "x-title-en": "Drill", "type": "array", "items": { "type": "object", "properties": { "on": { "title": "日期", "x-title-en": "Day", "type": "string" } } } },
        } });
        let outline = FormOutline::of(&form.to_string());
        assert_eq!(place_name(&outline, "/drill/1/on", Language::Chinese), "演练 2·日期");
        assert_eq!(place_name(&outline, "/drill/1/on", Language::English), "Drill 2 · Day");
        assert_eq!(place_name(&outline, "/drill/1/off", Language::English), "/drill/1/off");
    }
}
