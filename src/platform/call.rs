//! The calls of all platforms, by their own names.

use std::fmt;

/// Defines the calls with their names, each once.
macro_rules! calls {
    ($($(#[doc = $doc:literal])+ $call:ident = $name:literal;)+) => {
        /// A call; which platform has which, and in which domain, is in the platform's table
        /// ([`Platform::has`](super::Platform::has)).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Call {
            $($(#[doc = $doc])+ $call,)+
        }

        impl Call {
            /// All calls.
            pub const ALL: &[Self] = &[$(Self::$call),+];

            /// The platforms' own name of the call.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$call => $name,)+
                }
            }
        }
    };
}

calls! {
    /// Stores pairs of the player.
    SetUserCloudStorage = "setUserCloudStorage";
    /// Removes pairs of the player.
    RemoveUserCloudStorage = "removeUserCloudStorage";
    /// The player's own pairs under some keys.
    GetUserCloudStorage = "getUserCloudStorage";
    /// The keys under which the player has pairs.
    GetUserCloudStorageKeys = "getUserCloudStorageKeys";
    /// Friends, with their pairs under some keys.
    GetFriendCloudStorage = "getFriendCloudStorage";
    /// A group's members, with their pairs under some keys.
    GetGroupCloudStorage = "getGroupCloudStorage";
    /// Friends, a group or people that the platform suggests, with their pairs under some keys.
    GetCloudStorageByRelation = "getCloudStorageByRelation";
    /// Makes the player a member of a group.
    SetUserGroup = "setUserGroup";
    /// A page of the platform's own ranking.
    GetImRankData = "getImRankData";

    /// Friends who do not play yet, and might.
    GetPotentialFriendList = "getPotentialFriendList";
    /// A group's name.
    GetGroupInfo = "getGroupInfo";
    /// The group that the game was opened from, encrypted.
    GetGroupEnterInfo = "getGroupEnterInfo";
    /// Names and avatars of members that were picked.
    GetGroupMembersInfo = "getGroupMembersInfo";
    /// Who the player is; in the open data domain, who several openids are.
    GetUserInfo = "getUserInfo";
    /// Changes a figure of a friend's: a present, a help.
    ModifyFriendInteractiveStorage = "modifyFriendInteractiveStorage";
    /// The player's own such figures.
    GetUserInteractiveStorage = "getUserInteractiveStorage";

    /// To one friend, from the open data domain.
    ShareToUser = "shareToUser";
    /// To one friend, from the open data domain.
    ShareMessageToFriend = "shareMessageToFriend";
    /// The query that `shareMessageToFriend` sends along.
    SetMessageToFriendQuery = "setMessageToFriendQuery";
    /// Opens the contact list or the platform's panel.
    ShareAppMessage = "shareAppMessage";
    /// To the player's story.
    ShareToStory = "shareToStory";
    /// To WeChat or its moments.
    ShareMessage = "shareMessage";
    /// What a page's handler gives for a forward from a button or the menu.
    OnShareAppMessage = "onShareAppMessage";
    /// Shows the menu's forward button.
    ShowShareMenu = "showShareMenu";
    /// Hides it.
    HideShareMenu = "hideShareMenu";
    /// Declares tickets and updatable messages for the next forward.
    UpdateShareMenu = "updateShareMenu";
    /// The encrypted facts of a share ticket.
    GetShareInfo = "getShareInfo";

    /// Asks for the friend relation.
    AuthorizeOpenContext = "authorizeOpenContext";
    /// Shows the permissions that the player has given, and lets them be changed.
    OpenSetting = "openSetting";
    /// Whether a call is there.
    CanIUse = "canIUse";
}

impl Call {
    /// The call of this name.
    ///
    /// ```
    /// use friendboard::platform::Call;
    /// assert_eq!(Call::from_name("shareToUser"), Some(Call::ShareToUser));
    /// assert_eq!(Call::from_name("shareToMoon"), None);
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|call| call.name() == name)
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
