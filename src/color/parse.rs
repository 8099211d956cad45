//! CSS colours: names, hexadecimal, `rgb()` and `hsl()` in the comma and the space form, `hwb()` (CSS Color 4, §5 to §8); all
//! that is longer is read by its functions, where they are there.

use super::Color;
use super::names::NAMES;

impl Color {
    /// Longest text that can be a colour: some mixed of others that are mixed themselves.
    pub(super) const LONGEST: usize = 1_024;

    /// Reads a CSS colour; `None` for anything else. `currentcolor` is none of them: a property that allows it keeps no
    /// colour of its own.
    ///
    /// ```
    /// use friendboard::Color;
    /// assert_eq!(Color::parse("#f80"), Some(Color::rgb(255, 136, 0)));
    /// assert_eq!(Color::parse("rgb(255 0 0 / 50%)"), Some(Color::rgba(255, 0, 0, 128)));
    /// assert_eq!(Color::parse("RebeccaPurple"), Some(Color::rgb(102, 51, 153)));
    /// # #[cfg(feature = "color-functions")]
    /// assert_eq!(Color::parse("color-mix(in srgb, black 25%, white)"), Some(Color::rgb(191, 191, 191)));
    /// assert_eq!(Color::parse("#12"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let color = Self::parse_plain(text);
        #[cfg(feature = "color-functions")]
        let color = color.or_else(|| {
            let lower = lower(text).filter(|lower| lower.ends_with(')'))?;
            super::functions::read(&lower, &plain).map(|value| value.color())
        });
        color
    }

    /// The same without functions of newer notations.
    pub(super) fn parse_plain(text: &str) -> Option<Self> {
        plain(&lower(text)?)
    }

    /// The names that [`Color::parse`] knows, without `transparent`; for 'did you mean'.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|&(name, _)| name)
    }

    fn from_rgb(rgb: u32) -> Self {
        let [_, red, green, blue] = rgb.to_be_bytes();
        Self::rgb(red, green, blue)
    }
}

/// A text that may be a colour, in lower case.
fn lower(text: &str) -> Option<String> {
    let text = text.trim();
    let may_be = !text.is_empty() && text.len() <= Color::LONGEST && text.is_ascii();
    may_be.then(|| text.to_ascii_lowercase())
}

/// A colour in lower case that is written without others, or a space to be in.
fn plain(text: &str) -> Option<Color> {
    match text.strip_prefix('#') {
        Some(digits) => hexadecimal(digits),
        None => match text.strip_suffix(')').and_then(|text| text.split_once('(')) {
            Some((function, arguments)) => functional(function, arguments),
            None => named(text),
        },
    }
}

fn named(name: &str) -> Option<Color> {
    if name == "transparent" {
        return Some(Color::TRANSPARENT);
    }
    let index = NAMES.binary_search_by_key(&name, |&(name, _)| name).ok()?;
    NAMES.get(index).map(|&(_, rgb)| Color::from_rgb(rgb))
}

fn hexadecimal(digits: &str) -> Option<Color> {
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let value = u32::from_str_radix(digits, 16).ok()?;
    let nibble = |shift: u32| ((value >> shift) & 15) as u8 * 17;
    match digits.len() {
        3 => Some(Color::rgb(nibble(8), nibble(4), nibble(0))),
        4 => Some(Color::rgba(nibble(12), nibble(8), nibble(4), nibble(0))),
        6 => Some(Color::from_rgb(value)),
        8 => {
            let [red, green, blue, alpha] = value.to_be_bytes();
            Some(Color::rgba(red, green, blue, alpha))
        }
        _ => None,
    }
}

/// `rgb(…)` or `hsl(…)`, with or without the `a`: both names take both forms, as CSS Color 4 says. `hwb(…)` has the space form only.
fn functional(function: &str, arguments: &str) -> Option<Color> {
    let (channels, alpha) = split_arguments(arguments)?;
    let alpha = alpha.map_or(Some(1.0), alpha_value)?;
    let rgb = match function.trim() {
        "rgb" | "rgba" => {
            let [red, green, blue] = channels.map(rgb_channel);
            [red?, green?, blue?]
        }
        "hsl" | "hsla" => {
            let [hue, saturation, lightness] = channels;
            hsl_to_rgb(hue_degrees(hue)?, proportion(saturation)?, proportion(lightness)?)
        }
        "hwb" if !arguments.contains(',') => {
            let [hue, white, black] = channels;
            hwb_to_rgb(hue_degrees(hue)?, proportion(white)?, proportion(black)?)
        }
        _ => return None,
    };
    let [red, green, blue] = rgb.map(byte);
    Some(Color::rgba(red, green, blue, byte(alpha * 255.0)))
}

/// Three channels and perhaps an alpha: `a, b, c[, d]` or `a b c [/ d]`.
fn split_arguments(arguments: &str) -> Option<([&str; 3], Option<&str>)> {
    let mut parts: Vec<&str>;
    let alpha;
    if arguments.contains(',') {
        parts = arguments.split(',').map(str::trim).collect();
        alpha = if parts.len() == 4 { parts.pop() } else { None };
    } else {
        let (channels, after) = match arguments.split_once('/') {
            Some((channels, after)) => (channels, Some(after.trim())),
            None => (arguments, None),
        };
        parts = channels.split_ascii_whitespace().collect();
        alpha = after;
    }
    <[&str; 3]>::try_from(parts).ok().map(|channels| (channels, alpha))
}

/// A CSS number: digits with an optional sign, point and exponent; no `inf`, no `nan`.
fn number(text: &str) -> Option<f64> {
    let allowed = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e');
    if text.is_empty() || !text.bytes().all(allowed) {
        return None;
    }
    text.parse::<f64>().ok().filter(|value| value.is_finite())
}

fn rgb_channel(text: &str) -> Option<f64> {
    match text.strip_suffix('%') {
        Some(percent) => Some(number(percent)? * 255.0 / 100.0),
        None if text == "none" => Some(0.0),
        None => number(text),
    }
}

fn proportion(text: &str) -> Option<f64> {
    if text == "none" {
        return Some(0.0);
    }
    // CSS Color 4 lets the percent sign be left out in the space form.
    Some((number(text.strip_suffix('%').unwrap_or(text))? / 100.0).clamp(0.0, 1.0))
}

fn alpha_value(text: &str) -> Option<f64> {
    let value = match text.strip_suffix('%') {
        Some(percent) => number(percent)? / 100.0,
        None if text == "none" => 0.0,
        None => number(text)?,
    };
    Some(value.clamp(0.0, 1.0))
}

fn hue_degrees(text: &str) -> Option<f64> {
    // `grad` before `rad`: one ends with the other.
    let units = [("deg", 1.0), ("grad", 0.9), ("rad", 180.0 / std::f64::consts::PI), ("turn", 360.0)];
    let degrees = match units.iter().find_map(|&(unit, factor)| text.strip_suffix(unit).map(|text| (text, factor))) {
        Some((text, factor)) => number(text)? * factor,
        None if text == "none" => 0.0,
        None => number(text)?,
    };
    Some(degrees.rem_euclid(360.0))
}

/// CSS Color 4, §7.1.
fn hsl_to_rgb(hue: f64, saturation: f64, lightness: f64) -> [f64; 3] {
    let channel = |n: f64| {
        let k = (n + hue / 30.0) % 12.0;
        let a = saturation * lightness.min(1.0 - lightness);
        (lightness - a * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0)) * 255.0
    };
    [channel(0.0), channel(8.0), channel(4.0)]
}

/// CSS Color 4, §8.1.
fn hwb_to_rgb(hue: f64, white: f64, black: f64) -> [f64; 3] {
    if white + black >= 1.0 {
        return [white / (white + black) * 255.0; 3];
    }
    hsl_to_rgb(hue, 1.0, 0.5).map(|channel| channel * (1.0 - white - black) + white * 255.0)
}

fn byte(value: f64) -> u8 {
    value.clamp(0.0, 255.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_form() {
        let cases = [
            ("#fff", Color::WHITE),
            ("#F80c", Color::rgba(255, 136, 0, 204)),
            ("#16a34a80", Color::rgba(22, 163, 74, 128)),
            (" #012345 ", Color::rgb(1, 0x23, 0x45)),
            ("transparent", Color::TRANSPARENT),
            ("yellowgreen", Color::rgb(0x9a, 0xcd, 0x32)),
            ("AliceBlue", Color::rgb(0xf0, 0xf8, 0xff)),
            ("rgb(1,2,3)", Color::rgb(1, 2, 3)),
            ("rgba( 1 , 2 , 3 , .5 )", Color::rgba(1, 2, 3, 128)),
            ("rgb(1 2 3 / 0.5)", Color::rgba(1, 2, 3, 128)),
            ("rgb(100% 0% 50%)", Color::rgb(255, 0, 128)),
            ("rgb(300, -5, 12.6)", Color::rgb(255, 0, 13)),
            ("rgba(22,163,74,60%)", Color::rgba(22, 163, 74, 153)),
            ("hsl(0, 100%, 50%)", Color::rgb(255, 0, 0)),
            ("hsl(120deg 100% 25%)", Color::rgb(0, 128, 0)),
            ("hsl(-120 100% 50% / 25%)", Color::rgba(0, 0, 255, 64)),
            ("hsla(0.5turn, 100%, 50%, 1)", Color::rgb(0, 255, 255)),
            ("hsl(200grad 100% 50%)", Color::rgb(0, 255, 255)),
            ("hsl(9 0% 100%)", Color::WHITE),
            ("hwb(120 0% 0%)", Color::rgb(0, 255, 0)),
            ("hwb(0.5turn 20% 40% / 50%)", Color::rgba(51, 153, 153, 128)),
            ("hwb(45 40% 80%)", Color::rgb(85, 85, 85)),
        ];
        for (text, color) in cases {
            assert_eq!(Color::parse(text), Some(color), "{text}");
        }
    }

    #[test]
    #[cfg(feature = "color-functions")]
    fn reads_newer_notations() {
        let cases = [
            // As Chromium draws them.
            ("lab(50% 40 59.5)", Color::rgb(191, 87, 0)),
            ("LCH(52.2345% 72.2 56.2)", Color::rgb(198, 93, 6)),
            ("oklab(0.59 0.1 0.1 / 50%)", Color::rgba(192, 93, 43, 128)),
            ("oklch(70% 0.1 200)", Color::rgb(64, 177, 183)),
            ("color(display-p3 1 0.5 0)", Color::rgb(255, 118, 0)),
            ("color(srgb 0.2 0.4 0.6)", Color::rgb(51, 102, 153)),
            ("color-mix(in srgb, #f00 25%, rgb(0 0 255))", Color::rgb(64, 0, 191)),
            ("color-mix(in oklch, white, color-mix(in srgb, black, black))", Color::rgb(99, 99, 99)),
            ("rgb(from #123456 b g r)", Color::rgb(0x56, 0x34, 0x12)),
            ("hsl(calc(60 * 2) 100% 25%)", Color::rgb(0, 128, 0)),
        ];
        for (text, color) in cases {
            assert_eq!(Color::parse(text), Some(color), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_colour() {
        for text in [
            "",
            "#",
            "#12",
            "#12345",
            "#1234567",
            "#ggg",
            "#+12",
            "red blue",
            "rgb(1,2)",
            "rgb(1,2,3,4,5)",
            "rgb(1 2 3 4)",
            "rgb(nan,0,0)",
            "rgb(inf 0 0)",
            "rgb(1px 2 3)",
            "hsl(red 1% 1%)",
            "rgb(1,2,3",
            "lab(1 2 3",
            "color-mix(in srgb, red)",
            "color-mix(in srgb, currentcolor, red)",
            "color(nowhere 1 1 1)",
            "rgb(from red r g)",
            "red)",
            "hwb(120, 0%, 0%)",
            "currentcolor",
            "红",
            "rgb()",
            "url(red)",
        ] {
            assert_eq!(Color::parse(text), None, "{text}");
        }
    }

    #[test]
    fn knows_the_names_in_order() {
        assert!(NAMES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (name, rgb) in NAMES {
            assert_eq!(Color::parse(name), Some(Color::from_rgb(rgb)));
        }
    }
}
