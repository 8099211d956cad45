//! Filters of text.

use std::sync::Arc;

use super::{Call, Filter};
use crate::grapheme;
use crate::json::Value;

#[inline(never)]
pub(super) fn evaluate(call: &mut Call<'_, '_, '_>, value: &Value) -> Value {
    let text = value.to_text();
    call.evaluator.scope.spend(text.len());
    match call.filter {
        Filter::Upper => call.text(text.to_uppercase()),
        Filter::Lower => call.text(text.to_lowercase()),
        Filter::Trim => Value::from(text.trim()),
        Filter::Replace => {
            let (old, new) = (call.text_argument("old").unwrap_or_default(), call.text_argument("new").unwrap_or_default());
            if old.is_empty() {
                return Value::Text(text);
            }
            let count = call.whole_number("count").and_then(|count| usize::try_from(count).ok()).unwrap_or(usize::MAX);
            replace(call, &text, &old, &new, count)
        }
        Filter::Truncate => {
            let Some(length) = call.whole_number("length") else {
                return Value::Text(text);
            };
            let length = usize::try_from(length.max(0)).unwrap_or(usize::MAX);
            if grapheme::count(&text) <= length {
                return Value::Text(text);
            }
            // As in Jinja, the end is a part of the length.
            let end = call.text_argument("end").unwrap_or_else(|| Arc::from("…"));
            let kept = length.saturating_sub(grapheme::count(&end));
            let end = if length == 0 { "" } else { &*end };
            let start = grapheme::prefix(&text, kept).trim_end();
            call.text(format!("{start}{end}"))
        }
        Filter::Pad => pad(call, text),
        Filter::Json => {
            let json = value.to_json();
            call.evaluator.scope.spend(json.len());
            call.text(json)
        }
        _ => Value::Text(text),
    }
}

/// Made so many characters long at its beginning, behind a sign: `7 | pad(2)` is `07`.
fn pad(call: &mut Call<'_, '_, '_>, text: Arc<str>) -> Value {
    let Some(length) = call.whole_number("length") else { return Value::Text(text) };
    let with = call.text_argument("with").unwrap_or_else(|| Arc::from("0"));
    let lacking = usize::try_from(length).unwrap_or(0).saturating_sub(grapheme::count(&text));
    // What is longer is cut off anyway.
    let lacking = lacking.min(call.evaluator.scope.string_bytes);
    if lacking == 0 || with.is_empty() {
        return Value::Text(text);
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) if &*with == "0" => ("-", digits),
        _ => ("", &*text),
    };
    let filling: String = with.chars().cycle().take(lacking).collect();
    call.evaluator.scope.spend(filling.len());
    call.text(format!("{sign}{filling}{digits}"))
}

fn replace(call: &mut Call<'_, '_, '_>, text: &str, old: &str, new: &str, count: usize) -> Value {
    let allowed = call.evaluator.scope.string_bytes;
    let mut replaced = String::new();
    let mut rest = text;
    for _ in 0..count {
        let Some((before, after)) = rest.split_once(old) else { break };
        replaced.push_str(before);
        replaced.push_str(new);
        rest = after;
        // What comes after is cut off anyway.
        if replaced.len() > allowed {
            break;
        }
    }
    replaced.push_str(rest);
    call.evaluator.scope.spend(replaced.len());
    call.text(replaced)
}
