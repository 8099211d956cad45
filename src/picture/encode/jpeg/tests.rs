//! What is written is read again, near to what it was.

use super::*;
use crate::picture::encode::{Premultiplied, Straight};

fn written(width: u32, height: u32, rgba: &[u8], quality: u8) -> Vec<u8> {
    write(&Straight::new(width, height, rgba).unwrap().into(), quality).unwrap()
}

/// The segments up to the codes of the scan: each marker with what follows its length.
fn segments(file: &[u8]) -> Vec<(u8, &[u8])> {
    assert_eq!(file[..2], [0xFF, 0xD8], "a beginning");
    assert_eq!(file[file.len() - 2..], [0xFF, 0xD9], "an end");
    let (mut found, mut at) = (Vec::new(), 2);
    while found.last().is_none_or(|(marker, _)| *marker != 0xDA) {
        assert_eq!(file[at], 0xFF, "a marker at {at}");
        let length = usize::from(u16::from_be_bytes([file[at + 2], file[at + 3]]));
        found.push((file[at + 1], &file[at + 4..at + 2 + length]));
        at += 2 + length;
    }
    let scan = &file[at..file.len() - 2];
    assert!(
        scan.windows(2).all(|two| two[0] != 0xFF || two[1] == 0) && scan.last() != Some(&0xFF),
        "a marker within the codes"
    );
    found
}

/// FNV-1a of a file.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3))
}

/// A slope in each channel.
fn slope(width: u32, height: u32) -> Vec<u8> {
    let at = |x: u32, y: u32| {
        [(x * 255 / width.max(2)) as u8, (y * 255 / height.max(2)) as u8, ((x + y) * 127 / (width + height)) as u8, 255]
    };
    (0..width * height).flat_map(|index| at(index % width, index / width)).collect()
}

/// Bars of two colours with sharp edges, as those of letters.
fn bars(width: u32, height: u32) -> Vec<u8> {
    let is_ink = |x: u32, y: u32| (x * x / 9 + y / 5).is_multiple_of(3);
    (0..width * height)
        .flat_map(|i| if is_ink(i % width, i / width) { [220, 20, 30, 255] } else { [255, 255, 255, 255] })
        .collect()
}

fn noise(width: u32, height: u32) -> Vec<u8> {
    let mut random = crate::random::random(11);
    (0..width * height).flat_map(|_| (random() | 0xFF00_0000).to_le_bytes()).collect()
}

#[test]
fn segments_stand_in_order() {
    let file = written(20, 11, &bars(20, 11), 85);
    let segments = segments(&file);
    let markers: Vec<u8> = segments.iter().map(|(marker, _)| *marker).collect();
    assert_eq!(markers, [0xE0, 0xDB, 0xDB, 0xC0, 0xC4, 0xC4, 0xC4, 0xC4, 0xDA]);
    assert!(segments[0].1.starts_with(b"JFIF\0"));
    assert_eq!(segments[3].1[..6], [8, 0, 11, 0, 20, 3]);
    for (_, table) in &segments[4..8] {
        // A code of ones alone is left out, so that the codes are not full.
        let room: u32 = (1..=16_u32).map(|length| u32::from(table[length as usize]) << (16 - length)).sum();
        assert!(room < 1 << 16 && room > 0, "{table:?}");
        assert_eq!(table.len(), 17 + table[1..17].iter().map(|count| usize::from(*count)).sum::<usize>());
    }
}

#[test]
fn qualities_are_those_people_know() {
    // What `cjpeg -quality` writes for brightness, in a file's order.
    assert_eq!(steps(50)[0][..8], [16, 11, 12, 14, 12, 10, 16, 14]);
    assert_eq!(steps(85)[0][..8], [5, 3, 4, 4, 4, 3, 5, 4]);
    assert_eq!(steps(85)[1][..8], [5, 5, 5, 7, 6, 7, 14, 8]);
    assert_eq!((steps(100), steps(0)), ([[1; 64]; 2], steps(1)));
    assert_eq!(steps(1)[1][63], 255);
}

#[test]
fn divisions_are_exact() {
    for step in 1..=255_u8 {
        let quantizer = Quantizer::new(&[step; 64]);
        let mut samples = [[0; 8]; 8];
        for frequency in (-8_192..=8_192_i16).step_by(if step < 20 { 1 } else { 3 }) {
            samples[5][3] = frequency;
            let divisor = i32::from(step) * 8;
            let size = (i32::from(frequency).abs() + divisor / 2) / divisor;
            let expected = size * i32::from(frequency.signum());
            assert_eq!(i32::from(quantizer.quantized(&samples)[5 * 8 + 3]), expected, "{frequency} by {divisor}");
        }
    }
}

#[test]
fn frequencies_are_those_of_the_formula() {
    let mut random = crate::random::random(3);
    for round in 0..40 {
        // Extremes too, whose sums are the largest.
        let mut next = || {
            if round % 2 == 0 {
                (random() as u8) as i16 - 128
            } else if random().is_multiple_of(2) {
                -128
            } else {
                127
            }
        };
        let samples: blocks::Samples = std::array::from_fn(|_| std::array::from_fn(|_| next()));
        let found = blocks::transformed(&samples);
        for (horizontal, column) in found.iter().enumerate() {
            for (vertical, found) in column.iter().enumerate() {
                let part = |k: usize| if k == 0 { std::f64::consts::FRAC_1_SQRT_2 } else { 1.0 };
                let wave = |k: usize, n: usize| libm::cos((2 * n + 1) as f64 * k as f64 * std::f64::consts::PI / 16.0);
                let sum: f64 =
                    (0..64).map(|i| f64::from(samples[i / 8][i % 8]) * wave(horizontal, i % 8) * wave(vertical, i / 8)).sum();
                let expected = sum * part(horizontal) * part(vertical) / 4.0 * 8.0;
                let error = (f64::from(*found) - expected).abs();
                assert!(error < 1.6, "{horizontal}, {vertical}: {expected} found as {found}");
            }
        }
    }
    for level in [-128, -1, 0, 77, 127] {
        let mut expected = [[0; 8]; 8];
        expected[0][0] = level * 64;
        assert_eq!(blocks::transformed(&[[level; 8]; 8]), expected);
    }
}

#[test]
fn bytes_stay_as_they_are() {
    let hashes = [(17, 33, 85), (7, 9, 50), (16, 16, 100)].map(|(width, height, quality)| {
        let mut rgba = slope(width, height);
        rgba.iter_mut().zip(bars(width, height)).for_each(|(slope, bar)| *slope = (*slope).midpoint(bar));
        hash(&written(width, height, &rgba, quality))
    });
    assert_eq!(hashes, [0x210E_D03E_2BDC_F906, 0xE594_20F5_0137_2FB5, 0xEABE_62EA_44A1_93F2], "{hashes:#X?}");
}

#[test]
fn sides_are_as_long_as_the_format_allows() {
    let line = vec![255; 65_536 * 4];
    assert_eq!(segments(&written(65_535, 1, &line[4..], 50))[3].1[1..5], [0, 1, 0xFF, 0xFF]);
    let error = write(&Straight::new(1, 65_536, &line).unwrap().into(), 50).unwrap_err();
    assert!(error.contains("65535"), "{error}");
}

#[test]
fn both_kinds_of_pixels_are_laid_on_white() {
    let straight: Vec<u8> = noise(19, 10).as_chunks::<4>().0.iter().flat_map(|[r, g, b, _]| [*r, *g, *b, r ^ g]).collect();
    let mut over = Vec::new();
    let mut premultiplied = Vec::new();
    for [channels @ .., alpha] in straight.as_chunks::<4>().0 {
        let channels: [u8; 3] = channels.map(|channel| crate::picture::premultiply(channel, *alpha));
        premultiplied.extend(channels.iter().chain([alpha]));
        over.extend(channels.map(|channel| channel + (255 - alpha)).iter().chain(&[255]));
    }
    let expected = written(19, 10, &over, 90);
    assert_eq!(written(19, 10, &straight, 90), expected);
    assert_eq!(write(&Premultiplied::new(19, 10, &premultiplied).unwrap().into(), 90).unwrap(), expected);
}

#[cfg(feature = "decode-jpeg")]
mod read {
    use super::*;
    use crate::picture::decode;

    /// How near what is read is to what was written, dB.
    fn nearness(rgba: &[u8], file: &[u8]) -> f64 {
        let read = decode(file, &crate::Limits::default()).unwrap();
        assert_eq!(read.pixels().len(), rgba.len());
        let squares = rgba.iter().zip(read.pixels()).map(|(a, b)| u64::from(a.abs_diff(*b)).pow(2)).sum::<u64>();
        // Alpha is as it was: three of four bytes count.
        10.0 * libm::log10(255.0 * 255.0 * rgba.len() as f64 * 0.75 / (squares as f64).max(0.01))
    }

    #[test]
    fn what_is_written_is_read_as_it_was() {
        for (width, height) in [(1, 1), (7, 9), (8, 8), (17, 33), (64, 3), (100, 75)] {
            for (name, rgba, least) in [
                ("a slope", slope(width, height), [16.0, 32.0, 36.0, 50.0]),
                ("bars", bars(width, height), [13.0, 20.5, 28.0, 50.0]),
                ("noise", noise(width, height), [10.0, 15.0, 26.0, 50.0]),
            ] {
                let mut last = 0;
                for (quality, least) in [1, 50, 85, 100].into_iter().zip(least) {
                    let file = written(width, height, &rgba, quality);
                    let found = nearness(&rgba, &file);
                    assert!(found >= least, "{name} of {width}×{height} px at {quality}: {found} dB");
                    assert!(
                        file.len() >= last,
                        "{name} of {width}×{height} px at {quality}: {} bytes after {last}",
                        file.len()
                    );
                    last = file.len();
                }
            }
        }
    }

    #[test]
    fn what_is_too_much_to_keep_is_written_with_the_codes_of_its_beginning() {
        // White above, so that the beginning has little of what comes later.
        let (width, height) = (64, 96);
        let mut rgba = noise(width, height);
        rgba[..64 * 24 * 4].fill(255);
        let pixels = Straight::new(width, height, &rgba).unwrap().into();
        let whole = write(&pixels, 100).unwrap();
        let read = |file: &[u8]| decode(file, &crate::Limits::default()).unwrap().pixels().to_vec();
        for most in [1, 48, 2_000] {
            let file = write_within(&pixels, 100, most).unwrap();
            segments(&file);
            assert!(read(&file) == read(&whole), "with {most} tokens kept");
            assert!(file.len() > whole.len());
        }
    }
}
