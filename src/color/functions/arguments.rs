//! The arguments of a colour's function: three channels, and perhaps an opacity.

use super::spaces::{self, Space};
use super::value::Value;
use crate::css::calc;
use crate::css::tokens::{quantity, split};

/// One argument: a number, perhaps with a unit, or `none`.
struct Argument<'a> {
    value: Option<f64>,
    unit: &'a str,
}

#[allow(clippy::option_option, reason = "what is of another kind, what is missing and a number are three things")]
impl Argument<'_> {
    /// A number, or a percentage of `whole`; the outer `None` where it is of another kind.
    fn of(&self, whole: f64) -> Option<Option<f64>> {
        match self.unit {
            "%" => Some(self.value.map(|value| value / 100.0 * whole)),
            "" => Some(self.value),
            _ => None,
        }
    }

    /// The same, no less and no more than a range.
    fn within(&self, whole: f64, least: f64, most: f64) -> Option<Option<f64>> {
        Some(self.of(whole)?.map(|value| value.clamp(least, most)))
    }

    fn degrees(&self) -> Option<Option<f64>> {
        let by = match self.unit {
            "" | "deg" => 1.0,
            "grad" => 0.9,
            "rad" => 180.0 / std::f64::consts::PI,
            "turn" => 360.0,
            _ => return None,
        };
        // As much as there is has no place on a circle.
        let degrees = |value: f64| if value.abs() < 1e300 { (value * by).rem_euclid(360.0) } else { 0.0 };
        Some(self.value.map(degrees))
    }
}

/// The arguments of a function.
pub struct Arguments<'a> {
    commas: bool,
    parts: Vec<&'a str>,
    alpha: Option<&'a str>,
    /// The colour that others are made from (CSS Color 5, §4): its channels by name.
    from: Option<[(&'static str, f64); 4]>,
}

impl<'a> Arguments<'a> {
    /// Reads what stands within a function's parentheses; `within` reads a colour there.
    pub fn read(text: &'a str, function: &str, within: &dyn Fn(&str) -> Option<Value>) -> Option<Self> {
        if split(text, b',').len() > 1 {
            if text.contains('/') && split(text, b'/').len() > 1 {
                return None;
            }
            let mut parts: Vec<&str> = split(text, b',').into_iter().map(str::trim).collect();
            if parts.iter().any(|part| split(part, b' ').len() != 1 || *part == "none") {
                return None;
            }
            let alpha = if parts.len() == 4 { parts.pop() } else { None };
            return Some(Self { commas: true, parts, alpha, from: None });
        }
        let slashed = split(text, b'/');
        let (channels, alpha) = match slashed.as_slice() {
            [channels] => (*channels, None),
            [channels, alpha] if split(alpha, b' ').len() == 1 => (*channels, Some(alpha.trim())),
            _ => return None,
        };
        let mut parts = split(channels, b' ');
        let mut from = None;
        if parts.first() == Some(&"from") {
            let origin = within(parts.get(1)?)?;
            let space = Space::of(function, parts.get(2).copied())?;
            let [first, second, third] = origin.convert(space).numbers();
            let by = if function.starts_with("rgb") { 255.0 } else { 1.0 };
            let names = space.names();
            let channels = [(names[0], first * by), (names[1], second * by), (names[2], third * by)];
            let [first, second, third] = channels;
            from = Some([first, second, third, ("alpha", origin.alpha.unwrap_or(0.0))]);
            parts.drain(..2);
        }
        Some(Self { commas: false, parts, alpha, from })
    }

    fn argument(&self, text: &'a str) -> Option<Argument<'a>> {
        let known = |word: &str| self.from.iter().flatten().find(|(name, _)| *name == word).map(|(_, value)| *value);
        if text == "none" {
            return Some(Argument { value: None, unit: "" });
        }
        let (value, unit) = match text.strip_prefix("calc(").and_then(|text| text.strip_suffix(')')) {
            Some(inner) => calc::evaluate(inner, &known)?,
            None => match known(text) {
                Some(value) => (value, ""),
                None => quantity(text)?,
            },
        };
        Some(Argument { value: Some(value), unit })
    }

    fn channels(&self, parts: &[&'a str]) -> Option<[Argument<'a>; 3]> {
        let [first, second, third] = parts else { return None };
        Some([self.argument(first)?, self.argument(second)?, self.argument(third)?])
    }

    /// The colour that a function makes of them.
    pub fn value(&self, function: &str) -> Option<Value> {
        let (space, parts) = match function {
            "color" => {
                let (name, parts) = self.parts.split_first()?;
                (Space::of(function, Some(name))?, parts)
            }
            _ => (Space::of(function, None)?, self.parts.as_slice()),
        };
        let is_older = matches!(function, "rgb" | "rgba" | "hsl" | "hsla");
        if self.commas && !is_older {
            return None;
        }
        let [first, second, third] = self.channels(parts)?;
        let channels = match space {
            Space::Legacy => {
                // With commas all are numbers, or all percentages.
                let percent = [&first, &second, &third].into_iter().filter(|channel| channel.unit == "%").count();
                if self.commas && percent % 3 != 0 {
                    return None;
                }
                let channel = |argument: &Argument<'_>| Some(argument.of(255.0)?.map(|value| value / 255.0));
                [channel(&first)?, channel(&second)?, channel(&third)?]
            }
            Space::Hsl | Space::Hwb => {
                if self.commas && (second.unit != "%" || third.unit != "%") {
                    return None;
                }
                [first.degrees()?, second.within(100.0, 0.0, 100.0)?, third.within(100.0, 0.0, 100.0)?]
            }
            Space::Lab => [first.within(100.0, 0.0, 100.0)?, second.of(125.0)?, third.of(125.0)?],
            Space::Oklab => [first.within(1.0, 0.0, 1.0)?, second.of(0.4)?, third.of(0.4)?],
            Space::Lch => [first.within(100.0, 0.0, 100.0)?, second.within(150.0, 0.0, f64::MAX)?, third.degrees()?],
            Space::Oklch => [first.within(1.0, 0.0, 1.0)?, second.within(0.4, 0.0, f64::MAX)?, third.degrees()?],
            _ => [first.of(1.0)?, second.of(1.0)?, third.of(1.0)?],
        };
        let alpha = match (self.alpha, &self.from) {
            (Some(alpha), _) => self.argument(alpha)?.within(1.0, 0.0, 1.0)?,
            (None, Some(from)) => Some(from[3].1),
            (None, None) => Some(1.0),
        };
        let value = Value { space, channels, alpha };
        Some(match (is_older || function == "hwb", self.from.is_some()) {
            // What is made from another colour is of the newer notation.
            (true, true) => Value { channels: spaces::to_srgb(space, value.numbers()).map(Some), space: Space::Srgb, alpha },
            (true, false) => Value {
                channels: spaces::to_srgb(space, value.numbers()).map(|channel| Some(channel.clamp(0.0, 1.0))),
                space: Space::Legacy,
                alpha: Some(alpha.unwrap_or(0.0)),
            },
            _ => value,
        })
    }
}
