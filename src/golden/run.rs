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
use crate::error::Result;
use crate::geometry::PixelRect;
use crate::host::headless::play::{Action, read_script};
use crate::limits::Limits;
use crate::picture::{self, Format, Premultiplied};
use crate::unwind::contained;

/// What a record of stages may weigh, bytes.
const RECORD_BYTES: usize = 8 * 1024 * 1024;
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
    /// What pictures may cost.
    pub limits: Limits,
}

impl Default for Options {
    /// All cores, all pictures.
    fn default() -> Self {
        Self { jobs: 0, filter: Filter::All, keeps_near: false, limits: Limits::default() }
    }
}

/// What is drawn as one: a picture, or a session with all of its.
enum Work<'a> {
    Picture(&'a Case, &'a Spec, Variant),
    Session(&'a Case, &'a Spec, &'a Path),
    /// A case that can't be drawn.
    Refused(&'a Case, String),
}

/// Runs cases. `progress` is told how many of how many are done, from any thread. The outcomes are in the order of the
/// cases and of their pictures.
#[must_use]
pub fn run(cases: &[Case], options: &Options, progress: &(dyn Fn(usize, usize) + Sync)) -> Vec<Outcome> {
    let work: Vec<Work<'_>> = cases.iter().flat_map(work).filter(|work| work.is_wanted(options)).collect();
    let (total, done) = (work.len(), AtomicUsize::new(0));
    let own = || Artist::new(&options.limits);
    let found = on_threads(&work, options.jobs, own, |artist, work| {
        let outcomes = contained(|| work.perform(artist, options.keeps_near)).unwrap_or_else(|panic| {
            // What it had kept may be broken.
            *artist = own();
            vec![work.case().failed(OutcomeKind::Case, "", Failure::Error(format!("drawing failed: {panic}")))]
        });
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
        outcomes
    });
    let mut outcomes: Vec<Outcome> = found.into_iter().flatten().collect();
    outcomes.extend(cases.iter().filter_map(|case| stale(case, &options.limits)));
    outcomes.retain(|outcome| outcome.is_in(&options.filter));
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
        filter.has(&Subject { name: &self.name(), case: &self.case, kind: self.kind })
    }
}

/// The work that a case is.
fn work(case: &Case) -> Vec<Work<'_>> {
    let spec = match &case.spec {
        Ok(spec) => spec,
        Err(reason) => return vec![Work::Refused(case, reason.clone())],
    };
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
        }
    }

    fn failed(&self, kind: OutcomeKind, picture: &str, failure: Failure) -> Outcome {
        Outcome { failures: vec![failure], ..self.outcome(kind, picture) }
    }
}

impl Work<'_> {
    fn case(&self) -> &Case {
        match self {
            Self::Picture(case, ..) | Self::Session(case, ..) | Self::Refused(case, _) => case,
        }
    }

    /// False for what need not be drawn, as its name is filtered out. What a session's pictures are is known once it ran.
    fn is_wanted(&self, options: &Options) -> bool {
        match self {
            Self::Picture(case, _, variant) => case.outcome(OutcomeKind::Picture, &variant.name).is_in(&options.filter),
            Self::Session(..) | Self::Refused(..) => true,
        }
    }

    fn perform(&self, artist: &mut Artist, keeps_near: bool) -> Vec<Outcome> {
        let start = Instant::now();
        let mut outcomes = match self {
            Self::Refused(case, reason) => vec![case.failed(OutcomeKind::Case, "", Failure::Error(reason.clone()))],
            Self::Picture(case, spec, variant) => match artist.draw(case, spec, variant) {
                Ok(drawn) => vec![judge(case, spec, &drawn, artist, keeps_near)],
                Err(error) => vec![case.failed(OutcomeKind::Picture, &variant.name, Failure::Error(error.to_string()))],
            },
            Self::Session(case, spec, script) => match artist.play(case, script) {
                Ok(played) => {
                    let mut outcomes: Vec<Outcome> =
                        played.snapshots.iter().map(|drawn| judge(case, spec, drawn, artist, keeps_near)).collect();
                    outcomes.push(judge_events(case, spec, &played));
                    outcomes
                }
                Err(error) => vec![case.failed(OutcomeKind::Case, "", Failure::Error(error.to_string()))],
            },
        };
        let each = start.elapsed() / outcomes.len().max(1) as u32;
        for outcome in &mut outcomes {
            outcome.took = each;
        }
        outcomes
    }
}

/// Compares a picture with its reference, and looks at what must hold beside it.
fn judge(case: &Case, spec: &Spec, drawn: &Drawn, artist: &mut Artist, keeps_near: bool) -> Outcome {
    let limits = artist.limits().clone();
    let mut outcome = case.outcome(OutcomeKind::Picture, &drawn.name);
    let reference = reference::read(&case.folder, &drawn.name, spec.keeping(), &limits);
    match compare(case, spec, drawn, reference) {
        Comparison::Same => {}
        Comparison::Near => outcome.is_near = true,
        Comparison::Failed(failure) => outcome.failures.push(failure),
    }
    let unmet = artist.renderer(case).and_then(|renderer| spec.expect.unmet(drawn, renderer, &limits));
    match unmet {
        Ok(unmet) => outcome.failures.extend(unmet.into_iter().map(Failure::Unmet)),
        Err(error) => outcome.failures.push(Failure::Error(error.to_string())),
    }
    if !outcome.failures.is_empty() || (outcome.is_near && keeps_near) {
        match file(drawn) {
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
fn compare(case: &Case, spec: &Spec, drawn: &Drawn, reference: std::result::Result<Option<Reference>, String>) -> Comparison {
    let size = drawn.size();
    let blamed = |digest: &str, difference| Box::new(blame_for(case, drawn, digest, difference));
    let failure = match reference {
        Err(reason) => Failure::Reference(reason),
        Ok(None) => Failure::Missing,
        Ok(Some(Reference::Hash(Hash { digest, size: expected }))) => {
            if expected == size && digest == reference::hash_of(&drawn.picture) {
                return Comparison::Same;
            }
            let blame = blamed(&digest, None);
            if expected == size { Failure::Hash(blame) } else { Failure::Size { expected, actual: size, blame } }
        }
        Ok(Some(Reference::Picture(expected))) => {
            let (tolerance, of_reference) = (spec.tolerance.as_ref(), (expected.width(), expected.height()));
            if of_reference != size && !tolerance.is_some_and(|tolerance| tolerance.any_size) {
                let blame = blamed(&reference::hash_of(&expected), None);
                return Comparison::Failed(Failure::Size { expected: of_reference, actual: size, blame });
            }
            match Difference::between(&expected, &drawn.picture, tolerance) {
                None if tolerance.is_none() || expected.pixels() == drawn.picture.pixels() => return Comparison::Same,
                None => return Comparison::Near,
                Some(difference) if tolerance.is_some_and(|tolerance| difference.is_within(tolerance)) => {
                    return Comparison::Near;
                }
                Some(difference) => {
                    let blame = blame_for(case, drawn, &reference::hash_of(&expected), Some(&difference));
                    Failure::Pixels(Box::new(PixelFailure::new(&difference, tolerance, blame)))
                }
            }
        }
    };
    Comparison::Failed(failure)
}

/// Where a difference comes from, by the record of the stages that stands beside the reference.
fn blame_for(case: &Case, drawn: &Drawn, expected_hash: &str, difference: Option<&Difference>) -> Blame {
    let record = reference::read_file(&Part::Stages.path(&case.folder, &drawn.name), RECORD_BYTES).ok().flatten();
    let before = record.and_then(|record| Stages::unpacked(&record, expected_hash));
    blame(drawn, before.as_ref(), &Stages::of(&drawn.shown), difference)
}

/// What was drawn, to be kept beyond the run.
fn file(drawn: &Drawn) -> Result<DrawnFile> {
    let bytes = picture::encode(Premultiplied::of(&drawn.picture), Format::PNG)?;
    let stages = Stages::of(&drawn.shown).packed(&reference::hash_of(&drawn.picture));
    let scene = &drawn.shown.prepared.scene;
    let seen = drawn.places();
    let nodes = seen.iter().take(NODES_MOST).filter_map(|(id, rect)| {
        let node = scene.nodes.get(*id)?;
        Some((node_name(node), node.place.to_string(), PixelRect::around(rect)))
    });
    Ok(DrawnFile { bytes, stages, nodes: nodes.collect() })
}

/// Compares a session's log with its reference.
fn judge_events(case: &Case, spec: &Spec, played: &Played) -> Outcome {
    let mut outcome = case.outcome(OutcomeKind::Events, "");
    match reference::read_file(&Part::Events.path(&case.folder, ""), LOG_BYTES) {
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
    outcome.failures.extend(spec.expect.unmet_events(&played.events).into_iter().map(Failure::Unmet));
    if !outcome.failures.is_empty() {
        outcome.drawn = Some(DrawnFile { bytes: played.events.clone().into_bytes(), stages: Vec::new(), nodes: Vec::new() });
    }
    outcome
}
