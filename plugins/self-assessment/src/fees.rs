//! Fees: the catalogue and its public notice (收费目录与公示).

use huizong_sdk::Quantity;
use serde::Deserialize;

/// One row of the fee catalogue.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct FeeCatalog<'a> {
    /// The pricing basis, by code: `government_set`, `government_guided`, `market_adjusted`, `preferential` or `total`.
    pub category_code: Option<&'a str>,
    /// How many, with the unit (项, 类).
    #[serde(borrow)]
    pub count: Option<Quantity<'a>>,
    /// The row that this one is part of.
    pub is_subset_of: Option<&'a str>,
}

/// A public notice of fees.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct FeeNotice<'a> {
    /// Outlets where it hangs.
    pub posted_outlets: Option<i64>,
    /// The particulars that it shows.
    #[serde(borrow)]
    pub required_fields_present: Vec<&'a str>,
}
