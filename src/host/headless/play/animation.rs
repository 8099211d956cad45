//! A run as an APNG: each frame is the part of the canvas that it changed. It is written as the frames come: no pixels are kept.

use std::io::Read as _;

use flate2::read::ZlibDecoder;

use super::outcome::packing_steps;
use crate::budget::{Budget, Stage};
use crate::error::{Error, Result};
use crate::geometry::PixelRect;
use crate::limits::Limits;
use crate::picture::png::{BAND, RgbaRows, SIGNATURE, chunk};
use crate::picture::straighten_all;
use crate::raster::SharedCanvas;

/// The name of the animation's file, without its ending.
pub const ANIMATION: &str = "animation";

/// A frame is shown until the next one, the last one for so long at least, ms.
const LAST: u64 = 1_000;

/// Bytes of the chunk before a frame's pixels, from its length to its sum: a number, four of the area, how long it is shown.
const FRAME_CONTROL: usize = 12 + 26;
/// Where in it stands how long.
const DELAY: usize = 8 + 20;

/// The frames of a run.
#[derive(Debug)]
pub struct Animation {
    /// The frames' chunks.
    chunks: Vec<u8>,
    count: u32,
    /// Of all frames; the first one is made as large in the end.
    width: u32,
    height: u32,
    /// Of the canvas at the last frame.
    canvas: (u32, u32),
    first: Option<Frame>,
    last: Option<Frame>,
    /// [`Limits::animation_bytes`].
    most: u64,
    is_too_long: bool,
    spent: Budget,
}

/// A frame in the file.
#[derive(Clone, Copy, Debug)]
struct Frame {
    /// When it comes, ms.
    at: u64,
    area: PixelRect,
    /// Where its chunks begin and end.
    start: usize,
    end: usize,
}

impl Animation {
    /// No frames yet; what they cost is charged to a session.
    #[must_use]
    pub fn new(limits: &Limits, spent: &Budget) -> Self {
        Self {
            chunks: Vec::new(),
            count: 0,
            width: 1,
            height: 1,
            canvas: (0, 0),
            first: None,
            last: None,
            most: limits.animation_bytes,
            is_too_long: false,
            spent: spent.clone(),
        }
    }

    /// Adds what a frame changed.
    pub fn push(&mut self, at: u64, canvas: &SharedCanvas, area: PixelRect) {
        let size = (canvas.width(), canvas.height());
        let whole = PixelRect::new(0, 0, size.0 as i32, size.1 as i32);
        // A canvas of another size is all new; and of frames at one time only the last is seen, over what changed in all.
        let is_resized = size != self.canvas;
        let mut area = if is_resized { whole } else { area.intersection(&whole) };
        let replaced = self.last.filter(|last| last.at == at && !is_resized);
        area = replaced.map_or(area, |last| area.union(&last.area));
        if area.is_empty() || self.is_too_long {
            return;
        }
        match replaced {
            Some(last) => {
                self.chunks.truncate(last.start);
                self.count -= 1;
            }
            None => self.show_last_until(at),
        }
        let start = self.chunks.len();
        self.frame(area, &mut |y, row| {
            let first = (y as usize * size.0 as usize + area.left as usize) * 4;
            if let Some(pixels) = canvas.pixels().get(first..first + row.len()) {
                row.copy_from_slice(pixels);
                straighten_all(row);
            }
        });
        let end = self.chunks.len();
        let pixels = area.width() as u64 * area.height() as u64;
        self.spent.spend(Stage::Writing, packing_steps(pixels, end - start));
        let frame = Frame { at, area, start, end };
        if self.count == 1 {
            self.first = Some(frame);
        }
        (self.last, self.canvas) = (Some(frame), size);
        (self.width, self.height) = (self.width.max(area.right as u32), self.height.max(area.bottom as u32));
        if end as u64 > self.most {
            // From here on the run has no animation: nothing of it is kept.
            self.is_too_long = true;
            self.chunks = Vec::new();
        }
    }

    /// Writes a frame behind the others: `read` gives the straight RGBA8 of each of an area's rows.
    fn frame(&mut self, area: PixelRect, read: &mut dyn FnMut(i32, &mut [u8])) {
        let (width, height) = (area.width() as usize, area.height() as usize);
        // Both chunks of a frame are numbered, and the first frame has one only.
        let number = (self.count * 2).saturating_sub(1);
        let sizes = [width as u32, height as u32, area.left as u32, area.top as u32];
        chunk(&mut self.chunks, *b"fcTL", |mut file| {
            file.extend([number].iter().chain(&sizes).flat_map(|number| number.to_be_bytes()));
            // How long it is shown is not known yet. It stays, and takes the place of what was there.
            file.extend([0, 0, 3, 0xE8, 0, 0]);
            file
        });
        let name = if self.count == 0 { *b"IDAT" } else { *b"fdAT" };
        let is_first = self.count == 0;
        chunk(&mut self.chunks, name, |mut file| {
            if !is_first {
                file.extend((number + 1).to_be_bytes());
            }
            let mut rows = RgbaRows::new(file, width);
            let mut band = vec![0; width * BAND * 4];
            for top in (0..height).step_by(BAND) {
                let pixels = band.get_mut(..width * (height - top).min(BAND) * 4).unwrap_or_default();
                for (y, row) in pixels.chunks_exact_mut(width * 4).enumerate() {
                    read(area.top + (top + y) as i32, row);
                }
                rows.push(pixels.as_chunks::<4>().0);
            }
            rows.finish()
        });
        self.count += 1;
    }

    /// Says of the last frame how long it is shown.
    fn show_last_until(&mut self, end: u64) {
        let Some(last) = self.last else { return };
        self.set_delay(last.start, u16::try_from(end.saturating_sub(last.at)).unwrap_or(u16::MAX).to_be_bytes());
    }

    /// Says how long the frame is shown whose chunks begin at a place, ms.
    fn set_delay(&mut self, start: usize, delay: [u8; 2]) {
        let sum = start + FRAME_CONTROL - 4;
        if let Some(place) = self.chunks.get_mut(start + DELAY..start + DELAY + 2) {
            place.copy_from_slice(&delay);
        }
        // Of all but the length.
        let sum_of = self.chunks.get(start + 4..sum).map_or(0, crc32fast::hash);
        if let Some(place) = self.chunks.get_mut(sum..sum + 4) {
            place.copy_from_slice(&sum_of.to_be_bytes());
        }
    }

    /// The APNG; the last frame stays until `end`, ms.
    ///
    /// # Errors
    /// `Limit` where the run has too many px.
    pub fn encode(mut self, end: u64) -> Result<Vec<u8>> {
        if self.is_too_long {
            let allowed = format_args!("{} bytes of packed pixels of an animation", self.most);
            return Err(Error::limit("animation_bytes", allowed, "more"));
        }
        if self.count == 0 {
            // A run that drew nothing has one empty pixel.
            self.frame(PixelRect::new(0, 0, 1, 1), &mut |_, _| {});
        }
        self.show_last_until(end.max(self.last.map_or(0, |last| last.at + LAST)));
        self.grow_first();
        let mut head = SIGNATURE.to_vec();
        chunk(&mut head, *b"IHDR", |mut file| {
            file.extend([self.width, self.height].iter().flat_map(|side| side.to_be_bytes()));
            // Eight bits a channel of RGBA; the only packing, the only filters, not interlaced.
            file.extend([8, 6, 0, 0, 0]);
            file
        });
        chunk(&mut head, *b"acTL", |mut file| {
            // For ever.
            file.extend([self.count, 0].iter().flat_map(|number| number.to_be_bytes()));
            file
        });
        let mut file = self.chunks;
        file.splice(..0, head);
        chunk(&mut file, *b"IEND", |file| file);
        Ok(file)
    }

    /// The first frame of an APNG is as large as the picture: where the canvas grew later, it is written once more, with nothing
    /// around it.
    fn grow_first(&mut self) {
        let whole = PixelRect::new(0, 0, self.width as i32, self.height as i32);
        let Some(first) = self.first.filter(|first| first.area != whole) else { return };
        let later = self.chunks.split_off(first.end);
        let (own, count) = (std::mem::take(&mut self.chunks), std::mem::take(&mut self.count));
        let delay = own.get(DELAY..DELAY + 2).map_or([0; 2], |delay| [delay[0], delay[1]]);
        // Behind the length and the name of its second chunk.
        let mut packed = ZlibDecoder::new(own.get(FRAME_CONTROL + 8..).unwrap_or_default());
        let mut own_row = vec![0; 1 + first.area.width() as usize * 4];
        self.frame(whole, &mut |y, row| {
            row.fill(0);
            // What we packed ourselves is whole.
            if (first.area.top..first.area.bottom).contains(&y) && packed.read_exact(&mut own_row).is_ok() {
                let pixels = unfiltered(&mut own_row);
                let left = first.area.left as usize * 4;
                if let Some(place) = row.get_mut(left..left + pixels.len()) {
                    place.copy_from_slice(pixels);
                }
            }
        });
        self.count = count;
        self.set_delay(0, delay);
        self.chunks.extend(later);
    }
}

/// The pixels of a row as [`RgbaRows`] packs it: as they are, or each as what it differs by from the one before.
fn unfiltered(row: &mut [u8]) -> &[u8] {
    let Some((filter, pixels)) = row.split_first_mut() else { return &[] };
    if *filter != 0 {
        let mut before = [0; 4];
        for pixel in pixels.as_chunks_mut::<4>().0 {
            for (channel, before) in pixel.iter_mut().zip(before) {
                *channel = channel.wrapping_add(before);
            }
            before = *pixel;
        }
    }
    pixels
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where it panics")]
mod tests {
    use image::AnimationDecoder as _;

    use super::*;

    fn canvas(width: u32, height: u32, pixel: [u8; 4]) -> SharedCanvas {
        let mut canvas = SharedCanvas::new(width, height, &Limits::default()).unwrap();
        canvas.pixels_mut().as_chunks_mut::<4>().0.fill(pixel);
        canvas
    }

    /// What a viewer shows: when it comes and for how long is as it was drawn, whatever the canvas became.
    #[test]
    fn frames_are_shown_as_they_came_where_the_canvas_grew() {
        let limits = Limits::default();
        let mut animation = Animation::new(&limits, &Budget::of_session(&limits));
        let whole = |side: u32| PixelRect::new(0, 0, side as i32, side as i32);
        let (red, half, blue) = ([255, 0, 0, 255], [64, 32, 0, 128], [0, 0, 255, 255]);
        animation.push(10, &canvas(20, 20, red), whole(20));
        // Of two at one time the last is seen.
        animation.push(30, &canvas(20, 20, red), PixelRect::new(0, 0, 4, 4));
        animation.push(30, &canvas(20, 20, half), PixelRect::new(3, 3, 12, 20));
        animation.push(70, &canvas(33, 33, blue), PixelRect::default());
        let file = animation.encode(170).unwrap();
        let decoder = image::codecs::png::PngDecoder::new(std::io::Cursor::new(file)).unwrap();
        let frames: Vec<_> = decoder.apng().unwrap().into_frames().collect::<Result<_, _>>().unwrap();
        let delays: Vec<_> = frames.iter().map(|frame| frame.delay().numer_denom_ms()).collect();
        assert_eq!(delays, [(20, 1), (40, 1), (1_000, 1)]);
        let pixel = |frame: usize, x, y| frames[frame].buffer().get_pixel(x, y).0;
        assert_eq!((pixel(0, 19, 19), pixel(0, 20, 19), pixel(0, 32, 32)), (red, [0; 4], [0; 4]));
        assert_eq!((pixel(1, 0, 19), pixel(1, 11, 19), pixel(1, 12, 5)), ([128, 64, 0, 128], [128, 64, 0, 128], red));
        assert_eq!((pixel(2, 0, 0), pixel(2, 32, 32)), (blue, blue));
    }

    #[test]
    fn what_drew_nothing_is_an_empty_picture_and_what_is_packed_is_charged() {
        let limits = Limits::default();
        let spent = Budget::of_session(&limits);
        let file = Animation::new(&limits, &spent).encode(0).unwrap();
        assert_eq!(image::load_from_memory(&file).unwrap().to_rgba8().into_raw(), [0; 4]);
        let mut animation = Animation::new(&limits, &spent);
        animation.push(0, &canvas(300, 200, [9; 4]), PixelRect::new(0, 0, 300, 200));
        assert!(spent.work() > 60_000, "{}", spent.work());
    }
}
