//! `friendboard layout`: where everything stands, without drawing it.

use std::path::PathBuf;

use super::content::Content;
use super::limits::LimitArguments;
use super::options::CanvasSize;
use super::output::Stream;
use super::report::print_diagnostics;
use crate::error::Result;
use crate::host::headless::compile_files;
use crate::json;
use crate::pipeline::{Renderer, Request};

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
    content: Content,
    /// The canvas in px at dpr 1
    #[arg(long, value_name = "WxH", default_value = "800x800")]
    size: CanvasSize,
    #[command(flatten)]
    limits: LimitArguments,
}

/// Prints the boxes as a JSON array in document order, px at dpr 1.
pub fn run(arguments: &Arguments) -> Result<()> {
    let limits = arguments.limits.to_limits();
    let content = &arguments.content;
    let board = compile_files(&arguments.template, &arguments.style, &limits)?;
    let size = arguments.size.0;
    let request = Request { width: size.width, height: size.height, ..content.request(&limits)? };
    let mut renderer = Renderer::new(content.fonts(&limits)?, limits.clone());
    let mut job = renderer.begin(&board, &request)?;
    content.assets(Some(&arguments.template), &limits)?.supply_layout(&mut job);
    let (prepared, diagnostics) = job.lay_out()?;
    print_diagnostics(&diagnostics)?;
    let lines: Vec<String> = prepared.boxes().iter().map(json::write).collect();
    Stream::Output.json(&format!("[\n  {}\n]", lines.join(",\n  ")))
}
