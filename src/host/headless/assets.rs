//! The files of pictures and bitmap fonts: from below an asset root, from `data:` addresses and, where it may be reached,
//! from the network.

use std::borrow::Cow;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::asset_folders::AssetFolders;
use super::fetch::Fetcher;
use super::files::read_within;
use super::used::note;
use crate::error::{Error, ErrorKind, Place, Result};
use crate::limits::Limits;
use crate::open::open_regular;
use crate::picture;
use crate::pipeline::{Board, Job, Need};

/// A picture's file, or why there is none.
pub type File = Result<Cow<'static, [u8]>>;

/// Schemes of files that a platform keeps on the phone.
const PHONE_SCHEMES: [&str; 4] = ["wxfile", "ttfile", "bdfile", "file"];

/// Where the pictures of boards are.
pub struct Assets {
    folders: AssetFolders,
    bundled: &'static [(&'static str, &'static [u8])],
    fetcher: Option<Fetcher>,
    /// How long fetching took so far.
    took: Duration,
    limits: Limits,
}

impl Assets {
    /// Pictures below some folders, the first of them first; without one only `data:` addresses and bundled pictures are found.
    #[must_use]
    pub fn new(roots: impl IntoIterator<Item = PathBuf>, limits: Limits) -> Self {
        Self::below(AssetFolders::new(roots), limits)
    }

    /// Pictures below some folders.
    pub(super) fn below(folders: AssetFolders, limits: Limits) -> Self {
        Self { folders, bundled: &[], fetcher: None, took: Duration::ZERO, limits }
    }

    /// With pictures that are part of the program, found by their names before any file.
    #[must_use]
    pub fn with_bundled(mut self, bundled: &'static [(&'static str, &'static [u8])]) -> Self {
        self.bundled = bundled;
        self
    }

    /// With pictures from the network, where a fetcher is given.
    #[must_use]
    pub fn with_network(mut self, fetcher: Option<Fetcher>) -> Self {
        self.fetcher = fetcher;
        self
    }

    /// Brings all that a job needs until it can be drawn: what is of the network several at a time.
    pub fn supply(&mut self, job: &mut Job<'_>) {
        loop {
            let wanted = job.wanted();
            if wanted.is_empty() {
                return;
            }
            self.bring(&wanted, |need, file| job.supply_need(need, file));
        }
    }

    /// Brings what a job's layout depends on, and nothing else.
    pub fn supply_layout(&mut self, job: &mut Job<'_>) {
        let wanted = job.wanted_for_layout();
        self.bring(&wanted, |need, file| job.supply_need(need, file));
    }

    /// Hands over the file of each need: first what is at hand, in order; then what is of the network, in order too, up to 6
    /// at a time. What has not come when the fetching of these assets has taken [`Limits::fetch_all_ms`] in all is an error.
    pub fn bring(&mut self, needs: &[Need], mut each: impl FnMut(&Need, File)) {
        let is_fetched = |need: &&Need| self.fetcher.is_some() && is_remote(need.src()) && !self.is_bundled(need.src());
        let (remote, local): (Vec<&Need>, Vec<&Need>) = needs.iter().partition(is_fetched);
        for need in local {
            each(need, self.bytes(need.src()));
        }
        let Some(fetcher) = self.fetcher.as_ref().filter(|_| !remote.is_empty()) else { return };
        let addresses: Vec<&str> = remote.iter().map(|need| need.src()).collect();
        let start = Instant::now();
        let left = Duration::from_millis(self.limits.fetch_all_ms).saturating_sub(self.took);
        // Decoded by whoever takes them, one after the other: six decoders at a time could take six times the memory.
        fetcher.fetch_all(&addresses, start + left, |index, fetched| {
            if let Some(need) = remote.get(index) {
                each(need, fetched.map(Cow::Owned));
            }
        });
        self.took += start.elapsed();
    }

    fn is_bundled(&self, src: &str) -> bool {
        self.bundled.iter().any(|(name, _)| *name == src)
    }

    /// The file of a picture as it is, not decoded.
    ///
    /// # Errors
    /// [`ErrorKind::Picture`] or [`ErrorKind::Io`] where it is not to be had, [`ErrorKind::Limit`] where it is over
    /// [`Limits::image_bytes`].
    pub fn bytes(&self, src: &str) -> File {
        if let Some((_, bytes)) = self.bundled.iter().find(|(name, _)| *name == src) {
            return Ok(Cow::Borrowed(bytes));
        }
        if src.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:")) {
            return picture::data_url(src, &self.limits).map(Cow::Owned);
        }
        if let Some((scheme, _)) = src.split_once("://") {
            let scheme: String = scheme.chars().take(20).collect();
            if PHONE_SCHEMES.iter().any(|phone| scheme.eq_ignore_ascii_case(phone)) {
                let error = Error::new(ErrorKind::Picture, format!("a file of the phone's own ({scheme}) is not here"));
                return Err(error.hint("save it below --assets and name it by its path"));
            }
            let error = Error::new(ErrorKind::Picture, format!("a picture over {scheme} is not fetched here"));
            let hint = if is_remote(src) { "leave out --offline, or " } else { "" };
            return Err(error.hint(format!("{hint}save it below --assets and name it by its path")));
        }
        read_picture(&self.folders.find(src)?, &self.limits).map(Cow::Owned)
    }
}

/// True for an http or https address.
#[must_use]
pub fn is_remote(src: &str) -> bool {
    src.split_once("://").is_some_and(|(scheme, _)| ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)))
}

/// Reads at most [`Limits::image_bytes`] of a regular file.
///
/// # Errors
/// [`ErrorKind::Io`] where it is none or can't be read, [`ErrorKind::Limit`] where it is larger.
pub(super) fn read_picture(path: &Path, limits: &Limits) -> Result<Vec<u8>> {
    note(path);
    let io = |error: std::io::Error| Error::new(ErrorKind::Io, format!("{error}")).source(error);
    let limit = limits.image_bytes;
    let read = open_regular(path).and_then(|file| read_within(file, limit)).map_err(io)?;
    read.ok_or_else(|| Error::limit("image_bytes", format!("{limit} bytes of a picture"), "a larger file"))
}

/// Reads a file that the user names, of whatever kind (a pipe is read to its end), or standard input for `-`.
///
/// # Errors
/// [`ErrorKind::Io`] where it can't be read, [`ErrorKind::Limit`] where it is longer than `limit` bytes; each names it.
pub fn read_named(path: &Path, limit: usize, field: &str) -> Result<Vec<u8>> {
    if path == Path::new("-") {
        return read_within_limit(path, Ok(std::io::stdin().lock()), limit, field);
    }
    note(path);
    // WASI opens folders, and says of reading one that the descriptor is bad.
    let is_folder = cfg!(target_os = "wasi") && path.is_dir();
    let file = if is_folder { Err(io::ErrorKind::IsADirectory.into()) } else { std::fs::File::open(path) };
    read_within_limit(path, file, limit, field)
}

fn read_within_limit(path: &Path, from: io::Result<impl Read>, limit: usize, field: &str) -> Result<Vec<u8>> {
    let place = || Place::document(&document_name(path));
    let read = from.and_then(|from| read_within(from, limit));
    let io = |error: std::io::Error| Error::new(ErrorKind::Io, format!("cannot be read: {error}")).at(place()).source(error);
    read.map_err(io)?.ok_or_else(|| Error::limit(field, format!("{limit} bytes"), "a longer document").at(place()))
}

fn document_name(path: &Path) -> Cow<'_, str> {
    if path == Path::new("-") { "<standard input>".into() } else { path.to_string_lossy() }
}

/// Reads a text document: a file, or standard input for `-`. What is not UTF-8 is an error that says where.
///
/// # Errors
/// As [`read_named`], and `kind` where it is not UTF-8.
pub fn read_text(path: &Path, limit: usize, field: &str, kind: ErrorKind) -> Result<String> {
    text(path, read_named(path, limit, field)?, kind)
}

/// Reads a text document that another document names: a regular file only.
///
/// # Errors
/// As [`read_text`], and [`ErrorKind::Io`] where it is no regular file.
pub fn read_regular_text(path: &Path, limit: usize, field: &str, kind: ErrorKind) -> Result<String> {
    note(path);
    text(path, read_within_limit(path, open_regular(path), limit, field)?, kind)
}

fn text(path: &Path, mut bytes: Vec<u8>, kind: ErrorKind) -> Result<String> {
    // A byte order mark is no part of the text.
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(error.as_bytes().get(..valid).unwrap_or_default()).into_owned();
        Error::new(kind, "UTF-8 text was expected, found a byte that is not")
            .at(Place::document(&document_name(path)).at_offset(&before, valid))
    })
}

/// Compiles a template and style sheets from files.
///
/// # Errors
/// As [`read_text`] and [`Board::compile`].
pub fn compile_files(template: &Path, styles: &[PathBuf], limits: &Limits) -> Result<Board> {
    compile(template, styles, limits, read_text)
}

/// Compiles a template and style sheets from files that a document names: regular ones only.
///
/// # Errors
/// As [`read_regular_text`] and [`Board::compile`].
pub fn compile_regular_files(template: &Path, styles: &[PathBuf], limits: &Limits) -> Result<Board> {
    compile(template, styles, limits, read_regular_text)
}

fn compile(
    template: &Path,
    styles: &[PathBuf],
    limits: &Limits,
    read: impl Fn(&Path, usize, &str, ErrorKind) -> Result<String>,
) -> Result<Board> {
    let read = |path: &Path, kind| read(path, limits.template_bytes, "template_bytes", kind);
    let xml = read(template, ErrorKind::Template)?;
    let sheets = styles.iter().map(|path| Ok((path.display().to_string(), read(path, ErrorKind::Style)?)));
    let sheets = sheets.collect::<Result<Vec<(String, String)>>>()?;
    let sheets: Vec<(&str, &str)> = sheets.iter().map(|(name, json)| (name.as_str(), json.as_str())).collect();
    Board::compile((&template.display().to_string(), &xml), &sheets, limits)
}
