//! Many boards on one picture.

use friendboard::{Board, Renderer};
use image::{RgbaImage, imageops};

use crate::cases::Case;

/// Width of a sheet, px.
const WIDTH: u32 = 1_900;
/// Longer sides are drawn smaller, px.
const SIDE: u32 = 480;
/// Between pictures, px.
const GAP: u32 = 12;

/// Draws cases one after the other, as a text is set.
pub fn draw(renderer: &mut Renderer, cases: &[Case]) -> RgbaImage {
    let pictures: Vec<RgbaImage> = cases.iter().map(|case| picture(renderer, case)).collect();
    let (mut x, mut y, mut line) = (GAP, GAP, 0);
    let mut places = Vec::new();
    for picture in &pictures {
        if x + picture.width() + GAP > WIDTH && x > GAP {
            (x, y, line) = (GAP, y + line + GAP, 0);
        }
        places.push((x, y));
        x += picture.width() + GAP;
        line = line.max(picture.height());
    }
    let mut sheet = RgbaImage::from_pixel(WIDTH, y + line + GAP, image::Rgba([118, 128, 120, 255]));
    for (picture, (x, y)) in pictures.iter().zip(places) {
        imageops::overlay(&mut sheet, picture, i64::from(x), i64::from(y));
    }
    sheet
}

fn picture(renderer: &mut Renderer, case: &Case) -> RgbaImage {
    let board = Board::built_in(case.board).unwrap();
    let frame = renderer.begin(&board, &case.request()).unwrap().finish().unwrap();
    let bytes = frame.encode(friendboard::Format::PNG).unwrap();
    let picture = image::load_from_memory(&bytes).unwrap().into_rgba8();
    let longest = picture.width().max(picture.height());
    if longest <= SIDE {
        return picture;
    }
    let side = |side: u32| (side * SIDE / longest).max(1);
    imageops::resize(&picture, side(picture.width()), side(picture.height()), imageops::FilterType::Triangle)
}
