//! Colour glyphs of gradients, transforms and layers (COLR version 1): the font's paint graph, pixel by pixel.

use skrifa::color::{Brush, ColorGlyphFormat, ColorPainter, ColorStop, CompositeMode, Extend, Transform};
use skrifa::instance::LocationRef;
use skrifa::metrics::BoundingBox;
use skrifa::{FontRef, GlyphId, MetadataProvider};
use tiny_skia::{BlendMode, Pixmap, PixmapPaint};

use super::color_brush::{Gradient, Paint};
use super::coverage::{PixelBox, accumulate};
use super::glyph::{GlyphImage, OutlineStep};
use super::outline::{map, outline};
use crate::geometry::finite;

/// Most steps of one glyph's paint graph, which may refer to its own parts again and again.
const MOST_STEPS: usize = 4_096;
/// Most layers that lie over each other.
const MOST_LAYERS: usize = 16;
/// Most pixels that are touched for one glyph, all steps together.
const MOST_WORK: usize = 64 * 1024 * 1024;

/// What the paint graph does, in device px.
enum Step {
    /// From here on nothing is drawn outside of an outline.
    Clip(Vec<OutlineStep>),
    /// The last clip is over.
    Unclip,
    /// The clip is filled.
    Fill(Paint),
    /// What follows is drawn apart.
    Layer,
    /// What was drawn apart is put onto what was there before.
    Merge(BlendMode),
}

/// Writes the paint graph down, so that its extent is known before anything is drawn.
struct Recorder<'a> {
    font: &'a FontRef<'a>,
    location: LocationRef<'a>,
    colors: &'a [skrifa::color::Color],
    units: f32,
    /// From font units to device px; the last is in force.
    transforms: Vec<Transform>,
    steps: Vec<Step>,
    /// The boxes of the clips in force, each within the one before.
    clips: Vec<[f32; 4]>,
    extent: Option<[f32; 4]>,
    layers: usize,
    /// True where the glyph is too much.
    gave_up: bool,
}

impl Recorder<'_> {
    fn transform(&self) -> Transform {
        self.transforms.last().copied().unwrap_or_default()
    }

    fn add(&mut self, step: Step) {
        if self.steps.len() < MOST_STEPS {
            self.steps.push(step);
        } else {
            self.gave_up = true;
        }
    }

    fn clip(&mut self, mut steps: Vec<OutlineStep>) {
        let by = self.transform();
        map(&mut steps, |x, y| (finite(by.xx * x + by.xy * y + by.dx), finite(by.yx * x + by.yy * y + by.dy)));
        let own = OutlineStep::bounds(&steps).unwrap_or([0.0; 4]);
        let within = self
            .clips
            .last()
            .map_or(own, |outer| [own[0].max(outer[0]), own[1].max(outer[1]), own[2].min(outer[2]), own[3].min(outer[3])]);
        self.clips.push(within);
        self.add(Step::Clip(steps));
    }

    fn color(&self, entry: u16, alpha: f32) -> [f32; 4] {
        // 0xFFFF is the text's own colour, which a picture of a glyph does not know: black, as emoji fonts expect.
        let [red, green, blue, opacity] = self.colors.get(usize::from(entry)).map_or([0.0, 0.0, 0.0, 1.0], |color| {
            [color.red, color.green, color.blue, color.alpha].map(|part| f32::from(part) / 255.0)
        });
        let opacity = opacity * finite(alpha).clamp(0.0, 1.0);
        [red * opacity, green * opacity, blue * opacity, opacity]
    }

    fn stops(&self, stops: &[ColorStop]) -> Vec<(f32, [f32; 4])> {
        stops.iter().map(|stop| (finite(stop.offset), self.color(stop.palette_index, stop.alpha))).collect()
    }
}

impl ColorPainter for Recorder<'_> {
    fn push_transform(&mut self, transform: Transform) {
        let product = self.transform() * transform;
        self.transforms.push(product);
        self.gave_up |= self.transforms.len() > MOST_STEPS;
    }

    fn pop_transform(&mut self) {
        self.transforms.pop();
    }

    fn push_clip_glyph(&mut self, glyph: GlyphId) {
        // At so many px an em as it has units, an outline is in font units; it comes with y pointing down.
        let mut steps = outline(self.font, self.location, glyph.to_u32(), self.units);
        map(&mut steps, |x, y| (x, -y));
        self.clip(steps);
    }

    fn push_clip_box(&mut self, clip: BoundingBox) {
        use OutlineStep::{Close, LineTo, MoveTo};
        let BoundingBox { x_min, y_min, x_max, y_max } = clip;
        self.clip(vec![MoveTo(x_min, y_min), LineTo(x_max, y_min), LineTo(x_max, y_max), LineTo(x_min, y_max), Close]);
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
        self.add(Step::Unclip);
    }

    fn fill(&mut self, brush: Brush<'_>) {
        // Without a clip it would have no end.
        let Some(&[left, top, right, bottom]) = self.clips.last() else { return };
        if right <= left || bottom <= top {
            return;
        }
        let gradient = match brush {
            Brush::Solid { palette_index, alpha } => {
                let color = self.color(palette_index, alpha);
                self.reach([left, top, right, bottom]);
                return self.add(Step::Fill(Paint::Solid(color)));
            }
            Brush::LinearGradient { p0, p1, color_stops, extend } => {
                let shape = Gradient::Linear { from: (p0.x, p0.y), to: (p1.x, p1.y) };
                (shape, self.stops(color_stops), extend)
            }
            Brush::RadialGradient { c0, r0, c1, r1, color_stops, extend } => {
                let shape = Gradient::Radial { from: (c0.x, c0.y), first: r0, to: (c1.x, c1.y), last: r1 };
                (shape, self.stops(color_stops), extend)
            }
            Brush::SweepGradient { c0, start_angle, end_angle, color_stops, extend } => {
                let shape = Gradient::Sweep { around: (c0.x, c0.y), from: start_angle, to: end_angle };
                (shape, self.stops(color_stops), extend)
            }
        };
        let (shape, stops, extend): (Gradient, Vec<(f32, [f32; 4])>, Extend) = gradient;
        if let Some(paint) = Paint::gradient(shape, stops, extend, &self.transform()) {
            self.reach([left, top, right, bottom]);
            self.add(Step::Fill(paint));
        }
    }

    fn push_layer(&mut self, _: CompositeMode) {
        self.layers += 1;
        self.gave_up |= self.layers > MOST_LAYERS;
        self.add(Step::Layer);
    }

    fn pop_layer_with_mode(&mut self, mode: CompositeMode) {
        self.layers = self.layers.saturating_sub(1);
        self.add(Step::Merge(blend_mode(mode)));
    }
}

impl Recorder<'_> {
    fn reach(&mut self, [left, top, right, bottom]: [f32; 4]) {
        let known = self.extent.unwrap_or([left, top, right, bottom]);
        self.extent = Some([known[0].min(left), known[1].min(top), known[2].max(right), known[3].max(bottom)]);
    }
}

fn blend_mode(mode: CompositeMode) -> BlendMode {
    match mode {
        CompositeMode::Clear => BlendMode::Clear,
        CompositeMode::Src => BlendMode::Source,
        CompositeMode::Dest => BlendMode::Destination,
        CompositeMode::DestOver => BlendMode::DestinationOver,
        CompositeMode::SrcIn => BlendMode::SourceIn,
        CompositeMode::DestIn => BlendMode::DestinationIn,
        CompositeMode::SrcOut => BlendMode::SourceOut,
        CompositeMode::DestOut => BlendMode::DestinationOut,
        CompositeMode::SrcAtop => BlendMode::SourceAtop,
        CompositeMode::DestAtop => BlendMode::DestinationAtop,
        CompositeMode::Xor => BlendMode::Xor,
        CompositeMode::Plus => BlendMode::Plus,
        CompositeMode::Screen => BlendMode::Screen,
        CompositeMode::Overlay => BlendMode::Overlay,
        CompositeMode::Darken => BlendMode::Darken,
        CompositeMode::Lighten => BlendMode::Lighten,
        CompositeMode::ColorDodge => BlendMode::ColorDodge,
        CompositeMode::ColorBurn => BlendMode::ColorBurn,
        CompositeMode::HardLight => BlendMode::HardLight,
        CompositeMode::SoftLight => BlendMode::SoftLight,
        CompositeMode::Difference => BlendMode::Difference,
        CompositeMode::Exclusion => BlendMode::Exclusion,
        CompositeMode::Multiply => BlendMode::Multiply,
        CompositeMode::HslHue => BlendMode::Hue,
        CompositeMode::HslSaturation => BlendMode::Saturation,
        CompositeMode::HslColor => BlendMode::Color,
        CompositeMode::HslLuminosity => BlendMode::Luminosity,
        CompositeMode::SrcOver | CompositeMode::Unknown => BlendMode::SourceOver,
    }
}

/// The picture of a colour glyph, its origin moved right by `shift` px; `None` where it has no paint graph, or one that is
/// broken or too much.
pub(super) fn draw(font: &FontRef<'_>, location: LocationRef<'_>, glyph: u32, size: f32, shift: f32) -> Option<GlyphImage> {
    let color = font.color_glyphs().get_with_format(GlyphId::new(glyph), ColorGlyphFormat::ColrV1)?;
    let units = f32::from(font.metrics(skrifa::instance::Size::unscaled(), location).units_per_em).max(1.0);
    let palettes = font.color_palettes();
    let palette = palettes.get(0);
    let scale = size / units;
    let mut recorder = Recorder {
        font,
        location,
        colors: palette.as_ref().map_or(&[][..], |palette| palette.colors()),
        units,
        transforms: vec![Transform { xx: scale, yx: 0.0, xy: 0.0, yy: -scale, dx: shift, dy: 0.0 }],
        steps: Vec::new(),
        clips: Vec::new(),
        extent: None,
        layers: 0,
        gave_up: false,
    };
    color.paint(location, &mut recorder).ok()?;
    if recorder.gave_up {
        return None;
    }
    let Some(area) = recorder.extent.and_then(PixelBox::around) else { return Some(GlyphImage::Empty) };
    if area.pixels().saturating_mul(recorder.steps.len()) > MOST_WORK {
        return None;
    }
    let pixels = rasterize(&recorder.steps, area)?;
    Some(GlyphImage::Color { left: area.left, top: area.top, width: area.width, height: area.height, pixels })
}

/// Does the steps; `None` where there is no room.
fn rasterize(steps: &[Step], area: PixelBox) -> Option<Vec<u8>> {
    let new = || Pixmap::new(area.width, area.height);
    let mut layers = vec![new()?];
    let mut clips: Vec<Vec<f32>> = Vec::new();
    for step in steps {
        match step {
            Step::Clip(outline) => {
                let mut coverage = vec![0.0; area.pixels()];
                let outer = clips.last();
                accumulate(outline, area).for_each_pixel(|index, part| {
                    if let Some(own) = coverage.get_mut(index) {
                        *own = part.clamp(0.0, 1.0) * outer.map_or(1.0, |outer| outer.get(index).copied().unwrap_or(0.0));
                    }
                });
                clips.push(coverage);
            }
            Step::Unclip => {
                clips.pop();
            }
            Step::Fill(paint) => {
                let (Some(layer), Some(clip)) = (layers.last_mut(), clips.last()) else { continue };
                fill(layer.data_mut(), clip, paint, area);
            }
            Step::Layer => layers.push(new()?),
            Step::Merge(mode) => {
                let Some(over) = layers.pop() else { continue };
                if let Some(under) = layers.last_mut() {
                    let paint = PixmapPaint { blend_mode: *mode, ..PixmapPaint::default() };
                    under.draw_pixmap(0, 0, over.as_ref(), &paint, tiny_skia::Transform::identity(), None);
                }
            }
        }
    }
    layers.into_iter().next().map(Pixmap::take)
}

/// Source over, where the clip lets it through.
fn fill(pixels: &mut [u8], clip: &[f32], paint: &Paint, area: PixelBox) {
    let width = area.width as usize;
    for (index, (pixel, &coverage)) in pixels.chunks_exact_mut(4).zip(clip).enumerate() {
        if coverage <= 0.0 {
            continue;
        }
        let x = area.left as f32 + (index % width) as f32 + 0.5;
        let y = area.top as f32 + (index / width) as f32 + 0.5;
        let over = paint.at(x, y);
        let keep = 1.0 - over[3] * coverage;
        for (under, over) in pixel.iter_mut().zip(over) {
            *under = ((over * coverage * 255.0 + f32::from(*under) * keep) + 0.5).clamp(0.0, 255.0) as u8;
        }
    }
}
