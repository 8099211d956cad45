//! Every word of the dialect does something: for each property there is a golden case that looks different without it,
//! and each tag is in one.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use friendboard::golden::Spec;
use friendboard::host::headless::Assets;
use friendboard::template::style_schema;
use friendboard::text::Fonts;
use friendboard::{Board, Limits, Renderer, Request};
use serde_json::Value as Json;

struct Case {
    name: String,
    template: String,
    style: Json,
    spec: Spec,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/dialect")
}

fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = std::fs::read_dir(folder())
        .unwrap()
        .filter_map(|entry| {
            let path = entry.unwrap().path();
            // All of them on one page.
            if path.ends_with("gallery") {
                return None;
            }
            let read = |name: &str| std::fs::read_to_string(path.join(name)).ok();
            let spec = Spec::from_toml(&read("case.toml")?, "case.toml").unwrap();
            Some(Case {
                name: path.file_name()?.to_string_lossy().into_owned(),
                template: read("template.xml")?,
                style: serde_json::from_str(&read("style.json")?).unwrap(),
                spec,
            })
        })
        .collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

/// Draws a case with another style sheet, at dpr 1.
fn draw(renderer: &mut Renderer, assets: &mut Assets, case: &Case, style: &Json) -> Vec<u8> {
    let style = style.to_string();
    let board = Board::compile((&case.name, &case.template), &[("style", &style)], renderer.limits()).unwrap();
    let size = case.spec.sizes[0].0;
    let request = Request { pressed: case.spec.pressed.clone(), ..Request::default().size(size.width, size.height) };
    let mut job = renderer.begin(&board, &request).unwrap();
    assets.supply(&mut job);
    job.finish().unwrap().canvas.pixels().to_vec()
}

/// A style sheet without a property.
fn without(style: &Json, property: &str) -> Json {
    let mut style = style.clone();
    for rule in style.as_object_mut().unwrap().values_mut() {
        let rule = rule.as_object_mut().unwrap();
        rule.remove(property);
        if let Some(Json::Object(active)) = rule.get_mut(":active") {
            active.remove(property);
        }
    }
    style
}

/// The properties that a style sheet uses.
fn used(style: &Json) -> BTreeSet<String> {
    let rules = style.as_object().unwrap().values().filter_map(Json::as_object);
    let active = rules.clone().filter_map(|rule| rule.get(":active")?.as_object());
    rules.chain(active).flat_map(|rule| rule.keys().cloned()).collect()
}

#[test]
fn each_property_can_be_seen() {
    let schema: Json = serde_json::from_str(&style_schema()).unwrap();
    // The second spelling of a name, as CSS has it, is read as the first is.
    let properties = schema["$defs"]["style"]["properties"].as_object().unwrap().keys().filter(|name| !name.contains('-'));
    let mut fonts = Fonts::bundled();
    fonts.add_file(&folder().join("assets/figures.ttf"), &Limits::default()).unwrap();
    let mut renderer = Renderer::new(fonts, Limits::default());
    let mut assets = Assets::new(Some(folder().join("assets")), Limits::default());
    let cases = cases();
    let whole: BTreeMap<&str, Vec<u8>> =
        cases.iter().map(|case| (case.name.as_str(), draw(&mut renderer, &mut assets, case, &case.style))).collect();
    let mut unseen = Vec::new();
    for property in properties {
        let seen = cases
            .iter()
            .filter(|case| used(&case.style).contains(property))
            .any(|case| draw(&mut renderer, &mut assets, case, &without(&case.style, property)) != whole[case.name.as_str()]);
        if !seen {
            unseen.push(property);
        }
    }
    assert!(unseen.is_empty(), "no case of golden/dialect looks different without {unseen:?}");
}

#[test]
fn each_tag_has_a_case() {
    let templates: String = cases().into_iter().map(|case| case.template).collect();
    for tag in ["view", "text", "image", "scrollview", "bitmaptext", "button", "richtext", "canvas"] {
        assert!(templates.contains(&format!("<{tag} ")), "no case has a {tag}");
    }
}
