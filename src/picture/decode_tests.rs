use std::io::Cursor;

use image::codecs::gif::GifEncoder;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, Frame, ImageBuffer, ImageEncoder, ImageFormat, Rgba, RgbaImage};

use super::*;
use crate::geometry::Rect;
use crate::picture::{Format, Premultiplied, Straight, encode, premultiply};
use crate::random::random;

/// Left half red, right half blue, of 24×16 px; made by another program.
const FILES: &[(&str, &[u8])] = &[
    ("CMYK JPEG", include_bytes!("../../tests/data/pictures/cmyk.jpg")),
    ("progressive JPEG", include_bytes!("../../tests/data/pictures/progressive.jpg")),
    ("lossy WebP", include_bytes!("../../tests/data/pictures/lossy.webp")),
    ("animated WebP", include_bytes!("../../tests/data/pictures/animated.webp")),
    ("interlaced GIF", include_bytes!("../../tests/data/pictures/interlaced.gif")),
];
const EXIF_6: &[u8] = include_bytes!("../../tests/data/pictures/exif6.webp");

fn decoded(bytes: &[u8]) -> Picture {
    decode(bytes, &Limits::default()).unwrap()
}

fn pixel(picture: &Picture, x: u32, y: u32) -> [u8; 4] {
    let start = (y * picture.width() + x) as usize * 4;
    picture.pixels()[start..start + 4].try_into().unwrap()
}

fn is_near(a: [u8; 4], b: [u8; 4]) -> bool {
    a.iter().zip(b).all(|(a, b)| a.abs_diff(b) <= 24)
}

fn png(width: u32, height: u32, color: ExtendedColorType, rows: &[u8], exif: Option<Vec<u8>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    if let Some(exif) = exif {
        encoder.set_exif_metadata(exif).unwrap();
    }
    encoder.write_image(rows, width, height, color).unwrap();
    bytes
}

/// A TIFF header with one entry: tag 0x0112, a short.
fn exif(orientation: u8) -> Vec<u8> {
    let entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];
    [b"MM\0*\0\0\0\x08\0\x01".as_slice(), &entry, &[0; 4]].concat()
}

#[test]
fn decodes_what_other_programs_write() {
    for (name, bytes) in FILES {
        let picture = decoded(bytes);
        assert_eq!((picture.width(), picture.height()), (24, 16), "{name}");
        for (x, expected) in [(2, [220, 40, 40, 255]), (21, [40, 60, 200, 255])] {
            let found = pixel(&picture, x, 8);
            // The CMYK file holds no ink profile: colours are the plain complement.
            assert!(is_near(found, expected), "{name} at {x}: {found:?}");
        }
    }
}

#[test]
fn applies_each_orientation() {
    // a b
    // c d
    // e f
    let rows: Vec<u8> = (0..6).flat_map(|index| [index * 40, 0, 0]).collect();
    let upright = |order: [u8; 6]| order.map(|letter| (letter - b'a') * 40).to_vec();
    let cases = [
        (1, (2, 3), b"abcdef"),
        (2, (2, 3), b"badcfe"),
        (3, (2, 3), b"fedcba"),
        (4, (2, 3), b"efcdab"),
        (5, (3, 2), b"acebdf"),
        (6, (3, 2), b"ecafdb"),
        (7, (3, 2), b"fdbeca"),
        (8, (3, 2), b"bdface"),
        (9, (2, 3), b"abcdef"),
    ];
    for (orientation, size, order) in cases {
        let picture = decoded(&png(2, 3, ExtendedColorType::Rgb8, &rows, Some(exif(orientation))));
        let reds: Vec<u8> = picture.pixels().chunks(4).map(|pixel| pixel[0]).collect();
        assert_eq!(((picture.width(), picture.height()), reds), (size, upright(*order)), "orientation {orientation}");
    }
    let webp = decoded(EXIF_6);
    assert_eq!((webp.width(), webp.height()), (16, 24));

    let picture = Picture::from_premultiplied(24, 16, [0, 0, 255, 255].repeat(24 * 16)).unwrap();
    let jpeg = encode(Premultiplied::of(&picture), Format::JPEG).unwrap();
    let segment = [b"Exif\0\0".as_slice(), &exif(8)].concat();
    let length = u16::try_from(segment.len() + 2).unwrap().to_be_bytes();
    let turned = [&jpeg[..2], &[0xFF, 0xE1], &length, &segment, &jpeg[2..]].concat();
    let jpeg = decoded(&turned);
    assert_eq!((jpeg.width(), jpeg.height()), (16, 24));
}

#[test]
fn premultiplies_to_the_nearest() {
    for (channel, alpha) in [(255, 128), (200, 100), (1, 127), (1, 128), (255, 0), (17, 255)] {
        let picture = decoded(&png(1, 1, ExtendedColorType::Rgba8, &[channel, 0, 255, alpha], None));
        let expected = (f64::from(channel) * f64::from(alpha) / 255.0).round() as u8;
        assert_eq!(picture.pixels(), [expected, 0, alpha, alpha], "{channel} × {alpha}");
    }
    for alpha in 0..=255 {
        for channel in 0..=255 {
            let there = premultiply(channel, alpha);
            assert!(there <= alpha);
            let back = premultiply(super::super::straighten(there, alpha), alpha);
            assert_eq!(there, back, "{channel} × {alpha}");
        }
    }
}

#[test]
fn decodes_every_kind_of_png() {
    let grey = decoded(&png(2, 1, ExtendedColorType::L8, &[7, 200], None));
    assert_eq!(grey.pixels(), [7, 7, 7, 255, 200, 200, 200, 255]);
    let deep: ImageBuffer<Rgba<u16>, _> = ImageBuffer::from_vec(1, 1, vec![0xFFFF_u16, 0x8080, 257, 0xFFFF]).unwrap();
    let mut bytes = Cursor::new(Vec::new());
    deep.write_to(&mut bytes, ImageFormat::Png).unwrap();
    assert_eq!(decoded(bytes.get_ref()).pixels(), [255, 128, 1, 255]);
    let palette = encode(Straight::new(2, 1, &[9, 8, 7, 255, 255, 0, 0, 51]).unwrap(), Format::Png { best: true }).unwrap();
    assert_eq!(decoded(&palette).pixels(), [9, 8, 7, 255, 51, 0, 0, 51]);
}

#[test]
fn takes_the_first_frame() {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    let frames = [[255, 0, 0, 255], [0, 0, 255, 255]].map(|color| Frame::new(RgbaImage::from_pixel(4, 3, Rgba(color))));
    encoder.encode_frames(frames).unwrap();
    drop(encoder);
    let picture = decoded(&bytes);
    assert_eq!((picture.width(), picture.height(), pixel(&picture, 1, 1)), (4, 3, [255, 0, 0, 255]));
}

#[test]
fn refuses_bombs_before_it_allocates() {
    let mut claims = Vec::new();
    let mut large_png = Vec::new();
    let mut encoder = png::Encoder::new(&mut large_png, 60_000, 60_000);
    encoder.set_color(png::ColorType::Rgba);
    drop(encoder.write_header().unwrap());
    claims.push(("PNG", large_png));

    let picture = Picture::from_premultiplied(8, 8, [0, 0, 255, 255].repeat(64)).unwrap();
    let mut jpeg = encode(Premultiplied::of(&picture), Format::JPEG).unwrap();
    let frame = jpeg.windows(2).position(|marker| marker == [0xFF, 0xC0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xEA, 0x60, 0xEA, 0x60]);
    claims.push(("JPEG", jpeg));

    let mut gif = FILES[4].1.to_vec();
    gif[6..10].copy_from_slice(&[0x60, 0xEA, 0x60, 0xEA]);
    claims.push(("GIF", gif));

    let mut webp = encode(Premultiplied::of(&picture), Format::WebP).unwrap();
    let lossless = webp.windows(4).position(|name| name == b"VP8L").unwrap();
    webp[lossless + 9..lossless + 13].copy_from_slice(&[0xFE, 0xBF, 0xFF, 0x0F]);
    claims.push(("WebP", webp));

    for (name, bytes) in claims {
        let error = decode(&bytes, &Limits::default()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Limit, "{name}: {error}");
        assert!(error.to_string().contains("Limits::image_side"), "{name}: {error}");
    }
    let limits = Limits { image_pixels: 63, ..Limits::default() };
    let bytes = encode(Premultiplied::of(&picture), Format::PNG).unwrap();
    let error = decode(&bytes, &limits).unwrap_err();
    assert!(error.to_string().contains("63 px of a picture: found 8×8 px"), "{error}");
    let limits = Limits { image_bytes: 20, ..Limits::default() };
    assert_eq!(decode(&bytes, &limits).unwrap_err().kind(), ErrorKind::Limit);
}

#[test]
fn says_what_it_found() {
    let cases: &[(&[u8], &str)] = &[
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b" <!DOCTYPE html><title>403</title>", "a web page"),
        (b"{\"errcode\": 1}", "JSON"),
        (b"BM\0\0\0\0", "BMP"),
        (b"\0\0\0\x1cftypavif", "AVIF"),
        (b"hello", "something else"),
        (b"\x89PNG\r\n\x1a\n", "whole PNG"),
        (b"\xFF\xD8\xFF", "whole JPEG"),
        (b"GIF89a", "whole GIF"),
        (b"RIFF\0\0\0\0WEBP", "whole WebP"),
    ];
    for (bytes, part) in cases {
        let error = decode(bytes, &Limits::default()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Picture);
        assert!(error.to_string().contains(part), "{error} lacks {part}");
    }
}

/// Where a library fails at a file, with a small file that shows it: each is an error here. Whoever takes a newer version of
/// the library tries whether the check is still needed.
const FAULTS: &[(&str, &[u8], &str)] = &[
    (
        "image-webp 0.2.4 panics where a frame's VP8 is of another size than its frame, which has an ALPH chunk",
        include_bytes!("../../tests/data/faults/animated-alpha-frame.webp"),
        "found a picture of",
    ),
    (
        "image-webp 0.2.4 decodes all of a picture that is larger than its VP8X chunk says, before it notices",
        include_bytes!("../../tests/data/faults/larger-inside.webp"),
        "found a picture of 24×16 px",
    ),
    (
        "image 0.25.10 allocates what a GIF's frame claims, which may be 65,535 px a side on a canvas of 1 px",
        include_bytes!("../../tests/data/faults/vast-frame.gif"),
        "image_side",
    ),
];

#[test]
fn faults_of_libraries_are_errors() {
    for (fault, file, expected) in FAULTS {
        let error = decode(file, &Limits::default()).expect_err(fault);
        assert!(error.to_string().contains(expected), "{fault}: {error}");
    }
}

/// A GIF of one pixel, on a canvas as it claims.
fn claiming(width: u16, height: u16, left: u16) -> Vec<u8> {
    let mut gif = b"GIF89a".to_vec();
    gif.extend([width.to_le_bytes(), height.to_le_bytes()].concat());
    gif.extend([0x80, 0, 0, 10, 20, 30, 255, 255, 255, 0x2C]);
    gif.extend([left.to_le_bytes(), [2, 0], [1, 0], [1, 0]].concat());
    gif.extend([0, 2, 2, 0x44, 1, 0, 0x3B]);
    gif
}

#[test]
fn what_a_picture_leaves_transparent_costs_nothing() {
    let picture = decoded(&claiming(4_096, 2_048, 5));
    assert_eq!((picture.width(), picture.height(), picture.bytes()), (4_096, 2_048, 4));
    // Drawn as if all of it were there.
    for (left, source, width, height) in [
        (5, Rect::new(0.0, 0.0, 32.0, 16.0), 7, 5),
        (5, Rect::new(0.0, 0.0, 32.0, 16.0), 40, 20),
        (5, Rect::new(4.5, 1.25, 3.0, 3.0), 9, 9),
        (5, Rect::new(10.0, 4.0, 20.0, 8.0), 6, 6),
        (0, Rect::new(-3.0, -1.0, 50.0, 30.0), 12, 12),
        (31, Rect::new(0.0, 0.0, 32.0, 16.0), 32, 16),
    ] {
        let part = decoded(&claiming(32, 16, left));
        let whole = Picture::from_premultiplied(32, 16, part.pixels()).unwrap();
        assert_eq!(pixel(&whole, u32::from(left), 2), [10, 20, 30, 255]);
        let (part, whole) = (part.scaled_crop(source, width, height), whole.scaled_crop(source, width, height));
        assert_eq!(part.pixels(), whole.pixels(), "{source:?} to {width}×{height}");
    }
    // What reaches beyond the canvas is cut off.
    assert_eq!(decoded(&claiming(4, 4, 9)).bytes(), 0);
    assert_eq!(decoded(&claiming(4, 4, 9)).pixels(), [0; 64]);
}

/// Cut anywhere and changed anywhere: an error or a picture of the size that it claims, never a panic.
#[test]
fn survives_truncation_and_mutation() {
    let limits = Limits { image_side: 512, image_pixels: 64 * 1024, ..Limits::default() };
    let colourful: Vec<u8> = (0..24 * 16).flat_map(|index| [(index % 251) as u8, (index / 7) as u8, 90, 200]).collect();
    let straight = Straight::new(24, 16, &colourful).unwrap();
    let mut seeds: Vec<Vec<u8>> = FILES.iter().map(|(_, bytes)| bytes.to_vec()).collect();
    seeds.extend([Format::PNG, Format::WebP, Format::JPEG].map(|format| encode(straight, format).unwrap()));
    seeds.push(EXIF_6.to_vec());
    let check = |bytes: &[u8]| {
        if let Ok(picture) = decode(bytes, &limits) {
            assert_eq!(picture.pixels().len(), (picture.width() * picture.height() * 4) as usize);
            assert!(picture.pixels().chunks(4).all(|pixel| pixel[..3].iter().all(|channel| *channel <= pixel[3])));
        }
    };
    for seed in &seeds {
        for length in (0..seed.len()).step_by(3) {
            check(&seed[..length]);
        }
    }
    let mut random = random(5);
    for round in 0..3_000 {
        let mut bytes = seeds[round % seeds.len()].clone();
        for _ in 0..=random() % 5 {
            let at = random() as usize % bytes.len();
            bytes[at] = match random() % 4 {
                0 => 0,
                1 => 255,
                2 => bytes[at] ^ (1 << (random() % 8)),
                _ => random() as u8,
            };
        }
        check(&bytes);
    }
}

#[test]
fn what_a_file_has_to_be_read_counts_beside_its_pixels() {
    // A lossy file of noise is as dear by its codes as by its pixels; what is only unpacked is not.
    let file = |name: &str| std::fs::read(format!("{}/tests/data/pictures/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    for (name, least) in [("lossy.webp", 64), ("progressive.jpg", 32), ("interlaced.gif", 1)] {
        let bytes = file(name);
        assert_eq!(decoding_steps(&bytes, 0), bytes.len() as u64 * least, "{name}");
        assert!(decoding_steps(&bytes, 1_000) >= bytes.len() as u64 * least + 2_000, "{name}");
    }
}
