//! Texts that are cut, and characters that no font has.

use super::selector::Selector;
use crate::layout::LayoutBox;
use crate::pipeline::Prepared;
use crate::scene::{Content, Node, Scene};
use crate::style::Overflow;
use crate::text::TextLayout;

/// How far a text may stand out of its box before it counts as cut, px: advances are wider than ink.
const BEYOND: f32 = 0.5;

/// The texts that are cut, of all nodes or of those that selectors mean: with an ellipsis, by their number of lines, or by
/// the box that they stand in.
pub fn cut(prepared: &Prepared, nodes: Option<&[Selector]>) -> Vec<String> {
    let is_meant = |node: &Node| nodes.is_none_or(|selectors| selectors.iter().any(|selector| selector.matches(node)));
    let mut found = Vec::new();
    for (id, (node, place)) in prepared.scene.nodes.iter().zip(&prepared.layout.boxes).enumerate() {
        if !place.shown || !is_meant(node) {
            continue;
        }
        if layouts(place).any(|text| text.truncated) {
            found.push(format!("no_cut_text: {}: '{:.60}' is cut in {}", node.place, said(node), size(place)));
        } else if let Some(clip) = clipped(prepared, id, node, place) {
            found.push(format!("no_cut_text: {}: '{:.60}' stands out of {clip}", node.place, said(node)));
        }
    }
    found
}

/// What clips a text that stands out of it, in words.
fn clipped(prepared: &Prepared, id: usize, node: &Node, place: &LayoutBox) -> Option<String> {
    let content = place.content();
    let lines = || layouts(place).flat_map(|text| &text.lines).filter(|line| line.width > 0.0);
    let left = content.x + lines().map(|line| line.x).reduce(f32::min)?;
    let right = content.x + lines().map(|line| line.x + line.width).fold(0.0, f32::max);
    let height = place.rich.last().map(|last| last.top + last.layout.height);
    let height = height.or_else(|| place.text.as_ref().map(|text| text.height))?;
    let top = content.y + place.text_offset;
    let mut at = Some(id);
    while let Some(id) = at {
        let (clip, clip_place) = (prepared.scene.nodes.get(id)?, prepared.layout.boxes.get(id)?);
        if clip.style.layout.overflow == Overflow::Hidden {
            let inside = clip_place.absolute.inset(clip_place.border);
            let is_wide = right > inside.right() + BEYOND || left < inside.x - BEYOND;
            let is_high = top + height > inside.bottom() + BEYOND || top < inside.y - BEYOND;
            if is_wide || is_high {
                let name = if std::ptr::eq(clip, node) { "its box".to_owned() } else { clip.place.to_string() };
                return Some(format!("{name}, {}", size(clip_place)));
            }
        }
        // What a scroll view does not show now can be scrolled to.
        if matches!(clip.content, Content::ScrollView { .. }) {
            return None;
        }
        at = parent(&prepared.scene, id);
    }
    None
}

fn parent(scene: &Scene, id: usize) -> Option<usize> {
    scene.nodes.get(id).and_then(|node| node.parent).filter(|parent| *parent < id)
}

fn layouts(place: &LayoutBox) -> impl Iterator<Item = &TextLayout> {
    place.text.as_deref().into_iter().chain(place.rich.iter().map(|rich| &*rich.layout))
}

fn size(place: &LayoutBox) -> String {
    format!("{}×{} px", place.rect.width, place.rect.height)
}

/// What a node says.
fn said(node: &Node) -> String {
    match &node.content {
        Content::Text(text) | Content::Button(text) | Content::BitmapText { value: text, .. } => text.to_string(),
        Content::RichText(rich) => rich.paragraphs.iter().map(|paragraph| &*paragraph.text).collect::<Vec<_>>().join(" "),
        _ => String::new(),
    }
}

/// The characters that no font has, by node.
pub fn missing(prepared: &Prepared) -> Vec<String> {
    let mut found = Vec::new();
    for (node, place) in prepared.scene.nodes.iter().zip(&prepared.layout.boxes).filter(|(_, place)| place.shown) {
        let letter = place.letter.as_deref();
        let runs = layouts(place).chain(letter).flat_map(|text| &text.lines).flat_map(|line| &line.runs);
        for run in runs {
            // Number 0 is the box that stands for what a face does not have.
            for glyph in run.glyphs.iter().filter(|glyph| glyph.id == 0) {
                // Half of a pixel's hundredth in, so that of two that meet there it is the one that begins.
                let at = glyph.x + 0.005;
                let cluster = run.clusters.iter().find(|cluster| (cluster.x..cluster.x + cluster.advance).contains(&at));
                let text = cluster.and_then(|cluster| run.text.get(cluster.range.clone())).unwrap_or(&run.text);
                let codes: Vec<String> = text.chars().take(8).map(|c| format!("U+{:04X}", u32::from(c))).collect();
                let told = format!("no_missing_glyph: {}: no font has '{text:.20}' ({})", node.place, codes.join(" "));
                if !found.contains(&told) {
                    found.push(told);
                }
            }
        }
    }
    found
}
