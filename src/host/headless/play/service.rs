//! The platform's side of a script: what its calls answer, how long they take, and when they fail.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::script::{Faults, ImageFault, Script};
use crate::cloud::{self, Cloud, Domain, Records};
use crate::error::{Diagnostics, Error, ErrorKind, Result};
use crate::friends::{self, ReadOptions};
use crate::host::headless::{Assets, Fetcher};
use crate::limits::Limits;
use crate::picture::{self, Picture};
use crate::pipeline::Need;
use crate::share::{self, Circumstances, NoFiles, Platform, PlatformState};
use crate::template::Value;
use crate::text::bitmap_font::BitmapFont;

/// The calls that can have a latency or a fault.
pub const CALLS: &[&str] = &[
    "getFriendCloudStorage",
    "getGroupCloudStorage",
    "getCloudStorageByRelation",
    "getUserCloudStorage",
    "setUserCloudStorage",
    "removeUserCloudStorage",
    "getUserCloudStorageKeys",
    "shareToUser",
    "authorizeOpenContext",
    "openSetting",
];

/// WeChat's code of 'not authorised'.
const DENIED: i32 = -12006;

/// A platform that answers as a script says.
pub struct Service {
    platform: Platform,
    client: Option<share::Version>,
    self_openid: Option<String>,
    authorized: bool,
    friends: Value,
    groups: BTreeMap<String, Value>,
    /// Data that is no tree of values is given back as it is.
    raw: String,
    assets: Assets,
    files: BTreeMap<String, PathBuf>,
    latency: BTreeMap<String, u64>,
    faults: Faults,
    limits: Limits,
}

/// What a call comes to.
pub struct Reply {
    /// After so many ms.
    pub after: u64,
    /// True for `success`.
    pub success: bool,
    /// JSON.
    pub json: String,
}

impl Service {
    /// A platform from a script.
    pub fn new(script: &Script, network: Option<Fetcher>, limits: &Limits) -> Result<Self> {
        let client = match &script.client {
            Some(version) => Some(version.parse().map_err(|error| Error::new(ErrorKind::Data, format!("client: {error}")))?),
            None => None,
        };
        let tree = |json: &String| Value::from_json(json, limits).unwrap_or_default();
        Ok(Self {
            platform: script.platform,
            client,
            self_openid: script.self_openid.clone(),
            authorized: script.authorized,
            friends: tree(&script.friends),
            groups: script.groups.iter().map(|(name, json)| (name.clone(), tree(json))).collect(),
            raw: script.friends.clone(),
            assets: Assets::new(script.assets.0.clone(), limits.clone()).with_network(network),
            files: script.assets.1.clone(),
            latency: script.latency.clone(),
            faults: script.faults.clone(),
            limits: limits.clone(),
        })
    }

    /// From here on other things fail.
    pub fn set_faults(&mut self, faults: Faults) {
        self.faults = faults;
    }

    /// From here on calls take so long.
    pub fn set_latency(&mut self, latency: BTreeMap<String, u64>) {
        self.latency = latency;
    }

    /// What a call comes to, and when.
    pub fn call(&mut self, api: &str, arguments: &Value) -> Reply {
        let after = self.latency.get(api).copied().unwrap_or(0);
        let fail = |message: String, code: i32| {
            let json = Value::map([("errMsg", Value::from(message)), ("errCode", Value::from(code))]).to_json();
            Reply { after, success: false, json }
        };
        if let Some((fault, times)) = self.faults.calls.get_mut(api) {
            let json = fault.to_json();
            match times {
                Some(0) => {}
                Some(left) => {
                    *left -= 1;
                    return Reply { after, success: false, json };
                }
                None => return Reply { after, success: false, json },
            }
        }
        let ok = |fields: Vec<(&str, Value)>| {
            let message = [("errMsg", Value::from(format!("{api}:ok")))];
            Reply { after, success: true, json: Value::map(fields.into_iter().chain(message)).to_json() }
        };
        match api {
            "getFriendCloudStorage" | "getGroupCloudStorage" | "getCloudStorageByRelation" => {
                if !self.authorized {
                    return fail(format!("{api}:fail auth deny"), DENIED);
                }
                let id = ["shareTicket", "groupid"].iter().find_map(|name| arguments.get(name));
                let id = id.or_else(|| arguments.get("extra").and_then(|extra| extra.get("groupId")));
                let group = id.and_then(Value::as_text).and_then(|id| self.groups.get(id));
                Reply { after, success: true, json: group.map_or_else(|| self.answer(), Value::to_json) }
            }
            "getUserCloudStorage" => ok(vec![("KVDataList", self.own_pairs())]),
            "getUserCloudStorageKeys" => {
                let keys = match self.own_pairs() {
                    Value::List(pairs) => pairs.iter().filter_map(|pair| pair.get("key").cloned()).collect(),
                    _ => Vec::new(),
                };
                ok(vec![("keys", Value::list(keys))])
            }
            "setUserCloudStorage" => match self.set(arguments) {
                Ok(()) => ok(Vec::new()),
                Err(json) => Reply { after, success: false, json },
            },
            "authorizeOpenContext" | "openSetting" => {
                self.authorized = true;
                ok(Vec::new())
            }
            "shareToUser" if self.platform == Platform::TikTok => self.share(api, arguments, after),
            _ => ok(Vec::new()),
        }
    }

    /// TikTok's own check of a message, with its words.
    fn share(&self, api: &str, arguments: &Value, after: u64) -> Reply {
        let mut circumstances = Circumstances::new(&NoFiles);
        circumstances.client.clone_from(&self.client);
        circumstances.platform = PlatformState { authorized: self.authorized, clicked_by_user: true, ..circumstances.platform };
        let outcome = share::run(self.platform, api, &arguments.to_json(), &circumstances, &mut Diagnostics::new());
        match outcome {
            Ok(outcome) => {
                let json = serde_json::Value::Object(outcome.answer.complete().clone()).to_string();
                Reply { after, success: outcome.answer.is_success(), json }
            }
            Err(error) => {
                let json = Value::map([("errMsg", Value::from(format!("{api}:fail {error}")))]).to_json();
                Reply { after, success: false, json }
            }
        }
    }

    fn answer(&self) -> String {
        if self.friends == Value::Null { self.raw.clone() } else { self.friends.to_json() }
    }

    /// The player's own pairs.
    fn own_pairs(&self) -> Value {
        let own = self.self_openid.as_deref().and_then(|openid| find(&self.friends, openid, 0));
        own.and_then(|row| member(row, PAIRS).map(|(_, pairs)| pairs.clone())).unwrap_or_else(|| Value::list([] as [Value; 0]))
    }

    /// `setUserCloudStorage` within the platform's limits; what it refuses comes back as its answer, JSON.
    pub fn set(&mut self, arguments: &Value) -> std::result::Result<(), String> {
        let list = ["KVDataList", "data"].iter().find_map(|name| arguments.get(name)).cloned().unwrap_or_default();
        self.within_limits(&list)?;
        if let Value::List(pairs) = list {
            let pairs = pairs.iter().filter_map(|pair| Some((pair.get("key")?.to_string(), pair.get("value")?.clone())));
            self.store(&pairs.collect::<Vec<_>>());
        }
        Ok(())
    }

    /// Asks the platform's own storage whether it would take pairs beside those that are there.
    fn within_limits(&self, pairs: &Value) -> std::result::Result<(), String> {
        let platform = match self.platform {
            Platform::TikTok => cloud::Platform::TikTok,
            Platform::WeChat => cloud::Platform::WeChat,
            Platform::Douyin => cloud::Platform::Douyin,
            Platform::Wps => return Ok(()),
        };
        let Some(openid) = &self.self_openid else { return Ok(()) };
        let known = friends::read(self.answer(), "friends", &ReadOptions::default(), &self.limits, &mut Diagnostics::new());
        let records = known.map(|data| Records::from_friends(&data)).unwrap_or_default();
        // Each platform's own name for the list.
        let name = if platform == cloud::Platform::TikTok { "data" } else { "KVDataList" };
        let arguments = Value::map([(name, pairs.clone())]).to_json();
        let Ok(arguments) = serde_json::from_str(&arguments) else { return Ok(()) };
        let reply = Cloud::new(platform, openid.as_str(), records).call(Domain::OpenData, "setUserCloudStorage", &arguments);
        match reply {
            Ok(reply) if !reply.answer.is_success() => {
                Err(serde_json::Value::Object(reply.answer.complete().clone()).to_string())
            }
            _ => Ok(()),
        }
    }

    /// Stores pairs of the player's own, so that friends see them from now on.
    fn store(&mut self, pairs: &[(String, Value)]) {
        self.change_own(&|list: &mut Vec<Value>| {
            for (key, value) in pairs {
                list.retain(|pair| pair.get("key").and_then(Value::as_text) != Some(key));
                let value = value.as_text().map_or_else(|| value.to_json(), str::to_owned);
                list.push(Value::map([("key", Value::from(key.as_str())), ("value", Value::from(value))]));
            }
        });
    }

    /// Removes pairs of the player's own.
    pub fn remove(&mut self, keys: &[String]) {
        self.change_own(&|list: &mut Vec<Value>| {
            list.retain(|pair| pair.get("key").and_then(Value::as_text).is_none_or(|key| !keys.iter().any(|gone| gone == key)));
        });
    }

    fn change_own(&mut self, change: &dyn Fn(&mut Vec<Value>)) {
        let Some(openid) = self.self_openid.clone() else { return };
        for data in std::iter::once(&mut self.friends).chain(self.groups.values_mut()) {
            let (changed, done) = changed(data, &openid, change, 0);
            *data = if done { changed } else { with_own_row(changed, &openid, change) };
        }
    }

    /// What asking for a picture comes to; `None`: nothing, ever.
    pub fn picture(&mut self, src: &str) -> Option<(u64, Result<Picture, String>)> {
        let after = self.latency.get("image").copied().unwrap_or(0);
        match self.faults.images.get(src) {
            Some(ImageFault::Hang) => return None,
            Some(ImageFault::Error) => return Some((after, Err("the script says that it fails".to_owned()))),
            None => {}
        }
        let file = match self.files.get(src) {
            Some(path) => std::fs::read(path).map(Cow::Owned).map_err(|error| format!("{}: {error}", path.display())),
            None => self.file(Need::Picture(Arc::from(src))),
        };
        let decode = |bytes: Cow<'_, [u8]>| picture::decode(&bytes, &self.limits).map_err(|error| error.to_string());
        Some((after, file.and_then(decode)))
    }

    /// What asking for a bitmap font comes to.
    pub fn bitmap_font(&mut self, path: &Arc<str>) -> Result<Arc<BitmapFont>, String> {
        let bytes = self.file(Need::Font(Arc::clone(path)))?;
        let font = BitmapFont::parse(&String::from_utf8_lossy(&bytes), path);
        font.map(Arc::new).map_err(|error| error.to_string())
    }

    fn file(&mut self, need: Need) -> Result<Cow<'static, [u8]>, String> {
        let mut file = Err("it is not there".to_owned());
        self.assets.bring(&[need], |_, brought| file = brought.map_err(|error| error.to_string()));
        file
    }
}

/// Members that hold a person's identity, and their pairs, normalised.
const OPENIDS: &[&str] = &["openid"];
const PAIRS: &[&str] = &["kvdatalist", "data"];
/// How deep a list of friends stands in data.
const DEPTH: usize = 6;

fn member<'a>(value: &'a Value, names: &[&str]) -> Option<(&'a Arc<str>, &'a Value)> {
    let Value::Map(entries) = value else { return None };
    let normalised = |name: &str| name.chars().filter(|c| *c != '_').collect::<String>().to_ascii_lowercase();
    names.iter().find_map(|wanted| entries.iter().find(|(name, _)| normalised(name) == *wanted))
}

fn is_row_of(value: &Value, openid: &str) -> bool {
    member(value, OPENIDS).and_then(|(_, id)| id.as_text()) == Some(openid)
}

/// A person's row, wherever it stands.
fn find<'a>(value: &'a Value, openid: &str, depth: usize) -> Option<&'a Value> {
    if depth > DEPTH {
        return None;
    }
    if is_row_of(value, openid) {
        return Some(value);
    }
    match value {
        Value::List(items) => items.iter().find_map(|item| find(item, openid, depth + 1)),
        Value::Map(entries) => entries.values().find_map(|value| find(value, openid, depth + 1)),
        _ => None,
    }
}

/// Data with the pairs of a person changed in every row of theirs; whether there was one.
fn changed(value: &Value, openid: &str, change: &dyn Fn(&mut Vec<Value>), depth: usize) -> (Value, bool) {
    if depth > DEPTH {
        return (value.clone(), false);
    }
    if is_row_of(value, openid) {
        let (name, pairs) = match member(value, PAIRS) {
            Some((name, Value::List(pairs))) => (Arc::clone(name), pairs.to_vec()),
            _ => (Arc::from("KVDataList"), Vec::new()),
        };
        let mut pairs = pairs;
        change(&mut pairs);
        return (value.clone().with(name, Value::List(pairs.into())), true);
    }
    let mut any = false;
    let mut each = |value: &Value| {
        let (value, done) = changed(value, openid, change, depth + 1);
        any |= done;
        value
    };
    let value = match value {
        Value::List(items) => Value::List(items.iter().map(&mut each).collect()),
        Value::Map(entries) => {
            Value::Map(Arc::new(entries.iter().map(|(name, value)| (Arc::clone(name), each(value))).collect()))
        }
        other => other.clone(),
    };
    (value, any)
}

/// Data with a row for somebody whom it did not have.
fn with_own_row(value: Value, openid: &str, change: &dyn Fn(&mut Vec<Value>)) -> Value {
    let mut pairs = Vec::new();
    change(&mut pairs);
    let row = Value::map([
        ("openid", Value::from(openid)),
        ("nickname", Value::from("")),
        ("avatarUrl", Value::from("")),
        ("KVDataList", Value::List(pairs.into())),
    ]);
    let with_row = |items: &Arc<[Value]>| Value::List(items.iter().cloned().chain([row.clone()]).collect());
    match &value {
        Value::List(items) => with_row(items),
        Value::Map(entries) => match entries.get("data") {
            Some(Value::List(items)) => {
                let list = with_row(items);
                value.with("data", list)
            }
            _ => value,
        },
        _ => value,
    }
}
