//! The shadows of boxes: a large one is blurred small and its middle stretched.

use std::sync::Arc;

use super::coverage::pieces;
use super::pieces::{Mask, Piece, Pieces};
use super::shadow::{blur, is_sharp, reach};
use crate::cache::Cache;
use crate::geometry::{Corners, PixelRect, Rect, RoundedRect};

/// Blurred boxes kept, bytes.
const KEPT_BYTES: usize = 1024 * 1024;
/// What one costs beside its coverage, bytes.
const ENTRY_BYTES: usize = 256;

/// Bits of the size, of the corners' radii and of the blur's deviation.
type BoxKey = [u32; 11];

/// Small boxes that were blurred before: the rows of a list are alike, and so are their shadows, in this frame and the next.
pub struct BlurredBoxes(Cache<BoxKey, Arc<Mask>>);

impl Default for BlurredBoxes {
    fn default() -> Self {
        Self(Cache::with_capacity(KEPT_BYTES))
    }
}

impl BlurredBoxes {
    /// A box that stands as far from its mask's edges as its blur reaches, blurred.
    fn get(&mut self, shape: &RoundedRect, deviation: f32) -> Arc<Mask> {
        let Corners { top_left, top_right, bottom_right, bottom_left } = shape.radii;
        let radii = [top_left, top_right, bottom_right, bottom_left];
        let size = [shape.rect.width, shape.rect.height, deviation].into_iter();
        let mut numbers = size.chain(radii.iter().flat_map(|radius| [radius.width, radius.height]));
        let key: BoxKey = std::array::from_fn(|_| numbers.next().unwrap_or_default().to_bits());
        if let Some(known) = self.0.get(&key) {
            return Arc::clone(known);
        }
        let area = PixelRect::around(&shape.rect).outset(reach(deviation));
        let mut mask = Mask::new(area, vec![0; area.width() as usize * area.height() as usize]);
        paint(&mut mask, shape);
        blur(&mut mask, deviation);
        let (mask, bytes) = (Arc::new(mask), area.width() as usize * area.height() as usize + ENTRY_BYTES);
        if bytes <= KEPT_BYTES / 4 {
            self.0.insert(key, Arc::clone(&mask), bytes);
        }
        mask
    }
}

/// A box's shadow, before anything of it is seen.
enum BoxShadow {
    /// Of a box whose corners alone are larger than what is seen: the part that is seen.
    Part(Mask),
    /// Of any other.
    Stretched(Stretched),
}

/// A large box is blurred small and its middle stretched: the blur's edges don't know how long they are.
struct Stretched {
    small: Arc<Mask>,
    /// The box, and as far as its blur reaches.
    bounds: PixelRect,
    /// From its edges on so much may be in shadow, and from its corners: px across, and px down.
    edge: i32,
    corner: (i32, i32),
    /// Of `bounds` so much on each side is in full shadow always: nothing is blurred.
    bare: i32,
}

impl BoxShadow {
    /// The shadow of what is seen of a box; none is seen where it is `None`.
    fn of(shape: &RoundedRect, deviation: f32, canvas: &PixelRect, kept: &mut BlurredBoxes) -> Option<Self> {
        let reach = reach(deviation);
        let snapped = RoundedRect { rect: shape.rect.snapped(), radii: shape.radii };
        let bounds = PixelRect::around(&snapped.rect).outset(reach);
        if bounds.intersection(canvas).is_empty() || snapped.rect.is_empty() {
            return None;
        }
        let corner = |pick: fn(&RoundedRect) -> [f32; 4]| pick(&snapped).into_iter().fold(0.0, f32::max).ceil() as i32;
        let radius_x = corner(|s| {
            [s.radii.top_left.width, s.radii.top_right.width, s.radii.bottom_right.width, s.radii.bottom_left.width]
        });
        let radius_y = corner(|s| {
            [s.radii.top_left.height, s.radii.top_right.height, s.radii.bottom_right.height, s.radii.bottom_left.height]
        });
        let small_width = (snapped.rect.width as i32).min((radius_x + reach) * 2 + 1);
        let small_height = (snapped.rect.height as i32).min((radius_y + reach) * 2 + 1);
        let seen = bounds.intersection(canvas);
        let roomy = seen.outset(reach);
        let area_of = |width: i32, height: i32| i64::from(width) * i64::from(height);
        if area_of(roomy.width(), roomy.height()) <= area_of(small_width + 2 * reach, small_height + 2 * reach) {
            return Some(Self::Part(blurred_part(&snapped, deviation, &seen, roomy)));
        }
        let small_rect = Rect::new(reach as f32, reach as f32, small_width as f32, small_height as f32);
        let small = kept.get(&RoundedRect { rect: small_rect, radii: snapped.radii }, deviation);
        let (edge, bare) = if is_sharp(deviation) { (0, reach) } else { (2 * reach, 0) };
        Some(Self::Stretched(Stretched { small, bounds, edge, corner: (radius_x + edge, radius_y + edge), bare }))
    }
}

impl Stretched {
    /// The shadow on a rectangle, which must lie within the bounds.
    fn on(&self, seen: PixelRect) -> Mask {
        let (small, bounds, area) = (&self.small, self.bounds, self.small.bounds);
        let mut coverage = Vec::with_capacity(seen.width() as usize * seen.height() as usize);
        let source = |position: i32, start: i32, end: i32, small: i32| {
            let (from_start, from_end) = (position - start, end - 1 - position);
            if from_start <= small / 2 { from_start } else { (small - 1 - from_end).max(small / 2) }
        };
        let columns: Vec<usize> =
            (seen.left..seen.right).map(|x| source(x, bounds.left, bounds.right, area.width()).max(0) as usize).collect();
        let mut last = None;
        for y in seen.top..seen.bottom {
            let row = source(y, bounds.top, bounds.bottom, area.height()).max(0) as usize;
            // Most rows are the middle one again and again.
            if last == Some(row) {
                coverage.extend_from_within(coverage.len() - columns.len()..);
                continue;
            }
            last = Some(row);
            let stretched = small.coverage.get(row * area.width() as usize..).unwrap_or_default();
            coverage.extend(columns.iter().map(|column| stretched.get(*column).copied().unwrap_or(0)));
        }
        Mask::new(seen, coverage)
    }

    /// What of an area is not in the shadow, in parts: nothing of the shadow's middle, where all is.
    fn without(&self, area: &PixelRect) -> Pieces {
        let own = self.bounds.outset(-self.bare);
        // Where one axis is divided: its start, the ends of the edge and of the corner there, and those on the other side.
        let divided = |start: i32, end: i32, corner: i32| {
            let middle = start + (end - start) / 2;
            let (near, far) = (|by: i32| (start + by).min(middle), |by: i32| (end - by).max(middle));
            [start, near(self.edge), near(corner), far(corner), far(self.edge), end]
        };
        let [left, left_edge, left_corner, right_corner, right_edge, right] = divided(own.left, own.right, self.corner.0);
        let [top, top_edge, top_corner, bottom_corner, bottom_edge, bottom] = divided(own.top, own.bottom, self.corner.1);
        let beyond = [
            PixelRect::new(area.left, area.top, area.right, top),
            PixelRect::new(area.left, bottom, area.right, area.bottom),
            PixelRect::new(area.left, top, left, bottom),
            PixelRect::new(right, top, area.right, bottom),
        ];
        let edges = [
            PixelRect::new(left, top, left_corner, top_corner),
            PixelRect::new(right_corner, top, right, top_corner),
            PixelRect::new(left, bottom_corner, left_corner, bottom),
            PixelRect::new(right_corner, bottom_corner, right, bottom),
            PixelRect::new(left_corner, top, right_corner, top_edge),
            PixelRect::new(left_corner, bottom_edge, right_corner, bottom),
            PixelRect::new(left, top_corner, left_edge, bottom_corner),
            PixelRect::new(right_edge, top_corner, right, bottom_corner),
        ];
        let seen = |part: PixelRect| Some(part.intersection(area)).filter(|part| !part.is_empty());
        let beyond = beyond.into_iter().filter_map(seen).map(Piece::Full);
        let edges = edges.into_iter().filter_map(seen).map(|part| Piece::Masked(self.on(part).inverted(part)));
        Pieces::Made(beyond.chain(edges).collect())
    }
}

/// The coverage of a box's shadow.
pub fn box_shadow(shape: &RoundedRect, deviation: f32, canvas: &PixelRect, kept: &mut BlurredBoxes) -> Option<Mask> {
    // Only what can be seen is stretched out.
    BoxShadow::of(shape, deviation, canvas, kept).map(|shadow| match shadow {
        BoxShadow::Part(mask) => mask,
        BoxShadow::Stretched(stretched) => stretched.on(stretched.bounds.intersection(canvas)),
    })
}

/// What of an area is not in a box's shadow, in parts that do not overlap: what is cast from all around into a box. All of
/// its middle is left out, which is most of a row that has a line inside of its edges.
pub fn outside_box_shadow(
    shape: &RoundedRect,
    deviation: f32,
    area: PixelRect,
    canvas: &PixelRect,
    kept: &mut BlurredBoxes,
) -> Pieces {
    match BoxShadow::of(shape, deviation, &canvas.outset(reach(deviation)), kept) {
        None => Pieces::Full(area),
        Some(BoxShadow::Part(mask)) => Pieces::Masked(mask.inverted(area)),
        Some(BoxShadow::Stretched(stretched)) => stretched.without(&area),
    }
}

/// The part of a shadow that is seen, blurred by itself: for a box whose corners alone are larger than what is seen. A
/// pixel comes from no farther than the blur reaches, which `roomy` has around it.
fn blurred_part(shape: &RoundedRect, deviation: f32, seen: &PixelRect, roomy: PixelRect) -> Mask {
    let mut mask = Mask::new(roomy, vec![0; roomy.width() as usize * roomy.height() as usize]);
    paint(&mut mask, shape);
    blur(&mut mask, deviation);
    let coverage = (seen.top..seen.bottom).flat_map(|y| mask.row(y, seen.left, seen.right)).copied().collect();
    Mask::new(*seen, coverage)
}

/// Writes a box's coverage into a mask.
fn paint(mask: &mut Mask, shape: &RoundedRect) {
    let bounds = mask.bounds;
    pieces(shape, None, &bounds, &bounds).parts().for_each(|part| mask.paint(part));
}

/// The coverage of a box as one mask over all of the canvas that it touches.
pub fn box_mask(shape: &RoundedRect, canvas: &PixelRect) -> Option<Mask> {
    let bounds = PixelRect::around(&shape.rect).intersection(canvas);
    if bounds.is_empty() {
        return None;
    }
    let mut mask = Mask::new(bounds, vec![0; bounds.width() as usize * bounds.height() as usize]);
    paint(&mut mask, shape);
    Some(mask)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_shadow_is_that_part() {
        let shape = RoundedRect::new(Rect::new(-200.0, -150.0, 500.0, 400.0), Corners::all(120.0));
        let whole = box_shadow(&shape, 6.0, &PixelRect::new(-300, -300, 400, 400), &mut BlurredBoxes::default()).unwrap();
        let part = box_shadow(&shape, 6.0, &PixelRect::new(230, 180, 330, 280), &mut BlurredBoxes::default()).unwrap();
        for y in part.bounds.top..part.bounds.bottom {
            let (left, right) = (part.bounds.left, part.bounds.right);
            // Corners are rasterized over another area: rounding may differ.
            assert!(
                part.row(y, left, right).iter().zip(whole.row(y, left, right)).all(|(a, b)| a.abs_diff(*b) <= 1),
                "row {y}"
            );
        }
    }

    #[test]
    fn a_vast_shadow_costs_what_is_seen() {
        let vast = RoundedRect::new(Rect::new(-10_000.0, -10_000.0, 20_000.0, 20_000.0), Corners::all(10_000.0));
        let start = std::time::Instant::now();
        let mask = box_shadow(&vast, 100.0, &PixelRect::new(0, 0, 100, 100), &mut BlurredBoxes::default()).unwrap();
        assert_eq!(mask.row(50, 50, 51), [255]);
        assert!(start.elapsed().as_secs() < 5);
    }

    #[test]
    fn a_stretched_shadow_is_the_blurred_box() {
        let canvas = PixelRect::new(0, 0, 400, 300);
        let shape = RoundedRect::new(Rect::new(60.0, 50.0, 260.0, 180.0), Corners::all(16.0));
        let stretched = box_shadow(&shape, 6.0, &canvas, &mut BlurredBoxes::default()).unwrap();
        let mut whole = Mask::new(canvas, vec![0; 400 * 300]);
        paint(&mut whole, &shape);
        blur(&mut whole, 6.0);
        for y in stretched.bounds.top..stretched.bounds.bottom {
            let row = stretched.row(y, stretched.bounds.left, stretched.bounds.right);
            assert_eq!(row, whole.row(y, stretched.bounds.left, stretched.bounds.right), "row {y}");
        }
    }

    /// What is cast into a box from around it, in parts, is what its shadow leaves; no two parts overlap.
    #[test]
    fn the_parts_outside_of_a_shadow_are_all_that_it_leaves() {
        let mut random = crate::random::random(11);
        let mut kept = BlurredBoxes::default();
        let (mut left_out, mut seen) = (0, 0);
        for case in 0..400 {
            let mut number = |most: u32| (random() % most) as i32;
            let (width, height) = (1 + number(200), 1 + number(120));
            let shape = RoundedRect::new(
                Rect::new((number(80) - 20) as f32, (number(80) - 20) as f32, width as f32, height as f32),
                Corners::all(number(30) as f32),
            );
            let deviation = [0.0, 0.0, 0.4, 1.0, 3.0, 9.0][number(6) as usize];
            let (left, top) = (number(60), number(60));
            let area = PixelRect::new(left, top, left + 1 + number(150), top + 1 + number(150));
            let canvas = PixelRect::new(0, 0, 220, 220);
            let area = area.intersection(&canvas);
            let parts = outside_box_shadow(&shape, deviation, area, &canvas, &mut kept);
            let around = canvas.outset(reach(deviation));
            let whole = box_shadow(&shape, deviation, &around, &mut kept)
                .map_or_else(|| Mask::full(area), |shadow| shadow.inverted(area));
            let mut joined = Mask::new(area, vec![0; whole.coverage.len()]);
            let mut covered = vec![false; whole.coverage.len()];
            for part in parts.parts() {
                joined.paint(part);
                let bounds = part.bounds();
                assert_eq!(bounds, bounds.intersection(&area), "{case}");
                for (x, y) in (bounds.top..bounds.bottom).flat_map(|y| (bounds.left..bounds.right).map(move |x| (x, y))) {
                    let at = ((y - area.top) * area.width() + x - area.left) as usize;
                    assert!(!std::mem::replace(&mut covered[at], true), "{case}: twice at {x}, {y}");
                }
            }
            assert!(joined == whole, "{case}: {shape:?} {deviation} on {area:?}");
            seen += covered.len();
            left_out += covered.iter().filter(|covered| !**covered).count();
        }
        assert!(left_out * 6 > seen, "{left_out} of {seen} px were left out");
    }
}
