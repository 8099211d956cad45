//! What the manual says of messages: what each meaning does, and which members it reads.

use super::words::{DISCRIMINATORS, Meaning, WORDS};

/// A member of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    /// Its name.
    pub name: &'static str,
    /// Other names of it.
    pub also: &'static [&'static str],
    /// What it says.
    pub about: &'static str,
    /// It with a value, and with what it needs beside it: members of a JSON object.
    pub example: &'static str,
}

const fn member(name: &'static str, also: &'static [&'static str], about: &'static str, example: &'static str) -> Member {
    Member { name, also, about, example }
}

const KEY: Member = member("rankKey", &["key", "scoreKey"], "The key whose value is the score.", r#""rankKey": "score""#);
const WIDTH: Member =
    member("width", &["w"], "The canvas's own width; height stands beside it.", r#""width": 320, "height": 480"#);
const HEIGHT: Member =
    member("height", &["h"], "The canvas's own height; width stands beside it.", r#""width": 320, "height": 480"#);
const RATIO: Member = member(
    "pixelRatio",
    &["devicePixelRatio"],
    "What turns the message's px into the canvas's own.",
    r#""width": 320, "height": 480, "pixelRatio": 2"#,
);
const SCROLLED: Member = member("scrollY", &[], "How far down the board is scrolled, px.", r#""scrollY": 120"#);
const FORCE: Member = member("force", &[], "Ask for the data anew, whatever its age.", r#""force": true"#);
const TICKET: Member = member(
    "shareTicket",
    &["ticket"],
    "The ticket of the share that the game was opened from: it shows that group's board.",
    r#""shareTicket": "T1""#,
);
const GROUP: Member = member("groupId", &["openGid"], "Which group: it shows that group's board.", r#""groupId": "G1""#);
const NUMBER: Member = member(
    "score",
    &["highestScore", "maxScore", "bestScore", "value", "record", "data"],
    "The player's new score: a number, a text that is one, or JSON with one in it.",
    r#""score": 1204"#,
);
const PAIRS: Member = member(
    "KVDataList",
    &[],
    "The score among pairs as the platform stores them.",
    r#""KVDataList": [{"key": "best", "value": "12"}]"#,
);
const SCORE_KEY: Member =
    member("rankKey", &["key", "scoreKey"], "The key that it is stored under.", r#""score": 1204, "rankKey": "best""#);

/// Members that any message can bring along.
pub(crate) const ANY: &[Member] = &[
    member("selfOpenId", &[], "Who the player is, by openid.", r#""selfOpenId": "o2""#),
    member(
        "userInfo",
        &["user", "self", "player"],
        "Who the player is, by nickName, avatarUrl and openId.",
        r#""userInfo": {"nickName": "Ann", "avatarUrl": "ann.png"}"#,
    ),
];

impl Meaning {
    /// Every meaning, in the order of the manual.
    pub(crate) const ALL: [Self; 17] = [
        Self::ShowFriends,
        Self::ShowGroup,
        Self::ShowNextToBeat,
        Self::Hide,
        Self::Viewport,
        Self::Matrix,
        Self::Resize,
        Self::StoreScore,
        Self::Score,
        Self::Page,
        Self::NextPage,
        Self::PreviousPage,
        Self::Scroll,
        Self::Refresh,
        Self::Identity,
        Self::Variables,
        Self::Ignore,
    ];

    /// The words that mean it, the likeliest first.
    pub(crate) fn words(self) -> impl Iterator<Item = &'static str> {
        WORDS.iter().filter(move |(_, meaning)| *meaning == self).map(|(word, _)| *word)
    }

    /// The members that can hold a message's word.
    pub(crate) fn discriminators() -> &'static [&'static str] {
        DISCRIMINATORS
    }

    /// What it does.
    pub(crate) fn about(self) -> &'static str {
        match self {
            Self::ShowFriends => "Shows the friends' board. With a ticket or a group it shows that group's.",
            Self::ShowGroup => "Shows a group's board.",
            Self::ShowNextToBeat => "Shows the next friend to beat.",
            Self::Hide => "Hides the board and clears the canvas.",
            Self::Viewport => "Says which box of the screen the canvas covers, in logical px: touches are found by it.",
            Self::Matrix => "Says the same as a matrix from the canvas's px to the screen's.",
            Self::Resize => "Gives the canvas another size.",
            Self::StoreScore => "The player has a new score; the board stores it too.",
            Self::Score => "The player has a new score, which the main domain stores; without one, data is asked for anew.",
            Self::Page => "Shows a page of the board: a list scrolls by whole screens.",
            Self::NextPage => "Shows the page after this one.",
            Self::PreviousPage => "Shows the page before this one.",
            Self::Scroll => "Scrolls a scrollview.",
            Self::Refresh => "Asks for the data anew.",
            Self::Identity => "Says who the player is.",
            Self::Variables => "Gives values that the template can name.",
            Self::Ignore => "Nothing that concerns a board: engines send it.",
        }
    }

    /// The members that it reads, beside those of [`ANY`].
    pub(crate) fn members(self) -> &'static [Member] {
        match self {
            Self::ShowFriends | Self::ShowGroup => &[KEY, WIDTH, HEIGHT, RATIO, SCROLLED, FORCE, TICKET, GROUP],
            Self::ShowNextToBeat => &[KEY, WIDTH, HEIGHT, RATIO, SCROLLED, FORCE],
            Self::Hide | Self::NextPage | Self::PreviousPage | Self::Refresh | Self::Ignore => &[],
            Self::Viewport => {
                const BOX: &str = r#""x": 20, "y": 80, "width": 320, "height": 480"#;
                const MEMBERS: &[Member] = &[
                    member("x", &["left"], "From the left of the window, px.", BOX),
                    member("y", &["top"], "From its top, px.", BOX),
                    member("width", &["w"], "Width on the screen, px; it is a must.", BOX),
                    member("height", &["h"], "Height on the screen, px; it is a must.", BOX),
                    member(
                        "pixelRatio",
                        &["devicePixelRatio"],
                        "The message counts in device px: so many are one px.",
                        r#""x": 20, "y": 80, "width": 320, "height": 480, "pixelRatio": 2"#,
                    ),
                ];
                MEMBERS
            }
            Self::Matrix => {
                const MATRIX: &str = r#""a": 2, "b": 0.5, "c": 0.5, "d": 2, "tx": 20, "ty": 80"#;
                const MEMBERS: &[Member] = &[
                    member("a", &[], "Scale to the right; it is a must.", MATRIX),
                    member("b", &[], "How much a step to the right goes down.", MATRIX),
                    member("c", &[], "How much a step down goes to the right.", MATRIX),
                    member("d", &[], "Scale downwards; it is a must.", MATRIX),
                    member("tx", &[], "From the left, device px.", MATRIX),
                    member("ty", &[], "From the top, device px.", MATRIX),
                    member(
                        "width",
                        &["w"],
                        "The canvas's own width; height stands beside it.",
                        r#""a": 2, "d": 2, "width": 320, "height": 480"#,
                    ),
                    member(
                        "height",
                        &["h"],
                        "The canvas's own height; width stands beside it.",
                        r#""a": 2, "d": 2, "width": 320, "height": 480"#,
                    ),
                ];
                MEMBERS
            }
            Self::Resize => &[WIDTH, HEIGHT, RATIO],
            Self::StoreScore | Self::Score => &[NUMBER, PAIRS, SCORE_KEY],
            Self::Page => {
                const MEMBERS: &[Member] = &[
                    member(
                        "page",
                        &["pageIndex", "index", "value", "data"],
                        "The page's number, from 1, or from firstPage of the options.",
                        r#""page": 2"#,
                    ),
                    member("delta", &["by", "offset"], "So many pages on, or back.", r#""delta": -1"#),
                    member("direction", &[], "next or previous.", r#""direction": "next""#),
                ];
                MEMBERS
            }
            Self::Scroll => {
                const MEMBERS: &[Member] = &[
                    member("y", &["scrollY", "top", "offset", "value"], "How far down, px.", r#""y": 240"#),
                    member("x", &["scrollX", "left"], "How far to the right, px.", r#""x": 40"#),
                    member(
                        "id",
                        &["target"],
                        "The scrollview's id; without it, the first that can scroll.",
                        r#""y": 240, "id": "list""#,
                    ),
                    member(
                        "animated",
                        &["animate"],
                        "false: at once, in place of a movement.",
                        r#""y": 240, "animated": false"#,
                    ),
                ];
                MEMBERS
            }
            Self::Identity => {
                const MEMBERS: &[Member] =
                    &[member("openId", &["selfOpenId", "value", "data"], "Who the player is, by openid.", r#""openId": "o1""#)];
                MEMBERS
            }
            Self::Variables => {
                const MEMBERS: &[Member] = &[member(
                    "variables",
                    &["data", "value", "payload"],
                    "Values by name.",
                    r#""variables": {"title": "Best of May"}"#,
                )];
                MEMBERS
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Vocabulary;
    use crate::json::Value;
    use crate::limits::Limits;

    fn read(word: &str, members: &str) -> Option<crate::context::Received> {
        let comma = if members.is_empty() { "" } else { ", " };
        let json = format!(r#"{{"command": "{word}"{comma}{members}}}"#);
        let limits = Limits::default();
        let message = Value::from_json(&json, &limits).unwrap_or_else(|error| panic!("{json}: {error}"));
        Vocabulary::default().read(&message, &limits).ok()
    }

    /// Without the member, the message says something else.
    #[test]
    fn every_member_is_read_under_each_of_its_names() {
        let limits = Limits::default();
        for meaning in Meaning::ALL {
            let word = meaning.words().next().unwrap();
            let own = meaning.members().first().map(|member| member.example);
            let any = ANY.iter().map(|member| (member, own.map(|own| format!("{own}, {}", member.example))));
            for (member, with_own) in meaning.members().iter().map(|member| (member, None)).chain(any) {
                let members = with_own.unwrap_or_else(|| member.example.to_owned());
                let json = format!("{{{members}}}");
                let Value::Map(all) = Value::from_json(&json, &limits).unwrap() else { panic!("{json}") };
                let without = |dropped: &str| {
                    let kept = all.iter().filter(|(name, _)| &***name != dropped);
                    let parts: Vec<String> = kept.map(|(name, value)| format!("\"{name}\": {}", value.to_json())).collect();
                    parts.join(", ")
                };
                assert!(all.contains_key(member.name), "{json} has no {}", member.name);
                let said = read(word, &members);
                assert!(said.is_some(), "{word}: {json}");
                assert_ne!(said, read(word, &without(member.name)), "{word}: {} says nothing", member.name);
                for also in member.also {
                    let value = all[member.name].to_json();
                    let rest = without(member.name);
                    let comma = if rest.is_empty() { "" } else { ", " };
                    assert_eq!(said, read(word, &format!("{rest}{comma}\"{also}\": {value}")), "{word}: {also}");
                }
            }
        }
    }

    #[test]
    fn every_word_has_a_meaning_that_is_listed() {
        let listed: usize = Meaning::ALL.iter().map(|meaning| meaning.words().count()).sum();
        assert_eq!(listed, WORDS.len());
        for (_, meaning) in Meaning::NAMES {
            assert!(Meaning::ALL.contains(meaning));
        }
    }
}
