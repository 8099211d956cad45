//! The picture that a message is sent with: from the request's file, or from the screen, and light enough for the platform.

use std::path::Path;

use super::assets::read_named;
use super::game_files::GameFiles;
use crate::error::{Diagnostic, Place, Result};
use crate::geometry::Rect;
use crate::limits::Limits;
use crate::picture::{self, Format, Picture};
use crate::reading::Reading;
use crate::share::weight::fit;
use crate::share::{CardModel, FileState, Files, ImageKind, ListedFiles, REQUEST};

/// The picture of a message: its file, and what it shows.
pub struct Sent {
    /// The file; empty where none was asked for and the picture is light enough as it is.
    pub bytes: Vec<u8>,
    /// What it shows.
    pub picture: Picture,
}

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
    let (picture, file) = match model.image.kind {
        ImageKind::None => return Ok(None),
        ImageKind::PageTop | ImageKind::VideoFrame => {
            let Some(path) = screenshot else { return Ok(None) };
            let picture = read_picture(path, reading.limits)?;
            (if model.image.kind == ImageKind::PageTop { page_top(&picture) } else { picture }, None)
        }
        ImageKind::Remote | ImageKind::Local | ImageKind::Inline | ImageKind::Icon => {
            if model.image.src.is_empty() {
                return Ok(None);
            }
            let file = files.fetch(&model.image.src);
            let decoded = file.and_then(|file| Ok((picture::decode(&file, reading.limits)?, file)));
            let (picture, file) = match decoded {
                Ok(decoded) => decoded,
                Err(error) => {
                    reading.push(picture::missing("picture", &model.image.src, &error));
                    return Ok(None);
                }
            };
            (picture, Some(file))
        }
    };
    // Without a file to write, only what is too heavy is encoded, as a JPEG: so the card shows what is sent.
    let light = model.image.bytes_most.is_none_or(|most| file.as_ref().is_some_and(|file| file.len() <= most as usize));
    if format.is_none() && light {
        return Ok(Some(Sent { bytes: Vec::new(), picture }));
    }
    let fitted = fit(&picture, file.as_deref(), model.image.bytes_most, format.unwrap_or(Format::JPEG))?;
    let picture = if let Some(finding) = &fitted.finding {
        let said = finding.to_diagnostic(REQUEST);
        reading.push(Diagnostic { place: named(&said.place), ..said });
        picture::decode(&fitted.bytes, reading.limits)?
    } else {
        picture
    };
    Ok(Some(Sent { bytes: fitted.bytes, picture }))
}

fn read_picture(path: &Path, limits: &Limits) -> Result<Picture> {
    let bytes = read_named(path, limits.image_bytes, "image_bytes")?;
    picture::decode(&bytes, limits).map_err(|error| error.at(Place::document(&path.to_string_lossy())))
}

/// The page from its top: as high as 80% of its width.
fn page_top(page: &Picture) -> Picture {
    let height = (page.width() * 4).div_ceil(5).clamp(1, page.height());
    let top = Rect::new(0.0, 0.0, page.width() as f32, height as f32);
    page.scaled_crop(top, page.width(), height)
}
