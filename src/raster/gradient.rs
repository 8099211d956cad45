//! Gradients as a table of colours and a cheap way to find a pixel's place in it.

use std::sync::Arc;

use super::blend::premultiply;
use crate::color::Color;
use crate::display::{Gradient, GradientKind};
use crate::geometry::{Point, Transform};

const TABLE: usize = 1024;

/// A gradient that is ready to shade rows of device pixels.
pub struct PreparedGradient {
    table: Arc<[[u8; 4]]>,
    repeating: bool,
    kind: GradientKind,
    /// From the canvas back to where the gradient was given.
    inverse: Transform,
}

impl PreparedGradient {
    /// Prepares a gradient under a transform; `None` where the transform flattens the plane.
    pub fn new(gradient: &Gradient, transform: &Transform) -> Option<Self> {
        let inverse = transform.inverse()?;
        Some(Self { table: table(&gradient.stops), repeating: gradient.repeating, kind: gradient.kind, inverse })
    }

    /// Shades a row that starts at a pixel, premultiplied RGBA8.
    pub fn shade_row(&self, left: i32, y: i32, row: &mut [u8]) {
        let (pixels, _) = row.as_chunks_mut::<4>();
        // Counted from the canvas's edge and not from the row's start: a repaint of a part must not change a pixel.
        let edge = self.inverse.apply(Point::new(0.0, y as f32 + 0.5));
        let (step_x, step_y) = (self.inverse.a, self.inverse.b);
        let columns = (left..).map(|x| x as f32 + 0.5);
        match self.kind {
            GradientKind::Linear { start, end } => {
                let (dx, dy) = (end.x - start.x, end.y - start.y);
                let squared = dx * dx + dy * dy;
                if squared <= 0.0 {
                    return pixels.fill(self.color(1.0));
                }
                let offset = ((edge.x - start.x) * dx + (edge.y - start.y) * dy) / squared;
                let step = (step_x * dx + step_y * dy) / squared;
                for (x, pixel) in columns.zip(pixels) {
                    *pixel = self.color(offset + step * x);
                }
            }
            GradientKind::Radial { center, radius_x, radius_y } => {
                let (reciprocal_x, reciprocal_y) = (1.0 / radius_x.max(1e-6), 1.0 / radius_y.max(1e-6));
                for (column, pixel) in columns.zip(pixels) {
                    let x = (edge.x + step_x * column - center.x) * reciprocal_x;
                    let y = (edge.y + step_y * column - center.y) * reciprocal_y;
                    *pixel = self.color((x * x + y * y).sqrt());
                }
            }
        }
    }

    fn color(&self, offset: f32) -> [u8; 4] {
        let offset = if self.repeating { offset - offset.floor() } else { offset.clamp(0.0, 1.0) };
        let index = (offset * (TABLE - 1) as f32 + 0.5) as usize;
        self.table.get(index.min(TABLE - 1)).copied().unwrap_or_default()
    }
}

/// The colours at `TABLE` evenly spaced offsets, mixed premultiplied.
fn table(stops: &[(f32, Color)]) -> Arc<[[u8; 4]]> {
    let mut next = 0;
    (0..TABLE)
        .map(|index| {
            let offset = index as f32 / (TABLE - 1) as f32;
            while next < stops.len() && stops[next].0 <= offset {
                next += 1;
            }
            let (before, after) = (next.checked_sub(1).and_then(|before| stops.get(before)), stops.get(next));
            match (before, after) {
                (Some(&(from, a)), Some(&(to, b))) => mix(a, b, ((offset - from) / (to - from).max(1e-6)).clamp(0.0, 1.0)),
                (Some(&(_, only)), None) | (None, Some(&(_, only))) => premultiply(only),
                (None, None) => [0; 4],
            }
        })
        .collect()
}

fn mix(a: Color, b: Color, t: f32) -> [u8; 4] {
    let premultiplied = |color: Color| {
        let alpha = f32::from(color.alpha) / 255.0;
        [f32::from(color.red) * alpha, f32::from(color.green) * alpha, f32::from(color.blue) * alpha, f32::from(color.alpha)]
    };
    let (a, b) = (premultiplied(a), premultiplied(b));
    let channel = |index: usize| (a[index] + (b[index] - a[index]) * t + 0.5) as u8;
    let alpha = channel(3);
    [channel(0).min(alpha), channel(1).min(alpha), channel(2).min(alpha), alpha]
}
