//! References: what is kept beside a case of what its pictures were when they were accepted.
//!
//! | file | what |
//! |---|---|
//! | `expected.png`, `expected-NAME.png` | a picture, as small as PNG gets |
//! | `expected-NAME.hash`, `expected-NAME.preview.png` | in its place, where that would weigh too much: SHA-256 of its straight RGBA8 rows, and a small picture for people |
//! | `expected-NAME.stages.gz` | what each stage made of it, as text: for who asks what changed |
//! | `expected.ndjson` | a session's log |

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::geometry::Rect;
use crate::host::headless::{read_within, write_whole};
use crate::limits::Limits;
use crate::open::open_regular;
use crate::picture::{self, Format, Picture, Pixels, Premultiplied};

/// How the names of all references begin.
const STEM: &str = "expected";
/// Longest side of the picture that stands beside a hash, px.
const PREVIEW_SIDE: u32 = 240;
/// What a `.hash` file may weigh: it has one line.
const HASH_BYTES: usize = 1_000;

/// What a reference is.
#[derive(Debug)]
pub enum Reference {
    /// The picture.
    Picture(Picture),
    /// The hash of a picture that is too heavy to be kept.
    Hash {
        /// SHA-256 of straight RGBA8 rows, in hex.
        digest: String,
        /// Width and height, px.
        size: (u32, u32),
    },
}

/// The limits by which pictures of whole canvases are decoded.
#[must_use]
pub fn reference_limits(limits: &Limits) -> Limits {
    Limits {
        image_pixels: limits.image_pixels.max(limits.canvas_pixels),
        image_side: limits.image_side.max(limits.canvas_side),
        image_bytes: limits.image_bytes.max(limits.canvas_pixels as usize * 4),
        ..limits.clone()
    }
}

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
    /// A session's log.
    Events,
}

impl Part {
    /// Those with longer endings first: one ends as another does.
    const ALL: [Self; 5] = [Self::Preview, Self::Stages, Self::Events, Self::Hash, Self::Picture];

    fn ending(self) -> &'static str {
        match self {
            Self::Picture => ".png",
            Self::Hash => ".hash",
            Self::Preview => ".preview.png",
            Self::Stages => ".stages.gz",
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

/// The files below a folder that are references of pictures by other names than these.
#[must_use]
pub fn stale(folder: &Path, names: &BTreeSet<&str>, is_session: bool) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    found.retain(|path| {
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        match Part::of_file(&file) {
            Some((Part::Events, name)) => !(is_session && name.is_empty()),
            Some((_, name)) => !names.contains(name),
            None => false,
        }
    });
    found.sort();
    found
}

/// The bytes of a reference's file; `None` where there is none.
///
/// # Errors
/// What is wrong with it, in words.
pub fn read_file(path: &Path, most: usize) -> Result<Option<Vec<u8>>, String> {
    let named = |what: &str| format!("{}: {what}", super::paths::shown(path));
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

/// The reference of a picture; `None` where there is none yet.
///
/// # Errors
/// What is wrong with it, in words: it is broken, a link, or weighs more than `most` bytes.
pub fn read(folder: &Path, name: &str, most: usize, limits: &Limits) -> Result<Option<Reference>, String> {
    let path = Part::Picture.path(folder, name);
    let limits = reference_limits(limits);
    let bytes = read_file(&path, limits.image_bytes)?;
    let hash_path = Part::Hash.path(folder, name);
    let hash = read_file(&hash_path, HASH_BYTES)?;
    let shown = super::paths::shown(&path);
    match (bytes, hash) {
        (Some(_), Some(_)) => {
            Err(format!("{shown}: one reference was expected, found {} beside it", super::paths::shown(&hash_path)))
        }
        (Some(bytes), None) if bytes.len() > most => {
            let kib = |bytes: usize| bytes.div_ceil(1024);
            let what = format!("at most {} KiB were expected, found {} KiB", kib(most), kib(bytes.len()));
            Err(format!("{shown}: {what} (accept it once more to keep a hash, or raise `reference_bytes` in case.toml)"))
        }
        (Some(bytes), None) => match picture::decode(&bytes, &limits) {
            Ok(picture) => Ok(Some(Reference::Picture(picture))),
            Err(error) => Err(format!("{shown}: a picture was expected: {error}")),
        },
        (None, Some(line)) => match read_hash(&line) {
            Some(hash) => Ok(Some(hash)),
            None => Err(format!("{}: `sha256 HASH WIDTHxHEIGHT` was expected", super::paths::shown(&hash_path))),
        },
        (None, None) => Ok(None),
    }
}

fn read_hash(line: &[u8]) -> Option<Reference> {
    let line = std::str::from_utf8(line).ok()?;
    let mut words = line.split_whitespace();
    let (Some("sha256"), Some(digest), Some(size), None) = (words.next(), words.next(), words.next(), words.next()) else {
        return None;
    };
    let (width, height) = size.split_once('x')?;
    let is_hash = digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
    let size = (width.parse().ok()?, height.parse().ok()?);
    is_hash.then(|| Reference::Hash { digest: digest.to_ascii_lowercase(), size })
}

/// SHA-256 in hex.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// SHA-256 of a picture's straight RGBA8 rows, in hex: what `friendboard render -o board.rgba` writes.
#[must_use]
pub fn hash_of(picture: &Picture) -> String {
    sha256(&Pixels::from(Premultiplied::of(picture)).straight())
}

/// Writes a file of a reference, whole or not at all; a link is not followed.
///
/// # Errors
/// What is wrong, in words; what was there is as before.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let named = |what: &str| format!("{}: nothing was written: {what}", super::paths::shown(path));
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
            Err(format!("{}: it cannot be removed: {error}", super::paths::shown(path)))
        }
        _ => Ok(()),
    }
}

/// Takes a picture as the reference from now on: as a PNG of at most `most` bytes, or else as its hash with a small picture.
/// Gives the file by which it is known.
///
/// # Errors
/// What is wrong, in words.
pub fn write(folder: &Path, name: &str, picture: &Picture, most: usize) -> Result<PathBuf, String> {
    let encode = |picture: &Picture| {
        picture::encode(Premultiplied::of(picture), Format::Png { best: true }).map_err(|error| error.to_string())
    };
    let [png, hash, preview] = [Part::Picture, Part::Hash, Part::Preview].map(|part| part.path(folder, name));
    let bytes = encode(picture)?;
    if bytes.len() <= most {
        write_file(&png, &bytes)?;
        remove_file(&hash)?;
        remove_file(&preview)?;
        return Ok(png);
    }
    let whole = Rect::new(0.0, 0.0, picture.width() as f32, picture.height() as f32);
    let longest = picture.width().max(picture.height()).max(1);
    let side = |side: u32| (u64::from(side) * u64::from(PREVIEW_SIDE.min(longest)) / u64::from(longest)).max(1) as u32;
    let small = picture.scaled_crop(whole, side(picture.width()), side(picture.height()));
    let line = format!("sha256 {} {}x{}\n", hash_of(picture), picture.width(), picture.height());
    write_file(&preview, &encode(&small)?)?;
    write_file(&hash, line.as_bytes())?;
    remove_file(&png)?;
    Ok(hash)
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
        ] {
            let path = part.path(Path::new("f"), name);
            assert_eq!(Part::of_file(path.file_name().unwrap().to_str().unwrap()), Some((part, name)), "{path:?}");
        }
        for other in ["expected.actual.png", "expectedly.png", "expected-.png", "avatar.png", "expected.json", "expected"] {
            assert_eq!(Part::of_file(other), None, "{other}");
        }
    }

    #[test]
    fn a_hash_has_one_line() {
        let line = format!("sha256 {} 3x4\n", sha256(b""));
        assert!(matches!(read_hash(line.as_bytes()), Some(Reference::Hash { size: (3, 4), .. })));
        for wrong in ["", "sha256 abc 3x4", "sha1 0 3x4", "sha256\n"] {
            assert!(read_hash(wrong.as_bytes()).is_none(), "{wrong}");
        }
    }
}
