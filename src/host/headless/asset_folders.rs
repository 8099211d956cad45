//! Folders in which the files of a board are found, by the paths that games write.

use std::path::{Component, Path, PathBuf};

use super::used::note;
use crate::error::{Error, ErrorKind, Result};
use crate::grapheme;

/// The folders, in the order in which they are looked in. Nothing outside of them is found, by `..` or by a link.
#[derive(Clone, Debug, Default)]
pub struct AssetFolders {
    roots: Vec<PathBuf>,
}

/// So many names of a folder are looked through for one that is spelled otherwise.
const NAMES_MAX: usize = 4_096;

impl AssetFolders {
    /// Some folders, the first one first.
    pub fn new(roots: impl IntoIterator<Item = PathBuf>) -> Self {
        let mut folders: Vec<PathBuf> = Vec::new();
        for root in roots {
            let root = if root.as_os_str().is_empty() { PathBuf::from(".") } else { root };
            if !folders.contains(&root) {
                folders.push(root);
            }
        }
        Self { roots: folders }
    }

    /// The file that a path names: as it is written, or as a game's package has it, from its root (`/img/a.png`); without
    /// the `?` and what follows where there is no such file.
    ///
    /// # Errors
    /// [`ErrorKind::Picture`] where there is none, with what stands in the way: no folder, another case, a backslash, an
    /// address without its scheme, a path or link that leads out of the folder.
    pub fn find(&self, path: &str) -> Result<PathBuf> {
        let path = path.trim();
        if self.roots.is_empty() {
            return Err(Error::new(ErrorKind::Picture, "no asset folder to look in").hint("name one with --assets DIR"));
        }
        if let Some(address) = without_scheme(path) {
            let error = Error::new(ErrorKind::Picture, "an address without its scheme was found");
            return Err(error.hint(format!("write https://{}", grapheme::prefix_bytes(address, 80))));
        }
        let plain = path.split(['?', '#']).next().unwrap_or_default();
        let mut refused = None;
        for root in &self.roots {
            for name in [path, plain] {
                match below(root, name) {
                    Ok(found) => return Ok(found),
                    // That a file is outside says more than that it is not there.
                    Err(error) => {
                        if refused.as_ref().is_none_or(|known: &Error| std::error::Error::source(known).is_some()) {
                            refused = Some(error);
                        }
                    }
                }
            }
        }
        let error = refused.unwrap_or_else(|| Error::new(ErrorKind::Picture, "no path was found where one was expected"));
        Err(match self.roots.iter().find_map(|root| meant(root, plain)) {
            Some(hint) => error.hint(hint),
            None => error,
        })
    }
}

/// What follows `//` where that begins an address: a host has a dot.
fn without_scheme(path: &str) -> Option<&str> {
    let rest = path.strip_prefix("//")?;
    rest.split('/').next().is_some_and(|host| host.contains('.') && !host.starts_with('.')).then_some(rest)
}

/// How a path goes on from a folder: as it is written, from the package's root, or from the disk's where it is the folder's own.
fn relative<'a>(root: &Path, path: &'a str) -> &'a Path {
    let written = Path::new(path);
    match written.strip_prefix(root) {
        Ok(inside) if written.is_absolute() => inside,
        _ => Path::new(path.trim_start_matches('/')),
    }
}

fn below(root: &Path, path: &str) -> Result<PathBuf> {
    let relative = relative(root, path);
    let inside = relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if !inside || relative.as_os_str().is_empty() {
        return Err(Error::new(ErrorKind::Picture, "a path below the asset folder was expected"));
    }
    let sought = root.join(relative);
    note(&sought);
    // A link may lead out of the folder all the same.
    match (sought.canonicalize(), root.canonicalize()) {
        (Ok(resolved), Ok(allowed)) if resolved.starts_with(&allowed) => Ok(resolved),
        (Ok(_), Ok(_)) => Err(Error::new(ErrorKind::Picture, "the file is outside of the asset folder")),
        (Err(error), _) | (_, Err(error)) => {
            Err(Error::new(ErrorKind::Picture, format!("not found below the asset folder: {error}")).source(error))
        }
    }
}

/// What somebody meant whose path leads nowhere: with slashes, or in another case.
fn meant(root: &Path, path: &str) -> Option<String> {
    let slashes = path.replace('\\', "/");
    if slashes != path && below(root, &slashes).is_ok() {
        return Some(format!("write '{slashes}': folders are parted by '/'"));
    }
    let mut folder = root.to_owned();
    let mut spelled = Vec::new();
    for part in relative(root, &slashes).components() {
        let Component::Normal(part) = part else { continue };
        let part = part.to_str()?.to_lowercase();
        let names = std::fs::read_dir(&folder).ok()?.take(NAMES_MAX).flatten();
        let name = names.filter_map(|entry| entry.file_name().into_string().ok()).find(|name| name.to_lowercase() == part)?;
        folder.push(&name);
        spelled.push(name);
    }
    let spelled = spelled.join("/");
    below(root, &spelled).ok()?;
    Some(format!("the file is '{spelled}': capital and small letters are told apart, as on phones"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folders() -> AssetFolders {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        AssetFolders::new([root.join("assets/templates"), root.join("assets/example")])
    }

    #[test]
    fn finds_what_games_write() {
        let folders = folders();
        let paths = [
            "avatars/fox.png",
            "/avatars/fox.png",
            "./avatars/fox.png",
            "avatars//fox.png",
            " avatars/fox.png ",
            "avatars/fox.png?v=3",
        ];
        for path in paths {
            assert!(folders.find(path).is_ok_and(|found| found.ends_with("avatars/fox.png")), "{path}");
        }
        assert!(folders.find("board.json").is_ok());
        let absolute = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/example/avatars/fox.png");
        assert!(folders.find(&absolute.to_string_lossy()).is_ok());
    }

    #[test]
    fn says_why_there_is_none() {
        let said = |path: &str| folders().find(path).unwrap_err().to_string();
        let cases = [
            (r"avatars\fox.png", "write 'avatars/fox.png'"),
            ("Avatars/FOX.png", "the file is 'avatars/fox.png'"),
            ("//cdn.example/a.png", "write https://cdn.example/a.png"),
            ("../../README.md", "a path below the asset folder was expected"),
            ("avatars/none.png", "not found below the asset folder"),
            ("", "a path below the asset folder was expected"),
            ("/", "a path below the asset folder was expected"),
        ];
        for (path, expected) in cases {
            assert!(said(path).contains(expected), "{path}: {}", said(path));
        }
        assert!(AssetFolders::default().find("a.png").unwrap_err().to_string().contains("--assets DIR"));
    }
}
