//! References that others wrote, made as small as PNG gets.

use std::path::{Path, PathBuf};

use super::files::{Part, read_file, write_file};
use super::folders::pictures;
use super::paths::shown;
use super::reference::reference_limits;
use super::threads::on_threads;
use crate::error::Result;
use crate::limits::Limits;
use crate::picture::{self, Format, Premultiplied};

/// A reference that can be smaller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shrunk {
    /// The file.
    pub path: PathBuf,
    /// What it weighed, bytes.
    pub before: usize,
    /// What it weighs as small as it gets, bytes; never more than before.
    pub after: usize,
}

impl Shrunk {
    /// The share of its weight that it can lose, 0 to 1.
    #[must_use]
    pub fn saved(&self) -> f64 {
        1.0 - self.after as f64 / self.before.max(1) as f64
    }
}

/// Packs the references at and below a path anew, on so many threads (0: as many as there are cores): each file that gets
/// smaller is written where `writes`, with the same pixels. What came of each, in the order of their names; what is no picture,
/// or can't be written, in words.
///
/// # Errors
/// Where the path is no folder.
pub fn shrink(path: &Path, jobs: usize, writes: bool, limits: &Limits) -> Result<Vec<std::result::Result<Shrunk, String>>> {
    let is_reference = |name: &String| {
        let file = name.rsplit('/').next().unwrap_or(name);
        matches!(Part::of_file(file), Some((Part::Picture | Part::Preview, _)))
    };
    let paths: Vec<PathBuf> = pictures(path)?.iter().filter(|name| is_reference(name)).map(|name| path.join(name)).collect();
    Ok(on_threads(&paths, jobs, || (), |(), path| one(path, writes, limits)))
}

fn one(path: &Path, writes: bool, limits: &Limits) -> std::result::Result<Shrunk, String> {
    let named = |what: &str| format!("{}: {what}", shown(path));
    let limits = reference_limits(limits);
    let bytes = read_file(path, limits.image_bytes)?.ok_or_else(|| named("it is gone"))?;
    let picture = picture::decode(&bytes, &limits).map_err(|error| named(&format!("a picture was expected: {error}")))?;
    let packed = picture::encode(Premultiplied::of(&picture), Format::Png { best: true });
    let packed = packed.map_err(|error| named(&error.to_string()))?;
    let shrunk = Shrunk { path: path.to_owned(), before: bytes.len(), after: packed.len().min(bytes.len()) };
    if writes && packed.len() < bytes.len() {
        write_file(path, &packed)?;
    }
    Ok(shrunk)
}
