//! Taking what was drawn as right, and removing references that are of nothing any more.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::find::folders;
use super::hashes::Hashes;
use super::outcome::{Outcome, OutcomeKind};
use super::paths::shown;
use super::reference::{self, Keeping, Part, Stale, reference_limits};
use super::run::picture_names;
use super::spec::{CASE, SCRIPT, Spec};
use super::threads::on_threads;
use crate::error::Result;
use crate::limits::Limits;
use crate::picture;

/// True where this is a run of continuous integration, as its environment says (`CI`): there nothing is accepted.
#[must_use]
pub fn is_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| !matches!(value.trim(), "" | "0" | "false"))
}

/// Takes what was drawn as the reference from now on; gives the file that was written, `None` where there was nothing to
/// take. Each file is written whole or not at all, and no link is followed.
///
/// # Errors
/// What is wrong, in words; what was there is as before.
pub fn accept(outcome: &Outcome, limits: &Limits) -> std::result::Result<Option<PathBuf>, String> {
    let Some(drawn) = outcome.drawn.as_ref().filter(|_| outcome.can_be_accepted()) else { return Ok(None) };
    if outcome.kind == OutcomeKind::Events {
        let path = Part::Events.path(&outcome.folder, "");
        reference::write_file(&path, &drawn.bytes)?;
        return Ok(Some(path));
    }
    if outcome.keeping == Keeping::Files {
        let path = outcome.folder.join(&outcome.picture);
        let folder = path.parent().unwrap_or(&outcome.folder);
        std::fs::create_dir_all(folder).map_err(|error| format!("{}: it cannot be made: {error}", shown(folder)))?;
        reference::write_file(&path, &drawn.bytes)?;
        return Ok(Some(path));
    }
    let picture = picture::decode(&drawn.bytes, &reference_limits(limits)).map_err(|error| error.to_string())?;
    let path = reference::write(&outcome.folder, &outcome.picture, &picture, outcome.keeping)?;
    if outcome.keeping == Keeping::Hashes {
        return Ok(Some(path));
    }
    // It names the picture that it is of: where this can't be written, the old one is not taken for it.
    reference::write_file(&Part::Stages.path(&outcome.folder, &outcome.picture), &drawn.stages)?;
    Ok(Some(path))
}

/// Takes what was drawn as the references from now on, on so many threads (0: as many as there are cores), as [`accept`] does;
/// what came of each, in their order.
#[must_use]
pub fn accept_all(outcomes: &[&Outcome], jobs: usize, limits: &Limits) -> Vec<std::result::Result<Option<PathBuf>, String>> {
    // Lines of one file are written one after another; every other reference has files of its own.
    let of_one_file = |a: &&Outcome, b: &&Outcome| a.keeping == Keeping::Hashes && a.folder == b.folder;
    let groups: Vec<&[&Outcome]> = outcomes.chunk_by(of_one_file).collect();
    let accepted =
        on_threads(&groups, jobs, || (), |(), group| group.iter().map(|outcome| accept(outcome, limits)).collect::<Vec<_>>());
    accepted.into_iter().flatten().collect()
}

/// Copies the lines of a case that keeps hashes to another folder, which is made, where it has none yet: so what is accepted
/// there stands beside them.
///
/// # Errors
/// What is wrong, in words.
pub fn copy_lines(outcome: &Outcome, folder: &Path) -> std::result::Result<(), String> {
    if outcome.keeping != Keeping::Hashes || Part::Hashes.path(folder, "").exists() {
        return Ok(());
    }
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: it cannot be made: {error}", shown(folder)))?;
    Hashes::of_folder(&outcome.folder)?.write(folder)
}

/// The references at and below a path that no case makes any more, and what could not be told. Of a folder without a case
/// that is so where there is nothing else in it.
///
/// # Errors
/// Where the path is no folder.
pub fn orphans(path: &Path, limits: &Limits) -> Result<(Vec<Stale>, Vec<String>)> {
    let (mut found, mut unknown) = (Vec::new(), Vec::new());
    for folder in folders(path)? {
        if folder.join(CASE).exists() || folder.join(SCRIPT).exists() {
            let names = Spec::of_folder(&folder, limits).and_then(|spec| Ok((picture_names(&folder, &spec, limits)?, spec)));
            match names {
                Ok((names, spec)) => {
                    let names: BTreeSet<&str> = names.iter().map(String::as_str).collect();
                    found.extend(reference::stale(&folder, &names, spec.play.is_some(), spec.keeping()));
                }
                Err(error) => unknown.push(format!("{}: left as it is: {error}", shown(&folder))),
            }
        } else if has_references_only(&folder) {
            found.extend(reference::stale(&folder, &BTreeSet::new(), false, Keeping::Pictures(0)));
        }
    }
    Ok((found, unknown))
}

/// True for a folder in which nothing is but references.
fn has_references_only(folder: &Path) -> bool {
    let names = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
    let names: Vec<_> = names.collect();
    !names.is_empty() && names.iter().all(|name| Part::of_file(&name.to_string_lossy()).is_some())
}
