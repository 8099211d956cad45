//! A map of what is kept in order, in little code: chunks of entries, which are searched by halves. A module in a game has it in
//! place of the standard library's tree, which comes to 3 KB of it for each type that is kept.
//!
//! A new entry moves those behind it in its chunk, and where that is full the places of the chunks behind: of many entries that
//! come in any order none moves all of the others.

use std::borrow::Borrow;
use std::fmt;
use std::iter::Flatten;
use std::marker::PhantomData;
use std::{slice, vec};

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The most entries of a chunk.
const MOST: usize = 64;

/// Entries in the order of their keys. It does what of [`std::collections::BTreeMap`] is asked for here.
#[derive(Clone)]
pub struct Map<K, V> {
    /// None is empty.
    chunks: Vec<Vec<(K, V)>>,
    count: usize,
}

/// Entries, in order.
pub type Iter<'a, K, V> = std::iter::Map<Flatten<slice::Iter<'a, Vec<(K, V)>>>, fn(&'a (K, V)) -> (&'a K, &'a V)>;
pub(super) type Keys<'a, K, V> = std::iter::Map<Flatten<slice::Iter<'a, Vec<(K, V)>>>, fn(&'a (K, V)) -> &'a K>;
type Values<'a, K, V> = std::iter::Map<Flatten<slice::Iter<'a, Vec<(K, V)>>>, fn(&'a (K, V)) -> &'a V>;
type ValuesMut<'a, K, V> = std::iter::Map<Flatten<slice::IterMut<'a, Vec<(K, V)>>>, fn(&'a mut (K, V)) -> &'a mut V>;

/// Where a key is or would be: its chunk, and its place there.
type Found = (usize, Result<usize, usize>);

impl<K, V> Map<K, V> {
    pub const fn new() -> Self {
        Self { chunks: Vec::new(), count: 0 }
    }

    pub fn len(&self) -> usize {
        self.count
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub fn clear(&mut self) {
        *self = Self::new();
    }

    pub fn iter(&self) -> Iter<'_, K, V> {
        self.chunks.iter().flatten().map(|(key, value)| (key, value))
    }

    pub fn keys(&self) -> Keys<'_, K, V> {
        self.chunks.iter().flatten().map(|(key, _)| key)
    }

    pub fn values(&self) -> Values<'_, K, V> {
        self.chunks.iter().flatten().map(|(_, value)| value)
    }

    pub fn values_mut(&mut self) -> ValuesMut<'_, K, V> {
        self.chunks.iter_mut().flatten().map(|(_, value)| value)
    }

    pub fn into_keys(self) -> impl Iterator<Item = K> {
        self.chunks.into_iter().flatten().map(|(key, _)| key)
    }

    pub fn first_key_value(&self) -> Option<(&K, &V)> {
        self.iter().next()
    }

    pub fn pop_first(&mut self) -> Option<(K, V)> {
        self.take(0, 0)
    }

    pub fn pop_last(&mut self) -> Option<(K, V)> {
        let last = self.chunks.last()?;
        self.take(self.chunks.len() - 1, last.len() - 1)
    }

    pub fn retain(&mut self, mut keep: impl FnMut(&K, &mut V) -> bool) {
        for chunk in &mut self.chunks {
            chunk.retain_mut(|(key, value)| keep(key, value));
        }
        self.chunks.retain(|chunk| !chunk.is_empty());
        self.count = self.chunks.iter().map(Vec::len).sum();
    }

    fn take(&mut self, chunk: usize, at: usize) -> Option<(K, V)> {
        let entries = self.chunks.get_mut(chunk).filter(|entries| at < entries.len())?;
        let entry = entries.remove(at);
        if entries.is_empty() {
            self.chunks.remove(chunk);
        }
        self.count -= 1;
        Some(entry)
    }

    /// Puts an entry where its key was not found.
    fn put(&mut self, chunk: usize, at: usize, entry: (K, V)) -> Option<&mut V> {
        self.count += 1;
        if self.chunks.is_empty() {
            self.chunks.push(Vec::new());
        }
        let entries = self.chunks.get_mut(chunk)?;
        entries.insert(at, entry);
        let count = entries.len();
        if count <= MOST {
            return self.value_at(chunk, at);
        }
        // What comes in order fills each chunk.
        let middle = if at + 1 == count { MOST } else { MOST / 2 };
        let upper = entries.split_off(middle);
        self.chunks.insert(chunk + 1, upper);
        if at < middle { self.value_at(chunk, at) } else { self.value_at(chunk + 1, at - middle) }
    }

    fn value_at(&mut self, chunk: usize, at: usize) -> Option<&mut V> {
        Some(&mut self.chunks.get_mut(chunk)?.get_mut(at)?.1)
    }

    fn find<Q: Ord + ?Sized>(&self, key: &Q) -> Found
    where
        K: Borrow<Q>,
    {
        let starts_before = |chunk: &Vec<(K, V)>| chunk.first().is_some_and(|(first, _)| first.borrow() <= key);
        let chunk = self.chunks.partition_point(starts_before).saturating_sub(1);
        let entries = self.chunks.get(chunk).map_or(&[][..], Vec::as_slice);
        (chunk, entries.binary_search_by(|(known, _)| known.borrow().cmp(key)))
    }

    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let (chunk, at) = self.find(key);
        Some(&self.chunks.get(chunk)?.get(at.ok()?)?.1)
    }

    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let (chunk, at) = self.find(key);
        self.value_at(chunk, at.ok()?)
    }

    pub fn get_key_value<Q: Ord + ?Sized>(&self, key: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
    {
        let (chunk, at) = self.find(key);
        self.chunks.get(chunk)?.get(at.ok()?).map(|(key, value)| (key, value))
    }

    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(key).1.is_ok()
    }

    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let (chunk, at) = self.find(key);
        self.take(chunk, at.ok()?).map(|(_, value)| value)
    }
}

impl<K: Ord, V> Map<K, V> {
    /// As the standard library's: a key that is there stays, with the new value.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.find(&key) {
            (chunk, Ok(at)) => self.value_at(chunk, at).map(|known| std::mem::replace(known, value)),
            (chunk, Err(at)) => {
                self.put(chunk, at, (key, value));
                None
            }
        }
    }

    pub fn entry(&mut self, key: K) -> Entry<'_, K, V> {
        Entry { found: self.find(&key), map: self, key }
    }
}

/// The place of a key in a map.
pub struct Entry<'a, K, V> {
    map: &'a mut Map<K, V>,
    found: Found,
    key: K,
}

impl<'a, K, V> Entry<'a, K, V> {
    pub fn or_insert_with(self, value: impl FnOnce() -> V) -> &'a mut V {
        let Self { map, found, key } = self;
        let known = match found {
            (chunk, Ok(at)) => map.value_at(chunk, at),
            (chunk, Err(at)) => map.put(chunk, at, (key, value())),
        };
        known.expect("`find` gives a place that there is, and `put` the one where it put the entry")
    }

    pub fn or_insert(self, value: V) -> &'a mut V {
        self.or_insert_with(|| value)
    }

    pub fn or_default(self) -> &'a mut V
    where
        V: Default,
    {
        self.or_insert_with(V::default)
    }
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: PartialEq, V: PartialEq> PartialEq for Map<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.count == other.count && self.iter().eq(other.iter())
    }
}

impl<K: Eq, V: Eq> Eq for Map<K, V> {}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Map<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<K: Ord, V> Extend<(K, V)> for Map<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        entries.into_iter().for_each(|(key, value)| {
            self.insert(key, value);
        });
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        map.extend(entries);
        map
    }
}

impl<K: Ord, V, const COUNT: usize> From<[(K, V); COUNT]> for Map<K, V> {
    fn from(entries: [(K, V); COUNT]) -> Self {
        Self::from_iter(entries)
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = Flatten<vec::IntoIter<Vec<(K, V)>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.chunks.into_iter().flatten()
    }
}

impl<'a, K, V> IntoIterator for &'a Map<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a, K, V> IntoIterator for &'a mut Map<K, V> {
    type Item = (&'a K, &'a mut V);
    type IntoIter = std::iter::Map<Flatten<slice::IterMut<'a, Vec<(K, V)>>>, fn(&'a mut (K, V)) -> (&'a K, &'a mut V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.chunks.iter_mut().flatten().map(|(key, value)| (&*key, value))
    }
}

impl<K: Serialize, V: Serialize> Serialize for Map<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

impl<'de, K: Deserialize<'de> + Ord, V: Deserialize<'de>> Deserialize<'de> for Map<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<K, V>(PhantomData<(K, V)>);

        impl<'de, K: Deserialize<'de> + Ord, V: Deserialize<'de>> Visitor<'de> for Entries<K, V> {
            type Value = Map<K, V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
                let mut map = Map::new();
                while let Some((key, value)) = access.next_entry()? {
                    map.insert(key, value);
                }
                Ok(map)
            }
        }

        deserializer.deserialize_map(Entries(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::de::value::{Error, MapDeserializer};

    use super::*;
    use crate::random::random;

    /// Each chunk is filled as it may be, and what is counted is there.
    fn is_whole<K, V>(map: &Map<K, V>) -> bool {
        map.chunks.iter().all(|chunk| !chunk.is_empty() && chunk.len() <= MOST) && map.iter().count() == map.len()
    }

    #[test]
    fn does_what_the_standard_librarys_map_does() {
        let mut random = random(11);
        for different in [3, 70, 400, 5_000] {
            let (mut ours, mut theirs) = (Map::<String, u32>::new(), BTreeMap::<String, u32>::new());
            for step in 0..6_000 {
                let key = (random() % different).to_string();
                match random() % 12 {
                    0..5 => assert_eq!(ours.insert(key.clone(), step), theirs.insert(key, step)),
                    5 => assert_eq!(ours.remove(&*key), theirs.remove(&*key)),
                    6 => assert_eq!(ours.get(&*key), theirs.get(&*key)),
                    7 => assert_eq!(ours.get_mut(&*key), theirs.get_mut(&*key)),
                    8 => {
                        *ours.entry(key.clone()).or_default() += 1;
                        *theirs.entry(key).or_default() += 1;
                    }
                    9 => assert_eq!(ours.entry(key.clone()).or_insert(step), theirs.entry(key).or_insert(step)),
                    10 if step % 3 == 0 => assert_eq!(ours.pop_first(), theirs.pop_first()),
                    11 if step % 3 == 0 => assert_eq!(ours.pop_last(), theirs.pop_last()),
                    _ => assert_eq!(ours.get_key_value(&*key), theirs.get_key_value(&*key)),
                }
                assert_eq!((ours.len(), ours.is_empty()), (theirs.len(), theirs.is_empty()));
                assert_eq!(ours.first_key_value(), theirs.first_key_value());
                if step % 500 == 0 {
                    for (key, value) in &mut ours {
                        *value += key.len() as u32;
                    }
                    for (key, value) in &mut theirs {
                        *value += key.len() as u32;
                    }
                    ours.retain(|_, value| *value % 7 != 0);
                    theirs.retain(|_, value| *value % 7 != 0);
                    assert!(is_whole(&ours));
                    assert!(ours.iter().eq(theirs.iter()) && ours.keys().rev().eq(theirs.keys().rev()));
                }
            }
            assert!(is_whole(&ours) && ours.values().eq(theirs.values()), "{different}");
            assert_eq!(ours, Map::from_iter(theirs.clone()));
            assert_eq!(format!("{ours:?}"), format!("{theirs:?}"));
            assert!(ours.clone().into_keys().eq(theirs.keys().cloned()) && ours.clone().into_iter().eq(theirs));
            ours.clear();
            assert_eq!((ours.len(), ours.iter().next()), (0, None));
        }
    }

    #[test]
    fn what_comes_in_order_fills_its_chunks() {
        let map: Map<usize, ()> = (0..MOST * 10).map(|key| (key, ())).collect();
        assert_eq!(map.chunks.len(), 10);
    }

    #[test]
    fn is_read_member_by_member() {
        let read = [("b".to_owned(), 1), ("a".to_owned(), 2), ("b".to_owned(), 3)].into_iter();
        let map = Map::<String, u32>::deserialize(MapDeserializer::<_, Error>::new(read)).unwrap();
        assert_eq!(map, Map::from([("a".to_owned(), 2), ("b".to_owned(), 3)]));
    }
}
