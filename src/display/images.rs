//! Pictures in their boxes: object-fit, nine-slice, tiles, and what stands in for a picture that is not there.

use std::sync::Arc;

use super::builder::Builder;
use super::list::{Command, Paint, Shape};
use super::texts;
use super::walk::DeviceBox;
use crate::color::Color;
use crate::geometry::{Edges, Rect, RoundedRect, Size};
use crate::layout::LayoutBox;
use crate::picture::{Picture, PictureState, placeholder_color};
use crate::scene::Fallback;
use crate::style::{BackgroundSize, ImageType, Length, ObjectFit, PaintStyle, Style};

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
    let own = Size::new(picture.width() as f32, picture.height() as f32);
    let placed = background_place(style, &area.rect, Some(own), builder.view.dpr);
    match style.paint.background_image_type {
        ImageType::Simple => within(builder, (src, picture), &placed, area),
        ImageType::Sliced => sliced(builder, (src, picture), style.paint.background_image_inset, area),
        // At first a tile is as large as the picture, not as the box.
        ImageType::Tiled if style.paint.background_size == PaintStyle::default().background_size => {
            tiled(builder, (src, picture), area);
        }
        ImageType::Tiled => tiled_from(builder, (src, picture), &placed, area),
    }
}

/// Where a background's picture (`own` is its size in px) or gradient stands in a box, device px: `backgroundSize` and
/// `backgroundPosition` (CSS Backgrounds 3, §2.6 and §2.9).
pub fn background_place(style: &Style, area: &Rect, own: Option<Size>, dpr: f32) -> Rect {
    let own = own.map(|own| Size::new(own.width * dpr, own.height * dpr));
    // Without a size of its own it is as large as the box.
    let natural = own.unwrap_or(Size::new(area.width, area.height));
    let (across, down) = (area.width / natural.width.max(1e-6), area.height / natural.height.max(1e-6));
    let side = |length: Length, of: f32| match length {
        Length::Auto => None,
        Length::Points(points) => Some(points * dpr),
        Length::Percent(percent) => Some(of * percent / 100.0),
    };
    let times = |factor: f32| Size::new(natural.width * factor, natural.height * factor);
    let size = match style.paint.background_size {
        BackgroundSize::Cover => times(across.max(down)),
        BackgroundSize::Contain => times(across.min(down)),
        BackgroundSize::Sides(width, height) => match (side(width, area.width), side(height, area.height)) {
            (Some(width), Some(height)) => Size::new(width, height),
            (Some(width), None) if own.is_some() => Size::new(width, natural.height * width / natural.width.max(1e-6)),
            (None, Some(height)) if own.is_some() => Size::new(natural.width * height / natural.height.max(1e-6), height),
            (width, height) => Size::new(width.unwrap_or(natural.width), height.unwrap_or(natural.height)),
        },
    };
    let place = |length: Length, room: f32| match length {
        Length::Auto => 0.0,
        Length::Points(points) => points * dpr,
        Length::Percent(percent) => room * percent / 100.0,
    };
    let (x, y) = style.paint.background_position;
    let (left, top) = (place(x, area.width - size.width), place(y, area.height - size.height));
    Rect::new(area.x + left, area.y + top, size.width, size.height).snapped()
}

/// A picture in a rectangle of which only what lies in a box is drawn: that part of it is what is scaled.
fn within(builder: &mut Builder<'_>, (src, picture): Named<'_>, placed: &Rect, area: &RoundedRect) {
    let destination = placed.intersection(&area.rect);
    if destination.is_empty() {
        return;
    }
    let whole = whole(picture);
    let (across, down) = (whole.width / placed.width, whole.height / placed.height);
    let source = Rect::new(
        (destination.x - placed.x) * across,
        (destination.y - placed.y) * down,
        destination.width * across,
        destination.height * down,
    );
    let source = if destination == *placed { whole } else { source };
    let clip = clip(area, &destination);
    builder.push(Command::Image { src: Arc::clone(src), picture: picture.clone(), source, destination, clip, tile: None });
}

/// Tiles of a size of their own, one of which stands where it is placed.
fn tiled_from(builder: &mut Builder<'_>, (src, picture): Named<'_>, placed: &Rect, area: &RoundedRect) {
    if placed.is_empty() {
        return;
    }
    let before = |start: f32, at: f32, step: f32| at - ((at - start) / step).ceil() * step;
    let (left, top) = (before(area.rect.x, placed.x, placed.width), before(area.rect.y, placed.y, placed.height));
    let destination = Rect::from_edges(left, top, area.rect.right(), area.rect.bottom());
    let clip = clip(area, &destination);
    let (source, tile) = (whole(picture), Some((placed.width, placed.height)));
    builder.push(Command::Image { src: Arc::clone(src), picture: picture.clone(), source, destination, clip, tile });
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
