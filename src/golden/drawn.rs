//! A picture as it was drawn, and what can be asked of it.

use crate::display::{DrawList, places};
use crate::error::{Diagnostics, Result};
use crate::geometry::Rect;
use crate::host::headless::play::Shown;
use crate::limits::Limits;
use crate::picture::Picture;
use crate::pipeline::Renderer;
use crate::raster::SharedCanvas;
use crate::scene::NodeId;

/// A picture, drawn.
#[derive(Debug)]
pub struct Drawn {
    /// The picture's name in its case; empty where the case has one picture.
    pub name: String,
    /// Its pixels.
    pub picture: Picture,
    /// What it shows.
    pub shown: Shown,
    /// What was wrong with template, style, data and pictures.
    pub diagnostics: Diagnostics,
}

impl Drawn {
    /// Width and height, px.
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        (self.picture.width(), self.picture.height())
    }

    /// Where its nodes are seen, px of the picture, in painting order.
    #[must_use]
    pub fn places(&self) -> Vec<(NodeId, Rect)> {
        let Shown { prepared, view, .. } = &self.shown;
        places(&prepared.scene, &prepared.layout, view, self.size())
    }
}

/// A session's pictures and what it told.
#[derive(Debug)]
pub struct Played {
    /// Its snapshots.
    pub snapshots: Vec<Drawn>,
    /// Its log, a JSON object a line.
    pub events: String,
    /// Its script's own expectations that were not met.
    pub failed: Vec<String>,
}

/// A list as a whole picture, premultiplied: a part of one that was drawn within the limits already.
///
/// # Errors
/// Where the canvas is over the limits.
pub fn rasterized(renderer: &mut Renderer, list: &DrawList, limits: &Limits) -> Result<Vec<u8>> {
    let mut canvas = SharedCanvas::new(list.width, list.height, limits)?;
    renderer.rasterize(list, &mut canvas, None);
    Ok(canvas.pixels().to_vec())
}
