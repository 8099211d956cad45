//! Opening regular files, and nothing else: what stands under a name may be a pipe that no one writes to, or a device
//! without an end.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Opens a regular file to be read; never waits, as opening a named pipe would.
///
/// # Errors
/// Where it can't be opened, or is a folder, a device, a pipe or a socket.
///
/// ```
/// use friendboard::open::open_regular;
/// # let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
/// assert!(open_regular(folder.as_ref()).is_err_and(|error| error.to_string().contains("a regular file was expected")));
/// ```
pub fn open_regular(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NONBLOCK | libc::O_NOCTTY);
    let file = options.open(path)?;
    // Asked of what was opened: the path may lead elsewhere by now.
    if !file.metadata()?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "a regular file was expected"));
    }
    Ok(file)
}
