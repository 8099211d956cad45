//! Which pictures a view shows: the walk of drawing, without the drawing.

use std::borrow::Cow;
use std::sync::Arc;

use super::images;
use super::room::Room;
use super::texts::page_src;
use super::walk::{Seen, View, Walk};
use crate::layout::Layout;
use crate::picture::Pictures;
use crate::scene::{Content, NodeId, Scene};
use crate::style::Background;

/// The pictures that [`build`](super::build()) reads on a canvas of `width` × `height` device px, by their `src`: each once,
/// in the order of painting. What is out of sight is not among them. Of `pictures` the bitmap fonts count: their letters
/// are parts of pictures.
///
/// ```
/// use friendboard::display::{View, wanted};
/// use friendboard::picture::Pictures;
/// let none = wanted(&Default::default(), &Default::default(), &View::default(), (800, 600), &Pictures::default());
/// assert!(none.is_empty());
/// ```
#[must_use]
pub fn wanted(scene: &Scene, layout: &Layout, view: &View, size: (u32, u32), pictures: &Pictures) -> Vec<Arc<str>> {
    let mut found = Vec::new();
    wanted_next((scene, layout, view), size, pictures, &mut Room::default(), &mut found);
    found
}

/// The same with what was kept of the list before, in place of what was found then.
pub fn wanted_next(
    (scene, layout, view): (&Scene, &Layout, &View),
    size: (u32, u32),
    pictures: &Pictures,
    room: &mut Room,
    found: &mut Vec<Arc<str>>,
) {
    found.clear();
    let mut order = std::mem::take(&mut room.order);
    order.clear();
    let walk = Walk::over(scene, layout, view, size, Cow::Borrowed(room.reach(scene, layout, view.dpr)));
    let mut search = Search { walk, pictures, found, order };
    if !scene.nodes.is_empty() {
        search.node(0);
    }
    room.order = search.order;
}

struct Search<'a> {
    walk: Walk<'a>,
    pictures: &'a Pictures,
    found: &'a mut Vec<Arc<str>>,
    /// The numbers of those found, in the order of their texts.
    order: Vec<usize>,
}

impl Search<'_> {
    fn add(&mut self, src: &Arc<str>) {
        if src.is_empty() {
            return;
        }
        let of = |number: &usize| self.found.get(*number).map_or("", |known| &**known);
        if let Err(place) = self.order.binary_search_by(|number| of(number).cmp(src)) {
            self.order.insert(place, self.found.len());
            self.found.push(Arc::clone(src));
        }
    }

    fn node(&mut self, id: NodeId) {
        let spot = self.walk.spot;
        self.walk.keep_in_view(id);
        let Some(seen) = self.walk.see(id) else {
            self.walk.spot = spot;
            return;
        };
        if !seen.style.is_hidden() {
            self.own(&seen);
        }
        self.walk.turn(&seen);
        for child in self.walk.enter(&seen).as_deref().unwrap_or_default() {
            self.node(*child);
        }
        self.walk.spot = spot;
    }

    /// What a node itself shows.
    fn own(&mut self, seen: &Seen<'_>) {
        if let Some(Background::Url(src)) = &seen.style.paint.background_image
            && !seen.device.border.rect.is_empty()
        {
            self.add(src);
        }
        match &seen.node.content {
            Content::Image { src, .. } if !images::area(&seen.device, seen.place, self.walk.view.dpr).rect.is_empty() => {
                self.add(src);
            }
            Content::BitmapText { font, .. } => {
                let (Some(lines), Some(found)) = (&seen.place.bitmap, self.pictures.font(font)) else { return };
                let mut pages: Vec<usize> = lines.letters.iter().map(|letter| letter.page).collect();
                pages.dedup();
                for page in pages.into_iter().filter_map(|page| found.pages.get(page)) {
                    self.add(&Arc::from(page_src(font, page)));
                }
            }
            _ => {}
        }
    }
}
