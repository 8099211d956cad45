//! The files that a piece of work reads, so that it can be done again when one of them changes.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

thread_local! {
    /// What the work of this thread has read; `None` where nobody asks.
    static USED: RefCell<Option<Used>> = const { RefCell::new(None) };
}

/// How long a watch rests between two looks.
pub const REST: Duration = Duration::from_millis(30);

/// What tells one content of a file from the next: its time, its length, on Unix which file it is; `None` where there is none.
type State = Option<(Option<SystemTime>, u64, u64)>;

fn state(path: &Path) -> State {
    let found = std::fs::metadata(path).ok()?;
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(&found);
    #[cfg(not(unix))]
    let number = 0;
    Some((found.modified().ok(), found.len(), number))
}

/// Notes a file that is about to be read, or was looked for, where somebody asks what is used.
pub fn note(path: &Path) {
    USED.with_borrow_mut(|used| {
        let Some(used) = used else { return };
        if path == Path::new("-") {
            used.has_input = true;
        } else {
            used.files.entry(path.to_owned()).or_insert_with(|| state(path));
        }
    });
}

/// Files, as they were when they were read.
#[derive(Clone, Debug, Default)]
pub struct Used {
    files: BTreeMap<PathBuf, State>,
    /// True where standard input was read, which can't be read again.
    pub has_input: bool,
}

impl Used {
    /// Does some work on this thread, and gives the files that it read beside what it came to.
    #[must_use]
    pub fn by<T>(work: impl FnOnce() -> T) -> (T, Self) {
        let outer = USED.replace(Some(Self::default()));
        let done = work();
        let used = USED.replace(outer).unwrap_or_default();
        (done, used)
    }

    /// The files.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.files.keys().map(PathBuf::as_path)
    }

    /// Takes in what was used besides: of a file of both, it is as this one has it.
    pub fn add(&mut self, other: Self) {
        for (path, state) in other.files {
            self.files.entry(path).or_insert(state);
        }
    }

    /// The same files, as they are now.
    #[must_use]
    pub fn as_of_now(self) -> Self {
        let files = self.files.into_keys();
        let files = files.map(|path| {
            let state = state(&path);
            (path, state)
        });
        Self { files: files.collect(), has_input: self.has_input }
    }

    /// The files that are not as they were.
    #[must_use]
    pub fn changed(&self) -> Vec<PathBuf> {
        self.files.iter().filter(|(path, known)| state(path) != **known).map(|(path, _)| path.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_changes_comes_or_goes_is_seen() {
        let folder = std::env::temp_dir().join(format!("friendboard-used-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let (there, missing, other) = (folder.join("a"), folder.join("b"), folder.join("c"));
        std::fs::write(&there, "1").unwrap();
        std::fs::write(&other, "1").unwrap();
        let (value, used) = Used::by(|| {
            note(&there);
            note(&missing);
            note(Path::new("-"));
            7
        });
        assert_eq!((value, used.files().count(), used.has_input), (7, 2, true));
        note(&other);
        std::fs::write(&other, "12").unwrap();
        assert!(used.changed().is_empty());
        std::fs::write(&there, "12").unwrap();
        assert_eq!(used.changed(), std::slice::from_ref(&there));
        std::fs::write(&missing, "").unwrap();
        std::fs::remove_file(&there).unwrap();
        assert_eq!(used.changed(), [there, missing]);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
