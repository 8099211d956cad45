//! The software rasterizer: a draw list or operations into a caller's buffer.
//!
//! What boards are made of has a short way of its own (boxes on whole pixels, cached glyphs, pictures scaled once); what
//! is turned or skewed, and any other path, goes through tiny-skia. Either way the same list gives the same bytes on every
//! target, and so do the operations that it is lowered to.
//!
//! ```text
//! DrawList ────list────┐                 ┌─ fills (boxes | paths, gradient) ────┐
//!                      ├─▶ Painter's ────┼─ pictures (image) ──────────────────┼─▶ Surface (blend | composite)
//! [Operation] ─operations─┘  state       └─ glyphs ─────────────────────────────┘
//! ```

mod apart;
mod blend;
mod blocks;
mod box_shadow;
mod boxes;
mod canvas;
mod clip;
mod composite;
mod cost;
mod coverage;
mod fills;
mod glyphs;
mod gradient;
mod image;
mod kept_layers;
mod layers;
mod list;
mod moved;
mod needed;
mod operations;
mod painter;
mod paths;
mod pictures;
mod pieces;
mod ramp;
mod rasterizer;
mod shadow;
#[cfg(feature = "script")]
mod strokes;
mod surface;
mod tables;

pub use canvas::SharedCanvas;
pub use cost::{Cost, cost};
pub use moved::{Areas, Moved, moved};
pub use needed::{NeededCrop, needed_crops};
pub use rasterizer::Rasterizer;
pub use shadow::blur_pixels;
#[cfg(feature = "script")]
pub use strokes::stroke_path;
