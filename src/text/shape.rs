//! A paragraph shaped once: clusters in logical order, which lines of any width are then made of.

use std::ops::Range;

use parlance::{FontFeature, FontVariation, Tag};
use parley_engine::itemize::Item;
use parley_engine::shape::Whitespace;
use parley_engine::{Analysis, Analyzer, ShapeOptions, ShapedText, Shaper};

use super::analysis::analyze;
use super::clusters::{Cluster, ClusterGlyph, Kind, Shaped, is_invisible, size_of, spacing_of, takes_spacing};
use super::face::Face;
use super::glyph::FaceId;
use super::measure::{HostMeasure, measure};
use super::paragraph::{Paragraph, Span};
use super::stack::{Library, Missing, Selector};
use super::white_space::{Prepared, prepare};
use crate::geometry::finite;
use crate::style::FontVariantNumeric;

/// The long-lived part of shaping: parley's buffers and caches.
#[derive(Debug, Default)]
pub(super) struct ShapeContext {
    analyzer: Analyzer,
    analysis: Analysis,
    shaper: Shaper,
    shaped: ShapedText,
}

/// What splits the text for the shaper: size and features.
#[derive(Clone, Debug, PartialEq)]
struct ItemStyle {
    size: f32,
    tabular: bool,
    spaced: bool,
    kerned: bool,
    /// Weight of a variable font's face; one for all where there is no such font.
    weight: u16,
}

impl ItemStyle {
    fn of(span: &Span, variable: bool) -> Self {
        Self {
            size: size_of(span),
            tabular: span.font.numeric == FontVariantNumeric::TabularNums,
            spaced: spacing_of(span) != 0.0,
            kerned: span.font.kerning,
            weight: if variable { nearest_hundred(span.font.weight) } else { 400 },
        }
    }

    fn features(&self) -> Vec<FontFeature> {
        let mut features = Vec::new();
        if self.tabular {
            features.push(FontFeature::new(Tag::new(b"tnum"), 1));
        }
        if self.spaced {
            // Letters that are spaced apart don't join into ligatures (CSS Text 3, §8.2).
            features.extend([b"liga", b"clig"].map(|tag| FontFeature::new(Tag::new(tag), 0)));
        }
        if !self.kerned {
            features.push(FontFeature::new(Tag::new(b"kern"), 0));
        }
        features
    }
}

impl ShapeContext {
    /// Shapes a paragraph with the faces that the library chooses. What none of them has the host draws, where there is one.
    pub fn shape(&mut self, paragraph: &Paragraph, library: &mut Library, host: Option<&mut Box<dyn HostMeasure>>) -> Shaped {
        let prepared = prepare(&paragraph.text, &paragraph.spans, paragraph.white_space);
        let stacks: Vec<usize> = paragraph.spans.iter().map(|span| library.stack_of(span)).collect();
        let mut result = Shaped { stacks, ..Shaped::default() };
        if prepared.text.is_empty() || paragraph.spans.is_empty() || library.faces.is_empty() {
            result.prepared = prepared;
            return result;
        }
        analyze(&mut self.analyzer, &mut self.analysis, &prepared.text, paragraph.direction, paragraph.word_break);
        result.base_level = self.analysis.paragraph_level().to_u8();

        let variable = library.faces.iter().any(Face::is_variable);
        let styles: Vec<ItemStyle> = paragraph.spans.iter().map(|span| ItemStyle::of(span, variable)).collect();
        let features: Vec<Vec<FontFeature>> = styles.iter().map(ItemStyle::features).collect();
        let style_at = |character: usize| usize::from(prepared.spans.get(character).copied().unwrap_or_default());
        let mut ends: Vec<(usize, usize)> = Vec::new();
        let count = prepared.spans.len();
        for character in 1..=count {
            let style = style_at(character - 1);
            if character == count || styles.get(style_at(character)) != styles.get(style) {
                ends.push((character, style));
            }
        }
        let weights: Vec<[FontVariation; 1]> =
            styles.iter().map(|style| [FontVariation::new(Tag::new(b"wght"), f32::from(style.weight))]).collect();
        let items = ends.iter().map(|&(end, style)| Item {
            char_end: u32::try_from(end).unwrap_or(u32::MAX),
            options: ShapeOptions {
                font_size: styles.get(style).map_or(0.0, |style| style.size),
                language: None,
                features: features.get(style).map_or(&[][..], Vec::as_slice),
                variations: weights.get(style).map_or(&[][..], |weight| weight),
            },
        });
        let mut selector = Selector::new(library, &prepared.text, &result.stacks);
        self.shaper.shape_text(
            &prepared.text,
            &self.analysis,
            &prepared.spans,
            items,
            Choosing(&mut selector),
            &mut self.shaped,
        );
        let missing = std::mem::take(&mut selector.missing);
        self.collect(paragraph, library, &missing, (&prepared, host.is_some()), &mut result);
        if let Some(host) = host {
            let is_measured = |cluster: &Cluster| FaceId(u32::from(cluster.face)).is_of_host();
            measure(&mut **host, paragraph, &prepared, &mut result.clusters, false, is_measured);
        }
        result.prepared = prepared;
        result
    }

    /// Turns parley's runs into clusters. Those that no face has are left to the host, where there is one.
    fn collect(
        &self,
        paragraph: &Paragraph,
        library: &Library,
        missing: &[Missing],
        (prepared, has_host): (&Prepared, bool),
        result: &mut Shaped,
    ) {
        let mut missing = missing.iter().peekable();
        let keep_spaces = paragraph.white_space == crate::style::WhiteSpace::Pre;
        for (number, run) in self.shaped.runs().iter().enumerate() {
            let font = self.shaped.fonts().get(run.font_index).map(|instance| &instance.font);
            let face = font.and_then(|font| library.faces.iter().position(|face| face.is(font))).unwrap_or_default();
            let slice = self.shaped.run_slice(u32::try_from(number).unwrap_or(u32::MAX));
            let mut first = run.shaped_clusters_range.start;
            while first < run.shaped_clusters_range.end {
                // A grapheme cluster may be several of the shaper's; what begins inside one belongs to the one before.
                let mut end = first + 1;
                while end < run.shaped_clusters_range.end
                    && self.shaped.shaped_clusters().get(end as usize).is_some_and(|cluster| !cluster.is_grapheme_start())
                {
                    end += 1;
                }
                let parts = slice.shaped_clusters_in(first..end);
                let (Some(head), Some(last)) = (parts.first(), parts.last()) else { break };
                let characters = head.chars_range().start..last.chars_range().end;
                let bytes = slice.text_byte_range(characters.clone());
                while missing.next_if(|missing| missing.range.end <= bytes.start).is_some() {}
                let lacks = missing.peek().filter(|missing| missing.range.start < bytes.end);
                let span = head.style_index;
                // The shaper begins a cluster at the start of every run, even within one of the text's.
                let starts =
                    self.analysis.char_info().get(characters.start as usize).is_none_or(|info| info.is_grapheme_start());
                let mut cluster = Cluster {
                    characters,
                    advance: 0.0,
                    glyphs: result.glyphs.len() as u32..0,
                    face: face as u16,
                    span,
                    level: run.bidi_level.to_u8(),
                    kind: match head.whitespace() {
                        Whitespace::Newline => Kind::Newline,
                        Whitespace::Tab => Kind::Tab,
                        Whitespace::Space | Whitespace::IdeographicSpace | Whitespace::OtherSpaceSeparator if !keep_spaces => {
                            Kind::Space
                        }
                        _ => Kind::Ink,
                    },
                    starts,
                    break_before: starts && head.is_soft_wrap_opportunity_before(),
                };
                let is_seen = cluster.kind == Kind::Ink && !is_invisible(text_of(prepared, &bytes));
                if lacks.is_some() && has_host && is_seen {
                    let host = if run.bidi_level.is_rtl() { FaceId::OF_HOST_REVERSED } else { FaceId::OF_HOST };
                    cluster.face = host.0 as u16;
                } else if lacks.is_some_and(|lacks| lacks.whole) {
                    let glyph = ClusterGlyph { id: 0, x: 0.0, y: 0.0 };
                    cluster.advance = notdef_advance(library, face) * run.font_size;
                    result.glyphs.push(glyph);
                } else {
                    // In a right-to-left run the shaper's clusters stand from right to left too.
                    let order: Vec<u32> =
                        if run.bidi_level.is_rtl() { (first..end).rev().collect() } else { (first..end).collect() };
                    for part in order {
                        for glyph in slice.shaped_cluster_glyphs(part) {
                            if !(lacks.is_some() && glyph.id == 0) {
                                result.glyphs.push(ClusterGlyph { id: glyph.id, x: cluster.advance + glyph.x, y: glyph.y });
                                cluster.advance += glyph.advance;
                            }
                        }
                    }
                }
                if !is_seen {
                    result.glyphs.truncate(cluster.glyphs.start as usize);
                }
                if cluster.kind == Kind::Newline {
                    cluster.advance = 0.0;
                }
                cluster.glyphs.end = result.glyphs.len() as u32;
                let spacing = paragraph.spans.get(usize::from(span)).map_or(0.0, spacing_of);
                if spacing != 0.0 && cluster.kind != Kind::Newline && takes_spacing(text_of(prepared, &bytes)) {
                    cluster.advance += spacing;
                }
                result.clusters.push(cluster);
                first = end;
            }
        }
    }
}

/// Lends the selector to the shaper, so that what it noted is there afterwards.
struct Choosing<'a, 'b>(&'a mut Selector<'b>);

impl parley_engine::FontSelector for Choosing<'_, '_> {
    fn begin_segment(&mut self, segment: &parley_engine::itemize::Segment, options: &ShapeOptions<'_>) {
        self.0.begin_segment(segment, options);
    }

    fn select_font(
        &mut self,
        segment: &parley_engine::itemize::Segment,
        options: &ShapeOptions<'_>,
        cluster: &mut parley_engine::shape::CharCluster,
    ) -> Option<parley_engine::FontInstanceRef<'_>> {
        self.0.select_font(segment, options, cluster)
    }
}

/// The weight of the faces that a variable font has (`Face::weights`) which a style gets by CSS's order of preference.
fn nearest_hundred(weight: u16) -> u16 {
    let (below, above) = (weight / 100 * 100, weight.div_ceil(100) * 100);
    if weight < 400 { below } else { above }.clamp(100, 900)
}

fn text_of<'a>(prepared: &'a Prepared, bytes: &Range<usize>) -> &'a str {
    prepared.text.get(bytes.clone()).unwrap_or_default()
}

fn notdef_advance(library: &Library, face: usize) -> f32 {
    use skrifa::MetadataProvider;
    use skrifa::instance::Size;
    let face = library.faces.get(face);
    let location = face.map(Face::location).unwrap_or_default();
    let advance = face.and_then(Face::font).and_then(|font| {
        let em = f32::from(font.metrics(Size::unscaled(), location).units_per_em).max(1.0);
        font.glyph_metrics(Size::unscaled(), location).advance_width(skrifa::GlyphId::NOTDEF).map(|width| width / em)
    });
    advance.map_or(0.5, |advance| finite(advance).clamp(0.1, 2.0))
}
