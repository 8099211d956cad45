//! Pictures from below an asset root and from `data:` addresses.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::error::{Diagnostic, Diagnostics, Error, ErrorKind, Place, Result};
use crate::limits::Limits;
use crate::picture::{self, Picture, PictureState};
use crate::pipeline::PictureSource;
use crate::text::bitmap_font::BitmapFont;

/// Loads a picture when it is first asked for, and keeps it.
pub struct Assets {
    root: Option<PathBuf>,
    bundled: &'static [(&'static str, &'static [u8])],
    limits: Limits,
    loaded: RefCell<BTreeMap<String, PictureState>>,
    fonts: RefCell<BTreeMap<String, Option<Arc<BitmapFont>>>>,
    diagnostics: RefCell<Diagnostics>,
    spent: RefCell<Duration>,
}

impl Assets {
    /// Pictures below a folder; without one only `data:` addresses and bundled pictures are found.
    #[must_use]
    pub fn new(root: Option<PathBuf>, limits: Limits) -> Self {
        Self {
            root,
            bundled: &[],
            limits,
            loaded: RefCell::default(),
            fonts: RefCell::default(),
            diagnostics: RefCell::default(),
            spent: RefCell::default(),
        }
    }

    /// With pictures that are part of the program, found by their names before any file.
    #[must_use]
    pub fn with_bundled(mut self, bundled: &'static [(&'static str, &'static [u8])]) -> Self {
        self.bundled = bundled;
        self
    }

    /// What could not be loaded, and why.
    pub fn take_diagnostics(&self) -> Diagnostics {
        std::mem::take(&mut self.diagnostics.borrow_mut())
    }

    /// How long loading and decoding took, all in all.
    #[must_use]
    pub fn spent(&self) -> Duration {
        *self.spent.borrow()
    }

    fn load(&self, src: &str) -> Result<Picture> {
        picture::decode(&self.bytes(src)?, &self.limits)
    }

    /// The file of a picture as it is, not decoded.
    ///
    /// # Errors
    /// [`ErrorKind::Picture`] or [`ErrorKind::Io`] where it is not to be had, [`ErrorKind::Limit`] where it is over
    /// [`Limits::image_bytes`].
    pub fn bytes(&self, src: &str) -> Result<Cow<'static, [u8]>> {
        if let Some((_, bytes)) = self.bundled.iter().find(|(name, _)| *name == src) {
            return Ok(Cow::Borrowed(bytes));
        }
        if src.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:")) {
            return picture::data_url(src, &self.limits).map(Cow::Owned);
        }
        if let Some((scheme, _)) = src.split_once("://") {
            return Err(Error::new(ErrorKind::Picture, format!("a picture over {scheme} is not loaded here"))
                .hint("save it below --assets and name it by its path"));
        }
        self.read(src).map(Cow::Owned)
    }

    /// Notes that something is not to be had, and why.
    fn missed(&self, what: &str, src: &str, error: &Error) {
        let mut shown: String = src.chars().take(120).collect();
        if shown.len() < src.len() {
            shown.push('…');
        }
        let message = format!("{what} '{shown}': {error}");
        self.diagnostics.borrow_mut().push(Diagnostic::warning("missing-picture", message, Place::default()));
    }

    fn read(&self, src: &str) -> Result<Vec<u8>> {
        let Some(root) = &self.root else {
            return Err(Error::new(ErrorKind::Picture, "no asset folder to look in").hint("name one with --assets DIR"));
        };
        let relative = Path::new(src.strip_prefix("./").unwrap_or(src));
        let inside = relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        if !inside {
            return Err(Error::new(ErrorKind::Picture, "a path below the asset folder was expected"));
        }
        let path = root.join(relative);
        // A link may lead out of the folder all the same.
        let (resolved, allowed) = (path.canonicalize(), root.canonicalize());
        match (resolved, allowed) {
            (Ok(resolved), Ok(allowed)) if resolved.starts_with(&allowed) => read_bytes(&resolved, self.limits.image_bytes),
            (Ok(_), Ok(_)) => Err(Error::new(ErrorKind::Picture, "the file is outside of the asset folder")),
            (Err(error), _) | (_, Err(error)) => {
                Err(Error::new(ErrorKind::Picture, format!("not found below the asset folder: {error}")).source(error))
            }
        }
    }
}

impl PictureSource for Assets {
    fn picture(&self, src: &str) -> PictureState {
        // Who has no avatar is no fault of the folder's.
        if src.is_empty() {
            return PictureState::Failed(Arc::from("no address"));
        }
        if let Some(known) = self.loaded.borrow().get(src) {
            return known.clone();
        }
        let start = Instant::now();
        let loaded = self.load(src);
        *self.spent.borrow_mut() += start.elapsed();
        let state = match loaded {
            Ok(picture) => PictureState::Ready(picture),
            Err(error) => {
                self.missed("picture", src, &error);
                PictureState::Failed(Arc::from(error.to_string()))
            }
        };
        self.loaded.borrow_mut().insert(src.to_owned(), state.clone());
        state
    }

    fn bitmap_font(&self, path: &str) -> Option<Arc<BitmapFont>> {
        if let Some(known) = self.fonts.borrow().get(path) {
            return known.clone();
        }
        let read = self.read(path).and_then(|bytes| BitmapFont::parse(&String::from_utf8_lossy(&bytes), path));
        let font = read.map(Arc::new).map_err(|error| self.missed("bitmap font", path, &error)).ok();
        self.fonts.borrow_mut().insert(path.to_owned(), font.clone());
        font
    }
}

/// Reads at most `limit` bytes of a regular file.
fn read_bytes(path: &Path, limit: usize) -> Result<Vec<u8>> {
    let io = |error: std::io::Error| Error::new(ErrorKind::Io, format!("{error}")).source(error);
    let file = std::fs::File::open(path).map_err(io)?;
    if !file.metadata().map_err(io)?.is_file() {
        return Err(Error::new(ErrorKind::Io, "a regular file was expected"));
    }
    let mut bytes = Vec::new();
    file.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() > limit {
        return Err(Error::limit("image_bytes", format!("{limit} bytes of a picture"), "a larger file"));
    }
    Ok(bytes)
}

/// Reads a text document: a file, or standard input for `-`. What is not UTF-8 is an error that says where.
///
/// # Errors
/// [`ErrorKind::Io`] where it can't be read, [`ErrorKind::Limit`] where it is longer than `limit` bytes, and `kind` where
/// it is not UTF-8.
pub fn read_text(path: &Path, limit: usize, field: &str, kind: ErrorKind) -> Result<String> {
    let name = if path == Path::new("-") { "<standard input>".into() } else { path.to_string_lossy() };
    let place = || Place::document(&name);
    let io = |error: std::io::Error| Error::new(ErrorKind::Io, format!("cannot be read: {error}")).at(place()).source(error);
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        std::io::stdin().lock().take(limit as u64 + 1).read_to_end(&mut bytes).map_err(io)?;
    } else {
        let file = std::fs::File::open(path).map_err(io)?;
        file.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(io)?;
    }
    if bytes.len() > limit {
        return Err(Error::limit(field, format!("{limit} bytes"), "a longer document").at(place()));
    }
    // A byte order mark is no part of the text.
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(error.as_bytes().get(..valid).unwrap_or_default()).into_owned();
        Error::new(kind, "UTF-8 text was expected, found a byte that is not").at(place().at_offset(&before, valid))
    })
}
