//! What a template can name, with its description: [`GLOBALS`] lists it, with the members of each.

/// The member that says whether a row is the player's own.
pub(super) const OWN_ROW: &str = "isSelf";

/// A name that a template can use, or a member of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Global {
    /// The name.
    pub name: &'static str,
    /// What it is.
    pub about: &'static str,
    /// Its members, where it is a map with the same ones always, or a list of such.
    pub members: &'static [Global],
}

const fn global(name: &'static str, about: &'static str, members: &'static [Global]) -> Global {
    // The manual says it, and a module in a game has none.
    let about = if cfg!(feature = "advice") { about } else { "" };
    Global { name, about, members }
}

/// Members of a friend.
pub(super) const FRIEND: &[Global] = &[
    global("rank", "The rank, from 1; nothing without a score.", &[]),
    global("medal", "1, 2 or 3 for ranks on the podium; nothing for others.", &[]),
    global("position", "The place in the order, from 1, also without a score.", &[]),
    global("openid", "Who it is, for the platform.", &[]),
    global("nickname", "The name, fit to be shown: nothing in it reorders, hides or overflows what is around it.", &[]),
    global("avatarUrl", "The address of the avatar.", &[]),
    global("score", "The score: a number, exact, or the word of a rank; nothing where there is none.", &[]),
    global("hasScore", "Whether there is a score.", &[]),
    global("updateTime", "When the score was reached, as the data has it; nothing where it is not said.", &[]),
    global(OWN_ROW, "Whether it is the player.", &[]),
    global(
        "kv",
        "All of the friend's values by key: `friend.kv.level`. In a game and in `play` those that `keyList` names: \
     the score's alone, where it is not given.",
        &[],
    ),
    global("share", "How much of the best score this one is, in whole percent.", &[]),
    global("moved", "How many places were won since the rank that the data has as `lastRank`; negative for lost ones.", &[]),
    global("isNew", "Whether others have a `lastRank` and this friend has none.", &[]),
    global("sending", "Whether a message to this friend is on its way.", &[]),
    global("sent", "Whether a message to this friend was sent.", &[]),
    global("failed", "Whether a message to this friend could not be sent.", &[]),
];

/// Members of the next friend to beat: a friend's, and these.
pub(super) const NEXT: &[Global] = &[
    global("gap", "What is missing to this friend's score.", &[]),
    global("progress", "How much of this friend's score is reached, in whole percent.", &[]),
];

/// Members of a rival: a friend's, and these.
pub(super) const RIVAL: &[Global] = &[
    global("lead", "How far self is ahead; negative where self is behind.", &[]),
    global("balance", "Self's part of both scores, in percent.", &[]),
];

/// Members of self: a friend's, and these.
pub(super) const OWN: &[Global] =
    &[global("row", "The place among `friends`, from 0; how many they are where self is not among them.", &[])];

/// What a template can name, beside variables of the author's own.
pub const GLOBALS: &[Global] = &[
    global("state", "`ready`, `loading`, `empty`, `denied` or `error`.", &[]),
    global("friends", "The ranked friends that are shown.", FRIEND),
    global(
        "self",
        "The player's own entry; nothing where the player is not among the friends. It has a friend's members, and these.",
        OWN,
    ),
    global("podium", "The best three of `friends` who have a score.", FRIEND),
    global("others", "`friends` without those of `podium`.", FRIEND),
    global("neighbours", "The player with one friend on each side.", FRIEND),
    global("next", "The next friend to beat; nothing where the player leads. It has a friend's members, and these.", NEXT),
    global("count", "How many friends are ranked.", &[]),
    global("order", "`desc` where the higher score is better, `asc` where the lower is.", &[]),
    global(
        "group",
        "The group; nothing on a board of friends.",
        &[
            global("name", "The group's name, fit to be shown.", &[]),
            global("id", "Which group it is, for the platform.", &[]),
            global("members", "How many are in it.", &[]),
        ],
    ),
    global(
        "error",
        "What the platform failed with; nothing where it did not.",
        &[global("message", "What it said.", &[]), global("code", "Its number; nothing where it gave none.", &[])],
    ),
    global("theme", "Colours by role: `theme.accent`.", &[]),
    global("dark", "Whether the theme is a dark one.", &[]),
    global("strings", "Texts by key, in the language of the locale: `strings.empty`.", &[]),
    global("locale", "The locale's tag: `en`, `zh-CN`.", &[]),
    global("title", "A title that the author gives (`--var title=…`); nothing without one.", &[]),
    global("size", "The canvas in px at dpr 1.", &[global("width", "Its width.", &[]), global("height", "Its height.", &[])]),
    global("wide", "Whether the canvas is 600 px wide or more.", &[]),
    global("unit", "px of a unit of design: 1 on a phone, more where the canvas is large, so that a board fills it.", &[]),
    global(
        "room",
        "The canvas in units of design.",
        &[global("width", "Its width.", &[]), global("height", "Its height.", &[])],
    ),
    global("shape", "`narrow` where the canvas is higher than wide, `square` or `wide`.", &[]),
    global("columns", "How many rows of a list stand beside each other.", &[]),
    global("sideColumns", "The same beside a podium.", &[]),
    global("rtl", "Whether the locale is written from right to left.", &[]),
    global("scoreAs", "How the filter `score` writes scores: `number`, `duration` (milliseconds) or `seconds`.", &[]),
    global("daysLeft", "How many days the week goes on; nothing unless the author says (`--var daysLeft=3`).", &[]),
    global(
        "rival",
        "Who stands on the other side of a duel: whom `--var rival=OPENID` names, else the next to beat, else who comes after.",
        RIVAL,
    ),
    global("now", "The time it is, ms since 1970; nothing where nobody said (`--date`, or the game's clock).", &[]),
    global("zone", "On whose clocks dates are shown: `+08:00`.", &[]),
    global("skeleton", "A list to repeat the rows of a loading board over.", &[]),
];
