//! What both calls find, and how Douyin words it.

use crate::platform::Finding;
use crate::share::circumstances::{Circumstances, DouyinFault, Template};

/// How long a shared link lasts, in days: 'the link is valid for 45 days, and dead after that'.
pub const LINK_DAYS: u64 = 45;
const SECONDS_A_DAY: u64 = 24 * 60 * 60;

/// What is said to a value of the wrong type, and to one that is missing.
pub(super) fn invalid(path: &str, reason: &str) -> Finding {
    Finding::error("invalid-parameter", 20001, "invalid param").at(path).because(reason)
}

/// Number and text of a fault inside of the platform.
pub(super) fn fault(fault: DouyinFault) -> (i64, &'static str) {
    match fault {
        DouyinFault::UnknownBusiness => (10403, "onBusinessError unknown biz error"),
        DouyinFault::InvalidCommonInfo => (10401, "Invalid CommonInfo."),
        DouyinFault::ShowBoard => (10401, "Internal error: show board error"),
        DouyinFault::Share => (10401, "Internal error: Share error"),
        DouyinFault::CutTemplate => (21110, "use cut template fail"),
        DouyinFault::TaskGameId => (20001, "TaskGameId Not Found"),
        DouyinFault::UserInfo => (21_500, "get game user info catch error"),
        DouyinFault::ShareInfo => (0, "get share info error"),
        DouyinFault::FrequencyControl => (20_000, "frequency_control"),
    }
}

/// The reviewed template of an id; an empty one where there is none.
pub(super) fn template(id: Option<&str>, circumstances: &Circumstances<'_>) -> Template {
    id.and_then(|id| circumstances.platform.douyin.templates.get(id)).cloned().unwrap_or_default()
}

/// A template that has not passed the review, where it is known which have.
pub(super) fn unknown_template(id: Option<&str>, circumstances: &Circumstances<'_>) -> Option<Finding> {
    let templates = &circumstances.platform.douyin.templates;
    let id = id.filter(|id| !templates.is_empty() && !templates.contains_key(*id))?;
    let shown: String = id.chars().take(40).collect();
    let finding = Finding::warning("unknown-template", format!("no template {shown:?} has passed the review"));
    Some(finding.at("templateId").because("the platform's default content is shown"))
}

/// A link that is older than links become.
pub(super) fn ended_link(circumstances: &Circumstances<'_>) -> Option<Finding> {
    let days = circumstances.platform.douyin.link_age / SECONDS_A_DAY;
    (days >= LINK_DAYS).then(|| {
        Finding::warning("link-ended", format!("the link was shared {days} days ago and lasted {LINK_DAYS}"))
            .because("who taps the card is not taken to the game; share it anew")
    })
}
