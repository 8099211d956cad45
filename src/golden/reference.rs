//! References: what is kept beside a case of what its pictures were when they were accepted.
//!
//! | file | what |
//! |---|---|
//! | `expected.png`, `expected-NAME.png` | a picture, as small as PNG gets |
//! | `expected-NAME.hash`, `expected-NAME.preview.png` | in its place, where that would weigh too much: SHA-256 of its straight RGBA8 rows, and a small picture for people |
//! | `expected-NAME.stages.gz` | what each stage made of it, as text: for who asks what changed |
//! | `expected.hashes` | in place of all of these, where a case says `references = "hashes"`: a line a picture |
//! | `expected.ndjson` | a session's log |

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

pub use super::files::{Part, read_file, remove_file, write_file};
use super::hashes::{Hash, Hashes};
use crate::geometry::Rect;
use crate::limits::Limits;
use crate::picture::{self, Format, Picture, Pixels, Premultiplied};

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
    Hash(Hash),
}

/// How a case keeps what its pictures are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// As files, a picture of at most so many bytes.
    Pictures(usize),
    /// As lines of one file.
    Hashes,
    /// As the file that a picture's name is: of folders that are compared.
    Files,
    /// Not at all.
    Nowhere,
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

/// What is a reference of no picture of its case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// The file.
    pub path: PathBuf,
    /// The pictures whose lines in it are; none: all of the file is.
    pub pictures: Vec<String>,
}

impl std::fmt::Display for Stale {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let file = super::paths::shown(&self.path);
        if self.pictures.is_empty() {
            formatter.write_str(&file)
        } else {
            write!(formatter, "{file}: {}", self.pictures.join(", "))
        }
    }
}

impl Stale {
    /// Removes it; a link goes, and not what it leads to.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn remove(&self) -> Result<(), String> {
        if self.pictures.is_empty() {
            return remove_file(&self.path);
        }
        let folder = self.path.parent().unwrap_or(Path::new(""));
        let mut hashes = Hashes::of_folder(folder)?;
        hashes.remove(&self.pictures);
        hashes.write(folder)
    }
}

/// What of a folder is a reference of pictures by other names than these, or kept in another way.
#[must_use]
pub fn stale(folder: &Path, names: &BTreeSet<&str>, is_session: bool, keeping: Keeping) -> Vec<Stale> {
    let paths = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let of_file = |path: PathBuf| {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (part, name) = Part::of_file(&file)?;
        let mut pictures = Vec::new();
        let is_stale = match (part, keeping) {
            (Part::Events, Keeping::Nowhere) => true,
            (Part::Events, _) => !(is_session && name.is_empty()),
            (Part::Hashes, Keeping::Hashes) if name.is_empty() => {
                pictures = Hashes::of_folder(folder).map_or_else(|_| Vec::new(), |hashes| hashes.beyond(names));
                !pictures.is_empty()
            }
            (Part::Hashes, _) | (_, Keeping::Hashes | Keeping::Nowhere) => true,
            (_, Keeping::Pictures(_)) => !names.contains(name),
            (_, Keeping::Files) => false,
        };
        is_stale.then_some(Stale { path, pictures })
    };
    let mut found: Vec<Stale> = paths.filter_map(of_file).collect();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The reference of a picture; `None` where there is none yet.
///
/// # Errors
/// What is wrong with it, in words: it is broken, a link, or weighs more than it may.
pub fn read(folder: &Path, name: &str, keeping: Keeping, limits: &Limits) -> Result<Option<Reference>, String> {
    let limits = reference_limits(limits);
    let most = match keeping {
        Keeping::Pictures(most) => most,
        Keeping::Hashes => return Ok(Hashes::of_folder(folder)?.get(name)?.map(Reference::Hash)),
        Keeping::Files => return Ok(read_picture(&folder.join(name), &limits)?.map(Reference::Picture)),
        Keeping::Nowhere => return Ok(None),
    };
    let path = Part::Picture.path(folder, name);
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
        (Some(bytes), None) => decoded(&path, &bytes, &limits).map(|picture| Some(Reference::Picture(picture))),
        (None, Some(line)) => match Hash::read(&String::from_utf8_lossy(&line)) {
            Some((hash, "")) => Ok(Some(Reference::Hash(hash))),
            _ => Err(format!("{}: `sha256 HASH WIDTHxHEIGHT` was expected", super::paths::shown(&hash_path))),
        },
        (None, None) => Ok(None),
    }
}

/// A picture's file, of any format; `None` where there is none.
///
/// # Errors
/// What is wrong with it, in words.
pub fn read_picture(path: &Path, limits: &Limits) -> Result<Option<Picture>, String> {
    let limits = reference_limits(limits);
    read_file(path, limits.image_bytes)?.map(|bytes| decoded(path, &bytes, &limits)).transpose()
}

fn decoded(path: &Path, bytes: &[u8], limits: &Limits) -> Result<Picture, String> {
    picture::decode(bytes, limits).map_err(|error| format!("{}: a picture was expected: {error}", super::paths::shown(path)))
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

/// Takes a picture as the reference from now on: as a PNG that weighs no more than it may, or else as its hash with a small
/// picture; or as a line among others. Gives the file by which it is known.
///
/// # Errors
/// What is wrong, in words.
pub fn write(folder: &Path, name: &str, picture: &Picture, keeping: Keeping) -> Result<PathBuf, String> {
    let hash_line = Hash { digest: hash_of(picture), size: (picture.width(), picture.height()) };
    let Keeping::Pictures(most) = keeping else {
        if keeping != Keeping::Hashes {
            return Err(format!("{}: no references are kept there", super::paths::shown(folder)));
        }
        let mut hashes = Hashes::of_folder(folder)?;
        hashes.set(name, hash_line);
        hashes.write(folder)?;
        return Ok(Part::Hashes.path(folder, ""));
    };
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
    let line = hash_line.line("") + "\n";
    write_file(&preview, &encode(&small)?)?;
    write_file(&hash, line.as_bytes())?;
    remove_file(&png)?;
    Ok(hash)
}
