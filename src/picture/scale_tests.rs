use super::*;
use crate::random::random;

fn picture(width: u32, height: u32, pixel: impl Fn(u32, u32) -> [u8; 4]) -> Picture {
    let pixels: Vec<u8> = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).flat_map(|(x, y)| pixel(x, y)).collect();
    Picture::from_premultiplied(width, height, pixels).unwrap()
}

fn whole(picture: &Picture) -> Rect {
    Rect::new(0.0, 0.0, picture.width() as f32, picture.height() as f32)
}

#[test]
fn one_colour_stays_itself() {
    for color in [[10, 20, 30, 255], [255; 4], [0; 4], [7, 0, 99, 100]] {
        let source = picture(131, 77, |_, _| color);
        for (width, height) in [(60, 60), (1, 1), (131, 77), (300, 200), (7, 190)] {
            let scaled = source.scaled_crop(whole(&source), width, height);
            assert_eq!((scaled.width(), scaled.height()), (width, height));
            assert!(scaled.pixels().chunks(4).all(|pixel| pixel == color), "{color:?} to {width}×{height}");
        }
    }
}

#[test]
fn same_size_is_the_same_picture() {
    let source = picture(9, 5, |x, y| [x as u8, y as u8, 0, 255]);
    assert_eq!(source.scaled_crop(whole(&source), 9, 5), source);
    let part = source.scaled_crop(Rect::new(2.0, 1.0, 3.0, 2.0), 3, 2);
    let expected: Vec<u8> =
        [(2, 1), (3, 1), (4, 1), (2, 2), (3, 2), (4, 2)].iter().flat_map(|(x, y)| [*x, *y, 0, 255]).collect();
    assert_eq!(part.pixels(), expected);
}

/// Lines finer than the result can show become an even grey; a filter that aliases leaves stripes.
#[test]
fn shrinking_does_not_alias() {
    for period in [2, 3] {
        let source = picture(132, 132, |x, _| if x % period == 0 { [240, 240, 240, 255] } else { [0, 0, 0, 255] });
        let scaled = source.scaled_crop(whole(&source), 60, 60);
        let middle: Vec<u8> = scaled.pixels().chunks(4).skip(60 * 30).take(60).skip(4).take(52).map(|pixel| pixel[0]).collect();
        let (low, high) = (*middle.iter().min().unwrap(), *middle.iter().max().unwrap());
        assert!(high - low <= 24, "period {period}: {low} to {high}");
        let mean = middle.iter().map(|value| u32::from(*value)).sum::<u32>() / 52;
        assert!(mean.abs_diff(240 / period) <= 3, "period {period}: mean {mean}");
    }
}

/// An edge stays an edge: two pixels wide at most, where a blurring filter would take four.
#[test]
fn shrinking_stays_sharp() {
    let source = picture(132, 132, |x, _| if x < 66 { [0, 0, 0, 255] } else { [200, 200, 200, 255] });
    let scaled = source.scaled_crop(whole(&source), 60, 60);
    let row: Vec<u8> = scaled.pixels().chunks(4).take(60).map(|pixel| pixel[0]).collect();
    let between = row.iter().filter(|value| (20..180).contains(*value)).count();
    assert!(between <= 2, "{row:?}");
    assert_eq!((row[20], row[40]), (0, 200));
}

#[test]
fn nothing_outside_of_the_part_takes_part() {
    let source =
        picture(
            40,
            40,
            |x, y| if (10..30).contains(&x) && (10..30).contains(&y) { [0, 200, 0, 255] } else { [255, 0, 0, 255] },
        );
    for side in [5, 9, 20, 50] {
        let scaled = source.scaled_crop(Rect::new(10.0, 10.0, 20.0, 20.0), side, side);
        assert!(scaled.pixels().chunks(4).all(|pixel| pixel == [0, 200, 0, 255]), "to {side}");
    }
}

#[test]
fn a_part_beyond_the_picture_repeats_its_edge() {
    let source = picture(4, 4, |x, _| if x == 0 { [9, 9, 9, 255] } else { [90, 90, 90, 255] });
    let left = source.scaled_crop(Rect::new(-100.0, 0.0, 50.0, 4.0), 3, 3);
    assert!(left.pixels().chunks(4).all(|pixel| pixel == [9, 9, 9, 255]));
    let right = source.scaled_crop(Rect::new(1e9, -1e9, 5.0, 5.0), 3, 3);
    assert!(right.pixels().chunks(4).all(|pixel| pixel == [90, 90, 90, 255]));
}

#[test]
fn what_has_no_extent_is_transparent() {
    let source = picture(4, 4, |_, _| [9, 9, 9, 255]);
    for rect in [Rect::new(0.0, 0.0, 0.0, 4.0), Rect::new(f32::NAN, 0.0, 4.0, 4.0), Rect::new(0.0, 0.0, f32::INFINITY, 4.0)] {
        let scaled = source.scaled_crop(rect, 2, 2);
        assert_eq!(scaled.pixels(), [0; 16], "{rect:?}");
    }
    assert_eq!(source.scaled_crop(whole(&source), 0, 5).pixels().len(), 0);
    let large = source.scaled_crop(whole(&source), 2, u32::MAX);
    assert_eq!(large.height(), MAX_SIDE);
}

#[test]
fn stays_premultiplied_for_random_parts() {
    let mut random = random(9);
    for _ in 0..300 {
        let (width, height) = (random() % 20 + 1, random() % 20 + 1);
        let pixels: Vec<u8> = (0..width * height)
            .flat_map(|_| {
                let alpha = random() as u8;
                [0; 3]
                    .map(|_: u8| random() as u8 % alpha.max(1).saturating_add(1).max(1))
                    .map(|c| c.min(alpha))
                    .into_iter()
                    .chain([alpha])
            })
            .collect();
        let source = Picture::from_premultiplied(width, height, pixels).unwrap();
        let mut near = || (random() % 400) as f32 / 10.0 - 10.0;
        let rect = Rect::new(near(), near(), near(), near());
        let scaled = source.scaled_crop(rect, random() % 40, random() % 40);
        assert!(scaled.pixels().chunks(4).all(|pixel| pixel[..3].iter().all(|channel| *channel <= pixel[3])));
    }
}

/// What is made of a crop is a part of it, byte for byte: wide ones in strips, and pieces.
#[test]
fn a_piece_is_a_part_of_the_whole() {
    let mut random = random(31);
    let noise: Vec<u8> = (0..97 * 90 * 4).map(|index| if index % 4 == 3 { 255 } else { random() as u8 }).collect();
    let source = Picture::from_premultiplied(97, 90, noise).unwrap();
    // 4,096 columns of which each takes all rows of the source are made in several strips.
    for (width, height) in [(40, 60), (130, 100), (4_096, 1), (97, 90), (5, 300)] {
        for part in [whole(&source), Rect::new(3.5, 20.25, 60.0, 60.5)] {
            let all = source.scaled_crop(part, width, height);
            for (columns, rows) in [((0, width), (0, height)), ((width / 3, width - 1), (height / 4, height)), ((2, 3), (0, 1))]
            {
                let piece = source.scaled_piece(part, (width, height), columns, rows);
                let expected: Vec<u8> = (rows.0..rows.1)
                    .flat_map(|y| {
                        let start = (y * width + columns.0) as usize * 4;
                        all.pixels()[start..start + (columns.1 - columns.0) as usize * 4].to_vec()
                    })
                    .collect();
                assert!(piece.pixels() == expected, "{width}×{height}, {columns:?}, {rows:?}");
            }
        }
    }
}

/// Only so many source rows are held as one row of the result is made of.
#[test]
fn few_rows_are_held_at_once() {
    let rows = |extent: f32, count: u32| held_rows(&taps(0.0, extent, count, &(0..count), extent as u32));
    assert!(rows(300.0, 4_096) <= 5 && rows(4_096.0, 1_024) <= 20, "{} {}", rows(300.0, 4_096), rows(4_096.0, 1_024));
}
