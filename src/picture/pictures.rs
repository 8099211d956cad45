//! What is known of the pictures and bitmap fonts that a board names: the plain map that layout and display read.

use std::sync::Arc;

use super::Picture;
use crate::error::{Diagnostic, Place};
use crate::geometry::Rect;
use crate::sorted::BTreeMap;
use crate::text::bitmap_font::BitmapFont;

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

    /// Bytes of its pixels, or of the reason why there are none.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Ready(picture) => picture.bytes(),
            Self::Failed(reason) => reason.len(),
            Self::Missing | Self::Pending => 0,
        }
    }
}

/// Pictures by their `src`, and bitmap fonts by their path. Whoever draws fills it first: nothing is loaded by reading it.
///
/// ```
/// use friendboard::picture::{Picture, PictureState, Pictures};
/// let mut pictures = Pictures::default();
/// assert_eq!(pictures.get("a.png"), &PictureState::Missing);
/// let picture = Picture::from_premultiplied(1, 1, [0, 0, 0, 255]).unwrap();
/// pictures.set("a.png", PictureState::Ready(picture.clone()));
/// assert_eq!(pictures.get("a.png").picture(), Some(&picture));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Pictures {
    by_src: BTreeMap<Arc<str>, PictureState>,
    bytes: usize,
    fonts: BTreeMap<Arc<str>, Arc<BitmapFont>>,
}

impl Pictures {
    /// What is known of a picture.
    #[must_use]
    pub fn get(&self, src: &str) -> &PictureState {
        self.by_src.get(src).unwrap_or(&PictureState::Missing)
    }

    /// Sets what is known of a picture and gives what was.
    pub fn set(&mut self, src: impl Into<Arc<str>>, state: PictureState) -> PictureState {
        self.bytes += state.bytes();
        let before = self.by_src.insert(src.into(), state).unwrap_or_default();
        self.bytes -= before.bytes();
        before
    }

    /// Forgets a picture and gives what was known of it.
    pub fn remove(&mut self, src: &str) -> PictureState {
        let before = self.by_src.remove(src).unwrap_or_default();
        self.bytes -= before.bytes();
        before
    }

    /// Forgets the pictures of which only what was drawn is kept.
    pub fn forget_reduced(&mut self) {
        self.by_src.retain(|_, state| {
            let is_reduced = state.picture().is_some_and(Picture::is_reduced);
            if is_reduced {
                self.bytes -= state.bytes();
            }
            !is_reduced
        });
    }

    /// Keeps of each picture what it is drawn by, [scaled crops](Picture::scaled_crop), and no more; of one that is reduced
    /// already nothing changes.
    pub fn reduce<'a>(&mut self, crops: impl Fn(&Picture) -> &'a [(Rect, u32, u32)]) {
        for state in self.by_src.values_mut() {
            let Some(picture) = state.picture().filter(|picture| !picture.is_reduced()) else { continue };
            let reduced = picture.reduced(crops(picture));
            self.bytes -= state.bytes();
            *state = PictureState::Ready(reduced);
            self.bytes += state.bytes();
        }
    }

    /// Bytes of all pixels.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// How many pictures something is known of.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_src.len()
    }

    /// True where nothing is known of any picture.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_src.is_empty()
    }

    /// A bitmap font by the path that `bitmaptext` names; `None` where it is not there.
    #[must_use]
    pub fn font(&self, path: &str) -> Option<&Arc<BitmapFont>> {
        self.fonts.get(path)
    }

    /// Adds a bitmap font.
    pub fn set_font(&mut self, path: impl Into<Arc<str>>, font: Arc<BitmapFont>) {
        self.fonts.insert(path.into(), font);
    }
}

/// Says that a picture (or whatever `what` calls it) is not to be had, and why.
#[must_use]
pub fn missing(what: &str, src: &str, reason: impl std::fmt::Display) -> Diagnostic {
    let message = format!("{what} '{}': {reason}", shortened(src));
    Diagnostic::warning("missing-picture", message, Place::default())
}

/// An address as it is told: `data:` addresses are long.
#[must_use]
pub fn shortened(src: &str) -> String {
    let mut shown: String = src.chars().take(120).collect();
    if shown.len() < src.len() {
        shown.push('…');
    }
    shown
}
