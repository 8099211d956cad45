//! The pictures that a board knows by their `src`, in bounded memory.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::Picture;

/// What is known of a picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum PictureState {
    /// Never asked for, or forgotten for want of room.
    #[default]
    Missing,
    /// Asked for, not there yet.
    Pending,
    /// There.
    Ready(Picture),
    /// It could not be had; why, for the report.
    Failed(Arc<str>),
}

impl PictureState {
    /// The picture, where it is there.
    #[must_use]
    pub fn picture(&self) -> Option<&Picture> {
        match self {
            Self::Ready(picture) => Some(picture),
            Self::Missing | Self::Pending | Self::Failed(_) => None,
        }
    }
}

/// Pictures by their `src`. It forgets what was used the longest ago when it has no more room; a picture that is on its
/// way is forgotten last, so that it isn't asked for twice.
///
/// ```
/// use friendboard::picture::{Picture, PictureState, PictureStore};
/// let mut store = PictureStore::default();
/// assert_eq!(store.get("a.png"), PictureState::Missing);
/// store.set_pending("a.png");
/// let picture = Picture::from_premultiplied(1, 1, [0, 0, 0, 255]).unwrap();
/// store.set_ready("a.png", picture.clone());
/// assert_eq!(store.get("a.png"), PictureState::Ready(picture));
/// ```
#[derive(Debug)]
pub struct PictureStore {
    entries: BTreeMap<Arc<str>, Entry>,
    bytes: usize,
    max_bytes: usize,
    revision: u64,
    /// Counts uses; the larger, the later.
    clock: AtomicU64,
}

#[derive(Debug)]
struct Entry {
    state: PictureState,
    bytes: usize,
    used: AtomicU64,
}

/// What an entry costs beside its pixels and its name.
const ENTRY_BYTES: usize = 128;

impl Default for PictureStore {
    /// Room for 64 MiB of pictures (900 avatars of 132 px).
    fn default() -> Self {
        Self::with_capacity(64 * 1024 * 1024)
    }
}

impl PictureStore {
    /// A store with room for so many bytes of pictures. One picture that is larger than all of the room is kept alone.
    #[must_use]
    pub fn with_capacity(max_bytes: usize) -> Self {
        Self { entries: BTreeMap::new(), bytes: 0, max_bytes, revision: 0, clock: AtomicU64::new(0) }
    }

    /// What is known of a picture. Counts as a use of it.
    #[must_use]
    pub fn get(&self, src: &str) -> PictureState {
        let Some(entry) = self.entries.get(src) else { return PictureState::Missing };
        entry.used.store(self.clock.fetch_add(1, Ordering::Relaxed), Ordering::Relaxed);
        entry.state.clone()
    }

    /// The picture was asked for.
    pub fn set_pending(&mut self, src: &str) {
        self.set(src, PictureState::Pending);
    }

    /// The picture is there.
    pub fn set_ready(&mut self, src: &str, picture: Picture) {
        self.set(src, PictureState::Ready(picture));
    }

    /// The picture could not be had; `reason` is for the report.
    pub fn set_failed(&mut self, src: &str, reason: &str) {
        self.set(src, PictureState::Failed(Arc::from(reason)));
    }

    /// Forgets a picture.
    pub fn remove(&mut self, src: &str) {
        if let Some(entry) = self.entries.remove(src) {
            self.bytes -= entry.bytes;
            self.revision += 1;
        }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.entries.clear();
        self.bytes = 0;
        self.revision += 1;
    }

    /// Grows with every change of what [`PictureStore::get`] answers: whoever drew at one revision need not look again
    /// at the same.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// How many pictures something is known of.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True where nothing is known of any picture.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Bytes of the pictures and their names.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    fn set(&mut self, src: &str, state: PictureState) {
        self.revision += 1;
        let used = AtomicU64::new(self.clock.fetch_add(1, Ordering::Relaxed));
        let bytes = ENTRY_BYTES
            + src.len()
            + match &state {
                PictureState::Ready(picture) => picture.pixels().len(),
                PictureState::Failed(reason) => reason.len(),
                PictureState::Missing | PictureState::Pending => 0,
            };
        let src: Arc<str> = Arc::from(src);
        self.bytes += bytes;
        if let Some(before) = self.entries.insert(Arc::clone(&src), Entry { state, bytes, used }) {
            self.bytes -= before.bytes;
        }
        while self.bytes > self.max_bytes && self.entries.len() > 1 {
            let others = self.entries.iter().filter(|(name, _)| **name != src);
            let oldest = others
                .min_by_key(|(_, entry)| (entry.state == PictureState::Pending, entry.used.load(Ordering::Relaxed)))
                .map(|(name, _)| Arc::clone(name));
            let Some(entry) = oldest.and_then(|name| self.entries.remove(&name)) else { break };
            self.bytes -= entry.bytes;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(side: u32) -> Picture {
        Picture::from_premultiplied(side, side, vec![255; (side * side * 4) as usize]).unwrap()
    }

    #[test]
    fn goes_through_its_states() {
        let mut store = PictureStore::default();
        assert!(store.is_empty());
        store.set_pending("a");
        assert_eq!(store.get("a"), PictureState::Pending);
        let revision = store.revision();
        store.set_failed("a", "404");
        assert_eq!(store.get("a"), PictureState::Failed("404".into()));
        assert!(store.revision() > revision && store.get("a").picture().is_none());
        store.remove("a");
        assert_eq!((store.get("a"), store.bytes()), (PictureState::Missing, 0));
    }

    #[test]
    fn forgets_what_was_used_the_longest_ago() {
        let one = 10 * 10 * 4 + ENTRY_BYTES + 1;
        let mut store = PictureStore::with_capacity(3 * one);
        store.set_pending("p");
        for name in ["a", "b"] {
            store.set_ready(name, picture(10));
        }
        assert!(store.get("a").picture().is_some());
        store.set_ready("c", picture(10));
        assert_eq!(store.get("b"), PictureState::Missing);
        assert_eq!(store.get("p"), PictureState::Pending);
        assert!(store.get("a").picture().is_some() && store.get("c").picture().is_some());
        store.set_ready("large", picture(100));
        assert_eq!(store.len(), 1);
        assert!(store.get("large").picture().is_some());
    }

    #[test]
    fn memory_stays_bounded() {
        let mut store = PictureStore::with_capacity(100_000);
        let mut random = crate::random::random(3);
        for _ in 0..3_000 {
            let name = (random() % 500).to_string();
            match random() % 4 {
                0 => store.set_pending(&name),
                1 => store.set_failed(&name, "no"),
                2 => store.set_ready(&name, picture(random() % 40)),
                _ => drop(store.get(&name)),
            }
            assert!(store.bytes() <= 100_000);
        }
        store.clear();
        assert_eq!(store.bytes(), 0);
    }
}
