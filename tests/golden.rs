//! Golden images: each folder below `golden/` that holds an `arguments.json` is a case: the arguments of one
//! `friendboard` call, run in that folder with its picture written to `{out}`, and the picture that it must give.
//!
//! `FRIENDBOARD_ACCEPT=1 cargo test --test golden` takes what is drawn now as right.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

mod common;

use std::path::Path;
use std::process::Command;
use std::sync::Mutex;

use common::cases::{arguments, cases};
use common::{describe, read, write_small};
use image::RgbaImage;

/// The name of the reference in a case's folder.
const EXPECTED: &str = "expected.png";

#[test]
fn pictures_are_as_accepted() {
    let cases = cases("");
    assert!(cases.len() >= 40, "only {} cases were found below golden/", cases.len());
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
    let arguments = arguments(case)?;
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
