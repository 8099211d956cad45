//! What came of a case's pictures.

use std::path::PathBuf;
use std::time::Duration;

use super::blame::Blame;
use super::compare::Difference;
use super::paths::shown;
use super::reference::{Keeping, Stale};
use super::tolerance::Tolerance;
use crate::geometry::PixelRect;

/// What the two pictures of a failure are called.
pub const TITLES: [&str; 2] = ["expected", "drawn"];

/// What came of one picture, of a session's log, or of a case as a whole.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The case's folder.
    pub folder: PathBuf,
    /// The case's folder as it is shown.
    pub case: String,
    /// The picture's name in its case; empty where the case has one.
    pub picture: String,
    /// What it is of.
    pub kind: OutcomeKind,
    /// What is wrong; none: it passed.
    pub failures: Vec<Failure>,
    /// How long it took.
    pub took: Duration,
    /// What was drawn; only where it failed, or where it is near and that was asked for.
    pub drawn: Option<DrawnFile>,
    /// How its case keeps references.
    pub keeping: Keeping,
    /// True where it differs from its reference by no more than its case tolerates.
    pub is_near: bool,
    /// True where its case says to be left out.
    pub is_of_skipped: bool,
    /// Why it was left out; `None` where it was drawn.
    pub skipped: Option<String>,
    /// What the two pictures are called, where not `reference` and `drawn`.
    pub titles: Option<[String; 2]>,
}

/// What an outcome is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutcomeKind {
    /// A picture.
    Picture,
    /// A session's log.
    Events,
    /// A case that can't be drawn, or files of it that belong to none of its pictures.
    Case,
}

/// What was drawn, to be looked at and to be accepted.
#[derive(Clone, Debug, Default)]
pub struct DrawnFile {
    /// A PNG, or a session's log.
    pub bytes: Vec<u8>,
    /// What each stage made of it, as a record.
    pub stages: Vec<u8>,
    /// Where nodes are seen, in painting order: name, place and px of the picture.
    pub nodes: Vec<(String, String, PixelRect)>,
    /// The picture that it was compared with, a PNG, where that was drawn, too.
    pub expected: Option<Vec<u8>>,
}

/// What is wrong.
#[derive(Clone, Debug)]
pub enum Failure {
    /// There is no reference yet.
    Missing,
    /// Pixels differ.
    Pixels(Box<PixelFailure>),
    /// It has another size than its reference.
    Size {
        /// The reference's, px.
        expected: (u32, u32),
        /// What was drawn, px.
        actual: (u32, u32),
        /// Where that comes from.
        blame: Box<Blame>,
    },
    /// Its hash is not the reference's.
    Hash(Box<Blame>),
    /// A session's log differs: lines that begin with `-`, `+` or a space.
    Events(String),
    /// The reference can't be used: it is broken, a link, too heavy.
    Reference(String),
    /// One of two folders that are compared has the picture, and the other has not.
    Absent(PathBuf),
    /// The reference is of no picture of the case.
    Stale(Stale),
    /// What the case expects beside the picture does not hold.
    Unmet(String),
    /// It can't be drawn.
    Error(String),
}

/// How pixels differ, and why.
#[derive(Clone, Debug)]
pub struct PixelFailure {
    /// Pixels in all.
    pub total: u64,
    /// Pixels that differ by more than is tolerated.
    pub count: u64,
    /// Where they all lie, px.
    pub bounds: PixelRect,
    /// By how much the one that is off farthest is, 0 to 255.
    pub most: u8,
    /// Tolerances each of which would have passed: a key of `[tolerance]` and its value.
    pub would_pass: Vec<(&'static str, f64)>,
    /// The tolerance that it was compared by.
    pub tolerance: Option<Tolerance>,
    /// Where it comes from.
    pub blame: Blame,
}

impl OutcomeKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Picture, Self::Events, Self::Case];

    /// Its word in expressions, and for machines.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Picture => "picture",
            Self::Events => "events",
            Self::Case => "case",
        }
    }
}

impl PixelFailure {
    /// What a difference is to be told as.
    #[must_use]
    pub fn new(difference: &Difference, tolerance: Option<&Tolerance>, blame: Blame) -> Self {
        Self {
            total: difference.total,
            count: difference.count_beyond(tolerance.map_or(0, Tolerance::distance)),
            bounds: difference.bounds,
            most: difference.most(),
            would_pass: difference.would_pass(tolerance),
            tolerance: tolerance.cloned(),
            blame,
        }
    }
}

impl Outcome {
    /// What it is called: the case's folder, with the picture's name behind it where there are several.
    #[must_use]
    pub fn name(&self) -> String {
        match (self.kind, self.picture.as_str()) {
            (OutcomeKind::Events, _) => format!("{}/events", self.case),
            (_, "") => self.case.clone(),
            (_, picture) => format!("{}/{picture}", self.case),
        }
    }

    /// What its two pictures are called.
    #[must_use]
    pub fn titles(&self) -> [&str; 2] {
        self.titles.as_ref().map_or(TITLES, |[expected, drawn]| [expected.as_str(), drawn.as_str()])
    }

    /// True where nothing is wrong.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.failures.is_empty()
    }

    /// True where accepting what was drawn mends some of it.
    #[must_use]
    pub fn can_be_accepted(&self) -> bool {
        self.keeping != Keeping::Nowhere
            && self.drawn.is_some()
            && (self.is_near || self.failures.iter().any(Failure::is_of_the_reference))
    }

    /// What is wrong that accepting what was drawn does not mend.
    #[must_use]
    pub fn lasting(&self) -> Vec<Failure> {
        let is_lasting = |failure: &&Failure| !(self.can_be_accepted() && failure.is_of_the_reference());
        self.failures.iter().filter(is_lasting).cloned().collect()
    }
}

impl Failure {
    /// True where it is of the reference, and not of the case or what it expects.
    #[must_use]
    pub fn is_of_the_reference(&self) -> bool {
        match self {
            Self::Missing
            | Self::Absent(_)
            | Self::Pixels(_)
            | Self::Size { .. }
            | Self::Hash(_)
            | Self::Events(_)
            | Self::Reference(_) => true,
            Self::Stale(_) | Self::Unmet(_) | Self::Error(_) => false,
        }
    }

    /// What is said of where it comes from.
    #[must_use]
    pub fn blame(&self) -> Option<&Blame> {
        match self {
            Self::Pixels(pixels) => Some(&pixels.blame),
            Self::Size { blame, .. } | Self::Hash(blame) => Some(blame),
            _ => None,
        }
    }

    /// Its kind as a stable word for machines.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Pixels(_) => "pixels",
            Self::Size { .. } => "size",
            Self::Hash(_) => "hash",
            Self::Events(_) => "events",
            Self::Reference(_) => "reference",
            Self::Absent(_) => "absent",
            Self::Stale(_) => "stale",
            Self::Unmet(_) => "unmet",
            Self::Error(_) => "error",
        }
    }

    /// What is wrong, in one line.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::Missing => "there is no reference yet".to_owned(),
            Self::Pixels(pixels) => pixels.message(),
            Self::Size { expected, actual, .. } => {
                format!("expected {}×{} px, drew {}×{} px", expected.0, expected.1, actual.0, actual.1)
            }
            Self::Hash(_) => "the picture has another hash than its reference".to_owned(),
            Self::Events(difference) => {
                let changed = |sign: char| difference.lines().filter(|line| line.starts_with(sign)).count();
                format!("the session's log differs: {} lines are gone, {} are new", changed('-'), changed('+'))
            }
            Self::Reference(message) | Self::Unmet(message) | Self::Error(message) => message.clone(),
            Self::Absent(path) => format!("{} is not there", shown(path)),
            Self::Stale(stale) => format!("{stale} is of no picture of this case"),
        }
    }
}

impl PixelFailure {
    fn message(&self) -> String {
        let Self { total, count, bounds, most, .. } = self;
        let noun = if *count == 1 { "pixel differs" } else { "pixels differ" };
        let share = *count as f64 / (*total).max(1) as f64 * 100.0;
        let place = format!("{}×{} px at ({}, {})", bounds.width(), bounds.height(), bounds.left, bounds.top);
        format!("{count} {noun} ({share:.3}% of {total}), in {place}, by {most} at the most")
    }
}
