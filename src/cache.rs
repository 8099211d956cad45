//! One bounded cache: by weight, and what was used the longest ago goes first.

use std::collections::HashMap;
use std::hash::Hash;

use foldhash::fast::RandomState;

/// Values by their keys, with room for so much weight (bytes, as a rule). Whatever is read or written counts as used; what
/// was used the longest ago has to go where there is no more room. Each call takes the same time, however much is kept.
///
/// What is kept never decides what is drawn, only what it costs.
///
/// ```
/// use friendboard::cache::Cache;
/// let mut cache = Cache::with_capacity(10);
/// cache.insert("a", 1, 4);
/// cache.insert("b", 2, 4);
/// cache.get(&"a");
/// assert_eq!(cache.insert("c", 3, 4), [("b", 2)]);
/// assert_eq!(cache.get(&"a"), Some(&mut 1));
/// assert_eq!(cache.get(&"b"), None);
/// assert_eq!(cache.weight(), 8);
/// ```
#[derive(Debug)]
pub struct Cache<K, V> {
    places: HashMap<K, usize, RandomState>,
    slots: Vec<Slot<K, V>>,
    free: Vec<usize>,
    /// The slot that was used last, and the one that was used the longest ago; `NONE` where nothing is kept.
    newest: usize,
    oldest: usize,
    weight: usize,
    capacity: usize,
}

/// No slot.
const NONE: usize = usize::MAX;

#[derive(Debug)]
struct Slot<K, V> {
    /// `None` in a slot that is free.
    entry: Option<(K, V)>,
    weight: usize,
    newer: usize,
    older: usize,
}

impl<K: Hash + Eq + Clone, V> Cache<K, V> {
    /// A cache with room for so much weight.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        Self {
            places: HashMap::default(),
            slots: Vec::new(),
            free: Vec::new(),
            newest: NONE,
            oldest: NONE,
            weight: 0,
            capacity,
        }
    }

    /// A value; it counts as used.
    pub fn get(&mut self, key: &K) -> Option<&mut V> {
        let place = *self.places.get(key)?;
        if place != self.newest {
            self.unlink(place);
            self.link(place);
        }
        self.slots.get_mut(place)?.entry.as_mut().map(|(_, value)| value)
    }

    /// Keeps a value in place of what had its key, and gives what had to go for it, the oldest first. A value that is
    /// heavier than all of the room is kept alone.
    pub fn insert(&mut self, key: K, value: V, weight: usize) -> Vec<(K, V)> {
        self.remove(&key);
        let slot = Slot { entry: Some((key.clone(), value)), weight, newer: NONE, older: NONE };
        let place = match self.free.pop() {
            Some(place) => place,
            None => {
                self.slots.push(Slot { entry: None, weight: 0, newer: NONE, older: NONE });
                self.slots.len() - 1
            }
        };
        if let Some(free) = self.slots.get_mut(place) {
            *free = slot;
        }
        self.places.insert(key, place);
        self.weight += weight;
        self.link(place);
        self.make_room()
    }

    /// Adds weight to a value that has grown, and gives what had to go for it.
    pub fn grow(&mut self, key: &K, weight: usize) -> Vec<(K, V)> {
        if self.get(key).is_none() {
            return Vec::new();
        }
        if let Some(slot) = self.slots.get_mut(self.newest) {
            slot.weight += weight;
            self.weight += weight;
        }
        self.make_room()
    }

    /// Forgets a value and gives it.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        let place = self.places.remove(key)?;
        self.unlink(place);
        let slot = self.slots.get_mut(place)?;
        self.weight -= slot.weight;
        self.free.push(place);
        slot.entry.take().map(|(_, value)| value)
    }

    /// The weight of all that is kept.
    #[must_use]
    pub fn weight(&self) -> usize {
        self.weight
    }

    /// For how much weight there is room.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// How many values are kept.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// True where nothing is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    fn make_room(&mut self) -> Vec<(K, V)> {
        let mut gone = Vec::new();
        while self.weight > self.capacity && self.oldest != self.newest {
            let key = self.slots.get(self.oldest).and_then(|slot| slot.entry.as_ref()).map(|(key, _)| key.clone());
            let Some(key) = key else { break };
            let Some(value) = self.remove(&key) else { break };
            gone.push((key, value));
        }
        gone
    }

    /// Puts a slot that is in no list before all others.
    fn link(&mut self, place: usize) {
        let next = self.newest;
        if let Some(slot) = self.slots.get_mut(place) {
            (slot.newer, slot.older) = (NONE, next);
        }
        match self.slots.get_mut(next) {
            Some(slot) => slot.newer = place,
            None => self.oldest = place,
        }
        self.newest = place;
    }

    /// Takes a slot out of the list.
    fn unlink(&mut self, place: usize) {
        let Some((newer, older)) = self.slots.get(place).map(|slot| (slot.newer, slot.older)) else { return };
        match self.slots.get_mut(newer) {
            Some(slot) => slot.older = older,
            None => self.newest = older,
        }
        match self.slots.get_mut(older) {
            Some(slot) => slot.newer = newer,
            None => self.oldest = newer,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heavy_value_is_kept_alone() {
        let mut cache = Cache::with_capacity(10);
        cache.insert(1, 'a', 3);
        cache.insert(2, 'b', 3);
        assert_eq!(cache.insert(3, 'c', 50), [(1, 'a'), (2, 'b')]);
        assert_eq!((cache.len(), cache.weight()), (1, 50));
        assert_eq!(cache.insert(4, 'd', 1), [(3, 'c')]);
        assert_eq!(cache.grow(&4, 30), []);
        assert_eq!((cache.remove(&4), cache.weight(), cache.is_empty()), (Some('d'), 0, true));
    }

    /// Beside a list that is walked for each call.
    #[test]
    fn it_forgets_in_the_order_of_use() {
        let mut random = crate::random::random(11);
        let mut cache = Cache::with_capacity(300);
        let mut plain: Vec<(u32, u32, usize)> = Vec::new();
        for round in 0..20_000 {
            let key = random() % 40;
            let position = plain.iter().position(|entry| entry.0 == key);
            match random() % 4 {
                0 => {
                    assert_eq!(cache.remove(&key), position.map(|place| plain.remove(place).1));
                }
                1 => {
                    let weight = random() as usize % 60;
                    if let Some(place) = position {
                        plain.remove(place);
                    }
                    plain.push((key, round, weight));
                    let mut gone = Vec::new();
                    while plain.iter().map(|entry| entry.2).sum::<usize>() > 300 {
                        let (key, value, _) = plain.remove(0);
                        gone.push((key, value));
                    }
                    assert_eq!(cache.insert(key, round, weight), gone);
                }
                2 => {
                    if let Some(place) = position {
                        let mut entry = plain.remove(place);
                        entry.2 += 1;
                        plain.push(entry);
                    }
                    while plain.len() > 1 && plain.iter().map(|entry| entry.2).sum::<usize>() > 300 {
                        plain.remove(0);
                    }
                    cache.grow(&key, 1);
                }
                _ => {
                    if let Some(place) = position {
                        let entry = plain.remove(place);
                        plain.push(entry);
                    }
                    assert_eq!(cache.get(&key).copied(), position.and(plain.last()).map(|entry| entry.1));
                }
            }
            assert_eq!(cache.weight(), plain.iter().map(|entry| entry.2).sum::<usize>());
            assert_eq!(cache.len(), plain.len());
        }
        assert!(cache.slots.len() <= 40);
    }
}
