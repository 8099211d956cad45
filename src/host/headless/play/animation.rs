//! A run as an APNG: each frame is the part of the canvas that it changed.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

use crate::error::{Error, ErrorKind, Result};
use crate::geometry::PixelRect;
use crate::limits::Limits;
use crate::picture::{Pixels, Premultiplied};
use crate::raster::SharedCanvas;

/// The name of the animation's file, without its ending.
pub const ANIMATION: &str = "animation";

/// The frames of a run.
#[derive(Debug)]
pub struct Animation {
    frames: Vec<Frame>,
    width: u32,
    height: u32,
    bytes: u64,
    /// [`Limits::animation_bytes`].
    most: u64,
    left_out: usize,
}

#[derive(Debug)]
struct Frame {
    at: u64,
    left: u32,
    top: u32,
    width: u32,
    height: u32,
    /// Straight RGBA8, packed: a run has as many frames as a minute has seconds, times sixty.
    packed: Vec<u8>,
}

impl Frame {
    /// Packs rows of straight RGBA8.
    fn new<R: AsRef<[u8]>>(
        at: u64,
        (left, top): (u32, u32),
        (width, height): (u32, u32),
        rows: impl IntoIterator<Item = R>,
    ) -> Self {
        let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
        // Writing to a vector can't fail.
        let written = rows.into_iter().try_for_each(|row| packer.write_all(row.as_ref()));
        let packed = written.and_then(|()| packer.finish()).unwrap_or_default();
        Self { at, left, top, width, height, packed }
    }

    /// Straight RGBA8.
    fn pixels(&self) -> Vec<u8> {
        let mut pixels = Vec::with_capacity(self.width as usize * self.height as usize * 4);
        // What we packed ourselves is whole.
        let _ = ZlibDecoder::new(self.packed.as_slice()).read_to_end(&mut pixels);
        pixels
    }
}

impl Animation {
    /// No frames yet.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        Self { frames: Vec::new(), width: 0, height: 0, bytes: 0, most: limits.animation_bytes, left_out: 0 }
    }

    /// Adds what a frame changed.
    pub fn push(&mut self, at: u64, canvas: &SharedCanvas, area: PixelRect) {
        let whole = PixelRect::new(0, 0, canvas.width() as i32, canvas.height() as i32);
        // A canvas of another size is all new; and of frames at one time only the last is seen, over what changed in all.
        let resized = (canvas.width(), canvas.height()) != (self.width, self.height);
        let mut area = if resized { whole } else { area.intersection(&whole) };
        if let Some(last) = self.frames.last().filter(|last| last.at == at && !resized) {
            let (left, top) = (last.left as i32, last.top as i32);
            area = area.union(&PixelRect::new(left, top, left + last.width as i32, top + last.height as i32));
            self.bytes -= self.frames.pop().map_or(0, |frame| frame.packed.len() as u64);
        }
        if area.is_empty() {
            return;
        }
        let (left, top, width, height) = (area.left as u32, area.top as u32, area.width() as u32, area.height() as u32);
        if self.left_out > 0 {
            return;
        }
        let frame = Frame::new(at, (left, top), (width, height), straight_rows(canvas, area));
        if self.bytes + frame.packed.len() as u64 > self.most {
            // From here on the run has no animation: nothing of it is kept.
            self.left_out += 1;
            self.frames = Vec::new();
            return;
        }
        (self.width, self.height) = (canvas.width(), canvas.height());
        self.bytes += frame.packed.len() as u64;
        self.frames.push(frame);
    }

    /// The APNG; the last frame stays until `end`, ms.
    ///
    /// # Errors
    /// `Limit` where the run has too many px; `Picture` where it can't be encoded.
    pub fn encode(self, end: u64) -> Result<Vec<u8>> {
        if self.left_out > 0 {
            let allowed = format_args!("{} bytes of packed pixels of an animation", self.most);
            return Err(Error::limit("animation_bytes", allowed, "more"));
        }
        let wrong = |error: png::EncodingError| {
            Error::new(ErrorKind::Picture, format!("the animation can't be encoded: {error}")).source(error)
        };
        let width = self.frames.iter().map(|frame| frame.left + frame.width).max().unwrap_or(1);
        let height = self.frames.iter().map(|frame| frame.top + frame.height).max().unwrap_or(1);
        let mut frames = self.frames;
        // The first frame of an APNG is as large as the picture.
        let mut first = vec![0; width as usize * height as usize * 4];
        match frames.first() {
            Some(frame) if (frame.left, frame.top, frame.width, frame.height) == (0, 0, width, height) => {}
            _ => {
                let at = frames.first().map_or(0, |frame| frame.at);
                if let Some(frame) = frames.first().filter(|frame| frame.left == 0 && frame.top == 0) {
                    paste(&mut first, width, frame);
                    frames.remove(0);
                }
                frames.insert(0, Frame::new(at, (0, 0), (width, height), [&first]));
            }
        }
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, width, height);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_animated(frames.len() as u32, 0).map_err(wrong)?;
        encoder.set_blend_op(png::BlendOp::Source).map_err(wrong)?;
        encoder.set_dispose_op(png::DisposeOp::None).map_err(wrong)?;
        let mut writer = encoder.write_header().map_err(wrong)?;
        let mut ends: Vec<u64> = frames.iter().skip(1).map(|frame| frame.at).collect();
        ends.push(end.max(frames.last().map_or(0, |frame| frame.at) + 1_000));
        // Each is let go when it is written.
        for (index, (frame, end)) in frames.into_iter().zip(ends).enumerate() {
            if index > 0 {
                // The encoder checks size and place against each other, whichever is set.
                writer.set_frame_position(0, 0).map_err(wrong)?;
                writer.set_frame_dimension(frame.width, frame.height).map_err(wrong)?;
                writer.set_frame_position(frame.left, frame.top).map_err(wrong)?;
            }
            let delay = u16::try_from(end - frame.at).unwrap_or(u16::MAX);
            writer.set_frame_delay(delay, 1_000).map_err(wrong)?;
            writer.write_image_data(&frame.pixels()).map_err(wrong)?;
        }
        writer.finish().map_err(wrong)?;
        Ok(out)
    }
}

/// The rows of a part of a canvas, straight RGBA8, one at a time: a part may be as large as the canvas.
fn straight_rows(canvas: &SharedCanvas, area: PixelRect) -> impl Iterator<Item = Vec<u8>> + '_ {
    let (row, width) = (canvas.width() as usize * 4, area.width() as u32);
    (area.top as usize..area.bottom as usize).filter_map(move |y| {
        let start = y * row + area.left as usize * 4;
        let pixels = canvas.pixels().get(start..start + width as usize * 4)?;
        Some(Pixels::from(Premultiplied::new(width, 1, pixels)?).straight().into_owned())
    })
}

/// Copies a frame into the top left corner of a larger picture.
fn paste(into: &mut [u8], width: u32, frame: &Frame) {
    for (row, pixels) in frame.pixels().chunks_exact(frame.width.max(1) as usize * 4).enumerate() {
        let start = row * width as usize * 4;
        if let Some(target) = into.get_mut(start..start + pixels.len()) {
            target.copy_from_slice(pixels);
        }
    }
}
