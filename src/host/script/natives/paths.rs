//! Building paths: a context's own, and those of `Path2D`.

use std::sync::Arc;

use rquickjs::{Ctx, Object, Result};

use super::common::{Shared, native, numbers, range_error};
use crate::display::operations::Path;
use crate::geometry::Point;
use crate::host::script::canvas::{Matrix, Outline, add_svg, mapped, rect, round_rect};

/// `Path2D` objects that a script may have at a time.
const PATHS_MAX: usize = 100_000;

/// Puts a function that adds to a path onto the object.
macro_rules! path {
    ($object:expr, $world:expr, $name:literal, |$path:ident $(, $argument:ident: $type:ty)*| $body:expr) => {{
        let world = std::rc::Rc::clone($world);
        let function = move |ctx: Ctx<'js>, id: i32 $(, $argument: $type)*| -> Result<()> {
            let added = world.borrow_mut().outline(id, |$path: &mut Path| $body);
            if added { Ok(()) } else { Err(range_error(&ctx, "the path has too many steps")) }
        };
        $object.set($name, rquickjs::Function::new($object.ctx().clone(), function)?)?;
    }};
}

fn at(x: f64, y: f64) -> Point {
    Point::new(x as f32, y as f32)
}

pub fn add<'js>(object: &Object<'js>, world: &Shared) -> Result<()> {
    path!(object, world, "moveTo", |path, x: f64, y: f64| path.move_to(at(x, y)));
    path!(object, world, "lineTo", |path, x: f64, y: f64| path.line_to(at(x, y)));
    path!(object, world, "closePath", |path| path.close());
    path!(object, world, "quadTo", |path, cx: f64, cy: f64, x: f64, y: f64| path.quad_to(at(cx, cy), at(x, y)));
    path!(object, world, "cubicTo", |path, list: Vec<f64>| {
        let [ax, ay, bx, by, x, y] = numbers(&list);
        path.cubic_to(at(ax, ay), at(bx, by), at(x, y));
    });
    path!(object, world, "arcTo", |path, cx: f64, cy: f64, x: f64, y: f64, radius: f64| {
        path.arc_to(at(cx, cy), at(x, y), radius as f32);
    });
    path!(object, world, "ellipse", |path, list: Vec<f64>, back: bool| {
        let [x, y, rx, ry, turn, start, end] = numbers(&list);
        path.ellipse((x as f32, y as f32), (rx as f32, ry as f32), turn, (start, end), back);
    });
    path!(object, world, "rect", |path, x: f64, y: f64, width: f64, height: f64| rect(path, [x, y, width, height]));
    path!(object, world, "roundRect", |path, list: Vec<f64>| {
        let [x, y, width, height, a, b, c, d, e, f, g, h] = numbers(&list);
        round_rect(path, [x, y, width, height], [(a, b), (c, d), (e, f), (g, h)]);
    });
    native!(object, world, "beginPath", |w, id: i32| {
        if let Some(canvas) = w.canvases.get_mut(&id) {
            canvas.outline.clear();
        }
    });
    let shared = std::rc::Rc::clone(world);
    let new_path = move |ctx: Ctx<'js>, from: i32| -> Result<i32> {
        let mut world = shared.borrow_mut();
        if world.paths.len() >= PATHS_MAX {
            return Err(range_error(&ctx, "too many Path2D objects"));
        }
        let id = -world.number();
        let outline = world.paths.get(&from).cloned().unwrap_or_default();
        world.keep_path(id, outline);
        Ok(id)
    };
    object.set("newPath", rquickjs::Function::new(object.ctx().clone(), new_path)?)?;
    native!(object, world, "freePath", |w, id: i32| w.drop_path(id));
    native!(object, world, "addSvg", |w, id: i32, data: String| {
        w.outline(id, |path| add_svg(path, &data));
    });
    let shared = std::rc::Rc::clone(world);
    let add_path = move |ctx: Ctx<'js>, id: i32, other: i32, transform: Vec<f64>| -> Result<()> {
        let mut world = shared.borrow_mut();
        let Some(other) = world.paths.get(&other).map(Outline::on_canvas) else { return Ok(()) };
        let other: Arc<Path> = Arc::new(mapped(&other, &Matrix(numbers(&transform))));
        let added = world.outline(id, |path| path.add_path(&other, &crate::geometry::Transform::IDENTITY));
        if added { Ok(()) } else { Err(range_error(&ctx, "the path has too many steps")) }
    };
    object.set("addPath", rquickjs::Function::new(object.ctx().clone(), add_path)?)?;
    Ok(())
}
