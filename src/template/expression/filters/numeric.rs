//! Filters of numbers.

use super::compact::{Signs, compact, signs};
use super::{Call, Filter};
use crate::json::Value;
use crate::number::Number;
use crate::template::expression::arithmetic;
use crate::template::expression::numbers::{Decimal, Rounding};

/// A number, or a text that is one: games store scores as text.
fn number(value: &Value) -> Option<Number> {
    match value {
        Value::Number(number) => Some(number.clone()),
        Value::Text(text) => Number::parse(text),
        _ => None,
    }
}

#[inline(never)]
pub(super) fn evaluate(call: &mut Call<'_, '_, '_>, value: &Value) -> Value {
    let Some(number) = number(value) else {
        if call.filter == Filter::Score {
            // A rank's word (Douyin's enum values) stands for itself.
            return value.clone();
        }
        call.mismatch("a number", value);
        // The value itself is more use on a board than nothing.
        return value.clone();
    };
    match call.filter {
        Filter::Thousands => {
            let (separator, locale) = (call.text_argument("separator"), call.locale());
            let signs = Signs { group: separator.as_deref().unwrap_or(signs(&locale).group), ..signs(&locale) };
            call.text(thousands(&number.to_string(), signs))
        }
        Filter::Compact => {
            let locale = call.locale();
            let digits = call.whole_number("digits").and_then(|digits| u32::try_from(digits).ok()).unwrap_or(2);
            Value::from(compact(&number, &locale, digits.clamp(1, 30)))
        }
        Filter::Score => score(call, &number),
        Filter::Duration => {
            let digits = call.whole_number("digits").and_then(|digits| u32::try_from(digits).ok()).unwrap_or(3).min(3);
            let unit = call.text_argument("unit");
            match milliseconds(&number, unit.as_deref().unwrap_or("ms")) {
                Some(milliseconds) => Value::from(duration(milliseconds, digits)),
                None => call.mismatch("a number of milliseconds (or unit='s')", value),
            }
        }
        Filter::Ordinal => {
            let locale = call.locale();
            Value::from(ordinal(&number, &locale))
        }
        Filter::Round => round(call, &number),
        Filter::Ceiling => whole(&number, Rounding::Up),
        Filter::Floor => whole(&number, Rounding::Down),
        Filter::Percent => percent(call, &number),
        Filter::Absolute => {
            let negative = number < Number::from(0_i128);
            Value::Number(if negative { arithmetic::negate(&number).unwrap_or(number) } else { number })
        }
        _ => Value::Number(number),
    }
}

/// `int` and `float`: a number, else the argument, else 0, as in Jinja.
pub(super) fn convert(call: &mut Call<'_, '_, '_>, value: &Value) -> Value {
    let found = match value {
        Value::Bool(value) => Some(Number::from(i128::from(*value))),
        value => number(value),
    };
    let Some(found) = found else {
        return call.argument("default").unwrap_or_else(|| Value::from(0));
    };
    if call.filter == Filter::Float {
        return Value::Number(found);
    }
    let whole = Decimal::from_number(&found).and_then(|decimal| decimal.rounded(0, Rounding::TowardsZero));
    Value::Number(whole.and_then(Decimal::into_number).unwrap_or(found))
}

fn round(call: &mut Call<'_, '_, '_>, number: &Number) -> Value {
    let precision = call.whole_number("precision").unwrap_or(0).clamp(-40, 40);
    let method = call.text_argument("method");
    let rounding = match method.as_deref() {
        None | Some("common") => Rounding::HalfAwayFromZero,
        Some("floor") => Rounding::Down,
        Some("ceil") => Rounding::Up,
        Some(other) => {
            let found = Value::from(other);
            let position = call.position;
            call.evaluator.mismatch(position, "'common', 'floor' or 'ceil' as 'method' of 'round'", &found, "");
            Rounding::HalfAwayFromZero
        }
    };
    let rounded = Decimal::from_number(number).and_then(|decimal| decimal.rounded(precision as i32, rounding));
    // What has too many digits to round keeps them.
    Value::Number(rounded.and_then(Decimal::into_number).unwrap_or_else(|| number.clone()))
}

fn whole(number: &Number, rounding: Rounding) -> Value {
    let rounded = Decimal::from_number(number).and_then(|decimal| decimal.rounded(0, rounding));
    Value::Number(rounded.and_then(Decimal::into_number).unwrap_or_else(|| number.clone()))
}

/// A part of one as a percentage: 0.125 is `13%`, with a precision of 1 `12.5%`.
fn percent(call: &mut Call<'_, '_, '_>, number: &Number) -> Value {
    let precision = call.whole_number("precision").unwrap_or(0).clamp(0, 10) as i32;
    let hundredfold = Decimal::from_number(number).and_then(|decimal| {
        let digits = decimal.digits.checked_mul(100)?;
        Decimal { digits, scale: decimal.scale }.rounded(precision, Rounding::HalfAwayFromZero)
    });
    let shown = hundredfold.and_then(Decimal::into_number).map_or_else(|| number.to_string(), |number| number.to_string());
    call.text(format!("{shown}%"))
}

/// A score as the data's `scoreAs` says; short where the argument is true.
fn score(call: &mut Call<'_, '_, '_>, number: &Number) -> Value {
    let short = call.argument("short").is_some_and(|short| short.is_true());
    let locale = call.locale();
    let kind = call.evaluator.scope.get("scoreAs").map(Value::to_text);
    let unit = match kind.as_deref() {
        Some("duration") => Some("ms"),
        Some("seconds") => Some("s"),
        _ => None,
    };
    let time = unit.and_then(|unit| milliseconds(number, unit));
    let text = match time {
        Some(time) if short && time.unsigned_abs() >= 360_000_000 => compact(&Number::from(time / 3_600_000), &locale, 3) + "h",
        Some(time) => duration(time, if short { 0 } else { 3 }),
        None if short => compact(number, &locale, 3),
        None => thousands(&number.to_string(), signs(&locale)),
    };
    call.text(text)
}

/// Digits before the point in groups of three, with a locale's signs.
pub(super) fn thousands(text: &str, signs: Signs<'_>) -> String {
    let (sign, unsigned) = text.strip_prefix('-').map_or(("", text), |unsigned| (signs.minus, unsigned));
    let (whole, fraction) = unsigned.find('.').map_or((unsigned, ""), |point| unsigned.split_at(point));
    let mut grouped = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) && whole.len() >= signs.least {
            grouped.push_str(signs.group);
        }
        grouped.push(digit);
    }
    grouped + &fraction.replace('.', signs.point)
}

fn milliseconds(number: &Number, unit: &str) -> Option<i128> {
    let places = match unit {
        "ms" => 0,
        "s" => 3,
        _ => return None,
    };
    let decimal = Decimal::from_number(number)?;
    let factor = 10_i128.checked_pow(places)?;
    let scaled = Decimal { digits: decimal.digits.checked_mul(factor)?, scale: decimal.scale };
    scaled.rounded(0, Rounding::TowardsZero).map(|whole| whole.digits)
}

/// `1:02.345`, and `1:01:02.345` from an hour; digits that are not shown are cut off, as race clocks do.
fn duration(milliseconds: i128, digits: u32) -> String {
    let sign = if milliseconds < 0 { "-" } else { "" };
    let total = milliseconds.unsigned_abs();
    let (hours, minutes, seconds, rest) = (total / 3_600_000, total / 60_000 % 60, total / 1_000 % 60, total % 1_000);
    let fraction = match digits {
        0 => String::new(),
        1 => format!(".{}", rest / 100),
        2 => format!(".{:02}", rest / 10),
        _ => format!(".{rest:03}"),
    };
    if hours > 0 {
        format!("{sign}{hours}:{minutes:02}:{seconds:02}{fraction}")
    } else {
        format!("{sign}{minutes}:{seconds:02}{fraction}")
    }
}

/// `1st`, `2nd`, `3rd`, `4th`, `11th`; `第1` in Chinese and Japanese, `1위` in Korean (a rank), `1.` in German and its like.
fn ordinal(number: &Number, locale: &str) -> String {
    let language = locale.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    match language.as_str() {
        "zh" => format!("第{number}"),
        "ja" => format!("{number}位"),
        "ko" => format!("{number}위"),
        "en" | "" => {
            let integer = number.as_integer().unwrap_or(0).unsigned_abs();
            let suffix = match (integer % 10, integer % 100) {
                (_, 11..=13) => "th",
                (1, _) => "st",
                (2, _) => "nd",
                (3, _) => "rd",
                _ => "th",
            };
            format!("{number}{suffix}")
        }
        _ => format!("{number}."),
    }
}
