//! The outline of a stroke as a path, for who asks whether something is inside of it.

use super::paths;
use crate::display::operations::{Path, StrokeStyle};
use crate::geometry::{Point, Transform};

/// The outline of a path's stroke under a transform, in canvas coordinates, as it is filled by the non-zero rule; `None`
/// where the stroke draws nothing.
#[must_use]
pub fn stroke_path(path: &Path, style: &StrokeStyle, transform: &Transform) -> Option<Path> {
    let outline = paths::stroke_outline(path, style, transform)?;
    let at = |point: tiny_skia::Point| Point::new(point.x, point.y);
    let mut path = Path::default();
    for segment in outline.segments() {
        match segment {
            tiny_skia::PathSegment::MoveTo(to) => path.move_to(at(to)),
            tiny_skia::PathSegment::LineTo(to) => path.line_to(at(to)),
            tiny_skia::PathSegment::QuadTo(control, to) => path.quad_to(at(control), at(to)),
            tiny_skia::PathSegment::CubicTo(first, second, to) => path.cubic_to(at(first), at(second), at(to)),
            tiny_skia::PathSegment::Close => path.close(),
        }
    }
    Some(path)
}
