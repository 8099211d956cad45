//! What is kept between boards and frames.

use super::frame::Prepared;
use super::times::Clock;
use crate::budget::{Budget, Stage};
use crate::display::{self, DrawList, Room, View};
use crate::error::{Error, ErrorKind, Result};
#[cfg(feature = "raster")]
use crate::geometry::PixelRect;
use crate::geometry::Size;
use crate::layout::{self, Kept, Layout};
use crate::limits::Limits;
use crate::picture::Pictures;
#[cfg(feature = "raster")]
use crate::raster::{self, Rasterizer, SharedCanvas};
use crate::scene::Scene;
#[cfg(feature = "shaping")]
use crate::text::{Fonts, TextEngine};
use crate::text::{TextSource, TextSystem};

/// Keeps what is dear to make between boards and frames: fonts, shaped text, glyphs, scaled pictures. One a thread.
pub struct Renderer {
    /// Fonts and laid-out text, or the host that has them.
    pub text: TextSource,
    #[cfg(feature = "raster")]
    rasterizer: Rasterizer,
    limits: Limits,
    pub(super) clock: Option<Clock>,
    /// What the next request may spend.
    given: Option<Budget>,
    /// The last budget that was made here, to be used again.
    own: Option<Budget>,
    /// What all that is drawn is a part of.
    whole: Option<Budget>,
}

impl Renderer {
    /// A renderer over a font stack.
    #[cfg(feature = "shaping")]
    #[must_use]
    pub fn new(fonts: Fonts, limits: Limits) -> Self {
        Self::over(TextSource::Engine(Box::new(TextEngine::new(fonts))), limits)
    }

    /// A renderer over a host that measures text, and draws it itself.
    #[must_use]
    pub fn with_host_text(text: Box<dyn TextSystem>, limits: Limits) -> Self {
        Self::over(TextSource::Host(text), limits)
    }

    fn over(text: TextSource, limits: Limits) -> Self {
        Self {
            text,
            #[cfg(feature = "raster")]
            rasterizer: Rasterizer::new(),
            limits,
            clock: None,
            given: None,
            own: None,
            whole: None,
        }
    }

    /// With a clock, by which [`Frame::times`](super::Frame::times) tells how long each stage took.
    #[must_use]
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = Some(clock);
        self
    }

    /// Gives the next request a budget: one with a deadline, or what is left of one that has paid for something else already.
    /// Without it, a request may spend what the [limits](Renderer::limits) allow, however long that takes.
    ///
    /// ```
    /// use std::sync::LazyLock;
    /// use std::time::{Duration, Instant};
    /// use friendboard::{Board, Budget, Limits, Renderer, Request, text::Fonts};
    ///
    /// static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    /// let mut renderer = Renderer::new(Fonts::bundled(), Limits::default());
    /// let budget = Budget::new(renderer.limits()).within(|| START.elapsed(), Duration::from_secs(60));
    /// let board = Board::built_in("podium")?;
    /// renderer.give(budget.clone()).begin(&board, &Request::friends("[]"))?.finish()?;
    /// assert!(budget.work() > 0);
    /// # Ok::<(), friendboard::Error>(())
    /// ```
    pub fn give(&mut self, budget: Budget) -> &mut Self {
        self.given = Some(budget);
        self
    }

    /// Charges what is drawn from now on to a budget too, that of a session.
    pub fn charge_to(&mut self, whole: Option<Budget>) {
        self.whole = whole;
    }

    /// What the request that begins now may spend.
    pub(crate) fn take_budget(&mut self) -> Budget {
        if let Some(given) = self.given.take() {
            return given;
        }
        match &self.whole {
            Some(whole) => whole.part(&self.limits),
            None => self.own_budget(),
        }
    }

    /// A budget that is charged to no other, in the place of the last one where nobody holds that any more.
    fn own_budget(&mut self) -> Budget {
        if !self.own.as_mut().is_some_and(|own| own.renew(&self.limits)) {
            self.own = None;
        }
        self.own.get_or_insert_with(|| Budget::new(&self.limits)).clone()
    }

    /// What drawing may cost that is counted before it is done; [`Renderer::rasterize`] charges a session what it does.
    #[cfg(feature = "raster")]
    pub(crate) fn take_estimate(&mut self) -> Budget {
        if let Some(given) = self.given.take() {
            return given;
        }
        match &self.whole {
            Some(whole) => whole.estimate(&self.limits),
            None => self.own_budget(),
        }
    }

    /// The ceilings that hold.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Lays a scene out on a canvas of a size in px at dpr 1, with the pictures that [`layout::needs`] names.
    ///
    /// # Errors
    /// Where the scene is over the limits.
    pub fn layout(&mut self, scene: Scene, size: Size, pictures: &Pictures) -> Result<Prepared> {
        let budget = self.take_budget();
        self.layout_within(scene, size, pictures, &budget)
    }

    /// As [`Renderer::layout`], as a part of what a budget is for.
    #[tracing::instrument(level = "debug", name = "layout", skip_all)]
    pub(crate) fn layout_within(&mut self, scene: Scene, size: Size, pictures: &Pictures, budget: &Budget) -> Result<Prepared> {
        self.layout_next(scene, size, pictures, budget, (&Layout::default(), &mut Kept::default()))
    }

    /// As [`Renderer::layout_within`], with what was kept of the layout before.
    pub(crate) fn layout_next(
        &mut self,
        scene: Scene,
        size: Size,
        pictures: &Pictures,
        budget: &Budget,
        before: (&Layout, &mut Kept),
    ) -> Result<Prepared> {
        let layout = layout::compute_next(&scene, size, &mut self.text, (pictures, &self.limits), budget, before)?;
        Ok(Prepared { scene, layout })
    }

    /// What is drawn of a prepared board, on a canvas of `size` device px, with the pictures that [`display::wanted`]
    /// names.
    #[tracing::instrument(level = "debug", skip_all)]
    pub fn draw_list(&mut self, prepared: &Prepared, view: &View, size: (u32, u32), pictures: &Pictures) -> DrawList {
        display::build(&prepared.scene, &prepared.layout, view, size, pictures)
    }

    /// As [`Renderer::draw_list`], as a part of what a budget is for.
    pub(crate) fn draw_list_within(
        &mut self,
        (prepared, view): (&Prepared, &View),
        size: (u32, u32),
        pictures: &Pictures,
        budget: &Budget,
    ) -> DrawList {
        let list = self.draw_list(prepared, view, size, pictures);
        Self::charge_list(prepared, &list, budget);
        list
    }

    /// The same with what was kept of the list before.
    pub(crate) fn draw_list_next(
        (prepared, view): (&Prepared, &View),
        size: (u32, u32),
        pictures: &Pictures,
        budget: &Budget,
        room: &mut Room,
    ) -> DrawList {
        let list = display::build_next((&prepared.scene, &prepared.layout, view), size, pictures, room);
        Self::charge_list(prepared, &list, budget);
        list
    }

    /// Charges a budget what it costs to make a list.
    fn charge_list(prepared: &Prepared, list: &DrawList, budget: &Budget) {
        let (nodes, commands) = (prepared.scene.nodes.len() as u64, list.commands.len() as u64);
        budget.spend(Stage::Display, nodes * STEPS_PER_NODE + commands * STEPS_PER_COMMAND);
        budget.hold(Stage::Display, commands * size_of::<display::Command>() as u64);
    }

    /// Charges a budget what drawing a list, or the part of it in an area, costs. Nothing is drawn yet.
    ///
    /// # Errors
    /// [`ErrorKind::Limit`] where it takes more [work](Limits::work) or [memory](Limits::memory).
    #[cfg(feature = "raster")]
    pub(crate) fn charge(list: &DrawList, area: Option<PixelRect>, budget: &Budget) -> Result<()> {
        let raster::Cost { work, bytes } = raster::cost(list, area);
        budget.spend(Stage::Drawing, work);
        budget.hold(Stage::Drawing, bytes);
        budget.check()
    }

    /// Draws a list that was [charged](Renderer::charge); with an area, only what is in it.
    ///
    /// # Errors
    /// [`ErrorKind::Deadline`] where the time is over before it is done: the canvas is left half drawn.
    #[cfg(feature = "raster")]
    #[tracing::instrument(level = "debug", name = "rasterize", skip_all)]
    pub(crate) fn rasterize_within(
        &mut self,
        list: &DrawList,
        canvas: &mut SharedCanvas,
        area: Option<PixelRect>,
        budget: &Budget,
    ) -> Result<()> {
        self.rasterizer.draw_while(list, &mut self.text, canvas, area, &mut || budget.is_in_time(Stage::Drawing));
        budget.check()
    }

    /// The same onto a canvas that is made for it.
    ///
    /// # Errors
    /// As [`SharedCanvas::new`], and as [`Renderer::rasterize_within`].
    #[cfg(feature = "raster")]
    #[tracing::instrument(level = "debug", name = "rasterize", skip_all)]
    pub(crate) fn rasterize_anew(&mut self, list: &DrawList, budget: &Budget) -> Result<SharedCanvas> {
        let go_on = &mut || budget.is_in_time(Stage::Drawing);
        let canvas = self.rasterizer.draw_anew(list, &mut self.text, &self.limits, go_on)?;
        budget.check()?;
        Ok(canvas)
    }

    /// Draws a list, whatever it costs; with an area, only what is in it.
    #[cfg(feature = "raster")]
    #[tracing::instrument(level = "debug", skip_all)]
    pub fn rasterize(&mut self, list: &DrawList, canvas: &mut SharedCanvas, area: Option<PixelRect>) {
        self.charge_session(list, area, KEPT_OF_A_FRAME);
        self.rasterizer.draw(list, &mut self.text, canvas, area);
    }

    /// Draws a list onto a canvas that shows nothing yet, such as one of a new size: of a frame before it less is of use.
    #[cfg(feature = "raster")]
    pub(crate) fn rasterize_first(&mut self, list: &DrawList, canvas: &mut SharedCanvas, area: PixelRect) {
        self.charge_session(list, Some(area), KEPT_OF_A_FIRST_FRAME);
        self.rasterizer.draw(list, &mut self.text, canvas, Some(area));
    }

    /// Charges all of a session, where there is one, with a part of what a list costs alone.
    #[cfg(feature = "raster")]
    fn charge_session(&self, list: &DrawList, area: Option<PixelRect>, part: u64) {
        if let Some(whole) = &self.whole {
            whole.spend(Stage::Drawing, raster::cost(list, area).work / part);
        }
    }

    /// Draws a list onto a canvas that shows the one before it, where they differ within an area: what only moved is moved.
    #[cfg(feature = "raster")]
    #[tracing::instrument(level = "debug", skip_all)]
    pub fn rasterize_next(&mut self, before: &DrawList, list: &DrawList, canvas: &mut SharedCanvas, area: PixelRect) {
        match raster::moved(before, list) {
            Some(moved) => {
                canvas.move_rows(moved.within, moved.down);
                for area in &moved.anew {
                    self.rasterize(list, canvas, Some(*area));
                }
            }
            None => self.rasterize(list, canvas, Some(area)),
        }
    }
}

/// Of how many parts of what a frame would cost alone a session pays one: masks, gradients and pictures are kept from the one before.
#[cfg(feature = "raster")]
const KEPT_OF_A_FRAME: u64 = 20;
/// The same of a frame that finds an empty canvas.
#[cfg(feature = "raster")]
const KEPT_OF_A_FIRST_FRAME: u64 = 3;
/// Steps of a budget to make a draw list: for each node that is looked at, and for each command.
const STEPS_PER_NODE: u64 = 100;
const STEPS_PER_COMMAND: u64 = 300;

/// Device px of a canvas of a size in px at dpr 1.
///
/// # Errors
/// [`ErrorKind::Usage`] for a size or ratio that is not a positive number, [`ErrorKind::Limit`] for one over the limits.
///
/// ```
/// use friendboard::{Limits, geometry::Size, pipeline::device_size};
/// assert_eq!(device_size(Size::new(360.0, 640.0), 1.5, &Limits::default()).unwrap(), (540, 960));
/// assert!(device_size(Size::new(f32::NAN, 640.0), 1.0, &Limits::default()).is_err());
/// ```
pub fn device_size(size: Size, dpr: f32, limits: &Limits) -> Result<(u32, u32)> {
    let positive = |value: f32| value.is_finite() && value > 0.0;
    if !positive(size.width) || !positive(size.height) {
        let found = format!("a canvas of a positive size was expected, found {}×{}", size.width, size.height);
        return Err(Error::new(ErrorKind::Usage, found));
    }
    if !positive(dpr) {
        return Err(Error::new(ErrorKind::Usage, format!("a dpr above 0 was expected, found {dpr}")));
    }
    if dpr > limits.dpr {
        return Err(Error::limit("dpr", format_args!("{} device px per px", limits.dpr), dpr));
    }
    let (width, height) = ((size.width * dpr).round().max(1.0), (size.height * dpr).round().max(1.0));
    let side = limits.canvas_side.min(Limits::HIGHEST.canvas_side);
    if width.max(height) > side as f32 {
        let allowed = format!("{side} px a side of the canvas");
        return Err(Error::limit("canvas_side", allowed, format!("{width}×{height} px")));
    }
    if f64::from(width) * f64::from(height) > f64::from(limits.canvas_pixels) {
        let allowed = format!("{} px in the canvas", limits.canvas_pixels);
        return Err(Error::limit("canvas_pixels", allowed, format!("{width}×{height} px")));
    }
    Ok((width as u32, height as u32))
}
