//! The pixels painter: the shared canvas's pixels in the module's memory, straight as `putImageData` takes them.

use friendboard::Limits;
use friendboard::context::OpenDataContext;
use friendboard::geometry::PixelRect;
use friendboard::raster::SharedCanvas;

/// The canvas, and what is shown of it.
pub struct Canvas {
    pixels: SharedCanvas,
    straight: Vec<u8>,
    damage: PixelRect,
}

impl Canvas {
    /// A canvas that takes the size which the context has.
    pub fn new(limits: &Limits) -> friendboard::Result<Self> {
        let pixels = SharedCanvas::new(1, 1, limits)?;
        Ok(Self { straight: vec![0; 4], pixels, damage: PixelRect::default() })
    }

    /// Draws what has changed; true where something has.
    pub fn draw(&mut self, context: &mut OpenDataContext, now: f64) -> bool {
        let Some(damage) = context.frame(&mut self.pixels, now) else { return false };
        let length = self.pixels.pixels().len();
        if self.straight.len() != length {
            self.straight.clear();
            self.straight.resize(length, 0);
        }
        self.pixels.write_straight(damage, &mut self.straight);
        self.damage = damage;
        true
    }

    /// Straight RGBA8 rows.
    pub fn straight(&self) -> &[u8] {
        &self.straight
    }

    /// Width and height, device px.
    pub fn size(&self) -> (u32, u32) {
        (self.pixels.width(), self.pixels.height())
    }

    /// What the last draw touched.
    pub fn damage(&self) -> PixelRect {
        self.damage
    }
}
