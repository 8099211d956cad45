use std::collections::BTreeSet;
use std::sync::Arc;

use super::*;
use crate::color::Color;
use crate::geometry::{Corners, Edges};
use crate::json::Value;
use crate::limits::Limits;
use crate::style::*;

fn read(name: &str, value: impl Into<Value>) -> Result<Style, String> {
    let property = Property::named(name).unwrap_or_else(|| panic!("no property {name}"));
    let mut style = Style::default();
    match property.read(&value.into(), &Limits::default()) {
        Ok(Some(reading)) => property.apply(&mut style, &reading.value),
        Ok(None) => {}
        Err(misread) => return Err(misread.message),
    }
    Ok(style)
}

fn style(name: &str, value: &str) -> Style {
    read(name, value).unwrap_or_else(|message| panic!("{name}: {value}: {message}"))
}

const RED: Color = Color::rgb(255, 0, 0);
const BLUE: Color = Color::rgb(0, 0, 255);

/// A property, a value, and whether the style says it.
type Case = (&'static str, &'static str, fn(&Style) -> bool);

fn points(value: f32) -> Length {
    Length::Points(value)
}

fn percent(value: f32) -> Length {
    Length::Percent(value)
}

/// A case of every property at least; each fails where the property is not read or sets something else.
const CASES: &[Case] = &[
    ("width", "12.5", |s| s.layout.width == points(12.5)),
    ("height", "50%", |s| s.layout.height == percent(50.0)),
    ("minWidth", "1px", |s| s.layout.min_width == points(1.0)),
    ("minHeight", "2", |s| s.layout.min_height == points(2.0)),
    ("maxWidth", "3", |s| s.layout.max_width == points(3.0)),
    ("maxHeight", "4%", |s| s.layout.max_height == percent(4.0)),
    ("aspectRatio", "16 / 9", |s| s.layout.aspect_ratio == Some(16.0 / 9.0)),
    ("aspectRatio", "1.5", |s| s.layout.aspect_ratio == Some(1.5)),
    ("boxSizing", "content-box", |s| s.layout.box_sizing == BoxSizing::ContentBox),
    ("inset", "1 2 3 4", |s| {
        s.layout.inset == Edges { top: points(1.0), right: points(2.0), bottom: points(3.0), left: points(4.0) }
    }),
    ("left", "-5", |s| s.layout.inset.left == points(-5.0)),
    ("top", "6", |s| s.layout.inset.top == points(6.0)),
    ("right", "7%", |s| s.layout.inset.right == percent(7.0)),
    ("bottom", "8", |s| s.layout.inset.bottom == points(8.0)),
    ("margin", "0 auto", |s| {
        s.layout.margin == Edges { top: points(0.0), bottom: points(0.0), left: Length::Auto, right: Length::Auto }
    }),
    ("margin", "1 2 3", |s| {
        s.layout.margin == Edges { top: points(1.0), left: points(2.0), right: points(2.0), bottom: points(3.0) }
    }),
    ("marginTop", "-1", |s| s.layout.margin.top == points(-1.0)),
    ("marginRight", "2", |s| s.layout.margin.right == points(2.0)),
    ("marginBottom", "3%", |s| s.layout.margin.bottom == percent(3.0)),
    ("marginLeft", "auto", |s| s.layout.margin.left == Length::Auto),
    ("padding", "10", |s| s.layout.padding == Edges::all(points(10.0))),
    ("paddingTop", "1", |s| s.layout.padding.top == points(1.0)),
    ("paddingRight", "2", |s| s.layout.padding.right == points(2.0)),
    ("paddingBottom", "3", |s| s.layout.padding.bottom == points(3.0)),
    ("paddingLeft", "4%", |s| s.layout.padding.left == percent(4.0)),
    ("border", "2px solid red", |s| s.layout.border == Edges::all(2.0) && s.paint.border_color == Edges::all(Some(RED))),
    ("border", "solid", |s| s.layout.border == Edges::all(3.0) && s.paint.border_color == Edges::all(None)),
    ("borderTop", "1 red", |s| {
        s.layout.border.top == 1.0 && s.paint.border_color.top == Some(RED) && s.layout.border.left == 0.0
    }),
    ("borderRight", "thin", |s| s.layout.border.right == 1.0),
    ("borderBottom", "rgb(0 0 255) 4px", |s| s.layout.border.bottom == 4.0 && s.paint.border_color.bottom == Some(BLUE)),
    ("borderLeft", "5", |s| s.layout.border.left == 5.0),
    ("borderWidth", "1 2", |s| s.layout.border == Edges { top: 1.0, bottom: 1.0, left: 2.0, right: 2.0 }),
    ("borderTopWidth", "1", |s| s.layout.border.top == 1.0),
    ("borderRightWidth", "2", |s| s.layout.border.right == 2.0),
    ("borderBottomWidth", "3", |s| s.layout.border.bottom == 3.0),
    ("borderLeftWidth", "4.5px", |s| s.layout.border.left == 4.5),
    ("gap", "1 2%", |s| s.layout.row_gap == points(1.0) && s.layout.column_gap == percent(2.0)),
    ("gap", "5", |s| s.layout.row_gap == points(5.0) && s.layout.column_gap == points(5.0)),
    ("rowGap", "3", |s| s.layout.row_gap == points(3.0)),
    ("columnGap", "4", |s| s.layout.column_gap == points(4.0)),
    ("flexDirection", "row-reverse", |s| s.layout.flex_direction == FlexDirection::RowReverse),
    ("flex", "2", |s| (s.layout.flex_grow, s.layout.flex_shrink, s.layout.flex_basis) == (2.0, 1.0, points(0.0))),
    ("flex", "auto", |s| (s.layout.flex_grow, s.layout.flex_shrink, s.layout.flex_basis) == (1.0, 1.0, Length::Auto)),
    ("flex", "1 50%", |s| (s.layout.flex_grow, s.layout.flex_shrink, s.layout.flex_basis) == (1.0, 1.0, percent(50.0))),
    ("flex", "1 0 auto", |s| (s.layout.flex_grow, s.layout.flex_shrink, s.layout.flex_basis) == (1.0, 0.0, Length::Auto)),
    ("flexGrow", "1.5", |s| s.layout.flex_grow == 1.5),
    ("flexShrink", "1", |s| s.layout.flex_shrink == 1.0),
    ("flexBasis", "30%", |s| s.layout.flex_basis == percent(30.0)),
    ("flexWrap", "wrap", |s| s.layout.flex_wrap == FlexWrap::Wrap),
    ("justifyContent", "space-between", |s| s.layout.justify_content == Justify::SpaceBetween),
    ("alignItems", "center", |s| s.layout.align_items == Align::Center),
    ("alignSelf", "flex-end", |s| s.layout.align_self == Some(Align::FlexEnd)),
    ("alignContent", "space-evenly", |s| s.layout.align_content == AlignContent::SpaceEvenly),
    ("position", "absolute", |s| s.layout.position == Position::Absolute),
    ("display", "none", |s| s.layout.display == Display::None),
    ("zIndex", "-3", |s| s.paint.z_index == Some(-3)),
    ("overflow", "hidden", |s| s.layout.overflow == Overflow::Hidden),
    ("color", "red", |s| s.text.inherited.color == RED),
    ("fontSize", "20px", |s| s.text.inherited.font_size == 20.0),
    ("fontWeight", "bold", |s| s.text.inherited.font_weight == 700),
    ("fontWeight", "550", |s| s.text.inherited.font_weight == 550),
    ("fontFamily", "\"DejaVu Sans\", 'Noto, CJK', serif", |s| {
        s.text.inherited.font_family.iter().map(AsRef::as_ref).eq(["DejaVu Sans", "Noto, CJK", "serif"])
    }),
    ("lineHeight", "150%", |s| s.text.inherited.line_height == LineHeight::Percent(150.0)),
    ("lineHeight", "30", |s| s.text.inherited.line_height == LineHeight::Points(30.0)),
    ("letterSpacing", "-0.5", |s| s.text.inherited.letter_spacing == -0.5),
    ("textAlign", "center", |s| s.text.inherited.text_align == TextAlign::Center),
    ("direction", "rtl", |s| s.text.inherited.direction == Direction::RightToLeft),
    ("fontStyle", "italic", |s| s.text.font_style == FontStyle::Italic),
    ("verticalAlign", "middle", |s| s.text.vertical_align == VerticalAlign::Middle),
    ("whiteSpace", "nowrap", |s| s.text.white_space == WhiteSpace::NoWrap),
    ("wordBreak", "break-all", |s| s.text.word_break == WordBreak::BreakAll),
    ("textOverflow", "ellipsis", |s| s.text.text_overflow == TextOverflow::Ellipsis),
    ("maxLines", "2", |s| s.text.max_lines == Some(2)),
    ("minFontSize", "9.5", |s| s.text.min_font_size == 9.5),
    ("keepInView", "vertical", |s| s.paint.keep_in_view == KeepInView::Vertical),
    ("edgeFade", "24", |s| s.paint.edge_fade == 24.0),
    ("edgeFadeColor", "red", |s| s.paint.edge_fade_color == Some(RED)),
    ("-webkit-line-clamp", "3", |s| s.text.max_lines == Some(3)),
    ("fontVariantNumeric", "tabular-nums", |s| s.text.font_variant_numeric == FontVariantNumeric::TabularNums),
    ("textStrokeWidth", "2", |s| s.text.stroke_width == 2.0),
    ("textStrokeColor", "blue", |s| s.text.stroke_color == Some(BLUE)),
    ("textShadow", "-1.5px 2px 4px rgba(0,0,0,.5), 1 1 red", |s| {
        let first = Shadow { x: -1.5, y: 2.0, blur: 4.0, spread: 0.0, inset: false, color: Some(Color::rgba(0, 0, 0, 128)) };
        *s.text.shadows == [first, Shadow { x: 1.0, y: 1.0, blur: 0.0, color: Some(RED), ..first }]
    }),
    ("textDecoration", "line-through", |s| s.text.decoration == TextDecoration::LineThrough),
    ("background", "red", |s| s.paint.background_color == RED && s.paint.background_image.is_none()),
    ("background", "url(a.png)", |s| s.paint.background_image == Some(Background::Url(Arc::from("a.png")))),
    ("backgroundColor", "#f00", |s| s.paint.background_color == RED),
    ("backgroundImage", "url('a (1).png')", |s| s.paint.background_image == Some(Background::Url(Arc::from("a (1).png")))),
    ("backgroundImage", "linear-gradient(45deg, red, blue 20% 40%)", |s| {
        let stops = [(RED, Length::Auto), (BLUE, percent(20.0)), (BLUE, percent(40.0))];
        let stops = stops.map(|(color, position)| GradientStop { color, position }).into();
        s.paint.background_image == Some(Background::Linear { line: GradientLine::Angle(45.0), stops, repeating: false })
    }),
    ("backgroundImage", "repeating-linear-gradient(to bottom left, red 0, rgb(0 0 255) 10px)", |s| {
        let stops = [(RED, points(0.0)), (BLUE, points(10.0))].map(|(color, position)| GradientStop { color, position }).into();
        let line = GradientLine::Corner { right: false, bottom: true };
        s.paint.background_image == Some(Background::Linear { line, stops, repeating: true })
    }),
    ("backgroundImage", "linear-gradient(to right, red, blue)", |s| {
        matches!(&s.paint.background_image, Some(Background::Linear { line: GradientLine::Angle(90.0), .. }))
    }),
    ("backgroundImage", "linear-gradient(red, blue)", |s| {
        matches!(&s.paint.background_image, Some(Background::Linear { line: GradientLine::Angle(180.0), .. }))
    }),
    ("backgroundImage", "radial-gradient(circle closest-side at 20px top, red, blue)", |s| {
        let center = (points(20.0), percent(0.0));
        matches!(&s.paint.background_image, Some(Background::Radial { circle: true, extent: RadialExtent::ClosestSide, center: found, .. }) if *found == center)
    }),
    ("backgroundImage", "radial-gradient(10px 20%, red, blue)", |s| {
        let extent = RadialExtent::Explicit(points(10.0), percent(20.0));
        matches!(&s.paint.background_image, Some(Background::Radial { circle: false, extent: found, .. }) if *found == extent)
    }),
    ("backgroundImage", "repeating-radial-gradient(30px at center, red, blue)", |s| {
        let extent = RadialExtent::Explicit(points(30.0), points(30.0));
        matches!(&s.paint.background_image, Some(Background::Radial { circle: true, repeating: true, extent: found, .. }) if *found == extent)
    }),
    ("backgroundImage", "radial-gradient(red, blue)", |s| {
        let extent = RadialExtent::FarthestCorner;
        matches!(&s.paint.background_image, Some(Background::Radial { circle: false, extent: found, .. }) if *found == extent)
    }),
    ("backgroundImageType", "sliced", |s| s.paint.background_image_type == ImageType::Sliced),
    ("backgroundSize", "cover", |s| s.paint.background_size == BackgroundSize::Cover),
    ("backgroundSize", "contain", |s| s.paint.background_size == BackgroundSize::Contain),
    ("backgroundSize", "24px", |s| s.paint.background_size == BackgroundSize::Sides(Length::Points(24.0), Length::Auto)),
    ("backgroundSize", "auto 50%", |s| s.paint.background_size == BackgroundSize::Sides(Length::Auto, Length::Percent(50.0))),
    ("backgroundPosition", "right 4px", |s| s.paint.background_position == (Length::Percent(100.0), Length::Points(4.0))),
    ("visibility", "hidden", |s| s.is_hidden()),
    ("lineHeight", "1.5em", |s| s.text.inherited.line_height == LineHeight::Percent(150.0)),
    ("backgroundImageInset", "1 2 3 4", |s| {
        s.paint.background_image_inset == Edges { left: 1.0, top: 2.0, right: 3.0, bottom: 4.0 }
    }),
    ("objectFit", "cover", |s| s.paint.object_fit == ObjectFit::Cover),
    ("imageType", "tiled", |s| s.paint.image_type == ImageType::Tiled),
    ("imageInset", "5", |s| s.paint.image_inset == Edges::all(5.0)),
    ("borderColor", "red blue", |s| {
        s.paint.border_color == Edges { top: Some(RED), bottom: Some(RED), left: Some(BLUE), right: Some(BLUE) }
    }),
    ("borderTopColor", "red", |s| s.paint.border_color.top == Some(RED)),
    ("borderRightColor", "red", |s| s.paint.border_color.right == Some(RED)),
    ("borderBottomColor", "red", |s| s.paint.border_color.bottom == Some(RED)),
    ("borderLeftColor", "red", |s| s.paint.border_color.left == Some(RED)),
    ("borderRadius", "1 2% 3", |s| {
        let corners =
            Corners { top_left: points(1.0), top_right: percent(2.0), bottom_right: points(3.0), bottom_left: percent(2.0) };
        s.paint.border_radius == corners
    }),
    ("borderTopLeftRadius", "1", |s| s.paint.border_radius.top_left == points(1.0)),
    ("borderTopRightRadius", "2", |s| s.paint.border_radius.top_right == points(2.0)),
    ("borderBottomRightRadius", "3", |s| s.paint.border_radius.bottom_right == points(3.0)),
    ("borderBottomLeftRadius", "50%", |s| s.paint.border_radius.bottom_left == percent(50.0)),
    ("opacity", "0.5", |s| s.paint.opacity == 0.5),
    ("opacity", "25%", |s| s.paint.opacity == 0.25),
    ("filter", "blur(6px)", |s| s.paint.blur == 6.0),
    ("filter", "BLUR( 3 ) blur() blur(4px)", |s| s.paint.blur == 5.0),
    ("boxShadow", "inset 0 2px 8px 1px #00f", |s| {
        *s.paint.box_shadows == [Shadow { x: 0.0, y: 2.0, blur: 8.0, spread: 1.0, inset: true, color: Some(BLUE) }]
    }),
    ("transform", "rotate(.25turn) scale(2) translate(10px, 50%), skewX(10deg)", |s| {
        let steps = [
            TransformStep::Rotate(90.0),
            TransformStep::Scale(2.0, 2.0),
            TransformStep::Translate(points(10.0), percent(50.0)),
            TransformStep::Skew(10.0, 0.0),
        ];
        *s.paint.transform == steps
    }),
    ("transform", "scaleX(-1) scaleY(2) translateX(1) translateY(2) skewY(3deg) skew(1deg, 2deg) rotateZ(1rad)", |s| {
        s.paint.transform.len() == 7 && s.paint.transform[0] == TransformStep::Scale(-1.0, 1.0)
    }),
    ("transformOrigin", "top left", |s| s.paint.transform_origin == (percent(0.0), percent(0.0))),
    ("transformOrigin", "10px", |s| s.paint.transform_origin == (points(10.0), percent(50.0))),
    ("transformOrigin", "right 5", |s| s.paint.transform_origin == (percent(100.0), points(5.0))),
];

#[test]
fn each_property_says_what_it_says() {
    for (name, value, holds) in CASES {
        assert!(!holds(&Style::default()), "{name}: {value}: the case proves nothing");
        assert!(holds(&style(name, value)), "{name}: {value}: {:?}", style(name, value));
    }
    let tested: BTreeSet<_> =
        CASES.iter().filter_map(|(name, ..)| Property::named(name)).map(|property| property.name).collect();
    let all: BTreeSet<_> = Property::all().map(|property| property.name).collect();
    assert_eq!(tested, all);
}

#[test]
fn some_words_take_a_value_back() {
    for (name, value) in [("flex", "0"), ("flex", "none"), ("columnGap", "normal"), ("alignSelf", "auto"), ("zIndex", "auto")] {
        let property = Property::named(name).unwrap();
        let mut changed = style(name, if name == "alignSelf" { "center" } else { "1" });
        assert_ne!(changed, Style::default(), "{name}");
        property.apply(&mut changed, &property.read(&value.into(), &Limits::default()).unwrap().unwrap().value);
        assert_eq!(changed, Style::default(), "{name}: {value}");
    }
}

#[test]
fn the_initial_value_is_what_a_style_begins_with() {
    for property in Property::all() {
        let mut changed = Style::default();
        let case = CASES.iter().find(|(name, ..)| *name == property.name).unwrap();
        property.apply(&mut changed, &property.read(&case.1.into(), &Limits::default()).unwrap().unwrap().value);
        let initial = property.read(&"initial".into(), &Limits::default()).unwrap();
        if let Some(initial) = initial {
            property.apply(&mut changed, &initial.value);
            assert_eq!(changed, Style::default(), "{}", property.name);
        }
    }
}

#[test]
fn names_have_two_spellings() {
    assert_eq!(Property::named("border-top-left-radius").map(|property| property.name), Some("borderTopLeftRadius"));
    assert_eq!(Property::named("fontsize").map(|property| property.name), None);
    assert_eq!(Property::closest("fontsize"), Some("fontSize"));
    assert_eq!(Property::closest("backgroundcolour"), Some("backgroundColor"));
    assert!(Property::named(&"-".repeat(100)).is_none());
    let names: BTreeSet<_> =
        Property::all().flat_map(|property| [property.name].into_iter().chain(property.aliases.iter().copied())).collect();
    assert_eq!(names.len(), Property::all().map(|property| 1 + property.aliases.len()).sum::<usize>());
}

#[test]
fn refuses_other_values_with_what_is_expected() {
    let cases = [
        ("width", "wide", "expected a number of px or a percentage, not negative, or 'auto' for 'width', found 'wide'"),
        ("width", "-1", "expected a number of px or a percentage, not negative, or 'auto' for 'width', found '-1'"),
        ("width", "NaN", "expected a number of px or a percentage, not negative, or 'auto' for 'width', found 'NaN'"),
        ("flexDirection", "rows", "expected one of column, row, column-reverse, row-reverse for 'flexDirection', found 'rows'"),
        ("color", "#12", "expected a colour such as #f80, rgb(255 136 0 / 50%) or 'orange' for 'color', found '#12'"),
        ("fontWeight", "heavy", "expected 100 to 900, 'normal' or 'bold' for 'fontWeight', found 'heavy'"),
    ];
    for (name, value, message) in cases {
        assert_eq!(read(name, value).unwrap_err(), message);
    }
    let refused = [
        ("height", "10em"),
        ("padding", "-1"),
        ("padding", "auto"),
        ("padding", "1 2 3 4 5"),
        ("margin", "1 x"),
        ("borderWidth", "-1"),
        ("borderWidth", "1%"),
        ("border", "dashed"),
        ("border", "1 2"),
        ("flex", "-1"),
        ("flex", "1 2 3 4"),
        ("flexGrow", "-1%"),
        ("opacity", "half"),
        ("filter", "blur(-1px)"),
        ("filter", "blur(2%)"),
        ("filter", "blur(2px"),
        ("filter", "grayscale(1)"),
        ("filter", "blur(1px) brightness(2)"),
        ("zIndex", "1.5"),
        ("maxLines", "some"),
        ("aspectRatio", "0"),
        ("aspectRatio", "1/0"),
        ("lineHeight", "-3"),
        ("letterSpacing", "1%"),
        ("textShadow", "1px"),
        ("textShadow", "1 1 1 1 red"),
        ("textShadow", "1 1 -1 red"),
        ("textShadow", "inset 1 1 red"),
        ("boxShadow", "1 1 red blue"),
        ("boxShadow", "1 1 foo"),
        ("transform", "rotate(30deg"),
        ("transform", "rotate(1,2)"),
        ("transform", "spin(3)"),
        ("transform", "matrix(1,0,0,1,0,0)"),
        ("transformOrigin", "left left left"),
        ("backgroundImage", "a.png"),
        ("backgroundImage", "linear-gradient(red)"),
        ("backgroundImage", "linear-gradient(to nowhere, red, blue)"),
        ("backgroundImage", "radial-gradient(circle 10%, red, blue)"),
        ("backgroundImage", "radial-gradient(-1px, red, blue)"),
        ("backgroundImageInset", "1 2 3"),
        ("borderRadius", "1 / 2"),
        ("borderColor", "red, blue"),
        ("fontSize", "large"),
        ("gap", "1 2 3"),
        ("display", "grid"),
    ];
    for (name, value) in refused {
        assert!(read(name, value).is_err(), "{name}: {value}");
    }
    assert!(read("width", Value::list([1])).is_err());
    assert!(read("width", true).is_err());
    assert!(read("fontFamily", 3).is_err());
    assert_eq!(read("width", Value::Null).unwrap(), Style::default());
    assert_eq!(read("width", "  ").unwrap(), Style::default());
}

#[test]
fn says_which_limit_a_list_is_over() {
    let said = |name: &str, value: &str| {
        let misread = Property::named(name).unwrap().read(&value.into(), &Limits::default()).err().unwrap();
        format!("{} ({})", misread.message, misread.hint.unwrap())
    };
    assert_eq!(
        said("boxShadow", &["1px 1px"; 17].join(",")),
        "over the limit of 16 shadows for 'boxShadow': found 17 (raise it with --limit shadows=…, in Rust Limits::shadows)"
    );
    assert!(said("transform", &"rotate(1deg)".repeat(33)).starts_with("over the limit of 32 transform steps for 'transform'"));
    let stops = format!("linear-gradient({})", ["red"; 65].join(","));
    assert!(said("backgroundImage", &stops).starts_with("over the limit of 64 gradient stops for 'backgroundImage'"));
}

#[test]
fn brings_what_is_out_of_range_into_it() {
    let clamped = |name: &str, value: &str| {
        let property = Property::named(name).unwrap();
        property.read(&value.into(), &Limits::default()).unwrap().unwrap().clamped
    };
    assert_eq!(clamped("fontSize", "100000"), Some((100_000.0, 512.0)));
    assert_eq!(clamped("fontSize", "0"), Some((0.0, 1.0)));
    assert_eq!(clamped("width", "1e30"), Some((1e30, 16_384.0)));
    assert_eq!(clamped("opacity", "2"), Some((2.0, 1.0)));
    assert_eq!(clamped("fontWeight", "1000"), Some((1000.0, 900.0)));
    assert_eq!(clamped("transform", "scale(1e9)"), Some((1e9, 1000.0)));
    assert_eq!(clamped("width", "100"), None);
    assert_eq!(style("width", "1e400").layout.width, points(16_384.0));
}
