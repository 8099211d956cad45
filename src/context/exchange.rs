//! What the session and the stage tell each other. They know nothing else of one another.

use std::sync::Arc;

use crate::json::Value;
use crate::pipeline::Board;

/// What the session gives the stage to show.
pub(super) struct Showing<'a> {
    /// The board.
    pub board: &'a Board,
    /// All that its template can name.
    pub globals: Value,
    /// True where friends are there: a wish to scroll waits for them.
    pub is_ready: bool,
}

/// A tap on the stage that the session is to act upon.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tap {
    /// The node's `action`.
    pub action: Arc<str>,
    /// Its `id`.
    pub id: Arc<str>,
    /// Its `data-*`.
    pub data: Arc<[(Arc<str>, Arc<str>)]>,
    /// The `data-openid` of the node, or else of one that it stands in.
    pub openid: Option<Arc<str>>,
}
