//! Lengths of a style against what they are parts of. Sizes are of border boxes throughout, in px.

use crate::geometry::Edges;
use crate::layout::style::{bounded, positive, ratio};
use crate::style::{BoxSizing, LayoutStyle, Length};

/// What a box's percentages are of: its parent's content box.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::layout) struct Basis {
    /// Its width; `None` while the parent's own width is being found out.
    pub width: Option<f32>,
    /// Its height, if that does not depend on the content.
    pub height: Option<f32>,
}

/// What a box is laid out in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::layout) struct Space {
    /// Its width.
    pub width: f32,
    /// Its height, if its parent has decided on one.
    pub height: Option<f32>,
    /// True where percentages of its children may be of that height.
    pub definite: bool,
    /// What its percentages are of.
    pub basis: Basis,
}

/// Least and most of a size.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::layout) struct Bounds {
    pub least: Option<f32>,
    pub most: Option<f32>,
}

impl Bounds {
    /// A size within the bounds; the least wins over the most, as in CSS.
    pub fn clamp(self, size: f32) -> f32 {
        size.min(self.most.unwrap_or(f32::INFINITY)).max(self.least.unwrap_or(0.0))
    }
}

/// Padding and border of a box.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::layout) struct Frame {
    pub padding: Edges<f32>,
    pub border: Edges<f32>,
}

impl Frame {
    /// Padding is a part of the parent's width on all four sides (CSS Box 3, §4.1).
    pub fn new(style: &LayoutStyle, basis: Basis) -> Self {
        let padding = style.padding.map(|length| positive(length.resolve(basis.width.unwrap_or(0.0)).unwrap_or(0.0)));
        Self { padding, border: style.border.map(positive) }
    }

    /// What of it is around the content: all, or the border alone where padding makes no room around what is shown.
    pub fn around_content(self, style: &LayoutStyle) -> Self {
        if style.pads_content { self } else { Self { padding: Edges::default(), ..self } }
    }

    /// Both sides together.
    pub fn width(&self) -> f32 {
        self.padding.left + self.padding.right + self.border.left + self.border.right
    }

    /// Top and bottom together.
    pub fn height(&self) -> f32 {
        self.padding.top + self.padding.bottom + self.border.top + self.border.bottom
    }

    /// From the left edge to the content.
    pub fn left(&self) -> f32 {
        self.padding.left + self.border.left
    }

    /// From the top edge to the content.
    pub fn top(&self) -> f32 {
        self.padding.top + self.border.top
    }
}

/// A size as written, in px; `None` where it is automatic, negative, or a part of what is not known.
fn given(length: Length, of: Option<f32>) -> Option<f32> {
    let size = match length {
        Length::Auto => return None,
        Length::Points(points) => points,
        Length::Percent(_) => length.resolve(of?)?,
    };
    (size >= 0.0).then(|| bounded(size))
}

/// A style's sizes, resolved.
#[derive(Clone, Copy, Debug)]
pub(in crate::layout) struct Sizes<'a> {
    pub style: &'a LayoutStyle,
    pub frame: Frame,
    pub basis: Basis,
}

impl<'a> Sizes<'a> {
    pub fn new(style: &'a LayoutStyle, basis: Basis) -> Self {
        Self { style, frame: Frame::new(style, basis), basis }
    }

    /// A horizontal length of the style as a border box's.
    pub fn across(&self, length: Length) -> Option<f32> {
        given(length, self.basis.width).map(|size| self.boxed(size, self.frame.width()))
    }

    /// A vertical length of the style as a border box's.
    pub fn down(&self, length: Length) -> Option<f32> {
        given(length, self.basis.height).map(|size| self.boxed(size, self.frame.height()))
    }

    fn boxed(&self, size: f32, frame: f32) -> f32 {
        match self.style.box_sizing {
            BoxSizing::BorderBox => size.max(frame),
            BoxSizing::ContentBox => size + frame,
        }
    }

    /// `width` within its bounds.
    pub fn width(&self) -> Option<f32> {
        self.across(self.style.width).map(|width| self.widths().clamp(width))
    }

    /// `height` within its bounds.
    pub fn height(&self) -> Option<f32> {
        self.down(self.style.height).map(|height| self.heights().clamp(height))
    }

    /// `minWidth` and `maxWidth`.
    pub fn widths(&self) -> Bounds {
        Bounds { least: self.across(self.style.min_width), most: self.across(self.style.max_width) }
    }

    /// `minHeight` and `maxHeight`.
    pub fn heights(&self) -> Bounds {
        Bounds { least: self.down(self.style.min_height), most: self.down(self.style.max_height) }
    }

    /// `aspectRatio`, if it can be used.
    pub fn ratio(&self) -> Option<f32> {
        ratio(self.style.aspect_ratio)
    }

    /// The height that a width asks for by `aspectRatio`, which is of the box that `boxSizing` says.
    pub fn height_of(&self, width: f32, ratio: f32) -> f32 {
        match self.style.box_sizing {
            BoxSizing::BorderBox => (width / ratio).max(self.frame.height()),
            BoxSizing::ContentBox => (width - self.frame.width()).max(0.0) / ratio + self.frame.height(),
        }
    }

    /// The width that a height asks for by `aspectRatio`.
    pub fn width_of(&self, height: f32, ratio: f32) -> f32 {
        match self.style.box_sizing {
            BoxSizing::BorderBox => (height * ratio).max(self.frame.width()),
            BoxSizing::ContentBox => (height - self.frame.height()).max(0.0) * ratio + self.frame.width(),
        }
    }
}
