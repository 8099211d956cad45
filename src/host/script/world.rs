//! What a script's functions reach: the clock, canvases, pictures, the package, and what is asked of the host.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use super::account::{Account, Held};
use super::ask::{Ask, Fault};
use super::canvas::{Canvas, Ink, Matrix, Outline, Pen};
use super::package::Package;
use crate::geometry::Rect;
use crate::limits::Limits;
use crate::picture::Picture;
use crate::text::Fonts;

/// Steps of all paths that a script holds at a time.
const PATH_STEPS_MAX: usize = 1 << 20;

/// Steps of work of a step that is added to a path, and of one that is copied.
const PATH_STEP: u64 = 100;
/// Bytes of a `Path2D` beside its steps.
const PATH_BYTES: usize = 256;
/// Bytes of what is waited for, wherever that is remembered: a timer, an answer, a picture, a frame.
const WAITING: usize = 512;
/// Bytes of texts that are remembered as drawn.
const TEXTS_MOST: usize = 4 * 1024 * 1024;

/// A pattern of `createPattern()`.
pub struct PatternPicture {
    /// The picture; `None` for one that draws nothing.
    pub picture: Option<Picture>,
    /// Its key.
    pub src: Arc<str>,
    /// To both sides, and up and down.
    pub repeat: (bool, bool),
    /// Its pixels.
    #[expect(dead_code, reason = "they are held for as long as this is")]
    pub held: Held,
}

/// All that is behind a script's functions.
pub struct World {
    /// The limits.
    pub limits: Limits,
    /// The game's package.
    pub package: Box<dyn Package>,
    /// ms since the start.
    pub now: f64,
    /// What is asked and said.
    pub asks: VecDeque<Ask>,
    /// Canvases by number; 1 is the shared canvas.
    pub canvases: BTreeMap<i32, Canvas>,
    /// `Path2D` objects by number, which are negative.
    pub paths: BTreeMap<i32, Outline>,
    /// Patterns by number.
    pub patterns: BTreeMap<i32, PatternPicture>,
    /// Pictures that have come, by address.
    pub pictures: BTreeMap<Arc<str>, Picture>,
    /// The picture of a file that was read, until it is drawn.
    pub decoded: Option<Picture>,
    /// What draws.
    pub pen: Pen,
    /// What the script costs.
    pub account: Account,
    /// Bytes of all that was asked and said so far.
    said: usize,
    /// Sources by path, for what is said of errors.
    pub sources: BTreeMap<String, Arc<str>>,
    /// Texts that were drawn since somebody asked.
    pub texts: BTreeSet<String>,
    texts_bytes: usize,
    paths_held: Held,
    pictures_held: Held,
    waiting: Held,
    next: i32,
}

impl World {
    /// A world with the shared canvas alone.
    pub fn new(canvas: (u32, u32), fonts: Fonts, package: Box<dyn Package>, limits: Limits, account: Account) -> Self {
        let canvases = BTreeMap::from([(1, Canvas::new(canvas, false, &limits, &account))]);
        Self {
            limits,
            package,
            now: 0.0,
            asks: VecDeque::new(),
            canvases,
            paths: BTreeMap::new(),
            patterns: BTreeMap::new(),
            pictures: BTreeMap::new(),
            decoded: None,
            pen: Pen::new(fonts, account.clone()),
            said: 0,
            sources: BTreeMap::new(),
            texts: BTreeSet::new(),
            texts_bytes: 0,
            paths_held: account.hold(),
            pictures_held: account.hold(),
            waiting: account.hold(),
            account,
            next: 1,
        }
    }

    /// A new number for something.
    pub fn number(&mut self) -> i32 {
        self.next = self.next.wrapping_add(1).max(2);
        self.next
    }

    /// Says or asks something; of too much, the rest is left out.
    pub fn ask(&mut self, ask: Ask) {
        self.said = self.said.saturating_add(ask.bytes());
        match ask {
            Ask::Call { .. } | Ask::Image { .. } | Ask::Timer { .. } | Ask::Frame => self.waiting.add(WAITING),
            Ask::ClearTimer { .. } => self.waiting.remove(WAITING),
            Ask::Console { .. } | Ask::Fault(_) => {}
        }
        if self.said > self.limits.script_said_bytes {
            let most = self.limits.script_said_bytes;
            self.account.stop_by("asked for and said more than a session may", "script_said_bytes", most);
        } else if self.asks.len() < self.limits.context_effects {
            self.asks.push_back(ask);
        } else {
            self.account.stop_by("asked for or said more than one turn may", "context_effects", self.limits.context_effects);
        }
    }

    /// What was waited for has come, or will not come any more: an answer of so many bytes.
    pub fn came(&mut self, bytes: usize) {
        self.waiting.remove(WAITING + bytes);
    }

    /// An answer of so many bytes waits for its time.
    pub fn expect(&mut self, bytes: usize) {
        self.waiting.add(bytes);
    }

    /// Says that something is wrong.
    pub fn fault(&mut self, fault: Fault) {
        if self.account.is_over() {
            // The last word is said in any case.
            self.asks.push_back(Ask::Fault(fault));
        } else {
            self.ask(Ask::Fault(fault));
        }
    }

    /// True where there is room for a new canvas of this size: all of them are counted, as all else is.
    /// `is_own` where it is the script's: the shared one is the game's.
    pub fn has_room_for(&self, (width, height): (u32, u32), is_own: bool) -> bool {
        let bytes = |width: u32, height: u32| u64::from(width) * u64::from(height) * 4;
        let held: u64 = self.canvases.values().filter(|canvas| !canvas.is_blank()).map(|c| bytes(c.size().0, c.size().1)).sum();
        let more = bytes(width, height);
        let is_room = || usize::try_from(more).is_ok_and(|more| self.account.has_room(more));
        (!is_own || is_room()) && held + more <= self.limits.board_image_bytes as u64
    }

    /// Remembers a text that was drawn.
    pub fn note_text(&mut self, text: &str) {
        /// Texts that are remembered.
        const MOST: usize = 10_000;
        if self.texts.len() < MOST && self.texts_bytes + text.len() <= TEXTS_MOST && !self.texts.contains(text) {
            self.texts_bytes += text.len();
            self.texts.insert(text.to_owned());
        }
    }

    /// The texts that were drawn since this was asked last.
    pub fn take_texts(&mut self) -> BTreeSet<String> {
        self.texts_bytes = 0;
        std::mem::take(&mut self.texts)
    }

    /// Keeps a picture; false where there is no room for more.
    pub fn keep_picture(&mut self, src: Arc<str>, picture: Picture) -> bool {
        let held: usize = self.pictures.values().map(Picture::bytes).sum();
        if self.pictures.contains_key(&src) {
            return true;
        }
        if held + picture.bytes() > self.limits.board_image_bytes || !self.account.has_room(picture.bytes()) {
            return false;
        }
        self.pictures_held.add(picture.bytes());
        self.pictures.insert(src, picture);
        true
    }

    /// Adds to a path: that of a context, or a `Path2D` (a negative number); false where there are too many steps.
    pub fn outline(&mut self, id: i32, add: impl FnOnce(&mut crate::display::operations::Path)) -> bool {
        let (outline, transform) = if id < 0 {
            let Some(outline) = self.paths.get_mut(&id) else { return true };
            (outline, Matrix::IDENTITY)
        } else {
            let Some(canvas) = self.canvases.get_mut(&id) else { return true };
            let transform = canvas.state.transform;
            (&mut canvas.outline, transform)
        };
        if outline.len() > PATH_STEPS_MAX {
            return false;
        }
        let before = (outline.len(), outline.bytes());
        let copied = if outline.is_shared() { before.0 as u64 } else { 0 };
        outline.add(&transform, add);
        let (added, bytes) = (outline.len().saturating_sub(before.0) as u64, outline.bytes());
        self.account.spend(PATH_STEP * (1 + added) + copied * 4);
        if id < 0 {
            self.paths_held.add(bytes.saturating_sub(before.1));
        } else if let Some(canvas) = self.canvases.get_mut(&id) {
            canvas.tell_held();
        }
        true
    }

    /// A `Path2D` more.
    pub fn keep_path(&mut self, id: i32, outline: Outline) {
        self.paths_held.add(PATH_BYTES + outline.bytes());
        self.paths.insert(id, outline);
    }

    /// A `Path2D` less.
    pub fn drop_path(&mut self, id: i32) {
        if let Some(outline) = self.paths.remove(&id) {
            self.paths_held.remove(PATH_BYTES + outline.bytes());
        }
    }

    /// What a fill or stroke of a context is made of.
    pub fn ink(&mut self, canvas: i32, stroke: bool) -> Option<&mut Ink> {
        let state = &mut self.canvases.get_mut(&canvas)?.state;
        Some(if stroke { &mut state.stroke } else { &mut state.fill })
    }

    /// The outline that a call names: a `Path2D` under the context's transform, or the context's own.
    pub fn named_outline(&self, canvas: i32, path: i32) -> Option<Outline> {
        let context = self.canvases.get(&canvas)?;
        match self.paths.get(&path) {
            Some(outline) => Some(Outline::new(outline.on_canvas(), context.state.transform)),
            None if path == 0 => Some(context.outline.clone()),
            None => None,
        }
    }

    /// All of a picture.
    pub fn whole(picture: &Picture) -> Rect {
        Rect::new(0.0, 0.0, picture.width() as f32, picture.height() as f32)
    }
}
