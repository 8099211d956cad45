//! CSS gradients on a box (CSS Images 3, §3).

use super::list::{Gradient, GradientKind};
use crate::color::Color;
use crate::geometry::{Point, Rect};
use crate::style::{Background, GradientLine, GradientStop, Length, RadialExtent};

/// A gradient on a box in device px; `None` for what is no gradient.
pub fn on_box(background: &Background, rect: &Rect, dpr: f32) -> Option<Gradient> {
    match background {
        Background::Url(_) => None,
        Background::Linear { line, stops, repeating } => {
            let (dx, dy) = direction(*line, rect);
            // Half of the gradient line (§3.1.1): the corners get the ends' colours.
            let half = f32::midpoint((rect.width * dx).abs(), (rect.height * dy).abs());
            let center = rect.center();
            let (stops, first, last) = offsets(stops, half * 2.0, dpr, *repeating);
            let at = |offset: f32| {
                let along = (offset * 2.0 - 1.0) * half;
                Point::new(center.x + dx * along, center.y + dy * along)
            };
            let kind = GradientKind::Linear { start: at(first), end: at(last) };
            Some(Gradient { kind, stops: stops.into(), repeating: *repeating })
        }
        Background::Radial { circle, extent, center, stops, repeating } => {
            let length = |length: Length, extent: f32| match length {
                Length::Auto => extent / 2.0,
                Length::Points(points) => points * dpr,
                Length::Percent(percent) => extent * percent / 100.0,
            };
            let at = Point::new(rect.x + length(center.0, rect.width), rect.y + length(center.1, rect.height));
            let (radius_x, radius_y) = radii(*circle, *extent, at, rect, dpr);
            let (stops, _, last) = offsets(stops, radius_x, dpr, *repeating);
            let kind = GradientKind::Radial { center: at, radius_x: radius_x * last, radius_y: radius_y * last };
            Some(Gradient { kind, stops: stops.into(), repeating: *repeating })
        }
    }
}

/// The gradient line's direction, as a unit vector.
fn direction(line: GradientLine, rect: &Rect) -> (f32, f32) {
    match line {
        GradientLine::Angle(degrees) => {
            let turned = crate::geometry::Transform::rotate(degrees);
            (turned.b, -turned.a)
        }
        GradientLine::Corner { right, bottom } => {
            // At right angles to the other diagonal, so that the two other corners get the middle's colour.
            let (x, y) = (if right { rect.height } else { -rect.height }, if bottom { rect.width } else { -rect.width });
            let length = (x * x + y * y).sqrt();
            if length > 0.0 { (x / length, y / length) } else { (0.0, 1.0) }
        }
    }
}

fn radii(circle: bool, extent: RadialExtent, at: Point, rect: &Rect, dpr: f32) -> (f32, f32) {
    let (left, right) = ((at.x - rect.x).abs(), (rect.right() - at.x).abs());
    let (top, bottom) = ((at.y - rect.y).abs(), (rect.bottom() - at.y).abs());
    let corner = |x: f32, y: f32, side_x: f32, side_y: f32| {
        if circle {
            let radius = (x * x + y * y).sqrt();
            return (radius, radius);
        }
        // An ellipse through the corner, of the same ratio as the one to the sides.
        let ratio = if side_y > 0.0 { side_x / side_y } else { 1.0 };
        let radius_y = if ratio > 0.0 { ((x / ratio) * (x / ratio) + y * y).sqrt() } else { y };
        (radius_y * ratio, radius_y)
    };
    let sides = |x: f32, y: f32, pick: fn(f32, f32) -> f32| {
        if circle { (pick(x, y), pick(x, y)) } else { (x, y) }
    };
    match extent {
        RadialExtent::ClosestSide => sides(left.min(right), top.min(bottom), f32::min),
        RadialExtent::FarthestSide => sides(left.max(right), top.max(bottom), f32::max),
        RadialExtent::ClosestCorner => corner(left.min(right), top.min(bottom), left.min(right), top.min(bottom)),
        RadialExtent::FarthestCorner => corner(left.max(right), top.max(bottom), left.max(right), top.max(bottom)),
        RadialExtent::Explicit(x, y) => {
            let resolve = |length: Length, extent: f32| match length {
                Length::Auto => extent / 2.0,
                Length::Points(points) => points * dpr,
                Length::Percent(percent) => extent * percent / 100.0,
            };
            (resolve(x, rect.width), resolve(y, if circle { rect.width } else { rect.height }))
        }
    }
}

/// Stops at offsets that ascend (§3.4.3), and the part of the line from which to which they go: a gradient that repeats
/// does so from its first stop to its last.
fn offsets(stops: &[GradientStop], line: f32, dpr: f32, repeating: bool) -> (Vec<(f32, Color)>, f32, f32) {
    let mut places: Vec<Option<f32>> = stops
        .iter()
        .map(|stop| match stop.position {
            Length::Auto => None,
            Length::Points(points) => Some(if line > 0.0 { points * dpr / line } else { 0.0 }),
            Length::Percent(percent) => Some(percent / 100.0),
        })
        .collect();
    if let Some(first) = places.first_mut() {
        first.get_or_insert(0.0);
    }
    if let Some(last) = places.last_mut() {
        last.get_or_insert(1.0);
    }
    let mut highest = f32::MIN;
    for place in places.iter_mut().flatten() {
        *place = place.max(highest);
        highest = *place;
    }
    let mut index = 0;
    while index < places.len() {
        if places[index].is_none() {
            let from = index - 1;
            let until = (index..places.len()).find(|&next| places[next].is_some()).unwrap_or(places.len() - 1);
            let (start, end) = (places[from].unwrap_or(0.0), places[until].unwrap_or(1.0));
            for (step, place) in places[index..until].iter_mut().enumerate() {
                *place = Some(start + (end - start) * (step + 1) as f32 / (until - from) as f32);
            }
            index = until;
        }
        index += 1;
    }
    let places: Vec<f32> = places.into_iter().flatten().collect();
    let (first, last) = match (places.first(), places.last()) {
        (Some(&first), Some(&last)) if repeating && last > first => (first, last),
        _ => (0.0, 1.0),
    };
    let listed = stops.iter().zip(&places).map(|(stop, place)| ((place - first) / (last - first), stop.color)).collect();
    (listed, first, last)
}
