//! Decoded pixels of every kind as straight RGBA8, in the buffer in which they are.

use image::ColorType;

/// Makes RGBA8 of so many pixels of a kind, which stand at the beginning of a buffer that has room for either; false for a
/// kind that no decoder of ours gives. 16 bits are rounded to the nearest of 8.
pub(super) fn to_rgba8(pixels: &mut [u8], color: ColorType, count: usize) -> bool {
    match color {
        ColorType::Rgba8 => {}
        ColorType::L8 => widen(pixels, count, |[gray]| [gray, gray, gray, 255]),
        ColorType::La8 => widen(pixels, count, |[gray, alpha]| [gray, gray, gray, alpha]),
        ColorType::Rgb8 => widen(pixels, count, |[red, green, blue]| [red, green, blue, 255]),
        ColorType::L16 => widen(pixels, count, |[a, b]| {
            let gray = byte([a, b]);
            [gray, gray, gray, 255]
        }),
        ColorType::La16 => narrow(pixels, count, |[a, b, c, d]| {
            let gray = byte([a, b]);
            [gray, gray, gray, byte([c, d])]
        }),
        ColorType::Rgb16 => narrow(pixels, count, |[a, b, c, d, e, f]| [byte([a, b]), byte([c, d]), byte([e, f]), 255]),
        ColorType::Rgba16 => {
            narrow(pixels, count, |[a, b, c, d, e, f, g, h]| [byte([a, b]), byte([c, d]), byte([e, f]), byte([g, h])]);
        }
        _ => return false,
    }
    true
}

/// The nearest of 8 bits to 16, in the machine's own order.
fn byte(both: [u8; 2]) -> u8 {
    ((u32::from(u16::from_ne_bytes(both)) + 128) / 257) as u8
}

/// Pixels of fewer bytes, from the last one on: none is overwritten before it is read.
fn widen<const N: usize>(pixels: &mut [u8], count: usize, pixel: impl Fn([u8; N]) -> [u8; 4]) {
    for index in (0..count).rev() {
        move_one(pixels, index, &pixel);
    }
}

/// Pixels of as many bytes or more, from the first one on.
fn narrow<const N: usize>(pixels: &mut [u8], count: usize, pixel: impl Fn([u8; N]) -> [u8; 4]) {
    for index in 0..count {
        move_one(pixels, index, &pixel);
    }
}

#[inline]
fn move_one<const N: usize>(pixels: &mut [u8], index: usize, pixel: &impl Fn([u8; N]) -> [u8; 4]) {
    let Some(found) = pixels.get(index * N..).and_then(<[u8]>::first_chunk::<N>) else { return };
    let made = pixel(*found);
    if let Some(place) = pixels.get_mut(index * 4..).and_then(<[u8]>::first_chunk_mut::<4>) {
        *place = made;
    }
}

#[cfg(test)]
mod tests {
    use image::{DynamicImage, ImageBuffer};

    use super::*;

    /// As `image` does it, in a buffer of its own.
    #[test]
    fn every_kind_comes_out_as_by_the_conversion_with_a_copy() {
        let mut random = crate::random::random(8);
        let (width, height) = (5, 7);
        let count = width as usize * height as usize;
        for color in [
            ColorType::L8,
            ColorType::La8,
            ColorType::Rgb8,
            ColorType::Rgba8,
            ColorType::L16,
            ColorType::La16,
            ColorType::Rgb16,
            ColorType::Rgba16,
        ] {
            let bytes: Vec<u8> = (0..count * usize::from(color.bytes_per_pixel())).map(|_| random() as u8).collect();
            let short = || bytes.as_chunks::<2>().0.iter().map(|both| u16::from_ne_bytes(*both)).collect::<Vec<_>>();
            let image = match color {
                ColorType::L8 => ImageBuffer::from_raw(width, height, bytes.clone()).map(DynamicImage::ImageLuma8),
                ColorType::La8 => ImageBuffer::from_raw(width, height, bytes.clone()).map(DynamicImage::ImageLumaA8),
                ColorType::Rgb8 => ImageBuffer::from_raw(width, height, bytes.clone()).map(DynamicImage::ImageRgb8),
                ColorType::Rgba8 => ImageBuffer::from_raw(width, height, bytes.clone()).map(DynamicImage::ImageRgba8),
                ColorType::L16 => ImageBuffer::from_raw(width, height, short()).map(DynamicImage::ImageLuma16),
                ColorType::La16 => ImageBuffer::from_raw(width, height, short()).map(DynamicImage::ImageLumaA16),
                ColorType::Rgb16 => ImageBuffer::from_raw(width, height, short()).map(DynamicImage::ImageRgb16),
                _ => ImageBuffer::from_raw(width, height, short()).map(DynamicImage::ImageRgba16),
            };
            let mut made = bytes.clone();
            made.resize(bytes.len().max(count * 4), 0);
            assert!(to_rgba8(&mut made, color, count));
            assert_eq!(made[..count * 4], image.unwrap().into_rgba8().into_raw(), "{color:?}");
        }
    }
}
