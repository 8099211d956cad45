//! What the main domain says to the open data domain, and what it stores.

use std::collections::BTreeSet;
use std::path::Path;

use super::project::Project;
use crate::context::{Message, Options, Vocabulary};
use crate::error::{Diagnostic, Diagnostics, Place};
use crate::json::Value;
use crate::limits::Limits;

/// Messages that nobody understands, keys that nobody stores, and an open data domain that nobody opens.
pub(super) fn examine(project: &Project, options: Option<&Options>, limits: &Limits, found: &mut Diagnostics) {
    let unknown = Vocabulary::default();
    let vocabulary = options.map_or(&unknown, |options| &options.vocabulary);
    let is_ours =
        |script: &&super::script::Script| script.mentions("getOpenDataContext") || script.mentions("friendboard-game");
    let mut posts = false;
    let mut stores_score = false;
    for script in project.scripts.iter().filter(is_ours) {
        for call in script.calls(&["postMessage", "postMsg", "post", "open", "postScore", "openOn"]) {
            posts = true;
            stores_score |= call.name == "postScore";
            let Some(Some(message)) = call.arguments.first() else { continue };
            if !matches!(message, Value::Map(_) | Value::Text(_)) || is_unknown_within(message) {
                continue;
            }
            match vocabulary.read(message, limits) {
                Ok(read) => stores_score |= matches!(read.message, Message::Score { store: Some(_), .. }),
                // A figure that is computed is not written out here.
                Err(diagnostic) if diagnostic.code != "unknown-message" => {
                    stores_score |= diagnostic.message.contains("a score as");
                }
                Err(diagnostic) => {
                    let hint = diagnostic.hint.clone().unwrap_or_else(|| "say what it means in `words` of index.js".to_owned());
                    found.push(Diagnostic { place: call.place, ..diagnostic }.hint(hint));
                }
            }
        }
    }
    // The bundle of an engine is one large file, or code that is no JavaScript at all.
    let has_ending =
        |path: &str, ending: &str| Path::new(path).extension().is_some_and(|found| found.eq_ignore_ascii_case(ending));
    let engine = project.files.iter().any(|file| has_ending(&file.path, "wasm") && !file.path.contains("friendboard"))
        || project
            .files
            .iter()
            .any(|file| has_ending(&file.path, "js") && file.bytes > 512 * 1024 && !file.path.contains("friendboard"));
    if !posts && !engine {
        let place = Place::document(if project.has("game.js") { "game.js" } else { "friendboard-game.js" });
        let message = "nothing in the main domain opens the board: no message is posted to the open data domain";
        let hint = "const { board } = require(\"./friendboard-game.js\"); board.open();";
        found.push(Diagnostic::error("never-opened", message, place).hint(hint));
    }
    if let Some(options) = options
        && !engine
    {
        keys(project, options, stores_score, found);
    }
}

/// True where a value within can't be known: it is computed.
fn is_unknown_within(message: &Value) -> bool {
    matches!(message, Value::Map(members) if members.values().all(Value::is_null))
}

/// The keys that are asked for, against those that are stored somewhere.
fn keys(project: &Project, options: &Options, stores_score: bool, found: &mut Diagnostics) {
    let mut stored: BTreeSet<String> = BTreeSet::new();
    let mut computed = false;
    let inner = project.context.iter().flat_map(|context| &context.scripts);
    for script in project.scripts.iter().chain(inner) {
        for call in script.calls(&["setUserCloudStorage"]) {
            let argument = call.arguments.into_iter().next().flatten().unwrap_or_default();
            let pairs = ["KVDataList", "data"].into_iter().find_map(|name| argument.get(name).cloned());
            match pairs.as_ref().and_then(Value::as_list) {
                Some(pairs) => {
                    for pair in pairs {
                        match pair.get("key").and_then(Value::as_text) {
                            Some(key) => drop(stored.insert(key.to_owned())),
                            None => computed = true,
                        }
                    }
                }
                None => computed = true,
            }
        }
    }
    for (index, key) in options.keys.iter().enumerate() {
        let by_message = index == 0 && stores_score;
        if computed || by_message || stored.contains(&**key) {
            continue;
        }
        let others: Vec<&str> = stored.iter().map(String::as_str).collect();
        let (message, hint) = match others.as_slice() {
            [] => (
                format!("the key '{key}' is asked for, and nothing in the game stores it: the list stays empty"),
                "post scores by `board.postScore(1234)`, or store them by setUserCloudStorage".to_owned(),
            ),
            others => (
                format!("the key '{key}' is asked for, and the game stores '{}'", others.join("', '")),
                format!("set `key: \"{}\"` in index.js, or store '{key}'", others.first().copied().unwrap_or_default()),
            ),
        };
        let place =
            project.context.as_ref().map(|context| Place::document(&format!("{}index.js", context.folder))).unwrap_or_default();
        found.push(Diagnostic::warning("key-never-stored", message, place).hint(hint));
    }
}
