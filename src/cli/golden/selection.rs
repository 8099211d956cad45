//! Which cases a command is about.

use std::io::IsTerminal;
use std::path::PathBuf;

use crate::cli::limits::LimitArguments;
use crate::error::{Error, ErrorKind, Result};
use crate::golden::{self, Case, Filter, Options, Outcome};

/// Where cases are where no path is named.
pub const FOLDER: &str = "golden";

/// Which pictures, and how many at once.
#[derive(Debug, clap::Args)]
pub struct Which {
    /// Only pictures with this text in their name, such as podium or dark-2x; given again, those with another one too
    #[arg(long, value_name = "TEXT")]
    filter: Vec<String>,
    /// The texts of --filter are whole names, such as golden/podium/dark-2x
    #[arg(long, requires = "filter")]
    exact: bool,
    /// Only pictures of a set: name(TEXT), name(=NAME), name(/REGEX/), name(#GLOB), case(…) likewise, kind(picture),
    /// kind(events), kind(case), `skip()`, and what ! & - | and parentheses make of them
    #[arg(short = 'E', long, value_name = "SET")]
    expression: Option<String>,
    /// How many pictures are drawn at once; without it, as many as there are cores
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
}

impl Which {
    /// How many pictures are drawn at once; 0: as many as there are cores.
    pub fn jobs(&self) -> usize {
        self.jobs.map_or(0, usize::from)
    }

    /// The pictures that are selected.
    ///
    /// # Errors
    /// Where the expression is none.
    pub fn filter(&self) -> Result<Filter> {
        let filter = Filter::of_texts(&self.filter, self.exact);
        match &self.expression {
            Some(expression) => Ok(filter.and(Filter::read(expression)?)),
            None => Ok(filter),
        }
    }

    /// What the names of pictures are to be like, in words; `None` where every picture is wanted.
    fn asked(&self) -> Option<String> {
        let filters = (!self.filter.is_empty()).then(|| {
            let what = if self.exact { "is called" } else { "has" };
            let behind = if self.exact { "" } else { " in its name" };
            format!("{what} '{}'{behind}", self.filter.join("' or '"))
        });
        let expression = self.expression.as_ref().map(|expression| format!("is in {expression}"));
        let asked: Vec<String> = filters.into_iter().chain(expression).collect();
        (!asked.is_empty()).then(|| asked.join(" and "))
    }
}

/// Which cases, and how they are drawn.
#[derive(Debug, clap::Args)]
pub struct Selection {
    /// Folders of cases; without any, golden
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    pub limits: LimitArguments,
}

impl Selection {
    fn paths(&self) -> Vec<PathBuf> {
        if self.paths.is_empty() { vec![PathBuf::from(FOLDER)] } else { self.paths.clone() }
    }

    /// How many pictures are drawn at once; 0: as many as there are cores.
    pub fn jobs(&self) -> usize {
        self.which.jobs()
    }

    /// The cases, and how they are drawn.
    fn cases(&self) -> Result<(Vec<Case>, Options)> {
        let limits = self.limits.to_limits();
        let cases = golden::cases(&self.paths(), &limits)?;
        Ok((cases, Options { jobs: self.jobs(), filter: self.which.filter()?, limits, ..Options::default() }))
    }

    /// The names of the pictures, without drawing.
    pub fn names(&self) -> Result<Vec<String>> {
        let (cases, options) = self.cases()?;
        golden::names(&cases, &options).map_err(|reason| Error::new(ErrorKind::Data, reason))
    }

    /// Draws and compares them, as `how` has it beside what is selected.
    pub fn outcomes(&self, how: impl Fn(Options) -> Options) -> Result<Vec<Outcome>> {
        let (cases, options) = self.cases()?;
        let options = how(options);
        let shows = std::io::stderr().is_terminal();
        let progress = |done: usize, total: usize| {
            if shows {
                let end = if done == total { "\r\x1b[K" } else { "" };
                // Who does not see it misses nothing.
                drop(std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("\r{done}/{total}{end}")));
            }
        };
        let outcomes = golden::run(&cases, &options, &progress);
        if outcomes.is_empty()
            && let Some(asked) = self.which.asked()
        {
            return Err(Error::new(ErrorKind::Usage, format!("no picture of {} cases {asked}", cases.len())));
        }
        Ok(outcomes)
    }
}
