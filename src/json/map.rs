//! Named values that may be made when somebody first looks at them.

use std::any::Any;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use crate::sorted::BTreeMap;

/// What a [`Value::Map`](super::Value::Map) holds: names in order, each with its value.
///
/// One that is made [later](Map::later) is made when somebody first looks into it: of ten thousand friends a board shows ten.
///
/// ```
/// use friendboard::json::{Map, Value};
/// let map = Map::from(std::collections::BTreeMap::from([("score".into(), Value::from(12))]));
/// assert_eq!(map.get("score"), Some(&Value::from(12)));
/// ```
pub struct Map<V> {
    made: OnceLock<BTreeMap<Arc<str>, V>>,
    later: Option<(Arc<dyn Maker<V>>, usize)>,
}

/// Makes maps when somebody looks at them.
pub trait Maker<V>: Send + Sync {
    /// The map of a number: the same, whenever it is made.
    fn make(&self, number: usize) -> BTreeMap<Arc<str>, V>;

    /// The value that a name has in the map of a number, where it is known without making the map.
    fn known(&self, number: usize, name: &str) -> Option<V> {
        let _ = (number, name);
        None
    }

    /// The one number in whose map a name is true, where that is known without making maps; `None` where it is not.
    fn true_in(&self, name: &str) -> Option<Option<usize>> {
        let _ = name;
        None
    }

    /// What the map of a number is made from, to be asked about later; `None` where that is not known. It holds no more than
    /// it has to.
    fn origin(&self, number: usize) -> Option<Origin> {
        let _ = number;
        None
    }

    /// True where the map of a number is made from just what an earlier one was, so that both are equal.
    fn is_made_from(&self, number: usize, origin: &Origin) -> bool {
        let _ = (number, origin);
        false
    }
}

/// What a map was made from, as its [`Maker`] knows it.
pub type Origin = Arc<dyn Any + Send + Sync>;

impl<V> Map<V> {
    /// The map of a number that a maker has, made when somebody first looks into it.
    pub fn later(maker: &Arc<dyn Maker<V>>, number: usize) -> Self {
        Self { made: OnceLock::new(), later: Some((Arc::clone(maker), number)) }
    }

    /// The value of a name; where it is known without it, the map is not made for it.
    pub fn look_up(&self, name: &str) -> Option<V>
    where
        V: Clone,
    {
        let known = || self.later.as_ref().and_then(|(maker, number)| maker.known(*number, name));
        let known = if self.made.get().is_none() { known() } else { None };
        known.or_else(|| self.get(name).cloned())
    }

    /// What it is made from, where its maker says so and it was not changed.
    pub fn origin(&self) -> Option<Origin> {
        self.later.as_ref().and_then(|(maker, number)| maker.origin(*number))
    }

    /// True where it is made from just what an earlier map was; it need not be made for that.
    pub fn is_made_from(&self, origin: &Origin) -> bool {
        self.later.as_ref().is_some_and(|(maker, number)| maker.is_made_from(*number, origin))
    }

    /// True where it is made when somebody looks into it.
    pub fn is_later(&self) -> bool {
        self.later.is_some()
    }

    /// Changes the names and values.
    pub fn change(&mut self, change: impl FnOnce(&mut BTreeMap<Arc<str>, V>)) {
        self.made();
        let mut entries = self.made.take().unwrap_or_default();
        change(&mut entries);
        *self = Self::from(entries);
    }

    fn made(&self) -> &BTreeMap<Arc<str>, V> {
        self.made.get_or_init(|| self.later.as_ref().map_or_else(BTreeMap::new, |(maker, number)| maker.make(*number)))
    }
}

impl<V> From<BTreeMap<Arc<str>, V>> for Map<V> {
    fn from(entries: BTreeMap<Arc<str>, V>) -> Self {
        Self { made: OnceLock::from(entries), later: None }
    }
}

impl<V> Default for Map<V> {
    fn default() -> Self {
        Self::from(BTreeMap::new())
    }
}

impl<V> Deref for Map<V> {
    type Target = BTreeMap<Arc<str>, V>;

    fn deref(&self) -> &Self::Target {
        self.made()
    }
}

/// What is changed is its own from then on.
impl<V: Clone> Clone for Map<V> {
    fn clone(&self) -> Self {
        Self::from(self.made().clone())
    }
}

impl<V: PartialEq> PartialEq for Map<V> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<V: fmt::Debug> fmt::Debug for Map<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.made().fmt(f)
    }
}

impl<'a, V> IntoIterator for &'a Map<V> {
    type Item = (&'a Arc<str>, &'a V);
    type IntoIter = crate::sorted::MapIter<'a, Arc<str>, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::super::Value;
    use super::*;

    /// Makes items of their number, and counts how many; the one of self is the seventh.
    pub struct Counting(pub AtomicUsize);

    impl Maker<Value> for Counting {
        fn make(&self, number: usize) -> BTreeMap<Arc<str>, Value> {
            self.0.fetch_add(1, Ordering::Relaxed);
            BTreeMap::from([(Arc::from("number"), Value::from(number))])
        }

        fn true_in(&self, name: &str) -> Option<Option<usize>> {
            (name == "own").then_some(Some(7))
        }
    }

    #[test]
    fn what_nobody_looks_at_is_not_made_and_what_is_made_is_made_once() {
        let counting = Arc::new(Counting(AtomicUsize::new(0)));
        let maker: Arc<dyn Maker<Value>> = counting.clone();
        let list = Value::list((0..5).map(|number| Value::Map(Arc::new(Map::later(&maker, number)))));
        let copy = list.clone();
        assert_eq!(counting.0.load(Ordering::Relaxed), 0);
        let third = |list: &Value| list.as_list().unwrap()[3].get("number").cloned();
        assert_eq!((third(&list), third(&copy)), (Some(Value::from(3)), Some(Value::from(3))));
        assert_eq!(counting.0.load(Ordering::Relaxed), 1);
        let changed = list.as_list().unwrap()[1].clone().with("own", true);
        assert_eq!(changed.to_json(), r#"{"number":1,"own":true}"#);
        assert_eq!(list.to_json(), r#"[{"number":0},{"number":1},{"number":2},{"number":3},{"number":4}]"#);
        assert_eq!(counting.0.load(Ordering::Relaxed), 5);
        assert_eq!(list, copy);
    }
}
