//! Colours as a 2D context takes them (CSS Color 4 and 5) and gives them back (HTML, "serialization of a color").

use crate::color::Color;
use crate::color::functions::{self, Value};

/// What `currentcolor` is where a canvas has no style: black.
const CURRENT: Color = Color::BLACK;
/// Longest text that is read as a colour.
const LONGEST: usize = 4_096;

/// Reads a colour: as it is drawn, and as it is given back; `None` where it is none, which changes nothing.
pub fn parse(text: &str) -> Option<(Color, String)> {
    let text = text.trim_matches([' ', '\t', '\n', '\r', '\u{c}']);
    if text.len() > LONGEST || !text.is_ascii() {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let value = match named(&lower) {
        Some(color) => Value::of(color),
        None => functions::read(&lower, &named)?,
    };
    Some((value.color(), value.css()))
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
            ("lab(100% 0 0)", "lab(100 0 0)"),
            ("oklch(0 0 0 / 50%)", "oklch(0 0 0 / 0.5)"),
            ("color(srgb 0 100% 0)", "color(srgb 0 1 0)"),
            ("color(display-p3 none 1 0)", "color(display-p3 none 1 0)"),
            ("color(xyz 0 0.5 0)", "color(xyz-d65 0 0.5 0)"),
            ("color-mix(in srgb, red, blue)", "color(srgb 0.5 0 0.5)"),
            ("color-mix(in srgb, red 25%, rgb(0 0 255 / 50%))", "color(srgb 0.4 0 0.6 / 0.625)"),
            ("color-mix(in hsl, #f00, #0f0)", "color(srgb 1 1 0)"),
            ("color-mix(in hsl longer hue, #f00, #0f0)", "color(srgb 0 0 1)"),
            ("color-mix(in lch, white 30%, black 20%)", "lch(60 0 none / 0.5)"),
            ("rgb(from red b g r)", "color(srgb 0 0 1)"),
            ("hsl(from red calc(h + 120) s l / 0.5)", "color(srgb 0 1 0 / 0.5)"),
            ("oklch(from white l c none)", "oklch(1 0 none)"),
            ("light-dark(#0f0, #f00)", "#00ff00"),
            ("rgb(calc(50 * 2) calc(infinity) calc(-1 / 0))", "#64ff00"),
            ("rgb(0 255 0 / calc(1 / 5))", "rgba(0, 255, 0, 0.2)"),
            ("ThreeDDarkShadow", "#767676"),
        ];
        for (text, css) in cases {
            assert_eq!(parse(text).map(|(_, css)| css).as_deref(), Some(css), "{text}");
        }
    }

    #[test]
    fn what_is_far_too_large_is_as_much_as_there_is() {
        let large = "9".repeat(400);
        let (color, _) = parse(&format!("rgb(-{large}, {large}, -{large})")).unwrap();
        assert_eq!(color, Color::rgb(0, 255, 0));
        assert_eq!(parse(&"rgb(".repeat(500)), None);
        assert_eq!(parse(&format!("rgb({}1{} 0 0)", "calc(".repeat(400), ")".repeat(400))), None);
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
            "rgb(0 255 0) red",
            "rgb(calc(1 +) 0 0)",
            "rgb(calc(1% + 1) 0 0)",
            "color-mix(red, blue)",
            "color-mix(in srgb, red)",
            "color-mix(in srgb, red 0%, blue 0%)",
            "color-mix(in srgb, red 101%, blue)",
            "color(nowhere 0 0 0)",
            "rgb(from red x g b)",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
