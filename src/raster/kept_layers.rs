//! Blurred layers as they were drawn: a blurred ground costs a frame nothing while only what lies over it moves.

use super::composite::Mix;
use super::surface::Surface;
use crate::display::Command;
use crate::geometry::PixelRect;

/// Layers kept, bytes; one that is larger than all of the room is drawn anew each time, of what is seen of it.
const KEPT_BYTES: usize = 16 * 1024 * 1024;
/// Layers kept at most: each is compared with what is to be drawn.
const KEPT_MOST: usize = 8;

/// A layer that was drawn.
pub struct KeptLayer {
    /// All that was drawn, from the layer's begin to its end.
    commands: Vec<Command>,
    /// Where: the canvas, and by how much everything was moved.
    place: Place,
    /// Its pixels, blurred.
    pub surface: Surface<'static>,
    /// How it comes onto what is below.
    pub mix: Mix,
}

/// A canvas, and by how much everything is moved on it.
pub type Place = (PixelRect, (f32, f32));

/// Layers that were drawn, the last used first.
#[derive(Default)]
pub struct KeptLayers(Vec<KeptLayer>);

impl KeptLayers {
    /// True where a layer over such an area can be kept.
    pub fn has_room(area: &PixelRect) -> bool {
        !area.is_empty() && area.width() as usize * area.height() as usize * 4 <= KEPT_BYTES
    }

    /// The layer that such commands made before.
    pub fn find(&mut self, commands: &[Command], place: &Place) -> Option<&KeptLayer> {
        let found = self.0.iter().position(|layer| layer.place == *place && layer.commands == commands)?;
        if let Some(passed) = self.0.get_mut(..=found) {
            passed.rotate_right(1);
        }
        self.0.first()
    }

    /// Keeps a layer in place of those that were not used for longest.
    pub fn keep(&mut self, commands: &[Command], place: Place, surface: Surface<'static>, mix: Mix) {
        self.0.insert(0, KeptLayer { commands: commands.to_vec(), place, surface, mix });
        let mut bytes = 0;
        let mut count = 0;
        self.0.retain(|layer| {
            bytes += layer.surface.pixels.as_slice().len();
            count += 1;
            bytes <= KEPT_BYTES && count <= KEPT_MOST
        });
    }
}
