//! Numbers as a locale writes them, and in short: 1.23M, 1.2亿.

use crate::number::Number;
use crate::template::expression::numbers::{Decimal, Rounding};

/// How a locale writes a number (CLDR 45, `symbols` and `minimumGroupingDigits`, with Latin digits).
#[derive(Clone, Copy)]
pub(super) struct Signs<'a> {
    /// Between groups of three digits.
    pub group: &'a str,
    /// Before the fraction.
    pub point: &'static str,
    /// Digits before the point from which on they are grouped.
    pub least: usize,
    /// Before a negative number: with a mark where the text around it runs from right to left.
    pub minus: &'static str,
}

/// The signs of a locale.
pub(super) fn signs(locale: &str) -> Signs<'static> {
    let comma = |least| Signs { group: ".", point: ",", least, minus: "-" };
    match language(locale).as_str() {
        "es" if ["mx", "us", "419"].iter().any(|region| locale.to_ascii_lowercase().ends_with(region)) => {
            Signs { group: ",", point: ".", least: 4, minus: "-" }
        }
        "es" => comma(5),
        "pt" if locale.to_ascii_lowercase().ends_with("pt") => Signs { group: "\u{a0}", point: ",", least: 5, minus: "-" },
        "pt" | "id" | "vi" | "de" | "nl" | "tr" | "it" | "da" | "el" => comma(4),
        "fr" => Signs { group: "\u{202f}", point: ",", least: 4, minus: "-" },
        "ru" | "uk" | "cs" | "sv" | "nb" | "fi" => Signs { group: "\u{a0}", point: ",", least: 4, minus: "-" },
        "pl" => Signs { group: "\u{a0}", point: ",", least: 5, minus: "-" },
        "ar" | "he" | "fa" | "ur" => Signs { group: ",", point: ".", least: 4, minus: "\u{200e}-" },
        _ => Signs { group: ",", point: ".", least: 4, minus: "-" },
    }
}

fn language(locale: &str) -> String {
    locale.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
}

/// Powers of ten and what stands for them (CLDR 45, short compact decimal formats).
fn compact_units(locale: &str) -> &'static [(u32, &'static str)] {
    const ENGLISH: [(u32, &str); 4] = [(3, "K"), (6, "M"), (9, "B"), (12, "T")];
    const SIMPLIFIED: [(u32, &str); 3] = [(4, "万"), (8, "亿"), (12, "万亿")];
    const TRADITIONAL: [(u32, &str); 3] = [(4, "萬"), (8, "億"), (12, "兆")];
    const JAPANESE: [(u32, &str); 3] = [(4, "万"), (8, "億"), (12, "兆")];
    const KOREAN: [(u32, &str); 4] = [(3, "천"), (4, "만"), (8, "억"), (12, "조")];
    const SPANISH: [(u32, &str); 3] = [(3, "\u{a0}mil"), (6, "\u{a0}M"), (12, "\u{a0}B")];
    const PORTUGUESE: [(u32, &str); 4] = [(3, "\u{a0}mil"), (6, "\u{a0}mi"), (9, "\u{a0}bi"), (12, "\u{a0}tri")];
    const INDONESIAN: [(u32, &str); 4] = [(3, "\u{a0}rb"), (6, "\u{a0}jt"), (9, "\u{a0}M"), (12, "\u{a0}T")];
    const VIETNAMESE: [(u32, &str); 4] = [(3, "\u{a0}N"), (6, "\u{a0}Tr"), (9, "\u{a0}T"), (12, "\u{a0}NT")];
    const ARABIC: [(u32, &str); 4] = [(3, "\u{a0}ألف"), (6, "\u{a0}مليون"), (9, "\u{a0}مليار"), (12, "\u{a0}ترليون")];
    let locale = locale.to_ascii_lowercase().replace('_', "-");
    let mut parts = locale.split('-');
    match parts.next() {
        Some("zh") if parts.any(|part| matches!(part, "hant" | "tw" | "hk" | "mo")) => &TRADITIONAL,
        Some("zh") => &SIMPLIFIED,
        Some("ja") => &JAPANESE,
        Some("ko") => &KOREAN,
        Some("es") => &SPANISH,
        Some("pt") => &PORTUGUESE,
        Some("id") => &INDONESIAN,
        Some("vi") => &VIETNAMESE,
        Some("ar") => &ARABIC,
        _ => &ENGLISH,
    }
}

/// From this power of ten on, a number in the largest unit is as long as its digits: it is written as 1.2e18.
const HIGHEST: u32 = 17;

/// So many significant digits, or all of those before the point: for two as `Intl.NumberFormat` with `notation: "compact"`.
pub(super) fn compact(number: &Number, locale: &str, digits: u32) -> String {
    let Signs { point, minus, .. } = signs(locale);
    let Some(decimal) = Decimal::from_number(number) else {
        return by_text(&number.to_string(), digits, point, minus);
    };
    let whole = decimal.rounded(0, Rounding::TowardsZero).map_or(0, |whole| whole.digits.unsigned_abs());
    if whole >= 10_u128.pow(HIGHEST) {
        return by_text(&number.to_string(), digits, point, minus);
    }
    let mut shown = compact_at(decimal, 0, digits);
    let mut suffix = "";
    let mut reached = 0;
    for &(power, unit) in compact_units(locale) {
        // Rounding can carry into the next unit: 999,950 is 1M.
        let threshold = 10_u128.checked_pow(power - reached);
        let enough = shown.zip(threshold).is_some_and(|(shown, threshold)| {
            let whole = shown.rounded(0, Rounding::TowardsZero);
            whole.is_some_and(|whole| whole.digits.unsigned_abs() >= threshold)
        });
        if !enough {
            break;
        }
        (shown, suffix, reached) = (compact_at(decimal, power, digits), unit, power);
    }
    let text = shown.and_then(Decimal::into_number).unwrap_or_else(|| number.clone()).to_string();
    text.replace('.', point).replacen('-', minus, 1) + suffix
}

/// A number in a unit of 10^power, rounded to significant digits or to a whole.
fn compact_at(decimal: Decimal, power: u32, digits: u32) -> Option<Decimal> {
    let scaled = Decimal { digits: decimal.digits, scale: decimal.scale.checked_add(power)? };
    let whole = scaled.rounded(0, Rounding::TowardsZero)?.digits.unsigned_abs();
    let before = if whole == 0 { 1 } else { whole.ilog10() + 1 };
    scaled.rounded(i32::try_from(digits.saturating_sub(before)).ok()?, Rounding::HalfAwayFromZero)
}

/// `1.23e18`, by the digits as they are written: however many there are.
fn by_text(text: &str, digits: u32, point: &str, minus: &'static str) -> String {
    let (sign, unsigned) = text.strip_prefix('-').map_or(("", text), |unsigned| (minus, unsigned));
    let whole = unsigned.split('.').next().unwrap_or_default().trim_start_matches('0');
    let (Some(first), Some(power)) = (whole.get(..1), whole.len().checked_sub(1)) else { return text.to_owned() };
    let rest = whole.get(1..(digits as usize).clamp(1, whole.len())).unwrap_or_default().trim_end_matches('0');
    let rest = if rest.is_empty() { String::new() } else { format!("{point}{rest}") };
    format!("{sign}{first}{rest}e{power}")
}
