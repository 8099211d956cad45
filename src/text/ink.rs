//! Where the glyphs of a line draw something.

use super::face::Face;
use super::glyph::{GlyphImage, GlyphKey, OutlineStep};
use super::glyph_images::{GlyphImages, styled_outline};
use super::paragraph::{Glyph, GlyphRun, TextLine};
use crate::cache::Cache;
use crate::geometry::Rect;
use crate::unwind::contained;

/// Glyphs whose boxes are kept: those of the letters on a board, many times over.
const KEPT: usize = 1_024;
/// Of how many px the picture of a colour glyph is that is looked at: its layers have no outline in common.
const COLOR_SIZE: f32 = 64.0;

/// The boxes of glyphs, as parts of an em from their origin; `None` for what draws nothing.
#[derive(Debug)]
pub(super) struct Inks(Cache<(u32, u32), Option<Rect>>);

impl Default for Inks {
    fn default() -> Self {
        Self(Cache::with_capacity(KEPT))
    }
}

impl Inks {
    /// The box around all that a line draws, from the layout's left edge and the line's baseline; `None` where that is nothing.
    pub fn of(&mut self, line: &TextLine, faces: &[Face], images: &mut GlyphImages) -> Option<Rect> {
        // Of the host's letters nobody knows.
        if line.runs.iter().any(|run| run.face.is_of_host()) {
            return None;
        }
        let mut around: Option<Rect> = None;
        for run in &line.runs {
            for glyph in run.glyphs.iter() {
                let Some(own) = self.glyph(run, *glyph, faces, images) else { continue };
                around = Some(around.map_or(own, |around| around.union(&own)));
            }
        }
        around
    }

    fn glyph(&mut self, run: &GlyphRun, glyph: Glyph, faces: &[Face], images: &mut GlyphImages) -> Option<Rect> {
        let key = (run.face.0, glyph.id);
        let found = if let Some(kept) = self.0.get(&key) {
            *kept
        } else {
            let found = measure(run, glyph.id, faces, images);
            self.0.insert(key, found, 1);
            found
        }?;
        // Made bold it grows on all sides, slanted to the right above its baseline and to the left below.
        let grown = found.outset(run.embolden);
        let (left, right) = (grown.x - run.slant * grown.bottom().max(0.0), grown.right() - run.slant * grown.y.min(0.0));
        let slanted = Rect::from_edges(left, grown.y, right, grown.bottom());
        Some(slanted.scaled(run.size).translated(glyph.x, glyph.y))
    }
}

/// The box of an upright glyph at 1 px per em.
fn measure(run: &GlyphRun, glyph: u32, faces: &[Face], images: &mut GlyphImages) -> Option<Rect> {
    let face = faces.get(run.face.0 as usize)?;
    let mut key = GlyphKey { face: run.face, glyph, size: 1.0, quarter: 0, embolden: 0.0, slant: 0.0, stroke: 0.0 };
    if face.info.color {
        key.size = COLOR_SIZE;
        let (GlyphImage::Mask { left, top, width, height, .. } | GlyphImage::Color { left, top, width, height, .. }) =
            *images.get(&key, faces)
        else {
            return None;
        };
        return Some(Rect::new(left as f32, top as f32, width as f32, height as f32).scaled(1.0 / COLOR_SIZE));
    }
    let [left, top, right, bottom] = OutlineStep::bounds(&contained(|| styled_outline(face, &key)).ok()?)?;
    Some(Rect::from_edges(left, top, right, bottom))
}
