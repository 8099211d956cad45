//! The picture that goes out with a message, light enough for its platform.

use super::card::{CardModel, ImageKind};
use super::outcome::REQUEST;
use super::weight::fit;
use crate::error::Result;
use crate::geometry::Rect;
use crate::picture::{self, Format, Picture};
use crate::reading::Reading;

/// The picture of a message: its file, and what it shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    /// The file; empty where no file was asked for and the picture goes out as it came.
    pub bytes: Vec<u8>,
    /// What it shows.
    pub picture: Picture,
}

/// The picture that goes out with a card's message, from its file as it came or the reason why there is none. `None` where
/// the message has none, or none that is to be had, which is a diagnostic.
///
/// Without a format to write, only what is too heavy is encoded, as a JPEG: so the card shows what is sent.
///
/// # Errors
/// As [`fit`].
pub fn picture_to_send(
    model: &CardModel,
    file: Option<Result<&[u8]>>,
    format: Option<Format>,
    reading: &mut Reading<'_>,
) -> Result<Option<Sent>> {
    let Some(file) = file.filter(|_| model.image.kind != ImageKind::None) else { return Ok(None) };
    let decoded = file.and_then(|file| Ok((picture::decode(file, reading.limits)?, file)));
    let (picture, file) = match decoded {
        Ok(decoded) => decoded,
        Err(error) => {
            reading.push(picture::missing("picture", &model.image.src, &error));
            return Ok(None);
        }
    };
    let (picture, file) = match model.image.kind {
        ImageKind::PageTop => (page_top(&picture), None),
        ImageKind::VideoFrame => (picture, None),
        _ => (picture, Some(file)),
    };
    let light = model.image.bytes_most.is_none_or(|most| file.is_some_and(|file| file.len() <= most as usize));
    if format.is_none() && light {
        return Ok(Some(Sent { bytes: Vec::new(), picture }));
    }
    let fitted = fit(&picture, file, model.image.bytes_most, format.unwrap_or(Format::JPEG))?;
    let picture = if let Some(finding) = &fitted.finding {
        reading.push(finding.to_diagnostic(REQUEST));
        picture::decode(&fitted.bytes, reading.limits)?
    } else {
        picture
    };
    Ok(Some(Sent { bytes: fitted.bytes, picture }))
}

/// The page from its top: as high as 80% of its width.
fn page_top(page: &Picture) -> Picture {
    let height = (page.width() * 4).div_ceil(5).clamp(1, page.height());
    let top = Rect::new(0.0, 0.0, page.width() as f32, height as f32);
    page.scaled_crop(top, page.width(), height)
}
