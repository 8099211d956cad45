//! The best that fits, and the same answer as without the short way.

use super::*;
use crate::picture::decode;

/// A picture of noise over a slope, which no format makes small.
fn noisy(width: u32, height: u32, alpha: bool) -> Picture {
    let mut random = crate::random::random(4);
    let pixels: Vec<u8> = (0..width * height)
        .flat_map(|_| {
            let [red, green, blue, rest] = random().to_le_bytes();
            let opacity = if alpha { rest } else { 255 };
            [red.min(opacity), green.min(opacity), blue.min(opacity), opacity]
        })
        .collect();
    Picture::from_premultiplied(width, height, pixels).unwrap()
}

#[test]
fn fits_a_number_of_bytes() {
    let picture = noisy(200, 160, false);
    let mut last = None;
    for max_bytes in [2_000, 8_000, 16_000, 32 * 1024, 200_000] {
        let fitted = encode_under(&picture, max_bytes).unwrap();
        assert!(fitted.bytes.len() <= max_bytes);
        let read = decode(&fitted.bytes, &crate::Limits::default()).unwrap();
        assert_eq!((read.width(), read.height()), (fitted.width, fitted.height));
        if (fitted.width, fitted.height) == (200, 160) && fitted.quality < MAX_QUALITY {
            let next = encode(Premultiplied::of(&picture), Format::Jpeg { quality: fitted.quality + 1 }).unwrap();
            assert!(next.len() > max_bytes, "quality {} would have done too", fitted.quality + 1);
        }
        let size = (fitted.width, fitted.quality);
        assert!(last.is_none_or(|last: (u32, u8)| last.0 <= size.0), "{last:?} {size:?}");
        last = Some(size);
    }
    assert_eq!(last, Some((200, MAX_QUALITY)));
    let error = encode_under(&picture, 10).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Limit, "{error}");
}

/// The first rows are made as the whole picture has them.
#[test]
fn the_top_is_the_wholes() {
    let picture = noisy(97, 211, true);
    for (width, height) in [(97, 211), (84, 184), (30, 70), (150, 300)] {
        let whole = picture.scaled_crop(picture.bounds(), width, height);
        for rows in [1, 16, height - 1, height, height + 5] {
            let top = picture.scaled_top(width, height, rows);
            let shown = rows.min(height);
            assert_eq!((top.width(), top.height()), (width, shown));
            assert_eq!(top.pixels(), &whole.pixels()[..width as usize * shown as usize * 4]);
        }
    }
}

/// What is said to be too heavy is: whatever is in the picture, in every format.
#[test]
fn what_is_surely_heavier_is_heavier() {
    let (width, height) = (64, 700);
    let flat = Picture::from_premultiplied(width, height, vec![255; width as usize * height as usize * 4]).unwrap();
    let top_heavy = {
        let mut pixels = noisy(width, height, false).pixels().to_vec();
        pixels[width as usize * 4 * 100..].fill(255);
        Picture::from_premultiplied(width, height, pixels).unwrap()
    };
    let mut found = 0;
    for picture in [noisy(width, height, false), noisy(width, height, true), top_heavy, flat] {
        for format in
            [Format::Jpeg { quality: 45 }, Format::Jpeg { quality: 95 }, Format::PNG, Format::Png { best: true }, Format::WebP]
        {
            let weight = encode(Premultiplied::of(&picture), format).unwrap().len();
            for most in [0, 500, 5_000, weight - 20, weight - 1] {
                found += usize::from(is_surely_heavier(&picture, (width, height), format, most).unwrap());
            }
            assert!(!is_surely_heavier(&picture, (width, height), format, weight).unwrap(), "{format}: {weight} bytes");
        }
    }
    assert!(found > 20, "{found} were found");
}
