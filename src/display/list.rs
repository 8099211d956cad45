//! The commands of a draw list. It needs nothing beside itself: texts stand in it with their fonts, pictures with their
//! keys.

use std::sync::Arc;

use crate::color::Color;
use crate::geometry::{Point, Rect, RoundedRect, Transform};
use crate::picture::Picture;
use crate::text::GlyphRun;

/// What is drawn, in order, on a canvas of `width` × `height` device px.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DrawList {
    /// Canvas width, device px.
    pub width: u32,
    /// Canvas height, device px.
    pub height: u32,
    /// The commands; pushes and pops are balanced.
    pub commands: Vec<Command>,
}

/// One command. Every coordinate is in device px, under the transforms that are pushed.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Fills a shape.
    Fill {
        /// What.
        shape: Shape,
        /// With what.
        paint: Paint,
    },
    /// A part of a picture scaled into a rectangle.
    Image {
        /// Its key: by what a host that has the picture itself finds it.
        src: Arc<str>,
        /// The picture.
        picture: Picture,
        /// Which part of it, picture px.
        source: Rect,
        /// Where.
        destination: Rect,
        /// Cut to this shape.
        clip: Option<RoundedRect>,
        /// Repeated over `destination` from its top left corner, this many device px a tile, rather than scaled into it.
        tile: Option<(f32, f32)>,
    },
    /// Glyphs of one colour.
    Glyphs {
        /// Text, font and glyphs; positions and sizes are px of the run, which are px at dpr 1 for a board's own texts.
        run: Arc<GlyphRun>,
        /// Where the layout's left edge meets the line's baseline.
        origin: Point,
        /// Device px per px of the run.
        scale: f32,
        /// Colour (colour glyphs keep their own, and take its opacity).
        color: Color,
        /// Stroke around the outlines in place of their filling, its whole width in device px.
        stroke: Option<f32>,
        /// Standard deviation of a blur, device px; 0 is sharp. A blurred colour glyph is drawn as its shape.
        blur: f32,
    },
    /// A blurred box.
    Shadow {
        /// The box that casts it, already moved and grown.
        shape: RoundedRect,
        /// Standard deviation of the blur, device px.
        deviation: f32,
        /// Its colour.
        color: Color,
        /// Drawn only outside of this box (an outer shadow), or inside of it (an inset one).
        cut: RoundedRect,
        /// Inside rather than outside.
        inset: bool,
    },
    /// Until the pop, only what is inside is drawn.
    PushClip(RoundedRect),
    /// Ends the last clip.
    PopClip,
    /// Until the pop, coordinates go through this transform first.
    PushTransform(Transform),
    /// Ends the last transform.
    PopTransform,
    /// Until the pop, what is drawn makes a picture of its own, which is then drawn with this opacity,
    /// blurred first where it says so.
    PushLayer {
        /// 0 to 1.
        opacity: f32,
        /// Standard deviation of a blur, device px under the transforms that are pushed; 0 is sharp.
        blur: f32,
        /// What is drawn in it can touch, under the transforms that are pushed; a blur reaches beyond.
        bounds: Rect,
    },
    /// Ends the last layer.
    PopLayer,
}

impl DrawList {
    /// The first commands, with pops for what they leave pushed.
    ///
    /// ```
    /// use friendboard::display::{Command, DrawList};
    /// use friendboard::geometry::Transform;
    /// let commands = vec![Command::PushTransform(Transform::IDENTITY), Command::PopTransform];
    /// let list = DrawList { width: 8, height: 8, commands };
    /// assert_eq!(list.first(1), list);
    /// assert!(list.first(0).commands.is_empty());
    /// ```
    #[must_use]
    pub fn first(&self, count: usize) -> Self {
        let mut commands: Vec<Command> = self.commands.iter().take(count).cloned().collect();
        let mut open = Vec::new();
        for command in &commands {
            match command {
                Command::PopClip | Command::PopTransform | Command::PopLayer => drop(open.pop()),
                _ => open.extend(command.end()),
            }
        }
        commands.extend(open.into_iter().rev());
        Self { width: self.width, height: self.height, commands }
    }
}

impl Command {
    /// True for what only the host can draw: a picture whose pixels it keeps, letters that no font of ours has.
    #[must_use]
    pub fn is_of_host(&self) -> bool {
        match self {
            Self::Image { picture, .. } => picture.is_of_host(),
            Self::Glyphs { run, .. } => run.face.is_of_host(),
            _ => false,
        }
    }

    /// What ends the state or layer that a command begins; `None` for one that begins none.
    #[must_use]
    pub fn end(&self) -> Option<Self> {
        match self {
            Self::PushClip(_) => Some(Self::PopClip),
            Self::PushTransform(_) => Some(Self::PopTransform),
            Self::PushLayer { .. } => Some(Self::PopLayer),
            _ => None,
        }
    }

    /// True for what changes the state in which others are drawn, and draws nothing itself.
    #[must_use]
    pub fn is_state(&self) -> bool {
        matches!(self, Self::PushTransform(_) | Self::PopTransform | Self::PushClip(_) | Self::PopClip)
    }
}

/// What is filled.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A box.
    Rect(RoundedRect),
    /// What is between two boxes: a border.
    Ring {
        /// Outer edge.
        outer: RoundedRect,
        /// Inner edge.
        inner: RoundedRect,
    },
    /// What is between two boxes, on one side: a border of its own colour. The side is a quadrilateral.
    RingSide {
        /// Outer edge.
        outer: RoundedRect,
        /// Inner edge.
        inner: RoundedRect,
        /// Corners of the part that is kept.
        side: [Point; 4],
    },
}

/// What a shape is filled with.
#[derive(Clone, Debug, PartialEq)]
pub enum Paint {
    /// One colour.
    Solid(Color),
    /// A gradient.
    Gradient(Gradient),
}

/// A gradient between colours; colours are mixed premultiplied, as CSS says.
#[derive(Clone, Debug, PartialEq)]
pub struct Gradient {
    /// Where.
    pub kind: GradientKind,
    /// Colours at offsets from 0 to 1, ascending; at least two.
    pub stops: Arc<[(f32, Color)]>,
    /// Repeats beyond its ends rather than going on in the end's colour.
    pub repeating: bool,
}

/// The geometry of a gradient, device px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GradientKind {
    /// Along a line.
    Linear {
        /// Offset 0.
        start: Point,
        /// Offset 1.
        end: Point,
    },
    /// Out from a centre, on an ellipse.
    Radial {
        /// Offset 0.
        center: Point,
        /// Horizontal radius at offset 1.
        radius_x: f32,
        /// Vertical radius at offset 1.
        radius_y: f32,
    },
}
