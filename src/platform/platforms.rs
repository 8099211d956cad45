//! The one list of platforms, and what is asked of their tables.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::call::Call;
use super::facts::{Domain, Facts, Offer, Spelling};
use super::storage::Storage;
use super::version::Version;
use super::{douyin, tiktok, wechat, wps};
use crate::error::{Error, ErrorKind, closest};

/// A platform that mini-games live on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Platform {
    /// TikTok mini games.
    TikTok,
    /// Douyin (抖音) mini games.
    Douyin,
    /// WPS Xiezuo (WPS 协作), which shares to WeChat; it has no friends and no open data domain.
    Wps,
    /// WeChat (微信) mini games and mini programs.
    WeChat,
}

impl Platform {
    /// All of them, in the order of the documentation.
    pub const ALL: [Self; 4] = [Self::TikTok, Self::Douyin, Self::Wps, Self::WeChat];

    fn facts(self) -> &'static Facts {
        match self {
            Self::TikTok => &tiktok::FACTS,
            Self::Douyin => &douyin::FACTS,
            Self::Wps => &wps::FACTS,
            Self::WeChat => &wechat::FACTS,
        }
    }

    fn offer(self, call: Call) -> Option<&'static Offer> {
        self.facts().calls.iter().find(|offer| offer.call == call)
    }

    /// The platform's name on the command line and in data: `tiktok`, `douyin`, `wps`, `wechat`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.facts().name
    }

    /// The object whose functions the calls are, such as `wx`; `None` where the documents name none.
    #[must_use]
    pub fn global(self) -> Option<&'static str> {
        self.facts().global
    }

    /// The calls that the platform has in any domain, in the order of its table.
    pub fn calls(self) -> impl Iterator<Item = Call> {
        self.facts().calls.iter().map(|offer| offer.call)
    }

    /// True where the platform has the call, in whichever domain.
    #[must_use]
    pub fn offers(self, call: Call) -> bool {
        self.offer(call).is_some()
    }

    /// True where the call may be made in that domain.
    ///
    /// ```
    /// use friendboard::platform::{Call, Domain, Platform};
    /// assert!(Platform::WeChat.has(Call::SetUserCloudStorage, Domain::Main));
    /// assert!(!Platform::WeChat.has(Call::GetFriendCloudStorage, Domain::Main));
    /// ```
    #[must_use]
    pub fn has(self, call: Call, domain: Domain) -> bool {
        self.offer(call).is_some_and(|offer| offer.domains.contains(&domain))
    }

    /// True where the player must have allowed the call.
    #[must_use]
    pub fn needs_permission(self, call: Call) -> bool {
        self.offer(call).is_some_and(|offer| offer.needs_permission)
    }

    /// The call that asks the player to allow the friend relation; `None` where there is none.
    #[must_use]
    pub fn permission_call(self) -> Option<Call> {
        self.facts().permission
    }

    /// The client version from which on a call is there; `None` where the platform's documents name none.
    #[must_use]
    pub fn since(self, call: Call) -> Option<Version> {
        self.offer(call)?.since_client.map(|[major, minor, patch]| Version::new(major, minor, patch))
    }

    /// The base library's version from which on a call is there, which is another number than the client's; `None` where
    /// the platform's documents name none.
    #[must_use]
    pub fn since_library(self, call: Call) -> Option<Version> {
        self.offer(call)?.since_library.map(|[major, minor, patch]| Version::new(major, minor, patch))
    }

    /// The call that sends one friend a message, from the open data domain; each platform has its own, or none.
    ///
    /// ```
    /// use friendboard::platform::{Call, Platform};
    /// assert_eq!(Platform::TikTok.friend_message_call(), Some(Call::ShareToUser));
    /// assert_eq!(Platform::Douyin.friend_message_call(), Some(Call::ShareMessageToFriend));
    /// assert_eq!(Platform::Wps.friend_message_call(), None);
    /// ```
    #[must_use]
    pub fn friend_message_call(self) -> Option<Call> {
        [Call::ShareToUser, Call::ShareMessageToFriend].into_iter().find(|&call| self.has(call, Domain::OpenData))
    }

    /// The domain that a call belongs to where it may not be made in this one; `None` where it may, or nowhere at all.
    ///
    /// ```
    /// use friendboard::platform::{Call, Domain, Platform};
    /// assert_eq!(Platform::TikTok.other_domain(Call::ShareToUser, Domain::Main), Some(Domain::OpenData));
    /// assert_eq!(Platform::TikTok.other_domain(Call::ShareToUser, Domain::OpenData), None);
    /// ```
    #[must_use]
    pub fn other_domain(self, call: Call, domain: Domain) -> Option<Domain> {
        let offer = self.offer(call).filter(|offer| !offer.domains.contains(&domain))?;
        offer.domains.first().copied()
    }

    /// What the platform's `canIUse(schema)` answers on a client and a base library of these versions (the newest, where
    /// one is not known): whether the call that the schema begins with is there. The rest of the schema
    /// (`api.method.param.option`) is not looked at: the documents give no versions for parameters.
    ///
    /// ```
    /// use friendboard::platform::Platform;
    /// let old = "40.2.9".parse()?;
    /// assert!(!Platform::TikTok.can_i_use("shareAppMessage", Some(&old), None));
    /// assert!(Platform::TikTok.can_i_use("shareAppMessage.object.title", None, None));
    /// assert!(!Platform::TikTok.can_i_use("shareToMoon", None, None));
    /// # Ok::<(), friendboard::Error>(())
    /// ```
    #[must_use]
    pub fn can_i_use(self, schema: &str, client: Option<&Version>, library: Option<&Version>) -> bool {
        let name = schema.split('.').next().unwrap_or_default();
        let Some(call) = Call::from_name(name).filter(|&call| self.offers(call)) else { return false };
        let is_there =
            |since: Option<Version>, found: Option<&Version>| since.zip(found).is_none_or(|(since, found)| *found >= since);
        is_there(self.since(call), client) && is_there(self.since_library(call), library)
    }

    /// What the platform's cloud storage takes and how it is asked; `None` where it has none.
    #[must_use]
    pub fn storage(self) -> Option<&'static Storage> {
        self.facts().storage.as_ref()
    }

    /// How the platform spells its answers.
    #[must_use]
    pub fn spelling(self) -> &'static Spelling {
        &self.facts().spelling
    }

    /// True where a board of friends can be a group's.
    #[must_use]
    pub fn has_groups(self) -> bool {
        self.offers(Call::GetGroupCloudStorage) || self.offers(Call::GetCloudStorageByRelation)
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
