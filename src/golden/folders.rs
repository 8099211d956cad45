//! Two folders of pictures, or two pictures, beside each other, wherever they come from.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::blame::{Blame, text_difference};
use super::compare::Difference;
use super::files::{Part, read_file};
use super::filter::{Filter, Subject};
use super::outcome::{DrawnFile, Failure, Outcome, OutcomeKind, PixelFailure};
use super::paths::shown;
use super::reference::{self, Keeping, read_picture, reference_limits};
use super::run::RECORD_BYTES;
use super::stages::Stages;
use super::threads::on_threads;
use super::tolerance::Tolerance;
use crate::error::{Error, ErrorKind, Place, Result};
use crate::limits::Limits;
use crate::picture::Picture;

/// How deep folders are looked into.
const DEPTH_MOST: usize = 32;
/// The endings of files that are pictures.
const ENDINGS: [&str; 5] = ["png", "jpg", "jpeg", "webp", "gif"];

/// How two folders are compared.
#[derive(Clone, Debug, Default)]
pub struct Comparing {
    /// How many threads compare; 0 is as many as the machine has cores.
    pub jobs: usize,
    /// Which pictures are compared; the folder's name is that of the first.
    pub filter: Filter,
    /// How far pictures may differ; without it, not at all.
    pub tolerance: Option<Tolerance>,
    /// What the folders are called; without it, as they are named.
    pub titles: Option<[String; 2]>,
    /// True: a picture that the first, or the second folder has not, is left out.
    pub ignores_missing: [bool; 2],
    /// What pictures may cost.
    pub limits: Limits,
}

/// Compares two folders' pictures by their names, or two pictures. The outcomes are in the order of names; to accept one is to
/// copy the second folder's file over the first one's. Links are not followed.
///
/// # Errors
/// [`ErrorKind::Io`] where a path is not there or can't be read; [`ErrorKind::Usage`] where there is no picture.
pub fn compare_folders(left: &Path, right: &Path, comparing: &Comparing) -> Result<Vec<Outcome>> {
    let (sides, names) = if left.is_file() && right.is_file() {
        let (folder, name) = split(left);
        (Sides { left: folder, right: right.to_owned(), is_file: true }, BTreeSet::from([name]))
    } else {
        let names = pictures(left)?.into_iter().chain(pictures(right)?).collect();
        (Sides { left: left.to_owned(), right: right.to_owned(), is_file: false }, names)
    };
    let case = shown(&sides.left);
    let name_of = |name: &str| if case.is_empty() { name.to_owned() } else { format!("{case}/{name}") };
    let has = |name: &String| {
        let subject = Subject { name: &name_of(name), case: &case, kind: OutcomeKind::Picture, is_skipped: false };
        comparing.filter.has(&subject)
    };
    let names: Vec<String> = names.into_iter().filter(has).collect();
    if names.is_empty() {
        let message = format!("pictures to be compared were expected, found none in {} and {}", shown(left), shown(right));
        return Err(Error::new(ErrorKind::Usage, message).hint(format!("files that end with {}", ENDINGS.join(", "))));
    }
    let titles = comparing.titles.clone().unwrap_or_else(|| [shown(left), shown(right)]);
    let found = on_threads(
        &names,
        comparing.jobs,
        || (),
        |(), name| {
            let start = Instant::now();
            let outcome = sides.compare(name, &case, &titles, comparing)?;
            Some(Outcome { took: start.elapsed(), ..outcome })
        },
    );
    Ok(found.into_iter().flatten().collect())
}

/// The folders that are compared; the second one may be the file.
struct Sides {
    left: PathBuf,
    right: PathBuf,
    is_file: bool,
}

impl Sides {
    /// Compares one picture; `None` where one of the folders has not got it and that is of no account.
    fn compare(&self, name: &str, case: &str, titles: &[String; 2], comparing: &Comparing) -> Option<Outcome> {
        let paths = [self.left.join(name), if self.is_file { self.right.clone() } else { self.right.join(name) }];
        let mut outcome = Outcome {
            folder: self.left.clone(),
            case: case.to_owned(),
            picture: name.to_owned(),
            kind: OutcomeKind::Picture,
            failures: Vec::new(),
            took: Duration::ZERO,
            drawn: None,
            keeping: Keeping::Files,
            is_near: false,
            is_of_skipped: false,
            skipped: None,
            titles: Some(titles.clone()),
        };
        let [old, new] = [&paths[0], &paths[1]].map(|path| read_picture(path, &comparing.limits));
        let is_missing = [&old, &new].map(|picture| matches!(picture, Ok(None)));
        if is_missing.iter().zip(comparing.ignores_missing).any(|(is_missing, is_ignored)| *is_missing && is_ignored) {
            return None;
        }
        let [old_path, new_path] = paths;
        match (old, new) {
            (_, Err(reason)) => outcome.failures.push(Failure::Error(reason)),
            (_, Ok(None)) => outcome.failures.push(Failure::Absent(new_path.clone())),
            (Err(reason), _) => outcome.failures.push(Failure::Reference(reason)),
            (Ok(None), Ok(Some(_))) => outcome.failures.push(Failure::Absent(old_path.clone())),
            (Ok(Some(old)), Ok(Some(new))) => {
                let blamed = || blame(&old_path, &old, &new_path, &new);
                match difference(&old, &new, comparing.tolerance.as_ref(), blamed) {
                    Ok(is_near) => outcome.is_near = is_near,
                    Err(failure) => outcome.failures.push(failure),
                }
            }
        }
        if !outcome.passed() {
            let limits = reference_limits(&comparing.limits);
            let bytes = read_file(&new_path, limits.image_bytes).ok().flatten();
            outcome.drawn = bytes.map(|bytes| DrawnFile { bytes, ..DrawnFile::default() });
        }
        Some(outcome)
    }
}

/// How two pictures differ; `Ok(true)` where they do by no more than is tolerated.
fn difference(
    old: &Picture,
    new: &Picture,
    tolerance: Option<&Tolerance>,
    blamed: impl Fn() -> Blame,
) -> std::result::Result<bool, Failure> {
    let sizes = [old, new].map(|picture| (picture.width(), picture.height()));
    if sizes[0] != sizes[1] && !tolerance.is_some_and(|tolerance| tolerance.any_size) {
        return Err(Failure::Size { expected: sizes[0], actual: sizes[1], blame: Box::new(blamed()) });
    }
    match Difference::between(old, new, tolerance) {
        None => Ok(old.pixels() != new.pixels()),
        Some(difference) if tolerance.is_some_and(|tolerance| difference.is_within(tolerance)) => Ok(true),
        Some(difference) => Err(Failure::Pixels(Box::new(PixelFailure::new(&difference, tolerance, blamed())))),
    }
}

/// Where a difference begins, where a record of the stages stands beside both pictures.
fn blame(old_path: &Path, old: &Picture, new_path: &Path, new: &Picture) -> Blame {
    let stages = |path: &Path, picture: &Picture| {
        let (folder, file) = split(path);
        let (Part::Picture, name) = Part::of_file(&file)? else { return None };
        let record = read_file(&Part::Stages.path(&folder, name), RECORD_BYTES).ok()??;
        Stages::unpacked(&record, &reference::hash_of(picture))
    };
    let (Some(old), Some(new)) = (stages(old_path, old), stages(new_path, new)) else { return Blame::default() };
    match old.first_difference(&new) {
        (stage, Some((old, new))) => Blame { stage: Some(stage), text: text_difference(old, new), nodes: Vec::new() },
        (stage, None) => Blame { stage: Some(stage), ..Blame::default() },
    }
}

/// A file's folder and its name.
fn split(path: &Path) -> (PathBuf, String) {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    (path.parent().unwrap_or(Path::new("")).to_owned(), name)
}

/// The pictures at and below a folder, as they are named from it, with `/` on every system.
///
/// # Errors
/// As [`compare_folders`].
pub fn pictures(folder: &Path) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    walk(folder, "", &mut found, 0)?;
    Ok(found)
}

fn walk(folder: &Path, below: &str, found: &mut BTreeSet<String>, depth: usize) -> Result<()> {
    let place = || Place::document(&shown(folder));
    let failed =
        |error: std::io::Error| Error::new(ErrorKind::Io, format!("a folder was expected: {error}")).at(place()).source(error);
    if depth > DEPTH_MOST {
        return Err(Error::new(ErrorKind::Io, format!("folders are more than {DEPTH_MOST} deep")).at(place()));
    }
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().map_err(failed)?;
        let ending = Path::new(&name).extension().map(std::ffi::OsStr::to_ascii_lowercase);
        if kind.is_dir() {
            walk(&entry.path(), &format!("{name}/"), found, depth + 1)?;
        } else if ending.is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known)) {
            found.insert(name);
        }
    }
    Ok(())
}
