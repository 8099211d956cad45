//! A script: what the platform is like, and what happens when.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::context::{Settings, TouchPhase};
use crate::geometry::{Point, Size};
use crate::json::{Source, Value};
use crate::platform::{Call, Domain, Version};

/// A script, read.
#[derive(Clone, Debug)]
pub struct Script {
    /// The client's version, for `canIUse`; `None`: the newest.
    pub client: Option<Version>,
    /// The base library's version, which is another number (W, D); `None`: the newest.
    pub library: Option<Version>,
    /// The canvas at the start.
    pub canvas: CanvasPart,
    /// The window, logical px, and its device px per logical px.
    pub window: (Size, f32),
    /// The player's own openid; `None`: as the friends' data says.
    pub self_openid: Option<String>,
    /// False where the player has not allowed the friend relation yet.
    pub authorized: bool,
    /// The friends as the platform answers them.
    pub friends: Source,
    /// The members of groups by shareTicket or group identity; a group that is not here has the friends.
    pub groups: BTreeMap<String, Source>,
    /// Where pictures are.
    pub assets: AssetsPart,
    /// What is drawn.
    pub board: BoardPart,
    /// The platform; how a board looks and ranks, and what is sent.
    pub settings: Settings,
    /// How long calls and pictures take.
    pub latency: Latency,
    /// What fails.
    pub faults: Faults,
    /// What happens, in order of time.
    pub steps: Vec<Step>,
    /// When the run ends, ms: with the last step, or later.
    pub end: u64,
}

/// A canvas: its own size, and its style as written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CanvasPart {
    /// Own px.
    pub size: Option<(u32, u32)>,
    /// The style.
    pub style: Option<Value>,
}

/// Where pictures are.
#[derive(Clone, Debug, Default)]
pub struct AssetsPart {
    /// Folders, the first one first.
    pub folders: Vec<PathBuf>,
    /// Files by address.
    pub files: BTreeMap<String, PathBuf>,
}

/// What is drawn.
#[derive(Clone, Debug)]
pub enum BoardPart {
    /// A built-in board.
    BuiltIn(String),
    /// A template and its style sheets.
    Own(PathBuf, Vec<PathBuf>),
}

/// How long things take, ms; what is not here takes no time.
#[derive(Clone, Debug, Default)]
pub struct Latency {
    /// Calls by name.
    pub calls: BTreeMap<String, u64>,
    /// Pictures by address.
    pub images: BTreeMap<String, u64>,
    /// All other pictures.
    pub image: u64,
}

impl Latency {
    /// How long a picture takes.
    #[must_use]
    pub fn of_image(&self, src: &str) -> u64 {
        self.images.get(src).copied().unwrap_or(self.image)
    }
}

/// What is to be on the board at a time; what is not here may be anything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Expected {
    /// The state: `loading`, `ready`, `empty`, `denied`, `error` or `hidden`.
    pub state: Option<String>,
    /// Texts that are there, in any order.
    pub texts: Option<Vec<String>>,
    /// Lines of the log since the last such step, in their order; each with members that a line has.
    pub events: Option<Vec<Value>>,
    /// Diagnostics since the last such step, all of them: each by its code, or by a part of what it says.
    pub diagnostics: Option<Vec<String>>,
}

/// What fails.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    /// Calls by name: what they fail with, and how often (`None`: always).
    pub calls: BTreeMap<String, (Value, Option<u64>)>,
    /// Pictures by address.
    pub images: BTreeMap<String, ImageFault>,
}

/// How a picture fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageFault {
    /// It fails.
    Error,
    /// It never comes.
    Hang,
}

/// Something that happens.
#[derive(Clone, Debug)]
pub struct Step {
    /// When, ms.
    pub at: u64,
    /// What.
    pub action: Action,
}

/// What happens.
#[derive(Clone, Debug)]
pub enum Action {
    /// The main domain posts a message.
    Message(Value),
    /// A finger comes down and lifts.
    Tap(Point),
    /// A finger.
    Touch(TouchPhase, Point),
    /// The canvas is written to a file of this name.
    Snapshot(String),
    /// The game stores pairs of the player's own, or removes some, or makes another call of the platform's: with the
    /// call's own arguments, in the domain that the step says.
    Call(Domain, Call, Value),
    /// The canvas is given another size or place.
    Canvas(CanvasPart),
    /// The window changes.
    Window(Size, f32),
    /// What is on the board then, and what was told since the last such step.
    Expect(Expected),
    /// From here on other things fail.
    Faults(Faults),
    /// From here on calls take so long.
    Latency(Latency),
}
