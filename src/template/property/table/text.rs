//! Properties of text; the inherited ones first.

use super::entry::{WIDTH, property};
use crate::style::{
    Direction, FontStyle, FontVariantNumeric, TextAlign, TextDecoration, TextOverflow, VerticalAlign, Visibility, WhiteSpace,
    WordBreak,
};
use crate::template::property::{Example, Grammar, Group, Property, PropertyValue};

pub(super) static TEXT: &[Property] = &[
    property("color", Group::Inherited, Grammar::Color { current: false }, "#000000", "Colour of the text.", |style, value| {
        if let PropertyValue::Color(Some(color)) = value {
            style.text.inherited.color = *color;
        }
    })
    .shown(Example::TEXT, "", &["#4f46e5", "orange", "rgb(200 50 43 / 60%)"]),
    property(
        "fontSize",
        Group::Inherited,
        Grammar::FontSize,
        "12",
        "Size of the text.",
        sets!(Number => text.inherited.font_size),
    )
    .shown(Example::TEXT, "", &["12", "20"]),
    property(
        "fontWeight",
        Group::Inherited,
        Grammar::Weight,
        "normal",
        "Weight of the text.",
        sets!(Weight => text.inherited.font_weight),
    )
    .shown(Example::TEXT, "", &["normal", "bold"]),
    property(
        "fontFamily",
        Group::Inherited,
        Grammar::Families,
        "",
        "Fonts in order of preference, before the bundled ones.",
        sets!(Families => text.inherited.font_family),
    )
    .shown(Example::TEXT, "", &["Game, sans-serif"]),
    property(
        "lineHeight",
        Group::Inherited,
        Grammar::LineHeight,
        "normal",
        "Height of a line; normal is 1.2 times the font size, and more under letters that would touch the next line.",
        sets!(LineHeight => text.inherited.line_height),
    )
    .shown(Example::TEXT, "", &["normal", "30", "100%"]),
    property(
        "letterSpacing",
        Group::Inherited,
        Grammar::Points { word: Some("normal"), negative: true },
        "0",
        "Space after each letter.",
        sets!(Number => text.inherited.letter_spacing),
    )
    .shown(Example::TEXT, "", &["0", "3", "-1"]),
    property(
        "textAlign",
        Group::Inherited,
        Grammar::Keyword(TextAlign::KEYWORDS),
        "left",
        "Where lines stand in the width.",
        sets!(Keyword as TextAlign => text.inherited.text_align),
    )
    .shown(Example::TEXT, "", &["left", "center", "right"]),
    property(
        "direction",
        Group::Inherited,
        Grammar::Keyword(Direction::KEYWORDS),
        "auto",
        "Base direction of a paragraph.",
        sets!(Keyword as Direction => text.inherited.direction),
    )
    .shown(Example::TEXT, "textAlign: start", &["ltr", "rtl"]),
    property(
        "visibility",
        Group::Inherited,
        Grammar::Keyword(Visibility::KEYWORDS),
        "visible",
        "Whether the box is drawn; a hidden one keeps its place.",
        sets!(Keyword as Visibility => text.inherited.visibility),
    )
    .shown(Example::ITEM, "", &["visible", "hidden"]),
    property(
        "fontStyle",
        Group::Text,
        Grammar::Keyword(FontStyle::KEYWORDS),
        "normal",
        "Upright or slanted.",
        sets!(Keyword as FontStyle => text.font_style),
    )
    .shown(Example::TEXT, "", &["normal", "italic"]),
    property(
        "verticalAlign",
        Group::Text,
        Grammar::Keyword(VerticalAlign::KEYWORDS),
        "top",
        "Where the lines stand in the height.",
        sets!(Keyword as VerticalAlign => text.vertical_align),
    )
    .shown(Example::TEXT, "height: 60; fontSize: 11", &["top", "middle", "bottom"]),
    property(
        "whiteSpace",
        Group::Text,
        Grammar::Keyword(WhiteSpace::KEYWORDS),
        "normal",
        "White space, line ends and wrapping.",
        sets!(Keyword as WhiteSpace => text.white_space),
    )
    .shown(Example::TEXT, "", &["normal", "nowrap"]),
    property(
        "wordBreak",
        Group::Text,
        Grammar::Keyword(WordBreak::KEYWORDS),
        "normal",
        "Where words may break.",
        sets!(Keyword as WordBreak => text.word_break),
    )
    .shown(Example::TEXT, "width: 50", &["normal", "break-all"]),
    property(
        "textOverflow",
        Group::Text,
        Grammar::Keyword(TextOverflow::KEYWORDS),
        "clip",
        "How a text ends that does not fit.",
        sets!(Keyword as TextOverflow => text.text_overflow),
    )
    .shown(Example::TEXT, "whiteSpace: nowrap; width: 80", &["clip", "ellipsis"]),
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
    .shown(Example::TEXT, "width: 60", &["none", "1"])
    .aliases(&["lineClamp", "WebkitLineClamp"]),
    property(
        "minFontSize",
        Group::Text,
        WIDTH,
        "0",
        "Size down to which a text that does not fit is made smaller, before its 'short' stands in or it is cut.",
        sets!(Number => text.min_font_size),
    )
    .shown(Example::TEXT, "whiteSpace: nowrap; textOverflow: ellipsis; width: 64", &["0", "8"]),
    property(
        "fontVariantNumeric",
        Group::Text,
        Grammar::Keyword(FontVariantNumeric::KEYWORDS),
        "normal",
        "Figures of one width or not.",
        sets!(Keyword as FontVariantNumeric => text.font_variant_numeric),
    )
    .shown(Example::TEXT, "", &["normal", "tabular-nums"]),
    property(
        "textStrokeWidth",
        Group::Text,
        WIDTH,
        "0",
        "Width of the outline, which is drawn under the letters.",
        sets!(Number => text.stroke_width),
    )
    .shown(Example::TEXT, "color: #ffffff; textStrokeColor: #4f46e5; fontSize: 18", &["1", "3"]),
    property(
        "textStrokeColor",
        Group::Text,
        Grammar::Color { current: true },
        "currentcolor",
        "Colour of the outline.",
        sets!(Color => text.stroke_color),
    )
    .shown(Example::TEXT, "color: #ffffff; textStrokeWidth: 3; fontSize: 18", &["#4f46e5", "#c8322b"]),
    property(
        "textShadow",
        Group::Text,
        Grammar::Shadows { boxes: false },
        "none",
        "Shadows of the text, the first on top.",
        sets!(Shadows => text.shadows),
    )
    .shown(Example::TEXT, "fontSize: 18", &["1px 2px 3px #4f46e5"]),
    property(
        "textDecoration",
        Group::Text,
        Grammar::Keyword(TextDecoration::KEYWORDS),
        "none",
        "A line below or through the text.",
        sets!(Keyword as TextDecoration => text.decoration),
    )
    .shown(Example::TEXT, "", &["none", "underline", "line-through"]),
];
