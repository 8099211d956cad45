//! Gradients of a 2D context, and what CSS adds to them.

use std::sync::Arc;

use crate::color::Color;
use crate::geometry::{Point, Rect};

/// A gradient.
///
/// A context mixes colours with their opacity apart (`premultiplied` is false), and goes on beyond both ends in their
/// colours. CSS mixes them with it, and may repeat; [`Gradient::plain`] says such a one as a context can.
#[derive(Clone, Debug, PartialEq)]
pub struct Gradient {
    /// Where.
    pub kind: GradientKind,
    /// Colours at offsets, ascending; 0 and 1 are what the geometry says.
    pub stops: Arc<[(f32, Color)]>,
    /// Begins again beyond its ends.
    pub repeating: bool,
    /// Colours are mixed with their opacity multiplied in.
    pub premultiplied: bool,
}

/// A circle of a radial gradient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Circle {
    /// Its centre.
    pub center: Point,
    /// Its radius, not negative.
    pub radius: f32,
}

/// The geometry of a gradient, px under the transform.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GradientKind {
    /// `createLinearGradient()`: along a line. One without length draws nothing.
    Linear {
        /// Offset 0.
        start: Point,
        /// Offset 1.
        end: Point,
    },
    /// `createRadialGradient()`: through all circles from one to another, and on beyond both. Two that are the same draw
    /// nothing.
    Radial {
        /// Offset 0.
        start: Circle,
        /// Offset 1.
        end: Circle,
    },
    /// `createConicGradient()`: round a point.
    Conic {
        /// The point.
        center: Point,
        /// Where offset 0 and 1 meet, radians clockwise from the right.
        angle: f32,
    },
}

/// How often a gradient is laid out side by side at most.
const REPEATS_MAX: f32 = 256.0;
/// Straight mixes in place of one premultiplied one.
const STEPS: u16 = 16;

impl Gradient {
    /// The same as a context can say it, as far as it is seen within `bounds` (px under the transform): offsets from 0 to 1,
    /// nothing repeated, colours mixed with their opacity apart. Mixes are within 1 of 255 of what they were; of a gradient
    /// that would repeat more than 256 times, the rest goes on in the last colour.
    #[must_use]
    pub fn plain(&self, bounds: &Rect) -> Self {
        let mut stops: Vec<(f32, Color)> = self.stops.to_vec();
        if self.premultiplied {
            stops = straightened(&stops);
        }
        let mut kind = self.kind;
        if self.repeating {
            let (first, last) = self.periods(bounds);
            kind = extended(kind, first, last);
            let period = clipped(&stops);
            let count = last - first;
            stops = (0..count as u32)
                .flat_map(|index| period.iter().map(move |(offset, color)| ((offset + index as f32) / count, *color)))
                .collect();
        }
        Self { kind, stops: clipped(&stops).into(), repeating: false, premultiplied: false }
    }

    /// From which to which period a gradient that repeats is seen.
    fn periods(&self, bounds: &Rect) -> (f32, f32) {
        let corners = [
            Point::new(bounds.x, bounds.y),
            Point::new(bounds.right(), bounds.y),
            Point::new(bounds.x, bounds.bottom()),
            Point::new(bounds.right(), bounds.bottom()),
        ];
        let offsets = corners.map(|corner| match self.kind {
            GradientKind::Linear { start, end } => {
                let (dx, dy) = (end.x - start.x, end.y - start.y);
                ((corner.x - start.x) * dx + (corner.y - start.y) * dy) / (dx * dx + dy * dy)
            }
            GradientKind::Radial { end, .. } => {
                let (dx, dy) = (corner.x - end.center.x, corner.y - end.center.y);
                (dx * dx + dy * dy).sqrt() / end.radius
            }
            GradientKind::Conic { .. } => 0.5,
        });
        let lowest = offsets.iter().copied().fold(0.0, f32::min).floor();
        let highest = offsets.iter().copied().fold(1.0, f32::max).ceil();
        // A radial one can't go back beyond its first circle.
        let first = if matches!(self.kind, GradientKind::Radial { .. }) { 0.0 } else { lowest.max(-REPEATS_MAX / 2.0) };
        (first, highest.clamp(first + 1.0, first + REPEATS_MAX))
    }
}

/// The geometry from one period to another.
fn extended(kind: GradientKind, first: f32, last: f32) -> GradientKind {
    match kind {
        GradientKind::Linear { start, end } => {
            let at = |offset: f32| Point::new(start.x + (end.x - start.x) * offset, start.y + (end.y - start.y) * offset);
            GradientKind::Linear { start: at(first), end: at(last) }
        }
        GradientKind::Radial { start, end } => {
            let mix = |from: f32, to: f32| from + (to - from) * last;
            let center = Point::new(mix(start.center.x, end.center.x), mix(start.center.y, end.center.y));
            GradientKind::Radial { start, end: Circle { center, radius: mix(start.radius, end.radius) } }
        }
        GradientKind::Conic { .. } => kind,
    }
}

/// Stops between 0 and 1 alone, with the colours that were there at both.
fn clipped(stops: &[(f32, Color)]) -> Vec<(f32, Color)> {
    let inside = stops.iter().copied().filter(|(offset, _)| (0.0..=1.0).contains(offset));
    let mut kept: Vec<(f32, Color)> = inside.collect();
    if stops.iter().any(|(offset, _)| *offset < 0.0) || kept.first().is_some_and(|(offset, _)| *offset > 0.0) {
        kept.insert(0, (0.0, color_at(stops, 0.0)));
    }
    if stops.iter().any(|(offset, _)| *offset > 1.0) || kept.last().is_some_and(|(offset, _)| *offset < 1.0) {
        kept.push((1.0, color_at(stops, 1.0)));
    }
    kept
}

/// The colour at an offset, mixed straight.
fn color_at(stops: &[(f32, Color)], offset: f32) -> Color {
    let next = stops.iter().position(|(place, _)| *place > offset).unwrap_or(stops.len());
    match (next.checked_sub(1).and_then(|before| stops.get(before)), stops.get(next)) {
        (Some(&(from, a)), Some(&(to, b))) => {
            let t = ((offset - from) / (to - from).max(1e-6)).clamp(0.0, 1.0);
            let channel = |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * t + 0.5) as u8;
            Color::rgba(channel(a.red, b.red), channel(a.green, b.green), channel(a.blue, b.blue), channel(a.alpha, b.alpha))
        }
        (Some(&(_, only)), None) | (None, Some(&(_, only))) => only,
        (None, None) => Color::TRANSPARENT,
    }
}

/// Premultiplied mixes as several straight ones, where opacities differ.
fn straightened(stops: &[(f32, Color)]) -> Vec<(f32, Color)> {
    let mut result = Vec::with_capacity(stops.len());
    for pair in stops.windows(2) {
        let [(from, a), (to, b)] = *pair else { continue };
        result.push((from, a));
        if a.alpha == b.alpha || to <= from {
            continue;
        }
        // What is transparent at one end has the other's colour: a mix with it fades.
        if a.is_transparent() {
            result.push((from, Color { alpha: 0, ..b }));
        }
        for step in 1..STEPS {
            let t = f32::from(step) / f32::from(STEPS);
            result.push((from + (to - from) * t, mixed(a, b, t)));
        }
        if b.is_transparent() {
            result.push((to, Color { alpha: 0, ..a }));
        }
    }
    result.extend(stops.last());
    result
}

/// Mixed premultiplied, and made straight again.
fn mixed(a: Color, b: Color, t: f32) -> Color {
    let (weight_a, weight_b) = (f32::from(a.alpha) * (1.0 - t), f32::from(b.alpha) * t);
    let alpha = weight_a + weight_b;
    let channel = |a: u8, b: u8| {
        if alpha > 0.0 { ((f32::from(a) * weight_a + f32::from(b) * weight_b) / alpha + 0.5) as u8 } else { 0 }
    };
    Color::rgba(channel(a.red, b.red), channel(a.green, b.green), channel(a.blue, b.blue), (alpha + 0.5) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linear(stops: &[(f32, Color)], repeating: bool) -> Gradient {
        let kind = GradientKind::Linear { start: Point::new(10.0, 0.0), end: Point::new(20.0, 0.0) };
        Gradient { kind, stops: stops.into(), repeating, premultiplied: true }
    }

    #[test]
    fn what_repeats_is_laid_out_over_what_is_seen() {
        let gradient = linear(&[(0.0, Color::BLACK), (1.0, Color::WHITE)], true);
        let plain = gradient.plain(&Rect::new(0.0, 0.0, 30.0, 5.0));
        assert_eq!(plain.kind, GradientKind::Linear { start: Point::new(0.0, 0.0), end: Point::new(30.0, 0.0) });
        let offsets: Vec<f32> = plain.stops.iter().map(|(offset, _)| offset * 3.0).collect();
        assert_eq!(offsets, [0.0, 1.0, 1.0, 2.0, 2.0, 3.0]);
        let vast = gradient.plain(&Rect::new(0.0, 0.0, 1e7, 5.0));
        assert!(vast.stops.len() <= 2 * REPEATS_MAX as usize + 2);
    }

    #[test]
    fn a_fade_keeps_its_colour() {
        let red = Color::rgb(255, 0, 0);
        let plain = linear(&[(0.0, red), (1.0, Color::TRANSPARENT)], false).plain(&Rect::default());
        let middle = plain.stops.iter().find(|(offset, _)| (offset - 0.5).abs() < 1e-3).unwrap().1;
        assert_eq!(middle, Color::rgba(255, 0, 0, 128));
        assert!(plain.stops.iter().rev().skip(1).all(|(_, color)| color.red == 255), "{:?}", plain.stops);
    }

    #[test]
    fn offsets_lie_between_both_ends() {
        let plain = linear(&[(-1.0, Color::BLACK), (1.5, Color::WHITE)], false).plain(&Rect::default());
        let expected = |value: u8| Color::rgb(value, value, value);
        assert_eq!(*plain.stops, [(0.0, expected(102)), (1.0, expected(204))]);
    }
}
