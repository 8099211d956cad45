//! What drawing carries along: surfaces, and the state that holds now. What a list and operations have in common is done
//! here and in the files beside, so that the same thing gives the same bytes by both.

use std::sync::Arc;

use super::box_shadow::BlurredBoxes;
use super::boxes::BoxCoverage;
use super::clip::{Clip, ClipMask, Inner};
use super::composite::Mix;
use super::coverage;
use super::kept_layers::{KeptLayer, KeptLayers, Place};
use super::pieces::Mask;
use super::surface::{Pixels, Source, Surface};
use super::tables::Tables;
use super::{box_shadow, paths, shadow};
use crate::display::Command;
use crate::display::operations::{Composite, FillRule, Layer, Path, Shadow};
use crate::geometry::{PixelRect, Rect, RoundedRect, Transform, finite};
use crate::picture::ScaledCrops;
use crate::text::GlyphSource;

/// Most bytes of all layers that are open at a time; one for which there is no room shows nothing.
const LAYERS_BYTES: u64 = 1 << 30;

/// Most pixels over which masks are made for a layer's shadow, beside four times those of the canvas; what would be cast from
/// farther away is left out.
const SHADOW_PIXELS: i64 = 1024 * 1024;

/// What is kept between frames, as it is dear to make.
#[derive(Default)]
pub struct Memos {
    /// Pictures scaled to the size at which they are drawn.
    scaled: ScaledCrops,
    /// Coverage of boxes.
    boxes: BoxCoverage,
    /// Blurred layers.
    kept: KeptLayers,
    /// Blurred boxes, of which shadows are made.
    shadows: BlurredBoxes,
    /// Colours of gradients.
    tables: Tables,
    /// Room for states that are saved while something is drawn.
    saved: Vec<State>,
}

/// Walks a list or operations.
pub struct Painter<'a> {
    pub(super) scaled: &'a mut ScaledCrops,
    pub(super) boxes: &'a mut BoxCoverage,
    pub(super) kept: &'a mut KeptLayers,
    pub(super) shadows: &'a mut BlurredBoxes,
    pub(super) tables: &'a mut Tables,
    pub(super) glyphs: &'a mut dyn GlyphSource,
    /// What masks are made over: the canvas, or more where a blur brings in what is beyond its edges.
    pub(super) canvas: PixelRect,
    /// The pixels that may change.
    pub(super) area: PixelRect,
    pub(super) surfaces: Surfaces<'a>,
    layers: Vec<OpenLayer>,
    pub(super) state: State,
    saved: &'a mut Vec<State>,
}

/// The canvas, and a surface for each open layer.
pub struct Surfaces<'a> {
    canvas: Surface<'a>,
    layers: Vec<Surface<'a>>,
}

impl<'a> Surfaces<'a> {
    /// The one that is drawn on.
    pub fn top(&mut self) -> &mut Surface<'a> {
        self.layers.last_mut().unwrap_or(&mut self.canvas)
    }

    /// Puts one over the others.
    pub fn push(&mut self, layer: Surface<'a>) {
        self.layers.push(layer);
    }

    /// Takes the topmost, but for the canvas.
    pub fn pop(&mut self) -> Option<Surface<'a>> {
        self.layers.pop()
    }

    /// True where a layer is open.
    pub fn has_layers(&self) -> bool {
        !self.layers.is_empty()
    }
}

/// What is saved and restored.
#[derive(Clone)]
pub struct State {
    pub transform: Transform,
    pub clip: Clip,
    pub alpha: f32,
    pub composite: Composite,
    pub shadow: Shadow,
}

impl State {
    fn new(transform: Transform, bounds: PixelRect) -> Self {
        let (alpha, composite, shadow) = (1.0, Composite::SourceOver, Shadow::NONE);
        Self { transform, clip: Clip::of(bounds), alpha, composite, shadow }
    }
}

/// A layer that is open, and what was before it.
struct OpenLayer {
    mix: Mix,
    blur: f32,
    canvas: PixelRect,
    /// How many states were saved with its own.
    saved: usize,
}

/// An opacity as a byte.
pub fn opacity(alpha: f32) -> u8 {
    (alpha.clamp(0.0, 1.0) * 255.0 + 0.5) as u8
}

impl<'a> Painter<'a> {
    /// On a surface, of which the pixels of an area may change.
    pub fn new(
        Memos { scaled, boxes, kept, shadows, tables, saved }: &'a mut Memos,
        glyphs: &'a mut dyn GlyphSource,
        surface: Surface<'a>,
        area: PixelRect,
    ) -> Self {
        let (canvas, state) = (surface.bounds, State::new(Transform::IDENTITY, area));
        let (surfaces, layers) = (Surfaces { canvas: surface, layers: Vec::new() }, Vec::new());
        saved.clear();
        Self { scaled, boxes, kept, shadows, tables, glyphs, canvas, area, surfaces, layers, state, saved }
    }
}

impl Painter<'_> {
    pub(super) fn save(&mut self) {
        self.saved.push(self.state.clone());
    }

    /// Brings the last state back, but not from outside of the open layer.
    pub(super) fn restore(&mut self) {
        let floor = self.layers.last().map_or(0, |layer| layer.saved);
        if self.saved.len() > floor
            && let Some(state) = self.saved.pop()
        {
            self.state = state;
        }
    }

    /// Makes all that may change transparent.
    pub(super) fn clear(&mut self) {
        let area = self.area;
        let surface = self.surfaces.top();
        surface.clear(area);
    }

    /// How the state says that what is drawn comes onto the surface.
    pub(super) fn mix(&self) -> Mix {
        Mix { opacity: opacity(self.state.alpha), composite: self.state.composite }
    }

    /// Brings a source onto the surface as the state says.
    pub(super) fn composite(&mut self, area: PixelRect, mask: Option<&Mask>, source: &Source<'_>) {
        let mix = self.mix();
        let surface = self.surfaces.top();
        surface.composite(area, mask, &self.state.clip, source, mix);
    }

    /// Clips to a box.
    pub(super) fn clip_box(&mut self, shape: &RoundedRect) {
        if self.state.clip.bounds.is_empty() {
            return;
        }
        let mut clip = std::mem::take(&mut self.state.clip).joined();
        let transform = self.state.transform;
        if let Some((x, y)) = transform.whole_move() {
            let shape = shape.translated(x, y);
            clip.bounds = PixelRect::around(&shape.rect).intersection(&clip.bounds);
            if clip.bounds.is_empty() {
                clip.bounds = PixelRect::default();
            } else if !coverage::is_rectangle(&shape) {
                clip.also(self.boxes.clip(&shape, &self.canvas, &clip.bounds));
            }
        } else if let Some(mask) = paths::box_mask(shape, &transform, &self.canvas) {
            clip.also(ClipMask::of(mask));
        } else {
            clip.bounds = PixelRect::default();
        }
        self.state.clip = clip;
    }

    /// Clips to what a mask covers, before all other clips.
    pub(super) fn clip_inside(&mut self, mask: Option<Mask>) {
        let mut clip = std::mem::take(&mut self.state.clip).joined();
        clip.bounds = mask.as_ref().map_or(PixelRect::default(), |mask| mask.bounds.intersection(&clip.bounds));
        clip.inner = mask.map(|mask| Inner::Inside(Arc::new(mask)));
        self.state.clip = clip;
    }

    /// Clips to what is outside of a box.
    pub(super) fn clip_outside(&mut self, cut: &RoundedRect) {
        let mask = self.box_mask(cut);
        let mut clip = std::mem::take(&mut self.state.clip).joined();
        clip.inner = mask.map(|mask| Inner::Outside(Arc::new(mask)));
        self.state.clip = clip;
    }

    /// Clips to any path.
    pub(super) fn clip_path(&mut self, path: &Path, rule: FillRule) {
        let outline = paths::outline(path, &self.state.transform);
        let mask = outline.and_then(|outline| paths::path_mask(&outline, rule, &self.canvas));
        self.clip_inside(mask);
    }

    /// The coverage of a box over all of the canvas that it touches.
    pub(super) fn box_mask(&self, shape: &RoundedRect) -> Option<Mask> {
        match self.state.transform.whole_move() {
            Some((x, y)) => box_shadow::box_mask(&shape.translated(x, y), &self.canvas),
            None => paths::box_mask(shape, &self.state.transform, &self.canvas),
        }
    }

    /// How far from where it is drawn the shadow of a layer comes from, and from where; `None` where it has none.
    fn shadow_room(&self) -> Option<(i32, (i32, i32))> {
        let cast = self.state.shadow;
        let offset = |by: f32| finite(by).round() as i32;
        cast.is_drawn().then(|| (shadow::reach(shadow::deviation(cast.blur)), (offset(cast.x), offset(cast.y))))
    }

    /// The pixels that a box touches where everything stands now.
    fn around(&self, rect: &Rect) -> PixelRect {
        PixelRect::around(&self.state.transform.bounds(rect))
    }

    /// Begins a layer.
    pub(super) fn begin_layer(&mut self, layer: &Layer) {
        let blur = finite(layer.blur).max(0.0);
        let room = if blur > 0.0 { shadow::reach(blur) } else { 0 };
        let clip = self.state.clip.bounds;
        // What comes onto an area: from around it by the blur, and from where its shadow is cast, by that of the shadow.
        let brought = |area: &PixelRect, cast: Option<(i32, (i32, i32))>| {
            let own = area.outset(room);
            cast.map_or(own, |(reach, (x, y))| {
                let PixelRect { left, top, right, bottom } = area.outset(room + reach);
                own.union(&PixelRect::new(left - x, top - y, right - x, bottom - y))
            })
        };
        let pixels = |area: &PixelRect| i64::from(area.width()) * i64::from(area.height());
        // Of the canvas and not of the clip: a repaint of a part must not change a pixel.
        let most = SHADOW_PIXELS.max(pixels(&self.canvas) * 4);
        let cast = self.shadow_room().filter(|cast| pixels(&brought(&self.canvas, Some(*cast))) <= most);
        let canvas = brought(&self.canvas, cast);
        // An empty one is nowhere, however far a blur would reach.
        let clip = if clip.is_empty() { PixelRect::default() } else { brought(&clip, cast) };
        // A layer that holds nothing is nowhere, either.
        let around = |bounds: &Rect| if bounds.is_empty() { PixelRect::default() } else { self.around(bounds).outset(room) };
        let touched = layer.bounds.map_or(clip, |bounds| around(&bounds).intersection(&clip));
        let bytes = |bounds: &PixelRect| bounds.width() as u64 * bounds.height() as u64 * 4;
        let open: u64 = self.surfaces.layers.iter().map(|surface| bytes(&surface.bounds)).sum();
        let fits = !touched.is_empty() && open + bytes(&touched) <= LAYERS_BYTES;
        let touched = if fits { touched } else { PixelRect::default() };
        self.surfaces.push(Surface::layer(touched));
        self.save();
        let mix = Mix { opacity: opacity(layer.alpha), composite: layer.composite };
        self.layers.push(OpenLayer { mix, blur, canvas: self.canvas, saved: self.saved.len() });
        self.canvas = canvas;
        // Masks work once, when the layer is drawn: an edge must not be thinned twice.
        self.state = State::new(self.state.transform, touched);
    }

    /// Draws the layer that was begun last.
    pub(super) fn end_layer(&mut self) {
        let Some((layer, mix)) = self.close_layer() else { return };
        if self.state.shadow.is_drawn() {
            let alpha = layer.pixels.as_slice().iter().skip(3).step_by(4);
            let alpha = alpha.map(|alpha| super::blend::divide_255(u32::from(*alpha) * u32::from(mix.opacity)) as u8);
            let mask = Mask::new(layer.bounds, alpha.collect());
            self.cast_mask(&mask, mix);
            if self.state.shadow.only {
                return;
            }
        }
        let source = Source::Pixels { bounds: layer.bounds, pixels: layer.pixels.as_slice() };
        let surface = self.surfaces.top();
        surface.composite(layer.bounds, None, &self.state.clip, &source, mix);
    }

    /// Ends the layer that was begun last: its pixels, blurred, and how they come onto what is below.
    fn close_layer(&mut self) -> Option<(Surface<'static>, Mix)> {
        let open = self.layers.pop()?;
        let Some(Surface { bounds, pixels: Pixels::Owned(mut pixels) }) = self.surfaces.pop() else { return None };
        self.saved.truncate(open.saved);
        if let Some(state) = self.saved.pop() {
            self.state = state;
        }
        self.canvas = open.canvas;
        if open.blur > 0.0 {
            shadow::blur_pixels(&mut pixels, bounds.width() as usize, open.blur);
        }
        Some((Surface { bounds, pixels: Pixels::Owned(pixels) }, open.mix))
    }

    /// Draws a blurred layer that was made before from the same commands; false where there is none.
    pub(super) fn kept_layer(&mut self, commands: &[Command], place: &Place) -> bool {
        let Some(KeptLayer { surface: layer, mix, .. }) = self.kept.find(commands, place) else { return false };
        let source = Source::Pixels { bounds: layer.bounds, pixels: layer.pixels.as_slice() };
        let surface = self.surfaces.top();
        surface.composite(layer.bounds, None, &self.state.clip, &source, *mix);
        true
    }

    /// Ends the layer that was begun last and keeps it, undrawn.
    pub(super) fn keep_layer(&mut self, commands: &[Command], place: Place) {
        if let Some((surface, mix)) = self.close_layer() {
            self.kept.keep(commands, place, surface, mix);
        }
    }

    /// Draws all layers that are still open.
    pub fn end_layers(&mut self) {
        while !self.layers.is_empty() {
            self.end_layer();
        }
    }
}
