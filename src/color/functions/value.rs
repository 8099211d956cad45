//! A colour in a space: as it is drawn, as it is given back, and in another space.

use std::fmt::Write as _;

use super::spaces::{self, Space};
use crate::color::Color;
use crate::css::shown;

/// A colour in a space; a channel that is `none` is missing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value {
    /// In which its channels are.
    pub space: Space,
    /// As the notation has them.
    pub channels: [Option<f64>; 3],
    /// 0 to 1.
    pub alpha: Option<f64>,
}

impl Value {
    /// A colour of bytes.
    #[must_use]
    pub fn of(color: Color) -> Self {
        let channels = [color.red, color.green, color.blue].map(|byte| Some(f64::from(byte) / 255.0));
        Self { space: Space::Legacy, channels, alpha: Some(f64::from(color.alpha) / 255.0) }
    }

    /// Its channels with 0 for what is missing.
    #[must_use]
    pub fn numbers(&self) -> [f64; 3] {
        self.channels.map(|channel| channel.unwrap_or(0.0))
    }

    /// As it is drawn.
    #[must_use]
    pub fn color(&self) -> Color {
        let byte = |value: f64| (value * 255.0).round().clamp(0.0, 255.0) as u8;
        let [red, green, blue] = spaces::to_srgb(self.space, self.numbers()).map(byte);
        Color::rgba(red, green, blue, byte(self.alpha.unwrap_or(0.0)))
    }

    /// As `fillStyle` gives it back: the older notations as hexadecimal or `rgba()`, the others as they are.
    pub fn css(&self) -> String {
        let (name, is_function) = match self.space {
            Space::Legacy => return serialized(self.color()),
            Space::Lab => ("lab", true),
            Space::Lch => ("lch", true),
            Space::Oklab => ("oklab", true),
            Space::Oklch => ("oklch", true),
            Space::Hsl | Space::Hwb => {
                let srgb = spaces::to_srgb(self.space, self.numbers()).map(Some);
                return Self { space: Space::Srgb, channels: srgb, ..*self }.css();
            }
            other => (other.name(), false),
        };
        let number = |value: Option<f64>| value.map_or_else(|| "none".to_owned(), |value| shown(value + 0.0));
        let [first, second, third] = self.channels.map(number);
        let mut css = if is_function {
            format!("{name}({first} {second} {third}")
        } else {
            format!("color({name} {first} {second} {third}")
        };
        if self.alpha != Some(1.0) {
            let _ = write!(css, " / {}", number(self.alpha));
        }
        css.push(')');
        css
    }

    /// The same colour in another space. A hue of what has no colour is missing; so is what was missing (§12.2), where the
    /// other space has a channel of its kind.
    #[must_use]
    pub fn convert(&self, to: Space) -> Self {
        if self.space == to || (self.space == Space::Legacy && to == Space::Srgb) {
            return Self { space: to, ..*self };
        }
        let numbers = self.numbers();
        let in_srgb = |space| matches!(space, Space::Legacy | Space::Srgb | Space::Hsl | Space::Hwb);
        let own = match to {
            // Within sRGB nothing is made linear, so that nothing is lost.
            Space::Legacy | Space::Srgb if in_srgb(self.space) => spaces::to_srgb(self.space, numbers),
            Space::Hsl if in_srgb(self.space) => spaces::rgb_to_hsl(spaces::to_srgb(self.space, numbers)),
            _ => spaces::from_linear(to, spaces::to_linear(self.space, numbers)),
        };
        let mut channels = own.map(Some);
        let is_gray = match to {
            Space::Hsl => own[1].abs() < 1e-3,
            Space::Hwb => own[1] + own[2] >= 100.0 - 1e-3,
            Space::Lch => own[1] < 1.5e-2,
            Space::Oklch => own[1] < 4e-6,
            _ => false,
        };
        if let (Some(hue), true) = (to.hue(), is_gray) {
            channels[hue] = None;
            if matches!(to, Space::Lch | Space::Oklch) {
                channels[1] = Some(0.0);
            }
        }
        Self { space: to, channels, alpha: self.alpha }
    }
}

/// A colour as `fillStyle` gives it back.
fn serialized(color: Color) -> String {
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
