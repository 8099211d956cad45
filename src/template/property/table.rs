//! Every property, in the order of the dialect's page.

use super::grammar::Grammar;
use super::{Group, Property, PropertyValue};
use crate::geometry::Edges;
use crate::template::style::{
    Align, AlignContent, BoxSizing, Direction, Display, FlexDirection, FlexWrap, FontStyle, FontVariantNumeric, ImageType,
    Justify, Length, ObjectFit, Overflow, Position, Style, TextAlign, TextDecoration, TextOverflow, VerticalAlign, WhiteSpace,
    WordBreak,
};

const SIZE: Grammar = Grammar::Length { word: Some("auto"), negative: false };
const LEAST: Grammar = Grammar::Length { word: Some("auto"), negative: false };
const MOST: Grammar = Grammar::Length { word: Some("none"), negative: false };
const PLACE: Grammar = Grammar::Length { word: Some("auto"), negative: true };
const PADDING: Grammar = Grammar::Length { word: None, negative: false };
const RADIUS: Grammar = Grammar::Length { word: None, negative: false };
const GAP: Grammar = Grammar::Length { word: Some("normal"), negative: false };
const WIDTH: Grammar = Grammar::Points { word: None, negative: false };
const FACTOR: Grammar = Grammar::Number { least: 0.0, most: 1_000_000.0 };

const fn property(
    name: &'static str,
    group: Group,
    grammar: Grammar,
    initial: &'static str,
    doc: &'static str,
    set: fn(&mut Style, &PropertyValue),
) -> Property {
    Property { name, aliases: &[], group, grammar, initial, breadth: 1, doc, set }
}

impl Property {
    const fn aliases(self, aliases: &'static [&'static str]) -> Self {
        Self { aliases, ..self }
    }

    const fn breadth(self, breadth: u8) -> Self {
        Self { breadth, ..self }
    }
}

/// A setter of one field from one kind of value.
macro_rules! sets {
    ($kind:ident => $($field:ident).+) => {
        |style, value| {
            if let PropertyValue::$kind(value) = value {
                style.$($field).+ = value.clone();
            }
        }
    };
    ($keyword:ident as $enumeration:ident => $($field:ident).+) => {
        |style, value| {
            if let PropertyValue::$keyword(keyword) = value {
                // A keyword was read from this enumeration's own list.
                if let Some(value) = $enumeration::from_keyword(keyword) {
                    style.$($field).+ = value;
                }
            }
        }
    };
}

/// A setter of one side of a border: its width and colour.
macro_rules! sets_border {
    ($side:ident) => {
        |style, value| {
            if let PropertyValue::Border(width, color) = value {
                style.layout.border.$side = *width;
                style.paint.border_color.$side = *color;
            }
        }
    };
}

/// `normal` is no gap.
fn gap(length: Length) -> Length {
    if length == Length::Auto { Length::ZERO } else { length }
}

pub(super) static PROPERTIES: &[Property] = &[
    // --- layout ---
    property("width", Group::Layout, SIZE, "auto", "Width of the box.", sets!(Length => layout.width)),
    property("height", Group::Layout, SIZE, "auto", "Height of the box.", sets!(Length => layout.height)),
    property("minWidth", Group::Layout, LEAST, "auto", "Least width of the box.", sets!(Length => layout.min_width)),
    property("minHeight", Group::Layout, LEAST, "auto", "Least height of the box.", sets!(Length => layout.min_height)),
    property("maxWidth", Group::Layout, MOST, "none", "Greatest width of the box.", sets!(Length => layout.max_width)),
    property("maxHeight", Group::Layout, MOST, "none", "Greatest height of the box.", sets!(Length => layout.max_height)),
    property(
        "aspectRatio",
        Group::Layout,
        Grammar::Ratio,
        "auto",
        "Width by height, where only one of the two is known.",
        sets!(OptionalNumber => layout.aspect_ratio),
    ),
    property(
        "boxSizing",
        Group::Layout,
        Grammar::Keyword(BoxSizing::KEYWORDS),
        "border-box",
        "Whether width and height are with padding and border.",
        sets!(Keyword as BoxSizing => layout.box_sizing),
    ),
    property(
        "inset",
        Group::Layout,
        Grammar::Edges { auto: true, negative: true },
        "auto",
        "top, right, bottom and left.",
        sets!(Lengths => layout.inset),
    )
    .breadth(4),
    property(
        "left",
        Group::Layout,
        PLACE,
        "auto",
        "From the left: of the parent where the position is absolute, else of where the box would stand.",
        sets!(Length => layout.inset.left),
    ),
    property("top", Group::Layout, PLACE, "auto", "From the top.", sets!(Length => layout.inset.top)),
    property("right", Group::Layout, PLACE, "auto", "From the right.", sets!(Length => layout.inset.right)),
    property("bottom", Group::Layout, PLACE, "auto", "From the bottom.", sets!(Length => layout.inset.bottom)),
    property(
        "margin",
        Group::Layout,
        Grammar::Edges { auto: true, negative: true },
        "0",
        "Space around the box; auto takes what is left.",
        sets!(Lengths => layout.margin),
    )
    .breadth(4),
    property("marginTop", Group::Layout, PLACE, "0", "Space above the box.", sets!(Length => layout.margin.top)),
    property("marginRight", Group::Layout, PLACE, "0", "Space to the right of the box.", sets!(Length => layout.margin.right)),
    property("marginBottom", Group::Layout, PLACE, "0", "Space below the box.", sets!(Length => layout.margin.bottom)),
    property("marginLeft", Group::Layout, PLACE, "0", "Space to the left of the box.", sets!(Length => layout.margin.left)),
    property(
        "padding",
        Group::Layout,
        Grammar::Edges { auto: false, negative: false },
        "0",
        "Space between the border and the content.",
        sets!(Lengths => layout.padding),
    )
    .breadth(4),
    property(
        "paddingTop",
        Group::Layout,
        PADDING,
        "0",
        "Space between the upper border and the content.",
        sets!(Length => layout.padding.top),
    ),
    property(
        "paddingRight",
        Group::Layout,
        PADDING,
        "0",
        "Space between the right border and the content.",
        sets!(Length => layout.padding.right),
    ),
    property(
        "paddingBottom",
        Group::Layout,
        PADDING,
        "0",
        "Space between the lower border and the content.",
        sets!(Length => layout.padding.bottom),
    ),
    property(
        "paddingLeft",
        Group::Layout,
        PADDING,
        "0",
        "Space between the left border and the content.",
        sets!(Length => layout.padding.left),
    ),
    property("border", Group::Layout, Grammar::Border, "none", "Width and colour of the whole border.", |style, value| {
        if let PropertyValue::Border(width, color) = value {
            style.layout.border = Edges::all(*width);
            style.paint.border_color = Edges::all(*color);
        }
    })
    .breadth(8),
    property("borderTop", Group::Layout, Grammar::Border, "none", "Width and colour of the upper border.", sets_border!(top))
        .breadth(2),
    property(
        "borderRight",
        Group::Layout,
        Grammar::Border,
        "none",
        "Width and colour of the right border.",
        sets_border!(right),
    )
    .breadth(2),
    property(
        "borderBottom",
        Group::Layout,
        Grammar::Border,
        "none",
        "Width and colour of the lower border.",
        sets_border!(bottom),
    )
    .breadth(2),
    property("borderLeft", Group::Layout, Grammar::Border, "none", "Width and colour of the left border.", sets_border!(left))
        .breadth(2),
    property(
        "borderWidth",
        Group::Layout,
        Grammar::Widths,
        "0",
        "Width of the border, which lies inside of the box.",
        sets!(Numbers => layout.border),
    )
    .breadth(4),
    property("borderTopWidth", Group::Layout, WIDTH, "0", "Width of the upper border.", sets!(Number => layout.border.top)),
    property("borderRightWidth", Group::Layout, WIDTH, "0", "Width of the right border.", sets!(Number => layout.border.right)),
    property(
        "borderBottomWidth",
        Group::Layout,
        WIDTH,
        "0",
        "Width of the lower border.",
        sets!(Number => layout.border.bottom),
    ),
    property("borderLeftWidth", Group::Layout, WIDTH, "0", "Width of the left border.", sets!(Number => layout.border.left)),
    property(
        "gap",
        Group::Layout,
        Grammar::Gap,
        "0",
        "Space between children: between rows, then between columns.",
        |style, value| {
            if let PropertyValue::Pair(row, column) = value {
                (style.layout.row_gap, style.layout.column_gap) = (*row, *column);
            }
        },
    )
    .breadth(2),
    property("rowGap", Group::Layout, GAP, "0", "Space between rows.", |style, value| {
        if let PropertyValue::Length(length) = value {
            style.layout.row_gap = gap(*length);
        }
    }),
    property("columnGap", Group::Layout, GAP, "0", "Space between columns.", |style, value| {
        if let PropertyValue::Length(length) = value {
            style.layout.column_gap = gap(*length);
        }
    }),
    property(
        "flexDirection",
        Group::Layout,
        Grammar::Keyword(FlexDirection::KEYWORDS),
        "column",
        "Which way the children go.",
        sets!(Keyword as FlexDirection => layout.flex_direction),
    ),
    property(
        "flex",
        Group::Layout,
        Grammar::Flex,
        "0 0 auto",
        "A number n is flexGrow n, flexShrink 1, flexBasis 0.",
        |style, value| {
            if let PropertyValue::Flex { grow, shrink, basis } = value {
                (style.layout.flex_grow, style.layout.flex_shrink, style.layout.flex_basis) = (*grow, *shrink, *basis);
            }
        },
    )
    .breadth(3),
    property("flexGrow", Group::Layout, FACTOR, "0", "Share of the space that is left.", sets!(Number => layout.flex_grow)),
    property(
        "flexShrink",
        Group::Layout,
        FACTOR,
        "0",
        "Share of the space that is missing.",
        sets!(Number => layout.flex_shrink),
    ),
    property(
        "flexBasis",
        Group::Layout,
        SIZE,
        "auto",
        "Size along the parent's direction before it grows or shrinks.",
        sets!(Length => layout.flex_basis),
    ),
    property(
        "flexWrap",
        Group::Layout,
        Grammar::Keyword(FlexWrap::KEYWORDS),
        "nowrap",
        "Whether children go on in another line.",
        sets!(Keyword as FlexWrap => layout.flex_wrap),
    ),
    property(
        "justifyContent",
        Group::Layout,
        Grammar::Keyword(Justify::KEYWORDS),
        "flex-start",
        "Where children stand along the direction.",
        sets!(Keyword as Justify => layout.justify_content),
    ),
    property(
        "alignItems",
        Group::Layout,
        Grammar::Keyword(Align::KEYWORDS),
        "stretch",
        "Where children stand across the direction.",
        sets!(Keyword as Align => layout.align_items),
    ),
    property(
        "alignSelf",
        Group::Layout,
        Grammar::KeywordOrAuto(Align::KEYWORDS),
        "auto",
        "Where the box itself stands across its parent's direction.",
        |style, value| {
            if let PropertyValue::Keyword(keyword) = value {
                // `auto` is none of them.
                style.layout.align_self = Align::from_keyword(keyword);
            }
        },
    ),
    property(
        "alignContent",
        Group::Layout,
        Grammar::Keyword(AlignContent::KEYWORDS),
        "stretch",
        "Where the lines of a box that wraps stand.",
        sets!(Keyword as AlignContent => layout.align_content),
    ),
    property(
        "position",
        Group::Layout,
        Grammar::Keyword(Position::KEYWORDS),
        "relative",
        "Whether the box is in the flow.",
        sets!(Keyword as Position => layout.position),
    ),
    property(
        "display",
        Group::Layout,
        Grammar::Keyword(Display::KEYWORDS),
        "flex",
        "Whether the box is there.",
        sets!(Keyword as Display => layout.display),
    ),
    property(
        "zIndex",
        Group::Layout,
        Grammar::Integer { word: "auto", least: -1_000_000 },
        "auto",
        "What is drawn over what among siblings.",
        sets!(OptionalInteger => paint.z_index),
    ),
    property(
        "overflow",
        Group::Layout,
        Grammar::Keyword(Overflow::KEYWORDS),
        "visible",
        "Whether what is outside of the rounded box is drawn.",
        sets!(Keyword as Overflow => layout.overflow),
    ),
    // --- text that children inherit ---
    property("color", Group::Inherited, Grammar::Color { current: false }, "#000000", "Colour of the text.", |style, value| {
        if let PropertyValue::Color(Some(color)) = value {
            style.text.inherited.color = *color;
        }
    }),
    property(
        "fontSize",
        Group::Inherited,
        Grammar::FontSize,
        "12",
        "Size of the text.",
        sets!(Number => text.inherited.font_size),
    ),
    property(
        "fontWeight",
        Group::Inherited,
        Grammar::Weight,
        "normal",
        "Weight of the text.",
        sets!(Weight => text.inherited.font_weight),
    ),
    property(
        "fontFamily",
        Group::Inherited,
        Grammar::Families,
        "",
        "Fonts in order of preference, before the bundled ones.",
        sets!(Families => text.inherited.font_family),
    ),
    property(
        "lineHeight",
        Group::Inherited,
        Grammar::LineHeight,
        "normal",
        "Height of a line; normal is 1.2 times the font size.",
        sets!(LineHeight => text.inherited.line_height),
    ),
    property(
        "letterSpacing",
        Group::Inherited,
        Grammar::Points { word: Some("normal"), negative: true },
        "0",
        "Space after each letter.",
        sets!(Number => text.inherited.letter_spacing),
    ),
    property(
        "textAlign",
        Group::Inherited,
        Grammar::Keyword(TextAlign::KEYWORDS),
        "left",
        "Where lines stand in the width.",
        sets!(Keyword as TextAlign => text.inherited.text_align),
    ),
    property(
        "direction",
        Group::Inherited,
        Grammar::Keyword(Direction::KEYWORDS),
        "auto",
        "Base direction of a paragraph.",
        sets!(Keyword as Direction => text.inherited.direction),
    ),
    // --- text ---
    property(
        "fontStyle",
        Group::Text,
        Grammar::Keyword(FontStyle::KEYWORDS),
        "normal",
        "Upright or slanted.",
        sets!(Keyword as FontStyle => text.font_style),
    ),
    property(
        "verticalAlign",
        Group::Text,
        Grammar::Keyword(VerticalAlign::KEYWORDS),
        "top",
        "Where the lines stand in the height.",
        sets!(Keyword as VerticalAlign => text.vertical_align),
    ),
    property(
        "whiteSpace",
        Group::Text,
        Grammar::Keyword(WhiteSpace::KEYWORDS),
        "normal",
        "White space, line ends and wrapping.",
        sets!(Keyword as WhiteSpace => text.white_space),
    ),
    property(
        "wordBreak",
        Group::Text,
        Grammar::Keyword(WordBreak::KEYWORDS),
        "normal",
        "Where words may break.",
        sets!(Keyword as WordBreak => text.word_break),
    ),
    property(
        "textOverflow",
        Group::Text,
        Grammar::Keyword(TextOverflow::KEYWORDS),
        "clip",
        "How a text ends that does not fit.",
        sets!(Keyword as TextOverflow => text.text_overflow),
    ),
    property(
        "maxLines",
        Group::Text,
        Grammar::Integer { word: "none", least: 1 },
        "none",
        "Greatest number of lines.",
        |style, value| {
            if let PropertyValue::OptionalInteger(lines) = value {
                style.text.max_lines = lines.and_then(|lines| u32::try_from(lines).ok());
            }
        },
    )
    .aliases(&["lineClamp", "WebkitLineClamp"]),
    property(
        "fontVariantNumeric",
        Group::Text,
        Grammar::Keyword(FontVariantNumeric::KEYWORDS),
        "normal",
        "Figures of one width or not.",
        sets!(Keyword as FontVariantNumeric => text.font_variant_numeric),
    ),
    property(
        "textStrokeWidth",
        Group::Text,
        WIDTH,
        "0",
        "Width of the outline, which is drawn under the letters.",
        sets!(Number => text.stroke_width),
    ),
    property(
        "textStrokeColor",
        Group::Text,
        Grammar::Color { current: true },
        "currentcolor",
        "Colour of the outline.",
        sets!(Color => text.stroke_color),
    ),
    property(
        "textShadow",
        Group::Text,
        Grammar::Shadows { boxes: false },
        "none",
        "Shadows of the text, the first on top.",
        sets!(Shadows => text.shadows),
    ),
    property(
        "textDecoration",
        Group::Text,
        Grammar::Keyword(TextDecoration::KEYWORDS),
        "none",
        "A line below or through the text.",
        sets!(Keyword as TextDecoration => text.decoration),
    ),
    // --- paint ---
    property("background", Group::Paint, Grammar::Ground, "none", "backgroundColor or backgroundImage.", |style, value| {
        if let PropertyValue::Ground(color, image) = value {
            style.paint.background_color = *color;
            style.paint.background_image = image.clone();
        }
    })
    .breadth(2),
    property(
        "backgroundColor",
        Group::Paint,
        Grammar::Color { current: false },
        "transparent",
        "Colour of the box.",
        |style, value| {
            if let PropertyValue::Color(Some(color)) = value {
                style.paint.background_color = *color;
            }
        },
    ),
    property(
        "backgroundImage",
        Group::Paint,
        Grammar::Image,
        "none",
        "Picture or gradient in the box.",
        sets!(Background => paint.background_image),
    ),
    property(
        "backgroundImageType",
        Group::Paint,
        Grammar::Keyword(ImageType::KEYWORDS),
        "simple",
        "Stretched, nine-slice or repeated.",
        sets!(Keyword as ImageType => paint.background_image_type),
    ),
    property(
        "backgroundImageInset",
        Group::Paint,
        Grammar::Slices,
        "0",
        "What a nine-slice keeps: left top right bottom.",
        sets!(Numbers => paint.background_image_inset),
    ),
    property(
        "objectFit",
        Group::Paint,
        Grammar::Keyword(ObjectFit::KEYWORDS),
        "fill",
        "How a picture fits its box.",
        sets!(Keyword as ObjectFit => paint.object_fit),
    ),
    property(
        "imageType",
        Group::Paint,
        Grammar::Keyword(ImageType::KEYWORDS),
        "simple",
        "By objectFit, nine-slice or repeated.",
        sets!(Keyword as ImageType => paint.image_type),
    ),
    property(
        "imageInset",
        Group::Paint,
        Grammar::Slices,
        "0",
        "What a nine-slice keeps: left top right bottom.",
        sets!(Numbers => paint.image_inset),
    ),
    property(
        "borderColor",
        Group::Paint,
        Grammar::EdgeColors,
        "currentcolor",
        "Colour of the border.",
        sets!(Colors => paint.border_color),
    )
    .breadth(4),
    property(
        "borderTopColor",
        Group::Paint,
        Grammar::Color { current: true },
        "currentcolor",
        "Colour of the upper border.",
        sets!(Color => paint.border_color.top),
    ),
    property(
        "borderRightColor",
        Group::Paint,
        Grammar::Color { current: true },
        "currentcolor",
        "Colour of the right border.",
        sets!(Color => paint.border_color.right),
    ),
    property(
        "borderBottomColor",
        Group::Paint,
        Grammar::Color { current: true },
        "currentcolor",
        "Colour of the lower border.",
        sets!(Color => paint.border_color.bottom),
    ),
    property(
        "borderLeftColor",
        Group::Paint,
        Grammar::Color { current: true },
        "currentcolor",
        "Colour of the left border.",
        sets!(Color => paint.border_color.left),
    ),
    property(
        "borderRadius",
        Group::Paint,
        Grammar::Corners,
        "0",
        "Radius of the corners.",
        sets!(Corners => paint.border_radius),
    )
    .breadth(4),
    property(
        "borderTopLeftRadius",
        Group::Paint,
        RADIUS,
        "0",
        "Radius of the top left corner.",
        sets!(Length => paint.border_radius.top_left),
    ),
    property(
        "borderTopRightRadius",
        Group::Paint,
        RADIUS,
        "0",
        "Radius of the top right corner.",
        sets!(Length => paint.border_radius.top_right),
    ),
    property(
        "borderBottomRightRadius",
        Group::Paint,
        RADIUS,
        "0",
        "Radius of the bottom right corner.",
        sets!(Length => paint.border_radius.bottom_right),
    ),
    property(
        "borderBottomLeftRadius",
        Group::Paint,
        RADIUS,
        "0",
        "Radius of the bottom left corner.",
        sets!(Length => paint.border_radius.bottom_left),
    ),
    property(
        "opacity",
        Group::Paint,
        Grammar::Opacity,
        "1",
        "Opacity of the box with all that is in it.",
        sets!(Number => paint.opacity),
    ),
    property(
        "boxShadow",
        Group::Paint,
        Grammar::Shadows { boxes: true },
        "none",
        "Shadows of the box, the first on top.",
        sets!(Shadows => paint.box_shadows),
    ),
    property(
        "transform",
        Group::Paint,
        Grammar::Transform,
        "none",
        "Turns, scales and moves the box with all that is in it.",
        sets!(Transform => paint.transform),
    ),
    property(
        "transformOrigin",
        Group::Paint,
        Grammar::Origin,
        "center",
        "The point that stays where it is.",
        |style, value| {
            if let PropertyValue::Pair(x, y) = value {
                style.paint.transform_origin = (*x, *y);
            }
        },
    ),
];
