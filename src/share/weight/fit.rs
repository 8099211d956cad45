//! Pictures made light enough to be sent.

use crate::error::{Error, ErrorKind, Result};
use crate::geometry::Rect;
use crate::picture::{self, Format, Picture, Premultiplied};
use crate::platform::Finding;

/// Quality of a JPEG that nothing limits.
const FREE_QUALITY: u8 = 95;
/// A picture of fewer px a side shows nothing.
const MIN_SIDE: u32 = 16;

/// A picture's file that is not too heavy.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// The file.
    pub bytes: Vec<u8>,
    /// Width of the picture in it, px.
    pub width: u32,
    /// Height of the picture in it, px.
    pub height: u32,
    /// What had to be done to it; nothing where it was light enough.
    pub finding: Option<Finding>,
}

/// Encodes a picture at the best quality that weighs at most so many bytes: JPEG by its quality, what is lossless by its
/// size. `file` are the bytes that the picture came in, if there are any: they stay as they are where they are of the
/// format and light enough.
///
/// # Errors
/// [`ErrorKind::Limit`] where not even 16 px a side fit, [`ErrorKind::Usage`] for a format that is no file of a picture.
///
/// ```
/// use friendboard::picture::{Format, Picture};
/// use friendboard::share::weight::{THUMBNAIL, fit};
/// let mix = |i: u32| (i.wrapping_mul(i).wrapping_mul(2_654_435_761) >> 13) as u8;
/// let noise: Vec<u8> = (0..400 * 400).flat_map(|i| [mix(i), mix(i + 7), mix(i ^ 9), 255]).collect();
/// let picture = Picture::from_premultiplied(400, 400, noise).unwrap();
/// let fitted = fit(&picture, None, Some(THUMBNAIL), Format::JPEG)?;
/// assert!(fitted.bytes.len() <= THUMBNAIL as usize);
/// assert!(fitted.finding.unwrap().text.contains("WeChat takes 32768"));
/// # Ok::<(), friendboard::Error>(())
/// ```
pub fn fit(picture: &Picture, file: Option<&[u8]>, most: Option<u32>, format: Format) -> Result<Fitted> {
    let most = most.map_or(usize::MAX, |most| most as usize);
    let (width, height) = (picture.width(), picture.height());
    if let Some(file) = file.filter(|file| is_of(format, file) && file.len() <= most) {
        return Ok(Fitted { bytes: file.to_vec(), width, height, finding: None });
    }
    let free = match format {
        Format::Jpeg { .. } => Format::Jpeg { quality: FREE_QUALITY },
        Format::Png { .. } => Format::Png { best: true },
        Format::WebP => Format::WebP,
        Format::Rgba => {
            return Err(Error::new(ErrorKind::Usage, "a picture to send is a .png, .jpg or .webp file, found .rgba"));
        }
    };
    let mut weight = file.map(<[u8]>::len).filter(|weight| *weight > most);
    if !picture::is_surely_heavier(picture, (width, height), free, most)? {
        let bytes = picture::encode(Premultiplied::of(picture), free)?;
        if bytes.len() <= most {
            return Ok(Fitted { bytes, width, height, finding: None });
        }
        weight = weight.or(Some(bytes.len()));
    }
    // What is found too heavy by a part of it is not weighed.
    let weight = weight.map_or_else(|| "more".to_owned(), |weight| format!("{weight} bytes"));
    let (fitted, how) = match format {
        Format::Jpeg { .. } => {
            let encoded = picture::encode_under(picture, most)?;
            let how = format!("JPEG of quality {}", encoded.quality);
            (Fitted { bytes: encoded.bytes, width: encoded.width, height: encoded.height, finding: None }, how)
        }
        _ => (smaller(picture, most, free)?, format.to_string()),
    };
    let text = format!(
        "the picture weighs {weight} and WeChat takes {most}: it is sent as a {how}, {}×{} px, {} bytes",
        fitted.width,
        fitted.height,
        fitted.bytes.len()
    );
    let mut finding = Finding::warning("re-encoded", text);
    if (fitted.width, fitted.height) != (width, height) {
        let advice = match format {
            Format::Jpeg { .. } => "give a picture of fewer px",
            _ => "a name that ends in .jpg keeps more of its size",
        };
        finding = finding.because(format!("it was {width}×{height} px; {advice}"));
    }
    Ok(Fitted { finding: Some(finding), ..fitted })
}

/// True for a file of the format, by its first bytes.
fn is_of(format: Format, file: &[u8]) -> bool {
    match format {
        Format::Png { .. } => file.starts_with(b"\x89PNG"),
        Format::Jpeg { .. } => file.starts_with(b"\xFF\xD8\xFF"),
        Format::WebP => file.starts_with(b"RIFF") && file.get(8..12) == Some(b"WEBP"),
        Format::Rgba => false,
    }
}

/// A lossless file by an eighth of its sides smaller a step, the fewest steps with which it fits: a picture weighs less with each
/// of them, so that few are tried.
fn smaller(picture: &Picture, most: usize, format: Format) -> Result<Fitted> {
    let whole = Rect::new(0.0, 0.0, picture.width() as f32, picture.height() as f32);
    let step = |side: u32| (side * 7 / 8).max(1);
    let next = |(width, height): &(u32, u32)| (*width.max(height) > MIN_SIDE).then(|| (step(*width), step(*height)));
    let sizes: Vec<(u32, u32)> = std::iter::successors(Some((step(picture.width()), step(picture.height()))), next).collect();
    let written = |(width, height): (u32, u32)| -> Result<Fitted> {
        let scaled = picture.scaled_crop(whole, width, height);
        let bytes = picture::encode(Premultiplied::of(&scaled), format)?;
        Ok(Fitted { bytes, width, height, finding: None })
    };
    // What comes before `low` is too heavy, what comes from `high` on fits.
    let (mut found, mut low, mut high) = (None, 0_usize, sizes.len());
    while let Some(&size) = sizes.get(low.midpoint(high)).filter(|_| low < high) {
        let is_heavier = picture::is_surely_heavier(picture, size, format, most)?;
        let fitted = if is_heavier { None } else { Some(written(size)?).filter(|file| file.bytes.len() <= most) };
        (low, high) = if fitted.is_some() { (low, low.midpoint(high)) } else { (low.midpoint(high) + 1, high) };
        found = fitted.or(found);
    }
    if let Some(found) = found {
        return Ok(found);
    }
    let (width, height) = sizes.last().copied().unwrap_or((1, 1));
    let message = format!("expected a limit that a picture of {width}×{height} px fits, found {most} bytes");
    Err(Error::new(ErrorKind::Limit, message).hint(format!("it needs {} bytes", written((width, height))?.bytes.len())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::share::weight::{MINI_PROGRAM_IMAGE, THUMBNAIL};

    /// Noise, which no format makes small.
    fn noise(width: u32, height: u32) -> Picture {
        let mut random = crate::random::random(7);
        let pixels: Vec<u8> = (0..width * height)
            .flat_map(|_| {
                let [red, green, blue, _] = random().to_le_bytes();
                [red, green, blue, 255]
            })
            .collect();
        Picture::from_premultiplied(width, height, pixels).unwrap()
    }

    #[test]
    fn every_format_keeps_the_limit() {
        let picture = noise(300, 240);
        for format in [Format::JPEG, Format::PNG, Format::WebP] {
            for most in [THUMBNAIL, MINI_PROGRAM_IMAGE] {
                let fitted = fit(&picture, None, Some(most), format).unwrap();
                assert!(fitted.bytes.len() <= most as usize, "{format} under {most}: {}", fitted.bytes.len());
                assert!(is_of(format, &fitted.bytes), "{format}");
                let decoded = picture::decode(&fitted.bytes, &crate::Limits::default()).unwrap();
                assert_eq!((decoded.width(), decoded.height()), (fitted.width, fitted.height));
            }
        }
        assert_eq!(fit(&picture, None, None, Format::Rgba).unwrap_err().kind(), ErrorKind::Usage);
    }

    #[test]
    fn the_quality_is_the_best_that_fits() {
        let picture = noise(160, 128);
        let fitted = fit(&picture, None, Some(THUMBNAIL), Format::JPEG).unwrap();
        let said = fitted.finding.unwrap().text;
        let quality: u8 = said.split("quality ").nth(1).and_then(|rest| rest.split(',').next()).unwrap().parse().unwrap();
        let at = |quality| picture::encode(Premultiplied::of(&picture), Format::Jpeg { quality }).unwrap().len();
        assert!(at(quality) <= THUMBNAIL as usize && at(quality + 1) > THUMBNAIL as usize, "{said}");
        assert_eq!((fitted.width, fitted.height), (160, 128));
    }

    #[test]
    fn a_light_file_stays_as_it_is() {
        let picture = noise(20, 20);
        let file = picture::encode(Premultiplied::of(&picture), Format::Jpeg { quality: 50 }).unwrap();
        let fitted = fit(&picture, Some(&file), Some(THUMBNAIL), Format::JPEG).unwrap();
        assert_eq!((fitted.bytes, fitted.finding), (file.clone(), None));
        // Another format is written anew.
        let fitted = fit(&picture, Some(&file), Some(THUMBNAIL), Format::PNG).unwrap();
        assert!(is_of(Format::PNG, &fitted.bytes) && fitted.finding.is_none());
    }

    #[test]
    fn what_can_not_fit_is_an_error() {
        for format in [Format::JPEG, Format::PNG] {
            assert_eq!(fit(&noise(40, 40), None, Some(60), format).unwrap_err().kind(), ErrorKind::Limit);
        }
    }
}
