//! `friendboard golden shrink`.

use std::path::PathBuf;

use super::selection::FOLDER;
use crate::cli::limits::LimitArguments;
use crate::cli::output::Stream;
use crate::error::{Error, ErrorKind, Result};
use crate::escape::escaped;
use crate::golden;

/// Bytes of a KiB.
const KIB: usize = 1024;

/// Options of `golden shrink`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
What `golden accept` writes is as small as PNG gets; this is for references that came another way. Their pixels stay.

Examples:
  friendboard golden shrink
  friendboard golden shrink --dry-run --most-saved 0.1 --most-kib 200")]
pub struct Arguments {
    /// Folders of references; without any, golden
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Say what would be smaller, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Fail where a file can lose more than this share of its weight, 0 to 1
    #[arg(long, value_name = "SHARE", value_parser = share)]
    most_saved: Option<f64>,
    /// Fail where a file weighs more than so many KiB: as it is left
    #[arg(long, value_name = "KIB")]
    most_kib: Option<usize>,
    /// How many files are packed at once; without it, as many as there are cores
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    #[command(flatten)]
    limits: LimitArguments,
}

fn share(text: &str) -> std::result::Result<f64, String> {
    let share = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "a share from 0 to 1 was expected".to_owned())
}

/// Packs references anew.
pub fn run(arguments: &Arguments) -> Result<()> {
    let limits = arguments.limits.to_limits();
    let paths = if arguments.paths.is_empty() { vec![PathBuf::from(FOLDER)] } else { arguments.paths.clone() };
    let (mut before, mut after, mut smaller, mut wrong) = (0_usize, 0_usize, 0_usize, 0_usize);
    for path in &paths {
        let jobs = arguments.jobs.map_or(0, usize::from);
        for found in golden::shrink(path, jobs, !arguments.dry_run, &limits)? {
            let found = match found {
                Ok(found) => found,
                Err(reason) => {
                    wrong += 1;
                    Stream::Errors.text(&escaped(&reason))?;
                    continue;
                }
            };
            let shown = escaped(&golden::shown(&found.path)).into_owned();
            (before, after) = (before + found.before, after + found.after);
            if found.after < found.before {
                smaller += 1;
                let saved = found.saved() * 100.0;
                Stream::Output.text(&format!("{shown}: {} → {} bytes, {saved:.0}% less", found.before, found.after))?;
            }
            if let Some(most) = arguments.most_saved.filter(|most| found.saved() > *most) {
                wrong += 1;
                Stream::Errors
                    .text(&format!("{shown}: it can lose {:.2} of its weight, at most {most} was expected", found.saved()))?;
            }
            let left = if arguments.dry_run { found.before } else { found.after };
            if let Some(most) = arguments.most_kib.filter(|most| left > most.saturating_mul(KIB)) {
                wrong += 1;
                Stream::Errors.text(&format!("{shown}: at most {most} KiB were expected, found {}", left.div_ceil(KIB)))?;
            }
        }
    }
    let what = if arguments.dry_run { "would be smaller" } else { "are smaller" };
    Stream::Output.text(&format!("{smaller} references {what}: {before} → {after} bytes in all"))?;
    match wrong {
        0 => Ok(()),
        count => Err(Error::new(ErrorKind::Data, format!("{count} references are not as they should be"))),
    }
}
