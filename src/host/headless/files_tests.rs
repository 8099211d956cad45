//! Tests of reading and writing files.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

use std::sync::atomic::{AtomicBool, Ordering};

use super::*;
#[cfg(unix)]
use crate::open::open_regular;

fn new_folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("friendboard-files-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn readers_see_one_writers_whole_file_and_nothing_is_left_beside_it() {
    let folder = new_folder("many");
    let path = folder.join("board.png");
    let whole = |writer: u8| vec![writer; 20_000 + usize::from(writer)];
    let is_over = AtomicBool::new(false);
    write_whole(&path, &whole(0)).unwrap();
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..60)
            .map(|_| {
                scope.spawn(|| {
                    while !is_over.load(Ordering::Relaxed) {
                        let bytes = fs::read(&path).unwrap();
                        assert!(bytes == whole(bytes[0]), "{} bytes that begin with {}", bytes.len(), bytes[0]);
                    }
                })
            })
            .collect();
        let writers: Vec<_> = (1..=60)
            .map(|writer| {
                let (path, whole) = (&path, &whole);
                scope.spawn(move || (0..4).for_each(|_| write_whole(path, &whole(writer)).unwrap()))
            })
            .collect();
        let written: Vec<_> = writers.into_iter().map(std::thread::ScopedJoinHandle::join).collect();
        is_over.store(true, Ordering::Relaxed);
        assert!(
            written.into_iter().chain(readers.into_iter().map(std::thread::ScopedJoinHandle::join)).all(|done| done.is_ok())
        );
    });
    assert_eq!(names(&folder), ["board.png"]);
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_failure_leaves_what_was_there_and_nothing_else() {
    let folder = new_folder("fails");
    for path in [folder.join("none/board.png"), folder.clone(), folder.join("..")] {
        assert!(write_whole(&path, b"new").is_err(), "{}", path.display());
    }
    // A name as long as names may be still has room for a temporary one.
    let long = folder.join("安".repeat(85));
    write_whole(&long, b"new").unwrap();
    assert_eq!(fs::read(&long).unwrap(), b"new");
    assert_eq!(names(&folder).len(), 1);
    fs::remove_dir_all(&folder).unwrap();
}

#[cfg(feature = "batch")]
#[test]
fn one_of_many_is_whole_too_and_its_folder_is_flushed_by_itself() {
    let folder = new_folder("many");
    for bytes in [&b"first"[..], b"second"] {
        write_one_of_many(&folder.join("board.png"), bytes).unwrap();
        assert_eq!(
            (names(&folder), fs::read(folder.join("board.png")).unwrap()),
            (vec!["board.png".to_owned()], bytes.to_vec())
        );
    }
    keep_names(&folder).unwrap();
    let missing = folder.join("none/board.png");
    assert_eq!(write_one_of_many(&missing, b"new").unwrap_err().kind(), io::ErrorKind::NotFound);
    assert!(keep_names(&folder.join("none")).is_err());
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn what_killed_writers_left_behind_is_removed_and_what_others_write_is_not() {
    let folder = new_folder("leftovers");
    let path = folder.join("board.png");
    for number in [0, 2, 3] {
        fs::write(folder.join(format!(".board.png.{number}.tmp")), "half").unwrap();
    }
    let (other, locked) = create_beside(&path, false).unwrap();
    assert_eq!(other, folder.join(".board.png.0.tmp"));
    assert_eq!(fs::read(&other).unwrap(), b"");
    // The number that is free is taken, and the leftovers behind it go.
    write_whole(&path, b"new").unwrap();
    assert_eq!(names(&folder), [".board.png.0.tmp", "board.png"]);
    drop(locked);
    write_whole(&path, b"newer").unwrap();
    assert_eq!((names(&folder), fs::read(&path).unwrap()), (vec!["board.png".to_owned()], b"newer".to_vec()));
    // No link is followed.
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&path, &other).unwrap();
        write_whole(&path, b"newest").unwrap();
        assert_eq!((names(&folder).len(), fs::read(&path).unwrap()), (2, b"newest".to_vec()));
    }
    fs::remove_dir_all(&folder).unwrap();
}

#[cfg(unix)]
#[test]
fn links_lead_to_what_is_replaced_and_rights_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = new_folder("links");
    fs::create_dir(folder.join("deep")).unwrap();
    symlink("deep/real", folder.join("link")).unwrap();
    symlink("link", folder.join("second")).unwrap();
    symlink("itself", folder.join("itself")).unwrap();
    // What it leads to need not be there yet.
    write_whole(&folder.join("second"), b"one").unwrap();
    let real = folder.join("deep/real");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    write_whole(&folder.join("second"), b"two").unwrap();
    assert_eq!(fs::read(&real).unwrap(), b"two");
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(fs::symlink_metadata(folder.join("second")).unwrap().is_symlink());
    assert!(write_whole(&folder.join("itself"), b"no").is_err());
    write_whole(Path::new("/dev/null"), b"gone").unwrap();
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
    fs::remove_dir_all(&folder).unwrap();
}

#[cfg(unix)]
#[test]
fn only_regular_files_are_opened_and_none_is_waited_for() {
    let folder = new_folder("kinds");
    let pipe = folder.join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for path in [&pipe, &folder, Path::new("/dev/zero"), Path::new("/dev/null")] {
        assert!(open_regular(path).is_err(), "{}", path.display());
    }
    let file = folder.join("file");
    fs::write(&file, "12345").unwrap();
    assert_eq!(read_within(open_regular(&file).unwrap(), 5).unwrap().unwrap(), b"12345");
    assert!(read_within(open_regular(&file).unwrap(), 4).unwrap().is_none());
    // A pipe is written, not replaced.
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| fs::read(&pipe).unwrap());
        write_whole(&pipe, b"through").unwrap();
        assert_eq!(reader.join().unwrap(), b"through");
    });
    assert_eq!(names(&folder), ["file", "pipe"]);
    fs::remove_dir_all(&folder).unwrap();
}
