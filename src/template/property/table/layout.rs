//! Properties of where boxes stand.

use super::entry::{FACTOR, GAP, LEAST, MOST, PADDING, PLACE, SIZE, WIDTH, property};
use crate::geometry::Edges;
use crate::style::{Align, AlignContent, BoxSizing, Display, FlexDirection, FlexWrap, Justify, Length, Overflow, Position};
use crate::template::property::{Example, Grammar, Group, Property, PropertyValue};

/// `normal` is no gap.
fn gap(length: Length) -> Length {
    if length == Length::Auto { Length::ZERO } else { length }
}

pub(super) static LAYOUT: &[Property] = &[
    property("width", Group::Layout, SIZE, "auto", "Width of the box.", sets!(Length => layout.width)).shown(
        Example::BOX,
        "",
        &["40", "75%"],
    ),
    property("height", Group::Layout, SIZE, "auto", "Height of the box.", sets!(Length => layout.height)).shown(
        Example::BOX,
        "",
        &["24", "75%"],
    ),
    property("minWidth", Group::Layout, LEAST, "auto", "Least width of the box.", sets!(Length => layout.min_width)).shown(
        Example::ITEM,
        "",
        &["60"],
    ),
    property("minHeight", Group::Layout, LEAST, "auto", "Least height of the box.", sets!(Length => layout.min_height)).shown(
        Example::ITEM,
        "",
        &["44"],
    ),
    property("maxWidth", Group::Layout, MOST, "none", "Greatest width of the box.", sets!(Length => layout.max_width)).shown(
        Example::ITEM,
        "",
        &["12"],
    ),
    property("maxHeight", Group::Layout, MOST, "none", "Greatest height of the box.", sets!(Length => layout.max_height))
        .shown(Example::ITEM, "", &["12"]),
    property(
        "aspectRatio",
        Group::Layout,
        Grammar::Ratio,
        "auto",
        "Width by height, where only one of the two is known.",
        sets!(OptionalNumber => layout.aspect_ratio),
    )
    .shown(Example::BOX, "height: auto", &["2", "1 / 2"]),
    property(
        "boxSizing",
        Group::Layout,
        Grammar::Keyword(BoxSizing::KEYWORDS),
        "border-box",
        "Whether width and height are with padding and border.",
        sets!(Keyword as BoxSizing => layout.box_sizing),
    )
    .shown(Example::BOX, "width: 40; height: 30; padding: 8; border: 4px solid #f5b301", &["border-box", "content-box"]),
    property(
        "inset",
        Group::Layout,
        Grammar::Edges { auto: true, negative: true },
        "auto",
        "top, right, bottom and left.",
        sets!(Lengths => layout.inset),
    )
    .shown(Example::ITEM, "position: absolute", &["4 8"])
    .breadth(4),
    property(
        "left",
        Group::Layout,
        PLACE,
        "auto",
        "From the left: of the parent where the position is absolute, else of where the box would stand.",
        sets!(Length => layout.inset.left),
    )
    .shown(Example::ITEM, "", &["10"]),
    property("top", Group::Layout, PLACE, "auto", "From the top.", sets!(Length => layout.inset.top)).shown(
        Example::ITEM,
        "",
        &["10"],
    ),
    property("right", Group::Layout, PLACE, "auto", "From the right.", sets!(Length => layout.inset.right)).shown(
        Example::ITEM,
        "",
        &["10"],
    ),
    property("bottom", Group::Layout, PLACE, "auto", "From the bottom.", sets!(Length => layout.inset.bottom)).shown(
        Example::ITEM,
        "",
        &["10"],
    ),
    property(
        "margin",
        Group::Layout,
        Grammar::Edges { auto: true, negative: true },
        "0",
        "Space around the box; auto takes what is left.",
        sets!(Lengths => layout.margin),
    )
    .shown(Example::ITEM, "", &["8", "4 16", "0 auto"])
    .breadth(4),
    property("marginTop", Group::Layout, PLACE, "0", "Space above the box.", sets!(Length => layout.margin.top)).shown(
        Example::ITEM,
        "",
        &["12"],
    ),
    property("marginRight", Group::Layout, PLACE, "0", "Space to the right of the box.", sets!(Length => layout.margin.right))
        .shown(Example::ITEM, "", &["12", "auto"]),
    property("marginBottom", Group::Layout, PLACE, "0", "Space below the box.", sets!(Length => layout.margin.bottom)).shown(
        Example::ITEM,
        "alignSelf: flex-end",
        &["12"],
    ),
    property("marginLeft", Group::Layout, PLACE, "0", "Space to the left of the box.", sets!(Length => layout.margin.left))
        .shown(Example::ITEM, "", &["12", "auto"]),
    property(
        "padding",
        Group::Layout,
        Grammar::Edges { auto: false, negative: false },
        "0",
        "Space between the border and the content.",
        sets!(Lengths => layout.padding),
    )
    .shown(Example::CHILDREN, "", &["12", "4 20"])
    .breadth(4),
    property(
        "paddingTop",
        Group::Layout,
        PADDING,
        "0",
        "Space between the upper border and the content.",
        sets!(Length => layout.padding.top),
    )
    .shown(Example::CHILDREN, "", &["16"]),
    property(
        "paddingRight",
        Group::Layout,
        PADDING,
        "0",
        "Space between the right border and the content.",
        sets!(Length => layout.padding.right),
    )
    .shown(Example::CHILDREN, "alignItems: flex-end", &["16"]),
    property(
        "paddingBottom",
        Group::Layout,
        PADDING,
        "0",
        "Space between the lower border and the content.",
        sets!(Length => layout.padding.bottom),
    )
    .shown(Example::CHILDREN, "justifyContent: flex-end", &["16"]),
    property(
        "paddingLeft",
        Group::Layout,
        PADDING,
        "0",
        "Space between the left border and the content.",
        sets!(Length => layout.padding.left),
    )
    .shown(Example::CHILDREN, "", &["16"]),
    property("border", Group::Layout, Grammar::Border, "none", "Width and colour of the whole border.", |style, value| {
        if let PropertyValue::Border(width, color) = value {
            style.layout.border = Edges::all(*width);
            style.paint.border_color = Edges::all(*color);
        }
    })
    .shown(Example::BOX, "", &["3px solid #f5b301"])
    .breadth(8),
    property("borderTop", Group::Layout, Grammar::Border, "none", "Width and colour of the upper border.", sets_border!(top))
        .shown(Example::BOX, "", &["6px solid #f5b301"])
        .breadth(2),
    property(
        "borderRight",
        Group::Layout,
        Grammar::Border,
        "none",
        "Width and colour of the right border.",
        sets_border!(right),
    )
    .shown(Example::BOX, "", &["6px solid #f5b301"])
    .breadth(2),
    property(
        "borderBottom",
        Group::Layout,
        Grammar::Border,
        "none",
        "Width and colour of the lower border.",
        sets_border!(bottom),
    )
    .shown(Example::BOX, "", &["6px solid #f5b301"])
    .breadth(2),
    property("borderLeft", Group::Layout, Grammar::Border, "none", "Width and colour of the left border.", sets_border!(left))
        .shown(Example::BOX, "", &["6px solid #f5b301"])
        .breadth(2),
    property(
        "borderWidth",
        Group::Layout,
        Grammar::Widths,
        "0",
        "Width of the border, which lies inside of the box.",
        sets!(Numbers => layout.border),
    )
    .shown(Example::BOX, "borderColor: #f5b301", &["4", "2 8"])
    .breadth(4),
    property("borderTopWidth", Group::Layout, WIDTH, "0", "Width of the upper border.", sets!(Number => layout.border.top))
        .shown(Example::BOX, "borderColor: #f5b301", &["6"]),
    property("borderRightWidth", Group::Layout, WIDTH, "0", "Width of the right border.", sets!(Number => layout.border.right))
        .shown(Example::BOX, "borderColor: #f5b301", &["6"]),
    property(
        "borderBottomWidth",
        Group::Layout,
        WIDTH,
        "0",
        "Width of the lower border.",
        sets!(Number => layout.border.bottom),
    )
    .shown(Example::BOX, "borderColor: #f5b301", &["6"]),
    property("borderLeftWidth", Group::Layout, WIDTH, "0", "Width of the left border.", sets!(Number => layout.border.left))
        .shown(Example::BOX, "borderColor: #f5b301", &["6"]),
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
    .shown(Example::CHILDREN, "flexDirection: row; flexWrap: wrap; width: 60", &["8", "2 20"])
    .breadth(2),
    property("rowGap", Group::Layout, GAP, "0", "Space between rows.", |style, value| {
        if let PropertyValue::Length(length) = value {
            style.layout.row_gap = gap(*length);
        }
    })
    .shown(Example::CHILDREN, "flexDirection: row; flexWrap: wrap; width: 44", &["10"]),
    property("columnGap", Group::Layout, GAP, "0", "Space between columns.", |style, value| {
        if let PropertyValue::Length(length) = value {
            style.layout.column_gap = gap(*length);
        }
    })
    .shown(Example::CHILDREN, "flexDirection: row", &["10"]),
    property(
        "flexDirection",
        Group::Layout,
        Grammar::Keyword(FlexDirection::KEYWORDS),
        "column",
        "Which way the children go.",
        sets!(Keyword as FlexDirection => layout.flex_direction),
    )
    .shown(Example::CHILDREN, "", &["column", "row", "row-reverse"]),
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
    .shown(Example::ITEM, "", &["1", "none"])
    .breadth(3),
    property("flexGrow", Group::Layout, FACTOR, "0", "Share of the space that is left.", sets!(Number => layout.flex_grow))
        .shown(Example::ITEM, "", &["1", "0.5"]),
    property(
        "flexShrink",
        Group::Layout,
        FACTOR,
        "0",
        "Share of the space that is missing.",
        sets!(Number => layout.flex_shrink),
    )
    .shown(Example::ITEM, "width: 120", &["0", "1"]),
    property(
        "flexBasis",
        Group::Layout,
        SIZE,
        "auto",
        "Size along the parent's direction before it grows or shrinks.",
        sets!(Length => layout.flex_basis),
    )
    .shown(Example::ITEM, "", &["40", "50%"]),
    property(
        "flexWrap",
        Group::Layout,
        Grammar::Keyword(FlexWrap::KEYWORDS),
        "nowrap",
        "Whether children go on in another line.",
        sets!(Keyword as FlexWrap => layout.flex_wrap),
    )
    .shown(Example::CHILDREN, "flexDirection: row; width: 44", &["nowrap", "wrap"]),
    property(
        "justifyContent",
        Group::Layout,
        Grammar::Keyword(Justify::KEYWORDS),
        "flex-start",
        "Where children stand along the direction.",
        sets!(Keyword as Justify => layout.justify_content),
    )
    .shown(Example::CHILDREN, "flexDirection: row", &["flex-start", "center", "space-between", "space-evenly"]),
    property(
        "alignItems",
        Group::Layout,
        Grammar::Keyword(Align::KEYWORDS),
        "stretch",
        "Where children stand across the direction.",
        sets!(Keyword as Align => layout.align_items),
    )
    .shown(Example::CHILDREN, "flexDirection: row", &["stretch", "flex-start", "center", "flex-end"]),
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
    )
    .shown(Example::ITEM, "", &["flex-start", "center", "flex-end"]),
    property(
        "alignContent",
        Group::Layout,
        Grammar::Keyword(AlignContent::KEYWORDS),
        "stretch",
        "Where the lines of a box that wraps stand.",
        sets!(Keyword as AlignContent => layout.align_content),
    )
    .shown(Example::CHILDREN, "flexDirection: row; flexWrap: wrap; width: 44", &["flex-start", "center", "space-between"]),
    property(
        "position",
        Group::Layout,
        Grammar::Keyword(Position::KEYWORDS),
        "relative",
        "Whether the box is in the flow.",
        sets!(Keyword as Position => layout.position),
    )
    .shown(Example::ITEM, "left: 8; top: 20", &["relative", "absolute"]),
    property(
        "display",
        Group::Layout,
        Grammar::Keyword(Display::KEYWORDS),
        "flex",
        "Whether the box is there.",
        sets!(Keyword as Display => layout.display),
    )
    .shown(Example::ITEM, "", &["flex", "none"]),
    property(
        "zIndex",
        Group::Layout,
        Grammar::Integer { word: "auto", least: -1_000_000 },
        "auto",
        "What is drawn over what among siblings.",
        sets!(OptionalInteger => paint.z_index),
    )
    .shown(Example::ITEM, "margin: 0 -10; height: 44", &["1", "-1"]),
    property(
        "overflow",
        Group::Layout,
        Grammar::Keyword(Overflow::KEYWORDS),
        "visible",
        "Whether what is outside of the rounded box is drawn.",
        sets!(Keyword as Overflow => layout.overflow),
    )
    .shown(Example::CHILDREN, "height: 24; borderRadius: 12", &["visible", "hidden"]),
];
