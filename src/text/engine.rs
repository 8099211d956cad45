//! The engine: fonts, shaping, lines and pictures behind the two traits of this room.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use super::TextSystem;
use super::fonts::Fonts;
use super::glyph::FaceId;
#[cfg(feature = "raster")]
use super::glyph::{GlyphImage, GlyphKey, GlyphSource, OutlineStep};
#[cfg(feature = "raster")]
use super::glyph_images::{GlyphImages, styled_outline};
use super::lines::{break_lines, min_content};
use super::paragraph::{GlyphRun, Paragraph, TextLayout};
use super::place::{Ellipsis, place};
use super::shape::{Cluster, ShapeContext, Shaped};
use super::stack::Library;
use crate::cache::Cache;
use crate::style::{TextOverflow, WhiteSpace};
use crate::unwind::contained;

/// Paragraphs kept, bytes (roughly).
const KEPT_BYTES: usize = 8 * 1024 * 1024;
/// Widths in which one paragraph is kept.
const KEPT_WIDTHS: usize = 8;

/// Lays text out and draws its glyphs, with the fonts that it is given and no others.
///
/// ```
/// use friendboard::style::Style;
/// use friendboard::text::{Fonts, Paragraph, TextEngine, TextSystem};
/// let mut engine = TextEngine::new(Fonts::bundled());
/// let layout = engine.layout(&Paragraph::from_style("小明 👑".into(), &Style::default()), None);
/// assert_eq!(layout.lines.len(), 1);
/// assert!(layout.width > 24.0);
/// ```
#[derive(Debug)]
pub struct TextEngine {
    library: Library,
    context: ShapeContext,
    paragraphs: Paragraphs,
    #[cfg(feature = "raster")]
    images: GlyphImages,
}

impl TextEngine {
    /// An engine with these fonts.
    #[must_use]
    pub fn new(fonts: Fonts) -> Self {
        Self {
            library: Library::new(fonts.into_faces()),
            context: ShapeContext::default(),
            paragraphs: Paragraphs::default(),
            #[cfg(feature = "raster")]
            images: GlyphImages::default(),
        }
    }

    /// Characters met so far that no font has, in order of code point (the first 4,096).
    pub fn uncovered(&self) -> impl Iterator<Item = char> {
        self.library.uncovered.iter().copied()
    }

    /// The family of a face, lower case, with its weight.
    #[must_use]
    pub fn face_name(&self, face: FaceId) -> Option<(&str, u16)> {
        let info = &self.library.faces.get(face.0 as usize)?.info;
        Some((info.families.first().map_or("", |name| name), info.weight))
    }

    /// Whether a face draws in colours of its own.
    #[must_use]
    pub fn is_color_face(&self, face: FaceId) -> bool {
        self.library.faces.get(face.0 as usize).is_some_and(|face| face.info.color)
    }

    /// The file that a face is from, as it was named; `None` for a bundled one.
    #[must_use]
    pub fn face_file(&self, face: FaceId) -> Option<&str> {
        self.library.faces.get(face.0 as usize)?.file.as_deref()
    }

    /// Which face draws each cluster of a paragraph, in logical order.
    pub fn clusters(&mut self, paragraph: &Paragraph) -> Vec<DrawnCluster> {
        let (_, shaped) = self.shaped(paragraph);
        let drawn = |cluster: &Cluster| {
            let glyphs = shaped.glyphs.get(cluster.glyphs.start as usize..cluster.glyphs.end as usize).unwrap_or_default();
            let (first, last) = (cluster.characters.start as usize, cluster.characters.end as usize);
            let start = shaped.prepared.source(first);
            let final_start = shaped.prepared.source(last.saturating_sub(1)).max(start);
            let rest = paragraph.text.get(final_start..).and_then(|rest| rest.chars().next());
            DrawnCluster {
                range: start..final_start + rest.map_or(0, char::len_utf8),
                face: FaceId(u32::from(cluster.face)),
                glyphs: glyphs.iter().map(|glyph| glyph.id).collect(),
            }
        };
        shaped.clusters.iter().map(drawn).collect()
    }

    /// All faces.
    #[cfg(feature = "native")]
    pub(super) fn faces(&self) -> &[super::face::Face] {
        &self.library.faces
    }

    /// A paragraph shaped, from the cache if it is there.
    fn shaped(&mut self, paragraph: &Paragraph) -> (u64, Arc<Shaped>) {
        let hash = hash_of(paragraph);
        if let Some(entry) = self.paragraphs.find(hash, paragraph) {
            return (hash, Arc::clone(&entry.shaped));
        }
        let (context, library) = (&mut self.context, &mut self.library);
        let mut shaped = contained(|| context.shape(paragraph, library));
        if shaped.is_err() {
            // A font's reader stumbled: what it left half done is not used again, and no given font is asked any more.
            *context = ShapeContext::default();
            library.distrust_given();
            shaped = contained(|| context.shape(paragraph, library));
        }
        let shaped = shaped.unwrap_or_default();
        let shaped = Arc::new(shaped);
        self.paragraphs.insert(hash, paragraph, &shaped);
        (hash, shaped)
    }

    /// `…` in the style of one of the paragraph's spans.
    fn ellipsis(&mut self, paragraph: &Paragraph, span: u16) -> Option<Ellipsis> {
        let mut style = paragraph.spans.get(usize::from(span))?.clone();
        let text: Arc<str> = Arc::from("…");
        style.range = 0..text.len();
        let dots = Paragraph {
            text,
            spans: vec![style],
            white_space: WhiteSpace::NoWrap,
            overflow: TextOverflow::Clip,
            max_lines: None,
            ..paragraph.clone()
        };
        let (_, shaped) = self.shaped(&dots);
        Some(Ellipsis { shaped })
    }
}

impl TextSystem for TextEngine {
    fn layout(&mut self, paragraph: &Paragraph, width: Option<f32>) -> Arc<TextLayout> {
        let width = width.map(|width| if width.is_nan() { 0.0 } else { width.max(0.0) });
        let (hash, shaped) = self.shaped(paragraph);
        if let Some(layout) = self.paragraphs.layout(hash, paragraph, width) {
            return layout;
        }
        let mut dots: HashMap<u16, Option<Ellipsis>> = HashMap::new();
        let lines = break_lines(paragraph, &shaped, width, |span| {
            let found = dots.entry(span).or_insert_with(|| self.ellipsis(paragraph, span));
            found.as_ref().map_or(0.0, |dots| dots.shaped.clusters.iter().map(|cluster| cluster.advance).sum())
        });
        let layout = place(paragraph, &shaped, &lines, width, &self.library, |span| dots.remove(&span).flatten());
        let layout = Arc::new(layout);
        self.paragraphs.keep(hash, paragraph, width, &layout);
        layout
    }

    fn min_content_width(&mut self, paragraph: &Paragraph) -> f32 {
        let (_, shaped) = self.shaped(paragraph);
        min_content(paragraph, &shaped)
    }
}

#[cfg(feature = "raster")]
impl GlyphSource for TextEngine {
    fn image(&mut self, key: &GlyphKey) -> Arc<GlyphImage> {
        self.images.get(key, &self.library.faces)
    }

    fn outline(&mut self, key: &GlyphKey) -> Vec<OutlineStep> {
        let Some(face) = self.library.faces.get(key.face.0 as usize) else { return Vec::new() };
        contained(|| styled_outline(face, key)).unwrap_or_default()
    }
}

/// Which face draws a part of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawnCluster {
    /// Bytes of the paragraph's text: a grapheme cluster, several that share a glyph, or the part of one in another script.
    pub range: Range<usize>,
    /// The face.
    pub face: FaceId,
    /// Its glyphs; 0 is the box of what no face has. Empty for white space and what is invisible.
    pub glyphs: Vec<u32>,
}

/// A paragraph in the cache.
#[derive(Debug)]
struct Entry {
    paragraph: Paragraph,
    shaped: Arc<Shaped>,
    layouts: Vec<(Option<u32>, Arc<TextLayout>)>,
}

/// Paragraphs shaped and laid out, kept while there is room: by their hash, those of one hash together.
#[derive(Debug)]
struct Paragraphs(Cache<u64, Vec<Entry>>);

impl Default for Paragraphs {
    fn default() -> Self {
        Self(Cache::with_capacity(KEPT_BYTES))
    }
}

impl Paragraphs {
    fn find(&mut self, hash: u64, paragraph: &Paragraph) -> Option<&mut Entry> {
        self.0.get(&hash)?.iter_mut().find(|entry| entry.paragraph == *paragraph)
    }

    fn layout(&mut self, hash: u64, paragraph: &Paragraph, width: Option<f32>) -> Option<Arc<TextLayout>> {
        let bits = width.map(f32::to_bits);
        let entry = self.find(hash, paragraph)?;
        entry.layouts.iter().find(|(known, _)| *known == bits).map(|(_, layout)| Arc::clone(layout))
    }

    fn insert(&mut self, hash: u64, paragraph: &Paragraph, shaped: &Arc<Shaped>) {
        // Clusters, their glyphs, the texts and some for the entry itself.
        let bytes = 512 + paragraph.text.len() * 12 + shaped.clusters.len() * 48 + shaped.glyphs.len() * 12;
        let entry = Entry { paragraph: paragraph.clone(), shaped: Arc::clone(shaped), layouts: Vec::new() };
        match self.0.get(&hash) {
            Some(entries) => {
                entries.push(entry);
                self.0.grow(&hash, bytes);
            }
            None => {
                self.0.insert(hash, vec![entry], bytes);
            }
        }
    }

    fn keep(&mut self, hash: u64, paragraph: &Paragraph, width: Option<f32>, layout: &Arc<TextLayout>) {
        let bytes_of = |run: &Arc<GlyphRun>| 256 + run.text.len() + run.glyphs.len() * 12 + run.clusters.len() * 32;
        let glyphs: usize = layout.lines.iter().flat_map(|line| &line.runs).map(bytes_of).sum();
        let Some(entry) = self.find(hash, paragraph) else { return };
        if entry.layouts.len() >= KEPT_WIDTHS {
            entry.layouts.remove(0);
        }
        entry.layouts.push((width.map(f32::to_bits), Arc::clone(layout)));
        self.0.grow(&hash, 64 + layout.lines.len() * 80 + glyphs);
    }
}

/// A hash that is the same on every machine; what is equal has an equal one.
fn hash_of(paragraph: &Paragraph) -> u64 {
    let mut hasher = DefaultHasher::new();
    paragraph.text.hash(&mut hasher);
    paragraph.max_lines.hash(&mut hasher);
    (paragraph.white_space as u8, paragraph.align as u8, paragraph.direction as u8).hash(&mut hasher);
    for span in &paragraph.spans {
        span.range.hash(&mut hasher);
        span.font.family.hash(&mut hasher);
        (span.font.size.to_bits(), span.font.weight).hash(&mut hasher);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::Style;

    #[test]
    fn paragraphs_are_forgotten_before_they_are_too_many() {
        let mut engine = TextEngine::new(Fonts::bundled());
        let paragraph = |number: usize| {
            let text = format!("{number} ").repeat(60);
            Paragraph::from_style(Arc::from(text), &Style::default())
        };
        let first = engine.layout(&paragraph(0), Some(200.0));
        for number in 0..600 {
            engine.layout(&paragraph(number), Some(200.0));
            assert!(engine.paragraphs.0.weight() <= KEPT_BYTES);
        }
        let kept = engine.paragraphs.0.len();
        assert!(kept < 600, "{kept} paragraphs are kept");
        assert_eq!(engine.layout(&paragraph(0), Some(200.0)), first);
        for width in 0..50 {
            engine.layout(&paragraph(1), Some(width as f32));
        }
        let hash = hash_of(&paragraph(1));
        assert!(engine.paragraphs.find(hash, &paragraph(1)).unwrap().layouts.len() <= KEPT_WIDTHS);
    }
}
