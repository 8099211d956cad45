//! Linear gradients by the row: the colours along a row are the same in each, only moved. So they are found once, at each
//! quarter of a pixel, and a row is a part of them. Rows that are moved by whole pixels are then alike to the last bit, which
//! a PNG of them profits from too.

use std::cell::OnceCell;

use crate::geometry::{Point, Transform};

/// Colours of a table.
pub const TABLE: usize = 1024;
/// Steps of a pixel at which the colours of a row can begin.
const STEPS: i64 = 4;
/// Along a row that takes more pixels from one colour of the table to the next, colours are filled in, not copied.
const LONGEST_STEP: f64 = 16.0;
/// What changes by less than a quarter of the table's step over the widest canvas does not change.
const STILL: f64 = 0.25 / 16_384.0;
/// No row begins farther away than this, pixels.
const FARTHEST: f64 = 1e12;

/// Where the colours of a table stand on the canvas: the pixel x, y has the colour number `first + x × across + y × down`,
/// rounded, and the first or the last one beyond the table's ends.
pub struct Ramp {
    first: f64,
    across: f64,
    down: f64,
    /// The colours along a row that begins at each step of a pixel.
    rows: [OnceCell<Vec<[u8; 4]>>; STEPS as usize],
}

impl Ramp {
    /// Along a line from the table's first colour to its last, on a canvas that `inverse` leads back from; `None` where both are one
    /// place, or are not on any canvas.
    pub fn new(start: Point, end: Point, inverse: &Transform) -> Option<Self> {
        let wide = f64::from;
        let (dx, dy) = (wide(end.x) - wide(start.x), wide(end.y) - wide(start.y));
        let scale = (TABLE - 1) as f64 / (dx * dx + dy * dy);
        let Transform { a, b, c, d, e, f } = *inverse;
        let across = (wide(a) * dx + wide(b) * dy) * scale;
        let down = (wide(c) * dx + wide(d) * dy) * scale;
        let origin = ((wide(e) - wide(start.x)) * dx + (wide(f) - wide(start.y)) * dy) * scale;
        // Colours are those of the pixels' middles.
        let first = origin + across.midpoint(down);
        let across = if across.abs() < STILL { 0.0 } else { across };
        let is_finite = first.is_finite() && across.is_finite() && down.is_finite();
        is_finite.then(|| Self { first, across, down, rows: std::array::from_fn(|_| OnceCell::new()) })
    }

    /// The one colour of a row, where rows have one.
    pub fn of_row(&self, table: &[[u8; 4]], y: i32) -> Option<[u8; 4]> {
        (self.across == 0.0).then(|| color(table, self.first + self.down * f64::from(y)))
    }

    /// Shades a row that starts at a pixel.
    pub fn shade(&self, table: &[[u8; 4]], left: i32, y: i32, pixels: &mut [[u8; 4]]) {
        let first = self.first + self.down * f64::from(y);
        if let Some(color) = self.of_row(table, y) {
            pixels.fill(color);
        } else if self.across.abs() < LONGEST_STEP.recip() {
            self.fill(table, first, left, pixels);
        } else {
            self.copy(table, first, left, pixels);
        }
    }

    /// A row of few colours, each over many pixels.
    fn fill(&self, table: &[[u8; 4]], first: f64, left: i32, pixels: &mut [[u8; 4]]) {
        let towards = self.across.signum();
        // Where a colour ends along the row; it is told by its number and not by where drawing starts, so that a repaint of a part
        // does not change a pixel.
        let end = |number: f64| ((number + towards / 2.0 - first) / self.across).ceil().clamp(-FARTHEST, FARTHEST) as i64;
        let last = (TABLE - 1) as f64;
        let mut number = (first + self.across * f64::from(left)).round().clamp(0.0, last);
        while number - towards >= 0.0 && number - towards <= last && end(number - towards) > i64::from(left) {
            number -= towards;
        }
        let mut rest = pixels;
        let mut x = i64::from(left);
        while !rest.is_empty() {
            let is_last = if towards > 0.0 { number >= last } else { number <= 0.0 };
            let length = if is_last { rest.len() } else { (end(number) - x).clamp(0, rest.len() as i64) as usize };
            let (now, later) = rest.split_at_mut(length);
            now.fill(color(table, number));
            (rest, x, number) = (later, x + length as i64, number + towards);
        }
    }

    /// A row cut from the colours that are the same in each.
    fn copy(&self, table: &[[u8; 4]], first: f64, left: i32, pixels: &mut [[u8; 4]]) {
        let step = self.across / STEPS as f64;
        let begin = (first / step).round().clamp(-FARTHEST, FARTHEST) as i64;
        let Some(cell) = self.rows.get(begin.rem_euclid(STEPS) as usize) else { return };
        let colors = cell.get_or_init(|| {
            let (from, until) = self.span();
            (from..until).map(|pixel| color(table, step * (pixel * STEPS + begin.rem_euclid(STEPS)) as f64)).collect()
        });
        let (Some(before), Some(after)) = (colors.first(), colors.last()) else { return };
        // Which of the colours the first pixel has.
        let place = i64::from(left) + begin.div_euclid(STEPS) - self.span().0;
        let count = pixels.len() as i64;
        let skipped = (-place).clamp(0, count);
        let until = (colors.len() as i64 - place).clamp(skipped, count);
        let (start, rest) = pixels.split_at_mut(skipped as usize);
        let (middle, end) = rest.split_at_mut((until - skipped) as usize);
        start.fill(*before);
        end.fill(*after);
        let from = (place + skipped) as usize;
        if let Some(colors) = colors.get(from..from + middle.len()) {
            middle.copy_from_slice(colors);
        }
    }

    /// The pixels from the one that has the table's first colour in which colours change, with one more at either end.
    fn span(&self) -> (i64, i64) {
        let length = (TABLE - 1) as f64 / self.across;
        (length.min(0.0).floor() as i64 - 1, length.max(0.0).ceil() as i64 + 2)
    }
}

fn color(table: &[[u8; 4]], number: f64) -> [u8; 4] {
    let index = number.clamp(0.0, (TABLE - 1) as f64) + 0.5;
    table.get(index as usize).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Vec<[u8; 4]> {
        (0..TABLE as u32).map(u32::to_le_bytes).collect()
    }

    fn number(pixel: [u8; 4]) -> f64 {
        f64::from(u32::from_le_bytes(pixel))
    }

    #[test]
    fn rows_are_within_an_eighth_of_a_pixel_and_the_same_in_parts() {
        let lines = [(0.0, 0.0, 40.0, 0.0), (0.0, 0.0, 300.0, 300.0), (10.5, 200.0, -90.0, -13.0), (0.0, 0.0, 1.0, 5_000.0)];
        for (x0, y0, x1, y1) in lines.into_iter().chain([(20.0, 30.0, 20.0, 180.0), (700.0, 3.0, -4_000.0, 60.0)]) {
            let ramp = Ramp::new(Point::new(x0, y0), Point::new(x1, y1), &Transform::IDENTITY).unwrap();
            let table = table();
            for y in [-3, 0, 17, 99, 250] {
                let mut row = vec![[0; 4]; 400];
                ramp.shade(&table, -50, y, &mut row);
                for (x, pixel) in (-50..).zip(&row) {
                    let exact = ramp.first + ramp.across * f64::from(x) + ramp.down * f64::from(y);
                    let off = (number(*pixel) - exact.clamp(0.0, 1_023.0)).abs();
                    assert!(off <= 0.501 + (ramp.across / 8.0).abs(), "{x} {y}: {off}");
                }
                for (left, length) in [(-50, 3), (-11, 90), (120, 230)] {
                    let mut part = vec![[0; 4]; length];
                    ramp.shade(&table, left, y, &mut part);
                    assert_eq!(part, row[(left + 50) as usize..][..length], "from {left}");
                }
            }
        }
    }

    #[test]
    fn a_gradient_from_corner_to_corner_repeats_its_row_moved() {
        let ramp = Ramp::new(Point::new(0.0, 0.0), Point::new(457.5, 457.5), &Transform::IDENTITY).unwrap();
        let row = |y: i32| {
            let mut row = vec![[0; 4]; 900];
            ramp.shade(&table(), 0, y, &mut row);
            row
        };
        for y in 0..500 {
            assert_eq!(row(y)[1..], row(y + 1)[..899]);
        }
    }

    #[test]
    fn what_is_nowhere_is_none() {
        let point = Point::new(3.0, 3.0);
        assert!(Ramp::new(point, point, &Transform::IDENTITY).is_none());
        assert!(Ramp::new(point, Point::new(f32::INFINITY, 3.0), &Transform::IDENTITY).is_none());
    }
}
