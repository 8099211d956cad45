//! `expected.hashes`: the references of a case that keeps one line a picture, for many that nobody looks at one by one.
//!
//! A line is `sha256 HASH WIDTHxHEIGHT NAME`, without a name where the case has one picture; lines are in the order of names.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use super::files::{Part, read_file, remove_file, write_file};
use super::paths::shown;

/// What such a file may weigh: some ten thousand pictures.
const BYTES_MOST: usize = 4 * 1024 * 1024;

/// The hash of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hash {
    /// SHA-256 of straight RGBA8 rows, in hex.
    pub digest: String,
    /// Width and height, px.
    pub size: (u32, u32),
}

impl Hash {
    /// Reads `sha256 HASH WIDTHxHEIGHT`, and gives what stands behind it.
    #[must_use]
    pub fn read(line: &str) -> Option<(Self, &str)> {
        let mut words = line.trim_end().splitn(4, ' ');
        let (Some("sha256"), Some(digest), Some(size)) = (words.next(), words.next(), words.next()) else { return None };
        let (width, height) = size.split_once('x')?;
        let is_hash = digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
        let size = (width.parse().ok()?, height.parse().ok()?);
        is_hash.then(|| (Self { digest: digest.to_ascii_lowercase(), size }, words.next().unwrap_or("")))
    }

    /// The line of a picture, without its end.
    #[must_use]
    pub fn line(&self, name: &str) -> String {
        let line = format!("sha256 {} {}x{} {name}", self.digest, self.size.0, self.size.1);
        line.trim_end().to_owned()
    }
}

/// The lines of such a file.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Hashes {
    by_name: BTreeMap<String, Hash>,
    /// What is wrong with the first line that is none.
    fault: Option<String>,
}

impl Hashes {
    /// The lines of a case; none where there is no file.
    ///
    /// # Errors
    /// What is wrong with the file, in words. A line that is none is told by [`get`](Self::get).
    pub fn of_folder(folder: &Path) -> Result<Self, String> {
        let path = Part::Hashes.path(folder, "");
        let bytes = read_file(&path, BYTES_MOST)?.unwrap_or_default();
        let mut hashes = Self::default();
        for (index, line) in String::from_utf8_lossy(&bytes).lines().enumerate() {
            match Hash::read(line) {
                Some((hash, name)) => {
                    hashes.by_name.insert(name.to_owned(), hash);
                }
                None if hashes.fault.is_none() => {
                    let what = "`sha256 HASH WIDTHxHEIGHT NAME` was expected";
                    hashes.fault = Some(format!("{}:{}: {what}, found '{line:.60}'", shown(&path), index + 1));
                }
                None => {}
            }
        }
        Ok(hashes)
    }

    /// The hash of a picture; `None` where there is none yet.
    ///
    /// # Errors
    /// What is wrong with a line, in words: none is trusted beside it.
    pub fn get(&self, name: &str) -> Result<Option<Hash>, String> {
        match &self.fault {
            Some(fault) => Err(fault.clone()),
            None => Ok(self.by_name.get(name).cloned()),
        }
    }

    /// The names that are none of these.
    #[must_use]
    pub fn beyond(&self, names: &BTreeSet<&str>) -> Vec<String> {
        self.by_name.keys().filter(|name| !names.contains(name.as_str())).cloned().collect()
    }

    /// Takes a picture's hash as right from now on; lines that are none are dropped.
    pub fn set(&mut self, name: &str, hash: Hash) {
        self.by_name.insert(name.to_owned(), hash);
    }

    /// Leaves pictures out.
    pub fn remove(&mut self, names: &[String]) {
        self.by_name.retain(|name, _| !names.contains(name));
    }

    /// Writes them, whole or not at all; where there are none, the file goes.
    ///
    /// # Errors
    /// What is wrong, in words; what was there is as before.
    pub fn write(&self, folder: &Path) -> Result<(), String> {
        let path = Part::Hashes.path(folder, "");
        if self.by_name.is_empty() {
            return remove_file(&path);
        }
        let mut text = String::new();
        for (name, hash) in &self.by_name {
            let _ = writeln!(text, "{}", hash.line(name));
        }
        write_file(&path, text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_has_one_line() {
        let line = format!("sha256 {} 3x4", "0f".repeat(32));
        let (hash, name) = Hash::read(&line).unwrap();
        assert_eq!((hash.size, name), ((3, 4), ""));
        assert_eq!(hash.line(""), line);
        let named = hash.line("two words");
        assert_eq!(Hash::read(&format!("{named}\r\n")), Some((hash, "two words")));
        for wrong in ["", "sha256 abc 3x4", "sha1 0 3x4", "sha256\n", "<<<<<<< HEAD"] {
            assert!(Hash::read(wrong).is_none(), "{wrong}");
        }
    }
}
