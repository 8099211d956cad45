//! `friendboard share-info`.

use std::io::Read;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::limits::LimitArguments;
use super::output::Stream;
use crate::error::{Error, ErrorKind, Result};
use crate::host::headless::read_text;
use crate::share::info::{Encrypted, SessionKey};

/// The environment's name for the session key.
const KEY_VARIABLE: &str = "FRIENDBOARD_SESSION_KEY";
/// Longest file of a session key; the key itself has 24 characters.
const KEY_BYTES_MOST: u64 = 1_024;

/// Options of `share-info`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  friendboard share-info --app-id wx4f4bc4dec97d474b --session-key key.txt < share-info.json
  FRIENDBOARD_SESSION_KEY=$(fetch-key) friendboard share-info --app-id wx4f4bc4dec97d474b < share-info.json
  friendboard card wechat getShareInfo --request - --circumstances tickets.json < ticket.json |
    friendboard share-info --session-key key.txt

The session key is read from a file or from the environment, never from the command line, where other users of the
machine see it; it is in no message. What is said of a failure is for who holds the key: do not pass it on to who sent
the data.")]
pub struct Arguments {
    /// The app's id, which the data's watermark must name; without it, data of any app and without a watermark is taken
    #[arg(long, value_name = "APPID")]
    app_id: Option<String>,
    /// A file that holds the session key in base64; without it, the environment's `FRIENDBOARD_SESSION_KEY`
    #[arg(long, value_name = "FILE")]
    session_key: Option<PathBuf>,
    #[command(flatten)]
    limits: LimitArguments,
}

/// Decrypts standard input.
pub fn run(arguments: &Arguments) -> Result<()> {
    let limits = arguments.limits.to_limits();
    let key = session_key(arguments.session_key.as_deref())?;
    let text = read_text(Path::new("-"), limits.data_bytes, "data_bytes", ErrorKind::Data)?;
    let encrypted = Encrypted::from_json(&text, &limits)?;
    let info = encrypted.decrypt(&key, arguments.app_id.as_deref()).map_err(|error| {
        // Who runs this has the key, and may know more than who sent the data.
        Error::new(ErrorKind::Data, error.operator_text())
    })?;
    Stream::Output.json(&info.text)
}

/// The key; no error names its file, as a key that was given in place of one must not be echoed.
fn session_key(path: Option<&Path>) -> Result<SessionKey> {
    let text = match path {
        Some(path) => {
            let mut text = Zeroizing::new(String::new());
            let read = std::fs::File::open(path).and_then(|file| file.take(KEY_BYTES_MOST).read_to_string(&mut text));
            read.map_err(|error| {
                let message = format!("the file of --session-key cannot be read: {}", error.kind());
                Error::new(ErrorKind::Io, message).hint("it names a file that holds the key, not the key")
            })?;
            text
        }
        None => Zeroizing::new(std::env::var(KEY_VARIABLE).map_err(|_| {
            Error::new(ErrorKind::Usage, format!("a session key was expected: --session-key FILE, or {KEY_VARIABLE}"))
        })?),
    };
    SessionKey::from_base64(&text).map_err(|error| Error::new(ErrorKind::Data, error.operator_text()))
}
