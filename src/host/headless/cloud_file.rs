//! A cloud storage's records in a JSON file that is whole at every moment.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::files::{read_within, write_whole};
use crate::cloud::{CloudStorage, GroupKey, PlayerRecord, Records};
use crate::error::{Error, ErrorKind, Place, Result};
use crate::limits::Limits;
use crate::open::open_regular;

/// How long a change waits for another process that is changing the same file.
const LOCK_WAIT: Duration = Duration::from_secs(5);

/// A storage in a JSON file (see [`Records`] for its form).
///
/// A change is written whole or not at all (see [`write_whole`]): whoever looks, and whenever the process or the machine
/// dies, sees the old records or the new ones. When a change returns, it is on the disk. What a killed process left behind
/// is removed by the next one.
///
/// Several processes may change one file: each change takes a lock (`NAME.lock`, which stays behind, empty) and begins
/// with what is in the file then. Reading gives what this process last read or wrote; [`FileStorage::reload`] reads the
/// file again.
#[derive(Debug)]
pub struct FileStorage {
    path: PathBuf,
    records: Records,
    limits: Limits,
}

impl FileStorage {
    /// Opens a file; one that does not exist is an empty storage, and is written with its first change.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where it can't be read, [`ErrorKind::Data`] with line and column where it holds something else,
    /// [`ErrorKind::Limit`] where it is over [`Limits::cloud_bytes`].
    pub fn open(path: impl AsRef<Path>, limits: &Limits) -> Result<Self> {
        // Behind a link, the file that it leads to is replaced, and the link stays.
        let path = match fs::canonicalize(path.as_ref()) {
            Ok(resolved) => resolved,
            Err(error) if error.kind() == io::ErrorKind::NotFound => path.as_ref().to_owned(),
            Err(error) => return Err(cannot("be opened", path.as_ref(), error)),
        };
        let records = read(&path, limits)?;
        Ok(Self { path, records, limits: limits.clone() })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What this process last read or wrote.
    #[must_use]
    pub fn records(&self) -> &Records {
        &self.records
    }

    /// Reads the file again.
    ///
    /// # Errors
    /// As [`FileStorage::open`]; then the records are as before.
    pub fn reload(&mut self) -> Result<()> {
        self.records = read(&self.path, &self.limits)?;
        Ok(())
    }

    /// Changes the records and writes them, wholly or not at all.
    ///
    /// # Errors
    /// Where `change` fails, or where the file can't be written; then file and records are as before.
    pub fn change(&mut self, change: impl FnOnce(&mut Records) -> Result<()>) -> Result<()> {
        let _lock = lock(&self.path)?;
        let mut records = read(&self.path, &self.limits)?;
        change(&mut records)?;
        let json = records.to_json();
        if json.len() > self.limits.cloud_bytes {
            let allowed = format_args!("{} bytes of a cloud storage", self.limits.cloud_bytes);
            return Err(Error::limit("cloud_bytes", allowed, json.len()));
        }
        write_whole(&self.path, json.as_bytes()).map_err(|error| cannot("be written", &self.path, error))?;
        self.records = records;
        Ok(())
    }
}

impl CloudStorage for FileStorage {
    fn player(&self, openid: &str) -> Result<Option<PlayerRecord>> {
        self.records.player(openid)
    }

    fn friends(&self, openid: &str) -> Result<Vec<PlayerRecord>> {
        self.records.friends(openid)
    }

    fn strangers(&self, openid: &str) -> Result<Vec<PlayerRecord>> {
        self.records.strangers(openid)
    }

    fn group(&self, key: GroupKey<'_>) -> Result<Option<Vec<PlayerRecord>>> {
        self.records.group(key)
    }

    fn set(&mut self, openid: &str, pairs: &BTreeMap<String, String>) -> Result<()> {
        self.change(|records| records.set(openid, pairs))
    }

    fn remove(&mut self, openid: &str, keys: &[String]) -> Result<()> {
        self.change(|records| records.remove(openid, keys))
    }

    fn join(&mut self, openid: &str, group: &str) -> Result<()> {
        self.change(|records| records.join(openid, group))
    }
}

fn read(path: &Path, limits: &Limits) -> Result<Records> {
    let most = limits.cloud_bytes;
    let cannot_be_read = |error| cannot("be read", path, error);
    let file = match open_regular(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Records::default()),
        Err(error) => return Err(cannot_be_read(error)),
    };
    let Some(bytes) = read_within(file, most).map_err(cannot_be_read)? else {
        let place = Place::document(&path.display().to_string());
        return Err(Error::limit("cloud_bytes", format_args!("{most} bytes of a cloud storage"), "a larger file").at(place));
    };
    let document = path.display().to_string();
    let text =
        String::from_utf8(bytes).map_err(|error| Error::new(ErrorKind::Data, format!("'{document}' is not UTF-8: {error}")))?;
    Records::from_json(&text, &document)
}

/// The lock of a file, held until it is dropped (and by no process that has ended, however it ended).
fn lock(path: &Path) -> Result<Option<File>> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".lock");
    let name = path.with_file_name(name);
    let fail = |error| cannot("be locked", path, error);
    let file = OpenOptions::new().write(true).create(true).truncate(false).open(&name).map_err(fail)?;
    let start = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::WouldBlock) if start.elapsed() < LOCK_WAIT => std::thread::sleep(Duration::from_millis(5)),
            Err(TryLockError::WouldBlock) => {
                let message = format!("'{}' is being changed by another process for over 5 s", path.display());
                return Err(Error::new(ErrorKind::Io, message).hint("try again, or end the other process"));
            }
            // A file system without locks: then it is up to the caller to have one process only.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(fail(error)),
        }
    }
}

fn cannot(what: &str, path: &Path, error: io::Error) -> Error {
    Error::new(ErrorKind::Io, format!("'{}' cannot {what}: {error}", path.display())).source(error)
}
