//! The pictures and bitmap fonts of a script.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::script::{AssetsPart, Script};
use crate::budget::{Budget, Stage};
use crate::host::headless::assets::read_picture;
use crate::host::headless::{Assets, Fetcher, GameFiles};
use crate::limits::Limits;
use crate::picture::{self, Picture};
use crate::pipeline::Need;
use crate::share::{FileFacts, FileState, Files};
use crate::text::bitmap_font::BitmapFont;

/// The files of a script, as its messages name them.
pub struct ScriptFiles {
    named: BTreeMap<String, PathBuf>,
    folders: GameFiles,
}

impl ScriptFiles {
    /// The files of a script.
    pub fn new(part: &AssetsPart, limits: &Limits) -> Self {
        Self { named: part.files.clone(), folders: GameFiles::new(part.folders.clone(), limits.clone()) }
    }
}

impl Files for ScriptFiles {
    fn state(&self, path: &str) -> FileState {
        match self.named.get(path) {
            Some(file) if file.is_file() => FileState::Readable(FileFacts::default()),
            Some(_) => FileState::Missing,
            None => self.folders.state(path),
        }
    }
}

/// Where a script's pictures are.
pub struct ScriptPictures {
    assets: Assets,
    files: BTreeMap<String, PathBuf>,
    folder: PathBuf,
    limits: Limits,
    /// What decoding is charged to.
    spent: Budget,
}

impl ScriptPictures {
    /// The pictures of a script, and those of the network where it may be reached.
    pub fn new(script: &Script, network: Option<Fetcher>, limits: &Limits, spent: &Budget) -> Self {
        let part = &script.assets;
        let assets = Assets::new(part.folders.clone(), limits.clone()).with_bundled(part.bundled).with_network(network);
        Self { assets, files: part.files.clone(), folder: script.folder.clone(), limits: limits.clone(), spent: spent.clone() }
    }

    /// What asking for a picture comes to. It is decoded when it arrives: many may be on their way at once.
    pub fn picture(&mut self, src: &str, is_failing: bool) -> Result<Picture, String> {
        if is_failing {
            return Err("the script says that it fails".to_owned());
        }
        let file = match self.files.get(src) {
            Some(path) => {
                let read = read_picture(path, &self.limits).map(Cow::Owned);
                // Named as in the script: what is logged is the same wherever it is run from.
                let name = path.strip_prefix(&self.folder).unwrap_or(path).display();
                read.map_err(|error| format!("{name}: {error}"))
            }
            None => self.file(Need::Picture(Arc::from(src))),
        };
        file.and_then(|bytes| {
            let pixel_bytes = picture::claimed_bytes(&bytes, &self.limits);
            self.spent.spend(Stage::Pictures, picture::decoding_steps(&bytes, pixel_bytes));
            self.spent.check().and_then(|()| picture::decode(&bytes, &self.limits)).map_err(|error| error.to_string())
        })
    }

    /// What asking for a bitmap font comes to.
    pub fn bitmap_font(&mut self, path: &Arc<str>) -> Result<Arc<BitmapFont>, String> {
        let bytes = self.file(Need::Font(Arc::clone(path)))?;
        let font = BitmapFont::parse(&String::from_utf8_lossy(&bytes), path, &self.limits);
        font.map(Arc::new).map_err(|error| error.to_string())
    }

    fn file(&mut self, need: Need) -> Result<Cow<'static, [u8]>, String> {
        let mut file = Err("it is not there".to_owned());
        self.assets.bring(&[need], |_, brought| file = brought.map_err(|error| error.to_string()));
        file
    }
}
