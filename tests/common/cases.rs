//! The golden cases of boards, as draw lists.

use std::path::{Path, PathBuf};

use friendboard::display::DrawList;
use friendboard::golden::{Artist, Case, variants};
use friendboard::text::Fonts;
use friendboard::{Limits, Renderer};

/// The folders below `golden/` that hold a case, in order.
pub fn cases(below: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(below);
    let cases = friendboard::golden::cases(&[folder], &Limits::default()).unwrap();
    cases.into_iter().map(|case| case.folder).collect()
}

/// What the first picture of a case draws, with a renderer that has its fonts.
pub fn list_of(folder: &Path) -> (DrawList, Renderer) {
    let limits = Limits::default();
    let case = Case::of_folder(folder, &limits);
    let spec = case.spec.clone().unwrap();
    let mut fonts = Fonts::bundled();
    for font in &spec.fonts {
        fonts.add_file(&folder.join(font), &limits).unwrap();
    }
    let drawn = Artist::new(&limits).draw(&case, &spec, &variants(&spec)[0]).unwrap();
    (drawn.shown.list, Renderer::new(fonts, limits))
}
