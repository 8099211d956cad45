//! The text files of a game's package, for its scripts.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use super::super::files::read_within;
use crate::host::script::Package;
use crate::open::open_regular;

/// Files below one folder; each is read once.
pub struct Folder {
    root: PathBuf,
    limit: usize,
    read: RefCell<BTreeMap<String, Option<String>>>,
}

impl Folder {
    /// The files below a folder, each up to a limit in bytes.
    #[must_use]
    pub fn new(root: PathBuf, limit: usize) -> Self {
        Self { root, limit, read: RefCell::default() }
    }

    fn read(&self, path: &str) -> Option<String> {
        let inside = !path.is_empty() && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
        let root = self.root.canonicalize().ok()?;
        // A link may lead out of the package all the same.
        let file = root.join(path).canonicalize().ok().filter(|file| inside && file.starts_with(&root) && file.is_file())?;
        let bytes = read_within(open_regular(&file).ok()?, self.limit).ok()??;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Some(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
    }
}

impl Package for Folder {
    fn text(&self, path: &str) -> Option<String> {
        if let Some(known) = self.read.borrow().get(path) {
            return known.clone();
        }
        let text = self.read(path);
        self.read.borrow_mut().insert(path.to_owned(), text.clone());
        text
    }
}
