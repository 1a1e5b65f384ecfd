//! The made-up members: their register entries, and what the generator needs to know of them.

use self_assessment::generator::{MemberKind, MemberSketch};
use serde_json::{Value, json};

use crate::names::{CITIES, county};

/// A federation as its members' names and codes depend on it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    /// The first two digits of its codes.
    pub(crate) province: &'static str,
    /// The legal form of its members.
    pub(crate) kind: MemberKind,
    /// Its customers' hotline.
    pub(crate) hotline: &'static str,
    /// Where the numbers of its members begin to differ from the other federation's.
    pub(crate) salt: i64,
}

impl Style {
    const fn kind_name(self) -> &'static str {
        match self.kind {
            MemberKind::CreditUnion => "县级联社",
            MemberKind::CommercialBank => "农商银行",
        }
    }

    /// The code of a made-up member.
    pub(crate) fn code(self, number: usize) -> String {
        format!("{}{:02}{:02}", self.province, number % CITIES.len() + 1, number / CITIES.len() + 1)
    }

    fn city_code(self, number: usize) -> String {
        format!("{}{:02}", self.province, number % CITIES.len() + 1)
    }
}

/// What the generator needs to know of a made-up member; larger ones have more of everything.
pub(crate) fn sketch(style: Style, number: usize) -> MemberSketch {
    let county = county(number);
    let stem = county.trim_end_matches(['县', '区', '市', '东', '西']);
    let (name, short_name, issuer) = match style.kind {
        MemberKind::CreditUnion => ("农村信用合作联社", "联社", "农信发"),
        MemberKind::CommercialBank => ("农村商业银行", "农商银行", "农商发"),
    };
    let size = i64::try_from(number).unwrap_or(0) * 37 + style.salt;
    let outlet_count = 12 + size.rem_euclid(41);
    MemberSketch {
        name: format!("{county}{name}"),
        short_name: format!("{county}{short_name}"),
        issuer_code: format!("{stem}{issuer}"),
        kind: style.kind,
        hotline: style.hotline.to_owned(),
        outlet_count,
        personal_customer_count: outlet_count * 5_200 + size.rem_euclid(977) * 11,
        counter_staff_count: outlet_count * 4,
        staff_count: outlet_count * 7 + 20,
    }
}

/// The org tree's upper levels: the federation and its city offices.
pub(crate) fn offices(style: Style, federation: &str) -> Vec<Value> {
    let top = json!({
        "code": style.province, "name": federation, "kind": "省级机构", "reports": false, "valid_from": "2005-06-01",
    });
    let cities = CITIES.iter().enumerate().map(|(index, city)| {
        json!({
            "code": style.city_code(index), "name": format!("{city}办事处"), "kind": "市级办事处", "parent": style.province,
            "reports": false, "valid_from": "2005-06-01",
        })
    });
    std::iter::once(top).chain(cities).collect()
}

/// The register entry of a made-up member.
pub(crate) fn unit(style: Style, number: usize) -> Value {
    let sketch = sketch(style, number);
    let mut entry = entry(
        &style.code(number),
        &sketch.name,
        style.kind_name(),
        &style.city_code(number),
        [sketch.counter_staff_count, sketch.outlet_count, sketch.personal_customer_count],
    );
    entry["aliases"] = json!([sketch.short_name]);
    entry
}

/// A register entry with its size: counter staff, outlets, personal customers.
pub(crate) fn entry(code: &str, name: &str, kind: &str, parent: &str, size: [i64; 3]) -> Value {
    let number = |value: i64, unit: &str| json!({ "number": { "value": value.to_string(), "unit": unit } });
    json!({
        "code": code, "name": name, "kind": kind, "parent": parent, "reports": true, "valid_from": "2006-01-01",
        "attributes": [
            { "name": "counter_staff_count", "value": number(size[0], "名") },
            { "name": "outlet_count", "value": number(size[1], "个") },
            { "name": "personal_customer_count", "value": number(size[2], "户") },
        ],
    })
}
