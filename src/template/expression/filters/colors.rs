//! Filters of colours: a theme's colours are any of CSS, so that digits pasted behind one make none.

use super::{Call, Filter};
use crate::color::Color;
use crate::json::Value;

#[inline(never)]
pub(super) fn evaluate(call: &mut Call<'_, '_, '_>, value: &Value) -> Value {
    let Some(color) = value.as_text().and_then(Color::parse) else {
        call.mismatch("a colour", value);
        // The value itself is more use on a board than nothing.
        return value.clone();
    };
    let shown = if call.filter == Filter::Alpha {
        color.faded(part(call, "opacity").unwrap_or(1.0))
    } else {
        let given = call.argument("with").unwrap_or_default();
        let Some(other) = given.as_text().and_then(Color::parse) else {
            let position = call.position;
            call.evaluator.mismatch(position, "a colour as 'with' of 'mix'", &given, "");
            return value.clone();
        };
        color.mixed(other, part(call, "part").unwrap_or(0.5))
    };
    Value::from(shown.to_string())
}

/// An argument from 0 to 1, or from 0% to 100%.
fn part(call: &mut Call<'_, '_, '_>, name: &str) -> Option<f32> {
    let value = call.argument(name)?;
    let number = match &value {
        Value::Number(number) => Some(number.to_f64()),
        Value::Text(text) => match text.strip_suffix('%') {
            Some(percent) => crate::Number::parse(percent).map(|number| number.to_f64() / 100.0),
            None => crate::Number::parse(text).map(|number| number.to_f64()),
        },
        _ => None,
    };
    if number.is_none() {
        let (position, filter) = (call.position, call.filter.signature().0);
        call.evaluator.mismatch(position, &format!("a number from 0 to 1 as '{name}' of '{filter}'"), &value, "");
    }
    number.map(|number| number.clamp(0.0, 1.0) as f32)
}
