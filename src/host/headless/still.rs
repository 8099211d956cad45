//! A board that stands still, with every picture that can be seen on it.

use std::collections::BTreeSet;

use super::Assets;
use crate::display::{DrawList, View};
use crate::error::Result;
use crate::geometry::Size;
use crate::pipeline::{Prepared, Renderer};
use crate::scene::Content;

/// How often a board is laid out anew because pictures have come that give boxes their size.
const ROUNDS: usize = 3;

/// Makes the draw list of a board that was laid out on a canvas of `size` px at dpr 1, after fetching the pictures of the
/// network that can be seen. Where a picture gives its box its size, the board is laid out again with it.
///
/// `device` is the canvas in device px; `view` is asked again after each layout.
///
/// # Errors
/// Where the board can't be laid out again, or `view` fails.
pub fn draw_list(
    renderer: &mut Renderer,
    prepared: &mut Prepared,
    size: Size,
    device: (u32, u32),
    assets: &Assets,
    mut view: impl FnMut(&Prepared) -> Result<View>,
) -> Result<DrawList> {
    for _ in 0..ROUNDS {
        // Layout has asked for every picture; what counts is what can be seen, and what has no size without its picture.
        let asked: BTreeSet<String> = assets.wanted().into_iter().collect();
        let unsized_ones = without_size(prepared, &asked);
        let list = renderer.draw_list(prepared, &view(prepared)?, device, assets);
        let seen = assets.wanted();
        if seen.is_empty() && unsized_ones.is_empty() {
            return Ok(list);
        }
        let sources = seen.iter().chain(&unsized_ones).map(String::as_str).collect::<Vec<_>>();
        assets.prefetch(&sources);
        if !unsized_ones.is_empty() {
            let scene = std::mem::take(&mut prepared.scene);
            *prepared = renderer.layout(scene, size, assets)?;
        }
    }
    // It changes with every picture that comes: all that are left, at once, and that is it.
    let rest = assets.wanted();
    assets.prefetch(&rest.iter().map(String::as_str).collect::<Vec<_>>());
    Ok(renderer.draw_list(prepared, &view(prepared)?, device, assets))
}

/// The pictures, of those, whose boxes are empty: without a size of its own, a box that waits for its picture is.
fn without_size(prepared: &Prepared, asked: &BTreeSet<String>) -> Vec<String> {
    if asked.is_empty() {
        return Vec::new();
    }
    let nodes = prepared.scene.nodes.iter().zip(&prepared.layout.boxes);
    let empty = nodes.filter(|(_, place)| place.shown && place.content().is_empty());
    let sources = empty.filter_map(|(node, _)| match &node.content {
        Content::Image { src, .. } => asked.get(&**src).cloned(),
        _ => None,
    });
    sources.collect()
}
