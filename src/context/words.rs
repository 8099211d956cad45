//! The words of messages, as platforms' samples, engines and known games spell them.

/// What a word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meaning {
    /// Show the friends' board.
    ShowFriends,
    /// Show a group's board.
    ShowGroup,
    /// Show the next friend to beat.
    ShowNextToBeat,
    /// Hide the board and clear the canvas.
    Hide,
    /// The box that the canvas covers on the screen.
    Viewport,
    /// The same as a matrix.
    Matrix,
    /// The canvas's own size.
    Resize,
    /// The player's own new score, to be stored too.
    StoreScore,
    /// The player's own new score, which the main domain stores.
    Score,
    /// A page of the board.
    Page,
    /// Who 'self' is.
    Identity,
    /// The page after this one.
    NextPage,
    /// The page before this one.
    PreviousPage,
    /// Ask for the data anew.
    Refresh,
    /// Scroll somewhere.
    Scroll,
    /// Values that the template can name.
    Variables,
    /// Nothing that concerns a board.
    Ignore,
}

impl Meaning {
    /// What a game's author calls each, with what else there is by the same name of the built-in words.
    pub const NAMES: &[(&str, Self)] = &[
        ("show", Self::ShowFriends),
        ("hide", Self::Hide),
        ("viewport", Self::Viewport),
        ("score", Self::StoreScore),
        ("self", Self::Identity),
        ("group", Self::ShowGroup),
        ("page", Self::Page),
        ("next", Self::NextPage),
        ("previous", Self::PreviousPage),
        ("refresh", Self::Refresh),
        ("variables", Self::Variables),
        ("ignore", Self::Ignore),
        ("beyond", Self::ShowNextToBeat),
        ("resize", Self::Resize),
        ("scroll", Self::Scroll),
    ];

    /// True where it shows a board.
    pub(super) fn is_show(self) -> bool {
        matches!(self, Self::ShowFriends | Self::ShowGroup | Self::ShowNextToBeat)
    }

    /// The name under which a message's own word would have the figure of this meaning.
    pub(super) fn figure(self) -> Option<&'static str> {
        Some(match self {
            Self::StoreScore | Self::Score => "score",
            Self::ShowGroup => "shareticket",
            Self::Page => "page",
            Self::Identity => "openid",
            Self::Variables => "variables",
            Self::Scroll => "y",
            Self::ShowFriends | Self::ShowNextToBeat => "rankkey",
            _ => return None,
        })
    }
}

/// The members that can hold a message's word, in the order in which they are looked at.
pub(super) const DISCRIMINATORS: &[&str] = &[
    "type",
    "command",
    "event",
    "action",
    "message",
    "method",
    "key",
    "func",
    "fn",
    "cmd",
    "messageType",
    "msgType",
    "op",
    "name",
    "text",
    "value",
];

/// The words that are in use.
pub(super) const WORDS: &[(&str, Meaning)] = &[
    ("show", Meaning::ShowFriends),
    ("showFriendList", Meaning::ShowFriends),
    ("render", Meaning::ShowFriends),
    ("showFriendRank", Meaning::ShowFriends),
    ("showFriendsRank", Meaning::ShowFriends),
    ("rank", Meaning::ShowFriends),
    ("showRank", Meaning::ShowFriends),
    ("renderRank", Meaning::ShowFriends),
    ("init", Meaning::ShowFriends),
    ("open", Meaning::ShowFriends),
    ("friends", Meaning::ShowFriends),
    ("getRanking", Meaning::ShowFriends),
    ("getLeaderboard", Meaning::ShowFriends),
    ("rankData", Meaning::ShowFriends),
    ("rank-render", Meaning::ShowFriends),
    ("fetch", Meaning::ShowFriends),
    ("showRankList", Meaning::ShowFriends),
    ("showLeaderboard", Meaning::ShowFriends),
    ("showFriends", Meaning::ShowFriends),
    ("showGroupRank", Meaning::ShowGroup),
    ("showGroupFriendsRank", Meaning::ShowGroup),
    ("group", Meaning::ShowGroup),
    ("groupRank", Meaning::ShowGroup),
    ("beyond", Meaning::ShowNextToBeat),
    ("hide", Meaning::Hide),
    ("close", Meaning::Hide),
    ("undisplay", Meaning::Hide),
    ("hideFriendRank", Meaning::Hide),
    ("clear", Meaning::Hide),
    ("WXDestroy", Meaning::Hide),
    ("hideRank", Meaning::Hide),
    ("hideRankList", Meaning::Hide),
    ("remove", Meaning::Hide),
    ("destroy", Meaning::Hide),
    ("updateViewPort", Meaning::Viewport),
    ("layoutUpdateViewPort", Meaning::Viewport),
    ("WXRender", Meaning::Viewport),
    ("viewport", Meaning::Viewport),
    ("changeMatrix", Meaning::Matrix),
    ("resize", Meaning::Resize),
    ("setUserRecord", Meaning::StoreScore),
    ("updateScore", Meaning::StoreScore),
    ("updateMaxScore", Meaning::StoreScore),
    ("submitScore", Meaning::StoreScore),
    ("uploadScore", Meaning::StoreScore),
    ("setScore", Meaning::StoreScore),
    ("saveScore", Meaning::StoreScore),
    ("updateRank", Meaning::StoreScore),
    ("update", Meaning::Score),
    ("updateData", Meaning::Score),
    ("self-score", Meaning::Score),
    ("showRecord", Meaning::Score),
    ("changePage", Meaning::Page),
    ("paging", Meaning::Page),
    ("next", Meaning::NextPage),
    ("nextPage", Meaning::NextPage),
    ("pre", Meaning::PreviousPage),
    ("prev", Meaning::PreviousPage),
    ("prePage", Meaning::PreviousPage),
    ("prevPage", Meaning::PreviousPage),
    ("previous", Meaning::PreviousPage),
    ("previousPage", Meaning::PreviousPage),
    ("getOpenId", Meaning::Identity),
    ("friend", Meaning::Identity),
    ("selfOpenId", Meaning::Identity),
    ("userInfo", Meaning::Identity),
    ("setUserInfo", Meaning::Identity),
    ("refreshData", Meaning::Refresh),
    ("refresh", Meaning::Refresh),
    ("invalidate", Meaning::Refresh),
    ("scrollTo", Meaning::Scroll),
    ("variables", Meaning::Variables),
    ("setVariables", Meaning::Variables),
    ("loadRes", Meaning::Ignore),
    ("preload", Meaning::Ignore),
    // Cocos Creator's own half: its rate of frames, its start, its pauses.
    ("frameRate", Meaning::Ignore),
    ("mainLoop", Meaning::Ignore),
    ("boot", Meaning::Ignore),
    ("ready", Meaning::Ignore),
    ("heartbeat", Meaning::Ignore),
    ("ping", Meaning::Ignore),
];
