//! Numbers and lengths as CSS writes them.

/// A number as CSS writes it: at most six digits.
#[must_use]
pub fn shown(value: f64) -> String {
    let rounded = (value * 1e6).round() / 1e6;
    let digits = if rounded.abs() >= 1.0 { (6.0 - rounded.abs().log10().floor() - 1.0).max(0.0) as usize } else { 6 };
    let text = format!("{value:.digits$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// A CSS number.
#[must_use]
pub fn number(text: &str) -> Option<f64> {
    let allowed = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E');
    let is_number = text.bytes().all(allowed) && text.bytes().any(|byte| byte.is_ascii_digit()) && !text.ends_with('.');
    if is_number { text.parse::<f64>().ok().filter(|value| value.is_finite()) } else { None }
}

/// A length in px; `em` and its like are of a font of this size.
#[must_use]
pub fn length(text: &str, em: f64) -> Option<f64> {
    let end = text.find(|c: char| c.is_ascii_alphabetic() && !(c == 'e' && is_exponent(text))).unwrap_or(text.len());
    let (value, unit) = text.split_at_checked(end)?;
    let value = number(value)?;
    let by = match unit {
        "px" => 1.0,
        "pt" => 96.0 / 72.0,
        "pc" | "rem" => 16.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 96.0 / 25.4,
        "q" => 96.0 / 101.6,
        "em" | "ic" => em,
        "ex" | "ch" => em / 2.0,
        "" if value == 0.0 => 1.0,
        _ => return None,
    };
    Some(value * by).filter(|value| value.is_finite())
}

/// True where the first `e` of a text belongs to a number.
fn is_exponent(text: &str) -> bool {
    let mut rest = text.split(['e', 'E']).nth(1).unwrap_or_default().bytes();
    match rest.next() {
        Some(b'+' | b'-') => rest.next().is_some_and(|byte| byte.is_ascii_digit()),
        Some(byte) => byte.is_ascii_digit(),
        None => false,
    }
}
