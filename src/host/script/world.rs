//! What a script's functions reach: the clock, canvases, pictures, the package, and what is asked of the host.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use super::ask::{Ask, Fault};
use super::canvas::{Canvas, Ink, Matrix, Outline, Pen};
use super::package::Package;
use crate::geometry::Rect;
use crate::limits::Limits;
use crate::picture::Picture;

/// Steps of all paths that a script holds at a time.
const PATH_STEPS_MAX: usize = 1 << 20;

/// A pattern of `createPattern()`.
#[derive(Clone)]
pub struct PatternPicture {
    /// The picture; `None` for one that draws nothing.
    pub picture: Option<Picture>,
    /// Its key.
    pub src: Arc<str>,
    /// To both sides, and up and down.
    pub repeat: (bool, bool),
}

/// Bytes of what a script may ask for and say in a session, all of which is in its log.
const SAID_MOST: usize = 32 * 1024 * 1024;

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
    /// What draws.
    pub pen: Pen,
    /// Loops and calls of this turn, in units of the engine's.
    pub interrupts: u64,
    /// Bytes of all that was asked and said so far.
    said: usize,
    /// Why the script was stopped for good.
    pub stopped: Option<&'static str>,
    /// Sources by path, for what is said of errors.
    pub sources: BTreeMap<String, Arc<str>>,
    /// Texts that were drawn since somebody asked.
    pub texts: BTreeSet<String>,
    next: i32,
}

impl World {
    /// A world with the shared canvas alone.
    pub fn new(canvas: (u32, u32), package: Box<dyn Package>, limits: Limits) -> Self {
        let canvases = BTreeMap::from([(1, Canvas::new(canvas, &limits))]);
        Self {
            limits,
            package,
            now: 0.0,
            asks: VecDeque::new(),
            canvases,
            paths: BTreeMap::new(),
            patterns: BTreeMap::new(),
            pictures: BTreeMap::new(),
            pen: Pen::new(),
            interrupts: 0,
            said: 0,
            stopped: None,
            sources: BTreeMap::new(),
            texts: BTreeSet::new(),
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
        if self.said > SAID_MOST {
            self.stopped = self.stopped.or(Some("asked for and said more than 32 MiB of text in one session"));
        } else if self.asks.len() < self.limits.context_effects {
            self.asks.push_back(ask);
        } else if self.stopped.is_none() {
            self.stopped = Some("asked for or said more than `context_effects` allows in one turn");
        }
    }

    /// Says that something is wrong.
    pub fn fault(&mut self, fault: Fault) {
        self.ask(Ask::Fault(fault));
    }

    /// False where this turn has drawn as much as one may.
    pub fn may_draw(&mut self) -> bool {
        if self.pen.spent > self.limits.work {
            self.stopped = Some("drew more in one turn than `work` allows");
        }
        self.stopped.is_none()
    }

    /// The bytes of all canvases, and of those that a new one of this size would add.
    pub fn has_room_for(&self, (width, height): (u32, u32)) -> bool {
        let bytes = |width: u32, height: u32| u64::from(width) * u64::from(height) * 4;
        let held: u64 = self.canvases.values().filter(|canvas| !canvas.is_blank()).map(|c| bytes(c.size().0, c.size().1)).sum();
        held + bytes(width, height) <= self.limits.board_image_bytes as u64
    }

    /// Remembers a text that was drawn.
    pub fn note_text(&mut self, text: &str) {
        /// Texts that are remembered.
        const MOST: usize = 10_000;
        if self.texts.len() < MOST && !self.texts.contains(text) {
            self.texts.insert(text.to_owned());
        }
    }

    /// Keeps a picture; false where there is no room for more.
    pub fn keep_picture(&mut self, src: Arc<str>, picture: Picture) -> bool {
        let held: usize = self.pictures.values().map(Picture::bytes).sum();
        if !self.pictures.contains_key(&src) && held + picture.bytes() > self.limits.board_image_bytes {
            return false;
        }
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
        outline.add(&transform, add);
        true
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
