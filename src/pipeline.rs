//! The way through, once: a board and friends to a scene, its boxes, a draw list and pixels. The command line, the open
//! data context, the WASM module and the server are thin over these steps.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use crate::display::PictureSource;
use crate::display::{self, DrawList, View};
use crate::error::{Diagnostics, Error, ErrorKind, Result};
#[cfg(feature = "raster")]
use crate::geometry::PixelRect;
use crate::geometry::{Point, Size};
use crate::json::Value;
use crate::layout::{self, Layout};
use crate::limits::Limits;
use crate::picture::PictureState;
#[cfg(feature = "raster")]
use crate::raster::{Rasterizer, SharedCanvas};
use crate::scene::{self, Scene};
use crate::template::{BuiltIn, StyleSheet, Template};
use crate::text::bitmap_font::BitmapFont;
#[cfg(feature = "shaping")]
use crate::text::{Fonts, TextEngine};
use crate::text::{TextSource, TextSystem};

/// No pictures at all: placeholders stand in for avatars.
pub struct NoPictures;

impl PictureSource for NoPictures {
    fn picture(&self, _src: &str) -> PictureState {
        PictureState::Failed(Arc::from("there are no pictures here"))
    }
}

/// What layout asks of pictures and fonts.
struct Named<'a>(&'a dyn PictureSource);

impl layout::Assets for Named<'_> {
    fn image_size(&self, src: &str) -> Option<Size> {
        if src.is_empty() {
            return None;
        }
        match self.0.picture(src) {
            PictureState::Ready(picture) => Some(Size::new(picture.width() as f32, picture.height() as f32)),
            _ => None,
        }
    }

    fn bitmap_font(&self, path: &str) -> Option<Arc<BitmapFont>> {
        self.0.bitmap_font(path)
    }
}

/// A template with its style, compiled once and drawn many times.
#[derive(Clone, Debug)]
pub struct Board {
    /// Its name in messages.
    pub name: Arc<str>,
    template: Template,
    style: StyleSheet,
}

impl Board {
    /// A built-in board.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for an unknown name.
    pub fn built_in(name: &str, limits: &Limits, diagnostics: &mut Diagnostics) -> Result<Self> {
        let board = BuiltIn::find(name)?;
        let (xml, json) = (format!("{name}.xml"), format!("{name}.json"));
        let styles: Vec<(&str, &str)> = board.styles.iter().map(|&style| (json.as_str(), style)).collect();
        Self::compile((&xml, board.template), &styles, limits, diagnostics)
    }

    /// A board of a game's own, from documents with their names: a template and any number of style sheets, of which a
    /// later one adds to and wins over an earlier one.
    ///
    /// # Errors
    /// Where a document is not well-formed or over the limits. What the dialect does not know is a diagnostic.
    #[tracing::instrument(level = "debug", skip_all)]
    pub fn compile(
        template: (&str, &str),
        styles: &[(&str, &str)],
        limits: &Limits,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self> {
        let mut style = StyleSheet::default();
        for (name, json) in styles {
            style = style.merge(StyleSheet::compile(name, json, limits, diagnostics)?);
        }
        let compiled = Template::compile(template.0, template.1, limits, diagnostics)?;
        Ok(Self { name: Arc::from(template.0), template: compiled, style })
    }

    /// Resolves the board against its globals on a canvas of a size in px at dpr 1.
    ///
    /// # Errors
    /// Where the bound tree is over the limits.
    #[tracing::instrument(level = "debug", skip_all)]
    pub fn resolve(&self, globals: &Value, size: Size, limits: &Limits, diagnostics: &mut Diagnostics) -> Result<Scene> {
        scene::resolve(&self.template, &self.style, globals, size, limits, diagnostics)
    }
}

/// A scene with its boxes: all that frames of it need.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prepared {
    /// The scene.
    pub scene: Scene,
    /// Its boxes.
    pub layout: Layout,
}

impl Prepared {
    /// Offsets by `id` as a view wants them, kept within what each scroll view can scroll.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for an id that no scroll view has.
    pub fn scrolled(&self, offsets: &[(String, Point)]) -> Result<BTreeMap<scene::NodeId, Point>> {
        let views = || {
            self.scene.nodes.iter().enumerate().filter(|(_, node)| matches!(node.content, scene::Content::ScrollView { .. }))
        };
        offsets
            .iter()
            .map(|(id, wanted)| {
                let Some((node, _)) = views().find(|(_, node)| *node.id == **id) else {
                    let known = views().map(|(_, node)| &*node.id).filter(|id| !id.is_empty()).collect::<Vec<_>>().join(", ");
                    let known = if known.is_empty() { "the board has none".to_owned() } else { format!("there are: {known}") };
                    return Err(Error::new(ErrorKind::Usage, format!("no scrollview with id '{id}': {known}")));
                };
                let extent = self.layout.boxes.get(node).map(|place| place.scroll).unwrap_or_default();
                Ok((node, Point::new(wanted.x.clamp(0.0, extent.width), wanted.y.clamp(0.0, extent.height))))
            })
            .collect()
    }
}

impl Prepared {
    /// The nodes with these ids, as a view names what is pressed.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for an id that no node has.
    pub fn pressed(&self, ids: &[String]) -> Result<BTreeSet<scene::NodeId>> {
        let find = |id: &String| self.scene.nodes.iter().position(|node| !id.is_empty() && *node.id == **id);
        let missing = |id: &String| Error::new(ErrorKind::Usage, format!("no node has the id '{id}'"));
        ids.iter().map(|id| find(id).ok_or_else(|| missing(id))).collect()
    }
}

/// Keeps what is dear to make between boards and frames: fonts, shaped text, glyphs, scaled pictures.
pub struct Renderer {
    /// Fonts and laid-out text, or the host that has them.
    pub text: TextSource,
    #[cfg(feature = "raster")]
    rasterizer: Rasterizer,
    limits: Limits,
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
        }
    }

    /// The ceilings that hold.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Lays a scene out on a canvas of a size in px at dpr 1.
    ///
    /// # Errors
    /// Where the scene is over the limits.
    #[tracing::instrument(level = "debug", skip_all)]
    pub fn layout(&mut self, scene: Scene, size: Size, pictures: &dyn PictureSource) -> Result<Prepared> {
        let layout = layout::compute(&scene, size, &mut self.text, &Named(pictures), &self.limits)?;
        Ok(Prepared { scene, layout })
    }

    /// What is drawn of a prepared board, on a canvas of `size` device px.
    #[tracing::instrument(level = "debug", skip_all)]
    pub fn draw_list(&mut self, prepared: &Prepared, view: &View, size: (u32, u32), pictures: &dyn PictureSource) -> DrawList {
        display::build(&prepared.scene, &prepared.layout, view, size, pictures)
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
