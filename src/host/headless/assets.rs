//! Pictures from below an asset root, from `data:` addresses and, where it may be reached, from the network.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::fetch::Fetcher;
use crate::error::{Diagnostic, Diagnostics, Error, ErrorKind, Place, Result};
use crate::limits::Limits;
use crate::picture::{self, Picture, PictureState};
use crate::pipeline::PictureSource;
use crate::text::bitmap_font::BitmapFont;

/// Loads a picture when it is first asked for, and keeps it.
///
/// A picture of the network is not loaded but [`PictureState::Pending`] when it is first asked for, and noted:
/// [`Assets::wanted`] says which were, [`Assets::prefetch`] fetches them, several at a time.
pub struct Assets {
    root: Option<PathBuf>,
    bundled: &'static [(&'static str, &'static [u8])],
    network: Option<Network>,
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
            network: None,
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

    /// With pictures from the network, fetched by [`Assets::prefetch`].
    #[must_use]
    pub fn with_network(mut self, fetcher: Fetcher) -> Self {
        let network = Network { fetcher, wanted: RefCell::default(), took: RefCell::default(), kept: RefCell::default() };
        self.network = Some(network);
        self
    }

    /// The sources on the network that were asked for and are not there, in the order in which they were first asked for;
    /// forgets them.
    pub fn wanted(&self) -> Vec<String> {
        self.network.as_ref().map(|network| std::mem::take(&mut *network.wanted.borrow_mut()).list).unwrap_or_default()
    }

    /// Fetches sources on the network, up to 6 at a time, and returns when each is there or has failed, at the latest
    /// when the fetching of this host's pictures has taken [`Limits::fetch_all_ms`] in all. Other sources, and what is known already, are passed
    /// over; what fails is among the diagnostics.
    pub fn prefetch(&self, sources: &[&str]) {
        let Some(network) = &self.network else { return };
        let start = Instant::now();
        let left = Duration::from_millis(self.limits.fetch_all_ms).saturating_sub(*network.took.borrow());
        let mut seen = BTreeSet::new();
        let sources: Vec<&str> = sources
            .iter()
            .copied()
            .filter(|src| is_remote(src) && !self.loaded.borrow().contains_key(*src) && seen.insert(*src))
            .collect();
        if sources.is_empty() {
            return;
        }
        // Decoded here, one after the other: six decoders at a time could take six times the memory.
        network.fetcher.fetch_all(&sources, start + left, |index, fetched| {
            if let Some(src) = sources.get(index) {
                self.keep(src, fetched.and_then(|bytes| self.decode_fetched(network, &bytes)));
            }
        });
        let took = start.elapsed();
        *network.took.borrow_mut() += took;
        *self.spent.borrow_mut() += took;
    }

    fn decode_fetched(&self, network: &Network, bytes: &[u8]) -> Result<Picture> {
        let picture = picture::decode(bytes, &self.limits)?;
        let mut kept = network.kept.borrow_mut();
        // A file of 2 MiB may be a picture of 32 MiB, and it is not us who say how many of them a board has.
        let allowed = self.limits.fetched_bytes;
        if *kept + picture.pixels().len() > allowed {
            let allowed = format_args!("{} MiB of decoded pictures", allowed / (1024 * 1024));
            return Err(Error::limit("fetched_bytes", allowed, "more"));
        }
        *kept += picture.pixels().len();
        Ok(picture)
    }

    fn keep(&self, src: &str, loaded: Result<Picture>) -> PictureState {
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

    /// What could not be loaded, and why.
    pub fn take_diagnostics(&self) -> Diagnostics {
        std::mem::take(&mut self.diagnostics.borrow_mut())
    }

    /// How long loading and decoding took, all in all.
    #[must_use]
    pub fn spent(&self) -> Duration {
        *self.spent.borrow()
    }

    fn is_bundled(&self, src: &str) -> bool {
        self.bundled.iter().any(|(name, _)| *name == src)
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
            let scheme: String = scheme.chars().take(20).collect();
            let error = Error::new(ErrorKind::Picture, format!("a picture over {scheme} is not fetched here"));
            let hint = if is_remote(src) { "leave out --offline, or " } else { "" };
            return Err(error.hint(format!("{hint}save it below --assets and name it by its path")));
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

/// What belongs to the network.
struct Network {
    fetcher: Fetcher,
    wanted: RefCell<Wanted>,
    /// How long fetching took so far.
    took: RefCell<Duration>,
    /// Bytes of decoded pictures that are kept.
    kept: RefCell<usize>,
}

/// Sources in the order in which they were noted, each once.
#[derive(Default)]
struct Wanted {
    list: Vec<String>,
    known: BTreeSet<String>,
}

impl Wanted {
    fn note(&mut self, src: &str) {
        if !self.known.contains(src) {
            self.known.insert(src.to_owned());
            self.list.push(src.to_owned());
        }
    }
}

/// True for an http or https address.
fn is_remote(src: &str) -> bool {
    src.split_once("://").is_some_and(|(scheme, _)| ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)))
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
        if let Some(network) = self.network.as_ref().filter(|_| is_remote(src) && !self.is_bundled(src)) {
            network.wanted.borrow_mut().note(src);
            return PictureState::Pending;
        }
        let start = Instant::now();
        let loaded = self.load(src);
        *self.spent.borrow_mut() += start.elapsed();
        self.keep(src, loaded)
    }

    fn bitmap_font(&self, path: &str) -> Option<Arc<BitmapFont>> {
        if let Some(known) = self.fonts.borrow().get(path) {
            return known.clone();
        }
        let read = self.read(path).and_then(|bytes| BitmapFont::parse(&String::from_utf8_lossy(&bytes), path, &self.limits));
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
