//! A canvas of no size, beyond the screen, or of another shape than its place.

use std::collections::BTreeMap;

use super::project::Project;
use super::script::Entry;
use crate::context::{CanvasStyle, Placement};
use crate::error::{Diagnostic, Diagnostics, Place};
use crate::geometry::{Rect, Size};
use crate::json::Value;

/// Screens that are looked at: a small phone, a common one, a large one, and a tablet. Logical px.
const SCREENS: [(f32, f32); 4] = [(360.0, 640.0), (390.0, 844.0), (430.0, 932.0), (768.0, 1_024.0)];

/// More of a difference between the two directions is seen.
const DISTORTION_MOST: f32 = 0.05;

/// What is said of one canvas: the values of each side, in order, and where the first of them is.
#[derive(Default)]
struct Said {
    own: BTreeMap<String, Vec<f64>>,
    style: BTreeMap<String, Vec<Value>>,
    place: Option<Place>,
}

/// Looks at what options and scripts say of the canvas.
pub(super) fn examine(project: &Project, entry: Option<&Entry>, found: &mut Diagnostics) {
    if let Some(entry) = entry
        && let Some(canvas) = entry.options.get("canvas")
    {
        let mut said = Said { place: Some(entry.place.clone()), ..Said::default() };
        for side in ["width", "height"] {
            said.own.extend(canvas.get(side).and_then(Value::as_number).map(|size| (side.to_owned(), vec![size.to_f64()])));
        }
        for side in ["left", "top", "width", "height"] {
            let length = canvas.get("style").and_then(|style| style.get(side)).filter(|length| !length.is_null());
            said.style.extend(length.map(|length| (side.to_owned(), vec![length.clone()])));
        }
        judge(&said, found);
    }
    let inner = project.context.iter().flat_map(|context| &context.scripts);
    // A game moves its canvas in one script and sizes it in another: they are looked at together.
    let mut by_name: BTreeMap<String, Said> = BTreeMap::new();
    for script in inner.chain(&project.scripts) {
        for (path, value, place) in script.assignments() {
            let Some(at) = path.iter().position(|name| name.to_lowercase().contains("sharedcanvas")) else { continue };
            let said = by_name.entry("sharedCanvas".to_owned()).or_default();
            match path.get(at + 1..) {
                Some([side @ ("width" | "height")]) => {
                    let Value::Number(size) = &value else { continue };
                    said.own.entry((*side).to_owned()).or_default().push(size.to_f64());
                }
                Some(["style", side @ ("left" | "top" | "width" | "height")]) => {
                    said.style.entry((*side).to_owned()).or_default().push(value);
                }
                _ => continue,
            }
            said.place.get_or_insert(place);
        }
    }
    for said in by_name.values() {
        judge(said, found);
    }
}

fn judge(said: &Said, found: &mut Diagnostics) {
    let place = said.place.clone().unwrap_or_default();
    // Of several values one is enough that shows it: others may hide it.
    for (side, sizes) in &said.own {
        if sizes.iter().all(|size| *size < 1.0) {
            let message = format!("the canvas has no {side}: nothing can be seen on it");
            found.push(
                Diagnostic::error("no-size", message, place.clone())
                    .hint("give it as many px as it has on the screen, times the device's pixel ratio"),
            );
        }
    }
    let mut unread = Vec::new();
    let style = |pick: &dyn Fn(&[Value]) -> Option<Value>, unread: &mut Vec<Diagnostic>| {
        let sides = said.style.iter().filter_map(|(side, values)| Some((side.as_str(), pick(values)?)));
        CanvasStyle::read(&Value::map(sides), &mut |diagnostic| unread.push(diagnostic))
    };
    let last = style(&|values| values.last().cloned(), &mut unread);
    for diagnostic in unread {
        found.push(Diagnostic { place: place.clone(), ..diagnostic }.hint("such as \"90vw\", \"70vh\", \"12px\" or \"50%\""));
    }
    for (side, values) in said.style.iter().filter(|(side, _)| matches!(side.as_str(), "width" | "height")) {
        let is_none = |value: &Value| {
            let text = value.to_text();
            text.trim_end_matches(|c: char| !c.is_ascii_digit()).parse::<f32>().is_ok_and(|length| length <= 0.0)
        };
        if values.iter().all(is_none) {
            let message = format!(
                "the canvas has no {side} on the screen: its style says {}",
                values.first().map(Value::to_text).unwrap_or_default()
            );
            found.push(
                Diagnostic::error("no-size", message, place.clone())
                    .hint("give it a width and a height, such as 90vw and 70vh"),
            );
            return;
        }
    }
    if said.style.is_empty() {
        return;
    }
    let own = |side: &str| said.own.get(side).filter(|sizes| sizes.len() == 1).and_then(|sizes| sizes.first()).copied();
    let sizes = own("width").zip(own("height")).filter(|(width, height)| *width >= 1.0 && *height >= 1.0);
    let combinations = [style(&|values| values.first().cloned(), &mut Vec::new()), last];
    let on = |style: CanvasStyle, (width, height): (f32, f32)| {
        let own = sizes.map_or((300, 150), |(width, height)| (width as u32, height as u32));
        Placement { own, style, window: Size::new(width, height), ..Placement::default() }.on_screen()
    };
    let is_beyond = |area: Rect, (width, height): (f32, f32)| {
        area.x >= width || area.y >= height || area.x + area.width <= 0.0 || area.y + area.height <= 0.0
    };
    if combinations.iter().all(|style| SCREENS.iter().all(|&screen| is_beyond(on(*style, screen), screen))) {
        let shown: Vec<String> =
            said.style.iter().filter_map(|(side, values)| Some(format!("{side}: {}", values.last()?.to_text()))).collect();
        let message = format!("the canvas is beyond the screen: {}", shown.join(", "));
        found.push(
            Diagnostic::error("off-screen", message, place.clone())
                .hint("put it where it is to be seen, such as left: 5vw, top: 15vh"),
        );
        return;
    }
    let has_both = said.style.contains_key("width") && said.style.contains_key("height");
    let Some((width, height)) = sizes.filter(|_| has_both) else { return };
    let worst = SCREENS
        .iter()
        .map(|&screen| {
            let area = on(last, screen);
            ((area.width / width as f32) / (area.height / height as f32), screen)
        })
        .max_by(|(a, _), (b, _)| distortion(*a).total_cmp(&distortion(*b)));
    if let Some((ratio, (across, down))) = worst
        && distortion(ratio) > DISTORTION_MOST
    {
        let (by, how) = (distortion(ratio), if ratio > 1.0 { "wider" } else { "taller" });
        let message =
            format!("the canvas of {width}×{height} px is drawn {:.0}% {how} on a screen of {across}×{down} px", by * 100.0);
        let hint = "leave `width` and `height` to `canvas: { style }` of the options, or give both in the same unit and ratio";
        found.push(Diagnostic::warning("distorted", message, place).hint(hint));
    }
}

/// How much longer one direction is drawn than the other: 0 where they are alike.
fn distortion(ratio: f32) -> f32 {
    ratio.max(1.0 / ratio) - 1.0
}
