//! Runs cases: every picture is drawn and compared, on as many threads as are asked for; the verdicts are the same on any
//! number of them, and in one order.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::blame::{Blame, blame, text_difference};
use super::compare::Difference;
use super::draw::Artist;
use super::drawn::{Drawn, Played};
use super::filter::{Filter, Subject};
use super::find::Case;
use super::hashes::Hash;
use super::matrix::{Variant, variants};
use super::outcome::{DrawnFile, Failure, Outcome, OutcomeKind, PixelFailure};
use super::reference::{self, Keeping, Part, Reference};
use super::spec::Spec;
use super::stages::{Stages, node_name};
use super::threads::on_threads;
use crate::error::{Error, ErrorKind, Result};
use crate::geometry::PixelRect;
use crate::host::headless::play::{Action, read_script};
use crate::limits::Limits;
use crate::picture::{self, Format, Picture, Premultiplied};
use crate::unwind::contained;

/// What a record of stages may weigh, bytes.
pub const RECORD_BYTES: usize = 8 * 1024 * 1024;
/// What a session's log may weigh, bytes.
const LOG_BYTES: usize = 64 * 1024 * 1024;
/// Nodes of a picture whose boxes are told.
const NODES_MOST: usize = 2_000;

/// How cases are run.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many threads draw; 0 is as many as the machine has cores.
    pub jobs: usize,
    /// Which pictures are drawn.
    pub filter: Filter,
    /// True: what was drawn is kept also of pictures that pass by a tolerance, so that it can be accepted.
    pub keeps_near: bool,
    /// True: cases that say to be left out are drawn, too.
    pub runs_skipped: bool,
    /// True: nothing is drawn behind the first picture that fails.
    pub stops_early: bool,
    /// What pictures may cost.
    pub limits: Limits,
}

impl Default for Options {
    /// All cores, all pictures.
    fn default() -> Self {
        Self {
            jobs: 0,
            filter: Filter::All,
            keeps_near: false,
            runs_skipped: false,
            stops_early: false,
            limits: Limits::default(),
        }
    }
}

/// What is drawn as one: a picture, or a session with all of its.
enum Work<'a> {
    Picture(&'a Case, &'a Spec, Variant),
    Session(&'a Case, &'a Spec, &'a Path),
    /// A case that is left out, and why.
    Skipped(&'a Case, &'a Spec, &'a str),
    /// A case that can't be drawn.
    Refused(&'a Case, String),
}

/// Runs cases. `progress` is told how many of how many are done, from any thread. The outcomes are in the order of the
/// cases and of their pictures.
#[must_use]
pub fn run(cases: &[Case], options: &Options, progress: &(dyn Fn(usize, usize) + Sync)) -> Vec<Outcome> {
    let work = cases.iter().flat_map(|case| work(case, options)).filter(|work| work.is_wanted(options));
    let work: Vec<(usize, Work<'_>)> = work.enumerate().collect();
    let (total, done) = (work.len(), AtomicUsize::new(0));
    // The first that fails, where that ends the run: all before it are drawn, on however many threads.
    let last = AtomicUsize::new(usize::MAX);
    let own = || Artist::new(&options.limits);
    let found = on_threads(&work, options.jobs, own, |artist, (index, work)| {
        if *index > last.load(Ordering::Relaxed) {
            return (*index, Vec::new());
        }
        let mut outcomes = contained(|| work.perform(artist, options.keeps_near)).unwrap_or_else(|panic| {
            // What it had kept may be broken.
            *artist = own();
            vec![work.case().failed(OutcomeKind::Case, "", Failure::Error(format!("drawing failed: {panic}")))]
        });
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
        outcomes.retain(|outcome| outcome.is_in(&options.filter));
        if options.stops_early && !outcomes.iter().all(Outcome::passed) {
            last.fetch_min(*index, Ordering::Relaxed);
        }
        (*index, outcomes)
    });
    let last = last.into_inner();
    let mut outcomes: Vec<Outcome> =
        found.into_iter().filter(|(index, _)| *index <= last).flat_map(|(_, found)| found).collect();
    if last == usize::MAX {
        let stale = cases.iter().filter(|case| case.is_drawn(options)).filter_map(|case| stale(case, &options.limits));
        outcomes.extend(stale.filter(|outcome| outcome.is_in(&options.filter)));
    }
    // What is stale stands behind its case; else the order is kept.
    outcomes.sort_by(|a, b| a.case.cmp(&b.case));
    outcomes
}

/// The names of what a run of cases would tell of, without drawing; those of a case in the order of their names.
///
/// # Errors
/// What is wrong with the first case that can't be read, in words.
pub fn names(cases: &[Case], options: &Options) -> std::result::Result<Vec<String>, String> {
    let mut names = Vec::new();
    for case in cases {
        let spec = case.spec.as_ref().map_err(Clone::clone)?;
        let pictures = picture_names(&case.folder, spec, &options.limits).map_err(|error| error.to_string())?;
        let own = pictures.iter().map(|picture| case.outcome(OutcomeKind::Picture, picture));
        let own = own.chain(spec.play.is_some().then(|| case.outcome(OutcomeKind::Events, "")));
        names.extend(own.filter(|outcome| outcome.is_in(&options.filter)).map(|outcome| outcome.name()));
    }
    Ok(names)
}

impl Outcome {
    /// True for one that a filter selects.
    fn is_in(&self, filter: &Filter) -> bool {
        filter.has(&Subject { name: &self.name(), case: &self.case, kind: self.kind, is_skipped: self.is_of_skipped })
    }
}

/// The work that a case is.
fn work<'a>(case: &'a Case, options: &Options) -> Vec<Work<'a>> {
    let spec = match &case.spec {
        Ok(spec) => spec,
        Err(reason) => return vec![Work::Refused(case, reason.clone())],
    };
    if let Some(reason) = spec.skip.as_deref().filter(|_| !options.runs_skipped) {
        return vec![Work::Skipped(case, spec, reason)];
    }
    if let Some(script) = &spec.play {
        return vec![Work::Session(case, spec, script)];
    }
    let variants = variants(spec);
    let mut names = BTreeSet::new();
    if let Some(twice) = variants.iter().find(|variant| !names.insert(variant.name.to_lowercase())) {
        let reason = format!("{}: pictures of several names were expected, found '{}' twice", case.name, twice.name);
        return vec![Work::Refused(case, reason)];
    }
    variants.into_iter().map(|variant| Work::Picture(case, spec, variant)).collect()
}

/// The names of a case's pictures.
///
/// # Errors
/// Where a session's script can't be read.
pub fn picture_names(folder: &Path, spec: &Spec, limits: &Limits) -> Result<BTreeSet<String>> {
    let Some(script) = &spec.play else { return Ok(variants(spec).into_iter().map(|variant| variant.name).collect()) };
    let script = read_script(&folder.join(script), limits)?;
    let snapshots = script.steps.into_iter().filter_map(|step| match step.action {
        Action::Snapshot(name) => Some(name),
        _ => None,
    });
    Ok(snapshots.collect())
}

/// The references of a case that are of none of its pictures.
fn stale(case: &Case, limits: &Limits) -> Option<Outcome> {
    let spec = case.spec.as_ref().ok()?;
    let names = picture_names(&case.folder, spec, limits).ok()?;
    let names: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let stale = reference::stale(&case.folder, &names, spec.play.is_some(), spec.keeping());
    let failures: Vec<Failure> = stale.into_iter().map(Failure::Stale).collect();
    (!failures.is_empty()).then(|| Outcome { failures, ..case.outcome(OutcomeKind::Case, "") })
}

impl Case {
    /// False for one that is left out.
    fn is_drawn(&self, options: &Options) -> bool {
        options.runs_skipped || !self.says_skip()
    }

    fn says_skip(&self) -> bool {
        self.spec.as_ref().is_ok_and(|spec| spec.skip.is_some())
    }

    /// An outcome of it in which nothing is wrong.
    fn outcome(&self, kind: OutcomeKind, picture: &str) -> Outcome {
        Outcome {
            folder: self.folder.clone(),
            case: self.name.clone(),
            picture: picture.to_owned(),
            kind,
            failures: Vec::new(),
            took: Duration::ZERO,
            drawn: None,
            keeping: self.spec.as_ref().map_or(Keeping::Pictures(0), Spec::keeping),
            is_near: false,
            is_of_skipped: self.says_skip(),
            skipped: None,
            titles: None,
        }
    }

    /// What becomes of an error that drawing ended with.
    fn ended(&self, spec: &Spec, kind: OutcomeKind, picture: &str, error: &Error) -> Outcome {
        let said = error.to_string();
        match &spec.expect.error {
            Some(text) if said.contains(text.as_str()) => self.outcome(kind, picture),
            Some(text) => {
                let unmet = format!("error: expected one with '{text}', found: {said}");
                self.failed(kind, picture, Failure::Unmet(unmet))
            }
            None => self.failed(kind, picture, Failure::Error(said)),
        }
    }

    fn failed(&self, kind: OutcomeKind, picture: &str, failure: Failure) -> Outcome {
        Outcome { failures: vec![failure], ..self.outcome(kind, picture) }
    }
}

impl Work<'_> {
    fn case(&self) -> &Case {
        match self {
            Self::Picture(case, ..) | Self::Session(case, ..) | Self::Skipped(case, ..) | Self::Refused(case, _) => case,
        }
    }

    /// False for what need not be drawn, as its name is filtered out. What a session's pictures are is known once it ran.
    fn is_wanted(&self, options: &Options) -> bool {
        match self {
            Self::Picture(case, _, variant) => case.outcome(OutcomeKind::Picture, &variant.name).is_in(&options.filter),
            Self::Session(..) | Self::Skipped(..) | Self::Refused(..) => true,
        }
    }

    fn perform(&self, artist: &mut Artist, keeps_near: bool) -> Vec<Outcome> {
        let start = Instant::now();
        let mut outcomes = match self {
            Self::Refused(case, reason) => vec![case.failed(OutcomeKind::Case, "", Failure::Error(reason.clone()))],
            Self::Skipped(case, spec, reason) => skipped(case, spec, reason, artist.limits()),
            Self::Picture(case, spec, variant) => match artist.draw(case, spec, variant) {
                Ok(drawn) => vec![judge(case, spec, &drawn, artist, keeps_near)],
                Err(error) => vec![case.ended(spec, OutcomeKind::Picture, &variant.name, &error)],
            },
            Self::Session(case, spec, script) => match artist.play(case, script) {
                Ok(played) => {
                    let mut outcomes: Vec<Outcome> =
                        played.snapshots.iter().map(|drawn| judge(case, spec, drawn, artist, keeps_near)).collect();
                    outcomes.push(judge_events(case, spec, &played));
                    outcomes
                }
                Err(error) => vec![case.ended(spec, OutcomeKind::Case, "", &error)],
            },
        };
        let each = start.elapsed() / outcomes.len().max(1) as u32;
        for outcome in &mut outcomes {
            outcome.took = each;
        }
        outcomes
    }
}

/// The pictures of a case that is left out; where they can't be named, the case as a whole.
fn skipped(case: &Case, spec: &Spec, reason: &str, limits: &Limits) -> Vec<Outcome> {
    let of = |kind, picture: &str| Outcome { skipped: Some(reason.to_owned()), ..case.outcome(kind, picture) };
    let Ok(names) = picture_names(&case.folder, spec, limits) else { return vec![of(OutcomeKind::Case, "")] };
    let pictures = names.iter().map(|name| of(OutcomeKind::Picture, name));
    pictures.chain(spec.play.is_some().then(|| of(OutcomeKind::Events, ""))).collect()
}

/// What a picture is compared with.
struct Expected {
    reference: std::result::Result<Option<Reference>, String>,
    /// What its stages made, where it was drawn now.
    stages: Option<Stages>,
}

impl Expected {
    /// The reference of a picture, or what the case that it is to be the same as draws; `None` where it is compared with
    /// nothing.
    ///
    /// # Errors
    /// Where the other case can't be drawn, or has no such picture.
    fn of(case: &Case, spec: &Spec, drawn: &Drawn, artist: &mut Artist) -> Result<Option<Self>> {
        let limits = artist.limits().clone();
        let Some(twin) = case.twin(&limits) else {
            let is_kept = spec.keeping() != Keeping::Nowhere;
            let read = || reference::read(&case.folder, &drawn.name, spec.keeping(), &limits);
            return Ok(is_kept.then(|| Self { reference: read(), stages: None }));
        };
        let wrong = |message: String| Error::new(ErrorKind::Usage, format!("same_as: {message}"));
        let twin_spec = twin.spec.as_ref().map_err(|reason| wrong(reason.clone()))?;
        let same = variants(twin_spec).into_iter().find(|variant| variant.name == drawn.name);
        let Some(variant) = same.filter(|_| twin_spec.play.is_none()) else {
            return Err(wrong(format!("a picture '{}' was expected of {}, found none", drawn.name, twin.name)));
        };
        let other = artist.draw(twin, twin_spec, &variant)?;
        let stages = Some(Stages::of(&other.shown));
        Ok(Some(Self { reference: Ok(Some(Reference::Picture(other.picture))), stages }))
    }
}

/// Compares a picture with its reference, and looks at what must hold beside it.
fn judge(case: &Case, spec: &Spec, drawn: &Drawn, artist: &mut Artist, keeps_near: bool) -> Outcome {
    let limits = artist.limits().clone();
    let mut outcome = case.outcome(OutcomeKind::Picture, &drawn.name);
    let expected = Expected::of(case, spec, drawn, artist);
    match expected.as_ref().map(|expected| expected.as_ref().map(|expected| compare(case, spec, drawn, expected))) {
        Ok(None | Some(Comparison::Same)) => {}
        Ok(Some(Comparison::Near)) => outcome.is_near = true,
        Ok(Some(Comparison::Failed(failure))) => outcome.failures.push(failure),
        Err(error) => outcome.failures.push(Failure::Error(error.to_string())),
    }
    let unmet = artist.renderer(case).and_then(|renderer| spec.expect.unmet(drawn, renderer, &limits));
    match unmet {
        Ok(unmet) => outcome.failures.extend(unmet.into_iter().map(Failure::Unmet)),
        Err(error) => outcome.failures.push(Failure::Error(error.to_string())),
    }
    if !outcome.failures.is_empty() || (outcome.is_near && keeps_near) {
        let drawn_now = expected.ok().flatten().filter(|expected| expected.stages.is_some());
        let beside = match drawn_now.map(|expected| expected.reference) {
            Some(Ok(Some(Reference::Picture(picture)))) => Some(picture),
            _ => None,
        };
        match file(drawn, beside.as_ref()) {
            Ok(file) => outcome.drawn = Some(file),
            Err(error) => outcome.failures.push(Failure::Error(error.to_string())),
        }
    }
    outcome
}

/// What a picture is beside its reference.
enum Comparison {
    /// It is the same.
    Same,
    /// It differs by no more than is tolerated.
    Near,
    /// It is not as it should be.
    Failed(Failure),
}

/// Compares a picture with its reference.
fn compare(case: &Case, spec: &Spec, drawn: &Drawn, expected: &Expected) -> Comparison {
    let size = drawn.size();
    let blamed = |digest: &str, difference| Box::new(blame_for(case, drawn, expected, digest, difference));
    let failure = match &expected.reference {
        Err(reason) => Failure::Reference(reason.clone()),
        Ok(None) => Failure::Missing,
        Ok(Some(Reference::Hash(Hash { digest, size: expected }))) => {
            if *expected == size && *digest == reference::hash_of(&drawn.picture) {
                return Comparison::Same;
            }
            let blame = blamed(digest, None);
            if *expected == size { Failure::Hash(blame) } else { Failure::Size { expected: *expected, actual: size, blame } }
        }
        Ok(Some(Reference::Picture(expected))) => {
            let (tolerance, of_reference) = (spec.tolerance.as_ref(), (expected.width(), expected.height()));
            if of_reference != size && !tolerance.is_some_and(|tolerance| tolerance.any_size) {
                let blame = blamed(&reference::hash_of(expected), None);
                return Comparison::Failed(Failure::Size { expected: of_reference, actual: size, blame });
            }
            match Difference::between(expected, &drawn.picture, tolerance) {
                None if tolerance.is_none() || expected.pixels() == drawn.picture.pixels() => return Comparison::Same,
                None => return Comparison::Near,
                Some(difference) if tolerance.is_some_and(|tolerance| difference.is_within(tolerance)) => {
                    return Comparison::Near;
                }
                Some(difference) => {
                    let blame = blamed(&reference::hash_of(expected), Some(&difference));
                    Failure::Pixels(Box::new(PixelFailure::new(&difference, tolerance, *blame)))
                }
            }
        }
    };
    Comparison::Failed(failure)
}

/// Where a difference comes from, by the stages of what it is compared with, or by their record beside the reference.
fn blame_for(case: &Case, drawn: &Drawn, expected: &Expected, expected_hash: &str, difference: Option<&Difference>) -> Blame {
    if let Some(before) = &expected.stages {
        return blame(drawn, Some(before), &Stages::of(&drawn.shown), difference);
    }
    let record = reference::read_file(&Part::Stages.path(&case.folder, &drawn.name), RECORD_BYTES).ok().flatten();
    let before = record.and_then(|record| Stages::unpacked(&record, expected_hash));
    blame(drawn, before.as_ref(), &Stages::of(&drawn.shown), difference)
}

/// What was drawn, to be kept beyond the run.
fn file(drawn: &Drawn, expected: Option<&Picture>) -> Result<DrawnFile> {
    let png = |picture: &Picture| picture::encode(Premultiplied::of(picture), Format::PNG);
    let (bytes, expected) = (png(&drawn.picture)?, expected.map(png).transpose()?);
    let stages = Stages::of(&drawn.shown).packed(&reference::hash_of(&drawn.picture));
    let scene = &drawn.shown.prepared.scene;
    let seen = drawn.places();
    let nodes = seen.iter().take(NODES_MOST).filter_map(|(id, rect)| {
        let node = scene.nodes.get(*id)?;
        Some((node_name(node), node.place.to_string(), PixelRect::around(rect)))
    });
    Ok(DrawnFile { bytes, stages, nodes: nodes.collect(), expected })
}

/// Compares a session's log with its reference.
fn judge_events(case: &Case, spec: &Spec, played: &Played) -> Outcome {
    let mut outcome = case.outcome(OutcomeKind::Events, "");
    let is_kept = spec.keeping() != Keeping::Nowhere;
    match reference::read_file(&Part::Events.path(&case.folder, ""), LOG_BYTES) {
        _ if !is_kept => {}
        Err(reason) => outcome.failures.push(Failure::Reference(reason)),
        Ok(None) => outcome.failures.push(Failure::Missing),
        Ok(Some(expected)) => {
            // A checkout on Windows may have put CR before each line's end.
            let expected = String::from_utf8_lossy(&expected).replace("\r\n", "\n");
            if expected != played.events {
                outcome.failures.push(Failure::Events(text_difference(&expected, &played.events)));
            }
        }
    }
    outcome.failures.extend(played.failed.iter().cloned().map(Failure::Unmet));
    let error = spec.expect.error.iter().map(|text| format!("error: expected one with '{text}', and it was played"));
    outcome.failures.extend(error.chain(spec.expect.unmet_events(&played.events)).map(Failure::Unmet));
    if !outcome.failures.is_empty() {
        outcome.drawn = Some(DrawnFile { bytes: played.events.clone().into_bytes(), ..DrawnFile::default() });
    }
    outcome
}
