//! `friendboard boards`.

use std::io::Write;
use std::path::PathBuf;

use crate::error::{Error, ErrorKind, Result};
use crate::json;
use crate::json::Value;
use crate::template::{BOARDS, BuiltIn, merge_json};

/// Options of `boards`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  friendboard boards
  friendboard boards --json
  friendboard boards --export podium my-boards   write podium.xml and podium.json into a folder
  friendboard render --template my-boards/podium.xml --style my-boards/podium.json")]
pub struct Arguments {
    /// Print the list as JSON
    #[arg(long)]
    json: bool,
    /// Write a board's template and style sheet into a folder, to be changed
    #[arg(long, num_args = 2, value_names = ["BOARD", "DIR"])]
    export: Option<Vec<String>>,
}

/// Lists the boards, or writes one out.
pub fn run(arguments: &Arguments) -> Result<()> {
    if let Some([board, folder]) = arguments.export.as_deref() {
        return export(board, folder);
    }
    let mut out = std::io::stdout().lock();
    let written = if arguments.json {
        let board = |board: &BuiltIn| json!({ "name": board.name, "description": board.description });
        writeln!(out, "{}", BOARDS.iter().map(board).collect::<Value>().to_json())
    } else {
        let width = BOARDS.iter().map(|board| board.name.len()).max().unwrap_or(0);
        BOARDS.iter().try_for_each(|board| writeln!(out, "{:width$}  {}", board.name, board.description))
    };
    // A closed pipe (`| head`) is no reason to fail.
    let _ = written;
    Ok(())
}

fn export(board: &str, folder: &str) -> Result<()> {
    let board = BuiltIn::find(board)?;
    let folder = PathBuf::from(folder);
    let write = |ending: &str, text: &str| {
        let path = folder.join(format!("{}.{ending}", board.name));
        let io = |error: std::io::Error| {
            Error::new(ErrorKind::Io, format!("'{}' cannot be written: {error}", path.display())).source(error)
        };
        std::fs::create_dir_all(&folder).map_err(io)?;
        if path.exists() {
            return Err(Error::new(ErrorKind::Io, format!("'{}' is there already", path.display()))
                .hint("move it away, or name another folder"));
        }
        std::fs::write(&path, text).map_err(io)?;
        println!("{}", path.display());
        Ok(())
    };
    write("xml", board.template)?;
    write("json", &merge_json(board.styles)?)
}
