//! Files as this crate reads and writes them: what is read ends within a limit; what is written is there whole or not at
//! all.

use std::fs::{self, File, Metadata, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// How many links a path may lead through, as on Linux.
const LINKS_MOST: usize = 40;
/// How many characters of a file's name stand in that of its temporary file: names have 255 bytes at most.
const NAME_CHARACTERS: usize = 40;
/// How many write the same file at once.
const WRITERS_MOST: u32 = 4_096;

/// Reads to the end, and no further than a limit; `None` where there is more.
///
/// # Errors
/// Where it can't be read.
pub fn read_within(from: impl Read, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    from.take((limit as u64).saturating_add(1)).read_to_end(&mut bytes)?;
    Ok((bytes.len() <= limit).then_some(bytes))
}

/// Writes a file in one step: after it, or whenever it is cut off, the path holds the old bytes or the new ones, and
/// whoever reads sees one of them.
///
/// The bytes go to a file of their own in the same folder, are flushed to the disk, and that file is renamed. Where a path
/// leads through a link, the link stays; rights and, where that is allowed, the owner of an old file stay too. A killed
/// process can leave its own file behind, `.NAME.NUMBER.tmp`, which nobody reads and the next writer removes.
///
/// Devices and pipes (and `/dev/stdout`) cannot be replaced: they are written as they are.
///
/// # Errors
/// Where it can't be written; what was there is as before.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = behind_links(path)?;
    put_whole(&path, bytes)?;
    keep_names(folder(&path))
}

/// Writes one of many files of a folder as [`write_whole`] does, but for the name: until [`keep_names`] has flushed the folder, a
/// machine that loses power may forget the new file, and never has half of it.
///
/// # Errors
/// Where it can't be written; what was there is as before.
#[cfg(feature = "batch")]
pub fn write_one_of_many(path: &Path, bytes: &[u8]) -> io::Result<()> {
    put_whole(&behind_links(path)?, bytes)
}

/// Puts a file under a path that leads through no link.
fn put_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let old = match fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() || is_a_stream(path) => {
            return OpenOptions::new().write(true).open(path)?.write_all(bytes);
        }
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    if old.is_some() {
        // What is protected from writing is not replaced either.
        OpenOptions::new().write(true).open(path)?;
    }
    let (temporary, file) = create_beside(path, old.is_some())?;
    // Renamed before it is closed: a file that is not locked is a leftover.
    let written = write_through(&file, bytes, old.as_ref()).and_then(|()| fs::rename(&temporary, path));
    if written.is_err() {
        // The first error is the one that matters.
        drop(fs::remove_file(&temporary));
    }
    written
}

/// The path that a path's links lead to, which need not exist.
fn behind_links(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..LINKS_MOST {
        // The links of `/proc` name no path: they are followed by the system only.
        if is_a_stream(&path) || !fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_symlink()) {
            return Ok(path);
        }
        path = folder(&path).join(fs::read_link(&path)?);
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, "it leads through too many links"))
}

/// True for names of what is open already.
fn is_a_stream(path: &Path) -> bool {
    ["/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/fd", "/proc"].iter().any(|name| path.starts_with(name))
}

/// A new file in a file's folder, under a name that no other writer has, and locked for as long as it is open.
///
/// The names are numbered, so that a writer finds what killed ones left behind: a file that nobody has locked. It removes it.
fn create_beside(path: &Path, is_private: bool) -> io::Result<(PathBuf, File)> {
    let name =
        path.file_name().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "the name of a file was expected"))?;
    let start: String = name.to_string_lossy().chars().take(NAME_CHARACTERS).collect();
    let numbered = |number: u32| folder(path).join(format!(".{start}.{number}.tmp"));
    for number in 0..WRITERS_MOST {
        let temporary = numbered(number);
        let mut options = OpenOptions::new();
        // Only a new one: no link that stands there is followed.
        options.write(true).create_new(true);
        #[cfg(unix)]
        if is_private {
            // Nobody reads it before it has the rights of the old file.
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        }
        #[cfg(not(unix))]
        let _ = is_private;
        let created = match options.open(&temporary) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && remove_leftover(&temporary) => {
                options.open(&temporary)
            }
            created => created,
        };
        match created {
            // A file system that knows no locks has writers with names of their own all the same, and leftovers that stay.
            Ok(file) if !matches!(file.try_lock(), Err(TryLockError::WouldBlock)) && is_at(&file, &temporary) => {
                // Of several that were killed together.
                let _ = (number + 1..WRITERS_MOST).all(|next| remove_leftover(&numbered(next)));
                return Ok((temporary, file));
            }
            // Another writer took it for a leftover before it was locked.
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::new(io::ErrorKind::ResourceBusy, format!("{WRITERS_MOST} others are writing it")))
}

/// Removes a temporary file whose writer is gone: nobody has it locked. False where it stays.
fn remove_leftover(temporary: &Path) -> bool {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NONBLOCK | libc::O_NOFOLLOW);
    let Ok(file) = options.open(temporary) else { return false };
    // Under the lock the name stays with this file: only who has it locked removes or renames it.
    file.metadata().is_ok_and(|metadata| metadata.is_file())
        && file.try_lock().is_ok()
        && is_at(&file, temporary)
        && fs::remove_file(temporary).is_ok()
}

/// True where a name is still that of an open file.
fn is_at(file: &File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let (Ok(open), Ok(named)) = (file.metadata(), fs::symlink_metadata(path)) else { return false };
        (open.dev(), open.ino()) == (named.dev(), named.ino())
    }
    // Elsewhere an open file is not removed.
    #[cfg(not(unix))]
    {
        let _ = file;
        path.exists()
    }
}

fn write_through(mut file: &File, bytes: &[u8], old: Option<&Metadata>) -> io::Result<()> {
    file.write_all(bytes)?;
    if let Some(old) = old {
        #[cfg(unix)]
        {
            use std::os::unix::fs::{MetadataExt, fchown};
            let new = file.metadata()?;
            if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
                // Only root may, and who may not replaces it as its own.
                drop(fchown(file, Some(old.uid()), Some(old.gid())));
            }
        }
        // WASI knows no rights: there the host gives the new file those of the old one (`assets/npm`).
        if !cfg!(target_os = "wasi") {
            file.set_permissions(old.permissions())?;
        }
    }
    // Without this, a machine that loses power could have the new name over bytes that were never written.
    file.sync_all()
}

/// Flushes the names of a folder's files to the disk: without this, a rename could be lost. Only Unix opens a folder as a file.
///
/// # Errors
/// Where the folder can't be flushed.
pub fn keep_names(folder: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // A folder that may be written and not read, and file systems that flush no folders.
        Err(error) if matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::InvalidInput) => Ok(()),
        done => done,
    }
}

/// The folder that a file is in.
fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

#[cfg(test)]
#[path = "files_tests.rs"]
mod tests;
