//! A draw list in the operations of a 2D context: what boards say (rings, inset shadows, tiles, blurred text, elliptic
//! gradients) by what a context has.

mod gradients;
mod shadows;

use std::sync::Arc;

use super::list::{Command, DrawList, Paint, Shape};
use super::operations::{self, Composite, FillRule, Layer, Operation, Path, Pattern, StrokeStyle};
use super::within::needed_within;
use crate::geometry::{PixelRect, Rect, RoundedRect, Transform};

/// The same picture as operations, to be drawn on a transparent canvas of the list's size. State is as it was before:
/// every [`Operation::Save`] has its [`Operation::Restore`].
///
/// ```
/// use friendboard::Color;
/// use friendboard::display::{Command, DrawList, Paint, Shape, lower, operations::{FillRule, Operation}};
/// use friendboard::geometry::{Corners, Edges, Rect, RoundedRect};
/// let outer = RoundedRect::new(Rect::new(0.0, 0.0, 40.0, 30.0), Corners::all(8.0));
/// let border = Shape::Ring { outer, inner: outer.inset(Edges::all(2.0)) };
/// let commands = vec![Command::Fill { shape: border, paint: Paint::Solid(Color::BLACK) }];
/// let operations = lower(&DrawList { width: 40, height: 30, commands });
/// assert!(matches!(&operations[..], [Operation::Fill { rule: FillRule::EvenOdd, .. }]));
/// ```
#[must_use]
pub fn lower(list: &DrawList) -> Vec<Operation> {
    let mut lowering = Lowering::of(list);
    lowering.operations.reserve(list.commands.len());
    for command in &list.commands {
        lowering.command(command);
    }
    lowering.operations
}

/// The operations that are needed where nothing of the canvas changes but an area, to which the context is clipped.
#[must_use]
pub fn lower_within(list: &DrawList, area: &PixelRect) -> Vec<Operation> {
    let mut lowering = Lowering::of(list);
    for (command, is_needed) in list.commands.iter().zip(needed_within(list, area)) {
        if is_needed {
            lowering.command(command);
        }
    }
    lowering.operations
}

/// What the walk carries along.
pub(super) struct Lowering {
    pub operations: Vec<Operation>,
    canvas: Rect,
    /// The current transform, and those that it came from.
    transforms: Vec<Transform>,
}

impl Lowering {
    /// Before the first command of a list.
    pub fn of(list: &DrawList) -> Self {
        let canvas = Rect::new(0.0, 0.0, list.width as f32, list.height as f32);
        Self { operations: Vec::new(), canvas, transforms: vec![Transform::IDENTITY] }
    }

    fn push(&mut self, operation: Operation) {
        self.operations.push(operation);
    }

    fn transform(&self) -> Transform {
        self.transforms.last().copied().unwrap_or_default()
    }

    /// True where everything is moved by whole px at most: there, edges stand on whole px.
    fn is_upright(&self) -> bool {
        self.transform().whole_move().is_some()
    }

    /// Does something in a state of its own.
    fn saved(&mut self, inside: impl FnOnce(&mut Self)) {
        self.push(Operation::Save);
        inside(self);
        self.push(Operation::Restore);
    }

    fn clip(&mut self, path: Path, rule: FillRule) {
        self.push(Operation::Clip { path: Arc::new(path), rule });
    }

    fn fill(&mut self, path: Path, rule: FillRule, paint: operations::Paint) {
        self.push(Operation::Fill { path: Arc::new(path), rule, paint });
    }

    fn command(&mut self, command: &Command) {
        match command {
            Command::Fill { shape, paint } => match shape {
                Shape::Rect(outer) => self.shape(outer, None, paint),
                Shape::Ring { outer, inner } => self.shape(outer, Some(inner), paint),
                // The clip is the side, the fill all of the ring.
                Shape::RingSide { outer, inner, side } => self.saved(|lowering| {
                    lowering.clip(Path::polygon(side), FillRule::NonZero);
                    lowering.shape(outer, Some(inner), paint);
                }),
            },
            Command::Shadow { shape, deviation, color, cut, inset } => {
                // A context's blur is in px of the canvas, a list's goes through the transform.
                let deviation = if self.is_upright() { *deviation } else { deviation * self.transform().mean_scale() };
                let shape = if self.is_upright() { RoundedRect { rect: shape.rect.snapped(), ..*shape } } else { *shape };
                if *inset {
                    self.inset_shadow(&shape, deviation, *color, cut);
                } else {
                    self.outer_shadow(&shape, deviation, *color, cut);
                }
            }
            _ => self.of_host(command),
        }
    }

    /// What a host may have to draw beside what is rasterized: pictures and letters, under any state and in any layer. The rest
    /// is left out.
    pub fn of_host(&mut self, command: &Command) {
        match command {
            Command::PushTransform(transform) => {
                self.transforms.push(self.transform().then(transform));
                self.push(Operation::Save);
                self.push(Operation::Transform(*transform));
            }
            Command::PopTransform => {
                if self.transforms.len() > 1 {
                    self.transforms.pop();
                }
                self.push(Operation::Restore);
            }
            Command::PushClip(shape) => {
                self.push(Operation::Save);
                self.clip(Path::of_box(*shape), FillRule::NonZero);
            }
            Command::PopClip => self.push(Operation::Restore),
            Command::PushLayer { opacity, blur, bounds } => self.push(Operation::BeginLayer(Layer {
                alpha: *opacity,
                composite: Composite::SourceOver,
                blur: if self.is_upright() { *blur } else { blur * self.transform().mean_scale() },
                bounds: Some(*bounds),
            })),
            Command::PopLayer => self.push(Operation::EndLayer),
            Command::Image { .. } => self.image(command),
            Command::Glyphs { run, origin, scale, color, stroke, blur } => {
                let stroke = stroke.filter(|width| *width > 0.0).map(|width| Arc::new(StrokeStyle::round(width)));
                let text = |color| Operation::Text {
                    run: Arc::clone(run),
                    origin: *origin,
                    scale: *scale,
                    paint: operations::Paint::Solid(color),
                    stroke,
                };
                if *blur > 0.0 {
                    self.shadow_of(*color, *blur, |lowering, caster| lowering.push(text(caster)));
                } else {
                    self.push(text(*color));
                }
            }
            Command::Fill { .. } | Command::Shadow { .. } => {}
        }
    }

    /// A box, or what is between two.
    fn shape(&mut self, outer: &RoundedRect, inner: Option<&RoundedRect>, paint: &Paint) {
        let (path, rule) = match inner.filter(|inner| !inner.rect.is_empty()) {
            Some(inner) => (Path::between(*outer, *inner), FillRule::EvenOdd),
            None => (Path::of_box(*outer), FillRule::NonZero),
        };
        match paint {
            Paint::Solid(color) => self.fill(path, rule, operations::Paint::Solid(*color)),
            Paint::Gradient(gradient) => self.gradient(path, rule, gradient, &outer.rect),
        }
    }

    /// A picture, or tiles of it.
    fn image(&mut self, command: &Command) {
        let Command::Image { src, picture, source, destination, clip, tile } = command else { return };
        if picture.width() == 0 || picture.height() == 0 || source.is_empty() || destination.is_empty() {
            return;
        }
        let upright = self.is_upright();
        let destination = if upright { destination.snapped() } else { *destination };
        let draw = |lowering: &mut Self| match tile {
            None => lowering.push(Operation::Image {
                src: Arc::clone(src),
                picture: picture.clone(),
                source: *source,
                destination,
                smooth: true,
            }),
            Some((width, height)) => {
                let whole = |extent: f32| if upright { extent.round().max(1.0) } else { extent.max(1.0) };
                let pattern = Pattern {
                    src: Arc::clone(src),
                    picture: picture.clone(),
                    source: *source,
                    tile: Rect::new(destination.x, destination.y, whole(*width), whole(*height)),
                    repeat_x: true,
                    repeat_y: true,
                    transform: Transform::IDENTITY,
                    smooth: true,
                };
                let path = Path::of_box(RoundedRect::plain(destination));
                lowering.fill(path, FillRule::NonZero, operations::Paint::Pattern(Arc::new(pattern)));
            }
        };
        match clip {
            Some(clip) => self.saved(|lowering| {
                lowering.clip(Path::of_box(*clip), FillRule::NonZero);
                draw(lowering);
            }),
            None => draw(self),
        }
    }

    /// A box that covers all of the canvas and so much around it, under the current transform; `None` where the transform
    /// flattens the plane, so that nothing is seen.
    fn everything(&self, around: f32) -> Option<RoundedRect> {
        let bounds = self.transform().inverse()?.bounds(&self.canvas.outset(around));
        // What rounding may take away.
        Some(RoundedRect::plain(bounds.outset(1.0 + bounds.width.max(bounds.height) / 64.0)))
    }

    /// All of the canvas but a box.
    fn outside(&self, cut: &RoundedRect, around: f32) -> Option<Path> {
        let everything = self.everything(around)?;
        if cut.rect.is_empty() {
            return Some(Path::of_box(everything));
        }
        // A box that reaches beyond the canvas is still all inside.
        let around_both = everything.rect.union(&cut.rect.outset(1.0));
        Some(Path::between(RoundedRect::plain(around_both), *cut))
    }
}

#[cfg(test)]
mod tests;
