//! A script: what the platform is like, and what happens when.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::document::{Document, Entry};
use crate::context::TouchPhase;
use crate::error::Result;
use crate::geometry::{Point, Size};
use crate::share::Platform;
use crate::template::Value;

/// A script, read.
#[derive(Clone, Debug)]
pub struct Script {
    /// The platform.
    pub platform: Platform,
    /// The client's version, for `canIUse`; `None`: the newest.
    pub client: Option<String>,
    /// The canvas at the start.
    pub canvas: CanvasPart,
    /// The window, logical px, and its device px per logical px.
    pub window: (Size, f32),
    /// The player's own openid.
    pub self_openid: Option<String>,
    /// False where the player has not allowed the friend relation yet.
    pub authorized: bool,
    /// The friends as the platform answers them, JSON.
    pub friends: String,
    /// The members of groups by shareTicket or group identity, JSON; a group that is not here has the friends.
    pub groups: BTreeMap<String, String>,
    /// Where pictures are: a folder, and files by address.
    pub assets: (Option<PathBuf>, BTreeMap<String, PathBuf>),
    /// What is drawn.
    pub board: BoardPart,
    /// How a board looks and ranks, and what is sent.
    pub look: LookPart,
    /// How long calls take by name, and pictures under `image`, ms.
    pub latency: BTreeMap<String, u64>,
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

/// What is drawn.
#[derive(Clone, Debug)]
pub enum BoardPart {
    /// A built-in board.
    BuiltIn(String),
    /// A template and its style sheets.
    Own(PathBuf, Vec<PathBuf>),
}

/// How a board looks and ranks, and what is sent.
#[derive(Clone, Debug, Default)]
pub struct LookPart {
    /// `light` or `dark`.
    pub theme: Option<String>,
    /// A bundled locale.
    pub locale: Option<String>,
    /// `desc` or `asc`.
    pub order: Option<String>,
    /// The keys that are asked for; the first is the score's.
    pub keys: Vec<String>,
    /// Further globals.
    pub variables: Vec<(String, Value)>,
    /// What invitations say: `title`, `subtitle`, `imageUrl`, `templateType`.
    pub share: Option<Value>,
    /// Words of the game's own, with a known word that means the same.
    pub words: Vec<(String, String)>,
    /// How old data may be, ms.
    pub data_age: Option<u64>,
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
    /// The game stores pairs of the player's own.
    SetUserCloudStorage(Vec<(String, Value)>),
    /// The game removes some.
    RemoveUserCloudStorage(Vec<String>),
    /// The canvas is given another size or place.
    Canvas(CanvasPart),
    /// The window changes.
    Window(Size, f32),
    /// From here on other things fail.
    Faults(Faults),
    /// From here on calls take so long.
    Latency(BTreeMap<String, u64>),
}

const MEMBERS: &[&str] = &[
    "platform",
    "client",
    "canvas",
    "window",
    "self",
    "authorized",
    "friends",
    "groups",
    "assets",
    "board",
    "template",
    "style",
    "theme",
    "locale",
    "order",
    "keyList",
    "var",
    "share",
    "words",
    "dataAge",
    "latency",
    "faults",
    "steps",
    "end",
];

const ACTIONS: &[&str] = &[
    "message",
    "tap",
    "touchstart",
    "touchmove",
    "touchend",
    "touchcancel",
    "snapshot",
    "setUserCloudStorage",
    "removeUserCloudStorage",
    "canvas",
    "window",
    "faults",
    "latency",
];

impl Script {
    /// Reads a script. Files that it names are beside it, in `folder`.
    ///
    /// # Errors
    /// `Data` with line, column and JSON path for whatever is not as it should be, with the nearest known name where one
    /// was misspelt; `Io` where a file that it names can't be read.
    pub fn read(document: &Document, folder: &Path) -> Result<Self> {
        let root = document.root()?;
        root.only(MEMBERS)?;
        let platform = match root.get("platform") {
            Some(entry) => entry.parsed::<Platform>()?,
            None => Platform::WeChat,
        };
        if platform == Platform::Wps {
            let at = root.get("platform").unwrap_or(root.clone());
            return Err(at.wrong("tiktok, wechat or douyin", "wps, which has no open data context"));
        }
        let mut steps = Vec::new();
        let list = root.need("steps")?.items_within("script_steps", root.limits().script_steps)?;
        let mut last = 0;
        for entry in list {
            let step = read_step(&entry)?;
            if step.at < last {
                return Err(entry
                    .need("at")?
                    .wrong(&format!("a time of at least {last}, that of the step before"), &step.at.to_string()));
            }
            last = step.at;
            steps.push(step);
        }
        check_names(&root, &steps)?;
        let end = match root.get("end") {
            Some(entry) => entry.time(last)?,
            None => last,
        };
        let texts = |name: &str| root.get(name).map(|entry| entry.text()).transpose();
        Ok(Self {
            platform,
            client: texts("client")?,
            canvas: root.get("canvas").map(|entry| canvas(&entry)).transpose()?.unwrap_or_default(),
            window: root.get("window").map_or(Ok((Size::new(360.0, 640.0), 1.0)), |entry| window(&entry))?,
            self_openid: texts("self")?,
            authorized: root.get("authorized").map_or(Ok(true), |entry| entry.boolean())?,
            friends: match root.get("friends") {
                Some(entry) => data(&entry, folder)?,
                None => r#"{"data":[],"errMsg":"getFriendCloudStorage:ok"}"#.to_owned(),
            },
            groups: match root.get("groups") {
                Some(entry) => entry
                    .members()?
                    .into_iter()
                    .map(|(name, entry)| Ok((name, data(&entry, folder)?)))
                    .collect::<Result<_>>()?,
                None => BTreeMap::new(),
            },
            assets: root
                .get("assets")
                .map_or(Ok((Some(folder.to_owned()), BTreeMap::new())), |entry| assets(&entry, folder))?,
            board: board(&root, folder)?,
            look: look(&root)?,
            latency: root.get("latency").map(|entry| latency(&entry)).transpose()?.unwrap_or_default(),
            faults: root.get("faults").map(|entry| faults(&entry)).transpose()?.unwrap_or_default(),
            steps,
            end,
        })
    }
}

/// Names of snapshots become names of files.
fn check_names(root: &Entry<'_>, steps: &[Step]) -> Result<()> {
    let mut seen = BTreeMap::new();
    for (index, step) in steps.iter().enumerate() {
        let Action::Snapshot(name) = &step.action else { continue };
        let entries = root.need("steps")?.items_within("script_steps", root.limits().script_steps)?;
        let Some(entry) = entries.get(index).and_then(|entry| entry.get("snapshot")) else { continue };
        let fine = !name.is_empty()
            && name.len() <= 100
            && !name.starts_with('.')
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' '));
        if !fine || name == super::ANIMATION {
            return Err(entry.wrong("a name of letters, digits, - and _ for a file", &format!("'{name:.40}'")));
        }
        if let Some(first) = seen.insert(name.to_lowercase(), index) {
            return Err(entry.wrong("a name that no other snapshot has", &format!("that of steps[{first}]")));
        }
    }
    Ok(())
}

fn read_step(entry: &Entry<'_>) -> Result<Step> {
    let known: Vec<&str> = std::iter::once("at").chain(ACTIONS.iter().copied()).collect();
    entry.only(&known)?;
    let at = entry.need("at")?.time(0)?;
    let found: Vec<(String, Entry<'_>)> = entry.members()?.into_iter().filter(|(name, _)| name != "at").collect();
    let [(name, value)] = found.as_slice() else {
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        let found = if names.is_empty() { "only a time".to_owned() } else { names.join(", ") };
        return Err(entry.wrong(&format!("one of {} beside the time", ACTIONS.join(", ")), &found));
    };
    let action = match name.as_str() {
        "message" => Action::Message(value.value()?),
        "tap" => Action::Tap(value.point()?),
        "touchstart" => Action::Touch(TouchPhase::Start, value.point()?),
        "touchmove" => Action::Touch(TouchPhase::Move, value.point()?),
        "touchend" => Action::Touch(TouchPhase::End, value.point()?),
        "touchcancel" => Action::Touch(TouchPhase::Cancel, value.point()?),
        "snapshot" => Action::Snapshot(value.text()?),
        "setUserCloudStorage" => Action::SetUserCloudStorage(pairs(value)?),
        "removeUserCloudStorage" => Action::RemoveUserCloudStorage(keys(value)?),
        "canvas" => Action::Canvas(canvas(value)?),
        "window" => window(value).map(|(size, ratio)| Action::Window(size, ratio))?,
        "faults" => Action::Faults(faults(value)?),
        // `only` let nothing else through.
        _ => Action::Latency(latency(value)?),
    };
    Ok(Step { at, action })
}

fn canvas(entry: &Entry<'_>) -> Result<CanvasPart> {
    entry.only(&["width", "height", "style"])?;
    let size = match (entry.get("width"), entry.get("height")) {
        (Some(width), Some(height)) => Some((width.whole(1..=65_535)? as u32, height.whole(1..=65_535)? as u32)),
        (None, None) => None,
        (Some(_), None) => return Err(entry.wrong("a height beside the width", "none")),
        (None, Some(_)) => return Err(entry.wrong("a width beside the height", "none")),
    };
    let style = match entry.get("style") {
        Some(style) => {
            style.only(&["width", "height", "top", "left", "position", "display", "zIndex"])?;
            Some(style.value()?)
        }
        None => None,
    };
    Ok(CanvasPart { size, style })
}

fn window(entry: &Entry<'_>) -> Result<(Size, f32)> {
    entry.only(&["width", "height", "devicePixelRatio"])?;
    let side = |name: &str| entry.need(name)?.float(1.0..=65_535.0);
    let ratio = entry.get("devicePixelRatio").map_or(Ok(1.0), |entry| entry.float(0.25..=8.0))?;
    Ok((Size::new(side("width")?, side("height")?), ratio))
}

/// Friend data: a file beside the script, or the data itself.
fn data(entry: &Entry<'_>, folder: &Path) -> Result<String> {
    match entry.as_text() {
        Some(path) if !path.trim_start().starts_with(['{', '[']) => entry.file(&folder.join(path)),
        Some(json) => Ok(json),
        None => Ok(entry.written().to_owned()),
    }
}

fn assets(entry: &Entry<'_>, folder: &Path) -> Result<(Option<PathBuf>, BTreeMap<String, PathBuf>)> {
    if let Some(path) = entry.as_text() {
        return Ok((Some(folder.join(path)), BTreeMap::new()));
    }
    let files = entry.members()?.into_iter().map(|(name, file)| Ok((name, folder.join(file.text()?))));
    Ok((Some(folder.to_owned()), files.collect::<Result<_>>()?))
}

fn board(root: &Entry<'_>, folder: &Path) -> Result<BoardPart> {
    let Some(template) = root.get("template") else {
        if let Some(style) = root.get("style") {
            return Err(style.wrong("a template beside the style", "none"));
        }
        return Ok(BoardPart::BuiltIn(root.get("board").map_or(Ok("leaderboard".to_owned()), |entry| entry.text())?));
    };
    if let Some(board) = root.get("board") {
        return Err(board.wrong("a board or a template", "both"));
    }
    let styles = match root.get("style") {
        Some(entry) if entry.as_text().is_some() => vec![folder.join(entry.text()?)],
        Some(entry) => entry.items(100)?.iter().map(|entry| Ok(folder.join(entry.text()?))).collect::<Result<_>>()?,
        None => Vec::new(),
    };
    Ok(BoardPart::Own(folder.join(template.text()?), styles))
}

fn look(root: &Entry<'_>) -> Result<LookPart> {
    let text = |name: &str| root.get(name).map(|entry| entry.text()).transpose();
    let mut words = Vec::new();
    if let Some(entry) = root.get("words") {
        for (word, means) in entry.members()? {
            words.push((word, means.text()?));
        }
    }
    let variables = match root.get("var") {
        Some(entry) => entry.members()?.into_iter().map(|(name, entry)| Ok((name, entry.value()?))).collect::<Result<_>>()?,
        None => Vec::new(),
    };
    if let Some(share) = root.get("share") {
        share.only(&["title", "subtitle", "imageUrl", "templateType"])?;
    }
    Ok(LookPart {
        theme: text("theme")?,
        locale: text("locale")?,
        order: text("order")?,
        keys: root.get("keyList").map(|entry| keys(&entry)).transpose()?.unwrap_or_default(),
        variables,
        share: root.get("share").map(|entry| entry.value()).transpose()?,
        words,
        data_age: root.get("dataAge").map(|entry| entry.time(0)).transpose()?,
    })
}

fn keys(entry: &Entry<'_>) -> Result<Vec<String>> {
    let list = entry.get("keyList").unwrap_or_else(|| entry.clone());
    list.items(1_000)?.iter().map(Entry::text).collect()
}

/// Pairs as any platform's call has them: `{KVDataList: […]}`, `{data: […]}`, the list alone, or names with values.
fn pairs(entry: &Entry<'_>) -> Result<Vec<(String, Value)>> {
    let list = ["KVDataList", "kvDataList", "data"].iter().find_map(|name| entry.get(name)).unwrap_or_else(|| entry.clone());
    if list.is_map() {
        return list.members()?.into_iter().map(|(key, value)| Ok((key, value.value()?))).collect();
    }
    list.items(1_000)?
        .iter()
        .map(|pair| {
            pair.only(&["key", "value"])?;
            Ok((pair.need("key")?.text()?, pair.need("value")?.value()?))
        })
        .collect()
}

fn latency(entry: &Entry<'_>) -> Result<BTreeMap<String, u64>> {
    entry.known_calls(&["image"])?;
    entry.members()?.into_iter().map(|(name, time)| Ok((name, time.time(0)?))).collect()
}

fn faults(entry: &Entry<'_>) -> Result<Faults> {
    entry.known_calls(&["image"])?;
    let mut faults = Faults::default();
    for (name, fault) in entry.members()? {
        if name == "image" {
            for (src, fault) in fault.members()? {
                let kind = match fault.text()?.as_str() {
                    "error" => ImageFault::Error,
                    "hang" => ImageFault::Hang,
                    other => return Err(fault.wrong("error or hang", &format!("'{other:.40}'"))),
                };
                faults.images.insert(src, kind);
            }
            continue;
        }
        fault.only(&["errMsg", "errCode", "errNo", "errno", "err_code", "times"])?;
        let times = fault.get("times").map(|entry| entry.whole(1..=1_000_000)).transpose()?;
        let fields = fault.members()?.into_iter().filter(|(name, _)| name != "times");
        let fields = fields.map(|(name, entry)| Ok((Arc::from(name), entry.value()?))).collect::<Result<BTreeMap<_, _>>>()?;
        faults.calls.insert(name, (Value::Map(Arc::new(fields)), times));
    }
    Ok(faults)
}
