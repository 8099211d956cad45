//! The files of a game as a share call names them: what is known of each, and its picture.

use std::borrow::Cow;
use std::io::{BufReader, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::asset_folders::AssetFolders;
use super::assets::{Assets, File as PictureFile};
use super::fetch::Fetcher;
use super::video::video_seconds;
use crate::error::{Error, ErrorKind};
use crate::limits::Limits;
use crate::open::open_regular;
use crate::pipeline::{Job, Need};
use crate::share::{FileFacts, FileState, Files};
use crate::unwind::contained;

/// Files below some folders, which stand for the game's package.
///
/// A path may begin with `/`, as the platforms write the package's root. An address is found as `wget -x` saves it:
/// `https://example.com/a.png` as `example.com/a.png`. What only a phone has (`ttfile://…`, `wxfile://…`) is unknown.
pub struct GameFiles {
    folders: AssetFolders,
    assets: Assets,
}

impl GameFiles {
    /// Files below some folders, the first of them first.
    #[must_use]
    pub fn new(roots: impl IntoIterator<Item = PathBuf>, limits: Limits) -> Self {
        let folders = AssetFolders::new(roots);
        Self { assets: Assets::below(folders.clone(), limits), folders }
    }

    /// With pictures from the network, where a fetcher is given; what is saved below the folder is not fetched.
    #[must_use]
    pub fn with_network(mut self, fetcher: Option<Fetcher>) -> Self {
        self.assets = self.assets.with_network(fetcher);
        self
    }

    /// The file of a picture as it is, not decoded; from the network, where it may be reached.
    ///
    /// # Errors
    /// As [`Assets::bring`].
    pub fn fetch(&mut self, src: &str) -> PictureFile {
        let need = Need::Picture(Arc::from(&*self.below_root(src)));
        let mut file = Err(Error::new(ErrorKind::Picture, "it is not there"));
        self.assets.bring(&[need], |_, brought| file = brought);
        file
    }

    /// The file of a picture as it is, not decoded, without the network.
    ///
    /// # Errors
    /// As [`Assets::bytes`].
    pub fn bytes(&self, src: &str) -> PictureFile {
        self.assets.bytes(&self.below_root(src))
    }

    /// Brings all that a job needs until it can be drawn.
    pub fn supply(&mut self, job: &mut Job<'_>) {
        while let Some(need) = job.next_need() {
            let file = self.fetch(need.src());
            job.supply_need(&need, file);
        }
    }

    /// How the asset folder names what the game names; what it does not have keeps its name.
    #[must_use]
    pub fn below_root<'a>(&self, src: &'a str) -> Cow<'a, str> {
        if src.starts_with("data:") {
            return Cow::Borrowed(src);
        }
        if let Some((scheme, rest)) = src.split_once("://") {
            let path = rest.split(['?', '#']).next().unwrap_or_default();
            let saved =
                scheme.to_ascii_lowercase().starts_with("http") && self.folders.find(path).is_ok_and(|path| path.is_file());
            return Cow::Borrowed(if saved { path } else { src });
        }
        Cow::Borrowed(src)
    }
}

impl Files for GameFiles {
    fn state(&self, path: &str) -> FileState {
        let name = self.below_root(path);
        if name.contains("://") {
            return FileState::Unknown;
        }
        self.folders.find(&name).map_or(FileState::Missing, |file| look_at(&file))
    }
}

fn look_at(path: &Path) -> FileState {
    let Ok(mut file) = open_regular(path) else { return FileState::Unreadable };
    let Ok(metadata) = file.metadata() else { return FileState::Unreadable };
    let mut facts = FileFacts { bytes: Some(metadata.len()), ..FileFacts::default() };
    let mut start = Vec::new();
    if (&file).take(12).read_to_end(&mut start).is_err() {
        return FileState::Unreadable;
    }
    if start.get(4..8) == Some(b"ftyp") {
        facts.seconds = video_seconds(&file);
    } else if file.rewind().is_ok() {
        let reader = image::ImageReader::new(BufReader::new(&file));
        let size = contained(|| reader.with_guessed_format().ok().and_then(|reader| reader.into_dimensions().ok()));
        let size = size.ok().flatten();
        (facts.width, facts.height) = (size.map(|size| size.0), size.map(|size| size.1));
    }
    FileState::Readable(facts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_a_game_names() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/example");
        let files = GameFiles::new([root.clone()], Limits::default());
        let readable = |path: &str| matches!(files.state(path), FileState::Readable(FileFacts { width: Some(_), .. }));
        assert!(readable("avatars/fox.png") && readable("/avatars/fox.png") && readable("./avatars/fox.png"));
        assert!(readable(&root.join("avatars/fox.png").to_string_lossy()));
        assert!(files.bytes("/avatars/fox.png").is_ok());
        for path in ["avatars/none.png", "../README.md", "avatars/../../README.md", "/etc/passwd", "", "/"] {
            assert!(matches!(files.state(path), FileState::Missing | FileState::Unreadable), "{path}");
            assert!(files.bytes(path).is_err(), "{path}");
        }
        assert_eq!(files.state("ttfile://temp/a.mp4"), FileState::Unknown);
        assert_eq!(files.state("avatars"), FileState::Unreadable);
        // As `wget -x` would have saved it, had the host been called so.
        assert!(files.bytes("https://avatars/fox.png?size=132").is_ok());
        assert!(files.bytes("https://../example/avatars/fox.png").is_err());
    }
}
