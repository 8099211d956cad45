//! Pictures in their boxes: object-fit, nine-slice, tiles, and what stands in for a picture that is not there.

use std::sync::Arc;

use super::builder::Builder;
use super::list::{Command, Paint, Shape};
use super::texts;
use super::walk::DeviceBox;
use crate::color::Color;
use crate::geometry::{Edges, Rect, RoundedRect};
use crate::layout::LayoutBox;
use crate::picture::{Picture, PictureState, placeholder_color};
use crate::scene::Fallback;
use crate::style::Style;
use crate::style::{ImageType, ObjectFit};

/// What is drawn where a picture failed and nothing else stands in for it.
const MISSING: Color = Color::rgba(128, 132, 150, 48);

/// Paints an `image`'s picture into its content box.
pub fn paint(
    builder: &mut Builder<'_>,
    src: &Arc<str>,
    fallback: Option<&Fallback>,
    place: &LayoutBox,
    style: &Style,
    device: &DeviceBox,
) {
    let content = area(device, place, builder.view.dpr);
    if content.rect.is_empty() {
        return;
    }
    let pictures = builder.pictures;
    match (pictures.get(src), fallback) {
        (PictureState::Ready(picture), _) => {
            let (kind, inset) = (style.paint.image_type, style.paint.image_inset);
            match kind {
                ImageType::Simple => fit(builder, (src, picture), style.paint.object_fit, &content),
                ImageType::Sliced => sliced(builder, (src, picture), inset, &content),
                ImageType::Tiled => tiled(builder, (src, picture), &content),
            }
        }
        (_, Some(fallback)) => placeholder(builder, fallback, place, &content),
        // Who has no address waits for nothing.
        (PictureState::Missing | PictureState::Pending, None) if !src.is_empty() => {}
        (_, None) => {
            builder.push(Command::Fill { shape: Shape::Rect(content), paint: Paint::Solid(MISSING) });
        }
    }
}

/// Where an `image`'s picture goes: the content box with its corners.
pub fn area(device: &DeviceBox, place: &LayoutBox, dpr: f32) -> RoundedRect {
    device.padding().inset(place.padding.map(|padding| (padding * dpr).round()))
}

/// Paints a `backgroundImage: url(…)`; nothing where it is not there.
pub fn paint_background(builder: &mut Builder<'_>, src: &Arc<str>, style: &Style, area: &RoundedRect) {
    let pictures = builder.pictures;
    let Some(picture) = pictures.get(src).picture() else { return };
    match style.paint.background_image_type {
        ImageType::Simple => fit(builder, (src, picture), ObjectFit::Fill, area),
        ImageType::Sliced => sliced(builder, (src, picture), style.paint.background_image_inset, area),
        ImageType::Tiled => tiled(builder, (src, picture), area),
    }
}

fn whole(picture: &Picture) -> Rect {
    Rect::new(0.0, 0.0, picture.width() as f32, picture.height() as f32)
}

/// A picture with its key.
type Named<'a> = (&'a Arc<str>, &'a Picture);

/// The corners as a clip, where there are any or the picture goes beyond the box.
fn clip(area: &RoundedRect, destination: &Rect) -> Option<RoundedRect> {
    let inside = area.rect.intersection(destination) == *destination;
    (!(inside && area.is_plain())).then_some(*area)
}

fn fit(builder: &mut Builder<'_>, (src, picture): Named<'_>, how: ObjectFit, area: &RoundedRect) {
    let source = whole(picture);
    let rect = area.rect;
    let (scale_x, scale_y) = (rect.width / source.width, rect.height / source.height);
    let own = builder.view.dpr;
    let scale = match how {
        ObjectFit::Fill => None,
        ObjectFit::Contain => Some(scale_x.min(scale_y)),
        ObjectFit::Cover => Some(scale_x.max(scale_y)),
        ObjectFit::None => Some(own),
        ObjectFit::ScaleDown => Some(scale_x.min(scale_y).min(own)),
    };
    let (source, destination) = match scale {
        None => (source, rect),
        Some(scale) => {
            // What is outside of the box is cut off the source, so that only what is seen is scaled.
            let (width, height) = (source.width * scale, source.height * scale);
            let (shown_width, shown_height) = (width.min(rect.width), height.min(rect.height));
            let cut = Rect::new(
                (source.width - shown_width / scale) / 2.0,
                (source.height - shown_height / scale) / 2.0,
                shown_width / scale,
                shown_height / scale,
            );
            let left = rect.x + (rect.width - shown_width) / 2.0;
            let top = rect.y + (rect.height - shown_height) / 2.0;
            (cut, Rect::new(left, top, shown_width, shown_height).snapped())
        }
    };
    let clip = clip(area, &destination);
    builder.push(Command::Image { src: Arc::clone(src), picture: picture.clone(), source, destination, clip, tile: None });
}

fn tiled(builder: &mut Builder<'_>, (src, picture): Named<'_>, area: &RoundedRect) {
    let dpr = builder.view.dpr;
    let tile = ((picture.width() as f32 * dpr).round(), (picture.height() as f32 * dpr).round());
    let (source, destination) = (whole(picture), area.rect);
    let clip = clip(area, &destination);
    builder.push(Command::Image {
        src: Arc::clone(src),
        picture: picture.clone(),
        source,
        destination,
        clip,
        tile: Some(tile),
    });
}

/// Nine-slice: corners keep their size, edges are stretched along themselves, the middle both ways. Corners that don't
/// fit into the box are scaled down together.
fn sliced(builder: &mut Builder<'_>, (src, picture): Named<'_>, inset: Edges<f32>, area: &RoundedRect) {
    let source = whole(picture);
    let dpr = builder.view.dpr;
    let inset = Edges {
        left: inset.left.clamp(0.0, source.width),
        right: inset.right.clamp(0.0, (source.width - inset.left).max(0.0)),
        top: inset.top.clamp(0.0, source.height),
        bottom: inset.bottom.clamp(0.0, (source.height - inset.top).max(0.0)),
    };
    let rect = area.rect;
    let fitted = |sum: f32, extent: f32| if sum * dpr > extent { extent / sum } else { dpr };
    let scale = fitted(inset.left + inset.right, rect.width).min(fitted(inset.top + inset.bottom, rect.height));
    let shown = inset.map(|side| (side * scale).round());
    let columns = [
        (0.0, inset.left, rect.x, shown.left),
        (inset.left, source.width - inset.left - inset.right, rect.x + shown.left, rect.width - shown.left - shown.right),
        (source.width - inset.right, inset.right, rect.right() - shown.right, shown.right),
    ];
    let rows = [
        (0.0, inset.top, rect.y, shown.top),
        (inset.top, source.height - inset.top - inset.bottom, rect.y + shown.top, rect.height - shown.top - shown.bottom),
        (source.height - inset.bottom, inset.bottom, rect.bottom() - shown.bottom, shown.bottom),
    ];
    if !area.is_plain() {
        builder.push(Command::PushClip(*area));
    }
    for (source_y, source_height, y, height) in rows {
        for (source_x, source_width, x, width) in columns {
            let part = Rect::new(source_x, source_y, source_width, source_height);
            let destination = Rect::new(x, y, width, height);
            if !part.is_empty() && !destination.is_empty() {
                builder.push(Command::Image {
                    src: Arc::clone(src),
                    picture: picture.clone(),
                    source: part,
                    destination,
                    clip: None,
                    tile: None,
                });
            }
        }
    }
    if !area.is_plain() {
        builder.push(Command::PopClip);
    }
}

/// The first letter of a name on the person's own colour.
fn placeholder(builder: &mut Builder<'_>, fallback: &Fallback, place: &LayoutBox, area: &RoundedRect) {
    let color = placeholder_color(&fallback.seed);
    builder.push(Command::Fill { shape: Shape::Rect(*area), paint: Paint::Solid(color) });
    texts::paint_letter(builder, place, &area.rect);
}
