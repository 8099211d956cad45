//! Properties of text; the inherited ones first.

use super::entry::{WIDTH, property};
use crate::style::{
    Direction, FontStyle, FontVariantNumeric, TextAlign, TextDecoration, TextOverflow, VerticalAlign, Visibility, WhiteSpace,
    WordBreak,
};
use crate::template::property::{Grammar, Group, Property, PropertyValue};

pub(super) static TEXT: &[Property] = &[
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
    property(
        "visibility",
        Group::Inherited,
        Grammar::Keyword(Visibility::KEYWORDS),
        "visible",
        "Whether the box is drawn; a hidden one keeps its place.",
        sets!(Keyword as Visibility => text.inherited.visibility),
    ),
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
];
