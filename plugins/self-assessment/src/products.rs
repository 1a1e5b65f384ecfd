//! Products: approval, protection by product, and how they are sold.

use serde::Deserialize;

/// Approval of products (产品准入与消保审查).
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ProductGovernance {
    /// Whether the institution develops products of its own.
    pub own_products: Option<bool>,
    /// Reviews in the period.
    pub cp_review_count: Option<i64>,
    /// Of these, rejected.
    pub cp_review_rejected: Option<i64>,
}

/// How buyers of one product are protected, in words.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ProductProtection<'a> {
    /// The product.
    pub product: Option<&'a str>,
    /// What is done.
    pub raw_text: Option<&'a str>,
}

/// How one product line is sold.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SalesConduct<'a> {
    /// The product line.
    pub product_line: Option<&'a str>,
    /// The rule that matches product and buyer.
    pub risk_match_rule: Option<&'a str>,
    /// Whether sales are recorded.
    pub recorded_sales: Option<bool>,
    /// What is disclosed.
    #[serde(borrow)]
    pub disclosure_points: Vec<&'a str>,
}
