//! `backgroundImage`: `url(…)` and gradients (CSS Images 3, §3).

use std::sync::Arc;

use super::value_reader::ValueReader;
use super::{transform, words};
use crate::color::Color;
use crate::style::{Background, GradientLine, GradientStop, Length, RadialExtent};

/// `url(…)`, a gradient, or `none`.
#[allow(clippy::option_option, reason = "no value, or the value that there is none")]
pub(super) fn image(text: &str, reader: &mut ValueReader<'_>) -> Option<Option<Background>> {
    if text == "none" {
        return Some(None);
    }
    let (name, arguments) = words::function(text)?;
    match name.as_str() {
        "url" => Some(Some(Background::Url(Arc::from(words::unquoted(arguments))))),
        "linear-gradient" => linear(arguments, false, reader).map(Some),
        "repeating-linear-gradient" => linear(arguments, true, reader).map(Some),
        "radial-gradient" => radial(arguments, false, reader).map(Some),
        "repeating-radial-gradient" => radial(arguments, true, reader).map(Some),
        _ => None,
    }
}

fn linear(arguments: &str, repeating: bool, reader: &mut ValueReader<'_>) -> Option<Background> {
    let parts = words::split(arguments, b',');
    let (line, colors) = match parts.first().and_then(|first| direction(first)) {
        Some(line) => (line, parts.get(1..)?),
        None => (GradientLine::Angle(180.0), parts.as_slice()),
    };
    Some(Background::Linear { line, stops: stops(colors, reader)?, repeating })
}

/// `45deg` or `to right` or `to bottom right`; `None` where it is no direction.
fn direction(text: &str) -> Option<GradientLine> {
    let Some(sides) = text.strip_prefix("to ") else {
        return words::angle(text).map(GradientLine::Angle);
    };
    let (mut x, mut y) = (None, None);
    for side in sides.split_ascii_whitespace() {
        match side {
            "left" | "right" if x.is_none() => x = Some(side == "right"),
            "top" | "bottom" if y.is_none() => y = Some(side == "bottom"),
            _ => return None,
        }
    }
    match (x, y) {
        (Some(right), Some(bottom)) => Some(GradientLine::Corner { right, bottom }),
        (Some(right), None) => Some(GradientLine::Angle(if right { 90.0 } else { 270.0 })),
        (None, Some(bottom)) => Some(GradientLine::Angle(if bottom { 180.0 } else { 0.0 })),
        (None, None) => None,
    }
}

/// `red`, `red 20%`, or `red 20% 40%` (which is two stops); two at least.
fn stops(parts: &[&str], reader: &mut ValueReader<'_>) -> Option<Arc<[GradientStop]>> {
    let mut stops = Vec::new();
    for part in parts {
        let words = words::split_space(part);
        let (color, positions) = words.split_first()?;
        let color = Color::parse(color)?;
        match *positions {
            [] => stops.push(GradientStop { color, position: Length::Auto }),
            [one] => stops.push(GradientStop { color, position: words::length(one, reader)? }),
            [one, two] => {
                stops.push(GradientStop { color, position: words::length(one, reader)? });
                stops.push(GradientStop { color, position: words::length(two, reader)? });
            }
            _ => return None,
        }
    }
    let count = reader.count(stops.len(), "gradient_stops", reader.limits.gradient_stops)?;
    (count >= 2).then(|| Arc::from(stops))
}

fn radial(arguments: &str, repeating: bool, reader: &mut ValueReader<'_>) -> Option<Background> {
    let parts = words::split(arguments, b',');
    let first = parts.first().copied()?;
    let begins_with_color = words::split_space(first).first().is_some_and(|word| Color::parse(word).is_some());
    let (shape, colors) = if begins_with_color { ("", parts.as_slice()) } else { (first, parts.get(1..)?) };
    let (shape, at) = match shape.split_once("at ") {
        Some((shape, at)) => (shape, transform::origin(at.trim(), reader)?),
        None => (shape, (Length::Percent(50.0), Length::Percent(50.0))),
    };
    let (circle, extent) = ending_shape(shape, reader)?;
    Some(Background::Radial { circle, extent, center: at, stops: stops(colors, reader)?, repeating })
}

/// `circle closest-side`, `ellipse 20px 30%`, `40px`; in any order.
fn ending_shape(text: &str, reader: &mut ValueReader<'_>) -> Option<(bool, RadialExtent)> {
    let (mut circle, mut extent, mut radii) = (None, None, Vec::new());
    for word in words::split_space(text) {
        match word {
            "circle" | "ellipse" if circle.is_none() => circle = Some(word == "circle"),
            "farthest-corner" if extent.is_none() => extent = Some(RadialExtent::FarthestCorner),
            "closest-corner" if extent.is_none() => extent = Some(RadialExtent::ClosestCorner),
            "farthest-side" if extent.is_none() => extent = Some(RadialExtent::FarthestSide),
            "closest-side" if extent.is_none() => extent = Some(RadialExtent::ClosestSide),
            radius => match words::length(radius, reader)? {
                Length::Points(value) | Length::Percent(value) if value < 0.0 => return None,
                length => radii.push(length),
            },
        }
    }
    match (radii.as_slice(), extent, circle) {
        ([], extent, circle) => Some((circle.unwrap_or(false), extent.unwrap_or(RadialExtent::FarthestCorner))),
        // A circle's radius is a length: of which side would it be a percentage?
        ([Length::Points(radius)], None, None | Some(true)) => {
            Some((true, RadialExtent::Explicit(Length::Points(*radius), Length::Points(*radius))))
        }
        ([x, y], None, None | Some(false)) => Some((false, RadialExtent::Explicit(*x, *y))),
        _ => None,
    }
}
