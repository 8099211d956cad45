//! Golden images: each folder below `golden/` that holds an `arguments.json` is a case: the arguments of one
//! `friendboard` call, run in that folder with its picture written to `{out}`, and the picture that it must give.
//!
//! `FRIENDBOARD_ACCEPT=1 cargo test --test golden` takes what is drawn now as right.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use image::RgbaImage;

/// The name of the reference in a case's folder.
const EXPECTED: &str = "expected.png";

#[test]
fn pictures_are_as_accepted() {
    let mut cases = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("golden"), &mut cases);
    cases.sort();
    assert!(cases.len() >= 80, "only {} cases were found below golden/", cases.len());
    let queue = Mutex::new(cases.iter());
    let failures = Mutex::new(Vec::new());
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let Some(case) = queue.lock().unwrap().next() else { break };
                    if let Err(failure) = check(case) {
                        failures.lock().unwrap().push(format!("{}: {failure}", case.display()));
                    }
                }
            });
        }
    });
    let failures = failures.into_inner().unwrap();
    assert!(
        failures.is_empty(),
        "{} of {} golden cases differ (FRIENDBOARD_ACCEPT=1 accepts):\n{}",
        failures.len(),
        cases.len(),
        failures.join("\n")
    );
}

fn collect(folder: &Path, cases: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, cases);
        } else if path.file_name().is_some_and(|name| name == "arguments.json") {
            cases.push(folder.to_owned());
        }
    }
}

fn check(case: &Path) -> Result<(), String> {
    let drawn = draw(case)?;
    let expected_path = case.join(EXPECTED);
    if std::env::var_os("FRIENDBOARD_ACCEPT").is_some() {
        let unchanged = read(&expected_path).is_ok_and(|expected| expected == drawn);
        return if unchanged { Ok(()) } else { write_small(&expected_path, &drawn) };
    }
    let expected = read(&expected_path)?;
    if expected == drawn {
        return Ok(());
    }
    drawn.save(case.join("expected.actual.png")).map_err(|error| error.to_string())?;
    Err(describe(case, &expected, &drawn))
}

/// Runs the case's call; its picture comes back as straight RGBA.
fn draw(case: &Path) -> Result<RgbaImage, String> {
    let json = std::fs::read_to_string(case.join("arguments.json")).map_err(|error| error.to_string())?;
    let arguments: Vec<String> = serde_json::from_str(&json).map_err(|error| error.to_string())?;
    let unique = case.to_string_lossy().replace(['/', '\\'], "-");
    let out = std::env::temp_dir().join(format!("friendboard-{}{unique}.png", std::process::id()));
    let arguments = arguments.iter().map(|argument| argument.replace("{out}", &out.to_string_lossy()));
    let run = Command::new(env!("CARGO_BIN_EXE_friendboard")).args(arguments).current_dir(case).output();
    let run = run.map_err(|error| error.to_string())?;
    if !run.status.success() {
        return Err(format!("the call failed: {}", String::from_utf8_lossy(&run.stderr)));
    }
    let drawn = read(&out);
    std::fs::remove_file(&out).map_err(|error| error.to_string())?;
    drawn
}

fn read(path: &Path) -> Result<RgbaImage, String> {
    image::open(path).map(|picture| picture.to_rgba8()).map_err(|error| format!("{}: {error}", path.display()))
}

/// References are kept small: with a palette where that is enough, without alpha where there is none, and compressed as
/// far as it goes.
fn write_small(path: &Path, picture: &RgbaImage) -> Result<(), String> {
    let (kind, palette, samples) = samples(picture);
    let encode = |filter| {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, picture.width(), picture.height());
        encoder.set_color(kind);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::High);
        encoder.set_filter(filter);
        if kind == png::ColorType::Indexed {
            encoder.set_palette(palette.clone());
        }
        let mut writer = encoder.write_header().ok()?;
        writer.write_image_data(&samples).ok()?;
        writer.finish().ok()?;
        Some(bytes)
    };
    use png::Filter::{Adaptive, NoFilter, Paeth, Sub, Up};
    let smallest = [NoFilter, Sub, Up, Paeth, Adaptive].into_iter().filter_map(encode).min_by_key(Vec::len);
    std::fs::write(path, smallest.unwrap_or_default()).map_err(|error| error.to_string())
}

/// The fewest bytes a pixel that keep a picture as it is: the colour type, the palette and the samples.
fn samples(picture: &RgbaImage) -> (png::ColorType, Vec<u8>, Vec<u8>) {
    if picture.pixels().any(|pixel| pixel[3] < 255) {
        return (png::ColorType::Rgba, Vec::new(), picture.as_raw().clone());
    }
    let colors: BTreeSet<[u8; 3]> = picture.pixels().map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let colors: Vec<[u8; 3]> = colors.into_iter().collect();
    let rgb = || picture.pixels().map(|pixel| [pixel[0], pixel[1], pixel[2]]);
    if colors.len() > 256 {
        return (png::ColorType::Rgb, Vec::new(), rgb().flatten().collect());
    }
    let indices = rgb().map(|color| colors.binary_search(&color).map_or(0, |index| index as u8)).collect();
    (png::ColorType::Indexed, colors.concat(), indices)
}

/// Says what changed, and writes a picture of it: what is the same faded, what differs in red.
fn describe(case: &Path, expected: &RgbaImage, drawn: &RgbaImage) -> String {
    if expected.dimensions() != drawn.dimensions() {
        return format!("expected {:?} px, drew {:?} px", expected.dimensions(), drawn.dimensions());
    }
    let mut difference = expected.clone();
    let (mut left, mut top, mut right, mut bottom) = (u32::MAX, u32::MAX, 0, 0);
    let (mut count, mut most) = (0usize, 0u8);
    for (x, y, pixel) in difference.enumerate_pixels_mut() {
        let (old, new) = (expected.get_pixel(x, y), drawn.get_pixel(x, y));
        let by = old.0.iter().zip(new.0).map(|(a, b)| a.abs_diff(b)).max().unwrap_or(0);
        if by == 0 {
            let gray = ((u32::from(old[0]) + u32::from(old[1]) + u32::from(old[2])) / 3) as u8 / 4 + 191;
            pixel.0 = [gray, gray, gray, 255];
        } else {
            (left, top, right, bottom) = (left.min(x), top.min(y), right.max(x), bottom.max(y));
            (count, most) = (count + 1, most.max(by));
            pixel.0 = [255, 0, 0, 255];
        }
    }
    let mut text = format!("{count} pixels differ, in {}×{} px at ({left}, {top})", right - left + 1, bottom - top + 1);
    let _ = write!(text, ", by {most} at the most; see expected.actual.png and expected.difference.png");
    if let Err(error) = difference.save(case.join("expected.difference.png")) {
        let _ = write!(text, " (not written: {error})");
    }
    text
}

#[test]
fn a_difference_is_told_with_its_place_and_size() {
    let folder = std::env::temp_dir().join(format!("friendboard-difference-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let old = RgbaImage::from_pixel(10, 10, image::Rgba([9, 9, 9, 255]));
    let mut new = old.clone();
    new.put_pixel(3, 4, image::Rgba([9, 12, 9, 255]));
    new.put_pixel(5, 6, image::Rgba([9, 9, 8, 255]));
    let told = describe(&folder, &old, &new);
    assert!(told.starts_with("2 pixels differ, in 3×3 px at (3, 4), by 3 at the most"), "{told}");
    let shown = read(&folder.join("expected.difference.png")).unwrap();
    assert_eq!(shown.get_pixel(3, 4).0, [255, 0, 0, 255]);
    std::fs::remove_dir_all(folder).unwrap();
}
