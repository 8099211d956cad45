//! Colours as a 2D context takes them (CSS Color 4) and gives them back (HTML, "serialization of a color").

use crate::color::Color;

/// What `currentcolor` is where a canvas has no style: black.
const CURRENT: Color = Color::BLACK;

/// Reads a colour; `None` where it is none, which changes nothing.
pub fn parse(text: &str) -> Option<Color> {
    let text = text.trim_matches([' ', '\t', '\n', '\r', '\u{c}']);
    if text.len() > 256 || !text.is_ascii() {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    if let Some(color) = named(&lower) {
        return Some(color);
    }
    let (function, rest) = lower.split_once('(')?;
    // What is not closed is closed by the end of the text.
    let arguments = Arguments::read(rest.strip_suffix(')').unwrap_or(rest))?;
    match function {
        "rgb" | "rgba" => arguments.rgb(),
        "hsl" | "hsla" => arguments.hsl(),
        "hwb" if !arguments.commas => {
            let [hue, white, black] = arguments.channels()?;
            let (white, black) = (white.proportion()?, black.proportion()?);
            let hue = hsl_to_rgb(hue.degrees()?, 1.0, 0.5);
            let sum = white + black;
            let mixed = hue.map(|channel| if sum >= 1.0 { white / sum } else { channel * (1.0 - sum) + white });
            arguments.with_alpha(mixed)
        }
        "lab" | "oklab" | "lch" | "oklch" if !arguments.commas => arguments.lab(function),
        "color" if !arguments.commas => arguments.space(),
        _ => None,
    }
}

/// The system's own colours (CSS Color 4, §6.2 and appendix A) as a page without a colour scheme has them.
const SYSTEM: [(u32, &[&str]); 8] = [
    (
        0x0000_0000,
        &[
            "canvastext",
            "buttontext",
            "fieldtext",
            "marktext",
            "highlighttext",
            "selecteditemtext",
            "captiontext",
            "infotext",
            "menutext",
            "windowtext",
            "accentcolortext",
        ],
    ),
    (0x00ff_ffff, &["canvas", "field", "window", "activecaption", "appworkspace", "background", "menu", "infobackground"]),
    (
        0x00ef_efef,
        &[
            "buttonface",
            "buttonhighlight",
            "buttonshadow",
            "inactivecaption",
            "scrollbar",
            "threedface",
            "threedhighlight",
            "threedlightshadow",
        ],
    ),
    (0x0076_7676, &["buttonborder", "activeborder", "inactiveborder", "threeddarkshadow", "threedshadow", "windowframe"]),
    (0x0080_8080, &["graytext", "inactivecaptiontext"]),
    (0x0000_00ee, &["linktext", "accentcolor"]),
    (0x0055_1a8b, &["visitedtext", "activetext"]),
    (0x00b5_d5ff, &["highlight", "selecteditem", "mark"]),
];

fn named(lower: &str) -> Option<Color> {
    if lower == "currentcolor" {
        return Some(CURRENT);
    }
    if let Some((rgb, _)) = SYSTEM.iter().find(|(_, names)| names.contains(&lower)) {
        let [_, red, green, blue] = rgb.to_be_bytes();
        return Some(Color::rgb(red, green, blue));
    }
    if lower.contains('(') { None } else { Color::parse(lower) }
}

/// A colour as `fillStyle` gives it back.
pub fn serialized(color: Color) -> String {
    let Color { red, green, blue, alpha } = color;
    if alpha == 255 {
        return format!("#{red:02x}{green:02x}{blue:02x}");
    }
    // Two digits where they say the same byte, else three.
    let value = f64::from(alpha) / 255.0;
    let two = (value * 100.0).round() / 100.0;
    let shown = if (two * 255.0).round() as u8 == alpha { two } else { (value * 1_000.0).round() / 1_000.0 };
    format!("rgba({red}, {green}, {blue}, {shown})")
}

/// One argument: a number, perhaps with a unit, or `none`.
struct Argument<'a> {
    value: f64,
    unit: &'a str,
}

impl<'a> Argument<'a> {
    fn read(text: &'a str) -> Option<Self> {
        if text == "none" {
            return Some(Self { value: 0.0, unit: "none" });
        }
        if let Some(inner) = text.strip_prefix("calc(").and_then(|text| text.strip_suffix(')')) {
            return Self::read(inner.trim());
        }
        let starts_unit = |(index, c): (usize, char)| {
            let exponent = c == 'e'
                && text.get(index + 1..).is_some_and(|rest| {
                    let rest = rest.strip_prefix(['+', '-']).unwrap_or(rest);
                    rest.starts_with(|c: char| c.is_ascii_digit())
                });
            (c.is_ascii_alphabetic() && !exponent) || c == '%'
        };
        let end = text.char_indices().find(|at| starts_unit(*at)).map_or(text.len(), |(index, _)| index);
        let (value, unit) = text.split_at_checked(end)?;
        Some(Self { value: super::font::number(value)?, unit })
    }

    fn is_plain(&self) -> bool {
        matches!(self.unit, "" | "none")
    }

    /// A number, or a percentage of `whole`.
    fn of(&self, whole: f64) -> Option<f64> {
        match self.unit {
            "%" => Some(self.value / 100.0 * whole),
            "" | "none" => Some(self.value),
            _ => None,
        }
    }

    /// A percentage as 0 to 1, with or without its sign.
    fn proportion(&self) -> Option<f64> {
        matches!(self.unit, "%" | "" | "none").then_some((self.value / 100.0).clamp(0.0, 1.0))
    }

    fn degrees(&self) -> Option<f64> {
        let by = match self.unit {
            "" | "deg" | "none" => 1.0,
            "grad" => 0.9,
            "rad" => 180.0 / std::f64::consts::PI,
            "turn" => 360.0,
            _ => return None,
        };
        Some((self.value * by).rem_euclid(360.0))
    }
}

/// The arguments of a function: channels, and perhaps an opacity.
struct Arguments<'a> {
    commas: bool,
    parts: Vec<&'a str>,
    alpha: Option<&'a str>,
}

impl<'a> Arguments<'a> {
    fn read(text: &'a str) -> Option<Self> {
        if text.contains(',') {
            if text.contains('/') {
                return None;
            }
            let mut parts: Vec<&str> = text.split(',').map(str::trim).collect();
            if parts.iter().any(|part| part.split_ascii_whitespace().count() != 1 || *part == "none") {
                return None;
            }
            let alpha = if parts.len() == 4 { parts.pop() } else { None };
            return Some(Self { commas: true, parts, alpha });
        }
        let (channels, alpha) = match text.split_once('/') {
            Some((channels, alpha)) => (channels, Some(alpha.trim())),
            None => (text, None),
        };
        if alpha.is_some_and(|alpha| alpha.split_ascii_whitespace().count() != 1) {
            return None;
        }
        Some(Self { commas: false, parts: channels.split_ascii_whitespace().collect(), alpha })
    }

    fn channels(&self) -> Option<[Argument<'a>; 3]> {
        let [first, second, third] = self.parts.as_slice() else { return None };
        Some([Argument::read(first)?, Argument::read(second)?, Argument::read(third)?])
    }

    /// A colour of channels from 0 to 1.
    fn with_alpha(&self, rgb: [f64; 3]) -> Option<Color> {
        let alpha = match self.alpha {
            Some(alpha) => Argument::read(alpha)?.of(1.0)?.clamp(0.0, 1.0),
            None => 1.0,
        };
        let byte = |value: f64| (value * 255.0).round().clamp(0.0, 255.0) as u8;
        let [red, green, blue] = rgb.map(byte);
        Some(Color::rgba(red, green, blue, byte(alpha)))
    }

    fn rgb(&self) -> Option<Color> {
        let channels = self.channels()?;
        // With commas all are numbers, or all percentages.
        let percent = channels.iter().filter(|channel| channel.unit == "%").count();
        if self.commas && percent % 3 != 0 {
            return None;
        }
        let [red, green, blue] = channels.map(|channel| channel.of(255.0));
        self.with_alpha([red? / 255.0, green? / 255.0, blue? / 255.0])
    }

    fn hsl(&self) -> Option<Color> {
        let [hue, saturation, lightness] = self.channels()?;
        if self.commas && (saturation.is_plain() || lightness.is_plain()) {
            return None;
        }
        self.with_alpha(hsl_to_rgb(hue.degrees()?, saturation.proportion()?, lightness.proportion()?))
    }

    /// `lab()`, `lch()` and their newer forms (CSS Color 4, §9 and §10).
    fn lab(&self, function: &str) -> Option<Color> {
        let [lightness, second, third] = self.channels()?;
        let newer = function.starts_with("ok");
        let (light, reach) = match (newer, function.ends_with("ch")) {
            (true, _) => (1.0, 0.4),
            (false, true) => (100.0, 150.0),
            (false, false) => (100.0, 125.0),
        };
        let lightness = lightness.of(light)?.clamp(0.0, light);
        let (a, b) = if function.ends_with("ch") {
            let (chroma, hue) = (second.of(reach)?.max(0.0), third.degrees()?.to_radians());
            (chroma * libm::cos(hue), chroma * libm::sin(hue))
        } else {
            (second.of(reach)?, third.of(reach)?)
        };
        let linear = if newer { oklab_to_linear(lightness, a, b) } else { xyz_d50_to_linear(lab_to_xyz(lightness, a, b)) };
        self.with_alpha(linear.map(encoded))
    }

    /// `color(srgb r g b)` and `color(srgb-linear r g b)`.
    fn space(&self) -> Option<Color> {
        let [space, first, second, third] = self.parts.as_slice() else { return None };
        let channel = |text: &str| Argument::read(text)?.of(1.0);
        let rgb = [channel(first)?, channel(second)?, channel(third)?];
        match *space {
            "srgb" => self.with_alpha(rgb),
            "srgb-linear" => self.with_alpha(rgb.map(encoded)),
            _ => None,
        }
    }
}

/// CSS Color 4, §7.1; channels from 0 to 1.
fn hsl_to_rgb(hue: f64, saturation: f64, lightness: f64) -> [f64; 3] {
    [0.0, 8.0, 4.0].map(|n| {
        let k = (n + hue / 30.0) % 12.0;
        let a = saturation * lightness.min(1.0 - lightness);
        lightness - a * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0)
    })
}

/// The sRGB transfer function.
fn encoded(linear: f64) -> f64 {
    if linear <= 0.003_130_8 { linear * 12.92 } else { 1.055 * libm::pow(linear, 1.0 / 2.4) - 0.055 }
}

fn times(rows: [[f64; 3]; 3], by: [f64; 3]) -> [f64; 3] {
    rows.map(|row| row[0] * by[0] + row[1] * by[1] + row[2] * by[2])
}

fn oklab_to_linear(lightness: f64, a: f64, b: f64) -> [f64; 3] {
    let lms = [
        lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b,
        lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b,
        lightness - 0.089_484_177_5 * a - 1.291_485_548 * b,
    ]
    .map(|root| root * root * root);
    times(
        [
            [4.076_741_662_1, -3.307_711_591_3, 0.230_969_929_2],
            [-1.268_438_004_6, 2.609_757_401_1, -0.341_319_396_5],
            [-0.004_196_086_3, -0.703_418_614_7, 1.707_614_701],
        ],
        lms,
    )
}

fn lab_to_xyz(lightness: f64, a: f64, b: f64) -> [f64; 3] {
    const KAPPA: f64 = 24_389.0 / 27.0;
    let middle = (lightness + 16.0) / 116.0;
    let part = |root: f64| {
        let cube = root * root * root;
        if cube > 216.0 / 24_389.0 { cube } else { (116.0 * root - 16.0) / KAPPA }
    };
    let y = if lightness > 8.0 { middle * middle * middle } else { lightness / KAPPA };
    [part(middle + a / 500.0) * 0.964_295_676_4, y, part(middle - b / 200.0) * 0.825_104_602_5]
}

fn xyz_d50_to_linear(xyz: [f64; 3]) -> [f64; 3] {
    times(
        [
            [3.134_135_854_3, -1.617_385_998_0, -0.490_662_219_3],
            [-0.978_795_593_9, 1.916_254_377_4, 0.033_442_872_2],
            [0.071_955_39, -0.228_976_758_9, 1.405_386_030_2],
        ],
        xyz,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_and_given_back() {
        let cases = [
            ("#0F8", "#00ff88"),
            ("RED", "#ff0000"),
            ("transparent", "rgba(0, 0, 0, 0)"),
            ("rgba(255, 255, 255, 0.45)", "rgba(255, 255, 255, 0.45)"),
            ("rgba( 0,0, 0 ,.5)", "rgba(0, 0, 0, 0.5)"),
            ("rgb(0 255 0 / 50%)", "rgba(0, 255, 0, 0.5)"),
            ("rgb(300,-5,0)", "#ff0000"),
            ("hsl(120 100% 50%)", "#00ff00"),
            ("hsla(120, 100%, 50%, 0.499)", "rgba(0, 255, 0, 0.498)"),
            ("hwb(120 0% 0%)", "#00ff00"),
            ("rgb(0, 255, 0", "#00ff00"),
            ("currentColor", "#000000"),
            ("lab(100% 0 0)", "#ffffff"),
            ("oklch(0 0 0)", "#000000"),
            ("color(srgb 0 1 0)", "#00ff00"),
            ("ThreeDDarkShadow", "#767676"),
        ];
        for (text, css) in cases {
            assert_eq!(parse(text).map(serialized).as_deref(), Some(css), "{text}");
        }
    }

    #[test]
    fn what_is_no_colour_is_none() {
        for text in [
            "",
            "#0",
            "#00000",
            "#ggg",
            "rgb(0, 255, 0%)",
            "rgb(0, 255, 0 / 1)",
            "rgb(0 255, 0)",
            "rgb(0, 255, 0, 1, 0)",
            "rgb (0, 1, 2)",
            "hsl(0, 1, 1)",
            "hsl(0%, 100%, 50%)",
            "rgb(0,,0)",
            "none",
            "rgb(1px 2 3)",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
