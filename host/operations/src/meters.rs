//! The meters of this host: what the calls of each federation's releases came to since it was started.
//!
//! They are bounded for each federation, so that one which admits a release a day neither fills the host's memory nor pushes
//! a neighbour's figures out.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use domain::digest::Digest;
use domain::ids::FederationCode;
use domain::limits::METERED_RELEASES_MAX;
use jiff::Timestamp;
use sandbox::Meter;

use crate::office::locked;

/// Meters by federation and release.
#[derive(Default)]
pub(crate) struct Meters(Mutex<BTreeMap<FederationCode, BTreeMap<Digest, Attached>>>);

/// A meter and when it was attached, first and last.
#[derive(Clone)]
pub(crate) struct Attached {
    pub(crate) since: Timestamp,
    last: Timestamp,
    pub(crate) meter: Arc<Meter>,
}

impl Meters {
    /// The meter of a federation's release, which is about to be called.
    pub(crate) fn of(&self, federation: &FederationCode, release: Digest, now: Timestamp) -> Arc<Meter> {
        let mut all = locked(&self.0);
        let releases = match all.get_mut(federation) {
            Some(releases) => releases,
            None => all.entry(federation.clone()).or_default(),
        };
        if releases.len() >= METERED_RELEASES_MAX && !releases.contains_key(&release) {
            let idle = releases.iter().min_by_key(|(_, attached)| attached.last).map(|(release, _)| *release);
            idle.and_then(|idle| releases.remove(&idle));
        }
        let attached =
            releases.entry(release).or_insert_with(|| Attached { since: now, last: now, meter: Arc::default() });
        attached.last = now;
        Arc::clone(&attached.meter)
    }

    /// The meter of a federation's release, where it was called.
    pub(crate) fn find(&self, federation: &FederationCode, release: Digest) -> Option<Attached> {
        locked(&self.0).get(federation)?.get(&release).cloned()
    }

    /// A release that will not be called again is not counted any more.
    pub(crate) fn forget(&self, federation: &FederationCode, release: Digest) {
        locked(&self.0).get_mut(federation).and_then(|releases| releases.remove(&release));
    }

    /// All meters, in order of federations and releases.
    pub(crate) fn all(&self) -> Vec<(FederationCode, Digest, Attached)> {
        let all = locked(&self.0);
        let each = all.iter().flat_map(|(federation, releases)| {
            releases.iter().map(move |(release, attached)| (federation.clone(), *release, attached.clone()))
        });
        each.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn federation(code: &str) -> FederationCode {
        code.parse().expect("a code")
    }

    fn release(number: usize) -> Digest {
        Digest::of(&number.to_le_bytes())
    }

    fn second(second: usize) -> Timestamp {
        Timestamp::from_second(i64::try_from(second).expect("a second")).expect("a timestamp")
    }

    #[test]
    fn a_release_has_one_meter_in_each_federation() {
        let meters = Meters::default();
        let first = meters.of(&federation("a"), release(1), second(1));
        assert!(Arc::ptr_eq(&first, &meters.of(&federation("a"), release(1), second(2))));
        assert!(!Arc::ptr_eq(&first, &meters.of(&federation("b"), release(1), second(2))));
        assert_eq!(meters.find(&federation("a"), release(1)).map(|attached| attached.since), Some(second(1)));
        meters.forget(&federation("a"), release(1));
        assert!(meters.find(&federation("a"), release(1)).is_none());
    }

    #[test]
    fn a_federation_of_many_releases_keeps_those_in_use_and_pushes_nobody_out() {
        let meters = Meters::default();
        meters.of(&federation("neighbour"), release(0), second(0));
        for number in 0..10 * METERED_RELEASES_MAX {
            meters.of(&federation("busy"), release(number), second(number));
            meters.of(&federation("busy"), release(0), second(number));
        }
        assert_eq!(meters.all().len(), METERED_RELEASES_MAX + 1);
        assert!(meters.find(&federation("busy"), release(0)).is_some(), "it is called all the time");
        assert!(meters.find(&federation("neighbour"), release(0)).is_some());
    }
}
