//! Font files of the machine: one that is named, and, when asked, all of the system's. They are mapped where the
//! system can, and not read whole.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fontique::{Blob, SourceCache, SourceId, SourceInfo, SourceKind};

use super::face::Face;
use super::font_file::read_faces;
use crate::open::open_regular;
use crate::{Error, ErrorKind, Limits, Place, Result};

/// The faces of one file.
pub(super) fn read_file(path: &Path, limits: &Limits) -> Result<Vec<Face>> {
    let name = path.display().to_string();
    let io = |error| cannot_open(&name, error);
    let file = open_regular(path).map_err(io)?;
    let length = file.metadata().map_err(io)?.len();
    if length > limits.font_bytes as u64 {
        return Err(Error::limit("font_bytes", format!("{} bytes", limits.font_bytes), length).at(Place::document(&name)));
    }
    let data = match map(&file, path) {
        Some(data) => data,
        // Not every system maps files: WASI does not.
        None => {
            let mut bytes = Vec::new();
            file.take(length).read_to_end(&mut bytes).map_err(io)?;
            Blob::new(Arc::new(bytes))
        }
    };
    read_faces(&name, &data)
}

/// The faces of what a user names, of whatever kind: a pipe is read to its end.
pub(super) fn read_named(path: &Path, limits: &Limits) -> Result<Vec<Face>> {
    let name = path.display().to_string();
    let is_stream = std::fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir());
    if !is_stream {
        return read_file(path, limits);
    }
    let mut bytes = Vec::new();
    let most = limits.font_bytes as u64;
    let read = File::open(path).and_then(|file| file.take(most.saturating_add(1)).read_to_end(&mut bytes));
    read.map_err(|error| cannot_open(&name, error))?;
    if bytes.len() as u64 > most {
        let found = "a longer stream";
        return Err(Error::limit("font_bytes", format!("{most} bytes"), found).at(Place::document(&name)));
    }
    read_faces(&name, &Blob::new(Arc::new(bytes)))
}

fn cannot_open(name: &str, error: io::Error) -> Error {
    Error::new(ErrorKind::Io, format!("could not open the font '{name}': {error}")).at(Place::document(name)).source(error)
}

/// Maps a file by parley's font cache, which holds the one `unsafe` that a memory map needs.
fn map(file: &File, path: &Path) -> Option<Blob<u8>> {
    let get = |path: &Path| SourceCache::default().get(&SourceInfo::new(SourceId::new(), SourceKind::Path(Arc::from(path))));
    // The cache opens a path: this one is what is open here, and not what stands under the name by now.
    #[cfg(unix)]
    {
        let open = format!("/dev/fd/{}", std::os::fd::AsRawFd::as_raw_fd(file));
        if let Some(blob) = get(Path::new(&open)) {
            return Some(blob);
        }
    }
    let _ = file;
    get(path)
}

/// Every face in the usual directories, in order of path, so that the same machine always gives the same stack.
pub(super) fn system_faces(limits: &Limits) -> Vec<Face> {
    let mut files = Vec::new();
    for directory in directories() {
        collect(&directory, limits.system_font_depth, limits.system_font_files, &mut files);
    }
    files.sort();
    files.dedup();
    files.iter().filter_map(|path| read_file(path, limits).ok()).flatten().collect()
}

fn directories() -> Vec<PathBuf> {
    let under = |variable: &str, rest: &str| std::env::var_os(variable).map(|root| PathBuf::from(root).join(rest));
    let mut list: Vec<PathBuf> = Vec::new();
    if cfg!(windows) {
        list.extend(under("SystemRoot", "Fonts"));
        list.extend(under("LOCALAPPDATA", "Microsoft\\Windows\\Fonts"));
    } else if cfg!(target_os = "macos") {
        list.extend(["/System/Library/Fonts", "/Library/Fonts"].map(PathBuf::from));
        list.extend(under("HOME", "Library/Fonts"));
    } else {
        list.extend(["/usr/share/fonts", "/usr/local/share/fonts"].map(PathBuf::from));
        list.extend(under("XDG_DATA_HOME", "fonts").or_else(|| under("HOME", ".local/share/fonts")));
        list.extend(under("HOME", ".fonts"));
    }
    list
}

fn collect(directory: &Path, depth: usize, most: usize, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(directory) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        // `metadata` follows links: a link to a directory above is ended by the depth.
        let Ok(metadata) = std::fs::metadata(&path) else { continue };
        if metadata.is_dir() {
            if depth > 0 && files.len() < most {
                collect(&path, depth - 1, most, files);
            }
        } else if files.len() < most {
            let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
            if matches!(ending.as_str(), "ttf" | "otf" | "ttc" | "otc") {
                files.push(path);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_file_a_directory_and_a_large_file_are_errors_of_their_own() {
        let limits = Limits::default();
        assert_eq!(read_file(Path::new("/nowhere/x.ttf"), &limits).unwrap_err().kind(), ErrorKind::Io);
        assert_eq!(read_file(Path::new(env!("CARGO_MANIFEST_DIR")), &limits).unwrap_err().kind(), ErrorKind::Io);
        let font = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/fonts/NotoSansThai-Regular.ttf");
        let small = Limits { font_bytes: 100, ..Limits::default() };
        assert_eq!(read_file(&font, &small).unwrap_err().kind(), ErrorKind::Limit);
        assert_eq!(read_file(&font, &limits).unwrap().len(), 1);
        let device = Path::new("/dev/zero");
        if cfg!(unix) {
            assert_eq!(read_file(device, &limits).unwrap_err().kind(), ErrorKind::Io);
            assert_eq!(read_named(device, &small).unwrap_err().kind(), ErrorKind::Limit);
        }
    }
}
