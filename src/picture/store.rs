//! Pictures in bounded memory, for who draws many boards one after the other.

use std::sync::Arc;

use super::{PictureState, Pictures};
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
    /// The names of all but those that are on their way.
    known: Cache<Arc<str>, ()>,
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
        Self { pictures: Pictures::default(), known: Cache::with_capacity(max_bytes) }
    }

    /// What is known, as layout and display read it.
    #[must_use]
    pub fn pictures(&self) -> &Pictures {
        &self.pictures
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
    use super::super::Picture;
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
