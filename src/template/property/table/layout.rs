//! Properties of where boxes stand.

use super::entry::{FACTOR, GAP, LEAST, MOST, PADDING, PLACE, SIZE, WIDTH, property};
use crate::geometry::Edges;
use crate::style::{Align, AlignContent, BoxSizing, Display, FlexDirection, FlexWrap, Justify, Length, Overflow, Position};
use crate::template::property::{Grammar, Group, Property, PropertyValue};

/// `normal` is no gap.
fn gap(length: Length) -> Length {
    if length == Length::Auto { Length::ZERO } else { length }
}

pub(super) static LAYOUT: &[Property] = &[
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
];
