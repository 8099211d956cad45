use super::*;
use crate::limits::Limits;
use crate::picture::{Picture, decode};
use crate::random::random;

fn noise(width: u32, height: u32, seed: u32) -> Vec<u8> {
    let mut random = random(seed);
    (0..width * height).flat_map(|_| [random() as u8, random() as u8, random() as u8, 255]).collect()
}

fn decoded(bytes: &[u8]) -> Picture {
    decode(bytes, &Limits::default()).unwrap()
}

#[test]
fn lossless_formats_give_back_what_they_got() {
    let opaque = noise(13, 7, 1);
    let clear: Vec<u8> = opaque.as_chunks::<4>().0.iter().flat_map(|[r, g, b, _]| [*r, *g, *b, r / 2 + 100]).collect();
    for pixels in [&opaque, &clear] {
        let expected: Vec<u8> = pixels
            .as_chunks::<4>()
            .0
            .iter()
            .flat_map(|[r, g, b, a]| [r, g, b].map(|c| crate::picture::premultiply(*c, *a)).into_iter().chain([*a]))
            .collect();
        let straight = Straight::new(13, 7, pixels).unwrap();
        let premultiplied = Premultiplied::new(13, 7, &expected).unwrap();
        for format in [Format::PNG, Format::Png { best: true }, Format::WebP] {
            assert_eq!(decoded(&encode(straight, format).unwrap()).pixels(), expected, "{format:?}");
            assert_eq!(decoded(&encode(premultiplied, format).unwrap()).pixels(), expected, "{format:?}");
        }
        assert_eq!(encode(straight, Format::Rgba).unwrap(), *pixels);
    }
}

#[test]
fn palettes_of_every_depth_give_back_what_they_got() {
    for colors in [1, 2, 3, 4, 5, 16, 17, 256, 257] {
        for width in [1, 3, 8, 33] {
            let height = colors / width + 2;
            let pixels: Vec<u8> = (0..width * height)
                .flat_map(|index| {
                    let color = index % colors;
                    let alpha = if color % 3 == 1 { 128 } else { 255 };
                    [(color % 256) as u8, (color / 256) as u8 * 9, 200, alpha].map(|c| if alpha == 128 { c & 0xFE } else { c })
                })
                .collect();
            let straight = Straight::new(width, height, &pixels).unwrap();
            let best = encode(straight, Format::Png { best: true }).unwrap();
            let fast = encode(straight, Format::PNG).unwrap();
            assert_eq!(decoded(&best).pixels(), decoded(&fast).pixels(), "{colors} colours, {width} wide");
        }
    }
}

#[test]
fn best_is_small() {
    let flat: Vec<u8> =
        (0..200 * 200).flat_map(|index| if index % 200 < 90 { [20, 30, 40, 255] } else { [240, 240, 250, 255] }).collect();
    let straight = Straight::new(200, 200, &flat).unwrap();
    let best = encode(straight, Format::Png { best: true }).unwrap();
    assert!(best.len() < 300 && best.len() <= encode(straight, Format::PNG).unwrap().len(), "{}", best.len());
}

#[test]
fn jpeg_lays_transparency_on_white() {
    let half = [128, 0, 0, 128].repeat(64);
    let bytes = encode(Premultiplied::new(8, 8, &half).unwrap(), Format::JPEG).unwrap();
    let [red, green, blue, alpha] = decoded(&bytes).pixels()[..4].try_into().unwrap();
    assert!(red > 248 && green.abs_diff(127) < 6 && blue.abs_diff(127) < 6 && alpha == 255, "{red} {green} {blue}");
    let straight = [255, 0, 0, 128].repeat(64);
    assert_eq!(encode(Straight::new(8, 8, &straight).unwrap(), Format::JPEG).unwrap(), bytes);
}

#[test]
fn refuses_what_is_no_picture() {
    assert!(Premultiplied::new(2, 2, &[0; 15]).is_none() && Straight::new(u32::MAX, u32::MAX, &[]).is_none());
    for format in [Format::PNG, Format::JPEG, Format::WebP, Format::Rgba] {
        let error = encode(Straight::new(0, 5, &[]).unwrap(), format).unwrap_err();
        assert!(error.to_string().contains("found 0×5 px"), "{error}");
    }
    let wide = vec![255; 70_000 * 4];
    for format in [Format::JPEG, Format::WebP] {
        let error = encode(Straight::new(70_000, 1, &wide).unwrap(), format).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Picture, "{error}");
    }
}

#[test]
fn knows_endings() {
    for (path, format) in
        [("a.png", Format::PNG), ("b.b/a.JPEG", Format::JPEG), ("x.webp", Format::WebP), ("y.rgba", Format::Rgba)]
    {
        assert_eq!(Format::from_path(path).unwrap(), format);
    }
    assert_eq!(".jpg".parse::<Format>().unwrap().media_type(), "image/jpeg");
    let error = Format::from_path("board").unwrap_err().to_string();
    assert!(error.contains(".png, .jpg, .jpeg, .webp, .rgba; found no ending"), "{error}");
    assert!(Format::from_path("board.pgn").unwrap_err().to_string().contains("did you mean `.png`?"));
}
