//! Public education: campaigns, their events, and surveys.

use huizong_sdk::{PartialDate, Quantity, StatedPeriod};
use serde::Deserialize;

/// A campaign (宣传活动).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Campaign<'a> {
    /// Its name.
    pub name: Option<&'a str>,
    /// Its code on the list of yearly campaigns.
    pub code: Option<&'a str>,
    /// When it ran.
    #[serde(borrow)]
    pub window: Option<StatedPeriod<'a>>,
}

/// An event of a campaign (活动场次).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CampaignEvent<'a> {
    /// The campaign's name.
    pub campaign: Option<&'a str>,
    /// When.
    #[serde(borrow)]
    pub on: Option<PartialDate<'a>>,
    /// Where.
    pub place: Option<&'a str>,
    /// What kind of place, by code.
    pub place_kind: Option<&'a str>,
    /// What kind of event, in words.
    pub kind: Option<&'a str>,
    /// How many people it reached.
    #[serde(borrow)]
    pub audience: Option<Quantity<'a>>,
    /// Leaflets given out.
    pub materials_given: Option<i64>,
    /// Press reports.
    pub media_count: Option<i64>,
}

/// A survey (问卷调查).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Survey<'a> {
    /// Its name.
    pub name: Option<&'a str>,
    /// When it ran.
    #[serde(borrow)]
    pub window: Option<StatedPeriod<'a>>,
    /// The sample, as stated.
    #[serde(borrow)]
    pub sample: Option<Quantity<'a>>,
    /// Forms given out.
    pub issued: Option<i64>,
    /// Of these, returned.
    pub returned: Option<i64>,
    /// Of these, valid.
    pub valid: Option<i64>,
    /// Of these, satisfied.
    pub satisfied: Option<i64>,
    /// How it was done.
    pub method: Option<&'a str>,
}
