//! CSS gradients: a context's radial ones are circles, so an ellipse is a circle under a transform.

use std::sync::Arc;

use super::Lowering;
use crate::display::list::{self, GradientKind};
use crate::display::operations::{self, Circle, FillRule, Gradient, Operation, Paint, Path};
use crate::geometry::{Point, Rect, RoundedRect, Transform};

/// A radius below this is none, device px.
const RADIUS_MIN: f32 = 1e-6;

impl Lowering {
    /// Fills a path, which lies within `bounds`, with a gradient.
    pub(super) fn gradient(&mut self, path: Path, rule: FillRule, gradient: &list::Gradient, bounds: &Rect) {
        let paint = |kind| {
            let (stops, repeating) = (Arc::clone(&gradient.stops), gradient.repeating);
            Paint::Gradient(Arc::new(Gradient { kind, stops, repeating, premultiplied: true }))
        };
        match gradient.kind {
            GradientKind::Linear { start, end } if start != end => {
                self.fill(path, rule, paint(operations::GradientKind::Linear { start, end }));
            }
            GradientKind::Radial { center, radius_x, radius_y } if radius_x >= RADIUS_MIN && radius_y >= RADIUS_MIN => {
                let circle = |center, radius| operations::GradientKind::Radial {
                    start: Circle { center, radius: 0.0 },
                    end: Circle { center, radius },
                };
                if radius_x == radius_y {
                    return self.fill(path, rule, paint(circle(center, radius_x)));
                }
                let ellipse = Transform { a: radius_x, d: radius_y, e: center.x, f: center.y, ..Transform::IDENTITY };
                self.saved(|lowering| {
                    lowering.clip(path, rule);
                    lowering.push(Operation::Transform(ellipse));
                    let (left, top) = ((bounds.x - center.x) / radius_x, (bounds.y - center.y) / radius_y);
                    let covered = Rect::new(left, top, bounds.width / radius_x, bounds.height / radius_y);
                    // What rounding may take away.
                    let covered = covered.outset(covered.width.max(covered.height) / 64.0 + 2.0 / radius_x.min(radius_y));
                    let everything = Path::of_box(RoundedRect::plain(covered));
                    lowering.fill(everything, FillRule::NonZero, paint(circle(Point::default(), 1.0)));
                });
            }
            // Without a length, all is beyond the last stop; where it repeats, at the first (CSS Images 3, §3.4.3).
            GradientKind::Linear { .. } | GradientKind::Radial { .. } => {
                let stop = if gradient.repeating { gradient.stops.first() } else { gradient.stops.last() };
                if let Some((_, color)) = stop {
                    self.fill(path, rule, Paint::Solid(*color));
                }
            }
        }
    }
}
