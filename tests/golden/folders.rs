//! Folders of pictures that are compared, and references that are packed anew.

use friendboard::json::Value;

use crate::common::read;
use crate::workspace::{Workspace, files};

/// Two folders: alike, other, nearly alike, of another size, broken, and in one of them alone.
fn two(name: &str) -> Workspace {
    let team = Workspace::with_case(name);
    let save = |path: &str, width: u32, value: u8| {
        team.write(path, "");
        image::RgbaImage::from_pixel(width, 30, image::Rgba([value, 80, 90, 255])).save(team.path(path)).unwrap();
    };
    for (file, left, right) in [("same", 5, 5), ("other", 5, 200), ("below/near", 5, 6)] {
        save(&format!("old/{file}.png"), 40, left);
        save(&format!("new/{file}.png"), 40, right);
    }
    save("old/size.png", 40, 5);
    save("new/size.png", 41, 5);
    save("old/gone.png", 40, 5);
    save("new/added/new.png", 40, 5);
    save("old/broken.png", 40, 5);
    team.write("new/broken.png", "no picture");
    team.write("new/notes.txt", "no picture, and none by its name");
    team
}

#[test]
fn two_folders_are_compared() {
    let team = two("compare");
    let run = team.run("compare old new --report report --junit junit.xml").fails(1);
    run.says(&[
        "FAIL old/added/new.png\n  old/added/new.png is not there",
        "FAIL old/below/near.png\n  1200 pixels differ",
        "new/broken.png: a picture was expected",
        "new/gone.png is not there",
        "expected 40×30 px, drew 41×30 px",
        "FAIL old/other.png",
        "6 of 7 pictures differ",
        "--accept copies them from RIGHT to LEFT",
    ]);
    let page = team.read("report/index.html");
    assert!(page.contains("alt=\"old, new, difference\"") && page.contains("compare --accept"), "{page}");
    assert!(!page.contains("No record of the stages"));
    let beside = read(&team.path("report/old-other.png.png")).unwrap();
    assert_eq!((beside.width(), beside.height()), (3 * 40 + 2 * 8, 30));
    crate::junit::holds_to_schema(&team.read("junit.xml"));
    assert_eq!(team.read("junit.xml").matches("<testcase ").count(), 7);
    for (arguments, failed) in [
        ("--jobs 1", 6),
        ("--jobs 2", 6),
        ("--tolerance channel=1", 5),
        ("--tolerance any_size=true --tolerance similarity=0.1", 3),
        ("--ignore-left-missing", 5),
        ("--ignore-left-missing --ignore-right-missing", 4),
        ("-E name(/(same|other)/)", 1),
        ("--filter near", 1),
    ] {
        let json = team.run(&format!("compare old new --json {arguments}")).fails(1).json();
        assert_eq!(json.get("failed").and_then(Value::as_integer), Some(failed), "{arguments}: {}", json.to_json());
    }
    team.run("compare old new --filter same").succeeds().says(&["1 picture alike"]);
    team.run("compare old new --filter near --tolerance channel=1").succeeds().says(&["1 picture alike, 1 within a tolerance"]);
    team.run("compare old new --tolerance chanel=1").fails(2).says(&["--tolerance: unknown field `chanel`"]);
    team.run("compare old game").fails(1).says(&["game/same.png is not there"]);
    team.run("compare golden/scores/case.toml new").fails(1).says(&["a folder was expected"]);
    team.run("compare game game").fails(2).says(&["pictures to be compared were expected, found none"]);
    team.run("compare old/same.png new/same.png").succeeds();
    team.run("compare old/same.png new/other.png --show --titles before after")
        .fails(1)
        .says(&["1 of 1 picture differs", "\u{2580}"]);

    let accepted = team.run("compare old new --accept").fails(1);
    accepted.says(&[
        "accepted old/added/new.png",
        "4 of 7 accepted",
        "2 of 7 could not be copied",
        "FAIL old/gone.png: new/gone.png",
    ]);
    for file in ["added/new.png", "below/near.png", "other.png", "size.png"] {
        let [old, new] = ["old", "new"].map(|side| std::fs::read(team.path(side).join(file)).unwrap());
        assert_eq!(old, new, "{file}");
    }
    team.run("compare old new").fails(1).says(&["new/gone.png is not there"]);
}

#[test]
fn references_of_two_checkouts_tell_where_a_difference_begins() {
    let team = Workspace::with_case("checkouts");
    team.change("golden/scores/board.json", "#114488", "#aa2200");
    team.run("run --drawn now").fails(1);
    team.run("compare golden now/golden").fails(1).says(&["begins at scene", "+", "color"]);
}

#[test]
fn pictures_of_a_failure_are_put_as_asked() {
    let team = Workspace::with_case("layout");
    team.change("golden/scores/board.json", "#114488", "#aa2200");
    for (layout, width, height) in [("row", 240 * 3 + 16, 120), ("column", 240, 120 * 3 + 16), ("difference", 240, 120)] {
        team.run(&format!("run --report report --layout {layout}")).fails(1);
        let picture = read(&team.path("report/golden-scores.png")).unwrap();
        assert_eq!((picture.width(), picture.height()), (width, height), "{layout}");
    }
    team.run("run --layout diagonal").fails(2).says(&["one of row, column, difference was expected"]);
    let shown = team.run("run --show=address").fails(1);
    let line = shown.out().lines().find(|line| line.starts_with("data:image/png;base64,iVBOR")).map(str::to_owned);
    assert!(line.is_some(), "{}", shown.said());
}

#[test]
fn references_are_packed_anew() {
    let team = Workspace::with_case("shrink");
    let path = team.path("golden/scores/expected.png");
    let (packed, pixels) = (std::fs::read(&path).unwrap(), read(&path).unwrap());
    team.run("shrink").succeeds().says(&["0 references are smaller"]);
    // Written by another program, as it comes.
    let mut large = std::io::BufWriter::new(std::fs::File::create(&path).unwrap());
    let encoder = image::codecs::png::PngEncoder::new_with_quality(
        &mut large,
        image::codecs::png::CompressionType::Fast,
        image::codecs::png::FilterType::NoFilter,
    );
    pixels.write_with_encoder(encoder).unwrap();
    drop(large);
    let before = std::fs::read(&path).unwrap();
    assert!(before.len() > packed.len());
    team.write("golden/scores/avatar.png", &before);
    team.run("shrink --dry-run").succeeds().says(&["golden/scores/expected.png: ", "1 references would be smaller"]);
    team.run("shrink --dry-run --most-saved 0.01").fails(1).says(&["of its weight, at most 0.01 was expected"]);
    team.run("shrink --dry-run --most-kib 0").fails(1).says(&["at most 0 KiB were expected"]);
    assert_eq!(std::fs::read(&path).unwrap(), before);
    team.run("shrink").succeeds().says(&["1 references are smaller"]);
    assert_eq!(std::fs::read(&path).unwrap(), packed);
    assert_eq!(std::fs::read(team.path("golden/scores/avatar.png")).unwrap(), before, "only references are packed");
    team.run("run").succeeds();
    team.write("golden/scores/expected-x.png", "no picture");
    team.run("shrink").fails(1).says(&["expected-x.png: a picture was expected", "1 references are not as they should be"]);
    assert_eq!(files(&team.path("golden/scores")).iter().filter(|file| file.contains(".tmp")).count(), 0);
}
