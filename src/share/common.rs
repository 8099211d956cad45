//! What several platforms find.

use super::circumstances::{Circumstances, FileState, Person};
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

/// A picture that can't be read, where that stops nothing.
pub(super) fn missing_image(state: FileState, image: &str, path: &str) -> Option<Finding> {
    matches!(state, FileState::Missing | FileState::Unreadable).then(|| {
        Finding::warning("missing-image", format!("the picture {image:?} can't be read"))
            .at(path)
            .because("the card shows a placeholder; give an address or a path that is there")
    })
}
