//! Boxes with a size of their own: how large a text, a picture, a canvas wants to be.
//!
//! Their rules, beyond CSS, are the dialect's (its usual engine's):
//!
//! - A `text`, `button` or `bitmaptext` without a width is as wide as its text on one line: the initial
//!   `alignItems: stretch` does not widen it, and it wraps only where a width, a maximum or its flexing says so. Without
//!   a height it is as high as its lines: `lineHeight` (1.2 × `fontSize` at first) times their number.
//! - `textOverflow: ellipsis` is about one line: with neither `maxLines` nor a `whiteSpace` other than the initial one, the
//!   text does not wrap. An empty text that can't wrap is one line high, so that a row keeps its height for a friend
//!   without a name.
//! - An `image` without a size has its picture's; with one side given, the other keeps the proportions. A picture that
//!   is not known (yet) is 0 × 0. A `canvas` has the size that its attributes say.
//! - A `richtext` without a width is as wide as there is room for, and no wider than its widest paragraph.
//! - All of them may be made smaller than their content (`minWidth: auto` is 0): a name with `flex: 1` gives way to the
//!   score beside it.

use std::sync::Arc;

use super::boxes::RichLines;
use super::fit::Fit;
use super::flex::{Bounds, Widths};
use super::measured::Measured;
use super::style::{LENGTH_MAX, bounded, positive, ratio};
use crate::geometry::Size;
use crate::picture::{Picture, Pictures};
use crate::scene::{Content, Node, RichText};
use crate::style::{Length, LineHeight, Style, TextAlign, TextOverflow, VerticalAlign, WhiteSpace};
use crate::text::bitmap_font::{BitmapFont, BitmapLines, PlacedLetter};
use crate::text::{Paragraph, Span, TextLayout, TextSystem};

/// What a leaf is measured by.
#[derive(Clone, Debug)]
pub(super) enum Leaf {
    /// Paragraphs one below the other; `wraps` where the available width decides when nothing else does. They are never
    /// less than `least` high. A text with a `fit` is its only paragraph, and may become smaller.
    Text { paragraphs: Vec<Measured>, wraps: bool, least: f32, fit: Option<Fit> },
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

impl Shown {
    /// Bytes of the lines that only it has, and who keeps them for the next time.
    pub fn own_bytes(&self) -> u64 {
        let of = |layout: &Arc<TextLayout>| if Arc::strong_count(layout) > 2 { 0 } else { layout.bytes() as u64 };
        let bitmap =
            self.bitmap.as_ref().map_or(0, |bitmap| (bitmap.letters.len() * std::mem::size_of::<PlacedLetter>()) as u64);
        self.text.as_ref().map_or(0, of) + self.rich.iter().map(|lines| of(&lines.layout)).sum::<u64>() + bitmap
    }
}

impl Leaf {
    /// The leaf that a node is; `None` for a box that lays its children out.
    pub fn of(node: &Node, pictures: &Pictures) -> Option<Self> {
        let inherited = &node.style.text.inherited;
        match &node.content {
            Content::View | Content::ScrollView { .. } => None,
            Content::Text(value) | Content::Button(value) => {
                let mut paragraph = Paragraph::from_style(value.clone(), &node.style);
                if is_cut_to_one_line(&node.style) {
                    paragraph.white_space = WhiteSpace::NoWrap;
                }
                let line = inherited.line_height.resolve(inherited.font_size);
                let fit = Fit::of(node);
                // What becomes smaller keeps its line, so that what stands beside it does not move.
                let least = if fit.is_some() || keeps_a_line(&node.style) { positive(line) } else { 0.0 };
                Some(Self::Text { paragraphs: vec![Measured::new(paragraph)], wraps: false, least, fit })
            }
            Content::RichText(rich) => {
                Some(Self::Text { paragraphs: paragraphs_of(rich, node), wraps: true, least: 0.0, fit: None })
            }
            Content::Image { src, .. } => Some(Self::Picture(pictures.get(src).picture().and_then(size_of))),
            Content::Canvas { width, height } => Some(Self::Picture(Some(Size::new(positive(*width), positive(*height))))),
            Content::BitmapText { font, value } => Some(Self::Bitmap {
                font: pictures.font(font).cloned(),
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

    /// How wide the content would like to be. `height` is the content box's, if it is known; `heights` bound it.
    pub fn widths(&self, text: &mut dyn TextSystem, height: Option<f32>, heights: Bounds) -> Widths {
        let wide = match self {
            Self::Text { paragraphs, .. } => natural_width(paragraphs, text),
            Self::Picture(None) | Self::Bitmap { font: None, .. } => 0.0,
            Self::Picture(Some(natural)) => match (self.proportions(), height) {
                (Some(ratio), Some(height)) => height * ratio,
                // A height out of its bounds takes the width along: CSS 2.2, §10.4, on replaced elements.
                (Some(ratio), None) if heights.clamp(natural.height) != natural.height => heights.clamp(natural.height) * ratio,
                _ => natural.width,
            },
            Self::Bitmap { font: Some(font), value, line_height, letter_spacing, .. } => {
                font.measure(value, *line_height, *letter_spacing).width
            }
        };
        let narrow = match self {
            Self::Text { paragraphs, wraps: true, .. } => {
                set(paragraphs, None, text, 0.0).iter().map(|layout| positive(layout.width)).fold(0.0, f32::max)
            }
            _ => wide,
        };
        Widths { narrow: bounded(narrow), wide: bounded(wide) }
    }

    /// How high the content is in a width.
    pub fn height(&self, text: &mut dyn TextSystem, width: f32) -> f32 {
        bounded(match self {
            Self::Text { paragraphs, least, fit, .. } => {
                set(paragraphs, fit.as_ref(), text, width).iter().map(|layout| positive(layout.height)).sum::<f32>().max(*least)
            }
            Self::Picture(None) => 0.0,
            Self::Picture(Some(natural)) => self.proportions().map_or(natural.height, |ratio| width / ratio),
            Self::Bitmap { font, value, line_height, letter_spacing, .. } => match font {
                Some(font) => font.measure(value, *line_height, *letter_spacing).height,
                None => line_height.unwrap_or(0.0),
            },
        })
    }

    /// The first line's baseline from the content box's top; `None` where there is none (the bottom edge stands in).
    pub fn baseline(&self, text: &mut dyn TextSystem, content: Size, align: VerticalAlign) -> Option<f32> {
        let first = match self {
            Self::Text { paragraphs, fit, least, .. } => {
                let lines = set(paragraphs.get(..1)?, fit.as_ref(), text, content.width);
                let lines = lines.first()?;
                lines.lines.first()?.baseline + lowered(fit.as_ref(), positive(lines.height), *least)
            }
            Self::Bitmap { font: Some(font), line_height, .. } => font.baseline(*line_height),
            Self::Picture(_) | Self::Bitmap { font: None, .. } => return None,
        };
        let free = content.height - self.height(text, content.width);
        Some(first + down(free, align))
    }

    /// What it shows in a content box of a size.
    pub fn show(&self, text: &mut dyn TextSystem, content: Size, align: VerticalAlign) -> Shown {
        let down = |height: f32| down(content.height - height, align);
        match self {
            Self::Text { paragraphs, wraps, fit, least } => {
                let lines = set(paragraphs, fit.as_ref(), text, content.width);
                paragraphs.iter().for_each(Measured::forget);
                let height: f32 = lines.iter().map(|layout| positive(layout.height)).sum();
                let lowered = lowered(fit.as_ref(), height, *least);
                let offset = down(height + lowered * 2.0) + lowered;
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

/// How far lines of a height are moved down in the `least` that they have: what became smaller stands in the middle of its line.
fn lowered(fit: Option<&Fit>, height: f32, least: f32) -> f32 {
    // What kept its size differs by what its line was rounded by.
    if fit.is_some() && least - height > 0.5 { (least - height) / 2.0 } else { 0.0 }
}

/// True where `textOverflow: ellipsis` alone says that there is one line.
fn is_cut_to_one_line(style: &Style) -> bool {
    let text = &style.text;
    text.text_overflow == TextOverflow::Ellipsis && text.max_lines.is_none() && text.white_space == WhiteSpace::Normal
}

/// True for a text that is one line high though it is empty: one that no width makes wrap.
pub(super) fn keeps_a_line(style: &Style) -> bool {
    style.layout.width == Length::Auto || style.text.white_space == WhiteSpace::NoWrap || is_cut_to_one_line(style)
}

/// A picture's size, if something can be drawn in it.
pub(super) fn size_of(picture: &Picture) -> Option<Size> {
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let fits = |side: f32| side > 0.0 && side <= LENGTH_MAX;
    (fits(width) && fits(height)).then_some(Size::new(width, height))
}

fn paragraphs_of(rich: &RichText, node: &Node) -> Vec<Measured> {
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
            Measured::new(whole)
        })
        .collect()
}

fn natural_width(paragraphs: &[Measured], text: &mut dyn TextSystem) -> f32 {
    paragraphs.iter().map(|paragraph| paragraph.natural_width(text)).fold(0.0, f32::max)
}

/// The paragraphs' lines in a width.
fn set(paragraphs: &[Measured], fit: Option<&Fit>, text: &mut dyn TextSystem, width: f32) -> Vec<Arc<TextLayout>> {
    paragraphs.iter().map(|paragraph| paragraph.lines(fit, text, width)).collect()
}

/// How far lines are moved down where a height is left.
fn down(free: f32, align: VerticalAlign) -> f32 {
    match align {
        VerticalAlign::Top => 0.0,
        VerticalAlign::Middle => free / 2.0,
        VerticalAlign::Bottom => free,
    }
}
