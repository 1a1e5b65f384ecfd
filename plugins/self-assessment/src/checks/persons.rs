//! Personal names: T27.

use huizong_sdk::{Check, Finding, Place, Severity, Text, label, place};

use super::mask;
use crate::case::Case;
use crate::lexicon::{Origin, Role};

/// T27: a person is named where nobody should be.
pub const PERSONAL_NAME_IN_TEXT: Check = Check::new(
    "personal-name-in-text",
    label("出现个人姓名", "A person is named"),
    label(
        "嘉宾和外部人员请只写职务；本机构人员姓名只填在“消保岗位人员”。汇总时姓名一律隐去。",
        "Give the roles of guests, not their names; names of your own staff belong in their table only. Roll-ups hide all names.",
    ),
    Severity::Info,
);

/// Common surnames that are hardly ever the beginning of another word.
const SURNAMES: &str =
    "王李张刘陈杨黄赵吴徐孙朱胡郭梁郑罗宋谢韩曹邓萧冯曾彭潘袁吕魏蒋杜沈姜傅钟汪戴崔廖姚邱谭邹熊孟秦阎薛侯邵龚尹";

pub(super) fn personal_name_in_text(case: &Case<'_>, found: &mut Vec<Finding>) {
    let mut places: Vec<Place> = Vec::new();
    let mut add = |at: Place| {
        if !places.contains(&at) {
            places.push(at);
        }
    };
    let names: Vec<&str> = mask::declared(case).into_iter().map(huizong_sdk::Name::revealed).collect();
    for passage in &case.texts.passages {
        if names.iter().any(|name| passage.text.contains(name)) {
            add(passage.origin.place());
        }
    }
    for mark in case.texts.marks.iter().filter(|mark| matches!(mark.term.role, Role::Address)) {
        let is_section = matches!(case.texts.passages[mark.passage].origin, Origin::Section(_));
        if is_section && ends_in_a_name(case.texts.before_mark(mark)) {
            add(case.texts.place(mark.passage));
        }
    }
    for (index, _) in case.answers.external_person.iter().enumerate().filter(|(_, guest)| guest.name.is_some()) {
        add(place("external_person").item(index).field("name"));
    }
    let count = places.len();
    let mut places = places.into_iter();
    if let Some(first) = places.next() {
        // The message says where, never who.
        let message = Text::new(
            format!("{count}处出现个人姓名，汇总时将隐去"),
            format!("Persons are named in {count} places; roll-ups will hide them"),
        );
        let finding = Finding::new(&PERSONAL_NAME_IN_TEXT, message, first);
        found.push(places.fold(finding, Finding::and_at));
    }
}

/// Whether a text ends in a full name: a surname and two more characters.
fn ends_in_a_name(text: &str) -> bool {
    text.chars().rev().nth(2).is_some_and(|surname| SURNAMES.contains(surname))
}
