//! What was done, as a script that `friendboard play` repeats, and as a case of `friendboard golden`.

use std::path::Path;

use super::shop::Shop;
use crate::error::{Error, ErrorKind, Result};
use crate::golden::{new_folder, session_case};
use crate::host::headless::play::{Script, run};
use crate::host::headless::write_whole;
use crate::json;
use crate::json::Value;

/// Characters of a name.
const NAME_MOST: usize = 60;
/// The folder that cases are in.
const CASES: &str = "golden";

/// The script of all that was done in a frame, with a picture at its end, and whether it plays to the same bytes.
///
/// # Errors
/// As [`Live::step`](crate::host::headless::play::Live::step) and [`run`].
fn script(shop: &mut Shop, frame: u32) -> Result<(String, bool)> {
    let (folder, limits) = (shop.project.folder.clone(), shop.limits.clone());
    let pane = shop.pane(frame)?;
    let broken = || Error::new(ErrorKind::Usage, "the board cannot be shown: mend it first");
    let taken = pane.steps().iter().filter(|step| step.get("snapshot").is_some()).count();
    let name = if taken == 0 { "end".to_owned() } else { format!("end-{}", taken + 1) };
    pane.step(&json!({ "snapshot": name.as_str() }))?;
    let head = pane.head.clone();
    let live = pane.live.as_ref().ok_or_else(broken)?;
    let script = head.with("steps", Value::list(live.steps().iter().cloned())).with("end", live.now());
    let text = script.to_pretty_json() + "\n";
    let played = run(&Script::read(&text, "<session>", &folder, &limits)?, false, None, &limits)?;
    let picture = played.snapshots.iter().find(|(known, _)| *known == name).map(|(_, png)| png.as_slice());
    let is_same = played.events == live.log() && picture.is_some() && picture == live.snapshot(&name);
    Ok((text, is_same))
}

/// Writes the session of a frame into the folder; a name that is there already is left alone.
///
/// # Errors
/// [`ErrorKind::Usage`] for a name that is none, [`ErrorKind::Io`] where it can't be written.
pub fn save(shop: &mut Shop, frame: u32, name: &str) -> Result<Value> {
    let name = name.strip_suffix(".json").unwrap_or(name);
    check(name)?;
    let file = format!("{name}.json");
    let path = shop.project.folder.join(&file);
    if path.symlink_metadata().is_ok() {
        let error = Error::new(ErrorKind::Usage, format!("'{file}' is there already: nothing was written"));
        return Err(error.hint("take another name"));
    }
    let (text, is_same) = script(shop, frame)?;
    write_whole(&path, text.as_bytes())
        .map_err(|error| Error::new(ErrorKind::Io, format!("'{file}' cannot be written: {error}")))?;
    let command = format!("friendboard play {} --offline --out run", shell(&path));
    Ok(json!({ "file": file, "isSame": is_same, "command": command }))
}

/// Makes a case of the session of a frame, below `golden` in the folder.
///
/// # Errors
/// As [`save`]; as [`session_case`].
pub fn golden(shop: &mut Shop, frame: u32, name: &str) -> Result<Value> {
    check(name)?;
    let folder = shop.project.folder.clone();
    // As `golden run` names it there: a session's log has the names of its documents.
    let below = if folder == Path::new(".") { Path::new(CASES).to_owned() } else { folder.join(CASES) };
    if below.exists() && !shop.project.is_inside(&below) {
        return Err(Error::new(
            ErrorKind::Usage,
            format!("the folder '{CASES}' leads out of the board's: nothing was written"),
        ));
    }
    let case_folder = new_folder(&below, Path::new(name))?;
    let (text, is_same) = script(shop, frame)?;
    let case = session_case(&text, "<session>", &folder, &shop.limits)?;
    let (drawn, _) = case.write(&case_folder, &shop.limits)?;
    let command = format!("friendboard golden run {}", shell(&case_folder));
    Ok(json!({ "file": format!("{CASES}/{name}"), "isSame": is_same, "pictures": drawn.len(), "command": command }))
}

/// A name that is one file's or folder's, and stays in its folder.
fn check(name: &str) -> Result<()> {
    let is_fine = !name.is_empty()
        && name.len() <= NAME_MOST
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    let wrong =
        || Error::new(ErrorKind::Usage, format!("a name of letters, digits, -, _ and . was expected, found '{name:.40}'"));
    if is_fine { Ok(()) } else { Err(wrong()) }
}

/// A path as a shell reads it.
fn shell(path: &Path) -> String {
    let text = path.to_string_lossy();
    let is_plain = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':'));
    if is_plain { text.into_owned() } else { format!("'{}'", text.replace('\'', r"'\''")) }
}
