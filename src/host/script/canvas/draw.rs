//! Fills, strokes and pictures.

use std::sync::Arc;

use super::outline::{Outline, pruned};
use super::{Canvas, Matrix, Pen};
use crate::display::operations::{FillRule, Operation, Path, Segment};
use crate::geometry::{Point, Rect, RoundedRect};
use crate::picture::Picture;

/// What a call costs beside its pixels.
const CALL: u64 = 64;
/// What an edge costs in each row, as it was measured with thousands of them.
const EDGE_ROW: f64 = 64.0;

impl Canvas {
    /// `fill()` of a path.
    pub fn fill(&mut self, outline: &Outline, rule: FillRule, pen: &mut Pen) {
        let Some(path) = outline.under(&self.state.transform) else { return };
        let cost = self.cost(&path.bounds(), path.segments().len()).saturating_add(self.edges(&path, &self.state.transform));
        self.fill_path(path, rule, pen, cost);
    }

    fn fill_path(&mut self, path: Arc<Path>, rule: FillRule, pen: &mut Pen, cost: u64) {
        if let Some(paint) = self.state.fill.paint() {
            self.draw(Operation::Fill { path, rule, paint }, pen, cost);
        }
    }

    /// `stroke()` of a path.
    pub fn stroke(&mut self, outline: &Outline, pen: &mut Pen) {
        let Some(path) = outline.under(&self.state.transform) else { return };
        let path = pruned(&path);
        let style = Arc::clone(&self.state.line);
        let reach = path.bounds().outset(style.width * style.miter_limit.max(1.0));
        // A line has two edges.
        let cost = self
            .cost(&reach, path.segments().len() * 8)
            .saturating_add(self.edges(&path, &self.state.transform).saturating_mul(2));
        if let Some(paint) = self.state.stroke.paint() {
            self.draw(Operation::Stroke { path, style, paint }, pen, cost);
        }
    }

    /// `fillRect()`.
    pub fn fill_rect(&mut self, [x, y, width, height]: [f64; 4], pen: &mut Pen) {
        if width == 0.0 || height == 0.0 {
            return;
        }
        let rect = upright(x, y, width, height);
        let path = Arc::new(Path::of_box(RoundedRect::plain(rect)));
        let cost = self.cost(&rect, 1);
        self.fill_path(path, FillRule::NonZero, pen, cost);
    }

    /// `strokeRect()`: with one side of 0 a line there and back, which has joins and no caps; with both nothing.
    pub fn stroke_rect(&mut self, [x, y, width, height]: [f64; 4], pen: &mut Pen) {
        let mut path = Path::default();
        let at = |x: f64, y: f64| Point::new(x as f32, y as f32);
        match (width == 0.0, height == 0.0) {
            (true, true) => return,
            (false, false) => super::rect(&mut path, [x, y, width, height]),
            _ => {
                path.move_to(at(x, y));
                path.line_to(at(x + width, y + height));
                path.close();
            }
        }
        self.stroke(&Outline::new(Arc::new(path), self.state.transform), pen);
    }

    /// `clearRect()`.
    pub fn clear_rect(&mut self, [x, y, width, height]: [f64; 4], pen: &mut Pen) {
        let rect = upright(x, y, width, height);
        if !rect.is_empty() {
            let cost = self.cost(&rect, 1);
            self.draw(Operation::ClearRect(rect), pen, cost);
        }
    }

    /// `drawImage()`: a part of a picture, which may be mirrored, onto a rectangle.
    pub fn draw_image(&mut self, src: &Arc<str>, picture: &Picture, source: [f64; 4], to: [f64; 4], pen: &mut Pen) {
        // Sides that are negative go to the other side of the corner: the picture is not mirrored by that.
        let (source, to) = (upright(source[0], source[1], source[2], source[3]), upright(to[0], to[1], to[2], to[3]));
        if source.is_empty() || to.is_empty() {
            return;
        }
        let cost = self.cost(&to, 1).saturating_mul(2);
        let operation = Operation::Image {
            src: Arc::clone(src),
            picture: picture.clone(),
            source,
            destination: to,
            smooth: self.state.smooth,
        };
        self.draw(operation, pen, cost);
    }

    /// What it costs to draw within a rectangle under the transform: its pixels on the canvas, those of its shadow, and what
    /// is beside it where all of the canvas changes.
    pub(super) fn cost(&self, rect: &Rect, steps: usize) -> u64 {
        let (width, height) = (self.size.0 as f32, self.size.1 as f32);
        let canvas = Rect::new(0.0, 0.0, width, height);
        let bounds = self.state.transform.to_transform().bounds(rect);
        let seen = bounds.intersection(&canvas);
        let all = f64::from(width) * f64::from(height);
        let mut pixels = f64::from(seen.width) * f64::from(seen.height);
        if self.state.composite.reaches_beyond_source() {
            pixels = all;
        }
        if self.state.shadow.is_drawn() {
            let reach = bounds.outset(self.state.shadow.blur * 2.0);
            pixels += 8.0 * (f64::from(reach.width) * f64::from(reach.height)).min(4.0 * all);
        }
        CALL + pixels.max(0.0) as u64 + steps as u64 * 4
    }

    /// What the edges of a path cost under the transform, row by row: those that go across many rows of the canvas are followed
    /// and sorted in each.
    pub(super) fn edges(&self, path: &Path, transform: &Matrix) -> u64 {
        let height = f64::from(self.size.1);
        let row = |point: Point| transform.apply(f64::from(point.x), f64::from(point.y)).1.clamp(0.0, height);
        let (mut rows, mut start, mut last) = (0.0, 0.0, 0.0);
        for segment in path.segments() {
            let points = match segment {
                Segment::MoveTo(to) => {
                    (start, last) = (row(*to), row(*to));
                    continue;
                }
                Segment::Close => {
                    rows += (last - start).abs();
                    last = start;
                    continue;
                }
                Segment::Box(of) => {
                    let bounds = transform.to_transform().bounds(&of.rect);
                    rows += 2.0 * f64::from(bounds.height.clamp(0.0, self.size.1 as f32));
                    continue;
                }
                Segment::LineTo(to) => [*to; 3],
                Segment::QuadTo(control, to) => [*control, *to, *to],
                Segment::CubicTo(first, second, to) => [*first, *second, *to],
            };
            for point in points {
                let next = row(point);
                rows += (next - last).abs();
                last = next;
            }
        }
        (rows * EDGE_ROW) as u64
    }
}

/// A rectangle with sides that are not negative.
pub(super) fn upright(x: f64, y: f64, width: f64, height: f64) -> Rect {
    let (left, top) = (x.min(x + width), y.min(y + height));
    Rect::new(left as f32, top as f32, width.abs() as f32, height.abs() as f32)
}
