//! `data:` addresses (RFC 2397).

use base64::Engine;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;

/// Padding may be there or not, as browsers take it.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The bytes of a `data:` address, base64 or percent-encoded.
///
/// # Errors
/// `Picture` where it is none, or not well-formed; `Limit` where it holds more than [`Limits::image_bytes`].
///
/// ```
/// use friendboard::{Limits, picture::data_url};
/// assert_eq!(data_url("data:image/gif;base64,R0lG", &Limits::default()).unwrap(), b"GIF");
/// assert_eq!(data_url("data:,a%20b", &Limits::default()).unwrap(), b"a b");
/// assert!(data_url("data:image/png", &Limits::default()).is_err());
/// ```
pub fn data_url(address: &str, limits: &Limits) -> Result<Vec<u8>> {
    let malformed = |what: &str| Error::new(ErrorKind::Picture, format!("a data: address was expected, found {what}"));
    let rest = address.get(..5).filter(|scheme| scheme.eq_ignore_ascii_case("data:")).and_then(|_| address.get(5..));
    let (head, body) =
        rest.ok_or_else(|| malformed("another"))?.split_once(',').ok_or_else(|| malformed("one without a comma"))?;
    // Three characters stand for a byte at the most.
    if body.len() / 3 > limits.image_bytes {
        let allowed = format!("{} bytes of a picture", limits.image_bytes);
        return Err(Error::limit("image_bytes", allowed, format!("{} characters", body.len())));
    }
    let bytes = if head.len() >= 7 && head.to_ascii_lowercase().ends_with(";base64") {
        let compact: Vec<u8> = body.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        BASE64.decode(compact).map_err(|error| malformed("base64 that is none").source(error))?
    } else {
        percent_decode(body)
    };
    if bytes.len() > limits.image_bytes {
        let allowed = format!("{} bytes of a picture", limits.image_bytes);
        return Err(Error::limit("image_bytes", allowed, bytes.len()));
    }
    Ok(bytes)
}

fn percent_decode(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while let Some(&byte) = bytes.get(index) {
        let digits = text.get(index + 1..index + 3).filter(|_| byte == b'%');
        let escaped = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(escaped.unwrap_or(byte));
        index += if escaped.is_some() { 3 } else { 1 };
    }
    decoded
}
