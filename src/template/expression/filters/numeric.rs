//! Filters of numbers.

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

pub(super) fn evaluate(call: &mut Call<'_, '_, '_>, value: &Value) -> Value {
    let Some(number) = number(value) else {
        call.mismatch("a number", value);
        // The value itself is more use on a board than nothing.
        return value.clone();
    };
    match call.filter {
        Filter::Thousands => {
            let separator = call.text_argument("separator");
            let text = thousands(&number.to_string(), separator.as_deref().unwrap_or(","));
            call.text(text)
        }
        Filter::Compact => {
            let locale = call.locale();
            Value::from(compact(&number, &locale))
        }
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

/// Digits before the point in groups of three.
fn thousands(text: &str, separator: &str) -> String {
    let (sign, unsigned) = text.strip_prefix('-').map_or(("", text), |unsigned| ("-", unsigned));
    let (whole, fraction) = unsigned.find('.').map_or((unsigned, ""), |point| unsigned.split_at(point));
    let mut grouped = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push_str(separator);
        }
        grouped.push(digit);
    }
    grouped + fraction
}

/// Powers of ten and what stands for them (CLDR 45, short compact decimal formats).
fn compact_units(locale: &str) -> &'static [(u32, &'static str)] {
    const ENGLISH: [(u32, &str); 4] = [(3, "K"), (6, "M"), (9, "B"), (12, "T")];
    const SIMPLIFIED: [(u32, &str); 3] = [(4, "万"), (8, "亿"), (12, "万亿")];
    const TRADITIONAL: [(u32, &str); 3] = [(4, "萬"), (8, "億"), (12, "兆")];
    const JAPANESE: [(u32, &str); 3] = [(4, "万"), (8, "億"), (12, "兆")];
    const KOREAN: [(u32, &str); 4] = [(3, "천"), (4, "만"), (8, "억"), (12, "조")];
    let locale = locale.to_ascii_lowercase().replace('_', "-");
    let mut parts = locale.split('-');
    match parts.next() {
        Some("zh") if parts.any(|part| matches!(part, "hant" | "tw" | "hk" | "mo")) => &TRADITIONAL,
        Some("zh") => &SIMPLIFIED,
        Some("ja") => &JAPANESE,
        Some("ko") => &KOREAN,
        _ => &ENGLISH,
    }
}

/// Two significant digits, or all of those before the point: as `Intl.NumberFormat` with `notation: "compact"`.
fn compact(number: &Number, locale: &str) -> String {
    let Some(decimal) = Decimal::from_number(number) else {
        return number.to_string();
    };
    let units = compact_units(locale);
    let mut shown = compact_at(decimal, 0);
    let mut suffix = "";
    let mut reached = 0;
    for &(power, unit) in units {
        // Rounding can carry into the next unit: 999,950 is 1M.
        let threshold = 10_u128.checked_pow(power - reached);
        let enough = shown.zip(threshold).is_some_and(|(shown, threshold)| {
            let whole = shown.rounded(0, Rounding::TowardsZero);
            whole.is_some_and(|whole| whole.digits.unsigned_abs() >= threshold)
        });
        if !enough {
            break;
        }
        (shown, suffix, reached) = (compact_at(decimal, power), unit, power);
    }
    let text = shown.and_then(Decimal::into_number).unwrap_or_else(|| number.clone());
    format!("{text}{suffix}")
}

/// A number in a unit of 10^power, rounded to two significant digits or to a whole.
fn compact_at(decimal: Decimal, power: u32) -> Option<Decimal> {
    let scaled = Decimal { digits: decimal.digits, scale: decimal.scale.checked_add(power)? };
    let whole = scaled.rounded(0, Rounding::TowardsZero)?;
    scaled.rounded(i32::from(whole.digits.unsigned_abs() < 10), Rounding::HalfAwayFromZero)
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
