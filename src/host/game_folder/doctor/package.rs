//! What is in the package, and what is not.

use std::io::{Read, Seek, SeekFrom};

use super::super::configuration::FOLDER;
use super::project::Project;
use super::script::{Entry, resolve};
use crate::error::{Diagnostic, Diagnostics, Place};
use crate::json::Value;
use crate::platform::Platform;

const MEBIBYTE: u64 = 1024 * 1024;

/// What a platform's packages weigh at most: the main one, and all.
fn most(platform: Platform) -> Option<(u64, u64)> {
    match platform {
        Platform::WeChat => Some((4 * MEBIBYTE, 30 * MEBIBYTE)),
        Platform::Douyin => Some((4 * MEBIBYTE, 20 * MEBIBYTE)),
        Platform::TikTok | Platform::Wps => None,
    }
}

/// Weights, and scripts that are named and not there.
pub(super) fn examine(project: &Project, found: &mut Diagnostics) {
    if let Some((main_most, all_most)) = most(project.platform) {
        let later = |path: &str| project.subpackages.iter().any(|folder| path.starts_with(folder));
        let all: u64 = project.files.iter().map(|file| file.bytes).sum();
        let main: u64 = project.files.iter().filter(|file| !later(&file.path)).map(|file| file.bytes).sum();
        for (what, bytes, most) in [("the main package", main, main_most), ("the package with all of its parts", all, all_most)]
        {
            if bytes > most {
                found.push(too_large(project, what, bytes, most));
            }
        }
    }
    let Some(context) = &project.context else { return };
    for script in &context.scripts {
        for (path, place) in script.required().into_iter().filter(|(path, _)| path.starts_with('.')) {
            match resolve(&script.path, &path, &|file| project.has(file)) {
                None => {
                    let message = format!("'{path}' is required, and is not there");
                    found.push(
                        Diagnostic::error("missing-file", message, place)
                            .hint("copy it there; `friendboard init` writes the runtime's files"),
                    );
                }
                Some(file) if !file.starts_with(&context.folder) => {
                    let message =
                        format!("'{path}' is outside of the open data domain's folder, from which nothing can be required");
                    found.push(
                        Diagnostic::error("outside-file", message, place).hint(format!("put it below {}", context.folder)),
                    );
                }
                Some(file) => {
                    let is_runtime = file.ends_with("/friendboard.js");
                    if is_runtime && project.files.iter().any(|known| known.path == file && known.bytes == 0) {
                        let message = format!("'{path}' is required, and is empty");
                        found.push(
                            Diagnostic::error("missing-file", message, place)
                                .hint("copy it there anew; `friendboard init` writes the runtime's files"),
                        );
                    }
                }
            }
        }
    }
    for script in &project.scripts {
        for (path, place) in script.required().into_iter().filter(|(path, _)| path.starts_with('.')) {
            if resolve(&script.path, &path, &|file| project.has(file)).is_some_and(|file| file.starts_with(&context.folder)) {
                let message = format!("'{path}' is of the open data domain, and the main domain can't require it");
                found.push(
                    Diagnostic::error("outside-file", message, place)
                        .hint("say it by a message: getOpenDataContext().postMessage(…)"),
                );
            }
        }
    }
}

fn too_large(project: &Project, what: &str, bytes: u64, most: u64) -> Diagnostic {
    let shown = |bytes: u64| format!("{:.1} MB", bytes as f64 / MEBIBYTE as f64);
    let is_ours = |path: &str| path.contains("friendboard") && (path.contains(".wasm") || path.contains("fonts"));
    let context = project.context.as_ref().map_or("", |context| context.folder.as_str());
    let ours =
        project.files.iter().filter(|file| file.path.starts_with(context) || is_ours(&file.path)).map(|file| file.bytes).sum();
    let mut largest: Vec<_> = project.files.iter().collect();
    largest.sort_by_key(|file| std::cmp::Reverse(file.bytes));
    let names: Vec<String> = largest.iter().take(3).map(|file| format!("{} {}", file.path, shown(file.bytes))).collect();
    let message = format!(
        "{what} has {}, and {} takes {}; {} of it are the board's, the largest files are {}",
        shown(bytes),
        project.platform,
        shown(most),
        shown(ours),
        names.join(", ")
    );
    Diagnostic::error("too-large", message, Place::default())
        .hint("take the canvas2d painter, cut fonts by --data or --chars, or move levels to subpackages")
}

/// Files that the options name and that the package has not, or has in a form that is none.
pub(super) fn missing_files(project: &Project, entry: &Entry) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut paths: Vec<(&str, String)> = Vec::new();
    let mut add = |what: &'static str, value: Option<&Value>| match value {
        Some(Value::Text(path)) if !path.starts_with("data:") => paths.push((what, path.to_string())),
        _ => {}
    };
    match entry.options.get("module") {
        Some(modules @ Value::Map(_)) => ["pixels", "canvas2d"].iter().for_each(|painter| add("module", modules.get(painter))),
        // The runtime's own default.
        None => add("module", Some(&Value::from(format!("{FOLDER}/friendboard.wasm")))),
        module => add("module", module),
    }
    if let Some(Value::List(fonts)) = entry.options.get("fonts") {
        fonts.iter().for_each(|font| add("fonts", Some(font)));
    }
    for (what, path) in paths {
        let plain = path.trim_start_matches("./").trim_start_matches('/');
        let ending = plain.rsplit('.').next().unwrap_or_default();
        let say = |message: String, hint: &str| Diagnostic::error("missing-file", message, entry.place.clone()).hint(hint);
        if !project.has(plain) {
            let hint = "a path is from the root of the package, such as openDataContext/friendboard.wasm";
            found.push(say(format!("`{what}` names '{path}', and the package has no such file"), hint));
        } else if what == "module" && ending == "wasm" && !project.is_module(plain) {
            found.push(say(
                format!("'{path}' is no WebAssembly module, or not the whole of it"),
                "copy it anew, as binary; `friendboard init` writes it",
            ));
        } else if what == "module" && ending == "br" && project.platform == Platform::TikTok {
            found.push(say(
                format!("'{path}' is packed, which tiktok does not unpack"),
                "write it for tiktok: `friendboard init --platform tiktok`",
            ));
        }
    }
    found
}

impl Project {
    fn is_module(&self, path: &str) -> bool {
        crate::open::open_regular(&self.root.join(path)).is_ok_and(|mut file| is_whole(&mut file).unwrap_or(false))
    }
}

/// True for a module whose sections end where the file does: what was cut off on its way has the right beginning too.
fn is_whole(file: &mut (impl Read + Seek)) -> std::io::Result<bool> {
    let end = file.seek(SeekFrom::End(0))?;
    file.rewind()?;
    let mut start = [0; 8];
    file.read_exact(&mut start)?;
    let mut at = start.len() as u64;
    if start != *b"\0asm\x01\0\0\0" || at == end {
        return Ok(false);
    }
    while at < end {
        let mut byte = [0];
        file.read_exact(&mut byte)?;
        let mut length = 0;
        for shift in (0..35).step_by(7) {
            file.read_exact(&mut byte)?;
            length |= i64::from(byte[0] & 127) << shift;
            if byte[0] < 128 {
                break;
            }
        }
        at = file.seek(SeekFrom::Current(length))?;
    }
    Ok(at == end)
}
