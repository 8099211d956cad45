//! Files that commands write.

use std::io::Write;
use std::path::Path;

use crate::error::{Error, ErrorKind, Result};

/// What is said where a file can't be read or written.
pub fn io_error(path: &Path, done: &str, error: std::io::Error) -> Error {
    Error::new(ErrorKind::Io, format!("'{}' cannot be {done}: {error}", path.display())).source(error)
}

/// Writes a file, or standard output for `-`.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if path == Path::new("-") {
        let mut out = std::io::stdout().lock();
        return out.write_all(bytes).and_then(|()| out.flush()).map_err(|error| io_error(path, "written", error));
    }
    std::fs::write(path, bytes).map_err(|error| io_error(path, "written", error))
}
