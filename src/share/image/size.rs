//! How large a share image is, and as which of the three arrangements.

use std::str::FromStr;

use crate::error::{Error, ErrorKind, Result};

/// The size of an image, in px at dpr 1.
///
/// An image is arranged as the one of the three named sizes that its shape is nearest to, and is drawn as much larger or
/// smaller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ImageSize {
    /// 500×400: the 5:4 of WeChat and Douyin.
    #[default]
    FiveToFour,
    /// 500×500: thumbnails.
    Square,
    /// 1200×630: link previews.
    Wide,
    /// Another width and height; [`ImageSize::new`] holds them within [`SIDES`](Self::SIDES).
    Other(u16, u16),
}

impl ImageSize {
    /// Those that have a name.
    pub const ALL: [Self; 3] = [Self::FiveToFour, Self::Square, Self::Wide];
    /// How long a side may be, px.
    pub const SIDES: std::ops::RangeInclusive<u16> = 200..=4096;
    /// How many times as wide as high an image may be.
    pub const RATIOS: std::ops::RangeInclusive<f32> = 0.5..=2.5;

    /// A size by its width and height.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for a side or a shape that no image has.
    ///
    /// ```
    /// use friendboard::share::image::ImageSize;
    /// assert_eq!(ImageSize::new(500, 400)?, ImageSize::FiveToFour);
    /// assert_eq!(ImageSize::new(900, 500)?.pixels(), (900, 500));
    /// assert!(ImageSize::new(900, 200).is_err());
    /// # Ok::<(), friendboard::Error>(())
    /// ```
    pub fn new(width: u16, height: u16) -> Result<Self> {
        if let Some(known) = Self::ALL.into_iter().find(|size| size.pixels() == (width, height)) {
            return Ok(known);
        }
        let ratio = f32::from(width) / f32::from(height.max(1));
        if [width, height].iter().all(|side| Self::SIDES.contains(side)) && Self::RATIOS.contains(&ratio) {
            return Ok(Self::Other(width, height));
        }
        let (sides, ratios) = (Self::SIDES, Self::RATIOS);
        let expected = format!(
            "sides of {} to {} px, and {} to {} times as wide as high, were expected, found {width}x{height}",
            sides.start(),
            sides.end(),
            ratios.start(),
            ratios.end()
        );
        Err(Error::new(ErrorKind::Usage, expected))
    }

    /// Width and height.
    #[must_use]
    pub fn pixels(self) -> (u16, u16) {
        match self {
            Self::FiveToFour => (500, 400),
            Self::Square => (500, 500),
            Self::Wide => (1200, 630),
            Self::Other(width, height) => (width, height),
        }
    }

    /// The named size whose arrangement this one has.
    #[must_use]
    pub fn arrangement(self) -> Self {
        let Self::Other(width, height) = self else { return self };
        match f32::from(width) / f32::from(height.max(1)) {
            ratio if ratio >= 1.55 => Self::Wide,
            ratio if ratio >= 1.12 => Self::FiveToFour,
            _ => Self::Square,
        }
    }

    /// How many times as large as in its arrangement everything is.
    #[must_use]
    pub fn scale(self) -> f32 {
        let ((width, height), (own_width, own_height)) = (self.pixels(), self.arrangement().pixels());
        (f32::from(width) / f32::from(own_width)).min(f32::from(height) / f32::from(own_height))
    }

    /// Left, top, width and height of the inner 80%, which no platform crops.
    ///
    /// ```
    /// use friendboard::share::image::ImageSize;
    /// assert_eq!(ImageSize::FiveToFour.safe_area(), (50, 40, 400, 320));
    /// ```
    #[must_use]
    pub fn safe_area(self) -> (u16, u16, u16, u16) {
        let (width, height) = self.pixels();
        (width / 10, height / 10, width - width / 5, height - height / 5)
    }
}

impl FromStr for ImageSize {
    type Err = Error;

    /// `5:4`, `1:1`, or a width and a height such as `1200x630`.
    fn from_str(text: &str) -> Result<Self> {
        let sides = match text {
            "5:4" => Some((500, 400)),
            "1:1" => Some((500, 500)),
            _ => text.split_once(['x', '×']).and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?))),
        };
        let Some((width, height)) = sides else {
            let shown: String = text.chars().take(40).collect();
            return Err(Error::new(
                ErrorKind::Usage,
                format!("expected 5:4, 1:1 or 1200x630, or another width and height, found {shown:?}"),
            ));
        };
        Self::new(width, height)
    }
}
