//! `friendboard sign`.

use std::path::{Path, PathBuf};

use super::output::Stream;
use super::serve::{KeyFile, keys, public_url};
use crate::error::{Error, ErrorKind, Place, Result};
use crate::host::headless::read_text;
use crate::json;
use crate::json::Value;
use crate::limits::Limits;
use crate::server::{Payload, Settings};

/// Options of `sign`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  friendboard sign --key 2026-11=key --board podium --request request.json --public-url https://cards.example
  friendboard sign --key 2026-11=key --share-image beat-my-score --request friends.json --expires-in 604800 --format jpg
  friendboard sign --key 2026-11=key --card wechat/onShareAppMessage --request share.json

It prints {\"url\": …, \"expires\": …}, the address that a server with the same key answers with the picture until then, in
seconds since 1970. Without --public-url it is the address's path.")]
pub struct Arguments {
    /// The key: a file of 32 bytes or more, as they are or as base64
    #[arg(long, value_name = "ID=FILE", env = "FRIENDBOARD_KEY", value_delimiter = ',', required = true)]
    key: Vec<KeyFile>,
    /// The board that is drawn
    #[arg(long, value_name = "NAME", group = "drawing")]
    board: Option<String>,
    /// The share image that is drawn
    #[arg(long, value_name = "NAME", group = "drawing")]
    share_image: Option<String>,
    /// The share call whose card is drawn
    #[arg(long, value_name = "PLATFORM/CALL", group = "drawing")]
    card: Option<String>,
    /// Its request as JSON, as the server's routes take it: a file, or - for standard input
    #[arg(long, value_name = "FILE", default_value = "-")]
    request: PathBuf,
    /// Options of a share image or a card as JSON, such as '{\"size\": \"1:1\"}'
    #[arg(long, value_name = "JSON")]
    options: Option<String>,
    /// png, jpg or webp
    #[arg(long, value_name = "FORMAT", default_value = "png", value_parser = ["png", "jpg", "webp"])]
    format: String,
    /// For how long the address holds
    #[arg(long, value_name = "SECONDS", default_value_t = Payload::EXPIRES_IN)]
    expires_in: u64,
    /// What stands before the address
    #[arg(long, value_name = "URL", env = "FRIENDBOARD_PUBLIC_URL", value_parser = public_url)]
    public_url: Option<String>,
}

/// Signs an address.
pub fn run(arguments: &Arguments) -> Result<()> {
    let limits = Limits::default();
    let drawing = [("board", &arguments.board), ("shareImage", &arguments.share_image), ("card", &arguments.card)];
    let Some((member, Some(name))) = drawing.into_iter().find(|(_, name)| name.is_some()) else {
        return Err(Error::new(ErrorKind::Usage, "one of --board, --share-image and --card was expected"));
    };
    let text = read_text(&arguments.request, limits.data_bytes, "data_bytes", ErrorKind::Data)?;
    let shown =
        if arguments.request == Path::new("-") { "<standard input>".into() } else { arguments.request.to_string_lossy() };
    let request = Value::read(&text, &shown, &limits)?;
    let mut document = Value::map([
        (member, Value::from(name.as_str())),
        ("request", request),
        ("format", Value::from(arguments.format.as_str())),
        ("expiresIn", Value::from(arguments.expires_in)),
    ]);
    if let Some(options) = &arguments.options {
        document.insert("options", Value::read(options, "--options", &limits)?);
    }
    let (payload, format) = Payload::read(&document.to_json(), Settings::LONGEST, &limits).map_err(|error| {
        // What is wrong stands in an option or in the request; the document that was made of them is nobody's.
        let path = error.place().path.clone();
        error.at(Place { document: None, line: 0, column: 0, path })
    })?;
    payload.drawing.check(&payload.document, None, &limits)?;
    let path = keys(&arguments.key)?.sign(&payload, format)?;
    let url = format!("{}{path}", arguments.public_url.as_deref().unwrap_or_default());
    Stream::Output.json(&json::write(&json!({ "url": url, "expires": payload.expires })))
}
