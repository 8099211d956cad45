//! Boxes with a size of their own: how large a text, a picture, a canvas wants to be.
//!
//! Their rules, beyond CSS, are the dialect's (its usual engine's):
//!
//! - A `text`, `button` or `bitmaptext` without a width is as wide as its text on one line: the initial
//!   `alignItems: stretch` does not widen it, and it wraps only where a width, a maximum or its flexing says so. Without
//!   a height it is as high as its lines: `lineHeight` (1.2 × `fontSize` at first) times their number.
//! - An `image` without a size has its picture's; with one side given, the other keeps the proportions. A picture that
//!   is not known (yet) is 0 × 0. A `canvas` has the size that its attributes say.
//! - A `richtext` without a width is as wide as there is room for, and no wider than its widest paragraph.
//! - All of them may be made smaller than their content (`minWidth: auto` is 0): a name with `flex: 1` gives way to the
//!   score beside it.

use std::sync::Arc;

use taffy::{AvailableSpace, LayoutInput, LayoutOutput, RunMode, SizingMode};

use super::style::{LENGTH_MAX, bounded, positive, ratio};
use super::{Assets, RichLines};
use crate::geometry::{Edges, Size};
use crate::scene::{Content, Node, RichText};
use crate::template::style::{BoxSizing, LayoutStyle, Length, LineHeight, TextAlign, VerticalAlign};
use crate::text::bitmap_font::{BitmapFont, BitmapLines};
use crate::text::{Paragraph, Span, TextLayout, TextSystem};

/// Two widths that differ by less are one: a text in a box of exactly its own width must not wrap because of rounding.
const SAME_WIDTH: f32 = 0.01;

/// What a leaf is measured by.
#[derive(Clone, Debug)]
pub(super) enum Leaf {
    /// Paragraphs one below the other; `wraps` where the available width decides when nothing else does.
    Text { paragraphs: Vec<Paragraph>, wraps: bool },
    /// A size with its proportions; `None` where it is not known.
    Picture(Option<Size>),
    /// Letters of a bitmap font; `None` where the font is not known.
    Bitmap { font: Option<Arc<BitmapFont>>, value: Arc<str>, line_height: Option<f32>, letter_spacing: f32, align: TextAlign },
}

/// What a leaf shows once its box is known.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    /// The lines of a text.
    pub text: Option<Arc<TextLayout>>,
    /// The paragraphs of a rich text.
    pub rich: Vec<RichLines>,
    /// The letters of a bitmap text.
    pub bitmap: Option<Arc<BitmapLines>>,
    /// How far the lines are moved down.
    pub offset: f32,
}

impl Leaf {
    /// The leaf that a node is; `None` for a box that lays its children out.
    pub fn of(node: &Node, assets: &dyn Assets) -> Option<Self> {
        let inherited = &node.style.text.inherited;
        match &node.content {
            Content::View | Content::ScrollView { .. } => None,
            Content::Text(value) | Content::Button(value) => {
                Some(Self::Text { paragraphs: vec![Paragraph::from_style(value.clone(), &node.style)], wraps: false })
            }
            Content::RichText(rich) => Some(Self::Text { paragraphs: paragraphs_of(rich, node), wraps: true }),
            Content::Image { src, .. } => Some(Self::Picture(assets.image_size(src).and_then(usable))),
            Content::Canvas { width, height } => Some(Self::Picture(Some(Size::new(positive(*width), positive(*height))))),
            Content::BitmapText { font, value } => Some(Self::Bitmap {
                font: assets.bitmap_font(font),
                value: value.clone(),
                line_height: match inherited.line_height {
                    LineHeight::Normal => None,
                    given => Some(positive(given.resolve(inherited.font_size))),
                },
                letter_spacing: bounded(inherited.letter_spacing),
                align: inherited.text_align,
            }),
        }
    }

    /// True for what a parent's initial `alignItems: stretch` leaves as it is.
    pub fn keeps_its_size(&self) -> bool {
        !matches!(self, Self::Text { wraps: true, .. })
    }

    /// The proportions that the other side follows.
    fn proportions(&self) -> Option<f32> {
        match self {
            Self::Picture(Some(size)) => ratio(Some(size.width / size.height)),
            _ => None,
        }
    }

    /// The size that the content would like, given what is known of the content box. `most` and `least` bound the
    /// content box where it is not known.
    fn measure(
        &self,
        text: &mut dyn TextSystem,
        known: taffy::Size<Option<f32>>,
        available: AvailableSpace,
        bounds: &Bounds,
    ) -> Size {
        match self {
            Self::Text { paragraphs, wraps } => {
                let width = known.width.unwrap_or_else(|| {
                    let natural = natural_width(paragraphs, text);
                    match available {
                        _ if !wraps => natural,
                        AvailableSpace::Definite(room) => natural.min(room.max(0.0)),
                        AvailableSpace::MaxContent => natural,
                        AvailableSpace::MinContent => set(paragraphs, text, 0.0).iter().map(|l| l.width).fold(0.0, f32::max),
                    }
                });
                let lines = set(paragraphs, text, bounds.width(width));
                Size::new(width, lines.iter().map(|layout| positive(layout.height)).sum())
            }
            Self::Picture(None) => Size::default(),
            Self::Picture(Some(natural)) => match (known.width, known.height, self.proportions()) {
                (Some(width), _, Some(ratio)) => Size::new(width, width / ratio),
                (None, Some(height), Some(ratio)) => Size::new(height * ratio, height),
                (None, None, Some(ratio)) => {
                    // Each side follows the other one's bounds: CSS 2.2, §10.4, on replaced elements.
                    let (width, height) = (bounds.width(natural.width), bounds.height(natural.height));
                    Size::new(
                        if height == natural.height { natural.width } else { height * ratio },
                        if width == natural.width { natural.height } else { width / ratio },
                    )
                }
                _ => *natural,
            },
            Self::Bitmap { font, value, line_height, letter_spacing, .. } => match font {
                Some(font) => font.measure(value, *line_height, *letter_spacing),
                None => Size::new(0.0, line_height.unwrap_or(0.0)),
            },
        }
    }

    /// What it shows in a content box of a size.
    pub fn show(&self, text: &mut dyn TextSystem, content: Size, align: VerticalAlign) -> Shown {
        let down = |height: f32| match align {
            VerticalAlign::Top => 0.0,
            VerticalAlign::Middle => (content.height - height) / 2.0,
            VerticalAlign::Bottom => content.height - height,
        };
        match self {
            Self::Text { paragraphs, wraps } => {
                let lines = set(paragraphs, text, content.width);
                let offset = down(lines.iter().map(|layout| positive(layout.height)).sum());
                if *wraps {
                    let mut top = 0.0;
                    let rich = lines.into_iter().map(|layout| {
                        let placed = RichLines { top, layout };
                        top += positive(placed.layout.height);
                        placed
                    });
                    Shown { rich: rich.collect(), offset, ..Shown::default() }
                } else {
                    Shown { text: lines.into_iter().next(), offset, ..Shown::default() }
                }
            }
            Self::Picture(_) | Self::Bitmap { font: None, .. } => Shown::default(),
            Self::Bitmap { font: Some(font), value, line_height, letter_spacing, align } => {
                let lines = font.layout(value, *line_height, *letter_spacing, *align, Some(content.width));
                Shown { offset: down(lines.height), bitmap: Some(Arc::new(lines)), ..Shown::default() }
            }
        }
    }
}

/// A picture's size, if something can be drawn in it.
fn usable(size: Size) -> Option<Size> {
    let fits = |side: f32| side > 0.0 && side <= LENGTH_MAX;
    (fits(size.width) && fits(size.height)).then_some(size)
}

fn paragraphs_of(rich: &RichText, node: &Node) -> Vec<Paragraph> {
    rich.paragraphs
        .iter()
        .map(|paragraph| {
            let mut whole = Paragraph::from_style(paragraph.text.clone(), &node.style);
            if !paragraph.spans.is_empty() {
                whole.spans = paragraph.spans.iter().map(|(range, style)| Span::from_style(range.clone(), style)).collect();
            }
            if let Some(align) = paragraph.align {
                whole.align = align;
            }
            whole
        })
        .collect()
}

fn natural_width(paragraphs: &[Paragraph], text: &mut dyn TextSystem) -> f32 {
    paragraphs.iter().map(|paragraph| positive(text.layout(paragraph, None).width)).fold(0.0, f32::max)
}

/// The paragraphs' lines in a width.
fn set(paragraphs: &[Paragraph], text: &mut dyn TextSystem, width: f32) -> Vec<Arc<TextLayout>> {
    paragraphs
        .iter()
        .map(|paragraph| {
            let natural = positive(text.layout(paragraph, None).width);
            let width = if (natural - width).abs() < SAME_WIDTH { natural.max(width) } else { width };
            text.layout(paragraph, Some(width.max(0.0)))
        })
        .collect()
}

/// Bounds of a content box.
struct Bounds {
    least: taffy::Size<Option<f32>>,
    most: taffy::Size<Option<f32>>,
}

impl Bounds {
    fn width(&self, width: f32) -> f32 {
        clamp(width, self.least.width, self.most.width)
    }

    fn height(&self, height: f32) -> f32 {
        clamp(height, self.least.height, self.most.height)
    }
}

fn clamp(value: f32, least: Option<f32>, most: Option<f32>) -> f32 {
    value.min(most.unwrap_or(f32::INFINITY)).max(least.unwrap_or(0.0))
}

/// Padding or border in px against the width that its percentages are of.
pub(super) fn resolved(edges: Edges<Length>, width: Option<f32>) -> Edges<f32> {
    edges.map(|length| positive(length.resolve(width.unwrap_or(0.0)).unwrap_or(0.0)))
}

/// Lays a leaf out: taffy's `compute_leaf_layout`, but for content whose sides depend on each other.
pub(super) fn compute(leaf: &Leaf, style: &LayoutStyle, text: &mut dyn TextSystem, inputs: LayoutInput) -> LayoutOutput {
    let parent = inputs.parent_size;
    let (padding, border) = (resolved(style.padding, parent.width), style.border.map(positive));
    let frame = taffy::Size {
        width: padding.left + padding.right + border.left + border.right,
        height: padding.top + padding.bottom + border.top + border.bottom,
    };
    // Lengths of the style to content lengths.
    let (less_width, less_height) = match style.box_sizing {
        BoxSizing::BorderBox => (frame.width, frame.height),
        BoxSizing::ContentBox => (0.0, 0.0),
    };
    let length = |length: Length, of: Option<f32>, less: f32| {
        let value = match length {
            Length::Percent(_) => length.resolve(of?)?,
            Length::Points(points) => points,
            Length::Auto => return None,
        };
        (value >= 0.0).then(|| (bounded(value) - less).max(0.0))
    };
    let bounds = Bounds {
        least: taffy::Size {
            width: length(style.min_width, parent.width, less_width),
            height: length(style.min_height, parent.height, less_height),
        },
        most: taffy::Size {
            width: length(style.max_width, parent.width, less_width),
            height: length(style.max_height, parent.height, less_height),
        },
    };
    let inherent = inputs.sizing_mode == SizingMode::InherentSize;
    let given = |size: Length, of: Option<f32>, less: f32| if inherent { length(size, of, less) } else { None };
    let mut known = taffy::Size {
        width: inputs.known_dimensions.width.map(|width| (width - frame.width).max(0.0)),
        height: inputs.known_dimensions.height.map(|height| (height - frame.height).max(0.0)),
    };
    known.width = known.width.or_else(|| given(style.width, parent.width, less_width).map(|width| bounds.width(width)));
    known.height = known.height.or_else(|| given(style.height, parent.height, less_height).map(|height| bounds.height(height)));
    if let Some(ratio) = ratio(style.aspect_ratio) {
        match (known.width, known.height) {
            (Some(width), None) => known.height = Some(((width + less_width) / ratio - less_height).max(0.0)),
            (None, Some(height)) => known.width = Some(((height + less_height) * ratio - less_width).max(0.0)),
            _ => {}
        }
    }
    let size = match (known.width, known.height) {
        (Some(width), Some(height)) => Size::new(width, height),
        (width, height) => {
            let room = match inputs.available_space.width {
                AvailableSpace::Definite(room) => AvailableSpace::Definite(room - frame.width),
                other => other,
            };
            let wanted = leaf.measure(text, known, room, &bounds);
            let (mut wanted_width, mut wanted_height) = (bounded(wanted.width), bounded(wanted.height));
            if inherent {
                (wanted_width, wanted_height) = (bounds.width(wanted_width), bounds.height(wanted_height));
            }
            Size::new(width.unwrap_or(wanted_width), height.unwrap_or(wanted_height))
        }
    };
    let mut output =
        LayoutOutput::from_outer_size(taffy::Size { width: size.width + frame.width, height: size.height + frame.height });
    if inputs.run_mode == RunMode::PerformLayout {
        output.baselines.first = leaf.baseline(text, size).map(|baseline| baseline + padding.top + border.top);
    }
    output
}

impl Leaf {
    /// The first line's baseline from the content box's top; `None` where there is none (its bottom edge stands in).
    fn baseline(&self, text: &mut dyn TextSystem, content: Size) -> Option<f32> {
        match self {
            // As in CSS, the baseline is the first line's where the lines start at the top.
            Self::Text { .. } => {
                let shown = self.show(text, content, VerticalAlign::Top);
                let first = shown.text.or_else(|| shown.rich.first().map(|lines| lines.layout.clone()))?;
                first.lines.first().map(|line| line.baseline)
            }
            Self::Bitmap { font: Some(font), line_height, .. } => Some(font.baseline(*line_height)),
            _ => None,
        }
    }
}
