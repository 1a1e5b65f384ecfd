//! Descriptions that contradict themselves.

use domain::points::Points;
use domain::rubric::{CriterionKind, Description, VetoEffect};
use domain::text::Text;

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
    assert!(lie(|d| d.criteria[0].ranges = vec![range("2020-01-01", 0, 81)]).contains("its children may give 0 to 80"));
    assert!(
        lie(|d| d.criteria[0].ranges = vec![range("2020-01-01", -1, 80)]).contains("its children may give 0 to 80")
    );
    let later = lie(|d| d.criteria[1].ranges.push(range("2026-01-01", 0, 60)));
    assert!(later.contains("from 2026-01-01 on"), "{later}");
    assert_eq!(lie(|d| d.criteria[0].ranges.clear()), "no lie");
}

#[test]
fn full_marks_can_be_reached_on_every_day_from_which_weights_change() {
    assert!(lie(|d| d.full_marks = points(106)).contains("full marks of 106 cannot be reached from 2020-01-01 on"));
    assert_eq!(lie(|d| d.full_marks = points(105)), "no lie");
    let later = lie(|d| {
        d.criteria[3].ranges.push(range("2026-01-01", 0, 10));
        d.criteria[4].ranges.push(range("2026-01-01", 0, 4));
    });
    assert!(later.contains("cannot be reached from 2026-01-01 on: all criteria give 94"), "{later}");
}

#[test]
fn whatever_people_read_is_there_in_chinese_short_and_without_control_characters() {
    let bend: [fn(&mut Description) -> &mut Text; 12] = [
        |d| &mut d.title,
        |d| &mut d.summary,
        |d| &mut d.criteria[1].label,
        |d| &mut d.criteria[1].guidance,
        |d| &mut d.criteria[1].judged.as_mut().unwrap().guidance,
        |d| &mut d.caps[0].label,
        |d| &mut d.vetoes[0].label,
        |d| &mut d.grades[0].label,
        |d| &mut d.checks[0].title,
        |d| &mut d.checks[0].help,
        |d| &mut d.measures[0].label,
        |d| d.basis[0].note.as_mut().unwrap(),
    ];
    for (number, place) in bend.into_iter().enumerate() {
        let said = lie(|d| *place(d) = Text { zh: " ".to_owned(), en: "only English".to_owned() });
        assert!(said.contains("no Chinese text"), "{number}: {said}");
        let said = lie(|d| place(d).zh = "细".repeat(4_001));
        assert!(said.contains("characters"), "{number}: {said}");
        let said = lie(|d| place(d).en = "a\u{1b}[2Jb".to_owned());
        assert!(said.contains("control characters"), "{number}: {said}");
    }
    assert!(lie(|d| d.title.zh = "两\n行".to_owned()).contains("more than one line"));
    assert!(lie(|d| d.basis[0].title.clear()).contains("the basis number 0: its title has no Chinese text"));
    assert!(lie(|d| d.basis = vec![d.basis[0].clone(); 101]).contains("more than 100"));
}

#[test]
fn discretion_is_of_criteria_and_not_reversed() {
    assert!(lie(|d| d.criteria[0].judged = d.criteria[1].judged.clone()).contains("group is not judged"));
    assert!(lie(|d| d.criteria[1].judged.as_mut().unwrap().least = points(11)).contains("reversed"));
    assert!(lie(|d| d.criteria[1].judged.as_mut().unwrap().most = points(41)).contains("within none of its ranges"));
    assert!(lie(|d| d.criteria[1].judged.as_mut().unwrap().least = points(-1)).contains("within none of its ranges"));
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
    assert!(lie(|d| d.vetoes[1].effect = VetoEffect::AtMost(points(105))).contains("changes nothing"));
    assert!(lie(|d| d.vetoes[1].effect = VetoEffect::AtMost(points(-31))).contains("changes nothing"));
    assert!(lie(|d| d.vetoes[3].effect = VetoEffect::Grade("a".to_owned())).contains("changes nothing"));
    assert!(lie(|d| d.vetoes[2].effect = VetoEffect::Downgrade(3)).contains("no more than that"));
}

#[test]
fn grades_descend_and_there_is_one() {
    assert!(lie(|d| d.grades.swap(0, 1)).contains("descending"));
    assert!(lie(|d| d.grades.clear()).contains("at least one"));
}

#[test]
fn grades_cover_the_scale_and_can_be_reached() {
    assert!(lie(|d| d.grades[0].at_least = points(106)).contains("the grade `a`: no total ever reaches 106"));
    assert!(lie(|d| d.grades[1].at_least = Points::from_thousandths(60_100)).contains("multiple"));
    assert!(lie(|d| d.grades[2].at_least = points(1)).contains("do not cover the scale"));
    assert_eq!(lie(|d| d.grades[2].at_least = points(-30)), "no lie");
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
    assert!(lie(|d| d.form = "{}".to_owned()).contains("does not ask for an object"));
    assert!(lie(|d| d.form = r#"{"type": "array"}"#.to_owned()).contains("does not ask for an object"));
    assert!(
        lie(|d| d.form = r#"{"type": "object", "$ref": "https://example.org"}"#.to_owned()).contains("outside itself")
    );
    assert!(lie(|d| d.form = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000))).contains("not JSON"));
}

#[test]
fn a_rubric_of_only_groups_gives_no_points() {
    let groups = lie(|d| d.criteria.iter_mut().for_each(|criterion| criterion.kind = CriterionKind::Group));
    assert!(groups.contains("gives points"));
}
