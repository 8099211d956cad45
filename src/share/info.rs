//! Decrypting what `getShareInfo` hands out: AES-128-CBC with PKCS#7, and a JSON object whose watermark names the app.
//!
//! # What an error tells, and whom
//!
//! The scheme has no authentication: whoever can send a ciphertext to a server and learn *how* its decryption failed
//! has a padding oracle, and with some thousands of questions the plaintext. So:
//!
//! - What anybody can see in the input — no base64, a wrong length — is said in the open.
//! - Everything that shows only after decryption (wrong key, wrong iv, padding, JSON, app) has **one** public text, that
//!   of `Display` and of the conversion into [`Error`]. [`ShareInfoErrorKind`] and [`ShareInfoError::operator_text`] tell
//!   them apart for who runs the program and holds the key; they belong into a log, not into an answer.
//! - The way to these errors is the same: the padding is checked without branching on its bytes, the JSON is read
//!   whether or not the padding is right, over the same bytes from the start, and what is readable is judged after both.
//! - The session key is in no message and no `Debug`, and is wiped when it is dropped; so are the cipher's round keys.
//!
//! A change to the iv that still gives valid JSON can't be noticed by anybody: the scheme does not authenticate. Trust
//! an `openGId` as far as the channel that the ciphertext came through.

use std::fmt;

use aes::Aes128;
use base64::Engine as _;
use cbc::cipher::{Block, BlockModeDecrypt, KeyIvInit};
use serde::Deserialize;
use subtle::{Choice, ConditionallySelectable, ConstantTimeEq, ConstantTimeLess};
use zeroize::{Zeroize, Zeroizing};

use super::encoding::BASE64;
use crate::error::{Error, ErrorKind, Place};
use crate::json::{self, Value};
use crate::limits::Limits;

const BLOCK: usize = 16;

/// A session key: 16 bytes that only the game's server and the platform know.
///
/// ```
/// use friendboard::share::info::SessionKey;
/// let key = SessionKey::from_base64("tiihtNczf5v6AKRyjwEUhQ==").unwrap();
/// assert_eq!(format!("{key:?}"), "SessionKey(16 bytes)");
/// ```
pub struct SessionKey([u8; BLOCK]);

impl SessionKey {
    /// Reads the base64 that the platform's login answer has as `session_key`; white space around it is passed over.
    ///
    /// # Errors
    /// [`ShareInfoErrorKind::SessionKeyForm`] where it is not the base64 of 16 bytes.
    pub fn from_base64(text: &str) -> Result<Self, ShareInfoError> {
        let wrong = |found: String| ShareInfoError::form(ShareInfoErrorKind::SessionKeyForm, "session_key", found);
        let bytes = BASE64.decode(text.trim()).map_err(|_| wrong("no base64".to_owned()))?;
        let bytes = Zeroizing::new(bytes);
        match <[u8; BLOCK]>::try_from(bytes.as_slice()) {
            Ok(key) => Ok(Self(key)),
            Err(_) => Err(wrong(format!("{} bytes", bytes.len()))),
        }
    }
}

impl fmt::Debug for SessionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionKey(16 bytes)")
    }
}

impl Drop for SessionKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// What went wrong; for who holds the key, see the module's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ShareInfoErrorKind {
    /// The session key is not the base64 of 16 bytes.
    SessionKeyForm,
    /// The iv is not the base64 of 16 bytes.
    IvForm,
    /// The data is not the base64 of one or more blocks of 16 bytes, or too much.
    DataForm,
    /// Nothing readable came out: the session key is another one (a later login replaces it).
    Key,
    /// Everything but the first block is readable: the iv is another one.
    Iv,
    /// The beginning is readable and the end is not padded: the data was cut or changed.
    Padding,
    /// Readable and padded, and not the JSON that was expected.
    Json,
    /// The watermark names another app.
    AppId,
}

impl ShareInfoErrorKind {
    /// The kind as a stable word for machines.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::SessionKeyForm => "session-key-form",
            Self::IvForm => "iv-form",
            Self::DataForm => "data-form",
            Self::Key => "key",
            Self::Iv => "iv",
            Self::Padding => "padding",
            Self::Json => "json",
            Self::AppId => "app-id",
        }
    }
}

/// Why nothing was decrypted. `Display` is the public text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareInfoError {
    kind: ShareInfoErrorKind,
    public: String,
}

impl ShareInfoError {
    fn form(kind: ShareInfoErrorKind, name: &str, found: impl fmt::Display) -> Self {
        let expected = if kind == ShareInfoErrorKind::DataForm { "one or more blocks of 16 bytes" } else { "16 bytes" };
        Self { kind, public: format!("{name}: expected the base64 of {expected}, found {found}") }
    }

    fn hidden(kind: ShareInfoErrorKind) -> Self {
        let public = "encryptedData can't be decrypted: session_key, iv and data do not belong together, or the data is \
                      not this app's";
        Self { kind, public: public.to_owned() }
    }

    /// What went wrong, for who holds the key.
    #[must_use]
    pub fn kind(&self) -> ShareInfoErrorKind {
        self.kind
    }

    /// What went wrong and what to do, for who holds the key: for a terminal or a log, never for an answer to whoever
    /// sent the data.
    #[must_use]
    pub fn operator_text(&self) -> &str {
        match self.kind {
            ShareInfoErrorKind::SessionKeyForm | ShareInfoErrorKind::IvForm | ShareInfoErrorKind::DataForm => &self.public,
            ShareInfoErrorKind::Key => {
                "wrong session key: nothing readable came out; a later login of the same person replaces the key"
            }
            ShareInfoErrorKind::Iv => "wrong iv: all but the first block is readable; take iv and data from the same answer",
            ShareInfoErrorKind::Padding => "wrong padding: the beginning is readable, the end was cut or changed on the way",
            ShareInfoErrorKind::Json => "wrong content: decrypted, and not a JSON object with the watermark of an app",
            ShareInfoErrorKind::AppId => "wrong app: the watermark names another appid",
        }
    }
}

impl fmt::Display for ShareInfoError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.public)
    }
}

impl std::error::Error for ShareInfoError {}

impl From<ShareInfoError> for Error {
    /// The public text; the kind stays behind.
    fn from(error: ShareInfoError) -> Self {
        Self::new(ErrorKind::Data, error.public)
    }
}

/// What was in it.
#[derive(Clone, PartialEq)]
pub struct ShareInfo {
    /// The decrypted text, as it was.
    pub text: String,
    /// The same as a value: a map.
    pub json: Value,
    /// The group's id for this app; absent in the scheme's other uses, such as profiles.
    pub open_gid: Option<String>,
    /// The watermark's time, in seconds since 1970.
    pub timestamp: Option<i64>,
}

impl fmt::Debug for ShareInfo {
    /// The names of what is there, not the values: they are personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields: Vec<_> = self.json.as_map().into_iter().flat_map(|members| members.keys()).collect();
        f.debug_struct("ShareInfo").field("fields", &fields).finish_non_exhaustive()
    }
}

/// What `getShareInfo` answers with, as a game sends it to its server.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Encrypted {
    /// Base64 of the ciphertext.
    pub encrypted_data: String,
    /// Base64 of 16 bytes.
    pub iv: String,
}

impl Encrypted {
    /// Reads `{encryptedData, iv}`, or an answer with it as `friendboard card` prints it: `{"success": {…}}`; other fields
    /// are passed over.
    ///
    /// # Errors
    /// `ErrorKind::Data` where it is not such JSON or the answer is a failure, `ErrorKind::Limit` where it is over
    /// [`Limits::data_bytes`].
    ///
    /// ```
    /// use friendboard::{Limits, share::info::Encrypted};
    /// let printed = r#"{"success":{"encryptedData":"AAAA","errMsg":"getShareInfo:ok","iv":"BBBB"}}"#;
    /// assert_eq!(Encrypted::from_json(printed, &Limits::default())?.iv, "BBBB");
    /// # Ok::<(), friendboard::Error>(())
    /// ```
    pub fn from_json(text: &str, limits: &Limits) -> crate::Result<Self> {
        const DOCUMENT: &str = "<share info>";
        if let Ok(printed) = Value::from_json(text, limits) {
            if let Some(answer) = printed.get("success").filter(|answer| answer.as_map().is_some()) {
                return Self::from_json(&answer.to_json(), limits);
            }
            if let Some(failure) = printed.get("fail") {
                let said = failure.get("errMsg").and_then(Value::as_text).unwrap_or("no reason");
                let message = format!("expected what getShareInfo gave to success, found a failure: {said:.200}");
                return Err(Error::new(ErrorKind::Data, message).at(Place::document(DOCUMENT)));
            }
        }
        json::read(text, DOCUMENT, limits).map_err(|error| match error.kind() {
            ErrorKind::Data => {
                let place = error.place().clone();
                Error::new(ErrorKind::Data, format!("expected {{\"encryptedData\": …, \"iv\": …}}: {}", error.message()))
                    .at(place)
                    .hint("pass on what getShareInfo gave to success")
            }
            _ => error,
        })
    }

    /// Decrypts it, and checks that the watermark names the app. Without an app id none is asked for: what the oldest
    /// documents show is `{openGId}` alone, without a watermark.
    ///
    /// # Errors
    /// [`ShareInfoError`]; see the module's page for what it tells whom.
    ///
    /// ```
    /// use friendboard::share::info::{Encrypted, SessionKey, ShareInfoErrorKind};
    /// let data = Encrypted { encrypted_data: "AAAAAAAAAAAAAAAAAAAAAA==".into(), iv: "AAAA".into() };
    /// let key = SessionKey::from_base64("tiihtNczf5v6AKRyjwEUhQ==").unwrap();
    /// let error = data.decrypt(&key, Some("wx4f4bc4dec97d474b")).unwrap_err();
    /// assert_eq!(error.kind(), ShareInfoErrorKind::IvForm);
    /// assert_eq!(error.to_string(), "iv: expected the base64 of 16 bytes, found 3 bytes");
    /// ```
    pub fn decrypt(&self, key: &SessionKey, app_id: Option<&str>) -> Result<ShareInfo, ShareInfoError> {
        let iv = decode(&self.iv).map_err(|found| ShareInfoError::form(ShareInfoErrorKind::IvForm, "iv", found))?;
        let iv = <[u8; BLOCK]>::try_from(iv.as_slice())
            .map_err(|_| ShareInfoError::form(ShareInfoErrorKind::IvForm, "iv", format_args!("{} bytes", iv.len())))?;
        let wrong_data = |found: String| ShareInfoError::form(ShareInfoErrorKind::DataForm, "encryptedData", found);
        let most = Limits::default().data_bytes;
        if self.encrypted_data.len() > most {
            return Err(wrong_data(format!("{} characters, over the limit of {most}", self.encrypted_data.len())));
        }
        let mut data = decode(&self.encrypted_data).map_err(|found| wrong_data(found.to_owned()))?;
        if data.is_empty() || data.len() % BLOCK != 0 {
            return Err(wrong_data(format!("{} bytes", data.len())));
        }
        decrypt_blocks(&mut data, key, &iv);
        read(&data, app_id)
    }
}

fn decode(text: &str) -> Result<Vec<u8>, &'static str> {
    let text = text.trim();
    BASE64.decode(text).map_err(|_| {
        if text.contains(' ') { "no base64 (a space stands in it: was a '+' lost in a form?)" } else { "no base64" }
    })
}

fn decrypt_blocks(data: &mut [u8], key: &SessionKey, iv: &[u8; BLOCK]) {
    let mut cipher = cbc::Decryptor::<Aes128>::new(&key.0.into(), &(*iv).into());
    for chunk in data.chunks_exact_mut(BLOCK) {
        let mut block = Block::<Aes128>::default();
        block.copy_from_slice(chunk);
        cipher.decrypt_block(&mut block);
        chunk.copy_from_slice(&block);
    }
}

/// Length of the text before its PKCS#7 padding, and whether the padding is right; the whole length where it is not.
/// The time depends on the length of the data alone.
fn unpadded(plain: &[u8]) -> (usize, Choice) {
    let last = plain.last().copied().unwrap_or_default();
    let mut right = !last.ct_eq(&0) & last.ct_lt(&(BLOCK as u8 + 1));
    // The last `last` bytes must all be `last`; the others of the block are looked at too and do not count.
    for (distance, byte) in plain.iter().rev().take(BLOCK).enumerate() {
        let inside = (distance as u8).ct_lt(&last);
        right &= !inside | byte.ct_eq(&last);
    }
    let padding = u8::conditional_select(&0, &last, right);
    (plain.len().saturating_sub(usize::from(padding)), right)
}

fn read(plain: &[u8], app_id: Option<&str>) -> Result<ShareInfo, ShareInfoError> {
    let (length, padded) = unpadded(plain);
    let text = plain.get(..length).unwrap_or(plain);
    // Both whether or not the padding is right: the time must not tell.
    let json = std::str::from_utf8(text).ok().and_then(|text| Value::from_json(text, &Limits::default()).ok());
    let json = json.filter(|json| json.as_map().is_some());
    let readable = readable_blocks(plain);
    let padded = bool::from(padded);
    let (Some(json), true) = (json, padded) else {
        return Err(ShareInfoError::hidden(failure(&readable, padded)));
    };
    let watermark = json.get("watermark");
    if let Some(app_id) = app_id {
        let Some(found) = watermark.and_then(|mark| mark.get("appid")).and_then(Value::as_text) else {
            return Err(ShareInfoError::hidden(ShareInfoErrorKind::Json));
        };
        if !bool::from(found.as_bytes().ct_eq(app_id.as_bytes())) {
            return Err(ShareInfoError::hidden(ShareInfoErrorKind::AppId));
        }
    }
    Ok(ShareInfo {
        open_gid: json.get("openGId").and_then(Value::as_text).map(str::to_owned),
        timestamp: watermark.and_then(|mark| mark.get("timestamp")).and_then(Value::as_integer),
        text: String::from_utf8_lossy(text).into_owned(),
        json,
    })
}

/// Why what came out is not what was meant, from which of its blocks are readable.
fn failure(readable: &[bool], padded: bool) -> ShareInfoErrorKind {
    // The last block ends in padding, which is not readable in any case.
    let text = readable.len().saturating_sub(1).max(1);
    let text = readable.get(..text).unwrap_or(readable);
    match text.split_first() {
        _ if !text.contains(&true) => ShareInfoErrorKind::Key,
        _ if !padded => ShareInfoErrorKind::Padding,
        Some((false, rest)) if rest.iter().all(|&block| block) => ShareInfoErrorKind::Iv,
        _ => ShareInfoErrorKind::Json,
    }
}

/// Which blocks can be a part of a JSON text: UTF-8 without control characters, cut anywhere. One block in some
/// millions of random ones looks like it.
fn readable_blocks(plain: &[u8]) -> Vec<bool> {
    let readable = |block: &[u8]| {
        let cut = block.iter().take(3).take_while(|&&byte| byte & 0xC0 == 0x80).count();
        let block = block.get(cut..).unwrap_or_default();
        let whole = match std::str::from_utf8(block) {
            Ok(text) => Some(text),
            Err(error) if error.error_len().is_none() => {
                block.get(..error.valid_up_to()).and_then(|whole| std::str::from_utf8(whole).ok())
            }
            Err(_) => None,
        };
        whole.is_some_and(|text| !text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r')))
    };
    plain.chunks_exact(BLOCK).map(readable).collect()
}
