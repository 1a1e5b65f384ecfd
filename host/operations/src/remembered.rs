//! What was read and need not be read again: for good where it never changes, for a moment where another host may change it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};

use crate::office::locked;

/// Values by key, a bounded number of them.
pub(crate) struct Remembered<K, V> {
    kept: Mutex<BTreeMap<K, (Timestamp, Arc<V>)>>,
    believed_for: SignedDuration,
    entries_max: usize,
}

impl<K: Ord + Clone, V> Remembered<K, V> {
    /// Values that never change.
    pub(crate) fn for_good(entries_max: usize) -> Self {
        Self::believed_for(SignedDuration::MAX, entries_max)
    }

    /// Values that are believed for a while.
    pub(crate) fn believed_for(believed_for: SignedDuration, entries_max: usize) -> Self {
        Self { kept: Mutex::default(), believed_for, entries_max }
    }

    /// The value, where it is still believed. A clock that went back makes it unbelievable.
    pub(crate) fn get(&self, key: &K, now: Timestamp) -> Option<Arc<V>> {
        let kept = locked(&self.kept);
        let (read_at, value) = kept.get(key)?;
        let age = now.duration_since(*read_at);
        (age >= SignedDuration::ZERO && age <= self.believed_for).then(|| Arc::clone(value))
    }

    /// Remembers a value that was read no later than `now`.
    pub(crate) fn keep(&self, key: K, value: V, now: Timestamp) -> Arc<V> {
        let value = Arc::new(value);
        let mut kept = locked(&self.kept);
        if kept.len() >= self.entries_max && !kept.contains_key(&key) {
            let oldest = kept.iter().min_by_key(|(_, (read_at, _))| *read_at).map(|(key, _)| key.clone());
            if let Some(oldest) = oldest {
                kept.remove(&oldest);
            }
        }
        kept.insert(key, (now, Arc::clone(&value)));
        value
    }

    /// Forgets a value that this host has just changed.
    pub(crate) fn forget(&self, key: &K) {
        locked(&self.kept).remove(key);
    }

    /// Forgets everything: anything may have changed.
    pub(crate) fn forget_all(&self) {
        locked(&self.kept).clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a timestamp")
    }

    #[test]
    fn a_value_is_believed_for_its_while_and_no_longer() {
        let remembered = Remembered::believed_for(SignedDuration::from_secs(2), 8);
        remembered.keep("a", 1, second(10));
        assert_eq!(remembered.get(&"a", second(12)).as_deref(), Some(&1));
        assert_eq!(remembered.get(&"a", second(13)), None);
        assert_eq!(remembered.get(&"a", second(9)), None, "the clock went back");
    }

    #[test]
    fn the_oldest_value_makes_room() {
        let remembered = Remembered::for_good(2);
        for (key, at) in [("a", 2), ("b", 1), ("c", 3)] {
            remembered.keep(key, at, second(at));
        }
        assert_eq!(remembered.get(&"b", second(9)), None);
        assert_eq!(remembered.get(&"a", second(9)).as_deref(), Some(&2));
        remembered.forget(&"a");
        assert_eq!(remembered.get(&"a", second(9)), None);
    }
}
