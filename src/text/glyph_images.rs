//! Pictures of glyphs, made once and kept while there is room.

use std::collections::HashMap;
use std::sync::Arc;

use super::face::Face;
use super::glyph::{GlyphImage, GlyphKey, OutlineStep};
use super::{color_glyph, color_paint, coverage, outline};
use crate::cache::Cache;
use crate::geometry::finite;
use crate::unwind::contained;

/// A face with at most this many glyphs is drawn by fontdue, which parses all of a face at load. Measured, at the precision
/// that we ask for: 6 µs a glyph at load, then 1–2 µs a picture, against 5 µs a picture from single outlines (CJK: 11 µs). So
/// a face of 106 glyphs, as the bundled Latin ones, pays after some 160 pictures (40 glyphs in all quarters of a pixel), and
/// one of 256 hardly ever does. Given files are never drawn by it: one that was cut to few glyphs must not differ from the
/// whole by fontdue's rounding (up to 3 of 255). A face is always drawn in one way, so that no picture depends on what was drawn before it.
const FONTDUE_MOST_GLYPHS: u32 = 160;
/// Above this size single outlines cost no more than they should, and are finer.
const FONTDUE_SIZE: f32 = 96.0;
/// What fontdue is told at load that it will draw at: it flattens curves for that, too coarsely at less (a tenth of a pixel).
const FONTDUE_SCALE: f32 = 2048.0;
/// Pictures kept, bytes.
const KEPT_BYTES: usize = 8 * 1024 * 1024;
/// What a picture costs beside its pixels, bytes.
const ENTRY_BYTES: usize = 160;

type KeyBits = (u32, u32, u32, u8, u32, u32, u32);

/// The cache of pictures, and fontdue's copies of the small faces.
pub(super) struct GlyphImages {
    images: Cache<KeyBits, Arc<GlyphImage>>,
    small: HashMap<u32, Option<fontdue::Font>>,
}

impl Default for GlyphImages {
    fn default() -> Self {
        Self { images: Cache::with_capacity(KEPT_BYTES), small: HashMap::new() }
    }
}

impl std::fmt::Debug for GlyphImages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (kept, bytes) = (self.images.len(), self.images.weight());
        f.debug_struct("GlyphImages").field("kept", &kept).field("bytes", &bytes).finish_non_exhaustive()
    }
}

impl GlyphImages {
    /// The picture of a glyph.
    pub fn get(&mut self, key: &GlyphKey, faces: &[Face]) -> Arc<GlyphImage> {
        let key = GlyphKey {
            size: finite(key.size).clamp(0.0, 16_384.0),
            quarter: key.quarter.min(3),
            embolden: finite(key.embolden).clamp(-1.0, 1.0),
            slant: finite(key.slant).clamp(-4.0, 4.0),
            stroke: finite(key.stroke).clamp(0.0, 4_096.0),
            ..*key
        };
        let bits = (
            key.face.0,
            key.glyph,
            key.size.to_bits(),
            key.quarter,
            key.embolden.to_bits(),
            key.slant.to_bits(),
            key.stroke.to_bits(),
        );
        if let Some(image) = self.images.get(&bits) {
            return Arc::clone(image);
        }
        // What a font's reader stumbles over has no picture.
        let image = Arc::new(contained(|| self.draw(&key, faces)).unwrap_or(GlyphImage::Empty));
        let bytes = ENTRY_BYTES
            + match &*image {
                GlyphImage::Empty => 0,
                GlyphImage::Mask { coverage, .. } => coverage.len(),
                GlyphImage::Color { pixels, .. } => pixels.len(),
            };
        // One that would push out all others is made anew each time.
        if bytes <= KEPT_BYTES / 4 {
            self.images.insert(bits, Arc::clone(&image), bytes);
        }
        image
    }

    fn draw(&mut self, key: &GlyphKey, faces: &[Face]) -> GlyphImage {
        let Some(face) = faces.get(key.face.0 as usize) else { return GlyphImage::Empty };
        let Some(font) = face.font() else { return GlyphImage::Empty };
        if key.size <= 0.0 {
            return GlyphImage::Empty;
        }
        let shift = f32::from(key.quarter) / 4.0;
        if face.info.color
            && key.stroke == 0.0
            && let Some(image) = color_paint::draw(&font, face.location(), key.glyph, key.size, shift)
                .or_else(|| color_glyph::draw(&font, key.glyph, key.size, shift))
        {
            return image;
        }
        let plain = key.embolden == 0.0 && key.slant == 0.0 && key.stroke == 0.0 && !face.info.color;
        if plain
            && key.size <= FONTDUE_SIZE
            && face.file.is_none()
            && face.metrics().glyphs <= FONTDUE_MOST_GLYPHS
            && let Some(image) = self.draw_small(key, face)
        {
            return image;
        }
        let mut steps = styled_outline(face, key);
        outline::map(&mut steps, |x, y| (x + shift, y));
        if key.stroke > 0.0 {
            return outline::stroke(&steps, key.stroke).map_or(GlyphImage::Empty, |path| coverage::fill_winding(&path));
        }
        coverage::fill(&steps)
    }

    /// By fontdue; `None` for what it has not loaded.
    fn draw_small(&mut self, key: &GlyphKey, face: &Face) -> Option<GlyphImage> {
        let font = self.small.entry(key.face.0).or_insert_with(|| {
            let (bytes, collection_index) = face.bytes();
            let settings = fontdue::FontSettings { collection_index, scale: FONTDUE_SCALE, load_substitutions: false };
            fontdue::Font::from_bytes(bytes, settings).ok()
        });
        let font = font.as_ref()?;
        let glyph = u16::try_from(key.glyph).ok().filter(|&glyph| glyph < font.glyph_count())?;
        if key.quarter == 0 {
            let metrics = font.metrics_indexed(glyph, key.size);
            if metrics.width == 0 || metrics.height == 0 || metrics.width * metrics.height > 1 << 20 {
                return None;
            }
            let (metrics, coverage) = font.rasterize_indexed(glyph, key.size);
            return Some(GlyphImage::Mask {
                left: metrics.xmin,
                top: -(metrics.ymin + signed(metrics.height)),
                width: metrics.width as u32,
                height: metrics.height as u32,
                coverage,
            });
        }
        // `rasterize_indexed_subpixel` would give three samples a pixel, but it leaves the origin's fraction unscaled and so
        // draws up to three quarters of a pixel too far left. Four times the size has all quarters, and each in its place.
        let metrics = font.metrics_indexed(glyph, key.size * 4.0);
        if metrics.width == 0 || metrics.height == 0 || metrics.width * metrics.height > 1 << 20 {
            return None;
        }
        let (metrics, fine) = font.rasterize_indexed(glyph, key.size * 4.0);
        Some(quarters_to_pixels(&metrics, &fine, i32::from(key.quarter)))
    }
}

fn signed(pixels: usize) -> i32 {
    i32::try_from(pixels).unwrap_or(i32::MAX)
}

/// Sums 4 × 4 samples to a pixel, the samples moved right by `quarter` of them.
fn quarters_to_pixels(metrics: &fontdue::Metrics, fine: &[u8], quarter: i32) -> GlyphImage {
    let fine_left = metrics.xmin + quarter;
    let fine_top = -(metrics.ymin + signed(metrics.height));
    let (left, top) = (fine_left.div_euclid(4), fine_top.div_euclid(4));
    let right = (fine_left + signed(metrics.width) + 3).div_euclid(4);
    let bottom = (fine_top + signed(metrics.height) + 3).div_euclid(4);
    let (width, height) = ((right - left) as usize, (bottom - top) as usize);
    let (skip_x, skip_y) = ((fine_left - left * 4) as usize, (fine_top - top * 4) as usize);
    let mut sums = vec![0_u16; width * height];
    for (y, row) in fine.chunks_exact(metrics.width.max(1)).enumerate() {
        let start = (y + skip_y) / 4 * width;
        let Some(line) = sums.get_mut(start..start + width) else { break };
        for (x, &sample) in row.iter().enumerate() {
            if let Some(sum) = line.get_mut((x + skip_x) / 4) {
                *sum += u16::from(sample);
            }
        }
    }
    let coverage = sums.iter().map(|&sum| ((sum + 8) / 16) as u8).collect();
    GlyphImage::Mask { left, top, width: width as u32, height: height as u32, coverage }
}

/// The outline of a glyph, made bold and slanted as the key says.
pub(super) fn styled_outline(face: &Face, key: &GlyphKey) -> Vec<OutlineStep> {
    let Some(font) = face.font() else { return Vec::new() };
    let mut steps = outline::outline(&font, face.location(), key.glyph, key.size);
    if key.embolden != 0.0 {
        outline::embolden(&mut steps, key.embolden * key.size);
    }
    if key.slant != 0.0 {
        outline::slant(&mut steps, key.slant);
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::super::FaceId;
    use super::super::bundled;
    use super::*;

    #[test]
    fn what_is_kept_stays_under_its_ceiling_and_is_drawn_again_alike() {
        let faces = bundled::faces(0);
        let mut images = GlyphImages::default();
        let key = |glyph: u32, size: f32| GlyphKey {
            face: FaceId(2),
            glyph,
            size,
            quarter: 0,
            embolden: 0.0,
            slant: 0.0,
            stroke: 0.0,
        };
        let first = images.get(&key(36, 200.0), &faces);
        assert_eq!(Arc::as_ptr(&first), Arc::as_ptr(&images.get(&key(36, 200.0), &faces)));
        let mut drawn = 0;
        for glyph in 36..900 {
            drawn += match &*images.get(&key(glyph, 200.0), &faces) {
                GlyphImage::Mask { coverage, .. } => coverage.len(),
                _ => 0,
            };
            assert!(images.images.weight() <= KEPT_BYTES);
        }
        assert!(drawn > KEPT_BYTES / 2 * 3, "{drawn} bytes push nothing out");
        assert!(!images.images.is_empty() && images.images.len() < 864);
        let again = images.get(&key(36, 200.0), &faces);
        assert_ne!(Arc::as_ptr(&first), Arc::as_ptr(&again));
        assert_eq!(first, again);
        // One picture that would push out all others is not kept.
        let kept = images.images.len();
        assert!(matches!(&*images.get(&key(36, 4_000.0), &faces), GlyphImage::Mask { .. }));
        assert_eq!(images.images.len(), kept);
    }
}
