//! Text by the host's measures: what the module asks of the host while it lays a board out.

use std::fmt::Write as _;

use friendboard::text::{FontDescription, HostMeasure};

use crate::css;

#[link(wasm_import_module = "friendboard")]
unsafe extern "C" {
    /// The advance of a text in a font, px: where both are in the module's memory, UTF-8. With an empty text, how far the
    /// font reaches above (`which` 1) and below (2) its baseline.
    fn measure(font: *const u8, font_length: usize, text: *const u8, text_length: usize, which: u32) -> f32;
}

/// Fonts of the host.
#[derive(Default)]
pub struct HostFonts {
    css: String,
}

impl HostFonts {
    fn ask(&mut self, font: &FontDescription, text: &str, which: u32) -> f32 {
        self.css = css::before_size(font);
        let _ = write!(self.css, "{}px ", font.size);
        self.css.push_str(&css::after_size(font));
        // SAFETY: the host reads so many bytes of each text during the call and writes nothing. There is no other way for
        // numbers and texts to leave the module while it computes.
        unsafe { measure(self.css.as_ptr(), self.css.len(), text.as_ptr(), text.len(), which) }
    }
}

impl HostMeasure for HostFonts {
    fn advance(&mut self, text: &str, font: &FontDescription) -> f32 {
        self.ask(font, text, 0)
    }

    fn extents(&mut self, font: &FontDescription) -> Option<(f32, f32)> {
        let (above, below) = (self.ask(font, "", 1), self.ask(font, "", 2));
        (above > 0.0).then_some((above, below))
    }
}
