//! How what came of a run is told: in lines, as JSON, on a page, for CI.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::cli::output::{self, Stream};
use crate::cli::show;
use crate::error::Result;
use crate::escape::escaped;
use crate::golden::Outcome;
use crate::golden::report::{self, Layout};
use crate::limits::Limits;
use crate::picture::{Format, Premultiplied, encode};

/// Failures whose pictures are written beside the report.
const PICTURES_MOST: usize = 200;

/// Where and how what came of pictures is told.
#[derive(Debug, clap::Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of the command line by itself")]
pub struct Reporting {
    /// Write DIR/index.html, one page with all that failed, and a picture of expected, actual and difference of each
    #[arg(long, value_name = "DIR")]
    pub report: Option<PathBuf>,
    /// How --report and --show put the pictures of a failure: in a row, in a column, or the difference alone
    #[arg(long, value_name = "row|column|difference", default_value = "row", value_parser = layout, hide_default_value = true)]
    layout: Layout,
    /// Write what came of it for CI, as `JUnit` has it
    #[arg(long, value_name = "FILE")]
    pub junit: Option<PathBuf>,
    /// Print what came of each picture as JSON
    #[arg(long)]
    pub json: bool,
    /// Print one line of each failure
    #[arg(long, conflicts_with = "json")]
    compact: bool,
    /// Print a line of each picture that passes, too
    #[arg(long, conflicts_with = "json")]
    verbose: bool,
    /// Show expected, drawn and difference of each failure in the terminal; as `--show=address` print it as an address that a
    /// browser opens
    #[arg(
        long,
        value_name = "picture|address",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "picture",
        value_parser = ["picture", "address"],
        conflicts_with = "json"
    )]
    show: Option<String>,
}

fn layout(word: &str) -> std::result::Result<Layout, String> {
    let found = Layout::ALL.into_iter().find(|(known, _)| *known == word);
    found.map(|(_, layout)| layout).ok_or_else(|| "one of row, column, difference was expected".to_owned())
}

impl Reporting {
    /// Tells of outcomes in every way that is asked for.
    ///
    /// # Errors
    /// Where something can't be written.
    pub fn tell(&self, outcomes: &[Outcome], limits: &Limits) -> Result<()> {
        if let Some(path) = &self.junit {
            make_folder(path.parent())?;
            output::write(path, report::junit(outcomes).as_bytes())?;
        }
        if let Some(folder) = &self.report {
            self.write(folder, outcomes, limits)?;
        }
        if self.json {
            return Stream::Output.json(&report::json(outcomes));
        }
        for outcome in outcomes {
            if let Some(reason) = &outcome.skipped {
                if self.verbose {
                    Stream::Output.text(&format!("left out {}: {}", escaped(&outcome.name()), escaped(reason)))?;
                }
                continue;
            }
            if outcome.passed() {
                if self.verbose {
                    Stream::Output.text(&format!("ok {}", escaped(&outcome.name())))?;
                }
                continue;
            }
            Stream::Output.text(&if self.compact { report::line(outcome) } else { report::text(outcome) })?;
            self.show(outcome, limits)?;
        }
        Ok(())
    }

    /// What differs, in the terminal.
    fn show(&self, outcome: &Outcome, limits: &Limits) -> Result<()> {
        let Some(how) = &self.show else { return Ok(()) };
        let Some(picture) = report::views(outcome, limits).and_then(|views| views.together(self.layout, false)) else {
            return Ok(());
        };
        let png = encode(Premultiplied::of(&picture), Format::PNG)?;
        match how.as_str() {
            "address" => Stream::Output.text(&format!("data:image/png;base64,{}", STANDARD.encode(png))),
            _ => show::in_terminal(&png, limits),
        }
    }

    /// Where what failed is shown.
    #[must_use]
    pub fn hint(&self) -> String {
        match &self.report {
            Some(folder) => format!("{} shows them", folder.join("index.html").display()),
            None => "--report DIR shows them".to_owned(),
        }
    }

    fn write(&self, folder: &Path, outcomes: &[Outcome], limits: &Limits) -> Result<()> {
        make_folder(Some(folder))?;
        output::write(&folder.join("index.html"), report::html(outcomes, self.layout, limits).as_bytes())?;
        for outcome in outcomes.iter().filter(|outcome| !outcome.passed()).take(PICTURES_MOST) {
            let Some(picture) = report::views(outcome, limits).and_then(|views| views.together(self.layout, true)) else {
                continue;
            };
            let name: String = outcome.name().chars().map(|c| if matches!(c, '/' | '\\' | ':') { '-' } else { c }).collect();
            let name = name.trim_start_matches(['-', '.']);
            output::write(&folder.join(format!("{name}.png")), &encode(Premultiplied::of(&picture), Format::PNG)?)?;
        }
        Ok(())
    }
}

/// Makes the folder that something is to be written into.
///
/// # Errors
/// Where it can't be made.
pub fn make_folder(folder: Option<&Path>) -> Result<()> {
    match folder.filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => std::fs::create_dir_all(folder).map_err(|error| output::io_error(folder, "written", error)),
        None => Ok(()),
    }
}
