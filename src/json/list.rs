//! Items that may be made when somebody first looks at them.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::map::{Maker, Map};
use crate::sorted::BTreeMap;

/// What a [`Value::List`](super::Value::List) holds: items in order.
///
/// One of maps that are made [later](List::later) has none until somebody looks: of ten thousand friends a board shows ten.
/// To look at all of them as a slice makes all of them.
///
/// ```
/// use friendboard::json::{List, Value};
/// let list = List::from(vec![Value::from(1), Value::from(2)]);
/// assert_eq!((list.len(), list.item(1)), (2, Some(Value::from(2))));
/// ```
pub struct List<V> {
    made: OnceLock<Box<[V]>>,
    later: Option<Later<V>>,
}

/// Maps of some of the numbers that a maker has.
struct Later<V> {
    maps: Arc<Maps<V>>,
    numbers: Range<usize>,
}

/// What a list has in common with its parts.
struct Maps<V> {
    maker: Arc<dyn Maker<V>>,
    /// Makes an item of a map.
    value: fn(Arc<Map<V>>) -> V,
    /// The items that were looked at, by number.
    seen: Mutex<BTreeMap<usize, V>>,
}

impl<V: Clone> Later<V> {
    fn item(&self, index: usize) -> Option<V> {
        let number = self.numbers.start.checked_add(index).filter(|number| self.numbers.contains(number))?;
        let Maps { maker, value, seen } = &*self.maps;
        // What is in it is whole, whoever panicked.
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        Some(seen.entry(number).or_insert_with(|| value(Arc::new(Map::later(maker, number)))).clone())
    }
}

impl<V: Clone> List<V> {
    /// The maps of the first so many numbers that a maker has, each made when somebody first looks into it; `value` makes an
    /// item of a map.
    pub fn later(maker: &Arc<dyn Maker<V>>, count: usize, value: fn(Arc<Map<V>>) -> V) -> Self {
        let maps = Maps { maker: Arc::clone(maker), value, seen: Mutex::default() };
        Self::of(Later { maps: Arc::new(maps), numbers: 0..count })
    }

    fn of(later: Later<V>) -> Self {
        Self { made: OnceLock::new(), later: Some(later) }
    }

    /// A part of it, as far as it reaches; the items are the same ones.
    #[must_use]
    pub fn part(&self, indexes: Range<usize>) -> Self {
        let (from, until) = (indexes.start.min(self.len()), indexes.end.min(self.len()));
        let until = until.max(from);
        match &self.later {
            Some(Later { maps, numbers }) => {
                let numbers = numbers.start + from..numbers.start + until;
                Self::of(Later { maps: Arc::clone(maps), numbers })
            }
            None => Self::from(self.made().get(from..until).unwrap_or_default().to_vec()),
        }
    }

    /// How many items there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.later.as_ref().map_or_else(|| self.made().len(), |later| later.numbers.len())
    }

    /// True where there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// True where its items are made when somebody looks at them.
    #[must_use]
    pub fn is_later(&self) -> bool {
        self.later.is_some()
    }

    /// The item of an index, without making others.
    #[must_use]
    pub fn item(&self, index: usize) -> Option<V> {
        match (self.made.get(), &self.later) {
            (None, Some(later)) => later.item(index),
            _ => self.made().get(index).cloned(),
        }
    }

    /// The index of the one item in whose map a name is true, where that is known without looking at each; `None` where it
    /// is not.
    #[must_use]
    pub fn known_place(&self, name: &str) -> Option<Option<usize>> {
        let Later { maps, numbers } = self.later.as_ref()?;
        let number = maps.maker.true_in(name)?;
        Some(number.filter(|number| numbers.contains(number)).map(|number| number - numbers.start))
    }

    fn made(&self) -> &[V] {
        self.made.get_or_init(|| match &self.later {
            Some(later) => (0..later.numbers.len()).filter_map(|index| later.item(index)).collect(),
            None => Box::default(),
        })
    }
}

impl<V> From<Vec<V>> for List<V> {
    fn from(items: Vec<V>) -> Self {
        Self { made: OnceLock::from(items.into_boxed_slice()), later: None }
    }
}

impl<V> FromIterator<V> for List<V> {
    fn from_iter<I: IntoIterator<Item = V>>(items: I) -> Self {
        Self::from(items.into_iter().collect::<Vec<_>>())
    }
}

impl<V: Clone> Deref for List<V> {
    type Target = [V];

    fn deref(&self) -> &[V] {
        self.made()
    }
}

impl<V: PartialEq + Clone> PartialEq for List<V> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<V: fmt::Debug + Clone> fmt::Debug for List<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.made().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::super::Value;
    use super::super::map::tests::Counting;
    use super::*;

    #[test]
    fn items_are_made_where_they_are_looked_at() {
        let counting = Arc::new(Counting(AtomicUsize::new(0)));
        let maker: Arc<dyn Maker<Value>> = counting.clone();
        let all = List::later(&maker, 9, Value::Map);
        let list = all.part(5..20);
        assert_eq!((list.len(), list.known_place("own"), list.known_place("other")), (4, Some(Some(2)), None));
        assert_eq!(all.part(0..7).known_place("own"), Some(None));
        assert_eq!(counting.0.load(Ordering::Relaxed), 0);
        let number = |item: Option<Value>| item.and_then(|item| item.get("number").cloned());
        assert_eq!((number(list.item(1)), number(list.item(1))), (Some(Value::from(6)), Some(Value::from(6))));
        assert_eq!((number(all.item(6)), list.item(4)), (Some(Value::from(6)), None));
        assert_eq!(counting.0.load(Ordering::Relaxed), 1, "parts have the same items");
        let value = Value::List(Arc::new(list));
        assert_eq!(value.to_json(), r#"[{"number":5},{"number":6},{"number":7},{"number":8}]"#);
        assert_eq!(counting.0.load(Ordering::Relaxed), 4, "what was looked at is not made again");
    }
}
