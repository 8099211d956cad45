//! `friendboard play`.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::limits::LimitArguments;
use super::network::Network;
use super::options::AssetFolders;
use super::output::{self, Stream};
use super::report::learn_more;
use super::show::Show;
use super::watch::Watch;
use crate::error::{Error, ErrorKind, Result};
use crate::escape::{escaped, escaped_lines};
use crate::host::headless::play::{ANIMATION, read_script, run_into};

/// Options of `play`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
A script is a JSON object of
  platform, client, library, date           what it runs on, and when it begins
  canvas, window                            {\"width\", \"height\"}, the canvas with a style, the window with devicePixelRatio
  self, authorized, friends, groups         who plays, and what the platform answers: data, or files of it
  assets, latency, faults                   where pictures are; how long calls and pictures take; what fails
  fonts                                     files of fonts to try before the bundled ones; those that a game has
                                            loaded, beside its script
  board, or template, style and dialect     what is drawn
  script, root, seed, strict                a game's own openDataContext/index.js in place of a board, its package's folder, the
                                            seed of Math.random, what is refused as some phones do: pictures, wechat-old
  theme, locale, var                        how it looks, and what its template can name
  key, keyList, order, thenBy, since,       which score, how it ranks
  period, zone, ties, withoutScore, top
  words                                     [{\"match\": {\"messageType\": 3}, \"means\": \"score\", \"value\": \"score\"}, …]; means: show,
                                            hide, viewport, score, self, group, page, next, previous, refresh, variables, ignore
  share, dataAge, end                       what invitations say; how old data may be; when it ends
and steps. A step is one thing at a time in ms:
  {\"at\": 0, \"message\": {\"command\": \"render\"}}
  {\"at\": 500, \"tap\": [180, 240]}           also touchstart, touchmove, touchend, touchcancel
  {\"at\": 900, \"snapshot\": \"after-the-tap\"}
  {\"at\": 910, \"expect\": {\"state\": \"ready\", \"texts\": [\"1\", \"Ann\"], \"events\": [{\"event\": \"tap\"}], \"diagnostics\": []}}
                                            what is on the board then; where it is not, the exit is 1
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
    pub(in crate::cli) script: PathBuf,
    /// The folder for NAME.png of each snapshot and events.ndjson; it is made where there is none
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Write animation.png too: the whole run as an APNG
    #[arg(long)]
    animate: bool,
    /// End with status 1 where a message was not understood
    #[arg(long)]
    strict: bool,
    /// A font file to try before the script's and the bundled ones; may be repeated, in order of preference
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) font: Vec<PathBuf>,
    #[command(flatten)]
    folders: AssetFolders,
    #[command(flatten)]
    network: Network,
    #[command(flatten)]
    watch: Watch,
    #[command(flatten)]
    show: Show,
    #[command(flatten)]
    limits: LimitArguments,
}

/// Runs a script.
pub fn run(arguments: &Arguments) -> Result<()> {
    let mut show = arguments.show;
    arguments.watch.run(|| play(arguments, &mut show))
}

fn play(arguments: &Arguments, show: &mut Show) -> Result<()> {
    let limits = arguments.limits.to_limits();
    let mut script = read_script(&arguments.script, &limits)?;
    if !arguments.folders.is_empty() {
        script.assets.folders = arguments.folders.or_beside([])?;
    }
    script.fonts.splice(0..0, arguments.font.iter().cloned());
    let folder = &arguments.out;
    std::fs::create_dir_all(folder).map_err(|error| output::io_error(folder, "written", error))?;
    let (mut snapshots, mut last) = (0, None);
    // Each is written as it is taken: there may be thousands.
    let run = run_into(&script, arguments.animate, arguments.network.fetcher(&limits), &limits, &mut |snapshot| {
        snapshots += 1;
        let path = folder.join(format!("{}.png", snapshot.name));
        output::write(&path, &snapshot.png)?;
        last = Some((path, snapshot.png));
        Ok(())
    })?;
    if let Some((path, png)) = last {
        show.picture(&path, || Ok(png), &limits)?;
    }
    output::write(&folder.join("events.ndjson"), run.events.as_bytes())?;
    // Where the animation is too long, all else is there.
    if let Some(animation) = run.animation {
        output::write(&folder.join(format!("{ANIMATION}.png")), &animation?)?;
    }
    let lines = run.events.lines().count();
    let folder = escaped(&folder.to_string_lossy()).into_owned();
    let mut said = format!("{folder}: {} ms, {} frames, {snapshots} snapshots, {lines} events", run.end, run.frames);
    for (at, diagnostic) in &run.said {
        Stream::Errors.text(&format!("{at} ms: {}: {diagnostic}", diagnostic.severity.keyword()))?;
    }
    if let Some(command) = learn_more(run.said.iter().map(|(_, diagnostic)| diagnostic)) {
        Stream::Errors.text(&format!("learn more: {command}"))?;
    }
    for (at, what) in &run.faults {
        Stream::Errors.text(&format!("{at} ms: {}", escaped_lines(what)))?;
    }
    if let (wrong, (warnings, errors)) = (run.faults.len(), run.console)
        && wrong + warnings + errors > 0
    {
        let _ = write!(said, "; {wrong} errors and warnings, console: {warnings} warn, {errors} error");
    }
    let _ = match run.said.len() {
        0 => Ok(()),
        1 => write!(said, ", 1 warning"),
        count => write!(said, ", {count} warnings"),
    };
    for (at, failure) in &run.failed {
        Stream::Errors.text(&format!("{at} ms: {}", escaped(failure)))?;
    }
    Stream::Output.text(&said)?;
    if !run.failed.is_empty() {
        let what = if run.failed.len() == 1 {
            "an expectation was".to_owned()
        } else {
            format!("{} expectations were", run.failed.len())
        };
        return Err(Error::new(ErrorKind::Data, format!("{what} not met")));
    }
    match run.misunderstood.len() {
        count if arguments.strict && count > 0 => {
            let what = if count == 1 { "a message was".to_owned() } else { format!("{count} messages were") };
            let error = Error::new(ErrorKind::Data, format!("{what} not understood"));
            Err(error.hint("map them in the script's `words`, or mend them"))
        }
        _ => Ok(()),
    }
}
