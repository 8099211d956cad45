//! The command line: one file a command, each thin over the library.

#[cfg(feature = "batch")]
mod batch;
mod boards;
mod card;
mod check;
mod completions;
mod content;
mod dev;
mod doctor;
mod explain;
mod fonts;
mod golden;
#[cfg(feature = "script")]
mod import;
mod init;
mod lacking;
mod layout;
mod limits;
mod man;
mod meant;
mod network;
mod open;
mod options;
mod output;
mod play;
mod render;
mod report;
#[cfg(feature = "script")]
mod run;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod share_image;
mod share_info;
mod show;
#[cfg(feature = "serve")]
mod sign;
mod watch;

use std::ffi::OsString;
use std::path::Path;

use clap::error::{ContextKind, ContextValue};
use clap::{CommandFactory, Parser, Subcommand};

use self::output::Stream;
use crate::error::{Error, ErrorKind};
use crate::escape::escaped;

/// The exit status where a pipe's reader has gone away: 128 and the number of SIGPIPE.
const CLOSED_PIPE: u8 = 141;

/// The exit status of a batch some of whose lines failed.
#[cfg(feature = "batch")]
const SOME_FAILED: u8 = 3;

/// Renders friend lists, leaderboards and share cards of mini-games.
#[derive(Debug, Parser)]
#[command(name = "friendboard", version, arg_required_else_help = true, max_term_width = 100, after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  friendboard render                                   draw the bundled example
  friendboard render --data friends.json -o board.png  draw a platform's friend data
  friendboard play script.json --out run               run a board as a game does
  friendboard dev                                      work on a board, with a page that shows every save
  friendboard boards                                   list the built-in boards
  friendboard init mygame --platform wechat            write what a game needs to show a board

`friendboard explain NAME` explains whatever can be named. FRIENDBOARD_LOG=debug prints what happens inside.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Draw a board from friend data into a picture
    Render(Box<render::Arguments>),
    /// Run the open data context from a script: messages, touches, friends and faults without a phone
    Play(play::Arguments),
    /// Run a game's own open data context, and draw what it draws
    #[cfg(feature = "script")]
    Run(Box<run::Arguments>),
    /// Work on a board on a page of this machine: it is drawn again with every save
    Dev(dev::Arguments),
    /// List the built-in boards, or write one out to be changed
    Boards(boards::Arguments),
    /// Test boards by their pictures: run, accept, review, prune, new
    Golden(Box<golden::Arguments>),
    /// Find what is wrong with a template and its style sheets
    Check(check::Arguments),
    /// Print where everything of a template stands, as JSON
    Layout(Box<layout::Arguments>),
    /// List the limits of what is read, which --limit raises and lowers
    Limits(limits::Arguments),
    /// Explain a name: a tag, a property, a message's word, a code of a warning
    Explain(explain::Arguments),
    /// Print the schema of a document, for editors and programs
    Schema(schema::Arguments),
    /// Print which face draws which characters, or make a small font of them
    Fonts(fonts::Arguments),
    /// Bring a board of the usual layout engine over: its doT template and its style.js
    #[cfg(feature = "script")]
    Import(Box<import::Arguments>),
    /// Write the files that a game needs to show a board
    Init(Box<init::Arguments>),
    /// Find what keeps a board from being seen in a game
    Doctor(doctor::Arguments),
    /// Answer a platform's share call, and draw its card as it stands in the chat
    Card(Box<card::Arguments>),
    /// Draw a picture to be shared: a score to beat, the best three, a week, an invitation, a badge
    ShareImage(Box<share_image::Arguments>),
    /// Decrypt what WeChat's getShareInfo answered
    ShareInfo(share_info::Arguments),
    /// Serve boards, share images and cards over HTTP
    #[cfg(feature = "serve")]
    Serve(Box<serve::Arguments>),
    /// Sign an address that a server answers with a picture
    #[cfg(feature = "serve")]
    Sign(Box<sign::Arguments>),
    /// Draw a picture for each line of NDJSON
    #[cfg(feature = "batch")]
    Batch(Box<batch::Arguments>),
    /// Print completions for a shell
    Completions(completions::Arguments),
    /// Print the man page, or write those of all commands
    Man(man::Arguments),
}

/// The whole command line, with every command and option.
#[must_use]
pub fn command_line() -> clap::Command {
    Arguments::command()
}

/// Runs the command line of this process.
///
/// The exit status is 0, 1 where what was asked could not be done, 2 where the call itself was wrong, 3 where some lines of a
/// batch failed, and 141 where who
/// reads the output has gone away (`| head`): that is what a shell gives for a program that SIGPIPE ends.
#[must_use]
pub fn run() -> u8 {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return refuse(error),
    };
    begin_log(&arguments.command);
    #[cfg(feature = "script")]
    crate::host::script::give_up_by(give_up);
    let done = match arguments.command {
        Command::Render(arguments) => render::run(&arguments),
        Command::Play(arguments) => play::run(&arguments),
        Command::Golden(arguments) => golden::run(&arguments),
        #[cfg(feature = "script")]
        Command::Run(arguments) => run::run(&arguments),
        Command::Dev(arguments) => dev::run(&arguments),
        Command::Boards(arguments) => boards::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Layout(arguments) => layout::run(&arguments),
        Command::Limits(arguments) => limits::run(&arguments),
        Command::Fonts(arguments) => fonts::run(&arguments),
        #[cfg(feature = "script")]
        Command::Import(arguments) => import::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Doctor(arguments) => doctor::run(&arguments),
        Command::Card(arguments) => card::run(&arguments),
        Command::ShareImage(arguments) => share_image::run(&arguments),
        Command::ShareInfo(arguments) => share_info::run(&arguments),
        #[cfg(feature = "serve")]
        Command::Serve(arguments) => serve::run(&arguments),
        #[cfg(feature = "serve")]
        Command::Sign(arguments) => sign::run(&arguments),
        #[cfg(feature = "batch")]
        Command::Batch(arguments) => match batch::run(&arguments) {
            Ok(true) => Ok(()),
            Ok(false) => return SOME_FAILED,
            Err(error) => Err(error),
        },
        Command::Explain(arguments) => explain::run(&arguments, &command_line()),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments, command_line()),
        Command::Man(arguments) => man::run(&arguments, command_line()),
    };
    #[cfg(not(feature = "network"))]
    let done = done.and_then(|()| crate::host::headless::lacked().map_or(Ok(()), Err));
    match done {
        Ok(()) => 0,
        Err(error) => tell(&error),
    }
}

/// Begins to log what `FRIENDBOARD_LOG` says: nothing, where it is not set; of a server, how it goes.
fn begin_log(command: &Command) {
    let said = std::env::var("FRIENDBOARD_LOG").unwrap_or_default();
    #[cfg(feature = "serve")]
    let (is_server, form) = match command {
        Command::Serve(arguments) => (true, arguments.log.as_deref()),
        _ => (false, None),
    };
    #[cfg(not(feature = "serve"))]
    let (is_server, form): (bool, Option<&str>) = {
        let _ = command;
        (false, None)
    };
    // The variable names what is logged, or the form of a server's log.
    let (form, said) =
        if is_server && matches!(&*said, "json" | "text") { (form.or(Some(&*said)), "") } else { (form, &*said) };
    let otherwise = if is_server { "info" } else { "off" };
    let filter = tracing_subscriber::EnvFilter::try_new(if said.is_empty() { otherwise } else { said });
    let filter = filter.unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(otherwise));
    // What can't be logged is no reason to panic.
    let log = tracing_subscriber::fmt().log_internal_errors(false).with_env_filter(filter).with_writer(std::io::stderr);
    match (is_server, form) {
        #[cfg(feature = "serve")]
        (true, Some("json")) => log.json().flatten_event(true).init(),
        (true, _) => log.with_ansi(false).init(),
        (false, _) => log.without_time().init(),
    }
}

/// Says what is wrong with the arguments, or the help that they ask for; gives the exit status.
fn refuse(error: clap::Error) -> u8 {
    let status = u8::try_from(error.exit_code()).unwrap_or(2);
    let raw: Vec<OsString> = std::env::args_os().collect();
    let typed: Vec<String> = raw.iter().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
    let whole = command_line();
    let error = meant::with_what_is_meant(error, &whole, &typed);
    if let Some(ContextValue::String(name)) = error.get(ContextKind::InvalidSubcommand)
        && raw.get(1).is_some_and(|command| command == name.as_str())
        && let Some(error) = lacking::lacking_command(name)
    {
        return tell(&error);
    }
    let shown: Vec<OsString> = raw.iter().map(|argument| escaped(&argument.to_string_lossy()).into_owned().into()).collect();
    let printed = if raw == shown {
        error.print()
    } else {
        // The parser says its arguments as they are: it is asked again, with what may be said.
        match Arguments::try_parse_from(shown) {
            Err(error) => meant::with_what_is_meant(error, &whole, &typed).print(),
            Ok(_) => {
                drop(Stream::Errors.text(&escaped(error.to_string().trim_end())));
                Ok(())
            }
        }
    };
    printed.map_or_else(|error| tell(&output::io_error(Path::new("-"), "written", error)), |()| status)
}

/// Ends the process where the engine does not come back from a script.
#[cfg(feature = "script")]
fn give_up(script: &str) {
    let message =
        format!("{script}: the script did for longer what can't be counted than it may, and did not come back from it");
    let hint = "compare shorter texts, or raise it with --limit script_stall=…";
    std::process::exit(i32::from(tell(&Error::new(ErrorKind::Data, message).hint(hint))));
}

/// Says what went wrong; gives the exit status.
fn tell(error: &Error) -> u8 {
    if output::is_closed_pipe(error) {
        return CLOSED_PIPE;
    }
    // Where this can't be said, there is nowhere left to say it: the status does.
    drop(Stream::Errors.text(&format!("error: {error}")));
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        tracing::debug!("caused by: {}", escaped(&cause.to_string()));
        source = cause.source();
    }
    if error.kind() == ErrorKind::Usage { 2 } else { 1 }
}
