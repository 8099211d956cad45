//! The engine: fonts, shaping, lines and pictures behind the two traits of this room.

use std::ops::Range;
use std::sync::Arc;

use super::TextSystem;
use super::clusters::{Cluster, Shaped};
use super::fonts::Fonts;
use super::glyph::FaceId;
#[cfg(feature = "raster")]
use super::glyph::{GlyphImage, GlyphKey, GlyphSource, OutlineStep};
#[cfg(feature = "raster")]
use super::glyph_images::{GlyphImages, styled_outline};
#[cfg(feature = "raster")]
use super::ink::Inks;
use super::measure::HostMeasure;
use super::paragraph::{Paragraph, TextLayout};
use super::paragraphs::{Paragraphs, Shaping};
use super::shape::ShapeContext;
use super::stack::Library;
use crate::unwind::contained;

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
    own: OwnShaping,
    paragraphs: Paragraphs,
    #[cfg(feature = "raster")]
    images: GlyphImages,
    #[cfg(feature = "raster")]
    inks: Inks,
}

impl TextEngine {
    /// An engine with these fonts.
    #[must_use]
    pub fn new(fonts: Fonts) -> Self {
        Self {
            own: OwnShaping { library: Library::new(fonts.into_faces()), context: ShapeContext::default(), host: None },
            paragraphs: Paragraphs::default(),
            #[cfg(feature = "raster")]
            images: GlyphImages::default(),
            #[cfg(feature = "raster")]
            inks: Inks::default(),
        }
    }

    /// From now on a host measures the letters that no font has, and draws them
    /// ([`FaceId::is_of_host`]); without one, a box stands for each.
    pub fn set_host(&mut self, host: Box<dyn HostMeasure>) {
        self.own.host = Some(host);
        self.paragraphs = Paragraphs::default();
    }

    /// Characters met so far that no font has, in order of code point (the first 4,096).
    pub fn uncovered(&self) -> impl Iterator<Item = char> {
        self.own.library.uncovered.iter().copied()
    }

    /// The family of a face, lower case, with its weight.
    #[must_use]
    pub fn face_name(&self, face: FaceId) -> Option<(&str, u16)> {
        let info = &self.own.library.faces.get(face.0 as usize)?.info;
        Some((info.families.first().map_or("", |name| name), info.weight))
    }

    /// Whether a face draws in colours of its own.
    #[must_use]
    pub fn is_color_face(&self, face: FaceId) -> bool {
        self.own.library.faces.get(face.0 as usize).is_some_and(|face| face.info.color)
    }

    /// The file that a face is from, as it was named; `None` for a bundled one.
    #[must_use]
    pub fn face_file(&self, face: FaceId) -> Option<&str> {
        self.own.library.faces.get(face.0 as usize)?.file.as_deref()
    }

    /// Which face draws each cluster of a paragraph, in logical order.
    pub fn clusters(&mut self, paragraph: &Paragraph) -> Vec<DrawnCluster> {
        let (_, shaped) = self.paragraphs.shaped(&mut self.own, paragraph);
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

    /// The fonts and what was chosen of them.
    #[cfg(feature = "script")]
    pub(super) fn library(&mut self) -> &mut Library {
        &mut self.own.library
    }

    /// All faces.
    #[cfg(feature = "cli")]
    pub(super) fn faces(&self) -> &[super::face::Face] {
        &self.own.library.faces
    }
}

/// Our own shaper with the fonts that it chooses from.
struct OwnShaping {
    library: Library,
    context: ShapeContext,
    /// Who draws what no font has.
    host: Option<Box<dyn HostMeasure>>,
}

impl std::fmt::Debug for OwnShaping {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let has_host = self.host.is_some();
        f.debug_struct("OwnShaping").field("library", &self.library).field("has_host", &has_host).finish_non_exhaustive()
    }
}

impl Shaping for OwnShaping {
    type Fonts = Library;

    fn shape(&mut self, paragraph: &Paragraph) -> Shaped {
        let Self { context, library, host } = self;
        let mut shaped = contained(|| context.shape(paragraph, library, host.as_mut()));
        if shaped.is_err() {
            // A font's reader stumbled: what it left half done is not used again, and no given font is asked any more.
            *context = ShapeContext::default();
            library.distrust_given();
            shaped = contained(|| context.shape(paragraph, library, host.as_mut()));
        }
        shaped.unwrap_or_default()
    }

    fn fonts(&self) -> &Library {
        &self.library
    }
}

impl TextSystem for TextEngine {
    fn layout(&mut self, paragraph: &Paragraph, width: Option<f32>) -> Arc<TextLayout> {
        self.paragraphs.lay_out(&mut self.own, paragraph, width)
    }

    fn min_content_width(&mut self, paragraph: &Paragraph) -> f32 {
        self.paragraphs.min_content_width(&mut self.own, paragraph)
    }

    #[cfg(feature = "raster")]
    fn ink(&mut self, layout: &TextLayout) -> Option<crate::geometry::Rect> {
        self.inks.of(layout.lines.first()?, &self.own.library.faces, &mut self.images)
    }

    fn work(&self) -> u64 {
        self.paragraphs.work()
    }
}

#[cfg(feature = "raster")]
impl GlyphSource for TextEngine {
    fn image(&mut self, key: &GlyphKey) -> Arc<GlyphImage> {
        self.images.get(key, &self.own.library.faces)
    }

    fn outline(&mut self, key: &GlyphKey) -> Vec<OutlineStep> {
        let Some(face) = self.own.library.faces.get(key.face.0 as usize) else { return Vec::new() };
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

#[cfg(all(test, feature = "bundled-fonts"))]
#[path = "letters_of_host_tests.rs"]
mod letters_of_host_tests;
