//! The boards that a service offers by name: the built-in ones, and those of a folder.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use super::assets::read_text;
use crate::error::{Error, ErrorKind, Result, closest};
use crate::limits::Limits;
use crate::pipeline::Board;
use crate::template::BOARDS;

/// Boards by their names, each compiled once. One of a folder comes before the built-in one of its name.
#[derive(Clone, Debug)]
pub struct Templates {
    boards: BTreeMap<String, Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    board: Board,
    /// Of the documents, where they are not the program's own.
    fingerprint: Option<u64>,
}

impl Templates {
    /// The built-in boards, and those of a folder as `friendboard boards --export` writes them: `NAME.xml`, and beside it
    /// `NAME.json` where it has a style sheet.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the folder can't be read, [`ErrorKind::Usage`] for a file whose name can't stand in an
    /// address, and as [`Board::compile`] for a document that is not well-formed.
    pub fn load(folder: Option<&Path>, limits: &Limits) -> Result<Self> {
        let mut boards = BTreeMap::new();
        for board in BOARDS {
            boards.insert(board.name.to_owned(), Entry { board: Board::built_in(board.name)?, fingerprint: None });
        }
        for path in folder.map(templates).transpose()?.unwrap_or_default() {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if !is_name(&name) {
                let message = format!("--templates: a name of letters, digits, '-' and '_' was expected, found {name:?}");
                return Err(Error::new(ErrorKind::Usage, message));
            }
            boards.insert(name, own(&path, limits)?);
        }
        Ok(Self { boards })
    }

    /// A board by its name.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for a name that there is not; it lists those that there are.
    pub fn find(&self, name: &str) -> Result<&Board> {
        self.boards.get(name).map(|entry| &entry.board).ok_or_else(|| {
            let known = self.names().collect::<Vec<_>>().join(", ");
            let error = Error::new(ErrorKind::Usage, format!("unknown board '{name:.40}': expected one of {known}"));
            match closest(name, self.names()) {
                Some(close) => error.hint(format!("did you mean '{close}'?")),
                None => error,
            }
        })
    }

    /// What tells a board of one's own from what it was before its documents were changed; `None` for a built-in one, which
    /// changes with the program only.
    #[must_use]
    pub fn fingerprint(&self, name: &str) -> Option<u64> {
        self.boards.get(name)?.fingerprint
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.boards.keys().map(String::as_str)
    }
}

/// A board from its template, and the style sheet beside it where there is one.
fn own(path: &Path, limits: &Limits) -> Result<Entry> {
    let read = |path: &Path, kind| read_text(path, limits.template_bytes, "template_bytes", kind);
    let template = read(path, ErrorKind::Template)?;
    let style = path.with_extension("json");
    let style = if style.is_file() { Some((style.display().to_string(), read(&style, ErrorKind::Style)?)) } else { None };
    let styles: Vec<(&str, &str)> = style.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut hasher = DefaultHasher::new();
    (&template, &style).hash(&mut hasher);
    let board = Board::compile((&path.display().to_string(), &template), &styles, limits)?;
    Ok(Entry { board, fingerprint: Some(hasher.finish()) })
}

/// The templates of a folder, in order.
fn templates(folder: &Path) -> Result<Vec<PathBuf>> {
    let failed = |error: std::io::Error| {
        Error::new(ErrorKind::Io, format!("--templates {}: cannot be read: {error}", folder.display())).source(error)
    };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xml")) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.len() <= 64 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}
