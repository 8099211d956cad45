//! `color-mix()` (CSS Color 5, §3).

use super::spaces::Space;
use super::value::Value;
use crate::color::Color;
use crate::css::tokens::{quantity, split};

/// How a hue goes to another (CSS Color 4, §13.4).
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Shorter,
    Longer,
    Increasing,
    Decreasing,
}

/// Reads a colour within another's notation.
type Within<'a> = &'a dyn Fn(&str) -> Option<Value>;

/// What stands within `color-mix()`.
pub fn mixed(inside: &str, within: Within<'_>) -> Option<Value> {
    let parts = split(inside, b',');
    let [how, first, second] = parts.as_slice() else { return None };
    let (space, way) = interpolation(how.trim())?;
    let ((first, one), (second, other)) = (part(first, within)?, part(second, within)?);
    let (one, other) = match (one, other) {
        (None, None) => (50.0, 50.0),
        (Some(one), None) => (one, 100.0 - one),
        (None, Some(other)) => (100.0 - other, other),
        (Some(one), Some(other)) => (one, other),
    };
    let sum: f64 = one + other;
    if sum <= 0.0 {
        return None;
    }
    // Where they are less than a whole, the rest is transparent.
    let mut result = between(&first.convert(space), &second.convert(space), other / sum, way);
    result.alpha = result.alpha.map(|alpha| alpha * (sum / 100.0).min(1.0));
    Some(result)
}

/// Two colours mixed in Oklab, with so much of the second.
#[must_use]
pub fn mixed_in_oklab(first: Color, second: Color, by: f64) -> Color {
    let [first, second] = [first, second].map(|color| Value::of(color).convert(Space::Oklab));
    between(&first, &second, by, Way::Shorter).color()
}

fn interpolation(text: &str) -> Option<(Space, Way)> {
    let words = split(text, b' ');
    let (name, way) = match words.as_slice() {
        ["in", name] => (*name, Way::Shorter),
        ["in", name, way, "hue"] => {
            let way = match *way {
                "shorter" => Way::Shorter,
                "longer" => Way::Longer,
                "increasing" => Way::Increasing,
                "decreasing" => Way::Decreasing,
                _ => return None,
            };
            (*name, way)
        }
        _ => return None,
    };
    let space = match name {
        "hsl" | "hwb" | "lab" | "lch" | "oklab" | "oklch" => Space::of(name, None)?,
        _ => Space::of("color", Some(name))?,
    };
    (space.hue().is_some() || words.len() == 2).then_some((space, way))
}

/// A colour, and how much of it.
fn part(text: &str, within: Within<'_>) -> Option<(Value, Option<f64>)> {
    let percentage = |word: &str| {
        let (much, unit) = quantity(word)?;
        (unit == "%" && (0.0..=100.0).contains(&much)).then_some(much)
    };
    match split(text, b' ').as_slice() {
        [color] => Some((within(color)?, None)),
        [one, other] => match (percentage(one), percentage(other)) {
            (None, Some(much)) => Some((within(one)?, Some(much))),
            (Some(much), None) => Some((within(other)?, Some(much))),
            _ => None,
        },
        _ => None,
    }
}

fn between(from: &Value, to: &Value, by: f64, way: Way) -> Value {
    let at = |a: f64, b: f64| a + (b - a) * by;
    // What one of them lacks is the other's.
    let pair = |a: Option<f64>, b: Option<f64>| Some((a.or(b)?, b.or(a)?));
    let alphas = pair(from.alpha, to.alpha);
    let alpha = alphas.map(|(a, b)| at(a, b));
    let (from_alpha, to_alpha) = alphas.unwrap_or((1.0, 1.0));
    let mut channels = [None; 3];
    for (index, channel) in channels.iter_mut().enumerate() {
        let (Some(a), Some(b)) = (from.channels.get(index), to.channels.get(index)) else { continue };
        let Some((a, b)) = pair(*a, *b) else { continue };
        *channel = Some(if from.space.hue() == Some(index) {
            let (a, b) = turned(a, b, way);
            at(a, b).rem_euclid(360.0)
        } else {
            match alpha {
                Some(alpha) if alpha > 0.0 => at(a * from_alpha, b * to_alpha) / alpha,
                _ => at(a, b),
            }
        });
    }
    Value { space: from.space, channels, alpha }
}

/// Two angles, so that going from one to the other goes the way that is asked for.
fn turned(a: f64, b: f64, way: Way) -> (f64, f64) {
    let away = b - a;
    match way {
        Way::Shorter if away > 180.0 => (a + 360.0, b),
        Way::Shorter if away < -180.0 => (a, b + 360.0),
        Way::Longer if 0.0 < away && away < 180.0 => (a + 360.0, b),
        Way::Longer if -180.0 < away && away <= 0.0 => (a, b + 360.0),
        Way::Increasing if away < 0.0 => (a, b + 360.0),
        Way::Decreasing if away > 0.0 => (a + 360.0, b),
        _ => (a, b),
    }
}
