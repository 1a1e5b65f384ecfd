//! Fees: T5, T6.

use huizong_sdk::{Amount, Check, Comparison, Decimal, Finding, Relation, Severity, Text, label, number, place};

use crate::case::Case;
use crate::fees::FeeCatalog;
use crate::lexicon::Role;

/// T5: rows in different units.
pub const FEE_UNITS_MIXED: Check = Check::new(
    "fee-units-mixed",
    label("收费目录计量单位不一", "The fee table mixes units"),
    label(
        "同一张表只能用一种计量单位（项或类），否则各类无法相加。请统一。",
        "One table, one unit, or the rows cannot be added. Use one.",
    ),
    Severity::Error,
);

/// T5: rows that do not add up to the total.
pub const FEE_TOTAL_DIFFERS: Check = Check::new(
    "fee-total-differs",
    label("收费项目分项与合计不符", "The parts of the fee table do not add up"),
    label(
        "各定价方式之和应等于合计；包含关系请在“包含于”注明。请核对。",
        "The pricing bases add up to the total; what is part of another row says so. Check the figures.",
    ),
    Severity::Error,
);

/// T5: preferential items of which nobody knows what they are part of.
pub const FEE_SUBSET_UNSTATED: Check = Check::new(
    "fee-subset-unstated",
    label("优惠项目未注明包含关系", "Preferential items do not say what they are part of"),
    label(
        "优惠项目是另外的项目，还是已含在某一类中？请在“包含于”填写。",
        "Are the preferential items extra, or part of another row? Fill in what they are part of.",
    ),
    Severity::Error,
);

/// T6: the text names a pricing basis that the table does not have, or the table one that does not exist.
pub const PRICING_BASIS_INCONSISTENT: Check = Check::new(
    "pricing-basis-inconsistent",
    label("定价方式前后不一致", "Pricing bases are inconsistent"),
    label(
        "正文提到的定价方式须在收费目录中有一行（没有项目填0）；目录只用规定的定价方式。",
        "Every pricing basis that the text names has a row in the table (0 if empty), and the table uses no other.",
    ),
    Severity::Warning,
);

const BASES: [(&str, &str); 5] = [
    ("government_set", "政府定价"),
    ("government_guided", "政府指导价"),
    ("market_adjusted", "市场调节价"),
    ("preferential", "优惠"),
    ("total", "合计"),
];

/// The places of all rows in a finding, in order.
fn at_rows(check: &Check, message: Text, rows: &[usize]) -> Option<Finding> {
    let mut places = rows.iter().map(|&index| place("fee_catalog").item(index));
    let finding = Finding::new(check, message, places.next()?);
    Some(places.fold(finding, Finding::and_at))
}

pub(super) fn fee_units_mixed(case: &Case<'_>, found: &mut Vec<Finding>) {
    let unit_of = |row: &FeeCatalog<'_>| row.count.as_ref().map(|count| count.unit.as_str().to_owned());
    let rows = &case.answers.fee_catalog;
    let Some(first) = rows.iter().find_map(unit_of) else { return };
    let others: Vec<_> =
        (0..rows.len()).filter(|&index| unit_of(&rows[index]).is_some_and(|unit| unit != first)).collect();
    let other = others.first().and_then(|&index| unit_of(&rows[index])).unwrap_or_default();
    let message = Text::new(
        format!("收费目录既用“{first}”又用“{other}”，无法相加"),
        format!("The fee table counts in {first} and in {other}: they cannot be added"),
    );
    let comparison = Comparison::new("计量单位", first, Relation::Equal, other);
    found.extend(at_rows(&FEE_UNITS_MIXED, message, &others).map(|finding| finding.comparing(comparison)));
}

pub(super) fn fee_total_differs(case: &Case<'_>, found: &mut Vec<Finding>) {
    let rows = &case.answers.fee_catalog;
    let is_part = |row: &FeeCatalog<'_>| {
        // Preferential items without a word about it may be part of any row: `fee-subset-unstated` asks first.
        row.is_subset_of.is_none() && !matches!(row.category_code, Some("total" | "preferential"))
    };
    let Some(total_at) = rows.iter().position(|row| row.category_code == Some("total")) else { return };
    let Some(total) = rows[total_at].count.as_ref() else { return };
    let parts: Vec<_> = (0..rows.len()).filter(|&index| is_part(&rows[index])).collect();
    let mut sum = Decimal::ZERO;
    for &index in &parts {
        match rows[index].count.as_ref().and_then(|count| count.decimal().filter(|_| count.unit == total.unit)) {
            Some(value) => sum = sum.plus(value),
            None => return,
        }
    }
    let Some(stated) = total.decimal().filter(|&stated| stated != sum && !parts.is_empty()) else { return };
    let unit = total.unit.as_str();
    let message = Text::new(
        format!("分项之和为{sum}{unit}，合计填{stated}{unit}"),
        format!("The parts add up to {sum}, the total says {stated}"),
    );
    let comparison = Comparison::new("分项之和与合计", number(sum, unit), Relation::Equal, number(stated, unit));
    let all: Vec<_> = std::iter::once(total_at).chain(parts).collect();
    found.extend(at_rows(&FEE_TOTAL_DIFFERS, message, &all).map(|finding| finding.comparing(comparison)));
}

pub(super) fn fee_subset_unstated(case: &Case<'_>, found: &mut Vec<Finding>) {
    let rows = &case.answers.fee_catalog;
    if !rows.iter().any(|row| row.category_code == Some("total")) {
        return;
    }
    for (index, row) in rows.iter().enumerate() {
        if row.category_code != Some("preferential") || row.is_subset_of.is_some() {
            continue;
        }
        let count = row.count.as_ref();
        let message = Text::new(
            format!("优惠项目{}是否已含在合计中，没有注明", count.map(shown).unwrap_or_default()),
            "Whether the preferential items are part of the total is not said",
        );
        found.push(Finding::new(&FEE_SUBSET_UNSTATED, message, place("fee_catalog").item(index)));
    }
}

fn shown(count: &huizong_sdk::Quantity<'_>) -> String {
    match count.amount() {
        Amount::Number(quantity) => format!("{}{}", Decimal::from(quantity.value), quantity.unit),
        _ => String::new(),
    }
}

pub(super) fn pricing_basis_inconsistent(case: &Case<'_>, found: &mut Vec<Finding>) {
    let rows = &case.answers.fee_catalog;
    if rows.is_empty() {
        return;
    }
    for (index, row) in rows.iter().enumerate() {
        let Some(code) = row.category_code else { continue };
        if !BASES.iter().any(|(known, _)| *known == code) {
            let message = Text::new(format!("定价方式“{code}”不在规定范围"), format!("{code} is no pricing basis"));
            found.push(Finding::new(&PRICING_BASIS_INCONSISTENT, message, place("fee_catalog").item(index)));
        }
    }
    for (code, name) in BASES {
        let is_named = |role: Role| matches!(role, Role::Basis(basis) if basis == code);
        let Some(mark) = case.texts.marks.iter().find(|mark| is_named(mark.term.role) && !mark.in_title) else {
            continue;
        };
        if rows.iter().any(|row| row.category_code == Some(code)) {
            continue;
        }
        let message = Text::new(
            format!("正文提到“{name}”，收费目录没有这一行"),
            format!("The text names {name}, the table has no such row"),
        );
        let finding = Finding::new(&PRICING_BASIS_INCONSISTENT, message, case.texts.place(mark.passage));
        found.push(finding.and_at(place("fee_catalog")));
    }
}
