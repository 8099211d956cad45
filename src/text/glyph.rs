//! What the rasterizer asks of the text room: the picture of one glyph, or its outline.

use std::sync::Arc;

/// A face of the fonts in use, as the engine that laid the text out numbers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FaceId(pub u32);

impl FaceId {
    /// No face: letters that none has, from left to right, which a host draws in fonts of its own.
    pub const OF_HOST: Self = Self(u16::MAX as u32 - 1);
    /// The same from right to left.
    pub const OF_HOST_REVERSED: Self = Self(u16::MAX as u32);

    /// True for what a host draws in fonts of its own.
    #[must_use]
    pub fn is_of_host(self) -> bool {
        self == Self::OF_HOST || self == Self::OF_HOST_REVERSED
    }
}

/// One glyph at one size, as it is cached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GlyphKey {
    /// The face.
    pub face: FaceId,
    /// Number in the face.
    pub glyph: u32,
    /// Device px per em.
    pub size: f32,
    /// Origin's offset to the right within its pixel, in quarters: 0 to 3. Browsers place glyphs in the same steps.
    pub quarter: u8,
    /// Outline grown on each side, as a part of the size.
    pub embolden: f32,
    /// dx per dy.
    pub slant: f32,
    /// Width of a stroke around the outline in place of its filling, device px; 0 is filled.
    pub stroke: f32,
}

/// The picture of one glyph. `left` and `top` lead from the origin's pixel to the picture's top left pixel.
#[derive(Clone, Debug, PartialEq)]
pub enum GlyphImage {
    /// Nothing to draw: a space.
    Empty,
    /// Exact-area coverage, a byte a pixel, rows from the top; to be filled with the text's colour.
    Mask {
        /// Pixels to the right of the origin's pixel.
        left: i32,
        /// Pixels below the baseline (negative is above).
        top: i32,
        /// Width, px.
        width: u32,
        /// Height, px.
        height: u32,
        /// `width × height` bytes.
        coverage: Vec<u8>,
    },
    /// A colour glyph: premultiplied RGBA8, rows from the top.
    Color {
        /// Pixels to the right of the origin's pixel.
        left: i32,
        /// Pixels below the baseline (negative is above).
        top: i32,
        /// Width, px.
        width: u32,
        /// Height, px.
        height: u32,
        /// `width × height × 4` bytes.
        pixels: Vec<u8>,
    },
}

/// A step of an outline; y points down, the origin is the glyph's, device px.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs, reason = "the usual path steps")]
pub enum OutlineStep {
    MoveTo(f32, f32),
    LineTo(f32, f32),
    QuadTo(f32, f32, f32, f32),
    CurveTo(f32, f32, f32, f32, f32, f32),
    Close,
}

impl OutlineStep {
    /// The box of all points of an outline, control points too: left, top, right, bottom. `None` where there are none.
    #[must_use]
    pub fn bounds(steps: &[Self]) -> Option<[f32; 4]> {
        let mut found: Option<[f32; 4]> = None;
        let mut add = |x: f32, y: f32| {
            let [left, top, right, bottom] = found.unwrap_or([x, y, x, y]);
            found = Some([left.min(x), top.min(y), right.max(x), bottom.max(y)]);
        };
        for step in steps {
            match *step {
                Self::MoveTo(x, y) | Self::LineTo(x, y) => add(x, y),
                Self::QuadTo(cx, cy, x, y) => {
                    add(cx, cy);
                    add(x, y);
                }
                Self::CurveTo(ax, ay, bx, by, x, y) => {
                    add(ax, ay);
                    add(bx, by);
                    add(x, y);
                }
                Self::Close => {}
            }
        }
        found
    }
}

/// Gives the pictures of glyphs.
pub trait GlyphSource {
    /// The picture of one glyph; the second time from a cache.
    fn image(&mut self, key: &GlyphKey) -> Arc<GlyphImage>;

    /// The outline of a glyph (`quarter` and `stroke` are not looked at): for what is turned or skewed. Empty for a colour glyph.
    fn outline(&mut self, key: &GlyphKey) -> Vec<OutlineStep>;
}
