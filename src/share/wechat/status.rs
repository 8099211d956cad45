//! The state line of an updatable message.

use crate::share::card::Status;
use crate::share::circumstances::{Updatable, WeChatState};

/// An activity, and with it an updatable message, ends after this many seconds.
pub const ACTIVITY_SECONDS: u64 = 24 * 60 * 60;

/// The state line of an updatable message: texts and colours of the platform's table.
///
/// ```
/// use friendboard::share::{Updatable, WeChatState, wechat::status};
/// let message = Updatable { activity_id: "a".into(), member_count: "1".into(), room_limit: "4".into() };
/// let joining = status(&message, &WeChatState::default());
/// assert_eq!((joining.text.as_str(), joining.color.as_str()), ("成员正在加入，当前 1/4 人", "#FA9D39"));
/// ```
#[must_use]
pub fn status(message: &Updatable, state: &WeChatState) -> Status {
    let (text, color) = if state.message_age >= ACTIVITY_SECONDS {
        // 'When the activity has ended', a look of its own, whatever the state was.
        ("已结束".to_owned(), "#00ff00")
    } else if state.message_state == 0 {
        (format!("成员正在加入，当前 {}/{} 人", message.member_count, message.room_limit), "#FA9D39")
    } else {
        ("已开始".to_owned(), "#CCCCCC")
    };
    Status { text, color: color.to_owned() }
}
