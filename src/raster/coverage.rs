//! How much of each pixel a box covers: exact area. What is turned is for `paths`.

use ab_glyph_rasterizer::{Point, Rasterizer, point};

use super::pieces::{Mask, Piece, Pieces};
use crate::display::operations::KAPPA;
use crate::geometry::{Corners, PixelRect, Rect, RoundedRect, Size};

/// Draws the outline of a rounded box, clockwise or the other way round, moved by an offset.
fn trace(rasterizer: &mut Rasterizer, shape: &RoundedRect, offset: (f32, f32), clockwise: bool, limit: (f32, f32)) {
    let Rect { x, y, .. } = shape.rect;
    let (right, bottom) = (shape.rect.right(), shape.rect.bottom());
    let Corners { top_left, top_right, bottom_right, bottom_left } = shape.radii;
    let at = |px: f32, py: f32| point(px - offset.0, py - offset.1);
    // Each corner: where its arc starts, its two control points and where it ends, clockwise.
    let corner = |sx: f32, sy: f32, cx: f32, cy: f32, ex: f32, ey: f32| {
        let towards = |from: f32, to: f32| from + (to - from) * KAPPA;
        [at(sx, sy), at(towards(sx, cx), towards(sy, cy)), at(towards(ex, cx), towards(ey, cy)), at(ex, ey)]
    };
    let arcs: [[Point; 4]; 4] = [
        corner(x, y + top_left.height, x, y, x + top_left.width, y),
        corner(right - top_right.width, y, right, y, right, y + top_right.height),
        corner(right, bottom - bottom_right.height, right, bottom, right - bottom_right.width, bottom),
        corner(x + bottom_left.width, bottom, x, bottom, x, bottom - bottom_left.height),
    ];
    let mut draw = |a: Point, b: Point| {
        cut(a, b, limit, |a, b| if clockwise { rasterizer.draw_line(a, b) } else { rasterizer.draw_line(b, a) });
    };
    // Where all of an arc is on one side of the mask, it is moved onto an edge, and its ends tell as much.
    let is_seen = |arc: &[Point; 4]| {
        let spread = |values: [f32; 4], limit: f32| {
            let values = values.map(|value| value.clamp(0.0, limit));
            values.iter().any(|&value| value != values[0])
        };
        spread(arc.map(|p| p.x), limit.0) && spread(arc.map(|p| p.y), limit.1)
    };
    for (index, arc) in arcs.iter().enumerate() {
        if is_seen(arc) {
            flatten(arc, &mut draw);
        } else {
            draw(arc[0], arc[3]);
        }
        draw(arc[3], arcs[(index + 1) % 4][0]);
    }
}

/// A line in parts, none of which crosses an edge of the mask, with what is outside moved onto the edge: so it covers the
/// same of every pixel inside. An arc is cut only when it is lines: moving its control points would bend what is inside.
fn cut(a: Point, b: Point, limit: (f32, f32), mut draw: impl FnMut(Point, Point)) {
    let inside = |p: Point| point(p.x.clamp(0.0, limit.0), p.y.clamp(0.0, limit.1));
    if inside(a) == a && inside(b) == b {
        return draw(a, b);
    }
    let crossing = |from: f32, to: f32, edge: f32| {
        let crosses = (from < edge) != (to < edge);
        if crosses { ((edge - from) / (to - from)).clamp(0.0, 1.0) } else { 1.0 }
    };
    let mut stops =
        [crossing(a.x, b.x, 0.0), crossing(a.x, b.x, limit.0), crossing(a.y, b.y, 0.0), crossing(a.y, b.y, limit.1)];
    stops.sort_by(f32::total_cmp);
    let mut from = inside(a);
    for t in stops {
        let to = if t >= 1.0 { inside(b) } else { inside(point(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t)) };
        draw(from, to);
        from = to;
    }
    draw(from, inside(b));
}

/// A cubic as lines, fine enough for its size: an eighth of a pixel off at the most.
fn flatten(arc: &[Point; 4], draw: &mut impl FnMut(Point, Point)) {
    let extent = (arc[3].x - arc[0].x).abs().max((arc[3].y - arc[0].y).abs());
    if extent <= 0.0 {
        return draw(arc[0], arc[3]);
    }
    let steps = (4.0 + extent.sqrt() * 3.0).min(200.0) as usize;
    let mut from = arc[0];
    for step in 1..=steps {
        let t = step as f32 / steps as f32;
        let u = 1.0 - t;
        let mix = |a: f32, b: f32, c: f32, d: f32| u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d;
        let to = if step == steps {
            arc[3]
        } else {
            point(mix(arc[0].x, arc[1].x, arc[2].x, arc[3].x), mix(arc[0].y, arc[1].y, arc[2].y, arc[3].y))
        };
        draw(from, to);
        from = to;
    }
}

/// Exact coverage of a box less a box inside of it, over the pixels of `bounds`.
fn rasterize(outer: &RoundedRect, inner: Option<&RoundedRect>, bounds: PixelRect) -> Mask {
    let (width, height) = (bounds.width() as usize, bounds.height() as usize);
    if bounds.is_empty() {
        return Mask::new(PixelRect::default(), Vec::new());
    }
    let mut rasterizer = Rasterizer::new(width, height);
    let offset = (bounds.left as f32, bounds.top as f32);
    let limit = (width as f32, height as f32);
    trace(&mut rasterizer, outer, offset, true, limit);
    if let Some(inner) = inner.filter(|inner| !inner.rect.is_empty()) {
        trace(&mut rasterizer, inner, offset, false, limit);
    }
    let mut coverage = vec![0; width * height];
    rasterizer.for_each_pixel(|index, covered| {
        if let Some(pixel) = coverage.get_mut(index) {
            *pixel = (covered * 255.0 + 0.5) as u8;
        }
    });
    Mask::new(bounds, coverage)
}

fn is_whole(rect: &Rect) -> bool {
    [rect.x, rect.y, rect.width, rect.height].iter().all(|value| value.fract() == 0.0)
}

/// The coverage of a box, or of what is between two boxes, in few pieces: its middle is not a mask where it can be
/// told from its edges.
///
/// Masks are made of all that is on the canvas and not of what the clip leaves: a repaint of a part must not change a
/// pixel. What lies outside of the clip is left out whole.
pub fn pieces(outer: &RoundedRect, inner: Option<&RoundedRect>, canvas: &PixelRect, clip: &PixelRect) -> Pieces {
    let bounds = PixelRect::around(&outer.rect);
    let seen = bounds.intersection(canvas);
    if seen.intersection(clip).is_empty() {
        return Pieces::none();
    }
    if !is_whole(&outer.rect) || inner.is_some_and(|inner| !is_whole(&inner.rect)) {
        return Pieces::Masked(rasterize(outer, inner, seen));
    }
    let inner = inner.filter(|inner| !inner.rect.is_empty());
    if outer.is_plain() && inner.is_none() {
        return Pieces::Full(bounds);
    }
    // The block that holds a corner: its radius, and the corner of the inner box.
    let block = |radius: Size, horizontal: f32, vertical: f32, inner_radius: Option<Size>| {
        let inside = inner_radius.unwrap_or_default();
        let width = radius.width.max(if inner.is_some() { horizontal + inside.width } else { 0.0 });
        let height = radius.height.max(if inner.is_some() { vertical + inside.height } else { 0.0 });
        (width.ceil() as i32, height.ceil() as i32)
    };
    let inset = |pick: fn(&Rect) -> f32| inner.map_or(0.0, |inner| (pick(&inner.rect) - pick(&outer.rect)).abs());
    let (left, top) = (inset(|rect| rect.x), inset(|rect| rect.y));
    let (right, bottom) = (inset(Rect::right), inset(Rect::bottom));
    let radii = &outer.radii;
    let blocks = Corners {
        top_left: block(radii.top_left, left, top, inner.map(|inner| inner.radii.top_left)),
        top_right: block(radii.top_right, right, top, inner.map(|inner| inner.radii.top_right)),
        bottom_right: block(radii.bottom_right, right, bottom, inner.map(|inner| inner.radii.bottom_right)),
        bottom_left: block(radii.bottom_left, left, bottom, inner.map(|inner| inner.radii.bottom_left)),
    };
    let upper = blocks.top_left.1.max(blocks.top_right.1);
    let lower = blocks.bottom_left.1.max(blocks.bottom_right.1);
    let fits = upper + lower <= bounds.height()
        && blocks.top_left.0 + blocks.top_right.0 <= bounds.width()
        && blocks.bottom_left.0 + blocks.bottom_right.0 <= bounds.width();
    if !fits || (bounds.width() <= 32 && bounds.height() <= 32) {
        return Pieces::Masked(rasterize(outer, inner, seen));
    }
    let mut found = Vec::with_capacity(12);
    let mut masked = |area: PixelRect| {
        let area = area.intersection(canvas);
        if !area.is_empty() && !area.intersection(clip).is_empty() {
            found.push(Piece::Masked(rasterize(outer, inner, area)));
        }
    };
    let PixelRect { left: x0, top: y0, right: x1, bottom: y1 } = bounds;
    masked(PixelRect::new(x0, y0, x0 + blocks.top_left.0, y0 + upper));
    masked(PixelRect::new(x1 - blocks.top_right.0, y0, x1, y0 + upper));
    masked(PixelRect::new(x0, y1 - lower, x0 + blocks.bottom_left.0, y1));
    masked(PixelRect::new(x1 - blocks.bottom_right.0, y1 - lower, x1, y1));
    let mut full = |area: PixelRect| {
        if !area.is_empty() {
            found.push(Piece::Full(area));
        }
    };
    let (upper_x, lower_x) =
        ((x0 + blocks.top_left.0, x1 - blocks.top_right.0), (x0 + blocks.bottom_left.0, x1 - blocks.bottom_right.0));
    if inner.is_some() {
        full(PixelRect::new(upper_x.0, y0, upper_x.1, y0 + top as i32));
        full(PixelRect::new(lower_x.0, y1 - bottom as i32, lower_x.1, y1));
        full(PixelRect::new(x0, y0 + upper, x0 + left as i32, y1 - lower));
        full(PixelRect::new(x1 - right as i32, y0 + upper, x1, y1 - lower));
    } else {
        full(PixelRect::new(upper_x.0, y0, upper_x.1, y0 + upper));
        full(PixelRect::new(x0, y0 + upper, x1, y1 - lower));
        full(PixelRect::new(lower_x.0, y1 - lower, lower_x.1, y1));
    }
    Pieces::Made(found)
}

/// True for a box that covers its pixels as a rectangle of whole ones.
pub fn is_rectangle(shape: &RoundedRect) -> bool {
    is_whole(&shape.rect) && shape.is_plain()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raster::pieces::Part;

    fn flatten_pieces(pieces: &Pieces, bounds: PixelRect) -> Vec<u32> {
        let mut sum = vec![0u32; (bounds.width() * bounds.height()) as usize];
        let mut add = |x: i32, y: i32, covered: u8| {
            sum[((y - bounds.top) * bounds.width() + x - bounds.left) as usize] += u32::from(covered);
        };
        for part in pieces.parts() {
            match part {
                Part::Full(area) => {
                    (area.top..area.bottom).for_each(|y| (area.left..area.right).for_each(|x| add(x, y, 255)));
                }
                Part::Masked(mask) => {
                    for y in mask.bounds.top..mask.bounds.bottom {
                        for (index, &covered) in mask.row(y, mask.bounds.left, mask.bounds.right).iter().enumerate() {
                            add(mask.bounds.left + index as i32, y, covered);
                        }
                    }
                }
            }
        }
        sum
    }

    #[test]
    fn pieces_cover_what_the_whole_mask_covers() {
        let rect = Rect::new(3.0, 5.0, 90.0, 60.0);
        for radius in [0.0, 1.0, 7.5, 12.0, 30.0] {
            for border in [0.0, 1.0, 4.0, 9.0] {
                let outer = RoundedRect::new(rect, Corners::all(radius));
                let inner = (border > 0.0).then(|| outer.inset(crate::geometry::Edges::all(border)));
                let bounds = PixelRect::around(&rect);
                let whole = rasterize(&outer, inner.as_ref(), bounds);
                let sum = flatten_pieces(&pieces(&outer, inner.as_ref(), &bounds, &bounds), bounds);
                for (index, (&a, &b)) in whole.coverage.iter().zip(&sum).enumerate() {
                    assert!(u32::from(a).abs_diff(b) <= 1, "radius {radius} border {border} pixel {index}: {a} {b}");
                }
            }
        }
    }

    #[test]
    fn what_is_cut_off_bends_nothing() {
        let circle = RoundedRect::new(Rect::new(-30.0, -45.0, 130.0, 130.0), Corners::all(999.0));
        let whole = rasterize(&circle, None, PixelRect::around(&circle.rect));
        for canvas in [PixelRect::new(0, 0, 80, 70), PixelRect::new(10, 0, 200, 200), PixelRect::new(-100, 20, 40, 60)] {
            let seen = PixelRect::around(&circle.rect).intersection(&canvas);
            let part = rasterize(&circle, None, seen);
            for y in seen.top..seen.bottom {
                for (a, b) in whole.row(y, seen.left, seen.right).iter().zip(part.row(y, seen.left, seen.right)) {
                    assert!(a.abs_diff(*b) <= 1, "row {y}: {a} {b}");
                }
            }
        }
    }

    #[test]
    fn a_circle_covers_pi_r_squared() {
        let circle = RoundedRect::new(Rect::new(0.0, 0.0, 100.0, 100.0), Corners::all(50.0));
        let mask = rasterize(&circle, None, PixelRect::new(0, 0, 100, 100));
        let area: f64 = mask.coverage.iter().map(|&covered| f64::from(covered) / 255.0).sum();
        assert!((area - std::f64::consts::PI * 2500.0).abs() < 8.0, "{area}");
    }
}
