//! Who speaks, and of whom: T16, T17, T19, T31, T35.

use std::collections::BTreeSet;

use huizong_sdk::{Check, Comparison, Finding, Place, Relation, Severity, Text, Unit, label, place};

use crate::case::Case;
use crate::lexicon::{Mark, Role};

/// T16: the text does not name the institution.
pub const ORGANISATION_NOT_NAMED: Check = Check::new(
    "organisation-not-named",
    label("全文没有机构名称", "The institution is not named"),
    label(
        "报送机构以登录身份为准；正文须写明机构全称，不能只写“我行”。",
        "The login tells who submits; the text has to name the institution, not only \"our bank\".",
    ),
    Severity::Error,
);

/// T16: the text names another institution than the one that submits.
pub const ORGANISATION_IS_ANOTHER: Check = Check::new(
    "organisation-is-another",
    label("文中机构与报送机构不符", "The text names another institution"),
    label(
        "文中机构名称不是登录机构的登记名称或简称。请确认没有误报；如为新简称，请向上级登记。",
        "The name is neither the registered name nor a registered short name. Make sure that it is your own report, or have the name registered.",
    ),
    Severity::Error,
);

/// T17: the institution is only named inside titles.
pub const ORGANISATION_ONLY_IN_TITLES: Check = Check::new(
    "organisation-only-in-titles",
    label("机构名称只在制度标题中出现", "The institution is only named in titles"),
    label(
        "正文只称“我行”，机构名称仅见于制度标题。请在标题或首段写明机构全称。",
        "The text says \"our bank\"; only titles of policies name it. Name it in the title or at the beginning.",
    ),
    Severity::Info,
);

/// T17: a name that nobody registered.
pub const ORGANISATION_ALIAS_UNKNOWN: Check = Check::new(
    "organisation-alias-unknown",
    label("使用了未登记的机构简称", "An unregistered name is used"),
    label(
        "文中对本机构的简称不在登记的别名之内。请改用登记名称，或向上级登记别名。",
        "The name is not among the registered ones. Use a registered one, or have it registered.",
    ),
    Severity::Info,
);

/// T19: it reads like a branch of a larger bank.
pub const SUBMITTER_KIND_DOUBTFUL: Check = Check::new(
    "submitter-kind-doubtful",
    label("报送主体类型存疑", "The submitter reads like a branch"),
    label(
        "文中出现“总行、我行”“分、支行”等分支机构用语，与法人机构不符。请确认没有误用他行材料。",
        "The text speaks as a branch speaks of its head office. Make sure that it is not another bank's.",
    ),
    Severity::Warning,
);

/// T31: a body under a name that it no longer has.
pub const BODY_NAME_OUTDATED: Check = Check::new(
    "body-name-outdated",
    label("使用了已停用的机构或制度名称", "A body is called by a name that it no longer has"),
    label(
        "请改用报告期内的名称；如确指当时，请说明。",
        "Use the name of the period, or say that the former time is meant.",
    ),
    Severity::Warning,
);

/// T35: "our department", but which?
pub const AUTHOR_DEPARTMENT_UNSTATED: Check = Check::new(
    "author-department-unstated",
    label("“我部”所指不明", "Which department \"our department\" is, is not said"),
    label("请在封面填写联系部门，或在正文写明部门名称。", "Fill in the contact department, or name the department."),
    Severity::Info,
);

/// A name as it is compared: without the legal form, which papers leave out at will.
fn plain(name: &str) -> &str {
    let name = name.trim();
    ["股份有限公司", "有限责任公司", "有限公司"].iter().find_map(|form| name.strip_suffix(form)).unwrap_or(name)
}

fn is_called(unit: &Unit, name: &str) -> bool {
    let name = plain(name);
    plain(&unit.name) == name || unit.aliases.iter().any(|alias| plain(alias) == name)
}

/// `我行`, `本行`, `我区联社`: how one speaks of oneself, not a name.
fn is_pronoun(name: &str) -> bool {
    name.starts_with(['我', '本'])
}

/// Where the institution is named although the cover does not name it.
fn named_in_titles(case: &Case<'_>) -> Option<Place> {
    let names: Vec<_> = std::iter::once(&case.unit.name).chain(&case.unit.aliases).map(|name| plain(name)).collect();
    let names_it = |text: &str| names.iter().any(|name| !name.is_empty() && text.contains(name));
    let answers = case.answers;
    let policy = answers.policy_document.iter().position(|policy| policy.title.is_some_and(names_it));
    let body = || answers.governance_body.iter().position(|body| body.name.is_some_and(names_it));
    let passage = || case.texts.passages.iter().find(|passage| names_it(passage.text));
    policy
        .map(|index| place("policy_document").item(index).field("title"))
        .or_else(|| body().map(|index| place("governance_body").item(index).field("name")))
        .or_else(|| passage().map(|passage| passage.origin.place()))
}

pub(super) fn organisation_not_named(case: &Case<'_>, found: &mut Vec<Finding>) {
    if case.answers.submission.org_name_stated.is_none() && named_in_titles(case).is_none() {
        let message = Text::new(
            format!("全文没有出现“{}”或其登记的简称", case.unit.name),
            format!("Neither {} nor a registered short name stands anywhere", case.unit.name),
        );
        found.push(Finding::new(&ORGANISATION_NOT_NAMED, message, place("submission")));
    }
}

pub(super) fn organisation_is_another(case: &Case<'_>, found: &mut Vec<Finding>) {
    let Some(stated) = case.answers.submission.org_name_stated.filter(|name| !is_pronoun(name)) else { return };
    if is_called(case.unit, stated) {
        return;
    }
    let name = case.unit.name.as_str();
    let message = Text::new(
        format!("文中机构为“{stated}”，报送机构为“{name}”"),
        format!("The text names {stated}, but {name} submits"),
    );
    let comparison = Comparison::new("机构名称", stated, Relation::Equal, name);
    let at = place("submission").field("org_name_stated");
    found.push(Finding::new(&ORGANISATION_IS_ANOTHER, message, at).comparing(comparison));
}

pub(super) fn organisation_only_in_titles(case: &Case<'_>, found: &mut Vec<Finding>) {
    if case.answers.submission.org_name_stated.is_some() {
        return;
    }
    if let Some(at) = named_in_titles(case) {
        let message = Text::new("封面和首段没有机构名称，仅在标题中出现", "Only a title names the institution");
        found.push(Finding::new(&ORGANISATION_ONLY_IN_TITLES, message, at));
    }
}

pub(super) fn organisation_alias_unknown(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (index, alias) in case.answers.org_aliases.iter().enumerate() {
        if is_pronoun(alias) || is_called(case.unit, alias) {
            continue;
        }
        let message = Text::new(format!("“{alias}”不是登记的名称"), format!("{alias} is no registered name"));
        found.push(Finding::new(&ORGANISATION_ALIAS_UNKNOWN, message, place("org_aliases").item(index)));
    }
}

/// Words in a unit's kind that make it a branch, whose head office is another.
const BRANCH_KINDS: [&str; 5] = ["支行", "分行", "网点", "branch", "outlet"];

pub(super) fn submitter_kind_doubtful(case: &Case<'_>, found: &mut Vec<Finding>) {
    if BRANCH_KINDS.iter().any(|kind| case.unit.kind.contains(kind)) {
        return;
    }
    let marks: Vec<_> = case.texts.marks.iter().filter(|mark| matches!(mark.term.role, Role::Branch)).collect();
    let words: BTreeSet<_> = marks.iter().map(|mark| mark.term.text).collect();
    let words: Vec<_> = words.into_iter().collect();
    let message = Text::new(
        format!("出现分支机构用语：{}", words.join("、")),
        format!("Words of a branch: {}", words.join(", ")),
    );
    found.extend(at_marks(case, &SUBMITTER_KIND_DOUBTFUL, message, &marks));
}

pub(super) fn body_name_outdated(case: &Case<'_>, found: &mut Vec<Finding>) {
    let mut told: Vec<&str> = Vec::new();
    for mark in &case.texts.marks {
        let Role::Former { now, until } = mark.term.role else { continue };
        // A title keeps the name of its time; a name that held throughout the period is no matter.
        if mark.in_title || until >= case.period.end || told.contains(&mark.term.text) {
            continue;
        }
        told.push(mark.term.text);
        let same = |other: &&Mark| std::ptr::eq(other.term, mark.term) && !other.in_title;
        let marks: Vec<_> = case.texts.marks.iter().filter(same).collect();
        let name = mark.term.text;
        let message = Text::new(
            format!("“{name}”用到{until}为止，现为{now}"),
            format!("{name} was in use until {until}; it is {now} now"),
        );
        let comparison = Comparison::new("名称停用日", until, Relation::AtLeast, case.period.end);
        let finding = at_marks(case, &BODY_NAME_OUTDATED, message, &marks);
        found.extend(finding.map(|finding| finding.comparing(comparison)));
    }
}

pub(super) fn author_department_unstated(case: &Case<'_>, found: &mut Vec<Finding>) {
    if case.answers.submission.contact_department.is_some() {
        return;
    }
    let is_department = |mark: &&Mark| {
        let behind = case.texts.behind_mark(mark);
        // 我部分网点 is "some of our outlets".
        matches!(mark.term.role, Role::OurDepartment) && !behind.starts_with(['分', '门', '署', '队'])
    };
    let marks: Vec<_> = case.texts.marks.iter().filter(is_department).collect();
    let message = Text::new("正文称“我部”，没有说明是哪个部门", "The text says \"our department\", but not which");
    found.extend(at_marks(case, &AUTHOR_DEPARTMENT_UNSTATED, message, &marks));
}

/// A finding at all passages that hold a mark, each once; none where there is no mark.
pub(super) fn at_marks(case: &Case<'_>, check: &Check, message: Text, marks: &[&Mark]) -> Option<Finding> {
    let mut passages: Vec<_> = marks.iter().map(|mark| mark.passage).collect();
    passages.dedup();
    let mut places = passages.into_iter().map(|passage| case.texts.place(passage));
    let finding = Finding::new(check, message, places.next()?);
    Some(places.fold(finding, Finding::and_at))
}
