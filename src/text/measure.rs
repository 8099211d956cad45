//! How wide what a host draws is: letters in fonts of its own.

use std::collections::HashMap;

use super::clusters::{Cluster, Kind, size_of, spacing_of, takes_spacing};
use super::paragraph::{FontDescription, Paragraph};
use super::white_space::Prepared;
use crate::geometry::finite;

/// Letters that are measured together at most: what joins or kerns is near.
const CHUNK_MAX: usize = 24;

/// A host that measures text in fonts of its own, as `measureText` does.
pub trait HostMeasure {
    /// The advance of a text in a font, px, without letter spacing.
    fn advance(&mut self, text: &str, font: &FontDescription) -> f32;

    /// How far a font's lines reach above and below their baseline, px; `None`: as most do.
    fn extents(&mut self, font: &FontDescription) -> Option<(f32, f32)>;
}

/// Measures the clusters that the host draws (`is_measured`): those of scripts whose letters stand alone by themselves, others by
/// what each adds to the letters before it, so that their sum is what the host draws. `whole`: all that is measured together at
/// once, the first cluster has it.
pub(super) fn measure(
    host: &mut dyn HostMeasure,
    paragraph: &Paragraph,
    prepared: &Prepared,
    clusters: &mut [Cluster],
    whole: bool,
    is_measured: impl Fn(&Cluster) -> bool,
) {
    let bytes = prepared.bytes();
    let byte = |character: u32| bytes.get(character as usize).copied().unwrap_or(prepared.text.len());
    let text = |first: u32, last: u32| prepared.text.get(byte(first)..byte(last)).unwrap_or_default();
    let own = |cluster: &Cluster| text(cluster.characters.start, cluster.characters.end);
    let joins = |cluster: &Cluster| cluster.kind == Kind::Ink && !stands_alone(own(cluster));
    let mut alone: HashMap<(&str, u16), f32> = HashMap::new();
    let mut start = 0;
    while let Some(first) = clusters.get(start).cloned() {
        if !is_measured(&first) {
            start += 1;
            continue;
        }
        let rest = clusters.get(start..).unwrap_or_default();
        let goes_on = |cluster: &&Cluster| {
            is_measured(cluster) && joins(cluster) && (cluster.span, cluster.level) == (first.span, first.level)
        };
        let count = if joins(&first) { rest.iter().take(CHUNK_MAX).take_while(goes_on).count() } else { 1 };
        let chunk = clusters.get_mut(start..start + count).unwrap_or_default();
        start += count;
        let Some(span) = paragraph.spans.get(usize::from(first.span)) else { continue };
        let font = FontDescription { size: size_of(span), letter_spacing: 0.0, ..(*span.font).clone() };
        match first.kind {
            Kind::Ink if joins(&first) => {
                let from = first.characters.start;
                let mut advance = |end: u32| host.advance(text(from, end), &font);
                if whole && let [first, others @ ..] = &mut *chunk {
                    for cluster in &mut *others {
                        cluster.advance = 0.0;
                    }
                    let end = others.last().map_or(first.characters.end, |last| last.characters.end);
                    first.advance = advance(end);
                } else {
                    let mut before = 0.0;
                    for cluster in &mut *chunk {
                        let width = advance(cluster.characters.end);
                        cluster.advance = width - before;
                        before = width;
                    }
                }
            }
            Kind::Newline => {
                for cluster in &mut *chunk {
                    cluster.advance = 0.0;
                }
            }
            kind => {
                let own = if kind == Kind::Tab { " " } else { own(&first) };
                let width = *alone.entry((own, first.span)).or_insert_with(|| host.advance(own, &font));
                for cluster in &mut *chunk {
                    cluster.advance = width;
                }
            }
        }
        let spacing = spacing_of(span);
        for cluster in chunk {
            cluster.advance = finite(cluster.advance);
            if spacing != 0.0 && cluster.kind != Kind::Newline && takes_spacing(own(cluster)) {
                cluster.advance += spacing;
            }
        }
    }
}

/// True for one letter of a script whose letters neither join nor kern: Chinese, kana, Hangul.
fn stands_alone(text: &str) -> bool {
    let mut characters = text.chars();
    let first = characters.next().map_or(0, u32::from);
    characters.next().is_none()
        && matches!(first, 0x2E80..=0x2FDF | 0x3003..=0x3007 | 0x3041..=0x30FF | 0x3105..=0x312F | 0x3400..=0x4DBF
            | 0x4E00..=0x9FFF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}
