//! A script: what the platform is like, and what happens when.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::context::{Settings, TouchPhase};
use crate::error::{Error, Result};
use crate::geometry::{Point, Size};
use crate::json::{Source, Value};
use crate::limits::Limits;
use crate::pipeline::Renderer;
use crate::platform::{Call, Domain, Version};
use crate::text::Fonts;

/// A script, read.
#[derive(Clone, Debug)]
pub struct Script {
    /// Its folder: its log names documents from there, so that it is the same wherever the script is run from.
    pub folder: PathBuf,
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
    /// Files of fonts that are tried before the bundled ones; for a game's own script, those that its main domain has loaded.
    pub fonts: Vec<PathBuf>,
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
    /// Pictures that are part of the program, by their names.
    pub bundled: &'static [(&'static str, &'static [u8])],
}

/// What is drawn.
#[derive(Clone, Debug)]
pub enum BoardPart {
    /// A built-in board.
    BuiltIn(String),
    /// A template and its style sheets.
    Own(PathBuf, Vec<PathBuf>),
    /// A game's own open data context.
    Script(ScriptPart),
}

/// A game's own open data context.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScriptPart {
    /// The folder of the game's package.
    pub root: PathBuf,
    /// The file that runs first, from there, with `/` between folders.
    pub entry: String,
    /// Of `Math.random`.
    pub seed: u32,
    /// What is refused as only some phones do: `pictures`, `wechat-old`.
    pub strict: Vec<String>,
}

impl Script {
    /// What draws it: with its own fonts before the bundled ones.
    ///
    /// # Errors
    /// Where a font can't be read.
    pub fn renderer(&self, limits: &Limits) -> Result<Renderer> {
        let mut fonts = Fonts::bundled();
        for font in &self.fonts {
            fonts.add_file(font, limits)?;
        }
        Ok(Renderer::new(fonts, limits.clone()))
    }

    /// What a game's own script draws text with: the bundled fonts, and those that its main domain has loaded, which a script
    /// knows by their names.
    ///
    /// # Errors
    /// Where a font can't be read.
    pub fn loaded_fonts(&self, limits: &Limits) -> Result<Fonts> {
        let mut fonts = Fonts::bundled();
        for font in &self.fonts {
            fonts.add_file_by_name(font, limits)?;
        }
        Ok(fonts)
    }
}

impl ScriptPart {
    /// A file of a package, with the seed 1 and nothing refused.
    ///
    /// # Errors
    /// What `wrong` makes of the reason, where the file is not below the root.
    pub fn new(file: &Path, root: PathBuf, wrong: impl FnOnce(&str) -> Error) -> Result<Self> {
        let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let entry = match whole(file).strip_prefix(whole(&root)) {
            Ok(entry) => entry.to_string_lossy().replace('\\', "/"),
            Err(_) => return Err(wrong(&format!("{}, which is not below {}", file.display(), root.display()))),
        };
        Ok(Self { root, entry, seed: 1, strict: Vec::new() })
    }

    /// The folder that the file is in.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.entry.rsplit_once('/').map_or_else(|| self.root.clone(), |(folder, _)| self.root.join(folder))
    }
}

/// Names of what can be refused as only some phones do.
pub const STRICTNESS: &[&str] = &["pictures", "wechat-old"];

/// The package that a script's file belongs to: the nearest folder above it with the configuration that names the open data
/// domain (`game.json`, `project.config.json`), else the parent of its folder.
#[must_use]
pub fn package_root(file: &Path) -> PathBuf {
    // What is above a folder is not in its name where that begins where the program runs.
    let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let folder = file.parent().unwrap_or(Path::new("."));
    let is_root = |folder: &&Path| ["game.json", "project.config.json"].iter().any(|name| folder.join(name).is_file());
    // No farther up than a game's folders go: a configuration of something else is not looked for.
    let named = folder.ancestors().filter(|folder| !folder.as_os_str().is_empty()).take(4).find(is_root);
    named.or_else(|| folder.parent().filter(|parent| !parent.as_os_str().is_empty())).unwrap_or(folder).to_owned()
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
    Message {
        /// What it says.
        value: Value,
        /// The same as it is written: a script's `for (name in message)` sees the members in that order.
        written: Arc<str>,
    },
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
