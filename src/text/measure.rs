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

/// Measures the clusters that the host draws: those of scripts whose letters stand alone by themselves, others by what each adds to the
/// letters before it, so that their sum is what the host draws.
pub(super) fn measure(
    host: &mut dyn HostMeasure,
    paragraph: &Paragraph,
    prepared: &Prepared,
    clusters: &mut [Cluster],
    is_measured: impl Fn(&Cluster) -> bool,
) {
    let bytes = prepared.bytes();
    let byte = |character: u32| bytes.get(character as usize).copied().unwrap_or(prepared.text.len());
    let text = |first: u32, last: u32| prepared.text.get(byte(first)..byte(last)).unwrap_or_default();
    let mut alone: HashMap<(&str, u16), f32> = HashMap::new();
    // Where the letters begin that the next one may join.
    let mut chunk: Option<(u32, usize)> = None;
    let mut before = 0.0;
    for index in 0..clusters.len() {
        let (done, rest) = clusters.split_at_mut(index);
        let Some(cluster) = rest.first_mut() else { break };
        let Some(span) = paragraph.spans.get(usize::from(cluster.span)) else { continue };
        if !is_measured(cluster) {
            chunk = None;
            continue;
        }
        let font = FontDescription { size: size_of(span), letter_spacing: 0.0, ..(*span.font).clone() };
        let own = text(cluster.characters.start, cluster.characters.end);
        if cluster.kind == Kind::Ink && !stands_alone(own) {
            let goes_on = done.last().is_some_and(|last| (last.span, last.level) == (cluster.span, cluster.level));
            let (start, count) = chunk.filter(|(_, count)| goes_on && *count < CHUNK_MAX).unwrap_or_else(|| {
                before = 0.0;
                (cluster.characters.start, 0)
            });
            chunk = Some((start, count + 1));
            let width = host.advance(text(start, cluster.characters.end), &font);
            cluster.advance = width - before;
            before = width;
        } else {
            chunk = None;
            cluster.advance = match cluster.kind {
                Kind::Newline => 0.0,
                Kind::Tab => *alone.entry((" ", cluster.span)).or_insert_with(|| host.advance(" ", &font)),
                _ => *alone.entry((own, cluster.span)).or_insert_with(|| host.advance(own, &font)),
            };
        }
        cluster.advance = finite(cluster.advance);
        let spacing = spacing_of(span);
        if spacing != 0.0 && cluster.kind != Kind::Newline && takes_spacing(own) {
            cluster.advance += spacing;
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
