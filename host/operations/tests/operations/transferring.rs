//! Roll-ups go from level to level: exported by one federation, handed over to another, and composed there.

use documents::Format;
use domain::ids::RoundCode;
use domain::roll_up_export::RollUpExport;
use operations::{ImportView, NewImport, NewRound, OperationError};
use serde_json::json;

use crate::house::{House, Province, new_round, station, time};

/// A province that has rolled up: `good` handed in with so many drills, `late` was late, `absent` handed in nothing.
async fn rolled_up<'h>(house: &'h House, code: &str, drills: u32) -> (Province<'h>, RoundCode) {
    house.clock.set(time("2025-01-20T08:00:00Z"));
    let province = house.federation(code).await;
    province.register(["good", "late", "absent"].map(station).to_vec()).await.expect("registered");
    let round = province.round().await;
    province.clerk_of("good").await.hand_in(&round, &json!({ "drills": drills })).await;
    house.clock.set(time("2025-02-01T00:00:00Z"));
    province.clerk_of("late").await.hand_in(&round, &json!({ "drills": 1, "volunteers": 9 })).await;
    province.settle(&round).await;
    province.roll_up(&round).await;
    (province, round)
}

/// The federation above, in whose register the provinces are units, with an open round of the same rubric.
async fn nation(house: &House) -> (Province<'_>, RoundCode) {
    let nation = house.federation("nation").await;
    nation.register(["p1", "p2", "p3"].map(station).to_vec()).await.expect("registered");
    let (rubric, circular) = (nation.admit(rogues::HONEST).await, nation.admit(rogues::HONEST_CIRCULAR).await);
    let new = NewRound { reports: vec![circular], due_at: time("2025-02-10T00:00:00Z"), ..new_round("n2024", rubric) };
    let round = house.office.open_round(&nation.admin, &nation.code, new).await.expect("a round").code;
    (nation, round)
}

async fn export(province: &Province<'_>, round: &RoundCode) -> RollUpExport {
    let office = &province.house.office;
    office.export_roll_up(&province.admin, &province.code, round).await.expect("an export")
}

/// Hands an export over as a message, as it goes over the wire.
async fn hand_over(
    nation: &Province<'_>,
    round: &RoundCode,
    unit: &str,
    export: &RollUpExport,
) -> Result<ImportView, OperationError> {
    let office = &nation.house.office;
    let message = json!({ "export": export, "key": office.receipt_key() });
    let new: NewImport = serde_json::from_value(message).expect("the message of an export");
    office.import_roll_up(&nation.admin, &nation.code, round, &unit.parse().expect("a code"), new).await
}

#[tokio::test]
async fn roll_ups_of_provinces_compose_into_one_of_the_nation() {
    let house = House::open().await;
    let (one, round) = rolled_up(&house, "f1", 3).await;
    let (other, _) = rolled_up(&house, "f2", 4).await;
    let (nation, whole) = nation(&house).await;
    let exports = [export(&one, &round).await, export(&other, &round).await];
    assert_eq!(exports[0], export(&one, &round).await, "of the same roll-up always the same");
    house.clock.set(time("2025-02-05T00:00:00Z"));
    hand_over(&nation, &whole, "p1", &exports[0]).await.expect("handed over");
    house.clock.set(time("2025-02-10T05:30:00Z"));
    let late = hand_over(&nation, &whole, "p2", &exports[1]).await.expect("handed over");
    assert_eq!((late.hours_late, late.members, late.expected), (6, 2, 3));

    nation.settle(&whole).await;
    nation.roll_up(&whole).await;
    let office = &house.office;
    let view = office.roll_up(&nation.admin, &nation.code, &whole).await.expect("a roll-up");
    let codes = |listed: &[domain::report::ListedUnit]| -> Vec<String> {
        listed.iter().map(|unit| unit.code.clone()).collect()
    };
    let rolled = &view.roll_up;
    let members: Vec<&str> = rolled.members.iter().map(|member| member.code.as_str()).collect();
    assert_eq!(members, ["p1/good", "p1/late", "p2/good", "p2/late"]);
    assert_eq!(codes(&rolled.missing), ["p3", "p1/absent", "p2/absent"]);
    assert_eq!(codes(&rolled.late), ["p1/late", "p2/late", "p2"]);
    assert_eq!(rolled.expected, 7, "two provinces of three, and the one that handed nothing over");
    for (index, total) in rolled.totals.iter().enumerate() {
        let better = rolled.totals.iter().filter(|other| *other > total).count();
        assert_eq!(usize::try_from(rolled.ranks[index]).expect("few"), better + 1, "ranked side by side");
    }
    let circular = view.reports[0].report;
    let page = office.report(&nation.admin, &nation.code, &whole, circular, Format::Markdown).await.expect("a page");
    let page = String::from_utf8(page.bytes).expect("text");
    assert!(page.contains("4, 3, 0, 3") && page.contains(" 9"), "members, missing, held back, late; drills: {page}");

    // The nation's roll-up could be a part of another, too: it says of whom it was composed.
    let above = export(&nation, &whole).await;
    let parts: Vec<_> = above.body.parts.iter().map(|part| (part.unit.as_str(), part.digest)).collect();
    assert_eq!(parts, [("p1", exports[0].digest), ("p2", exports[1].digest)]);
    assert_eq!(above.body.roll_up.fields.len(), exports[0].body.roll_up.fields.len());
    assert!(above.body.roll_up.fields.iter().all(|field| field.known == [1, 1, 1, 1]));

    // A report can be tried on it, as on any roll-up.
    let remark = crate::house::with_remark(rogues::HONEST_CIRCULAR, "another");
    let candidate = nation.admit(&remark).await;
    nation.try_release(&whole, candidate).await;
}

#[tokio::test]
async fn what_is_handed_over_again_replaces_what_was_and_the_same_changes_nothing() {
    let house = House::open().await;
    let (one, round) = rolled_up(&house, "f1", 3).await;
    let (nation, whole) = nation(&house).await;
    let first = export(&one, &round).await;
    let office = &house.office;
    hand_over(&nation, &whole, "p1", &first).await.expect("handed over");
    let acts = async || office.audit(&nation.admin, &nation.code, 0, 500).await.expect("the log");
    let before = acts().await.len();
    hand_over(&nation, &whole, "p1", &first).await.expect("the same again");
    assert_eq!(acts().await.len(), before);

    house.clock.set(time("2025-02-02T00:00:00Z"));
    one.roll_up(&round).await;
    let second = export(&one, &round).await;
    assert_ne!(second.digest, first.digest);
    hand_over(&nation, &whole, "p1", &second).await.expect("handed over");
    let imports = office.imports(&nation.admin, &nation.code, &whole).await.expect("them");
    assert_eq!(imports.iter().map(|import| import.digest).collect::<Vec<_>>(), [second.digest]);
    let last = acts().await.pop().expect("an act").act;
    assert_eq!(
        (last.verb.as_str(), last.found, last.left),
        ("import-roll-up", Some(first.digest), Some(second.digest))
    );
}

#[tokio::test]
async fn what_was_changed_on_the_way_or_tells_of_something_else_is_not_taken() {
    let house = House::open().await;
    let (one, round) = rolled_up(&house, "f1", 3).await;
    let (nation, whole) = nation(&house).await;
    let genuine = export(&one, &round).await;
    let refused =
        async |export: &RollUpExport, place: &str, code: &str| match hand_over(&nation, &whole, "p1", export).await {
            Err(OperationError::Invalid(problems)) => {
                assert_eq!((problems[0].pointer.as_str(), problems[0].code), (place, code));
            }
            other => panic!("{code}: {other:?}"),
        };
    let mut changed = genuine.clone();
    changed.body.roll_up.totals.swap(0, 1);
    refused(&changed, "/export/digest", "export-changed").await;
    let mut forged = changed.clone();
    forged.digest = domain::digest::Digest::of(&serde_json::to_vec(&forged.body).expect("JSON"));
    refused(&forged, "/export/signature", "export-not-signed").await;
    let mut other_form = genuine.clone();
    other_form.body.format = "huizong-roll-up-9".to_owned();
    refused(&other_form, "/export/body/format", "unknown-format").await;

    let (rubric, office) = (nation.admit(rogues::HONEST).await, &house.office);
    let mut last_year = new_round("n2023", rubric);
    last_year.period =
        domain::calendar::Period::new(crate::house::day("2023-01-01"), crate::house::day("2023-12-31")).expect("one");
    last_year.calendar.covers = last_year.period;
    let last_year = office.open_round(&nation.admin, &nation.code, last_year).await.expect("a round").code;
    let unit = hand_over(&nation, &last_year, "p1", &genuine).await;
    assert!(matches!(&unit, Err(OperationError::Invalid(problems)) if problems[0].code == "other-period"), "{unit:?}");

    let unknown = hand_over(&nation, &whole, "p9", &genuine).await;
    assert!(matches!(unknown, Err(OperationError::Missing("unit"))), "{unknown:?}");
    hand_over(&nation, &whole, "p1", &genuine).await.expect("the genuine one is taken");
}

#[tokio::test]
async fn the_table_has_a_line_for_everybody_also_for_those_who_do_not_count() {
    let house = House::open().await;
    let (one, round) = rolled_up(&house, "f1", 3).await;
    let office = &house.office;
    let language = domain::text::Language::Chinese;
    let table = office.roll_up_sheet(&one.admin, &one.code, &round, language).await.expect("a table");
    let table = String::from_utf8(table).expect("text");
    let lines: Vec<&str> = table.trim_start_matches('\u{feff}').lines().collect();
    assert!(lines[0].starts_with("code,name,kind,status,note,late,rank,total,grade,"), "{table}");
    assert_eq!(lines.len(), 4, "{table}");
    let columns: Vec<usize> = lines.iter().map(|line| line.split(',').count()).collect();
    assert!(columns.iter().all(|count| *count == columns[0]), "{table}");
    assert!(lines[1].starts_with("good,good 消防站,station,counted,,,"), "{table}");
    assert!(lines[2].starts_with("late,late 消防站,station,counted,,迟 "), "{table}");
    assert!(lines[3].starts_with("absent,absent 消防站,,missing,,"), "{table}");
}

#[tokio::test]
async fn nobody_hands_over_to_a_federation_or_reads_its_roll_up_but_its_administration() {
    let house = House::open().await;
    let (one, round) = rolled_up(&house, "f1", 3).await;
    let (nation, whole) = nation(&house).await;
    let office = &house.office;
    let clerk = one.clerk_of("good").await.clerk;
    let export = export(&one, &round).await;
    for caller in [&clerk, &one.admin] {
        let new = NewImport { export: export.clone(), key: office.receipt_key().to_owned() };
        let unit = "p1".parse().expect("a code");
        let import = office.import_roll_up(caller, &nation.code, &whole, &unit, new).await;
        assert!(matches!(import, Err(OperationError::NotAllowed)), "{import:?}");
        let read = office.export_roll_up(caller, &nation.code, &whole).await;
        assert!(matches!(read, Err(OperationError::NotAllowed)), "{read:?}");
    }
    let own = office.export_roll_up(&clerk, &one.code, &round).await;
    assert!(matches!(own, Err(OperationError::NotAllowed)), "{own:?}");
}
