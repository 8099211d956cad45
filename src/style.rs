//! The typed style of one node: what every property of the dialect says once it is read.
//!
//! The initial values are the dialect's (`flexDirection: column`, `flexShrink: 0`, `fontSize: 12` …). Lengths are px at
//! dpr 1.

use std::sync::Arc;

use crate::color::Color;
use crate::geometry::{Corners, Edges};

/// A length that layout resolves: px, a part of the container, or automatic.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Length {
    /// Left to the layout.
    #[default]
    Auto,
    /// In px at dpr 1.
    Points(f32),
    /// Of the container's extent: 50.0 is half of it.
    Percent(f32),
}

impl Length {
    /// No extent.
    pub const ZERO: Self = Self::Points(0.0);

    /// The length in px against the extent that percentages are of; `None` for auto.
    #[must_use]
    pub fn resolve(self, of: f32) -> Option<f32> {
        match self {
            Self::Auto => None,
            Self::Points(points) => Some(points),
            Self::Percent(percent) => Some(of * percent / 100.0),
        }
    }
}

/// Defines an enum of CSS keywords, with the text of each; the first is the initial value.
macro_rules! keywords {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant),+ }

        impl $name {
            /// Every keyword, as it is spelled in CSS; the first is the initial value.
            pub const KEYWORDS: &'static [&'static str] = &[$($text),+];

            /// The value of a keyword.
            #[must_use]
            pub fn from_keyword(keyword: &str) -> Option<Self> {
                match keyword { $($text => Some(Self::$variant),)+ _ => None }
            }

            /// The keyword of the value.
            #[must_use]
            pub fn keyword(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }
    };
}

keywords! {
    /// Main axis of a box.
    FlexDirection {
        /// Top to bottom.
        Column = "column",
        /// Left to right.
        Row = "row",
        /// Bottom to top.
        ColumnReverse = "column-reverse",
        /// Right to left.
        RowReverse = "row-reverse",
    }
}
keywords! {
    /// Whether children go on in another line.
    FlexWrap {
        /// One line.
        NoWrap = "nowrap",
        /// As many lines as needed.
        Wrap = "wrap",
        /// As many, the first one last.
        WrapReverse = "wrap-reverse",
    }
}
keywords! {
    /// `justifyContent`: children along the main axis.
    Justify {
        /// At the start.
        FlexStart = "flex-start",
        /// In the middle.
        Center = "center",
        /// At the end.
        FlexEnd = "flex-end",
        /// First and last at the edges.
        SpaceBetween = "space-between",
        /// Half a space at the edges.
        SpaceAround = "space-around",
        /// The same space everywhere.
        SpaceEvenly = "space-evenly",
    }
}
keywords! {
    /// `alignItems` and `alignSelf`: a child across the main axis.
    Align {
        /// As large as the line.
        Stretch = "stretch",
        /// At the start.
        FlexStart = "flex-start",
        /// In the middle.
        Center = "center",
        /// At the end.
        FlexEnd = "flex-end",
        /// First baselines on one line.
        Baseline = "baseline",
    }
}
keywords! {
    /// `alignContent`: the lines of a box that wraps.
    AlignContent {
        /// Lines share what is left.
        Stretch = "stretch",
        /// At the start.
        FlexStart = "flex-start",
        /// In the middle.
        Center = "center",
        /// At the end.
        FlexEnd = "flex-end",
        /// First and last at the edges.
        SpaceBetween = "space-between",
        /// Half a space at the edges.
        SpaceAround = "space-around",
        /// The same space everywhere.
        SpaceEvenly = "space-evenly",
    }
}
keywords! {
    /// `position`.
    Position {
        /// In the flow, moved by `left`, `top`, `right`, `bottom`.
        Relative = "relative",
        /// Out of the flow, placed in the parent.
        Absolute = "absolute",
    }
}
keywords! {
    /// `display`.
    Display {
        /// A flex container.
        Flex = "flex",
        /// Not there.
        None = "none",
    }
}
keywords! {
    /// `overflow`.
    Overflow {
        /// Drawn beyond the box.
        Visible = "visible",
        /// Clipped to the rounded box.
        Hidden = "hidden",
    }
}
keywords! {
    /// `boxSizing`: what `width` and `height` measure.
    BoxSizing {
        /// With padding and border.
        BorderBox = "border-box",
        /// Without.
        ContentBox = "content-box",
    }
}
keywords! {
    /// `textAlign`.
    TextAlign {
        /// At the left.
        Left = "left",
        /// In the middle.
        Center = "center",
        /// At the right.
        Right = "right",
        /// Where the paragraph's direction starts.
        Start = "start",
        /// Where it ends.
        End = "end",
    }
}
keywords! {
    /// `verticalAlign`: the lines in a text's box.
    VerticalAlign {
        /// At the top.
        Top = "top",
        /// In the middle.
        Middle = "middle",
        /// At the bottom.
        Bottom = "bottom",
    }
}
keywords! {
    /// `whiteSpace`.
    WhiteSpace {
        /// Runs of white space are one space; lines wrap.
        Normal = "normal",
        /// Runs are one space; one line.
        NoWrap = "nowrap",
        /// Kept as written; one line for each in the source.
        Pre = "pre",
        /// Kept as written; lines wrap too.
        PreWrap = "pre-wrap",
        /// Runs are one space, line ends are kept; lines wrap too.
        PreLine = "pre-line",
    }
}
keywords! {
    /// `wordBreak`.
    WordBreak {
        /// By UAX #14.
        Normal = "normal",
        /// Between any two letters.
        BreakAll = "break-all",
        /// Not between Han, kana or Hangul.
        KeepAll = "keep-all",
    }
}
keywords! {
    /// `textOverflow`.
    TextOverflow {
        /// Cut at the box.
        Clip = "clip",
        /// Cut between grapheme clusters, with `…`.
        Ellipsis = "ellipsis",
    }
}
keywords! {
    /// `fontStyle`.
    FontStyle {
        /// Upright.
        Normal = "normal",
        /// Slanted.
        Italic = "italic",
    }
}
keywords! {
    /// `fontVariantNumeric`.
    FontVariantNumeric {
        /// As the face has them.
        Normal = "normal",
        /// All figures of one width.
        TabularNums = "tabular-nums",
    }
}
keywords! {
    /// `textDecoration`.
    TextDecoration {
        /// No line.
        None = "none",
        /// Below the baseline.
        Underline = "underline",
        /// Through the letters.
        LineThrough = "line-through",
    }
}
keywords! {
    /// `direction` of a paragraph.
    Direction {
        /// As its first strong character says (UAX #9, P2 and P3).
        Auto = "auto",
        /// Left to right.
        LeftToRight = "ltr",
        /// Right to left.
        RightToLeft = "rtl",
    }
}
keywords! {
    /// `objectFit` of an image.
    ObjectFit {
        /// Stretched to the box.
        Fill = "fill",
        /// As large as fits.
        Contain = "contain",
        /// As small as covers, cropped.
        Cover = "cover",
        /// Its own size.
        None = "none",
        /// The smaller of `none` and `contain`.
        ScaleDown = "scale-down",
    }
}
keywords! {
    /// `imageType` and `backgroundImageType`.
    ImageType {
        /// By `objectFit` (an image) or stretched (a background).
        Simple = "simple",
        /// Nine-slice: corners as they are, edges and middle stretched.
        Sliced = "sliced",
        /// Repeated from the top left.
        Tiled = "tiled",
    }
}

/// `lineHeight`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum LineHeight {
    /// 1.2 × font size.
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

/// One of `textShadow` or `boxShadow`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shadow {
    /// Moved to the right by, in px.
    pub x: f32,
    /// Moved down by, in px.
    pub y: f32,
    /// Blur radius in px: twice the standard deviation (CSS Backgrounds 3, §7.2).
    pub blur: f32,
    /// Grown by, in px (boxes only).
    pub spread: f32,
    /// Inside of the box (boxes only).
    pub inset: bool,
    /// Colour; `None` is the text's own colour.
    pub color: Option<Color>,
}

/// A stop of a gradient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GradientStop {
    /// Its colour.
    pub color: Color,
    /// Where, along the gradient's line: px or percent; auto is even spacing (CSS Images 3, §3.4.3).
    pub position: Length,
}

/// Where a linear gradient goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GradientLine {
    /// Degrees clockwise from 'to the top'.
    Angle(f32),
    /// To a corner: signs of x (right) and y (down), CSS's magic corners.
    Corner {
        /// To the right rather than the left.
        right: bool,
        /// To the bottom rather than the top.
        bottom: bool,
    },
}

/// How far a radial gradient reaches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RadialExtent {
    /// To the farthest corner (initial).
    FarthestCorner,
    /// To the closest corner.
    ClosestCorner,
    /// To the farthest side.
    FarthestSide,
    /// To the closest side.
    ClosestSide,
    /// Given radii.
    Explicit(Length, Length),
}

/// `backgroundImage`.
#[derive(Clone, Debug, PartialEq)]
pub enum Background {
    /// `url(…)`.
    Url(Arc<str>),
    /// `linear-gradient(…)`.
    Linear {
        /// Direction.
        line: GradientLine,
        /// At least two.
        stops: Arc<[GradientStop]>,
        /// `repeating-linear-gradient`.
        repeating: bool,
    },
    /// `radial-gradient(…)`.
    Radial {
        /// A circle rather than an ellipse.
        circle: bool,
        /// Reach.
        extent: RadialExtent,
        /// Centre in the box, horizontally and vertically.
        center: (Length, Length),
        /// At least two.
        stops: Arc<[GradientStop]>,
        /// `repeating-radial-gradient`.
        repeating: bool,
    },
}

/// One step of `transform`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TransformStep {
    /// `rotate(..)`, degrees clockwise.
    Rotate(f32),
    /// `scale(x, y)`.
    Scale(f32, f32),
    /// `translate(x, y)`; percentages are of the box.
    Translate(Length, Length),
    /// `skew(x, y)`, degrees.
    Skew(f32, f32),
}

/// What layout reads.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "each field is the property of its name")]
pub struct LayoutStyle {
    pub width: Length,
    pub height: Length,
    pub min_width: Length,
    pub min_height: Length,
    pub max_width: Length,
    pub max_height: Length,
    pub aspect_ratio: Option<f32>,
    pub inset: Edges<Length>,
    pub margin: Edges<Length>,
    pub padding: Edges<Length>,
    pub border: Edges<f32>,
    pub row_gap: Length,
    pub column_gap: Length,
    pub flex_direction: FlexDirection,
    pub flex_grow: f32,
    pub flex_shrink: f32,
    pub flex_basis: Length,
    pub flex_wrap: FlexWrap,
    pub justify_content: Justify,
    pub align_items: Align,
    pub align_self: Option<Align>,
    pub align_content: AlignContent,
    pub position: Position,
    pub display: Display,
    pub overflow: Overflow,
    pub box_sizing: BoxSizing,
}

impl Default for LayoutStyle {
    fn default() -> Self {
        Self {
            width: Length::Auto,
            height: Length::Auto,
            min_width: Length::Auto,
            min_height: Length::Auto,
            max_width: Length::Auto,
            max_height: Length::Auto,
            aspect_ratio: None,
            inset: Edges::all(Length::Auto),
            margin: Edges::all(Length::ZERO),
            padding: Edges::all(Length::ZERO),
            border: Edges::all(0.0),
            row_gap: Length::ZERO,
            column_gap: Length::ZERO,
            flex_direction: FlexDirection::Column,
            flex_grow: 0.0,
            flex_shrink: 0.0,
            flex_basis: Length::Auto,
            flex_wrap: FlexWrap::NoWrap,
            justify_content: Justify::FlexStart,
            align_items: Align::Stretch,
            align_self: None,
            align_content: AlignContent::Stretch,
            position: Position::Relative,
            display: Display::Flex,
            overflow: Overflow::Visible,
            box_sizing: BoxSizing::BorderBox,
        }
    }
}

/// The text properties that children inherit.
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
            font_variant_numeric: FontVariantNumeric::Normal,
            stroke_width: 0.0,
            stroke_color: None,
            shadows: Arc::from([]),
            decoration: TextDecoration::None,
        }
    }
}

/// What painting a box reads.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "each field is the property of its name")]
pub struct PaintStyle {
    pub background_color: Color,
    pub background_image: Option<Background>,
    pub background_image_type: ImageType,
    /// Source px from each side that nine-slice keeps.
    pub background_image_inset: Edges<f32>,
    pub object_fit: ObjectFit,
    pub image_type: ImageType,
    pub image_inset: Edges<f32>,
    /// `None` is the text colour, as CSS's `currentcolor`.
    pub border_color: Edges<Option<Color>>,
    /// px or percent of the box.
    pub border_radius: Corners<Length>,
    pub opacity: f32,
    pub box_shadows: Arc<[Shadow]>,
    pub transform: Arc<[TransformStep]>,
    pub transform_origin: (Length, Length),
    /// `None` is auto: in document order.
    pub z_index: Option<i32>,
}

impl Default for PaintStyle {
    fn default() -> Self {
        Self {
            background_color: Color::TRANSPARENT,
            background_image: None,
            background_image_type: ImageType::Simple,
            background_image_inset: Edges::all(0.0),
            object_fit: ObjectFit::Fill,
            image_type: ImageType::Simple,
            image_inset: Edges::all(0.0),
            border_color: Edges::all(None),
            border_radius: Corners::all(Length::ZERO),
            opacity: 1.0,
            box_shadows: Arc::from([]),
            transform: Arc::from([]),
            transform_origin: (Length::Percent(50.0), Length::Percent(50.0)),
            z_index: None,
        }
    }
}

/// Every property of one node, resolved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Style {
    /// What layout reads.
    pub layout: LayoutStyle,
    /// What a text reads.
    pub text: TextStyle,
    /// What painting reads.
    pub paint: PaintStyle,
}
