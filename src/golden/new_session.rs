//! A case of what `friendboard play` ran.

use std::path::{Path, PathBuf};

use super::new_case::NewCase;
use super::spec::{CASE, SCRIPT};
use crate::error::{Error, ErrorKind, Place, Result};
use crate::host::headless::play::Script;
use crate::host::headless::{read_named, read_text};
use crate::json::Value;
use crate::limits::Limits;

/// Endings of the files that a folder of pictures is taken along for.
const ENDINGS: &[&str] = &["png", "jpg", "jpeg", "webp", "gif", "fnt"];
/// Files that are taken along of such a folder.
const FILES_MOST: usize = 500;
/// How deep such a folder is looked into.
const DEPTH_MOST: usize = 8;

/// Makes a case of a script, which places call `name`, with the files that it names from its folder.
///
/// # Errors
/// As [`Script::read`], and where a file that it names can't be read.
pub fn session_case(text: &str, name: &str, folder: &Path, limits: &Limits) -> Result<NewCase> {
    let mut case = NewCase::default();
    let script = collect(text, name, folder, &mut case, limits)?;
    case.add_at(Path::new(SCRIPT), script.into_bytes());
    case.add_at(Path::new(CASE), format!("play = \"{SCRIPT}\"\n").into_bytes());
    Ok(case)
}

/// Takes along the files that a script names; gives the script that names their copies.
fn collect(text: &str, name: &str, folder: &Path, case: &mut NewCase, limits: &Limits) -> Result<String> {
    // What is wrong with it is said first.
    Script::read(text, name, folder, limits)?;
    let folder = folder.to_owned();
    let mut script = Value::read(text, name, limits)?;
    let template = script.get("template").and_then(Value::as_text).map(|template| folder.join(template));
    let mut copies = Copies { folder, template, case, limits };
    copies.member(&mut script, "friends", Copies::data)?;
    for name in ["template", "theme", "locale"] {
        copies.member(&mut script, name, Copies::look)?;
    }
    copies.member(&mut script, "style", |copies, value| match value.as_list() {
        Some(items) => Ok(Value::list(items.iter().map(|item| copies.document(item)).collect::<Result<Vec<_>>>()?)),
        None => copies.document(&value),
    })?;
    copies.member(&mut script, "fonts", |copies, value| {
        let fonts = value.as_list().unwrap_or_default();
        Ok(Value::list(fonts.iter().map(|font| copies.font(font)).collect::<Result<Vec<_>>>()?))
    })?;
    copies.member(&mut script, "groups", |copies, value| copies.each(&value, Copies::data))?;
    let assets = copies.assets(script.get("assets"))?;
    if let Some(assets) = assets {
        script.insert("assets", assets);
    }
    Ok(script.to_pretty_json() + "\n")
}

struct Copies<'a> {
    folder: PathBuf,
    /// The script's own template.
    template: Option<PathBuf>,
    case: &'a mut NewCase,
    limits: &'a Limits,
}

impl Copies<'_> {
    /// Changes a member, where it is there.
    fn member(&mut self, script: &mut Value, name: &str, change: impl FnOnce(&mut Self, Value) -> Result<Value>) -> Result<()> {
        if let Some(value) = script.get(name).filter(|value| !value.is_null()).cloned() {
            script.insert(name, change(self, value)?);
        }
        Ok(())
    }

    /// Changes each member of an object.
    fn each(&mut self, value: &Value, change: impl Fn(&mut Self, Value) -> Result<Value>) -> Result<Value> {
        let Some(members) = value.as_map() else { return Ok(value.clone()) };
        let changed = members.iter().map(|(name, value)| Ok((name.clone(), change(self, value.clone())?)));
        Ok(Value::map(changed.collect::<Result<Vec<_>>>()?))
    }

    /// Friend data: a file's name, or the data itself.
    fn data(&mut self, value: Value) -> Result<Value> {
        match value.as_text() {
            Some(text) if !text.trim_start().starts_with(['{', '[']) => self.document(&value),
            _ => Ok(value),
        }
    }

    /// A theme or a locale by its name, a JSON file of it, or itself; a template.
    fn look(&mut self, value: Value) -> Result<Value> {
        let is_file = |name: &str| Path::new(name).extension().is_some();
        match value.as_text() {
            Some(name) if is_file(name) => self.document(&value),
            _ => Ok(value),
        }
    }

    /// A document by its name.
    fn document(&mut self, value: &Value) -> Result<Value> {
        let Some(name) = value.as_text() else { return Ok(value.clone()) };
        let path = self.folder.join(name);
        let text = read_text(&path, self.limits.data_bytes, "data_bytes", ErrorKind::Data)?;
        Ok(Value::from(self.case.add("", &path, text.into_bytes())))
    }

    /// A font's file.
    fn font(&mut self, value: &Value) -> Result<Value> {
        let Some(name) = value.as_text() else { return Ok(value.clone()) };
        let path = self.folder.join(name);
        let bytes = read_named(&path, self.limits.font_bytes, "font_bytes")?;
        Ok(Value::from(self.case.add("fonts", &path, bytes)))
    }

    /// Where pictures are: a folder, files by address, or beside the script.
    fn assets(&mut self, value: Option<&Value>) -> Result<Option<Value>> {
        if let Some(files) = value.filter(|value| value.as_map().is_some()) {
            return self.each(files, Self::picture).map(Some);
        }
        let roots: Vec<PathBuf> = match value {
            Some(value) => match value.as_list() {
                Some(items) => items.iter().filter_map(Value::as_text).map(|folder| self.folder.join(folder)).collect(),
                None => value.as_text().map(|folder| self.folder.join(folder)).into_iter().collect(),
            },
            None => self
                .template
                .iter()
                .filter_map(|template| template.parent())
                .chain([&*self.folder])
                .map(Path::to_owned)
                .collect(),
        };
        let mut is_any = false;
        // Of two files of one name, that of the first folder is drawn.
        for root in roots.iter().rev() {
            let root = if root.as_os_str().is_empty() { Path::new(".") } else { root };
            let mut found = Vec::new();
            files(root, &mut found, 0)?;
            if found.len() > FILES_MOST {
                let message = format!("at most {FILES_MOST} pictures were expected below {}, found more", root.display());
                let error = Error::new(ErrorKind::Usage, message);
                return Err(error.hint("name in the script's `assets` the files that it needs, by their addresses"));
            }
            for file in &found {
                let below = file.strip_prefix(root).unwrap_or(file);
                let bytes = read_named(file, self.limits.image_bytes, "image_bytes")?;
                self.case.add_at(&Path::new("assets").join(below), bytes);
                is_any = true;
            }
        }
        Ok(is_any.then(|| Value::from("assets")))
    }

    /// A picture's file by its name.
    fn picture(&mut self, value: Value) -> Result<Value> {
        let Some(name) = value.as_text() else { return Ok(value) };
        let path = self.folder.join(name);
        let bytes = read_named(&path, self.limits.image_bytes, "image_bytes")?;
        Ok(Value::from(self.case.add("assets", &path, bytes)))
    }
}

/// The pictures below a folder, in order. Links to folders are not followed, and references of cases are none.
fn files(folder: &Path, found: &mut Vec<PathBuf>, depth: usize) -> Result<()> {
    let failed = |error: std::io::Error| {
        Error::new(ErrorKind::Io, format!("cannot be read: {error}"))
            .at(Place::document(&folder.display().to_string()))
            .source(error)
    };
    let mut entries = std::fs::read_dir(folder).map_err(failed)?.collect::<std::io::Result<Vec<_>>>().map_err(failed)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let (path, kind) = (entry.path(), entry.file_type().map_err(failed)?);
        if kind.is_dir() && depth < DEPTH_MOST {
            files(&path, found, depth + 1)?;
        }
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        let is_reference = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("expected"));
        if kind.is_file() && ENDINGS.contains(&ending.as_str()) && !is_reference {
            found.push(path);
        }
        if found.len() > FILES_MOST {
            return Ok(());
        }
    }
    Ok(())
}
