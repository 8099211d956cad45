//! `getImageData()` and `putImageData()`.

use super::{Canvas, Pen};
use crate::display::operations::Operation;
use crate::geometry::PixelRect;
use crate::picture::{Picture, straighten_all};

impl Canvas {
    /// Straight RGBA8 of a rectangle; what is outside of the canvas is transparent black.
    pub fn image_data(&mut self, x: i64, y: i64, width: u32, height: u32, pen: &mut Pen) -> Vec<u8> {
        let mut data = vec![0; width as usize * height as usize * 4];
        let stride = width as usize * 4;
        let Some(canvas) = self.pixels(pen) else { return data };
        let (canvas_width, canvas_height) = (i64::from(canvas.width()), i64::from(canvas.height()));
        let (left, right) = (x.clamp(0, canvas_width), (x + i64::from(width)).clamp(0, canvas_width));
        let (top, bottom) = (y.clamp(0, canvas_height), (y + i64::from(height)).clamp(0, canvas_height));
        if left >= right {
            return data;
        }
        for row in top..bottom {
            let from = ((row * canvas_width + left) * 4) as usize..((row * canvas_width + right) * 4) as usize;
            let to = (row - y) as usize * stride + (left - x) as usize * 4;
            let Some(from) = canvas.pixels().get(from) else { continue };
            if let Some(to) = data.get_mut(to..to + from.len()) {
                to.copy_from_slice(from);
                straighten_all(to);
            }
        }
        pen.account.spend(u64::from(width) * u64::from(height));
        data
    }

    /// Puts a part of straight pixels (`dirty`, within them) onto the canvas. Only what comes to lie on it is kept.
    pub fn put_image_data(&mut self, data: &[u8], size: (u32, u32), at: (i64, i64), dirty: PixelRect, pen: &mut Pen) {
        let fits = |value: i64| i32::try_from(value).ok().filter(|value| value.abs() < 1 << 24);
        let (Some(x), Some(y)) = (fits(at.0), fits(at.1)) else { return };
        let (canvas_width, canvas_height) = (self.size().0 as i32, self.size().1 as i32);
        let seen = PixelRect::new(-x, -y, canvas_width - x, canvas_height - y);
        let all = PixelRect::new(0, 0, size.0 as i32, size.1 as i32);
        let part = dirty.intersection(&all).intersection(&seen);
        if part.is_empty() {
            return;
        }
        let (width, height) = (part.right - part.left, part.bottom - part.top);
        let mut pixels = Vec::with_capacity(width as usize * height as usize * 4);
        for row in part.top..part.bottom {
            let from = (row as usize * size.0 as usize + part.left as usize) * 4;
            // A buffer that was taken away or cut gives nothing.
            let Some(row) = data.get(from..from + width as usize * 4) else { return };
            pixels.extend_from_slice(row);
        }
        let Some(picture) = Picture::from_straight(width as u32, height as u32, pixels) else { return };
        let cost = 4 * width as u64 * height as u64;
        let source = PixelRect::new(0, 0, width, height);
        self.draw(Operation::PutPixels { picture, source, x: x + part.left, y: y + part.top }, pen, cost);
    }
}
