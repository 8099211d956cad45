//! Where commands write: files, standard output and standard error.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;

use crate::error::{Error, ErrorKind, Result};
use crate::escape::{escaped, escaped_json};
use crate::host::headless::write_whole;

/// What is said where a file can't be read or written.
pub fn io_error(path: &Path, done: &str, error: io::Error) -> Error {
    Error::new(ErrorKind::Io, format!("'{}' cannot be {done}: {error}", path.display())).source(error)
}

/// Writes files by their paths below a folder, all or none: where one is there already and is another, nothing is written
/// unless `force` says so. What was written, a line each.
pub fn write_folder(folder: &Path, files: &[(&Path, &[u8])], force: bool) -> Result<String> {
    let mut others = Vec::new();
    for (name, bytes) in files {
        let path = folder.join(name);
        match std::fs::metadata(&path) {
            Ok(there) if there.is_file() && there.len() == bytes.len() as u64 => {
                if std::fs::read(&path).map_err(|error| io_error(&path, "read", error))? != *bytes {
                    others.push(path);
                }
            }
            Ok(_) => others.push(path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(io_error(&path, "read", error)),
        }
    }
    if let Some(first) = others.first()
        && !force
    {
        let more = others.len() - 1;
        let more = if more > 0 { format!(", and {more} more are") } else { String::new() };
        return Err(Error::new(ErrorKind::Io, format!("'{}' is there already, and is another{more}", first.display()))
            .hint("move it away, name another folder, or write over it by --force"));
    }
    let mut said = String::new();
    for (name, bytes) in files {
        let path = folder.join(name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| io_error(folder, "made", error))?;
        }
        write(&path, bytes)?;
        let _ = writeln!(said, "{}  {:.1} KB", escaped(&path.to_string_lossy()), bytes.len() as f64 / 1000.0);
    }
    Ok(said)
}

/// Writes a file, whole or not at all, or standard output for `-`.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if path == Path::new("-") {
        return Stream::Output.write(bytes);
    }
    write_whole(path, bytes).map_err(|error| io_error(path, "written", error))
}

/// Where a command speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// What was asked for.
    Output,
    /// What is to be said about it.
    Errors,
}

impl Stream {
    /// Writes and flushes.
    ///
    /// # Errors
    /// `Io` where it is full; where its reader has gone away, an error that [`is_closed_pipe`] knows.
    pub fn write(self, bytes: &[u8]) -> Result<()> {
        let (name, written) = match self {
            Self::Output => ("output", flush(io::stdout().lock(), bytes)),
            Self::Errors => ("error", flush(io::stderr().lock(), bytes)),
        };
        written.map_err(|error| Error::new(ErrorKind::Io, format!("standard {name} cannot be written: {error}")).source(error))
    }

    /// Writes a text, ended by one line feed.
    ///
    /// # Errors
    /// As [`Stream::write`].
    pub fn text(self, text: &str) -> Result<()> {
        self.write(format!("{}\n", text.trim_end()).as_bytes())
    }

    /// Writes a JSON text and a line feed, with what a terminal would obey escaped.
    ///
    /// # Errors
    /// As [`Stream::write`].
    pub fn json(self, json: &str) -> Result<()> {
        self.text(&escaped_json(json))
    }
}

fn flush(mut stream: impl Write, bytes: &[u8]) -> io::Result<()> {
    stream.write_all(bytes)?;
    stream.flush()
}

/// True where a pipe's reader has gone away, as `head` does: no failure, but the end of what is wanted.
pub fn is_closed_pipe(error: &Error) -> bool {
    let source = std::error::Error::source(error).and_then(|source| source.downcast_ref::<io::Error>());
    source.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
