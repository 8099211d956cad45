//! The way in: a list or operations onto a canvas.

use super::blend::premultiply;
use super::canvas::SharedCanvas;
use super::list::first_seen;
use super::painter::{Memos, Painter};
use super::surface::{Pixels, Surface};
use crate::display::operations::Operation;
use crate::display::{Command, DrawList, Paint};
use crate::error::Result;
use crate::geometry::PixelRect;
use crate::limits::Limits;
use crate::text::GlyphSource;

/// Draws draw lists and operations, and keeps between frames what is dear to make: pictures scaled to the size at which they
/// are drawn, the coverage of boxes, and what was blurred.
#[derive(Default)]
pub struct Rasterizer(Memos);

impl Rasterizer {
    /// A rasterizer that has drawn nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Draws a list in place of what the canvas holds. With an `area`, only the pixels in it are made anew: they are cleared
    /// first, and come out as they would if all were drawn. Without one, all of the canvas is.
    pub fn draw(&mut self, list: &DrawList, glyphs: &mut dyn GlyphSource, canvas: &mut SharedCanvas, area: Option<PixelRect>) {
        self.draw_while(list, glyphs, canvas, area, &mut || true);
    }

    /// As [`Rasterizer::draw`], for as long as it is told to go on before each command: what is left is not drawn.
    pub fn draw_while(
        &mut self,
        list: &DrawList,
        glyphs: &mut dyn GlyphSource,
        canvas: &mut SharedCanvas,
        area: Option<PixelRect>,
        go_on: &mut dyn FnMut() -> bool,
    ) {
        self.paint(glyphs, canvas, area, |painter| {
            let first = first_seen(list, &painter.area);
            if !first.covers_all {
                painter.clear();
            }
            painter.draw_list(list, &first, go_on);
        });
    }

    /// As [`Rasterizer::draw_while`], onto a canvas that is made for it: where one colour covers all of it, that is all that is
    /// ever below the rest, and no pixel is written twice for it.
    ///
    /// # Errors
    /// As [`SharedCanvas::new`].
    pub fn draw_anew(
        &mut self,
        list: &DrawList,
        glyphs: &mut dyn GlyphSource,
        limits: &Limits,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<SharedCanvas> {
        let (width, height) = (list.width, list.height);
        let mut first = first_seen(list, &PixelRect::new(0, 0, width as i32, height as i32));
        let mut canvas = match list.commands.get(first.index) {
            Some(Command::Fill { paint: Paint::Solid(color), .. }) if first.covers_all => {
                first.index += 1;
                SharedCanvas::filled(width, height, premultiply(*color), limits)?
            }
            _ => SharedCanvas::new(width, height, limits)?,
        };
        self.paint(glyphs, &mut canvas, None, |painter| painter.draw_list(list, &first, go_on));
        Ok(canvas)
    }

    /// Draws operations onto what the canvas holds, from the state that a new context has on. With an `area`, only the pixels
    /// in it can change.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use friendboard::display::operations::{FillRule, Operation, Paint, Path};
    /// use friendboard::geometry::{Rect, RoundedRect};
    /// use friendboard::raster::{Rasterizer, SharedCanvas};
    /// use friendboard::text::{Fonts, TextEngine};
    /// use friendboard::{Color, Limits};
    /// let mut canvas = SharedCanvas::new(4, 4, &Limits::default())?;
    /// let path = Arc::new(Path::of_box(RoundedRect::plain(Rect::new(1.0, 1.0, 2.0, 2.0))));
    /// let fill = Operation::Fill { path, rule: FillRule::NonZero, paint: Paint::Solid(Color::WHITE) };
    /// let mut text = TextEngine::new(Fonts::bundled());
    /// Rasterizer::new().draw_operations(&[Operation::SetAlpha(0.5), fill], &mut text, &mut canvas, None);
    /// assert_eq!(canvas.pixels()[(4 + 1) * 4..][..4], [128; 4]);
    /// # Ok::<(), friendboard::Error>(())
    /// ```
    pub fn draw_operations(
        &mut self,
        operations: &[Operation],
        glyphs: &mut dyn GlyphSource,
        canvas: &mut SharedCanvas,
        area: Option<PixelRect>,
    ) {
        self.paint(glyphs, canvas, area, |painter| painter.draw_operations(operations));
    }

    fn paint(
        &mut self,
        glyphs: &mut dyn GlyphSource,
        canvas: &mut SharedCanvas,
        area: Option<PixelRect>,
        draw: impl FnOnce(&mut Painter<'_>),
    ) {
        let whole = PixelRect::new(0, 0, canvas.width() as i32, canvas.height() as i32);
        let area = area.map_or(whole, |area| area.intersection(&whole));
        if area.is_empty() {
            return;
        }
        let surface = Surface { bounds: whole, pixels: Pixels::Borrowed(canvas.pixels_mut()) };
        let mut painter = Painter::new(&mut self.0, glyphs, surface, area);
        draw(&mut painter);
        painter.end_layers();
    }
}
