//! `friendboard layout`: where everything stands, without drawing it.

use std::io::Write;
use std::path::PathBuf;

use super::limits::LimitArguments;
use super::options::CanvasSize;
use super::render;
use super::report::print_diagnostics;
use crate::error::{Diagnostics, Result};
use crate::host::headless::Assets;
use crate::json;
use crate::layout::dump;
use crate::pipeline::{Renderer, device_size};
use crate::scene::globals;

/// Options of `layout`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  friendboard layout --template board.xml --style board.json
  friendboard layout --template board.xml --style board.json --data friends.json --assets images --size 360x640")]
pub struct Arguments {
    /// The template
    #[arg(long, value_name = "FILE")]
    template: PathBuf,
    /// Its style sheet; several add up, later ones win
    #[arg(long, value_name = "FILE", required = true)]
    style: Vec<PathBuf>,
    #[command(flatten)]
    content: render::Content,
    /// The canvas in px at dpr 1
    #[arg(long, value_name = "WxH", default_value = "800x800")]
    size: CanvasSize,
    #[command(flatten)]
    limits: LimitArguments,
}

/// Prints the boxes as a JSON array in document order, px at dpr 1.
pub fn run(arguments: &Arguments) -> Result<()> {
    let limits = arguments.limits.to_limits();
    let mut diagnostics = Diagnostics::new();
    let size = arguments.size.0;
    device_size(size, 1.0, &limits)?;
    let board = render::compile_files(&arguments.template, &arguments.style, &limits, &mut diagnostics)?;
    let (data, ranking) = arguments.content.read(&limits, &mut diagnostics)?;
    let surroundings = arguments.content.surroundings(&data, size, &limits)?;
    let values = globals(&data, &ranking, &surroundings, &limits, &mut diagnostics);
    let scene = board.resolve(&values, size, &limits, &mut diagnostics)?;
    let assets: Assets = arguments.content.assets(&limits);
    let prepared = Renderer::new(arguments.content.fonts(&limits)?, limits).layout(scene, size, &assets)?;
    diagnostics.extend(assets.take_diagnostics());
    print_diagnostics(&diagnostics);
    let boxes = dump(&prepared.scene, &prepared.layout);
    let lines: Vec<String> = boxes.iter().map(json::write).collect();
    // A closed pipe (`| head`) is no reason to fail.
    let _ = writeln!(std::io::stdout().lock(), "[\n  {}\n]", lines.join(",\n  "));
    Ok(())
}
