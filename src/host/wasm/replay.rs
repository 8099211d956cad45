//! The canvas2d painter: the draw list in the operations of a 2D context.

use friendboard::context::OpenDataContext;
use friendboard::display::lower;
use friendboard::geometry::PixelRect;
use friendboard::{Limits, Renderer, Result};

use crate::measure::HostFonts;
use crate::words::Words;

/// A renderer whose text the host measures.
pub fn renderer(limits: Limits) -> Renderer {
    Renderer::with_host_text(Box::new(friendboard::text::HostText::new(HostFonts::default())), limits)
}

/// The operations of a frame.
pub struct Canvas {
    words: Words,
    size: (u32, u32),
    damage: PixelRect,
}

impl Canvas {
    /// Nothing yet.
    #[allow(clippy::unnecessary_wraps, reason = "the pixels painter's canvas can be over the limits")]
    pub fn new(_limits: &Limits) -> Result<Self> {
        Ok(Self { words: Words::default(), size: (1, 1), damage: PixelRect::default() })
    }

    /// Brings the operations up to a time; true where anything has changed.
    pub fn draw(&mut self, context: &mut OpenDataContext, now: f64) -> bool {
        let Some(damage) = context.update(now) else { return false };
        self.damage = damage;
        self.size = context.placement().own;
        self.words.clear();
        for operation in lower(context.list()) {
            self.words.operation(&operation);
        }
        true
    }

    /// The operations.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// Width and height, device px.
    pub fn size(&self) -> (u32, u32) {
        self.size
    }

    /// What the frame touches.
    pub fn damage(&self) -> PixelRect {
        self.damage
    }

    /// No piece is made for the host.
    #[allow(clippy::unused_self, reason = "the pixels painter's canvas knows its own")]
    pub fn piece(&self) -> PixelRect {
        PixelRect::default()
    }
}
