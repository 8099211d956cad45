//! The file of a project that names the folder of the open data domain.

use crate::platform::Platform;

/// The folder of the open data domain, beside the game's configuration.
pub const FOLDER: &str = "openDataContext";

/// The member of the configuration that names that folder.
pub const MEMBER: &str = "openDataContext";

/// The file of a platform's projects that names the folder; `None` where the platform has no open data domain.
#[must_use]
pub fn configuration(platform: Platform) -> Option<&'static str> {
    match platform {
        Platform::TikTok => Some("project.config.json"),
        Platform::WeChat | Platform::Douyin => Some("game.json"),
        Platform::Wps => None,
    }
}
