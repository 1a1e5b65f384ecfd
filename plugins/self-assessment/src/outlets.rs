//! Outlets and their certification (网点服务达标认证).

use huizong_sdk::Quantity;
use serde::Deserialize;

/// A figure about outlets.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Outlet<'a> {
    /// What is counted, by code: `assessed_outlets`, `first_certification_applicants`.
    pub metric: Option<&'a str>,
    /// How many.
    #[serde(borrow)]
    pub count: Option<Quantity<'a>>,
}

/// Certification of outlets.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Certification<'a> {
    /// The scheme.
    pub name: Option<&'a str>,
    /// Outlets altogether.
    pub outlets_total: Option<i64>,
    /// Of these, applying.
    pub applied: Option<i64>,
    /// Of these, passed.
    pub passed: Option<i64>,
}
