//! What makes a board stay invisible in a game, found without a phone.

mod canvas;
mod messages;
mod package;
mod project;
mod script;

use std::path::Path;

use crate::context::Settings;
use crate::error::{Diagnostic, Diagnostics, Result};
use crate::limits::Limits;
use crate::platform::Platform;

use project::Project;

/// Everything that is wrong with the project of a game: one finding a line, with what to do. `platform` is the one that the
/// project is for; without it, the project's own files say.
///
/// # Errors
/// [`ErrorKind::Io`](crate::ErrorKind::Io) where the folder can't be read at all.
pub fn examine(folder: &Path, platform: Option<Platform>, limits: &Limits) -> Result<Diagnostics> {
    let mut found = Diagnostics::new();
    let project = Project::open(folder, platform, limits, &mut found)?;
    package::examine(&project, &mut found);
    let Some(context) = &project.context else { return Ok(found) };
    let entry = context.entry(&project);
    if let Some(entry) = &entry {
        for finding in package::missing_files(&project, entry) {
            found.push(finding);
        }
    }
    canvas::examine(&project, entry.as_ref(), &mut found);
    let settings = entry.as_ref().and_then(|entry| {
        let read = Settings::from_json(&entry.settings().to_json(), limits);
        let options = read.and_then(|settings| settings.options(limits).map(|options| (settings, options)));
        options
            .map_err(|error| found.push(Diagnostic { place: entry.place.clone(), ..Diagnostic::from_error("options", &error) }))
            .ok()
    });
    if let Some((settings, _)) = &settings
        && entry.as_ref().is_some_and(|entry| entry.options.get("platform").is_some())
        && settings.platform != project.platform
    {
        let message = format!("the options say {}, and the project is one for {}", settings.platform, project.platform);
        let place = entry.as_ref().map(|entry| entry.place.clone()).unwrap_or_default();
        found.push(Diagnostic::warning("platform", message, place).hint("name the project's own platform in `platform`"));
    }
    messages::examine(&project, settings.as_ref().map(|(_, options)| options), limits, &mut found);
    Ok(found)
}
