//! Federations and their registers.

use domain::federation::Federation;
use operations::OperationError;

use crate::house::{House, attribute, day, station};

#[tokio::test]
async fn a_federation_is_enrolled_once() {
    let house = House::open().await;
    house.federation("f1").await;
    let again = Federation { code: "f1".parse().expect("a code"), name: "再来一次".to_owned() };
    let refused = house.office.enrol_federation(&house.operator, again).await;
    assert!(matches!(refused, Err(OperationError::AlreadyThere(_))), "{refused:?}");
    let names = house.office.federations(&house.operator).await.expect("them");
    assert_eq!(names.len(), 1);
}

#[tokio::test]
async fn a_register_with_mistakes_is_refused_as_a_whole_with_every_place() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let code = |code: &str| Some(code.parse().expect("a code"));
    let mut circle = [station("a"), station("b")];
    circle[0].parent = code("b");
    circle[1].parent = code("a");
    let mut orphan = station("c");
    orphan.parent = code("nobody");
    let mut reversed = station("d");
    reversed.valid_to = Some(day("1999-01-01"));
    let mut twice = station("e");
    twice.attributes = vec![attribute("size", "大"), attribute("size", "小")];
    let mut nameless = station("a");
    nameless.name = " ".to_owned();
    let [first, second] = circle;
    let refused = province.register(vec![first, second, orphan, reversed, twice, nameless]).await;
    let Err(OperationError::Invalid(problems)) = refused else { panic!("accepted") };
    let mut found: Vec<(&str, &str)> =
        problems.iter().map(|problem| (problem.pointer.as_str(), problem.code)).collect();
    found.sort_unstable();
    // The last unit takes the place of the first, so that only one half of the circle is left to be noticed there.
    assert!(found.contains(&("/2/parent", "unknown-unit")), "{found:?}");
    assert!(found.contains(&("/3/valid_to", "ends-before-it-begins")), "{found:?}");
    assert!(found.contains(&("/4/attributes/1", "repeated")), "{found:?}");
    assert!(found.contains(&("/5/code", "repeated")) && found.contains(&("/5/name", "empty")), "{found:?}");
    assert_eq!(house.office.units(&province.admin, &province.code).await.expect("them"), []);
}

#[tokio::test]
async fn units_that_stand_above_each_other_are_refused() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let mut above = station("a");
    above.parent = Some("b".parse().expect("a code"));
    province.register(vec![station("b")]).await.expect("one");
    province.register(vec![above]).await.expect("one below");
    let mut below_itself = station("b");
    below_itself.parent = Some("a".parse().expect("a code"));
    let Err(OperationError::Invalid(problems)) = province.register(vec![below_itself]).await else {
        panic!("accepted")
    };
    assert_eq!((problems[0].pointer.as_str(), problems[0].code), ("/0/parent", "circle"));
}
