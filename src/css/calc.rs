//! `calc()` as the channels of a colour have it (CSS Values 4, §10): sums and products of numbers of one kind.

use super::tokens::{Quantity, quantity};

/// Parentheses within parentheses.
const DEEPEST: usize = 32;

/// Reads what stands within `calc()`; `known` says what a word is. `None` where it is no sum.
pub fn evaluate<'a>(text: &'a str, known: &dyn Fn(&str) -> Option<f64>) -> Option<Quantity<'a>> {
    let mut reader = Reader { text, at: 0, depth: 0, known };
    let (value, unit) = reader.sum()?;
    reader.space();
    if reader.at < text.len() {
        return None;
    }
    // What is no number is 0, and what is infinite is as much as there is (CSS Values 4, §10.9).
    Some((if value.is_nan() { 0.0 } else { value.clamp(f64::MIN, f64::MAX) }, unit))
}

struct Reader<'a, 'b> {
    text: &'a str,
    at: usize,
    depth: usize,
    known: &'b dyn Fn(&str) -> Option<f64>,
}

impl<'a> Reader<'a, '_> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn space(&mut self) -> bool {
        let rest = self.rest();
        let skipped = rest.len() - rest.trim_start().len();
        self.at += skipped;
        skipped > 0
    }

    fn take(&mut self, mark: char) -> bool {
        let is_there = self.rest().starts_with(mark);
        self.at += usize::from(is_there);
        is_there
    }

    fn sum(&mut self) -> Option<Quantity<'a>> {
        let (mut value, unit) = self.product()?;
        loop {
            // A sign that adds stands between spaces; one that does not is a number's own.
            let before = self.at;
            let spaced = self.space();
            let sign = match self.rest().bytes().next() {
                Some(b'+') if spaced => 1.0,
                Some(b'-') if spaced => -1.0,
                _ => {
                    self.at = before;
                    return Some((value, unit));
                }
            };
            self.at += 1;
            if !self.space() {
                return None;
            }
            let (other, of) = self.product()?;
            if of != unit {
                return None;
            }
            value += sign * other;
        }
    }

    fn product(&mut self) -> Option<Quantity<'a>> {
        let (mut value, mut unit) = self.term()?;
        loop {
            let before = self.at;
            self.space();
            let divides = match self.rest().bytes().next() {
                Some(b'*') => false,
                Some(b'/') => true,
                _ => {
                    self.at = before;
                    return Some((value, unit));
                }
            };
            self.at += 1;
            let (other, of) = self.term()?;
            match (unit.is_empty(), of.is_empty(), divides) {
                (_, true, _) => {}
                (true, false, false) => unit = of,
                _ => return None,
            }
            value = if divides { value / other } else { value * other };
        }
    }

    fn term(&mut self) -> Option<Quantity<'a>> {
        self.space();
        let group = if self.rest().starts_with("calc(") { 5 } else { usize::from(self.rest().starts_with('(')) };
        if group > 0 {
            self.depth += 1;
            if self.depth > DEEPEST {
                return None;
            }
            self.at += group;
            let inside = self.sum()?;
            self.space();
            self.depth -= 1;
            return self.take(')').then_some(inside);
        }
        let rest = self.rest();
        let ends = |c: char| c.is_whitespace() || matches!(c, '*' | '/' | '(' | ')' | ',');
        let word = rest.split(ends).next().filter(|word| !word.is_empty())?;
        self.at += word.len();
        let constant = match word {
            "infinity" => Some(f64::INFINITY),
            "-infinity" => Some(f64::NEG_INFINITY),
            "nan" => Some(f64::NAN),
            "pi" => Some(std::f64::consts::PI),
            "e" => Some(std::f64::consts::E),
            _ => (self.known)(word),
        };
        match constant {
            Some(value) => Some((value, "")),
            None => quantity(word),
        }
    }
}
