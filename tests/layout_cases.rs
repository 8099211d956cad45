//! Templates of the field's usual engine, laid out here: `NAME.xml` and `NAME.style.json` with that engine's boxes in
//! `NAME.boxes.json`. All boxes agree within 0.01 px, but for what the dialect's table of corrections changes; those
//! places are listed here, each with its row of the table.
//!
//! The cases in `tests/data/layout-cases` are friendboard's own: their boxes are what the engine's layout makes of them in
//! Chromium with the bundled fonts. Those in `../shared/data/layout-cases` (or the folder that
//! `FRIENDBOARD_CASES` names) are run where they are, whatever their names.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The fonts of the shared cases, in this order (Debian's fonts-dejavu-core, fonts-noto-cjk, fonts-noto-color-emoji).
const SHARED_FONTS: [&str; 5] = [
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf",
];

/// A box that the table of corrections changes.
struct Correction {
    case: &'static str,
    /// Of the node.
    class: &'static str,
    /// Its parent's id, or class where it has none.
    parent: &'static str,
    fields: &'static [&'static str],
}

const CORRECTIONS: [Correction; 1] = [
    // '`%` in a stretched parent is 0' there; here it is half of the parent, as in CSS.
    Correction { case: "boxes", class: "half", parent: "flex1", fields: &["width", "height"] },
];

fn own() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/layout-cases")
}

fn shared() -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/layout-cases");
    std::env::var_os("FRIENDBOARD_CASES").map_or_else(beside, PathBuf::from)
}

/// Names of the cases in a folder.
fn cases(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok()?.strip_suffix(".xml").map(str::to_owned))
        .filter(|name| folder.join(format!("{name}.boxes.json")).is_file())
        .collect();
    names.sort();
    names
}

fn friendboard(folder: &Path, command: &str, case: &str, fonts: &[&str], more: &[&str]) -> Vec<u8> {
    let mut call = Command::new(env!("CARGO_BIN_EXE_friendboard"));
    call.current_dir(folder).args([command, "--template", &format!("{case}.xml"), "--assets", "."]);
    call.args(["--style", &format!("{case}.style.json")]).args(more);
    for font in fonts {
        call.args(["--font", font]);
    }
    let output = call.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{case}: {said}");
    assert!(said.is_empty(), "{case} is not clean: {said}");
    output.stdout
}

fn boxes(json: &[u8]) -> Vec<Value> {
    serde_json::from_slice(json).unwrap()
}

/// A line without white space: 'wrapping loses or doubles a space' there.
fn letters(line: &Value) -> String {
    line.as_str().unwrap_or_default().split_whitespace().collect()
}

/// Lines agree where the same letters are on them. A line that was cut ends with `...` there and with `…` here, whose width
/// is another: a letter or two more or less are shown.
fn lines_agree(expected: &Value, found: &Value) -> bool {
    let (Some(expected), Some(found)) = (expected.as_array(), found.as_array()) else { return false };
    expected.len() == found.len()
        && expected.iter().zip(found).all(|(expected, found)| {
            let (expected, found) = (letters(expected), letters(found));
            match (expected.strip_suffix("..."), found.strip_suffix('…')) {
                (Some(expected), Some(found)) => {
                    let same = expected.chars().zip(found.chars()).take_while(|(a, b)| a == b).count();
                    expected.chars().count().max(found.chars().count()) - same <= 2
                }
                _ => expected == found,
            }
        })
}

/// What differs, one line each.
fn differences(case: &str, expected: &[Value], found: &[Value], texts: bool) -> Vec<String> {
    if expected.len() != found.len() {
        return vec![format!("{case}: {} boxes expected, found {}", expected.len(), found.len())];
    }
    let mut differences = Vec::new();
    // Ids (or classes) of the nodes that a node is in.
    let mut open: Vec<&str> = Vec::new();
    for (index, (expected, found)) in expected.iter().zip(found).enumerate() {
        let text = |name: &str| expected[name].as_str().unwrap_or_default();
        open.truncate(expected["depth"].as_u64().unwrap_or_default() as usize);
        let parent = open.last().copied().unwrap_or_default();
        open.push(if text("id").is_empty() { text("class") } else { text("id") });
        let corrected = CORRECTIONS.iter().find(|it| it.case == case && it.class == text("class") && it.parent == parent);
        for field in
            ["tag", "id", "class", "depth", "value", "left", "top", "width", "height", "absX", "absY", "lineHeight", "fontSize"]
        {
            let agree = match (expected[field].as_f64(), found[field].as_f64()) {
                (Some(expected), Some(found)) => (expected - found).abs() <= 0.01,
                _ => expected[field] == found[field],
            };
            if agree == corrected.is_some_and(|it| it.fields.contains(&field)) {
                let (expected, found) = (&expected[field], &found[field]);
                let name = format!("{} '{}' {}", text("tag"), text("id"), text("class"));
                differences.push(format!("{case}: box {index} ({name}): {field} {expected} expected, found {found}"));
            }
        }
        if texts && !expected["lines"].is_null() && !lines_agree(&expected["lines"], &found["lines"]) {
            differences.push(format!("{case}: box {index}: lines {} expected, found {}", expected["lines"], found["lines"]));
        }
    }
    differences
}

fn check(folder: &Path, fonts: &[&str], texts: bool) -> BTreeSet<String> {
    let names = cases(folder);
    let mut all = Vec::new();
    for case in &names {
        let expected = boxes(&std::fs::read(folder.join(format!("{case}.boxes.json"))).unwrap());
        let found = boxes(&friendboard(folder, "layout", case, fonts, &[]));
        all.extend(differences(case, &expected, &found, texts));
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
    names.into_iter().collect()
}

#[test]
fn own_cases_agree_with_the_usual_engine() {
    let checked = check(&own(), &[], true);
    assert!(["boxes", "lists", "texts"].iter().all(|name| checked.contains(*name)), "{checked:?}");
}

#[test]
fn shared_cases_agree_with_the_usual_engine() {
    let folder = shared();
    if cases(&folder).is_empty() {
        eprintln!("skipped: there are no cases in {}", folder.display());
        return;
    }
    let fonts: Vec<&str> = SHARED_FONTS.into_iter().filter(|path| Path::new(path).is_file()).collect();
    let complete = fonts.len() == SHARED_FONTS.len();
    if !complete {
        eprintln!("lines of text are not compared: DejaVu Sans, Noto Sans CJK or Noto Color Emoji is not installed");
    }
    check(&folder, &fonts, complete);
}

/// The mean colour of each square of 20 px.
fn squares(picture: &image::RgbaImage) -> Vec<[f64; 3]> {
    const SIDE: u32 = 20;
    let mut means = Vec::new();
    for top in (0..picture.height()).step_by(SIDE as usize) {
        for left in (0..picture.width()).step_by(SIDE as usize) {
            let (mut sum, mut count) = ([0.0; 3], 0.0);
            for y in top..(top + SIDE).min(picture.height()) {
                for x in left..(left + SIDE).min(picture.width()) {
                    let pixel = picture.get_pixel(x, y);
                    // On white, as both are looked at.
                    let alpha = f64::from(pixel[3]) / 255.0;
                    for (sum, channel) in sum.iter_mut().zip(pixel.0) {
                        *sum += f64::from(channel) * alpha + 255.0 * (1.0 - alpha);
                    }
                    count += 1.0;
                }
            }
            means.push(sum.map(|sum| sum / count));
        }
    }
    means
}

#[test]
fn shared_cases_look_like_the_usual_engine() {
    let folder = shared();
    let fonts: Vec<&str> = SHARED_FONTS.into_iter().filter(|path| Path::new(path).is_file()).collect();
    if fonts.len() < SHARED_FONTS.len() {
        eprintln!("skipped: DejaVu Sans, Noto Sans CJK or Noto Color Emoji is not installed");
        return;
    }
    for case in cases(&folder) {
        let Ok(expected) = image::open(folder.join(format!("{case}.ref.png"))) else { continue };
        let expected = expected.to_rgba8();
        let out = std::env::temp_dir().join(format!("friendboard-case-{}-{case}.png", std::process::id()));
        let (size, path) = (format!("{}x{}", expected.width(), expected.height()), out.to_string_lossy().into_owned());
        friendboard(&folder, "render", &case, &fonts, &["--size", &size, "-o", &path]);
        let drawn = image::open(&out).unwrap().to_rgba8();
        std::fs::remove_file(&out).unwrap();
        assert_eq!(drawn.dimensions(), expected.dimensions(), "{case}");
        let (expected, drawn) = (squares(&expected), squares(&drawn));
        let apart = |a: &[f64; 3], b: &[f64; 3]| a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        let differ = expected.iter().zip(&drawn).filter(|(expected, drawn)| apart(expected, drawn) > 12.0).count();
        // What the table of corrections shows (borders inside of their boxes, a child that turns with its parent), and
        // letters 1 or 2 px apart: that engine centres a line by its em, CSS by the font's ascent and descent.
        let allowed = expected.len() * 8 / 100;
        eprintln!("{case}: {differ} of {} squares look different", expected.len());
        assert!(differ <= allowed, "{case}: {differ} of {} squares look different", expected.len());
    }
}
