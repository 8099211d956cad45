//! Layout with a text system whose every letter is half as wide as its font size.

use std::sync::Arc;

use super::*;
use crate::error::Place;
use crate::geometry::Point;
use crate::json;
use crate::picture::{Picture, PictureState};
use crate::scene::{Node, RichParagraph, RichText};
use crate::style::Style;
use crate::style::{Align, Display, FlexDirection, LayoutStyle, Length, Overflow, Position, WhiteSpace};
use crate::text::bitmap_font::BitmapFont;
use crate::text::{Paragraph, TextLayout, TextLine};

/// Half an em a letter; lines break at spaces.
pub(super) struct HalfEm;

impl TextSystem for HalfEm {
    fn layout(&mut self, paragraph: &Paragraph, width: Option<f32>) -> Arc<TextLayout> {
        let (size, line_height) =
            paragraph.spans.first().map_or((12.0, 14.5), |span| (span.font.size, span.line_height.resolve(span.font.size)));
        // In quarters, so that sums are exact.
        let line_height = (line_height * 4.0).round() / 4.0;
        let advance = size / 2.0;
        let most = if paragraph.white_space == WhiteSpace::NoWrap { f32::INFINITY } else { width.unwrap_or(f32::INFINITY) };
        let mut ranges: Vec<std::ops::Range<usize>> = Vec::new();
        let mut at = 0;
        for word in paragraph.text.split_inclusive(' ') {
            let end = at + word.len();
            match ranges.last_mut() {
                Some(line) if ((at + word.trim_end().len() - line.start) as f32) * advance <= most => line.end = end,
                _ => ranges.push(at..end),
            }
            at = end;
        }
        let lines: Vec<TextLine> = ranges
            .into_iter()
            .enumerate()
            .map(|(index, range)| {
                let top = index as f32 * line_height;
                let width = paragraph.text[range.clone()].trim_end().len() as f32 * advance;
                TextLine { width, top, height: line_height, baseline: top + line_height * 0.75, range, ..TextLine::default() }
            })
            .collect();
        Arc::new(TextLayout {
            width: lines.iter().map(|line| line.width).fold(0.0, f32::max),
            height: lines.len() as f32 * line_height,
            lines,
            truncated: false,
        })
    }
}

pub(super) fn px(value: f32) -> Length {
    Length::Points(value)
}

fn node(parent: Option<usize>, content: Content, change: impl FnOnce(&mut Style)) -> Node {
    let mut style = Style::default();
    change(&mut style);
    Node {
        parent,
        children: Vec::new(),
        depth: 0,
        content,
        short: None,
        id: Arc::from(""),
        class: Arc::from(""),
        key: None,
        style: Arc::new(style),
        active_style: None,
        action: None,
        data: Arc::from([]),
        friend: None,
        place: Place::default(),
    }
}

pub(super) fn boxed(parent: Option<usize>, content: Content, change: impl FnOnce(&mut LayoutStyle)) -> Node {
    node(parent, content, |style| change(&mut style.layout))
}

pub(super) fn text(value: &str) -> Content {
    Content::Text(Arc::from(value))
}

pub(super) fn image(src: &str) -> Content {
    Content::Image { src: Arc::from(src), fallback: None }
}

pub(super) fn scene(nodes: Vec<Node>) -> Scene {
    let mut scene = Scene { nodes, ..Scene::default() };
    for id in 0..scene.nodes.len() {
        if let Some(parent) = scene.nodes[id].parent {
            scene.nodes[id].depth = scene.nodes[parent].depth + 1;
            scene.nodes[parent].children.push(id);
        }
    }
    scene
}

/// A picture of 80×40 px, and a font of one digit.
fn pictures() -> Pictures {
    let mut pictures = Pictures::default();
    pictures.set("wide.png", picture(80, 40));
    let source = "common lineHeight=40 base=30 pages=1\npage id=0 file=\"d.png\"\n\
                  char id=55 width=20 height=30 xoffset=1 yoffset=2 xadvance=22 page=0";
    pictures.set_font("digits.fnt", Arc::new(BitmapFont::parse(source, "digits.fnt", &Limits::default()).unwrap()));
    pictures
}

pub(super) fn picture(width: u32, height: u32) -> PictureState {
    let pixels = vec![255; (width * height * 4) as usize];
    PictureState::Ready(Picture::from_premultiplied(width, height, pixels).unwrap())
}

fn laid(nodes: Vec<Node>) -> Vec<LayoutBox> {
    compute(&scene(nodes), Size::new(400.0, 300.0), &mut HalfEm, &pictures(), &Limits::default()).unwrap().boxes
}

fn rect(x: f32, y: f32, width: f32, height: f32) -> Rect {
    Rect::new(x, y, width, height)
}

#[test]
fn a_root_without_a_size_takes_the_canvas() {
    assert_eq!(laid(vec![boxed(None, Content::View, |_| {})])[0].rect, rect(0.0, 0.0, 400.0, 300.0));
    let sized = boxed(None, Content::View, |style| (style.width, style.height) = (px(100.0), Length::Percent(50.0)));
    assert_eq!(laid(vec![sized])[0].rect, rect(0.0, 0.0, 100.0, 150.0));
    let square = boxed(None, Content::View, |style| (style.width, style.aspect_ratio) = (px(100.0), Some(2.0)));
    assert_eq!(laid(vec![square])[0].rect, rect(0.0, 0.0, 100.0, 50.0));
}

#[test]
fn a_text_without_a_size_is_as_large_as_its_line() {
    let boxes = laid(vec![boxed(None, Content::View, |_| {}), node(Some(0), text("98760"), |_| {})]);
    assert_eq!(boxes[1].rect, rect(0.0, 0.0, 30.0, 14.5));
    assert_eq!(boxes[1].text.as_ref().unwrap().lines.len(), 1);
    // In a row it is not stretched either; asked for, it is.
    let row = |align| {
        vec![
            boxed(None, Content::View, |style| style.flex_direction = FlexDirection::Row),
            boxed(Some(0), text("98760"), |style| style.align_self = align),
        ]
    };
    assert_eq!(laid(row(None))[1].rect, rect(0.0, 0.0, 30.0, 14.5));
    assert_eq!(laid(row(Some(Align::Stretch)))[1].rect, rect(0.0, 0.0, 30.0, 300.0));
}

#[test]
fn a_text_wraps_in_the_width_it_is_given_only() {
    let long = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen";
    let boxes =
        |change: fn(&mut LayoutStyle)| laid(vec![boxed(None, Content::View, |_| {}), boxed(Some(0), text(long), change)]);
    assert_eq!(boxes(|_| {})[1].rect.width, long.len() as f32 * 6.0);
    let narrow = boxes(|style| style.width = px(100.0));
    let lines = narrow[1].text.as_ref().unwrap().lines.len();
    assert!(lines > 3);
    assert_eq!(narrow[1].rect, rect(0.0, 0.0, 100.0, lines as f32 * 14.5));
    let bounded = boxes(|style| style.max_width = Length::Percent(25.0));
    assert_eq!(bounded[1].rect, narrow[1].rect);
    let padded = boxes(|style| (style.width, style.padding) = (px(120.0), Edges::all(px(10.0))));
    assert_eq!(padded[1].rect.height, narrow[1].rect.height + 20.0);
    assert_eq!(padded[1].text.as_ref().unwrap().lines.len(), lines);
}

#[test]
fn a_name_gives_way_to_the_score_beside_it() {
    let boxes = laid(vec![
        boxed(None, Content::View, |style| style.flex_direction = FlexDirection::Row),
        boxed(Some(0), text("ANameThatIsFarTooLongForTheRowThatItStandsInOnAPhoneOf400Pixels"), |style| {
            (style.flex_grow, style.flex_shrink, style.flex_basis) = (1.0, 1.0, Length::ZERO);
        }),
        node(Some(0), text("98760"), |_| {}),
    ]);
    assert_eq!(boxes[1].rect.width, 370.0);
    assert_eq!(boxes[2].rect, rect(370.0, 0.0, 30.0, 14.5));
}

#[test]
fn flex_overrides_the_width_of_a_score() {
    // `a_friend_rank`: 688 less padding, rank, avatar and name leaves 212, whatever the score's own width of 160.
    let boxes = laid(vec![
        boxed(None, Content::View, |style| {
            (style.width, style.height, style.flex_direction) = (px(688.0), px(96.0), FlexDirection::Row);
            style.align_items = Align::Center;
            (style.padding.left, style.padding.right) = (px(16.0), px(24.0));
        }),
        boxed(Some(0), Content::View, |style| (style.width, style.height) = (px(136.0), px(96.0))),
        boxed(Some(0), text("Alice"), |style| (style.width, style.height, style.margin.left) = (px(280.0), px(40.0), px(20.0))),
        boxed(Some(0), text("95543"), |style| {
            (style.flex_grow, style.flex_shrink, style.flex_basis) = (1.0, 1.0, Length::ZERO);
            (style.width, style.height) = (px(160.0), px(40.0));
        }),
    ]);
    assert_eq!(boxes[2].rect, rect(172.0, 28.0, 280.0, 40.0));
    assert_eq!(boxes[3].rect, rect(452.0, 28.0, 212.0, 40.0));
}

#[test]
fn vertical_align_moves_the_lines() {
    let offset = |align| {
        laid(vec![
            boxed(None, Content::View, |_| {}),
            node(Some(0), text("a"), |style| {
                style.layout.height = px(64.5);
                style.layout.padding = Edges::all(px(10.0));
                style.text.vertical_align = align;
            }),
        ])[1]
            .text_offset
    };
    assert_eq!(offset(VerticalAlign::Top), 0.0);
    assert!((offset(VerticalAlign::Middle) - 15.0).abs() < 1e-4);
    assert!((offset(VerticalAlign::Bottom) - 30.0).abs() < 1e-4);
}

#[test]
fn rich_text_wraps_in_its_parent_and_keeps_paragraphs() {
    let paragraph = |text: &str| RichParagraph { text: Arc::from(text), ..RichParagraph::default() };
    let rich = RichText { paragraphs: vec![paragraph("one two three four"), paragraph("five")] };
    let boxes =
        laid(vec![boxed(None, Content::View, |style| style.width = px(50.0)), node(Some(0), Content::RichText(rich), |_| {})]);
    assert_eq!(boxes[1].rich.len(), 2);
    assert_eq!(boxes[1].rich[0].layout.lines.len(), 3);
    assert_eq!(boxes[1].rich[1].top, boxes[1].rich[0].layout.height);
    assert_eq!(boxes[1].rect, rect(0.0, 0.0, 50.0, 4.0 * 14.5));
}

#[test]
fn pictures_keep_their_proportions() {
    let size = |src: &str, change: fn(&mut LayoutStyle)| {
        let boxes = laid(vec![boxed(None, Content::View, |_| {}), boxed(Some(0), image(src), change)]);
        (boxes[1].rect.width, boxes[1].rect.height)
    };
    assert_eq!(size("wide.png", |_| {}), (80.0, 40.0));
    assert_eq!(size("missing.png", |_| {}), (0.0, 0.0));
    assert_eq!(size("wide.png", |style| style.width = px(20.0)), (20.0, 10.0));
    assert_eq!(size("wide.png", |style| style.height = px(20.0)), (40.0, 20.0));
    assert_eq!(size("wide.png", |style| style.max_width = px(20.0)), (20.0, 10.0));
    assert_eq!(size("wide.png", |style| style.max_height = px(20.0)), (40.0, 20.0));
    assert_eq!(size("wide.png", |style| (style.width, style.height) = (px(20.0), px(30.0))), (20.0, 30.0));
    // A border is beside the picture, not a part of its proportions.
    let framed = |style: &mut LayoutStyle| (style.width, style.border) = (px(28.0), Edges::all(4.0));
    assert_eq!(size("wide.png", framed), (28.0, 18.0));
    let canvas =
        laid(vec![boxed(None, Content::View, |_| {}), boxed(Some(0), Content::Canvas { width: 30.0, height: 20.0 }, |_| {})]);
    assert_eq!(canvas[1].rect, rect(0.0, 0.0, 30.0, 20.0));
}

#[test]
fn a_picture_with_children_is_a_box_of_its_size() {
    let boxes = laid(vec![
        boxed(None, Content::View, |style| style.align_items = Align::FlexStart),
        boxed(Some(0), image("wide.png"), |style| style.align_items = Align::Center),
        node(Some(1), text("ab"), |_| {}),
    ]);
    assert_eq!(boxes[1].rect, rect(0.0, 0.0, 80.0, 40.0));
    assert_eq!(boxes[2].rect, rect(34.0, 0.0, 12.0, 14.5));
    // A text has none to lay out.
    let boxes = laid(vec![boxed(None, text("ab"), |_| {}), boxed(Some(0), Content::View, |_| {})]);
    assert!(!boxes[1].shown);
}

#[test]
fn baselines_of_texts_stand_on_one_line() {
    let boxes = laid(vec![
        boxed(None, Content::View, |style| {
            (style.flex_direction, style.align_items) = (FlexDirection::Row, Align::Baseline);
        }),
        node(Some(0), text("small"), |_| {}),
        node(Some(0), text("large"), |style| {
            style.text.inherited = crate::style::InheritedText { font_size: 24.0, ..Default::default() }
        }),
    ]);
    assert_eq!(boxes[1].rect.y + 0.75 * 14.5, boxes[2].rect.y + 0.75 * 28.75);
}

#[test]
fn a_scroll_view_scrolls_as_far_as_its_content_goes() {
    let rows = |change: fn(&mut LayoutStyle), content: Content| {
        let mut nodes = vec![
            boxed(None, Content::View, |_| {}),
            boxed(Some(0), content, |style| {
                (style.width, style.height) = (px(200.0), px(100.0));
                change(style);
            }),
        ];
        for _ in 0..20 {
            nodes.push(boxed(Some(1), Content::View, |style| (style.height, style.margin.bottom) = (px(30.0), px(2.0))));
        }
        laid(nodes)[1].scroll
    };
    let vertical = || Content::ScrollView { x: false, y: None, scrolling: crate::scene::Scrolling::default() };
    assert_eq!(rows(|_| {}, vertical()), Size::new(0.0, 540.0));
    assert_eq!(
        rows(|_| {}, Content::ScrollView { x: true, y: Some(false), scrolling: crate::scene::Scrolling::default() }),
        Size::default()
    );
    // Padding is reached at the end; a border is outside of what scrolls.
    let framed = |style: &mut LayoutStyle| (style.padding, style.border) = (Edges::all(px(10.0)), Edges::all(5.0));
    assert_eq!(rows(framed, vertical()), Size::new(0.0, 540.0 + 20.0 + 10.0));
    let sideways = |style: &mut LayoutStyle| (style.flex_direction, style.column_gap) = (FlexDirection::Row, px(20.0));
    assert_eq!(
        rows(sideways, Content::ScrollView { x: true, y: None, scrolling: crate::scene::Scrolling::default() }),
        Size::new(180.0, 0.0)
    );
    assert_eq!(rows(|style| style.height = px(1000.0), vertical()), Size::default());
}

#[test]
fn what_overflows_unseen_is_not_scrolled_to() {
    let reach = |overflow| {
        laid(vec![
            boxed(None, Content::ScrollView { x: true, y: None, scrolling: crate::scene::Scrolling::default() }, |_| {}),
            boxed(Some(0), Content::View, |style| (style.height, style.overflow) = (px(50.0), overflow)),
            boxed(Some(1), Content::View, |style| (style.width, style.height) = (px(500.0), px(350.0))),
        ])[0]
            .scroll
    };
    assert_eq!(reach(Overflow::Visible), Size::new(100.0, 50.0));
    assert_eq!(reach(Overflow::Hidden), Size::default());
}

#[test]
fn absolute_boxes_stand_in_their_parent() {
    let boxes = laid(vec![
        boxed(None, Content::View, |style| style.padding = Edges::all(px(20.0))),
        boxed(Some(0), Content::View, |style| (style.height, style.border) = (px(100.0), Edges::all(3.0))),
        boxed(Some(1), Content::View, |style| {
            (style.position, style.width, style.height) = (Position::Absolute, Length::Percent(50.0), px(10.0));
            (style.inset.right, style.inset.bottom) = (px(5.0), px(6.0));
        }),
    ]);
    assert_eq!(boxes[2].rect, rect(360.0 - 3.0 - 5.0 - 177.0, 100.0 - 3.0 - 6.0 - 10.0, 177.0, 10.0));
    assert_eq!(boxes[2].absolute, boxes[2].rect.translated(20.0, 20.0));
}

#[test]
fn in_a_column_from_right_to_left_the_start_is_at_the_right() {
    // As Chromium 156 has it.
    for (align, left) in [(Align::FlexStart, 350.0), (Align::FlexEnd, 0.0), (Align::Center, 175.0), (Align::Stretch, 350.0)] {
        let boxes = laid(vec![
            boxed(None, Content::View, |style| (style.right_to_left, style.align_items) = (true, align)),
            boxed(Some(0), Content::View, |style| (style.width, style.height) = (px(50.0), px(20.0))),
        ]);
        assert_eq!(boxes[1].rect, rect(left, 0.0, 50.0, 20.0), "{align:?}");
    }
}

#[test]
fn display_none_hides_what_is_in_it() {
    let boxes = laid(vec![
        boxed(None, Content::View, |_| {}),
        boxed(Some(0), Content::View, |style| (style.display, style.height) = (Display::None, px(50.0))),
        node(Some(1), text("unseen"), |_| {}),
        boxed(Some(0), Content::View, |style| style.height = px(50.0)),
    ]);
    assert_eq!(boxes.iter().map(|laid| laid.shown).collect::<Vec<_>>(), [true, false, false, true]);
    assert_eq!(boxes[3].rect, rect(0.0, 0.0, 400.0, 50.0));
    assert!(boxes[2].text.is_none());
}

#[test]
fn limits_hold() {
    let chain = |depth: usize| {
        let mut nodes = vec![boxed(None, Content::View, |_| {})];
        for parent in 0..depth {
            nodes.push(boxed(Some(parent), Content::View, |_| {}));
        }
        scene(nodes)
    };
    let try_it = |scene: &Scene, limits: &Limits| compute(scene, Size::new(10.0, 10.0), &mut HalfEm, &pictures(), limits);
    assert!(try_it(&chain(64), &Limits::default()).is_ok());
    let deep = try_it(&chain(65), &Limits::default()).unwrap_err();
    assert_eq!(deep.kind(), ErrorKind::Limit);
    assert!(deep.to_string().contains("template_depth"), "{deep}");
    let trusting = Limits { template_depth: usize::MAX, ..Limits::default() };
    assert!(try_it(&chain(256), &trusting).is_ok());
    assert!(try_it(&chain(257), &trusting).unwrap_err().to_string().contains("256"));
    let few = Limits { template_nodes: 3, ..Limits::default() };
    assert!(try_it(&chain(3), &few).unwrap_err().to_string().contains("template_nodes"));
    let mut loose = chain(2);
    loose.nodes[1].parent = Some(2);
    assert_eq!(try_it(&loose, &Limits::default()).unwrap_err().kind(), ErrorKind::Template);
}

#[test]
fn numbers_that_are_none_stay_finite() {
    for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX, f32::MIN, -0.0, 1e30] {
        for length in [Length::Points(bad), Length::Percent(bad)] {
            let mut nodes = vec![boxed(None, Content::View, |_| {})];
            for parent in 0..20 {
                nodes.push(boxed(Some(parent), if parent == 19 { text("a b c") } else { Content::View }, |style| {
                    (style.width, style.min_height, style.max_width) = (length, length, length);
                    (style.padding, style.margin, style.inset) = (Edges::all(length), Edges::all(length), Edges::all(length));
                    (style.border, style.aspect_ratio) = (Edges::all(bad), Some(bad));
                    (style.flex_grow, style.flex_shrink, style.flex_basis) = (bad, bad, length);
                    (style.row_gap, style.column_gap) = (length, length);
                }));
            }
            for laid in laid(nodes) {
                let Rect { x, y, width, height } = laid.absolute;
                assert!(
                    [x, y, width, height, laid.scroll.width, laid.text_offset].iter().all(|n| n.is_finite()),
                    "{bad}: {laid:?}"
                );
                assert!(width >= 0.0 && height >= 0.0);
            }
        }
    }
}

#[test]
fn styles_that_ask_twice_a_level_end() {
    // Each level measures its two baseline children, each of which measures its two: 2^60 without answers kept.
    let mut nodes = vec![boxed(None, Content::View, |_| {})];
    let mut parent = 0;
    for level in 0..60 {
        let id = nodes.len();
        let change = |style: &mut LayoutStyle| {
            style.flex_direction = if level % 2 == 0 { FlexDirection::Row } else { FlexDirection::Column };
            style.flex_wrap = crate::style::FlexWrap::Wrap;
            (style.align_items, style.flex_shrink, style.flex_grow) = (Align::Baseline, 1.0, 0.5);
            style.padding = Edges::all(Length::Percent(1.0));
        };
        nodes.push(boxed(Some(parent), Content::View, change));
        nodes.push(boxed(Some(parent), text("word word"), change));
        parent = id;
    }
    let scene = scene(nodes);
    let limits = Limits { work: 30_000_000, ..Limits::default() };
    let budget = Budget::new(&limits);
    let outcome = compute_within(&scene, Size::new(400.0, 300.0), &mut HalfEm, &pictures(), &limits, &budget);
    assert!(budget.work() < limits.work + 1_000, "{budget:?}");
    if let Err(error) = outcome {
        assert!(error.to_string().contains("while laying out boxes (raise it with --limit work="), "{error}");
    }
}

#[test]
fn the_dump_is_as_the_dialect_says() {
    let mut nodes = vec![
        boxed(None, Content::View, |style| style.padding = Edges::all(px(0.1))),
        node(Some(0), text("one  two\nthree"), |style| {
            style.layout.width = px(50.0);
            style.text.inherited.line_height = crate::style::LineHeight::Percent(150.0);
        }),
    ];
    nodes[1].id = Arc::from("name");
    nodes[1].class = Arc::from("a b");
    let scene = scene(nodes);
    let layout = compute(&scene, Size::new(400.0, 300.0), &mut HalfEm, &pictures(), &Limits::default()).unwrap();
    let json = json::write(&dump(&scene, &layout));
    assert_eq!(
        json,
        concat!(
            r#"[{"tag":"view","id":"","class":"","depth":0,"left":0,"top":0,"width":400,"height":300,"absX":0,"absY":0},"#,
            r#"{"tag":"text","id":"name","class":"a b","depth":1,"left":0.1,"top":0.1,"width":50,"height":36,"#,
            r#""absX":0.1,"absY":0.1,"value":"one  two\nthree","lines":["one","two three"],"lineHeight":18,"fontSize":12}]"#
        )
    );
    let left = json::to_value(&dump(&scene, &layout)[1]).get("left").map(ToString::to_string);
    assert_eq!(left.as_deref(), Some("0.1"));
}

#[test]
fn bitmap_texts_are_measured_by_their_font() {
    let digits = |font: &str| Content::BitmapText { font: Arc::from(font), value: Arc::from("777") };
    let scene = scene(vec![
        boxed(None, Content::View, |_| {}),
        node(Some(0), digits("digits.fnt"), |_| {}),
        node(Some(0), digits("digits.fnt"), |style| {
            style.text.inherited.line_height = crate::style::LineHeight::Points(20.0);
            style.text.inherited.text_align = crate::style::TextAlign::Right;
            style.text.vertical_align = VerticalAlign::Bottom;
            (style.layout.width, style.layout.height) = (px(100.0), px(50.0));
        }),
        node(Some(0), digits("missing.fnt"), |_| {}),
    ]);
    let boxes = compute(&scene, Size::new(400.0, 300.0), &mut HalfEm, &pictures(), &Limits::default()).unwrap().boxes;
    assert_eq!(boxes[1].rect, rect(0.0, 0.0, 66.0, 40.0));
    let letters = &boxes[2].bitmap.as_ref().unwrap().letters;
    assert_eq!(letters[0].target, rect(67.0 + 0.5, 1.0, 10.0, 15.0));
    assert_eq!(boxes[2].text_offset, 30.0);
    assert_eq!((boxes[3].rect.width, boxes[3].rect.height), (0.0, 0.0));
    assert!(boxes[3].bitmap.is_none());
    assert_eq!(boxes[2].content().center(), Point::new(50.0, 65.0));
}

/// A generator of numbers that look random (`SplitMix64`).
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((value ^ (value >> 31)) >> 33) as usize % below.max(1)
    }

    fn length(&mut self) -> Length {
        match self.below(8) {
            0..=3 => Length::Auto,
            4 => Length::Percent([10.0, 33.3, 50.0, 100.0, 250.0][self.below(5)]),
            5 => Length::Percent(-5.0),
            _ => px([0.0, 1.0, 7.5, 40.0, 333.0, 5e5, -3.0, f32::NAN][self.below(8)]),
        }
    }

    pub(super) fn style(&mut self, style: &mut LayoutStyle) {
        use crate::style::{AlignContent, BoxSizing, FlexWrap, Justify};
        let keyword = |words: &'static [&'static str], random: &mut Self| words[random.below(words.len())];
        style.flex_direction = FlexDirection::from_keyword(keyword(FlexDirection::KEYWORDS, self)).unwrap();
        style.flex_wrap = FlexWrap::from_keyword(keyword(FlexWrap::KEYWORDS, self)).unwrap();
        style.justify_content = Justify::from_keyword(keyword(Justify::KEYWORDS, self)).unwrap();
        style.align_items = Align::from_keyword(keyword(Align::KEYWORDS, self)).unwrap();
        style.align_content = AlignContent::from_keyword(keyword(AlignContent::KEYWORDS, self)).unwrap();
        style.box_sizing = BoxSizing::from_keyword(keyword(BoxSizing::KEYWORDS, self)).unwrap();
        (style.width, style.height, style.flex_basis) = (self.length(), self.length(), self.length());
        (style.flex_grow, style.flex_shrink) = (self.below(3) as f32 * 0.5, self.below(3) as f32 * 0.5);
        style.padding = Edges::all(self.length());
        if self.below(3) == 0 {
            (style.min_width, style.max_height, style.margin.left) = (self.length(), self.length(), self.length());
            style.aspect_ratio = Some([0.5, 3.0, 0.0, f32::INFINITY][self.below(4)]);
        }
        if self.below(8) == 0 {
            style.position = Position::Absolute;
            (style.inset.left, style.inset.right, style.inset.top) = (self.length(), self.length(), self.length());
        }
    }
}

#[test]
fn any_style_ends_soon_with_finite_boxes() {
    let (mut random, pictures) = (Random(1), pictures());
    for round in 0..400 {
        let mut nodes = vec![boxed(None, Content::View, |_| {})];
        let deep = round % 2 == 0;
        for id in 1..140_usize {
            // Chains of boxes with a neighbour each, or bushes.
            let parent = if deep { (id - 1) / 2 * 2 } else { random.below(id) };
            let content = match random.below(6) {
                0 => text("one two three"),
                1 => image("wide.png"),
                2 => Content::ScrollView { x: true, y: None, scrolling: crate::scene::Scrolling::default() },
                _ => Content::View,
            };
            nodes.push(boxed(Some(parent.min(id - 1)), content, |style| random.style(style)));
        }
        let scene = scene(nodes);
        let limits = Limits { template_depth: 256, ..Limits::default() };
        let start = std::time::Instant::now();
        let outcome = compute(&scene, Size::new(400.0, 300.0), &mut HalfEm, &pictures, &limits);
        assert!(start.elapsed().as_secs() < 5, "round {round}: {:?}", start.elapsed());
        let Ok(layout) = outcome else { continue };
        for laid in layout.boxes {
            let Rect { x, y, width, height } = laid.absolute;
            assert!([x, y, width, height].iter().all(|side| side.is_finite()), "round {round}: {laid:?}");
        }
    }
}
