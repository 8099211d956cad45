//! Templates as they were brought from the field's usual engine, each with what is right: what `check` says, where boxes stand,
//! and what is drawn. `engine.boxes.json` is what that engine makes of a template.

use std::process::Command;

use friendboard::json::Value;
use friendboard::picture::{Format, decode};
use friendboard::{Board, Limits, Renderer, Request, text::Fonts};

fn folder(name: &str) -> String {
    format!("{}/tests/data/field/templates/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// What the program answers in a template's folder: its status, and what it says on both streams.
fn friendboard(name: &str, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_friendboard")).args(arguments).current_dir(folder(name)).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn check(name: &str) -> String {
    friendboard(name, &["check", "board.xml", "board.json"]).2
}

fn read(name: &str, file: &str) -> String {
    std::fs::read_to_string(format!("{}/{file}", folder(name))).unwrap()
}

/// Boxes of the engine and of the layout dialect: class, and where each stands.
fn boxes(name: &str, size: &str) -> Vec<[(String, [f64; 4]); 2]> {
    let limits = Limits::default();
    let arguments = ["layout", "--template", "board.xml", "--style", "board.json", "--dialect", "layout", "--size", size];
    let ours = Value::from_json(&friendboard(name, &arguments).1, &limits).unwrap();
    let theirs = Value::from_json(&read(name, "engine.boxes.json"), &limits).unwrap();
    let place = |value: &Value, members: [&str; 4]| {
        let number = |member: &str| value.get(member).and_then(Value::as_number).unwrap().to_f64();
        (value.get("class").and_then(Value::as_text).unwrap_or_default().to_owned(), members.map(number))
    };
    let (ours, theirs) = (ours.as_list().unwrap(), theirs.as_list().unwrap());
    assert_eq!(ours.len(), theirs.len());
    let both = theirs.iter().zip(ours);
    both.map(|(theirs, ours)| [place(theirs, ["absX", "absY", "w", "h"]), place(ours, ["absX", "absY", "width", "height"])])
        .collect()
}

#[test]
fn boxes_are_the_engines_in_its_dialect() {
    for (name, size) in [("padding-on-text", "750x220"), ("padding-on-image", "750x220"), ("children-of-image", "300x120")] {
        for [theirs, ours] in boxes(name, size) {
            assert_eq!(theirs.0, ours.0, "{name}");
            for (theirs, found) in theirs.1.iter().zip(ours.1) {
                assert!((theirs - found).abs() < 0.01, "{name} .{}: {theirs} there, {found} here", ours.0);
            }
        }
    }
    let (_, lines, _) =
        friendboard("padding-on-text", &["layout", "--template", "board.xml", "--style", "board.json", "--dialect", "layout"]);
    assert!(lines.contains(r#""lines":["4821 分"]"#) && lines.contains(r#""lines":["960 分"]"#), "{lines}");
}

#[test]
fn padding_without_room_is_told_where_it_counts() {
    let said = check("padding-on-text");
    assert!(said.contains("board.xml:2:52: warning: a padding of 200 px leaves no room"), "{said}");
    assert!(said.contains(r#"write dialect="layout" on the root"#), "{said}");
    let as_layout = friendboard("padding-on-text", &["check", "board.xml", "board.json", "--dialect", "layout"]);
    assert_eq!(as_layout.0, Some(0), "{}", as_layout.2);
}

/// Draws a template on a canvas, its pictures from its own folder, with its root's attributes.
fn draw(name: &str, root: &str, (width, height): (u32, u32)) -> image::RgbaImage {
    let limits = Limits::default();
    let xml = read(name, "board.xml").replacen("<view ", &format!("<view {root} "), 1);
    let board = Board::compile(("board.xml", &xml), &[("board.json", &read(name, "board.json"))], &limits).unwrap();
    let mut renderer = Renderer::new(Fonts::bundled(), limits.clone());
    let request = Request { width: width as f32, height: height as f32, ..Request::default() };
    let mut job = renderer.begin(&board, &request).unwrap();
    while let Some(src) = job.next_picture() {
        let file = std::fs::read(format!("{}/{src}", folder(name)));
        job.supply(&src, file.map_err(|error| error.to_string()));
    }
    let png = job.finish().unwrap().encode(Format::PNG).unwrap();
    let _ = decode(&png, &limits).unwrap();
    image::load_from_memory(&png).unwrap().into_rgba8()
}

#[test]
fn padding_of_a_picture_is_room_in_css_and_none_in_layout() {
    // The picture's box is 80×80 with 20 px of padding above.
    let above = |picture: &image::RgbaImage| picture.get_pixel(40, 4).0;
    let css = draw("padding-on-image", "", (200, 100));
    assert_eq!(above(&css), [255, 255, 255, 255]);
    let layout = draw("padding-on-image", r#"dialect="layout""#, (200, 100));
    assert_ne!(above(&layout), [255, 255, 255, 255]);
}

#[test]
fn children_of_a_picture_are_drawn_on_it() {
    let picture = draw("children-of-image", "", (300, 120));
    let ground = picture.get_pixel(140, 60).0;
    assert!(ground[3] > 0, "the panel is drawn");
    let is_white = |x: u32| (26..54).any(|y| picture.get_pixel(x, y).0 == [255, 255, 255, 255]);
    assert!((2..40).any(is_white) && (226..278).any(is_white), "both texts are on it");
}

#[test]
fn a_hidden_box_keeps_its_place_and_shows_what_is_visible_in_it() {
    let picture = draw("visibility", "", (300, 180));
    let row = |top: u32| picture.get_pixel(295, top + 28).0;
    assert_eq!((row(0), row(60), row(120)), ([221, 221, 238, 255], [0; 4], [221, 221, 238, 255]));
    let inked = |from: u32, to: u32| (from..to).any(|x| (60..116).any(|y| picture.get_pixel(x, y).0[3] > 0));
    assert!(!inked(0, 148) && inked(150, 260), "of the hidden row its score alone is drawn");
}

#[test]
fn an_id_may_be_a_styles_name_on_many_boxes() {
    assert_eq!(check("id-on-every-row"), "");
    assert_eq!(friendboard("id-on-every-row", &["check", "static.xml", "board.json"]).2, "");
}

#[test]
fn what_belongs_elsewhere_is_told() {
    let said = check("scroll-in-style");
    assert!(said.contains(r#"it is an attribute: <scrollview scrollY="true">"#), "{said}");
    assert!(said.contains("write url(images/panel.png)"), "{said}");
    let said = check("dot-template");
    assert!(said.contains("this is doT") && said.contains("board.xml:"), "{said}");
    let said = friendboard("dot-template", &["check", "simple.xml", "board.json"]).2;
    assert!(said.contains(r#"write for="friend in friends""#) && said.contains("{{ friend.nickname }}"), "{said}");
    for (file, what) in [("comma.json", "a trailing comma"), ("relaxed.json", "a comment"), ("style.js", "a comment")] {
        let said = friendboard("style-as-js", &["check", "board.xml", file]).2;
        assert!(said.starts_with(&format!("{file}:")) && said.contains(what), "{said}");
    }
}

#[test]
fn paths_are_those_of_a_package() {
    let said = check("leading-slash");
    let expected = ["write 'img/panel.png'", "the file is 'img/panel.png'", "write https://cdn.example/a.png"];
    assert_eq!(said.matches("warning: ").count(), expected.len(), "{said}");
    for what in expected {
        assert!(said.contains(what), "{said}");
    }
}

#[test]
fn pictures_are_found_in_the_first_folder_that_has_them() {
    let said = |arguments: &[&str]| {
        let common = ["check", "leading-slash/board.xml", "leading-slash/board.json"];
        let output = Command::new(env!("CARGO_BIN_EXE_friendboard"))
            .args(common)
            .args(arguments)
            .current_dir(folder(""))
            .output()
            .unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    // Beside the template; in the second of two; and nowhere.
    assert_eq!(said(&[]).matches("warning: ").count(), 3);
    assert_eq!(said(&["--assets", "visibility", "--assets", "leading-slash"]).matches("warning: ").count(), 3);
    assert!(said(&["--assets", "visibility"]).matches("warning: ").count() > 3);
    assert!(said(&["--assets", "nowhere"]).contains("--assets: a folder was expected, found none at nowhere"));
}

#[test]
fn check_says_what_nothing_reads() {
    let folder = std::env::temp_dir().join(format!("friendboard-unread-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    write("t.xml", r#"<view class="a"><text value="{{ strings.tilte }}"/></view>"#);
    write("s.json", r#"{"a": {"color": "{{ theme.ink }}", "fontFamily": "Pixelated"}}"#);
    write("theme.json", r##"{"ink": "#000", "inkk": "#111"}"##);
    write("locale.json", r#"{"tilte": "x", "spare": "y"}"#);
    let arguments = ["check", "t.xml", "s.json", "--theme", "theme.json", "--locale", "locale.json"];
    let output = Command::new(env!("CARGO_BIN_EXE_friendboard")).args(arguments).current_dir(&folder).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    for what in ["nothing reads 'inkk'", "nothing reads 'spare'", "no font has the family 'Pixelated'"] {
        assert!(said.contains(what), "{what}: {said}");
    }
    assert!(!said.contains("nothing reads 'ink'"), "{said}");
}
