//! The same text gives the same bytes natively, without SIMD and in the WASM module: three requests full of names, whose
//! pictures' hashes are kept in `tests/wasm/hashes.txt`. `tests/wasm/render.mjs` compares the module's with the same file.
//!
//! `FRIENDBOARD_ACCEPT=1 cargo test --test wasm` records them anew, after a change of what boards look like.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

use std::fmt::Write as _;
use std::path::Path;

use friendboard::text::Fonts;
use friendboard::{Format, Limits, Renderer, Request};

/// FNV-1a, 32 bits, from the front and from the back.
fn hash(bytes: &[u8]) -> String {
    let step = |hash: u32, byte: &u8| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
    let (front, back) = (bytes.iter().fold(0x811c_9dc5, step), bytes.iter().rev().fold(0x811c_9dc5, step));
    format!("{front:08x}{back:08x}")
}

#[test]
fn the_bytes_are_the_same_everywhere() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wasm");
    let mut files: Vec<_> = std::fs::read_dir(folder.join("requests")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut renderer = Renderer::new(Fonts::bundled(), Limits::default());
    let mut found = String::new();
    for file in &files {
        let name = file.file_name().unwrap().to_string_lossy();
        let request = Request::from_json(&std::fs::read_to_string(file).unwrap(), renderer.limits()).unwrap();
        let board = request.compile(renderer.limits()).unwrap();
        let frame = renderer.begin(&board, &request).unwrap().finish().unwrap();
        assert_eq!(frame.diagnostics.as_slice(), &[], "{name}");
        let (width, height) = (frame.canvas.width(), frame.canvas.height());
        let pixels = frame.encode(Format::Rgba).unwrap();
        let colors: std::collections::BTreeSet<&[u8]> = pixels.chunks_exact(4).collect();
        assert!(colors.len() > 500, "{name}: {} colours are no board of names", colors.len());
        writeln!(found, "{name} {width}x{height} {}", hash(&pixels)).unwrap();
    }
    assert_eq!(files.len(), 3);
    let recorded = folder.join("hashes.txt");
    if std::env::var_os("FRIENDBOARD_ACCEPT").is_some() {
        std::fs::write(&recorded, &found).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&recorded).unwrap(), found, "FRIENDBOARD_ACCEPT=1 accepts");
}
