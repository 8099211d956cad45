//! Where painting lands: a canvas or a layer, with its clip.

use std::sync::Arc;

use super::blend;
use super::coverage::Mask;
use super::gradient::PreparedGradient;
use crate::geometry::PixelRect;

/// A block of premultiplied RGBA8 pixels that stands somewhere on the canvas.
pub struct Surface<'a> {
    pub bounds: PixelRect,
    pub pixels: Pixels<'a>,
}

/// Borrowed from the caller, or a layer's own.
pub enum Pixels<'a> {
    Borrowed(&'a mut [u8]),
    Owned(Vec<u8>),
}

impl Pixels<'_> {
    pub fn as_slice(&self) -> &[u8] {
        match self {
            Self::Borrowed(pixels) => pixels,
            Self::Owned(pixels) => pixels,
        }
    }

    fn as_mut_slice(&mut self) -> &mut [u8] {
        match self {
            Self::Borrowed(pixels) => pixels,
            Self::Owned(pixels) => pixels,
        }
    }
}

/// What limits painting: a rectangle, and masks inside of it.
#[derive(Clone, Default)]
pub struct Clip {
    pub bounds: PixelRect,
    pub mask: Option<Arc<Mask>>,
}

/// What painting brings.
pub enum Source<'a> {
    /// One premultiplied colour.
    Solid([u8; 4]),
    /// A gradient.
    Gradient(&'a PreparedGradient),
    /// Premultiplied pixels that stand at `bounds`, with an opacity.
    Pixels { bounds: PixelRect, pixels: &'a [u8], opacity: u8 },
}

impl Surface<'_> {
    /// A transparent layer.
    pub fn layer(bounds: PixelRect) -> Self {
        let length = bounds.width() as usize * bounds.height() as usize * 4;
        Self { bounds, pixels: Pixels::Owned(vec![0; length]) }
    }

    fn row_mut(&mut self, y: i32, left: i32, right: i32) -> &mut [u8] {
        let start = ((y - self.bounds.top) as usize * self.bounds.width() as usize + (left - self.bounds.left) as usize) * 4;
        let length = (right - left) as usize * 4;
        self.pixels.as_mut_slice().get_mut(start..start + length).unwrap_or_default()
    }

    /// Makes an area transparent.
    pub fn clear(&mut self, area: PixelRect) {
        let area = area.intersection(&self.bounds);
        if !area.is_empty() {
            (area.top..area.bottom).for_each(|y| self.row_mut(y, area.left, area.right).fill(0));
        }
    }

    /// Brings a source over an area, through a mask and the clip.
    pub fn composite(&mut self, area: PixelRect, mask: Option<&Mask>, clip: &Clip, source: &Source<'_>) {
        let mut area = area.intersection(&clip.bounds).intersection(&self.bounds);
        if let Some(mask) = mask {
            area = area.intersection(&mask.bounds);
        }
        if let Some(clip_mask) = &clip.mask {
            area = area.intersection(&clip_mask.bounds);
        }
        if let Source::Pixels { bounds, .. } = source {
            area = area.intersection(bounds);
        }
        if area.is_empty() {
            return;
        }
        let width = area.width() as usize;
        let mut both = Vec::new();
        let mut shaded = Vec::new();
        for y in area.top..area.bottom {
            let own = mask.map(|mask| mask.row(y, area.left, area.right));
            let clipped = clip.mask.as_ref().and_then(|clip_mask| clip_mask.partial_row(y, area.left, area.right));
            let coverage = match (own, clipped) {
                (Some(own), Some(clipped)) => {
                    both.clear();
                    both.extend(own.iter().zip(clipped).map(|(&a, &b)| blend::divide_255(u32::from(a) * u32::from(b)) as u8));
                    Some(both.as_slice())
                }
                (own, clipped) => own.or(clipped),
            };
            let row = self.row_mut(y, area.left, area.right);
            match source {
                Source::Solid(color) => blend::solid_row(row, *color, coverage),
                Source::Gradient(gradient) => {
                    shaded.resize(width * 4, 0);
                    gradient.shade_row(area.left, y, &mut shaded);
                    blend::pixel_row(row, &shaded, coverage, 255);
                }
                Source::Pixels { bounds, pixels, opacity } => {
                    let start = ((y - bounds.top) as usize * bounds.width() as usize + (area.left - bounds.left) as usize) * 4;
                    let from = pixels.get(start..start + width * 4).unwrap_or_default();
                    blend::pixel_row(row, from, coverage, *opacity);
                }
            }
        }
    }
}
