//! Reading a script: whatever is wrong with it is said with line, column and JSON path.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::read_text;
use super::animation::ANIMATION;
use super::entry::Entry;
use super::game::game_script;
use super::script::{Action, AssetsPart, BoardPart, CanvasPart, Expected, Faults, ImageFault, Latency, Script, Step};
use crate::context::{Settings, ShareSettings, TouchPhase};
use crate::error::{Error, ErrorKind, Result};
use crate::friends::ThenBy;
use crate::geometry::Size;
use crate::json::{Document, Kind, Source, Value};
use crate::limits::Limits;
use crate::platform::{Call, Domain, Platform};
use crate::scene::BoardState;

/// The members of a script.
pub const MEMBERS: &[&str] = &[
    "platform",
    "client",
    "library",
    "canvas",
    "window",
    "self",
    "authorized",
    "friends",
    "groups",
    "assets",
    "fonts",
    "board",
    "template",
    "style",
    "dialect",
    "script",
    "root",
    "seed",
    "strict",
    "theme",
    "locale",
    "order",
    "key",
    "keyList",
    "thenBy",
    "since",
    "period",
    "zone",
    "date",
    "ties",
    "withoutScore",
    "top",
    "var",
    "share",
    "words",
    "dataAge",
    "latency",
    "faults",
    "steps",
    "end",
];

/// What a step can be beside a call of the platform's.
pub const ACTIONS: &[&str] = &[
    "message",
    "tap",
    "touchstart",
    "touchmove",
    "touchend",
    "touchcancel",
    "snapshot",
    "expect",
    "canvas",
    "window",
    "faults",
    "latency",
];

/// What pictures are called beside calls.
pub const IMAGE: &str = "image";

/// The friends of a script that names none.
const NOBODY: &str = r#"{"data":[],"errMsg":"getFriendCloudStorage:ok"}"#;

/// Reads a script from a file.
///
/// # Errors
/// As [`Script::read`], and `Io` where the file can't be read.
pub fn read_script(path: &Path, limits: &Limits) -> Result<Script> {
    let text = read_text(path, limits.data_bytes, "data_bytes", ErrorKind::Data)?;
    Script::read(&text, &path.display().to_string(), path.parent().unwrap_or(Path::new("")), limits)
}

impl Script {
    /// Reads a script, which places call `name`. Files that it names are beside it, in `folder`.
    ///
    /// # Errors
    /// `Data` with line, column and JSON path for whatever is not as it should be, with the nearest known name where one
    /// was misspelt; `Io` where a file that it names can't be read.
    pub fn read(text: &str, name: &str, folder: &Path, limits: &Limits) -> Result<Self> {
        let document = Document::parse(text, name, limits)?;
        let root = Entry { node: document.root(), limits }.map()?;
        root.only(MEMBERS)?;
        let data = |entry: Entry<'_>| data(entry, folder);
        let platform = root.read("platform", platform)?.unwrap_or(Platform::WeChat);
        let steps = steps(root.need("steps")?, platform)?;
        let last = steps.last().map_or(0, |step| step.at);
        let board = board(root, folder)?;
        Ok(Self {
            folder: folder.to_owned(),
            client: root.read("client", Entry::parsed)?,
            library: root.read("library", Entry::parsed)?,
            canvas: root.read("canvas", canvas)?.unwrap_or_default(),
            window: root.read("window", window)?.unwrap_or((Size::new(360.0, 640.0), 1.0)),
            self_openid: root.read("self", Entry::text)?,
            authorized: root.read("authorized", Entry::boolean)?.unwrap_or(true),
            friends: root.read("friends", data)?.unwrap_or_else(|| Source::new(NOBODY, name)),
            groups: root.read("groups", |entry| by_name(entry, data))?.unwrap_or_default(),
            assets: assets(root.get("assets"), &board, folder)?,
            fonts: fonts(root.get("fonts"), folder)?,
            board,
            settings: settings(root, platform, folder)?,
            latency: root.read("latency", latency)?.unwrap_or_default(),
            faults: root.read("faults", faults)?.unwrap_or_default(),
            steps,
            end: root.read("end", |entry| entry.time(last))?.unwrap_or(last),
        })
    }
}

/// The members of an object, each read by a function.
fn by_name<'a, T>(entry: Entry<'a>, read: impl Fn(Entry<'a>) -> Result<T>) -> Result<BTreeMap<String, T>> {
    entry.members()?.into_iter().map(|(name, entry)| Ok((name, read(entry)?))).collect()
}

fn platform(entry: Entry<'_>) -> Result<Platform> {
    match entry.parsed()? {
        Platform::Wps => Err(entry.wrong("tiktok, wechat or douyin", "wps, which has no open data context")),
        platform => Ok(platform),
    }
}

fn steps(entry: Entry<'_>, platform: Platform) -> Result<Vec<Step>> {
    let mut steps: Vec<Step> = Vec::new();
    // Names of snapshots, which become names of files, with the step that has each.
    let mut snapshots = BTreeMap::new();
    for (index, entry) in entry.items_within("script_steps", entry.limits.script_steps)?.into_iter().enumerate() {
        let step = read_step(entry, platform)?;
        let last = steps.last().map_or(0, |step| step.at);
        if step.at < last {
            let expected = format!("a time of at least {last}, that of the step before");
            return Err(entry.need("at")?.wrong(&expected, &step.at.to_string()));
        }
        if let Action::Snapshot(name) = &step.action
            && let Some(first) = snapshots.insert(name.to_lowercase(), index)
        {
            let found = format!("that of steps[{first}]");
            return Err(entry.need("snapshot")?.wrong("a name that no other snapshot has", &found));
        }
        steps.push(step);
    }
    Ok(steps)
}

/// A name that can be a file's.
fn snapshot(entry: Entry<'_>) -> Result<String> {
    let name = entry.text()?;
    let is_fine = !name.is_empty()
        && name.len() <= 100
        && !name.starts_with('.')
        && name != ANIMATION
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' '));
    if is_fine { Ok(name) } else { Err(entry.wrong("a name of letters, digits, - and _ for a file", &format!("'{name:.40}'"))) }
}

/// What happens in a step that is a document of its own.
pub(super) fn read_action(document: &Document<'_>, platform: Platform, limits: &Limits) -> Result<Action> {
    read_step(Entry { node: document.root(), limits }, platform).map(|step| step.action)
}

fn read_step(entry: Entry<'_>, platform: Platform) -> Result<Step> {
    let beside = ["at", "domain"];
    let known: Vec<&str> = ["at"].into_iter().chain(ACTIONS.iter().copied()).chain(["domain"]).collect();
    entry.only_or_calls(&known)?;
    let at = entry.need("at")?.time(0)?;
    let found = entry.members()?.into_iter().filter(|(name, _)| !beside.contains(&name.as_str()));
    let found: Vec<(String, Entry<'_>)> = found.collect();
    let &[(ref name, value)] = found.as_slice() else {
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        let found = if names.is_empty() { "only a time".to_owned() } else { names.join(", ") };
        let expected = format!("one of {} or a call of the platform's beside the time", ACTIONS.join(", "));
        return Err(entry.wrong(&expected, &found));
    };
    if let Some(call) = Call::from_name(name) {
        let domain = entry.read("domain", domain)?.unwrap_or(Domain::Main);
        return Ok(Step { at, action: Action::Call(domain, call, call_arguments(call, value, platform)?) });
    }
    if let Some(domain) = entry.get("domain") {
        return Err(domain.wrong("a domain beside a call", &format!("one beside {name}")));
    }
    let action = match name.as_str() {
        "message" => Action::Message { value: value.value()?, written: value.node.source().into() },
        "tap" => Action::Tap(value.point()?),
        "touchstart" => Action::Touch(TouchPhase::Start, value.point()?),
        "touchmove" => Action::Touch(TouchPhase::Move, value.point()?),
        "touchend" => Action::Touch(TouchPhase::End, value.point()?),
        "touchcancel" => Action::Touch(TouchPhase::Cancel, value.point()?),
        "snapshot" => Action::Snapshot(snapshot(value)?),
        "expect" => Action::Expect(expected(value)?),
        "canvas" => Action::Canvas(canvas(value)?),
        "window" => window(value).map(|(size, ratio)| Action::Window(size, ratio))?,
        "faults" => Action::Faults(faults(value)?),
        // `only` let nothing else through.
        _ => Action::Latency(latency(value)?),
    };
    Ok(Step { at, action })
}

fn canvas(entry: Entry<'_>) -> Result<CanvasPart> {
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

fn window(entry: Entry<'_>) -> Result<(Size, f32)> {
    entry.only(&["width", "height", "devicePixelRatio"])?;
    let side = |name: &str| entry.need(name)?.float(1.0..=65_535.0);
    let ratio = entry.get("devicePixelRatio").map_or(Ok(1.0), |entry| entry.float(0.25..=8.0))?;
    Ok((Size::new(side("width")?, side("height")?), ratio))
}

/// Friend data: a file beside the script, or the data itself.
fn data(entry: Entry<'_>, folder: &Path) -> Result<Source> {
    match entry.as_text() {
        Some(path) if !path.trim_start().starts_with(['{', '[']) => {
            let path = folder.join(path);
            Ok(Source::new(entry.file(&path)?, &path.display().to_string()))
        }
        Some(json) => Ok(Source::new(json, &entry.node.document().name())),
        None => Ok(Source::from(entry.node)),
    }
}

/// Where pictures are: in folders that are named; else beside the template, then beside the script. A game's own script names
/// them from its package's root, or from where it is.
fn assets(entry: Option<Entry<'_>>, board: &BoardPart, folder: &Path) -> Result<AssetsPart> {
    let beside = || match board {
        BoardPart::Script(part) => vec![part.root.clone(), part.folder()],
        BoardPart::Own(template, _) => template.parent().into_iter().chain([folder]).map(Path::to_owned).collect(),
        BoardPart::BuiltIn(_) => vec![folder.to_owned()],
    };
    let Some(entry) = entry else { return Ok(AssetsPart { folders: beside(), ..AssetsPart::default() }) };
    if let Some(path) = entry.as_text() {
        return Ok(AssetsPart { folders: vec![folder.join(path)], ..AssetsPart::default() });
    }
    if entry.node.kind() == Kind::List {
        let folders = entry.items(100)?.iter().map(|entry| Ok(folder.join(entry.text()?))).collect::<Result<_>>()?;
        return Ok(AssetsPart { folders, ..AssetsPart::default() });
    }
    let files = by_name(entry, |file| Ok(folder.join(file.text()?)))?;
    Ok(AssetsPart { folders: beside(), files, ..AssetsPart::default() })
}

/// Files of fonts that are tried before the bundled ones; for a game's own script, those that its main domain has loaded.
fn fonts(entry: Option<Entry<'_>>, folder: &Path) -> Result<Vec<PathBuf>> {
    let Some(entry) = entry else { return Ok(Vec::new()) };
    entry.items(100)?.iter().map(|entry| Ok(folder.join(entry.text()?))).collect()
}

fn board(root: Entry<'_>, folder: &Path) -> Result<BoardPart> {
    if let Some(script) = game_script(root, folder)? {
        return Ok(BoardPart::Script(script));
    }
    let Some(template) = root.get("template") else {
        if let Some(style) = root.get("style") {
            return Err(style.wrong("a template beside the style", "none"));
        }
        return Ok(BoardPart::BuiltIn(root.get("board").map_or(Ok("leaderboard".to_owned()), Entry::text)?));
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

/// A name, the value itself, or a JSON file with it, which stands beside the script.
fn look<T: TryFrom<Value, Error = Error>>(entry: Entry<'_>, folder: &Path) -> Result<T> {
    let value = match entry.as_text() {
        Some(name) if Path::new(&name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) => {
            let path = folder.join(name);
            Value::read(&entry.file(&path)?, &path.display().to_string(), entry.limits)?
        }
        _ => entry.value()?,
    };
    T::try_from(value).map_err(|error| entry.wrong_as(&error))
}

fn settings(root: Entry<'_>, platform: Platform, folder: &Path) -> Result<Settings> {
    let own = Settings::default();
    Ok(Settings {
        platform,
        dialect: root.read("dialect", Entry::read_as)?,
        theme: root.read("theme", |entry| look(entry, folder))?.unwrap_or(own.theme),
        locale: root.read("locale", |entry| look(entry, folder))?.unwrap_or(own.locale),
        order: root.read("order", Entry::parsed)?.unwrap_or(own.order),
        ties: root.read("ties", Entry::parsed)?.unwrap_or(own.ties),
        without_score: root.read("withoutScore", Entry::parsed)?.unwrap_or(own.without_score),
        top: root.read("top", |entry| entry.whole(0..=u64::from(u32::MAX)))?.map(|top| top as usize),
        key: root.read("key", Entry::text)?,
        then_by: root.read("thenBy", then_by)?.unwrap_or_default(),
        since: root.read("since", Entry::read_as)?,
        period: root.read("period", Entry::read_as)?,
        zone: root.read("zone", Entry::read_as)?.unwrap_or(own.zone),
        date: root.read("date", Entry::read_as)?,
        key_list: root.read("keyList", keys)?.unwrap_or_default(),
        variables: root.read("var", |entry| by_name(entry, Entry::value))?.unwrap_or_default(),
        share: root.read("share", share)?.unwrap_or_default(),
        words: root.read("words", Entry::read_as)?.unwrap_or_default(),
        data_age: root.read("dataAge", |entry| entry.time(0))?,
        ..Settings::default()
    })
}

/// What decides between equal scores: a list, or the only item of one.
fn then_by(entry: Entry<'_>) -> Result<Vec<ThenBy>> {
    if entry.as_text().is_some() {
        return Ok(vec![entry.parsed()?]);
    }
    entry.items(100)?.into_iter().map(Entry::parsed).collect()
}

fn share(entry: Entry<'_>) -> Result<ShareSettings> {
    entry.only(&["title", "subtitle", "imageUrl", "templateType", "templateId", "query"])?;
    let text = |name: &str| entry.read(name, Entry::text);
    let kind = |entry: Entry<'_>| entry.value()?.try_into().map_err(|_| entry.is_not("1 or 2"));
    Ok(ShareSettings {
        title: text("title")?,
        subtitle: text("subtitle")?,
        image_url: text("imageUrl")?,
        template_type: entry.read("templateType", kind)?,
        template_id: text("templateId")?,
        query: text("query")?,
    })
}

fn keys(entry: Entry<'_>) -> Result<Vec<String>> {
    entry.get("keyList").unwrap_or(entry).items(1_000)?.into_iter().map(Entry::text).collect()
}

/// The arguments of a call of the game's. Pairs and keys may be written shorter than the call has them.
fn call_arguments(call: Call, entry: Entry<'_>, platform: Platform) -> Result<Value> {
    Ok(match call {
        Call::SetUserCloudStorage => {
            let stored_as = platform.storage().map_or("KVDataList", |storage| storage.stored_as);
            // A value stays what it is: the platform stores texts and refuses anything else.
            let pairs = pairs(entry)?.into_iter();
            let pairs = pairs.map(|(key, value)| Value::map([("key", Value::from(key)), ("value", value)]));
            Value::map([(stored_as, Value::list(pairs))])
        }
        Call::RemoveUserCloudStorage => Value::map([("keyList", Value::list(keys(entry)?))]),
        Call::CanIUse => Value::from(match entry.get("schema") {
            Some(schema) => schema.text()?,
            None => entry.text()?,
        }),
        _ => entry.map()?.value()?,
    })
}

fn domain(entry: Entry<'_>) -> Result<Domain> {
    match entry.text()?.as_str() {
        "main" => Ok(Domain::Main),
        "open-data" => Ok(Domain::OpenData),
        other => Err(entry.wrong("main or open-data", &format!("'{other:.40}'"))),
    }
}

/// Pairs as any platform's call has them: `{KVDataList: […]}`, `{data: […]}`, the list alone, or names with values.
fn pairs(entry: Entry<'_>) -> Result<Vec<(String, Value)>> {
    let list = ["KVDataList", "kvDataList", "data"].iter().find_map(|name| entry.get(name)).unwrap_or(entry);
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

fn latency(entry: Entry<'_>) -> Result<Latency> {
    entry.only_calls(IMAGE)?;
    let mut latency = Latency::default();
    for (name, time) in entry.members()? {
        match (name == IMAGE, time.is_map()) {
            (true, true) => {
                latency.images = by_name(time, |time| time.time(0))?;
                latency.image = latency.images.remove("*").unwrap_or(0);
            }
            (true, false) => latency.image = time.time(0)?,
            (false, _) => drop(latency.calls.insert(name, time.time(0)?)),
        }
    }
    Ok(latency)
}

fn expected(entry: Entry<'_>) -> Result<Expected> {
    entry.only(&["state", "texts", "events", "diagnostics"])?;
    let most = entry.limits.script_steps;
    let texts = |entry: Entry<'_>| entry.items(most)?.into_iter().map(Entry::text).collect::<Result<Vec<_>>>();
    let event = |entry: Entry<'_>| match entry.as_text() {
        Some(name) => Ok(Value::map([("event", name)])),
        None => entry.map()?.value(),
    };
    let state = |entry: Entry<'_>| {
        let state = entry.text()?;
        let known: Vec<&str> = BoardState::ALL.iter().map(|(name, _)| *name).chain(["hidden"]).collect();
        if known.contains(&state.as_str()) {
            return Ok(state);
        }
        Err(entry.wrong(&format!("one of {}", known.join(", ")), &format!("'{state:.40}'")))
    };
    Ok(Expected {
        state: entry.read("state", state)?,
        texts: entry.read("texts", texts)?,
        events: entry.read("events", |entry| entry.items(most)?.into_iter().map(event).collect())?,
        diagnostics: entry.read("diagnostics", texts)?,
    })
}

fn faults(entry: Entry<'_>) -> Result<Faults> {
    entry.only_calls(IMAGE)?;
    let mut faults = Faults::default();
    for (name, fault) in entry.members()? {
        if name == IMAGE {
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
        let times = fault.read("times", |entry| entry.whole(1..=1_000_000))?;
        let fields = fault.members()?.into_iter().filter(|(name, _)| name != "times");
        let fields = fields.map(|(name, entry)| Ok((Arc::from(name), entry.value()?))).collect::<Result<BTreeMap<_, _>>>()?;
        faults.calls.insert(name, (Value::from_map(fields), times));
    }
    Ok(faults)
}
