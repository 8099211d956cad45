//! Names in every script: letters that stand in for avatars stay inside of their circles, and deep ones clear of the next line.

use friendboard::geometry::Rect;
use friendboard::scene::Content;
use friendboard::text::{Fonts, TextEngine, TextSystem};
use friendboard::{Board, Limits, Renderer, Request};

/// What people's names begin with, and the tallest, deepest and widest that scripts have.
const LETTERS: &str = "A W Q g j Ế Ậ Ằ Ǻ Å Щ Ё Ω 国 鬱 あ ジ 한 뷁 م ج ﷺ ﷽ ש \
    न र्क्षि ह्रीं হ্যাঁ বাং ੴ ક્ષી ଓଁ த ஸ்ரீ శ్రీ ಶ್ರೀ ശ്രീ ශ්‍රී ปู่ ฐู ผู้ นี้ ລູ້ မြို့ ကျွံ ខ្មែ ស្រ្តី ꦏ꧀ꦫꦶ \
    བོ རྒྱུ སྐྲྀ ሜ ᎠᎢ ދި 🐼 👩‍👩‍👧‍👦";
const SIZES: [u16; 5] = [28, 40, 64, 80, 150];
/// How far from the middle ink may reach, as a part of the radius: what is asked for, and a pixel's rounding.
const REACH: f32 = 0.76;
const ROUNDING: f32 = 1.5;

#[test]
fn a_letter_of_any_script_stays_inside_of_its_circle_and_in_its_middle() {
    let friends: Vec<serde_json::Value> = (LETTERS.split_whitespace().enumerate())
        .map(|(index, letter)| serde_json::json!({"openid": format!("o{index}"), "nickname": letter, "avatarUrl": ""}))
        .collect();
    let data = serde_json::to_string(&friends).unwrap();
    let mut renderer = Renderer::new(Fonts::bundled(), Limits::default());
    let mut held = 0;
    let mut broken = Vec::new();
    for side in SIZES {
        // Without round corners, which would hide what leaves the circle.
        let xml = r#"<view class="root"><image for="friend in friends" class="face" src="" alt="{{ friend.nickname }}" seed="a"/></view>"#;
        let style = format!(
            r#"{{"root": {{"width": 1500, "height": 1500, "flexDirection": "row", "flexWrap": "wrap", "alignContent": "flex-start"}},
                "face": {{"width": {side}, "height": {side}}}}}"#
        );
        let board = Board::compile(("t.xml", xml), &[("s.json", &style)], &Limits::default()).unwrap();
        let request = Request::friends(data.as_str()).size(1_500, 1_500);
        let frame = renderer.begin(&board, &request).unwrap().finish().unwrap();
        let picture = image::load_from_memory(&frame.encode(friendboard::Format::PNG).unwrap()).unwrap().into_rgba8();
        let faces = frame.prepared.scene.nodes.iter().zip(&frame.prepared.layout.boxes);
        for (node, place) in faces.filter(|(node, _)| matches!(node.content, Content::Image { .. })) {
            let Content::Image { fallback: Some(fallback), .. } = &node.content else { continue };
            let Some(ink) = ink(&picture, &place.absolute) else {
                broken.push(format!("{} at {side} px has no ink", fallback.letter));
                continue;
            };
            held += 1;
            if ink.reach > f32::from(side) / 2.0 * REACH + ROUNDING {
                broken.push(format!("{} at {side} px reaches {} px from the middle", fallback.letter, ink.reach));
            }
            if ink.off.0.abs() > ROUNDING || ink.off.1.abs() > ROUNDING {
                broken.push(format!("{} at {side} px stands {:?} px out of the middle", fallback.letter, ink.off));
            }
        }
    }
    println!("held {held} letters");
    assert!(broken.is_empty(), "{} of {held}:\n{}", broken.len(), broken.join("\n"));
    assert_eq!(held, SIZES.len() * LETTERS.split_whitespace().count());
}

/// Where a picture differs from its ground.
struct Ink {
    /// How far from the middle, px.
    reach: f32,
    /// How far the middle of its box is from that of the area.
    off: (f32, f32),
}

fn ink(picture: &image::RgbaImage, area: &Rect) -> Option<Ink> {
    let (left, top) = (area.x as u32, area.y as u32);
    let ground = picture.get_pixel(left, top);
    let mut around: Option<Rect> = None;
    let mut reach = 0.0_f32;
    let middle = area.center();
    for y in top..top + area.height as u32 {
        for x in left..left + area.width as u32 {
            let differs = |index: usize| picture.get_pixel(x, y).0[index].abs_diff(ground.0[index]) > 48;
            if (0..3).any(differs) {
                let pixel = Rect::new(x as f32, y as f32, 1.0, 1.0);
                reach = reach.max((pixel.center().x - middle.x).hypot(pixel.center().y - middle.y));
                around = Some(around.map_or(pixel, |around| around.union(&pixel)));
            }
        }
    }
    let own = around?.center();
    Some(Ink { reach, off: (own.x - middle.x, own.y - middle.y) })
}

#[test]
fn a_name_of_deep_letters_stands_clear_of_the_line_below_it() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/golden/boards/friend-list-scripts");
    let data = std::fs::read_to_string(format!("{folder}/friends.json")).unwrap();
    let mut renderer = Renderer::new(Fonts::bundled(), Limits::default());
    let mut engine = TextEngine::new(Fonts::bundled());
    let board = Board::built_in("friend-list").unwrap();
    let (mut held, mut deepest) = (0, 0.0_f32);
    for size in [(1_500, 560), (360, 2_400), (200, 200)] {
        let request = Request::friends(data.as_str()).size(size.0, size.1);
        let (prepared, _) = renderer.begin(&board, &request).unwrap().lay_out().unwrap();
        let places = prepared.scene.nodes.iter().zip(&prepared.layout.boxes);
        let mut lines = places.filter(|(node, place)| place.shown && ["friendName", "friendScore"].contains(&&*node.class));
        while let (Some((_, name)), Some((_, score))) = (lines.next(), lines.next()) {
            let (Some(letters), Some(figures)) = (&name.text, &score.text) else { continue };
            let (Some(line), Some(figure)) = (letters.lines.first(), figures.lines.first()) else { continue };
            let Some(ink) = engine.ink(letters) else { continue };
            let bottom = name.content().y + line.baseline + ink.bottom();
            let digits = engine.ink(figures).unwrap();
            let top = score.content().y + score.text_offset + figure.baseline + digits.y;
            deepest = deepest.max(ink.bottom());
            held += 1;
            let text: String = line.runs.iter().map(|run| &*run.text).collect();
            assert!(bottom <= top + 0.5, "{text} reaches {} px into the line below, at {size:?}", bottom - top);
        }
    }
    assert!(held > 40 && deepest > 12.0, "{held} names, the deepest {deepest} px");
}
