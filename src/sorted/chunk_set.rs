//! A set of what is kept in order, over the [map](super::chunks) of chunks.

use std::borrow::Borrow;
use std::fmt;
use std::iter::Flatten;
use std::vec;

use super::chunks::{Keys, Map};

/// Items in order, each once. It does what of [`std::collections::BTreeSet`] is asked for here.
#[derive(Clone, PartialEq, Eq)]
pub struct Set<K>(Map<K, ()>);

impl<K> Set<K> {
    pub const fn new() -> Self {
        Self(Map::new())
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    pub fn iter(&self) -> Keys<'_, K, ()> {
        self.0.keys()
    }

    pub fn contains<Q: Ord + ?Sized>(&self, item: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.0.contains_key(item)
    }

    pub fn remove<Q: Ord + ?Sized>(&mut self, item: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.0.remove(item).is_some()
    }

    pub fn pop_first(&mut self) -> Option<K> {
        self.0.pop_first().map(|(item, ())| item)
    }

    pub fn retain(&mut self, mut keep: impl FnMut(&K) -> bool) {
        self.0.retain(|item, ()| keep(item));
    }
}

impl<K: Ord> Set<K> {
    /// Whether it was not there.
    pub fn insert(&mut self, item: K) -> bool {
        self.0.insert(item, ()).is_none()
    }
}

impl<K> Default for Set<K> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: fmt::Debug> fmt::Debug for Set<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl<K: Ord> Extend<K> for Set<K> {
    fn extend<I: IntoIterator<Item = K>>(&mut self, items: I) {
        self.0.extend(items.into_iter().map(|item| (item, ())));
    }
}

impl<K: Ord> FromIterator<K> for Set<K> {
    fn from_iter<I: IntoIterator<Item = K>>(items: I) -> Self {
        let mut set = Self::new();
        set.extend(items);
        set
    }
}

impl<K: Ord, const COUNT: usize> From<[K; COUNT]> for Set<K> {
    fn from(items: [K; COUNT]) -> Self {
        Self::from_iter(items)
    }
}

impl<K> IntoIterator for Set<K> {
    type Item = K;
    type IntoIter = std::iter::Map<Flatten<vec::IntoIter<Vec<(K, ())>>>, fn((K, ())) -> K>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter().map(|(item, ())| item)
    }
}

impl<'a, K> IntoIterator for &'a Set<K> {
    type Item = &'a K;
    type IntoIter = Keys<'a, K, ()>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::random::random;

    #[test]
    fn does_what_the_standard_librarys_set_does() {
        let mut random = random(12);
        let (mut ours, mut theirs) = (Set::new(), BTreeSet::new());
        for step in 0..3_000 {
            let item = random() % 300;
            match step % 4 {
                0 => assert_eq!(ours.remove(&item), theirs.remove(&item)),
                1 => assert_eq!(ours.contains(&item), theirs.contains(&item)),
                _ => assert_eq!(ours.insert(item), theirs.insert(item)),
            }
        }
        assert!(ours.iter().eq(&theirs));
        assert_eq!(format!("{ours:?}"), format!("{theirs:?}"));
        assert_eq!(ours.pop_first(), theirs.pop_first());
        ours.retain(|item| item % 3 != 0);
        theirs.retain(|item| item % 3 != 0);
        assert_eq!((ours.len(), ours.is_empty()), (theirs.len(), false));
        assert_eq!(ours, Set::from_iter(theirs.clone()));
        assert!((&ours).into_iter().eq(&theirs) && ours.clone().into_iter().eq(theirs));
        ours.clear();
        assert_eq!(ours, Set::from([]));
    }
}
