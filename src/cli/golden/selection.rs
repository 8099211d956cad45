//! Which cases a command is about.

use std::io::IsTerminal;
use std::path::PathBuf;

use crate::cli::limits::LimitArguments;
use crate::error::{Error, ErrorKind, Result};
use crate::golden::{self, Case, Options, Outcome};

/// Where cases are where no path is named.
pub const FOLDER: &str = "golden";

/// Which cases, and how they are drawn.
#[derive(Debug, clap::Args)]
pub struct Selection {
    /// Folders of cases; without any, golden
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Only pictures with this text in their name, such as podium or dark-2x; given again, those with another one too
    #[arg(long, value_name = "TEXT")]
    filter: Vec<String>,
    /// How many pictures are drawn at once; without it, as many as there are cores
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    #[command(flatten)]
    pub limits: LimitArguments,
}

impl Selection {
    fn paths(&self) -> Vec<PathBuf> {
        if self.paths.is_empty() { vec![PathBuf::from(FOLDER)] } else { self.paths.clone() }
    }

    /// The cases, and how they are drawn.
    fn cases(&self) -> Result<(Vec<Case>, Options)> {
        let limits = self.limits.to_limits();
        let cases = golden::cases(&self.paths(), &limits)?;
        Ok((cases, Options { jobs: self.jobs.map_or(0, usize::from), filters: self.filter.clone(), limits }))
    }

    /// The names of the pictures, without drawing.
    pub fn names(&self) -> Result<Vec<String>> {
        let (cases, options) = self.cases()?;
        golden::names(&cases, &options).map_err(|reason| Error::new(ErrorKind::Data, reason))
    }

    /// Draws and compares them.
    pub fn outcomes(&self) -> Result<Vec<Outcome>> {
        let (cases, options) = self.cases()?;
        let shows = std::io::stderr().is_terminal();
        let progress = |done: usize, total: usize| {
            if shows {
                let end = if done == total { "\r\x1b[K" } else { "" };
                // Who does not see it misses nothing.
                drop(std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("\r{done}/{total}{end}")));
            }
        };
        let outcomes = golden::run(&cases, &options, &progress);
        if outcomes.is_empty() && !self.filter.is_empty() {
            let filters = self.filter.join("' or '");
            return Err(Error::new(
                ErrorKind::Usage,
                format!("no picture of {} cases has '{filters}' in its name", cases.len()),
            ));
        }
        Ok(outcomes)
    }
}
