//! The words of a colour's notation: numbers with units, and what stands between separators.

use super::lengths::number;

/// A number with its unit, which is nothing for a plain one.
pub type Quantity<'a> = (f64, &'a str);

/// A number with its unit.
#[must_use]
pub fn quantity(text: &str) -> Option<Quantity<'_>> {
    let starts_unit = |(index, c): (usize, char)| {
        let exponent = c == 'e'
            && text.get(index + 1..).is_some_and(|rest| {
                let rest = rest.strip_prefix(['+', '-']).unwrap_or(rest);
                rest.starts_with(|c: char| c.is_ascii_digit())
            });
        (c.is_ascii_alphabetic() && !exponent) || c == '%'
    };
    let end = text.char_indices().find(|at| starts_unit(*at)).map_or(text.len(), |(index, _)| index);
    let (digits, unit) = text.split_at_checked(end)?;
    // More digits than a number has is as much as there is.
    let value = number(digits).or_else(|| {
        let plain = digits.strip_prefix(['+', '-']).unwrap_or(digits);
        let is_long = plain.len() > 300 && plain.bytes().all(|byte| byte.is_ascii_digit());
        is_long.then_some(if digits.starts_with('-') { f64::MIN } else { f64::MAX })
    })?;
    Some((value, unit))
}

/// The parts of a text between separators that stand in no parentheses; a space stands for any white space.
#[must_use]
pub fn split(text: &str, separator: u8) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (index, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ if depth == 0 && (byte == separator || (separator == b' ' && byte.is_ascii_whitespace())) => {
                parts.push(text.get(start..index).unwrap_or_default());
                start = index + 1;
            }
            _ => {}
        }
    }
    parts.push(text.get(start..).unwrap_or_default());
    if separator == b' ' {
        parts.retain(|part| !part.is_empty());
    }
    parts
}
