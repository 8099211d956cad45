//! Runs a game's files in the script host: `style.js`, a template's function, and the engine itself.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use crate::error::{Error, ErrorKind, Place, Result};
use crate::geometry::Size;
use crate::host::headless::play::Folder;
use crate::host::script::{Ask, Domain, DomainOptions, Package, Strictness};
use crate::json::{Ceiling, Value};
use crate::limits::Limits;
use crate::platform::Platform;
use crate::text::Fonts;

/// The file that runs first: it asks the others and says what they gave.
const DRIVER: &str = "friendboard-import/index.js";
/// What stands before what it says.
const SAYS: &str = "friendboard-import:";

/// The function by which it does: in parts, and in ASCII, as a line of `console` has a limit and no halves of characters.
const SAY: &str = r#"
const say = (value) => {
  const escaped = (unit) => "\\u" + unit.charCodeAt(0).toString(16).padStart(4, "0");
  const text = (JSON.stringify(value) ?? "null").replace(/[^\x00-\x7f]/g, escaped);
  for (let at = 0; at < text.length; at += 100000) console.log("friendboard-import:" + text.slice(at, at + 100000));
};"#;

/// A package with further files, which win over its own.
struct Overlay {
    files: BTreeMap<String, String>,
    folder: Folder,
}

impl Package for Overlay {
    fn text(&self, path: &str) -> Option<String> {
        self.files.get(path).cloned().or_else(|| self.folder.text(path))
    }
}

/// A game's package, from whose files something is run.
pub struct Host {
    root: PathBuf,
    canvas: (u32, u32),
    limits: Limits,
    said: RefCell<Vec<String>>,
}

impl Host {
    /// The package of some files: the closest folder around them that has a game's or package's configuration; else the one
    /// that has all of them.
    pub fn of(files: &[&Path], size: Size, limits: &Limits) -> Self {
        /// Folders above the files that are looked at.
        const ABOVE: usize = 6;
        let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let first = files.first().map(|path| absolute(path)).unwrap_or_default();
        let holds_all = |folder: &Path| files.iter().all(|file| absolute(file).starts_with(folder));
        let is_package =
            |folder: &Path| ["game.json", "project.config.json", "package.json"].iter().any(|name| folder.join(name).is_file());
        let around: Vec<&Path> = first.ancestors().skip(1).take(ABOVE).filter(|folder| holds_all(folder)).collect();
        let root = around.iter().find(|folder| is_package(folder)).or(around.first()).map(|folder| (*folder).to_owned());
        let side = |side: f32| side.round().clamp(1.0, 16_384.0) as u32;
        Self {
            root: root.unwrap_or_default(),
            canvas: (side(size.width), side(size.height)),
            limits: limits.clone(),
            said: RefCell::default(),
        }
    }

    /// The package's root.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A file's path in the package; `None` for one that is not in it.
    pub fn path_of(&self, file: &Path) -> Option<String> {
        let absolute = std::path::absolute(file).ok()?;
        let inside = absolute.strip_prefix(&self.root).ok()?;
        let parts = inside.components().map(|part| match part {
            Component::Normal(name) => name.to_str(),
            _ => None,
        });
        Some(parts.collect::<Option<Vec<_>>>()?.join("/"))
    }

    /// What the files warned of or threw while they ran, each once.
    pub fn said(&self) -> Vec<String> {
        let mut said = self.said.take();
        said.dedup();
        said
    }

    /// Runs the body of a function of `say`, with further files; what it says.
    ///
    /// # Errors
    /// Where it says nothing: what was thrown, or why it was stopped.
    pub fn ask(&self, about: &Path, body: &str, files: BTreeMap<String, String>) -> Result<Value> {
        let mut files = files;
        let driver = format!("{SAY}\n{body}");
        files.insert(DRIVER.to_owned(), driver);
        let folder = Folder::new(self.root.clone(), self.limits.script_source_bytes);
        let options = DomainOptions {
            platform: Platform::WeChat,
            versions: (None, None),
            canvas: self.canvas,
            window: (Size::new(self.canvas.0 as f32, self.canvas.1 as f32), 1.0),
            date: 0.0,
            zone: 0,
            seed: 1,
            strict: Strictness::default(),
        };
        let mut domain = Domain::new(&options, Fonts::bundled(), Box::new(Overlay { files, folder }), &self.limits)?;
        domain.start(DRIVER);
        let mut given: Option<String> = None;
        let mut fault = None;
        while let Some(ask) = domain.poll() {
            match ask {
                Ask::Console { text, .. } if text.starts_with(SAYS) => {
                    given.get_or_insert_default().push_str(&text[SAYS.len()..]);
                }
                Ask::Fault(found) if fault.is_none() => fault = Some(found),
                Ask::Console { level: level @ ("warn" | "error"), text } => {
                    self.said.borrow_mut().push(format!("console.{level}: {}", crate::grapheme::prefix(&text, 200)));
                }
                _ => {}
            }
        }
        if let Some(json) = given {
            let ceiling = Ceiling { bytes: usize::MAX, ..Ceiling::data(&self.limits) };
            return Value::read(&json, "<what was run>", ceiling);
        }
        let (message, place) = match fault {
            Some(fault) => {
                let place = fault.place.filter(|(file, ..)| !file.starts_with("friendboard-import/"));
                let place =
                    place.map(|(file, line, column)| Place { document: Some(file.into()), line, column, ..Place::default() });
                (fault.message, place)
            }
            None => ("it gave nothing".to_owned(), None),
        };
        let error = Error::new(ErrorKind::Data, format!("'{}' can't be run: {message}", about.display()));
        Err(error.at(place.unwrap_or_else(|| Place::document(&about.to_string_lossy()))))
    }
}
