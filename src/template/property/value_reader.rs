//! What the grammars read, and with what: numbers brought into their ranges, lists held to their limits.

use crate::limits::Limits;

/// What a grammar reads: a number, or a text that is not one.
#[derive(Clone, Copy)]
pub(super) enum Input<'a> {
    Number(f64),
    Text(&'a str),
}

impl<'a> Input<'a> {
    /// The text; `None` for a number.
    pub fn text(self) -> Option<&'a str> {
        match self {
            Input::Text(text) => Some(text),
            Input::Number(_) => None,
        }
    }

    /// The number; `None` for a text.
    pub fn number(self) -> Option<f64> {
        match self {
            Input::Number(number) => Some(number),
            Input::Text(_) => None,
        }
    }
}

/// What a grammar reads with: the limits, and what it noted on the way.
pub(super) struct ValueReader<'a> {
    pub limits: &'a Limits,
    /// What was out of range, and what it was brought to.
    pub clamped: Option<(f64, f64)>,
    pub over: Option<Over>,
}

/// A list in a value that is longer than a limit.
pub(super) struct Over {
    pub limit: &'static str,
    pub allowed: usize,
    pub found: usize,
}

impl<'a> ValueReader<'a> {
    /// A reader that noted nothing yet.
    pub fn new(limits: &'a Limits) -> Self {
        Self { limits, clamped: None, over: None }
    }

    /// A length of a list; `None`, and noted, where it is over the limit of a name.
    pub fn count(&mut self, found: usize, limit: &'static str, allowed: usize) -> Option<usize> {
        if found > allowed {
            self.over = Some(Over { limit, allowed, found });
        }
        (found <= allowed).then_some(found)
    }

    /// A number in a range; what was outside of it is noted.
    pub fn within(&mut self, value: f64, least: f64, most: f64) -> f32 {
        let inside = if value.is_nan() { 0.0 } else { value.clamp(least, most) };
        if inside != value {
            self.clamped = Some((value, inside));
        }
        inside as f32
    }

    /// A length that can be drawn.
    pub fn length(&mut self, value: f64) -> f32 {
        let most = f64::from(crate::geometry::COORDINATE_MAX);
        self.within(value, -most, most)
    }
}
