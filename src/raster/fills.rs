//! Shapes: what they cover, what fills them, and the shadow that they cast.

use super::blend::premultiply;
use super::composite::Mix;
use super::gradient::PreparedGradient;
use super::painter::Painter;
use super::pieces::{Mask, Part, Pieces};
use super::surface::Source;
use super::{box_shadow, paths, shadow};
use crate::color::Color;
use crate::display::operations::{Composite, FillRule, Path, StrokeStyle};
use crate::geometry::{PixelRect, RoundedRect, Transform, finite};

/// What is filled, under the current transform.
#[derive(Clone, Copy)]
pub enum Outline<'a> {
    /// A box.
    Box(&'a RoundedRect),
    /// What is between two boxes.
    Ring(&'a RoundedRect, &'a RoundedRect),
    /// Everything but a box.
    Outside(&'a RoundedRect),
    /// What is inside of a path.
    Path(&'a Path, FillRule),
    /// A path's stroke.
    Stroke(&'a Path, &'a StrokeStyle),
}

/// What fills a shape, ready to be drawn.
pub enum Brush {
    /// One colour.
    Solid(Color),
    /// A gradient.
    Gradient(PreparedGradient),
    /// Pixels that stand somewhere.
    Pixels(PixelRect, Vec<u8>),
}

impl Brush {
    pub fn source(&self) -> Source<'_> {
        match self {
            Self::Solid(color) => Source::Solid(premultiply(*color)),
            Self::Gradient(gradient) => Source::Gradient(gradient),
            Self::Pixels(bounds, pixels) => Source::Pixels { bounds: *bounds, pixels },
        }
    }
}

/// True where a box's edges stand on whole pixels.
pub fn is_whole(shape: &RoundedRect) -> bool {
    let rect = shape.rect;
    [rect.x, rect.y, rect.width, rect.height].iter().all(|value| value.fract() == 0.0)
}

impl Painter<'_> {
    /// Fills a shape.
    pub(super) fn fill(&mut self, outline: Outline<'_>, brush: &Brush) {
        let pieces = self.pieces(outline);
        self.fill_pieces(&pieces, &brush.source());
    }

    /// Fills what pieces cover.
    pub(super) fn fill_pieces(&mut self, pieces: &Pieces, source: &Source<'_>) {
        if self.state.composite == Composite::SourceOver {
            return pieces.parts().for_each(|part| self.fill_part(part, source));
        }
        // What changes beyond the source too must know all of it.
        let mut parts = pieces.parts();
        match (parts.next(), parts.next()) {
            (Some(part), None) => self.fill_part(part, source),
            _ => {
                let mask = pieces.joined(&self.canvas);
                self.composite(mask.bounds, Some(&mask), source);
            }
        }
    }

    fn fill_part(&mut self, part: Part<'_>, source: &Source<'_>) {
        let mix = self.mix();
        let cover = if let Part::Masked(cover) = part { Some(cover) } else { None };
        let surface = self.surfaces.top();
        surface.composite_cover(part.bounds(), cover, &self.state.clip, source, mix);
    }

    /// What a shape covers.
    pub(super) fn pieces(&mut self, outline: Outline<'_>) -> Pieces {
        let (transform, clip) = (self.state.transform, self.state.clip.bounds);
        if let (Outline::Box(outer) | Outline::Ring(outer, _), None) = (outline, transform.whole_move())
            && PixelRect::around(&transform.bounds(&outer.rect)).outset(2).intersection(&clip).is_empty()
        {
            return Pieces::none();
        }
        match (outline, transform.whole_move()) {
            (Outline::Box(outer), Some((x, y))) => self.boxes.pieces(&outer.translated(x, y), None, &self.canvas, &clip),
            (Outline::Ring(outer, inner), Some((x, y))) => {
                self.boxes.pieces(&outer.translated(x, y), Some(&inner.translated(x, y)), &self.canvas, &clip)
            }
            (Outline::Box(outer), None) => match self.full_box(outer) {
                Some(area) => Pieces::Full(area),
                None => Pieces::masked(paths::box_mask(outer, &transform, &self.canvas)),
            },
            (Outline::Ring(outer, inner), None) => {
                let hole = paths::box_mask(inner, &transform, &self.canvas);
                let mask = paths::box_mask(outer, &transform, &self.canvas);
                Pieces::masked(mask.map(|mask| match &hole {
                    Some(hole) => mask.without(hole),
                    None => mask,
                }))
            }
            (Outline::Outside(cut), _) => {
                let area = clip.intersection(&self.canvas);
                match self.box_mask(cut) {
                    Some(cut) => Pieces::Masked(cut.inverted(area)),
                    None => Pieces::Full(area),
                }
            }
            (Outline::Path(path, rule), _) => {
                let outline = paths::outline(path, &transform);
                Pieces::masked(outline.and_then(|outline| paths::path_mask(&outline, rule, &self.canvas)))
            }
            (Outline::Stroke(path, style), _) => {
                let outline = paths::stroke_outline(path, style, &transform);
                Pieces::masked(outline.and_then(|outline| paths::path_mask(&outline, FillRule::NonZero, &self.canvas)))
            }
        }
    }

    /// The pixels that a box without corners covers, where it covers each of them fully though it is scaled or turned: it
    /// stands on whole pixels, or nothing but its middle is seen.
    fn full_box(&self, shape: &RoundedRect) -> Option<PixelRect> {
        if !shape.is_plain() {
            return None;
        }
        let (transform, clip) = (self.state.transform, self.state.clip.bounds);
        if transform.b == 0.0 && transform.c == 0.0 {
            let on_canvas = RoundedRect::plain(transform.bounds(&shape.rect));
            if is_whole(&on_canvas) {
                return Some(PixelRect::around(&on_canvas.rect).intersection(&self.canvas));
            }
        }
        (!clip.is_empty() && paths::covers(&shape.rect, &transform, &clip.outset(1))).then_some(clip)
    }

    /// The shadow of a shape that is as opaque as `alpha` says.
    pub(super) fn cast(&mut self, outline: Outline<'_>, alpha: u8) {
        let cast = self.state.shadow;
        let deviation = shadow::deviation(cast.blur);
        let moved = Transform::translate(finite(cast.x), finite(cast.y)).then(&self.state.transform);
        let mask = match (outline, moved.whole_move()) {
            (Outline::Box(shape), Some((x, y))) if is_whole(shape) => {
                box_shadow::box_shadow(&shape.translated(x, y), deviation, &self.canvas, self.shadows)
            }
            (Outline::Outside(lit), Some((x, y))) if is_whole(lit) => {
                let (lit, area) = (lit.translated(x, y), self.seen());
                let pieces = box_shadow::outside_box_shadow(&lit, deviation, area, &self.canvas, self.shadows);
                if self.state.composite == Composite::SourceOver {
                    self.fill_pieces(&pieces, &Source::Solid(premultiply(self.shadow_color(alpha))));
                    return;
                }
                // What changes beyond the source too must know all of it.
                let mut all = Mask::new(area, vec![0; area.width() as usize * area.height() as usize]);
                pieces.parts().for_each(|part| all.paint(part));
                Some(all)
            }
            (Outline::Outside(lit), _) => {
                let lit = self.blurred(Outline::Box(lit), &moved, deviation);
                Some(self.outside(lit.as_ref()))
            }
            _ => self.blurred(outline, &moved, deviation),
        };
        if let Some(mask) = mask {
            self.composite(mask.bounds, Some(&mask), &Source::Solid(premultiply(self.shadow_color(alpha))));
        }
    }

    /// The shadow's colour, as opaque as what casts it.
    fn shadow_color(&self, alpha: u8) -> Color {
        let color = self.state.shadow.color;
        Color { alpha: super::blend::divide_255(u32::from(color.alpha) * u32::from(alpha)) as u8, ..color }
    }

    /// All that can be seen.
    fn seen(&self) -> PixelRect {
        let area = self.state.clip.bounds.intersection(&self.canvas);
        if area.is_empty() { PixelRect::default() } else { area }
    }

    /// What a mask does not cover of all that can be seen.
    fn outside(&self, mask: Option<&Mask>) -> Mask {
        let area = self.seen();
        mask.map_or_else(|| Mask::full(area), |mask| mask.inverted(area))
    }

    /// A shape's coverage under a transform, blurred. What is beyond the canvas's edges comes in as far as the blur reaches.
    fn blurred(&mut self, outline: Outline<'_>, transform: &Transform, deviation: f32) -> Option<Mask> {
        let wide = self.canvas.outset(shadow::reach(deviation));
        let (state, canvas) = (self.state.clone(), self.canvas);
        self.state.transform = *transform;
        self.state.clip = super::clip::Clip::of(wide);
        self.canvas = wide;
        let pieces = self.pieces(outline);
        let mask = pieces.joined(&wide);
        (self.state, self.canvas) = (state, canvas);
        (!mask.bounds.is_empty()).then(|| shadow::blurred(&mask, deviation))
    }

    /// The shadow of what has been drawn apart, as opaque as a mask says.
    pub(super) fn cast_mask(&mut self, mask: &Mask, mix: Mix) {
        let cast = self.state.shadow;
        let (x, y) = (finite(cast.x).round() as i32, finite(cast.y).round() as i32);
        let mut blurred = shadow::blurred(mask, shadow::deviation(cast.blur));
        let PixelRect { left, top, right, bottom } = blurred.bounds;
        blurred.bounds = PixelRect::new(left + x, top + y, right + x, bottom + y);
        let mix = Mix { opacity: 255, ..mix };
        let surface = self.surfaces.top();
        let source = Source::Solid(premultiply(cast.color));
        surface.composite(blurred.bounds, Some(&blurred), &self.state.clip, &source, mix);
    }
}
