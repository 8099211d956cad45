//! The files of references: what they are called, read and written as files of their own, whole or not at all.

use std::fs;
use std::path::{Path, PathBuf};

use super::paths::shown;
use crate::host::headless::{read_within, write_whole};
use crate::open::open_regular;

/// How the names of all references begin.
const STEM: &str = "expected";

/// A kind of file that belongs to a picture's reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The picture.
    Picture,
    /// Its hash, in its place.
    Hash,
    /// A small picture beside the hash.
    Preview,
    /// What each stage made of it.
    Stages,
    /// The hashes of all pictures.
    Hashes,
    /// A session's log.
    Events,
}

impl Part {
    /// Those with longer endings first: one ends as another does.
    const ALL: [Self; 6] = [Self::Preview, Self::Stages, Self::Events, Self::Hashes, Self::Hash, Self::Picture];

    fn ending(self) -> &'static str {
        match self {
            Self::Picture => ".png",
            Self::Hash => ".hash",
            Self::Preview => ".preview.png",
            Self::Stages => ".stages.gz",
            Self::Hashes => ".hashes",
            Self::Events => ".ndjson",
        }
    }

    /// The file of a picture of a case.
    #[must_use]
    pub fn path(self, folder: &Path, name: &str) -> PathBuf {
        let dash = if name.is_empty() { "" } else { "-" };
        folder.join(format!("{STEM}{dash}{name}{}", self.ending()))
    }

    /// What a file is by its name: a part of a picture's reference, with the picture's name.
    #[must_use]
    pub fn of_file(file: &str) -> Option<(Self, &str)> {
        let rest = file.strip_prefix(STEM)?;
        let (part, name) = Self::ALL.iter().find_map(|part| Some((*part, rest.strip_suffix(part.ending())?)))?;
        match name.strip_prefix('-') {
            Some(name) if !name.is_empty() => Some((part, name)),
            None if name.is_empty() => Some((part, "")),
            _ => None,
        }
    }
}

/// The bytes of a reference's file; `None` where there is none.
///
/// # Errors
/// What is wrong with it, in words.
pub fn read_file(path: &Path, most: usize) -> Result<Option<Vec<u8>>, String> {
    let named = |what: &str| format!("{}: {what}", shown(path));
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(named(&format!("it cannot be read: {error}"))),
        Ok(found) if found.is_symlink() => {
            return Err(named("a file of its own was expected, found a link, which is not followed"));
        }
        Ok(_) => {}
    }
    let read = open_regular(path).and_then(|file| read_within(file, most));
    let read = read.map_err(|error| named(&format!("it cannot be read: {error}")))?;
    read.map(Some).ok_or_else(|| named(&format!("at most {most} bytes were expected, found more: it is no reference")))
}

/// Writes a file of a reference, whole or not at all; a link is not followed.
///
/// # Errors
/// What is wrong, in words; what was there is as before.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let named = |what: &str| format!("{}: nothing was written: {what}", shown(path));
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => return Err(named("it is a link, which is not followed")),
        Ok(found) if !found.is_file() => return Err(named("it is no regular file")),
        _ => {}
    }
    write_whole(path, bytes).map_err(|error| named(&error.to_string()))
}

/// Removes files of a reference, where they are there.
///
/// # Errors
/// What is wrong, in words.
pub fn remove_file(path: &Path) -> Result<(), String> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(format!("{}: it cannot be removed: {error}", shown(path)))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_names() {
        for (part, name) in [
            (Part::Picture, ""),
            (Part::Picture, "360x640-1.5x"),
            (Part::Preview, "dark"),
            (Part::Stages, ""),
            (Part::Hash, "a-b"),
            (Part::Events, ""),
            (Part::Hashes, ""),
        ] {
            let path = part.path(Path::new("f"), name);
            assert_eq!(Part::of_file(path.file_name().unwrap().to_str().unwrap()), Some((part, name)), "{path:?}");
        }
        for other in ["expected.actual.png", "expectedly.png", "expected-.png", "avatar.png", "expected.json", "expected"] {
            assert_eq!(Part::of_file(other), None, "{other}");
        }
    }
}
