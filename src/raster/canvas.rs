//! The buffer that a game shows.

use crate::error::{Error, Result};
use crate::geometry::PixelRect;
use crate::limits::Limits;
use crate::picture::{self, Pixels, Premultiplied};

/// A canvas: premultiplied RGBA8, row-major, top row first, in device px. Transparent until something is drawn.
///
/// ```
/// use friendboard::{Limits, raster::SharedCanvas};
/// let mut canvas = SharedCanvas::new(360, 640, &Limits::default())?;
/// assert_eq!(canvas.pixels().len(), 360 * 640 * 4);
/// assert!(SharedCanvas::new(60_000, 60_000, &Limits::default()).is_err());
/// # Ok::<(), friendboard::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedCanvas {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

impl SharedCanvas {
    /// A transparent canvas.
    ///
    /// # Errors
    /// [`ErrorKind::Limit`](crate::ErrorKind) where a side or the area is over the limits;
    /// [`ErrorKind::Usage`](crate::ErrorKind) where one is 0.
    pub fn new(width: u32, height: u32, limits: &Limits) -> Result<Self> {
        check_size(width, height, limits)?;
        Ok(Self { width, height, pixels: vec![0; width as usize * height as usize * 4] })
    }

    /// A canvas of one premultiplied colour all over, written once.
    ///
    /// # Errors
    /// As [`SharedCanvas::new`].
    pub(super) fn filled(width: u32, height: u32, color: [u8; 4], limits: &Limits) -> Result<Self> {
        check_size(width, height, limits)?;
        let row = color.repeat(width as usize);
        let mut pixels = Vec::with_capacity(row.len() * height as usize);
        (0..height).for_each(|_| pixels.extend_from_slice(&row));
        Ok(Self { width, height, pixels })
    }

    /// Gives it another size, which clears it, as setting `width` or `height` of a canvas does.
    ///
    /// # Errors
    /// As [`SharedCanvas::new`]; the canvas is then as it was.
    pub fn resize(&mut self, width: u32, height: u32, limits: &Limits) -> Result<()> {
        check_size(width, height, limits)?;
        // What it had goes first: both at a time are memory that a module never gives back.
        drop(std::mem::take(&mut self.pixels));
        *self = Self::new(width, height, limits)?;
        Ok(())
    }

    /// Width in device px.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Height in device px.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.height
    }

    /// Premultiplied RGBA8 rows.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// Premultiplied RGBA8 rows, to be written.
    pub fn pixels_mut(&mut self) -> &mut [u8] {
        &mut self.pixels
    }

    /// Writes a part of it, straight as `putImageData` takes it, into rows of the canvas's own size.
    ///
    /// ```
    /// use friendboard::{Limits, geometry::PixelRect, raster::SharedCanvas};
    /// let mut canvas = SharedCanvas::new(2, 1, &Limits::default())?;
    /// canvas.pixels_mut().copy_from_slice(&[128, 50, 0, 128, 9, 9, 9, 255]);
    /// let mut rows = [0; 8];
    /// canvas.write_straight(PixelRect::new(0, 0, 1, 1), &mut rows);
    /// assert_eq!(rows, [255, 100, 0, 128, 0, 0, 0, 0]);
    /// # Ok::<(), friendboard::Error>(())
    /// ```
    pub fn write_straight(&self, area: PixelRect, rows: &mut [u8]) {
        let area = area.intersection(&PixelRect::new(0, 0, self.width as i32, self.height as i32));
        if area.is_empty() || rows.len() != self.pixels.len() {
            return;
        }
        let columns = area.left as usize * 4..area.right as usize * 4;
        let (stride, skipped, count) = (self.width as usize * 4, area.top as usize, area.height() as usize);
        let lines = self.pixels.chunks_exact(stride).zip(rows.chunks_exact_mut(stride)).skip(skipped).take(count);
        for (from, to) in lines {
            let (from, to) = (&from[columns.clone()], &mut to[columns.clone()]);
            to.copy_from_slice(from);
            picture::straighten_all(to);
        }
    }

    /// Moves the rows of a part of it down by so many px, within that part; those that none takes the place of stay as they are.
    ///
    /// ```
    /// use friendboard::{Limits, geometry::PixelRect, raster::SharedCanvas};
    /// let mut canvas = SharedCanvas::new(1, 3, &Limits::default())?;
    /// canvas.pixels_mut().copy_from_slice(&[1, 1, 1, 255, 2, 2, 2, 255, 3, 3, 3, 255]);
    /// canvas.move_rows(PixelRect::new(0, 0, 1, 3), -1);
    /// assert_eq!(canvas.pixels(), [2, 2, 2, 255, 3, 3, 3, 255, 3, 3, 3, 255]);
    /// # Ok::<(), friendboard::Error>(())
    /// ```
    pub fn move_rows(&mut self, part: PixelRect, down: i32) {
        let part = part.intersection(&PixelRect::new(0, 0, self.width as i32, self.height as i32));
        let target = PixelRect { top: part.top.saturating_add(down), bottom: part.bottom.saturating_add(down), ..part };
        let target = target.intersection(&part);
        if target.is_empty() || down == 0 {
            return;
        }
        let (stride, left, length) = (self.width as usize * 4, part.left as usize * 4, part.width() as usize * 4);
        let copy = |row: i32| {
            let from = (row - down) as usize * stride + left;
            self.pixels.copy_within(from..from + length, row as usize * stride + left);
        };
        // From the end towards which rows go, so that none is overwritten before it was moved.
        if down > 0 {
            (target.top..target.bottom).rev().for_each(copy);
        } else {
            (target.top..target.bottom).for_each(copy);
        }
    }

    /// Makes all of it transparent.
    pub fn clear(&mut self) {
        self.pixels.fill(0);
    }
}

impl<'a> From<&'a SharedCanvas> for Pixels<'a> {
    fn from(canvas: &'a SharedCanvas) -> Self {
        // The length is right by construction; an empty picture would be refused by the encoder.
        let pixels = Premultiplied::new(canvas.width, canvas.height, &canvas.pixels);
        Self::Premultiplied(pixels.unwrap_or_default())
    }
}

/// Checks a canvas's size in device px.
fn check_size(width: u32, height: u32, limits: &Limits) -> Result<()> {
    if width == 0 || height == 0 {
        return Err(Error::new(
            crate::ErrorKind::Usage,
            format!("a canvas of at least 1×1 px was expected, found {width}×{height}"),
        ));
    }
    let side = limits.canvas_side.min(Limits::HIGHEST.canvas_side);
    if width.max(height) > side {
        let allowed = format!("{side} px a side of the canvas");
        return Err(Error::limit("canvas_side", allowed, format!("{width}×{height} px")));
    }
    if u64::from(width) * u64::from(height) > u64::from(limits.canvas_pixels) {
        let allowed = format!("{} px in the canvas", limits.canvas_pixels);
        return Err(Error::limit("canvas_pixels", allowed, format!("{width}×{height} px")));
    }
    Ok(())
}
