//! One face: its bytes, and the little that choosing and placing it needs. Nothing of it is parsed until it is asked for.

use std::ops::RangeInclusive;
use std::sync::{Arc, OnceLock};

use fontique::{Blob, Synthesis};
use parley_engine::FontInstanceRef;
use skrifa::charmap::{Charmap, MappingIndex};
use skrifa::instance::{Location, LocationRef, Size};
use skrifa::raw::{TableProvider, types::Tag};
use skrifa::string::StringId;
use skrifa::{FontRef, GlyphId, MetadataProvider};

use crate::unwind::contained;

/// What a face is known by, without reading it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FaceInfo {
    /// Family names, lower case, the most specific first.
    pub families: Vec<Arc<str>>,
    /// 1 to 1000.
    pub weight: u16,
    /// Drawn slanted.
    pub italic: bool,
    /// Has colour glyphs that we can draw.
    pub color: bool,
}

/// A face's measures, as parts of an em; down is positive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct FaceMetrics {
    /// Above the baseline.
    pub ascent: f32,
    /// Below the baseline.
    pub descent: f32,
    /// Top of an underline, below the baseline.
    pub underline_offset: f32,
    /// Thickness of an underline.
    pub underline_thickness: f32,
    /// Top of a line through, below the baseline (negative is above).
    pub strikeout_offset: f32,
    /// Thickness of a line through.
    pub strikeout_thickness: f32,
    /// How many glyphs it has.
    pub glyphs: u32,
    /// True where its letters may need more than a usual line, and reading how far each reaches costs next to nothing.
    pub may_need_room: bool,
}

impl FaceMetrics {
    /// What a face without readable metrics is taken to have.
    const NONE: Self = Self {
        ascent: 0.8,
        descent: 0.2,
        underline_offset: 0.1,
        underline_thickness: 0.05,
        strikeout_offset: -0.3,
        strikeout_thickness: 0.05,
        glyphs: 0,
        may_need_room: false,
    };
}

/// A face of a font file.
pub(super) struct Face {
    /// What it is known by.
    pub info: FaceInfo,
    /// The face that has all of this one's glyphs and more, by its number in the stack: this one stands in for it where it can.
    pub part_of: Option<usize>,
    /// The blocks that it is asked for, so that a text without its script does not read it; empty for all characters.
    pub blocks: &'static [RangeInclusive<char>],
    /// The file that it is from, as it was named; `None` for a bundled one.
    pub file: Option<Arc<str>>,
    /// Taken to have no glyphs, as a library stumbles over it.
    pub distrusted: bool,
    data: Blob<u8>,
    index: u32,
    /// Its place on the axes of a variable font.
    location: Location,
    synthesis: Synthesis,
    metrics: OnceLock<FaceMetrics>,
    mapping: OnceLock<Option<MappingIndex>>,
    outlines_only: OnceLock<bool>,
}

impl Face {
    /// A face whose description is known already: the bundled ones.
    pub fn known(data: Blob<u8>, index: u32, info: FaceInfo) -> Self {
        Self {
            info,
            part_of: None,
            blocks: &[],
            file: None,
            distrusted: false,
            data,
            index,
            location: Location::default(),
            synthesis: Synthesis::default(),
            metrics: OnceLock::new(),
            mapping: OnceLock::new(),
            outlines_only: OnceLock::new(),
        }
    }

    /// Reads the description out of the file; says what is missing where it can't be used.
    pub fn read(data: Blob<u8>, index: u32) -> Result<Self, &'static str> {
        let font = FontRef::from_index(data.as_ref(), index).map_err(|_| "its table directory is broken")?;
        let head = font.head().map_err(|_| "it has no 'head' table")?;
        if head.units_per_em() == 0 {
            return Err("its units per em are 0");
        }
        if font.maxp().is_err() || font.hhea().is_err() || font.hmtx().is_err() {
            return Err("it has no horizontal metrics");
        }
        if !font.charmap().has_map() {
            return Err("it maps no characters");
        }
        let attributes = font.attributes();
        let info = FaceInfo {
            families: families(&font),
            weight: attributes.weight.value().clamp(1.0, 1000.0) as u16,
            italic: attributes.style != skrifa::attribute::Style::Normal,
            color: font.table_data(Tag::new(b"COLR")).is_some(),
        };
        Ok(Self::known(data, index, info))
    }

    /// The faces of a variable font, one for each weight of its axis; itself where it has none.
    pub fn weights(self) -> Vec<Self> {
        let Some(font) = self.font() else { return vec![self] };
        let weight = Tag::new(b"wght");
        let Some(axis) = font.axes().iter().find(|axis| axis.tag() == weight) else { return vec![self] };
        let (least, most) = (axis.min_value().clamp(1.0, 1000.0) as u16, axis.max_value().clamp(1.0, 1000.0) as u16);
        let mut weights: Vec<u16> =
            (1..=9).map(|hundred| hundred * 100).filter(|weight| (least..=most).contains(weight)).collect();
        weights.extend([least, most]);
        weights.sort_unstable();
        weights.dedup();
        let faces = weights.into_iter().map(|weight| {
            let info = FaceInfo { weight, ..self.info.clone() };
            // A handle of its own, by which the shaper's answer is told from that of another weight.
            let mut face = Self::known(Blob::new(Arc::new(self.data.clone())), self.index, info);
            face.location = font.axes().location([("wght", f32::from(weight))]);
            face
        });
        faces.collect()
    }

    /// True for a face of a variable font.
    pub fn is_variable(&self) -> bool {
        !self.location.coords().is_empty()
    }

    /// Its place on the axes of a variable font.
    pub fn location(&self) -> LocationRef<'_> {
        LocationRef::from(&self.location)
    }

    /// The face for reading; `None` never happens for a face that [`Face::read`] accepted.
    pub fn font(&self) -> Option<FontRef<'_>> {
        FontRef::from_index(self.data.as_ref(), self.index).ok()
    }

    /// The bytes of the file that it is in, and its number there.
    #[cfg(feature = "raster")]
    pub fn bytes(&self) -> (&[u8], u32) {
        (self.data.as_ref(), self.index)
    }

    /// The handle by which the shaper knows it.
    pub fn instance(&self) -> FontInstanceRef<'_> {
        FontInstanceRef { data: &self.data, index: self.index, synthesis: &self.synthesis }
    }

    /// How far glyphs reach above and below their origins, as parts of an em; nothing for what can't be read.
    pub fn reaches(&self, glyphs: impl Iterator<Item = (u32, f32)>) -> (f32, f32) {
        let (mut above, mut below) = (0.0_f32, 0.0_f32);
        let Some(font) = self.font() else { return (above, below) };
        let em = font.head().map_or(0, |head| head.units_per_em());
        if em == 0 {
            return (above, below);
        }
        let metrics = font.glyph_metrics(Size::unscaled(), self.location());
        for (glyph, down) in glyphs {
            let Some(bounds) = metrics.bounds(GlyphId::new(glyph)) else { continue };
            above = above.max(bounds.y_max / f32::from(em) - down);
            below = below.max(-bounds.y_min / f32::from(em) + down);
        }
        (above, below)
    }

    /// True for the shaper's handle of this face.
    pub fn is(&self, font: &parley_engine::FontData) -> bool {
        font.index == self.index && font.data.id() == self.data.id()
    }

    /// Its measures.
    pub fn metrics(&self) -> &FaceMetrics {
        self.metrics.get_or_init(|| {
            self.font().and_then(|font| contained(|| read_metrics(&font, self.location())).ok()).unwrap_or(FaceMetrics::NONE)
        })
    }

    /// The glyph of a character alone.
    pub fn glyph(&self, character: char) -> Option<GlyphId> {
        let font = self.font().filter(|_| !self.distrusted)?;
        let mapping = self.mapping.get_or_init(|| Some(MappingIndex::new(&font)));
        let charmap: Charmap<'_> = mapping.as_ref()?.charmap(&font);
        charmap.map(character).filter(|glyph| glyph.to_u32() != 0)
    }

    /// Whether it has a glyph for a character and we can draw that: not a bitmap or an SVG.
    pub fn covers(&self, character: char) -> bool {
        self.is_asked_for(character) && self.glyph(character).is_some_and(|glyph| self.draws(glyph))
    }

    /// Whether a character is of the face's blocks, or stands beside those of any.
    fn is_asked_for(&self, character: char) -> bool {
        let beside = matches!(character, ' ' | '\u{200C}' | '\u{200D}' | '\u{25CC}');
        self.blocks.is_empty() || beside || self.blocks.iter().any(|block| block.contains(&character))
    }

    fn draws(&self, glyph: GlyphId) -> bool {
        let Some(font) = self.font() else { return false };
        let outlines_only = *self.outlines_only.get_or_init(|| {
            let other = [b"CBDT", b"EBDT", b"sbix", b"SVG "].iter().any(|tag| font.table_data(Tag::new(tag)).is_some());
            !other
        });
        if outlines_only || font.color_glyphs().get(glyph).is_some() {
            return true;
        }
        let bitmap = font.bitmap_strikes().glyph_for_size(Size::unscaled(), glyph).is_some();
        let mut extent = Extent::default();
        if let Some(outline) = font.outline_glyphs().get(glyph) {
            let settings = skrifa::outline::DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
            let _ = outline.draw(settings, &mut extent);
        }
        extent.drawn || !bitmap
    }
}

impl std::fmt::Debug for Face {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Face").field("info", &self.info).field("index", &self.index).finish_non_exhaustive()
    }
}

/// Notes whether an outline draws anything.
#[derive(Default)]
struct Extent {
    drawn: bool,
}

impl skrifa::outline::OutlinePen for Extent {
    fn move_to(&mut self, _: f32, _: f32) {}
    fn line_to(&mut self, _: f32, _: f32) {
        self.drawn = true;
    }
    fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {
        self.drawn = true;
    }
    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {
        self.drawn = true;
    }
    fn close(&mut self) {}
}

fn read_metrics(font: &FontRef<'_>, location: LocationRef<'_>) -> FaceMetrics {
    let metrics = font.metrics(Size::unscaled(), location);
    let em = if metrics.units_per_em == 0 { return FaceMetrics::NONE } else { f32::from(metrics.units_per_em) };
    let part = |value: f32| crate::geometry::finite(value / em).clamp(-8.0, 8.0);
    let ascent = part(metrics.ascent);
    // Fallbacks are HarfBuzz's (hb-ot-metrics.cc).
    let (underline_offset, underline_thickness) =
        metrics.underline.map_or((1.0 / 18.0, 1.0 / 18.0), |line| (-part(line.offset), part(line.thickness)));
    let (strikeout_offset, strikeout_thickness) =
        metrics.strikeout.map_or((-ascent / 2.0, 1.0 / 18.0), |line| (-part(line.offset), part(line.thickness)));
    FaceMetrics {
        ascent,
        descent: -part(metrics.descent),
        underline_offset,
        underline_thickness,
        strikeout_offset,
        strikeout_thickness,
        glyphs: u32::from(metrics.glyph_count),
        may_need_room: may_need_room(font, em),
    }
}

/// Whether letters of a face reach far out of a usual line, and how far can be read: an outline of `CFF` or of a variable font
/// would have to be drawn for it.
fn may_need_room(font: &FontRef<'_>, em: f32) -> bool {
    let Ok(head) = font.head() else { return false };
    let reaches = |least: f32, units: i16| f32::from(units) > em * least;
    font.glyf().is_ok() && font.gvar().is_err() && (reaches(1.08, head.y_max()) || reaches(0.4, head.y_min().saturating_neg()))
}

/// Names by which `fontFamily` finds the face: typographic family first, then the legacy one.
fn families(font: &FontRef<'_>) -> Vec<Arc<str>> {
    let mut names: Vec<Arc<str>> = Vec::new();
    for id in [StringId::TYPOGRAPHIC_FAMILY_NAME, StringId::FAMILY_NAME, StringId::FULL_NAME] {
        for string in font.localized_strings(id).take(64) {
            let name: String = string.chars().take(256).collect::<String>().trim().to_lowercase();
            if !name.is_empty() && !names.iter().any(|known| **known == *name) {
                names.push(Arc::from(name));
            }
        }
    }
    names
}
