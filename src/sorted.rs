//! Sorting, and maps and sets of what comes in any order, in little code: the standard library's sort is 4 KB for each type
//! that is sorted, and collecting into a map sorts first.

#[cfg(any(test, all(target_arch = "wasm32", not(target_os = "wasi"))))]
mod chunk_set;
#[cfg(any(test, all(target_arch = "wasm32", not(target_os = "wasi"))))]
mod chunks;

use std::cmp::Ordering;

#[cfg(not(all(target_arch = "wasm32", not(target_os = "wasi"))))]
pub use std::collections::{BTreeMap, BTreeSet, btree_map::Iter as MapIter};
/// What is kept in order: in a module in a game in little code, elsewhere in the standard library's trees. What is asked of them
/// is answered alike.
#[cfg(all(target_arch = "wasm32", not(target_os = "wasi")))]
pub use {
    chunk_set::Set as BTreeSet,
    chunks::{Iter as MapIter, Map as BTreeMap},
};

/// Sorts; what is equal stays in its order.
///
/// A module in a game has one sort for all types; elsewhere it is the standard library's, to the same result.
pub(crate) fn sort_by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    if cfg!(target_arch = "wasm32") {
        let order = order_of(items.len(), &mut |a, b| compare(&items[a], &items[b]));
        bring_into(items, order);
    } else {
        items.sort_by(compare);
    }
}

/// The same by a key.
pub(crate) fn sort_by_key<T, K: Ord>(items: &mut [T], mut key: impl FnMut(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// A map; of two entries with one key the later stays.
pub(crate) fn map<K: Ord, V>(entries: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    entries.into_iter().for_each(|(key, value)| {
        map.insert(key, value);
    });
    map
}

/// A set.
pub(crate) fn set<K: Ord>(items: impl IntoIterator<Item = K>) -> BTreeSet<K> {
    let mut set = BTreeSet::new();
    items.into_iter().for_each(|item| {
        set.insert(item);
    });
    set
}

/// The indexes in order, by merging ever longer runs; what is in order already costs a comparison an item.
fn order_of(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    let mut merged = Vec::with_capacity(count);
    let mut length = 1;
    while length < count {
        merged.clear();
        for run in order.chunks(length * 2) {
            let (mut left, mut right) = run.split_at(length.min(run.len()));
            // Of two runs that follow each other nothing moves.
            let follow = matches!((left.last(), right.first()), (Some(&a), Some(&b)) if compare(a, b) != Ordering::Greater);
            while let (false, Some((&a, behind_a)), Some((&b, behind_b))) = (follow, left.split_first(), right.split_first()) {
                if compare(a, b) == Ordering::Greater {
                    merged.push(b);
                    right = behind_b;
                } else {
                    merged.push(a);
                    left = behind_a;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        std::mem::swap(&mut order, &mut merged);
        length *= 2;
    }
    order
}

/// Brings each item to the place where its index stands in an order.
fn bring_into<T>(items: &mut [T], mut order: Vec<usize>) {
    for start in 0..order.len() {
        let mut at = start;
        while order[at] != start {
            let from = order[at];
            items.swap(at, from);
            order[at] = at;
            at = from;
        }
        order[at] = at;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::random;

    #[test]
    fn sorts_as_the_standard_library_does_whatever_the_order_before() {
        let mut random = random(7);
        for count in (0..40).chain([100, 1_000]) {
            for different in [1, 2, 5, 1_000] {
                let numbers: Vec<(u32, usize)> = (0..count).map(|index| (random() % different, index)).collect();
                let mut expected = numbers.clone();
                expected.sort_by_key(|(number, _)| *number);
                let mut sorted = numbers.clone();
                let order = order_of(count, &mut |a, b| numbers[a].0.cmp(&numbers[b].0));
                bring_into(&mut sorted, order);
                assert_eq!(sorted, expected);
                sort_by_key(&mut sorted, |(_, index)| std::cmp::Reverse(*index));
                assert!(sorted.iter().rev().map(|(_, index)| *index).eq(0..count));
            }
        }
    }

    #[test]
    fn what_is_in_order_costs_little() {
        let mut compared = 0;
        let order = order_of(1_024, &mut |a, b| {
            compared += 1;
            a.cmp(&b)
        });
        assert!(order.into_iter().eq(0..1_024));
        assert!(compared < 1_024, "{compared}");
    }

    #[test]
    fn of_two_entries_the_later_stays() {
        assert_eq!(map([("b", 1), ("a", 2), ("b", 3)]).into_iter().collect::<Vec<_>>(), [("a", 2), ("b", 3)]);
        assert_eq!(set([3, 1, 3]).into_iter().collect::<Vec<_>>(), [1, 3]);
    }
}
