//! Pictures: drawn, as patterns, and written as `data:` addresses.

use std::sync::Arc;

use base64::Engine as _;
use rquickjs::{ArrayBuffer, Ctx, Object, Result};

use super::common::{Shared, costly, native, numbers};
use crate::host::script::world::{PatternPicture, World};
use crate::picture::{Format, Picture, decode, encode};

/// Steps of work of a pixel that is written into a file.
const ENCODED: u64 = 40;
/// Patterns that a script may have at a time.
const PATTERNS_MAX: usize = 10_000;

pub fn add<'js>(object: &Object<'js>, world: &Shared) -> Result<()> {
    costly!(object, world, "drawPicture", |w, id: i32, src: String, list: Vec<f64>| {
        if let Some(picture) = w.pictures.get(src.as_str()).cloned() {
            draw(w, id, &Arc::from(src), &picture, &list);
        }
    });
    costly!(object, world, "drawCanvas", |w, id: i32, other: i32, list: Vec<f64>| {
        if let Some(picture) = canvas_picture(w, other) {
            draw(w, id, &Arc::from(format!("canvas:{other}")), &picture, &list);
        }
    });
    // The size of the picture that a file holds, which is drawn next; nothing where it holds none.
    native!(object, world, "decode", |w, file: String| {
        w.account.spend(file.len() as u64);
        let bytes = base64::engine::general_purpose::STANDARD.decode(file).ok()?;
        let picture = decode(&bytes, &w.limits).ok()?;
        let area = u64::from(picture.width()) * u64::from(picture.height());
        let size = vec![picture.width(), picture.height()];
        let is_room = w.account.spend(ENCODED * area) && w.account.has_room(picture.bytes());
        w.decoded = is_room.then_some(picture);
        is_room.then_some(size)
    });
    costly!(object, world, "drawDecoded", |w, id: i32| {
        if let Some(picture) = w.decoded.take() {
            let whole = [0.0, 0.0, f64::from(picture.width()), f64::from(picture.height())];
            let src = Arc::from(format!("file:{}", w.number()));
            draw(w, id, &src, &picture, &[whole, whole].concat());
        }
    });
    native!(object, world, "newPattern", |w, src: String, canvas: i32, repeat_x: bool, repeat_y: bool| {
        let picture = if canvas == 0 { w.pictures.get(src.as_str()).cloned() } else { canvas_picture(w, canvas) };
        let id = w.number();
        if w.patterns.len() < PATTERNS_MAX {
            let key = format!("pattern:{id}");
            let mut held = w.account.hold();
            held.set(picture.as_ref().map_or(0, Picture::bytes));
            w.patterns.insert(id, PatternPicture { picture, src: key.into(), repeat: (repeat_x, repeat_y), held });
        }
        id
    });
    native!(object, world, "freePattern", |w, id: i32| drop(w.patterns.remove(&id)));
    native!(object, world, "dataUrl", |w, id: i32, kind: String, quality: f64| {
        let (name, bytes) = encoded(w, id, &kind, quality)?;
        Some(format!("data:{name};base64,{}", base64::engine::general_purpose::STANDARD.encode(bytes)))
    });
    let shared = std::rc::Rc::clone(world);
    let file = move |ctx: Ctx<'js>, id: i32, kind: String, quality: f64| -> Result<Option<ArrayBuffer<'js>>> {
        let bytes = encoded(&mut shared.borrow_mut(), id, &kind, quality);
        bytes.map(|(_, bytes)| ArrayBuffer::new_copy(ctx, bytes)).transpose()
    };
    object.set("encoded", rquickjs::Function::new(object.ctx().clone(), file)?)?;
    Ok(())
}

/// A canvas as a picture file, with the name of its kind; `None` where it has no pixels.
fn encoded(w: &mut World, id: i32, kind: &str, quality: f64) -> Option<(&'static str, Vec<u8>)> {
    let (name, format) = match kind {
        "image/jpeg" => {
            let quality = if (0.0..=1.0).contains(&quality) { quality } else { 0.92 };
            ("image/jpeg", Format::Jpeg { quality: ((quality * 100.0).round() as u8).max(1) })
        }
        "image/webp" => ("image/webp", Format::WebP),
        _ => ("image/png", Format::PNG),
    };
    let canvas = w.canvases.get_mut(&id)?;
    let (width, height) = canvas.size();
    if !w.account.spend(ENCODED * u64::from(width) * u64::from(height)) {
        return None;
    }
    let pixels = canvas.pixels(&mut w.pen)?;
    let bytes = match format {
        // What can't be transparent is laid on black (HTML, "serialization of a bitmap").
        Format::Jpeg { .. } => {
            let mut opaque = pixels.clone();
            opaque.pixels_mut().iter_mut().skip(3).step_by(4).for_each(|alpha| *alpha = 255);
            encode(&opaque, format).ok()?
        }
        _ => encode(pixels, format).ok()?,
    };
    Some((name, bytes))
}

fn canvas_picture(world: &mut World, id: i32) -> Option<Picture> {
    world.canvases.get_mut(&id)?.picture(&mut world.pen)
}

fn draw(world: &mut World, id: i32, src: &Arc<str>, picture: &Picture, list: &[f64]) {
    let [sx, sy, sw, sh, x, y, width, height] = numbers(list);
    if let Some(canvas) = world.canvases.get_mut(&id) {
        canvas.draw_image(src, picture, [sx, sy, sw, sh], [x, y, width, height], &mut world.pen);
    }
}
