//! CSS colours.

#[cfg(feature = "color-functions")]
pub mod functions;
mod names;
mod parse;

/// A colour: straight (not premultiplied) sRGB with alpha, a byte a channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Color {
    /// Red.
    pub red: u8,
    /// Green.
    pub green: u8,
    /// Blue.
    pub blue: u8,
    /// Opacity: 0 is transparent, 255 opaque.
    pub alpha: u8,
}

impl Color {
    /// Nothing at all.
    pub const TRANSPARENT: Self = Self::rgba(0, 0, 0, 0);
    /// Opaque black.
    pub const BLACK: Self = Self::rgb(0, 0, 0);
    /// Opaque white.
    pub const WHITE: Self = Self::rgb(255, 255, 255);

    /// An opaque colour.
    #[must_use]
    pub const fn rgb(red: u8, green: u8, blue: u8) -> Self {
        Self::rgba(red, green, blue, 255)
    }

    /// A colour with opacity.
    #[must_use]
    pub const fn rgba(red: u8, green: u8, blue: u8, alpha: u8) -> Self {
        Self { red, green, blue, alpha }
    }

    /// True where drawing with it changes nothing.
    #[must_use]
    pub const fn is_transparent(self) -> bool {
        self.alpha == 0
    }

    /// Relative luminance, 0 for black to 1 for white, its opacity not looked at (WCAG 2.2, relative luminance).
    #[must_use]
    pub fn luminance(self) -> f32 {
        let linear = |channel: u8| {
            let value = f32::from(channel) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { libm::powf((value + 0.055) / 1.055, 2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// Contrast between two opaque colours, from 1 to 21 (WCAG 2.2, contrast ratio).
    ///
    /// ```
    /// use friendboard::Color;
    /// assert!((Color::BLACK.contrast(Color::WHITE) - 21.0).abs() < 0.01);
    /// ```
    #[must_use]
    pub fn contrast(self, other: Self) -> f32 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The same colour, its opacity multiplied by a factor from 0 to 1.
    #[must_use]
    pub fn faded(self, factor: f32) -> Self {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a byte")]
        let alpha = (f32::from(self.alpha) * factor.clamp(0.0, 1.0)).round() as u8;
        Self { alpha, ..self }
    }

    /// The colour that a part of another, from 0 to 1, is mixed into: in sRGB, premultiplied (CSS Color 5, §3, `in srgb`).
    ///
    /// ```
    /// use friendboard::Color;
    /// assert_eq!(Color::BLACK.mixed(Color::WHITE, 0.25), Color::rgb(64, 64, 64));
    /// ```
    #[must_use]
    pub fn mixed(self, other: Self, part: f32) -> Self {
        let part = part.clamp(0.0, 1.0);
        let alpha = f32::from(self.alpha) * (1.0 - part) + f32::from(other.alpha) * part;
        if alpha <= 0.0 {
            return Self::TRANSPARENT;
        }
        let channel = |a: u8, b: u8| {
            let own = f32::from(a) * f32::from(self.alpha) * (1.0 - part);
            let others = f32::from(b) * f32::from(other.alpha) * part;
            ((own + others) / alpha).round() as u8
        };
        Self {
            red: channel(self.red, other.red),
            green: channel(self.green, other.green),
            blue: channel(self.blue, other.blue),
            alpha: alpha.round() as u8,
        }
    }
}

impl std::fmt::Display for Color {
    /// `#rrggbb`, or `#rrggbbaa` where it is not opaque.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)?;
        if self.alpha < 255 { write!(formatter, "{:02x}", self.alpha) } else { Ok(()) }
    }
}
