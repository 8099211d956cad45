//! Where painting lands: a canvas or a layer, with its clip.

use super::blend;
use super::clip::{Clip, Inner};
use super::composite::{self, Mix};
use super::gradient::PreparedGradient;
use super::pieces::{Cover, Mask};
use crate::display::operations::Composite;
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

    pub fn as_mut_slice(&mut self) -> &mut [u8] {
        match self {
            Self::Borrowed(pixels) => pixels,
            Self::Owned(pixels) => pixels,
        }
    }
}

/// What painting brings.
pub enum Source<'a> {
    /// One premultiplied colour.
    Solid([u8; 4]),
    /// A gradient.
    Gradient(&'a PreparedGradient),
    /// Premultiplied pixels that stand at `bounds`.
    Pixels { bounds: PixelRect, pixels: &'a [u8] },
}

impl Source<'_> {
    /// Writes a row of it; what it does not have is transparent.
    fn write_row(&self, y: i32, left: i32, row: &mut [u8]) {
        match self {
            Source::Solid(color) => row.as_chunks_mut::<4>().0.fill(*color),
            Source::Gradient(gradient) => gradient.shade_row(left, y, row),
            Source::Pixels { bounds, .. } => {
                let right = left + (row.len() / 4) as i32;
                row.fill(0);
                let (from, until) = (left.max(bounds.left), right.min(bounds.right));
                if from < until {
                    let start = (from - left) as usize * 4;
                    let length = (until - from) as usize * 4;
                    if let (Some(target), Some(pixels)) = (row.get_mut(start..start + length), self.pixel_row(y, from, until)) {
                        target.copy_from_slice(pixels);
                    }
                }
            }
        }
    }

    /// Pixels of a row, where it has all of them.
    fn pixel_row(&self, y: i32, left: i32, right: i32) -> Option<&[u8]> {
        let Source::Pixels { bounds, pixels } = self else { return None };
        if y < bounds.top || y >= bounds.bottom {
            return None;
        }
        let start = ((y - bounds.top) as usize * bounds.width() as usize + (left - bounds.left) as usize) * 4;
        pixels.get(start..start + (right - left) as usize * 4)
    }
}

/// Rows that are made for each row anew.
#[derive(Default)]
struct Scratch {
    own: Vec<u8>,
    both: Vec<u8>,
    source: Vec<u8>,
}

impl Surface<'_> {
    /// A transparent layer.
    pub fn layer(bounds: PixelRect) -> Self {
        let length = bounds.width() as usize * bounds.height() as usize * 4;
        Self { bounds, pixels: Pixels::Owned(vec![0; length]) }
    }

    /// A part of a row, which must lie within the bounds.
    pub fn row_mut(&mut self, y: i32, left: i32, right: i32) -> &mut [u8] {
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

    /// Brings a source onto an area, through a mask and the clip.
    pub fn composite(&mut self, area: PixelRect, mask: Option<&Mask>, clip: &Clip, source: &Source<'_>, mix: Mix) {
        self.composite_cover(area, mask.map(Cover::from), clip, source, mix);
    }

    /// The same through coverage that others keep.
    pub fn composite_cover(&mut self, area: PixelRect, mask: Option<Cover<'_>>, clip: &Clip, source: &Source<'_>, mix: Mix) {
        if mix.composite != Composite::SourceOver {
            return self.composite_otherwise(area, mask, clip, source, mix);
        }
        let mut area = area.intersection(&clip.area()).intersection(&self.bounds);
        if let Some(mask) = mask {
            area = area.intersection(&mask.bounds);
        }
        if let Source::Pixels { bounds, .. } = source {
            area = area.intersection(bounds);
        }
        if area.is_empty() {
            return;
        }
        // A rounded clip leaves most of what is drawn as it is.
        let clip_mask = clip.mask.as_ref().filter(|mask| mask.cuts(&area));
        if let (Source::Solid(color), None, None) = (source, clip_mask, &clip.inner) {
            return self.color_rows(area, mask, blend::scale(*color, mix.opacity));
        }
        let mut scratch = Scratch::default();
        let color = if let Source::Solid(color) = source { blend::scale(*color, mix.opacity) } else { [0; 4] };
        for y in area.top..area.bottom {
            for (left, right) in seen_parts(clip.inner.as_ref(), y, &area) {
                let part = PixelRect { left, right, ..area };
                let own = mask.map(|mask| mask.row(y, left, right));
                let own = cut_row(own, clip.inner.as_ref(), y, &part, &mut scratch.own);
                let clipped = clip_mask.and_then(|mask| mask.row(y, left, right));
                let coverage = match (own, clipped) {
                    (Some(own), Some(clipped)) => {
                        scratch.both.clear();
                        blend::extend_with_products(&mut scratch.both, own, clipped);
                        Some(scratch.both.as_slice())
                    }
                    (own, clipped) => own.or(clipped),
                };
                let row = self.row_mut(y, left, right);
                match source {
                    Source::Solid(_) => blend::solid_row(row, color, coverage),
                    Source::Gradient(gradient) if coverage.is_none() && mix.opacity == 255 && gradient.is_opaque() => {
                        gradient.shade_row(left, y, row);
                    }
                    Source::Gradient(gradient) => match gradient.of_row(y).filter(|_| mix.opacity == 255) {
                        Some(color) => blend::solid_row(row, color, coverage),
                        None => {
                            scratch.source.resize(row.len(), 0);
                            gradient.shade_row(left, y, &mut scratch.source);
                            blend::pixel_row(row, &scratch.source, coverage, mix.opacity);
                        }
                    },
                    Source::Pixels { .. } => {
                        let from = source.pixel_row(y, left, right).unwrap_or_default();
                        blend::pixel_row(row, from, coverage, mix.opacity);
                    }
                }
            }
        }
    }

    /// One colour onto an area within the bounds, through a mask that has all of it: what letters and boxes are.
    fn color_rows(&mut self, area: PixelRect, mask: Option<Cover<'_>>, color: [u8; 4]) {
        let (bounds, height) = (self.bounds, area.height() as usize);
        let cut = |within: &PixelRect, bytes: usize| {
            let (left, right) = ((area.left - within.left) as usize * bytes, (area.right - within.left) as usize * bytes);
            ((area.top - within.top) as usize, left..right, within.width() as usize * bytes)
        };
        let (first, columns, stride) = cut(&bounds, 4);
        let Some(pixels) = self.pixels.as_mut_slice().get_mut(first * stride..) else { return };
        let rows = pixels.chunks_exact_mut(stride).take(height).filter_map(|row| row.get_mut(columns.clone()));
        let Some(mask) = mask else {
            return rows.for_each(|row| blend::solid_row(row, color, None));
        };
        let (first, columns, stride) = cut(&mask.bounds, 1);
        let Some(coverage) = mask.coverage.get(first * stride..) else { return };
        for (row, coverage) in rows.zip(coverage.chunks_exact(stride)) {
            blend::solid_row(row, color, coverage.get(columns.clone()));
        }
    }

    /// In another way than source-over.
    fn composite_otherwise(&mut self, area: PixelRect, mask: Option<Cover<'_>>, clip: &Clip, source: &Source<'_>, mix: Mix) {
        let own = mask.map_or(area, |mask| area.intersection(&mask.bounds));
        let reach = if mix.composite.reaches_beyond_source() { clip.area() } else { own.intersection(&clip.area()) };
        let reach = reach.intersection(&self.bounds);
        if reach.is_empty() {
            return;
        }
        let width = reach.width() as usize;
        let mut scratch = Scratch::default();
        scratch.source.resize(width * 4, 0);
        for y in reach.top..reach.bottom {
            scratch.own.clear();
            scratch.own.resize(width, 0);
            let (from, until) = (own.left.max(reach.left), own.right.min(reach.right));
            if y >= own.top && y < own.bottom && from < until {
                let start = (from - reach.left) as usize;
                if let Some(covered) = scratch.own.get_mut(start..start + (until - from) as usize) {
                    match mask {
                        Some(mask) => covered.copy_from_slice(mask.row(y, from, until)),
                        None => covered.fill(255),
                    }
                }
            }
            source.write_row(y, reach.left, &mut scratch.source);
            let outer = clip.mask.as_ref().and_then(|mask| mask.row(y, reach.left, reach.right));
            let clipped = cut_row(outer, clip.inner.as_ref(), y, &reach, &mut scratch.both);
            composite::row(self.row_mut(y, reach.left, reach.right), &scratch.source, Some(&scratch.own), clipped, mix);
        }
    }
}

/// The parts of a row that a clip leaves: all of it, or what is beside a box that is cut out of it, as of a shadow its middle is.
fn seen_parts(inner: Option<&Inner>, y: i32, area: &PixelRect) -> impl Iterator<Item = (i32, i32)> {
    let hole = match inner {
        Some(Inner::Outside(cut)) => {
            let (from, until) = (area.left.max(cut.bounds.left), area.right.min(cut.bounds.right));
            let is_here = y >= cut.bounds.top && y < cut.bounds.bottom && from < until;
            let is_all = || cut.row(y, from, until).iter().fold(255, |all, covered| all & covered) == 255;
            (is_here && is_all()).then_some((from, until))
        }
        Some(Inner::Inside(_)) | None => None,
    };
    let (from, until) = hole.unwrap_or((area.right, area.right));
    [(area.left, from), (until, area.right)].into_iter().filter(|(left, right)| left < right)
}

/// A row of coverage, cut by the clip that is no box; `None` is full.
fn cut_row<'a>(
    own: Option<&'a [u8]>,
    inner: Option<&'a Inner>,
    y: i32,
    area: &PixelRect,
    buffer: &'a mut Vec<u8>,
) -> Option<&'a [u8]> {
    match inner {
        None => own,
        Some(Inner::Inside(inner)) => {
            let inner = inner.row(y, area.left, area.right);
            let Some(own) = own else { return Some(inner) };
            buffer.clear();
            blend::extend_with_products(buffer, own, inner);
            Some(buffer)
        }
        Some(Inner::Outside(cut)) => {
            let (from, until) = (area.left.max(cut.bounds.left), area.right.min(cut.bounds.right));
            if y < cut.bounds.top || y >= cut.bounds.bottom || from >= until {
                return own;
            }
            buffer.clear();
            match own {
                Some(own) => buffer.extend_from_slice(own),
                None => buffer.resize(area.width() as usize, 255),
            }
            let start = (from - area.left) as usize;
            if let Some(row) = buffer.get_mut(start..) {
                blend::reduce(row, cut.row(y, from, until));
            }
            Some(buffer)
        }
    }
}
