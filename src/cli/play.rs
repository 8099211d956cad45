//! `friendboard play`.

use std::path::PathBuf;

use super::limits::LimitArguments;
use super::network::Network;
use super::output::{self, Stream};
use crate::error::Result;
use crate::escape::escaped;
use crate::host::headless::play::{ANIMATION, read_script, run as run_script};

/// Options of `play`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
A script is a JSON object: platform, client, library, canvas, window, self, friends, groups, assets, board or template and
style, theme, locale, keyList, latency, faults, and steps. A step is one thing at a time in ms:
  {\"at\": 0, \"message\": {\"command\": \"render\"}}
  {\"at\": 500, \"tap\": [180, 240]}           also touchstart, touchmove, touchend, touchcancel
  {\"at\": 900, \"snapshot\": \"after-the-tap\"}
  {\"at\": 950, \"setUserCloudStorage\": {\"KVDataList\": [{\"key\": \"score\", \"value\": \"12\"}]}}
  {\"at\": 960, \"domain\": \"open-data\", \"getUserCloudStorage\": {\"keyList\": [\"score\"]}}
  also any other call of the platform's (in the main domain, without a domain), canvas, window, faults, latency
The run ends with the last step, or at \"end\". The same script gives the same bytes.

Examples:
  friendboard play golden/play/first-open/script.json --out run
  friendboard play script.json --out run --animate")]
pub struct Arguments {
    /// The script
    #[arg(value_name = "SCRIPT")]
    script: PathBuf,
    /// The folder for NAME.png of each snapshot and events.ndjson; it is made where there is none
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Write animation.png too: the whole run as an APNG
    #[arg(long)]
    animate: bool,
    #[command(flatten)]
    network: Network,
    #[command(flatten)]
    limits: LimitArguments,
}

/// Runs a script.
pub fn run(arguments: &Arguments) -> Result<()> {
    let limits = arguments.limits.to_limits();
    let script = read_script(&arguments.script, &limits)?;
    let run = run_script(&script, arguments.animate, arguments.network.fetcher(&limits), &limits)?;
    let folder = &arguments.out;
    std::fs::create_dir_all(folder).map_err(|error| output::io_error(folder, "written", error))?;
    for (name, png) in &run.snapshots {
        output::write(&folder.join(format!("{name}.png")), png)?;
    }
    output::write(&folder.join("events.ndjson"), run.events.as_bytes())?;
    if let Some(animation) = &run.animation {
        output::write(&folder.join(format!("{ANIMATION}.png")), animation)?;
    }
    let (snapshots, lines) = (run.snapshots.len(), run.events.lines().count());
    let folder = escaped(&folder.to_string_lossy()).into_owned();
    let said = format!("{folder}: {} ms, {} frames, {snapshots} snapshots, {lines} events", run.end, run.frames);
    Stream::Output.text(&said)
}
