//! The engines that draw the shared canvas themselves, each in its own way.

use std::fmt;
use std::str::FromStr;

use crate::platform::Platform;

/// What the main domain is made with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Engine {
    /// None, or one that has no way of its own.
    #[default]
    None,
    /// Cocos Creator 3: `SubContextView`.
    Cocos,
    /// `LayaAir`: `WXOpenDataViewer`, `OpenDataContextView`.
    Laya,
    /// Egret: `createDisplayObject`.
    Egret,
    /// Unity's WebGL SDK: `WX.ShowOpenData`.
    Unity,
}

impl Engine {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::None, Self::Cocos, Self::Laya, Self::Egret, Self::Unity];

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Cocos => "cocos",
            Self::Laya => "laya",
            Self::Egret => "egret",
            Self::Unity => "unity",
        }
    }

    /// `friendboard-game.js` without its settings.
    pub(super) fn script(self) -> &'static str {
        match self {
            Self::None => include_str!("../../../assets/open-data-context/game/none.js"),
            Self::Cocos => include_str!("../../../assets/open-data-context/game/cocos.js"),
            Self::Laya => include_str!("../../../assets/open-data-context/game/laya.js"),
            Self::Egret => include_str!("../../../assets/open-data-context/game/egret.js"),
            Self::Unity => include_str!("../../../assets/open-data-context/game/unity.js"),
        }
    }

    /// What else the main domain gets: a file's name and text.
    pub(super) fn companion(self) -> Option<(&'static str, &'static str)> {
        let unity = ("FriendBoard.cs", include_str!("../../../assets/open-data-context/game/FriendBoard.cs"));
        (self == Self::Unity).then_some(unity)
    }

    /// How a board is shown on a platform, for people.
    #[must_use]
    pub fn usage(self, platform: Platform) -> &'static str {
        match self {
            // There the canvas is a layer of the screen, which the platform shows by itself.
            Self::None if platform == Platform::TikTok => "board.open();   board.close();   board.postScore(1234);",
            Self::None => {
                "board.open();   board.close();   board.postScore(1234);\nboard.draw(context);   // in every frame, where the game draws its canvas itself"
            }
            Self::Cocos => "board.openOn(node);   // a node with a SubContextView\nboard.close();   board.postScore(1234);",
            Self::Laya => {
                "board.openOn(view, Laya.stage);   // a WXOpenDataViewer or OpenDataContextView\nboard.close();   board.postScore(1234);"
            }
            Self::Egret => {
                "board.openOn(this);   // a display object on the stage: platform.openDataContext.createDisplayObject draws on it\nboard.close();   board.postScore(1234);"
            }
            Self::Unity => {
                "// C#, with FriendBoard.cs below Assets\nFriendBoard.Open(rawImage);   FriendBoard.Close();   FriendBoard.PostScore(1234);"
            }
        }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Engine {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|engine| engine.name() == name).ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.iter().map(|engine| engine.name()).collect();
            format!("one of {} was expected", names.join(", "))
        })
    }
}
