//! Walks a draw list: one `match`, a stack of transforms, clips and layers.

use std::sync::Arc;

use super::blend::premultiply;
use super::canvas::SharedCanvas;
use super::coverage::{self, Mask, Piece};
use super::glyphs::{self, GlyphPaint, Placement};
use super::gradient::PreparedGradient;
use super::image;
use super::shadow;
use super::surface::{Clip, Pixels, Source, Surface};
use crate::display::{Command, DrawList, Paint, Shape};
use crate::geometry::{PixelRect, Point, Rect, RoundedRect, Transform};
use crate::picture::{Picture, ScaledCrops};
use crate::text::GlyphSource;

/// Draws draw lists, and keeps between frames what is dear to make: pictures scaled to the size at which they are drawn.
#[derive(Default)]
pub struct Rasterizer {
    scaled: ScaledCrops,
}

impl Rasterizer {
    /// A rasterizer that has drawn nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Draws a list over what the canvas holds. With an `area`, only the pixels in it are made anew: they are cleared
    /// first, and come out as they would if all were drawn. Without one, all of the canvas is.
    pub fn draw(&mut self, list: &DrawList, glyphs: &mut dyn GlyphSource, canvas: &mut SharedCanvas, area: Option<PixelRect>) {
        let whole = PixelRect::new(0, 0, canvas.width() as i32, canvas.height() as i32);
        let area = area.map_or(whole, |area| area.intersection(&whole));
        if area.is_empty() {
            return;
        }
        let mut surface = Surface { bounds: whole, pixels: Pixels::Borrowed(canvas.pixels_mut()) };
        surface.clear(area);
        let mut painter = Painter {
            scaled: &mut self.scaled,
            glyphs,
            canvas: whole,
            surfaces: vec![surface],
            layers: Vec::new(),
            transforms: vec![Transform::IDENTITY],
            clips: vec![Clip { bounds: area, mask: None }],
        };
        for command in &list.commands {
            painter.command(command);
        }
        while !painter.layers.is_empty() {
            painter.pop_layer();
        }
    }
}

struct Painter<'a> {
    scaled: &'a mut ScaledCrops,
    glyphs: &'a mut dyn GlyphSource,
    canvas: PixelRect,
    /// The canvas, then a surface for each open layer.
    surfaces: Vec<Surface<'a>>,
    /// For each open layer its opacity, and how many clips there were before it.
    layers: Vec<(f32, usize)>,
    transforms: Vec<Transform>,
    clips: Vec<Clip>,
}

impl Painter<'_> {
    fn command(&mut self, command: &Command) {
        match command {
            Command::PushTransform(transform) => {
                let combined = self.transform().then(transform);
                self.transforms.push(combined);
            }
            Command::PopTransform => {
                if self.transforms.len() > 1 {
                    self.transforms.pop();
                }
            }
            Command::PushClip(shape) => self.push_clip(shape),
            Command::PopClip => {
                let floor = self.layers.last().map_or(1, |&(_, clips)| clips + 1);
                if self.clips.len() > floor {
                    self.clips.pop();
                }
            }
            Command::PushLayer { opacity, bounds } => self.push_layer(*opacity, bounds),
            Command::PopLayer => self.pop_layer(),
            _ if self.clip().bounds.is_empty() => {}
            Command::Fill { shape, paint } => self.fill(shape, paint),
            Command::Image { picture, source, destination, clip, tile } => {
                self.image(picture, source, destination, clip.as_ref(), *tile);
            }
            Command::Glyphs { run, origin, scale, color, stroke, blur } => {
                let placement =
                    Placement { run, origin: *origin, scale: *scale, transform: self.transform(), canvas: self.canvas };
                let paint = GlyphPaint { color: *color, stroke: *stroke, blur: *blur };
                let clip = self.clip();
                if let Some(surface) = self.surfaces.last_mut() {
                    glyphs::draw(surface, &clip, &placement, &paint, self.glyphs);
                }
            }
            Command::Shadow { shape, deviation, color, cut, inset } => {
                if let Some(mask) = self.shadow(shape, *deviation, cut, *inset) {
                    self.composite(mask.bounds, Some(&mask), &Source::Solid(premultiply(*color)));
                }
            }
        }
    }

    fn transform(&self) -> Transform {
        self.transforms.last().copied().unwrap_or_default()
    }

    /// The whole move that the transform is; `None` where it is more than that.
    fn whole_move(&self) -> Option<(f32, f32)> {
        let transform = self.transform();
        (transform.is_translation() && transform.e.fract() == 0.0 && transform.f.fract() == 0.0)
            .then_some((transform.e, transform.f))
    }

    fn clip(&self) -> Clip {
        self.clips.last().cloned().unwrap_or_default()
    }

    fn composite(&mut self, area: PixelRect, mask: Option<&Mask>, source: &Source<'_>) {
        let clip = self.clip();
        if let Some(surface) = self.surfaces.last_mut() {
            surface.composite(area, mask, &clip, source);
        }
    }

    fn push_clip(&mut self, shape: &RoundedRect) {
        let current = self.clip();
        let (bounds, mask) = if let Some((x, y)) = self.whole_move() {
            coverage::clip_mask(&shape.translated(x, y), &self.canvas, &current.bounds)
        } else {
            let path = box_path(shape);
            let mask = path.and_then(|path| coverage::path_mask(&path, image::skia(&self.transform()), &self.canvas));
            (mask.as_ref().map_or(PixelRect::default(), |mask| mask.bounds.intersection(&current.bounds)), mask)
        };
        let mask = match (current.mask, mask) {
            (Some(outer), Some(inner)) => Some(Arc::new(outer.intersection(&inner))),
            (None, Some(inner)) => Some(Arc::new(inner)),
            (outer, None) => outer,
        };
        self.clips.push(Clip { bounds, mask });
    }

    fn push_layer(&mut self, opacity: f32, bounds: &Rect) {
        let touched = PixelRect::around(&self.transform().bounds(bounds)).intersection(&self.clip().bounds);
        let touched = if touched.is_empty() { PixelRect::default() } else { touched };
        self.surfaces.push(Surface::layer(touched));
        self.layers.push((opacity, self.clips.len()));
        // Masks work once, when the layer is drawn: an edge must not be thinned twice.
        self.clips.push(Clip { bounds: touched, mask: None });
    }

    fn pop_layer(&mut self) {
        let (Some((opacity, clips)), Some(layer)) = (self.layers.pop(), self.surfaces.pop()) else { return };
        self.clips.truncate(clips);
        let opacity = (opacity.clamp(0.0, 1.0) * 255.0 + 0.5) as u8;
        let source = Source::Pixels { bounds: layer.bounds, pixels: layer.pixels.as_slice(), opacity };
        self.composite(layer.bounds, None, &source);
    }

    fn fill(&mut self, shape: &Shape, paint: &Paint) {
        let gradient = match paint {
            Paint::Gradient(gradient) => match PreparedGradient::new(gradient, &self.transform()) {
                Some(prepared) => Some(prepared),
                None => return,
            },
            Paint::Solid(color) if color.is_transparent() => return,
            Paint::Solid(_) => None,
        };
        let source = match (&gradient, paint) {
            (Some(gradient), _) => Source::Gradient(gradient),
            (None, Paint::Solid(color)) => Source::Solid(premultiply(*color)),
            (None, Paint::Gradient(_)) => return,
        };
        let (outer, inner, side) = match shape {
            Shape::Rect(outer) => (outer, None, None),
            Shape::Ring { outer, inner } => (outer, Some(inner), None),
            Shape::RingSide { outer, inner, side } => (outer, Some(inner), Some(side)),
        };
        let Some((x, y)) = self.whole_move() else {
            if let Some(mask) = self.turned(outer, inner, side) {
                self.composite(mask.bounds, Some(&mask), &source);
            }
            return;
        };
        let moved_outer = outer.translated(x, y);
        let moved_inner = inner.map(|inner| inner.translated(x, y));
        let side = side
            .and_then(quadrilateral)
            .and_then(|path| coverage::path_mask(&path, tiny_skia::Transform::from_translate(x, y), &self.canvas));
        for piece in coverage::pieces(&moved_outer, moved_inner.as_ref(), &self.canvas, &self.clip().bounds) {
            match (&piece, &side) {
                (Piece::Full(area), None) => self.composite(*area, None, &source),
                (Piece::Full(area), Some(side)) => self.composite(*area, Some(side), &source),
                (Piece::Masked(mask), None) => self.composite(mask.bounds, Some(mask), &source),
                (Piece::Masked(mask), Some(side)) => {
                    let mask = mask.intersection(side);
                    self.composite(mask.bounds, Some(&mask), &source);
                }
            }
        }
    }

    /// The coverage of a shape under a transform that is more than a whole move.
    fn turned(&self, outer: &RoundedRect, inner: Option<&RoundedRect>, side: Option<&[Point; 4]>) -> Option<Mask> {
        let transform = image::skia(&self.transform());
        let mask = coverage::path_mask(&box_path(outer)?, transform, &self.canvas)?;
        let hole = inner.and_then(box_path).and_then(|path| coverage::path_mask(&path, transform, &self.canvas));
        let mask = match hole {
            Some(hole) => mask.without(&hole),
            None => mask,
        };
        match side.and_then(quadrilateral) {
            Some(path) => Some(mask.intersection(&coverage::path_mask(&path, transform, &self.canvas)?)),
            None => Some(mask),
        }
    }

    fn image(
        &mut self,
        picture: &Picture,
        source: &Rect,
        destination: &Rect,
        clip: Option<&RoundedRect>,
        tile: Option<(f32, f32)>,
    ) {
        if picture.width() == 0 || picture.height() == 0 || source.is_empty() || destination.is_empty() {
            return;
        }
        if let Some(clip) = clip {
            self.push_clip(clip);
        }
        match self.whole_move() {
            Some((x, y)) => {
                let area = PixelRect::around(&destination.translated(x, y).snapped());
                let (source, area) =
                    if tile.is_none() { image::seen_part(*source, area, &self.canvas) } else { (*source, area) };
                let (width, height) = match tile {
                    Some((width, height)) => (width.round().max(1.0), height.round().max(1.0)),
                    None => (area.width() as f32, area.height() as f32),
                };
                if !area.intersection(&self.clip().bounds).is_empty() {
                    let scaled = self.scaled.get(picture, source, width as u32, height as u32);
                    let clip = self.clip();
                    if let Some(surface) = self.surfaces.last_mut() {
                        image::draw_pixels(surface, &clip, &scaled, area, tile.is_some());
                    }
                }
            }
            None => self.turned_image(picture, source, destination, tile),
        }
        if clip.is_some() {
            self.clips.pop();
        }
    }

    fn turned_image(&mut self, picture: &Picture, source: &Rect, destination: &Rect, tile: Option<(f32, f32)>) {
        let transform = self.transform();
        let (width, height) = tile.unwrap_or((destination.width, destination.height));
        // The scale that the transform adds is taken from the source at once, so that a small picture is not aliased.
        let growth = (transform.a * transform.d - transform.b * transform.c).abs().sqrt().clamp(0.01, 16.0);
        let pixels = |extent: f32| ((extent * growth).round().clamp(1.0, 4_096.0)) as u32;
        let scaled = self.scaled.get(picture, *source, pixels(width), pixels(height));
        let mut top = destination.y;
        while top < destination.bottom() {
            let mut left = destination.x;
            while left < destination.right() {
                let place = Rect::new(left, top, width, height);
                let area = PixelRect::around(&transform.bounds(&place)).outset(1).intersection(&self.canvas);
                if !area.intersection(&self.clip().bounds).is_empty()
                    && let Some(pixels) = image::transformed(&scaled, &place, &transform, area)
                {
                    let source = Source::Pixels { bounds: area, pixels: &pixels, opacity: 255 };
                    self.composite(area, None, &source);
                }
                left += width.max(1.0);
            }
            top += height.max(1.0);
        }
    }

    fn shadow(&self, shape: &RoundedRect, deviation: f32, cut: &RoundedRect, inset: bool) -> Option<Mask> {
        let Some((x, y)) = self.whole_move() else {
            return self.turned_shadow(shape, deviation, cut, inset);
        };
        let (shape, cut) = (shape.translated(x, y), cut.translated(x, y));
        if inset {
            let inside = shadow::box_mask(&cut, &self.canvas)?;
            return Some(match shadow::box_shadow(&shape, deviation, &self.canvas.outset(shadow::reach(deviation))) {
                Some(lit) => inside.without(&lit),
                None => inside,
            });
        }
        let cast = shadow::box_shadow(&shape, deviation, &self.canvas)?;
        Some(match shadow::box_mask(&cut, &self.canvas) {
            Some(cut) => cast.without(&cut),
            None => cast,
        })
    }

    fn turned_shadow(&self, shape: &RoundedRect, deviation: f32, cut: &RoundedRect, inset: bool) -> Option<Mask> {
        let transform = image::skia(&self.transform());
        let deviation =
            deviation * (self.transform().a * self.transform().d - self.transform().b * self.transform().c).abs().sqrt();
        let reach = shadow::reach(deviation);
        let wide = self.canvas.outset(reach);
        let cast = box_path(shape).and_then(|path| coverage::path_mask(&path, transform, &wide)).map(|mask| {
            let bounds = mask.bounds.outset(reach);
            let width = bounds.width() as usize;
            let mut roomy = Mask::new(bounds, vec![0; width * bounds.height() as usize]);
            for (index, row) in mask.coverage.chunks_exact(mask.bounds.width().max(1) as usize).enumerate() {
                let start = (index + reach as usize) * width + reach as usize;
                if let Some(target) = roomy.coverage.get_mut(start..start + row.len()) {
                    target.copy_from_slice(row);
                }
            }
            shadow::blur(&mut roomy, deviation);
            roomy
        });
        let cut = box_path(cut).and_then(|path| coverage::path_mask(&path, transform, &self.canvas));
        match (inset, cast, cut) {
            (true, Some(cast), Some(inside)) => Some(inside.without(&cast)),
            (true, None, inside) => inside,
            (false, Some(cast), Some(cut)) => Some(cast.without(&cut)),
            (false, cast, None) => cast,
            _ => None,
        }
    }
}

/// A rounded box as a path.
fn box_path(shape: &RoundedRect) -> Option<tiny_skia::Path> {
    if shape.rect.is_empty() {
        return None;
    }
    let Rect { x, y, .. } = shape.rect;
    let (right, bottom) = (shape.rect.right(), shape.rect.bottom());
    let radii = &shape.radii;
    let mut builder = tiny_skia::PathBuilder::new();
    let mut corner = |start: (f32, f32), corner: (f32, f32), end: (f32, f32), first: bool| {
        let towards = |from: f32, to: f32| from + (to - from) * coverage::KAPPA;
        if first {
            builder.move_to(start.0, start.1);
        } else {
            builder.line_to(start.0, start.1);
        }
        if start != end {
            builder.cubic_to(
                towards(start.0, corner.0),
                towards(start.1, corner.1),
                towards(end.0, corner.0),
                towards(end.1, corner.1),
                end.0,
                end.1,
            );
        }
    };
    corner((x, y + radii.top_left.height), (x, y), (x + radii.top_left.width, y), true);
    corner((right - radii.top_right.width, y), (right, y), (right, y + radii.top_right.height), false);
    let low_right = radii.bottom_right;
    corner((right, bottom - low_right.height), (right, bottom), (right - low_right.width, bottom), false);
    corner((x + radii.bottom_left.width, bottom), (x, bottom), (x, bottom - radii.bottom_left.height), false);
    builder.close();
    builder.finish()
}

fn quadrilateral(side: &[Point; 4]) -> Option<tiny_skia::Path> {
    let mut builder = tiny_skia::PathBuilder::new();
    builder.move_to(side[0].x, side[0].y);
    side[1..].iter().for_each(|corner| builder.line_to(corner.x, corner.y));
    builder.close();
    builder.finish()
}
