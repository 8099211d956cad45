//! The canvas2d painter: the draw list in the operations of a 2D context.

use friendboard::context::OpenDataContext;
use friendboard::display::lower_within;
use friendboard::geometry::PixelRect;
use friendboard::{Limits, Renderer, Result};

use crate::measure::HostFonts;
use crate::words::Words;

/// More than such a part of the canvas is not drawn as a part.
const PART_MOST: (u64, u64) = (7, 8);

fn area_of(rect: &PixelRect) -> u64 {
    u64::from(rect.width().unsigned_abs()) * u64::from(rect.height().unsigned_abs())
}

/// A renderer whose text the host measures.
pub fn renderer(limits: Limits) -> Renderer {
    Renderer::with_host_text(Box::new(friendboard::text::HostText::new(HostFonts::default())), limits)
}

/// The operations of a frame.
pub struct Canvas {
    words: Words,
    size: (u32, u32),
    damage: PixelRect,
    can_clip: bool,
}

impl Canvas {
    /// Nothing yet.
    #[allow(clippy::unnecessary_wraps, reason = "the pixels painter's canvas can be over the limits")]
    pub fn new(_limits: &Limits) -> Result<Self> {
        Ok(Self { words: Words::default(), size: (1, 1), damage: PixelRect::default(), can_clip: true })
    }

    /// Brings the operations up to a time; true where anything has changed.
    pub fn draw(&mut self, context: &mut OpenDataContext, now: f64) -> bool {
        let Some(damage) = context.update(now) else { return false };
        self.size = context.placement().own;
        let whole = PixelRect::new(0, 0, self.size.0 as i32, self.size.1 as i32);
        // Nearly all is as soon drawn whole, without a clip.
        let is_most = PART_MOST.1 * area_of(&damage) > PART_MOST.0 * area_of(&whole);
        self.damage = if is_most || !self.can_clip { whole } else { damage };
        self.words.clear();
        for operation in lower_within(context.list(), &self.damage) {
            self.words.operation(&operation);
        }
        true
    }

    /// Says that the host's context has no clip, so that each frame is drawn whole.
    pub fn lacks_clip(&mut self) {
        self.can_clip = false;
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
