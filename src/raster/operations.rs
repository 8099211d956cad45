//! The operations of a 2D context, one by one. What a board is made of is found in them again, and drawn as it is of a
//! draw list.

use super::clip::Clip;
use super::composite::Mix;
use super::fills::{Brush, Outline};
use super::glyphs::{self, GlyphPaint, Placement};
use super::gradient::PreparedGradient;
use super::painter::Painter;
use super::pictures::{self, both};
use super::pieces::{Mask, Part};
use super::surface::{Source, Surface};
use super::{paths, shadow};
use crate::color::Color;
use crate::display::operations::{Composite, FillRule, Layer, Operation, Paint, Path, Segment, Shadow};
use crate::geometry::{COORDINATE_MAX, PixelRect, Rect, RoundedRect, Size, Transform, finite};

impl Painter<'_> {
    /// Draws operations.
    pub fn draw_operations(&mut self, operations: &[Operation]) {
        for operation in operations {
            self.operation(operation);
        }
    }

    fn operation(&mut self, operation: &Operation) {
        match operation {
            Operation::Save => self.save(),
            Operation::Restore => self.restore(),
            Operation::SetTransform(transform) if transform.is_finite() => self.state.transform = *transform,
            Operation::Transform(transform) if transform.is_finite() => {
                self.state.transform = self.state.transform.then(transform);
            }
            Operation::SetTransform(_) | Operation::Transform(_) => {}
            Operation::SetAlpha(alpha) => {
                if (0.0..=1.0).contains(alpha) {
                    self.state.alpha = *alpha;
                }
            }
            Operation::SetComposite(composite) => self.state.composite = *composite,
            Operation::SetShadow(shadow) => {
                let numbers = [shadow.blur, shadow.x, shadow.y];
                if numbers.iter().all(|number| number.is_finite()) && shadow.blur >= 0.0 {
                    self.state.shadow = *shadow;
                }
            }
            Operation::BeginLayer(layer) => self.begin_layer(layer),
            Operation::EndLayer => self.end_layer(),
            Operation::PutPixels { picture, source, x, y } => self.put_pixels(picture, source, (*x, *y)),
            _ if self.state.clip.bounds.is_empty() || !self.state.transform.is_finite() => {}
            Operation::Clip { path, rule } => self.clip(path, *rule),
            Operation::Fill { path, rule, paint } => {
                let shapes = Shapes::of(path, *rule);
                let outline = self.recognised(shapes.as_ref(), path, *rule);
                self.paint(outline, paint);
            }
            Operation::Stroke { path, style, paint } => self.paint(Outline::Stroke(path, style), paint),
            Operation::Image { picture, source, destination, smooth, .. } => {
                if pictures::is_drawn(picture, source, destination) {
                    let (source, destination) = pictures::within(picture, *source, *destination);
                    let bounds = self.state.transform.bounds(&destination);
                    self.with_shadow(&bounds, |painter| painter.image(picture, &source, &destination, *smooth));
                    if bounds.intersection(&self.canvas.to_rect()).is_empty() {
                        self.nothing();
                    }
                } else {
                    self.nothing();
                }
            }
            Operation::Text { .. } => self.text(operation),
            Operation::ClearRect(rect) => self.clear_rect(rect),
        }
    }

    fn clip(&mut self, path: &Path, rule: FillRule) {
        let shapes = Shapes::of(path, rule);
        match self.recognised(shapes.as_ref(), path, rule) {
            // Either rule says the same of a box. By this one it joins the clips that are there, as a list's clips do; by the
            // other it is what an inset shadow is cut to, and cuts it first.
            Outline::Box(shape) if rule == FillRule::NonZero => self.clip_box(shape),
            Outline::Box(shape) => {
                let mask = self.box_mask(shape);
                self.clip_inside(mask);
            }
            Outline::Outside(cut) => self.clip_outside(cut),
            _ => self.clip_path(path, rule),
        }
    }

    /// What a path is to a board: a box, a ring, everything around a box; or just a path.
    fn recognised<'a>(&self, shapes: Option<&'a Shapes>, path: &'a Path, rule: FillRule) -> Outline<'a> {
        match shapes {
            None => Outline::Path(path, rule),
            Some(Shapes { outer, inner: None }) => Outline::Box(outer),
            Some(Shapes { outer, inner: Some(inner) }) => {
                let room = self.canvas.outset(shadow::reach(shadow::deviation(self.state.shadow.blur)));
                let everything = outer.is_plain() && paths::covers(&outer.rect, &self.state.transform, &room);
                if everything { Outline::Outside(inner) } else { Outline::Ring(outer, inner) }
            }
        }
    }

    /// Fills an outline, after its shadow.
    fn paint(&mut self, outline: Outline<'_>, paint: &Paint) {
        if let (Outline::Box(shape), Paint::Pattern(pattern)) = (outline, paint)
            && self.is_tiled(pattern, shape)
            && pictures::is_drawn(&pattern.picture, &pattern.source, &shape.rect)
        {
            let bounds = self.state.transform.bounds(&shape.rect);
            let size = (pattern.tile.width, pattern.tile.height);
            return self.with_shadow(&bounds, |painter| painter.tiles(&pattern.picture, &pattern.source, &shape.rect, size));
        }
        if let Paint::Solid(color) = paint {
            if self.state.shadow.is_drawn() {
                self.cast(outline, color.alpha);
                if self.state.shadow.only {
                    return;
                }
            }
            if !color.is_transparent() || self.state.composite.reaches_beyond_source() {
                self.fill(outline, &Brush::Solid(*color));
            }
            return;
        }
        let bounds = self.extent(outline);
        self.with_shadow(&bounds, |painter| {
            // Where it casts a shadow it is drawn elsewhere first.
            let bounds = painter.extent(outline);
            let area = PixelRect::around(&bounds).outset(1).intersection(&painter.canvas);
            if let Some(brush) = painter.brush(paint, area) {
                painter.fill(outline, &brush);
            }
        });
    }

    /// What an outline can touch on the canvas.
    fn extent(&self, outline: Outline<'_>) -> Rect {
        let transform = self.state.transform;
        match outline {
            Outline::Box(outer) | Outline::Ring(outer, _) => transform.bounds(&outer.rect),
            Outline::Outside(_) => self.canvas.to_rect(),
            Outline::Path(path, _) => transform.bounds(&path.bounds()),
            Outline::Stroke(path, style) => {
                let touched = paths::stroke_outline(path, style, &transform).map(|outline| paths::touched(&outline));
                touched.unwrap_or_default().to_rect()
            }
        }
    }

    /// A paint that is ready to be drawn over an area; `None` where it draws nothing.
    fn brush(&mut self, paint: &Paint, area: PixelRect) -> Option<Brush> {
        match paint {
            Paint::Solid(color) => Some(Brush::Solid(*color)),
            Paint::Gradient(gradient) => {
                PreparedGradient::of_context(gradient, &self.state.transform, self.tables).map(Brush::Gradient)
            }
            Paint::Pattern(pattern) => self.pattern_brush(pattern, area),
        }
    }

    /// Draws something, after its shadow, which what it draws apart casts. `bounds` is what it can touch on the canvas.
    fn with_shadow(&mut self, bounds: &Rect, mut draw: impl FnMut(&mut Self)) {
        let cast = self.state.shadow;
        if cast.is_drawn() {
            let reach = shadow::reach(shadow::deviation(cast.blur));
            // It is drawn where it is seen once it is moved.
            let moved = Transform::translate(finite(cast.x), finite(cast.y));
            let area = PixelRect::around(&moved.bounds(bounds)).outset(1).intersection(&self.canvas.outset(reach));
            if !area.is_empty() {
                let mask = self.apart(area, &moved, &mut draw);
                let offset = std::mem::replace(&mut self.state.shadow, Shadow { x: 0.0, y: 0.0, ..cast });
                self.cast_mask(&mask, self.mix());
                self.state.shadow = offset;
            }
            if cast.only {
                return;
            }
        }
        draw(self);
    }

    /// How opaque what is drawn by itself, moved on the canvas, is in an area.
    fn apart(&mut self, area: PixelRect, moved: &Transform, draw: &mut impl FnMut(&mut Self)) -> Mask {
        let (state, canvas) = (self.state.clone(), self.canvas);
        self.state.transform = moved.then(&state.transform);
        self.state.clip = Clip::of(area);
        (self.state.composite, self.state.shadow) = (Composite::SourceOver, Shadow::NONE);
        self.canvas = area;
        self.surfaces.push(Surface::layer(area));
        draw(self);
        let drawn = self.surfaces.pop();
        (self.state, self.canvas) = (state, canvas);
        let alpha = drawn.map(|drawn| drawn.pixels.as_slice().iter().skip(3).step_by(4).copied().collect());
        Mask::new(area, alpha.unwrap_or_default())
    }

    /// Draws nothing: of some composites that changes what is there (HTML, "the uncovered pixels are transparent black").
    fn nothing(&mut self) {
        if self.state.composite.reaches_beyond_source() && !self.state.shadow.only {
            self.composite(PixelRect::default(), None, &Source::Solid([0; 4]));
        }
    }

    fn image(&mut self, picture: &crate::picture::Picture, source: &Rect, destination: &Rect, smooth: bool) {
        let on_pixels = *destination == destination.snapped();
        if !smooth {
            self.pixelated(picture, source, destination);
        } else if on_pixels || self.state.transform.whole_move().is_none() {
            self.picture(picture, source, destination);
        } else {
            self.turned_picture(picture, source, destination);
        }
    }

    fn text(&mut self, operation: &Operation) {
        let Operation::Text { run, origin, scale, paint, stroke } = operation else { return };
        let stroke = stroke.as_deref();
        if ![origin.x, origin.y, *scale].iter().all(|number| number.is_finite())
            || stroke.is_some_and(|stroke| !(stroke.width > 0.0 && stroke.width.is_finite()))
        {
            return;
        }
        let reach = run.reach(*origin, *scale).outset(stroke.map_or(0.0, |stroke| stroke.width * stroke.miter_limit.max(1.0)));
        let reach = self.state.transform.bounds(&reach);
        let place = |transform: Transform, canvas: PixelRect| Placement {
            run,
            origin: *origin,
            scale: *scale,
            stroke,
            transform,
            canvas,
        };
        if let (true, Paint::Solid(color)) = (self.state.shadow.is_drawn(), paint) {
            let cast = self.state.shadow;
            let moved = Transform::translate(finite(cast.x), finite(cast.y)).then(&self.state.transform);
            let placement = place(moved, self.canvas);
            if let Some(mask) = glyphs::blurred_mask(&placement, shadow::deviation(cast.blur), self.glyphs) {
                let shade = Color { alpha: both(cast.color.alpha, color.alpha), ..cast.color };
                self.composite(mask.bounds, Some(&mask), &Source::Solid(super::blend::premultiply(shade)));
            }
            if !cast.only {
                let shadow = std::mem::replace(&mut self.state.shadow, Shadow::NONE);
                self.runs(&place, paint, &reach);
                self.state.shadow = shadow;
            }
            return;
        }
        self.with_shadow(&reach, |painter| painter.runs(&place, paint, &reach));
    }

    /// A run without its shadow.
    fn runs<'b>(&mut self, place: &impl Fn(Transform, PixelRect) -> Placement<'b>, paint: &Paint, reach: &Rect) {
        // Glyphs that overlap are one source.
        let layered = self.state.composite != Composite::SourceOver;
        if layered {
            self.save();
            self.state.shadow = Shadow::NONE;
            self.begin_layer(&Layer { alpha: self.state.alpha, composite: self.state.composite, blur: 0.0, bounds: None });
        }
        let area = PixelRect::around(reach).outset(1).intersection(&self.canvas);
        if let Some(brush) = self.brush(paint, area) {
            let color_opacity = if let Paint::Solid(color) = paint { color.alpha } else { 255 };
            let paint = GlyphPaint { source: brush.source(), color_opacity, mix: self.mix() };
            let placement = place(self.state.transform, self.canvas);
            let surface = self.surfaces.top();
            glyphs::draw(surface, &self.state.clip, &placement, &paint, self.glyphs);
        }
        if layered {
            self.end_layer();
            self.restore();
        }
    }

    fn clear_rect(&mut self, rect: &Rect) {
        let Some(shape) = sound(&RoundedRect::plain(*rect)) else { return };
        let pieces = self.pieces(Outline::Box(&shape));
        let cleared = Mix { opacity: 255, composite: Composite::DestinationOut };
        let surface = self.surfaces.top();
        let clip = &self.state.clip;
        let all = Source::Solid([0, 0, 0, 255]);
        for part in pieces.parts() {
            match part {
                Part::Full(area) if clip.mask.is_none() && clip.inner.is_none() => {
                    surface.clear(area.intersection(&clip.bounds));
                }
                Part::Full(area) => surface.composite(area, None, clip, &all, cleared),
                Part::Masked(cover) => surface.composite_cover(cover.bounds, Some(cover), clip, &all, cleared),
            }
        }
    }
}

/// The boxes that a path is made of.
struct Shapes {
    outer: RoundedRect,
    inner: Option<RoundedRect>,
}

impl Shapes {
    /// A box; or by the even-odd rule, one in another.
    fn of(path: &Path, rule: FillRule) -> Option<Self> {
        match path.segments() {
            [Segment::Box(outer)] => Some(Self { outer: sound(outer)?, inner: None }),
            [Segment::Box(outer), Segment::Box(inner)] if rule == FillRule::EvenOdd => {
                let (outer, inner) = (sound(outer)?, sound(inner)?);
                (outer.rect.covers(&inner.rect) && !inner.rect.is_empty()).then_some(Self { outer, inner: Some(inner) })
            }
            _ => None,
        }
    }
}

/// A box that can be drawn: its sides not negative, its corners fitted to them; `None` where it is none.
fn sound(shape: &RoundedRect) -> Option<RoundedRect> {
    let Rect { x, y, width, height } = shape.rect;
    let most = COORDINATE_MAX * COORDINATE_MAX;
    if ![x, y, width, height].iter().all(|number| number.is_finite() && number.abs() <= most) || width < 0.0 || height < 0.0 {
        return None;
    }
    let radii = shape.radii;
    let all = [radii.top_left, radii.top_right, radii.bottom_right, radii.bottom_left];
    let fits = |side: f32, a: f32, b: f32| a + b <= side * 1.001 + 1e-3;
    let sides = fits(width, radii.top_left.width, radii.top_right.width)
        && fits(width, radii.bottom_left.width, radii.bottom_right.width)
        && fits(height, radii.top_left.height, radii.bottom_left.height)
        && fits(height, radii.top_right.height, radii.bottom_right.height);
    let fitted = sides && all.iter().all(|Size { width, height }| *width >= 0.0 && *height >= 0.0);
    Some(if fitted { *shape } else { RoundedRect::elliptic(shape.rect, radii) })
}
