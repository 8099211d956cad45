//! `friendboard serve`.

use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use super::limits::Setting;
use super::output::Stream;
use crate::error::{Error, ErrorKind, Result};
use crate::host::headless::example;
use crate::host::headless::{AddressPolicy, AllowedHost};
use crate::limits::Limits;
use crate::server::{self, Examples, Keys, Settings};

/// Options of `serve`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  friendboard serve
  friendboard serve --listen 0.0.0.0:8787 --templates boards --assets images --fetch --log json
  head -c 32 /dev/urandom > key && friendboard serve --key 2026-11=key --token token --public-url https://cards.example

  curl -s -H 'Content-Type: application/json' -o board.png http://127.0.0.1:8787/v1/boards/podium.png \\
    -d '{\"width\": 360, \"height\": 480, \"data\": [{\"openid\": \"a\", \"nickname\": \"Ann\", \"score\": 12}]}'

Each option is also an environment variable: --public-url is FRIENDBOARD_PUBLIC_URL. Those that may be repeated are
separated by commas there. FRIENDBOARD_LOG is json, text, or what is logged (debug, warn, friendboard=debug).")]
pub struct Arguments {
    /// Where it listens; port 0 is any that is free
    #[arg(long, value_name = "ADDR:PORT", env = "FRIENDBOARD_LISTEN", default_value = Settings::LISTEN)]
    listen: SocketAddr,
    /// A folder of boards of your own: NAME.xml, and NAME.json beside it
    #[arg(long, value_name = "DIR", env = "FRIENDBOARD_TEMPLATES")]
    templates: Option<PathBuf>,
    /// The folder below which pictures are found
    #[arg(long, value_name = "DIR", env = "FRIENDBOARD_ASSETS")]
    assets: Option<PathBuf>,
    /// A key of signed addresses: a file of 32 bytes or more, as they are or as base64. May be repeated: the first signs, all
    /// are good for reading
    #[arg(long, value_name = "ID=FILE", env = "FRIENDBOARD_KEY", value_delimiter = ',')]
    key: Vec<KeyFile>,
    /// A file with the token of those who may have addresses signed at /v1/sign
    #[arg(long, value_name = "FILE", env = "FRIENDBOARD_TOKEN")]
    token: Option<PathBuf>,
    /// What stands before a signed address; without it, http:// and the host that was asked
    #[arg(long, value_name = "URL", env = "FRIENDBOARD_PUBLIC_URL", value_parser = public_url)]
    public_url: Option<String>,
    /// Fetch pictures over http and https, from public addresses only
    #[arg(long, env = "FRIENDBOARD_FETCH", value_parser = clap::builder::FalseyValueParser::new())]
    fetch: bool,
    /// A host that pictures may come from though it is not public, on port 80, 443 or PORT; may be repeated
    #[arg(long, value_name = "HOST[:PORT]", env = "FRIENDBOARD_ALLOW_HOST", value_delimiter = ',', requires = "fetch")]
    allow_host: Vec<AllowedHost>,
    /// Raise or lower a limit of a request, such as friends=100 or data-bytes=256KiB; may be repeated. `friendboard limits`
    /// lists them
    #[arg(long, value_name = "NAME=VALUE", env = "FRIENDBOARD_LIMIT", value_delimiter = ',')]
    limit: Vec<Setting>,
    /// How long a request may wait and be drawn
    #[arg(long, value_name = "MS", env = "FRIENDBOARD_TIME", default_value = "2000", value_parser = clap::value_parser!(u64).range(1..=600_000))]
    time: u64,
    /// Threads that draw; without it, one a core
    #[arg(long, value_name = "N", env = "FRIENDBOARD_WORKERS")]
    workers: Option<NonZeroUsize>,
    /// Requests that wait for one of them; without it, four a core
    #[arg(long, value_name = "N", env = "FRIENDBOARD_QUEUE")]
    queue: Option<NonZeroUsize>,
    /// Requests a second of one client, twice as many at once; 0 is as many as it likes
    #[arg(long, value_name = "N", env = "FRIENDBOARD_RATE", default_value = "20", value_parser = rate)]
    rate: f64,
    /// Bytes of pictures that are kept
    #[arg(long, value_name = "BYTES", env = "FRIENDBOARD_CACHE", default_value = "64MiB")]
    cache: Bytes,
    /// How many proxies of yours stand before the server and add to X-Forwarded-For: a client's address is what the outermost
    /// of them says
    #[arg(long, value_name = "N", env = "FRIENDBOARD_PROXIES", default_value = "0")]
    proxies: usize,
    /// Serve a page of examples at /: each board and card beside its request, and the line of curl for it
    #[arg(long, env = "FRIENDBOARD_DEV", value_parser = clap::builder::FalseyValueParser::new())]
    dev: bool,
    /// How to log: text or json (in the environment: `FRIENDBOARD_LOG`)
    #[arg(long, value_name = "FORM", value_parser = ["text", "json"])]
    pub log: Option<String>,
}

/// `ID=FILE`.
#[derive(Clone, Debug)]
pub struct KeyFile {
    id: String,
    path: PathBuf,
}

impl FromStr for KeyFile {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let (id, path) = text.split_once('=').ok_or_else(|| "ID=FILE was expected, such as 2026-11=key".to_owned())?;
        Ok(Self { id: id.to_owned(), path: PathBuf::from(path) })
    }
}

/// The keys of their files.
pub fn keys(files: &[KeyFile]) -> Result<Keys> {
    let mut keys = Keys::default();
    for KeyFile { id, path } in files {
        keys.add_file(id, path)?;
    }
    Ok(keys)
}

/// `64MiB`, `0`.
#[derive(Clone, Copy, Debug)]
struct Bytes(usize);

impl FromStr for Bytes {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        if text.trim() == "0" {
            return Ok(Self(0));
        }
        // Bytes are read as those of a limit are.
        let mut limits = Limits::default();
        let read = limits.set("cloud_bytes", text);
        read.map(|()| Self(limits.cloud_bytes)).map_err(|_| "bytes up to 1GiB were expected, such as 64MiB or 0".to_owned())
    }
}

fn rate(text: &str) -> std::result::Result<f64, String> {
    let rate = text.parse::<f64>().ok().filter(|rate| rate.is_finite() && *rate >= 0.0);
    rate.ok_or_else(|| "a number of requests a second was expected; 0 is as many as a client likes".to_owned())
}

/// What stands before signed addresses.
pub fn public_url(text: &str) -> std::result::Result<String, String> {
    let url = url::Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let plain = url.filter(|url| url.query().is_none() && url.fragment().is_none() && url.username().is_empty());
    plain.map(|_| text.trim_end_matches('/').to_owned()).ok_or_else(|| "https://HOST was expected".to_owned())
}

/// Serves until it is ended.
pub fn run(arguments: &Arguments) -> Result<()> {
    let mut limits = Settings::limits();
    for setting in &arguments.limit {
        setting.set(&mut limits);
    }
    for (option, folder) in [("--templates", &arguments.templates), ("--assets", &arguments.assets)] {
        if let Some(folder) = folder.as_ref().filter(|folder| !folder.is_dir()) {
            let message = format!("{option}: a folder was expected, found none at {}", folder.display());
            return Err(Error::new(ErrorKind::Usage, message));
        }
    }
    let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let policy = || arguments.allow_host.iter().cloned().fold(AddressPolicy::default(), AddressPolicy::allow);
    let settings = Settings {
        listen: arguments.listen,
        templates: arguments.templates.clone(),
        assets: arguments.assets.clone(),
        fetch: arguments.fetch.then(policy),
        keys: keys(&arguments.key)?,
        token: arguments.token.as_deref().map(server::token).transpose()?,
        public_url: arguments.public_url.clone(),
        limits,
        time: Duration::from_millis(arguments.time),
        workers: arguments.workers.map_or(cores, NonZeroUsize::get),
        queue: arguments.queue.map_or(cores * 4, NonZeroUsize::get),
        rate: arguments.rate,
        burst: arguments.rate * 2.0,
        cache: arguments.cache.0,
        proxies: arguments.proxies,
        examples: arguments.dev.then_some(Examples { friends: example::FRIENDS, pictures: example::AVATARS }),
    };
    server::serve(settings, |address| Stream::Output.text(&format!("listening on http://{address}")))
}
