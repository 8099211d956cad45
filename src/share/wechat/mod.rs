//! WeChat: what a page's handler gives for a forward, a message to one friend, the forward menu, and the facts of a share ticket.

mod friend;
mod menu;
mod message;
mod spelling;
mod status;
mod ticket;

pub use friend::ShareMessageToFriend;
pub use menu::{HideShareMenu, ShowShareMenu, UpdateShareMenu};
pub use message::{OnShareAppMessage, Origin};
pub use ticket::GetShareInfo;

use super::outcome::{Calls, outcome};
use crate::platform::Call;

pub use status::{ACTIVITY_SECONDS, status};

/// The calls that are run here. `shareAppMessage` of mini games takes what a page's handler gives.
pub(super) const CALLS: Calls = &[
    (Call::OnShareAppMessage, outcome::<OnShareAppMessage>),
    (Call::ShareAppMessage, outcome::<OnShareAppMessage>),
    (Call::ShareMessageToFriend, outcome::<ShareMessageToFriend>),
    (Call::ShowShareMenu, outcome::<ShowShareMenu>),
    (Call::HideShareMenu, outcome::<HideShareMenu>),
    (Call::UpdateShareMenu, outcome::<UpdateShareMenu>),
    (Call::GetShareInfo, outcome::<GetShareInfo>),
];
