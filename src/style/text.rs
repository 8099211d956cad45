//! What a text reads of a style, and which of it children inherit.

use std::sync::Arc;

use super::{
    Direction, FontStyle, FontVariantNumeric, Shadow, TextAlign, TextDecoration, TextOverflow, VerticalAlign, Visibility,
    WhiteSpace, WordBreak,
};
use crate::color::Color;

/// `lineHeight`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum LineHeight {
    /// 1.2 × font size; a line with letters that would touch its neighbours is higher.
    #[default]
    Normal,
    /// In px.
    Points(f32),
    /// Of the font size: 150.0 is one and a half.
    Percent(f32),
}

impl LineHeight {
    /// The line's height in px at a font size.
    #[must_use]
    pub fn resolve(self, font_size: f32) -> f32 {
        match self {
            Self::Normal => font_size * 1.2,
            Self::Points(points) => points.max(0.0),
            Self::Percent(percent) => (font_size * percent / 100.0).max(0.0),
        }
    }
}

/// The properties that children inherit: those of text, and `visibility`.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "each field is the property of its name")]
pub struct InheritedText {
    pub color: Color,
    pub font_size: f32,
    /// 100 to 900; normal is 400, bold 700.
    pub font_weight: u16,
    /// Family names in order of preference; empty is the bundled stack.
    pub font_family: Arc<[Arc<str>]>,
    pub line_height: LineHeight,
    pub letter_spacing: f32,
    pub text_align: TextAlign,
    pub direction: Direction,
    pub visibility: Visibility,
}

impl Default for InheritedText {
    fn default() -> Self {
        Self {
            color: Color::BLACK,
            font_size: 12.0,
            font_weight: 400,
            font_family: Arc::from([]),
            line_height: LineHeight::Normal,
            letter_spacing: 0.0,
            text_align: TextAlign::Left,
            direction: Direction::Auto,
            visibility: Visibility::Visible,
        }
    }
}

/// What a text reads.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "each field is the property of its name")]
pub struct TextStyle {
    pub inherited: InheritedText,
    pub font_style: FontStyle,
    pub vertical_align: VerticalAlign,
    pub white_space: WhiteSpace,
    pub word_break: WordBreak,
    pub text_overflow: TextOverflow,
    /// `None` is any number of lines.
    pub max_lines: Option<u32>,
    /// Down to this size, px, a text that does not fit is made smaller before it is cut; 0 leaves it as it is.
    pub min_font_size: f32,
    pub font_variant_numeric: FontVariantNumeric,
    pub stroke_width: f32,
    pub stroke_color: Option<Color>,
    pub shadows: Arc<[Shadow]>,
    pub decoration: TextDecoration,
}

impl Default for TextStyle {
    fn default() -> Self {
        Self {
            inherited: InheritedText::default(),
            font_style: FontStyle::Normal,
            vertical_align: VerticalAlign::Top,
            white_space: WhiteSpace::Normal,
            word_break: WordBreak::Normal,
            text_overflow: TextOverflow::Clip,
            max_lines: None,
            min_font_size: 0.0,
            font_variant_numeric: FontVariantNumeric::Normal,
            stroke_width: 0.0,
            stroke_color: None,
            shadows: Arc::from([]),
            decoration: TextDecoration::None,
        }
    }
}
