//! The picture that a message is sent with: from the request's file, or from the screen, and light enough for the platform.

use std::path::Path;

use super::assets::read_named;
use super::game_files::GameFiles;
use crate::error::{Diagnostic, Diagnostics, Error, Place, Result};
use crate::limits::Limits;
use crate::picture::{self, Format};
use crate::reading::Reading;
use crate::share::{self, CardModel, FileState, Files, ImageKind, ListedFiles, Sent};

/// The files that a document lists, else those of the disk.
pub struct RequestFiles<'a> {
    /// Those that circumstances list.
    pub listed: Option<&'a ListedFiles>,
    /// Those of the game's package.
    pub disk: &'a GameFiles,
}

impl Files for RequestFiles<'_> {
    fn state(&self, path: &str) -> FileState {
        self.listed.map_or_else(|| self.disk.state(path), |listed| listed.state(path))
    }
}

/// The picture of a message, in a format where its file is wanted; `None` where there is none to be had. `screenshot` is
/// the file of what only the platform can take, `named` the place of a request as its file is called.
///
/// # Errors
/// Where the screenshot can't be read, or the picture can't be made light enough.
pub fn picture_to_send(
    model: &CardModel,
    screenshot: Option<&Path>,
    format: Option<Format>,
    named: &dyn Fn(&Place) -> Place,
    files: &mut GameFiles,
    reading: &mut Reading<'_>,
) -> Result<Option<Sent>> {
    let screen = matches!(model.image.kind, ImageKind::PageTop | ImageKind::VideoFrame);
    let taken = match screenshot.filter(|_| screen) {
        Some(path) => Some(read_picture(path, reading.limits)?),
        None => None,
    };
    let file = match &taken {
        Some(bytes) => Some(Ok(std::borrow::Cow::Borrowed(bytes.as_slice()))),
        None if screen || model.image.src.is_empty() => None,
        None => Some(files.fetch(&model.image.src)),
    };
    let file = file.as_ref().map(|file| file.as_deref().map_err(|error| Error::new(error.kind(), error.to_string())));
    let mut said = Diagnostics::new();
    let mut within = Reading::within(reading.limits, reading.budget.clone(), &mut said);
    let sent = share::picture_to_send(model, file, format, &mut within);
    for found in said.as_slice() {
        reading.push(Diagnostic { place: named(&found.place), ..found.clone() });
    }
    sent
}

/// A picture's file, which is one: what is given by hand must be there.
fn read_picture(path: &Path, limits: &Limits) -> Result<Vec<u8>> {
    let bytes = read_named(path, limits.image_bytes, "image_bytes")?;
    picture::decode(&bytes, limits).map_err(|error| error.at(Place::document(&path.to_string_lossy())))?;
    Ok(bytes)
}
