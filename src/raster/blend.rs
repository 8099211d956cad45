//! Source-over on rows of premultiplied RGBA8, in whole numbers only, so that it is the same on every target.

/// `value / 255`, rounded to nearest; exact for products of two bytes.
#[inline]
pub fn divide_255(value: u32) -> u32 {
    let biased = value + 128;
    (biased + (biased >> 8)) >> 8
}

/// A straight colour as premultiplied bytes.
pub fn premultiply(color: crate::color::Color) -> [u8; 4] {
    let alpha = u32::from(color.alpha);
    let channel = |value: u8| divide_255(u32::from(value) * alpha) as u8;
    [channel(color.red), channel(color.green), channel(color.blue), color.alpha]
}

#[inline]
fn over(destination: &mut [u8; 4], source: [u8; 4]) {
    let keep = 255 - u32::from(source[3]);
    for channel in 0..4 {
        // A premultiplied channel never exceeds its alpha, so the sum stays within a byte.
        destination[channel] = (u32::from(source[channel]) + divide_255(u32::from(destination[channel]) * keep)).min(255) as u8;
    }
}

/// A premultiplied pixel made so much fainter.
#[inline]
pub fn scale(source: [u8; 4], by: u8) -> [u8; 4] {
    source.map(|channel| divide_255(u32::from(channel) * u32::from(by)) as u8)
}

/// One colour over a row; `coverage` is a byte a pixel, `None` is full.
pub fn solid_row(row: &mut [u8], color: [u8; 4], coverage: Option<&[u8]>) {
    let (pixels, _) = row.as_chunks_mut::<4>();
    match coverage {
        None if color[3] == 255 => pixels.fill(color),
        None => pixels.iter_mut().for_each(|pixel| over(pixel, color)),
        Some(coverage) => {
            for (pixel, &covered) in pixels.iter_mut().zip(coverage) {
                match covered {
                    0 => {}
                    255 if color[3] == 255 => *pixel = color,
                    255 => over(pixel, color),
                    _ => over(pixel, scale(color, covered)),
                }
            }
        }
    }
}

/// A row of premultiplied pixels over a row; `coverage` is a byte a pixel, `None` is full.
pub fn pixel_row(row: &mut [u8], source: &[u8], coverage: Option<&[u8]>, opacity: u8) {
    let (pixels, _) = row.as_chunks_mut::<4>();
    let (source, _) = source.as_chunks::<4>();
    for (index, (pixel, &from)) in pixels.iter_mut().zip(source).enumerate() {
        let covered = coverage.map_or(255, |coverage| coverage.get(index).copied().unwrap_or(0));
        let covered = if opacity == 255 { covered } else { divide_255(u32::from(covered) * u32::from(opacity)) as u8 };
        match (covered, from[3]) {
            (0, _) | (_, 0) => {}
            (255, 255) => *pixel = from,
            (255, _) => over(pixel, from),
            _ => over(pixel, scale(from, covered)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn division_is_exact_rounding() {
        for a in 0..=255u32 {
            for b in 0..=255u32 {
                assert_eq!(divide_255(a * b), (f64::from(a * b) / 255.0).round() as u32);
            }
        }
    }

    #[test]
    fn opaque_and_transparent_ends_are_exact() {
        let mut row = [10, 20, 30, 255];
        solid_row(&mut row, [0, 0, 0, 0], None);
        assert_eq!(row, [10, 20, 30, 255]);
        solid_row(&mut row, [1, 2, 3, 255], Some(&[255]));
        assert_eq!(row, [1, 2, 3, 255]);
        pixel_row(&mut row, &[9, 9, 9, 255], None, 0);
        assert_eq!(row, [1, 2, 3, 255]);
    }
}
