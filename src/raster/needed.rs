//! At which sizes a list draws its pictures, without drawing them: as the painter scales them, so is it told here.

use super::image::seen_part;
use super::pictures::{grown_size, is_drawn, tile_size};
use crate::display::{Command, DrawList};
use crate::geometry::{PixelRect, Rect, Transform};

/// A part of a picture and the size that it is scaled to, device px.
pub type NeededCrop = (Rect, u32, u32);

/// The [scaled crops](crate::picture::Picture::scaled_crop) that drawing a list asks for, each beside the identity of its
/// picture, in the order of drawing.
#[must_use]
pub fn needed_crops(list: &DrawList) -> Vec<(usize, NeededCrop)> {
    let canvas = PixelRect::new(0, 0, list.width as i32, list.height as i32);
    let mut transforms = vec![Transform::IDENTITY];
    let mut needed = Vec::new();
    for command in &list.commands {
        let current = transforms.last().copied().unwrap_or(Transform::IDENTITY);
        match command {
            Command::PushTransform(transform) => transforms.push(current.then(transform)),
            Command::PopTransform => {
                transforms.pop();
            }
            Command::Image { picture, source, destination, tile, .. } if is_drawn(picture, source, destination) => {
                let crop = crop(&current, (source, destination, *tile), &canvas);
                needed.push((picture.identity(), crop));
            }
            _ => {}
        }
    }
    needed
}

/// What a picture is scaled to under a transform: which part of it, as which tile.
pub fn crop(transform: &Transform, drawn: (&Rect, &Rect, Option<(f32, f32)>), canvas: &PixelRect) -> NeededCrop {
    let (source, destination, tile) = drawn;
    match (transform.whole_move(), tile) {
        (Some(_), Some(tile)) => {
            let (width, height) = tile_size(tile);
            (*source, width, height)
        }
        (Some((x, y)), None) => {
            let area = PixelRect::around(&destination.translated(x, y).snapped());
            let (source, area) = seen_part(*source, area, canvas);
            (source, area.width() as u32, area.height() as u32)
        }
        (None, tile) => {
            let size = tile.unwrap_or((destination.width, destination.height));
            let (width, height) = grown_size(size, transform);
            (*source, width, height)
        }
    }
}
