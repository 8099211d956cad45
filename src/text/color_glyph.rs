//! Colour glyphs of plain layers (COLR version 0): each layer's coverage in its colour, one over the other.

use skrifa::color::{Brush, ColorGlyphFormat, ColorPainter, CompositeMode, Transform};
use skrifa::instance::LocationRef;
use skrifa::metrics::BoundingBox;
use skrifa::{FontRef, GlyphId, MetadataProvider};

use super::coverage::{PixelBox, accumulate};
use super::glyph::{GlyphImage, OutlineStep};
use super::outline::{map, outline};

/// Most layers of one glyph; the font's own table can't hold more than 65,535.
const MOST_LAYERS: usize = 4_096;

/// Collects the layers of a glyph: which outline in which palette entry.
struct Layers {
    list: Vec<(u32, u16, f32)>,
    /// False where a layer is more than an outline in one colour.
    plain: bool,
}

impl ColorPainter for Layers {
    fn push_transform(&mut self, _: Transform) {
        self.plain = false;
    }
    fn pop_transform(&mut self) {}
    fn push_clip_glyph(&mut self, _: GlyphId) {
        self.plain = false;
    }
    fn push_clip_box(&mut self, _: BoundingBox) {}
    fn pop_clip(&mut self) {}
    fn fill(&mut self, _: Brush<'_>) {
        self.plain = false;
    }
    fn fill_glyph(&mut self, glyph: GlyphId, _: Option<Transform>, brush: Brush<'_>) {
        match brush {
            Brush::Solid { palette_index, alpha } if self.list.len() < MOST_LAYERS => {
                self.list.push((glyph.to_u32(), palette_index, alpha));
            }
            _ => self.plain = false,
        }
    }
    fn push_layer(&mut self, _: CompositeMode) {
        self.plain = false;
    }
}

/// The picture of a colour glyph, its origin moved right by `shift` px; `None` where it has no plain layers.
pub(super) fn draw(font: &FontRef<'_>, glyph: u32, size: f32, shift: f32) -> Option<GlyphImage> {
    let color = font.color_glyphs().get_with_format(GlyphId::new(glyph), ColorGlyphFormat::ColrV0)?;
    let mut layers = Layers { list: Vec::new(), plain: true };
    color.paint(LocationRef::default(), &mut layers).ok()?;
    if !layers.plain {
        return None;
    }
    let palettes = font.color_palettes();
    let palette = palettes.get(0);
    let colors = palette.as_ref().map_or(&[][..], |palette| palette.colors());

    let mut outlines: Vec<(Vec<OutlineStep>, [f32; 4])> = Vec::with_capacity(layers.list.len());
    let mut around: Option<[f32; 4]> = None;
    for &(glyph, entry, alpha) in &layers.list {
        let mut steps = outline(font, LocationRef::default(), glyph, size);
        map(&mut steps, |x, y| (x + shift, y));
        let Some(found) = OutlineStep::bounds(&steps) else { continue };
        let [left, top, right, bottom] = around.unwrap_or(found);
        around = Some([left.min(found[0]), top.min(found[1]), right.max(found[2]), bottom.max(found[3])]);
        // 0xFFFF is the text's own colour, which a picture of a glyph does not know: black, as emoji fonts expect.
        let [red, green, blue, opacity] = colors.get(usize::from(entry)).map_or([0.0, 0.0, 0.0, 1.0], |color| {
            [color.red, color.green, color.blue, color.alpha].map(|part| f32::from(part) / 255.0)
        });
        let opacity = opacity * alpha.clamp(0.0, 1.0);
        outlines.push((steps, [red * opacity, green * opacity, blue * opacity, opacity]));
    }
    let Some(area) = around.and_then(PixelBox::around) else { return Some(GlyphImage::Empty) };
    let mut canvas = vec![0.0_f32; area.pixels() * 4];
    for (steps, color) in &outlines {
        blend(&mut canvas, area, steps, *color);
    }
    let pixels = canvas.iter().map(|part| (part.clamp(0.0, 1.0) * 255.0 + 0.5) as u8).collect();
    Some(GlyphImage::Color { left: area.left, top: area.top, width: area.width, height: area.height, pixels })
}

/// Source over, in premultiplied colour, of one layer.
fn blend(canvas: &mut [f32], area: PixelBox, steps: &[OutlineStep], color: [f32; 4]) {
    let Some(part) = OutlineStep::bounds(steps).and_then(PixelBox::around) else { return };
    let (skip_x, skip_y) = ((part.left - area.left) as usize, (part.top - area.top) as usize);
    let (width, row) = (part.width as usize, area.width as usize);
    accumulate(steps, part).for_each_pixel(|index, coverage| {
        let coverage = coverage.min(1.0);
        if coverage <= 0.0 {
            return;
        }
        let place = ((skip_y + index / width) * row + skip_x + index % width) * 4;
        if let Some(pixel) = canvas.get_mut(place..place + 4) {
            let keep = 1.0 - color[3] * coverage;
            for (under, over) in pixel.iter_mut().zip(color) {
                *under = over * coverage + *under * keep;
            }
        }
    });
}
