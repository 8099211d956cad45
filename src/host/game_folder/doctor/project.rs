//! The files of a game's project: its configuration, its scripts, the open data domain's folder.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::super::configuration::{FOLDER, MEMBER, configuration};
use super::script::{Entry, Script, resolve};
use crate::error::{Diagnostic, Diagnostics, Error, ErrorKind, Place, Result};
use crate::host::headless::read_within;
use crate::json::Document;
use crate::limits::Limits;
use crate::open::open_regular;
use crate::platform::Platform;

/// More files of one project are not looked at.
const FILES_MOST: usize = 20_000;
/// A larger script is an engine's, or data.
const SCRIPT_BYTES_MOST: usize = 4 * 1024 * 1024;
/// More bytes of scripts are not read.
const SCRIPTS_BYTES_MOST: usize = 64 * 1024 * 1024;

/// A file of the package, by its path below the project with `/` between.
#[derive(Clone, Debug)]
pub(super) struct PackageFile {
    pub path: String,
    pub bytes: u64,
}

/// A game's project.
pub(super) struct Project {
    pub root: PathBuf,
    pub platform: Platform,
    pub files: Vec<PackageFile>,
    /// The scripts of the main domain.
    pub scripts: Vec<Script>,
    /// The open data domain, where the configuration names one that is there.
    pub context: Option<Context>,
    /// Folders of the package that are loaded later, with `/` at the end.
    pub subpackages: Vec<String>,
}

/// The open data domain's folder.
pub(super) struct Context {
    /// Its path below the project, with `/` at the end.
    pub folder: String,
    pub scripts: Vec<Script>,
}

impl Context {
    /// The call that starts the board, and its options.
    pub fn entry(&self, project: &Project) -> Option<Entry> {
        let find = |from: &str, path: &str| {
            let path = resolve(from, path, &|file| project.has(file))?;
            self.scripts.iter().find(|script| script.path == path)
        };
        self.scripts.iter().find_map(|script| script.entry(&find))
    }
}

impl Project {
    pub fn open(folder: &Path, platform: Option<Platform>, limits: &Limits, found: &mut Diagnostics) -> Result<Self> {
        let root = folder.to_owned();
        let files = list(folder)?;
        let paths: Vec<String> = files.iter().map(|file| file.path.clone()).collect();
        let has = |name: &str| paths.iter().any(|path| path == name);
        // Projects of all platforms may have a project.config.json; those of WeChat and Douyin have a game.json too.
        let platform_is_guessed = platform.is_none();
        let guessed = if has("game.json") { Platform::WeChat } else { Platform::TikTok };
        let is_nothing = platform.is_none() && !has("game.json") && !has("project.config.json");
        let platform = platform.unwrap_or(guessed);
        let mut project = Self { root, platform, files, scripts: Vec::new(), context: None, subpackages: Vec::new() };
        // WeChat's and Douyin's tools keep the game in a folder below that of the project.
        let below = project.files.iter().find(|file| file.path.ends_with("/game.json") && file.path.matches('/').count() == 1);
        let is_above = platform_is_guessed && !has("game.json") && below.is_some() && !project.mentions_member(limits);
        if is_nothing || is_above {
            let message = "the configuration of a game was expected, found neither game.json (WeChat, Douyin) nor project.config.json (TikTok) with a game";
            let line = format!("\"{MEMBER}\": \"{FOLDER}\"");
            let hint = match below {
                Some(below) => {
                    format!("run doctor in the folder '{}', which has it", below.path.trim_end_matches("/game.json"))
                }
                None => format!("run doctor in the folder that has it, or make one with {line}"),
            };
            found.push(Diagnostic::error("configuration", message, Place::default()).hint(hint));
            return Ok(project);
        }
        let named = project.configured(limits, found);
        let mut left = SCRIPTS_BYTES_MOST;
        let (mut main, mut inner) = (Vec::new(), Vec::new());
        for file in &project.files {
            let is_script =
                Path::new(&file.path).extension().is_some_and(|ending| ending == "js" || ending == "cjs" || ending == "mjs");
            if !is_script || file.bytes > SCRIPT_BYTES_MOST as u64 {
                continue;
            }
            let Ok(Some(bytes)) = open_regular(&project.root.join(&file.path))
                .and_then(|script| read_within(script, left.min(SCRIPT_BYTES_MOST)))
            else {
                continue;
            };
            left -= bytes.len();
            let script = Script::read(&file.path, &String::from_utf8_lossy(&bytes));
            match &named {
                Some(folder) if file.path.starts_with(folder) => inner.push(script),
                _ => main.push(script),
            }
        }
        project.scripts = main;
        project.context = named.map(|folder| Context { folder, scripts: inner });
        // Who wrote the options knows the platform best.
        if platform != Platform::TikTok
            && let Some(said) =
                project.context.as_ref().and_then(|context| context.entry(&project)).and_then(|entry| entry.platform())
            && configuration(said) == configuration(platform)
        {
            project.platform = said;
        }
        Ok(project)
    }

    /// The folder that the configuration names, with `/` at the end, where it can be the open data domain's.
    fn configured(&mut self, limits: &Limits, found: &mut Diagnostics) -> Option<String> {
        let Some(name) = configuration(self.platform) else {
            found.push(Diagnostic::error(
                "configuration",
                format!("{} has no open data domain", self.platform),
                Place::default(),
            ));
            return None;
        };
        let line = format!("\"{MEMBER}\": \"{FOLDER}\"");
        let Some(text) = self.text(name, limits.data_bytes) else {
            let message = format!("the configuration of a {} project was expected, found none", self.platform);
            let hint = format!("run doctor in the folder that has {name}, or make one with {line}");
            found.push(Diagnostic::error("configuration", message, Place::document(name)).hint(hint));
            return None;
        };
        let document = match Document::parse(&text, name, limits) {
            Ok(document) => document,
            Err(error) => {
                found.push(Diagnostic::from_error("configuration", &error));
                return None;
            }
        };
        let root = document.root();
        for list in ["subpackages", "subPackages"].into_iter().filter_map(|list| root.get(list)) {
            let roots =
                list.items().filter_map(|item| item.get("root").and_then(|root| root.text().map(std::borrow::Cow::into_owned)));
            self.subpackages.extend(roots.map(|root| format!("{}/", root.trim_matches('/').trim_start_matches("./"))));
        }
        let Some(member) = root.get(MEMBER) else {
            let mut message = format!("`{MEMBER}` names the folder of the open data domain, and is not there");
            let other = if name == "game.json" { "project.config.json" } else { "game.json" };
            if self.text(other, limits.data_bytes).is_some_and(|text| text.contains(&format!("\"{MEMBER}\""))) {
                message = format!("{message}; it is in {other}, where {} does not look for it", self.platform);
            }
            found.push(
                Diagnostic::error("no-open-data-context", message, Place::document(name)).hint(format!("add {line} to {name}")),
            );
            return None;
        };
        let place = member.place();
        let Some(folder) = member.text() else {
            found.push(
                Diagnostic::error("wrong-folder", format!("`{MEMBER}`: the path of a folder was expected"), place).hint(line),
            );
            return None;
        };
        self.folder(&folder, &place, found)
    }

    fn folder(&self, named: &str, place: &Place, found: &mut Diagnostics) -> Option<String> {
        let inside = Path::new(named).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        let plain = named.trim_start_matches("./").trim_matches('/');
        let mut say = |message: String, hint: String| {
            found.push(Diagnostic::error("wrong-folder", message, place.clone()).hint(hint));
            None
        };
        if !inside || plain.is_empty() {
            return say(
                format!("`{MEMBER}`: a folder of the project was expected, found '{named}'"),
                format!("name it by its path from the folder of {}", place.document.as_deref().unwrap_or_default()),
            );
        }
        let folder = format!("{plain}/");
        let is_there = |folder: &str| self.files.iter().any(|file| file.path.starts_with(folder));
        if !is_there(&folder) {
            let lower = folder.to_lowercase();
            let other = self.files.iter().find(|file| file.path.to_lowercase().starts_with(&lower));
            return match other.and_then(|file| file.path.get(..folder.len())) {
                Some(other) => say(
                    format!(
                        "the folder '{plain}' is not there, but '{}' is: phones tell capital letters",
                        other.trim_end_matches('/')
                    ),
                    "spell it as the folder is".to_owned(),
                ),
                None => say(
                    format!("the folder '{plain}' is not there, or is empty"),
                    format!(
                        "copy the open data domain's files there; `friendboard init . --platform {}` writes them",
                        self.platform
                    ),
                ),
            };
        }
        if !self.files.iter().any(|file| file.path == format!("{folder}index.js")) {
            return say(
                format!("the folder '{plain}' has no index.js, with which the open data domain begins"),
                "name the folder that has it, or run `friendboard init`".to_owned(),
            );
        }
        Some(folder)
    }

    /// True where project.config.json names an open data domain, as TikTok's do.
    fn mentions_member(&self, limits: &Limits) -> bool {
        let text = self.text("project.config.json", limits.data_bytes);
        text.is_some_and(|text| text.contains(&format!("\"{MEMBER}\"")))
    }

    /// The text of a file of the project; `None` where it can't be read.
    pub fn text(&self, path: &str, limit: usize) -> Option<String> {
        let bytes = open_regular(&self.root.join(path)).and_then(|file| read_within(file, limit)).ok()??;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
    }

    /// True where the package has such a file.
    pub fn has(&self, path: &str) -> bool {
        self.files.iter().any(|file| file.path == path)
    }
}

/// The files below a folder; hidden ones and those of package managers are no part of a package.
fn list(folder: &Path) -> Result<Vec<PackageFile>> {
    let refuse = |path: &Path, error: std::io::Error| {
        Error::new(ErrorKind::Io, format!("'{}' cannot be read: {error}", path.display())).source(error)
    };
    let mut files = Vec::new();
    let mut folders = vec![(folder.to_owned(), String::new())];
    while let Some((path, prefix)) = folders.pop() {
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if prefix.is_empty() => return Err(refuse(&path, error)),
            // A folder within that can't be read is none of the package's.
            Err(_) => continue,
        };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            // Links are not followed: a package has none.
            let Ok(kind) = entry.file_type() else { continue };
            if name.starts_with('.') || name == "node_modules" {
                continue;
            }
            if kind.is_dir() {
                folders.push((entry.path(), format!("{prefix}{name}/")));
            } else if kind.is_file() && files.len() < FILES_MOST {
                let bytes = entry.metadata().map_or(0, |metadata| metadata.len());
                files.push(PackageFile { path: format!("{prefix}{name}"), bytes });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}
