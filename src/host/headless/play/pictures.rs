//! The pictures and bitmap fonts of a script.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::script::{AssetsPart, ImageFault};
use crate::host::headless::{Assets, Fetcher};
use crate::limits::Limits;
use crate::picture::{Picture, PictureState};
use crate::pipeline::PictureSource;
use crate::text::bitmap_font::BitmapFont;

/// Where a script's pictures are.
pub struct ScriptPictures {
    assets: Assets,
    files: BTreeMap<String, PathBuf>,
    limits: Limits,
}

impl ScriptPictures {
    /// The pictures of a script, and those of the network where it may be reached.
    pub fn new(part: &AssetsPart, network: Option<Fetcher>, limits: &Limits) -> Self {
        let assets = Assets::new(part.folder.clone(), limits.clone());
        let assets = match network {
            Some(fetcher) => assets.with_network(fetcher),
            None => assets,
        };
        Self { assets, files: part.files.clone(), limits: limits.clone() }
    }

    /// What asking for a picture comes to; `None`: nothing, ever.
    pub fn picture(&self, src: &str, fault: Option<ImageFault>) -> Option<Result<Picture, String>> {
        match fault {
            Some(ImageFault::Hang) => return None,
            Some(ImageFault::Error) => return Some(Err("the script says that it fails".to_owned())),
            None => {}
        }
        Some(match self.files.get(src) {
            Some(path) => match std::fs::read(path) {
                Ok(bytes) => crate::picture::decode(&bytes, &self.limits).map_err(|error| error.to_string()),
                Err(error) => Err(format!("{}: {error}", path.display())),
            },
            None => match self.fetched(src) {
                PictureState::Ready(picture) => Ok(picture),
                PictureState::Failed(reason) => Err(reason.to_string()),
                PictureState::Missing | PictureState::Pending => Err("it is not there".to_owned()),
            },
        })
    }

    fn fetched(&self, src: &str) -> PictureState {
        self.assets.prefetch(&[src]);
        self.assets.picture(src)
    }

    /// What asking for a bitmap font comes to.
    pub fn bitmap_font(&self, path: &str) -> Result<Arc<BitmapFont>, String> {
        self.assets.bitmap_font(path).ok_or_else(|| "it is not to be had below the asset folder".to_owned())
    }
}
