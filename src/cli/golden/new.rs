//! `friendboard golden new`: a case of a command line that was just tried.

use std::path::{Path, PathBuf};

use clap::Parser;

use super::new_render;
use super::selection::FOLDER;
use crate::cli::output::Stream;
use crate::cli::{play, render};
use crate::error::{Error, ErrorKind, Result};
use crate::escape::escaped;
use crate::golden::{self, NewCase, Outcome, report};
use crate::host::headless::read_text;
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
    let folder = golden::new_folder(&arguments.folder, &arguments.name)?;
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
    let (case, limits) = match &command.command {
        FromCommand::Render(arguments) => {
            let (mut case, limits) = (NewCase::default(), arguments.limits.to_limits());
            let toml = new_render::collect(arguments, &mut case, &limits)?;
            case.add_at(Path::new(golden::CASE), toml.into_bytes());
            (case, limits)
        }
        FromCommand::Play(arguments) => {
            if !arguments.font.is_empty() {
                let error = Error::new(ErrorKind::Usage, "--font: the fonts of a session are named in its script");
                return Err(error.hint("name the files in the script's `fonts`"));
            }
            let (path, limits) = (&arguments.script, Limits::default());
            let text = read_text(path, limits.data_bytes, "data_bytes", ErrorKind::Data)?;
            let beside = path.parent().unwrap_or(Path::new(""));
            (golden::session_case(&text, &path.display().to_string(), beside, &limits)?, limits)
        }
    };
    for warning in &case.warnings {
        Stream::Errors.text(&format!("warning: {}", escaped(warning)))?;
    }
    first_references(&case, &folder, &limits)
}

/// Writes the new case, draws it, and says what came.
fn first_references(case: &NewCase, folder: &Path, limits: &Limits) -> Result<()> {
    let (drawn, outcomes) = case.write(folder, limits)?;
    for path in &drawn {
        Stream::Output.text(&format!("drew {}", escaped(&golden::shown(path))))?;
    }
    let mut wrong = 0;
    for outcome in &outcomes {
        let rest = outcome.lasting();
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
