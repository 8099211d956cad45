//! What several platforms find.

use super::circumstances::{Circumstances, FileFacts, FileState, Person};
use crate::platform::Finding;

/// What the person does, where no other app takes part in sharing: `cancel` is what the platform says to a closed panel.
pub(super) fn person(circumstances: &Circumstances<'_>, cancel: Finding) -> Option<Finding> {
    match circumstances.person {
        Person::Accept => None,
        Person::Cancel => Some(cancel),
        Person::NoApp => Some(
            Finding::warning("person", "no other app takes part in sharing on this platform")
                .because("'no-app' is taken as 'accept'"),
        ),
    }
}

/// Schemes of addresses that a picture may have: of the network, and of files that only a phone has.
const SCHEMES: [&str; 6] = ["http", "https", "ttfile", "wxfile", "cloud", "file"];

/// A picture that is neither an address nor a file, or can't be read, where that stops nothing.
pub(super) fn missing_image(state: FileState, image: &str, path: &str) -> Option<Finding> {
    if matches!(state, FileState::Readable(_)) {
        return None;
    }
    let shown: String = image.chars().take(80).collect();
    let finding = if let Some(expected) = no_address(image) {
        Finding::warning("no-address", format!("expected {expected}, found {shown:?}"))
    } else if matches!(state, FileState::Missing | FileState::Unreadable) {
        Finding::warning("missing-image", format!("the picture {shown:?} can't be read"))
    } else {
        return None;
    };
    Some(finding.at(path).because("the card shows a placeholder; give an address or a path that is there"))
}

/// What a picture's address should be, where it can be none: a `data:` address without a picture, a scheme without a host
/// or one that is not known, a word without the ending of a file.
fn no_address(image: &str) -> Option<&'static str> {
    if image.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:")) {
        let is_picture = image.get(5..11).is_some_and(|kind| kind.eq_ignore_ascii_case("image/")) && image.contains(',');
        return if is_picture { None } else { Some("a picture in the data: address") };
    }
    if let Some((scheme, rest)) = image.split_once(':')
        && scheme.len() > 1
        && scheme.chars().all(|c| c.is_ascii_alphanumeric())
    {
        let is_known = SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known));
        let host = rest.strip_prefix("//").unwrap_or_default();
        let has_host = !host.is_empty() && !host.starts_with(['/', '?', '#']) && !host.contains(char::is_whitespace);
        return if is_known && has_host { None } else { Some("an address such as https://example.com/a.png") };
    }
    let name = image.split(['?', '#']).next().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_file = (1..=5).contains(&ending.len()) && ending.chars().all(|c| c.is_ascii_alphanumeric());
    if is_file && !image.starts_with("//") { None } else { Some("an address or a file's path such as images/a.png") }
}

/// A picture that is not 5:4, which WeChat shows.
pub(super) fn other_ratio(state: FileState) -> Option<Finding> {
    let FileState::Readable(FileFacts { width: Some(width), height: Some(height), .. }) = state else { return None };
    (u64::from(width) * 4 != u64::from(height) * 5).then(|| {
        let text = format!("the picture is {width}×{height}; 5:4 is shown, the rest is cropped");
        Finding::warning("image-ratio", text).at("imageUrl")
    })
}
