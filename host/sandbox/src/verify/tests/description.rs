//! Descriptions that contradict themselves.

use domain::points::Points;
use domain::rubric::{CriterionKind, Description, VetoEffect};

use super::fixture::{day, description, points, range};

fn lie(bend: impl FnOnce(&mut Description)) -> String {
    let mut bent = description();
    bend(&mut bent);
    crate::verify::description(&bent).map(|()| "no lie".to_owned()).unwrap_or_else(|lie| lie.to_string())
}

#[test]
fn a_description_that_holds_is_taken() {
    assert_eq!(lie(|_| ()), "no lie");
}

#[test]
fn identifiers_and_versions_have_their_shape() {
    assert!(lie(|d| d.id = "Fire Safety".to_owned()).contains("the plugin's id"));
    assert!(lie(|d| d.version = "1.2".to_owned()).contains("semantic version"));
    assert!(lie(|d| d.version = "01.2.3".to_owned()).contains("semantic version"));
    assert_eq!(lie(|d| d.version = "1.2.3-draft.1+build.7".to_owned()), "no lie");
    assert!(lie(|d| d.criteria[1].id = "Rooms".to_owned()).contains("identifier"));
    assert!(lie(|d| d.checks[0].code = "noDrill".to_owned()).contains("kebab-case"));
}

#[test]
fn identifiers_stand_once() {
    assert!(lie(|d| d.criteria[2].id = "rooms".to_owned()).contains("stands twice"));
    assert!(lie(|d| d.vetoes[0].id = "bounds".to_owned()).contains("stands twice"));
    assert!(lie(|d| d.grades[1].id = "a".to_owned()).contains("stands twice"));
    assert!(lie(|d| d.checks.push(d.checks[0].clone())).contains("stands twice"));
    assert!(lie(|d| d.measures.push(d.measures[0].clone())).contains("stands twice"));
}

#[test]
fn the_tree_is_closed_and_parents_come_first() {
    assert!(lie(|d| d.criteria[1].parent = Some("nowhere".to_owned())).contains("parent"));
    assert!(lie(|d| d.criteria[2].parent = Some("rooms".to_owned())).contains("parent"));
    assert!(lie(|d| d.criteria.swap(0, 1)).contains("parent"));
    assert!(lie(|d| d.criteria.truncate(1)).contains("gives points"));
}

#[test]
fn ranges_are_in_order_whole_and_of_the_kinds_sign() {
    assert!(lie(|d| d.criteria[1].ranges.clear()).contains("no range"));
    assert!(lie(|d| d.criteria[1].ranges = vec![range("2020-01-01", 40, 0)]).contains("reversed"));
    assert!(lie(|d| d.criteria[1].ranges.push(range("2019-01-01", 0, 40))).contains("ascending"));
    assert!(lie(|d| d.criteria[1].ranges[0].most = Points::from_thousandths(39_900)).contains("multiple"));
    assert!(lie(|d| d.criteria[4].ranges[0].least = points(-1)).contains("kind"));
    assert!(lie(|d| d.criteria[5].ranges[0].most = points(1)).contains("kind"));
    assert!(lie(|d| d.criteria[6].ranges[0].most = points(1)).contains("kind"));
}

#[test]
fn a_group_holds_what_its_children_may_give_on_every_day() {
    assert!(lie(|d| d.criteria[0].ranges = vec![range("2020-01-01", 0, 79)]).contains("its children may give 0 to 80"));
    let later = lie(|d| d.criteria[1].ranges.push(range("2026-01-01", 0, 60)));
    assert!(later.contains("from 2026-01-01 on"), "{later}");
    assert_eq!(lie(|d| d.criteria[0].ranges.clear()), "no lie");
}

#[test]
fn discretion_is_of_criteria_and_not_reversed() {
    assert!(lie(|d| d.criteria[0].judged = d.criteria[1].judged.clone()).contains("group is not judged"));
    assert!(lie(|d| d.criteria[1].judged.as_mut().unwrap().least = points(11)).contains("reversed"));
}

#[test]
fn caps_bound_groups_and_can_be_reached() {
    assert!(lie(|d| d.caps[0].criterion = Some("rooms".to_owned())).contains("not a group"));
    assert!(lie(|d| d.caps[0].most = None).contains("neither"));
    assert!(lie(|d| d.caps[0].most = Some(points(81))).contains("no sum ever reaches 81"));
    assert!(lie(|d| d.caps[1].least = Some(points(91))).contains("reversed"));
}

#[test]
fn vetoes_do_something_that_is_declared() {
    assert!(lie(|d| d.vetoes[3].effect = VetoEffect::Grade("z".to_owned())).contains("not declared"));
    assert!(lie(|d| d.vetoes[2].effect = VetoEffect::Downgrade(0)).contains("nothing"));
    assert!(lie(|d| d.vetoes[1].effect = VetoEffect::AtMost(Points::from_thousandths(1))).contains("multiple"));
}

#[test]
fn grades_descend_and_there_is_one() {
    assert!(lie(|d| d.grades.swap(0, 1)).contains("descending"));
    assert!(lie(|d| d.grades.clear()).contains("at least one"));
}

#[test]
fn checks_have_severities_in_order() {
    assert!(lie(|d| d.checks[0].severities.clear()).contains("no severity"));
    let earlier = lie(|d| {
        let mut severity = d.checks[0].severities[0];
        severity.since = day("2019-01-01");
        d.checks[0].severities.push(severity);
    });
    assert!(earlier.contains("ascending"));
}

#[test]
fn the_scale_the_measures_and_the_form_are_sane() {
    assert!(lie(|d| d.smallest_unit = points(0)).contains("smallest unit"));
    assert!(lie(|d| d.full_marks = Points::from_thousandths(100_100)).contains("full marks"));
    assert!(lie(|d| d.measures[0].scale = 10).contains("places"));
    assert!(lie(|d| d.earlier_periods = 6).contains("earlier periods"));
    assert!(lie(|d| d.form = "{".to_owned()).contains("not JSON"));
    assert!(lie(|d| d.form = "[]".to_owned()).contains("not an object"));
    assert!(lie(|d| d.form = r#"{"$ref": "https://example.org"}"#.to_owned()).contains("outside itself"));
    assert!(lie(|d| d.form = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000))).contains("not JSON"));
}

#[test]
fn a_rubric_of_only_groups_gives_no_points() {
    let groups = lie(|d| d.criteria.iter_mut().for_each(|criterion| criterion.kind = CriterionKind::Group));
    assert!(groups.contains("gives points"));
}
