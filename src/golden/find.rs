//! Where cases are: folders with a `case.toml` or a session's script, below the paths that are named.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::paths::{beside, shown};
use super::source::Sources;
use super::spec::{CASE, SCRIPT, Spec};
use crate::error::{Error, ErrorKind, Place, Result};
use crate::limits::Limits;

/// How to come to a case.
const FIRST_CASE: &str = "`friendboard golden new NAME --from render …` makes a case";
/// How deep folders are looked into.
const DEPTH_MOST: usize = 32;

/// A case: its folder, and what its file says.
#[derive(Debug)]
pub struct Case {
    /// The folder.
    pub folder: PathBuf,
    /// The folder as it is shown and filtered by: with `/` on every system.
    pub name: String,
    /// What it is, or why that can't be known.
    pub spec: std::result::Result<Spec, String>,
    /// Its files, read by whoever draws it first.
    pub(super) sources: OnceLock<std::result::Result<Sources, String>>,
    /// The case that it is to be the same as, found by whoever draws it first.
    twin: OnceLock<Option<Box<Self>>>,
}

impl Case {
    /// The case of a folder.
    #[must_use]
    pub fn of_folder(folder: &Path, limits: &Limits) -> Self {
        let spec = Spec::of_folder(folder, limits).map_err(|error| error.to_string());
        Self { folder: folder.to_owned(), name: shown(folder), spec, sources: OnceLock::new(), twin: OnceLock::new() }
    }

    /// The case that it is to be the same as, where it says so.
    #[must_use]
    pub fn twin(&self, limits: &Limits) -> Option<&Self> {
        let path = self.spec.as_ref().ok()?.same_as.as_ref()?;
        self.twin.get_or_init(|| Some(Box::new(Self::of_folder(&beside(&self.folder, path), limits)))).as_deref()
    }
}

/// The cases at and below some paths, in the order of their names, each once. A path may be a folder or a case's file.
/// Links to folders are not followed.
///
/// # Errors
/// [`ErrorKind::Io`] where a path is not there or can't be read; [`ErrorKind::Usage`] where there is no case.
pub fn cases(paths: &[PathBuf], limits: &Limits) -> Result<Vec<Case>> {
    let mut folders = Vec::new();
    for path in paths {
        let before = folders.len();
        collect(path, &mut folders, 0)?;
        if folders.len() == before {
            let message = format!("a folder with cases was expected, found none with a {CASE} or {SCRIPT} below it");
            return Err(Error::new(ErrorKind::Usage, message).at(Place::document(&shown(path))).hint(FIRST_CASE));
        }
    }
    folders.sort_by_key(|folder| shown(folder));
    folders.dedup_by_key(|folder| shown(folder));
    Ok(folders.iter().map(|folder| Case::of_folder(folder, limits)).collect())
}

/// All folders at and below a path, those without a case with them.
///
/// # Errors
/// As [`cases`].
pub fn folders(path: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    walk(path, &mut |folder| found.push(folder.to_owned()), 0)?;
    found.sort();
    Ok(found)
}

fn collect(path: &Path, found: &mut Vec<PathBuf>, depth: usize) -> Result<()> {
    let is_case_file = path.file_name().is_some_and(|name| name == CASE || name == SCRIPT);
    if is_case_file && path.is_file() {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        found.push(folder.to_owned());
        return Ok(());
    }
    walk(
        path,
        &mut |folder| {
            if folder.join(CASE).exists() || folder.join(SCRIPT).exists() {
                found.push(folder.to_owned());
            }
        },
        depth,
    )
}

fn walk(folder: &Path, each: &mut dyn FnMut(&Path), depth: usize) -> Result<()> {
    let failed = |error: std::io::Error| {
        let is_missing = error.kind() == std::io::ErrorKind::NotFound;
        let wrong = Error::new(ErrorKind::Io, format!("a folder was expected: {error}"));
        let wrong = if is_missing { wrong.hint(FIRST_CASE) } else { wrong };
        wrong.at(Place::document(&shown(folder))).source(error)
    };
    if depth > DEPTH_MOST {
        return Err(
            Error::new(ErrorKind::Io, format!("folders are more than {DEPTH_MOST} deep")).at(Place::document(&shown(folder)))
        );
    }
    each(folder);
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        // The entry's own type: a link is none of a folder.
        if entry.file_type().map_err(failed)?.is_dir() {
            walk(&entry.path(), each, depth + 1)?;
        }
    }
    Ok(())
}
