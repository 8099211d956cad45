//! What a job comes to.

use std::sync::Arc;

use super::source::Source;
use super::times::Times;
use crate::display::{self, DrawList, View};
use crate::error::{Diagnostics, Error, ErrorKind, Result};
use crate::geometry::Point;
use crate::layout::{self, DumpedBox, Layout};
use crate::picture::Pictures;
#[cfg(feature = "raster")]
use crate::picture::{self, Format};
#[cfg(feature = "raster")]
use crate::raster::SharedCanvas;
use crate::scene::{BoardState, Content, NodeId, Scene};
use crate::sorted::{BTreeMap, BTreeSet};

/// A board, drawn; without the feature `raster`, what a host is to draw of it.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The pixels.
    #[cfg(feature = "raster")]
    pub canvas: SharedCanvas,
    /// Width and height of the canvas, device px.
    pub(super) device: (u32, u32),
    /// What is wrong with board, data and pictures; it is drawn all the same.
    pub diagnostics: Diagnostics,
    /// What was drawn.
    pub list: DrawList,
    /// The scene and its boxes.
    pub prepared: Prepared,
    /// Of what the scene was made, where it has long lists.
    pub(super) source: Option<Arc<Source>>,
    /// How it is looked at.
    pub view: View,
    /// The pictures that it had.
    pub pictures: Pictures,
    /// The state that the board shows.
    pub state: BoardState,
    /// Friends that are on the board; none where it shows another state than that they are there.
    pub drawn: usize,
    /// Entries of the data that were dropped.
    pub dropped: usize,
    /// How long each stage took, where the renderer has a clock.
    pub times: Times,
}

impl Frame {
    /// The canvas as a picture's file; [`Format::Rgba`] is straight RGBA8 rows from the top, as `ImageData` has them.
    ///
    /// # Errors
    /// [`ErrorKind::Picture`] for a size that the format has no room for.
    #[cfg(feature = "raster")]
    pub fn encode(&self, format: Format) -> Result<Vec<u8>> {
        picture::encode(&self.canvas, format)
    }

    /// Width and height of the canvas, device px.
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        self.device
    }

    /// Where everything stands, in document order.
    #[must_use]
    pub fn boxes(&self) -> Vec<DumpedBox> {
        self.prepared.boxes()
    }

    /// How many friends have a row that is seen: of those on the board, without those that are scrolled away and those that
    /// the template does not show.
    #[must_use]
    pub fn rows(&self) -> usize {
        display::rows(&self.prepared.scene, &self.prepared.layout, &self.view, self.device)
    }
}

/// A scene with its boxes: all that frames of it need.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prepared {
    /// The scene.
    pub scene: Scene,
    /// Its boxes.
    pub layout: Layout,
}

impl Prepared {
    /// Where everything stands, in document order.
    #[must_use]
    pub fn boxes(&self) -> Vec<DumpedBox> {
        layout::dump(&self.scene, &self.layout)
    }

    /// Offsets by `id` as a view wants them, kept within what each scroll view can scroll.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for an id that no scroll view has.
    pub fn scrolled<'a>(&self, offsets: impl IntoIterator<Item = (&'a str, Point)>) -> Result<BTreeMap<NodeId, Point>> {
        let views =
            || self.scene.nodes.iter().enumerate().filter(|(_, node)| matches!(node.content, Content::ScrollView { .. }));
        offsets
            .into_iter()
            .map(|(id, wanted)| {
                let Some((node, _)) = views().find(|(_, node)| *node.id == *id) else {
                    let known = views().map(|(_, node)| &*node.id).filter(|id| !id.is_empty()).collect::<Vec<_>>().join(", ");
                    let known = if known.is_empty() { "the board has none".to_owned() } else { format!("there are: {known}") };
                    return Err(Error::new(ErrorKind::Usage, format!("no scrollview with id '{id}': {known}")));
                };
                let extent = self.layout.boxes.get(node).map(|place| place.scroll).unwrap_or_default();
                Ok((node, Point::new(wanted.x.max(0.0).min(extent.width), wanted.y.max(0.0).min(extent.height))))
            })
            .collect()
    }

    /// The nodes with these ids, as a view names what is pressed.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for an id that no node has.
    pub fn pressed(&self, ids: &[String]) -> Result<BTreeSet<NodeId>> {
        let find = |id: &String| self.scene.nodes.iter().position(|node| !id.is_empty() && *node.id == **id);
        let missing = |id: &String| Error::new(ErrorKind::Usage, format!("no node has the id '{id}'"));
        ids.iter().map(|id| find(id).ok_or_else(|| missing(id))).collect()
    }
}
