//! The ways into a job: from a request, from values, from the frame before.

use super::board::Board;
use super::frame::Frame;
use super::job::{Job, Look, Told};
use super::renderer::{Renderer, device_size};
use super::request::{Bound, Request};
use super::source::Source;
use super::times::Times;
use crate::display::View;
use crate::error::Result;
use crate::geometry::Size;
use crate::json::Value;
use crate::reading::Reading;
use crate::scene::RowWindows;

impl Renderer {
    /// Begins what a request asks for: reads and ranks its friends, and binds the board to them.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`](crate::ErrorKind::Usage) for a theme or a locale that is not bundled, and for a canvas of no size; [`ErrorKind::Limit`](crate::ErrorKind::Limit)
    /// for what is over the limits, [`ErrorKind::Deadline`](crate::ErrorKind::Deadline) for what takes longer than was
    /// [given](Renderer::give); as [`friends::read`](crate::friends::read) says of data that is none.
    pub fn begin(&mut self, board: &Board, request: &Request) -> Result<Job<'_>> {
        let mut times = Times::start(self.clock);
        let budget = self.take_budget();
        let (size, dpr) = (request.canvas(), request.dpr);
        let device = device_size(size, dpr, self.limits())?;
        let mut diagnostics = board.diagnostics().clone();
        let Bound { values, state, drawn, dropped } =
            request.bind(&mut Reading::within(self.limits(), budget.clone(), &mut diagnostics))?;
        times.end("friends");
        let board = board.clone().in_dialect(request.dialect.unwrap_or(board.dialect));
        let source = Source { board, values, size };
        let mut reading = Reading::within(self.limits(), budget.clone(), &mut diagnostics);
        let scene = source.resolve(&RowWindows::default(), &mut reading)?;
        times.end("scene");
        let look = Look { size, device, dpr, scroll: request.offsets(), pressed: request.pressed.clone() };
        Ok(Job::bound(self, (source, scene), look, Told { diagnostics, state, drawn, dropped, times }, budget))
    }

    /// Begins a board whose values are not friends: `values` are all that its template can name.
    ///
    /// # Errors
    /// As [`Renderer::begin`].
    ///
    /// ```
    /// use friendboard::{Board, Limits, Renderer, geometry::Size, json::Value, text::Fonts};
    /// let board = Board::compile(("t.xml", "<text>{{ title }}</text>"), &[], &Limits::default())?;
    /// let mut renderer = Renderer::new(Fonts::bundled(), Limits::default());
    /// let values = Value::map([("title", "小明")]);
    /// let frame = renderer.begin_values(&board, &values, Size::new(80.0, 20.0), 2.0)?.finish()?;
    /// assert_eq!((frame.canvas.width(), frame.canvas.height()), (160, 40));
    /// # Ok::<(), friendboard::Error>(())
    /// ```
    pub fn begin_values(&mut self, board: &Board, values: &Value, size: Size, dpr: f32) -> Result<Job<'_>> {
        let mut times = Times::start(self.clock);
        let budget = self.take_budget();
        let device = device_size(size, dpr, self.limits())?;
        let mut diagnostics = board.diagnostics().clone();
        let source = Source { board: board.clone(), values: values.clone(), size };
        let mut reading = Reading::within(self.limits(), budget.clone(), &mut diagnostics);
        let scene = source.resolve(&RowWindows::default(), &mut reading)?;
        times.end("scene");
        let told = Told { diagnostics, times, ..Told::default() };
        Ok(Job::bound(self, (source, scene), Look { size, device, dpr, ..Look::default() }, told, budget))
    }

    /// Begins the next frame of a board that is drawn already: the same boxes, scrolled or pressed otherwise. It needs the
    /// pictures that come in sight; those that it had are there.
    pub fn again(&mut self, frame: Frame, view: View) -> Job<'_> {
        Job::again(self, frame, view)
    }
}
