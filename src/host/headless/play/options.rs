//! The context's options as a script has them.

use std::sync::Arc;

use super::super::assets::compile_regular_files;
use super::script::{BoardPart, Script};
use crate::context::{Options, Settings};
use crate::error::Result;
use crate::limits::Limits;
use crate::pipeline::Board;
use crate::reading::Reading;

/// The context's options as a script has them.
///
/// # Errors
/// Where a board, a theme, a word or a file is not as it should be.
pub fn context_options(script: &Script, self_openid: Option<&str>, reading: &mut Reading<'_>) -> Result<Options> {
    let settings = Settings { self_openid: self_openid.map(str::to_owned), ..script.settings.clone() };
    let board = board(&script.board, reading.limits)?;
    reading.diagnostics.extend(board.diagnostics().clone());
    settings.options_with(board, matches!(script.board, BoardPart::Own(..)))
}

/// What is drawn.
fn board(part: &BoardPart, limits: &Limits) -> Result<Board> {
    match part {
        BoardPart::BuiltIn(name) => {
            let mut board = Board::built_in(name)?;
            board.name = Arc::from(name.as_str());
            Ok(board)
        }
        BoardPart::Own(template, styles) => {
            let mut board = compile_regular_files(template, styles, limits)?;
            board.name = template.file_name().map_or("board".into(), |name| name.to_string_lossy()).into();
            Ok(board)
        }
        BoardPart::Script(_) => Board::built_in("leaderboard"),
    }
}
