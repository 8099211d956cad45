//! Pictures: decoded within limits, cropped, scaled without aliasing, encoded.

use std::sync::Arc;

/// A decoded picture: premultiplied RGBA8, row-major, top row first. Cheap to clone; two clones are the same picture.
#[derive(Clone)]
pub struct Picture {
    width: u32,
    height: u32,
    pixels: Arc<[u8]>,
}

impl Picture {
    /// A picture from premultiplied RGBA8 rows; `None` where the length is not `width × height × 4`.
    #[must_use]
    pub fn from_premultiplied(width: u32, height: u32, pixels: impl Into<Arc<[u8]>>) -> Option<Self> {
        let pixels = pixels.into();
        (pixels.len() == width as usize * height as usize * 4).then_some(Self { width, height, pixels })
    }

    /// Width in px.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Height in px.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.height
    }

    /// Premultiplied RGBA8, row-major, top row first.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// What tells this picture from every other that is alive: equal for clones of one picture.
    #[must_use]
    pub fn identity(&self) -> usize {
        Arc::as_ptr(&self.pixels).addr()
    }
}

impl PartialEq for Picture {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.pixels, &other.pixels)
    }
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({}×{})", self.width, self.height)
    }
}
