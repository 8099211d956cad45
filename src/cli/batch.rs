//! `friendboard batch`.

use std::io::{BufWriter, stdout};
use std::num::NonZeroUsize;
use std::path::PathBuf;

use super::limits::Setting;
use super::output::Stream;
use crate::batch::{self, Settings, Summary};
use crate::error::{Error, ErrorKind, Result};
use crate::host::headless::{AddressPolicy, AllowedHost};
use crate::limits::Limits;
use crate::picture::Format;

/// Options of `batch`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  friendboard batch requests.ndjson --out cards > results.ndjson
  friendboard batch --out s3://bucket/cards < requests.ndjson
  parallel --pipepart -a requests.ndjson friendboard batch --out cards > results.ndjson

A line is a board's request with an id, {\"id\": 1, \"board\": \"podium\", \"width\": 360, \"height\": 480, \"data\": [...]}, or names
what it asks for: {\"id\": 1, \"shareImage\": \"beat-my-score\", \"request\": {...}, \"options\": {\"size\": \"1:1\"}}, or the same with
\"card\": \"wechat/onShareAppMessage\". It may have a name, the path of its picture below --out, and a format.

A result is {\"id\", \"line\", \"path\", \"bytes\", \"hash\", \"drawn\"} or {\"id\", \"line\", \"error\"}. What is there already is not drawn
again (\"drawn\": false): a run that was killed goes on where it was. The exit status is 3 where some lines failed.")]
pub struct Arguments {
    /// Files of requests, one a line; - is standard input, as is none
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Where the pictures go: a folder, file://, s3://, gs:// or az://
    #[arg(long, value_name = "DIR|URL")]
    out: String,
    /// What a picture is written as whose line does not say: png, jpg, webp or rgba
    #[arg(long, value_name = "FORMAT", default_value = "png")]
    format: Format,
    /// A folder of boards of your own: NAME.xml, and NAME.json beside it
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// The folder below which pictures are found
    #[arg(long, value_name = "DIR")]
    assets: Option<PathBuf>,
    /// Fetch pictures over http and https, from public addresses only
    #[arg(long)]
    fetch: bool,
    /// A host that pictures may come from though it is not public, on port 80, 443 or PORT; may be repeated
    #[arg(long, value_name = "HOST[:PORT]", requires = "fetch")]
    allow_host: Vec<AllowedHost>,
    /// Threads that draw; without it, one a core
    #[arg(long, value_name = "N")]
    workers: Option<NonZeroUsize>,
    /// Give the results in the order of the lines, and not as they come
    #[arg(long)]
    ordered: bool,
    /// Raise or lower a limit of a request; may be repeated. `friendboard limits` lists them
    #[arg(long, value_name = "NAME=VALUE")]
    limit: Vec<Setting>,
}

/// Draws them; false where some lines failed.
pub fn run(arguments: &Arguments) -> Result<bool> {
    let mut limits = Limits::default();
    for setting in &arguments.limit {
        setting.set(&mut limits);
    }
    for (option, folder) in [("--templates", &arguments.templates), ("--assets", &arguments.assets)] {
        if let Some(folder) = folder.as_ref().filter(|folder| !folder.is_dir()) {
            let message = format!("{option}: a folder was expected, found none at {}", folder.display());
            return Err(Error::new(ErrorKind::Usage, message));
        }
    }
    let policy = || arguments.allow_host.iter().cloned().fold(AddressPolicy::default(), AddressPolicy::allow);
    let settings = Settings {
        files: arguments.files.clone(),
        out: arguments.out.clone(),
        format: arguments.format,
        templates: arguments.templates.clone(),
        assets: arguments.assets.clone(),
        fetch: arguments.fetch.then(policy),
        limits,
        workers: arguments.workers.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get),
        ordered: arguments.ordered,
    };
    let summary = batch::run(settings, BufWriter::new(stdout()))?;
    let Summary { drawn, there, failed, .. } = summary;
    let (seconds, rate) = (summary.took().as_secs_f64(), summary.rate());
    Stream::Errors.text(&format!("{drawn} drawn, {there} there already, {failed} failed, in {seconds:.1} s ({rate:.0}/s)"))?;
    Ok(failed == 0)
}
