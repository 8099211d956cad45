//! The four platforms, their calls, and from which client version on each call is there.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::version::Version;
use crate::error::{Error, ErrorKind, closest};

/// A platform that mini-games are shared on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Platform {
    /// TikTok mini games.
    TikTok,
    /// Douyin (抖音) mini games.
    Douyin,
    /// WPS Xiezuo (WPS 协作), which shares to WeChat.
    Wps,
    /// WeChat (微信) mini games and mini programs.
    WeChat,
}

impl Platform {
    /// All of them, in the order of the documentation.
    pub const ALL: [Self; 4] = [Self::TikTok, Self::Douyin, Self::Wps, Self::WeChat];

    /// The platform's name on the command line and in data: `tiktok`, `douyin`, `wps`, `wechat`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::TikTok => "tiktok",
            Self::Douyin => "douyin",
            Self::Wps => "wps",
            Self::WeChat => "wechat",
        }
    }

    /// The calls that can be checked, by the platform's own names.
    #[must_use]
    pub fn calls(self) -> &'static [Call] {
        match self {
            Self::TikTok => &[Call::ShareToUser, Call::ShareAppMessage, Call::ShareToStory, Call::AuthorizeOpenContext],
            Self::Douyin => &[Call::ShareAppMessage],
            Self::Wps => &[Call::ShareMessage],
            Self::WeChat => &[
                Call::OnShareAppMessage,
                Call::ShareAppMessage,
                Call::ShowShareMenu,
                Call::HideShareMenu,
                Call::UpdateShareMenu,
                Call::GetShareInfo,
            ],
        }
    }

    /// The call of this name.
    ///
    /// # Errors
    /// `ErrorKind::Usage` with the known calls where the platform has none of this name.
    ///
    /// ```
    /// use friendboard::share::{Call, Platform};
    /// assert_eq!(Platform::Wps.call("shareMessage").unwrap(), Call::ShareMessage);
    /// assert!(Platform::Wps.call("shareMesage").unwrap_err().to_string().contains("did you mean 'shareMessage'?"));
    /// ```
    pub fn call(self, name: &str) -> Result<Call, Error> {
        self.calls().iter().copied().find(|call| call.name() == name).ok_or_else(|| {
            let names = || self.calls().iter().map(|call| call.name());
            let shown: String = name.chars().take(40).collect();
            let known = names().collect::<Vec<_>>().join(", ");
            let error = Error::new(ErrorKind::Usage, format!("{self} has no share call {shown:?}; it has {known}"));
            match closest(name, names()) {
                Some(close) => error.hint(format!("did you mean '{close}'?")),
                None => error.hint("call names are written as the platform's documents write them"),
            }
        })
    }

    /// The client version from which on a call is there; `None` where the platform's documents name none.
    #[must_use]
    pub fn since(self, call: Call) -> Option<Version> {
        match (self, call) {
            // 'Client version 40.3.0 or higher for sharing capabilities.'
            (Self::TikTok, Call::ShareToUser | Call::ShareAppMessage | Call::ShareToStory) => Some(Version::new(40, 3, 0)),
            (Self::Wps, Call::ShareMessage) => Some(Version::new(4, 25, 0)),
            _ => None,
        }
    }

    /// What the platform's `canIUse(schema)` answers on a client of this version (the newest, where it is not known):
    /// whether the call that the schema begins with is there. The rest of the schema (`api.method.param.option`) is
    /// not looked at: the documents give no versions for parameters.
    ///
    /// ```
    /// use friendboard::share::Platform;
    /// let old = "40.2.9".parse().unwrap();
    /// assert!(!Platform::TikTok.can_i_use("shareAppMessage", Some(&old)));
    /// assert!(Platform::TikTok.can_i_use("shareAppMessage.object.title", None));
    /// assert!(!Platform::TikTok.can_i_use("shareToMoon", None));
    /// ```
    #[must_use]
    pub fn can_i_use(self, schema: &str, client: Option<&Version>) -> bool {
        let name = schema.split('.').next().unwrap_or_default();
        let Some(call) = self.calls().iter().copied().find(|call| call.name() == name) else {
            return false;
        };
        match (self.since(call), client) {
            (Some(since), Some(client)) => *client >= since,
            _ => true,
        }
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Platform {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        Self::ALL.into_iter().find(|platform| platform.name() == name).ok_or_else(|| {
            let shown: String = name.chars().take(40).collect();
            let error = Error::new(ErrorKind::Usage, format!("expected tiktok, douyin, wps or wechat, found {shown:?}"));
            match closest(name, Self::ALL.map(Self::name)) {
                Some(close) => error.hint(format!("did you mean '{close}'?")),
                None => error,
            }
        })
    }
}

/// A share call; which platform has which is in [`Platform::calls`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Call {
    /// TikTok: to one friend, from the open data domain.
    ShareToUser,
    /// TikTok, Douyin, WeChat mini games: opens the contact list or the platform's panel.
    ShareAppMessage,
    /// TikTok: to the player's story.
    ShareToStory,
    /// TikTok: asks for the friend relation.
    AuthorizeOpenContext,
    /// WPS: to WeChat or its moments.
    ShareMessage,
    /// WeChat: what a page's handler gives for a forward from a button or the menu.
    OnShareAppMessage,
    /// WeChat: shows the menu's forward button.
    ShowShareMenu,
    /// WeChat: hides it.
    HideShareMenu,
    /// WeChat: declares tickets and updatable messages for the next forward.
    UpdateShareMenu,
    /// WeChat: the encrypted facts of a share ticket.
    GetShareInfo,
}

impl Call {
    /// The platform's own name of the call.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ShareToUser => "shareToUser",
            Self::ShareAppMessage => "shareAppMessage",
            Self::ShareToStory => "shareToStory",
            Self::AuthorizeOpenContext => "authorizeOpenContext",
            Self::ShareMessage => "shareMessage",
            Self::OnShareAppMessage => "onShareAppMessage",
            Self::ShowShareMenu => "showShareMenu",
            Self::HideShareMenu => "hideShareMenu",
            Self::UpdateShareMenu => "updateShareMenu",
            Self::GetShareInfo => "getShareInfo",
        }
    }
}
