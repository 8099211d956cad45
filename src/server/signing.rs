//! Signed addresses: what is to be drawn is in the address itself, with the time until which it holds.
//!
//! `/v1/i/{kid}/{signature}/{payload}.{format}`: the payload is the request's JSON, deflated, as base64url; the signature is
//! HMAC-SHA256 over all else. Nothing of a payload is unpacked or read before its signature is right.

use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::error::{Error, ErrorKind, Result};
use crate::host::headless::{Drawing, options, read_named, read_within};
use crate::json::{self, Ceiling, Source, Value};
use crate::limits::Limits;
use crate::picture::Format;

/// The fewest bytes of a key: as many as the signature has.
const KEY_BYTES: usize = 32;
/// The most bytes of a file with a key or a token.
const FILE_BYTES: usize = 64 * 1024;
/// The longest path of a signed address, bytes: within the head of a request, with room for the rest of it.
const PATH_BYTES: usize = 24 * 1024;
/// What the signature is of beside the parts of the address, so that it serves for nothing else.
const PURPOSE: &str = "friendboard/v1/i";

/// Keys by their ids: the first signs, all of them are good for reading, so that one can be changed for another.
#[derive(Default)]
pub struct Keys {
    keys: Vec<(String, Zeroizing<Vec<u8>>)>,
}

impl std::fmt::Debug for Keys {
    /// Ids only.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.keys.iter().map(|(id, _)| id)).finish()
    }
}

impl Keys {
    /// Adds a key from a file: 32 bytes or more, as they are or as base64.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where it can't be read; [`ErrorKind::Usage`] for an id that can't stand in an address or is there
    /// already, and for a key that is too short. Nothing of a key is in an error.
    pub fn add_file(&mut self, id: &str, path: &Path) -> Result<()> {
        let is_id = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if id.is_empty() || id.len() > 32 || !id.bytes().all(is_id) {
            let message = format!("--key: an id of letters, digits, '-' and '_' was expected, found {id:?}");
            return Err(Error::new(ErrorKind::Usage, message));
        }
        if self.find(id).is_some() {
            return Err(Error::new(ErrorKind::Usage, format!("--key: the id '{id}' is there twice")));
        }
        let file = Zeroizing::new(read_named(path, FILE_BYTES, "data_bytes")?);
        let key = decoded(&file).unwrap_or(file);
        if key.len() < KEY_BYTES {
            let message = format!("--key {id}: {KEY_BYTES} bytes or more were expected, found {}", key.len());
            let hint = format!("head -c {KEY_BYTES} /dev/urandom | base64 > {}", path.display());
            return Err(Error::new(ErrorKind::Usage, message).hint(hint));
        }
        self.keys.push((id.to_owned(), key));
        Ok(())
    }

    /// True where nothing can be signed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    fn find(&self, id: &str) -> Option<&[u8]> {
        self.keys.iter().find(|(known, _)| known == id).map(|(_, key)| key.as_slice())
    }

    /// The path of a signed address, by the first key.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where there is no key, [`ErrorKind::Limit`] where the request is too long for an address.
    pub fn sign(&self, payload: &Payload, format: Format) -> Result<String> {
        let Some((id, key)) = self.keys.first() else {
            return Err(Error::new(ErrorKind::Usage, "a key was expected: without --key ID=FILE nothing is signed"));
        };
        let packed = pack(&payload.to_json())?;
        let (packed, ending) = (URL_SAFE_NO_PAD.encode(packed), format.extension());
        let signature = URL_SAFE_NO_PAD.encode(signature(key, id, &packed, ending));
        let path = format!("/v1/i/{id}/{signature}/{packed}.{ending}");
        if path.len() > PATH_BYTES {
            let message =
                format!("a request that fits into an address of {PATH_BYTES} bytes was expected, found {}", path.len());
            return Err(Error::new(ErrorKind::Limit, message).hint("POST it, or leave out what is not shown"));
        }
        Ok(path)
    }

    /// The payload of a signed address, where its signature is right and its time has not passed. What is wrong is not told.
    #[must_use]
    pub fn open(&self, id: &str, given: &str, packed: &str, ending: &str, now: u64, limits: &Limits) -> Option<Payload> {
        // An unknown id takes as long as a known one.
        let (key, is_known) = self.find(id).map_or((&[0; KEY_BYTES][..], false), |key| (key, true));
        let expected = signature(key, id, packed, ending);
        let given = URL_SAFE_NO_PAD.decode(given).unwrap_or_default();
        if !(is_same(&expected, &given) && is_known) {
            return None;
        }
        let packed = URL_SAFE_NO_PAD.decode(packed).ok()?;
        let json = read_within(flate2::read::DeflateDecoder::new(&*packed), limits.data_bytes).ok()??;
        let payload = Payload::from_json(&String::from_utf8(json).ok()?, limits).ok()?;
        (payload.expires > now).then_some(payload)
    }
}

/// Whether two signatures are the same, in a time that does not tell how much of them is.
fn is_same(expected: &[u8], given: &[u8]) -> bool {
    expected.ct_eq(given).into()
}

fn signature(key: &[u8], id: &str, packed: &str, ending: &str) -> Vec<u8> {
    // HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return Vec::new() };
    // None of the parts can hold the byte that stands between them.
    for part in [PURPOSE, id, packed, ending] {
        mac.update(part.as_bytes());
        mac.update(b"\n");
    }
    mac.finalize().into_bytes().to_vec()
}

/// Keys that were written as base64, of either alphabet.
fn decoded(file: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let text = std::str::from_utf8(file).ok()?.trim();
    let lenient = GeneralPurposeConfig::new().with_decode_padding_mode(base64::engine::DecodePaddingMode::Indifferent);
    let url_safe = GeneralPurpose::new(&base64::alphabet::URL_SAFE, lenient);
    let key = STANDARD.decode(text).or_else(|_| url_safe.decode(text)).ok()?;
    (key.len() >= KEY_BYTES).then(|| Zeroizing::new(key))
}

fn pack(json: &str) -> Result<Vec<u8>> {
    let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    let packed = packer.write_all(json.as_bytes()).and_then(|()| packer.finish());
    packed.map_err(|error| Error::new(ErrorKind::Io, format!("the request can't be packed: {error}")).source(error))
}

/// The token of a file: its first line.
///
/// # Errors
/// [`ErrorKind::Io`] where it can't be read, [`ErrorKind::Usage`] for one that is too short to keep anybody out.
pub fn token(path: &Path) -> Result<Vec<u8>> {
    let file = read_named(path, FILE_BYTES, "data_bytes")?;
    let line = file.split(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii().to_vec();
    if line.len() < 16 || !line.iter().all(u8::is_ascii_graphic) {
        let message =
            format!("--token {}: 16 characters or more, without spaces, were expected on its first line", path.display());
        return Err(Error::new(ErrorKind::Usage, message).hint("head -c 24 /dev/urandom | base64 writes one"));
    }
    Ok(line)
}

/// Whether somebody brought the token: compared in a time that does not tell how much of it was right.
#[must_use]
pub fn is_token(token: &[u8], given: &[u8]) -> bool {
    is_same(token, given)
}

/// Seconds since 1970.
#[must_use]
pub fn now() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).as_ref().map_or(0, Duration::as_secs)
}

/// What is to be drawn, and until when.
#[derive(Clone, Debug, PartialEq)]
pub struct Payload {
    /// What it is.
    pub drawing: Drawing,
    /// Its document, JSON.
    pub document: String,
    /// Until when the address holds, seconds since 1970.
    pub expires: u64,
    named: Named,
}

/// What is drawn as its document names it.
#[derive(Clone, Debug, Default, PartialEq)]
struct Named {
    member: &'static str,
    name: String,
    /// Options as JSON, where there are any.
    options: Option<String>,
}

/// A payload's JSON, and what `/v1/sign` is sent.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Document {
    board: Option<String>,
    share_image: Option<String>,
    card: Option<String>,
    request: Option<Source>,
    options: Option<Source>,
    format: Option<String>,
    expires: Option<u64>,
    expires_in: Option<u64>,
}

impl Payload {
    /// How long an address holds where nothing is said.
    pub const EXPIRES_IN: u64 = 24 * 3600;

    /// Reads what is to be signed: `{board | shareImage | card, request, options, format, expiresIn}`.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] with its place for what is none.
    pub fn read(json: &str, longest: Duration, limits: &Limits) -> Result<(Self, Format)> {
        let ceiling = Ceiling::data(limits).kind(ErrorKind::Usage);
        let document: Document = json::read(json, "<request>", ceiling)?;
        let wrong = |message: String| Err(Error::new(ErrorKind::Usage, message));
        if document.expires.is_some() {
            return wrong("expiresIn was expected, in seconds, found expires".to_owned());
        }
        let expires_in = document.expires_in.unwrap_or(Self::EXPIRES_IN.min(longest.as_secs()));
        if expires_in == 0 || expires_in > longest.as_secs() {
            return wrong(format!("expiresIn: 1 to {} seconds were expected, found {expires_in}", longest.as_secs()));
        }
        let format = format(document.format.as_deref().unwrap_or("png"))?;
        Ok((Self::of(document, now().saturating_add(expires_in), limits)?, format))
    }

    fn from_json(json: &str, limits: &Limits) -> Result<Self> {
        let document: Document = json::read(json, "<address>", limits)?;
        let expires = document.expires.unwrap_or(0);
        Self::of(document, expires, limits)
    }

    fn of(document: Document, expires: u64, limits: &Limits) -> Result<Self> {
        let Document { board, share_image, card, request, options: given, .. } = document;
        let (drawing, member, name) = match (board, share_image, card) {
            (Some(name), None, None) => (Drawing::Board(name.clone()), "board", name),
            (None, Some(name), None) => {
                (Drawing::ShareImage(name.parse()?, Box::new(options(given.as_ref(), limits)?)), "shareImage", name)
            }
            (None, None, Some(name)) => {
                let (platform, call) = name.split_once('/').unwrap_or((&name, ""));
                let platform = platform.parse()?;
                crate::share::share_call(platform, call)?;
                (Drawing::Card(platform, call.to_owned(), Box::new(options(given.as_ref(), limits)?)), "card", name)
            }
            _ => {
                let message = "one of board, shareImage and card (PLATFORM/CALL) was expected, found none or several";
                return Err(Error::new(ErrorKind::Usage, message));
            }
        };
        if let (Drawing::Board(_), Some(given)) = (&drawing, &given) {
            let message = "a board's options are members of its request: options were not expected";
            return Err(Error::new(ErrorKind::Usage, message).at(given.place().clone()));
        }
        let compact = |source: &Source| Ok::<_, Error>(source.document(limits)?.root().to_value()?.to_json());
        let request = request.as_ref().map(compact).transpose()?.unwrap_or_else(|| "{}".to_owned());
        let options = given.as_ref().map(compact).transpose()?;
        Ok(Self { drawing, document: request, expires, named: Named { member, name, options } })
    }

    fn to_json(&self) -> String {
        let Named { member, name, options } = &self.named;
        let options = options.as_ref().map(|options| format!(",\"options\":{options}")).unwrap_or_default();
        let name = json::write(&Value::from(name.as_str()));
        format!("{{\"{member}\":{name},\"expires\":{}{options},\"request\":{}}}", self.expires, self.document)
    }
}

/// A format that is served: a file of a picture.
///
/// # Errors
/// [`ErrorKind::Usage`] for another.
pub fn format(ending: &str) -> Result<Format> {
    match ending {
        "png" => Ok(Format::PNG),
        "jpg" | "jpeg" => Ok(Format::JPEG),
        "webp" => Ok(Format::WebP),
        _ => Err(Error::new(ErrorKind::Usage, format!("png, jpg or webp was expected, found '{ending:.16}'"))),
    }
}

#[cfg(test)]
#[path = "signing_tests.rs"]
mod tests;
