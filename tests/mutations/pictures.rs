//! Mutated pictures and fonts.

use friendboard::geometry::Rect;
use friendboard::picture::{Format, Straight, claimed_bytes, decode, encode};
use friendboard::text::{Fonts, GlyphKey, GlyphSource, Paragraph, TextEngine, TextSystem};
use friendboard::{Limits, style::Style};
use image::codecs::gif::GifEncoder;
use image::{Frame, RgbaImage};

use super::mutator::Random;
use super::{count, run};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data");

fn file(path: &str) -> Vec<u8> {
    std::fs::read(format!("{FOLDER}/{path}")).unwrap()
}

/// Pixels of some kind of picture, RGBA8.
fn pixels(width: u32, height: u32, kind: u32) -> Vec<u8> {
    let at = |index: u32| {
        let (x, y) = (index % width, index / width);
        match kind {
            0 => [(x * 20) as u8, (y * 30) as u8, 90, 255],
            1 => [(index * index * 37) as u8, (index * 91) as u8, (index >> 1) as u8, (index * 13) as u8],
            _ => [if x % 3 == 0 { 255 } else { 0 }, 0, 0, if y % 2 == 0 { 255 } else { 0 }],
        }
    };
    (0..width * height).flat_map(at).collect()
}

/// Pictures of a format as we write them.
fn written(format: Format) -> impl Iterator<Item = Vec<u8>> {
    (0..3).flat_map(move |kind| {
        [(1, 1), (9, 7), (24, 16)]
            .map(|(width, height)| encode(Straight::new(width, height, &pixels(width, height, kind)).unwrap(), format).unwrap())
    })
}

/// An animation of three frames.
fn animated_gif(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    for kind in 0..3 {
        let image = RgbaImage::from_raw(width, height, pixels(width, height, kind)).unwrap();
        encoder.encode_frame(Frame::new(image)).unwrap();
    }
    drop(encoder);
    bytes
}

/// Broken in one to four places: bits, bytes, numbers at their ends, pieces moved, taken out, or of another file.
fn broken(random: &mut Random, files: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = files[random.below(files.len())].clone();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len().max(1)).min(bytes.len());
        let length = (1 + random.below(8)).min(bytes.len() - at);
        match random.below(12) {
            0..=2 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << random.below(8);
                }
            }
            3 | 4 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = random.next() as u8;
                }
            }
            5 | 6 => {
                let value = random.pick(&[0x00, 0xFF, 0x7F, 0x80, 0x01]);
                bytes[at..at + length].fill(value);
            }
            7 => drop(bytes.drain(at..at + length)),
            8 => {
                let piece: Vec<u8> = bytes[at..at + length].to_vec();
                let to = random.below(bytes.len() + 1);
                drop(bytes.splice(to..to, piece));
            }
            9 => {
                let other = &files[random.below(files.len())];
                let from = random.below(other.len());
                let piece: Vec<u8> = other[from..(from + length * 4).min(other.len())].to_vec();
                drop(bytes.splice(at..at + length, piece));
            }
            10 => bytes.truncate(at.max(16)),
            _ => {
                let other = random.below(bytes.len().max(1));
                if at < bytes.len() && other < bytes.len() {
                    bytes.swap(at, other);
                }
            }
        }
    }
    bytes
}

/// The chunks of a PNG with the sums that they should have, so that what is in them is read.
fn summed(mut png: Vec<u8>) -> Vec<u8> {
    let mut at = 8;
    while let Some(length) = png.get(at..at + 4).and_then(|length| length.try_into().ok()).map(u32::from_be_bytes) {
        let end = at + 8 + length as usize;
        let Some(covered) = png.get(at + 4..end) else { break };
        let mut sum = u32::MAX;
        for byte in covered {
            sum ^= u32::from(*byte);
            for _ in 0..8 {
                sum = (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg());
            }
        }
        let Some(place) = png.get_mut(end..end + 4) else { break };
        place.copy_from_slice(&(!sum).to_be_bytes());
        at = end + 4;
    }
    png
}

/// Small enough that none of so many costs much, and that most of what claims more is refused.
fn limits() -> Limits {
    Limits { image_side: 256, image_pixels: 16 * 1024, ..Limits::default() }
}

/// Decodes what should be a picture; true where it is one.
fn is_decoded(bytes: &[u8], limits: &Limits) -> bool {
    let claimed = claimed_bytes(bytes, limits);
    assert!(claimed <= limits.image_pixels as usize * 4);
    match decode(bytes, limits) {
        Ok(picture) => {
            let (width, height) = (picture.width(), picture.height());
            assert!(width > 0 && height > 0 && width.max(height) <= limits.image_side && width * height <= limits.image_pixels);
            assert_eq!(picture.pixels().len(), width as usize * height as usize * 4);
            let is_premultiplied = |pixel: &[u8; 4]| pixel[..3].iter().all(|channel| *channel <= pixel[3]);
            assert!(picture.pixels().as_chunks::<4>().0.iter().all(is_premultiplied));
            let scaled = picture.scaled_crop(Rect::new(0.0, 0.0, width as f32, height as f32), 5, 3);
            assert_eq!(scaled.pixels().len(), 60);
            true
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            false
        }
    }
}

fn hold(kind: &str, seed: u64, files: &[Vec<u8>], mend: impl Fn(Vec<u8>, &mut Random) -> Vec<u8>) {
    let limits = limits();
    for file in files {
        assert!(is_decoded(file, &limits), "{kind}: a file is broken before it is mutated");
    }
    run(kind, seed, count(), |random| {
        let bytes = broken(random, files);
        is_decoded(&mend(bytes, random), &limits)
    });
}

#[test]
fn png() {
    let files: Vec<Vec<u8>> = written(Format::PNG).collect();
    hold("PNG", 1, &files, |bytes, random| if random.below(4) == 0 { bytes } else { summed(bytes) });
}

#[test]
fn jpeg() {
    let ours = written(Format::Jpeg { quality: 80 }).chain(written(Format::Jpeg { quality: 20 }));
    let files: Vec<Vec<u8>> = ours.chain([file("pictures/cmyk.jpg"), file("pictures/progressive.jpg")]).collect();
    hold("JPEG", 2, &files, |bytes, _| bytes);
}

/// Animated ones in the majority.
#[test]
fn webp() {
    let animated = file("pictures/animated.webp");
    let files = [file("pictures/lossy.webp"), file("pictures/exif6.webp"), animated.clone(), animated.clone(), animated];
    let files: Vec<Vec<u8>> = files.into_iter().chain(written(Format::WebP).take(2)).collect();
    hold("WebP", 3, &files, |bytes, _| bytes);
}

#[test]
fn gif() {
    let files: Vec<Vec<u8>> = [file("pictures/interlaced.gif")]
        .into_iter()
        .chain([(1, 1), (9, 7), (24, 16)].map(|(width, height)| animated_gif(width, height)))
        .collect();
    hold("GIF", 4, &files, |bytes, _| bytes);
}

/// A broken font is refused, or draws text in some way.
#[test]
fn fonts() {
    let cut = |name: &str, text: &str| {
        let mut fonts = Fonts::none();
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/fonts").join(name);
        fonts.add_file(&path, &Limits::default()).unwrap();
        fonts.subset([text]).unwrap().bytes
    };
    let small = [
        cut("NotoSans-Regular.ttf", "Ag 12"),
        cut("NotoSansSC-Regular.otf", "小明"),
        cut("NotoSansArabic-Bold.ttf", "سلا"),
        cut("NotoSansDevanagari-Regular.ttf", "क्ष"),
    ];
    let style = Style::default();
    let number = if count() > super::IN_CI { count() / 5 } else { count() / 50 };
    run("font", 5, number, |random| {
        let mut fonts = Fonts::none();
        if fonts.add_bytes("broken", broken(random, &small)).is_err() {
            return false;
        }
        let mut engine = TextEngine::new(fonts);
        let layout = engine.layout(&Paragraph::from_style("Ag 12 小明 سلا क्ष".into(), &style), Some(40.0));
        assert!(layout.width.is_finite() && layout.height.is_finite());
        for run in layout.lines.iter().flat_map(|line| &line.runs) {
            for glyph in run.glyphs.iter().take(4) {
                let key = GlyphKey {
                    face: run.face,
                    glyph: glyph.id,
                    size: 24.0,
                    quarter: 0,
                    embolden: run.embolden,
                    slant: run.slant,
                    stroke: 0.0,
                };
                let _ = (engine.image(&key), engine.outline(&key));
            }
        }
        true
    });
}
