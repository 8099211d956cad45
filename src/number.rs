//! Numbers as they were written: scores can exceed 2^53 and may be decimals; neither passes through a float.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

/// An exact decimal number: an integer of up to 38 digits, or a decimal kept as it was written.
///
/// ```
/// use friendboard::Number;
/// let score = Number::parse("9007199254740993").unwrap();
/// assert_eq!(score.to_string(), "9007199254740993");
/// assert!(Number::parse("10.50").unwrap() > Number::parse("9.75").unwrap());
/// assert_eq!(Number::parse("10.50").unwrap(), Number::parse("10.5").unwrap());
/// assert!(Number::parse("1e400000000").is_none());
/// ```
#[derive(Clone, Debug)]
pub struct Number(Repr);

#[derive(Clone, Debug)]
enum Repr {
    Integer(i128),
    /// Digits as written, in plain notation: `-?digits(.digits)?`.
    Decimal(Arc<str>),
}

/// A whole number of a few digits, which is what nearly every score is; `None` for what is to be looked at closer.
fn short_integer(text: &[u8]) -> Option<i128> {
    let (sign, digits) = match text {
        [b'-', digits @ ..] => (-1, digits),
        digits => (1, digits),
    };
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    let digit = |value: i64, byte: &u8| byte.is_ascii_digit().then(|| value * 10 + i64::from(byte - b'0'));
    digits.iter().try_fold(0, digit).map(|value| i128::from(value * sign))
}

impl Number {
    /// Most characters of a number, written out without an exponent.
    pub const MAX_CHARACTERS: usize = 128;

    /// True where both are written alike: 10.5 and 10.50 are equal, and not that.
    pub(crate) fn is_written_as(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Repr::Integer(a), Repr::Integer(b)) => a == b,
            (Repr::Decimal(a), Repr::Decimal(b)) => a == b,
            _ => false,
        }
    }

    /// Reads a JSON number, with an optional leading `+` and surrounding white space as games write them; `None` for
    /// anything else (`NaN`, `Infinity`, hexadecimal) and for what is longer than [`Number::MAX_CHARACTERS`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(integer) = short_integer(text.as_bytes()) {
            return Some(Self(Repr::Integer(integer)));
        }
        let text = text.trim();
        if text.len() > Self::MAX_CHARACTERS {
            return None;
        }
        let (negative, unsigned) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
            Some(index) => (&unsigned[..index], unsigned[index + 1..].parse::<i32>().ok()?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits_only = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !digits_only(whole) || !digits_only(fraction) || (mantissa.contains('.') && fraction.is_empty())
        {
            return None;
        }
        let (whole, fraction) = shift_point(whole, fraction, exponent)?;
        let whole = whole.trim_start_matches('0');
        let whole = if whole.is_empty() { "0" } else { whole };
        let sign = if negative && (whole != "0" || fraction.bytes().any(|byte| byte != b'0')) { "-" } else { "" };
        if fraction.is_empty()
            && let Ok(integer) = format!("{sign}{whole}").parse::<i128>()
        {
            return Some(Self(Repr::Integer(integer)));
        }
        let point = if fraction.is_empty() { "" } else { "." };
        Some(Self(Repr::Decimal(Arc::from(format!("{sign}{whole}{point}{fraction}")))))
    }

    /// A number from a float that some arithmetic gave; `None` where it is not finite.
    #[must_use]
    pub fn from_f64(value: f64) -> Option<Self> {
        if !value.is_finite() {
            return None;
        }
        if value.fract() == 0.0 && value.abs() < 1e18 {
            #[allow(clippy::cast_possible_truncation, reason = "an integer below 1e18 fits")]
            return Some(Self(Repr::Integer(value as i128)));
        }
        Self::parse(&format!("{value}"))
    }

    /// The number as an integer, where it is one of up to 38 digits.
    #[must_use]
    pub fn as_integer(&self) -> Option<i128> {
        match &self.0 {
            Repr::Integer(integer) => Some(*integer),
            Repr::Decimal(_) => None,
        }
    }

    /// The nearest float; for lengths and proportions, not for scores that are shown.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        match &self.0 {
            #[allow(clippy::cast_precision_loss, reason = "asked for the nearest")]
            Repr::Integer(integer) => *integer as f64,
            Repr::Decimal(text) => text.parse().unwrap_or(0.0),
        }
    }

    /// The exact difference; `None` where it has more than [`Number::MAX_CHARACTERS`] digits.
    ///
    /// ```
    /// use friendboard::Number;
    /// let number = |text| Number::parse(text).unwrap();
    /// assert_eq!(number("10").checked_sub(&number("0.25")).unwrap().to_string(), "9.75");
    /// ```
    #[must_use]
    pub fn checked_sub(&self, other: &Self) -> Option<Self> {
        if let (Repr::Integer(a), Repr::Integer(b)) = (&self.0, &other.0)
            && let Some(difference) = a.checked_sub(*b)
        {
            return Some(Self(Repr::Integer(difference)));
        }
        let (a_negative, a_whole, a_fraction) = self.parts();
        let (b_negative, b_whole, b_fraction) = other.parts();
        let (whole, fraction) = (a_whole.len().max(b_whole.len()), a_fraction.len().max(b_fraction.len()));
        // Both as digits of one length, with the point at the same place.
        let a = format!("{a_whole:0>whole$}{a_fraction:0<fraction$}").into_bytes();
        let b = format!("{b_whole:0>whole$}{b_fraction:0<fraction$}").into_bytes();
        let (negative, digits) = if a_negative != b_negative {
            (a_negative, add_digits(&a, &b))
        } else if a >= b {
            (a_negative, subtract_digits(&a, &b))
        } else {
            (!a_negative, subtract_digits(&b, &a))
        };
        let digits = String::from_utf8(digits).ok()?;
        let (whole, fraction) = digits.split_at_checked(digits.len().checked_sub(fraction)?)?;
        let fraction = fraction.trim_end_matches('0');
        let (sign, point) = (if negative { "-" } else { "" }, if fraction.is_empty() { "" } else { "." });
        Self::parse(&format!("{sign}{}{point}{fraction}", if whole.is_empty() { "0" } else { whole }))
    }

    /// Sign, digits before the point without leading zeros, and digits after it without trailing zeros.
    fn parts(&self) -> (bool, String, String) {
        let text = self.to_string();
        let (negative, unsigned) = text.strip_prefix('-').map_or((false, text.as_str()), |rest| (true, rest));
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        (negative, whole.to_owned(), fraction.trim_end_matches('0').to_owned())
    }
}

/// Moves the decimal point by an exponent, in digits; `None` where the result would be too long.
fn shift_point(whole: &str, fraction: &str, exponent: i32) -> Option<(String, String)> {
    if exponent.unsigned_abs() as usize > Number::MAX_CHARACTERS {
        return None;
    }
    let digits = format!("{whole}{fraction}");
    let point = i32::try_from(whole.len()).ok()? + exponent;
    let Ok(point) = usize::try_from(point) else {
        return Some(("0".to_owned(), format!("{}{digits}", "0".repeat(point.unsigned_abs() as usize))));
    };
    if point >= digits.len() {
        return Some((format!("{digits}{}", "0".repeat(point - digits.len())), String::new()));
    }
    let (whole, fraction) = digits.split_at(point);
    Some((whole.to_owned(), fraction.to_owned()))
}

/// The sum of two numbers of ASCII digits of one length; one digit longer.
fn add_digits(a: &[u8], b: &[u8]) -> Vec<u8> {
    let mut carry = 0;
    let mut digits: Vec<u8> = std::iter::zip(a, b)
        .rev()
        .map(|(a, b)| {
            let sum = a - b'0' + (b - b'0') + carry;
            carry = sum / 10;
            sum % 10 + b'0'
        })
        .collect();
    digits.push(carry + b'0');
    digits.reverse();
    digits
}

/// The difference of two numbers of ASCII digits of one length, the first not the smaller one.
fn subtract_digits(a: &[u8], b: &[u8]) -> Vec<u8> {
    let mut borrowed = 0;
    let mut digits: Vec<u8> = std::iter::zip(a, b)
        .rev()
        .map(|(a, b)| {
            let taken = b - b'0' + borrowed;
            let digit = a - b'0';
            borrowed = u8::from(digit < taken);
            digit + 10 * borrowed - taken + b'0'
        })
        .collect();
    digits.reverse();
    digits
}

impl From<i128> for Number {
    fn from(value: i128) -> Self {
        Self(Repr::Integer(value))
    }
}

impl From<usize> for Number {
    fn from(value: usize) -> Self {
        Self(Repr::Integer(value as i128))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Integer(integer) => integer.fmt(f),
            Repr::Decimal(text) => f.write_str(text),
        }
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        if let (Repr::Integer(a), Repr::Integer(b)) = (&self.0, &other.0) {
            return a.cmp(b);
        }
        let (a_negative, a_whole, a_fraction) = self.parts();
        let (b_negative, b_whole, b_fraction) = other.parts();
        match (a_negative, b_negative) {
            (true, false) => return Ordering::Less,
            (false, true) => return Ordering::Greater,
            _ => {}
        }
        let magnitude =
            a_whole.len().cmp(&b_whole.len()).then_with(|| a_whole.cmp(&b_whole)).then_with(|| a_fraction.cmp(&b_fraction));
        if a_negative { magnitude.reverse() } else { magnitude }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Number {}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn keeps_what_was_written() {
        for text in
            ["0", "-5", "170141183460469231731687303715884105727", "3.10", "0.5", "99999999999999999999999999999999999999999"]
        {
            assert_eq!(number(text).to_string(), text);
        }
        assert_eq!(number("+007").to_string(), "7");
        assert_eq!(number("-0").to_string(), "0");
        assert_eq!(number("1.5e3").to_string(), "1500");
        assert_eq!(number("15e-1").to_string(), "1.5");
        assert_eq!(number("5e-3").to_string(), "0.005");
    }

    #[test]
    fn refuses_what_is_no_number() {
        for text in ["", "-", "NaN", "Infinity", "0x10", "1.", ".5", "1_000", "1e", "1e999999999", "１２", "1 2"] {
            assert!(Number::parse(text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn subtracts_exactly() {
        let cases = [
            ("9007199254740993", "9007199254740992", "1"),
            ("1", "3", "-2"),
            ("2.5", "0.75", "1.75"),
            ("0.75", "2.5", "-1.75"),
            ("-1.5", "1.5", "-3"),
            ("1.5", "-1.5", "3"),
            ("-1.5", "-1.5", "0"),
            ("10", "0.001", "9.999"),
            ("170141183460469231731687303715884105727", "-1", "170141183460469231731687303715884105728"),
            ("170141183460469231731687303715884105728", "1", "170141183460469231731687303715884105727"),
            ("99999999999999999999999999999999999999999.5", "-0.5", "100000000000000000000000000000000000000000"),
        ];
        for (a, b, difference) in cases {
            assert_eq!(number(a).checked_sub(&number(b)).unwrap().to_string(), difference, "{a} - {b}");
        }
        let longest = "9".repeat(Number::MAX_CHARACTERS);
        let negative = format!("-{}", "9".repeat(Number::MAX_CHARACTERS - 1));
        assert_eq!(number(&longest).checked_sub(&number(&negative)), None);
    }

    #[test]
    fn orders_exactly_across_forms() {
        let ascending = [
            "-100000000000000000000000000000000000000000.5",
            "-2",
            "-1.5",
            "-1",
            "0",
            "0.004",
            "0.03",
            "1",
            "9007199254740992",
            "9007199254740993",
            "1e39",
        ];
        for pair in ascending.windows(2) {
            assert!(number(pair[0]) < number(pair[1]), "{pair:?}");
        }
        assert_eq!(number("2.50"), number("2.5"));
        assert_eq!(number("2.0"), number("2"));
    }
}
