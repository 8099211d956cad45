//! `--watch`: a command once more, whenever a file that it used changes.

use std::path::Path;
use std::time::Instant;

use super::output::{Stream, is_closed_pipe};
use crate::error::{Error, ErrorKind, Result};
use crate::escape::escaped;
use crate::host::headless::{REST, Used};

/// Files that a line names.
const NAMED_MOST: usize = 3;

/// Options of commands that make a picture or look at files.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub struct Watch {
    /// Do it again whenever a file that was used changes; Ctrl-C ends it
    #[arg(long)]
    watch: bool,
}

impl Watch {
    /// Does some work; with `--watch` again and again, and what goes wrong is said and no end.
    ///
    /// # Errors
    /// What the work comes to; with `--watch` [`ErrorKind::Usage`] where nothing can be watched.
    pub fn run(self, mut work: impl FnMut() -> Result<()>) -> Result<()> {
        if !self.watch {
            return work();
        }
        let mut used = Used::default();
        let mut changed: Option<String> = None;
        loop {
            let began = Instant::now();
            let (done, mut read) = Used::by(&mut work);
            let took = began.elapsed().as_secs_f64() * 1000.0;
            let is_done = done.is_ok();
            if let Err(error) = done {
                if is_closed_pipe(&error) || changed.is_none() && error.kind() == ErrorKind::Usage {
                    return Err(error);
                }
                Stream::Errors.text(&format!("error: {error}"))?;
                // What mends it may be any of the files that were read before, too.
                read.add(used.as_of_now());
            }
            used = read;
            if used.has_input {
                let error = Error::new(ErrorKind::Usage, "--watch: standard input cannot be read again");
                return Err(error.hint("name a file"));
            }
            let count = used.files().count();
            if count == 0 {
                let error = Error::new(ErrorKind::Usage, "--watch: files were expected, found none that are used");
                return Err(error.hint("what is built in never changes"));
            }
            let files = if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
            let state = if is_done { "done" } else { "failed" };
            Stream::Errors.text(&match changed {
                None => format!("{state} in {took:.0} ms; watching {files}, Ctrl-C ends it"),
                Some(changed) => format!("{changed} changed: {state} in {took:.0} ms"),
            })?;
            changed = Some(wait(&used));
        }
    }
}

/// Waits until a file changes, and names those that did.
fn wait(used: &Used) -> String {
    loop {
        std::thread::sleep(REST);
        let found = used.changed();
        if !found.is_empty() {
            let names: Vec<String> = found.iter().take(NAMED_MOST).map(|path| shown(path)).collect();
            let more = found.len().saturating_sub(NAMED_MOST);
            return if more == 0 { names.join(", ") } else { format!("{} and {more} more", names.join(", ")) };
        }
    }
}

fn shown(path: &Path) -> String {
    escaped(&path.to_string_lossy()).into_owned()
}
