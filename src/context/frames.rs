//! Frames on the shared canvas: by our rasterizer alone, or with a host that draws what we can't.

use super::{OpenDataContext, Renewed};
use crate::display::{Damage, Piece, Step, cut};
use crate::error::Diagnostic;
use crate::geometry::PixelRect;
use crate::pipeline::Renderer;
use crate::raster::SharedCanvas;

/// A frame that the host draws a part of, in order. It clears the damage, and nothing beside the damage may change.
#[derive(Debug)]
pub struct SharedFrame {
    /// The pixels that it touches.
    pub damage: PixelRect,
    /// Then it brings what our canvas holds of the damage: all of the frame where there are no steps.
    pub has_canvas: bool,
    /// Then it does these; [`OpenDataContext::draw_piece`] draws a piece.
    pub steps: Vec<Step>,
}

/// What of a canvas is to be drawn.
struct Due {
    area: PixelRect,
    /// The canvas shows the list before, wherever they do not differ.
    is_next: bool,
}

impl OpenDataContext {
    /// Draws what has changed and gives the pixels that it touched; `None`: the canvas is as it was.
    ///
    /// A canvas of another size than the context was told is given that size, which clears it.
    pub fn frame(&mut self, canvas: &mut SharedCanvas, now: f64) -> Damage {
        let due = self.due(canvas, now)?;
        self.rasterize(&due, canvas);
        Some(due.area)
    }

    /// As [`OpenDataContext::frame`], for a host that draws the pictures whose pixels it keeps
    /// ([`Picture::of_host`](crate::picture::Picture::of_host)). The canvas has none of them.
    pub fn frame_with_host(&mut self, canvas: &mut SharedCanvas, now: f64) -> Option<SharedFrame> {
        let due = self.due(canvas, now)?;
        let mut steps = cut(self.stage.list(), &due.area);
        let is_piece = |step: &Step| matches!(step, Step::Piece(_));
        let begins_with_piece = steps.first().is_some_and(is_piece);
        // One that is below all else is what the canvas holds, where only what has changed is drawn.
        let has_canvas = !steps.iter().skip(usize::from(begins_with_piece)).any(is_piece);
        if has_canvas {
            steps.drain(..usize::from(begins_with_piece));
            self.rasterize(&due, canvas);
        } else {
            self.overdrawn = self.overdrawn.union(&due.area);
        }
        Some(SharedFrame { damage: due.area, has_canvas, steps })
    }

    /// Draws a piece of the last frame in place of what the canvas holds in the piece's area.
    pub fn draw_piece(&mut self, piece: &Piece, canvas: &mut SharedCanvas) {
        self.overdrawn = self.overdrawn.union(&piece.area);
        self.renderer.rasterize(&piece.list, canvas, Some(piece.area));
    }

    /// Brings the list up to a time; `None` where there is nothing to draw, or too much.
    fn due(&mut self, canvas: &mut SharedCanvas, now: f64) -> Option<Due> {
        let Renewed { mut damage, mut is_next } = self.renew(now);
        let (width, height) = self.stage.placement().own;
        if (canvas.width(), canvas.height()) != (width, height) {
            if let Err(error) = canvas.resize(width, height, self.renderer.limits()) {
                self.outbox.say(Diagnostic::from_error("canvas-size", &error));
                return None;
            }
            (damage, is_next) = (Some(self.stage.area()), false);
        }
        if self.is_behind && damage.is_some() {
            (damage, is_next) = (Some(self.stage.area()), false);
        }
        let area = damage?;
        let budget = self.renderer.take_estimate();
        if let Err(error) = Renderer::charge(self.stage.list(), Some(area.union(&self.overdrawn)), &budget) {
            // The last good frame stays, and what differs from it is not known any more.
            self.is_behind = true;
            self.outbox.say_once(&Diagnostic::from_error("frame-cost", &error));
            return None;
        }
        self.is_behind = false;
        Some(Due { area, is_next })
    }

    fn rasterize(&mut self, due: &Due, canvas: &mut SharedCanvas) {
        let overdrawn = std::mem::take(&mut self.overdrawn);
        if due.is_next && overdrawn.is_empty() {
            self.renderer.rasterize_next(self.stage.last_list(), self.stage.list(), canvas, due.area);
        } else {
            self.renderer.rasterize_first(self.stage.list(), canvas, due.area.union(&overdrawn));
        }
    }

    /// The first so many commands of the last frame's list, on a canvas of their own: how the frame comes about.
    ///
    /// # Errors
    /// Where there is no memory for another canvas within the limits.
    pub fn first_commands(&mut self, count: usize) -> crate::error::Result<SharedCanvas> {
        let list = self.stage.list().first(count);
        let mut canvas = SharedCanvas::new(list.width.max(1), list.height.max(1), self.renderer.limits())?;
        self.renderer.rasterize(&list, &mut canvas, None);
        Ok(canvas)
    }
}
