//! PNG, as small as it gets.

use std::borrow::Cow;

use super::palette::Palette;
use super::pixels::Pixels;

/// The rows of a PNG as they are stored.
struct Png<'a> {
    color: png::ColorType,
    depth: png::BitDepth,
    rows: &'a [u8],
    palette: Option<&'a Palette>,
}

fn write(width: u32, height: u32, png: &Png<'_>, filter: png::Filter) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png.color);
    encoder.set_depth(png.depth);
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(filter);
    if let Some(palette) = png.palette {
        encoder.set_palette(palette.colors.as_slice());
        if !palette.alphas.is_empty() {
            encoder.set_trns(palette.alphas.as_slice());
        }
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(png.rows)?;
    writer.finish()?;
    Ok(bytes)
}

/// The smallest of: a palette where the colours allow it, RGB or RGBA with each filter that tends to win.
pub fn smallest(pixels: &Pixels<'_>) -> Result<Vec<u8>, png::EncodingError> {
    use png::Filter;
    let (width, height) = pixels.size();
    let mut candidates = Vec::new();
    let straight = pixels.straight();
    if let Some(palette) = Palette::of(&straight) {
        let indices: Vec<u8> = straight.as_chunks::<4>().0.iter().map(|pixel| palette.index(*pixel)).collect();
        let (depth, rows) = pack(&indices, width as usize, palette.len());
        let png = Png { color: png::ColorType::Indexed, depth, rows: &rows, palette: Some(&palette) };
        candidates.push(write(width, height, &png, Filter::NoFilter)?);
        if depth == png::BitDepth::Eight {
            candidates.push(write(width, height, &png, Filter::Adaptive)?);
        }
    } else {
        let is_opaque = pixels.is_opaque();
        let color = if is_opaque { png::ColorType::Rgb } else { png::ColorType::Rgba };
        let rows = if is_opaque { Cow::Owned(pixels.rgb()) } else { straight };
        let png = Png { color, depth: png::BitDepth::Eight, rows: &rows, palette: None };
        for filter in [Filter::NoFilter, Filter::Sub, Filter::Up, Filter::Paeth, Filter::Adaptive] {
            candidates.push(write(width, height, &png, filter)?);
        }
    }
    // Each way writes something; of equals the first.
    Ok(candidates.into_iter().min_by_key(Vec::len).unwrap_or_default())
}

/// Rows of indices in as few bits as the number of colours needs.
fn pack(indices: &[u8], width: usize, colors: usize) -> (png::BitDepth, Vec<u8>) {
    let (depth, bits) = match colors {
        0..=2 => (png::BitDepth::One, 1),
        3..=4 => (png::BitDepth::Two, 2),
        5..=16 => (png::BitDepth::Four, 4),
        _ => return (png::BitDepth::Eight, indices.to_vec()),
    };
    let mut rows = Vec::with_capacity(indices.len() * bits / 8);
    for row in indices.chunks_exact(width) {
        for group in row.chunks(8 / bits) {
            let packed = group.iter().enumerate().fold(0, |byte, (place, index)| byte | (index << (8 - bits * (place + 1))));
            rows.push(packed);
        }
    }
    (depth, rows)
}
