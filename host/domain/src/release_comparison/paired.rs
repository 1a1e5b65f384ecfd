//! Two lists side by side: what stands only in one, and what stands in both.

use std::collections::BTreeMap;
use std::fmt::Debug;

use super::{Changed, Items};

/// Compares the items of two lists that have the same key.
pub(super) fn items<'d, T: Clone, C, K: Ord>(
    before: &'d [T],
    after: &'d [T],
    key: impl Fn(&'d T) -> K,
    compare: impl Fn(&'d T, &'d T) -> Option<C>,
) -> Items<T, C> {
    let paired = Paired::of(before, after, key);
    Items {
        added: paired.added.into_iter().cloned().collect(),
        removed: paired.removed.into_iter().cloned().collect(),
        changed: paired.both.into_iter().filter_map(|(before, after)| compare(before, after)).collect(),
    }
}

/// Compares lists whose items have no key beside themselves; one that stands twice counts twice.
pub(super) fn without_partner<T: Clone + Debug>(before: &[T], after: &[T]) -> Items<T, Changed<T>> {
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    for item in before {
        *left.entry(format!("{item:?}")).or_default() += 1;
    }
    let mut take = |item: &T| match left.get_mut(&format!("{item:?}")) {
        Some(times) if *times > 0 => {
            *times -= 1;
            true
        }
        _ => false,
    };
    let added = after.iter().filter(|item| !take(item)).cloned().collect();
    // What nothing in the later list has taken is gone.
    let removed = before.iter().filter(|item| take(item)).cloned().collect();
    Items { added, removed, changed: Vec::new() }
}

/// Two lists by their keys.
pub(super) struct Paired<'d, T> {
    /// Only in the later one, in its order.
    pub(super) added: Vec<&'d T>,
    /// Only in the earlier one, in its order.
    pub(super) removed: Vec<&'d T>,
    /// In both, in the order of the later one.
    pub(super) both: Vec<(&'d T, &'d T)>,
}

impl<'d, T> Paired<'d, T> {
    pub(super) fn of<K: Ord>(before: &'d [T], after: &'d [T], key: impl Fn(&'d T) -> K) -> Self {
        let mut earlier: BTreeMap<K, &T> = before.iter().map(|item| (key(item), item)).collect();
        let mut paired = Self { added: Vec::new(), removed: Vec::new(), both: Vec::new() };
        for item in after {
            match earlier.remove(&key(item)) {
                Some(other) => paired.both.push((other, item)),
                None => paired.added.push(item),
            }
        }
        // What is left was met by nothing in the later one.
        paired.removed = before.iter().filter(|item| earlier.contains_key(&key(item))).collect();
        paired
    }
}
