//! Flexbox against a browser: 600 random trees of the dialect's layout properties, laid out by Chromium
//! (`tests/browser/layout.mjs` records them), and here. Every box agrees within 0.05 px.

#![allow(clippy::unwrap_used, reason = "a fixture that can't be read fails the test")]

use std::sync::Arc;

use friendboard::geometry::{Edges, Size};
use friendboard::layout::{self, LayoutBox};
use friendboard::picture::Pictures;
use friendboard::scene::{Content, Node, Scene, Scrolling};
use friendboard::style::{
    Align, AlignContent, BoxSizing, Display, FlexDirection, FlexWrap, Justify, LayoutStyle, Length, Overflow, Position,
};
use friendboard::template::Style;
use friendboard::text::{Paragraph, TextLayout, TextSystem};
use friendboard::{Limits, Place};
use serde_json::Value;

/// How far a box may be from the browser's, px.
const TOLERANCE: f32 = 0.05;

/// The trees have no text.
struct NoText;

impl TextSystem for NoText {
    fn layout(&mut self, _: &Paragraph, _: Option<f32>) -> Arc<TextLayout> {
        Arc::default()
    }
}

fn length(value: &Value) -> Length {
    match value.as_str() {
        None => Length::Points(value.as_f64().unwrap() as f32),
        Some("auto") => Length::Auto,
        Some(percent) => Length::Percent(percent.strip_suffix('%').unwrap().parse().unwrap()),
    }
}

fn px(value: &Value) -> f32 {
    value.as_f64().unwrap() as f32
}

/// Sets one property. The shorthands stand before their longhands (see `layout_style`).
fn set(style: &mut LayoutStyle, name: &str, value: &Value) {
    let word = value.as_str().unwrap_or_default();
    match name {
        "width" => style.width = length(value),
        "height" => style.height = length(value),
        "minWidth" => style.min_width = length(value),
        "minHeight" => style.min_height = length(value),
        "maxWidth" => style.max_width = length(value),
        "maxHeight" => style.max_height = length(value),
        "aspectRatio" => style.aspect_ratio = Some(px(value)),
        "left" => style.inset.left = length(value),
        "top" => style.inset.top = length(value),
        "right" => style.inset.right = length(value),
        "bottom" => style.inset.bottom = length(value),
        "margin" => style.margin = Edges::all(length(value)),
        "marginLeft" => style.margin.left = length(value),
        "marginTop" => style.margin.top = length(value),
        "marginRight" => style.margin.right = length(value),
        "marginBottom" => style.margin.bottom = length(value),
        "padding" => style.padding = Edges::all(length(value)),
        "paddingLeft" => style.padding.left = length(value),
        "paddingTop" => style.padding.top = length(value),
        "paddingRight" => style.padding.right = length(value),
        "paddingBottom" => style.padding.bottom = length(value),
        "borderWidth" => style.border = Edges::all(px(value)),
        "borderLeftWidth" => style.border.left = px(value),
        "borderTopWidth" => style.border.top = px(value),
        "borderRightWidth" => style.border.right = px(value),
        "borderBottomWidth" => style.border.bottom = px(value),
        "gap" => (style.row_gap, style.column_gap) = (length(value), length(value)),
        "rowGap" => style.row_gap = length(value),
        "columnGap" => style.column_gap = length(value),
        "flex" => (style.flex_grow, style.flex_shrink, style.flex_basis) = (px(value), 1.0, Length::ZERO),
        "flexGrow" => style.flex_grow = px(value),
        "flexShrink" => style.flex_shrink = px(value),
        "flexBasis" => style.flex_basis = length(value),
        "flexDirection" => style.flex_direction = FlexDirection::from_keyword(word).unwrap(),
        "flexWrap" => style.flex_wrap = FlexWrap::from_keyword(word).unwrap(),
        "justifyContent" => style.justify_content = Justify::from_keyword(word).unwrap(),
        "alignItems" => style.align_items = Align::from_keyword(word).unwrap(),
        "alignSelf" => style.align_self = Some(Align::from_keyword(word).unwrap()),
        "alignContent" => style.align_content = AlignContent::from_keyword(word).unwrap(),
        "position" => style.position = Position::from_keyword(word).unwrap(),
        "display" => style.display = Display::from_keyword(word).unwrap(),
        "overflow" => style.overflow = Overflow::from_keyword(word).unwrap(),
        "boxSizing" => style.box_sizing = BoxSizing::from_keyword(word).unwrap(),
        other => panic!("the fixture has a property that this test does not read: {other}"),
    }
}

fn layout_style(object: &Value) -> LayoutStyle {
    let mut style = LayoutStyle::default();
    let shorthand = |name: &str| ["padding", "margin", "borderWidth", "gap", "flex"].contains(&name);
    let properties = object.as_object().unwrap();
    for (name, value) in properties.iter().filter(|(name, _)| shorthand(name)) {
        set(&mut style, name, value);
    }
    for (name, value) in properties.iter().filter(|(name, _)| !shorthand(name)) {
        set(&mut style, name, value);
    }
    style
}

/// Adds a recorded node and what is in it; `recorded` gets each node's record by its number.
fn add<'a>(scene: &mut Scene, recorded: &mut Vec<&'a Value>, value: &'a Value, parent: Option<usize>) {
    let id = scene.nodes.len();
    let content = match value["tag"].as_str() {
        Some("canvas") => Content::Canvas { width: px(&value["natural"][0]), height: px(&value["natural"][1]) },
        Some("scrollview") => Content::ScrollView { x: true, y: None, scrolling: Scrolling::default() },
        _ => Content::View,
    };
    let style = Style { layout: layout_style(&value["style"]), ..Style::default() };
    scene.nodes.push(Node {
        parent,
        children: Vec::new(),
        depth: parent.map_or(0, |parent| scene.nodes[parent].depth + 1),
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
    });
    recorded.push(value);
    if let Some(parent) = parent {
        scene.nodes[parent].children.push(id);
    }
    for child in value["children"].as_array().into_iter().flatten() {
        add(scene, recorded, child, Some(id));
    }
}

fn difference(laid: &LayoutBox, recorded: &Value) -> Option<String> {
    let Some(expected) = recorded["box"].as_array().filter(|_| laid.shown) else {
        let agree = laid.shown == recorded["box"].is_array();
        return (!agree).then(|| format!("expected it to be shown as in the browser, found {}", laid.shown));
    };
    let expected: Vec<f32> = expected.iter().map(px).collect();
    let mut found = vec![laid.rect.x, laid.rect.y, laid.rect.width, laid.rect.height];
    if expected.len() == 6 {
        found.extend([laid.scroll.width, laid.scroll.height]);
    }
    let close = found.iter().zip(&expected).all(|(found, expected)| (found - expected).abs() <= TOLERANCE);
    (!close).then(|| format!("browser {expected:?}, here {found:?}"))
}

#[test]
fn every_box_is_where_chromium_puts_it() {
    let document: Value = serde_json::from_str(include_str!("layout_browser.json")).unwrap();
    let canvas = Size::new(px(&document["canvas"][0]), px(&document["canvas"][1]));
    let trees = document["trees"].as_array().unwrap();
    assert!(trees.len() >= 300, "the fixture is cut short: {} trees", trees.len());
    let (mut boxes, mut scrolls, mut failures) = (0, 0, Vec::new());
    for tree in trees {
        let (mut scene, mut recorded) = (Scene::default(), Vec::new());
        add(&mut scene, &mut recorded, tree, None);
        let layout = layout::compute(&scene, canvas, &mut NoText, &Pictures::default(), &Limits::default()).unwrap();
        boxes += layout.boxes.len();
        scrolls += recorded.iter().filter(|recorded| recorded["box"].as_array().is_some_and(|found| found.len() == 6)).count();
        let wrong = layout.boxes.iter().zip(&recorded).enumerate().filter_map(|(id, (laid, recorded))| {
            Some(format!("  node {id} {}: {}", recorded["style"], difference(laid, recorded)?))
        });
        let wrong: Vec<String> = wrong.collect();
        if !wrong.is_empty() {
            failures.push(format!("seed {}:\n{}", tree["seed"], wrong.join("\n")));
        }
    }
    assert!(boxes > 3_000 && scrolls > 30, "the fixture is thin: {boxes} boxes, {scrolls} scroll views");
    assert!(
        failures.is_empty(),
        "{} of {} trees ({boxes} boxes) differ:\n{}",
        failures.len(),
        trees.len(),
        failures.iter().take(20).cloned().collect::<Vec<_>>().join("\n")
    );
}
