//! The files of a case to be.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::accept::accept;
use super::find::Case;
use super::outcome::Outcome;
use super::paths::{shown, unportable};
use super::run::{Options, run};
use crate::error::{Error, ErrorKind, Result};
use crate::host::headless::write_whole;
use crate::limits::Limits;

/// The files of a case to be.
#[derive(Default)]
pub struct NewCase {
    /// By their path below the case's folder.
    pub files: BTreeMap<PathBuf, Vec<u8>>,
    /// What could not be taken along.
    pub warnings: Vec<String>,
}

impl NewCase {
    /// Takes a file along under its own name below a folder of the case, or one like it where that is taken by another
    /// file. Gives its path in the case, with `/`.
    pub fn add(&mut self, below: &str, original: &Path, bytes: Vec<u8>) -> String {
        let name = original.file_name().map_or_else(|| "file".into(), |name| name.to_string_lossy().into_owned());
        let name = if unportable(&name).is_some() { portable(&name) } else { name };
        let (stem, ending) = name.rsplit_once('.').map_or((name.as_str(), ""), |(stem, ending)| (stem, ending));
        for number in 1_u32.. {
            let numbered = match (number, ending) {
                (1, _) => name.clone(),
                (_, "") => format!("{stem}-{number}"),
                _ => format!("{stem}-{number}.{ending}"),
            };
            let path = Path::new(below).join(numbered);
            match self.files.get(&path) {
                Some(known) if *known != bytes => {}
                _ => {
                    self.files.insert(path.clone(), bytes);
                    return shown(&path);
                }
            }
        }
        name
    }

    /// Takes a file along under a path of its own in the case.
    pub fn add_at(&mut self, path: &Path, bytes: Vec<u8>) {
        self.files.insert(path.to_owned(), bytes);
    }

    /// Writes the files into the case's folder, draws it, and takes what comes as right. Gives the references that were
    /// written, and what came.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where a file can't be written.
    pub fn write(&self, folder: &Path, limits: &Limits) -> Result<(Vec<PathBuf>, Vec<Outcome>)> {
        let failed = |path: &Path, error: std::io::Error| {
            Error::new(ErrorKind::Io, format!("'{}' cannot be written: {error}", path.display())).source(error)
        };
        for (path, bytes) in &self.files {
            let path = folder.join(path);
            let parent = path.parent().unwrap_or(folder);
            fs::create_dir_all(parent).map_err(|error| failed(parent, error))?;
            write_whole(&path, bytes).map_err(|error| failed(&path, error))?;
        }
        let cases = [Case::of_folder(folder, limits)];
        let outcomes = run(&cases, &Options { limits: limits.clone(), ..Options::default() }, &|_, _| {});
        let mut drawn = Vec::new();
        for outcome in &outcomes {
            drawn.extend(accept(outcome, limits).map_err(|reason| Error::new(ErrorKind::Io, reason))?);
        }
        Ok((drawn, outcomes))
    }
}

/// A name like one that is none on every system.
fn portable(name: &str) -> String {
    let fine = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' };
    let name: String = name.chars().map(fine).take(100).collect();
    format!("file-{}", name.trim_end_matches('.'))
}

/// The folder of a case that is not there yet, by a name that stays below another folder.
///
/// # Errors
/// [`ErrorKind::Usage`] for another name, and where the case is there already.
pub fn new_folder(below: &Path, name: &Path) -> Result<PathBuf> {
    let is_below = name.components().all(|part| matches!(part, Component::Normal(_)));
    if !is_below || name.as_os_str().is_empty() {
        let message = format!("the name of a case was expected, found '{}'", name.display());
        return Err(
            Error::new(ErrorKind::Usage, message).hint("a name such as podium or boards/podium; --in DIR names another folder")
        );
    }
    let parts = name.components().map(|part| part.as_os_str().to_string_lossy());
    for part in parts {
        if let Some(what) = unportable(&part) {
            let message =
                format!("the name of a case that a folder can have on every system was expected, found '{part}': {what}");
            return Err(Error::new(ErrorKind::Usage, message).hint("a name such as podium or boards/podium"));
        }
    }
    let folder = below.join(name);
    if fs::read_dir(&folder).is_ok_and(|mut entries| entries.next().is_some()) {
        let message = format!("'{}' is there already: nothing was written", folder.display());
        return Err(Error::new(ErrorKind::Usage, message).hint("take another name, or remove it first"));
    }
    Ok(folder)
}
