//! A draw list, command by command.

use super::clip::Clip;
use super::fills::{Brush, Outline};
use super::glyphs::{self, GlyphPaint, Placement};
use super::gradient::PreparedGradient;
use super::kept_layers::KeptLayers;
use super::layers::{self, Held};
use super::painter::Painter;
use super::surface::Source;
use super::{pictures, shadow};
use crate::display::operations::{Composite, FillRule, Layer, Path, Shadow, StrokeStyle};
use crate::display::{Command, DrawList, Paint, Shape, reach};
use crate::few::Few;
use crate::geometry::{PixelRect, Rect, RoundedRect};

/// From where on a list is seen: what is before is covered by something opaque.
pub struct FirstSeen {
    /// The first command of which anything is seen.
    pub index: usize,
    /// True where that command covers all that is drawn: nothing below it is seen either.
    pub covers_all: bool,
}

impl FirstSeen {
    /// The end of the layer that a command begins, where all of it is covered.
    pub fn group_end(&self, list: &DrawList, index: usize) -> Option<usize> {
        if !matches!(list.commands.get(index)?, Command::PushLayer { .. }) {
            return None;
        }
        let mut depth = 0;
        for (end, command) in list.commands.iter().enumerate().take(self.index).skip(index) {
            match command {
                Command::PushLayer { .. } => depth += 1,
                Command::PopLayer => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Some(end);
            }
        }
        None
    }
}

/// True where a box covers all of an area's pixels, its corners being elsewhere.
pub fn covers_fully(shape: &RoundedRect, area: &PixelRect) -> bool {
    let (left, top, right, bottom) = (area.left as f32, area.top as f32, area.right as f32, area.bottom as f32);
    let RoundedRect { rect, radii } = shape;
    let from = |edge: f32, radius: f32, by: f32| by >= edge + radius;
    let until = |edge: f32, radius: f32, by: f32| by <= edge - radius;
    // Beside a corner's block, or below or above it.
    let is_clear = |across: bool, down: bool| across || down;
    from(rect.x, 0.0, left)
        && from(rect.y, 0.0, top)
        && until(rect.right(), 0.0, right)
        && until(rect.bottom(), 0.0, bottom)
        && is_clear(from(rect.x, radii.top_left.width, left), from(rect.y, radii.top_left.height, top))
        && is_clear(until(rect.right(), radii.top_right.width, right), from(rect.y, radii.top_right.height, top))
        && is_clear(
            until(rect.right(), radii.bottom_right.width, right),
            until(rect.bottom(), radii.bottom_right.height, bottom),
        )
        && is_clear(from(rect.x, radii.bottom_left.width, left), until(rect.bottom(), radii.bottom_left.height, bottom))
}

/// Finds the last box that covers all of an area with opaque colours, under no layer: whatever was drawn before is not seen.
pub fn first_seen(list: &DrawList, area: &PixelRect) -> FirstSeen {
    first_seen_of(&list.commands, area)
}

/// The same of some commands.
pub fn first_seen_of(commands: &[Command], area: &PixelRect) -> FirstSeen {
    let mut found = FirstSeen { index: 0, covers_all: false };
    let mut layers = 0;
    // Each open transform, and each open clip with whether it leaves all of the area.
    let mut transforms: Few<_, 8> = Few::of(Some((0.0, 0.0)));
    let mut clips: Few<_, 8> = Few::of(true);
    let covers =
        |shape: &RoundedRect, by: Option<(f32, f32)>| by.is_some_and(|(x, y)| covers_fully(&shape.translated(x, y), area));
    for (index, command) in commands.iter().enumerate() {
        let by = transforms.last().copied().flatten();
        match command {
            Command::PushTransform(transform) => {
                let moved = transform.whole_move().zip(by).map(|((x, y), (outer_x, outer_y))| (x + outer_x, y + outer_y));
                transforms.push(moved);
            }
            Command::PopTransform => drop(transforms.pop()),
            Command::PushClip(shape) => clips.push(clips.last().copied().unwrap_or(true) && covers(shape, by)),
            Command::PopClip => drop(clips.pop()),
            Command::PushLayer { .. } => layers += 1,
            Command::PopLayer => layers -= 1,
            Command::Fill { shape: Shape::Rect(shape), paint }
                if layers == 0 && is_opaque(paint) && clips.last() == Some(&true) && covers(shape, by) =>
            {
                found = FirstSeen { index, covers_all: true };
            }
            _ => {}
        }
    }
    found
}

/// True for what lets nothing through.
fn is_opaque(paint: &Paint) -> bool {
    match paint {
        Paint::Solid(color) => color.alpha == 255,
        Paint::Gradient(gradient) => !gradient.stops.is_empty() && gradient.stops.iter().all(|(_, color)| color.alpha == 255),
    }
}

impl Painter<'_> {
    /// Draws a list from where on it is seen, for as long as it may go on.
    pub fn draw_list(&mut self, list: &DrawList, first: &FirstSeen, go_on: &mut dyn FnMut() -> bool) {
        let held = layers::held(&list.commands);
        let mut index = 0;
        while let Some(command) = list.commands.get(index) {
            if index < first.index
                && let Some(end) = first.group_end(list, index)
            {
                index = end;
            } else if index >= first.index || command.is_state() {
                if !go_on() {
                    return;
                }
                if !self.is_out_of_sight(command) {
                    match self.kept_group(list, index, &held) {
                        Some(end) => index = end,
                        None => self.command(command, held.get(&index)),
                    }
                }
            }
            index += 1;
        }
    }

    /// True for what draws nothing within the clip, where only a part of the canvas is drawn: most of a list is elsewhere then.
    fn is_out_of_sight(&self, command: &Command) -> bool {
        let is_drawn =
            matches!(command, Command::Fill { .. } | Command::Image { .. } | Command::Glyphs { .. } | Command::Shadow { .. });
        if !is_drawn || self.area == self.canvas || self.surfaces.has_layers() {
            return false;
        }
        let Some((x, y)) = self.state.transform.whole_move() else { return false };
        PixelRect::around(&reach(command).translated(x, y)).intersection(&self.state.clip.bounds).is_empty()
    }

    /// Draws a blurred layer from what was kept of it, or all of it so that it is kept, and tells where it ends; `None` for
    /// everything else, and for one that is not kept.
    fn kept_group(&mut self, list: &DrawList, index: usize, held: &Held) -> Option<usize> {
        let Command::PushLayer { opacity, blur, bounds } = list.commands.get(index)? else { return None };
        let moved = self.state.transform.whole_move().filter(|_| *blur > 0.0 && !self.surfaces.has_layers())?;
        let end = FirstSeen { index: list.commands.len(), covers_all: false }.group_end(list, index)?;
        let commands = list.commands.get(index..=end)?;
        let bounds = held.get(&index).unwrap_or(bounds);
        let (reach, place) = (shadow::reach(*blur), (self.canvas, moved));
        let area =
            PixelRect::around(&bounds.translated(moved.0, moved.1)).outset(reach).intersection(&self.canvas.outset(reach));
        if self.state.clip.bounds.is_empty() || self.kept_layer(commands, &place) {
            return Some(end);
        }
        if !KeptLayers::has_room(&area) {
            return None;
        }
        self.save();
        self.state.clip = Clip::of(self.canvas);
        let bounds = Some(*bounds);
        self.begin_layer(&Layer { alpha: *opacity, composite: Composite::SourceOver, blur: *blur, bounds });
        for (command, number) in list.commands.get(index + 1..end)?.iter().zip(index + 1..) {
            self.command(command, held.get(&number));
        }
        self.keep_layer(commands, place);
        self.restore();
        self.kept_layer(commands, &place);
        Some(end)
    }

    /// Draws a command; of one that begins a layer with what it holds.
    fn command(&mut self, command: &Command, held: Option<&Rect>) {
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
            Command::PushLayer { opacity, blur, bounds } => {
                let upright = self.state.transform.whole_move().is_some();
                let bounds = held.filter(|_| upright).unwrap_or(bounds);
                self.begin_layer(&Layer {
                    alpha: *opacity,
                    composite: Composite::SourceOver,
                    blur: if upright { *blur } else { blur * self.state.transform.mean_scale() },
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
            Command::Shadow { cut, inset: false, .. }
                if shadow::is_all_cut(cut, &self.state.transform, &self.state.clip.bounds) => {}
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
            Paint::Gradient(gradient) => match PreparedGradient::new(gradient, &self.state.transform, self.tables) {
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
        let surface = self.surfaces.top();
        glyphs::draw(surface, &self.state.clip, &placement, &paint, self.glyphs);
    }
}
