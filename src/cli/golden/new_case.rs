//! The files of a case to be.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::golden;

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
                    return golden::shown(&path);
                }
            }
        }
        name
    }

    /// Takes a file along under a path of its own in the case.
    pub fn add_at(&mut self, path: &Path, bytes: Vec<u8>) {
        self.files.insert(path.to_owned(), bytes);
    }
}
