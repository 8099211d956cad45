//! A cloud storage's records in a JSON file that is whole at every moment.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::cloud::{CloudStorage, GroupKey, PlayerRecord, Records};
use crate::error::{Error, ErrorKind, Place, Result};
use crate::limits::Limits;

/// How long a change waits for another process that is changing the same file.
const LOCK_WAIT: Duration = Duration::from_secs(5);

/// A storage in a JSON file (see [`Records`] for its form).
///
/// A change is written to a file of its own in the same folder (`NAME.tmp`), flushed to the disk, renamed over the old
/// one, and the folder flushed: whoever looks, and whenever the process or the machine dies, sees the old records or the
/// new ones. When a change returns, it is on the disk.
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
        replace(&self.path, json.as_bytes())?;
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
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Records::default()),
        Err(error) => return Err(cannot("be read", path, error)),
    };
    if !file.metadata().map_err(|error| cannot("be read", path, error))?.is_file() {
        return Err(Error::new(ErrorKind::Io, format!("'{}' is no regular file", path.display())));
    }
    let mut bytes = Vec::new();
    file.take(most as u64 + 1).read_to_end(&mut bytes).map_err(|error| cannot("be read", path, error))?;
    if bytes.len() > most {
        let place = Place::document(&path.display().to_string());
        return Err(Error::limit("cloud_bytes", format_args!("{most} bytes of a cloud storage"), "a larger file").at(place));
    }
    let document = path.display().to_string();
    let text =
        String::from_utf8(bytes).map_err(|error| Error::new(ErrorKind::Data, format!("'{document}' is not UTF-8: {error}")))?;
    Records::from_json(&text, &document)
}

/// Writes a file in one step: after it, or whenever it is cut off, the path holds the old bytes or the new ones.
fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let temporary = beside(path, "tmp");
    let written = write_through(path, &temporary, bytes);
    if written.is_err() {
        // The rename did not happen, or there is nothing left to remove.
        let _ = fs::remove_file(&temporary);
    }
    written.map_err(|error| cannot("be written", path, error))
}

fn write_through(path: &Path, temporary: &Path, bytes: &[u8]) -> io::Result<()> {
    // What a killed process left behind. Opened anew, so that no link that stands there is followed.
    match fs::remove_file(temporary) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(temporary)?;
    if let Ok(old) = fs::metadata(path) {
        file.set_permissions(old.permissions())?;
    }
    file.write_all(bytes)?;
    // Without this, a machine that loses power could have the new name over bytes that were never written.
    file.sync_all()?;
    drop(file);
    fs::rename(temporary, path)?;
    // Without this, the rename itself could be lost. Only Unix opens a folder as a file.
    #[cfg(unix)]
    File::open(folder(path))?.sync_all()?;
    Ok(())
}

/// The lock of a file, held until it is dropped (and by no process that has ended, however it ended).
fn lock(path: &Path) -> Result<Option<File>> {
    let name = beside(path, "lock");
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

/// `NAME.ending` beside a file.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(ending);
    path.with_file_name(name)
}

#[cfg(unix)]
fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

fn cannot(what: &str, path: &Path, error: io::Error) -> Error {
    Error::new(ErrorKind::Io, format!("'{}' cannot {what}: {error}", path.display())).source(error)
}
