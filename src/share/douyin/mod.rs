//! Douyin: `shareAppMessage`, and `shareMessageToFriend` in the open data domain.

mod friend;
mod message;
mod spelling;

pub use friend::ShareMessageToFriend;
pub use message::{DESC_MOST, Extra, ShareAppMessage, TITLE_MOST, VIDEO_SECONDS_LEAST};
pub use spelling::LINK_DAYS;

use super::outcome::{Calls, outcome};
use crate::platform::Call;

/// The calls that are run here.
pub(super) const CALLS: Calls =
    &[(Call::ShareAppMessage, outcome::<ShareAppMessage>), (Call::ShareMessageToFriend, outcome::<ShareMessageToFriend>)];
