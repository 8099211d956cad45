//! Cases as tests in Rust: `golden::case("golden/podium").assert()`.

use std::path::{Path, PathBuf};

use super::accept::{accept_all, is_ci};
use super::filter::Filter;
use super::find::cases;
use super::outcome::Outcome;
use super::paths::shown;
use super::report;
use super::run::{Options, run};
use crate::limits::Limits;

/// The variable by which a test takes what is drawn as right: `FRIENDBOARD_ACCEPT=1 cargo test`.
const ACCEPT: &str = "FRIENDBOARD_ACCEPT";
/// The variable that names a folder for a report of what failed.
const REPORT: &str = "FRIENDBOARD_REPORT";

/// Cases to be tested: those at and below a folder.
#[derive(Clone, Debug)]
#[must_use = "nothing is tested before `assert`"]
pub struct Test {
    path: PathBuf,
    texts: Vec<String>,
    options: Options,
}

/// The cases at and below a folder, which is named from the package's own (the one with `Cargo.toml`), whoever runs the test.
///
/// ```no_run
/// #[test]
/// fn boards_are_as_accepted() {
///     friendboard::golden::case("golden").assert();
/// }
/// ```
pub fn case(path: impl AsRef<Path>) -> Test {
    let path = path.as_ref();
    // Cargo and nextest both say where the package is; other runners start in it.
    let path = match std::env::var_os("CARGO_MANIFEST_DIR") {
        Some(package) if path.is_relative() => below(Path::new(&package), path),
        _ => path.to_owned(),
    };
    Test { path, texts: Vec::new(), options: Options::default() }
}

/// A path of a package, from where the test runs where that is above it: so it is named shortly.
fn below(package: &Path, path: &Path) -> PathBuf {
    let whole = package.join(path);
    let here = std::env::current_dir().unwrap_or_default();
    whole.strip_prefix(here).map_or_else(|_| whole.clone(), Path::to_owned)
}

impl Test {
    /// Only pictures with a text in their name; said again, those with another one too.
    pub fn filter(mut self, text: &str) -> Self {
        self.texts.push(text.to_owned());
        self
    }

    /// Only pictures that an expression selects, as `friendboard golden run --expression` has them.
    ///
    /// # Panics
    /// Where it is none.
    #[track_caller]
    pub fn expression(mut self, text: &str) -> Self {
        let filter = Filter::read(text).unwrap_or_else(|error| panic!("{error}"));
        self.options.filter = self.options.filter.and(filter);
        self
    }

    /// On so many threads, rather than on one for each core.
    pub fn jobs(mut self, jobs: usize) -> Self {
        self.options.jobs = jobs;
        self
    }

    /// With other limits of what a picture may cost.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.options.limits = limits;
        self
    }

    /// Draws and compares; what came of each picture, in the order of their names.
    ///
    /// # Errors
    /// Where there is no case, or the folder can't be read.
    pub fn outcomes(&self) -> crate::error::Result<Vec<Outcome>> {
        let filter = self.options.filter.clone().and(Filter::of_texts(&self.texts, false));
        let cases = cases(std::slice::from_ref(&self.path), &self.options.limits)?;
        Ok(run(&cases, &Options { filter, ..self.options.clone() }, &|_, _| {}))
    }

    /// Draws and compares, and fails the test where a picture is not as it was accepted.
    ///
    /// With `FRIENDBOARD_ACCEPT=1` in the environment it takes what is drawn as right, as `friendboard golden accept` does;
    /// where `CI` is set it does not. With `FRIENDBOARD_REPORT=DIR` it writes `DIR/index.html`.
    ///
    /// # Panics
    /// Where a picture is not as accepted, with one line of what failed and how to accept it, and then what is known of each;
    /// where there is no case.
    #[track_caller]
    pub fn assert(&self) {
        let outcomes = self.outcomes().unwrap_or_else(|error| panic!("{error}"));
        assert!(!outcomes.is_empty(), "{}: no picture is to be tested", shown(&self.path));
        if std::env::var_os(ACCEPT).is_some() {
            assert!(!is_ci(), "nothing is accepted in continuous integration ({ACCEPT} and CI are both set)");
            return self.accept(&outcomes);
        }
        let failed: Vec<&Outcome> = outcomes.iter().filter(|outcome| !outcome.passed()).collect();
        if failed.is_empty() {
            return;
        }
        let report = self.report(&outcomes);
        let texts: Vec<String> = failed.iter().map(|outcome| report::text(outcome)).collect();
        panic!("{}: {} ({ACCEPT}=1 accepts; {report})\n{}", shown(&self.path), report::summary(&outcomes), texts.concat());
    }

    /// Takes what failed as right.
    fn accept(&self, outcomes: &[Outcome]) {
        let mut wrong = Vec::new();
        let failed: Vec<&Outcome> = outcomes.iter().filter(|outcome| !outcome.passed()).collect();
        let accepted = accept_all(&failed, self.options.jobs, &self.options.limits);
        for (outcome, accepted) in failed.iter().zip(accepted) {
            if let Err(reason) = accepted {
                wrong.push(format!("{}: {reason}\n", outcome.name()));
            }
            let rest = outcome.lasting().into_iter();
            wrong.extend(rest.map(|failure| format!("{}: {}\n", outcome.name(), failure.message())));
        }
        assert!(wrong.is_empty(), "accepting does not mend this:\n{}", wrong.concat());
    }

    /// Writes the report that is asked for; says where it is, or how to ask for it.
    fn report(&self, outcomes: &[Outcome]) -> String {
        let Some(folder) = std::env::var_os(REPORT).map(PathBuf::from) else {
            return format!("{REPORT}=DIR, or `friendboard golden run --report DIR`, shows it");
        };
        let page = folder.join("index.html");
        let written = std::fs::create_dir_all(&folder).and_then(|()| {
            crate::host::headless::write_whole(
                &page,
                report::html(outcomes, report::Layout::Row, &self.options.limits).as_bytes(),
            )
        });
        match written {
            Ok(()) => format!("{} shows it", page.display()),
            Err(error) => format!("{} cannot be written: {error}", page.display()),
        }
    }
}
