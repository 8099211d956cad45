//! Colours as functions give them (CSS Color 4 and 5): `lab()`, `oklch()`, `color()`, `color-mix()`, colours from others, `calc()`.
//!
//! ```text
//! text ──arguments──▶ Value: three channels in a space ──spaces──▶ sRGB bytes
//!          (calc)          └── mix: color-mix()          └──▶ text, as a 2D context gives it back
//! ```

mod arguments;
mod hexadecimal;
mod mix;
mod spaces;
mod value;

use arguments::Arguments;
pub use hexadecimal::in_hexadecimal;
pub use mix::mixed_in_oklab;
pub use spaces::Space;
pub use value::Value;

use super::Color;
use crate::css::tokens;

/// Colours within colours.
const DEEPEST: usize = 8;

/// What a colour without parentheses is, or one in the older notations, in lower case; `None` for everything else.
pub type Named<'a> = &'a dyn Fn(&str) -> Option<Color>;

/// Reads a colour's function, in lower case; colours within it may be named. Parentheses that are not closed are closed by the end of
/// the text. `None` where it is none.
///
/// ```
/// use friendboard::Color;
/// use friendboard::color::functions::read;
/// let named = |text: &str| (!text.contains('(')).then(|| Color::parse(text)).flatten();
/// assert_eq!(read("color-mix(in srgb, red, blue)", &named).unwrap().color(), Color::rgb(128, 0, 128));
/// assert!(read("color-mix(red)", &named).is_none());
/// ```
#[must_use]
pub fn read(lower: &str, named: Named<'_>) -> Option<Value> {
    function(lower, named, 0)
}

fn function(lower: &str, named: Named<'_>, depth: usize) -> Option<Value> {
    if depth > DEEPEST {
        return None;
    }
    let (name, rest) = lower.split_once('(')?;
    // What is not closed is closed by the end of the text.
    let inside = closed(rest)?;
    let within = |text: &str| match named(text) {
        Some(color) => Some(Value::of(color)),
        None => function(text, named, depth + 1),
    };
    match name {
        "color-mix" => mix::mixed(inside, &within),
        // Where a scheme is not told it is light.
        "light-dark" => {
            let both = tokens::split(inside, b',');
            let [light, dark] = both.as_slice() else { return None };
            within(dark.trim())?;
            within(light.trim())
        }
        _ => Arguments::read(inside, name, &within)?.value(name),
    }
}

/// What is within a function's parentheses; `None` where something follows them.
fn closed(rest: &str) -> Option<&str> {
    let mut depth = 1;
    for (index, byte) in rest.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => continue,
        }
        if depth == 0 {
            return (index + 1 == rest.len()).then(|| rest.get(..index)).flatten();
        }
    }
    Some(rest)
}
