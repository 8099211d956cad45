//! Properties of what is painted.

use super::entry::{RADIUS, property};
use crate::style::{ImageType, ObjectFit};
use crate::template::property::{Grammar, Group, Property, PropertyValue};

pub(super) static PAINT: &[Property] = &[
    property("background", Group::Paint, Grammar::Ground, "none", "backgroundColor or backgroundImage.", |style, value| {
        if let PropertyValue::Ground(color, image) = value {
            style.paint.background_color = *color;
            style.paint.background_image.clone_from(image);
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
        "backgroundSize",
        Group::Paint,
        Grammar::Extent,
        "100% 100%",
        "Size of the picture or gradient in the box.",
        sets!(BackgroundSize => paint.background_size),
    ),
    property(
        "backgroundPosition",
        Group::Paint,
        Grammar::Origin,
        "0 0",
        "Where it stands in the room that is left.",
        |style, value| {
            if let PropertyValue::Pair(x, y) = value {
                style.paint.background_position = (*x, *y);
            }
        },
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
