//! A draw list, command by command.

use super::fills::{Brush, Outline};
use super::glyphs::{self, GlyphPaint, Placement};
use super::gradient::PreparedGradient;
use super::painter::Painter;
use super::pictures;
use super::surface::Source;
use crate::display::operations::{Composite, FillRule, Layer, Path, Shadow, StrokeStyle};
use crate::display::{Command, DrawList, Paint, Shape};
use crate::geometry::RoundedRect;

impl Painter<'_> {
    /// Draws a list.
    pub fn draw_list(&mut self, list: &DrawList) {
        for command in &list.commands {
            self.command(command);
        }
    }

    fn command(&mut self, command: &Command) {
        match command {
            Command::PushTransform(transform) => {
                self.save();
                self.state.transform = self.state.transform.then(transform);
            }
            Command::PushClip(shape) => {
                self.save();
                self.clip_box(shape);
            }
            Command::PopTransform | Command::PopClip => self.restore(),
            Command::PushLayer { opacity, bounds } => {
                self.begin_layer(&Layer {
                    alpha: *opacity,
                    composite: Composite::SourceOver,
                    blur: 0.0,
                    bounds: Some(*bounds),
                });
            }
            Command::PopLayer => self.end_layer(),
            _ if self.state.clip.bounds.is_empty() => {}
            Command::Fill { shape, paint } => self.shape(shape, paint),
            Command::Image { picture, source, destination, clip, tile, .. } => {
                if !pictures::is_drawn(picture, source, destination) {
                    return;
                }
                if let Some(clip) = clip {
                    self.save();
                    self.clip_box(clip);
                }
                match tile {
                    Some(tile) => self.tiles(picture, source, destination, *tile),
                    None => self.picture(picture, source, destination),
                }
                if clip.is_some() {
                    self.restore();
                }
            }
            Command::Glyphs { .. } => self.glyphs(command),
            Command::Shadow { shape, deviation, color, cut, inset } => {
                self.save();
                let upright = self.state.transform.whole_move().is_some();
                let deviation = if upright { *deviation } else { deviation * self.state.transform.mean_scale() };
                self.state.shadow = Shadow { color: *color, blur: deviation * 2.0, x: 0.0, y: 0.0, only: true };
                let shape = if upright { RoundedRect { rect: shape.rect.snapped(), ..*shape } } else { *shape };
                if *inset {
                    let inside = self.box_mask(cut);
                    self.clip_inside(inside);
                    self.cast(Outline::Outside(&shape), 255);
                } else {
                    self.clip_outside(cut);
                    self.cast(Outline::Box(&shape), 255);
                }
                self.restore();
            }
        }
    }

    fn shape(&mut self, shape: &Shape, paint: &Paint) {
        let brush = match paint {
            Paint::Gradient(gradient) => match PreparedGradient::new(gradient, &self.state.transform) {
                Some(prepared) => Brush::Gradient(prepared),
                None => return,
            },
            Paint::Solid(color) if color.is_transparent() => return,
            Paint::Solid(color) => Brush::Solid(*color),
        };
        match shape {
            Shape::Rect(outer) => self.fill(Outline::Box(outer), &brush),
            Shape::Ring { outer, inner } => self.fill(Outline::Ring(outer, inner), &brush),
            Shape::RingSide { outer, inner, side } => {
                self.save();
                self.clip_path(&Path::polygon(side), FillRule::NonZero);
                self.fill(Outline::Ring(outer, inner), &brush);
                self.restore();
            }
        }
    }

    fn glyphs(&mut self, command: &Command) {
        let Command::Glyphs { run, origin, scale, color, stroke, blur } = command else { return };
        let stroke = stroke.map(StrokeStyle::round);
        let placement = Placement {
            run,
            origin: *origin,
            scale: *scale,
            stroke: stroke.as_ref(),
            transform: self.state.transform,
            canvas: self.canvas,
        };
        let color_source = Source::Solid(super::blend::premultiply(*color));
        if *blur > 0.0 {
            if let Some(mask) = glyphs::blurred_mask(&placement, *blur, self.glyphs) {
                self.composite(mask.bounds, Some(&mask), &color_source);
            }
            return;
        }
        let paint = GlyphPaint { source: color_source, color_opacity: color.alpha, mix: self.mix() };
        if let Some(surface) = self.surfaces.last_mut() {
            glyphs::draw(surface, &self.state.clip, &placement, &paint, self.glyphs);
        }
    }
}
