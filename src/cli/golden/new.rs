//! `friendboard golden new`: a case of a command line that was just tried.

use std::fs;
use std::path::{Component, Path, PathBuf};

use clap::Parser;

use super::new_case::NewCase;
use super::selection::FOLDER;
use super::{new_play, new_render};
use crate::cli::output::{self, Stream};
use crate::cli::{play, render};
use crate::error::{Error, ErrorKind, Result};
use crate::escape::escaped;
use crate::golden::{self, Case, Options, Outcome, report};
use crate::host::headless::write_whole;
use crate::limits::Limits;

/// Options of `golden new`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The case gets copies of the files that the command reads, a case.toml and its first references: look at them.

Examples:
  friendboard golden new podium --from render --board podium --data friends.json --size 360x640 --dpr 2
  friendboard golden new first-open --from play script.json")]
pub struct Arguments {
    /// The case: a folder of this name below golden
    #[arg(value_name = "NAME")]
    name: PathBuf,
    /// The folder that cases are in
    #[arg(long = "in", value_name = "DIR", default_value = FOLDER)]
    folder: PathBuf,
    /// render or play with its own options: all that follows
    #[arg(long, value_name = "COMMAND", num_args = 1.., allow_hyphen_values = true, required = true)]
    from: Vec<String>,
}

/// The command that a case is made of.
#[derive(Debug, Parser)]
#[command(name = "friendboard golden new NAME --from", no_binary_name = true)]
struct From {
    #[command(subcommand)]
    command: FromCommand,
}

#[derive(Debug, clap::Subcommand)]
enum FromCommand {
    /// A picture
    Render(Box<render::Arguments>),
    /// A session
    Play(play::Arguments),
}

/// Makes a case.
pub fn run(arguments: &Arguments) -> Result<()> {
    let folder = arguments.folder.join(&arguments.name);
    check(arguments, &folder)?;
    let mut from: Vec<String> = arguments.from.clone();
    if from.first().is_some_and(|command| command == "play") && !from.iter().any(|word| word.starts_with("--out")) {
        // Where a session writes is of no account here.
        from.extend(["--out".to_owned(), ".".to_owned()]);
    }
    let command = From::try_parse_from(&from).map_err(|error| {
        let said = error.to_string();
        let said = said.strip_prefix("error: ").unwrap_or(&said).lines().next().unwrap_or_default().to_owned();
        Error::new(ErrorKind::Usage, format!("--from: {said}")).hint("after --from comes `render` or `play` with its options")
    })?;
    let mut case = NewCase::default();
    let limits = match &command.command {
        FromCommand::Render(arguments) => {
            let limits = arguments.limits.to_limits();
            let toml = new_render::collect(arguments, &mut case, &limits)?;
            case.add_at(Path::new(golden::CASE), toml.into_bytes());
            limits
        }
        FromCommand::Play(arguments) => {
            let script = new_play::collect(&arguments.script, &mut case, &Limits::default())?;
            case.add_at(Path::new(golden::SCRIPT), script.into_bytes());
            case.add_at(Path::new(golden::CASE), format!("play = \"{}\"\n", golden::SCRIPT).into_bytes());
            Limits::default()
        }
    };
    for (path, bytes) in &case.files {
        let path = folder.join(path);
        let parent = path.parent().unwrap_or(&folder);
        fs::create_dir_all(parent).map_err(|error| output::io_error(parent, "written", error))?;
        write_whole(&path, bytes).map_err(|error| output::io_error(&path, "written", error))?;
    }
    for warning in &case.warnings {
        Stream::Errors.text(&format!("warning: {}", escaped(warning)))?;
    }
    first_references(&folder, &limits)
}

/// A name that stays below its folder, of a case that is not there yet.
fn check(arguments: &Arguments, folder: &Path) -> Result<()> {
    let is_below = arguments.name.components().all(|part| matches!(part, Component::Normal(_)));
    if !is_below || arguments.name.as_os_str().is_empty() {
        let message = format!("the name of a case was expected, found '{}'", arguments.name.display());
        return Err(
            Error::new(ErrorKind::Usage, message).hint("a name such as podium or boards/podium; --in DIR names another folder")
        );
    }
    let is_there = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if is_there {
        let message = format!("'{}' is there already: nothing was written", folder.display());
        return Err(Error::new(ErrorKind::Usage, message).hint("take another name, or remove it first"));
    }
    Ok(())
}

/// Draws the new case, and takes what comes as right.
fn first_references(folder: &Path, limits: &Limits) -> Result<()> {
    let cases = [Case::of_folder(folder, limits)];
    let outcomes = golden::run(&cases, &Options { limits: limits.clone(), ..Options::default() }, &|_, _| {});
    let mut wrong = 0;
    for outcome in &outcomes {
        match golden::accept(outcome, limits) {
            Ok(Some(path)) => Stream::Output.text(&format!("drew {}", escaped(&golden::shown(&path))))?,
            Ok(None) => {}
            Err(reason) => return Err(Error::new(ErrorKind::Io, reason)),
        }
        let rest: Vec<_> = outcome.failures.iter().filter(|failure| !failure.is_of_the_reference()).cloned().collect();
        if !rest.is_empty() {
            wrong += 1;
            Stream::Errors.text(&report::text(&Outcome { failures: rest, ..outcome.clone() }))?;
        }
    }
    if wrong > 0 {
        return Err(Error::new(ErrorKind::Data, format!("{} was made, but it does not pass", golden::shown(folder))));
    }
    let case = escaped(&golden::shown(folder)).into_owned();
    Stream::Output.text(&format!("{case} is a case: look at its pictures; `friendboard golden run {case}` draws it again"))
}
