//! A context's state, and what it draws.

use rquickjs::{ArrayBuffer, Ctx, Object, Result, TypedArray};

use super::common::{Shared, costly, native, numbers, range_error};
use crate::display::operations::FillRule;
use crate::geometry::PixelRect;
use crate::host::script::canvas::{Canvas, Matrix, is_inside, stroke_covers};

/// Steps of work of a step of a path that a point may be in, and of one whose stroke it may be in.
const INSIDE: u64 = 20;
const STROKED: u64 = 400;
/// Bytes of a text that are a step: it is copied out of the engine.
const TEXT_BYTES: usize = 2;
/// Canvases that a script may have at a time.
const CANVASES_MAX: usize = 2_000;

fn rule(even_odd: bool) -> FillRule {
    if even_odd { FillRule::EvenOdd } else { FillRule::NonZero }
}

pub fn add(object: &Object<'_>, world: &Shared) -> Result<()> {
    add_state(object, world)?;
    add_shapes(object, world)?;
    add_pixels(object, world)
}

fn add_state<'js>(object: &Object<'js>, world: &Shared) -> Result<()> {
    let shared = std::rc::Rc::clone(world);
    let new_canvas = move |ctx: Ctx<'js>, width: u32, height: u32| -> Result<i32> {
        let mut world = shared.borrow_mut();
        if world.canvases.len() >= CANVASES_MAX || !world.has_room_for((width, height), true) {
            return Err(range_error(&ctx, "the canvases would take more memory than a script may"));
        }
        let id = world.number();
        let canvas = Canvas::new((width, height), true, &world.limits, &world.account);
        world.canvases.insert(id, canvas);
        Ok(id)
    };
    object.set("newCanvas", rquickjs::Function::new(object.ctx().clone(), new_canvas)?)?;
    native!(object, world, "makeOpaque", |w, id: i32| {
        if let Some(canvas) = w.canvases.get_mut(&id) {
            canvas.make_opaque(&mut w.pen);
        }
    });
    native!(object, world, "freeCanvas", |w, id: i32| drop(w.canvases.remove(&id)));
    // False where the canvas has no pixels, though both sides are above 0: it is too large.
    native!(object, world, "resize", |w, id: i32, width: u32, height: u32| {
        let limits = w.limits.clone();
        let is_room = w.has_room_for((width, height), id != 1);
        // One that is too large has no pixels to be cleared.
        w.account.spend(if is_room { u64::from(width) * u64::from(height) / 4 } else { 0 });
        let Some(canvas) = w.canvases.get_mut(&id) else { return true };
        canvas.resize(if is_room { (width, height) } else { (0, 0) }, &limits);
        !canvas.is_blank() || width == 0 || height == 0
    });
    native!(object, world, "reset", |w, id: i32| w.canvases.get_mut(&id).into_iter().for_each(Canvas::reset));
    // Its pixels go, and its state stays.
    native!(object, world, "wipe", |w, id: i32| {
        if let Some(canvas) = w.canvases.get_mut(&id) {
            canvas.wipe(&mut w.pen);
        }
    });
    native!(object, world, "save", |w, id: i32| w.canvases.get_mut(&id).is_none_or(Canvas::save));
    native!(object, world, "restore", |w, id: i32| w.canvases.get_mut(&id).is_some_and(Canvas::restore));
    native!(object, world, "getTransform", |w, id: i32| {
        w.canvases.get(&id).map_or(Matrix::IDENTITY, |canvas| canvas.state.transform).0.to_vec()
    });
    native!(object, world, "setTransform", |w, id: i32, a: f64, b: f64, c: f64, d: f64, e: f64, f: f64| {
        if let Some(canvas) = w.canvases.get_mut(&id) {
            canvas.state.transform = Matrix([a, b, c, d, e, f]);
        }
    });
    native!(object, world, "transform", |w, id: i32, a: f64, b: f64, c: f64, d: f64, e: f64, f: f64| {
        if let Some(canvas) = w.canvases.get_mut(&id) {
            canvas.state.transform = canvas.state.transform.then(&Matrix([a, b, c, d, e, f]));
        }
    });
    native!(object, world, "clip", |w, id: i32, path: i32, even_odd: bool| {
        let Some(outline) = w.named_outline(id, path) else { return true };
        w.canvases.get_mut(&id).is_none_or(|canvas| canvas.clip(&outline, rule(even_odd)))
    });
    native!(object, world, "inPath", |w, id: i32, path: i32, x: f64, y: f64, even_odd: bool| {
        let Some((outline, canvas)) = w.named_outline(id, path).zip(w.canvases.get(&id)) else { return false };
        w.account.spend(INSIDE * outline.len() as u64);
        // Nothing is inside of what a transform has made flat; of what it has not, the point goes back to the path.
        let transform = canvas.state.transform;
        let Some((path, back)) = outline.under(&transform).zip(transform.inverse()) else { return false };
        let (x, y) = back.apply(x, y);
        is_inside(&path, rule(even_odd), x, y)
    });
    native!(object, world, "inStroke", |w, id: i32, path: i32, x: f64, y: f64| {
        let Some((outline, canvas)) = w.named_outline(id, path).zip(w.canvases.get(&id)) else { return false };
        let transform = canvas.state.transform;
        w.account.spend(STROKED * outline.len() as u64);
        outline.under(&transform).is_some_and(|path| stroke_covers(&path, &canvas.state.line, &transform, x, y))
    });
    Ok(())
}

fn add_shapes(object: &Object<'_>, world: &Shared) -> Result<()> {
    costly!(object, world, "fill", |w, id: i32, path: i32, even_odd: bool| {
        if let Some(outline) = w.named_outline(id, path)
            && let Some(canvas) = w.canvases.get_mut(&id)
        {
            canvas.fill(&outline, rule(even_odd), &mut w.pen);
        }
    });
    costly!(object, world, "stroke", |w, id: i32, path: i32| {
        if let Some(outline) = w.named_outline(id, path)
            && let Some(canvas) = w.canvases.get_mut(&id)
        {
            canvas.stroke(&outline, &mut w.pen);
        }
    });
    costly!(object, world, "fillRect", |w, id: i32, x: f64, y: f64, width: f64, height: f64| {
        if let Some(canvas) = w.canvases.get_mut(&id) {
            canvas.fill_rect([x, y, width, height], &mut w.pen);
        }
    });
    costly!(object, world, "strokeRect", |w, id: i32, x: f64, y: f64, width: f64, height: f64| {
        if let Some(canvas) = w.canvases.get_mut(&id) {
            canvas.stroke_rect([x, y, width, height], &mut w.pen);
        }
    });
    costly!(object, world, "clearRect", |w, id: i32, x: f64, y: f64, width: f64, height: f64| {
        if let Some(canvas) = w.canvases.get_mut(&id) {
            canvas.clear_rect([x, y, width, height], &mut w.pen);
        }
    });
    costly!(object, world, "text", |w, id: i32, text: String, x: f64, y: f64, most: f64, stroked: bool| {
        w.account.spend((text.len() / TEXT_BYTES) as u64);
        w.note_text(&text);
        if let Some(canvas) = w.canvases.get_mut(&id) {
            let most = Some(most).filter(|most| *most != f64::INFINITY);
            canvas.text(&text, [x, y], most, stroked, &mut w.pen);
        }
    });
    native!(object, world, "measure", |w, id: i32, text: String| {
        w.account.spend((text.len() / TEXT_BYTES) as u64);
        let canvas = w.canvases.get_mut(&id);
        let m = canvas.map(|canvas| canvas.measure(&text, &mut w.pen)).unwrap_or_default();
        let baselines = m.baselines;
        let own = [m.width, m.left, m.right, m.font.0, m.font.1, m.top, m.bottom, m.em.0, m.em.1];
        own.into_iter().chain([baselines.0, baselines.1, baselines.2]).collect::<Vec<f64>>()
    });
    Ok(())
}

fn add_pixels<'js>(object: &Object<'js>, world: &Shared) -> Result<()> {
    let shared = std::rc::Rc::clone(world);
    // Nothing where there is no room for it, which is the script's end.
    let get = move |ctx: Ctx<'js>, id: i32, x: f64, y: f64, width: u32, height: u32| -> Result<Option<ArrayBuffer<'js>>> {
        let mut world = shared.borrow_mut();
        let w = &mut *world;
        // Once as it is read, once as the engine keeps it.
        let mut held = w.account.hold();
        held.set(width as usize * height as usize * 4 * 2);
        if w.account.is_over() {
            return Ok(None);
        }
        let data = match w.canvases.get_mut(&id) {
            Some(canvas) => canvas.image_data(x as i64, y as i64, width, height, &mut w.pen),
            None => Vec::new(),
        };
        held.set(data.len());
        ArrayBuffer::new_copy(ctx, data).map(Some)
    };
    object.set("getImageData", rquickjs::Function::new(object.ctx().clone(), get)?)?;
    costly!(object, world, "putImageData", |w,
                                            id: i32,
                                            data: TypedArray<'js, u8>,
                                            size: Vec<u32>,
                                            at: Vec<f64>,
                                            dirty: Vec<f64>| {
        let [left, top, right, bottom] = numbers::<4>(&dirty).map(|edge| edge as i32);
        if let (Some(canvas), [width, height]) = (w.canvases.get_mut(&id), size.as_slice()) {
            #[allow(unsafe_code, reason = "through a text, which is the fastest safe way, they take four times as long")]
            // SAFETY: nothing of the engine runs while the bytes are copied, so that nothing changes them or takes them away.
            let Some(data) = (unsafe { data.as_bytes() }) else { return !w.account.is_over() };
            let [x, y] = numbers::<2>(&at).map(|number| number as i64);
            canvas.put_image_data(data, (*width, *height), (x, y), PixelRect::new(left, top, right, bottom), &mut w.pen);
        }
    });
    Ok(())
}
