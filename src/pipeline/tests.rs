//! Requests, jobs and frames as a caller meets them.

use std::sync::Arc;

use super::*;
use crate::budget::Budget;
use crate::display::View;
use crate::error::ErrorKind;
use crate::friends::{Order, Ties, WithoutScore};
use crate::geometry::Point;
use crate::json::Value;
use crate::limits::Limits;
use crate::picture::{Format, Picture, encode};
use crate::reading::Reading;
use crate::scene::BoardState;
use crate::text::Fonts;

const FONT: &str = "common lineHeight=40 base=30 pages=1\npage id=0 file=\"digits.png\"\n\
                    char id=55 width=20 height=30 xadvance=22 page=0";

fn renderer() -> Renderer {
    Renderer::new(Fonts::bundled(), Limits::default())
}

fn board(xml: &str, style: &str) -> Board {
    let board = Board::compile(("t.xml", xml), &[("s.json", style)], &Limits::default()).unwrap();
    assert!(board.diagnostics().is_empty(), "{:?}", board.diagnostics().as_slice());
    board
}

/// A list of a hundred avatars of 20 px, of which five fit into the canvas, below a picture without a size of its own.
fn list() -> Board {
    let style = r#"{"list": {"height": 90}, "avatar": {"width": 20, "height": 20}, "hidden": {"display": "none"}}"#;
    let xml = r#"<view><image id="head" src="head.png"/><image class="hidden" src="hidden.png"/>
        <scrollview id="list" class="list" scrollY="true"><image for="n in avatars" class="avatar" src="{{ n }}.png"/></scrollview>
        </view>"#;
    board(xml, style)
}

fn avatars() -> Request {
    Request::default().size(100, 130).variable("avatars", Value::list((0..100).map(Value::from)))
}

fn file(side: u32) -> Vec<u8> {
    encode(&picture(side), Format::PNG).unwrap()
}

fn picture(side: u32) -> crate::raster::SharedCanvas {
    crate::raster::SharedCanvas::new(side, side, &Limits::default()).unwrap()
}

fn names(needs: &[Need]) -> Vec<&str> {
    needs.iter().map(Need::src).collect()
}

#[test]
fn sizes_are_asked_for_first_and_then_what_is_in_sight() {
    let (mut renderer, board) = (renderer(), list());
    let mut job = renderer.begin(&board, &avatars()).unwrap();
    assert_eq!(job.next_picture().as_deref(), Some("head.png"));
    // Where the avatars stand depends on it.
    assert_eq!(job.next_picture(), None);
    job.supply("head.png", Ok::<_, String>(file(30)));
    let mut asked = Vec::new();
    while let Some(src) = job.next_picture() {
        job.supply(&src, Ok::<_, String>(file(8)));
        asked.push(src);
    }
    assert_eq!(asked.iter().map(|src| &**src).collect::<Vec<_>>(), ["0.png", "1.png", "2.png", "3.png", "4.png"]);
    let frame = job.finish().unwrap();
    assert!(frame.diagnostics.is_empty(), "{:?}", frame.diagnostics.as_slice());
    let head = frame.boxes().into_iter().find(|found| found.id == "head").unwrap();
    assert_eq!((head.width, head.height), (30.0, 30.0));
    assert_eq!(frame.pictures.len(), 6);
}

#[test]
fn all_that_is_wanted_is_told_at_once() {
    let (mut renderer, board) = (renderer(), list());
    let mut job = renderer.begin(&board, &avatars().scroll("list", 0, 1_005)).unwrap();
    let wanted = job.wanted_for_layout();
    assert_eq!(names(&wanted), ["head.png"]);
    assert!(job.wanted().is_empty() && job.wanted_for_layout().is_empty());
    job.supply_need(&wanted[0], Ok::<_, String>(file(30)));
    assert!(job.wanted_for_layout().is_empty());
    let wanted = job.wanted();
    assert_eq!(names(&wanted), ["50.png", "51.png", "52.png", "53.png", "54.png"]);
    assert!(job.wanted().is_empty());
}

#[test]
fn a_picture_that_is_not_to_be_had_is_told_and_drawn_as_missing() {
    let (mut renderer, board) = (renderer(), list());
    let mut job = renderer.begin(&board, &avatars()).unwrap();
    job.supply("head.png", Ok::<_, String>("no picture"));
    job.supply("0.png", Err::<Vec<u8>, _>("404"));
    // Nothing else is brought.
    let frame = job.finish().unwrap();
    let said: Vec<String> = frame.diagnostics.as_slice().iter().map(|found| found.message.clone()).collect();
    assert!(said[0].starts_with("picture 'head.png': expected PNG, JPEG, WebP or GIF"), "{said:?}");
    assert_eq!(said[1..], ["picture '0.png': 404"]);
    // Each of the five in sight has its grey box, that above them has no size.
    assert_eq!(frame.list.commands.iter().filter(|command| matches!(command, crate::display::Command::Fill { .. })).count(), 5);
}

#[test]
fn the_next_frame_asks_for_what_comes_in_sight() {
    let (mut renderer, board) = (renderer(), list());
    let mut job = renderer.begin(&board, &avatars()).unwrap();
    while let Some(src) = job.next_picture() {
        job.supply(&src, Ok::<_, String>(file(8)));
    }
    let first = job.finish().unwrap();
    let scroll = first.prepared.scrolled([("list", Point::new(f32::NAN, 45.0))]).unwrap();
    let mut job = renderer.again(first.clone(), View { scroll, ..first.view.clone() });
    assert_eq!(names(&job.wanted()), ["5.png", "6.png"]);
    for src in ["5.png", "6.png"] {
        job.supply(src, Ok::<_, String>(file(8)));
    }
    let second = job.finish().unwrap();
    assert!(second.list != first.list);
    let whole = renderer.begin(&board, &avatars().scroll("list", 0, 45)).unwrap();
    let mut whole = whole;
    while let Some(src) = whole.next_picture() {
        whole.supply(&src, Ok::<_, String>(file(8)));
    }
    assert!(whole.finish().unwrap().canvas == second.canvas);
}

#[test]
fn bitmap_fonts_are_asked_for_before_their_pages() {
    let board = board(r#"<view><bitmaptext font="fonts/d.fnt" value="77"/></view>"#, "{}");
    let mut renderer = renderer();
    let request = Request::default().size(100, 50);
    let mut job = renderer.begin(&board, &request).unwrap();
    let font = job.next_need().unwrap();
    assert_eq!(font, Need::Font(Arc::from("fonts/d.fnt")));
    job.supply_need(&font, Ok::<_, String>(FONT));
    assert_eq!(job.wanted(), [Need::Picture(Arc::from("fonts/digits.png"))]);

    // Who asks for pictures only is told what was passed over.
    let mut job = renderer.begin(&board, &request).unwrap();
    assert_eq!(job.next_picture(), None);
    let said = job.finish().unwrap().diagnostics;
    assert!(said.as_slice()[0].message.contains("bitmap font 'fonts/d.fnt'"), "{:?}", said.as_slice());
}

#[test]
fn pictures_are_held_to_a_limit_together() {
    let limits = Limits { board_image_bytes: 2 * 8 * 8 * 4, ..Limits::default() };
    let mut renderer = Renderer::new(Fonts::bundled(), limits);
    let board = list();
    let mut job = renderer.begin(&board, &avatars()).unwrap();
    while let Some(src) = job.next_picture() {
        job.supply(&src, Ok::<_, String>(file(8)));
    }
    let said = job.finish().unwrap().diagnostics;
    assert_eq!(said.as_slice().len(), 4, "two of six fit");
    assert!(said.as_slice()[0].message.contains("board_image_bytes"), "{:?}", said.as_slice()[0]);
    let mut job = renderer.begin(&board, &avatars()).unwrap();
    for _ in 0..10 {
        let again = Picture::from_premultiplied(8, 8, vec![0; 8 * 8 * 4]).unwrap();
        job.supply_picture("0.png", Ok::<_, String>(again));
    }
    assert!(job.finish().unwrap().diagnostics.is_empty(), "one that takes the place of another costs no more");
}

/// A picture in each way in which a box shows one, upright and turned.
#[test]
fn what_is_reduced_draws_the_same() {
    let ways = ["", "objectFit: cover", "objectFit: none", "imageType: tiled", "imageType: sliced; imageInset: 9"];
    let turns = ["", "transform: rotate(20deg)", "transform: scale(0.5) translate(3px, 1.5px)"];
    let mut xml = String::from("<view style='flexDirection: row; flexWrap: wrap'>");
    for (way, turn) in ways.iter().flat_map(|way| turns.iter().map(move |turn| (way, turn))) {
        let image = ["<image src='", way, ".png' style='width: 31; height: 17; ", way, "; ", turn, "'/>"];
        xml.extend(image);
    }
    xml += "</view>";
    let board = board(&xml, "{}");
    let draw = |held_image_bytes: usize| {
        let mut renderer = Renderer::new(Fonts::bundled(), Limits { held_image_bytes, ..Limits::default() });
        let mut job = renderer.begin(&board, &Request::default().size(200, 120).dpr(1.5)).unwrap();
        while let Some(src) = job.next_picture() {
            let noise: Vec<u8> =
                (0..90 * 90_u32).flat_map(|i| [((i * i) >> 5) as u8, (i * 7) as u8, (i >> 4) as u8, 255]).collect();
            job.supply_picture(&src, Ok::<_, String>(Picture::from_premultiplied(90, 90, noise).unwrap()));
        }
        let frame = job.finish().unwrap();
        let reduced =
            ways.iter().filter(|way| frame.pictures.get(&format!("{way}.png")).picture().is_some_and(Picture::is_reduced));
        (reduced.count(), frame)
    };
    let ((none, whole), (some, reduced)) = (draw(usize::MAX), draw(40_000));
    assert_eq!(none, 0);
    assert!(some > 0, "{some}");
    assert!(reduced.diagnostics.as_slice().is_empty(), "{:?}", reduced.diagnostics.as_slice());
    assert!(whole.canvas == reduced.canvas);
}

/// What is drawn of a picture is made before the next one is decoded: so the originals are never held together.
#[test]
fn no_two_large_originals_are_held_at_once() {
    let (side, bytes) = (512, 512 * 512 * 4);
    let row = board(
        "<view style='flexDirection: row'><image for='n in avatars' src='{{ n }}.png' style='width: 9; height: 9'/></view>",
        "{}",
    );
    let request = Request::default().size(100, 20).variable("avatars", Value::list((0..8).map(Value::from)));
    let limits = Limits { held_image_bytes: bytes + 1_000, ..Limits::default() };
    let mut renderer = Renderer::new(Fonts::bundled(), limits.clone());
    let budget = Budget::new(&limits);
    let mut job = renderer.give(budget.clone()).begin(&row, &request).unwrap();
    while let Some(src) = job.next_picture() {
        job.supply(&src, Ok::<_, String>(file(side)));
    }
    let frame = job.finish().unwrap();
    assert!(frame.diagnostics.as_slice().is_empty(), "{:?}", frame.diagnostics.as_slice());
    assert!(budget.memory() > bytes as u64 && budget.memory() < 3 * bytes as u64 / 2, "{}", budget.memory());
}

#[test]
fn json_has_every_option() {
    let json = r##"{"board": "podium", "width": 320, "height": 200.5, "dpr": 2, "data": "[]", "theme": {"surface": "#000"},
        "locale": {"locale": "fr", "anonymous": "Anonyme"}, "state": "error", "selfOpenid": "o1", "key": "points", "order": "asc",
        "ties": "dense", "withoutScore": "left-out", "top": 3, "variables": {"title": "Mai", "n": 1.50}, "scroll": {"list": [0, 120]},
        "pressed": ["go"], "styles": []}"##;
    let request = Request::from_json(json, &Limits::default()).unwrap();
    let built = Request {
        board: Some("podium".to_owned()),
        data: request.data.clone(),
        key: Some("points".to_owned()),
        order: Order::Asc,
        ties: Ties::Dense,
        without_score: WithoutScore::LeftOut,
        top: Some(3),
        ..Request::friends("[]").me("o1").size(320, 200.5).dpr(2.0)
    };
    let colors = Value::map([("surface", "#000")]);
    let texts = Value::map([("locale", "fr"), ("anonymous", "Anonyme")]);
    let built = built.theme(Theme::Colors(colors)).locale(Locale::Texts(texts)).state(BoardState::Error);
    let number = Value::from_json("1.50", &Limits::default()).unwrap();
    let built = built.variable("title", "Mai").variable("n", number).scroll("list", 0, 120).press("go");
    assert_eq!(request, built);
    assert_eq!(request.data.as_ref().map(crate::json::Source::text), Some(r#""[]""#));
    let bound = request.bind(&mut Reading::new(&Limits::default(), &mut crate::Diagnostics::new())).unwrap();
    let value = |name: &str| bound.values.get(name).map(ToString::to_string);
    assert_eq!((value("dark").as_deref(), value("locale").as_deref()), (Some("true"), Some("fr")));
    assert_eq!((value("state").as_deref(), value("n").as_deref()), (Some("error"), Some("1.50")));
}

#[test]
fn what_is_wrong_with_a_request_is_said() {
    let mut renderer = renderer();
    let mut draw = |json: &str| {
        let request = Request::from_json(json, renderer.limits())?;
        renderer.begin(&request.compile(renderer.limits())?, &request)?.finish()
    };
    for (request, said) in [
        ("", "<request>"),
        (r#"{"width": 9}"#, "height"),
        (r#"{"width": 9, "height": 9, "bord": 1}"#, "did you mean `board`?"),
        (r#"{"width": 0, "height": 9}"#, "positive size"),
        (r#"{"width": 1e30, "height": 9}"#, "canvas_side"),
        (r#"{"width": 9, "height": 9, "board": "x"}"#, "unknown board"),
        (r#"{"width": 9, "height": 9, "board": "podium", "template": "<view/>"}"#, "found both"),
        (r#"{"width": 9, "height": 9, "state": "x"}"#, "`denied`"),
        (r#"{"width": 9, "height": 9, "order": "up"}"#, "`asc`"),
        (r#"{"width": 9, "height": 9, "theme": "x"}"#, "unknown theme"),
        (r#"{"width": 9, "height": 9, "theme": 7}"#, "the name of a theme"),
        (r#"{"width": 9, "height": 9, "locale": []}"#, "the tag of a locale"),
        (r#"{"width": 9, "height": 9, "variables": 1}"#, "an object"),
        (r#"{"width": 9, "height": 9, "scroll": {"nowhere": [0, 1]}}"#, "nowhere"),
        (r#"{"width": 9, "height": 9, "pressed": ["nobody"]}"#, "nobody"),
        (r#"{"width": 90000, "height": 90000}"#, "canvas"),
    ] {
        let error = draw(request).unwrap_err();
        assert!(error.to_string().contains(said), "{request}: {error}");
        assert!(matches!(error.kind(), ErrorKind::Usage | ErrorKind::Limit), "{request}: {:?}", error.kind());
    }
    let error = draw("{\"width\": 9, \"height\": 9,\n \"data\": {\"data\": 7}}").unwrap_err();
    assert_eq!((error.place().document.as_deref(), error.place().line), (Some("<request>"), 2), "{error}");
}
