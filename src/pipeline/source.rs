//! What a board is bound to, kept for binding it once more.

use super::board::Board;
use crate::error::Result;
use crate::geometry::Size;
use crate::json::Value;
use crate::reading::Reading;
use crate::scene::{RowWindows, Scene};

/// What a board shows, and on what: by it the rows of a long list are made that come in sight later.
#[derive(Clone, Debug)]
pub struct Source {
    /// The board.
    pub board: Board,
    /// All that its template can name.
    pub values: Value,
    /// The canvas in px at dpr 1.
    pub size: Size,
}

impl Source {
    /// Binds the board; of long lists the rows of their windows are made.
    ///
    /// # Errors
    /// As [`Board::resolve`].
    pub fn resolve(&self, windows: &RowWindows, reading: &mut Reading<'_>) -> Result<Scene> {
        self.board.resolve_rows(&self.values, self.size, (windows, None), reading)
    }

    /// The same after a scene of the same board: what is as it was there is taken along.
    ///
    /// # Errors
    /// As [`Board::resolve`].
    pub fn resolve_after(&self, before: &Scene, windows: &RowWindows, reading: &mut Reading<'_>) -> Result<Scene> {
        self.board.resolve_rows(&self.values, self.size, (windows, Some(before)), reading)
    }
}
