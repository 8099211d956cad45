//! The software rasterizer: draw list into a caller's buffer.
//!
//! What boards are made of has a short way of its own (boxes on whole pixels, cached glyphs, pictures scaled once); what
//! is turned or skewed goes through tiny-skia's paths. Either way the same list gives the same bytes on every target.

mod blend;
mod canvas;
mod coverage;
mod glyphs;
mod gradient;
mod image;
mod painter;
mod shadow;
mod surface;

pub use canvas::SharedCanvas;
pub use painter::Rasterizer;
