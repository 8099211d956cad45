//! WeChat: what a page's handler gives for a forward, the forward menu, and the facts of a share ticket.

mod menu;
mod message;
mod ticket;

pub use menu::{HideShareMenu, ShowShareMenu, UpdateShareMenu};
pub use message::{OnShareAppMessage, Origin};
pub use ticket::GetShareInfo;

use super::answer::{Answer, Finding, first_error};
use super::card::Status;
use super::circumstances::{Updatable, WeChatState};
use super::request::Invalid;

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

/// `{errMsg: "NAME:fail cancel"}`, `{errMsg: "NAME:fail (…)"}`; `None` where nothing was refused.
fn failure(name: &str, findings: &[Finding]) -> Option<Answer> {
    let error = first_error(findings)?;
    let detail = if error.code == "cancel" { error.text.clone() } else { format!("({})", error.text) };
    Some(Answer::fail([("errMsg", format!("{name}:fail {detail}").into())]))
}

fn invalid(found: &Invalid) -> Finding {
    let text = format!("parameter error: parameter.{}", found.path);
    Finding::undocumented("invalid-parameter", text).at(found.path.clone()).because(found.reason.clone())
}
