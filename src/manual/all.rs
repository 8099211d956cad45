//! Every topic.

use super::entry::Topic;
use super::{commands, dialect, looks, messages, reference};

/// Every topic, in the order of the manual; the last is of the command line that is given.
#[must_use]
pub fn topics(command_line: &clap::Command) -> Vec<Topic> {
    let mut topics = named_in_documents();
    topics.push(commands::topic(command_line));
    topics
}

/// The topics of what boards, data, messages and warnings can name.
pub(super) fn named_in_documents() -> Vec<Topic> {
    vec![
        dialect::tags(),
        dialect::attributes(),
        dialect::properties(),
        dialect::dialects(),
        dialect::filters(),
        dialect::variables(),
        looks::theme(),
        looks::strings_topic(),
        messages::topic(),
        reference::limits(),
        reference::errors(),
    ]
}
