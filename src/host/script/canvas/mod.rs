//! Canvases and their 2D contexts, by the HTML specification ("The 2D rendering context") over our operations.
//!
//! ```text
//! a context's calls ──Canvas──▶ operations, in their order ──flush──▶ pixels
//! ```
//!
//! Operations gather until somebody looks: a frame, `getImageData()`, a canvas that is drawn onto another.

mod capitals;
mod draw;
mod inside;
mod matrix;
mod outline;
mod pixels;
mod state;
mod svg_path;
mod text;

use std::sync::Arc;

pub use capitals::Capitals;
pub use inside::{is_inside, stroke_covers};
pub use matrix::Matrix;
pub use outline::{Outline, mapped, rect, round_rect};
pub use state::{Align, Baseline, Ink, State};
pub use svg_path::add_svg;

use super::account::{Account, Held};
use super::font::Font;
use crate::display::operations::{Composite, FillRule, Operation, Shadow};
use crate::limits::Limits;
use crate::picture::Picture;
use crate::raster::{Rasterizer, SharedCanvas};
use crate::text::{Fonts, TextEngine};
use crate::unwind::contained;

/// Operations that are gathered at most before they are drawn.
const PENDING_MAX: usize = 4_096;
/// States that a script may have saved at a time.
const SAVED_MAX: usize = 100_000;
/// Clips that may hold at a time: each is drawn again with what is gathered next.
const CLIPS_MAX: usize = 4_096;
/// Bytes that the operations that are gathered may hold before they are drawn: pixels that are put, paths.
const PENDING_BYTES: usize = 16 * 1024 * 1024;
/// Bytes of a state that is saved, and of a clip.
const STATE_BYTES: usize = 512;
/// What it costs to bring about a clip beside its edges, in px drawn.
const CLIP_COST: u64 = 1_000;

/// What draws: one for all canvases.
pub struct Pen {
    /// The rasterizer.
    pub rasterizer: Rasterizer,
    /// Fonts and shaping.
    pub text: TextEngine,
    /// What all of the script's work is counted on.
    pub account: Account,
}

impl Pen {
    /// With these fonts.
    pub fn new(fonts: Fonts, account: Account) -> Self {
        Self { rasterizer: Rasterizer::new(), text: TextEngine::new(fonts), account }
    }
}

/// What of the state the gathered operations have set so far.
struct Told {
    transform: Option<Matrix>,
    alpha: Option<f64>,
    composite: Option<Composite>,
    shadow: Option<Shadow>,
    /// The clips that hold, each after a `Save`.
    clips: Vec<Arc<state::ClipPath>>,
}

impl Told {
    /// What a new context has.
    fn nothing() -> Self {
        Self {
            transform: Some(Matrix::IDENTITY),
            alpha: Some(1.0),
            composite: Some(Composite::SourceOver),
            shadow: Some(Shadow::NONE),
            clips: Vec::new(),
        }
    }
}

/// A canvas with its context.
pub struct Canvas {
    /// Its size, px: 0 is possible, and has no pixels.
    size: (u32, u32),
    pixels: Option<SharedCanvas>,
    pending: Vec<Operation>,
    /// Bytes that these hold.
    pending_bytes: usize,
    told: Told,
    /// The state now.
    pub state: State,
    saved: Vec<State>,
    /// The clips that hold, the first first; those of a saved state are the first of them.
    clips: Vec<Arc<state::ClipPath>>,
    /// The current default path.
    pub outline: Outline,
    /// Counts what changed its pixels.
    pub version: u64,
    /// Its pixels as a picture, with the version that they are of.
    shown: Option<(u64, Picture)>,
    font: Arc<Font>,
    /// It has no transparency (`alpha: false`): what is not drawn on is black.
    opaque: bool,
    /// It is the script's own: its pixels are counted.
    is_own: bool,
    held: Held,
}

impl Canvas {
    /// A canvas, transparent; without pixels where one of its sides is 0 or too large. `is_own` where it is the script's.
    pub fn new(size: (u32, u32), is_own: bool, limits: &Limits, account: &Account) -> Self {
        let font = Arc::new(Font::default());
        let mut canvas = Self {
            size,
            pixels: SharedCanvas::new(size.0, size.1, limits).ok(),
            pending: Vec::new(),
            pending_bytes: 0,
            told: Told::nothing(),
            state: State::new(Arc::clone(&font)),
            saved: Vec::new(),
            clips: Vec::new(),
            outline: Outline::default(),
            version: 0,
            shown: None,
            font,
            opaque: false,
            is_own,
            held: account.hold(),
        };
        canvas.tell_held();
        canvas
    }

    /// Says how many bytes it holds now.
    pub fn tell_held(&mut self) {
        let area = self.size.0 as usize * self.size.1 as usize * 4;
        let copies = usize::from(self.is_own && self.pixels.is_some()) + usize::from(self.shown.is_some());
        let states = self.saved.len() + self.clips.len();
        self.held.set(copies * area + states * STATE_BYTES + self.outline.bytes());
    }

    /// Makes it one without transparency, as `getContext("2d", { alpha: false })` does.
    pub fn make_opaque(&mut self, pen: &mut Pen) {
        self.flush(pen);
        self.opaque = true;
        self.version += 1;
        self.fill_up();
    }

    /// Lays what is on it on black where it has no transparency.
    fn fill_up(&mut self) {
        if let (true, Some(pixels)) = (self.opaque, &mut self.pixels) {
            pixels.pixels_mut().iter_mut().skip(3).step_by(4).for_each(|alpha| *alpha = u8::MAX);
        }
    }

    /// Its size, px.
    pub fn size(&self) -> (u32, u32) {
        self.size
    }

    /// True where it has no pixels.
    pub fn is_blank(&self) -> bool {
        self.pixels.is_none()
    }

    /// Gives it a size, which clears pixels and state.
    pub fn resize(&mut self, size: (u32, u32), limits: &Limits) {
        self.size = size;
        // What was there goes before what comes: they are not held both.
        self.pixels = None;
        self.pixels = SharedCanvas::new(size.0, size.1, limits).ok();
        self.fill_up();
        self.version += 1;
        self.shown = None;
        self.reset_state();
    }

    /// `reset()`: the same canvas, cleared.
    pub fn reset(&mut self) {
        if let Some(pixels) = &mut self.pixels {
            pixels.clear();
        }
        self.fill_up();
        self.version += 1;
        self.reset_state();
    }

    /// Clears its pixels alone.
    pub fn wipe(&mut self, pen: &mut Pen) {
        self.flush(pen);
        if let Some(pixels) = &mut self.pixels {
            pixels.clear();
        }
        self.fill_up();
        self.version += 1;
    }

    fn reset_state(&mut self) {
        self.pending.clear();
        self.pending_bytes = 0;
        self.told = Told::nothing();
        self.state = State::new(Arc::clone(&self.font));
        self.saved.clear();
        self.clips.clear();
        self.outline.clear();
        self.tell_held();
    }

    /// `save()`; false where there are too many already.
    pub fn save(&mut self) -> bool {
        if self.saved.len() >= SAVED_MAX {
            return false;
        }
        self.saved.push(self.state.clone());
        self.tell_held();
        true
    }

    /// `restore()`; false where nothing was saved.
    pub fn restore(&mut self) -> bool {
        let Some(state) = self.saved.pop() else { return false };
        self.clips.truncate(state.clips);
        self.state = state;
        self.tell_held();
        true
    }

    /// `clip()`; false where too many hold already.
    pub fn clip(&mut self, outline: &Outline, rule: FillRule) -> bool {
        let transform = self.state.transform;
        let (path, transform) = match outline.under(&transform) {
            Some(path) => (path, transform),
            None => (outline.on_canvas(), Matrix::IDENTITY),
        };
        let cost = CLIP_COST.saturating_add(self.edges(&path, &transform));
        let clip = state::ClipPath { path, rule, transform, cost };
        // The same clip once more, as a game's loop sets it in each frame, takes nothing away.
        if self.clips.last().is_some_and(|last| **last == clip) {
            return true;
        }
        if self.clips.len() >= CLIPS_MAX {
            return false;
        }
        self.clips.push(Arc::new(clip));
        self.state.clips = self.clips.len();
        self.tell_held();
        true
    }

    /// Adds what draws, after the operations that bring about the state.
    fn draw(&mut self, operation: Operation, pen: &mut Pen, cost: u64) {
        pen.account.spend(cost);
        if self.pixels.is_none() {
            return;
        }
        let clips = self.tell_state();
        pen.account.spend(clips);
        let keeps_alpha = match operation {
            Operation::ClearRect(_) | Operation::PutPixels { .. } => false,
            _ => self.state.composite == Composite::SourceOver,
        };
        self.pending_bytes += bytes_of(&operation);
        self.pending.push(operation);
        self.version += 1;
        if self.opaque && !keeps_alpha {
            self.flush(pen);
            self.fill_up();
            pen.account.spend(u64::from(self.size.0) * u64::from(self.size.1));
        } else if self.pending.len() >= PENDING_MAX || self.pending_bytes >= PENDING_BYTES {
            self.flush(pen);
        }
    }

    /// Gathers what brings about the state; gives what the clips cost that are among it.
    fn tell_state(&mut self) -> u64 {
        let shared = self.told.clips.iter().zip(&self.clips).take_while(|(a, b)| Arc::ptr_eq(a, b)).count();
        if self.told.clips.len() > shared {
            for _ in shared..self.told.clips.len() {
                self.pending.push(Operation::Restore);
            }
            self.told.clips.truncate(shared);
            (self.told.transform, self.told.alpha, self.told.composite, self.told.shadow) = (None, None, None, None);
        }
        let mut cost = 0u64;
        for clip in self.clips.iter().skip(shared) {
            cost = cost.saturating_add(clip.cost);
            self.pending.push(Operation::Save);
            self.pending.push(Operation::SetTransform(clip.transform.to_transform()));
            self.pending.push(Operation::Clip { path: Arc::clone(&clip.path), rule: clip.rule });
            self.told.clips.push(Arc::clone(clip));
            self.told.transform = Some(clip.transform);
        }
        if self.told.transform != Some(self.state.transform) {
            self.told.transform = Some(self.state.transform);
            self.pending.push(Operation::SetTransform(self.state.transform.to_transform()));
        }
        let alpha = if self.state.clears { 0.0 } else { self.state.alpha };
        if self.told.alpha != Some(alpha) {
            self.told.alpha = Some(alpha);
            self.pending.push(Operation::SetAlpha(alpha as f32));
        }
        if self.told.composite != Some(self.state.composite) {
            self.told.composite = Some(self.state.composite);
            self.pending.push(Operation::SetComposite(self.state.composite));
        }
        if self.told.shadow != Some(self.state.shadow) {
            self.told.shadow = Some(self.state.shadow);
            self.pending.push(Operation::SetShadow(self.state.shadow));
        }
        cost
    }

    /// Draws what was gathered.
    pub fn flush(&mut self, pen: &mut Pen) {
        self.told = Told::nothing();
        let pending = std::mem::take(&mut self.pending);
        self.pending_bytes = 0;
        if let Some(pixels) = &mut self.pixels
            && !pending.is_empty()
        {
            // A library below must not end the run, whatever a script draws: what it stumbles over is left out.
            let drawn = contained(|| pen.rasterizer.draw_operations(&pending, &mut pen.text, pixels, None));
            if drawn.is_err() {
                pen.rasterizer = Rasterizer::new();
            }
        }
    }

    /// Its pixels now; `None` where it has none.
    pub fn pixels(&mut self, pen: &mut Pen) -> Option<&SharedCanvas> {
        self.flush(pen);
        self.pixels.as_ref()
    }

    /// Its pixels as a picture, to be drawn elsewhere.
    pub fn picture(&mut self, pen: &mut Pen) -> Option<Picture> {
        let version = self.version;
        if let Some((of, picture)) = &self.shown
            && *of == version
        {
            return Some(picture.clone());
        }
        self.shown = None;
        let pixels = self.pixels(pen)?;
        let picture = Picture::from_premultiplied(pixels.width(), pixels.height(), pixels.pixels())?;
        pen.account.spend(u64::from(self.size.0) * u64::from(self.size.1));
        self.shown = Some((version, picture.clone()));
        self.tell_held();
        Some(picture)
    }
}

/// What an operation holds that may be held by nothing else.
fn bytes_of(operation: &Operation) -> usize {
    match operation {
        Operation::Image { picture, .. } | Operation::PutPixels { picture, .. } => picture.bytes(),
        Operation::Fill { path, .. } | Operation::Stroke { path, .. } => size_of_val(path.segments()),
        _ => 0,
    }
}
