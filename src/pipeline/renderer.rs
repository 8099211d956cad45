//! What is kept between boards and frames.

use super::frame::Prepared;
use super::times::Clock;
use crate::display::{self, DrawList, View};
use crate::error::{Error, ErrorKind, Result};
#[cfg(feature = "raster")]
use crate::geometry::PixelRect;
use crate::geometry::Size;
use crate::layout;
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
        }
    }

    /// With a clock, by which [`Frame::times`](super::Frame::times) tells how long each stage took.
    #[must_use]
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = Some(clock);
        self
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
    #[tracing::instrument(level = "debug", skip_all)]
    pub fn layout(&mut self, scene: Scene, size: Size, pictures: &Pictures) -> Result<Prepared> {
        let layout = layout::compute(&scene, size, &mut self.text, pictures, &self.limits)?;
        Ok(Prepared { scene, layout })
    }

    /// What is drawn of a prepared board, on a canvas of `size` device px, with the pictures that [`display::wanted`]
    /// names.
    #[tracing::instrument(level = "debug", skip_all)]
    pub fn draw_list(&mut self, prepared: &Prepared, view: &View, size: (u32, u32), pictures: &Pictures) -> DrawList {
        display::build(&prepared.scene, &prepared.layout, view, size, pictures)
    }

    /// Whether drawing a list, or the part of it in an area, is within the limits. Nothing is drawn yet.
    ///
    /// # Errors
    /// [`ErrorKind::Limit`] where it takes more [work](Limits::work) or [memory](Limits::layer_bytes).
    #[cfg(feature = "raster")]
    pub fn check_cost(&self, list: &DrawList, area: Option<PixelRect>) -> Result<()> {
        let cost = raster::cost(list, area);
        if cost.work > self.limits.work {
            return Err(Error::limit("work", format_args!("{} steps of drawing", self.limits.work), cost.work));
        }
        if cost.bytes > self.limits.layer_bytes {
            let allowed = format_args!("{} bytes of layers and masks at a time", self.limits.layer_bytes);
            return Err(Error::limit("layer_bytes", allowed, cost.bytes));
        }
        Ok(())
    }

    /// Draws a list; with an area, only what is in it.
    #[cfg(feature = "raster")]
    #[tracing::instrument(level = "debug", skip_all)]
    pub fn rasterize(&mut self, list: &DrawList, canvas: &mut SharedCanvas, area: Option<PixelRect>) {
        self.rasterizer.draw(list, &mut self.text, canvas, area);
    }
}

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
