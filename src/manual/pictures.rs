//! Pictures of examples: a strip of tiles, drawn by the program itself.

use super::entry::Tile;
use crate::error::{Diagnostics, Error, ErrorKind, Result};
use crate::host::headless::Assets;
use crate::limits::Limits;
use crate::picture::Format;
use crate::pipeline::{Board, Renderer, Request};
use crate::scene::BoardState;
use crate::text::Fonts;

/// A small frame to be cut in nine, PNG: `panel.png` of the examples.
pub const PANEL: &[u8] = include_bytes!("../../assets/manual/panel.png");

/// The pictures that examples name.
const NAMED: &[(&str, &[u8])] = &[
    ("avatars/fox.png", include_bytes!("../../assets/example/avatars/fox.png")),
    ("panel.png", PANEL),
    ("digits.fnt", include_bytes!("../../assets/manual/digits.fnt")),
    ("digits.png", include_bytes!("../../assets/manual/digits.png")),
];

/// Width and height of a tile, px, and of what stands below it.
const TILE: (u32, u32) = (176, 92);
const CAPTION: u32 = 20;

/// Draws tiles beside each other, PNG; gives what was said about them, too.
///
/// # Errors
/// Where an example can't be drawn at all.
pub fn draw(tiles: &[Tile]) -> Result<(Vec<u8>, Diagnostics)> {
    let limits = Limits::default();
    let (width, height) = TILE;
    let shown: Vec<String> = tiles
        .iter()
        .map(|tile| {
            let caption = tile.caption.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
            let stage = "padding: 14 12; overflow: hidden; alignItems: flex-start; backgroundColor: #ffffff";
            format!(
                r#"<view style="width: {width}"><view style="height: {height}; {stage}">{}</view><text value="{caption}" style="width: {}; height: {CAPTION}; margin: 0 12; fontSize: 11; color: #5d667b; textOverflow: ellipsis"/></view>"#,
                tile.template,
                width - 24
            )
        })
        .collect();
    let template = format!(r#"<view style="flexDirection: row; backgroundColor: #ffffff">{}</view>"#, shown.concat());
    let board = Board::compile(("example.xml", &template), &[("example.json", "{}")], &limits)?;
    let count = u32::try_from(tiles.len()).unwrap_or(u32::MAX);
    let request = Request::friends("[]").size(count.saturating_mul(width), height + CAPTION).state(BoardState::Ready);
    let mut renderer = Renderer::new(Fonts::bundled(), limits.clone());
    let mut job = renderer.begin(&board, &request)?;
    let mut assets = Assets::new(None, limits).with_bundled(NAMED);
    assets.supply(&mut job);
    let frame = job.finish()?;
    let png = frame.encode(Format::PNG).map_err(|error| Error::new(ErrorKind::Picture, error.to_string()))?;
    Ok((png, frame.diagnostics))
}
