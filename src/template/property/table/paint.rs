//! Properties of what is painted.

use super::entry::{RADIUS, WIDTH, property};
use crate::style::{ImageType, KeepInView, ObjectFit};
use crate::template::property::{Example, Grammar, Group, Property, PropertyValue};

pub(super) static PAINT: &[Property] = &[
    property("background", Group::Paint, Grammar::Ground, "none", "backgroundColor or backgroundImage.", |style, value| {
        if let PropertyValue::Ground(color, image) = value {
            style.paint.background_color = *color;
            style.paint.background_image.clone_from(image);
        }
    })
    .shown(Example::BOX, "", &["#f5b301", "linear-gradient(#8b83ff, #4f46e5)"])
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
    )
    .shown(Example::BOX, "", &["#f5b301", "rgb(79 70 229 / 40%)"]),
    property(
        "backgroundImage",
        Group::Paint,
        Grammar::Image,
        "none",
        "Picture or gradient in the box.",
        sets!(Background => paint.background_image),
    )
    .shown(
        Example::BOX,
        "",
        &["linear-gradient(90deg, #8b83ff, #f5b301)", "radial-gradient(#ffffff, #4f46e5)", "url(avatars/fox.png)"],
    ),
    property(
        "backgroundImageType",
        Group::Paint,
        Grammar::Keyword(ImageType::KEYWORDS),
        "simple",
        "Stretched, nine-slice or repeated.",
        sets!(Keyword as ImageType => paint.background_image_type),
    )
    .shown(Example::PANEL, "backgroundImageInset: 10 10 10 10", &["simple", "sliced", "tiled"]),
    property(
        "backgroundImageInset",
        Group::Paint,
        Grammar::Slices,
        "0",
        "What a nine-slice keeps: left top right bottom.",
        sets!(Numbers => paint.background_image_inset),
    )
    .shown(Example::PANEL, "backgroundImageType: sliced", &["10 10 10 10", "0 10 0 10"]),
    property(
        "backgroundSize",
        Group::Paint,
        Grammar::Extent,
        "100% 100%",
        "Size of the picture or gradient in the box.",
        sets!(BackgroundSize => paint.background_size),
    )
    .shown(
        Example::BOX,
        "width: 90; backgroundColor: #ecebfd; backgroundImage: url(avatars/fox.png)",
        &["contain", "cover", "20px"],
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
    )
    .shown(
        Example::BOX,
        "width: 90; backgroundColor: #ecebfd; backgroundImage: url(avatars/fox.png); backgroundSize: contain",
        &["0 0", "center", "right top"],
    ),
    property(
        "objectFit",
        Group::Paint,
        Grammar::Keyword(ObjectFit::KEYWORDS),
        "fill",
        "How a picture fits its box.",
        sets!(Keyword as ObjectFit => paint.object_fit),
    )
    .shown(Example::IMAGE, "", &["fill", "contain", "cover"]),
    property(
        "imageType",
        Group::Paint,
        Grammar::Keyword(ImageType::KEYWORDS),
        "simple",
        "By objectFit, nine-slice or repeated.",
        sets!(Keyword as ImageType => paint.image_type),
    )
    .shown(Example::IMAGE_PANEL, "imageInset: 10 10 10 10", &["simple", "sliced", "tiled"]),
    property(
        "imageInset",
        Group::Paint,
        Grammar::Slices,
        "0",
        "What a nine-slice keeps: left top right bottom.",
        sets!(Numbers => paint.image_inset),
    )
    .shown(Example::IMAGE_PANEL, "imageType: sliced", &["10 10 10 10", "0 10 0 10"]),
    property(
        "borderColor",
        Group::Paint,
        Grammar::EdgeColors,
        "currentcolor",
        "Colour of the border.",
        sets!(Colors => paint.border_color),
    )
    .shown(Example::BOX, "borderWidth: 5", &["#f5b301", "#f5b301 #c8322b"])
    .breadth(4),
    property(
        "borderTopColor",
        Group::Paint,
        Grammar::Color { current: true },
        "currentcolor",
        "Colour of the upper border.",
        sets!(Color => paint.border_color.top),
    )
    .shown(Example::BOX, "borderWidth: 5; borderColor: #a7b0be", &["#f5b301"]),
    property(
        "borderRightColor",
        Group::Paint,
        Grammar::Color { current: true },
        "currentcolor",
        "Colour of the right border.",
        sets!(Color => paint.border_color.right),
    )
    .shown(Example::BOX, "borderWidth: 5; borderColor: #a7b0be", &["#f5b301"]),
    property(
        "borderBottomColor",
        Group::Paint,
        Grammar::Color { current: true },
        "currentcolor",
        "Colour of the lower border.",
        sets!(Color => paint.border_color.bottom),
    )
    .shown(Example::BOX, "borderWidth: 5; borderColor: #a7b0be", &["#f5b301"]),
    property(
        "borderLeftColor",
        Group::Paint,
        Grammar::Color { current: true },
        "currentcolor",
        "Colour of the left border.",
        sets!(Color => paint.border_color.left),
    )
    .shown(Example::BOX, "borderWidth: 5; borderColor: #a7b0be", &["#f5b301"]),
    property(
        "borderRadius",
        Group::Paint,
        Grammar::Corners,
        "0",
        "Radius of the corners.",
        sets!(Corners => paint.border_radius),
    )
    .shown(Example::BOX, "", &["8", "50%", "20 4"])
    .breadth(4),
    property(
        "borderTopLeftRadius",
        Group::Paint,
        RADIUS,
        "0",
        "Radius of the top left corner.",
        sets!(Length => paint.border_radius.top_left),
    )
    .shown(Example::BOX, "", &["16"]),
    property(
        "borderTopRightRadius",
        Group::Paint,
        RADIUS,
        "0",
        "Radius of the top right corner.",
        sets!(Length => paint.border_radius.top_right),
    )
    .shown(Example::BOX, "", &["16"]),
    property(
        "borderBottomRightRadius",
        Group::Paint,
        RADIUS,
        "0",
        "Radius of the bottom right corner.",
        sets!(Length => paint.border_radius.bottom_right),
    )
    .shown(Example::BOX, "", &["16"]),
    property(
        "borderBottomLeftRadius",
        Group::Paint,
        RADIUS,
        "0",
        "Radius of the bottom left corner.",
        sets!(Length => paint.border_radius.bottom_left),
    )
    .shown(Example::BOX, "", &["16"]),
    property(
        "opacity",
        Group::Paint,
        Grammar::Opacity,
        "1",
        "Opacity of the box with all that is in it.",
        sets!(Number => paint.opacity),
    )
    .shown(Example::BOX, "", &["1", "0.4"]),
    property(
        "filter",
        Group::Paint,
        Grammar::Filter,
        "none",
        "A blur of the picture or box with all that is in it, 'blur(6px)': the standard deviation, as in CSS (Filter Effects 1). \
         What is blurred fades out beyond its box; in one with overflow: hidden it ends at the edge.",
        sets!(Number => paint.blur),
    )
    .shown(Example::IMAGE, "", &["blur(3px)"]),
    property(
        "boxShadow",
        Group::Paint,
        Grammar::Shadows { boxes: true },
        "none",
        "Shadows of the box, the first on top.",
        sets!(Shadows => paint.box_shadows),
    )
    .shown(Example::BOX, "", &["0 4px 10px rgb(0 0 0 / 40%)", "inset 0 0 8px #ffffff"]),
    property(
        "transform",
        Group::Paint,
        Grammar::Transform,
        "none",
        "Turns, scales and moves the box with all that is in it.",
        sets!(Transform => paint.transform),
    )
    .shown(Example::BOX, "", &["rotate(20deg)", "scale(0.6)", "translate(12px, 8px)"]),
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
    )
    .shown(Example::BOX, "transform: rotate(20deg)", &["center", "left top"]),
    property(
        "keepInView",
        Group::Paint,
        Grammar::Keyword(KeepInView::KEYWORDS),
        "none",
        "Whether a box stops at the edge of the scrollview that it stands in, rather than scrolling out of sight.",
        sets!(Keyword as KeepInView => paint.keep_in_view),
    )
    .shown(Example::SCROLLED, "", &["none", "vertical"]),
    property(
        "edgeFade",
        Group::Paint,
        WIDTH,
        "0",
        "How far a scrollview's content fades at an edge beyond which there is more.",
        sets!(Number => paint.edge_fade),
    )
    .shown(Example::SCROLLER, "edgeFadeColor: #ffffff", &["0", "16"]),
    property(
        "edgeFadeColor",
        Group::Paint,
        Grammar::Color { current: true },
        "currentcolor",
        "What a scrollview's content fades into: the colour of the ground behind it.",
        sets!(Color => paint.edge_fade_color),
    )
    .shown(Example::SCROLLER, "edgeFade: 16", &["#ffffff", "#4f46e5"]),
];
