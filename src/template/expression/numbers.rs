//! Exact decimals: a number as digits and a count of them after the point.

use std::cmp::Ordering;

use crate::number::Number;

/// `digits / 10^scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    pub digits: i128,
    pub scale: u32,
}

impl Decimal {
    /// The number's digits; `None` where they don't fit.
    pub fn from_number(number: &Number) -> Option<Self> {
        if let Some(digits) = number.as_integer() {
            return Some(Self { digits, scale: 0 });
        }
        let text = number.to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let fraction = fraction.trim_end_matches('0');
        let digits = format!("{whole}{fraction}").parse().ok()?;
        Some(Self { digits, scale: u32::try_from(fraction.len()).ok()? })
    }

    /// The number, without zeros at its end.
    pub fn into_number(self) -> Option<Number> {
        let mut decimal = self;
        while decimal.scale > 0 && decimal.digits % 10 == 0 {
            decimal = Self { digits: decimal.digits / 10, scale: decimal.scale - 1 };
        }
        Number::parse(&decimal.to_string())
    }

    /// The same number with more digits after the point.
    fn scaled(self, scale: u32) -> Option<i128> {
        self.digits.checked_mul(10_i128.checked_pow(scale.checked_sub(self.scale)?)?)
    }

    /// Both numbers with as many digits after the point: their digits, and how many.
    pub fn aligned(self, other: Self) -> Option<(i128, i128, u32)> {
        let scale = self.scale.max(other.scale);
        Some((self.scaled(scale)?, other.scaled(scale)?, scale))
    }

    /// Rounded to so many digits after the point (before it where negative).
    pub fn rounded(self, places: i32, rounding: Rounding) -> Option<Self> {
        let dropped = i32::try_from(self.scale).ok()?.checked_sub(places)?;
        if dropped <= 0 {
            return Some(self);
        }
        let Some(unit) = 10_i128.checked_pow(dropped.unsigned_abs()) else {
            // Fewer than half of a unit that is larger than every number.
            return Some(Self { digits: 0, scale: 0 });
        };
        let (whole, rest) = (self.digits.div_euclid(unit), self.digits.rem_euclid(unit));
        let up = match rounding {
            Rounding::Down => false,
            Rounding::Up => rest > 0,
            Rounding::TowardsZero => self.digits < 0 && rest > 0,
            Rounding::HalfAwayFromZero => match rest.cmp(&(unit - rest)) {
                Ordering::Less => false,
                Ordering::Equal => self.digits >= 0,
                Ordering::Greater => true,
            },
        };
        let digits = whole.checked_add(i128::from(up))?;
        match u32::try_from(places) {
            Ok(scale) => Some(Self { digits, scale }),
            Err(_) => Some(Self { digits: digits.checked_mul(10_i128.checked_pow(places.unsigned_abs())?)?, scale: 0 }),
        }
    }
}

/// Which way [`Decimal::rounded`] goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rounding {
    HalfAwayFromZero,
    /// Towards negative infinity.
    Down,
    /// Towards positive infinity.
    Up,
    TowardsZero,
}

impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let scale = self.scale as usize;
        let digits = format!("{:0>width$}", self.digits.unsigned_abs(), width = scale + 1);
        let (whole, fraction) = digits.split_at(digits.len().saturating_sub(scale));
        let sign = if self.digits < 0 { "-" } else { "" };
        let point = if scale > 0 { "." } else { "" };
        write!(f, "{sign}{whole}{point}{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::from_number(&Number::parse(text).unwrap()).unwrap()
    }

    #[test]
    fn rounds_each_way() {
        use Rounding::{Down, HalfAwayFromZero, TowardsZero, Up};
        let cases = [
            ("2.5", 0, HalfAwayFromZero, "3"),
            ("-2.5", 0, HalfAwayFromZero, "-3"),
            ("2.45", 1, HalfAwayFromZero, "2.5"),
            ("-2.4", 0, HalfAwayFromZero, "-2"),
            ("2.9", 0, Down, "2"),
            ("-2.1", 0, Down, "-3"),
            ("2.1", 0, Up, "3"),
            ("-2.9", 0, Up, "-2"),
            ("-2.9", 0, TowardsZero, "-2"),
            ("2.9", 0, TowardsZero, "2"),
            ("1250", -2, HalfAwayFromZero, "1300"),
            ("7", 3, HalfAwayFromZero, "7"),
            ("7", -60, HalfAwayFromZero, "0"),
        ];
        for (text, places, rounding, expected) in cases {
            let rounded = decimal(text).rounded(places, rounding).unwrap().into_number().unwrap();
            assert_eq!(rounded.to_string(), expected, "{text} {places} {rounding:?}");
        }
    }

    #[test]
    fn keeps_digits() {
        assert_eq!(decimal("-0.050").to_string(), "-0.05");
        assert_eq!(decimal("0.1").aligned(decimal("12")), Some((1, 120, 1)));
        assert_eq!(Decimal::from_number(&Number::parse(&"9".repeat(60)).unwrap()), None);
    }
}
