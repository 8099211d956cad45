//! Pictures in bounded memory, for who draws many boards one after the other.

use std::sync::Arc;

use super::{Picture, PictureState, Pictures};
use crate::cache::Cache;
use crate::text::bitmap_font::BitmapFont;

/// [`Pictures`] with room for so many bytes. It forgets what was used the longest ago when it has no more room, but nothing
/// that is on its way, so that it isn't asked for twice: of that whoever asks bounds how much there is.
///
/// ```
/// use friendboard::picture::{Picture, PictureState, PictureStore};
/// let mut store = PictureStore::default();
/// store.set("a.png", PictureState::Pending);
/// let picture = Picture::from_premultiplied(1, 1, [0, 0, 0, 255]).unwrap();
/// store.set("a.png", PictureState::Ready(picture.clone()));
/// assert_eq!(store.pictures().get("a.png").picture(), Some(&picture));
/// ```
#[derive(Debug)]
pub struct PictureStore {
    pictures: Pictures,
    max_bytes: usize,
    /// The names of all but those that are on their way.
    known: Cache<Arc<str>, ()>,
}

/// What an entry costs beside its pixels and its name.
const ENTRY_BYTES: usize = 128;

impl Default for PictureStore {
    /// Room for 48 MiB of pictures (700 avatars of 132 px).
    fn default() -> Self {
        Self::with_capacity(48 * 1024 * 1024)
    }
}

impl PictureStore {
    /// A store with room for so many bytes of pictures. One picture that is larger than all of the room is kept alone.
    #[must_use]
    pub fn with_capacity(max_bytes: usize) -> Self {
        Self { pictures: Pictures::default(), max_bytes, known: Cache::with_capacity(max_bytes) }
    }

    /// What is known, as layout and display read it.
    #[must_use]
    pub fn pictures(&self) -> &Pictures {
        &self.pictures
    }

    /// Adds a picture that is used together with others: those at the end of what is used for which there is no room then fail,
    /// be it this one, as each would else push out another for as long as they are used. True where it is kept. The first is
    /// never left out.
    pub fn set_used(&mut self, src: &str, picture: Picture, used: &[Arc<str>]) -> bool {
        let mut bytes = 0_usize;
        let mut without_room = Vec::new();
        for name in used {
            let own = if **name == *src { Some(&picture) } else { self.pictures.get(name).picture() };
            let Some(own) = own else { continue };
            let weight = ENTRY_BYTES + name.len() + own.bytes();
            if bytes > 0 && bytes.saturating_add(weight) > self.max_bytes {
                without_room.push(Arc::clone(name));
            } else {
                bytes = bytes.saturating_add(weight);
            }
        }
        let is_kept = without_room.iter().all(|name| **name != *src);
        let reason: Arc<str> = Arc::from(format!("it has no room in {} bytes of pictures in sight", self.max_bytes));
        for name in without_room {
            self.set(&name, PictureState::Failed(Arc::clone(&reason)));
        }
        if is_kept {
            self.set(src, PictureState::Ready(picture));
        }
        is_kept
    }

    /// A picture is in use: it is forgotten later.
    pub fn touch(&mut self, src: &Arc<str>) {
        self.known.get(src);
    }

    /// Sets what is known of a picture, and makes room for it. Counts as a use of it.
    pub fn set(&mut self, src: &str, state: PictureState) {
        self.remove(src);
        let src: Arc<str> = Arc::from(src);
        if state != PictureState::Pending {
            let weight = ENTRY_BYTES + src.len() + state.bytes();
            for (name, ()) in self.known.insert(Arc::clone(&src), (), weight) {
                self.pictures.remove(&name);
            }
        }
        self.pictures.set(src, state);
    }

    /// Forgets a picture.
    pub fn remove(&mut self, src: &str) {
        self.known.remove(&Arc::from(src));
        self.pictures.remove(src);
    }

    /// Adds a bitmap font; fonts are few, and not forgotten.
    pub fn set_font(&mut self, path: &Arc<str>, font: Arc<BitmapFont>) {
        self.pictures.set_font(Arc::clone(path), font);
    }

    /// Bytes of the pictures and their names.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.known.weight()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(side: u32) -> PictureState {
        let pixels = vec![255; (side * side * 4) as usize];
        PictureState::Ready(Picture::from_premultiplied(side, side, pixels).unwrap())
    }

    #[test]
    fn goes_through_its_states() {
        let mut store = PictureStore::default();
        store.set("a", PictureState::Pending);
        assert_eq!(store.pictures().get("a"), &PictureState::Pending);
        store.set("a", PictureState::Failed("404".into()));
        assert_eq!(store.pictures().get("a"), &PictureState::Failed("404".into()));
        assert!(store.pictures().get("a").picture().is_none());
        store.remove("a");
        store.remove("a");
        assert_eq!((store.pictures().get("a"), store.bytes()), (&PictureState::Missing, 0));
    }

    #[test]
    fn forgets_what_was_used_the_longest_ago() {
        let one = 10 * 10 * 4 + ENTRY_BYTES + 1;
        let mut store = PictureStore::with_capacity(2 * one);
        let has = |store: &PictureStore, name: &str| store.pictures().get(name).picture().is_some();
        store.set("p", PictureState::Pending);
        for name in ["a", "b"] {
            store.set(name, picture(10));
        }
        store.touch(&"a".into());
        store.touch(&"nobody".into());
        store.set("c", picture(10));
        assert_eq!(store.pictures().get("b"), &PictureState::Missing);
        assert_eq!(store.pictures().get("p"), &PictureState::Pending);
        assert!(has(&store, "a") && has(&store, "c"));
        store.set("large", picture(100));
        assert_eq!(store.pictures().len(), 2);
        assert!(has(&store, "large"));
        assert_eq!(store.pictures().get("p"), &PictureState::Pending);
    }

    #[test]
    fn what_is_used_together_has_room_in_its_order() {
        let has = |store: &PictureStore, name: &str| store.pictures().get(name).picture().is_some();
        let used: Vec<Arc<str>> = ["a", "b", "c"].map(Arc::from).to_vec();
        let ready = |side: u32| picture(side).picture().cloned().unwrap();
        for order in [["a", "b", "c"], ["c", "b", "a"], ["b", "c", "a"]] {
            let mut store = PictureStore::with_capacity(2 * (10 * 10 * 4 + ENTRY_BYTES + 1) + 200);
            for name in order {
                store.set_used(name, ready(10), &used);
            }
            assert!(has(&store, "a") && has(&store, "b"), "{order:?}");
            assert!(matches!(store.pictures().get("c"), PictureState::Failed(_)), "{order:?}");
        }
        // One that is larger than all of the room has it alone.
        let mut store = PictureStore::with_capacity(1_000);
        assert!(store.set_used("a", ready(100), &used) && !store.set_used("b", ready(10), &used));
        // What is not in use yet pushes out what was used the longest ago.
        assert!(store.set_used("d", ready(10), &used));
    }

    #[test]
    fn memory_stays_bounded() {
        let mut store = PictureStore::with_capacity(100_000);
        let mut random = crate::random::random(3);
        for _ in 0..3_000 {
            let name = (random() % 500).to_string();
            match random() % 5 {
                0 => store.set(&name, PictureState::Pending),
                1 => store.set(&name, PictureState::Failed("no".into())),
                2 => store.set(&name, picture(random() % 40)),
                3 => store.remove(&name),
                _ => store.touch(&name.into()),
            }
            assert!(store.bytes() <= 100_000);
        }
        for name in 0..500 {
            store.remove(&name.to_string());
        }
        assert_eq!((store.bytes(), store.pictures().len()), (0, 0));
    }
}
